"""Which meaning of an ambiguous unit the copy speaks for: pounds of money or mass, which degrees, whose pesos."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.quantities.units import Measured, Reading

if TYPE_CHECKING:
    from checks.core.model import Span
    from checks.extract.quantities.numeric import Number

_MASS = lazy_pattern(
    r"\b(?:weigh\w*|heav(?:y|ier)|lighter|kilo\w*|kg|tonnes?|fat|overweight|body|luggage|bags?|explosives?|dumbbell|lbs?"
    r"|ounces?|pounds of (?!sterling|debt|damage)[a-z]+)\b",
    re.IGNORECASE,
)
_AMOUNT = r"(?:about |some |around |roughly |nearly |almost )?[\d,.]{1,16}[ -]?(?:[a-z]{4,11}[ -]|[a-z]{1,3} )?"
_METRIC_MASS = r"(?:kg|kgs|kilo\w{0,10}|tonnes?|metric tons?|g|grams|grammes)\b"
# "6.2 million pounds (2.8 million kilograms)": beside a metric mass, in the bracket or before it, pounds are mass.
_IN_KILOS = lazy_pattern(rf"[\w ]{{0,20}}[,;]?\s?[(\[/]\s?{_AMOUNT}{_METRIC_MASS}|,? or {_AMOUNT}{_METRIC_MASS}")
_KILOS_BEFORE = lazy_pattern(
    rf"\d ?(?:[a-z]{{1,11}}[ -])?{_METRIC_MASS}[\w ]{{0,20}}(?:,? or |\s?[(\[/]\s?)(?:[a-z]{{4,11}} )?\Z"
)
_METAL = "(?:gold|silver|platinum|palladium)"
_BULLION = lazy_pattern(rf"\b(?:of|in) (?:pure |fine )?{_METAL}\b|\b{_METAL} (?:bars?|ingots?|bullion|coins?)\b")
_FAHRENHEIT = lazy_pattern(r"[Ff]ahrenheit|\d ?°?F\b")
_CELSIUS = lazy_pattern(r"[Cc]elsius|[Cc]entigrade|\d ?°?C\b")
_WEATHER = lazy_pattern(
    r"\b(?:temperatures?|heat\w*|cold\w*|warm\w*|hot\w*|cool\w*|freez\w*|weather|climate|thermostat|fever|outside|oven|"
    r"thermometer|chill\w*|sub-?zero|zero|forecast)\b",
    re.IGNORECASE,
)


def meant(text: str, span: Span, number: Number, unit: Measured) -> tuple[Reading, tuple[str, ...]]:
    """The likeliest meaning of a unit's name in this place, and all its meanings where it has several.

    A meaning that would be a guess is not made: its reading has no unit, only the candidates beside it.
    """
    readings = unit.readings
    if len(readings) == 1:
        return readings[0], ()
    kinds = {reading.kind for reading in readings}
    chosen: Reading | None
    if kinds == {"money", "mass"}:
        chosen = _pounds(text, span, number, readings)
    elif "money" in kinds:
        chosen = _currency(text, readings)
        if chosen is None and all(reading.context for reading in readings):
            return Reading("", "money", readings[0].scale), _units(readings)
    elif "temperature" in kinds:
        chosen = _degrees(text, span, readings)
    else:
        near = text[max(span.start - 80, 0) : span.end + 80].lower()
        chosen = _by_surroundings(near, readings)
        if chosen and chosen.unit == "troy_ounce" and _BULLION.search(near):
            return chosen, ()  # bullion is weighed in nothing else
    chosen = chosen or next((reading for reading in readings if not reading.context), readings[0])
    return chosen, _units((chosen, *readings))


def _units(readings: tuple[Reading, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(reading.unit for reading in readings if reading.unit))


def _pounds(text: str, span: Span, number: Number, readings: tuple[Reading, ...]) -> Reading:
    """Pounds are money in large or round millions and in copy that writes £, mass beside words for weight."""
    weighed = (
        _IN_KILOS.match(text, span.end) is not None
        or _KILOS_BEFORE.search(text, max(span.start - 60, 0), span.start) is not None
    )
    money = not weighed and (number.scaled or number.value >= 5000)
    mass = weighed or (
        not money and (_MASS.search(text, max(span.start - 60, 0), span.end + 60) is not None or "£" not in text)
    )
    return next(reading for reading in readings if reading.kind == ("mass" if mass else "money"))


def _degrees(text: str, span: Span, readings: tuple[Reading, ...]) -> Reading | None:
    """The scale that is named near by; without one a temperature is left open, and anything else is an angle."""
    begin, end = max(span.start - 120, 0), span.end + 60
    fahrenheit, celsius = _FAHRENHEIT.search(text, begin, end), _CELSIUS.search(text, begin, end)
    if bool(fahrenheit) != bool(celsius):
        wanted = "degree_Fahrenheit" if fahrenheit else "degree_Celsius"
        return next((reading for reading in readings if reading.unit == wanted), None)
    if len({reading.unit for reading in readings if reading.kind == "temperature"}) < 2:
        return None
    if _WEATHER.search(text, begin, end):
        return Reading("", "temperature")
    return next((reading for reading in readings if reading.kind != "temperature"), None)


def _currency(text: str, readings: tuple[Reading, ...]) -> Reading | None:
    """The currency whose country the copy names most often; None where it names none of them."""
    counts = [(_mentions(text, reading.context), reading) for reading in readings if reading.context]
    most, best = max(counts, key=lambda each: each[0], default=(0, None))
    return best if most else None


@lru_cache(maxsize=256)
def _mentions(text: str, context: str) -> int:
    lowered = text.lower()
    return sum(lowered.count(word) for word in context.split())


def _by_surroundings(near: str, readings: tuple[Reading, ...]) -> Reading | None:
    """The reading of whose context a word stands near: an ounce beside gold is a troy ounce."""
    for reading in readings:
        if any(word in near for word in re.findall(r"[a-z]{4,}", reading.context)):
            return reading
    return None

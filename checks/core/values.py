"""What the tables give for an attribute of a place, in the unit of the figure that is compared with it.

Tables hold several values by source, year and definition. A check takes all that may reasonably be meant.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from checks.core.agreement import Agreement, agreement, digits_swapped, ends
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Fact, Figure, Verdict
from checks.core.names import fold
from checks.core.place_kinds import COUNTRIES
from checks.core.word_lists import rows
from checks.core.wording import plain, rounded, significant, written

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from checks.core.reference import Place, Tables

AREA = ("area_total", "area_land", "area")
POPULATION = ("population", "population_metro", "urban_agglomeration_population")
# Part of a lake's or a country's area, and rows that only say the same in another unit.
_OTHER_AREA = lazy_pattern(r"fresh water|salt water|water|sq mi|max|min|basin|drainage", re.IGNORECASE)
#: Areas computed from generalised borders are this much off.
DERIVED = 0.05
# Two fifths of a country and more would be called a part of it.
_NO_PART = 0.4
_NUMBER = lazy_pattern(r"[\d.,]+")
_UNDATED = frozenset({"undated", "gazetteer, no date"})
# The heading of the page that a value stood under is no definition.
_HEADING = lazy_pattern(r"top\s\w+\s|largest\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Reading:
    """One value that may be meant: whose, by which fact, as numbers in the figure's unit, and how the figure fits."""

    place: Place
    fact: Fact
    low: float
    high: float
    fit: Agreement

    @property
    def value(self) -> float:
        """The fact's own value in the figure's unit."""
        return (self.low + self.high) / 2 if self.fact.low is not None else self.low


def area_facts(place: Place, tables: Tables, *, otherwise: bool = True) -> tuple[Fact, ...]:
    """The areas of a place: total, of the land, by every source.

    ``otherwise`` adds those with, or without, what belongs to the place for some and not for others.
    """
    facts = tables.facts(place.id, *AREA)
    own = tuple(f for f in facts if _number(f) and not (f.qualifier and _OTHER_AREA.search(f.qualifier)))
    return own + _otherwise_bounded(place, own, "area_total", tables) if otherwise else own


def population_facts(place: Place, tables: Tables) -> tuple[Fact, ...]:
    """The populations of a place: of the city proper, the agglomeration, by source and year, and the gazetteer's."""
    # What the tables call a country's agglomeration is one of its cities.
    wanted = POPULATION if place.kind == "city" else POPULATION[:1]
    facts = [f for f in tables.facts(place.id, *wanted) if _number(f)]
    if place.kind == "city":
        for other in tables.places(place.name, kinds={"city"}):
            if other.id.startswith("m:") and (other.country in {None, place.country}):
                facts += [f for f in tables.facts(other.id, *POPULATION) if _number(f)]
    if place.population:
        facts.append(
            Fact(
                table="places",
                entity_id=place.id,
                entity=place.name,
                attribute="population",
                value=place.population,
                unit="count",
                source="geonames",
                qualifier="gazetteer, no date",
            )
        )
    return tuple(facts)


@cache
def _parts() -> dict[str, tuple[tuple[tuple[str, ...], int, str, str], ...]]:
    """What some count as part of a country and others do not: ids, sign, definition, source of the country's value."""
    found: dict[str, list[tuple[tuple[str, ...], int, str, str]]] = {}
    for row in rows("country_parts.csv"):
        entry = (tuple(row["parts"].split(";")), int(row["sign"]), row["definition"], row["source"])
        found.setdefault(row["country"], []).append(entry)
    return {country: tuple(entries) for country, entries in found.items()}


def _otherwise_bounded(place: Place, facts: tuple[Fact, ...], attribute: str, tables: Tables) -> tuple[Fact, ...]:
    """The country's value with, or without, the parts on which definitions differ; sums, so derived."""
    found = []
    for parts, sign, definition, source in _parts().get(place.id, ()):
        whole = next((f for f in facts if f.attribute == attribute and f.source == source), None)
        sizes = [next((f for f in tables.facts(part, attribute) if _number(f)), None) for part in parts]
        if whole is None or None in sizes:
            continue
        total = float(whole.value) + sign * sum(float(size.value) for size in sizes if size is not None)
        if total > 0:
            found.append(replace(whole, value=round(total), qualifier=definition, derived=True))
    return tuple(found)


def read(
    figure: Figure, place: Place, facts: Iterable[Fact], tables: Tables, *, tolerance: float, factor: float = 1.0
) -> list[Reading]:
    """The facts in the figure's unit, times a factor, each with how the figure agrees with it."""
    found = []
    for fact in facts:
        scale = scale_to(fact.unit, figure.unit, tables)
        if scale is None:
            continue
        low = float(fact.low if fact.low is not None else fact.value) * scale * factor
        high = float(fact.high if fact.high is not None else fact.value) * scale * factor
        slack = max(tolerance, DERIVED) if fact.derived else tolerance
        found.append(Reading(place, fact, low, high, agreement(figure, low, high, tolerance=slack)))
    return found


def scale_to(unit: str | None, wanted: str | None, tables: Tables) -> float | None:
    """What a value in one unit is multiplied with to be in another; counts are alike."""
    if unit == wanted or wanted is None or unit in {None, "count"}:
        return 1.0
    source, target = tables.unit(unit or ""), tables.unit(wanted)
    if source is None or target is None or source.kind != target.kind:
        return None
    return source.slope / target.slope


def best(readings: Sequence[Reading]) -> Reading:
    """The reading that the figure fits best: supported before doubtful, firm rows before derived ones."""
    order = {Verdict.SUPPORTED: 0, Verdict.DOUBTFUL: 1, Verdict.REFUTED: 2, Verdict.NOT_ENOUGH_INFO: 3}
    # min keeps the first of equals: the sources' own order.
    return min(readings, key=lambda r: (order[r.fit.verdict], r.fact.derived, r.fact.disputed, round(r.fit.off, 2)))


def miss(figure: Figure, low: float, high: float) -> float:
    """By what share of the value the nearest end of the figure's bounds misses the range from low to high."""
    from checks.core.agreement import bounds

    limits = bounds(figure)
    if limits.low is not None and limits.low > high:
        return (limits.low - high) / high if high else 1.0
    if limits.high is not None and limits.high < low:
        return (low - limits.high) / low if low else 1.0
    return 0.0


def may_be_part(figure: Figure, readings: Sequence[Reading], slip: str | None) -> bool:
    """Whether a figure far below all values may be a part of the place, where the words do not give the whole.

    A figure that is right but for its noughts or its unit is a slip all the same, if it has two digits to tell by.
    """
    if not readings or any(miss(figure, r.low, r.high) == 0.0 for r in readings):
        return False
    numbers = ends(figure)
    largest = numbers[-1].value if numbers else 0.0
    if largest >= _NO_PART * min(r.low for r in readings):
        return False
    telling = bool(numbers) and round(largest / numbers[-1].coarse) >= 10
    return slip is None or not telling


def swapped(figure: Figure, readings: Iterable[Reading]) -> bool:
    """Whether the figure is a value with two of its digits swapped: 15 million for 51 million."""
    numbers = ends(figure)
    return bool(numbers) and any(digits_swapped(numbers[-1], r.value, shortest=2) for r in readings)


def precise(figure: Figure) -> bool:
    """Whether the figure is given to three digits or more: digits swapped in it are no chance."""
    numbers = ends(figure)
    return bool(numbers) and round(numbers[-1].value / numbers[-1].coarse) >= 100


def year_of(fact: Fact) -> int | None:
    """The year as of which a fact holds."""
    if fact.as_of and fact.as_of[:4].isdigit():
        return int(fact.as_of[:4])
    return None


def years_from(fact: Fact, published: date | None) -> int | None:
    """How many years before the story the fact was so, negative for later ones; None without both dates."""
    year = year_of(fact)
    return published.year - year if published and year is not None else None


def suggestion(figure: Figure, value: float) -> str:
    """The value with as many digits as the figure was given, in the figure's own words for the unit."""
    numbers = ends(figure)
    digits = 2
    if numbers:
        digits = max(2, min(4, len(plain(numbers[-1].value / numbers[-1].coarse).replace(",", "").split(".")[0])))
    for word, scale in (("billion", 1e9), ("million", 1e6), ("thousand", 1e3)):
        if word in figure.text.casefold():
            if not 1 <= value / scale < 1000:
                return _rescaled(figure, value, digits, word)
            return f"{written(value / scale, significant(value / scale, digits))} {word}{_rest(figure, word)}"
    step = significant(value, digits)
    tail = _NUMBER.sub("", figure.text, count=1) if figure.text[:1].isdigit() else ""
    return written(value, step) + (tail if tail.strip() else "")


def _rescaled(figure: Figure, value: float, digits: int, word: str) -> str:
    """With another scale word, or none, where the copy's own would give "0.39 million" or "1,400 million"."""
    step = significant(value, digits)
    for other, scale in (("billion", 1e9), ("million", 1e6)):
        if abs(float(rounded(value, step))) >= scale:
            return f"{written(value / scale, significant(value / scale, digits))} {other}{_rest(figure, word)}"
    return written(value, step) + _rest(figure, word)


def _rest(figure: Figure, word: str) -> str:
    return figure.text[figure.text.casefold().find(word) + len(word) :]


def said(fact: Fact, tables: Tables) -> str:
    """Where a value comes from, in a reader's words: "total, 2024, CIA World Factbook"."""
    definition = {"area_total": "total", "area_land": "land", "population_metro": "metropolitan area"}.get(
        fact.attribute
    )
    if fact.attribute == "urban_agglomeration_population":
        definition = "agglomeration"
    title = tables.source_title(fact.source) or fact.source
    if fact.qualifier in _UNDATED:
        return f"undated figure of {title}"
    parts = [definition, fact.qualifier, fact.as_of, title]
    return ", ".join(dict.fromkeys(part for part in parts if part and not _HEADING.match(part)))


def as_written(place: Place, words: str, tables: Tables) -> str:
    """The place's name as the copy writes it, where that is one of its names: "Basra" for "Al Basrah"."""
    if place.kind in COUNTRIES or not words[:1].isupper() or words.isupper():
        return place.name
    return words if fold(words) == fold(place.name) or fold(words) in tables.names(place.id) else place.name


def dated(facts: Iterable[Fact], tables: Tables) -> tuple[Fact, ...]:
    """Facts as evidence: one without a date of its own bears that on which its source was released, if known."""
    return tuple(
        fact if fact.as_of else replace(fact, as_of=_released(fact.source, tables)) for fact in dict.fromkeys(facts)
    )


def _released(source: str, tables: Tables) -> str | None:
    cited = tables.source(source)
    dates = _DAY.findall(cited.citation or "") if cited else []
    return dates[-1] if dates else None


_DAY = lazy_pattern(r"\b(?:19|20)\d\d-\d\d-\d\d\b")


def _number(fact: Fact) -> bool:
    return not isinstance(fact.value, str) and fact.value > 0

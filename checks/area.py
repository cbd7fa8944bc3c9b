"""Areas of places."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from checks.core import values
from checks.core.claims import PlaceMeasure
from checks.core.model import Expected, Figure, Finding, Verdict
from checks.core.places import BOUNDED, COUNTRIES, REGIONS, Resolution
from checks.core.registry import check
from checks.core.values import Reading, area_facts, best, dated, miss, said, suggestion
from checks.core.wording import amount_words, plain, restyled, rounded, significant

if TYPE_CHECKING:
    from checks.core.reference import Place
    from checks.core.story import Story

# Sources differ by this much on what belongs to a country: lakes, claims, surveys.
_SOURCES_DIFFER = 0.02
# Beyond this no definition explains it.
_CLEARLY_WRONG = 0.08
# Lakes, islands and regions are measured in many ways; where the tables have one source it does not decide alone.
_ONE_SOURCE, _ALONE_WRONG = 0.12, 0.25
# Land won from the sea, tides and rounding change the area of a city state or a small island by this much.
_SMALL_KM2, _SMALL_DIFFERS = 2_000.0, 0.2
# So many digits tell a number that has lost one from another number.
_TELLING = 4


@check(reads=PlaceMeasure)
def area(claim: PlaceMeasure, story: Story) -> Finding | None:
    """An area given for a country, region, island or lake must be one that the tables know for it.

    Areas differ by definition: with or without inland waters, overseas parts and disputed land. A figure passes if it
    fits any of them; it is flagged if it fits none, and the usual slips are named: square miles for square
    kilometres, a nought too many. Shares of a country that somebody holds are for no table to decide.

    Flags:
        Portugal covers «92,000 square miles» on the western edge of Europe.
        Botswana, a country of «81,730 square kilometres», is mostly desert.
    Passes:
        Iceland covers about «103,000 square kilometres», most of it uninhabited.
        Chad has a total area of «495,800 square miles».
        The fire burned «500 square kilometres» of forest in Portugal.
    """
    if claim.attribute != "area":
        return None
    if claim.share:
        return Finding(
            claim=claim,
            verdict=Verdict.NOT_ENOUGH_INFO,
            message="No table says who holds which part of a territory, so a share of it cannot be checked.",
        )
    resolved: Resolution | None = None
    for name in claim.subjects:
        resolution = story.places.resolve(name, BOUNDED)
        resolved = resolved or resolution
        for place in resolution.readings:
            facts = area_facts(place, story.tables)
            readings = values.read(claim.figure, place, facts, story.tables, tolerance=_SOURCES_DIFFER)
            if readings and best(readings).fit.verdict is Verdict.SUPPORTED:
                return _judged(claim, readings, resolution.words, story)
        if claim.certain:
            break
    return _unfitting(claim, resolved, story)


def _unfitting(claim: PlaceMeasure, resolved: Resolution | None, story: Story) -> Finding:
    """No reading fits: wrong if the place is certain and the tables know its area, else not enough info."""
    if resolved is None or resolved.place is None:
        reason = resolved.reason if resolved and resolved.reason else "Which place the area is of is not clear."
        return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)
    readings = [
        reading
        for place in resolved.readings
        for reading in values.read(
            claim.figure, place, area_facts(place, story.tables), story.tables, tolerance=_SOURCES_DIFFER
        )
    ]
    if not readings:
        message = f"No table gives the area of {resolved.words}."
        return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=message)
    if (other := _other_of_the_name(claim, resolved, story)) is not None:
        message = f"The figure fits another {resolved.words}, in {other.country or 'another country'}."
        return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=message)
    if claim.loose and values.may_be_part(claim.figure, readings, _slip(claim, readings, story)):
        message = f"The words may give a part of {resolved.place.name}, not the whole."
        return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=message)
    if not (claim.certain and resolved.certain):
        why = (
            "the sentence does not say plainly whose area it is"
            if not claim.certain
            else f"“{resolved.words}” may stand for something else here"
        )
        message = f"Whether the area is that of {resolved.place.name} is not certain from the copy: {why}."
        return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=message)
    return _judged(claim, readings, resolved.words, story)


def _other_of_the_name(claim: PlaceMeasure, resolved: Resolution, story: Story) -> Place | None:
    """Another country or region of the name whose area the figure fits: nothing is wrong then."""
    for place in resolved.candidates:
        if place in resolved.readings or place.kind not in COUNTRIES | REGIONS:
            continue
        facts = area_facts(place, story.tables)
        readings = values.read(claim.figure, place, facts, story.tables, tolerance=_SOURCES_DIFFER)
        if readings and best(readings).fit.verdict is Verdict.SUPPORTED:
            return place
    return None


def _judged(claim: PlaceMeasure, readings: list[Reading], named: str, story: Story) -> Finding:
    chosen, figure = best(readings), claim.figure
    name = values.as_written(chosen.place, named, story.tables)
    verdict = chosen.fit.verdict
    firm = [reading for reading in readings if not (reading.fact.derived or reading.fact.disputed)]
    if verdict is not Verdict.SUPPORTED:
        off = min(miss(figure, reading.low, reading.high) for reading in readings)
        alone = len({reading.fact.source for reading in firm}) < 2
        small = max(float(r.fact.value) for r in readings) < _SMALL_KM2 and off <= _SMALL_DIFFERS
        slip = _slip(claim, readings, story)
        if not firm and (slip is None or off <= _ONE_SOURCE):
            return Finding(
                claim=claim,
                verdict=Verdict.NOT_ENOUGH_INFO,
                message=f"The tables know the area of {name} only from a map, about {plain(_rough(chosen.value))} "
                f"{_unit(claim)}; borders change, and another place of the name may be meant.",
                evidence=dated((chosen.fact,), story.tables),
            )
        if small and slip is None:
            return Finding(
                claim=claim,
                verdict=Verdict.NOT_ENOUGH_INFO,
                message=f"The tables give {chosen.place.name} {plain(chosen.value)} {_unit(claim)} "
                f"({said(chosen.fact, story.tables)}); sources on so small a place differ.",
                evidence=dated((chosen.fact,), story.tables),
            )
        if alone and off <= _ONE_SOURCE:
            return Finding(
                claim=claim,
                verdict=Verdict.NOT_ENOUGH_INFO,
                message=f"The one source in the tables gives {chosen.place.name} {plain(chosen.value)} {_unit(claim)} "
                f"({said(chosen.fact, story.tables)}); others may differ.",
                evidence=dated((chosen.fact,), story.tables),
            )
        if verdict is Verdict.REFUTED and (off <= (_ALONE_WRONG if alone else _CLEARLY_WRONG) or not firm):
            verdict = Verdict.DOUBTFUL
    if firm and verdict is not Verdict.SUPPORTED:
        chosen = best(firm)
    unit = _unit(claim)
    definitions = {(said(r.fact, story.tables), round(r.value)): r for r in readings}
    shown = "; ".join(f"{plain(r.value)} {unit} ({what})" for (what, _), r in list(definitions.items())[:4])
    name = values.as_written(chosen.place, named, story.tables)
    if verdict is Verdict.SUPPORTED:
        message = f"{name} has an area of {plain(chosen.value)} {unit} ({said(chosen.fact, story.tables)})."
        return Finding(
            claim=claim,
            verdict=verdict,
            message=message,
            working=f"{name}: {shown}; {chosen.fit.bounds.text}.",
            expected=Expected(value=chosen.value, unit=figure.unit),
            evidence=dated((chosen.fact,), story.tables),
        )
    slip = _slip(claim, readings, story)
    # Where a slip is told, the value that it leads to is the one that the copy meant.
    chosen = next((r for r in firm or readings if slip and _slip(claim, [r], story) == slip), chosen)
    derived = chosen.fact.derived
    name, area = values.as_written(chosen.place, named, story.tables), chosen.value
    amount = f"about {plain(_rough(area))}" if derived else plain(area)
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{name} has an area of {amount} {unit}, not {amount_words(figure.text)}.",
        working=f"{name}: {shown}; {chosen.fit.bounds.text}.",
        slip=slip,
        expected=Expected(value=chosen.value, unit=figure.unit),
        suggestions=() if derived else (_put_right(figure, area, slip),),
        evidence=dated((reading.fact for reading in (chosen, *readings)), story.tables)[:3],
    )


def _put_right(figure: Figure, area: float, slip: str | None) -> str:
    """The suggestion; where only digits went astray, all of them put right."""
    exact = restyled(figure.text, [(area, Decimal(1))]) if slip in {"a digit missing", "two digits swapped"} else None
    return exact or suggestion(figure, area)


def _rough(value: float) -> float:
    """To two digits: what is measured on a map of rounded borders bears no more."""
    return float(rounded(value, significant(value, 2)))


def _unit(claim: PlaceMeasure) -> str:
    unit = claim.figure.unit or ""
    return {"kilometer ** 2": "km²", "mile ** 2": "sq mi", "meter ** 2": "m²"}.get(unit, unit)


def _slip(claim: PlaceMeasure, readings: list[Reading], story: Story) -> str | None:
    """The kind of mistake, where the number would be right in another unit or with another number of noughts."""
    figure = claim.figure
    for unit, words in (("kilometer ** 2", "square kilometres"), ("mile ** 2", "square miles")):
        if unit == figure.unit:
            continue
        scale = values.scale_to(figure.unit, unit, story.tables)
        if scale and any(miss(figure, r.low * scale, r.high * scale) <= _slack(r) for r in readings):
            return f"the number is right in {words}"
    for power, words in ((10.0, "a nought missing"), (0.1, "a nought too many"), (1000.0, "a factor of a thousand")):
        if any(miss(figure, r.low / power, r.high / power) <= _slack(r) for r in readings):
            return words
    digits = str(int(figure.value)) if figure.value is not None and figure.value == int(figure.value) else ""
    if len(digits.rstrip("0")) >= _TELLING and any(_one_lost(digits, str(round(r.value))) for r in readings):
        return "a digit missing"
    if values.swapped(figure, readings):
        return "two digits swapped"
    return None


def _slack(reading: Reading) -> float:
    return values.DERIVED if reading.fact.derived else _SOURCES_DIFFER


def _one_lost(digits: str, whole: str) -> bool:
    """Whether the digits are those of the whole number but for one."""
    return len(whole) == len(digits) + 1 and any(whole[:at] + whole[at + 1 :] == digits for at in range(len(whole)))

"""Populations of countries, regions and cities."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks.core import values
from checks.core.claims import PlaceMeasure
from checks.core.model import Expected, Fact, Figure, Finding, Name, Verdict
from checks.core.places import BOUNDED, CITIES, COUNTRIES, REGIONS, Resolution
from checks.core.registry import check
from checks.core.values import Reading, dated, miss, population_facts, said, suggestion, year_of, years_from
from checks.core.wording import plain

if TYPE_CHECKING:
    from checks.core.reference import Place
    from checks.core.story import Story

# Censuses, estimates and registers differ; those of cities by their boundaries too.
_COUNTRY_TOLERANCE, _CITY_TOLERANCE = 0.03, 0.15
# From here on no source or year explains a country's figure, and no boundary a city's.
_COUNTRY_WRONG = 0.15
_CITY_DOUBTFUL, _CITY_WRONG = 0.6, 2.0
# Large cities spill over: a capital region may hold two and a half times the city's people.
_REGION, _FAR_MORE = 1.6, 3.0
# A figure this much smaller than a city of the name is a village of the same name.
_VILLAGE, _NAMESAKE = 20_000, 0.2
# Copy may lag behind the statistics by a few years; beyond that its figure is stale.
_CURRENT, _STALE, _AHEAD = 5, 12, -3


@check(reads=PlaceMeasure)
def population(claim: PlaceMeasure, story: Story) -> Finding | None:
    """A population given for a country, region or city must be one that the tables know, about the story's date.

    The city proper, its agglomeration and the metropolitan area are all tried, and so are the years before the story:
    a figure that fits an older year is stale, which is another word than wrong. Cities without a fitting boundary in
    the tables are left open unless the figure is out of all proportion.

    Flags:
        [2021-06-01] Kenya, a nation of «5.3 million people», goes to the polls.
        [2019-05-01] Norway has a population of «53 million».
    Passes:
        [2021-06-01] Kenya, a nation of «53 million people», goes to the polls.
        [2019-05-01] Norway has a population of «5.3 million».
        [2015-05-01] Montevideo, home to some «1.3 million people», lies on the River Plate.
    """
    if claim.attribute != "population":
        return None
    if claim.share:
        return _open(claim, "A share of a population cannot be checked against the tables.")
    first: Resolution | None = None
    for number, name in enumerate(claim.subjects):
        resolution = _resolved(name, claim, story)
        first = first or resolution
        readings = _readings(claim, resolution, story)
        fitting = [r for r in _timely(readings, story) if r.fit.verdict is Verdict.SUPPORTED]
        if fitting and (resolution.place is not None or number == 0):
            return _supported(claim, min(fitting, key=lambda r: (r.fact.disputed, abs(_age(r, story)))), story)
        if claim.certain:
            break
    if first is not None and first.place is None and claim.certain:
        found = _too_many_for_all(claim, first, story)
        if found is not None:
            return found
    if first is None or first.place is None:
        return _open(claim, first.reason if first and first.reason else "Whose population it is is not clear.")
    readings = _readings(claim, first, story)
    if not any(reading.place == first.place for reading in readings):
        return _open(claim, f"No table gives the population of {first.place.name}.")
    if (other := _other_of_the_name(claim, first, story)) is not None:
        return _open(claim, f"The figure may be of another {first.words}, in {other.country or 'another country'}.")
    timely = _timely(readings, story)
    if claim.loose and values.may_be_part(claim.figure, timely, _slip(claim, timely)):
        return _open(claim, f"The words may give a part of the people of {first.place.name}, not all of them.")
    if not (claim.certain and first.certain):
        why = (
            "the sentence does not say plainly whose population it is"
            if not claim.certain
            else f"“{first.words}” may stand for something else here"
        )
        which = first.place.name
        return _open(claim, f"Whether the population is that of {which} is not certain from the copy: {why}.")
    return _judged(claim, readings, first, story)


def _other_of_the_name(claim: PlaceMeasure, resolution: Resolution, story: Story) -> Place | None:
    """Another country or region of the name whose population the figure fits, or whose the tables do not know."""
    for place in resolution.candidates:
        if place in resolution.readings or place.kind not in COUNTRIES | REGIONS:
            continue
        readings = _timely(_readings(claim, replace(resolution, readings=(place,)), story), story)
        unknown = not readings and place.country != (resolution.place.country if resolution.place else None)
        if unknown or any(reading.fit.verdict is Verdict.SUPPORTED for reading in readings):
            return place
    return None


def _too_many_for_all(claim: PlaceMeasure, resolution: Resolution, story: Story) -> Finding | None:
    """Which of the places of a name is meant matters little if the figure is far too high for every one of them."""
    if not resolution.candidates or claim.figure.in_quotation:
        return None
    known = [place for place in resolution.candidates if place.kind in COUNTRIES | REGIONS | CITIES]
    by_place = [_readings(claim, replace(resolution, readings=(place,)), story) for place in known]
    if not all(by_place):
        return None
    readings = [reading for each in by_place for reading in each]
    far = [_above(claim.figure, r) and miss(claim.figure, r.low, r.high) > _FAR_MORE for r in readings]
    if not readings or not all(far):
        return None
    largest = max(readings, key=lambda r: r.high)
    return _judged(claim, [r for r in readings if r.place == largest.place], resolution, story)


def _resolved(name: Name, claim: PlaceMeasure, story: Story) -> Resolution:
    """The place of the name, of the kind that the copy calls it where the tables have one."""
    kinds = {"city": CITIES, "country": COUNTRIES}.get(claim.qualifier or "")
    called = story.places.resolve(name, kinds) if kinds else None
    return called if called and called.readings else story.places.resolve(name, BOUNDED)


def _readings(claim: PlaceMeasure, resolution: Resolution, story: Story) -> list[Reading]:
    found: list[Reading] = []
    for place in resolution.readings:
        tolerance = _CITY_TOLERANCE if place.kind not in {"country", "territory"} else _COUNTRY_TOLERANCE
        facts = population_facts(place, story.tables)
        found += values.read(claim.figure, place, facts, story.tables, tolerance=tolerance)
    return sorted(found, key=lambda r: abs(_age(r, story)))


def _timely(readings: list[Reading], story: Story) -> list[Reading]:
    """The readings about the story's date, or all where either has none."""
    timely = [r for r in readings if _is_timely(r.fact, story)]
    return timely or readings


def _is_timely(fact: Fact, story: Story) -> bool:
    if story.published is None:
        return True
    age = years_from(fact, story.published)
    if age is None:
        # A gazetteer's figure without a date is of these years, not of the last century.
        return story.published.year >= 2005
    return _AHEAD <= age <= _CURRENT


def _supported(claim: PlaceMeasure, reading: Reading, story: Story) -> Finding:
    age = years_from(reading.fact, story.published)
    late = f", {age} years before the story" if age is not None and age > _CURRENT else ""
    return Finding(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        message=f"{reading.place.name} has a population of {plain(reading.value)} ({said(reading.fact)}{late}).",
        working=f"{_row(reading)}; {reading.fit.bounds.text}.",
        expected=Expected(value=reading.value),
        evidence=dated((reading.fact,), story.tables),
    )


def _judged(claim: PlaceMeasure, readings: list[Reading], resolution: Resolution, story: Story) -> Finding:
    """No value about the story's date fits a certain place."""
    timely = _timely(readings, story)
    chosen = min(timely, key=lambda r: _shown_first(r, claim, story))
    nearest = min(miss(claim.figure, r.low, r.high) for r in timely)
    older = [r for r in readings if r not in timely and r.fit.verdict is Verdict.SUPPORTED]
    name, figure = chosen.place.name, claim.figure
    country = chosen.place.kind in {"country", "territory"}
    working = "; ".join(dict.fromkeys(_row(r) for r in (chosen, *_spread(timely)))) + f"; {chosen.fit.bounds.text}."
    if older:
        stale = max(older, key=lambda r: year_of(r.fact) or 0)
        age = years_from(stale.fact, story.published) or 0
        if age > 0 and (age <= _STALE or not country or nearest <= _COUNTRY_WRONG):
            return _supported(claim, stale, story)
        return Finding(
            claim=claim,
            verdict=Verdict.DOUBTFUL,
            message=f"{name} has a population of {plain(chosen.value)} ({said(chosen.fact)}); {figure.text} fits "
            f"{year_of(stale.fact)}.",
            working=working,
            slip="stale figure" if age > 0 else "figure of a later year",
            expected=Expected(value=chosen.value),
            suggestions=(suggestion(figure, chosen.value),),
            evidence=dated((chosen.fact, stale.fact), story.tables),
        )
    everything = min(miss(figure, r.low, r.high) for r in readings)
    wrong = everything > _COUNTRY_WRONG
    if not country:
        more = all(_above(figure, r) for r in readings)
        wrong = everything > (_FAR_MORE if more else _CITY_WRONG / 3)
        size = float(figure.value or figure.high or 0)
        village = size < _VILLAGE and size < _NAMESAKE * chosen.value and not resolution.restricted
        if everything <= (_REGION if more else _CITY_DOUBTFUL / 1.6) or village:
            return _open(
                claim,
                f"The tables give {name} {plain(chosen.value)} ({said(chosen.fact)}); the copy may count another "
                f"{'place of the name' if village else 'boundary'}.",
            )
    if country and nearest <= _COUNTRY_TOLERANCE:
        wrong = False
    return Finding(
        claim=claim,
        verdict=Verdict.REFUTED if wrong else Verdict.DOUBTFUL,
        message=f"{name} has a population of {plain(chosen.value)} ({said(chosen.fact)}), not {figure.text}.",
        working=working,
        slip=_slip(claim, timely),
        expected=Expected(value=chosen.value),
        suggestions=(suggestion(figure, chosen.value),),
        evidence=dated((r.fact for r in (chosen, *_spread(timely))), story.tables),
    )


def _shown_first(reading: Reading, claim: PlaceMeasure, story: Story) -> tuple[float, ...]:
    """The value to name: of a country that of the story's year, of a city the definition that comes nearest."""
    missed, age = miss(claim.figure, reading.low, reading.high), abs(_age(reading, story))
    if reading.place.kind in COUNTRIES:
        return reading.fact.disputed, year_of(reading.fact) is None, age, missed
    return reading.fact.disputed, missed, age


def _above(figure: Figure, reading: Reading) -> bool:
    """Whether the figure says more than the table does."""
    return float(figure.value or figure.high or 0) > reading.high


def _spread(readings: list[Reading]) -> tuple[Reading, ...]:
    """The smallest and the largest value, which show what the definitions span."""
    return min(readings, key=lambda r: r.low), max(readings, key=lambda r: r.high)


def _age(reading: Reading, story: Story) -> int:
    age = years_from(reading.fact, story.published)
    if age is None:
        # Without the story's date the latest comes first.
        return 3000 - (year_of(reading.fact) or 1900) if story.published is None else _CURRENT
    return age


def _row(reading: Reading) -> str:
    return f"{reading.place.name}: {plain(reading.value)} ({said(reading.fact)})"


def _slip(claim: PlaceMeasure, readings: list[Reading]) -> str | None:
    for power, words in (
        (10.0, "a nought missing"),
        (0.1, "a nought too many"),
        (1000.0, "thousand for million, or million for billion"),
        (0.001, "million for thousand, or billion for million"),
    ):
        if any(miss(claim.figure, r.low / power, r.high / power) <= _COUNTRY_TOLERANCE for r in readings):
            return words
    return "two digits swapped" if values.swapped(claim.figure, readings) else None


def _open(claim: PlaceMeasure, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)

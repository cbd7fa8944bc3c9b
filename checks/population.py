"""Populations of countries, regions and cities."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from checks.core import values
from checks.core.claims import PlaceMeasure
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Expected, Fact, Figure, Finding, Name, Verdict
from checks.core.places import BOUNDED, CITIES, COUNTRIES, REGIONS, Resolution
from checks.core.registry import check
from checks.core.values import Reading, dated, miss, population_facts, said, suggestion, year_of, years_from
from checks.core.word_lists import rows
from checks.core.wording import plain

if TYPE_CHECKING:
    from checks.core.reference import Place
    from checks.core.story import Story

# Censuses, estimates and registers differ; those of cities by their boundaries too.
_COUNTRY_TOLERANCE, _REGION_TOLERANCE, _CITY_TOLERANCE = 0.03, 0.06, 0.15
# From here on no source or year explains a country's figure, and no boundary a city's.
_COUNTRY_WRONG = 0.15
_CITY_DOUBTFUL, _CITY_WRONG = 0.6, 2.0
# Large cities spill over: a capital region may hold two and a half times the city's people.
_REGION, _FAR_MORE = 1.6, 3.0
# A figure this much smaller than a city of the name is a village of the same name.
_VILLAGE, _NAMESAKE = 20_000, 0.2
# A city of this many people is no camp: a nought too many is a slip there even in wartime.
_WELL_COUNTED = 1_000_000
# A state's borders are fixed: no definition gives it twice its people.
_TWICE = 1.0
# Copy may lag behind the statistics by a few years; beyond that its figure is stale.
_CURRENT, _STALE, _AHEAD = 5, 12, -3

_TOLERANCES = (
    dict.fromkeys(COUNTRIES, _COUNTRY_TOLERANCE)
    | dict.fromkeys(REGIONS, _REGION_TOLERANCE)
    | dict.fromkeys(CITIES, _CITY_TOLERANCE)
)
_UPROOTED = lazy_pattern(
    r"\b(?:displaced|displacement|refugees?|besieged|under\ssiege|fled|fleeing|evacuat\w+|evacuees|shelter(?:s|ing|ed)?|"
    r"remain(?:s|ed|ing)?|pre-?war|before\sthe\swar|camps?|influx|exodus|emptied|abandoned|war-torn|bombard\w+|shelling)\b",
    re.IGNORECASE,
)


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
        if resolution.place is None and not _foremost(fitting, resolution):
            fitting = []
        if fitting and (resolution.place is not None or number == 0):
            return _supported(
                claim, min(fitting, key=lambda r: (r.fact.disputed, abs(_age(r, story)))), resolution.words, story
            )
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
    if not ((claim.certain or _beyond_all(claim, timely)) and first.certain):
        why = (
            "the sentence does not say plainly whose population it is"
            if not claim.certain
            else f"“{first.words}” may stand for something else here"
        )
        which = first.place.name
        return _open(claim, f"Whether the population is that of {which} is not certain from the copy: {why}.")
    return _judged(claim, readings, first, story)


def _foremost(fitting: list[Reading], resolution: Resolution) -> bool:
    """Whether the figure fits the likeliest place of a name that several share; a namesake's is no support."""
    return any(reading.place == resolution.readings[0] for reading in fitting)


def _other_of_the_name(claim: PlaceMeasure, resolution: Resolution, story: Story) -> Place | None:
    """Another country or region of the name whose population the figure fits, or whose the tables do not know."""
    for place in resolution.candidates:
        if place in resolution.readings or place.kind not in COUNTRIES | REGIONS:
            continue
        readings = _timely(_readings(claim, replace(resolution, readings=(place,)), story), story)
        # Of the state of that name there may be newer counts than the tables': what comes near acquits.
        near = any(miss(claim.figure, reading.low, reading.high) <= _CITY_TOLERANCE for reading in readings)
        unknown = not readings and place.country != (resolution.place.country if resolution.place else None)
        if unknown or near:
            return place
    return None


def _beyond_all(claim: PlaceMeasure, readings: list[Reading]) -> bool:
    """Whether words that may give a part of a country's people give twice as many as it has: no part is so large."""
    return claim.loose and all(
        reading.place.kind in COUNTRIES and _above(claim.figure, reading) and _missed(claim, reading) >= _TWICE
        for reading in readings
    )


def _missed(claim: PlaceMeasure, reading: Reading) -> float:
    return miss(claim.figure, reading.low, reading.high)


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
        tolerance = _TOLERANCES.get(place.kind, _CITY_TOLERANCE)
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


def _supported(claim: PlaceMeasure, reading: Reading, words: str, story: Story) -> Finding:
    age = years_from(reading.fact, story.published)
    name = values.as_written(reading.place, words, story.tables)
    late = f", {age} years before the story" if age is not None and age > _CURRENT else ""
    return Finding(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        message=f"{name} has a population of {plain(reading.value)} ({said(reading.fact, story.tables)}{late}).",
        working=f"{_row(reading, story)}; {reading.fit.bounds.text}.",
        expected=Expected(value=reading.value),
        evidence=dated((reading.fact,), story.tables),
    )


def _judged(claim: PlaceMeasure, readings: list[Reading], resolution: Resolution, story: Story) -> Finding:
    """No value about the story's date fits a certain place."""
    timely = _timely(readings, story)
    chosen = min(timely, key=lambda r: _shown_first(r, claim, story))
    nearest = min(miss(claim.figure, r.low, r.high) for r in timely)
    older = [r for r in readings if r not in timely and r.fit.verdict is Verdict.SUPPORTED]
    name, figure = values.as_written(chosen.place, resolution.words, story.tables), claim.figure
    country = chosen.place.kind in {"country", "territory"}
    source = said(chosen.fact, story.tables)
    working = (
        "; ".join(dict.fromkeys(_row(r, story) for r in (chosen, *_spread(timely)))) + f"; {chosen.fit.bounds.text}."
    )
    if older:
        stale = max(older, key=lambda r: year_of(r.fact) or 0)
        age = years_from(stale.fact, story.published) or 0
        if age > 0 and (age <= _STALE or not country or nearest <= _COUNTRY_WRONG):
            return _supported(claim, stale, resolution.words, story)
        return Finding(
            claim=claim,
            verdict=Verdict.DOUBTFUL,
            message=f"{name} has a population of {plain(chosen.value)} ({source}); {figure.text} fits "
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
        slip = _slip(claim, timely)
        if chosen.place.kind in CITIES and _uprooted(claim, chosen.place, slip, story):
            return _open(
                claim,
                f"The tables give {name} {plain(chosen.value)} ({source}); where people have "
                "fled or found shelter, no table keeps pace.",
            )
        village = size < _VILLAGE and size < _NAMESAKE * chosen.value and not resolution.restricted
        state = chosen.place.kind == "admin1" and more and everything >= _TWICE
        wrong = wrong or state
        near = everything <= (_REGION if more else _CITY_DOUBTFUL / 1.6) and not state
        if (near and not _census_swapped(claim, timely)) or village:
            return _open(
                claim,
                f"The tables give {name} {plain(chosen.value)} ({source}); the copy may count another "
                f"{'place of the name' if village else 'boundary'}.",
            )
    if country and nearest <= _COUNTRY_TOLERANCE:
        wrong = False
    tolerance = _COUNTRY_TOLERANCE if country else _CITY_TOLERANCE
    slip = _slip(claim, timely, tolerance)
    # Where a slip is told, the value that it leads to is the one that the copy meant.
    chosen = next((r for r in timely if slip and not country and _slip(claim, [r], tolerance) == slip), chosen)
    return Finding(
        claim=claim,
        verdict=Verdict.REFUTED if wrong else Verdict.DOUBTFUL,
        message=f"{name} has a population of {plain(chosen.value)} ({source}), not {figure.text}.",
        working=working,
        slip=slip,
        expected=Expected(value=chosen.value),
        suggestions=(suggestion(figure, chosen.value),),
        evidence=dated((r.fact for r in (chosen, *_spread(timely))), story.tables),
    )


@cache
def _wars() -> dict[str, tuple[tuple[int, int], ...]]:
    """The years in which many people of a country were driven from their homes."""
    found: dict[str, list[tuple[int, int]]] = {}
    for row in rows("uprooted.csv"):
        found.setdefault(row["country"], []).append((int(row["from"]), int(row["to"] or 9999)))
    return {country: tuple(years) for country, years in found.items()}


def _uprooted(claim: PlaceMeasure, place: Place, slip: str | None, story: Story) -> bool:
    """Whether people may have left the city or come to it in numbers that no table knows."""
    year = story.published.year if story.published else None
    at_war = any(year is None or first <= year <= last for first, last in _wars().get(place.country or "", ()))
    near = story.places.paragraph(claim.figure.span.start).of(story.text)
    told = _UPROOTED.search(near) is not None
    return told or (at_war and (slip is None or (place.population or 0) < _WELL_COUNTED))


def _census_swapped(claim: PlaceMeasure, readings: list[Reading]) -> bool:
    """Whether the copy gives a precise number whose digits, put right, are one that the tables have."""
    return values.swapped(claim.figure, readings) and values.precise(claim.figure)


def _shown_first(reading: Reading, claim: PlaceMeasure, story: Story) -> tuple[float, ...]:
    """The value to name: of a country that of the story's year, of a city the definition that comes nearest."""
    missed, age = miss(claim.figure, reading.low, reading.high), abs(_age(reading, story))
    if reading.place.kind in COUNTRIES | REGIONS:
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


def _row(reading: Reading, story: Story) -> str:
    return f"{reading.place.name}: {plain(reading.value)} ({said(reading.fact, story.tables)})"


def _slip(claim: PlaceMeasure, readings: list[Reading], tolerance: float = _COUNTRY_TOLERANCE) -> str | None:
    for power, words in (
        (10.0, "a nought missing"),
        (0.1, "a nought too many"),
        (1000.0, "thousand for million, or million for billion"),
        (0.001, "million for thousand, or billion for million"),
    ):
        if any(miss(claim.figure, r.low / power, r.high / power) <= tolerance for r in readings):
            return words
    return "two digits swapped" if values.swapped(claim.figure, readings) else None


def _open(claim: PlaceMeasure, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)

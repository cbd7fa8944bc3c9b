"""Orders made from the tables: by every definition that copy may have in mind, for the year of the story."""

from __future__ import annotations

from dataclasses import replace
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING

from checks.core.model import Fact
from checks.core.names import fold
from checks.core.rank_words import Thing, apart, orders
from checks.core.ranks.orders import Entry, Order, entries_of
from checks.core.values import area_facts

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.core.claims import Rank
    from checks.core.ranks.holders import Region
    from checks.core.reference import Place, Tables
    from checks.core.story import Story

# How near two counts may lie before sources can swap them. Areas are surveyed: there only definitions can.
_NEAR = {"city": 0.05, "country": 0.015, "economy": 0.05, "power_plant": 0.03, "admin1": 0.03}
# Definitions of a country's area that differ by more than that speak of another country (Denmark with Greenland).
_SAME_COUNTRY = 0.05
# No city has, with its suburbs, so many times the people of another count.
_COUNTY = 8
# So many cities make a count of a country's cities.
_COUNT = 10
# The month by which the counts of a year are out.
_COUNTS_OUT = 7
# In degrees of latitude, some 25 km.
_SUBURB = 0.22
# Borders have moved since: the tables hold the areas of the present (South Sudan left Sudan in 2011).
BORDERS_SINCE = 2012
_AREAS = ("area_total", "area_land")
_BY_NAME = {
    "gdp_nominal": "GDP",
    "gdp_ppp": "GDP at purchasing power",
    "area_total": "total area",
    "area_land": "land area",
}


def counted_by(claim: Rank) -> tuple[str, bool]:
    """What the superlative speaks of, and whether it counts downwards; "second city" has none and counts people."""
    return orders().get(claim.order, ("size", True))


def orders_meant(thing: Thing, claim: Rank, region: Region, story: Story) -> Iterator[Order]:
    """All orders that the copy may mean, each by one definition."""
    _, downwards = counted_by(claim)
    for made in _made(thing, claim, region, story):
        if made.entries:
            yield replace(made, downwards=downwards)


def _made(thing: Thing, claim: Rank, region: Region, story: Story) -> Iterator[Order]:
    dimension, _ = counted_by(claim)
    if thing.kind == "city":
        if dimension in {"size", "population"} and claim.by in {None, "population"}:
            yield from _cities(region, story)
    elif thing.kind in {"country", "economy"}:
        yield from _countries(thing, claim, dimension, region, story)
    elif thing.kind == "admin1":
        yield from _states(claim, dimension, region, story)
    elif thing.kind == "power_plant" and dimension == "size" and claim.by in {None, "capacity"} and thing.fuel != "?":
        yield from _plants(thing, region, story)


def year_of(story: Story) -> int:
    """The year for which the order is made: that of the story, or of the tables."""
    return story.published.year if story.published else int(story.tables.as_of[:4])


def _codes(region: Region, story: Story) -> list[tuple[str, tuple[str, ...] | None]]:
    """The countries of a region by its narrow and its wide definition; None for the whole world."""
    if region.world:
        return [("", None)]
    if region.country is not None:
        return [("", (region.country.country or "",))]
    if region.together is None:
        return []
    wide = story.tables.countries_of(region.together, on=story.published)
    narrow = story.tables.countries_of(region.together, on=story.published, loosely=False)
    if not narrow or set(narrow) == set(wide):
        return [("", wide)] if wide else []
    united = {each.country for each in story.tables.members(region.together) if each.source == "un_m49"}
    between = tuple(code for code in wide if code in united or code in narrow)
    name = region.name.removeprefix("the ")
    found: list[tuple[str, tuple[str, ...] | None]] = [
        (f" (countries wholly in {name})", narrow),
        (f" ({name} in the widest sense)", wide),
    ]
    if set(narrow) < set(between) < set(wide):
        found.insert(1, (f" ({name} as the United Nations count it)", between))
    return found


def _cities(region: Region, story: Story) -> Iterator[Order]:
    tables = story.tables
    near = _NEAR["city"]
    if region.world or (region.country is not None and not region.country.id.startswith("cc:")):
        return
    if region.country is not None:
        top = tables.top_places("city", country=region.country.country, limit=60)
    else:
        top = tables.top_places("city", region_of=region.part.id if region.part else region.together, limit=60)
    code = region.country.country if region.country else None
    counted = _counted("population", code, story) if code else ()
    top = tuple(each for each in top if not _is_part(each, top) and not _is_slip(each, counted, tables))
    entries = tuple(Entry(each.id, each.name, float(each.population or 0), _population(each)) for each in top)
    yield Order("population", "geonames", entries, near, True)
    apart = {each.id for each in top if not _suburb(each, top)}
    if len(apart) < len(entries):
        alone = tuple(entry for entry in entries if entry.id in apart)
        yield Order("population (suburbs left aside)", "geonames", alone, near, True)
    if region.country is None or code is None:
        return
    for attribute, definition in (
        ("population", "counted population"),
        ("population_metro", "metropolitan area"),
        ("urban_agglomeration_population", "urban agglomeration"),
    ):
        found = _counted(attribute, code, story)
        entries = entries_of(found)
        yield Order(definition, _sources(found), entries, near, True, proper=attribute == "population")
    agglomerations: dict[str, Entry] = {}
    for fact in tables.facts(region.country.id, "urban_agglomeration_population"):
        cities = tables.places(fact.qualifier or "", kinds={"city"}, country=code)
        if cities:
            agglomerations.setdefault(cities[0].id, Entry(cities[0].id, cities[0].name, float(fact.value), fact))
    ordered = sorted(agglomerations.values(), key=lambda entry: -entry.value)
    yield Order("urban agglomeration", "cia_factbook", tuple(ordered), near, True, proper=False)


def _counted(attribute: str, code: str, story: Story) -> tuple[Fact, ...]:
    """The cities of a country by another source than the gazetteer, without the districts of cities."""
    tables = story.tables
    found = tables.ranked(attribute, kinds={"city"}, countries=(code,), year=year_of(story), limit=60)
    places = {each.entity_id: tables.place(each.entity_id) for each in found}
    known = [place for place in places.values() if place]
    return tuple(
        each
        for each in found
        if not each.disputed and not ((place := places[each.entity_id]) and _is_part(place, known))
    )


def _is_part(place: Place, top: Sequence[Place]) -> bool:
    """Whether a place is a district of a city: the gazetteer says so, or says nothing and a larger city is near."""
    return place.feature == "PPLX" or (place.feature is None and _suburb(place, top))


def _is_slip(place: Place, counted: Sequence[Fact], tables: Tables) -> bool:
    """Whether the gazetteer's figure is that of something else: a village by a slip, a county for its seat."""
    mine = place.population or 0
    facts = [fact for fact in tables.facts(place.id, "population", "population_metro") if fact.source != "geonames"]
    if facts:
        return mine > _COUNTY * max(float(fact.value) for fact in facts)
    small = (place.feature or "PPL") == "PPL" and len(counted) >= _COUNT
    return small and mine > float(counted[_COUNT - 1].value)


def _suburb(place: Place, top: Sequence[Place]) -> bool:
    """Whether a larger city lies so near that the place is a part of it to most (Brooklyn, Quezon City)."""
    return any(
        (other.population or 0) > (place.population or 0)
        and other.lat is not None
        and other.lon is not None
        and place.lat is not None
        and place.lon is not None
        and abs(other.lat - place.lat) < _SUBURB
        and abs(other.lon - place.lon) * cos(radians(place.lat)) < _SUBURB
        for other in top
    )


def _population(place: Place) -> Fact:
    return Fact(
        table="places",
        entity_id=place.id,
        entity=place.name,
        attribute="population",
        value=place.population or 0,
        unit="count",
        source="geonames",
    )


def _countries(thing: Thing, claim: Rank, dimension: str, region: Region, story: Story) -> Iterator[Order]:
    tables, year = story.tables, year_of(story)
    if region.country is not None or region.part is not None:
        return
    near = _NEAR[thing.kind]
    for label, codes in _codes(region, story):
        if thing.kind == "economy":
            if dimension != "size" or claim.by in {"population", "area"}:
                continue
            # What a story can know is the year before; it may speak of the year that runs, or of one not yet replaced.
            attributes = ("gdp_nominal", "gdp_ppp") if claim.by is None else (_gdp(claim.by),)
            for attribute in attributes:
                for back in (1, 2, 0):
                    found = _ranked(tables, attribute, "country", codes, year - back, 40)
                    yield Order(
                        f"{_BY_NAME[attribute]} of {year - back}{label}", _sources(found), entries_of(found), near, True
                    )
            continue
        if claim.by == "population" or dimension == "population" or (dimension == "size" and claim.by is None):
            # Counts of a year come out in its middle, and copy may still go by those of two years before.
            latest = year - (story.published is not None and story.published.month < _COUNTS_OUT)
            for back in (0, 1, 2):
                found = _ranked(tables, "population", "country", codes, latest - back, 250)
                close = near if not back else 0
                yield Order(f"population of {latest - back}{label}", _sources(found), entries_of(found), close, True)
        if dimension == "size" and claim.by in {None, "area", *_AREAS} and year >= BORDERS_SINCE:
            # "by land area" is written of either: most readers set it against the sea, not against lakes.
            for attribute in _AREAS:
                apart = bool(region.together)
                areas = _areas(attribute, codes or tables.countries_of("world"), tables, without_overseas=apart)
                yield Order(f"{_BY_NAME[attribute]}{label}", "cia_factbook", areas, 0, True)
                if apart and attribute == "area_total":
                    areas = _areas(attribute, codes or (), tables)
                    definition = f"{_BY_NAME[attribute]} with overseas regions{label}"
                    yield Order(definition, "cia_factbook", areas, 0, True, proper=False)


@lru_cache(maxsize=512)
def _ranked(
    tables: Tables, attribute: str, kind: str, codes: tuple[str, ...] | None, year: int | None, limit: int
) -> tuple[Fact, ...]:
    """What the tables rank, asked once: every story on the economy asks for the same few orders."""
    return tables.ranked(attribute, kinds={kind}, countries=codes, year=year, limit=limit)


@lru_cache(maxsize=64)
def _areas(
    attribute: str, codes: tuple[str, ...], tables: Tables, *, without_overseas: bool = False
) -> tuple[Entry, ...]:
    """The areas of countries by one source that measures all of them alike, with what other definitions give.

    Of a region of the world only the part within it counts: France is smaller than Ukraine in Europe.
    """
    found: list[Entry] = []
    for code in codes:
        place = tables.place(f"cc:{code}")
        if place is None or place.kind != "country":
            continue
        facts = [fact for fact in area_facts(place, tables) if fact.attribute == attribute]
        if without_overseas:
            inside = [fact for fact in facts if (fact.qualifier or "").startswith("without its overseas")]
            if not inside and any("overseas" in (fact.qualifier or "") for fact in area_facts(place, tables)):
                return ()
            facts = [replace(inside[0], derived=False)] if inside else facts
        # The Vatican has no square kilometre in all, to the nearest one, and 0.44 of land.
        facts = facts or [fact for fact in area_facts(place, tables) if fact.source == "cia_factbook"]
        mine = next((fact for fact in facts if fact.source == "cia_factbook"), None)
        if mine is None:
            continue
        value = float(mine.value)
        said = [float(fact.value) for fact in facts if not (fact.qualifier or "").startswith("before")]
        near = [value, *(each for each in said if abs(each - value) <= _SAME_COUNTRY * value)]
        found.append(Entry(mine.entity_id, mine.entity, value, mine, min(near), max(near)))
    return tuple(sorted(found, key=lambda entry: -entry.value))


def _gdp(by: str) -> str:
    return "gdp_ppp" if by == "gdp_ppp" else "gdp_nominal"


def _sources(facts: Sequence[Fact]) -> str:
    return facts[0].source if facts else ""


def _states(claim: Rank, dimension: str, region: Region, story: Story) -> Iterator[Order]:
    if region.country is None or dimension not in {"size", "population"}:
        return
    codes = (region.country.country or "",)
    attributes = ["population"] if dimension == "population" else ["area_total", "population"]
    if claim.by:
        attributes = ["area_total" if claim.by == "area" else claim.by]
    for attribute in attributes:
        ranked = story.tables.ranked(attribute, kinds={"admin1"}, countries=codes, year=year_of(story), limit=120)
        # Areas taken from the polygons of a map are no order, and districts of the capital are no states.
        found = [fact for fact in ranked if not fact.derived and (codes[0], fold(fact.entity)) not in apart()]
        if found:
            near = _NEAR["admin1"] if attribute == "population" else 0
            yield Order(attribute.removesuffix("_total"), _sources(found), entries_of(found), near, True)


def _plants(thing: Thing, region: Region, story: Story) -> Iterator[Order]:
    for label, codes in _codes(region, story):
        found = story.tables.ranked(
            "capacity", kinds={"power_plant"}, countries=codes, qualifier=thing.fuel or None, limit=40
        )
        yield Order(f"capacity{label}", _sources(found), entries_of(found), _NEAR["power_plant"], True)


def ranks_in_other_years(
    region: Region, ids: frozenset[str], story: Story, known: Sequence[tuple[int, int, int]]
) -> tuple[int, int]:
    """The ranks that purchasing power may give: between those in dollars and those of the years known."""
    bounds = list(known)
    for _, codes in _codes(region, story):
        facts = _ranked(story.tables, "gdp_ppp", "country", codes, None, 60)
        if found := Order("", "", entries_of(facts), 0.3, True).bounds(ids):
            bounds.append(found)
    return min(best for best, _, _ in bounds), max(worst for _, _, worst in bounds)

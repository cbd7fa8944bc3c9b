"""Places in an order, against orders made from the tables and curated lists."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from math import cos, radians
from typing import TYPE_CHECKING

from checks.core.claims import Rank
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Expected, Fact, Finding, Name, Span, Verdict
from checks.core.names import fold
from checks.core.rank_words import Thing, orders, regions, things
from checks.core.registry import check
from checks.core.values import area_facts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from checks.core.reference import Place, RankList, Tables
    from checks.core.story import Story

_COUNTRIES = frozenset({"country", "territory"})
# How near two counts may lie before sources can swap them. Areas are surveyed: there only definitions can.
_NEAR = {"city": 0.05, "country": 0.03, "economy": 0.05, "power_plant": 0.03, "admin1": 0.03}
# How far two cities must lie apart before a census or two cannot have swapped them.
_CLEAR = 0.15
# The same for output, which is revised for years.
_REVISED = 0.1
# How far apart two cities must lie for the larger to lead by any definition.
_LEADS = 1.4
# Other definitions are told where they come within so many places of the copy's rank.
_WORTH_TELLING = 3
# Definitions of a country's area that differ by more than that speak of another country (Denmark with Greenland).
_SAME_COUNTRY = 0.05
# An order of one source is not believed against so many others.
_OUTWEIGHED = 3
# A dispute about an order moves those in it by fewer places.
_DISPUTE_REACHES = 3
# "Portugal's second city": an order that needs no superlative.
_SECOND = ""
_AGGLOMERATIONS = frozenset({"metropolitan area", "urban area", "urban agglomeration"})
_UNITS = {"kilometer ** 2": " km²", "mile ** 2": " sq mi", "count": "", "megawatt": " MW", "USD": " dollars"}
# In degrees of latitude, some 25 km.
_SUBURB = 0.22
# Borders have moved since: the tables hold the areas of the present (South Sudan left Sudan in 2011).
_BORDERS_SINCE = 2012
_BY_NAME = {
    "gdp_nominal": "GDP",
    "gdp_ppp": "GDP at purchasing power",
    "area_total": "total area",
    "area_land": "land area",
}
_NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")
_SHOWN = 4
_CAPITAL_BEFORE = lazy_pattern(r"\b[A-Z][a-z]+ $")
_RANKS_DISPUTED = lazy_pattern(r"^ranks? (\d+)")
_LISTED = {
    "power_plant": {"installed_capacity"},
    "river": {"length", "discharge"},
    "lake": {"area", "depth"},
    "mountain": {"elevation"},
    "volcano": {"elevation"},
    "island": {"area"},
    "desert": {"area"},
    "ocean": {"area"},
    "continent": {"area"},
    "waterfall": {"drop"},
    "cave": {"depth"},
    "trench": {"depth"},
    "building": {"architectural_height"},
    "stadium": {"capacity_people"},
}
_SUPERLATIVES = {
    "architectural_height": {"height"},
    "elevation": {"height"},
    "length": {"length"},
    "depth": {"depth"},
    "drop": {"height"},
    "area": {"size"},
    "capacity_people": {"size"},
    "discharge": {"size"},
    "installed_capacity": {"size"},
}


@dataclass(frozen=True, slots=True)
class _Region:
    """Where the order is kept: the world, a country, part of one, or countries together."""

    name: str
    country: Place | None = None
    part: Place | None = None
    together: str | None = None
    world: bool = False


@dataclass(frozen=True, slots=True)
class _Entry:
    """One of those in an order; ``low`` and ``high`` are its value by the definitions that give least and most."""

    id: str
    name: str
    value: float
    fact: Fact
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class _Order:
    """One order by one definition from one source, the largest first."""

    definition: str
    source: str
    entries: tuple[_Entry, ...]
    near: float
    downwards: bool
    proper: bool = True

    def bounds(self, subject: frozenset[str], margin: float | None = None) -> tuple[int, int, int] | None:
        """The best rank, the rank and the worst rank of the subject, allowing for values that lie close together."""
        mine = next((entry for entry in self.entries if entry.id in subject), None)
        if mine is None:
            return None
        slack = abs(mine.value) * (self.near if margin is None else margin)
        others = [entry for entry in self.entries if entry.id not in subject]
        above = sum((other.low or other.value) > (mine.high or mine.value) + slack for other in others)
        below = sum((other.high or other.value) < (mine.low or mine.value) - slack for other in others)
        rank = 1 + sum(other.value > mine.value for other in others)
        if self.downwards:
            return 1 + above, rank, 1 + len(others) - below
        smaller = sum(other.value < mine.value for other in others)
        return 1 + below, 1 + smaller, 1 + len(others) - above

    def excludes(self, position: int, subject: frozenset[str], margin: float) -> bool:
        """Whether the subject cannot stand at that position, even if values were off by the margin."""
        bounds = self.bounds(subject, margin)
        return bounds is not None and not bounds[0] <= position <= bounds[2]


@check(reads=Rank)
def rank(claim: Rank, story: Story) -> Finding | None:
    """A place in an order must be the one that the figures give.

    "The second largest city" is written from memory and outlives the census that made it so. The order is made
    from the tables, by every definition that copy may have in mind (population or area of countries, city proper
    or agglomeration, Europe with or without Russia), for the year of the story. Counts of people and of money may
    stand in either order where they lie within a few per cent; areas are surveyed, so that only definitions can
    swap them (the United States and China, not Canada and the United States). A city is ranked by the people
    within its bounds unless the copy speaks of a metropolitan area: where only the agglomeration gives the copy's
    rank, it hangs on the definition and is doubtful. What one source says alone refutes nothing. Companies,
    parties and ports have no table, so nothing is said of them.

    Flags:
        [2022-09-13] Lagos is «the second largest city in Nigeria», ahead of Kano.
        [2019-05-02] K2, «the world's highest mountain», claimed another life.
        [2021-03-01] Canada, «the world's third-largest country», has six time zones.
    Doubts:
        [2021-03-01] Trams run in Manchester, «Britain's second-largest city», from dawn.
    Passes:
        [2022-09-13] Kano is «the second largest city in Nigeria», behind Lagos.
        [2019-05-02] K2, «the world's second-highest mountain», claimed another life.
    """
    thing = things().get(claim.what)
    if thing is None:
        return None
    if not claim.certain:
        return _somewhere(claim, thing, story)
    found = _subject(claim, thing, story)
    if found is None:
        return _nothing(claim, f"No {claim.what} called {claim.subjects[0].text} is in the tables.")
    subject, ids, sure = found
    region = _region(claim, story)
    if region is None and (claim.within is None or regions().get(fold(claim.within.text)) in {"its", "country"}):
        return _nothing(claim, "Which country is meant is not certain from the copy.")
    if region is None:
        return _nothing(claim, f"The tables do not know the region {_within(claim)}.")
    lists = [each for each in _lists(thing, claim, story.tables) if _list_region(each, region)]
    made = list(_orders(thing, claim, region, story))
    if lists and (listed := _by_list(claim, subject, ids, lists, made, story.tables)):
        return listed
    return _by_orders(claim, subject, ids, made, story, region, sure=sure)


def _nothing(claim: Rank, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)


def _within(claim: Rank) -> str:
    return claim.within.text if claim.within else "world"


# Who and where


def _subject(claim: Rank, thing: Thing, story: Story) -> tuple[str, frozenset[str], bool] | None:
    """The name, the ids and the certainty of the place that is ranked."""
    kinds = _kinds(thing)
    for name in _plainly(claim.subjects, story.text):
        resolved = story.places.resolve(name, kinds)
        place = resolved.place
        sure = resolved.certain
        if place is None and (words := _known_by(name, thing, kinds, story.tables)):
            place, sure = words, True
        if place is None or place.kind not in kinds:
            continue
        same = {
            place.id,
            *(each.id for each in resolved.readings if each.kind in kinds and each.country == place.country),
        }
        if thing.kind not in {"city", "admin1", "country", "economy"}:
            # A plant or a peak may stand in the tables under several ids.
            same |= {each.id for each in story.tables.places(name.text, kinds=kinds) if each.country == place.country}
        return place.name, frozenset(same), sure
    return None


def _plainly(names: Sequence[Name], text: str) -> Iterator[Name]:
    """The names as written, then with the capital before ("Three Gorges") and without the first one."""
    for name in names:
        yield name
        if before := _CAPITAL_BEFORE.search(text, max(name.span.start - 24, 0), name.span.start):
            yield Name(Span(before.start(), name.span.end), text[before.start() : name.span.end])
        head, _, tail = name.text.partition(" ")
        if tail and tail[0].isupper():
            yield Name(Span(name.span.start + len(head) + 1, name.span.end), tail)


def _known_by(name: Name, thing: Thing, kinds: frozenset[str], tables: Tables) -> Place | None:
    nouns = [thing.phrase]
    if thing.kind == "power_plant":
        nouns += [each.phrase for each in things().values() if each.kind == thing.kind and each.fuel == thing.fuel]
    for words in (name.text, *(f"{name.text} {noun}" for noun in nouns), f"{thing.phrase} {name.text}"):
        if found := tables.places(words, kinds=kinds):
            return found[0]
    return None


def _kinds(thing: Thing) -> frozenset[str]:
    if thing.kind in {"country", "economy"}:
        return frozenset({"country"})
    if thing.kind == "mountain":
        return frozenset({"mountain", "volcano"})
    if thing.kind == "power_plant":
        return frozenset({"power_plant", "dam"})
    if thing.kind == "building":
        return frozenset({"building", "tower"})
    if thing.kind == "lake":
        return frozenset({"lake", "sea"})
    return frozenset({thing.kind})


def _region(claim: Rank, story: Story) -> _Region | None:
    if claim.within is None and things()[claim.what].kind != "admin1":
        return _Region("the world", world=True)
    meant = regions().get(fold(claim.within.text)) if claim.within else "its"
    if claim.within is None or meant == "its":
        # "Texas is the second-largest state", "its second-largest city": of the country, which only they tell.
        country = _owner(claim, story) if claim.within else _country_of_subject(claim, story)
        return _Region(country.name, country=country) if country else None
    return _named_region(claim, claim.within, meant, story)


def _named_region(claim: Rank, within: Name, meant: str | None, story: Story) -> _Region | None:
    """The region that a name ("Nigeria", "Africa") or a noun ("the country") stands for."""
    tables = story.tables
    if meant == "euro area":
        return _Region("the euro area", together="euro area")
    if meant in {"?", "continent"}:
        return None
    if fold(within.text) in _ranges(tables):
        return _Region(within.text)
    if meant is None and tables.countries_of(within.text) and not tables.places(within.text, kinds=_COUNTRIES):
        return _Region(within.text, together=within.text)
    name = within if meant is None else Name(within.span, f"the {within.text}")
    place = story.places.resolve(name, _COUNTRIES).place
    if place is not None and (meant is None or _alone(place, claim, story)):
        return _Region(place.name, country=place)
    if meant is not None:
        return None
    if people := tables.demonym(within.text):
        return _Region(people[0].name, country=people[0])
    part = story.places.resolve(within, frozenset({"admin1"}))
    if part.place is not None and part.certain:
        return _Region(part.place.name, part=part.place)
    return None


def _alone(place: Place, claim: Rank, story: Story) -> bool:
    """Whether "the country" can only be the country of the subject: a story speaks of several."""
    for name in claim.subjects:
        resolved = story.places.resolve(name)
        if resolved.place is not None and resolved.place.country:
            return resolved.place.country == place.country
    return False


def _country_of_subject(claim: Rank, story: Story) -> Place | None:
    for name in claim.subjects:
        place = story.places.resolve(name, _kinds(things()[claim.what])).place
        if place is not None and place.country:
            return story.places.country(place)
    return None


def _owner(claim: Rank, story: Story) -> Place | None:
    """The country of "its second-largest city": the name before, in this sentence or at the head of the last one."""
    if claim.within is None or not claim.subjects:
        return None
    subject, at = claim.subjects[0], claim.within.span.start
    paragraph = story.places.paragraph(at)
    before = [
        name
        for name in story.places.names(paragraph)
        if name.span.end <= at and not (name.span.start < subject.span.end and subject.span.start < name.span.end)
    ]
    countries = [place for name in before[-4:] if (place := story.places.resolve(name).place) is not None]
    last = countries[-1] if countries else None
    ranked = _country_of_subject(claim, story)
    if last is None or ranked is None or last.kind not in _COUNTRIES or last.id != ranked.id:
        return None
    # "Texas is the second in the United States. Its largest city ...": a state may own it as well.
    return last if not any(place.kind == "admin1" and place.country == last.country for place in countries) else None


@lru_cache(maxsize=8)
def _ranges(tables: Tables) -> frozenset[str]:
    """The regions of which only a list is known: "the Alps"."""
    named = (each.title.rpartition(" in the ")[2] for each in tables.rank_lists() if " in the " in each.title)
    return frozenset(fold(name) for name in named if tables.places(name, kinds={"mountain_range"}))


# The orders


def _counted(claim: Rank) -> tuple[str, bool]:
    """What the superlative speaks of, and whether it counts downwards; "second city" has none and counts people."""
    return orders().get(claim.order, ("size", True))


def _orders(thing: Thing, claim: Rank, region: _Region, story: Story) -> Iterator[_Order]:
    """All orders that the copy may mean, each by one definition."""
    _, downwards = _counted(claim)
    for made in _made(thing, claim, region, story):
        if made.entries:
            yield replace(made, downwards=downwards)


def _made(thing: Thing, claim: Rank, region: _Region, story: Story) -> Iterator[_Order]:
    dimension, _ = _counted(claim)
    if thing.kind == "city":
        if dimension in {"size", "population"} and claim.by in {None, "population"}:
            yield from _cities(region, story)
    elif thing.kind in {"country", "economy"}:
        yield from _countries(thing, claim, dimension, region, story)
    elif thing.kind == "admin1":
        yield from _states(claim, dimension, region, story)
    elif thing.kind == "power_plant" and dimension == "size" and claim.by in {None, "capacity"} and thing.fuel != "?":
        yield from _plants(thing, region, story)


def _year(story: Story) -> int:
    return story.published.year if story.published else int(story.tables.as_of[:4])


def _codes(region: _Region, story: Story) -> list[tuple[str, tuple[str, ...] | None]]:
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


def _entries(facts: Sequence[Fact]) -> tuple[_Entry, ...]:
    return tuple(_Entry(fact.entity_id, fact.entity, float(fact.value), fact) for fact in facts)


def _cities(region: _Region, story: Story) -> Iterator[_Order]:
    tables = story.tables
    near = _NEAR["city"]
    if region.world:
        return
    if region.country is not None:
        top = tables.top_places("city", country=region.country.country, limit=60)
    else:
        top = tables.top_places("city", region_of=region.part.id if region.part else region.together, limit=60)
    entries = tuple(_Entry(each.id, each.name, float(each.population or 0), _population(each)) for each in top)
    yield _Order("population", "geonames", entries, near, True)
    apart = {each.id for each in top if not _suburb(each, top)}
    if len(apart) < len(entries):
        alone = tuple(entry for entry in entries if entry.id in apart)
        yield _Order("population (suburbs left aside)", "geonames", alone, near, True)
    if region.country is None or region.country.country is None:
        return
    code = region.country.country
    for attribute, definition in (
        ("population", "counted population"),
        ("population_metro", "metropolitan area"),
        ("urban_agglomeration_population", "urban agglomeration"),
    ):
        found = tables.ranked(attribute, kinds={"city"}, countries=(code,), year=_year(story), limit=60)
        entries = _entries([each for each in found if not each.disputed])
        yield _Order(definition, _sources(found), entries, near, True, proper=attribute == "population")
    agglomerations: dict[str, _Entry] = {}
    for fact in tables.facts(region.country.id, "urban_agglomeration_population"):
        cities = tables.places(fact.qualifier or "", kinds={"city"}, country=code)
        if cities:
            agglomerations.setdefault(cities[0].id, _Entry(cities[0].id, cities[0].name, float(fact.value), fact))
    ordered = sorted(agglomerations.values(), key=lambda entry: -entry.value)
    yield _Order("urban agglomeration", "cia_factbook", tuple(ordered), near, True, proper=False)


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


def _countries(thing: Thing, claim: Rank, dimension: str, region: _Region, story: Story) -> Iterator[_Order]:
    tables, year = story.tables, _year(story)
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
                    yield _Order(
                        f"{_BY_NAME[attribute]} of {year - back}{label}", _sources(found), _entries(found), near, True
                    )
            continue
        if claim.by == "population" or dimension == "population" or (dimension == "size" and claim.by is None):
            for back in (0, 2):
                found = _ranked(tables, "population", "country", codes, year - back, 250)
                yield _Order(f"population of {year - back}{label}", _sources(found), _entries(found), near, True)
        if dimension == "size" and claim.by in {None, "area"} and year >= _BORDERS_SINCE:
            for attribute in ("area_total", "area_land"):
                apart = bool(region.together)
                areas = _areas(attribute, codes or tables.countries_of("world"), tables, without_overseas=apart)
                yield _Order(f"{_BY_NAME[attribute]}{label}", "cia_factbook", areas, 0, True)
                if apart and attribute == "area_total":
                    areas = _areas(attribute, codes or (), tables)
                    definition = f"{_BY_NAME[attribute]} with overseas regions{label}"
                    yield _Order(definition, "cia_factbook", areas, 0, True, proper=False)


@lru_cache(maxsize=512)
def _ranked(
    tables: Tables, attribute: str, kind: str, codes: tuple[str, ...] | None, year: int | None, limit: int
) -> tuple[Fact, ...]:
    """What the tables rank, asked once: every story on the economy asks for the same few orders."""
    return tables.ranked(attribute, kinds={kind}, countries=codes, year=year, limit=limit)


@lru_cache(maxsize=64)
def _areas(
    attribute: str, codes: tuple[str, ...], tables: Tables, *, without_overseas: bool = False
) -> tuple[_Entry, ...]:
    """The areas of countries by one source that measures all of them alike, with what other definitions give.

    Of a region of the world only the part within it counts: France is smaller than Ukraine in Europe.
    """
    found: list[_Entry] = []
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
        mine = next((fact for fact in facts if fact.source == "cia_factbook"), None)
        if mine is None:
            continue
        value = float(mine.value)
        said = [float(fact.value) for fact in facts if not (fact.qualifier or "").startswith("before")]
        near = [value, *(each for each in said if abs(each - value) <= _SAME_COUNTRY * value)]
        found.append(_Entry(mine.entity_id, mine.entity, value, mine, min(near), max(near)))
    return tuple(sorted(found, key=lambda entry: -entry.value))


def _gdp(by: str) -> str:
    return "gdp_ppp" if by == "gdp_ppp" else "gdp_nominal"


def _sources(facts: Sequence[Fact]) -> str:
    return facts[0].source if facts else ""


def _states(claim: Rank, dimension: str, region: _Region, story: Story) -> Iterator[_Order]:
    if region.country is None or dimension not in {"size", "population"}:
        return
    codes = (region.country.country or "",)
    attributes = ["population"] if dimension == "population" else ["area_total", "population"]
    if claim.by:
        attributes = ["area_total" if claim.by == "area" else claim.by]
    for attribute in attributes:
        found = story.tables.ranked(attribute, kinds={"admin1"}, countries=codes, year=_year(story), limit=120)
        if found:
            near = _NEAR["admin1"] if attribute == "population" else 0
            yield _Order(attribute.removesuffix("_total"), _sources(found), _entries(found), near, True)


def _plants(thing: Thing, region: _Region, story: Story) -> Iterator[_Order]:
    for label, codes in _codes(region, story):
        found = story.tables.ranked(
            "capacity", kinds={"power_plant"}, countries=codes, qualifier=thing.fuel or None, limit=40
        )
        yield _Order(f"capacity{label}", _sources(found), _entries(found), _NEAR["power_plant"], True)


def _attributes(thing: Thing, dimension: str) -> tuple[str, ...]:
    return tuple(sorted(each for each in _LISTED.get(thing.kind, ()) if dimension in _SUPERLATIVES.get(each, {"size"})))


# Curated lists


def _lists(thing: Thing, claim: Rank, tables: Tables) -> Iterator[RankList]:
    dimension, downwards = _counted(claim)
    if (
        not downwards
        or thing.fuel not in {None, "", "Hydro"}
        or (claim.by and claim.by not in _attributes(thing, dimension))
    ):
        return
    prefixes = tuple(f"m:{kind}:" for kind in _kinds(thing))
    for attribute in _attributes(thing, dimension):
        for each in tables.rank_lists(attribute=attribute):
            if any(entity.startswith(prefixes) for entity in each.entities[:1]):
                yield each


def _list_region(each: RankList, region: _Region) -> bool:
    """Whether the list is of that region, as its title says: "longest rivers in Africa"."""
    _, _, words = each.title.rpartition(" in ")
    named = fold(words.removeprefix("the ")) if " in " in each.title else ""
    if each.title.startswith("highest mountain of each") or " on each " in each.title:
        return False
    if region.world:
        return named in {"", "world"}
    return bool(named) and named == fold(region.name)


def _by_list(
    claim: Rank,
    subject: str,
    ids: frozenset[str],
    lists: Sequence[RankList],
    made: Sequence[_Order],
    tables: Tables,
) -> Finding | None:
    for each in lists:
        places = [number for number, entity in enumerate(each.entities, 1) if entity in ids]
        place = places[0] if places else None
        if place == claim.position:
            return Finding(
                claim=claim,
                verdict=Verdict.SUPPORTED,
                message=f"{subject} is {_nth(place)} in the list of the {each.title}.",
                working=_listing(each, place, claim.position, tables),
                evidence=(_list_fact(each, place, subject),),
            )
    undisputed = [each for each in lists if _settled(each, claim.position, ids)]
    if not undisputed and (far := _far_off(claim, subject, ids, lists, tables)):
        return far
    if not undisputed or len(undisputed) != len(lists):
        reason = lists[0].disputed or ""
        return _nothing(claim, f"The order is disputed: {reason}." if reason else "The order is disputed.")
    for each in undisputed:
        place = next((number for number, entity in enumerate(each.entities, 1) if entity in ids), None)
        bounds = [each_bounds for order in made if (each_bounds := order.bounds(ids))]
        if any(best <= claim.position <= worst for best, _, worst in bounds):
            return None
        known = claim.position <= each.complete_to or (place is not None and place <= each.complete_to)
        if place is None and not bounds:
            return _nothing(claim, f"{subject} is not in the list of the {each.title}.")
        verdict = Verdict.REFUTED if known else Verdict.DOUBTFUL
        if place is None:
            return None
        return Finding(
            claim=claim,
            verdict=verdict,
            message=f"{subject} is {_nth(place)} among the {each.title}, not {_nth(claim.position)}.",
            working=_listing(each, place, claim.position, tables),
            expected=Expected(text=_nth(place)),
            suggestions=(_wording(claim, place),),
            evidence=(_list_fact(each, place, subject),),
        )
    return None


def _settled(each: RankList, position: int, ids: frozenset[str]) -> bool:
    """Whether nobody argues about the ranks in question: some lists are open only further down.

    It is enough that the holder of the copy's rank is known, or the rank of the copy's subject.
    """
    if not each.disputed:
        return True
    below = _RANKS_DISPUTED.match(each.disputed)
    place = next((number for number, entity in enumerate(each.entities, 1) if entity in ids), None)
    return below is not None and place is not None and min(place, position) < int(below[1])


def _far_off(
    claim: Rank, subject: str, ids: frozenset[str], lists: Sequence[RankList], tables: Tables
) -> Finding | None:
    """What is said of a disputed order where no side of the dispute gives the copy's rank.

    A dispute moves neighbours by a place or two: it does not make the seventh river the first.
    """
    found = [(each, place) for each in lists if (place := _place_in(each, ids)) is not None]
    if len(found) != len(lists) or any(abs(place - claim.position) < _DISPUTE_REACHES for _, place in found):
        return None
    each, place = found[0]
    return Finding(
        claim=claim,
        verdict=Verdict.DOUBTFUL,
        message=f"{subject} is about {_nth(place)} among the {each.title}, not {_nth(claim.position)}.",
        working=f"{_listing(each, place, claim.position, tables)}; disputed: {each.disputed}",
        expected=Expected(text=_nth(place)),
        suggestions=(_wording(claim, place),),
        evidence=(_list_fact(each, place, subject),),
    )


def _listing(each: RankList, place: int, claimed: int, tables: Tables) -> str:
    """The list around the subject and around the copy's rank."""
    wanted = sorted({number for at in (place, claimed) for number in (at - 1, at, at + 1)} | {1})
    rows: list[str] = []
    for number in wanted:
        if 0 < number <= len(each.entities):
            entity = tables.place(each.entities[number - 1])
            gap = "… " if number - 1 not in wanted and rows else ""
            rows.append(f"{gap}{number}. {entity.name if entity else each.entities[number - 1].rpartition(':')[2]}")
    return f"{each.title}, by {each.definition}: {', '.join(rows)} ({each.source}, {each.as_of})"


def _place_in(each: RankList, ids: frozenset[str]) -> int | None:
    return next((number for number, entity in enumerate(each.entities, 1) if entity in ids), None)


def _list_fact(each: RankList, place: int, subject: str) -> Fact:
    return Fact(
        table="rank_lists",
        entity_id=each.entities[place - 1],
        entity=subject,
        attribute=f"rank: {each.title}",
        value=place,
        unit=None,
        source=each.source,
        as_of=each.as_of,
        qualifier=each.definition,
        disputed=each.disputed is not None,
    )


# Judging


def _by_orders(
    claim: Rank,
    subject: str,
    ids: frozenset[str],
    made: Sequence[_Order],
    story: Story,
    region: _Region,
    *,
    sure: bool,
) -> Finding | None:
    thing = things()[claim.what]
    if thing.kind == "city" and region.country is not None:
        return _city(claim, subject, ids, made, sure=sure)
    ranked = [(order, bounds) for order in made if order.proper and (bounds := order.bounds(ids))]
    if not ranked:
        return _nothing(claim, f"The tables have no order of this kind with {subject} in it.")
    if supported := _agreeing(claim, subject, ids, [order for order, _ in ranked]):
        return supported
    if not sure or (not story.published and thing.kind in {"economy", "country"}):
        return _nothing(claim, f"Whether {subject} is meant, and on which day, is not certain.")
    if thing.kind == "city" and (
        not _flaggable(claim, ranked[0][1][1]) or not ranked[0][0].excludes(claim.position, ids, _CLEAR)
    ):
        return _nothing(claim, "City populations differ too much by source and definition to tell.")
    if thing.kind == "country" and _counted(claim)[0] == "size" and _year(story) < _BORDERS_SINCE:
        return _nothing(claim, "The tables hold the areas of today's borders only.")
    by_dollars = thing.kind == "economy" and claim.by is None
    if by_dollars and not any("purchasing" in order.definition for order, _ in ranked):
        low, high = _other_years(region, ids, story, [bounds for _, bounds in ranked])
        if low <= claim.position <= high:
            return _nothing(claim, "The order by purchasing power for that year, which may be meant, is not known.")
    if thing.kind == "economy" and not all(order.excludes(claim.position, ids, _REVISED) for order, _ in ranked):
        return _nothing(claim, "The values lie too close together to tell.")
    within = {entry.value for order, _ in ranked for entry in order.entries if entry.id in ids}
    if any(
        (order.bounds(ids) or (0, 0, 0))[1] == claim.position
        and not within >= {entry.value for entry in order.entries if entry.id in ids}
        for order in made
        if not order.proper
    ):
        return _nothing(claim, "The rank hangs on whether regions overseas are counted.")
    sources = {order.source for order, _ in ranked}
    definitions = {order.definition for order, _ in ranked}
    derived = any(order.entries[0].fact.derived for order, _ in ranked) or thing.kind == "admin1"
    enough = len(sources) >= 2 or (len(definitions) >= 2 and thing.kind in {"country", "economy"})
    verdict = Verdict.REFUTED if enough and not derived else Verdict.DOUBTFUL
    by_area = [order for order, _ in ranked if "area" in order.definition]
    # "largest" of countries is of land to most readers; people are told where only they have an order.
    return _against(claim, subject, ids, by_area or [order for order, _ in ranked], verdict)


def _agreeing(claim: Rank, subject: str, ids: frozenset[str], made: Sequence[_Order]) -> Finding | None:
    """The finding that the copy is right by one of the orders, exactly or within the closeness of its values."""
    for exactly in (True, False):
        for order in made:
            best, place, worst = order.bounds(ids) or (0, 0, 0)
            if claim.position == place if exactly else best <= claim.position <= worst:
                close = "" if exactly else f", close to {_nth(claim.position)},"
                return Finding(
                    claim=claim,
                    verdict=Verdict.SUPPORTED,
                    message=f"{subject} is {_nth(place)}{close} by {order.definition}.",
                    working=_working(order, place, claim.position),
                    evidence=tuple(entry.fact for entry in _leaders(order)[:_SHOWN]),
                )
    return None


def _against(
    claim: Rank, subject: str, ids: frozenset[str], made: Sequence[_Order], verdict: Verdict, note: str = ""
) -> Finding:
    """The finding that the copy's rank is not that of the orders, by the one that comes nearest to it."""
    places = [(order, bounds[1]) for order in made if (bounds := order.bounds(ids))]
    order, place = min(places, key=lambda each: abs(each[1] - claim.position))
    near = [(made, at) for made, at in places if at != place and abs(at - claim.position) <= _WORTH_TELLING]
    other = near[0] if near and not note else None
    elsewhere = f", {_nth(other[1])} by {other[0].definition}" if other else note
    shown = [(order, place), *([other] if other else [])]
    suggested = [place] + ([other[1]] if other else [])
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{subject} is {_nth(place)} by {order.definition}{elsewhere}, not {_nth(claim.position)}.",
        working="; ".join(_working(made, at, claim.position) for made, at in shown),
        expected=Expected(text=_nth(place)),
        suggestions=tuple(_wording(claim, each) for each in suggested),
        evidence=tuple(entry.fact for entry in _leaders(order)[:_SHOWN]),
    )


def _city(claim: Rank, subject: str, ids: frozenset[str], made: Sequence[_Order], *, sure: bool) -> Finding | None:
    """A city in its country: ranked by its own people, or by those of the agglomeration where the copy says so."""
    whole, partial = _complete(made, ids)
    deciding = [order for order in whole if order.proper]
    around = [order for order in whole if not order.proper]
    if claim.what in _AGGLOMERATIONS:
        deciding, around = [*around, *deciding], []
    if not deciding:
        return _nothing(claim, f"The tables have no order of this kind with {subject} in it.")
    every = [*deciding, *around]
    told = [order for order in deciding if order is not made[0] or deciding[1:2] != made[1:2]]
    against = {order.source for order in every if order.excludes(claim.position, ids, _CLEAR)}
    if agreeing := _agreeing(claim, subject, ids, deciding):
        backing = {order.source for order in every if not order.excludes(claim.position, ids, order.near)}
        others = [order for order in every if order.source in against - backing]
        if len(backing) > 1 or len({order.source for order in others}) < _OUTWEIGHED or not sure:
            return agreeing
        found = _against(claim, subject, ids, others, Verdict.DOUBTFUL)
        alone = next(order for order in deciding if order.source in backing)
        return replace(found, working=f"{found.working}; only {_working(alone, claim.position, claim.position)}")
    if second := _agreeing(claim, subject, ids, around) if claim.order == _SECOND else None:
        # "the second city" is as much a rank of honour as of people: any order will do.
        return second
    bounds = deciding[0].bounds(ids)
    if made[1:] and made[1].source == "geonames" and not made[1].bounds(ids):
        return _nothing(claim, f"{subject} and a larger city are one to many: the rank hangs on the definition.")
    if not sure or bounds is None or not _flaggable(claim, bounds[1]):
        return _nothing(claim, "City populations differ too much by source and definition to tell.")
    wider = [order for order in around if (order.bounds(ids) or (0, 0, 0))[1] == claim.position]
    clear = {order.source for order in deciding if order.excludes(claim.position, ids, _CLEAR)}
    if wider or any(_could_be(order, claim.position, ids, deciding[-1]) for order in partial):
        if len(clear) < 2 or not wider:
            return _nothing(claim, "The rank hangs on the definition: within the city's bounds, or with its suburbs.")
        note = f" of the city itself, and {_nth(claim.position)} only by {wider[0].definition}"
        found = _against(claim, subject, ids, told, Verdict.DOUBTFUL, note)
        place = wider[0].bounds(ids) or (0, 0, 0)
        return replace(
            found,
            message=found.message.replace(f", not {_nth(claim.position)}.", ": it hangs on the definition."),
            working=f"{found.working}; {_working(wider[0], place[1], claim.position)}",
        )
    if not against:
        return _nothing(claim, "The values lie too close together to tell.")
    close = any(not order.excludes(claim.position, ids, order.near) for order in around)
    return _outvoted(claim, subject, ids, partial, against) or _against(
        claim,
        subject,
        ids,
        told,
        Verdict.REFUTED if len(against) > 1 and not close and claim.order != _SECOND else Verdict.DOUBTFUL,
    )


def _outvoted(
    claim: Rank, subject: str, ids: frozenset[str], partial: Sequence[_Order], against: Collection[str]
) -> Finding | None:
    """What is said where one source alone is against the copy: a slip may put a village ahead of a port."""
    agreed = [order for order in partial if (order.bounds(ids) or (0, 0, 0))[1] == claim.position]
    if len(against) > 1 or not agreed:
        return None
    found = _agreeing(claim, subject, ids, agreed) if len({order.source for order in agreed}) > 1 else None
    return found or _nothing(claim, "The sources differ on the order.")


def _could_be(order: _Order, position: int, ids: frozenset[str], known: _Order) -> bool:
    """Whether an order with gaps may have the subject at that position, once the cities that it lacks are put in."""
    bounds = order.bounds(ids)
    mine = next((entry for entry in known.entries if entry.id in ids), None)
    if bounds is None or mine is None:
        return False
    held = {entry.id for entry in order.entries}
    lacking = [entry for entry in known.entries if entry.id not in held and entry.value > mine.value]
    leading = sum(entry.value > _LEADS * mine.value for entry in lacking)
    return bounds[1] + leading <= position <= bounds[1] + len(lacking)


def _flaggable(claim: Rank, place: int) -> bool:
    """Whether the order of cities is plain: in one country, and within the first twenty of it."""
    return claim.within is not None and claim.position <= 20 and place <= 20


def _other_years(
    region: _Region, ids: frozenset[str], story: Story, known: Sequence[tuple[int, int, int]]
) -> tuple[int, int]:
    """The ranks that purchasing power may give: between those in dollars and those of the years known."""
    bounds = list(known)
    for _, codes in _codes(region, story):
        facts = _ranked(story.tables, "gdp_ppp", "country", codes, None, 60)
        if found := _Order("", "", _entries(facts), 0.3, True).bounds(ids):
            bounds.append(found)
    return min(best for best, _, _ in bounds), max(worst for _, _, worst in bounds)


def _complete(made: Sequence[_Order], ids: frozenset[str]) -> tuple[list[_Order], list[_Order]]:
    """The orders that hold all who may stand before the subject, and those that lack some: these rank too high.

    The gazetteer knows every city; the other sources are held against it, suburbs left aside.
    """
    known = [order for order in made[:2] if order.source == "geonames" and order.bounds(ids)]
    if not known:
        return [], []
    leaders = _leaders(known[-1])
    mine = next(number for number, entry in enumerate(leaders) if entry.id in ids)
    ahead = {entry.id for entry in leaders[:mine]}
    others = [order for order in made if order.source != "geonames" and order.bounds(ids)]
    whole = [order for order in others if ahead <= {entry.id for entry in order.entries}]
    return [*known, *whole], [order for order in others if order not in whole]


def _somewhere(claim: Rank, thing: Thing, story: Story) -> Finding | None:
    """A rank whose holder the sentence does not name: right if the one who holds it is in the story."""
    if thing.kind in {"country", "economy"} and not story.published:
        return None
    region = _region(claim, story)
    if region is None or not (region.world or region.together or region.country):
        return None
    made = list(_orders(thing, claim, region, story))
    for order in made:
        entries = _leaders(order)
        if claim.position > len(entries):
            continue
        if thing.kind == "city" and (
            order.proper == (claim.what in _AGGLOMERATIONS) or not _knows(order, made, claim.position)
        ):
            continue
        holder = entries[claim.position - 1]
        if _mentioned(holder, thing, story):
            return Finding(
                claim=claim,
                verdict=Verdict.SUPPORTED,
                message=f"{holder.name}, of which the story speaks, is {_nth(claim.position)} by {order.definition}.",
                working=_working(order, claim.position, claim.position),
                evidence=tuple(entry.fact for entry in entries[:_SHOWN]),
            )
    return None


def _knows(order: _Order, made: Sequence[_Order], position: int) -> bool:
    """Whether an order of cities holds the first of the gazetteer: one with gaps ranks too high."""
    known = [each for each in made[:2] if each.source == "geonames"]
    held = {entry.id for entry in order.entries}
    return not known or {entry.id for entry in _leaders(known[-1])[:position]} <= held


def _mentioned(holder: _Entry, thing: Thing, story: Story) -> bool:
    if thing.kind in {"country", "economy"}:
        return story.places.weights.get(holder.id.removeprefix("cc:"), 0) > 0
    return holder.name in story.text


def _leaders(order: _Order) -> list[_Entry]:
    return sorted(order.entries, key=lambda entry: (-entry.value if order.downwards else entry.value, entry.id))


def _working(order: _Order, place: int, claimed: int) -> str:
    """The order around the subject and around the copy's rank: "population: 1. Lagos 15.4 million, 2. Kano ..."."""
    leaders = _leaders(order)
    wanted = sorted({number for at in (place, claimed) for number in (at - 1, at, at + 1)} | {1})
    shown = [number for number in wanted if 0 < number <= len(leaders)]
    years = {_dated(leaders[number - 1]) for number in shown}
    together = f", {next(iter(years))}" if len(years) == 1 and years != {""} else ""
    rows: list[str] = []
    for number in shown:
        entry = leaders[number - 1]
        dated = f" ({_dated(entry)})" if _dated(entry) and not together else ""
        gap = "… " if rows and number - 1 not in shown else ""
        rows.append(f"{gap}{number}. {entry.name} {_amount(entry)}{dated}")
    return f"{order.definition}: {', '.join(rows)} ({order.source}{together})"


def _dated(entry: _Entry) -> str:
    return (entry.fact.as_of or "")[:4]


def _amount(entry: _Entry) -> str:
    unit = _UNITS.get(entry.fact.unit or "count", f" {entry.fact.unit}")
    for size, word in ((1e12, "trillion"), (1e9, "billion")):
        if entry.fact.unit == "USD" and entry.value >= size:
            return f"${entry.value / size:,.2f} {word}"
    return (f"{entry.value:,.0f}" if abs(entry.value) >= 100 else f"{entry.value:,.6g}") + unit


def _nth(place: int) -> str:
    if 0 < place <= len(_NAMES):
        return _NAMES[place - 1]
    suffix = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def _wording(claim: Rank, place: int) -> str:
    if claim.order == _SECOND:
        return f"{_nth(place)} city" if place > 1 else "largest city"
    return claim.order if place == 1 else f"{_nth(place)} {claim.order}"

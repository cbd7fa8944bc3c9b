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

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.core.reference import Place, RankList, Tables
    from checks.core.story import Story

_COUNTRIES = frozenset({"country", "territory"})
# How near two values may lie before sources and definitions can swap them.
_NEAR = {"city": 0.15, "country": 0.03, "economy": 0.1, "power_plant": 0.03, "admin1": 0.1}
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
_NAMES = {1: "", 2: "second ", 3: "third ", 4: "fourth ", 5: "fifth ", 6: "sixth ", 7: "seventh ", 8: "eighth "}
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
    id: str
    name: str
    value: float
    fact: Fact


@dataclass(frozen=True, slots=True)
class _Order:
    """One order by one definition from one source, the largest first."""

    definition: str
    source: str
    entries: tuple[_Entry, ...]
    near: float
    downwards: bool

    def bounds(self, subject: frozenset[str]) -> tuple[int, int, int] | None:
        """The best rank, the rank and the worst rank of the subject, allowing for values that lie close together."""
        mine = next((entry for entry in self.entries if entry.id in subject), None)
        if mine is None:
            return None
        sign = 1 if self.downwards else -1
        others = [sign * entry.value for entry in self.entries if entry.id not in subject]
        value = sign * mine.value
        margin = abs(mine.value) * self.near
        best = 1 + sum(other > value + margin for other in others)
        rank = 1 + sum(other > value for other in others)
        worst = 1 + sum(other > value - margin for other in others)
        return best, rank, worst


@check(reads=Rank)
def rank(claim: Rank, story: Story) -> Finding | None:
    """A place in an order must be the one that the figures give.

    "The second largest city" is written from memory and outlives the census that made it so. The order is made
    from the tables, by every definition that copy may have in mind (population or area of countries, city proper
    or agglomeration, Europe with or without Russia), for the year of the story; values that lie close together
    may stand in either order. Companies, parties and ports have no table, so nothing is said of them.

    Flags:
        [2022-09-13] Lagos is «the second largest city in Nigeria», ahead of Kano.
        [2019-05-02] K2, «the world's highest mountain», claimed another life.
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
    region = _region(claim, subject, story)
    if region is None:
        return _nothing(claim, f"The tables do not know the region {_within(claim)}.")
    lists = [each for each in _lists(thing, claim, story.tables) if _list_region(each, region)]
    made = list(_orders(thing, claim, region, story))
    if lists and (listed := _by_list(claim, subject, ids, lists, made)):
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


def _region(claim: Rank, subject: str, story: Story) -> _Region | None:
    if claim.within is None:
        return _Region("the world", world=True)
    tables = story.tables
    words = fold(claim.within.text)
    meant = regions().get(words)
    if meant == "euro area":
        return _Region("the euro area", together="euro area")
    if meant in {"?", "continent"}:
        return None
    del subject
    if (
        meant is None
        and tables.countries_of(claim.within.text)
        and not tables.places(claim.within.text, kinds=_COUNTRIES)
    ):
        return _Region(claim.within.text, together=claim.within.text)
    name = claim.within if meant is None else Name(claim.within.span, f"the {claim.within.text}")
    place = story.places.resolve(name, _COUNTRIES).place
    if place is not None and (meant is None or _alone(place, claim, story)):
        return _Region(place.name, country=place)
    if meant is not None:
        return None
    if people := tables.demonym(claim.within.text):
        return _Region(people[0].name, country=people[0])
    part = story.places.resolve(claim.within, frozenset({"admin1"}))
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


# The orders


def _orders(thing: Thing, claim: Rank, region: _Region, story: Story) -> Iterator[_Order]:
    """All orders that the copy may mean, each by one definition."""
    _, downwards = orders()[claim.order]
    for made in _made(thing, claim, region, story):
        if made.entries:
            yield replace(made, downwards=downwards)


def _made(thing: Thing, claim: Rank, region: _Region, story: Story) -> Iterator[_Order]:
    dimension, _ = orders()[claim.order]
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
    return [(" (wide definition)", wide), (" (narrow definition)", narrow)]


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
        yield _Order("population, suburbs left aside", "geonames", alone, near, True)
    if region.country is None or region.country.country is None:
        return
    code = region.country.country
    for attribute, definition in (
        ("population", "dated population"),
        ("population_metro", "metropolitan area"),
        ("urban_agglomeration_population", "urban agglomeration"),
    ):
        found = tables.ranked(attribute, kinds={"city"}, countries=(code,), year=_year(story), limit=60)
        yield _Order(definition, _sources(found), _entries([each for each in found if not each.disputed]), near, True)
    agglomerations: dict[str, _Entry] = {}
    for fact in tables.facts(region.country.id, "urban_agglomeration_population"):
        cities = tables.places(fact.qualifier or "", kinds={"city"}, country=code)
        if cities:
            agglomerations.setdefault(cities[0].id, _Entry(cities[0].id, cities[0].name, float(fact.value), fact))
    ordered = sorted(agglomerations.values(), key=lambda entry: -entry.value)
    yield _Order("urban agglomeration", "cia_factbook", tuple(ordered), near, True)


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
                areas = _areas(attribute, codes or tables.countries_of("world"), tables)
                yield _Order(f"{_BY_NAME[attribute]}{label}", "cia_factbook", areas, near, True)


@lru_cache(maxsize=512)
def _ranked(
    tables: Tables, attribute: str, kind: str, codes: tuple[str, ...] | None, year: int | None, limit: int
) -> tuple[Fact, ...]:
    """What the tables rank, asked once: every story on the economy asks for the same few orders."""
    return tables.ranked(attribute, kinds={kind}, countries=codes, year=year, limit=limit)


@lru_cache(maxsize=64)
def _areas(attribute: str, codes: tuple[str, ...], tables: Tables) -> tuple[_Entry, ...]:
    """The areas of countries by one source that measures all of them alike."""
    found: list[_Entry] = []
    for code in codes:
        place = tables.place(f"cc:{code}")
        if place is None or place.kind != "country":
            continue
        facts = [fact for fact in tables.facts(place.id, attribute) if fact.source == "cia_factbook"]
        found.extend(_entries(facts[:1]))
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
            yield _Order(attribute.removesuffix("_total"), _sources(found), _entries(found), _NEAR["admin1"], True)


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
    dimension, downwards = orders()[claim.order]
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
    if each.title.startswith("highest mountain of each") or " on each " in each.title or " Alps" in each.title:
        return False
    if region.world:
        return named in {"", "world"}
    return bool(named) and named == fold(region.name)


def _by_list(
    claim: Rank, subject: str, ids: frozenset[str], lists: Sequence[RankList], made: Sequence[_Order]
) -> Finding | None:
    for each in lists:
        places = [number for number, entity in enumerate(each.entities, 1) if entity in ids]
        place = places[0] if places else None
        if place == claim.position:
            return Finding(
                claim=claim,
                verdict=Verdict.SUPPORTED,
                message=f"{subject} is {_nth(place)} in the list of the {each.title}.",
                working=f"{each.title}, by {each.definition} ({each.as_of})",
                evidence=(_list_fact(each, place, subject),),
            )
    undisputed = [each for each in lists if _settled(each, claim.position, ids)]
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
            working=f"{each.title}, by {each.definition} ({each.as_of})",
            expected=Expected(text=_nth(place)),
            suggestions=(_wording(claim, place),),
            evidence=(_list_fact(each, place, subject),),
        )
    return None


def _settled(each: RankList, position: int, ids: frozenset[str]) -> bool:
    """Whether nobody argues about the ranks in question: some lists are open only further down."""
    if not each.disputed:
        return True
    below = _RANKS_DISPUTED.match(each.disputed)
    place = next((number for number, entity in enumerate(each.entities, 1) if entity in ids), None)
    return below is not None and place is not None and max(place, position) < int(below[1])


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
    ranked = [(order, bounds) for order in _complete(made, ids, thing) if (bounds := order.bounds(ids))]
    if not ranked:
        return _nothing(claim, f"The tables have no order of this kind with {subject} in it.")
    exact = [order for order, (_, place, _) in ranked if place == claim.position]
    near = [order for order, (best, _, worst) in ranked if best <= claim.position <= worst]
    if exact or near:
        order = (exact or near)[0]
        return Finding(
            claim=claim,
            verdict=Verdict.SUPPORTED,
            message=f"{subject} is {_nth(claim.position)} by {order.definition}.",
            working=_working(order, claim.position),
            evidence=tuple(entry.fact for entry in _leaders(order)[:_SHOWN]),
        )
    if not sure or (not story.published and thing.kind in {"economy", "country"}):
        return _nothing(claim, f"Whether {subject} is meant, and on which day, is not certain.")
    if thing.kind == "city" and not _flaggable(claim, ranked):
        return _nothing(claim, "City populations differ too much by source and definition to tell.")
    if thing.kind == "country" and orders()[claim.order][0] == "size" and _year(story) < _BORDERS_SINCE:
        return _nothing(claim, "The tables hold the areas of today's borders only.")
    by_dollars = thing.kind == "economy" and claim.by is None
    if by_dollars and not any("purchasing" in order.definition for order, _ in ranked):
        low, high = _other_years(region, ids, story, [bounds for _, bounds in ranked])
        if low <= claim.position <= high:
            return _nothing(claim, "The order by purchasing power for that year, which may be meant, is not known.")
    sources = {order.source for order, _ in ranked}
    definitions = {order.definition for order, _ in ranked}
    derived = any(order.entries[0].fact.derived for order, _ in ranked) or thing.kind == "admin1"
    enough = len(sources) >= 2 or (len(definitions) >= 2 and thing.kind in {"country", "economy"})
    verdict = Verdict.REFUTED if enough and not derived else Verdict.DOUBTFUL
    # The definition that comes nearest to the copy's is the one to argue with.
    order, (_, place, _) = min(ranked, key=lambda each: abs(each[1][1] - claim.position))
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{subject} is {_nth(place)} by {order.definition}, not {_nth(claim.position)}.",
        working="; ".join(dict.fromkeys([_working(order, place), *(_working(each, place) for each, _ in ranked[:2])])),
        expected=Expected(text=_nth(place)),
        suggestions=(_wording(claim, place),),
        evidence=tuple(entry.fact for entry in _leaders(order)[:_SHOWN]),
    )


def _flaggable(claim: Rank, ranked: Sequence[tuple[_Order, tuple[int, int, int]]]) -> bool:
    """Whether the order of cities is plain: in one country, and within the first twenty of it."""
    return claim.within is not None and claim.position <= 20 and ranked[0][1][1] <= 20


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


def _complete(made: Sequence[_Order], ids: frozenset[str], thing: Thing) -> list[_Order]:
    """The orders that hold all who may stand before the subject: a list with gaps ranks too high.

    The gazetteer knows every city; the other sources are held against it.
    """
    if thing.kind != "city" or not made:
        return list(made)
    first = made[0]
    mine = next((number for number, entry in enumerate(_leaders(first)) if entry.id in ids), None)
    if mine is None:
        return []
    ahead = {entry.id for entry in _leaders(first)[:mine]}
    # Agglomerations are another order: a city ahead may be a part of one.
    kept = [
        order
        for order in made[1:]
        if order.definition != "dated population" or ahead <= {entry.id for entry in order.entries}
    ]
    return [first, *kept]


def _somewhere(claim: Rank, thing: Thing, story: Story) -> Finding | None:
    """A rank whose holder the sentence does not name: right if the one who holds it is in the story."""
    if thing.kind in {"country", "economy"} and not story.published:
        return None
    region = _region(claim, "", story)
    if region is None or not (region.world or region.together or region.country):
        return None
    for order in _orders(thing, claim, region, story):
        entries = _leaders(order)
        if claim.position > len(entries):
            continue
        holder = entries[claim.position - 1]
        if _mentioned(holder, thing, story):
            return Finding(
                claim=claim,
                verdict=Verdict.SUPPORTED,
                message=f"{holder.name}, of which the story speaks, is {_nth(claim.position)} by {order.definition}.",
                working=_working(order, claim.position),
                evidence=tuple(entry.fact for entry in entries[:_SHOWN]),
            )
    return None


def _mentioned(holder: _Entry, thing: Thing, story: Story) -> bool:
    if thing.kind in {"country", "economy"}:
        return story.places.weights.get(holder.id.removeprefix("cc:"), 0) > 0
    return holder.name in story.text


def _leaders(order: _Order) -> list[_Entry]:
    return sorted(order.entries, key=lambda entry: (-entry.value if order.downwards else entry.value, entry.id))


def _working(order: _Order, place: int) -> str:
    """The first of the order and its source: "1. Lagos 15,388,000, 2. Kano 4,910,000 (geonames)"."""
    leaders = _leaders(order)
    shown = range(min(max(place + 1, 3), len(leaders), 6))
    listed = ", ".join(f"{number + 1}. {leaders[number].name} {_amount(leaders[number])}" for number in shown)
    return f"{order.definition}: {listed} ({order.source})"


def _amount(entry: _Entry) -> str:
    value = f"{entry.value:,.0f}" if abs(entry.value) >= 100 else f"{entry.value:,.6g}"
    unit = entry.fact.unit
    return value if unit in {None, "count"} else f"{value} {unit}"


def _nth(place: int) -> str:
    if place in _NAMES:
        return (_NAMES[place] or "first").strip()
    suffix = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def _wording(claim: Rank, place: int) -> str:
    return claim.order if place == 1 else f"{_nth(place)} {claim.order}"

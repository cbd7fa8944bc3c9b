"""Who is ranked, and among whom: the subject of a rank and the region of its order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Name, Span
from checks.core.names import fold
from checks.core.rank_words import Thing, disputes, regions, things

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.core.claims import Rank
    from checks.core.reference import Place, Tables
    from checks.core.story import Story

_COUNTRIES = frozenset({"country", "territory"})
# Regions are redrawn: Telangana left Andhra Pradesh in 2014.
_REGIONS_SINCE = 2016
# Names of smaller cities are shared more often than anybody knows.
_KNOWN = 100_000
_CAPITAL_BEFORE = lazy_pattern(r"\b[A-Z][a-z]+ $")


@dataclass(frozen=True, slots=True)
class Region:
    """Where the order is kept: the world, a country, part of one, or countries together."""

    name: str
    country: Place | None = None
    part: Place | None = None
    together: str | None = None
    world: bool = False


def subject_of(claim: Rank, thing: Thing, story: Story) -> tuple[str, frozenset[str], bool] | None:
    """The name, the ids and the certainty of the place that is ranked."""
    kinds = kinds_of(thing)
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


def kinds_of(thing: Thing) -> frozenset[str]:
    """The kinds of the tables that a ranked noun stands for: a mountain may be a volcano."""
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


def region_of(claim: Rank, story: Story) -> Region | None:
    """Where the order is kept, as the copy says it; None where that cannot be told."""
    if claim.within is None and things()[claim.what].kind != "admin1":
        return Region("the world", world=True)
    meant = regions().get(fold(claim.within.text)) if claim.within else "its"
    if claim.within is None or meant == "its":
        # "Texas is the second-largest state", "its second-largest city": of the country, which only they tell.
        country = _owner(claim, story) if claim.within else _country_of_subject(claim, story)
        return Region(country.name, country=country) if country else None
    return _named_region(claim, claim.within, meant, story)


def _named_region(claim: Rank, within: Name, meant: str | None, story: Story) -> Region | None:
    """The region that a name ("Nigeria", "Africa") or a noun ("the country") stands for."""
    tables = story.tables
    if meant == "euro area":
        return Region("the euro area", together="euro area")
    if meant in {"?", "continent"}:
        return None
    if fold(within.text) in _ranges(tables):
        return Region(within.text)
    if meant is None and tables.countries_of(within.text) and not tables.places(within.text, kinds=_COUNTRIES):
        return Region(within.text, together=within.text)
    name = within if meant is None else Name(within.span, f"the {within.text}")
    place = story.places.resolve(name, _COUNTRIES).place
    if place is not None and (meant is None or _alone(place, claim, story)):
        return Region(place.name, country=place)
    if meant is not None:
        return None
    if people := tables.demonym(within.text):
        return Region(people[0].name, country=people[0])
    part = story.places.resolve(within, frozenset({"admin1"}))
    if part.place is not None and part.certain:
        return Region(part.place.name, part=part.place)
    return None


def elsewhere(claim: Rank, region: Region, ids: frozenset[str], story: Story) -> tuple[str, bool] | None:
    """Where the subject lies, if that is not in the region, and whether it is certain: Milan is no city of Spain.

    Nothing where any reading of the two names would put the one into the other (Georgia, the island of Ireland),
    or where either is a territory, whose belonging may be argued about.
    """
    tables, part = story.tables, region.part
    places = [place for each in sorted(ids) if (place := tables.place(each)) and place.kind == "city"]
    code = part.country if part else region.country.country if region.country else None
    if not places or code is None or claim.within is None:
        return None
    theirs = {place.country for place in places}
    named = {place.country for each in _read_as(claim, region) for place in tables.places(each) if place.kind != "city"}
    if None in named or None in theirs or len(theirs) > 1 or max(place.population or 0 for place in places) < _KNOWN:
        return None
    country = tables.place(f"cc:{places[0].country}")
    if country is None or country.kind != "country" or _argued(places[0], code, country.country or ""):
        return None
    known = {place.name for place in places} | {name.text for name in claim.subjects[:1]}
    same_name = [place for name in known for place in tables.places(name, kinds={"city"})]
    if code not in theirs:
        if (
            theirs & named
            or any(place.country == code for place in same_name)
            or any(_begins_one_of(name, code, tables) for name in known)
        ):
            return None
        return country.name, not part and (region.country is not None and region.country.kind == "country")
    if part is None or not part.region or story.published is None or story.published.year < _REGIONS_SINCE:
        return None
    if any(place.country == code and place.region in {part.region, None} for place in same_name):
        return None
    lies = tables.place(f"a1:{code}.{places[0].region}")
    return (lies.name, False) if lies else None


def _read_as(claim: Rank, region: Region) -> tuple[str, ...]:
    return (region.name, claim.within.text) if claim.within else (region.name,)


def _argued(place: Place, *codes: str) -> bool:
    """Whether one of two countries claims the other, or the part of it where the city lies."""
    parts = disputes().get(frozenset(codes))
    return parts is not None and (not parts or place.region in parts)


def _begins_one_of(name: str, code: str, tables: Tables) -> bool:
    """Whether a large city of the country is called so for short: Santa Cruz de la Sierra."""
    top = tables.top_places("city", country=code, limit=60)
    return any(f"{fold(place.name)} ".startswith(f"{fold(name)} ") for place in top)


def _alone(place: Place, claim: Rank, story: Story) -> bool:
    """Whether "the country" can only be the country of the subject: a story speaks of several."""
    for name in claim.subjects:
        resolved = story.places.resolve(name)
        if resolved.place is not None and resolved.place.country:
            return resolved.place.country == place.country
    return False


def _country_of_subject(claim: Rank, story: Story) -> Place | None:
    for name in claim.subjects:
        place = story.places.resolve(name, kinds_of(things()[claim.what])).place
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

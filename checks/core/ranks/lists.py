"""Curated lists: the longest rivers, the highest mountains, with what is argued about them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Fact
from checks.core.names import fold
from checks.core.ranks.holders import Region, kinds_of
from checks.core.ranks.making import counted_by

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.core.claims import Rank
    from checks.core.rank_words import Thing
    from checks.core.reference import RankList, Tables

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


def _attributes(thing: Thing, dimension: str) -> tuple[str, ...]:
    return tuple(sorted(each for each in _LISTED.get(thing.kind, ()) if dimension in _SUPERLATIVES.get(each, {"size"})))


def lists_meant(thing: Thing, claim: Rank, tables: Tables) -> Iterator[RankList]:
    """The lists that rank such things by what the superlative speaks of."""
    dimension, downwards = counted_by(claim)
    if (
        not downwards
        or thing.fuel not in {None, "", "Hydro"}
        or (claim.by and claim.by not in _attributes(thing, dimension))
    ):
        return
    prefixes = tuple(f"m:{kind}:" for kind in kinds_of(thing))
    for attribute in _attributes(thing, dimension):
        for each in tables.rank_lists(attribute=attribute):
            if any(entity.startswith(prefixes) for entity in each.entities[:1]):
                yield each


def is_of_region(each: RankList, region: Region) -> bool:
    """Whether the list is of that region, as its title says: "longest rivers in Africa"."""
    _, _, words = each.title.rpartition(" in ")
    named = fold(words.removeprefix("the ")) if " in " in each.title else ""
    if each.title.startswith("highest mountain of each") or " on each " in each.title:
        return False
    if region.world:
        return named in {"", "world"}
    return bool(named) and named == fold(region.name)


def is_settled(each: RankList, position: int, ids: frozenset[str]) -> bool:
    """Whether nobody argues about the ranks in question: some lists are open only further down.

    It is enough that the holder of the copy's rank is known, or the rank of the copy's subject.
    """
    if not each.disputed:
        return True
    below = _RANKS_DISPUTED.match(each.disputed)
    place = next((number for number, entity in enumerate(each.entities, 1) if entity in ids), None)
    return below is not None and place is not None and min(place, position) < int(below[1])


def listing_of(each: RankList, place: int, claimed: int, tables: Tables) -> str:
    """The list around the subject and around the copy's rank."""
    wanted = sorted({number for at in (place, claimed) for number in (at - 1, at, at + 1)} | {1})
    rows: list[str] = []
    for number in wanted:
        if 0 < number <= len(each.entities):
            entity = tables.place(each.entities[number - 1])
            gap = "… " if number - 1 not in wanted and rows else ""
            rows.append(f"{gap}{number}. {entity.name if entity else each.entities[number - 1].rpartition(':')[2]}")
    source = tables.source_title(each.source) or each.source
    return f"{each.title}, by {each.definition}: {', '.join(rows)} ({source}, {each.as_of})"


def place_in(each: RankList, ids: frozenset[str]) -> int | None:
    """The rank of the subject in a list, None where it is not in it."""
    return next((number for number, entity in enumerate(each.entities, 1) if entity in ids), None)


def list_fact(each: RankList, place: int, subject: str) -> Fact:
    """The rank in a list, as evidence."""
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

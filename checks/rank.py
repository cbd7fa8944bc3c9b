"""Places in an order, against orders made from the tables and curated lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks.core.claims import Rank
from checks.core.model import Expected, Fact, Finding, Verdict
from checks.core.names import fold
from checks.core.rank_words import Thing, regions, things
from checks.core.ranks.holders import Region, elsewhere, region_of, subject_of
from checks.core.ranks.lists import is_of_region, is_settled, list_fact, listing_of, lists_meant, place_in
from checks.core.ranks.making import BORDERS_SINCE, counted_by, orders_meant, ranks_in_other_years, year_of
from checks.core.ranks.orders import Entry, Order, could_be, knows_leaders, leaders_of, whole_and_partial
from checks.core.ranks.wording import SECOND, nth, suggested, working_of
from checks.core.registry import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.core.reference import RankList, Tables
    from checks.core.story import Story

# How far two cities must lie apart before a census or two cannot have swapped them.
_CLEAR = 0.15
# The same for output, which is revised for years.
_REVISED = 0.1
# Other definitions are told where they come within so many places of the copy's rank.
_WORTH_TELLING = 3
# An order of one source is not believed against so many others.
_OUTWEIGHED = 3
# A dispute about an order moves those in it by fewer places.
_DISPUTE_REACHES = 3
# No other bounds of a city and no newer count close such a gap.
_FAR = 1.2
# A gap that speaks against a rank even where another definition gives it.
_CLEARLY = 1.4
_TWICE = 2
_DIFFER = "City populations differ too much by source and definition to tell."
_SEVERAL = 2
# A city so far up is none of the smallest.
_LARGE = 10
_LONG = 20
# Counts of countries as close as that are no error.
_COUNTED_ALIKE = 0.04
# The first and the last states are the same by land and with their waters; between them lakes change the order.
_ENDS = 3
_WATERS = 0.7
_AGGLOMERATIONS = frozenset({"metropolis", "metropolitan area", "urban area", "urban agglomeration"})
_SHOWN = 4


@check(reads=Rank)
def rank(claim: Rank, story: Story) -> Finding | None:
    """A place in an order must be the one that the figures give.

    "The second largest city" is written from memory and outlives the census that made it so. The order is made
    from the tables, by every definition that copy may have in mind (population or area of countries, city proper
    or agglomeration, Europe with or without Russia), for the year of the story. Counts of people and of money may
    stand in either order where they lie within a few per cent; areas are surveyed, so that only definitions can
    swap them (the United States and China, not Canada and the United States). A city is ranked by the people
    within its bounds unless the copy speaks of a metropolitan area: where only the agglomeration gives the copy's
    rank, that is told, and doubtful if all counts of the city itself are far off. Counts of cities are believed
    against the copy where they agree among themselves; one alone only where the city is out by twice the people.
    A city that lies in another country has no rank in this one. States are ranked where a source that can be cited
    orders them, without federal districts and territories. Companies, parties and ports have no table, so nothing
    is said of them.

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
    found = subject_of(claim, thing, story)
    if found is None:
        return _nothing(claim, f"No {claim.what} called {claim.subjects[0].text} is in the tables.")
    subject, ids, sure = found
    region = region_of(claim, story)
    if region is None and (claim.within is None or regions().get(fold(claim.within.text)) in {"its", "country"}):
        return _nothing(claim, "Which country is meant is not certain from the copy.")
    if region is None:
        return _nothing(claim, f"The tables do not know the region {_within(claim)}.")
    if thing.kind == "city" and sure and (away := elsewhere(claim, region, ids, story)):
        place, certain = away
        return Finding(
            claim=claim,
            verdict=Verdict.REFUTED if certain else Verdict.DOUBTFUL,
            message=f"{subject} lies in {place}, not in {region.name}.",
            working=f"{subject}: {place} (geonames)",
            evidence=(_lying(subject, min(ids), place),),
        )
    lists = [each for each in lists_meant(thing, claim, story.tables) if is_of_region(each, region)]
    made = list(orders_meant(thing, claim, region, story))
    if lists and (listed := _by_list(claim, subject, ids, lists, made, story.tables)):
        return listed
    return _by_orders(claim, subject, ids, made, story, region, sure=sure)


def _nothing(claim: Rank, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)


def _lying(subject: str, entity: str, place: str) -> Fact:
    return Fact(
        table="places", entity_id=entity, entity=subject, attribute="lies in", value=place, unit=None, source="geonames"
    )


def _within(claim: Rank) -> str:
    return claim.within.text if claim.within else "world"


def _by_list(
    claim: Rank,
    subject: str,
    ids: frozenset[str],
    lists: Sequence[RankList],
    made: Sequence[Order],
    tables: Tables,
) -> Finding | None:
    for each in lists:
        places = [number for number, entity in enumerate(each.entities, 1) if entity in ids]
        place = places[0] if places else None
        if place == claim.position:
            return Finding(
                claim=claim,
                verdict=Verdict.SUPPORTED,
                message=f"{subject} is {nth(place)} in the list of the {each.title}.",
                working=listing_of(each, place, claim.position, tables),
                evidence=(list_fact(each, place, subject),),
            )
    undisputed = [each for each in lists if is_settled(each, claim.position, ids)]
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
            message=f"{subject} is {nth(place)} among the {each.title}, not {nth(claim.position)}.",
            working=listing_of(each, place, claim.position, tables),
            expected=Expected(text=nth(place)),
            suggestions=suggested(claim, [place]),
            evidence=(list_fact(each, place, subject),),
        )
    return None


def _far_off(
    claim: Rank, subject: str, ids: frozenset[str], lists: Sequence[RankList], tables: Tables
) -> Finding | None:
    """What is said of a disputed order where no side of the dispute gives the copy's rank.

    A dispute moves neighbours by a place or two: it does not make the seventh river the first.
    """
    found = [(each, place) for each in lists if (place := place_in(each, ids)) is not None]
    if len(found) != len(lists) or any(abs(place - claim.position) < _DISPUTE_REACHES for _, place in found):
        return None
    each, place = found[0]
    return Finding(
        claim=claim,
        verdict=Verdict.DOUBTFUL,
        message=f"{subject} is about {nth(place)} among the {each.title}, not {nth(claim.position)}.",
        working=f"{listing_of(each, place, claim.position, tables)}; disputed: {each.disputed}",
        expected=Expected(text=nth(place)),
        suggestions=suggested(claim, [place]),
        evidence=(list_fact(each, place, subject),),
    )


def _by_orders(
    claim: Rank,
    subject: str,
    ids: frozenset[str],
    made: Sequence[Order],
    story: Story,
    region: Region,
    *,
    sure: bool,
) -> Finding | None:
    thing = things()[claim.what]
    if thing.kind == "admin1" and not made:
        return _nothing(claim, f"No source that can be cited orders the states or provinces of {region.name} so.")
    if thing.kind == "city" and region.country is not None:
        return _city(claim, subject, ids, made, sure=sure)
    ranked = [(order, bounds) for order in made if order.proper and (bounds := order.bounds(ids))]
    if not ranked:
        return _nothing(claim, f"The tables have no order of this kind with {subject} in it.")
    if supported := _agreeing(claim, subject, ids, [order for order, _ in ranked]):
        return supported
    if reason := _cannot_tell(claim, subject, ids, ranked, story, region, sure=sure):
        return _nothing(claim, reason)
    within = {entry.value for order, _ in ranked for entry in order.entries if entry.id in ids}
    if any(
        order.place(ids) == claim.position and not within >= {entry.value for entry in order.entries if entry.id in ids}
        for order in made
        if not order.proper
    ):
        return _nothing(claim, "The rank hangs on whether regions overseas are counted.")
    sources = {order.source for order, _ in ranked}
    definitions = {order.definition for order, _ in ranked}
    derived = any(order.entries[0].fact.derived for order, _ in ranked) or thing.kind == "admin1"
    enough = len(sources) >= 2 or (len(definitions) >= 2 and thing.kind in {"country", "economy"})
    if thing.kind == "country" and counted_by(claim)[0] == "population":
        derived = not all(order.excludes(claim.position, ids, _COUNTED_ALIKE) for order, _ in ranked)
    verdict = Verdict.REFUTED if enough and not derived else Verdict.DOUBTFUL
    by_area = [order for order, _ in ranked if "area" in order.definition]
    # "largest" of countries is of land to most readers; people are told where only they have an order.
    return _against(claim, subject, ids, by_area or [order for order, _ in ranked], verdict)


def _cannot_tell(
    claim: Rank,
    subject: str,
    ids: frozenset[str],
    ranked: Sequence[tuple[Order, tuple[int, int, int]]],
    story: Story,
    region: Region,
    *,
    sure: bool,
) -> str | None:
    """Why nothing is said of a rank that no order gives."""
    thing = things()[claim.what]
    if not sure or (not story.published and thing.kind in {"economy", "country"}):
        return f"Whether {subject} is meant, and on which day, is not certain."
    if thing.kind == "city":
        plain = _flaggable(claim, ranked[0][1][1]) and ranked[0][0].ratio(claim.position, ids) >= _TWICE
        return None if plain else _DIFFER
    if thing.kind == "admin1" and not all(
        order.excludes(claim.position, ids, _slack(claim, order)) for order, _ in ranked
    ):
        return "The rank hangs on the year, or on whether lakes and coastal waters are counted."
    if thing.kind == "country" and counted_by(claim)[0] == "size" and year_of(story) < BORDERS_SINCE:
        return "The tables hold the areas of today's borders only."
    by_dollars = thing.kind == "economy" and claim.by is None
    if by_dollars and not any("purchasing" in order.definition for order, _ in ranked):
        low, high = ranks_in_other_years(region, ids, story, [bounds for _, bounds in ranked])
        if low <= claim.position <= high:
            return "The order by purchasing power for that year, which may be meant, is not known."
    if thing.kind == "economy" and not all(order.excludes(claim.position, ids, _REVISED) for order, _ in ranked):
        return "The values lie too close together to tell."
    return None


def _slack(claim: Rank, order: Order) -> float:
    """How far off the values of states may be: by the water within their borders, or by some years' growth."""
    if order.definition == "population":
        return _CLEAR
    return 0 if claim.position <= _ENDS else _WATERS


def _agreeing(claim: Rank, subject: str, ids: frozenset[str], made: Sequence[Order]) -> Finding | None:
    """The finding that the copy is right by one of the orders, exactly or within the closeness of its values."""
    for exactly in (True, False):
        for order in made:
            best, place, worst = order.bounds(ids) or (0, 0, 0)
            if claim.position == place if exactly else best <= claim.position <= worst:
                close = "" if exactly else f", close to {nth(claim.position)},"
                return Finding(
                    claim=claim,
                    verdict=Verdict.SUPPORTED,
                    message=f"{subject} is {nth(place)}{close} by {order.definition}{_otherwise(order, made, ids)}.",
                    working=working_of(order, place, claim.position),
                    evidence=tuple(entry.fact for entry in leaders_of(order)[:_SHOWN]),
                )
    return None


def _otherwise(order: Order, made: Sequence[Order], ids: frozenset[str]) -> str:
    """The rank by another measure of area, where it is another: Canada is fourth by land, second in all."""
    place = order.place(ids)
    if "area" not in order.definition.split():
        return ""
    others = (each for each in made if "area" in each.definition.split() and each.place(ids) not in {0, place})
    other = next(others, None)
    return f", {nth(other.place(ids))} by {other.definition}" if other else ""


def _against(
    claim: Rank, subject: str, ids: frozenset[str], made: Sequence[Order], verdict: Verdict, note: str = ""
) -> Finding:
    """The finding that the copy's rank is not that of the orders, by the one that comes nearest to it."""
    places = [(order, bounds[1]) for order in made if (bounds := order.bounds(ids))]
    order, place = min(places, key=lambda each: abs(each[1] - claim.position))
    near = [(made, at) for made, at in places if at != place and abs(at - claim.position) <= _WORTH_TELLING]
    other = near[0] if near and not note else None
    elsewhere = f", {nth(other[1])} by {other[0].definition}" if other else note
    shown = [(order, place), *([other] if other else [])]
    places_told = [place] + ([other[1]] if other else [])
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{subject} is {nth(place)} by {order.definition}{elsewhere}, not {nth(claim.position)}.",
        working="; ".join(working_of(made, at, claim.position) for made, at in shown),
        expected=Expected(text=nth(place)),
        suggestions=suggested(claim, places_told),
        evidence=tuple(entry.fact for entry in leaders_of(order)[:_SHOWN]),
    )


def _city(claim: Rank, subject: str, ids: frozenset[str], made: Sequence[Order], *, sure: bool) -> Finding | None:
    """A city in its country: ranked by its own people, or by those of the agglomeration where the copy says so."""
    whole, partial = whole_and_partial(made, ids)
    deciding = [order for order in whole if order.proper]
    around = [order for order in whole if not order.proper]
    if claim.what in _AGGLOMERATIONS:
        deciding, around = [*around, *deciding], []
    if not deciding:
        return _nothing(claim, f"The tables have no order of this kind with {subject} in it.")
    if not deciding[0].downwards:
        return _smallest(claim, subject, ids, [*deciding, *around, *partial], sure=sure)
    # The gazetteer's list with suburbs in it backs no rank alone.
    told = [order for order in deciding if order is not made[0] or deciding[1:2] != made[1:2]]
    if backed := _backed(claim, subject, ids, told, [*told, *around], sure=sure):
        return backed
    if second := _agreeing(claim, subject, ids, around) if claim.order == SECOND else None:
        # "the second city" is as much a rank of honour as of people: any order will do.
        return second
    if made[1:] and made[1].source == "geonames" and not made[1].bounds(ids):
        return _nothing(claim, f"{subject} and a larger city are one to many: the rank hangs on the definition.")
    if not sure or not _flaggable(claim, told[0].place(ids)):
        return _nothing(claim, _DIFFER)
    wider = [order for order in around if order.place(ids) == claim.position]
    clear = {order.source for order in told if order.ratio(claim.position, ids) >= _CLEARLY}
    if wider:
        return _by_definition(claim, subject, ids, told, wider[0], against=len(clear) > 1)
    if any(could_be(order, claim.position, ids, deciding[-1]) for order in partial):
        return _nothing(claim, "The rank hangs on the definition: within the city's bounds, or with its suburbs.")
    return _unbacked(claim, subject, ids, told, whole, partial)


def _backed(
    claim: Rank, subject: str, ids: frozenset[str], told: Sequence[Order], every: Sequence[Order], *, sure: bool
) -> Finding | None:
    """The copy is right by a count of the city itself; one count against all others is told to be so."""
    agreeing = _agreeing(claim, subject, ids, told)
    if agreeing is None:
        return None
    backing = {order.source for order in every if not order.excludes(claim.position, ids, order.near)}
    others = [order for order in every if order.source not in backing and order.ratio(claim.position, ids) >= _FAR]
    outweighed = len({order.source for order in others}) >= _OUTWEIGHED and any(order.proper for order in others)
    if len(backing) > 1 or not outweighed or not sure:
        return agreeing
    found = _against(claim, subject, ids, others, Verdict.DOUBTFUL)
    alone = next(order for order in told if order.source in backing)
    return replace(found, working=f"{found.working}; only {working_of(alone, claim.position, claim.position)}")


def _unbacked(
    claim: Rank,
    subject: str,
    ids: frozenset[str],
    told: Sequence[Order],
    whole: Sequence[Order],
    partial: Sequence[Order],
) -> Finding:
    """What is said where no whole order gives the copy's rank; one with gaps in it that does softens it."""
    if not all(order.excludes(claim.position, ids, order.near) for order in whole):
        return _nothing(claim, "The values lie too close together to tell, or the sources differ on the order.")
    fitting = [order for order in partial if not order.excludes(claim.position, ids, order.near)]
    if not fitting:
        return _refuting(claim, subject, ids, told, [*whole, *partial])
    if not all(order.proper for order in fitting) or len({order.source for order in whole}) < _SEVERAL:
        return _nothing(claim, "The sources differ on the order, or it hangs on the suburbs.")
    found = _refuting(claim, subject, ids, told, whole)
    return replace(found, verdict=Verdict.DOUBTFUL) if found.verdict is Verdict.REFUTED else found


def _refuting(claim: Rank, subject: str, ids: frozenset[str], told: Sequence[Order], held: Sequence[Order]) -> Finding:
    """What is said where every order is against the copy.

    They are believed where they agree among themselves on the rank, and the gap is one that no other bounds of the
    city could close; one source alone, or sources that differ, only where the city is out by twice the people.
    """
    gap = min(order.ratio(claim.position, ids) for order in told)
    several = len({order.source for order in held}) >= _SEVERAL
    agreed = len({order.place(ids) for order in told}) == 1
    alike = agreed and len({order.source for order in told}) >= _SEVERAL
    unanimous = several and len({order.place(ids) for order in held}) == 1
    far = min(order.ratio(claim.position, ids) for order in held) >= _TWICE
    if not (unanimous or (alike and gap >= _FAR) or far):
        return _nothing(claim, _DIFFER)
    counts = len({order.source for order in told}) >= _SEVERAL
    plain = several and (alike or unanimous or (far and counts)) and gap >= 1 + _CLEAR and claim.order != SECOND
    return _against(claim, subject, ids, told, Verdict.REFUTED if plain else Verdict.DOUBTFUL)


def _by_definition(
    claim: Rank, subject: str, ids: frozenset[str], told: Sequence[Order], wider: Order, *, against: bool
) -> Finding:
    """A rank that only the agglomeration gives: right by it, unless all counts of the city itself are far off."""
    if not against:
        return Finding(
            claim=claim,
            verdict=Verdict.SUPPORTED,
            message=f"{subject} is {nth(claim.position)} by {wider.definition}, "
            f"{nth(told[0].place(ids))} by {told[0].definition} of the city itself.",
            working=working_of(wider, claim.position, claim.position),
            evidence=tuple(entry.fact for entry in leaders_of(wider)[:_SHOWN]),
        )
    note = f" of the city itself, and {nth(claim.position)} only by {wider.definition}"
    found = _against(claim, subject, ids, told, Verdict.DOUBTFUL, note)
    return replace(
        found,
        message=found.message.replace(f", not {nth(claim.position)}.", ": it hangs on the definition."),
        working=f"{found.working}; {working_of(wider, claim.position, claim.position)}",
    )


def _smallest(claim: Rank, subject: str, ids: frozenset[str], held: Sequence[Order], *, sure: bool) -> Finding:
    """The smallest cities are in no list, so that nothing backs such a rank; but one of the largest has not got it."""
    upwards = [replace(order, downwards=True) for order in held]
    large = all(0 < order.place(ids) <= _LARGE for order in upwards)
    if not sure or not large or len({order.source for order in held}) < _SEVERAL or not _flaggable(claim, 1):
        return _nothing(claim, "The smallest cities are in no list.")
    if any(order.ratio(claim.position, ids) < _TWICE for order in held if len(order.entries) >= _LONG):
        return _nothing(claim, "The smallest cities are in no list.")
    order, place = upwards[0], upwards[0].place(ids)
    return Finding(
        claim=claim,
        verdict=Verdict.REFUTED,
        message=f"{subject} is {nth(place)} from the largest by {order.definition}, not {nth(claim.position)} "
        "from the smallest.",
        working=working_of(order, place, place),
        evidence=tuple(entry.fact for entry in leaders_of(order)[:_SHOWN]),
    )


def _flaggable(claim: Rank, place: int) -> bool:
    """Whether the order of cities is plain: in one country, and within the first twenty of it."""
    return claim.within is not None and claim.position <= 20 and place <= 20


def _somewhere(claim: Rank, thing: Thing, story: Story) -> Finding | None:
    """A rank whose holder the sentence does not name: right if the one who holds it is in the story."""
    if thing.kind in {"country", "economy"} and not story.published:
        return None
    region = region_of(claim, story)
    if region is None or not (region.world or region.together or region.country):
        return None
    made = list(orders_meant(thing, claim, region, story))
    for order in made:
        entries = leaders_of(order)
        if claim.position > len(entries):
            continue
        if thing.kind == "city" and (
            order.proper == (claim.what in _AGGLOMERATIONS) or not knows_leaders(order, made, claim.position)
        ):
            continue
        holder = entries[claim.position - 1]
        if _mentioned(holder, thing, story):
            return Finding(
                claim=claim,
                verdict=Verdict.SUPPORTED,
                message=f"{holder.name}, of which the story speaks, is {nth(claim.position)} by {order.definition}.",
                working=working_of(order, claim.position, claim.position),
                evidence=tuple(entry.fact for entry in entries[:_SHOWN]),
            )
    return None


def _mentioned(holder: Entry, thing: Thing, story: Story) -> bool:
    if thing.kind in {"country", "economy"}:
        return story.places.weights.get(holder.id.removeprefix("cc:"), 0) > 0
    return holder.name in story.text

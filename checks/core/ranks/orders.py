"""One order of places by one definition, and what its gaps allow."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.core.model import Fact

# How far apart two cities must lie for the larger to lead by any definition.
_LEADS = 1.4


@dataclass(frozen=True, slots=True)
class Entry:
    """One of those in an order; ``low`` and ``high`` are its value by the definitions that give least and most."""

    id: str
    name: str
    value: float
    fact: Fact
    low: float = 0
    high: float = 0


@dataclass(frozen=True, slots=True)
class Order:
    """One order by one definition from one source, the largest first."""

    definition: str
    source: str
    entries: tuple[Entry, ...]
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

    def ratio(self, position: int, subject: frozenset[str]) -> float:
        """How many times the subject is larger or smaller than the one who stands at that position."""
        mine = next((entry.value for entry in self.entries if entry.id in subject), 0)
        leaders = leaders_of(self)
        if position > len(leaders) or mine <= 0:
            return inf
        value = leaders[position - 1].value
        return max(value, mine) / min(value, mine) if value > 0 else inf

    def place(self, subject: frozenset[str]) -> int:
        """The rank of the subject, 0 where it is not in the order."""
        return (self.bounds(subject) or (0, 0, 0))[1]


def entries_of(facts: Sequence[Fact]) -> tuple[Entry, ...]:
    """Facts as the entries of an order."""
    return tuple(Entry(fact.entity_id, fact.entity, float(fact.value), fact) for fact in facts)


def could_be(order: Order, position: int, ids: frozenset[str], known: Order) -> bool:
    """Whether an order with gaps may have the subject at that position, once the cities that it lacks are put in."""
    bounds = order.bounds(ids)
    mine = next((entry for entry in known.entries if entry.id in ids), None)
    if bounds is None or mine is None:
        return False
    held = {entry.id for entry in order.entries}
    lacking = [entry for entry in known.entries if entry.id not in held and entry.value > mine.value]
    leading = sum(entry.value > _LEADS * mine.value for entry in lacking)
    return bounds[1] + leading <= position <= bounds[1] + len(lacking)


def whole_and_partial(made: Sequence[Order], ids: frozenset[str]) -> tuple[list[Order], list[Order]]:
    """The orders that hold all who may stand before the subject, and those that lack some: these rank too high.

    The gazetteer knows every city; the other sources are held against it, suburbs left aside.
    """
    known = [order for order in made[:2] if order.source == "geonames" and order.bounds(ids)]
    if not known:
        return [], []
    leaders = leaders_of(known[-1])
    mine = next(number for number, entry in enumerate(leaders) if entry.id in ids)
    ahead = {entry.id for entry in leaders[:mine]}
    others = [order for order in made if order.source != "geonames" and order.bounds(ids)]
    whole = [order for order in others if ahead <= {entry.id for entry in order.entries}]
    return [*known, *whole], [order for order in others if order not in whole]


def knows_leaders(order: Order, made: Sequence[Order], position: int) -> bool:
    """Whether an order of cities holds the first of the gazetteer: one with gaps ranks too high."""
    known = [each for each in made[:2] if each.source == "geonames"]
    held = {entry.id for entry in order.entries}
    return not known or {entry.id for entry in leaders_of(known[-1])[:position]} <= held


def leaders_of(order: Order) -> list[Entry]:
    """The entries of an order from the first to the last."""
    return sorted(order.entries, key=lambda entry: (-entry.value if order.downwards else entry.value, entry.id))

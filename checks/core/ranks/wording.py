"""Ranks and orders in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.ranks.orders import Entry, Order, leaders_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.core.claims import Rank


# "Portugal's second city": an order that needs no superlative.
SECOND = ""
_UNITS = {"kilometer ** 2": " km²", "mile ** 2": " sq mi", "count": "", "megawatt": " MW", "USD": " dollars"}
# Ranks further down are of no use to an editor.
_WRITTEN = 10
_NAMES = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth")


def working_of(order: Order, place: int, claimed: int) -> str:
    """The order around the subject and around the copy's rank: "population: 1. Lagos 15.4 million, 2. Kano ..."."""
    leaders = leaders_of(order)
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


def _dated(entry: Entry) -> str:
    return (entry.fact.as_of or "")[:4]


def _amount(entry: Entry) -> str:
    unit = _UNITS.get(entry.fact.unit or "count", f" {entry.fact.unit}")
    for size, word in ((1e12, "trillion"), (1e9, "billion")):
        if entry.fact.unit == "USD" and entry.value >= size:
            return f"${entry.value / size:,.2f} {word}"
    return (f"{entry.value:,.0f}" if abs(entry.value) >= 100 else f"{entry.value:,.6g}") + unit


def nth(place: int) -> str:
    """A rank as copy writes it: "second", "21st"."""
    if 0 < place <= len(_NAMES):
        return _NAMES[place - 1]
    suffix = "th" if 10 <= place % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(place % 10, "th")
    return f"{place}{suffix}"


def suggested(claim: Rank, places: Iterable[int]) -> tuple[str, ...]:
    """What the copy could say instead: nobody writes "40th smallest"."""
    return tuple(wording_of(claim, place) for place in places if place <= _WRITTEN)


def wording_of(claim: Rank, place: int) -> str:
    """The words that the copy could have for another rank."""
    if claim.order == SECOND:
        return f"{nth(place)} city" if place > 1 else "largest city"
    return claim.order if place == 1 else f"{nth(place)} {claim.order}"

"""What copy leaves out because the figure before has said it: "435 homes by open sale and 187 by tender"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Span

if TYPE_CHECKING:
    from checks.core.model import Figure

#: How far the figure before may stand, in characters: about the rest of a clause.
_NEAR = 90
_SENTENCE_END = lazy_pattern(r"[.!?][\"”’)]?\s+[A-Z“\"]|\n\n")
_LINK = lazy_pattern(
    r"\b(?:and|or|but|to|from|than|against|including|excluding|versus|compared (?:with|to)|up from|down from)"
    r"(?: (?:about|some|nearly|almost|only|just|another|around|over|under|at least|more than|fewer than))?\s?$"
)
_NOTHING_COUNTED = lazy_pattern(
    r"[\s]?(?:[.,;:)]|$|\b(?:by|in|on|at|who|whom|that|which|from|to|for|since|during|last|this|a|an|the|after|before|"
    r"when|while|were|was|had|have|are|is|of (?:them|those|whom))\b)"
)
_LEVEL = lazy_pattern(r"\b(?:to|at)(?: (?:about|around|a record|finish at|end at|close at))?\s?$")
_PAIRED = frozenset(("length", "mass", "area", "volume", "speed", "power", "energy", "money", "temperature"))


def filled_in(text: str, figures: Sequence[Figure]) -> list[Figure]:
    """The figures in order, with the units and nouns that the figure before lends them.

    A bare number takes the noun or the unit of the figure before it in its sentence where a word joins the two, and
    the level behind a move in points is in points. "15 dollars 50" is one amount.
    """
    filled: list[Figure] = list(figures[:1])
    for _, figure in pairwise(figures):
        before = filled[-1]
        if _is_bare(figure) and 0 <= figure.span.start - before.span.end <= _NEAR:
            if amount := _with_cents(text, before, figure):
                filled[-1] = amount
                continue
            figure = _lent(text, before, figure)  # noqa: PLW2901 - the same figure, read on
        filled.append(figure)
    return filled


def _is_bare(figure: Figure) -> bool:
    return figure.kind == "number" and figure.unit is None and figure.value is not None


def _with_cents(text: str, whole: Figure, part: Figure) -> Figure | None:
    """ "15 dollars 50" as it is spoken: whole money, then two digits for the hundredths."""
    between = text[whole.span.end : part.span.start]
    cents = part.value or Decimal(0)
    if (
        whole.kind != "money"
        or whole.value is None
        or whole.value != int(whole.value)
        or between not in (" ", "\u00a0")
    ):
        return None
    if not whole.text[-1].isalpha() or not 10 <= cents < 100 or cents != int(cents) or whole.value % 1:
        return None
    if not _NOTHING_COUNTED.match(text, part.span.end):
        return None
    span = Span(whole.span.start, part.span.end)
    hundredth = Decimal("0.01")
    return replace(
        whole, span=span, text=span.of(text), value=whole.value + cents / 100, fine=hundredth, coarse=hundredth
    )


def _lent(text: str, before: Figure, figure: Figure) -> Figure:
    between = text[before.span.end : figure.span.start]
    if _SENTENCE_END.search(between) or not _NOTHING_COUNTED.match(text, figure.span.end):
        return figure
    if before.unit == "point" and figure.value and figure.value >= 100 and _LEVEL.search(between):
        return replace(figure, unit="point")
    if not _LINK.search(between) or not _alike(before, figure):
        return figure
    if before.kind == "count" and before.counts and before.unit is None:
        return replace(figure, kind="count", counts=before.counts)
    if before.kind in _PAIRED and before.unit and between.strip() == "to" and not figure.text[0].isalpha():
        return replace(figure, kind=before.kind, unit=before.unit, units=before.units)
    return figure


def _alike(one: Figure, other: Figure) -> bool:
    """Whether two numbers are of a size that the same things may have: within a factor of a thousand."""
    first, second = one.value or one.high, other.value
    return bool(first and second and Decimal("0.001") < second / first < 1000)

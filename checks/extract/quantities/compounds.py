"""Figures in two units, the larger and the smaller: "6ft 2in", "5'11\"", "7lb 4oz"."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Kind, Span
from checks.core.word_lists import rows
from checks.extract.quantities.hedges import hedge_before
from checks.extract.quantities.numbers import read_number
from checks.extract.quantities.numeric import SPACE, Number
from checks.extract.quantities.units import read_unit

if TYPE_CHECKING:
    from checks.extract.quantities.cursor import Cursor, Part

_MARKS = lazy_pattern(r"['’′]\s?(\d{1,2})(½|¼|¾)?(?:[\"”″]|''|’’)?(?!\w)")
_GAP = lazy_pattern(rf"(?:,?{SPACE}?(?:and{SPACE})?|-)(?=\d)")
_INCH_WORD = lazy_pattern(rf"{SPACE}?in\b\.?")
#: The smaller unit of a larger one, and how many of it make one.
_SMALLER: dict[str, tuple[str, Kind, int]] = {
    "foot": ("inch", "length", 12),
    "yard": ("foot", "length", 3),
    "pound": ("ounce", "mass", 16),
    "stone": ("pound", "mass", 14),
}
_FRACTION = {None: Decimal(0), "½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}


def read_compound(cursor: Cursor, part: Part) -> Figure | None:
    """The figure in two units that begins with the part, in the smaller unit; None where it is none."""
    number = part.number
    if number.scaled or number.style != "digits":
        return None
    if part.unit is None or part.unit.name in ("'", "’", "′"):
        return _marked(cursor, part)
    larger = next((reading.unit for reading in part.unit.readings if reading.unit in _SMALLER), None)
    gap = _GAP.match(cursor.text, part.end) if larger else None
    if larger is None or gap is None or gap.end() >= cursor.limit:
        return None
    unit, kind, many = _SMALLER[larger]
    smaller = read_number(cursor.text, gap.end())
    if smaller is None or smaller.scaled or smaller.style == "malformed" or smaller.value >= many:
        return None
    end = _end_of_smaller(cursor.text, smaller, unit) or _end_of_bare(cursor.text, larger, smaller)
    if end is None and part.unit.name in ("foot", "feet", "ft") and gap[0] == "-":
        end = smaller.end  # "6-foot-2"
    if end is None:
        return None
    return _figure(cursor.text, Span(part.start, end), kind, unit, number.value * many + smaller.value, smaller.fine)


def _end_of_smaller(text: str, smaller: Number, unit: str) -> int | None:
    named = read_unit(text, smaller.end)
    if named and any(reading.unit == unit for reading in named.readings):
        return named.end
    inch = _INCH_WORD.match(text, smaller.end) if unit == "inch" else None
    return inch.end() if inch else None


#: What may follow the pounds of "15 stone 10": the end of the clause, or a small word that is no measured thing.
_AFTER_BARE = lazy_pattern(r"(?:[)\],;:.!?\"'”’](?!\d)|\s*\Z|\s*\n|[ \u00a0][(\u2013\u2014-]|[ \u00a0]([a-z]+))")


def _end_of_bare(text: str, larger: str, smaller: Number) -> int | None:
    """The end of pounds that are told without their name: "15 stone 10"."""
    if larger != "stone" or smaller.style != "digits" or smaller.fine != 1:
        return None
    behind = _AFTER_BARE.match(text, smaller.end)
    if behind is None or (behind[1] and behind[1] not in _small_words()):
        return None
    return smaller.end


@cache
def _small_words() -> frozenset[str]:
    return frozenset(row["word"] for row in rows("function_words.csv") if row["role"] != "verb")


def _marked(cursor: Cursor, part: Part) -> Figure | None:
    """Feet and inches by their marks: 5'11"."""
    marks = _MARKS.match(cursor.text, part.number.end)
    if marks is None or part.number.value > 9 or int(marks[1]) > 11:
        return None
    inches = part.number.value * 12 + int(marks[1]) + _FRACTION[marks[2]]
    fine = Decimal(1) if marks[2] is None else Decimal("0.5")
    return _figure(cursor.text, Span(part.start, marks.end()), "length", "inch", inches, fine)


def _figure(text: str, span: Span, kind: Kind, unit: str, value: Decimal, fine: Decimal) -> Figure:
    hedge = hedge_before(text, span.start)
    return Figure(
        span=span,
        text=span.of(text),
        kind=kind,
        value=value,
        unit=unit,
        fine=fine,
        coarse=fine,
        hedge=hedge[0] if hedge else None,
    )

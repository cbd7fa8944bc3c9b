"""The kinds of mistake behind a wrong conversion, told from its numbers.

A desk that knows how a slip came about knows which of the two figures to mend.
"""

from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from checks.core.agreement import Fit, Written, digits_swapped
from checks.core.word_lists import rows
from checks.core.wording import plain, scale_word, spoken_unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.core.units import Lookup

_NAUTICAL = 1852 / 1609.344
_IMPERIAL = 4.54609 / 3.785411784
#: Scale words that get dropped or swapped, and what the wrong one does to a figure.
_SCALES = (1e3, 1e6, 1e9)
#: How the slip of a number that is right in another unit begins; the unit follows.
WRONG_UNIT = "wrong unit named: right in"
#: The place in the order of slips where the number is tried in other units.
_BEFORE_OTHER_UNITS = ""


class RoughFactor(NamedTuple):
    """A factor that writers multiply with in place of the exact one."""

    factor: float
    offset: float


@cache
def _rough_factors() -> dict[tuple[str, str], tuple[RoughFactor, ...]]:
    found: dict[tuple[str, str], tuple[RoughFactor, ...]] = {}
    for row in rows("rough_factors.csv"):
        pair = (row["from"], row["to"])
        found[pair] = (*found.get(pair, ()), RoughFactor(float(row["factor"]), float(row["offset"])))
    return found


@cache
def partners(unit: str) -> tuple[str, ...]:
    """The units into which copy usually converts this one."""
    return tuple(dict.fromkeys(to for from_, to in _rough_factors() if from_ == unit))


def slip(stated: Written, restated: Written, fit: Fit, units: Lookup, text: str = "") -> str | None:
    """The kind of mistake that explains the restated number, or None.

    ``text`` is the restated figure as written, for its separators; ``units`` looks units up, to find the one in
    which the number would be right.
    """
    for name, would_be in _slips(stated, restated, fit, text):
        if _is(restated, would_be):
            return name
        if name == _BEFORE_OTHER_UNITS:
            other = repeated_unit(stated, restated, fit.from_.name, units)
            if other is not None and other != fit.to.name:
                return f"{WRONG_UNIT} {spoken_unit(other)}"
    return None


def _is(written: Written, would_be: float) -> bool:
    """Whether a number is what a mistake would have made of it: to its digits within 2 %, or within 1 %."""
    if not math.isfinite(would_be):
        return False
    miss = abs(written.value - would_be)
    close = max(written.fine / 2, min(written.coarse / 2, 0.02 * abs(would_be)), 0.01 * abs(would_be))
    return miss <= close * (1 + 1e-9)


def _slips(s: Written, t: Written, fit: Fit, text: str) -> Iterator[tuple[str, float]]:
    """The mistakes that people make, each with the number that it would have led to; the plainest first."""
    yield "figure repeated instead of converted", s.value
    yield from _degrees(s, fit)
    if fit.factor:
        if abs(fit.factor - s.value) > 1e-6 * s.value:
            yield "factor printed instead of the product", fit.factor
        yield "factor inverted: divided instead of multiplied", s.value / fit.factor
        if fit.from_.kind == "area":
            yield "linear factor on an area", s.value * fit.factor**0.5
        elif fit.from_.kind == "volume":
            yield "linear factor on a volume", s.value * fit.factor ** (1 / 3)
    for rough in _rough_factors().get((fit.from_.name, fit.to.name), ()):
        name = f"rough factor {rough.factor:g}" + (f" and {rough.offset:g}" if rough.offset else "")
        would_be = s.value * rough.factor + rough.offset
        # The product must come out to the digits: many numbers lie near a rough one.
        if abs(t.value - would_be) <= max(t.fine / 2, 0.005 * abs(would_be)):
            yield name, t.value
    yield _BEFORE_OTHER_UNITS, math.inf
    yield from _nautical(fit)
    if fit.from_.kind == "volume":
        yield "imperial for US gallons", fit.expected * _IMPERIAL
        yield "US for imperial gallons", fit.expected / _IMPERIAL
    if digits_swapped(t, fit.expected, shortest=2):
        yield "two digits swapped", t.value
    for scale in (10.0, 100.0, *_SCALES):
        for would_be in (fit.expected * scale, fit.expected / scale):
            yield _scale_slip(scale, text), would_be


def _degrees(s: Written, fit: Fit) -> Iterator[tuple[str, float]]:
    if fit.from_.kind != "temperature":
        return
    slope = fit.from_.slope / fit.to.slope
    if fit.from_.intercept == fit.to.intercept:
        # Converted as a difference; a temperature would take the 32 degrees.
        yield "32 degrees added to a difference", s.value * slope + (32 if slope > 1 else -32 * slope)
    else:
        yield "offset of 32 degrees forgotten", s.value * slope
        yield "offset of 32 degrees taken the wrong way", s.value * slope - 32 if slope > 1 else (s.value + 32) * slope


def _nautical(fit: Fit) -> Iterator[tuple[str, float]]:
    names = {fit.from_.name, fit.to.name}
    if names & {"mile", "mile / hour"}:
        name = "nautical for statute miles" if "mile" in names else "knots for miles an hour"
        yield name, fit.expected * (_NAUTICAL if fit.from_.name in ("mile", "mile / hour") else 1 / _NAUTICAL)
    if names & {"nautical_mile", "knot"}:
        name = "statute for nautical miles" if "nautical_mile" in names else "miles an hour for knots"
        yield name, fit.expected * (1 / _NAUTICAL if fit.from_.name in ("nautical_mile", "knot") else _NAUTICAL)


def _scale_slip(scale: float, text: str) -> str:
    if scale == 1e3 and not scale_word(text) and any(mark in text for mark in ",."):
        return "decimal and thousands separators mixed up"
    if scale in _SCALES:
        return "scale word dropped or swapped"
    return "tenfold" if scale == 10 else f"{plain(scale)}-fold"


#: How far a number may be off and still show the unit that was meant: what a rough factor is off.
_NEARLY = 0.05


def repeated_unit(stated: Written, restated: Written, unit: str, units: Lookup) -> str | None:
    """The unit in which the second number would be right, where both figures stand in the same one.

    "74 km (46 km)": 46 is the number of miles, or nearly so. None where the numbers do not show that.
    """
    from checks.core.units import convert

    known = units(unit)
    for partner in partners(unit) if known else ():
        other = units(partner)
        if known and other and other.kind == known.kind:
            expected = convert(stated.value, known, other)
            if expected and abs(restated.value - expected) <= max(restated.fine / 2, _NEARLY * abs(expected)):
                return partner
    return None

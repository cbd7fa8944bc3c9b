"""The one rule of precision: what a written figure may mean, and whether two figures agree.

A written figure stands for a range, and its digits say which: 2,317 means 2,316.5 to 2,317.5, while 6,000 may be a
figure rounded to hundreds. No check has a tolerance of its own; they all ask here.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from enum import IntEnum
from typing import TYPE_CHECKING, Literal

from checks.core.model import Figure, Verdict
from checks.core.units import Lookup, Unit, convert, difference, find_unit, same_dimension, same_unit
from checks.core.wording import plain, spoken_unit, written

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Binary floats turn 12.5 into 12.499999999999998: exact halves must not hang on that.
_DUST = 1e-9

#: A round figure is not taken to be rounder than a tenth of itself: 6,000 is not "some thousands".
_ROUNDEST = 0.1

_EXACT = ("right to the last digit", "right as rounded")


class Grade(IntEnum):
    """How well two figures fit, best first."""

    FITS = 0
    LOOSE = 1
    WRONG = 2

    @property
    def verdict(self) -> Verdict:
        """The grade in a finding's terms."""
        return (Verdict.SUPPORTED, Verdict.DOUBTFUL, Verdict.REFUTED)[self]


@dataclass(frozen=True, slots=True)
class Written:
    """One number as written: its value and the resolutions that its digits show.

    ``fine`` is the step of the last digit, ``coarse`` that of the last digit that is not a trailing zero.
    """

    value: float
    fine: float
    coarse: float

    @property
    def resolution(self) -> float:
        """The step to which the number may have been rounded: coarse, but no more than a tenth of the number."""
        return max(self.fine, min(self.coarse, _ROUNDEST * abs(self.value)))

    @property
    def multiple_of_five(self) -> bool:
        """Whether the number stands at five of its last place: 75, 2,500, 0.5."""
        digit = round(abs(self.value) / self.coarse) if self.coarse else 0
        return digit > 0 and digit % 5 == 0


@dataclass(frozen=True, slots=True)
class Bounds:
    """What a figure may mean, in its own unit.

    ``text`` says so for an editor: "40,000 may mean 38,000 to 42,000".
    """

    low: float
    high: float
    text: str

    def holds(self, low: float, high: float) -> bool:
        """Whether the range from low to high touches what the figure may mean."""
        return low <= self.high + _DUST * abs(self.high) and high >= self.low - _DUST * abs(self.low)


@dataclass(frozen=True, slots=True)
class Agreement:
    """Whether a figure agrees with a value, the bounds it was judged by, and how far off it is (0.04 is 4 %)."""

    verdict: Verdict
    bounds: Bounds
    off: float


@dataclass(frozen=True, slots=True)
class Fit:
    """How a figure and its restatement in another unit fit.

    ``expected`` is the exact conversion of the stated figure, in ``to`` (``expected_high`` its upper end in a range).
    ``from_`` and ``to`` are the readings of the units that fit best; ``read_as`` says which where the words allowed
    several that differ. ``factor`` is the slope of the conversion, None where there is none (miles to the gallon to
    litres per 100 km). ``off`` is the deviation of the restated from the expected value. ``reason`` says by what the
    verdict was reached.
    """

    grade: Grade
    expected: float
    expected_high: float | None
    from_: Unit
    to: Unit
    factor: float | None
    off: float
    reason: str
    read_as: str | None = None
    as_difference: bool = False

    @property
    def verdict(self) -> Verdict:
        """The grade in a finding's terms."""
        return self.grade.verdict


def ends(figure: Figure) -> tuple[Written, ...]:
    """The numbers of a figure: one, or both ends of a range."""
    fine, coarse = float(figure.fine), float(figure.coarse)
    if figure.value is not None:
        return (Written(float(figure.value), fine, coarse),)
    found = []
    if figure.low is not None:
        fine_low = float(figure.fine_low) if figure.fine_low is not None else fine
        coarse_low = float(figure.coarse_low) if figure.coarse_low is not None else coarse
        found.append(Written(float(figure.low), fine_low, coarse_low))
    if figure.high is not None:
        found.append(Written(float(figure.high), fine, coarse))
    return tuple(found)


# --- a figure against a value from the tables --------------------------------------------------------------------

#: "about" allows a twentieth to either side, where the digits do not allow more.
_AROUND = 0.05
#: "more than 300" is a fair way to write up to 375, "nearly 300" to write down to 270.
_ABOVE, _BELOW = 0.25, 0.1


def bounds(figure: Figure) -> Bounds:
    """What a figure may mean by its digits and its hedge, in its own unit.

    >>> bounds(figure_of("74 km")).text
    '74 may mean 73.5 to 74.5'
    >>> bounds(figure_of("more than 300 people")).text
    'more than 300 may mean 300 to 375, as “more than” is taken to be up to a quarter more'
    """
    numbers = ends(figure)
    if not numbers:
        return Bounds(-math.inf, math.inf, "no number to judge by")
    first, last = numbers[0], numbers[-1]
    hedge = figure.hedge.bound if figure.hedge else None
    step_low, step_high = first.resolution / 2, last.resolution / 2
    if hedge == "exactly":
        step_low, step_high = first.fine / 2, last.fine / 2
    elif hedge == "around":
        step_low, step_high = max(step_low, _AROUND * abs(first.value)), max(step_high, _AROUND * abs(last.value))
    low, high = first.value - step_low, last.value + step_high
    if hedge in ("above", "at_least"):
        low, high = first.value, max(high, last.value + _ABOVE * abs(last.value))
    elif hedge in ("below", "at_most"):
        low, high = min(low, first.value - _BELOW * abs(first.value)), last.value
    said = _shown(first.value, first.fine)
    if len(numbers) > 1:
        said += f" to {_shown(last.value, last.fine)}"
    if figure.hedge:
        said = f"{figure.hedge.text} {said}"
    widest = _shown(high, (high - last.value) / 2 if high > last.value else last.fine)
    text = f"{said} may mean {_shown(low, (first.value - low) / 2 if low < first.value else first.fine)} to {widest}"
    if hedge in ("above", "at_least") and high > last.value:
        text += f", as “{figure.hedge.text if figure.hedge else hedge}” is taken to be up to a quarter more"
    return Bounds(low, high, text)


def _shown(value: float, apart: float) -> str:
    """A number with at least the digits that tell it from one so far apart: 147,181.5 beside 147,181."""
    usual = plain(value)
    if apart <= 0 or abs(float(usual.replace(",", "")) - value) < apart:
        return usual
    return written(value, 10.0 ** math.floor(math.log10(apart)))


def agreement(figure: Figure, low: float, high: float | None = None, *, tolerance: float = 0.0) -> Agreement:
    """Whether a figure, with the digits and the hedge it has, agrees with a value of the tables.

    ``low`` and ``high`` are the value, or the range that the sources span, in the figure's own unit; ``tolerance``
    is how far apart sources and definitions of such a value lie (0.02 for areas of countries).

    Supported where the two ranges touch; doubtful where they miss by no more than the figure's own width again, by
    5 %, or where a hedge is true but far off ("more than 100 km" of 400); refuted otherwise.

    >>> agreement(figure_of("about 600,000 square kilometers"), 603_550).verdict
    <Verdict.SUPPORTED: 'supported'>
    >>> agreement(figure_of("740,000 square kilometers"), 579_330, 603_550).verdict
    <Verdict.REFUTED: 'refuted'>
    """
    high = low if high is None else high
    limits = bounds(figure)
    numbers = ends(figure)
    if not numbers:
        return Agreement(Verdict.NOT_ENOUGH_INFO, limits, 0.0)
    widest_low, widest_high = low - tolerance * abs(low), high + tolerance * abs(high)
    nearest = min((abs(number.value - value), number.value, value) for number in numbers for value in (low, high))
    off = nearest[0] / abs(nearest[2]) if nearest[2] else abs(nearest[1])
    if low <= numbers[0].value <= high or low <= numbers[-1].value <= high:
        off = 0.0
    if limits.holds(widest_low, widest_high):
        return Agreement(Verdict.SUPPORTED, limits, off)
    hedge = figure.hedge.bound if figure.hedge else None
    true_but_far = (hedge in ("above", "at_least") and low > numbers[-1].value) or (
        hedge == "at_most" and high < numbers[0].value
    )
    again = max(number.resolution for number in numbers) / 2
    near = replace(limits, low=limits.low - again, high=limits.high + again).holds(widest_low, widest_high)
    if true_but_far or near or off <= 0.05 + tolerance:
        return Agreement(Verdict.DOUBTFUL, limits, off)
    return Agreement(Verdict.REFUTED, limits, off)


# --- a figure against its own conversion -------------------------------------------------------------------------


def conversion_fit(
    stated: Figure, restated: Figure, units: Lookup, *, difference_of_degrees: Literal["no", "maybe", "yes"] = "no"
) -> Fit | None:
    """Whether the second figure is the first one in another unit, as well as its digits can say it.

    All readings of ambiguous units (ton, gallon, ounce) are tried and the best is kept; a third or later reading
    (a long ton) must fit to the digits. In ranges each end is checked. ``difference_of_degrees`` says whether the
    copy speaks of a difference of temperatures ("2 °C warmer"), which converts without the 32 degrees. None where
    the two units do not measure the same thing, or nothing can be said.
    """
    likely: list[tuple[tuple[int, float, int], Fit]] = []
    unlikely_fits = False
    for n, (from_, to, rare) in enumerate(_readings(stated, restated, units)):
        for as_difference, usual in _temperature_readings(from_, to, (stated, restated), difference_of_degrees):
            source, target = (difference(from_), difference(to)) if as_difference else (from_, to)
            fit = _fit(ends(stated), ends(restated), source, target, as_difference=as_difference)
            if fit is None:
                continue
            if not usual or (rare and fit.reason not in _EXACT):
                unlikely_fits = unlikely_fits or fit.grade is Grade.FITS
            if usual and not (rare and fit.reason not in _EXACT):
                # The reading that fits is meant; where none does, the likeliest is the one to explain.
                likely.append(((fit.grade, abs(fit.off) if fit.grade is Grade.LOOSE else 0.0, n), fit))
    if not likely:
        return None
    best = min(likely, key=lambda each: each[0])[1]
    if best.grade is Grade.WRONG and unlikely_fits:
        best = replace(best, grade=Grade.LOOSE, reason="right only in an unlikely reading of the units")
    said = [
        spoken_unit(chosen.name)
        for figure, chosen in ((stated, best.from_), (restated, best.to))
        if len(figure.units) > 1 and chosen.name != figure.units[0]
    ]
    return replace(best, read_as=" and ".join(said)) if said else best


def _readings(stated: Figure, restated: Figure, units: Lookup) -> Iterator[tuple[Unit, Unit, bool]]:
    """The pairs of units that may be meant, likeliest first, and whether one is a rare meaning of its word.

    One unit under two names (tonnes and metric tons) is meant only where nothing else can be.
    """
    pairs: list[tuple[Unit, Unit, bool]] = []
    for n, one in enumerate(stated.units or (stated.unit,)):
        for m, other in enumerate(restated.units or (restated.unit,)):
            from_, to = _amount_unit(one, units), _amount_unit(other, units)
            if from_ and to and same_dimension(from_, to):
                pairs.append((from_, to, max(n, m) >= 2))
    different = [pair for pair in pairs if not same_unit(pair[0], pair[1])]
    yield from different or pairs


def _amount_unit(expression: str | None, units: Lookup) -> Unit | None:
    """The unit of a figure; of a price for an amount ("USD / gallon") that of one over the amount."""
    money, _, amount = (expression or "").partition(" / ")
    if amount and len(money) == 3 and money.isupper():
        return find_unit(f"1 / {amount}", units)
    return find_unit(expression, units) if expression else None


def _temperature_readings(
    from_: Unit, to: Unit, figures: tuple[Figure, Figure], difference_of_degrees: str
) -> tuple[tuple[bool, bool], ...]:
    """Whether degrees are read as a difference, each with whether that reading is likely.

    A difference needs words for one and is no more than 20 degrees Celsius: a rise "to 30" is no rise of 30. Tenths
    of a degree Fahrenheit speak for a difference without words: weather is given in whole ones.
    """
    if from_.intercept == to.intercept:
        return ((False, True),)
    stated, restated = figures
    small = all(abs(number.value) <= (20 if from_.name == "degree_Celsius" else 36) for number in ends(stated))
    if difference_of_degrees == "no" and any(number.fine < 1 for number in ends(restated)):
        difference_of_degrees = "maybe"
    if difference_of_degrees == "no" or not small:
        return ((False, True),)
    return ((False, True), (True, True)) if difference_of_degrees == "maybe" else ((True, True), (False, False))


def _fit(
    sources: tuple[Written, ...], targets: tuple[Written, ...], from_: Unit, to: Unit, *, as_difference: bool
) -> Fit | None:
    try:
        expected = [convert(source.value, from_, to) for source in sources]
        back = [convert(target.value, to, from_) for target in targets]
    except ValueError:
        return None
    if not sources or not targets:
        return None
    if from_.kind != to.kind and len(sources) == 2:
        expected.reverse()  # more miles to the gallon are fewer litres per 100 km
        sources = sources[::-1]
    graded: list[tuple[Grade, float, str]] = []
    if len(sources) == len(targets):
        for s, t, e, b in zip(sources, targets, expected, back, strict=True):
            graded.append(_graded(_Trial(s, t, e, b, from_, to)))
    elif len(targets) == 2 and targets[0].value <= expected[0] <= targets[1].value:
        graded.append((Grade.FITS, 0.0, "inside the range"))
    else:
        # One number for a range, or a range for one number: it may be either end, or the middle.
        graded.append(
            min(
                _graded(_Trial(s, t, e, b, from_, to))
                for s, e in zip(sources, expected, strict=True)
                for t, b in zip(targets, back, strict=True)
            )
        )
    grade, off, reason = max(graded, key=lambda each: (each[0], abs(each[1])))
    same_base = from_.kind == to.kind and from_.intercept == to.intercept
    return Fit(
        grade=grade,
        expected=expected[0],
        expected_high=expected[1] if len(expected) > 1 else None,
        from_=from_,
        to=to,
        factor=from_.slope / to.slope if same_base else None,
        off=off,
        reason=reason,
        as_difference=as_difference,
    )


@dataclass(frozen=True, slots=True)
class _Trial:
    """One number against its conversion: as written, as it should be, and converted back."""

    source: Written
    target: Written
    expected: float
    back: float
    from_: Unit
    to: Unit

    @property
    def miss(self) -> float:
        """How far the written number is from the exact one, in its unit."""
        slack = _DUST * max(abs(self.expected), abs(self.target.value))
        return max(abs(self.target.value - self.expected) - slack, 0.0)

    @property
    def off(self) -> float:
        """The same as a share of the exact one, with its sign."""
        if not self.expected:
            return 0.0 if not self.miss else 1.0
        return (self.target.value - self.expected) / abs(self.expected)

    @property
    def slope(self) -> float:
        """How far the conversion moves when the source moves by one."""
        if self.from_.kind == self.to.kind:
            return self.from_.slope / self.to.slope
        return abs(self.expected / self.source.value) if self.source.value else 0.0

    @property
    def source_miss(self) -> float:
        """How far the source is from the written number converted back, in the source's unit."""
        return abs(self.back - self.source.value) - _DUST * abs(self.back)


def _graded(trial: _Trial) -> tuple[Grade, float, str]:
    """One number against its conversion: grade, deviation, and the reason in words."""
    judge = _temperatures if trial.from_.intercept != trial.to.intercept else _amounts
    grade, reason = judge(trial)
    if grade and _same_wind(trial):
        grade, reason = Grade.FITS, "both are roundings of the same wind in knots"
    return grade, trial.off, reason


_GENEROUS = "possible only if both figures were rounded generously, in opposite directions"
_TOO_FAR = "more than the rounding of both figures allows"


def _amounts(trial: _Trial) -> tuple[Grade, str]:
    s, t, miss, rel, slope = trial.source, trial.target, trial.miss, abs(trial.off) - _DUST, trial.slope
    swapped = miss > slope * s.fine / 2 + t.fine and digits_swapped(t, trial.expected)
    rounding = (
        trial.source_miss <= s.coarse / 2
        or (t.multiple_of_five and miss <= 2.5 * t.coarse)
        or (s.multiple_of_five and trial.source_miss <= 2.5 * s.coarse)
        or miss < t.fine
    )
    generous = slope * s.resolution / 2 + t.resolution / 2
    rules = (
        (miss <= t.fine / 2, Grade.FITS, _EXACT[0]),
        (miss <= t.coarse / 2 and rel <= 0.1, Grade.FITS, _EXACT[1]),
        (swapped and rel <= 0.05, Grade.LOOSE, "with two digits exchanged it would be right"),
        (rel <= 0.01, Grade.FITS, "within 1 %"),
        (rel <= 0.03 and rounding, Grade.FITS, "within the rounding of both figures"),
        (
            rel <= 0.04 and t.multiple_of_five and trial.source_miss <= s.fine / 2,
            Grade.FITS,
            "right as rounded to fives",
        ),
        # "25 km (15 miles)": each is the nearest multiple of five of the other.
        (
            rel <= 0.035 and s.multiple_of_five and t.multiple_of_five and _nearest_fives(trial),
            Grade.FITS,
            "both right as rounded to fives",
        ),
        (rel <= 0.05, Grade.LOOSE, "more than rounding explains, though less than 5 %"),
        (
            miss <= generous,
            Grade.LOOSE,
            "possible only if both figures were rounded generously, in opposite directions",
        ),
        (miss < t.fine and abs(t.value) <= 20, Grade.LOOSE, "off by less than one in the last digit"),
    )
    return next(((grade, reason) for holds, grade, reason in rules if holds), (Grade.WRONG, _TOO_FAR))


def _nearest_fives(trial: _Trial) -> bool:
    """Whether each number is the other's conversion rounded to fives, of small whole numbers."""
    s, t = trial.source, trial.target
    short = all(number.coarse >= 1 and number.value <= 50 for number in (s, t))
    return short and trial.miss <= 2.5 * t.coarse and trial.source_miss <= 2.5 * s.coarse


def _temperatures(trial: _Trial) -> tuple[Grade, str]:
    s, t, miss = trial.source, trial.target, trial.miss
    # Furnaces and engines are told in round hundreds, unlike the weather.
    hot = min(s.value, t.value) >= 200
    generous = trial.slope * s.resolution / 2 + t.resolution / 2
    rules = (
        (miss <= t.fine / 2, Grade.FITS, _EXACT[0]),
        (miss <= trial.slope * s.fine / 2 + t.fine / 2, Grade.FITS, "within the rounding of both figures"),
        (miss <= 1 and s.fine >= 1 and t.fine >= 1, Grade.FITS, "within a degree"),
        (miss <= 5 and t.coarse >= 10, Grade.FITS, _EXACT[1]),
        (hot and abs(trial.off) <= 0.01, Grade.FITS, "within 1 %"),
        (hot and miss <= generous, Grade.LOOSE, _GENEROUS),
        (miss <= 2, Grade.LOOSE, "off by one or two degrees"),
    )
    return next(((grade, reason) for holds, grade, reason in rules if holds), (Grade.WRONG, _TOO_FAR))


def digits_swapped(written: Written, expected: float, *, shortest: int = 3) -> bool:
    """Whether exchanging two neighbouring digits of the number gives what is expected, to a thousandth.

    Numbers of fewer digits than ``shortest`` are not looked at: in short ones it happens by chance.
    """
    if not written.coarse or not expected:
        return False
    digits = str(round(abs(written.value) / written.coarse))
    if not shortest <= len(digits) <= 15:
        return False
    miss = abs(written.value - expected)
    near = min(max(written.coarse / 2, 1e-3 * abs(expected)), miss / 4)
    exchanged = (digits[:n] + digits[n + 1] + digits[n] + digits[n + 2 :] for n in range(len(digits) - 1))
    return any(abs(float(other) * written.coarse - abs(expected)) <= near for other in exchanged)


_KNOT = 1852 / 3600  # metres a second


def _same_wind(trial: _Trial) -> bool:
    """Storm winds are measured to five knots and published rounded to five in mph and in km/h."""
    sides = ((trial.source, trial.from_), (trial.target, trial.to))
    if trial.from_.kind != "speed" or any(number.value % 5 or not 20 <= number.value <= 400 for number, _ in sides):
        return False
    middle = trial.source.value * trial.from_.slope / _KNOT
    near = range(int(middle) // 5 * 5 - 5, int(middle) + 11, 5)
    return any(all(abs(knots * _KNOT / unit.slope - number.value) <= 2.5 for number, unit in sides) for knots in near)

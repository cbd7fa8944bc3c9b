"""The check of figures that are given in two units."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, Literal

from checks.core.agreement import Fit, Grade, Written, conversion_fit, ends
from checks.core.claims import Conversion
from checks.core.model import Expected, Figure, Finding, Verdict
from checks.core.registry import check
from checks.core.slips import WRONG_UNIT, repeated_unit, slip
from checks.core.units import convert, find_unit
from checks.core.word_lists import rows
from checks.core.wording import (
    amount_words,
    has_scale,
    phrases,
    plain,
    restyled,
    rounded,
    scale_word,
    significant,
    spoken_unit,
    unit_words,
)

if TYPE_CHECKING:
    from checks.core.story import Story
    from checks.core.units import Lookup


@check(reads=Conversion)
def conversion(claim: Conversion, story: Story) -> Finding | None:
    """A figure and its conversion must describe the same amount.

    Readers trust the figure in the unit they know, so a slip in the brackets is a slip in the story. Both figures
    are allowed the rounding that their digits imply, and no more: 74 km is 46 miles, and "about 45 miles" too, but a
    rough factor on a precise figure shows. Tons, gallons, ounces and pints are read in the way that fits best, and
    degrees as a difference where the words speak of one.

    Flags:
        The trail runs «5 miles (12 km)» along the coast.
        The farm covers «300 sq km (186 sq miles)» of hills.
        The mercury fell to «minus 10 Celsius (18 Fahrenheit)» overnight.
    Doubts:
        The trail runs «5 miles (9 km)» along the coast.
        Fires have burnt «6,000 square kilometers (2,400 square miles)» of forest.
    Passes:
        The plant is about «30 miles (50 km)» from the capital.
        Gusts reached «75 mph (120 kph)» at the airport.
        The tower is «100 metres high (330 feet)», mast included.
        Summers are «2 degrees Celsius (3.6 degrees Fahrenheit)» warmer than a century ago.
    """
    if _one_unit(claim):
        return _repeated(claim, story)
    fit = conversion_fit(
        _defined(claim), claim.restated, story.tables.unit, difference_of_degrees=_speaks_of_difference(claim, story)
    )
    if fit is None:
        return None
    sides = _sides(claim, fit)
    working = _working(claim, fit, sides)
    if fit.grade is Grade.FITS:
        said = _in_its_style(claim, fit) or f"{_numbers(fit)} {unit_words(claim.restated.text)}"
        if claim.stated.kind == "money":
            said = claim.restated.text
        text = f"{amount_words(claim.stated.text)} is {said}."
        return Finding(claim=claim, verdict=Verdict.SUPPORTED, message=text, working=working, expected=_expected(fit))
    if (custom := _customary(claim, fit, story)) is not None:
        said = f"{amount_words(claim.stated.text)} and {amount_words(claim.restated.text)}"
        text = f"{said} are the customary pair of {custom}."
        return Finding(claim=claim, verdict=Verdict.SUPPORTED, message=text, working=working)
    named = _slip(claim, fit, story.tables.unit)
    verdict = fit.verdict
    if not claim.certain:
        if fit.grade is Grade.WRONG and named is None and abs(fit.off) > _TWO_AMOUNTS:
            reason = "These may be two amounts rather than one in two units."
            return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason, working=working)
        verdict = Verdict.DOUBTFUL
    return Finding(
        claim=claim,
        verdict=verdict,
        message=_message(claim, fit, named),
        working=working,
        slip=named,
        expected=_expected(fit),
        suggestions=_other_unit(claim, named) or _suggestions(claim, fit),
    )


def _defined(claim: Conversion) -> Figure:
    """The stated figure; the one of a definition is exact, not rounded."""
    return replace(claim.stated, fine=Decimal(0), coarse=Decimal(0)) if claim.definition else claim.stated


#: Where the words leave it open, numbers this far apart are taken for two amounts.
_TWO_AMOUNTS = 0.15
#: From here on a number is told to be off by a factor, not by a percentage.
_MANY_TIMES = 3
#: Digits enough to print a figure of the copy as it stands there.
_AS_WRITTEN = 12


def _one_unit(claim: Conversion) -> bool:
    stated, restated = claim.stated, claim.restated
    return stated.unit == restated.unit and len(stated.units) <= 1 and len(restated.units) <= 1


def _repeated(claim: Conversion, story: Story) -> Finding | None:
    """Both figures in one unit: a mistake only where the second is right in another ("74 km (46 km)")."""
    numbers = (*ends(claim.stated), *ends(claim.restated))
    unit = claim.restated.unit
    if len(numbers) != 2 or unit is None:
        return None
    if claim.definition and numbers[0].value != numbers[1].value:
        name = unit_words(claim.restated.text)
        name = name.removesuffix("s") if numbers[0].value == 1 else name
        message = f"{amount_words(claim.stated.text)} is {plain(numbers[0].value)} {name}: both are the same unit."
        return Finding(
            claim=claim, verdict=Verdict.REFUTED, message=message, slip="unit defined by itself",
            working="Both figures are in one unit.", expected=Expected(value=numbers[0].value, unit=unit),
        )  # fmt: skip
    other = repeated_unit(numbers[0], numbers[1], unit, story.tables.unit) if not claim.definition else None
    from_, to = find_unit(unit, story.tables.unit), find_unit(other, story.tables.unit) if other else None
    if from_ is None or to is None:
        return None
    name = spoken_unit(to.name)
    value = convert(numbers[0].value, from_, to)
    close = abs(numbers[1].value - value) <= max(numbers[1].fine / 2, 0.01 * abs(value))
    right = numbers[1].value if close else value
    return Finding(
        claim=claim,
        verdict=Verdict.REFUTED if close else Verdict.DOUBTFUL,
        message=f"{amount_words(claim.stated.text)} is {plain(value, 3)} {name}; the second unit is wrong.",
        working=f"{plain(numbers[0].value)} {spoken_unit(unit)} = {plain(value)} {name}",
        slip="unit repeated instead of changed",
        expected=Expected(value=_short(value), unit=to.name),
        suggestions=(f"{plain(right) if close else plain(right, 2)} {name}",),
    )


# --- the reading of the words around -----------------------------------------------------------------------------


@cache
def _difference_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Words for a difference of degrees right behind the figures, right before them, and anywhere in the sentence."""
    behind, before, anywhere = (
        "|".join(sorted(map(re.escape, phrases(role)), key=len, reverse=True))
        for role in ("difference", "difference before", "maybe difference")
    )
    return (
        re.compile(rf"[)\]]?[ \u00a0](?:{behind})\b"),
        re.compile(rf"\b(?:{before})[ \u00a0](?:[a-z]+[ \u00a0]){{0,3}}\Z"),
        re.compile(rf"\b(?:{anywhere})\b"),
    )


def _customary(claim: Conversion, fit: Fit, story: Story) -> str | None:
    """What the pair is customary for, where an authority gives it so and the copy speaks of that matter; else None."""
    stated, restated = ends(claim.stated), ends(claim.restated)
    if len(stated) != 1 or len(restated) != 1:
        return None
    pair = {(fit.from_.name, stated[0].value), (fit.to.name, restated[0].value)}
    for row in rows("customary_pairs.csv"):
        known = {(row["unit"], float(row["value"])), (row["other_unit"], float(row["other_value"]))}
        if pair == known and any(word in story.text.lower() for word in row["context"].split("|")):
            return row["custom"]
    return None


def _speaks_of_difference(claim: Conversion, story: Story) -> Literal["no", "maybe", "yes"]:
    """Whether the copy speaks of a difference of temperatures ("2 degrees warmer"), not of a temperature."""
    if claim.stated.kind != "temperature":
        return "no"
    behind, before, anywhere = _difference_patterns()
    start, end = claim.span
    head = story.text[max(start - 120, 0) : start].lower()
    tail = story.text[end : end + 80].lower()
    if behind.match(tail) or before.search(head):
        return "yes"
    return "maybe" if anywhere.search(head) or anywhere.search(tail) else "no"


# --- what the finding says ---------------------------------------------------------------------------------------


def _other_unit(claim: Conversion, named: str | None) -> tuple[str, ...]:
    """The figure with the unit in which its number is right, where that is the slip."""
    numbers = ends(claim.restated)
    if named is None or not named.startswith(WRONG_UNIT) or len(numbers) != 1:
        return ()
    return (f"{plain(numbers[0].value, _AS_WRITTEN)} {named.removeprefix(WRONG_UNIT).strip()}",)


def _slip(claim: Conversion, fit: Fit, units: Lookup) -> str | None:
    """The mistake that explains the figure; of a range, the one that explains all its wrong ends."""
    expected = [each for each in (fit.expected, fit.expected_high) if each is not None]
    stated, restated = ends(claim.stated), ends(claim.restated)
    if not len(expected) == len(stated) == len(restated):
        return None
    found = {
        slip(s, t, replace(fit, expected=e, expected_high=None), units, claim.restated.text)
        for s, t, e in zip(stated, restated, expected, strict=True)
        if abs(t.value - e) > t.fine / 2
    }
    return found.pop() if len(found) == 1 else None


def _sides(claim: Conversion, fit: Fit) -> tuple[Written, Written] | None:
    stated, restated = ends(claim.stated), ends(claim.restated)
    return (stated[0], restated[0]) if len(stated) == len(restated) == 1 and fit.expected_high is None else None


def _short(value: float) -> float:
    """Five digits are enough for any desk."""
    return float(f"{value:.5g}")


def _expected(fit: Fit) -> Expected:
    if fit.expected_high is None:
        return Expected(value=_short(fit.expected), unit=fit.to.name)
    return Expected(low=_short(fit.expected), high=_short(fit.expected_high), unit=fit.to.name)


def _numbers(fit: Fit, digits: int = 3) -> str:
    return " to ".join(plain(each, digits) for each in (fit.expected, fit.expected_high) if each is not None)


def _message(claim: Conversion, fit: Fit, named: str | None) -> str:
    """The headline: "6,000 square kilometers is 2,317 square miles, not 2,400."."""
    subject, restated = amount_words(claim.stated.text), claim.restated
    if other := _other_unit(claim, named):
        return f"{subject} is {other[0]}: the number is right, its unit is not."
    if claim.stated.kind == "money":
        per = str(restated.unit).partition(" / ")
        return f"{subject} is {per[0]} {plain(fit.expected, 3)} per {per[2].replace('_', ' ')}, not {restated.text}."
    if (right := _in_its_style(claim, fit)) and right != restated.text:
        return f"{subject} is {right}, not {restated.text}."
    said = " to ".join(plain(number.value, _AS_WRITTEN) for number in ends(restated))
    right = next((text for digits in (3, 4, 5, 6) if (text := _numbers(fit, digits)) != said), _numbers(fit, 7))
    return f"{subject} is {right} {unit_words(restated.text)}, not {said}."


def _in_its_style(claim: Conversion, fit: Fit) -> str | None:
    """The right figure as the copy writes it, where a bare number would not do: "6 ft 2 in", "1.86 million acres"."""
    restated = claim.restated
    if fit.expected_high is not None or not (_compound(restated) or has_scale(restated.text)):
        return None
    values = _compound_values(restated, fit.expected) or [(fit.expected, significant(fit.expected, 3))]
    right = restyled(_scaled(claim, [fit.expected]), values)
    return amount_words(right) if right and not _compound(restated) else right


def _working(claim: Conversion, fit: Fit, sides: tuple[Written, Written] | None) -> str:
    """The sum, how far off the figure is, and what both may mean by their digits."""
    if sides is None:
        numbers = " to ".join(plain(number.value, _AS_WRITTEN) for number in ends(claim.stated))
        times = f" x {plain(fit.factor, 6)}" if fit.factor else ""
        unit, into = _unit_of(claim.stated), _unit_of(claim.restated)
        return f"{numbers} {unit}{times} = {_numbers(fit, 5)} {into}; {fit.reason}."
    s, t = sides
    unit, into = _unit_of(claim.stated), _unit_of(claim.restated)
    if fit.factor:
        sum_ = f"{plain(s.value, _AS_WRITTEN)} {unit} x {plain(fit.factor, 6)} = {plain(fit.expected, 5)} {into}"
    else:
        sum_ = f"{plain(s.value, _AS_WRITTEN)} {unit} = {plain(fit.expected, 5)} {into}"
    parts = [sum_]
    if fit.read_as:
        parts.append(f"read as {fit.read_as}")
    if fit.as_difference:
        parts.append("read as a difference of degrees")
    if fit.grade is not Grade.FITS:
        miss = t.value - fit.expected
        more = "more" if miss > 0 else "less"
        absolute = fit.from_.intercept != fit.to.intercept
        ratio = abs(t.value / fit.expected) if fit.expected else 0.0
        if absolute:
            by = f"{plain(abs(miss), 2)} degrees {more}"
        elif ratio and not 1 / _MANY_TIMES < ratio < _MANY_TIMES:
            by = f"too {'large' if ratio > 1 else 'small'} by a factor of {plain(max(ratio, 1 / ratio), 2)}"
        else:
            by = f"{plain(abs(fit.off) * 100, 2)} % {more}"
        parts.append(f"{plain(t.value, _AS_WRITTEN)} is {by}")
        parts.append(f"{_may_mean(s)}, {_may_mean(t)}")
    parts.append(fit.reason)
    return "; ".join(parts) + "."


def _unit_of(figure: Figure) -> str:
    """The copy's word for a figure's unit; the smaller one for an amount in two ("6 ft 2 in" is 74 inches)."""
    return spoken_unit(figure.unit or "") if _compound(figure) else unit_words(figure.text)


def _may_mean(number: Written) -> str:
    half = number.resolution / 2
    low, high = plain(number.value - half, 5), plain(number.value + half, 5)
    return f"{plain(number.value, _AS_WRITTEN)} may mean {low} to {high}"


def _compound(figure: Figure) -> int:
    """How many of the smaller unit make the larger in a figure of two units ("6 ft 2 in"), or 0."""
    text = figure.text.lower()
    if len(re.findall(r"\d+", text)) < 2 or figure.value is None or figure.unit is None:
        return 0
    larger = {
        "inch": (12, ("f", "'", "’", "′")),
        "ounce": (16, ("lb", "p")),
        "pound": (14, ("st",)),
        "foot": (3, ("y",)),
    }
    factor, marks = larger.get(figure.unit, (0, ()))
    return factor if any(mark in text for mark in marks) else 0


def _compound_values(figure: Figure, value: float) -> list[tuple[float, Decimal]]:
    factor = _compound(figure)
    if not factor:
        return []
    whole = int(rounded(value, 1))
    return [(float(whole // factor), Decimal(1)), (float(whole % factor), Decimal(1))]


def _suggestions(claim: Conversion, fit: Fit) -> tuple[str, ...]:
    """The right figure in the copy's own style, rounded as the first figure deserves; exacter ones behind it."""
    if claim.stated.kind == "money":
        return ()
    if _compound(claim.restated):
        text = restyled(claim.restated.text, _compound_values(claim.restated, fit.expected))
        return (text,) if text else ()
    expected = [each for each in (fit.expected, fit.expected_high) if each is not None]
    sources = ends(claim.stated)
    if fit.expected_high is not None and fit.from_.kind != fit.to.kind:
        sources = sources[::-1]
    if len(ends(claim.restated)) != len(expected):
        return tuple(f"{plain(each, 3)} {unit_words(claim.restated.text)}" for each in expected[:1])
    steps = [_step(source, each, fit) for source, each in zip(sources, expected, strict=True)]
    found = []
    for finer in (0, 1):
        each = [(value, step.scaleb(-finer)) for value, step in zip(expected, steps, strict=True)]
        text = restyled(_scaled(claim, expected), each)
        if text and _passes(claim, fit, each) and text not in found:
            found.append(text)
        worst = max(abs(float(rounded(value, step)) - value) / abs(value or 1) for value, step in each)
        if found and worst <= 0.015:
            break
    return tuple(found)


def _scaled(claim: Conversion, expected: list[float]) -> str:
    """The restated figure's text, with the first one's scale word where its own is lost or cannot be right."""
    text, scale = claim.restated.text, scale_word(claim.stated.text)
    if len(expected) != 1 or scale == scale_word(text):
        return text
    if has_scale(text):
        # "4.3 million acres (1.7 billion hectares)" is mended in millions.
        own = abs(expected[0] / (ends(claim.restated)[0].value or 1))
        return text if 0.05 <= own <= 20 else " ".join(filter(None, ("1", scale, unit_words(text))))
    return f"1 {scale} {unit_words(text)}" if abs(expected[0]) >= 1e6 else text


def _step(source: Written, expected: float, fit: Fit) -> Decimal:
    """The power of ten to which the conversion of a figure may be rounded."""
    slope = fit.from_.slope / fit.to.slope if fit.from_.kind == fit.to.kind else abs(expected / (source.value or 1))
    if fit.from_.intercept != fit.to.intercept:
        return Decimal(1) if source.fine >= 1 else Decimal("0.1")
    width = Decimal(repr(slope * source.resolution))
    step = Decimal(1).scaleb((width * width * Decimal(10)).adjusted() // 2 if width else 0)
    for _ in range(3):
        if abs(float(rounded(expected, step)) - expected) > (0.025 if step > 1 else 0.05) * abs(expected):
            step /= 10
    return step


def _passes(claim: Conversion, fit: Fit, values: list[tuple[float, Decimal]]) -> bool:
    """Whether the check would let a suggestion pass; one that it flags helps nobody."""
    exact = [rounded(value, step) for value, step in values]
    if not all(exact) and fit.from_.kind != "temperature":
        return False
    fines = [min(step, Decimal(1)) for _, step in values]
    new = replace(claim.restated, fine=fines[-1], coarse=_coarse(exact[-1], fines[-1]))
    if len(exact) == 1:
        new = replace(new, value=exact[0])
    else:
        new = replace(new, low=exact[0], high=exact[1], fine_low=fines[0], coarse_low=_coarse(exact[0], fines[0]))
    units = {fit.from_.name: fit.from_, fit.to.name: fit.to}
    stated = replace(claim.stated, unit=fit.from_.name, units=())
    again = conversion_fit(stated, replace(new, unit=fit.to.name, units=()), units.get)
    return again is not None and again.grade is Grade.FITS


def _coarse(value: Decimal, fine: Decimal) -> Decimal:
    step = fine
    while value and value % (step * 10) == 0:
        step *= 10
    return step

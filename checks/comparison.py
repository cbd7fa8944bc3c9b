"""Places as a yardstick for areas and populations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.core.agreement import ends
from checks.core.claims import Likeness
from checks.core.model import Expected, Fact, Figure, Finding, Verdict
from checks.core.places import BOUNDED, Resolution
from checks.core.registry import check
from checks.core.values import area_facts, dated, population_facts, said, scale_to, years_from
from checks.core.wording import plain

if TYPE_CHECKING:
    from checks.core.reference import Place
    from checks.core.story import Story

# "The size of Wales" is a rough measure: a quarter more or less is fair, twice as much is not.
_FAIR, _CLEARLY = 1.3, 1.75
# A multiple has been counted: a sixth more or less.
_FAIR_MULTIPLE = 1.17
# "Larger than" is a plain statement; sources differ by a few per cent.
_LARGER_SLACK, _LARGER_WRONG = 0.97, 0.85
_RELATION = {"equal": "the same", "larger": "larger", "smaller": "smaller"}
_KM2 = "kilometer ** 2"


@dataclass(frozen=True, slots=True)
class _Amount:
    """The least and the most that something may measure, in square kilometres or people, and by which facts."""

    words: str
    low: float
    high: float
    facts: tuple[Fact, ...]
    firm: bool = True


@check(reads=Likeness)
def comparison(claim: Likeness, story: Story) -> Finding | None:
    """What is called the size of a place, or a multiple of it, must be about that size.

    Comparisons are rough, so a quarter more or less passes; a thing twice as large does not. "Larger than" is taken
    at its word. Where the sentence does not say what is compared, nothing is flagged.

    Flags:
        Wildfires burned «20,000 square kilometres, an area the size of Luxembourg».
        Japan, a country «three times the size of Russia», has few raw materials.
        Hungary is a country «larger than France».
    Passes:
        Wildfires burned «2,600 square kilometres, an area the size of Luxembourg».
        Mongolia, a country «about three times the size of France», has few roads.
        The crowd was twice as large as the police had said a day earlier.
    """
    if not claim.parts:
        return _open(claim, "The earlier figure that this is a multiple of is not in this copy.")
    parts = [story.places.resolve(part, BOUNDED) for part in claim.parts]
    for part in parts:
        if part.place is None:
            return _open(claim, part.reason)
    whole = _sum(parts, claim, story)
    if whole is None:
        names = " and ".join(part.place.name for part in parts if part.place)
        return _open(claim, f"No table gives the {claim.attribute} of {names}.")
    factor = _factor(claim.factor)
    compared = [_of_figure(figure, claim, story) for figure in claim.measured]
    amounts = [] if claim.named else [amount for amount in compared if amount is not None]
    sure = claim.certain
    if not amounts:
        for name in claim.subjects[:1] if claim.certain else claim.subjects:
            resolved = story.places.resolve(name, BOUNDED)
            if resolved.place is not None and resolved.place.id not in {p.place.id for p in parts if p.place}:
                amount = _of_place(resolved.readings, claim, story)
                if amount is not None:
                    amounts.append(amount)
                    sure = sure and resolved.certain
    if not amounts and claim.named:
        amounts = [amount for amount in compared if amount is not None]
    if not amounts:
        return _open(claim, "What is compared is not a figure or place that the tables know.")
    sure = sure and all(part.certain for part in parts)
    graded = [(_grade(claim, amount, whole, factor), amount) for amount in amounts]
    for verdict, amount in graded:
        if verdict is Verdict.SUPPORTED:
            return _finding(claim, verdict, amount, whole, factor, story)
    if not sure:
        return _open(claim, "What is compared with it is not certain from the copy.")
    verdict, amount = graded[0]
    if verdict is Verdict.REFUTED and not (amount.firm and whole.firm):
        verdict = Verdict.DOUBTFUL
    return _finding(claim, verdict, amount, whole, factor, story)


def _factor(figure: Figure | None) -> tuple[float, float]:
    """The multiple as a range: "three times" may be 2.5 to 3.5, "half" 0.4 to 0.6."""
    if figure is None or not ends(figure):
        return 1.0, 1.0
    numbers = ends(figure)
    scale = 0.01 if figure.kind == "percent" else 1.0
    low, high = numbers[0].value * scale, numbers[-1].value * scale
    if figure.unit == "times" and low >= 2:
        step = min(max(float(figure.fine), float(figure.coarse) if low >= 20 else 0.0), low / 4) / 2
        return low - step, high + step
    return low, high


def _sum(parts: list[Resolution], claim: Likeness, story: Story) -> _Amount | None:
    amounts = []
    for part in parts:
        amount = _of_place(part.readings, claim, story)
        if amount is None:
            return None
        amounts.append(amount)
    return _Amount(
        " and ".join(amount.words for amount in amounts),
        sum(amount.low for amount in amounts),
        sum(amount.high for amount in amounts),
        tuple(fact for amount in amounts for fact in amount.facts),
        all(amount.firm for amount in amounts),
    )


def _of_place(readings: tuple[Place, ...], claim: Likeness, story: Story) -> _Amount | None:
    """What the tables say of a place: the span of all sources and definitions near the story's date."""
    found: list[tuple[float, Fact]] = []
    name = None
    for place in readings:
        facts = (
            area_facts(place, story.tables, otherwise=False)
            if claim.attribute == "area"
            else population_facts(place, story.tables)
        )
        if claim.attribute == "population" and story.published:
            timely = [f for f in facts if (age := years_from(f, story.published)) is not None and -3 <= age <= 6]
            facts = tuple(timely) or facts
        for fact in facts:
            scale = scale_to(fact.unit, _KM2, story.tables) if claim.attribute == "area" else 1.0
            if scale is not None:
                low = float(fact.low if fact.low is not None else fact.value)
                high = float(fact.high if fact.high is not None else fact.value)
                found += [(low * scale, fact), (high * scale, fact)]
                name = name or place.name
    if not found or name is None:
        return None
    least, most = min(found, key=lambda each: each[0]), max(found, key=lambda each: each[0])
    firm = any(not (fact.derived or fact.disputed) for _, fact in found)
    return _Amount(name, least[0], most[0], tuple(dict.fromkeys((least[1], most[1]))), firm)


def _of_figure(figure: Figure, claim: Likeness, story: Story) -> _Amount | None:
    numbers = ends(figure)
    scale = scale_to(figure.unit, _KM2, story.tables) if claim.attribute == "area" else 1.0
    if not numbers or scale is None:
        return None
    return _Amount(figure.text, numbers[0].value * scale, numbers[-1].value * scale, ())


def _grade(claim: Likeness, amount: _Amount, whole: _Amount, factor: tuple[float, float]) -> Verdict:
    low, high = whole.low * factor[0], whole.high * factor[1]
    if claim.relation == "larger":
        return _order(amount.high / low)
    if claim.relation == "smaller":
        return _order(high / amount.low) if amount.low else Verdict.SUPPORTED
    fair = _FAIR if factor == (1.0, 1.0) else _FAIR_MULTIPLE
    if amount.low <= high * fair and amount.high >= low / fair:
        return Verdict.SUPPORTED
    if amount.low <= high * _CLEARLY and amount.high >= low / _CLEARLY:
        return Verdict.DOUBTFUL
    return Verdict.REFUTED


def _order(ratio: float) -> Verdict:
    if ratio >= _LARGER_SLACK:
        return Verdict.SUPPORTED
    return Verdict.DOUBTFUL if ratio >= _LARGER_WRONG else Verdict.REFUTED


def _finding(
    claim: Likeness, verdict: Verdict, amount: _Amount, whole: _Amount, factor: tuple[float, float], story: Story
) -> Finding:
    unit = " km²" if claim.attribute == "area" else " people"
    measured, times = (amount.low + amount.high) / 2, (factor[0] + factor[1]) / 2
    # Where sources and definitions span a range, its nearest end is what the copy may have meant.
    nearest = min(max(measured / times, whole.low), whole.high) if times else whole.low
    ratio = measured / nearest
    facts = "; ".join(
        f"{fact.entity} {plain(float(fact.value))} {_unit(fact)} ({said(fact, story.tables)})"
        for fact in whole.facts + amount.facts
    )
    compared = f"{amount.words} {_range(amount)}{unit} against {whole.words} {_range(whole)}{unit}"
    measure = "area" if claim.attribute == "area" else "population"
    as_much = f"is about {_times(ratio)}".rstrip()
    if verdict is not Verdict.SUPPORTED:
        ends_with = f", not {claim.factor.text if claim.factor else _RELATION[claim.relation]}."
    else:
        allowed = claim.relation == "equal" and not 0.95 < ratio / times < 1.05
        ends_with = f", within what such a comparison allows ({_allowance(factor)})." if allowed else "."
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{amount.words} {as_much} the {measure} of {whole.words} ({_range(whole)}{unit}){ends_with}",
        working=f"{compared}: {plain(ratio, 2)} times. {facts}.",
        expected=Expected(
            low=whole.low * factor[0], high=whole.high * factor[1], unit=_KM2 if claim.attribute == "area" else None
        ),
        evidence=dated(whole.facts + amount.facts, story.tables),
    )


_PARTS = {
    2: "half", 3: "a third of", 4: "a quarter of", 5: "a fifth of", 6: "a sixth of", 7: "a seventh of",
    8: "an eighth of", 9: "a ninth of", 10: "a tenth of", 20: "a twentieth of", 50: "a fiftieth of",
    100: "a hundredth of",
}  # fmt: skip


def _times(ratio: float) -> str:
    """A ratio as copy words it: "twice", "three times", "a tenth of"; nothing for about the same."""
    if 0.9 < ratio < 1.1:
        return ""
    if ratio > 1:
        return "twice" if 1.9 <= ratio <= 2.1 else f"{plain(ratio, 2)} times"
    part = min(_PARTS, key=lambda each: abs(1 / each - ratio))
    return _PARTS[part] if abs(ratio * part - 1) < 0.12 else f"{plain(100 * ratio, 2)} per cent of"


def _allowance(factor: tuple[float, float]) -> str:
    fair = _FAIR if factor == (1.0, 1.0) else _FAIR_MULTIPLE
    return f"a factor of {plain(fair, 2)} either way"


def _range(amount: _Amount) -> str:
    if plain(amount.low) == plain(amount.high):
        return plain(amount.low)
    return f"{plain(amount.low)} to {plain(amount.high)}"


def _unit(fact: Fact) -> str:
    return {"kilometer ** 2": "km²", "mile ** 2": "sq mi", "count": "people"}.get(fact.unit or "", fact.unit or "")


def _open(claim: Likeness, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)

"""How good the conversion rule is: real pairs of figures against pairs with a mistake sown into them.

    python tests/benchmarks/conversion_pairs.py PAIRS.jsonl [--errors] [--missed]

Each line of PAIRS is a pair as published: ``source_unit``, ``target_unit`` and two numbers ``a`` and ``b``, each with
its value ``v``, the resolution of its digits ``rf`` (fine) and ``rc`` (coarse), and for ranges the upper end in
``v2``, ``rf2``, ``rc2``. Real pairs should not be flagged; pairs with a mistake should.
"""

from __future__ import annotations

# ruff: noqa: T201 - printing is what it is for
import argparse
import json
import math
import random
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from checks import check
from checks.core.agreement import Fit, Grade, conversion_fit
from checks.core.model import Figure, Span
from checks.core.units import compile_units
from checks.core.wording import rounded

#: The short names of units in the data, as the units that the words may mean.
CODES = {
    "km": "kilometer", "mi": "mile", "m": "meter", "ft": "foot", "mm": "millimeter", "in": "inch", "cm": "centimeter",
    "yd": "yard", "nmi": "nautical_mile", "mph": "mile / hour", "kmh": "kilometer / hour", "kn": "knot",
    "fps": "foot / second", "mps": "meter / second", "C": "degree_Celsius", "F": "degree_Fahrenheit",
    "km2": "kilometer ** 2", "sqmi": "mile ** 2", "sqft": "foot ** 2", "m2": "meter ** 2", "acre": "acre",
    "ha": "hectare", "lb": "pound", "kg": "kilogram", "g": "gram", "t": "metric_ton", "ston": "short_ton",
    "lton": "long_ton", "ton": "short_ton|long_ton|metric_ton", "oz": "ounce|troy_ounce|fluid_ounce",
    "gal": "gallon|imperial_gallon", "L": "liter", "mL": "milliliter", "floz": "fluid_ounce|imperial_fluid_ounce",
    "bbl": "oil_barrel", "m3": "meter ** 3", "cuft": "foot ** 3", "km3": "kilometer ** 3", "cumi": "mile ** 3",
    "cuin": "inch ** 3", "cm3": "centimeter ** 3", "hPa": "hectopascal", "inHg": "inch_Hg", "bar": "bar",
    "psi": "pound_force_per_square_inch",
}  # fmt: skip

UNITS = {unit.name: unit for unit in compile_units()}


def figure(number: dict[str, Any], code: str) -> Figure:
    """A number of the data as a Figure."""
    names = tuple(CODES[code].split("|"))
    common: dict[str, Any] = {"span": Span(0, 1), "text": number["raw"], "kind": UNITS[names[0]].kind}
    common |= {"unit": names[0], "units": names if len(names) > 1 else ()}
    exact = {key: Decimal(repr(float(value))) for key, value in number.items() if isinstance(value, (int, float))}
    if number.get("v2") is not None:
        return Figure(
            **common, low=exact["v"], high=exact["v2"], fine=exact["rf2"], coarse=exact["rc2"],
            fine_low=exact["rf"], coarse_low=exact["rc"],
        )  # fmt: skip
    return Figure(**common, value=exact["v"], fine=exact["rf"], coarse=exact["rc"])


def judge(stated: Figure, restated: Figure, row: dict[str, Any]) -> Fit | None:
    """The rule's judgement of a pair."""
    return conversion_fit(stated, restated, UNITS.get, difference_of_degrees="yes" if row.get("delta_ctx") else "no")


def with_value(of: Figure, value: Decimal) -> Figure:
    """A figure with another value, written as plainly as the old one: the digits of its coarse resolution."""
    if of.value is None:
        return of
    value = rounded(value, of.fine)
    if not value:
        return of
    step = of.fine
    while value % (step * 10) == 0:
        step *= 10
    return replace(of, value=value, coarse=step)


def mutations(stated: Figure, restated: Figure, fit: Fit, random_: random.Random) -> Iterator[tuple[str, Figure]]:
    """Wrong versions of the restated figure, each with the kind of mistake."""
    value = restated.value
    if value is None or stated.value is None or not value:
        return
    seen = {value}
    expected, source = fit.expected, float(stated.value)
    wanted: list[tuple[str, float]] = []
    for percent in (5, 7, 10, 15, 20, 30, 50):
        sign = random_.choice((-1, 1))
        wanted.append((f"{percent} %", float(value) * (1 + sign * percent / 100)))
    digits = str(int(abs(value) / restated.coarse))
    if len(digits) > 1 and restated.coarse >= Decimal("1e-6"):
        at = random_.randrange(len(digits) - 1)
        swapped = digits[:at] + digits[at + 1] + digits[at] + digits[at + 2 :]
        if swapped[0] != "0" and swapped != digits:
            yield from _new("digits swapped", restated, Decimal(swapped).copy_sign(value) * restated.coarse, seen)
    if fit.factor:
        wanted.append(("factor inverted", source / fit.factor))
        wanted.append(("factor missing", source))
        if fit.from_.kind in ("area", "volume"):
            wanted.append(("linear factor", source * fit.factor ** (1 / 2 if fit.from_.kind == "area" else 1 / 3)))
        if "mile" in (fit.from_.name, fit.to.name):
            ratio = 1852 / 1609.344
            wanted.append(("nautical mile", expected * ratio if fit.from_.name == "mile" else expected / ratio))
    elif fit.from_.kind == "temperature":
        wanted.append(("offset forgotten", source * fit.from_.slope / fit.to.slope))
        wanted.append(("offset added wrongly", source * fit.from_.slope / fit.to.slope - 32))
    wanted += [("tenfold", float(value) * 10), ("tenth", float(value) / 10)]
    for name, wrong in wanted:
        if math.isfinite(wrong):
            yield from _new(name, restated, Decimal(repr(wrong)), seen)


def _new(name: str, restated: Figure, value: Decimal, seen: set[Decimal]) -> Iterator[tuple[str, Figure]]:
    if name == "tenth" and value < restated.fine:
        restated = replace(restated, fine=restated.fine / 10)
    # A writer rounds a wrong product as he would a right one: to as many digits as the real figure has.
    step = restated.coarse
    while step > restated.fine and abs(value) < step * 10:
        step /= 10
    wrong = with_value(restated, rounded(value, step))
    if wrong.value is not None and wrong.value not in seen:
        seen.add(wrong.value)
        yield name, wrong


def through_check(rows: list[dict[str, Any]], *, listed: bool) -> None:
    """The same through the whole pipeline: the pair is looked for in its sentence, and its number changed there."""
    real: Counter[str] = Counter()
    sown: dict[str, Counter[Grade]] = defaultdict(Counter)
    random_ = random.Random(20220913)  # noqa: S311 - as above
    for row in rows:
        verdict = _verdict(row["text"], row["span"])
        real[verdict] += 1
        if listed and verdict != "supported":
            print(verdict, "|", row["match"], "|", row["text"][max(row["span"][0] - 60, 0) : row["span"][1] + 60])
        stated, restated = figure(row["a"], row["source_unit"]), figure(row["b"], row["target_unit"])
        fit = judge(stated, restated, row)
        at = row["text"].rfind(row["b"]["raw"], *row["span"]) if fit and verdict == "supported" else -1
        if fit is None or at < 0 or row["b"].get("mixed"):
            continue
        raw = row["b"]["raw"]
        for name, wrong in mutations(stated, restated, fit, random_):
            grouped = "," in raw or (wrong.value or 0) >= 10000
            unscaled = (wrong.value or Decimal(0)) / Decimal(str(restated.fine if restated.fine >= 1000 else 1))
            if restated.fine > 1 or not raw[0].isdigit():
                break  # scale words and numbers in words: only the rule is measured on those
            number = f"{unscaled:,f}" if grouped else f"{unscaled:f}"
            text = row["text"][:at] + number + row["text"][at + len(raw) :]
            found = _verdict(text, (row["span"][0], row["span"][1] + len(number) - len(raw)))
            sown[name][_GRADES.get(found, Grade.FITS)] += 1
    _print(real, sown)


_GRADES = {"refuted": Grade.WRONG, "doubtful": Grade.LOOSE}


def _verdict(text: str, span: tuple[int, int]) -> str:
    """The verdict on the conversion that overlaps the span most, or "no claim"."""
    claims = [claim.finding for claim in check(text, select=["conversion"]).claims]
    near = [f for f in claims if f.claim.span.start < span[1] and f.claim.span.end > span[0]]
    overlap = lambda f: min(f.claim.span.end, span[1]) - max(f.claim.span.start, span[0])  # noqa: E731
    return str(max(near, key=overlap).verdict.value) if near else "no claim"


def main() -> None:
    """Print how many real pairs are flagged and how many sown mistakes are found."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--errors", action="store_true", help="list the real pairs judged wrong")
    parser.add_argument("--warnings", action="store_true", help="list the real pairs judged doubtful")
    parser.add_argument("--through-check", action="store_true", help="read the sentences, not only their numbers")
    parser.add_argument("--missed", action="store_true", help="list sown mistakes that pass")
    arguments = parser.parse_args()
    rows: list[dict[str, Any]] = [json.loads(line) for line in arguments.pairs.read_text("utf-8").splitlines()]
    if arguments.through_check:
        through_check(rows, listed=arguments.errors)
        return
    real: Counter[str] = Counter()
    sown: dict[str, Counter[Grade]] = defaultdict(Counter)
    random_ = random.Random(20220913)  # noqa: S311 - a fixed seed keeps the numbers comparable
    for row in rows:
        stated, restated = figure(row["a"], row["source_unit"]), figure(row["b"], row["target_unit"])
        fit = judge(stated, restated, row)
        real[fit.grade.name if fit else "NONE"] += 1
        if (
            fit is None
            or (arguments.errors and fit.grade is Grade.WRONG)
            or (arguments.warnings and fit.grade is Grade.LOOSE)
        ):
            print(fit.grade.name if fit else "NONE", f"{fit.off:+.1%} {fit.expected:.5g}" if fit else "", row["match"])
            print("    ", row["text"][max(row["span"][0] - 100, 0) : row["span"][1] + 60])
        if fit is None or fit.grade is not Grade.FITS:
            continue
        for name, wrong in mutations(stated, restated, fit, random_):
            found = judge(stated, wrong, row)
            grade = found.grade if found else Grade.FITS
            sown[name][grade] += 1
            if arguments.missed and grade is Grade.FITS:
                print("missed", name, row["match"], "->", wrong.value)
    _print(real, sown)


def _print(real: Counter[str], sown: dict[str, Counter[Grade]]) -> None:
    total = sum(real.values())
    print(f"{total} real pairs: " + ", ".join(f"{name} {n} ({n / total:.2%})" for name, n in sorted(real.items())))
    everything: Counter[Grade] = Counter()
    for name, grades in sown.items():
        everything += grades
        _line(name, grades)
    _line("all sown mistakes", everything)


def _line(name: str, grades: Counter[Grade]) -> None:
    n = sum(grades.values())
    error, flagged = grades[Grade.WRONG] / n, (grades[Grade.WRONG] + grades[Grade.LOOSE]) / n
    print(f"{name:22} {n:6} found as error {error:.3f}, as error or warning {flagged:.3f}")


if __name__ == "__main__":
    main()

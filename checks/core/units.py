"""Units of measure: compiled once through pint when the index is built, plain arithmetic afterwards.

A unit is a slope and an intercept to its base (``base = slope * value + intercept``), so that a check
needs neither pint nor its registry. Rates such as "metric_ton / day" are composed from their parts.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from checks.core.lazy_pattern import lazy_pattern
from checks.core.shipped import shipped

Lookup = Callable[[str], "Unit | None"]

#: How the kinds of simple units combine in a rate, where the rate has a name of its own.
_RATES = {("length", "duration"): "speed", ("energy", "duration"): "power"}

#: Miles to the gallon and litres per 100 km measure the same thing upside down.
_ECONOMY, _USE = "length / volume", "volume / length"

_POWER = lazy_pattern(r"([a-zA-Z_]+) \*\* ([23])\Z")
_POWERS = {("length", "2"): "area", ("length", "3"): "volume"}


@dataclass(frozen=True, slots=True)
class Unit:
    """One unit: its name as pint writes it, what it measures, and the way to its base unit.

    ``kind`` is a figure's kind ("length", "speed"), the quotient of two ("mass / area"), or the dimension in
    pint's words where news has no name for it. Two units of one kind can be converted into each other.
    """

    name: str
    kind: str
    slope: float
    intercept: float = 0.0


def convert(value: Decimal | float, from_: Unit, to: Unit) -> float:
    """The value in another unit.

    >>> kilometer, mile = Unit("kilometer", "length", 1000), Unit("mile", "length", 1609.344)
    >>> round(convert(74, kilometer, mile), 2)
    45.98

    Raises ValueError where the two measure different things, and for none of an economy (0 miles to the gallon).
    """
    if not same_dimension(from_, to):
        raise ValueError(f"{from_.name} is a {from_.kind}, {to.name} a {to.kind}")
    base = from_.slope * float(value) + from_.intercept
    if from_.kind != to.kind:
        if not base:
            raise ValueError(f"0 {from_.name} has no counterpart in {to.name}")
        base = 1 / base
    return (base - to.intercept) / to.slope


def same_dimension(a: Unit, b: Unit) -> bool:
    """Whether the two measure the same thing, so that one can be converted into the other."""
    return a.kind == b.kind or {a.kind, b.kind} == {_ECONOMY, _USE}


def same_unit(a: Unit, b: Unit) -> bool:
    """Whether the two are one unit under two names (tonne and metric ton)."""
    return a.kind == b.kind and abs(a.slope - b.slope) <= 1e-9 * abs(a.slope) and a.intercept == b.intercept


def difference(unit: Unit) -> Unit:
    """The unit for differences: "2 degrees Celsius warmer" has no zero point."""
    return Unit(unit.name, unit.kind, unit.slope) if unit.intercept else unit


def find_unit(expression: str, simple: Lookup) -> Unit | None:
    """The compiled unit for a pint expression, rates ("metric_ton / day") and powers composed of simple ones.

    ``simple`` gives the compiled unit of a name, or None: the tables' own look-up.
    """
    if known := simple(expression):
        return known
    above, *below = expression.split(" / ")
    if not below:
        return _power(expression, simple)
    unit = Unit("1", "1", 1.0) if above == "1" else find_unit(above, simple)
    for name in below:
        part = find_unit(name, simple)
        if unit is None or part is None or unit.intercept or part.intercept:
            return None
        unit = Unit(f"{unit.name} / {part.name}", _rate(unit.kind, part.kind), unit.slope / part.slope)
    return unit


def compile_units(further: Iterable[str] = ()) -> Iterator[Unit]:
    """Every unit that copy names, and further expressions (those of the tables), through pint.

    Slow: for the building of the index only. A further expression keeps its own spelling as the name, beside
    pint's ("km^2" and "kilometer ** 2"), so that tables may write units as their sources do.

    Raises pint's own errors for an expression that ``units.txt`` does not define.
    """
    import pint

    data = shipped()
    definitions = data.joinpath("units.txt").read_text("utf-8").splitlines()
    # Decimal keeps 32 °F at 0 °C exactly.
    registry: Any = pint.UnitRegistry(definitions, non_int_type=Decimal)
    names = data.joinpath("unit_names.csv").read_text("utf-8").splitlines()
    kinds = {row["unit"]: row["kind"] for row in csv.DictReader(names)}
    kinds.setdefault("1", "1")
    done: set[str] = set()
    for expression in (*kinds, *further):
        canonical = "1" if expression == "1" else str(registry.Unit(expression))
        for name in (canonical, expression):
            if name not in done and name != "1":
                done.add(name)
                yield _compiled(name, canonical, registry, kinds)


def _compiled(name: str, canonical: str, registry: Any, kinds: dict[str, str]) -> Unit:
    zero, one = (registry.Quantity(Decimal(n), canonical).to_root_units() for n in (0, 1))
    dimension = " * ".join(f"{base} ** {power}" for base, power in sorted(one.dimensionality.items()))
    slope = Decimal(one.magnitude) - Decimal(zero.magnitude)
    return Unit(name, _kind(canonical, kinds, dimension), float(slope), float(zero.magnitude))


def _kind(name: str, kinds: dict[str, str], dimension: str) -> str:
    """What a unit measures; rates by their parts, since "litres per 100 km" has the dimension of an area."""
    if (kind := kinds.get(name)) and kind != "number":
        return kind
    above, _, below = name.partition(" / ")
    if not below:
        return _SIMPLE.get(dimension, dimension)
    parts = [_part_kind(part, kinds) for part in (above, *below.split(" / "))]
    if None in parts:
        return _SIMPLE.get(dimension, dimension)
    kind = parts[0] or ""
    for part in parts[1:]:
        kind = _rate(kind, part or "")
    return kind


#: Kinds by dimension, for units that only the tables use.
_SIMPLE = {
    "": "ratio",
    "[angle] ** 1": "angle",
    "[information] ** 1": "data",
    "[length] ** 1": "length",
    "[length] ** 2": "area",
    "[length] ** 3": "volume",
    "[mass] ** 1": "mass",
    "[time] ** 1": "duration",
    "[time] ** -1": "frequency",
    "[temperature] ** 1": "temperature",
    "[length] ** 1 * [time] ** -1": "speed",
    "[length] ** 2 * [mass] ** 1 * [time] ** -2": "energy",
    "[length] ** 2 * [mass] ** 1 * [time] ** -3": "power",
    "[length] ** -1 * [mass] ** 1 * [time] ** -2": "pressure",
}


def _part_kind(part: str, kinds: dict[str, str]) -> str | None:
    if (kind := kinds.get(part)) and kind != "number":
        return kind
    if powered := _POWER.match(part):
        return _POWERS.get((kinds.get(powered[1], ""), powered[2]))
    return None


def _rate(above: str, below: str) -> str:
    return _RATES.get((above, below), f"{above} / {below}")


def _power(expression: str, simple: Lookup) -> Unit | None:
    powered = _POWER.match(expression)
    root = simple(powered[1]) if powered else None
    if powered is None or root is None or (root.kind, powered[2]) not in _POWERS:
        return None
    return Unit(expression, _POWERS[root.kind, powered[2]], root.slope ** int(powered[2]))

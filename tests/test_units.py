"""Units: compiled once through pint, converted without it."""

import csv
import subprocess
import sys
from decimal import Decimal
from importlib.resources import files

import pytest

from checks.core.units import Unit, compile_units, convert, difference, find_unit, same_dimension, same_unit

UNITS = {unit.name: unit for unit in compile_units(("km^2", "oil_bbl/day"))}
NAMES = list(csv.DictReader((files("reference_data") / "unit_names.csv").read_text("utf-8").splitlines()))
KINDS = {
    "area",
    "length",
    "volume",
    "mass",
    "speed",
    "temperature",
    "energy",
    "power",
    "pressure",
    "duration",
    "number",
}


@pytest.mark.parametrize(
    ("value", "from_", "to", "expected"),
    [
        (6000, "kilometer ** 2", "mile ** 2", 2316.61),
        (74, "kilometer", "mile", 45.9815),
        (100, "degree_Celsius", "degree_Fahrenheit", 212),
        (-40, "degree_Fahrenheit", "degree_Celsius", -40),
        (0, "kelvin", "degree_Celsius", -273.15),
        (1, "metric_ton", "short_ton", 1.10231),
        (1, "troy_ounce", "gram", 31.1035),
        (1, "imperial_gallon", "liter", 4.54609),
        (1, "oil_barrel", "liter", 158.987),
        (1, "acre", "hectare", 0.404686),
        (30, "mile / gallon", "centiliter / kilometer", 7.84049),
        (7.84049, "centiliter / kilometer", "mile / gallon", 30),
        (100, "1 / mile ** 2", "1 / kilometer ** 2", 38.6102),
        (Decimal(1), "light_year", "kilometer", 9.4607304725808e12),
        (1, "kilowatt_hour", "megajoule", 3.6),
        (14.7, "pound_force_per_square_inch", "kilopascal", 101.353),
        (1, "km^2", "hectare", 100),
    ],
)
def test_conversions(value, from_, to, expected):
    assert convert(value, UNITS[from_], UNITS[to]) == pytest.approx(expected, rel=1e-5, abs=1e-9)


@pytest.mark.parametrize("row", NAMES, ids=lambda row: f"{row['name']} {row['unit']}")
def test_every_name_has_a_compiled_unit(row):
    unit = UNITS[row["unit"]]
    assert row["kind"] in KINDS
    assert row["source"]
    if row["kind"] != "number":
        assert unit.kind == row["kind"]


def test_units_that_pint_knows_too_mean_the_same_there():
    import pint

    registry = pint.UnitRegistry()
    ours = {"decade", "fathom", "furlong", "acre", "acre_foot"}  # time, and the international foot
    for name, unit in UNITS.items():
        try:
            theirs = registry.Quantity(1, name).to_root_units().magnitude
            zero = registry.Quantity(0, name).to_root_units().magnitude
        except (pint.UndefinedUnitError, pint.OffsetUnitCalculusError):
            continue
        if "bit" in name or "byte" in name or any(word in ours for word in name.split(" ")):
            continue
        assert theirs - zero == pytest.approx(unit.slope, rel=1e-6), name


def test_what_measures_different_things_is_not_converted():
    assert not same_dimension(UNITS["kilometer"], UNITS["hectare"])
    # Litres per 100 km have the dimension of an area.
    assert not same_dimension(UNITS["centiliter / kilometer"], UNITS["hectare"])
    with pytest.raises(ValueError, match="kilometer is a length"):
        convert(1, UNITS["kilometer"], UNITS["hectare"])
    with pytest.raises(ValueError, match="no counterpart"):
        convert(0, UNITS["mile / gallon"], UNITS["centiliter / kilometer"])


def test_rates_are_composed_of_simple_units():
    per_day = find_unit("metric_ton / day", UNITS.get)
    per_year = find_unit("short_ton / year", UNITS.get)
    assert per_day.kind == "mass / duration"
    assert convert(1, per_day, per_year) == pytest.approx(365.25 * 1.10231, rel=1e-5)
    assert find_unit("kilometer / day", UNITS.get).kind == "speed"
    assert find_unit("furlong / fortnight", UNITS.get) is not None
    assert find_unit("yard ** 3", UNITS.get).kind == "volume"
    assert find_unit("league / day", UNITS.get) is None
    assert find_unit("degree_Celsius / hour", UNITS.get) is None


def test_a_difference_has_no_zero_point():
    celsius, fahrenheit = difference(UNITS["degree_Celsius"]), difference(UNITS["degree_Fahrenheit"])
    assert convert(2, celsius, fahrenheit) == pytest.approx(3.6)


def test_one_unit_under_two_names():
    assert same_unit(UNITS["kilometer ** 2"], UNITS["km^2"])
    assert not same_unit(UNITS["short_ton"], UNITS["metric_ton"])
    assert not same_unit(Unit("a", "length", 1), Unit("b", "mass", 1))


def test_checking_copy_does_not_import_pint():
    code = "import sys; import checks.core.units, checks.conversion; sys.exit('pint' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0

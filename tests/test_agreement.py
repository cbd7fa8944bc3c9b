"""The rule of precision: what digits and hedges allow."""

import csv
from decimal import Decimal
from importlib.resources import files

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from checks.core.agreement import Grade, agreement, bounds, conversion_fit, ends
from checks.core.model import Figure, Hedge, Span, Verdict
from checks.core.slips import slip
from checks.core.units import compile_units, convert
from checks.core.wording import amount_words, plain, restyled, rounded, unit_words, written

UNITS = {unit.name: unit for unit in compile_units()}
LINEAR = [
    ("kilometer", "mile"), ("mile", "kilometer"), ("meter", "foot"), ("kilometer ** 2", "mile ** 2"),
    ("acre", "hectare"),
    ("pound", "kilogram"), ("liter", "gallon"), ("mile / hour", "kilometer / hour"), ("inch", "centimeter"),
]  # fmt: skip


def figure(text, unit=None, *, units=(), hedge=None):
    """A figure from its digits alone: "74", "6,000", "10-15"."""
    parts = [part.replace(",", "") for part in text.split("-") if part]
    values = [Decimal(part) for part in parts]
    if text.startswith("-"):
        values[0] = -values[0]
    fines = [Decimal(1).scaleb(min(0, value.as_tuple().exponent)) for value in values]
    coarse = []
    for value, fine in zip(values, fines, strict=True):
        step = fine
        while value and value % (step * 10) == 0:
            step *= 10
        coarse.append(step)
    kind = UNITS[unit].kind if unit else "number"
    given_ends = (
        {"value": values[0]}
        if len(values) == 1
        else {"low": values[0], "high": values[1], "fine_low": fines[0], "coarse_low": coarse[0]}
    )
    return Figure(
        span=Span(0, len(text)), text=text, kind=kind, unit=unit, units=units, hedge=hedge,
        fine=fines[-1], coarse=coarse[-1], **given_ends,
    )  # fmt: skip


def grade(stated, from_, restated, to, **how):
    return conversion_fit(figure(stated, from_), figure(restated, to), UNITS.get, **how).grade


@pytest.mark.parametrize(
    ("stated", "from_", "restated", "to", "expected"),
    [
        ("6,000", "kilometer ** 2", "2,400", "mile ** 2", Grade.LOOSE),
        ("6,000", "kilometer ** 2", "2,300", "mile ** 2", Grade.FITS),
        ("6,000", "kilometer ** 2", "2,317", "mile ** 2", Grade.FITS),
        ("74", "kilometer", "46", "mile", Grade.FITS),
        ("74", "kilometer", "45", "mile", Grade.FITS),
        ("74", "kilometer", "50", "mile", Grade.FITS),
        ("74", "kilometer", "40", "mile", Grade.WRONG),
        ("5", "mile", "9", "kilometer", Grade.LOOSE),
        ("5", "mile", "12", "kilometer", Grade.WRONG),
        ("30", "kilometer", "18", "mile", Grade.LOOSE),
        ("65", "mile / hour", "100", "kilometer / hour", Grade.FITS),
        ("50", "mile / gallon", "4.7", "centiliter / kilometer", Grade.FITS),
        ("40-50", "mile / gallon", "4.7-5.9", "centiliter / kilometer", Grade.FITS),
        ("10-15", "kilometer", "6-9", "mile", Grade.FITS),
        ("10-15", "kilometer", "6-12", "mile", Grade.WRONG),
        ("30", "degree_Celsius", "86", "degree_Fahrenheit", Grade.FITS),
        ("30", "degree_Celsius", "90", "degree_Fahrenheit", Grade.FITS),
        ("30", "degree_Celsius", "88", "degree_Fahrenheit", Grade.LOOSE),
        ("30", "degree_Celsius", "54", "degree_Fahrenheit", Grade.WRONG),
    ],
)
def test_pairs(stated, from_, restated, to, expected):
    assert grade(stated, from_, restated, to) is expected


@given(
    pair=st.sampled_from(LINEAR),
    value=st.decimals("0.5", "900000", places=1, allow_nan=False),
    digits=st.integers(2, 6),
)
def test_a_correctly_rounded_conversion_is_never_flagged(pair, value, digits):
    source = figure(f"{value:f}".rstrip("0").rstrip("."), pair[0])
    exact = convert(value, UNITS[pair[0]], UNITS[pair[1]])
    step = Decimal(1).scaleb(Decimal(repr(exact)).adjusted() - digits + 1)
    target = figure(f"{rounded(exact, step):f}", pair[1])
    assert conversion_fit(source, target, UNITS.get).grade is Grade.FITS


@given(pair=st.sampled_from(LINEAR), value=st.integers(10, 100_000), share=st.floats(0, 0.6), further=st.floats(0, 0.3))
def test_being_further_off_is_never_judged_better(pair, value, share, further):
    source = figure(str(value), pair[0])
    exact = convert(value, UNITS[pair[0]], UNITS[pair[1]])

    def judged(off):
        # Digits without zeros at the end: the precision stays the same.
        number = Figure(
            span=Span(0, 1), text="", kind=source.kind, unit=pair[1], value=Decimal(repr(exact * (1 + off))),
            fine=Decimal("0.001"), coarse=Decimal("0.001"),
        )  # fmt: skip
        fit = conversion_fit(source, number, UNITS.get)
        assume("exchanged" not in fit.reason)
        return fit.grade

    assume(UNITS[pair[0]].kind != "speed")  # storm winds fit in steps
    assert judged(share) <= judged(share + further)
    assert judged(-share) <= judged(-share - further)


@given(value=st.integers(1, 10**9), zeros=st.integers(0, 6))
def test_bounds_lie_evenly_around_a_figure_and_hold_it(value, zeros):
    number = figure(str(value * 10**zeros))
    limits = bounds(number)
    assert limits.holds(float(number.value), float(number.value))
    assert limits.high - float(number.value) == pytest.approx(float(number.value) - limits.low)
    # No figure is taken to be rounder than a tenth of itself.
    assert limits.high <= float(number.value) + max(0.5, 0.05 * float(number.value)) * 1.000001


def test_bounds_are_put_in_words():
    assert bounds(figure("74")).text == "74 may mean 73.5 to 74.5"
    assert bounds(figure("40,000")).text == "40,000 may mean 38,000 to 42,000"
    assert bounds(figure("147,181")).text == "147,181 may mean 147,180.5 to 147,181.5"
    assert bounds(figure("300", hedge=Hedge("more than", "above"))).text == (
        "more than 300 may mean 300 to 375, as “more than” is taken to be up to a quarter more"
    )
    assert bounds(figure("300", hedge=Hedge("nearly", "below"))).text == "nearly 300 may mean 270 to 300"


@pytest.mark.parametrize(
    ("text", "hedge", "low", "high", "tolerance", "verdict"),
    [
        ("600,000", ("about", "around"), 603_550, None, 0, Verdict.SUPPORTED),
        ("604,000", None, 603_550, None, 0, Verdict.SUPPORTED),
        ("603,000", None, 603_550, None, 0.02, Verdict.SUPPORTED),
        ("620,000", None, 603_550, None, 0, Verdict.DOUBTFUL),
        ("740,000", None, 579_330, 603_550, 0.02, Verdict.REFUTED),
        ("590,000", None, 579_330, 603_550, 0, Verdict.SUPPORTED),
        ("300", ("more than", "above"), 340, None, 0, Verdict.SUPPORTED),
        ("300", ("more than", "above"), 900, None, 0, Verdict.DOUBTFUL),
        ("300", ("more than", "above"), 200, None, 0, Verdict.REFUTED),
        ("300", ("nearly", "below"), 285, None, 0, Verdict.SUPPORTED),
        ("300", ("up to", "at_most"), 100, None, 0, Verdict.DOUBTFUL),
        ("10-15", None, 12, None, 0, Verdict.SUPPORTED),
        ("10-15", None, 25, None, 0, Verdict.REFUTED),
        ("74", None, 72.3, None, 0.05, Verdict.SUPPORTED),
    ],
)
def test_agreement_with_tables(text, hedge, low, high, tolerance, verdict):
    number = figure(text, hedge=Hedge(*hedge) if hedge else None)
    assert agreement(number, low, high, tolerance=tolerance).verdict is verdict


def test_a_figure_without_a_number_cannot_be_judged():
    nothing = Figure(span=Span(0, 1), text="?", kind="number")
    assert ends(nothing) == ()
    assert agreement(nothing, 5).verdict is Verdict.NOT_ENOUGH_INFO


def test_the_reading_that_fits_is_taken_and_said():
    tons = ("short_ton", "metric_ton", "long_ton")
    fit = conversion_fit(figure("3.4", "metric_ton"), figure("3.3", "short_ton", units=tons), UNITS.get)
    assert fit.grade is Grade.FITS
    assert fit.read_as == "long tons"
    gold = conversion_fit(figure("311", "gram"), figure("9.99", "ounce", units=("ounce", "troy_ounce")), UNITS.get)
    assert gold.to.name == "troy_ounce"


def test_a_rare_reading_must_fit_to_the_digits():
    tons = ("short_ton", "metric_ton", "long_ton")
    fit = conversion_fit(figure("16.4", "metric_ton"), figure("16.4", "short_ton", units=tons), UNITS.get)
    assert fit.grade is not Grade.FITS


def test_a_difference_of_degrees_takes_no_offset():
    pair = ("2", "degree_Celsius", "3.6", "degree_Fahrenheit")
    assert grade(*pair, difference_of_degrees="yes") is Grade.FITS
    assert grade("2", "degree_Celsius", "36", "degree_Fahrenheit", difference_of_degrees="yes") is Grade.LOOSE
    # Nobody's summer is 40 degrees warmer.
    assert grade("40", "degree_Celsius", "72", "degree_Fahrenheit", difference_of_degrees="yes") is Grade.WRONG


def test_what_cannot_be_converted_is_not_judged():
    assert conversion_fit(figure("5", "kilometer"), figure("5", "hectare"), UNITS.get) is None
    assert conversion_fit(figure("0", "mile / gallon"), figure("5", "centiliter / kilometer"), UNITS.get) is None
    assert conversion_fit(figure("5"), figure("5", "hectare"), UNITS.get) is None


ROUGH = list(csv.DictReader((files("reference_data") / "rough_factors.csv").read_text("utf-8").splitlines()))


@pytest.mark.parametrize("row", ROUGH, ids=lambda row: f"{row['from']} {row['to']} {row['factor']}")
def test_rough_factors_are_rough_and_in_known_units(row):
    exact = convert(100, UNITS[row["from"]], UNITS[row["to"]])
    assert abs(100 * float(row["factor"]) + float(row["offset"]) - exact) < 0.35 * abs(exact)
    assert row["source"]


@pytest.mark.parametrize(
    ("stated", "from_", "restated", "to", "named"),
    [
        ("7,000", "kilometer ** 2", "2,800", "mile ** 2", "rough factor 0.4"),
        ("300", "kilometer ** 2", "186", "mile ** 2", "linear factor on an area"),
        ("74", "kilometer", "119", "mile", "factor inverted: divided instead of multiplied"),
        ("74", "kilometer", "40", "mile", "nautical for statute miles"),
        ("30", "knot", "30", "mile / hour", "figure repeated instead of converted"),
        ("100", "knot", "161", "kilometer / hour", "miles an hour for knots"),
        ("30", "degree_Celsius", "54", "degree_Fahrenheit", "offset of 32 degrees forgotten"),
        ("1,240", "kilometer", "707", "mile", "two digits swapped"),
        ("74", "kilometer", "460", "mile", "tenfold"),
        ("12,500", "kilometer ** 2", "4.826", "mile ** 2", "decimal and thousands separators mixed up"),
        ("340", "metric_ton", "1.1023", "short_ton", "factor printed instead of the product"),
        ("50", "nautical_mile", "57.5", "kilometer", "wrong unit named: right in miles"),
        ("74", "kilometer", "55", "mile", None),
    ],
)
def test_slips(stated, from_, restated, to, named):
    one, other = figure(stated, from_), figure(restated, to)
    fit = conversion_fit(one, other, UNITS.get)
    assert slip(ends(one)[0], ends(other)[0], fit, UNITS.get, restated) == named


def test_numbers_in_the_style_of_copy():
    assert plain(2316.6) == "2,317"
    assert written(-0.4, 1) == "0"
    assert unit_words("100-square-foot") == "square feet"
    assert unit_words("3 tons") == "tons"
    assert amount_words("five-mile") == "five miles"
    assert restyled("6-12 miles", [(6.2, Decimal(1)), (9.3, Decimal(1))]) == "6-9 miles"
    assert restyled("minus 4 F", [(-20.2, Decimal(1))]) == "minus 20 F"
    assert restyled("4 F", [(-20.2, Decimal(1))]) == "-20 F"
    assert restyled("five km", [(8.05, Decimal(1))]) == "8 km"
    assert restyled("2403 m", [(1234.4, Decimal(1))]) == "1234 m"
    assert restyled("6 ft 2 in", [(5.0, Decimal(1))]) is None


@given(st.floats(-1e12, 1e12, allow_nan=False), st.integers(-3, 6))
def test_rounding_stays_within_half_a_step(value, power):
    step = Decimal(1).scaleb(power)
    assert abs(rounded(value, step) - Decimal(repr(value))) <= step / 2

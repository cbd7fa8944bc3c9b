"""Figures read out of copy: cases as data, figures written out and read back, hostile text."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import cases

from checks.extract.quantities.figures import find_figures
from checks.extract.quantities.numbers import opening, read_number
from checks.extract.segments import Segments

CASES = cases("figures")
UNITS = {
    "km": "kilometer",
    "kilometres": "kilometer",
    "miles": "mile",
    "square miles": "mile ** 2",
    "sq km": "kilometer ** 2",
    "hectares": "hectare",
    "tonnes": "metric_ton",
    "kg": "kilogram",
    "percent": "percent",
    "per cent": "percent",
    "euros": "EUR",
    "yen": "JPY",
    "megawatts": "megawatt",
    "mph": "mile / hour",
}
TEENS = "ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"
SMALL = f"zero one two three four five six seven eight nine {TEENS}".split()
TENS = ["_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]


def figures(text):
    return find_figures(text, Segments(text), [])


@pytest.mark.parametrize("case", CASES, ids=[case["text"][:50] for case in CASES])
def test_cases(case):
    found = figures(case["text"])
    assert [figure.text for figure in found] == [figure["text"] for figure in case["figures"]]
    for figure, expected in zip(found, case["figures"], strict=True):
        assert figure.span.of(case["text"]) == figure.text
        for name, value in expected.items():
            got = getattr(figure, name)
            if name == "hedge":
                assert got is not None
                assert got.text == value
            elif isinstance(value, int | float) and not isinstance(value, bool):
                assert float(got) == pytest.approx(value, rel=1e-5)
            else:
                assert got == value


def spell(number):
    """A whole number below a million in words, as British copy has it."""
    if number < 20:
        return SMALL[number]
    if number < 100:
        return TENS[number // 10] + (f"-{SMALL[number % 10]}" if number % 10 else "")
    if number < 1000:
        rest = number % 100
        return f"{SMALL[number // 100]} hundred" + (f" and {spell(rest)}" if rest else "")
    rest = number % 1000
    link = "" if not rest else (" and " if rest < 100 else " ")
    return f"{spell(number // 1000)} thousand{link}{spell(rest) if rest else ''}"


@given(st.integers(1, 999_999))
def test_numbers_in_words_are_read_back(number):
    text = f"They counted {spell(number)} sheep."
    at = opening().search(text, 13).start() if number != 1 else 13
    assert read_number(text, at).value == number


@given(
    st.integers(1, 10**12),
    st.sampled_from(sorted(UNITS)),
    st.integers(0, 3),
    st.sampled_from(["", "about ", "nearly "]),
)
def test_figures_in_digits_are_read_back(number, unit, places, hedge):
    value = Decimal(number).scaleb(-places)
    text = f"The plan foresees {hedge}{value:,} {unit}, they said."
    [figure] = figures(text)
    assert figure.value == value
    assert figure.unit == UNITS[unit]
    assert figure.fine == Decimal(1).scaleb(-places)
    assert (figure.hedge.text if figure.hedge else "") == hedge.strip()
    assert figure.text == f"{value:,} {unit}"


@given(st.integers(1, 900), st.integers(1, 900), st.sampled_from(["km", "tonnes", "percent", "euros"]))
def test_ranges_are_read_back(one, two, unit):
    low, high = sorted((one, one + two))
    [figure] = figures(f"It takes {low}-{high} {unit} a year to do it.")
    assert (figure.low, figure.high) == (low, high)


@given(st.text())
def test_any_text_is_read_without_an_error(text):
    for figure in figures(text):
        assert figure.span.of(text) == figure.text


@given(st.text(alphabet="0123456789,.-/ $£%mk½and to(){}“”'\"\u00a0\u2013tbhousixdlr", max_size=60))
def test_any_mix_of_digits_and_joints_is_read_without_an_error(text):
    for figure in figures(text):
        assert figure.span.of(text) == figure.text
        assert figure.low is None or figure.high is None or figure.kind == "score" or figure.low <= figure.high

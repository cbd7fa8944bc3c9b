"""Figures given twice: which pairs are found, what is said of them, and how they are mended."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import cases

from checks import Verdict, check

CASES = cases("conversion")


def findings(text):
    return [each.finding for each in check(text, select={"conversion"}).claims]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_case(case):
    found = findings(case["text"])
    if case["verdict"] == "none":
        assert not found
        return
    if "stated" in case:
        found = [
            each
            for each in found
            if (each.claim.stated.text, each.claim.restated.text) == (case["stated"], case["restated"])
        ]
    assert found, "no claim"
    finding = next((each for each in found if each.verdict is not Verdict.SUPPORTED), found[0])
    assert finding.verdict == case["verdict"], finding
    if "slip" in case:
        assert finding.slip == case["slip"]
    if "suggestion" in case:
        assert finding.suggestions[:1] == (case["suggestion"],)
    if "form" in case:
        assert finding.claim.form == case["form"]
    if "value" in case:
        assert finding.expected.value == case["value"]


@pytest.mark.parametrize(
    "case", [case for case in CASES if case["verdict"] in ("refuted", "doubtful")], ids=lambda c: c["text"]
)
def test_every_suggestion_passes_where_it_is_put(case):
    for finding in findings(case["text"]):
        if finding.verdict not in (Verdict.REFUTED, Verdict.DOUBTFUL):
            continue
        start, end = finding.claim.restated.span
        for suggestion in finding.suggestions:
            mended = case["text"][:start] + suggestion + case["text"][end:]
            again = [each for each in findings(mended) if each.claim.restated.span.start == start]
            assert again, mended
            assert again[0].verdict is Verdict.SUPPORTED, (mended, again[0])


def test_a_flag_says_what_is_right_and_shows_its_working():
    (finding,) = findings("The marsh covers 7,000 square kilometers (2,800 square miles) in spring.")
    assert finding.message == "7,000 square kilometers is 2,703 square miles, not 2,800."
    assert "0.386102" in finding.working
    assert "3.6 % more" in finding.working
    assert "7,000 may mean 6,650 to 7,350" in finding.working
    assert finding.expected.unit == "mile ** 2"


def test_the_claim_covers_both_figures_and_keeps_them_as_they_were_found():
    report = check("The marsh covers 6 by 9 feet (1.8 by 2.7 metres) in spring.", select={"conversion"})
    known = {id(figure) for figure in report.figures}
    for each in report.claims:
        assert all(id(figure) in known for figure in each.finding.claim.figures)
        assert each.finding.claim.span.start == each.finding.claim.figures[0].span.start


def test_the_reading_of_an_ambiguous_unit_is_said():
    (finding,) = findings("Tankers took 210,000 gallons (955,000 litres) of milk.")
    assert finding.verdict is Verdict.SUPPORTED
    assert "read as imperial gallons" in finding.working


@given(st.text(alphabet="0123456789,. ()[]/-–=;:kmift°CF\u00a0\u2212½ mileskg or by to and", max_size=80))
@settings(max_examples=150, deadline=None)
def test_no_text_makes_it_stumble(text):
    findings(text)


def test_a_wall_of_brackets_is_read_in_no_time():
    findings("5 km (" * 3000)
    findings("5 km " + "a " * 20000 + "(3 miles)")

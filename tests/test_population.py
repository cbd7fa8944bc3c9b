from __future__ import annotations

from typing import Any

import pytest
from place_cases import cases, expected, verdicts

from checks import check
from checks.core.model import Verdict
from checks.core.registry import all_checks


@pytest.mark.parametrize("case", cases("population"), ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any]) -> None:
    assert expected(case, verdicts("population", case))


def test_the_examples_of_its_page() -> None:
    page = all_checks()["population"]
    for example in (*page.flags, *page.doubts, *page.passes):
        report = check(example.text, published=example.published, select={"population"})
        assert bool(report.flags) == (example not in page.passes), example.text
        if report.flags:
            assert example.marked is not None
            start, end = example.marked
            assert any(flag.finding.claim.span.start < end for flag in report.flags)
            assert any(flag.finding.claim.span.end > start for flag in report.flags)


def test_a_stale_figure_is_not_called_wrong() -> None:
    text = "Ethiopia, a nation of 65 million people, is at war."
    from datetime import date

    finding = check(text, published=date(2021, 5, 1), select={"population"}).claims[0].finding
    assert finding.verdict is Verdict.DOUBTFUL
    assert finding.slip == "stale figure"


def test_a_scale_slip_is_named() -> None:
    finding = check("Norway has a population of 54 million.", select={"population"}).claims[0].finding
    assert finding.verdict is Verdict.REFUTED
    assert finding.slip == "a nought too many"
    assert finding.suggestions == ("5.6 million",) or finding.suggestions[0].endswith("million")

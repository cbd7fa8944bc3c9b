from __future__ import annotations

from typing import Any

import pytest
from labelled import assert_verdict, cases

from checks import check
from checks.core.model import Verdict


@pytest.mark.parametrize("case", cases("population"), ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any]) -> None:
    assert_verdict("population", case)


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

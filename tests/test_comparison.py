from __future__ import annotations

from typing import Any

import pytest
from labelled import assert_verdict, cases

from checks import check
from checks.core.model import Verdict


@pytest.mark.parametrize("case", cases("comparison"), ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any]) -> None:
    assert_verdict("comparison", case)


def test_a_garbled_sentence_is_tried_with_the_figures_before_it() -> None:
    text = (
        "Officials said the army had retaken about 5,000 square kilometres of land. A part of Chad's territory of some "
        "1.28 million square kilometres, is roughly equivalent to the combined area of Luxembourg and Lebanon."
    )
    assert not check(text, select={"comparison"}).flags


def test_an_earlier_figure_is_not_in_the_copy() -> None:
    text = "The army had retaken 5,000 square kilometres, twice as much as officials had cited on Sunday."
    finding = check(text, select={"comparison"}).claims[0].finding
    assert finding.verdict is Verdict.NOT_ENOUGH_INFO
    assert "not in this copy" in finding.message

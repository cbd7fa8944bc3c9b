from __future__ import annotations

from typing import Any

import pytest
from labelled import assert_verdict, cases

from checks import check
from checks.core.model import Verdict


@pytest.mark.parametrize("case", cases("distance"), ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any]) -> None:
    assert_verdict("distance", case)


def test_the_verdict_names_rows_and_shows_the_sum() -> None:
    report = check("Herat, 640 km west of the Afghan capital, Kabul, was calm.", select={"distance"})
    finding = report.claims[0].finding
    assert finding.verdict is Verdict.SUPPORTED
    assert {fact.entity for fact in finding.evidence} == {"Herāt", "Kabul"}
    assert all(fact.table and fact.source for fact in finding.evidence)
    assert "bearing" in finding.working
    assert "straight line" in finding.working


def test_the_subject_may_stand_far_before_in_a_damaged_sentence() -> None:
    text = (
        "“We are moving on,” he said on the road to Kandahar, a trading city taken by the rebels early this month that "
        "is to 450 km (280 miles). southwest of Kabul, Afghanistan's capital."
    )
    assert [c.finding.verdict for c in check(text, select={"distance"}).claims] == [Verdict.SUPPORTED]
    for wrong in (text.replace("450 km (280", "950 km (590"), text.replace("southwest", "northeast")):
        assert [c.finding.verdict for c in check(wrong, select={"distance"}).claims] == [Verdict.REFUTED]


def test_an_opposite_direction_is_named() -> None:
    finding = check("Nagoya, 260 km east of Tokyo, Japan, makes cars.", select={"distance"}).claims[0].finding
    assert finding.slip == "opposite direction"
    assert finding.suggestions == ("260 km west",)


def test_the_restated_figure_belongs_to_the_claim() -> None:
    finding = check("Busan is 325 km (200 miles) southeast of Seoul.", select={"distance"}).claims[0].finding
    assert [figure.text for figure in finding.claim.figures] == ["325 km", "200 miles"]

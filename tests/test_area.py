from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from labelled import assert_verdict, cases

from checks import check
from checks.core.model import Verdict


@pytest.mark.parametrize("case", cases("area"), ids=lambda case: str(case["text"])[:60])
def test_case(case: dict[str, Any]) -> None:
    assert_verdict("area", case)


def test_square_miles_for_square_kilometres_is_named() -> None:
    finding = check("Botswana covers 582,000 square miles.", select={"area"}).claims[0].finding
    assert finding.verdict is Verdict.REFUTED
    assert finding.slip == "the number is right in square kilometres"
    assert finding.evidence
    assert all(fact.source for fact in finding.evidence)


def test_who_holds_what_is_no_table_s_affair() -> None:
    finding = check("Rebels control about a fifth of the country.", select={"area"}).claims[0].finding
    assert finding.verdict is Verdict.NOT_ENOUGH_INFO
    assert "holds" in finding.message


def test_evidence_bears_the_date_of_its_source() -> None:
    finding = check("Botswana covers 582,000 square miles.", select={"area"}).claims[0].finding
    assert all(fact.as_of for fact in finding.evidence if fact.source == "cia_factbook")


def test_a_suggestion_is_written_as_a_desk_would() -> None:
    report = check("Malta, with 51 million people, is small.", published=date(2021, 5, 1), select={"population"})
    assert report.flags[0].finding.suggestions == ("520,000",)

"""Labelled cases: stories in ``tests/cases``, one a line, with what must be said of them."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from checks import check
from checks.core.model import Finding, Verdict

_CASES = Path(__file__).with_name("cases")
FLAGGED = {Verdict.DOUBTFUL, Verdict.REFUTED}


def cases(name: str) -> list[dict[str, Any]]:
    """The cases of one check or one reader."""
    lines = (_CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def judged(name: str, text: str, published: str | None = None) -> list[Finding]:
    """What one check finds in a story."""
    report = check(text, published=date.fromisoformat(published) if published else None, select={name})
    return [claim.finding for claim in report.claims]


def assert_verdict(name: str, case: dict[str, Any]) -> None:
    """The check says what the case asks for: ``verdict`` is one, or flagged or not_flagged."""
    found = [finding.verdict for finding in judged(name, case["text"], case.get("published"))]
    flagged = any(verdict in FLAGGED for verdict in found)
    match case["verdict"]:
        case "flagged":
            assert flagged, found
        case "supported":
            assert not flagged, found
            assert Verdict.SUPPORTED in found
        case "not_enough_info":
            assert not flagged, found
            assert found
            assert Verdict.SUPPORTED not in found
        case "not_flagged":
            assert not flagged, found
        case unknown:
            raise ValueError(f"unknown verdict in a case: {unknown}")


def assert_labelled(name: str, case: dict[str, Any]) -> None:
    """The check flags a wrong case at its words and with a mend, supports a right one, and leaves a tricky one."""
    found = judged(name, case["text"], case["published"])
    flagged = [finding for finding in found if finding.verdict in FLAGGED]
    if case["is"] == "wrong":
        assert [finding.verdict.value for finding in flagged] == [case["verdict"]], found
        assert flagged[0].claim.span.of(case["text"]) == case["flagged"]
        assert flagged[0].suggestions
        assert flagged[0].evidence
    else:
        assert not flagged, flagged
    if case["is"] == "right":
        assert [finding.verdict for finding in found] == [Verdict.SUPPORTED]

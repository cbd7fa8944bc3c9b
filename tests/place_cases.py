"""How the cases of the checks on places are read: one story a line, with what its check must say."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from checks import check
from checks.core.model import Verdict

CASES = Path(__file__).with_name("cases")
_FLAGGED = {Verdict.DOUBTFUL, Verdict.REFUTED}


def cases(name: str) -> list[dict[str, Any]]:
    lines = (CASES / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def verdicts(name: str, case: dict[str, Any]) -> list[Verdict]:
    published = date.fromisoformat(case["published"]) if "published" in case else None
    report = check(case["text"], published=published, select={name})
    return [claim.finding.verdict for claim in report.claims]


def expected(case: dict[str, Any], found: list[Verdict]) -> bool:
    """Whether the verdicts are what the case asks for."""
    flagged = any(verdict in _FLAGGED for verdict in found)
    match case["verdict"]:
        case "flagged":
            return flagged
        case "supported":
            return not flagged and Verdict.SUPPORTED in found
        case "not_enough_info":
            return not flagged and Verdict.SUPPORTED not in found and bool(found)
        case "not_flagged":
            return not flagged
    raise ValueError(f"unknown verdict in a case: {case['verdict']}")

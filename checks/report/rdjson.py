"""Reviewdog's diagnostics (rdjson), with suggestions that reviewers can apply."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.report import wording
from checks.report.json import dumps
from checks.report.region import byte_region, region
from checks.report.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Claim, Entry


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:
    """The run as one DiagnosticResult."""
    diagnostics = [
        {
            "message": f"Could not be read: {one_line(entry['error'])}",
            "location": {"path": wording.path_of(entry)},
            "severity": "ERROR",
            "code": {"value": "unreadable"},
        }
        for entry in wording.unreadable(run)
    ]
    for entry in run["documents"]:
        found = wording.flags(entry)
        text = wording.text_of(entry, texts) if found else None
        diagnostics += [_diagnostic(entry, claim, text) for claim in found]
    yield dumps({"source": {"name": "figurecheck"}, "diagnostics": diagnostics}, indent=2)
    yield "\n"


def _diagnostic(entry: Entry, claim: Claim, text: str | None) -> dict[str, Any]:
    message = one_line(claim["message"])
    if claim["working"]:
        message += f"\nWorking: {one_line(claim['working'])}"
    diagnostic: dict[str, Any] = {
        "message": message,
        "location": {"path": wording.path_of(entry), "range": _range(claim, text)},
        "severity": claim["severity"].upper(),
        "code": {"value": claim["check"]},
    }
    found = wording.replacement(entry, claim)
    if text is not None and found is not None:
        figure, suggestions = found
        diagnostic["suggestions"] = [{"range": _range(figure, text), "text": words} for words in suggestions]
    return diagnostic


def _range(span: dict[str, Any], text: str | None) -> dict[str, Any]:
    """The range with columns in bytes, as reviewdog counts them; only lines where the text is not at hand."""
    if text is None:
        lines = region(span)
        return {"start": {"line": lines.line}, "end": {"line": lines.end_line}}
    line, column, end_line, end_column = byte_region(span, text)
    return {"start": {"line": line, "column": column}, "end": {"line": end_line, "column": end_column}}

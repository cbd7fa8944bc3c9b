"""CSV for a spreadsheet: one row for each claim, whatever its verdict, and one for each unreadable document."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, Any

from checks.report import wording
from checks.report.wording import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Claim, Entry

COLUMNS = (
    "path",
    "published",
    "line",
    "column",
    "check",
    "verdict",
    "severity",
    "text",
    "message",
    "expected",
    "gap",
    "suggestions",
    "slip",
    "working",
    "sources",
    "in_quotation",
    "fingerprint",
)


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """A row of headings, then the rows, as RFC 4180 has them."""
    yield _line(COLUMNS)
    for entry in run["documents"]:
        if entry["error"] is not None:
            row = {"path": wording.path_of(entry), "verdict": "unreadable", "message": entry["error"]}
            yield _line([_cell(row.get(column)) for column in COLUMNS])
        for claim in entry["claims"]:
            row = _row(entry, claim, wording.titles_of(run))
            yield _line([_cell(row[column]) for column in COLUMNS])


def _row(entry: Entry, claim: Claim, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        **{column: claim.get(column) for column in COLUMNS},
        "path": wording.path_of(entry),
        "published": entry["published"],
        "expected": wording.expected_words(claim),
        "gap": wording.gap_words(entry, claim) if claim["severity"] else None,
        "suggestions": " / ".join(claim["suggestions"]),
        "sources": " / ".join(source for source in wording.source_words(claim, titles)),
        "in_quotation": "yes" if claim["in_quotation"] else "no",
    }


def _cell(value: str | int | None) -> str:
    """A cell that no spreadsheet runs as a formula."""
    if value is None or isinstance(value, int):
        return "" if value is None else str(value)
    words = one_line(value)
    return "'" + words if words.startswith(("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20")) else words


def _line(cells: tuple[str, ...] | list[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer).writerow(cells)
    return buffer.getvalue()

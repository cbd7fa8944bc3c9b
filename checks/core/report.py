"""What a story's check ends in: its report, and the report as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from checks.core.model import Document, Figure, Finding, Severity, Verdict
from checks.core.plain import Positions, expected_entry, fact_entry, figure_entry


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedClaim:
    """A finding with the name of the check that made it, as a report lists it."""

    check: str
    finding: Finding
    severity: Severity | None
    fingerprint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """Everything found in one document: its figures, every claim with its verdict, and notes for the reader.

    ``error`` is the reason where the copy could not be read; then there are no figures or claims.
    """

    document: Document
    figures: tuple[Figure, ...] = ()
    claims: tuple[CheckedClaim, ...] = ()
    notes: tuple[str, ...] = ()
    error: str | None = None
    tables_version: str | None = None
    tables_as_of: str | None = None
    why_unchecked: tuple[str | None, ...] = field(default=(), repr=False)

    @property
    def flags(self) -> tuple[CheckedClaim, ...]:
        """The claims that do not fit: doubtful (warnings) and refuted (errors), in the order of the text."""
        return tuple(claim for claim in self.claims if claim.severity is not None)

    def to_dict(self) -> dict[str, Any]:
        """One entry of ``documents`` in the JSON report (schema figurecheck/report/1), as plain values."""
        return _document_entry(self)


def _document_entry(report: Report) -> dict[str, Any]:
    """One entry of ``documents``: what was read, every figure, every claim with its verdict."""
    document = report.document
    places = Positions(document.text)
    numbers = {id(figure): f"f{n}" for n, figure in enumerate(report.figures, 1)}
    decided = {
        id(figure)
        for claim in report.claims
        if claim.finding.verdict is not Verdict.NOT_ENOUGH_INFO
        for figure in claim.finding.claim.figures
    }
    reasons = report.why_unchecked or (None,) * len(report.figures)
    return {
        "path": document.path,
        "format": document.format,
        "sha256": document.sha256,
        "published": document.published.isoformat() if document.published else None,
        "published_from": document.published_from,
        "headline": document.headline,
        "dateline": document.dateline,
        "error": report.error,
        "notes": list(report.notes),
        "figures": [
            figure_entry(figure, numbers[id(figure)], places, checked=id(figure) in decided, why_not=why)
            for figure, why in zip(report.figures, reasons, strict=True)
        ],
        "claims": [_claim(claim, f"c{n}", document.text, places, numbers) for n, claim in enumerate(report.claims, 1)],
    }


def _claim(
    claim: CheckedClaim, identifier: str, text: str, places: Positions, numbers: dict[int, str]
) -> dict[str, Any]:
    finding = claim.finding
    span = finding.claim.span
    line, column = places.of(span.start)
    return {
        "id": identifier,
        "check": claim.check,
        "figures": [numbers[id(figure)] for figure in finding.claim.figures if id(figure) in numbers],
        "start": span.start,
        "end": span.end,
        "line": line,
        "column": column,
        "text": span.of(text),
        "verdict": finding.verdict.value,
        "severity": claim.severity.value if claim.severity else None,
        "message": finding.message,
        "working": finding.working,
        "slip": finding.slip,
        "expected": expected_entry(finding.expected),
        "suggestions": list(finding.suggestions),
        "evidence": [fact_entry(fact) for fact in finding.evidence],
        "in_quotation": finding.claim.in_quotation,
        "fingerprint": claim.fingerprint,
    }

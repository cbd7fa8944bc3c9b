"""figurecheck's checks: text in, findings out. Every module here is one check; every folder is machinery."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from datetime import date

from checks.core.disclaimed import disclaimed
from checks.core.model import SEVERITY, Document, Finding, Span, Verdict
from checks.core.places import Gazetteer
from checks.core.reference import Tables, default_tables
from checks.core.registry import all_checks
from checks.core.report import CheckedClaim, Report
from checks.core.story import Story
from checks.extract import read

__all__ = ["Document", "Report", "Span", "Verdict", "check"]


def check(
    copy: str | Document,
    tables: Tables | None = None,
    *,
    published: date | None = None,
    select: Collection[str] | None = None,
) -> Report:
    """Read one story and judge every claim that its figures make.

    ``copy`` is the text or a Document; ``published`` the story's date where the copy does not tell it;
    ``tables`` the reference tables, by default those that figurecheck ships; ``select`` the names of the checks
    to run, by default all. The same copy, date and tables always give the same report.
    """
    tables = tables or default_tables()
    document = copy if isinstance(copy, Document) else Document(text=copy)
    if published is not None:
        document = replace(document, published=published, published_from="option")
    reading = read(document)
    story = Story(reading.document, reading.figures, tables, Gazetteer(reading.document, tables))
    judged = [
        (name, _unless_disclaimed(finding, story.text))
        for name, declared in all_checks().items()
        if select is None or name in select
        for claim in reading.claims
        if isinstance(claim, declared.reads) and (finding := declared.judge(claim, story))
    ]
    judged.sort(key=lambda each: (each[1].claim.span, each[0]))
    return Report(
        document=story.document,
        figures=story.figures,
        claims=_identified(story.text, judged),
        notes=reading.notes,
        tables_version=tables.version,
        tables_as_of=tables.as_of,
        why_unchecked=tuple(_why_unchecked(story, judged)),
    )


def _unless_disclaimed(finding: Finding, text: str) -> Finding:
    """A flag on a figure that the copy itself calls wrong (a correction, a hoax) is none of the desk's."""
    if finding.verdict not in SEVERITY or not disclaimed(text, finding.claim.span):
        return finding
    reason = "The copy itself calls this figure wrong, or corrects it."
    return Finding(claim=finding.claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason, working=finding.working)


#: Characters of the claim's own line that make its fingerprint, on either side.
_AROUND = 30


def _identified(text: str, judged: list[tuple[str, Finding]]) -> tuple[CheckedClaim, ...]:
    """Give each finding a fingerprint that outlives edits elsewhere: check, claim and the words around it."""
    seen: dict[str, int] = {}
    claims = []
    for name, finding in judged:
        start, end = finding.claim.span
        before = text[max(start - _AROUND, 0) : start].rpartition("\n")[2]
        around = " ".join(f"{before}|{text[end : end + _AROUND].partition(chr(10))[0]}".split())
        key = "\n".join((name, " ".join(text[start:end].split()), around))
        seen[key] = seen.get(key, -1) + 1
        digest = hashlib.sha256(f"{key}\n{seen[key]}".encode()).hexdigest()[:16]
        claims.append(
            CheckedClaim(check=name, finding=finding, severity=SEVERITY.get(finding.verdict), fingerprint=digest)
        )
    return tuple(claims)


def _why_unchecked(story: Story, judged: list[tuple[str, Finding]]) -> list[str | None]:
    """For each figure the reason why nothing was decided about it, None where something was."""
    reasons: dict[int, str | None] = {}
    for _, finding in judged:
        for figure in finding.claim.figures:
            if finding.verdict is not Verdict.NOT_ENOUGH_INFO:
                reasons[id(figure)] = None
            else:
                reasons.setdefault(id(figure), finding.message)
    return [
        reasons.get(id(figure), "No statement was recognised in which this figure can be checked.")
        for figure in story.figures
    ]

"""A desk for the tests of ``flows``: a check that flags marked words, and the command line in this process.

What the real checks flag is tested elsewhere; here only what becomes of a flag.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from decimal import Decimal

from checks.core.model import Claim, Fact, Figure, Finding, Severity, Span, Verdict
from checks.core.report import CheckedClaim, Report

MARKED = re.compile(r"\b(WRONG|MAYBE|RIGHT) (\d+) km")
_VERDICTS = {"WRONG": Verdict.REFUTED, "MAYBE": Verdict.DOUBTFUL, "RIGHT": Verdict.SUPPORTED}
_SEVERITIES = {"WRONG": Severity.ERROR, "MAYBE": Severity.WARNING, "RIGHT": None}


def stand_in_check(document, *, published=None, select=None):
    """Stands in for ``checks.check``: WRONG 5 km is refuted, MAYBE 5 km doubtful, RIGHT 5 km supported."""
    if published is not None:
        document = replace(document, published=published, published_from="option")
    if "BREAK" in document.text:
        raise RuntimeError("this story breaks the checks")
    figures, claims = [], []
    for number, match in enumerate(MARKED.finditer(document.text)):
        figure = Figure(
            span=Span(match.start(2), match.end()), text=match[0].partition(" ")[2], kind="length",
            value=Decimal(match[2]), unit="kilometer",
        )  # fmt: skip
        fact = Fact(
            table="facts", entity_id="x", entity="Testland", attribute="length", value=7, unit="kilometer", source="s"
        )
        figures.append(figure)
        if select is None or "conversion" in select:
            claims.append(
                CheckedClaim(
                    check="conversion",
                    finding=Finding(
                        claim=Claim(span=Span(*match.span()), figures=(figure,)),
                        verdict=_VERDICTS[match[1]],
                        message=f"{match[0]} it is not.",
                        evidence=(fact,),
                    ),
                    severity=_SEVERITIES[match[1]],
                    fingerprint=hashlib.sha256(f"{match[0]}{number}".encode()).hexdigest()[:16],
                )
            )
    return Report(document=document, figures=tuple(figures), claims=tuple(claims))


@dataclass(frozen=True)
class Ended:
    """How a command ended."""

    status: int
    out: str
    err: str


class Desk:
    """Runs commands as a user would, in this process."""

    def __init__(self, monkeypatch, capsys, folder) -> None:
        self._monkeypatch = monkeypatch
        self._capsys = capsys
        self.folder = folder

    def __call__(self, *words) -> Ended:
        from flows.cli import main

        self._monkeypatch.setattr("sys.argv", ["figurecheck", *map(str, words)])
        status = 0
        try:
            main()
        except SystemExit as ended:
            status = ended.code or 0
        captured = self._capsys.readouterr()
        return Ended(status, captured.out, captured.err)

    def write(self, name, text):
        """A file of copy in the desk's folder."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        return path

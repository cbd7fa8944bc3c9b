"""Invented stories for the tests of reports, built from the nouns by hand: no extraction, no tables."""

from __future__ import annotations

import hashlib
from datetime import date
from decimal import Decimal
from typing import Any

from checks.core.model import SEVERITY, Claim, Document, Expected, Fact, Figure, Finding, Hedge, Kind, Span, Verdict
from checks.core.report import CheckedClaim, Report
from checks.report import run_entry

LAKE = """\
=Salt lake gives back a drowned road

PORT ALDER, Veridia, March 5 (Wire) - The Sorrel salt lake has shrunk to about \
1,500 square kilometers (640 square miles), \
the water board said on Wednesday, and a road last seen in 1961 lies dry.

The road runs 12 miles (19 km) along the eastern shore. Port Alder, the third largest town \
in Veridia, lies 40 km north of it.

"We lost 3 meters (30 feet) of water in a year," said Ada Quill, 54, who has kept the gauge \
since 1998. Some 2,300 people depend on the lake.
"""

FERRY = """\
The ferry carries 400 passengers and 60 cars.
Tickets cost 12 crowns (1.40 euros).
"""


def figure(text: str, words: str, kind: Kind, value: str | None, unit: str | None = None, **more: Any) -> Figure:
    """The figure written with these words, at their first place in the text."""
    start = text.index(words)
    number = None if value is None else Decimal(value)
    return Figure(span=Span(start, start + len(words)), text=words, kind=kind, value=number, unit=unit, **more)


def claimed(check: str, finding: Finding) -> CheckedClaim:
    span = finding.claim.span
    digest = hashlib.sha256(f"{check} {span.start} {span.end} {finding.message}".encode()).hexdigest()[:16]
    return CheckedClaim(check=check, finding=finding, severity=SEVERITY.get(finding.verdict), fingerprint=digest)


def span_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def lake_report(path: str = "copy/lake.txt") -> Report:
    """A story with a warning, an error in a quotation, a fit, and things that cannot be decided."""
    area = figure(LAKE, "1,500 square kilometers", "area", "1500", "kilometer ** 2", hedge=Hedge("about", "around"))
    area_miles = figure(LAKE, "640 square miles", "area", "640", "mile ** 2")
    weekday = figure(LAKE, "Wednesday", "weekday", None)
    year = figure(LAKE, "1961", "year", "1961", "year")
    miles = figure(LAKE, "12 miles", "length", "12", "mile")
    km = figure(LAKE, "19 km", "length", "19", "kilometer")
    rank = figure(LAKE, "third largest", "rank", "3")
    north = figure(LAKE, "40 km", "length", "40", "kilometer")
    meters = figure(LAKE, "3 meters", "length", "3", "meter", in_quotation=True)
    feet = figure(LAKE, "30 feet", "length", "30", "foot", in_quotation=True)
    age = figure(LAKE, "54", "age", "54", "year")
    people = figure(LAKE, "2,300 people", "count", "2300", None, counts="people", hedge=Hedge("Some", "around"))
    claims = (
        claimed(
            "conversion",
            Finding(
                claim=Claim(
                    span=span_of(LAKE, "1,500 square kilometers (640 square miles"), figures=(area, area_miles)
                ),
                verdict=Verdict.DOUBTFUL,
                message="1,500 square kilometers is 579 square miles, not 640.",
                working="1,500 km² x 0.386102 = 579.2 mi²; 640 is 10.5% more; digits allow 560 to 600.",
                slip="two digits swapped or a rough factor",
                expected=Expected(value=579.153, unit="mile ** 2"),
                suggestions=("580 square miles", "579 square miles"),
            ),
        ),
        claimed(
            "weekday",
            Finding(
                claim=Claim(span=span_of(LAKE, "Wednesday"), figures=(weekday,)),
                verdict=Verdict.SUPPORTED,
                message="5 March 2025 was a Wednesday.",
                working="2025-03-05 is a Wednesday.",
                expected=Expected(text="Wednesday"),
            ),
        ),
        claimed(
            "conversion",
            Finding(
                claim=Claim(span=span_of(LAKE, "12 miles (19 km"), figures=(miles, km)),
                verdict=Verdict.SUPPORTED,
                message="12 miles is 19.3 kilometers.",
                working="12 mi x 1.609344 = 19.31 km; 19 fits.",
                expected=Expected(value=19.312, unit="kilometer"),
            ),
        ),
        claimed(
            "rank",
            Finding(
                claim=Claim(span=span_of(LAKE, "Port Alder, the third largest town in Veridia"), figures=(rank,)),
                verdict=Verdict.REFUTED,
                message="Port Alder is the second largest town in Veridia by population.",
                working="By population: Great Sorrel 81,200; Port Alder 44,120; Mull 43,900.",
                expected=Expected(text="second"),
                suggestions=("second largest",),
                evidence=(
                    Fact(
                        table="facts",
                        entity_id="x:1",
                        entity="Port Alder",
                        attribute="population",
                        value=44120,
                        unit=None,
                        source="veridia_census",
                        as_of="2021",
                        qualifier="city",
                    ),
                    Fact(
                        table="facts",
                        entity_id="x:2",
                        entity="Mull",
                        attribute="population",
                        value=43900,
                        unit=None,
                        source="veridia_census",
                        as_of="2021",
                    ),
                ),
            ),
        ),
        claimed(
            "distance",
            Finding(
                claim=Claim(span=span_of(LAKE, "lies 40 km north of it"), figures=(north,)),
                verdict=Verdict.NOT_ENOUGH_INFO,
                message="It is not clear what it lies north of.",
            ),
        ),
        claimed(
            "conversion",
            Finding(
                claim=Claim(span=span_of(LAKE, "3 meters (30 feet"), figures=(meters, feet)),
                verdict=Verdict.REFUTED,
                message="3 meters is 9.8 feet, not 30.",
                working="3 m x 3.28084 = 9.84 ft; 30 is 204.8% more.",
                slip="a decimal point lost",
                expected=Expected(value=9.84252, unit="foot"),
                suggestions=("10 feet",),
            ),
        ),
    )
    figures = (area, area_miles, weekday, year, miles, km, rank, north, meters, feet, age, people)
    nothing = "Nothing in the copy or the tables to check it against."
    unclear = "It is not clear what it lies north of."
    return Report(
        document=Document(
            text=LAKE,
            path=path,
            sha256=hashlib.sha256(LAKE.encode()).hexdigest(),
            published=date(2025, 3, 5),
            published_from="dateline",
            headline="Salt lake gives back a drowned road",
            dateline="PORT ALDER, Veridia, March 5",
        ),
        figures=figures,
        claims=claims,
        notes=("The tables know no town of the name Sorrel.",),
        why_unchecked=(None, None, None, nothing, None, None, None, unclear, None, None, nothing, nothing),
    )


def ferry_report(path: str = "copy/ferry.txt") -> Report:
    """A story in which nothing is flagged and nothing could be decided."""
    figures = (
        figure(FERRY, "400 passengers", "count", "400", None, counts="passengers"),
        figure(FERRY, "60 cars", "count", "60", None, counts="cars"),
        figure(FERRY, "12 crowns", "money", "12", "SEK"),
        figure(FERRY, "1.40 euros", "money", "1.40", "EUR"),
    )
    return Report(
        document=Document(text=FERRY, path=path, sha256=hashlib.sha256(FERRY.encode()).hexdigest()),
        figures=figures,
        notes=("No date of publication: checks that need one were left out.",),
        why_unchecked=("Nothing in the copy or the tables to check it against.",) * 4,
    )


def unreadable_report(path: str = "copy/broken.docx") -> Report:
    """A document that could not be read."""
    return Report(
        document=Document(text="", path=path, format="docx"),
        error="This is not a Word file: the zip archive ends early.",
    )


def run_of(*reports: Report) -> dict[str, Any]:
    """The run of these reports, with fixed versions."""
    return run_entry(reports, version="0.1.0", tables_version="2026.11", tables_as_of="2026-11-22")


def texts_of(*reports: Report) -> dict[str, str]:
    return {report.document.path: report.document.text for report in reports if report.document.path}


def three() -> tuple[dict[str, Any], dict[str, str]]:
    """The run of all three stories, and their texts."""
    reports = (lake_report(), ferry_report(), unreadable_report())
    return run_of(*reports), texts_of(*reports)


HOSTILE = (
    "<script>document.title='owned'</script> <img src=x onerror=alert(1)> "
    "</p></article></main><style>*{display:none}</style> {{ 7*7 }} {% raw %}\n"
    "\x1b[31mred\x1b]0;title\x07 \u202egnirts desrever\u202c \u2066iso\u2069 \x00\x9b2J 5 miles\t(99 km) "
    "::error::x ##[add-path]y "
    "& \"quoted\" 'single' `tick` | pipe @somebody http://evil.example ]]> --> %0A "
    "\ud800 \U0001f6a2 \u6e56\u6c34 =1+1\r\n"
)


def hostile_report(path: str = 'copy/<b>\x1b[2J&\u202eevil".txt') -> Report:
    """A story whose every field tries to get out of its place."""
    miles = figure(HOSTILE, "5 miles", "length", "5", "mile")
    km = figure(HOSTILE, "99 km", "length", "99", "kilometer")
    return Report(
        document=Document(text=HOSTILE, path=path, headline="=cmd|' /C calc'!A0 <svg onload=alert(2)>\u202e"),
        figures=(miles, km),
        claims=(
            claimed(
                "conversion",
                Finding(
                    claim=Claim(span=span_of(HOSTILE, "5 miles\t(99 km"), figures=(miles, km)),
                    verdict=Verdict.REFUTED,
                    message="5 miles is 8 km, not <img src=x onerror=alert(3)>\n::error::hit \x1b[5m\u202e.",
                    working="</td></table><script>alert(4)</script>",
                    slip="javascript:alert(5)",
                    expected=Expected(value=8.04672, unit="kilometer"),
                    suggestions=("8 km</dd><script>alert(6)</script>", '=HYPERLINK("http://evil")'),
                ),
            ),
        ),
        notes=("<iframe src=//evil></iframe>",),
        why_unchecked=(None, None),
    )

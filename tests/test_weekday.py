"""The check of weekdays: labelled sentences, and the calendar itself."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st
from labelled import cases

from checks.core.claims import DatedWeekday
from checks.core.model import Document, Finding, Verdict
from checks.core.story import Story
from checks.extract.calendar.dateline import dated
from checks.extract.calendar.dates import find_dates
from checks.extract.claims.weekdays import dated_weekdays
from checks.extract.reading import Reading
from checks.extract.segments import Segments
from checks.weekday import weekday

if TYPE_CHECKING:
    from checks.core.reference import Tables

CASES = cases("weekday")
NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]


def judged(text: str, published: date | None) -> list[Finding]:
    """The check's findings, read from the dates alone: no table has a say in it."""
    segments = Segments(text)
    document, _ = dated(Document(text=text, published=published), segments)
    figures = tuple(find_dates(text, segments, document.published))
    reading = Reading(document=document, segments=segments, figures=figures)
    story = Story(document, figures, cast("Tables", None), cast("Any", None))
    found = []
    for claim in dated_weekdays(reading):
        assert isinstance(claim, DatedWeekday)
        finding = weekday.judge(claim, story)
        assert finding is not None
        found.append(finding)
    return found


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:70])
def test_labelled(case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    findings = judged(case["text"], published)
    verdicts = case.get("verdicts") or [case["verdict"]] * len(case["spans"])
    if "none" in (case.get("verdict"), *verdicts):
        assert not findings
        return
    marked = [case["text"][start:end] for start, end in case["spans"]]
    for finding, verdict, (start, end) in zip(findings, verdicts, case["spans"], strict=True):
        assert finding.verdict.value == verdict, finding
        claimed = finding.claim.span
        assert start <= claimed.start < claimed.end <= end, (claimed.of(case["text"]), marked)
        assert finding.slip == case.get("slip")
        if case.get("suggestion"):
            assert finding.suggestions[0] == case["suggestion"]
        if finding.claim.in_quotation:
            assert finding.suggestions == ()


@given(day=st.dates(date(1924, 1, 1), date(2100, 12, 31)), said=st.integers(0, 6))
def test_with_a_year_the_calendar_decides(day: date, said: int) -> None:
    text = f"The dam was opened on {NAMES[said]}, {MONTHS[day.month - 1]} {day.day}, {day.year}, by the queen."
    (finding,) = judged(text, None)
    right = said == day.weekday()
    assert finding.verdict is (Verdict.SUPPORTED if right else Verdict.REFUTED)
    if not right:
        assert finding.suggestions[0].startswith(NAMES[day.weekday()])
        for suggestion in finding.suggestions:
            (again,) = judged(text.replace(finding.claim.span.of(text), suggestion), None)
            assert again.verdict is Verdict.SUPPORTED


@given(published=st.dates(date(1950, 1, 1), date(2090, 12, 31)), away=st.integers(-14, 14), said=st.integers(0, 6))
def test_close_to_the_story_the_year_is_its_own(published: date, away: int, said: int) -> None:
    day = published + timedelta(away)
    text = f"The pier was painted on {NAMES[said]}, {MONTHS[day.month - 1]} {day.day}, and locked."
    (finding,) = judged(text, published)
    if said == day.weekday():
        assert finding.verdict is Verdict.SUPPORTED
    elif (day.month, day.day) not in ((2, 29), (9, 11)):
        assert finding.verdict in (Verdict.REFUTED, Verdict.DOUBTFUL)

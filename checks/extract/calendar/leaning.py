"""Dates that lack their year: whether the words around them, or the chronology they stand in, look back or ahead."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.calendar.almanac import Lean, calendar_words, day_when, real_date

if TYPE_CHECKING:
    from datetime import date

    from checks.core.model import When
    from checks.extract.calendar.scan import Scan

# A "52-week high" of shares lies in the year that has passed.
_YEAR_BEHIND = lazy_pattern(r"\b(?:52|fifty-two)-week[^.;\n]{0,60}$|\b52-week (?:high|low)[^;\n]{0,30}$")
_THIS_PAST = lazy_pattern(r"\b[Tt]his past[ \n]$")
_PERHAPS = lazy_pattern(r"\b(?:may|might|can|could|if)\b[^.;:\n]{0,60}$")
# An entry of a chronology: "May 30 - Germany agrees", "* October 8: The bank cuts its rate".
_BEFORE_ENTRY = lazy_pattern(r"(?:^|\n|[.!?*\u2022][\"')]?[ \n]{1,2}|-- ?|\b[12]\d{3}[ \n,]{1,2})$")
_AFTER_ENTRY = lazy_pattern(r"[ \n]{0,2}(?:-{1,2}|:)[ \n]")
#: An entry's year follows from that of the one before it, where the two are no farther apart in the copy and in time.
_ENTRY_REACH, _ENTRY_STEP = 1500, 183
#: A list of dates that begins farther ahead than this is no calendar of what is to come, but a chronology.
_CALENDAR = 45
_OF_2001 = lazy_pattern(r"[ \n](?:terror(?:ist)?[ \n])?(?:attacks|hijack(?:ers|ings)|[Cc]ommission)\b")


def lean_of(scan: Scan, start: int, year: int | None) -> Lean:
    """Past or future for a date that lacks its year, by the words before it."""
    if year is not None:
        return None
    word = scan.word_before(start)
    if word in ("since", "last") or _THIS_PAST.search(scan.text[max(0, start - 11) : start]):
        return "past"
    if word == "next":
        return "future"
    if scan.told_at(start) or scan.since_before(start) or _YEAR_BEHIND.search(scan.text[max(0, start - 80) : start]):
        return "past"
    lean = scan.lean_before(start)
    return {"past": "told", "future": "ahead"}.get(lean or "", lean)  # type: ignore[return-value]


def day_lean(scan: Scan, start: int, end: int) -> Lean:
    """Where the words around a day without a year look: past or future, by the words before it.

    What the day is the end of, timetables and what is mostly told beforehand leave it open; the words behind it
    count where it begins its sentence.
    """
    lean = lean_of(scan, start, None)
    if lean in ("past", "future"):
        return lean
    word = scan.word_before(start)
    if word in calendar_words("up to"):
        # "asked for comments by April 7": what was told may have its end ahead.
        before = scan.lean_before(start, skip_last=True)
        return "ahead" if before == "future" or (before is None and word in ("until", "till")) else "open"
    if timed := scan.timetable_before(start):
        return timed
    if lean == "ahead":
        return lean
    if _PERHAPS.search(scan.text[max(0, start - 80) : start]) or scan.named_ahead(start, end):
        return "open"
    if lean is None and scan.begins_sentence(start):
        told_after = scan.lean(start, end)
        lean = {"past": "told", "future": "ahead"}.get(told_after or "", told_after)  # type: ignore[assignment]
    return lean


def _is_entry(scan: Scan, start: int, end: int) -> bool:
    return (
        _AFTER_ENTRY.match(scan.text, end) is not None
        and _BEFORE_ENTRY.search(scan.text[max(0, start - 8) : start]) is not None
    )


def day_of(scan: Scan, start: int, end: int, year: int | None, month: int, day: int) -> When:
    """The reading of one day; without a year by the chronology that it stands in, or by the words around it."""
    if year is None and (month, day) == (9, 11) and _OF_2001.match(scan.text, end) and not scan.holds("Benghazi"):
        # Copy names these attacks without their year; those of the same day in 2012 it places in Benghazi.
        return replace(day_when(2001, month, day, scan.today), year=None, year_given=False)
    if scan.today is None:
        return day_when(year, month, day, None)
    if not _is_entry(scan, start, end):
        return day_when(year, month, day, scan.today, None if year is not None else day_lean(scan, start, end))
    if year is not None:
        when = day_when(year, month, day, scan.today)
        scan.entry = (start, when.start) if when.start else None
        return when
    found = _next_entry(scan, start, month, day)
    if found is None:
        when = day_when(None, month, day, scan.today, "told")
        if when.start and (when.start - scan.today).days > _CALENDAR:
            when = day_when(None, month, day, scan.today, "past")
        scan.entry = (start, when.start) if when.start else None
        return when
    scan.entry = (start, found)
    return replace(day_when(None, month, day, scan.today), start=found, end=found, edtf=found.isoformat())


def _next_entry(scan: Scan, start: int, month: int, day: int) -> date | None:
    """The day of an entry by the year that stands right before it, or by the entry before."""
    before = scan.found[-1] if scan.found else None
    if before and before.kind == "year" and before.value and not scan.text[before.end : start].strip(" ,\n"):
        return real_date(int(before.value), month, day)
    if scan.entry is None or start - scan.entry[0] > _ENTRY_REACH:
        return None
    last = scan.entry[1]
    days = (real_date(last.year + step, month, day) for step in (0, 1))
    return next((found for found in days if found and 0 <= (found - last).days <= _ENTRY_STEP), None)

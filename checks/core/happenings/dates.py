"""Dates of rows against dates of copy: whether they agree, and how far they lie apart."""

from __future__ import annotations

import calendar
import re
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from checks.core.happenings.words import MONTHS
from checks.core.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.core.event_words import EventClass
    from checks.core.model import When
    from checks.core.reference import Event
    from checks.core.story import Story

#: Wars without an end in the tables go on, if they are recent; of older ones nobody noted the end.
_STILL_GOING_SINCE = 2010
_DOUBT_DATE = lazy_pattern(
    r"(?P<days>\d[\d ,/-]*(?:(?:or|to|and) \d[\d /-]*)?)?\b(?P<month>" + "|".join(calendar.month_name[1:]) + r")\b"
    r"(?: (?P<year>\d{4}))?|\b(?P<alone>\d{4})\b"
)


def as_past(when: When | None, story: Story) -> When | None:
    """The date as that of something that has happened: "Feb. 24" in September is this year's, never the next."""
    if when is None or when.start is None or when.end is None:
        return when
    if when.month is None:
        return replace(when, year_given=True)
    if not when.year_given and story.published and when.start > story.published:
        year = when.start.year - 1
        return replace(when, start=_in_year(when.start, year), end=_in_year(when.end, year))
    return when


def year_of(iso: str) -> int:
    """The year of an ISO date, negative before our era."""
    return int(iso[:5] if iso.startswith("-") else iso[:4])


def _interval(iso: str, precision: str) -> tuple[date, date] | None:
    """The days that an ISO date of the tables stands for."""
    if iso.startswith("-") or not iso[:4].isdigit() or int(iso[:4]) < 1:
        return None
    year = int(iso[:4])
    if len(iso) < 7 or precision == "year" or (precision == "day_or_year" and iso[5:] == "01-01"):
        return date(year, 1, 1), date(year, 12, 31)
    month = int(iso[5:7])
    if len(iso) < 10 or precision == "month" or (precision == "day_or_month" and iso[8:] == "01"):
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date(year, month, int(iso[8:10]))
    return (day, day) if precision != "week" else (day - timedelta(days=7), day + timedelta(days=7))


def agrees(row: Event, when: When, role: str, known: EventClass) -> bool:
    """Whether the copy's date is that of the row, by its dates, its span or what its doubt allows."""
    start = _interval(row.start, row.precision)
    if not when.year_given and row.precision == "year":
        return False
    end = _interval(row.end, row.precision) if row.end else None
    if start is None:
        return False
    meant = [start]
    if role == "end" and end:
        meant = [end]
    elif role == "any" and end:
        lasts = known.lasts or (end[1] - start[0]).days <= 62
        meant = [(start[0], end[1])] if lasts else [start, end]
    elif role == "any" and known.name == "war" and row.kind == "war" and start[0].year >= _STILL_GOING_SINCE:
        meant = [(start[0], date.max)]
    meant.extend(_doubts(row, role))
    return any(_meets(span, when) for span in meant)


def _meets(span: tuple[date, date], when: When) -> bool:
    if when.start is None or when.end is None:
        return False
    if when.start <= span[1] and span[0] <= when.end:
        return True
    if when.year_given:
        return False
    for year in range(span[0].year, min(span[1].year, span[0].year + 2) + 1):
        start, end = _in_year(when.start, year), _in_year(when.end, year)
        if start <= span[1] and span[0] <= end:
            return True
    return False


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _doubts(row: Event, role: str) -> Iterator[tuple[date, date]]:
    """Other dates that sources give for that side of the event, as the doubt of the row words them."""
    for part in (row.doubt or "").split(";"):
        side = part.split()[0] if part.strip() else ""
        if {side, role} == {"start", "end"}:
            continue
        years = [int(year) for year in re.findall(r"\b[12]\d{3}\b", part)]
        usual = years[-1] if years else year_of(row.end) if side == "end" and row.end else year_of(row.start)
        yield from _dates_in(part, usual)


def _dates_in(words: str, usual: int) -> Iterator[tuple[date, date]]:
    for match in _DOUBT_DATE.finditer(words):
        if match["alone"]:
            yield date(int(match["alone"]), 1, 1), date(int(match["alone"]), 12, 31)
            continue
        month, of = MONTHS[match["month"].casefold()], int(match["year"] or usual)
        length = calendar.monthrange(of, month)[1]
        days = [int(day) for day in re.findall(r"\d+", match["days"] or "")]
        if not days:
            yield date(of, month, 1), date(of, month, length)
        yield from ((date(of, month, day), date(of, month, day)) for day in days if 0 < day <= length)


def serving(row: Event, when: When) -> bool:
    """Whether the date lies within a term of office."""
    start, end = _interval(row.start, row.precision), _interval(row.end or "9999", row.precision)
    return bool(start and end and when.start and start[0] <= when.start <= end[1])


def negotiated(row: Event, when: When) -> bool:
    """Whether the date lies in the year before an agreement was signed."""
    span = _interval(row.start, row.precision)
    return bool(span and when.end and timedelta(0) < span[0] - when.end <= timedelta(days=400))


def lately(row: Event, story: Story) -> bool:
    """Whether the event lies in the twelve months before the story, where a date without a year is looked for."""
    span = _interval(row.start, row.precision)
    published = story.published
    return bool(span and published and timedelta(0) <= published - span[0] <= timedelta(days=366))


def years_apart(row: Event, when: When) -> int:
    """How many years lie between the copy's date and the nearer end of the event."""
    years = [year_of(row.start), *([year_of(row.end)] if row.end else [])]
    return min(abs(year - (when.start.year if when.start else year)) for year in years)


def days_apart(row: Event, when: When) -> int:
    """How many days lie between the copy's date and the nearer end of the event."""
    spans = [_interval(iso, row.precision) for iso in (row.start, row.end) if iso]
    gaps = [
        max((span[0] - when.end).days, (when.start - span[1]).days, 0)
        for span in spans
        if span and when.start and when.end
    ]
    return min(gaps, default=10_000)


def right_date(row: Event, role: str) -> str:
    """The date that the copy should have, as precise as the tables have it."""
    iso = row.end if role == "end" and row.end else row.start
    return iso[:7] if row.precision == "month" else iso

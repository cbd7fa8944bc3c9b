"""Weekdays that the copy puts to a date: "Tuesday, Sept. 13", "Sept. 13, a Tuesday", a dateline and its lede."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.claims import DatedWeekday
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Claim, Figure, Span
from checks.extract.calendar.dateline import date_of, dateline_in
from checks.extract.calendar.pairing import date_first, weekday_first
from checks.extract.calendar.smooth import smooth

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.extract.reading import Reading

#: How far into its paragraph a lede tells the day on which its news was told.
_LEDE = 600
_FARTHEST = 32
# "said on Tuesday", "told Reuters late on Monday", "reported Friday": the day of the telling, in the past tense.
_TOLD = lazy_pattern(
    r"\b(?:said|told|[a-z]{3,14}ed|won|held|began|met|took|rose|fell|hit|made|killed|left|struck|shot|won)"
    r"(?: [A-Za-z']{1,15}){0,4}? (?:(?:late|early) )?(?:on )?$"
)
_AHEAD = lazy_pattern(
    r"\b(?:will|would|to be|expected|due|scheduled|set|by|until|before|than|after|since|from)(?: [a-z]{1,12}){0,4} $"
)
# "Thirty years ago on Saturday, on November 9, 1989": the weekday is the story's, on which the years are full.
_ANNIVERSARY = lazy_pattern(r"\b(?:ago|earlier)(?: to the day)?,? (?:on |this |last |next |come |yesterday,? )?$")
# "Monday to Wednesday, Sept. 23-25": the first weekday of a run belongs to the first day.
_RUN = lazy_pattern(r"\.?[ \n]?(?:-|to|and|through|/|,)[ \n]?")


def dated_weekdays(reading: Reading) -> Iterator[Claim]:
    """Every weekday that stands beside a date, and the lede's weekday beside the dateline's date."""
    figures = [figure for figure in reading.figures if figure.kind in ("weekday", "date")]
    paired: set[int] = set()
    for at in range(len(figures) - 1):
        first, second = figures[at], figures[at + 1]
        if first.kind == second.kind or second.span.start - first.span.end > _FARTHEST:
            continue
        between, _ = smooth(reading.text[first.span.end : second.span.start])
        behind = reading.text[second.span.end : second.span.end + 1]
        if first.kind == "weekday":
            day, joined = second, weekday_first(first.text, between)
            weekday = _first_of_run(reading.text, figures, at) if _is_run(second) else first
        else:
            day, weekday, joined = first, second, date_first(between, behind)
        if joined and id(first) not in paired and _names_a_day(weekday) and _is_day(day):
            if _ANNIVERSARY.search(smooth(reading.text[max(0, weekday.span.start - 40) : weekday.span.start])[0]):
                continue
            paired |= {id(first), id(second), id(weekday)}
            start, end = min(weekday.span.start, first.span.start), second.span.end
            yield DatedWeekday(span=Span(start, end), figures=(weekday, day), weekday=weekday, date=day)
    yield from _of_dateline(reading, paired)


def _names_a_day(weekday: Figure) -> bool:
    """Whether one day is meant; "Mondays" are many."""
    return weekday.when is not None and not weekday.text.lower().endswith("days")


def _is_day(day: Figure) -> bool:
    when = day.when
    return (
        when is not None
        and when.precision == "day"
        and when.day is not None
        and (when.month is not None or when.start is not None)
    )


def _is_run(day: Figure) -> bool:
    """Whether the date is a run of days: "Sept. 23-25"."""
    edtf = day.when.edtf if day.when else None
    return edtf is not None and ("/" in edtf or "{" in edtf)


def _first_of_run(text: str, figures: list[Figure], at: int) -> Figure:
    """The first of the weekdays that lead up to a run of days: "Monday through Wednesday, Sept. 23-25"."""
    first = figures[at]
    if at:
        earlier = figures[at - 1]
        between, _ = smooth(text[earlier.span.end : first.span.start])
        if earlier.kind == "weekday" and _RUN.fullmatch(between):
            return earlier
    return first


def _of_dateline(reading: Reading, paired: set[int]) -> Iterator[DatedWeekday]:
    """The date of the dateline with the weekday on which the lede says that its news was told."""
    found = dateline_in(reading.segments)
    if found is None or date_of(found[1]) is None:
        return
    span = found[0]
    day = next((figure for figure in reading.figures_in(span) if figure.kind == "date" and _is_day(figure)), None)
    if day is None or _is_run(day):
        return
    paragraph = reading.segments.paragraph(span.start)
    lede = Span(span.end, min(paragraph.end, span.end + _LEDE))
    weekday = next((figure for figure in reading.figures_in(lede) if figure.kind == "weekday"), None)
    if (
        weekday is None
        or id(weekday) in paired
        or not _names_a_day(weekday)
        or weekday.text[0].islower()
        or " " in weekday.text
    ):
        return
    before, _ = smooth(reading.text[max(span.end, weekday.span.start - 60) : weekday.span.start])
    if _TOLD.search(before) and not _AHEAD.search(before):
        yield DatedWeekday(
            span=Span(day.span.start, weekday.span.end),
            figures=(weekday, day),
            weekday=weekday,
            date=day,
            form="dateline",
        )

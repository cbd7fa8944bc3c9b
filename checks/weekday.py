"""The check of weekdays against dates."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from checks.core.claims import DatedWeekday
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Expected, Finding, Verdict
from checks.core.registry import check

if TYPE_CHECKING:
    from checks.core.story import Story

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SHORT = ("Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec.")
#: Days between a date without a year and the story within which its year is hardly in doubt; and farther.
_CLOSE, _NEAR = 14, 60
#: So many captions that fit show that a page's pictures are of the story's own time.
_ENOUGH = 3
#: Characters around a date in which a year named may be the date's own.
_BESIDE = 220
#: Before this year the calendar in use depends on the country.
_GREGORIAN, _SINCE_ALL_AGREE = 1753, 1924
# Pictures with their captions stay in a page for years while its date stays, or the other way round.
_GALLERY = lazy_pattern(r"\bCaption \d{1,3} of \d{1,3}\b|\bHide Caption\b|\bPhotos: [A-Z]")
#: Days that copy names without their year, ever since.
_KNOWN_WITHOUT_YEAR = {(9, 11): 2001}
_AHEAD = lazy_pattern(r"\b(?:will|would|shall|due|scheduled|expected|next|until|plans? to|to be)\b")
_CLAUSE_END = lazy_pattern(
    r"[;:()\u2013\u2014]| --? |,? (?:and|but|or|while|whereas|though|although|when|where|who|which|that|because|so)\b"
)
_SENTENCE_END = lazy_pattern(r"[.!?][\"'”’)]? +[\"'“‘(]?[A-Z]|\n")


@check(reads=DatedWeekday)
def weekday(claim: DatedWeekday, story: Story) -> Finding | None:
    """A weekday must be that of the date beside it.

    Readers plan by the weekday and look back by the date; where the two differ, one of them is wrong and nobody
    can tell which. So both corrections are offered.

    With a year the calendar decides. Without one, the year that puts the date nearest to the story is taken, and
    nothing is called wrong where another year is likely: a year named near by, an anniversary, an old caption in
    a gallery. A dateline's date is held against the weekday on which the lede says that its news was told; the
    day before is ordinary there, since copy is filed after midnight.

    Flags:
        The verdict was read on «Tuesday, May 8, 2019», in a full courtroom.
        [2024-03-05] The council meets again on Friday, March 15, the mayor said, and then on «Monday (March 19)».
        [2022-09-14] The ferry service starts on «Friday, 15 September», a week later than planned.
    Doubts:
        [2022-09-13] LISBON, Sept 13 (Reuters) - The port was closed by the storm, officials said on «Friday».
        [2016-01-11] The bridge was shut on «Friday, January 9», for repairs.
    Passes:
        The verdict was read on «Wednesday, May 8, 2019», in a full courtroom.
        [2022-09-13] The fair opens on «Saturday, Sept. 24», and ends a week later.
        [2022-09-13] LISBON, Sept 13 (Reuters) - The port was closed by the storm, officials said on «Tuesday».
    """
    said = claim.weekday.when
    when = claim.date.when
    if said is None or said.weekday is None or when is None:
        return None
    if claim.form == "dateline" and (today := story.published or when.start):
        return _dateline(claim, story, said.weekday, today)
    if when.year_given:
        return _with_year(claim, story, said.weekday)
    if story.published is None:
        return _open(claim, "Neither the date nor the copy has a year, so the weekday cannot be told.")
    return _without_year(claim, story, said.weekday, story.published)


@dataclass(frozen=True, slots=True)
class _Slip:
    """A kind of mistake that makes both weekday and date right somewhere else in the calendar."""

    name: str
    day: date


def _with_year(claim: DatedWeekday, story: Story, weekday: int) -> Finding:
    when = claim.date.when
    first = when.start if when else None
    last = (when.end if when else None) or first
    if when is None or first is None or last is None:
        return _open(claim, f"“{claim.date.text}” is no date of the calendar, so it has no weekday.")
    if first.year < _GREGORIAN:
        return _open(claim, "The calendar of that time depends on the country.")
    if fitting := _fits(first, last, weekday):
        return _right(claim, fitting, story)
    verdict = Verdict.REFUTED if first.year >= _SINCE_ALL_AGREE else Verdict.DOUBTFUL
    return _wrong(claim, story, first, weekday, verdict)


def _without_year(claim: DatedWeekday, story: Story, weekday: int, today: date) -> Finding:
    when = claim.date.when
    near = _nearest(claim, today)
    if when is None or near is None:
        return _open(claim, f"“{claim.date.text}” is no date in the years around the story.")
    length = (when.end - when.start) if when.start and when.end else timedelta(0)
    for first in dict.fromkeys(day for day in (near, when.start) if day):
        if fitting := _fits(first, first + length, weekday):
            return _right(claim, fitting, story, f"taking the date as the one of {fitting.year}")
    year = _KNOWN_WITHOUT_YEAR.get((near.month, near.day))
    if year and (known := _in_year(near, year)) and known.weekday() == weekday and known < near:
        return _right(claim, known, story, f"taking the date as the one of {year}")
    clause, sentence, anywhere = _years_named(claim, story)
    for year in sorted(clause - {near.year}):
        if (other := _in_year(near, year)) and other.weekday() == weekday:
            return _right(claim, other, story, f"taking the date as one of {year}, which the copy names before it")
    gallery = _GALLERY.search(story.text) is not None
    if gallery and not _of_one_year(claim, story, today):
        return _open(claim, "The page holds picture captions of other times, so the date's year is open.")
    if any(year < min(near.year, today.year) for year in sentence):
        return _open(claim, "The sentence speaks of another year, so the date's year is open.")
    ahead = near > today and _AHEAD.search(story.text[max(0, claim.span.start - 100) : claim.span.start]) is not None
    others = {near.year + step for step in ((1,) if ahead else (-2, -1, 1, 2))} | {
        year for year in anywhere if year < near.year and not ahead
    }
    fits = sorted(year for year in others if (other := _in_year(near, year)) and other.weekday() == weekday)
    away = abs((near - today).days)
    if when.month is None or (gallery and away <= _CLOSE):
        fits, certain = [], False
    elif away <= _CLOSE:
        certain = not any(year < near.year - 2 or year == near.year - 1 for year in fits)
        fits = []
    else:
        certain = away <= _NEAR and not fits
    years = ", ".join(str(year) for year in fits)
    # Undated captions and chapters of history fit another year; what is announced can only be of the coming one.
    if fits and (away > _NEAR or not ahead):
        return _open(claim, f"The weekday does not fit {near.year} but fits {years}, and the copy gives no year.")
    found = _wrong(claim, story, near, weekday, Verdict.REFUTED if certain else Verdict.DOUBTFUL)
    if fits:
        return replace(found, working=f"{found.working[:-1]}; it fits {years}, which the copy does not say.")
    return found


def _dateline(claim: DatedWeekday, story: Story, weekday: int, today: date) -> Finding:
    near = _nearest(claim, today)
    if near is None:
        return _open(claim, f"“{claim.date.text}” is no date in the years around the story.")
    if near > today + timedelta(1):
        late = f"The dateline's date, {_long(near)}, is later than the story's own, {_long(today)}."
        return Finding(claim=claim, verdict=Verdict.DOUBTFUL, message=late, working=_calendar(near, today))
    if near.weekday() == weekday:
        return _right(claim, near, story)
    if near > today:
        late = f"The dateline's date, {_long(near)}, is a day later than the story's own, {_long(today)}."
        return Finding(claim=claim, verdict=Verdict.DOUBTFUL, message=late, working=_calendar(near, today))
    before = near - timedelta(1)
    if before.weekday() == weekday:
        return Finding(
            claim=claim,
            verdict=Verdict.SUPPORTED,
            message=f"{_long(before)} was a {_DAYS[weekday]}, the day before the dateline's.",
            working=f"{_calendar(near, today)}; copy filed after midnight tells of the day before.",
        )
    return _wrong(claim, story, near, weekday, Verdict.DOUBTFUL)


def _of_one_year(claim: DatedWeekday, story: Story, today: date) -> bool:
    """Whether the other weekdays with dates on a page of captions all fit the years around the story."""
    fits = 0
    pairs = zip(story.figures, story.figures[1:], strict=False)
    for first, second in pairs:
        if first.kind != "weekday" or second.kind != "date" or second.span.start - first.span.end > 2:
            continue
        said, when = first.when, second.when
        if second is claim.date or said is None or when is None or when.month is None or when.year_given:
            continue
        near = when.start if when.start and abs((when.start - today).days) <= 183 else None
        if near is None or near.weekday() != said.weekday:
            return False
        fits += 1
    return fits >= _ENOUGH


def _nearest(claim: DatedWeekday, today: date) -> date | None:
    """The date's day in the year that puts it nearest to the story."""
    when = claim.date.when
    if when is None or when.day is None:
        return None
    if when.month is None or when.year_given:
        return when.start
    days = []
    for year in (today.year - 1, today.year, today.year + 1):
        try:
            days.append(date(year, when.month, when.day))
        except ValueError:
            continue
    return min(days, key=lambda day: abs((day - today).days), default=None)


def _in_year(day: date, year: int) -> date | None:
    try:
        return day.replace(year=year)
    except ValueError:
        return None


def _fits(first: date, last: date, weekday: int) -> date | None:
    """The end of the run of days that has the weekday, if one has."""
    return next((day for day in (first, last) if day.weekday() == weekday), None)


def _years_named(claim: DatedWeekday, story: Story) -> tuple[set[int], set[int], set[int]]:
    """The years that the copy names before the date in its own clause, in its sentence, and anywhere."""
    clause: set[int] = set()
    sentence: set[int] = set()
    anywhere: set[int] = set()
    for figure in story.figures:
        when = figure.when
        if when is None or not when.year_given or when.year is None or figure is claim.date:
            continue
        anywhere.add(when.year)
        before, after = figure.span.end <= claim.span.start, figure.span.start >= claim.span.end
        between = (
            story.text[figure.span.end : claim.span.start] if before else story.text[claim.span.end : figure.span.start]
        )
        if (before or after) and len(between) <= _BESIDE and not _SENTENCE_END.search(between):
            sentence.add(when.year)
            if before and not _CLAUSE_END.search(between):
                clause.add(when.year)
    return clause, sentence, anywhere


def _right(claim: DatedWeekday, day: date, story: Story, reading: str = "") -> Finding:
    working = _calendar(day, story.published)
    return Finding(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        message=f"{working}.",
        working=f"{working}, {reading}." if reading else f"{working}.",
    )


def _open(claim: DatedWeekday, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)


def _wrong(claim: DatedWeekday, story: Story, day: date, weekday: int, verdict: Verdict) -> Finding:
    slip = _slip(day, weekday, story.published)
    is_right = _DAYS[day.weekday()]
    working = _calendar(day, story.published)
    if slip:
        working += f"; {_calendar(slip.day, story.published)}"
    others = [near for step in range(-3, 4) if (near := day + timedelta(step)).weekday() == weekday]
    if slip and slip.name == "month slip":
        others.insert(0, slip.day)
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{working.partition(';')[0]}, not a {_DAYS[weekday]}.",
        working=f"{working}.",
        slip=slip.name if slip else None,
        expected=Expected(text=is_right),
        suggestions=() if claim.in_quotation else _wordings(claim, story, is_right, day, others),
    )


def _slip(day: date, weekday: int, today: date | None) -> _Slip | None:
    """The page of the calendar that the weekday was read from, where one is likely."""
    if today is None or abs((day - today).days) > 400:
        return None  # of old dates nobody has the wrong year's calendar at hand
    last_year, next_year = _in_year(day, day.year - 1), _in_year(day, day.year + 1)
    if last_year and last_year.weekday() == weekday:
        january = 1 in (day.month, today.month)
        return _Slip("January-year slip" if january else "last year's calendar", last_year)
    for step in (-1, 1):
        month = day.month + step
        try:
            other = date(day.year + (month - 1) // 12, (month - 1) % 12 + 1, day.day)
        except ValueError:
            continue
        # The other month is the likelier one only where it lies nearer to the story.
        if other.weekday() == weekday and abs((other - today).days) < abs((day - today).days):
            return _Slip("month slip", other)
    if next_year and next_year.weekday() == weekday and 12 in (day.month, today.month):
        return _Slip("next year's calendar", next_year)
    return None


def _wordings(claim: DatedWeekday, story: Story, weekday: str, day: date, others: list[date]) -> tuple[str, ...]:
    """The copy with the weekday put right, and with the date put right instead."""
    name = next(
        (
            part
            for part in re.findall(r"[A-Za-z]+", claim.weekday.text)
            if part[:3].capitalize() in {d[:3] for d in _DAYS}
        ),
        None,
    )
    if claim.form == "dateline" or name is None:
        return (weekday,)
    written = weekday.upper() if name.isupper() else weekday
    if name.rstrip("s") not in _DAYS and not name.isupper():
        written = weekday[:3]
    start, end = claim.span
    text = story.text[start:end]
    at = claim.weekday.span.start - start
    at = text.find(name, max(at, 0))
    with_day = text[:at] + written + text[at + len(name) :] if at >= 0 else weekday
    begin, end = claim.date.span.start - start, claim.date.span.end - start
    redated = [dated for other in others if (dated := _redated(claim.date.text, day, other))]
    return with_day, *(text[:begin] + dated + text[end:] for dated in redated)


def _redated(written: str, day: date, other: date) -> str | None:
    """The date as the copy writes it, moved to another day; None where it is a run of days or numbers only."""
    numbers = re.findall(r"\d+", written)
    if not numbers or sum(len(number) <= 2 for number in numbers) != 1 or re.search(r"\d[/.-]\d", written):
        return None
    small = next(number for number in numbers if len(number) <= 2)
    moved = re.sub(
        rf"(?<!\d){small}(?!\d)(?:st|nd|rd|th)?", lambda found: _numbered(other.day, found[0]), written, count=1
    )
    if other.month != day.month:
        moved = re.sub(
            r"(?!st\b|nd\b|rd\b|th\b|of\b|the\b|day\b)\b[A-Z][a-z]{2,8}\b\.?",
            lambda found: _month_like(other.month, found[0]),
            moved,
            count=1,
        )
    if other.year != day.year:
        moved = moved.replace(str(day.year), str(other.year))
    return moved


def _numbered(day: int, like: str) -> str:
    if like[-1].isdigit():
        return str(day)
    ending = "th" if 10 <= day % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _month_like(month: int, like: str) -> str:
    if like in _MONTHS and not (like in _SHORT and len(like) <= 5):
        return _MONTHS[month - 1]
    if like.endswith("."):
        return _SHORT[month - 1]
    return _MONTHS[month - 1] if like in _MONTHS else _SHORT[month - 1].rstrip(".")


def _long(day: date) -> str:
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def _calendar(day: date, today: date | None) -> str:
    verb = "is" if today and day >= today else "was"
    return f"{_long(day)} {verb} a {_DAYS[day.weekday()]}"

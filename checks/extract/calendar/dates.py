"""Every date, weekday, time, year, age and duration in copy.

One pass over the words: a word or number that can belong to such a figure calls the reader for it, and nothing
else is looked at twice. Each reader looks a bounded way around, so that the time is linear in the copy's length.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Span, When
from checks.core.word_tree import any_of
from checks.extract.calendar import years
from checks.extract.calendar.almanac import (
    Holiday,
    Lean,
    calendar_words,
    day_when,
    holiday_when,
    holidays,
    months,
    moved,
    real_date,
    span_when,
    weekday_when,
    weekdays,
)
from checks.extract.calendar.clock import named_hour, time_of_day
from checks.extract.calendar.dateline import dated
from checks.extract.calendar.dayforms import month_word
from checks.extract.calendar.leaning import day_lean
from checks.extract.calendar.numeric_dates import numeric_date
from checks.extract.calendar.pairing import date_first, weekday_first
from checks.extract.calendar.scan import GAP, Found, Scan
from checks.extract.calendar.smooth import smooth
from checks.extract.calendar.stretches import age_after, aged, comma_age, in_their_tens, unit_word

if TYPE_CHECKING:
    from datetime import date

    from checks.extract.segments import Segments

__all__ = ["dated", "find_dates"]

_TOKEN = lazy_pattern(r"[0-9]+|[A-Za-z]+")
_LONGEST_NUMBER = 4


def find_dates(text: str, segments: Segments, published: date | None) -> list[Figure]:
    """All dates, weekdays, times, years, ages and durations in the text, in order.

    What the copy leaves out is filled in from the story's date; without one it stays open. Spans are those of
    the source, whatever spaces, dashes and leftovers of HTML stand inside them.
    """
    plain, offsets = smooth(text)
    scan = Scan(plain, published)
    triggers = _triggers()
    add = scan.add
    for start, end in _openings(plain):
        if start >= scan.floor:
            word = plain[start:end]
            reader = triggers.get(word) or (_number if len(word) <= _LONGEST_NUMBER else None)
            if reader and (found := reader(scan, start, end, word)):
                add(found)
    _settle_weekdays(scan)
    return _figures(text, scan.found, offsets, segments)


Reader = Callable[[Scan, int, int, str], Found | None]


@cache
def _triggers() -> dict[str, Reader]:
    """The reader that each word calls."""
    calls: dict[str, Reader] = {}
    for unit in calendar_words("unit"):
        calls[unit] = _unit  # "60 Minutes" and "48 Hours", with a capital, are programmes
    for word in ("week", "month", "year", "night"):
        calls[word] = _period
    for word in ("century", "centuries"):
        calls[word] = calls[word.capitalize()] = _century
    calls["quarter"] = calls["Quarter"] = lambda scan, start, end, _: years.quarter(scan, start, end)
    for word in calendar_words("season"):
        calls[word] = years.season
    for word in ("aged", "age", "ages", "Aged"):
        calls[word] = lambda scan, start, end, _: aged(scan, start, end)
    calls["noon"] = calls["midnight"] = lambda scan, start, end, _: named_hour(scan, start, end)
    calls["Q"] = calls["H"] = lambda scan, start, _end, _word: years.short_quarter(scan, start)
    for word in calendar_words("relative day"):
        calls[word] = _relative_day
    for role in ("month", "month or word", "short month"):
        for word in calendar_words(role):
            calls[word] = _month
    for role in ("weekday", "weekdays", "short weekday"):
        for word in calendar_words(role):
            calls[word] = _weekday
    for word in holidays():
        calls[word] = _holiday_or(calls.get(word))
    return calls


def _holiday_or(other: Reader | None) -> Reader:
    """A reader that tries the named days that begin with the word first."""

    def read(scan: Scan, start: int, end: int, word: str) -> Found | None:
        return _holiday(scan, start, word) or (other(scan, start, end, word) if other else None)

    return read


def _openings(text: str) -> Iterator[tuple[int, int]]:
    """Where the numbers and the words that call a reader begin and end, in order. Linear time."""
    for match in _spotting().finditer(" " + text):
        if match[1] is not None:
            yield match.start() - 1, match.end(1) - 1
        if match.lastindex != 1:
            start, end = match.span(match.lastindex or 0)
            yield start - 1, end - 1


@cache
def _spotting() -> re.Pattern[str]:
    """A run of digits with the word joined to it, or a word that calls a reader with the character before it.

    The search leaps from the end of a word to the end of the next, so that other words cost next to nothing.
    """
    word = f"{any_of(word for word in _triggers() if word.isalpha())}(?![A-Za-z])"
    return re.compile(rf"[^A-Za-z](?:(?<=[0-9])([0-9]*)({word})?|({word}))")


def _number(scan: Scan, start: int, end: int, word: str) -> Found | None:  # noqa: PLR0911 - a way out for each form
    """What a number of up to four digits is: year, decade, time, numeric date, age."""
    text = scan.text
    after = text[end : end + 1]
    size = len(word)
    if size == 4:
        if after == "s":
            return years.decade(scan, start, end)
        if after == "'" and word[3] == "0" and text[end : end + 2] == "'s" and _decade_led(scan, start):
            found = years.decade(scan, start, end)
            return found._replace(end=end + 2) if found else None
        if after in "-/." and (found := numeric_date(scan, start)):
            return found
        return (time_of_day(scan, start) if _timed(text, end) else None) or years.year_number(scan, start, end)
    if after == "%" or (size > 2 and not (size == 3 and word <= "115" and word[0] != "0")):
        return None
    if size == 3:
        return comma_age(scan, start, end) if text[start - 2 : start] == ", " else age_after(scan, start, end)
    if after in "/-." and after:
        if after == "/" and (found := numeric_date(scan, start) or years.slashed_day(scan, start)):
            return found
        if after != "/" and (found := numeric_date(scan, start)):
            return found
    if after == "s" and size == 2:
        return in_their_tens(scan, start, end) or years.decade(scan, start, end)
    if after in "QH" and after:
        return years.short_quarter(scan, start)
    if (after in ":.apAP- " or after == "\n") and after and (found := time_of_day(scan, start)):
        return found
    before = text[start - 2 : start]
    if before in (", ", ",\n"):
        return comma_age(scan, start, end)
    if before[1:] in (" ", "-", "\n"):
        return age_after(scan, start, end)
    return None


def _decade_led(scan: Scan, start: int) -> bool:
    return scan.word_before(start) in ("the", "early", "mid", "late")


def _timed(text: str, end: int) -> bool:
    return (
        text[end : end + 1] in ("Z", " ", "-")
        and end + 1 < len(text)
        and (text[end] == "Z" or text[end + 1].isupper() or text[end + 1] in "hlatu-")
    )


def _unit(scan: Scan, start: int, end: int, word: str) -> Found | None:
    unit = calendar_words("unit")[word.lower()]
    return unit_word(scan, start, end, unit)


def _period(scan: Scan, start: int, end: int, word: str) -> Found | None:
    return years.relative_period(scan, start, end, word) or (_unit(scan, start, end, word) if word != "night" else None)


def _century(scan: Scan, start: int, end: int, word: str) -> Found | None:
    return years.century(scan, start, end) or _unit(scan, start, end, word)


def _relative_day(scan: Scan, start: int, end: int, word: str) -> Found | None:
    if _decoy(scan, start, end, word) or not _alone(scan.text, start, end):
        return None
    day = moved(scan.today, int(calendar_words("relative day")[word])) if scan.today else None
    return Found(start, end, "date", span_when("day", day, day))


def _alone(text: str, start: int, end: int) -> bool:
    """Whether the word is no part of a longer one ("A-Today", an address on the web)."""
    return (
        text[start - 1 : start] not in ("@", "_", "/", ".")
        and text[end : end + 1] not in ("@", "_")
        and not (text[end : end + 1] == "." and text[end + 1 : end + 2].isalpha())
    )


def _month(scan: Scan, start: int, end: int, word: str) -> Found | None:
    text = scan.text
    if (text[start - 1 : start].isalnum() and not text[start - 1 : start].isascii()) or text[end : end + 1].isalpha():
        return None
    if _decoy(scan, start, end, word):
        return None
    return month_word(scan, start, end, word)


def _weekday(scan: Scan, start: int, end: int, word: str) -> Found | None:
    text = scan.text
    if (start and (text[start - 1].isalnum() or text[start - 1] in "@_/")) or text[end : end + 1].isalpha():
        return None
    if word in calendar_words("short weekday") and not _before_date(text, end):
        return None
    if _decoy(scan, start, end, word):
        return None
    number = weekdays()[word]
    if word in calendar_words("weekdays"):
        return Found(start, end, "weekday", When(precision="day", weekday=number))
    if _EVERY.search(text[max(0, start - 26) : start]):
        return Found(start, end, "weekday", When(precision="day", weekday=number))
    begin, lean, strictly = _which_one(scan, start, end)
    stop = end
    found = weekday_when(number, scan.today, lean, strictly=strictly)
    if text.startswith(" week", end) and text[end + 5 : end + 6] not in ("s", "e", "l", "-", "'"):
        ahead = weekday_when(number, scan.today, "future")
        day = moved(ahead.start, 7) if ahead.start else None
        found = replace(ahead, start=day, end=day, edtf=day.isoformat() if day else None)
        stop = end + 5
    the_day = re.compile(rf"{GAP}the{GAP}(\d{{1,2}})(?:st|nd|rd|th)\b(?! (?:of|anniversary|time|century|day))").match(
        text, end
    )
    if the_day and 1 <= int(the_day[1]) <= 31:
        scan.add(Found(begin, stop, "weekday", found))
        return _day_alone(scan, the_day.start(1), the_day.end(), int(the_day[1]), number)
    return Found(begin, stop, "weekday", found)


_SHORT_BEFORE_DATE = lazy_pattern(
    r"\.?,?[ \n]\(?(?:\d{1,2}(?:st|nd|rd|th)?[ -])?(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
    r"|\.?,? ?\d{1,2}/\d{1,2}/"
)


def _before_date(text: str, end: int) -> bool:
    """Whether a short weekday ("Sun", "Wed") has its date right behind it; else it is another word."""
    return _SHORT_BEFORE_DATE.match(text, end) is not None


# "every Monday", "each Monday or Tuesday": a habit, no day.
_EVERY = lazy_pattern(r"\b(?:[Ee]very|[Ee]ach)[ \n](?:[A-Z][a-z]{2,6}day[ \n](?:and|or)[ \n])?$")
_WHICH = lazy_pattern(r"(?<![\w-])(?:([Ll]ast|[Pp]ast|[Pp]revious|[Nn]ext|[Cc]oming|[Tt]his(?: past| coming)?))[ \n]$")


def _which_one(scan: Scan, start: int, end: int) -> tuple[int, Lean, bool]:
    """Where the figure begins ("last Friday"), whether it looks back or ahead, and past the story's own day."""
    which = _WHICH.search(scan.head(start, 14))
    if which is None:
        return start, scan.lean(start, end) if scan.today else None, False
    word = which[1].lower()
    begin = start - len(which.string) + which.start(1)
    if word in ("last", "past", "previous", "this past"):
        return begin, "past", True
    if word in ("next", "coming", "this coming"):
        return begin, "future", word == "next"
    lean = scan.lean(start, end)
    return begin, "past" if lean == "past" else "future", False


def _day_alone(scan: Scan, start: int, end: int, day: int, weekday: int) -> Found:
    """ "Tuesday the 13th": the 13th of the month that makes it that weekday and lies nearest."""
    near: list[date] = []
    if scan.today:
        for step in range(-3, 4):
            at = scan.today.year * 12 + scan.today.month - 1 + step
            if found := real_date(at // 12, at % 12 + 1, day):
                near.append(found)
    today = scan.today
    fits = [found for found in near if found.weekday() == weekday and today and abs((found - today).days) <= 45] or near
    best = min(fits, key=lambda found: abs((found - today).days), default=None) if today else None
    when = day_when(None, best.month, day, best) if best else When(precision="day", day=day)
    return Found(start, end, "date", replace(when, month=None))


@cache
def _decoys() -> dict[str, tuple[tuple[str, str], ...]]:
    """For each word of the calendar the names that it belongs to, as what stands before and behind it."""
    found: dict[str, list[tuple[str, str]]] = {}
    for phrase in calendar_words("no date"):
        for token in _TOKEN.finditer(phrase):
            if token[0] in weekdays() or token[0] in calendar_words("relative day") or token[0] in _month_words():
                found.setdefault(token[0], []).append((phrase[: token.start()], phrase[token.end() :]))
    return {word: tuple(names) for word, names in found.items()}


@cache
def _month_words() -> frozenset[str]:
    return frozenset(calendar_words("month")) | frozenset(calendar_words("month or word")) | {"Jan"}


def _decoy(scan: Scan, start: int, end: int, word: str) -> bool:
    """Whether the word is part of a name: "Sunday Times", "Sheffield Wednesday", "USA Today"."""
    text = scan.text
    return any(
        text.startswith(behind, end) and text.endswith(before, 0, start) for before, behind in _decoys().get(word, ())
    )


_HOLIDAY_YEAR = lazy_pattern(rf"(?:,?{GAP}(?:of{GAP}|in{GAP})?)([12]\d{{3}})(?![\w%]|[.,:]\d|[-/]\d)")


# "the D-Day landings", "the Boxing Day tsunami", "the Good Friday Agreement": the day is part of the event's name.
_WORDS_BEHIND = lazy_pattern(r"[ \n-]([A-Za-z]+)(?:[ \n-]([A-Za-z]+))?(?:[ \n-]([A-Za-z]+))?")
_DATED = lazy_pattern(
    r"(?:[ \n-][A-Za-z]+){1,3}[ \n](?:of|on)[ \n](?:the[ \n])?(?:\d{1,2}(?:st|nd|rd|th)?[ \n])?([A-Z][a-z]+)"
)
_LED_TO_A_DAY = frozenset(("on", "since", "until", "by", "before", "after", "from", "last", "this", "next"))


def _in_a_name(scan: Scan, start: int, end: int) -> bool:
    """Whether a named day only names something that is told of, whose own date stands elsewhere."""
    behind = _WORDS_BEHIND.match(scan.text, end)
    if behind is None or scan.word_before(start) in _LED_TO_A_DAY:
        return False
    words = [word.lower() for word in behind.groups() if word]
    if any(_names_an_event(word) for word in words[:2]):
        return True
    dated = _DATED.match(scan.text, end)
    return dated is not None and dated[1] in months()


def _names_an_event(word: str) -> bool:
    return any(
        word in calendar_words(role) or word.removesuffix("s") in calendar_words(role)
        for role in ("event", "named after a day")
    )


def _holiday(scan: Scan, start: int, word: str) -> Found | None:
    text = scan.text
    named = next((day for day in holidays()[word] if text.startswith(day.name, start)), None)
    if named is None or named.name == "9/11":
        return None
    end = start + len(named.name)
    if text[end : end + 1].isalnum() or text[start - 1 : start].isalnum():
        return None
    year = _HOLIDAY_YEAR.match(text, end)
    if year and scan.word_after(year.end()) in calendar_words("counted"):
        year = None
    if year is None and _in_a_name(scan, start, end):
        scan.floor = max(scan.floor, end)
        return None
    led = scan.word_before(start)
    if year is None and not named.alone and led not in ("last", "this", "next"):
        return None
    begin = start
    lean: Lean = None
    if year is None and led in ("last", "next", "this"):
        at = scan.head(start, 6).lower().find(led)
        begin = start - len(scan.head(start, 6)) + at if at >= 0 else start
        lean = "past" if led == "last" else "future" if led == "next" else None
    elif year is None and led == "since":
        lean = "past"
    if year is None and lean is None and scan.today:
        lean = day_lean(scan, begin, end)
    when = holiday_when(Holiday(*named), int(year[1]) if year else None, scan.today, lean)
    return Found(begin, year.end() if year else end, "date", when)


def _settle_weekdays(scan: Scan) -> None:
    """A weekday beside a date is that date's day, where the two agree; where not, a check will say so."""
    found, text = scan.found, scan.text
    for at in range(len(found) - 1):
        first, second = found[at], found[at + 1]
        if {first.kind, second.kind} != {"weekday", "date"}:
            continue
        between = text[first.end : second.start]
        if first.kind == "weekday":
            if weekday_first(text[first.start : first.end], between):
                found[at] = _on_day_of(first, second)
        elif date_first(between, text[second.end : second.end + 1]):
            found[at + 1] = _on_day_of(second, first)


def _on_day_of(weekday: Found, day: Found) -> Found:
    start = day.when.start if day.when else None
    if weekday.when is None or start is None or start.weekday() != weekday.when.weekday:
        return weekday
    return weekday._replace(when=replace(weekday.when, start=start, end=start, edtf=start.isoformat()))


def _figures(text: str, found: list[Found], offsets: Sequence[int] | None, segments: Segments) -> list[Figure]:
    """The figures with the source's offsets."""
    figures = []
    for each in found:
        start, end = each.start, each.end
        if offsets is not None:
            start, end = offsets[start], offsets[end - 1] + 1
        span = Span(start, end)
        figures.append(
            Figure(
                span=span,
                text=text[start:end],
                kind=each.kind,
                value=each.value,
                low=each.low,
                high=each.high,
                unit=each.unit,
                units=(each.unit,) if each.unit else (),
                fine=each.fine,
                coarse=each.coarse,
                in_quotation=segments.in_quotation(span),
                when=each.when,
            )
        )
    return figures

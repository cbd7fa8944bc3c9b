"""Days in newsroom style: "Sept. 13, 2022", "13-15 September", "the 13th of September"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.calendar.almanac import Lean, calendar_words, day_when, days_when, months, nearest_run, real_date
from checks.extract.calendar.leaning import day_lean, day_of
from checks.extract.calendar.monthforms import month_only
from checks.extract.calendar.scan import GAP, Found, Scan
from checks.extract.calendar.yearforms import YEAR, month_names, relative_year, with_stop, written_year, year_after

if TYPE_CHECKING:
    from datetime import date

    from checks.core.model import When

_ORDINAL = r"(?:st|nd|rd|th)"
_NO_MORE = (
    r"(?!\d|[.,]\d{1,3}(?!\d)|:\d|%|/\d|'?s\b|[ap]\.?m\b|bn|mn|km| ?percent| ?pct| ?per cent| [ap]\.?m\.| million"
    r"| billion|-year|-day|-month|-week|-hour|-minute|-foot|-mile|-point|-member)"
)
_LIST_END = lazy_pattern(
    rf"[.;:)]|,(?! ?\d)|$|{GAP}(?:at|in|on|for|to|by|and|as|of|with|with|when|but|after|before|respectively|the|a)\b"
    rf"|{GAP}(?:was|were|is|are|will|would|had|has|have|did)\b|-| ?$"
)


@cache
def _after() -> re.Pattern[str]:
    """What may follow a month's name: its day, a second day or date, a year."""
    return re.compile(
        rf"\.?(?P<comma>,)?{GAP}(?:the{GAP})?(?P<day>\d{{1,2}})(?P<ord>{_ORDINAL}\b)?{_NO_MORE}"
        rf"(?:(?P<join> ?- ?|{GAP}(?:to|through|thru|until|till){GAP}|{GAP}(?:and|or|&){GAP}|/)"
        rf"(?:(?P<month2>{month_names()})\b\.?{GAP})?(?P<day2>\d{{1,2}})(?:{_ORDINAL}\b)?{_NO_MORE})?"
        rf"(?:{YEAR})?"
    )


@cache
def _after_year_given() -> re.Pattern[str]:
    """A first date with its year and then a second: "Sept. 30, 2021, to Oct. 2, 2022"."""
    return re.compile(
        rf",?(?: ?- ?|{GAP}(?:to|through|until){GAP})(?P<month2>{month_names()})\b\.?{GAP}(?P<day2>\d{{1,2}})"
        rf"(?:{_ORDINAL}\b)?{_NO_MORE}(?:{YEAR})?"
    )


@cache
def _before() -> re.Pattern[str]:
    """What may stand before a month's name: one day, or two."""
    return re.compile(
        rf"(?<![\w.,/:$£€#])(?<!\d-)(?:(?P<day1>\d{{1,2}}){_ORDINAL}?"
        rf"(?P<join> ?- ?|{GAP}(?:to|through|until|and|or|&){GAP}|/)"
        rf"(?:the{GAP})?)?(?P<day>\d{{1,2}}){_ORDINAL}?(?:-|{GAP}(?:day{GAP})?(?:of{GAP})?(?:this{GAP})?)$"
    )


@cache
def _second_before() -> re.Pattern[str]:
    """After "30 September": a second date, "to 2 October 2022"."""
    return re.compile(
        rf"(?P<join> ?- ?|{GAP}(?:to|through|until){GAP})(?P<day2>\d{{1,2}}){_ORDINAL}?{GAP}(?:of{GAP})?"
        rf"(?P<month2>{month_names()})\b\.?(?:{YEAR})?"
    )


def month_word(scan: Scan, start: int, end: int, word: str, lean: Lean = None) -> Found | None:
    """The date whose month name stands at the offsets."""
    text = scan.text
    month = months()[word]
    after = _after().match(text, end)
    if after and (not 1 <= int(after["day"]) <= 31 or (after["comma"] and not after["year"])):
        after = None
    before = (
        _before().search(scan.head(start, 32))
        if text[start - 2 : start - 1].isalnum() or text[start - 1 : start] == "-"
        else None
    )
    if before and not 1 <= int(before["day"]) <= 31:
        before = None
    if before and after:
        # "13 September 10 people died" against "won 3-1 March 5": a day on both sides belongs to the likelier.
        led = scan.word_before(start - len(before.string) + before.start())
        before, after = (
            (before, None) if led in calendar_words("before a month") or led in ("a", "dated") else (None, after)
        )
    if before:
        return _day_first(scan, start, end, word, before)
    if after:
        dated = _month_first(scan, start, word, after)
        if dated is not None:
            return dated
    return month_only(scan, start, end, word, month, lean)


def _month_first(scan: Scan, start: int, word: str, after: re.Match[str]) -> Found | None:
    """ "Sept. 13", "September 23-25, 2022", "Sept. 30-Oct. 2"."""
    text, month, day = scan.text, months()[word], int(after["day"])
    stop = after.end("ord") if after["ord"] else after.end("day")
    year = int(after["year"]) if after["year"] else None
    led = scan.word_before(start)
    if after["join"] is None and year is None:
        following = scan.word_after(stop)
        if (
            (
                following in calendar_words("counted")
                or (led == "in" and following.endswith("s") and following.islower() and day != 11)
            )
            and text[stop : stop + 1] in " \n-"
            and not (led in ("the", "on") or after["ord"])
        ):
            return None  # "In May 20 people died"
    joined = _joined_day(scan, after, stop, month, day)
    if joined is None and after["join"] is not None:
        # The second number is no day: read again up to the first.
        year = None
        if again := re.compile(YEAR).match(text, stop):
            year = int(again["year"])
        last = again.end() if again else stop
    elif joined is None:
        last = after.end() if year is not None else stop
    else:
        last = after.end() if year is not None else after.end("day2") + _ordinal_length(text, after.end("day2"))
        lean = day_lean(scan, start, last) if year is None else None
        first, second = _run_of_days((month, day), (joined[0], joined[1]), year, scan.today, lean)
        first = _not_after(first, second, joined[0], month)
        return Found(start, last, "date", days_when(first, second, both=joined[2]))
    if year is None and (relative := relative_year(scan, last)):
        year, last = relative
    first = day_of(scan, start, last, year, month, day)
    if year is not None and (more := _after_year_given().match(text, last)):
        year2 = int(more["year"]) if more["year"] else year
        second = day_when(year2, months()[more["month2"]], int(more["day2"]), scan.today)
        return Found(start, more.end(), "date", days_when(first, second))
    return Found(start, last, "date", first)


def _run_of_days(
    begin: tuple[int, int], end: tuple[int, int], year: int | None, today: date | None, lean: Lean
) -> tuple[When, When]:
    """The first and last day of a run, by month and day; without a year where its middle lies best."""
    first, last = day_when(year, *begin, today, lean), day_when(year, *end, today, lean)
    if year is not None or today is None or first.start is None or last.start is None:
        return first, last
    runs = [
        (start, stop)
        for at in (today.year - 1, today.year, today.year + 1)
        if (start := real_date(at, *begin)) and (stop := real_date(at + (end < begin), *end))
    ]
    best = nearest_run(runs, today, lean)
    if best is None:
        return first, last
    start, stop = best
    return (
        replace(first, start=start, end=start, edtf=start.isoformat()),
        replace(last, start=stop, end=stop, edtf=stop.isoformat()),
    )


def _not_after(first: When, second: When, month2: int, month: int) -> When:
    """ "Dec. 30-Jan. 2, 2023" begins the year before."""
    if first.start and second.start and first.start > second.start and month2 < month:
        earlier = real_date(first.start.year - 1, month, first.day or 1)
        if earlier:
            return replace(
                first,
                year=earlier.year if first.year_given else None,
                start=earlier,
                end=earlier,
                edtf=earlier.isoformat(),
            )
    return first


def _ordinal_length(text: str, at: int) -> int:
    return 2 if text[at : at + 2] in ("st", "nd", "rd", "th") else 0


def _joined_day(scan: Scan, after: re.Match[str], stop: int, month: int, day: int) -> tuple[int, int, bool] | None:
    """The second day of a range or pair, if what is joined is one: month, day, and whether only the two are meant."""
    if after["join"] is None:
        return None
    join = after["join"].strip(" \n")
    month2 = months()[after["month2"]] if after["month2"] else month
    day2 = int(after["day2"])
    if not 1 <= day2 <= 31 or (month2 == month and day2 <= day):
        return None
    both = join in ("and", "or", "&", "/")
    if both and after["month2"]:
        return None  # "Sept. 13 and Oct. 2" are two figures
    if (
        both
        and after["year"] is None
        and not _LIST_END.match(scan.text, after.end("day2") + _ordinal_length(scan.text, after.end("day2")))
    ):
        return None  # "on May 3 and 12 people"
    if both and join == "/" and day2 != day + 1:
        return None
    if (
        join in ("to", "until", "till")
        and month2 == month
        and scan.word_after(after.end("day2")) in calendar_words("counted")
    ):
        return None
    del stop
    return month2, day2, both and day2 != day + 1


def _day_first(scan: Scan, start: int, end: int, word: str, before: re.Match[str]) -> Found | None:
    """ "13 September 2022", "the 13th of September", "23-25 September", "30 September to 2 October"."""
    text, month, day = scan.text, months()[word], int(before["day"])
    base = start - len(before.string)
    begin = base + before.start("day")
    year_found = year_after().match(text, end)
    year = written_year(year_found)
    last = year_found.end() if year_found and year is not None else with_stop(text, end, word)
    day1 = int(before["day1"]) if before["day1"] else None
    if day1 is not None:
        join = before["join"].strip(" \n")
        both = join in ("and", "or", "&", "/")
        led = scan.word_before(base + before.start())
        if 1 <= day1 < day and (not both or led in ("on", "between", "the", "of", "both") or year is not None):
            lean = day_lean(scan, base + before.start(), last) if year is None else None
            pair = both and led != "between" and day != day1 + 1
            run = _run_of_days((month, day1), (month, day), year, scan.today, lean)
            return Found(base + before.start(), last, "date", days_when(*run, both=pair))
    if year is None and (relative := relative_year(scan, last)):
        year, last = relative
    lean = day_lean(scan, begin, last) if year is None else None
    first = day_of(scan, begin, last, year, month, day)
    if second := _second_before().match(text, last):
        year2 = int(second["year"]) if second["year"] else year
        if year is None and year2 is not None:
            first = day_when(year2, month, day, scan.today)
        month2, day2 = months()[second["month2"]], int(second["day2"])
        if year2 is None:
            first, other = _run_of_days((month, day), (month2, day2), None, scan.today, lean)
        else:
            other = day_when(year2, month2, day2, scan.today, lean)
        if 1 <= int(second["day2"]) <= 31:
            first = _not_after(first, other, months()[second["month2"]], month)
            return Found(
                begin,
                second.end() if second["year"] else with_stop(text, second.end("month2"), "Sept"),
                "date",
                days_when(first, other),
            )
    if scan.word_after(last) and word in calendar_words("month or word") and not word[0].isupper():
        return None
    return Found(begin, last, "date", first)

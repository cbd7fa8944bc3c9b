"""Months in newsroom style: "March 2011", "in March", "last March", "January-March"; and whether the word is one."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.calendar.almanac import Lean, calendar_words, days_when, month_when, months
from checks.extract.calendar.leaning import lean_of
from checks.extract.calendar.scan import GAP, Found, Scan
from checks.extract.calendar.yearforms import YEAR, month_names, relative_year, with_stop, written_year, year_after

_PART_OF = lazy_pattern(r"\b(?:end|beginning|start|middle|half|part|month|days|weeks)[ \n]of[ \n]$")


@cache
def _month_after() -> re.Pattern[str]:
    """A second month: "January-March 2011", "March to May"."""
    return re.compile(
        rf"\.?(?P<join> ?- ?|/|{GAP}(?:to|through|until|and){GAP})(?P<month2>{month_names()})\b\.?"
        rf"(?!{GAP}\d{{1,2}}(?!\d))(?:{YEAR})?"
    )


def month_only(scan: Scan, start: int, end: int, word: str, month: int, lean: Lean) -> Found | None:
    """ "March 2011", "in March", "last March", "January-March"."""
    text = scan.text
    year_found = year_after().match(text, end)
    year = written_year(year_found)
    led = scan.word_before(start)
    if (
        year is not None
        and year_found is not None
        and not (led == "in" and year < 1900 and scan.word_after(year_found.end()) in calendar_words("counted"))
    ):
        last = year_found.end()
        first = month_when(year, month, scan.today)
        if second := _month_after().match(text, last):
            year2 = int(second["year"]) if second["year"] else None
            if second["join"].strip(" \n") != "and" and year2 is not None:
                return Found(
                    start,
                    second.end(),
                    "date",
                    days_when(first, month_when(year2, months()[second["month2"]], scan.today)),
                )
        return Found(start, last, "date", first)
    second = _month_after().match(text, end)
    if (
        second
        and (second["join"].strip(" \n") != "and" or led == "between")
        and (found := _month_range(scan, start, word, month, second, led))
    ):
        return found
    if not _surely_month(scan, start, end, word, led):
        return None
    if relative := relative_year(scan, with_stop(text, end, word)):
        return Found(start, relative[1], "date", month_when(relative[0], month, scan.today))
    begin, lean = _with_modifier(scan, start, led, lean)
    lean = lean or lean_of(scan, begin, None)
    strictly = led in ("last", "next")
    when = month_when(None, month, scan.today, lean)
    if strictly and scan.today and month == scan.today.month:
        when = month_when(scan.today.year + (1 if led == "next" else -1), month, scan.today)
        when = replace(when, year=None, year_given=False)
    return Found(begin, with_stop(text, end, word), "date", when)


def _month_range(scan: Scan, start: int, word: str, month: int, second: re.Match[str], led: str) -> Found | None:
    del word
    join = second["join"].strip(" \n")
    if join in ("to", "until", "through", "and") and led not in ("from", "between", "in", "the", "of", "for", "during"):
        return None
    if join == "to" and led == "in":
        return None
    month2 = months()[second["month2"]]
    year2 = int(second["year"]) if second["year"] else None
    last = month_when(year2, month2, scan.today, lean_of(scan, start, year2))
    first_year = last.start.year if last.start else year2
    if first_year is None:
        first = month_when(None, month, None)
    else:
        first = month_when(first_year - (month > month2), month, scan.today)
    end = second.end() if year2 is not None else with_stop(scan.text, second.end("month2"), second["month2"])
    return Found(start, end, "date", replace(days_when(first, last), year_given=year2 is not None))


def _with_modifier(scan: Scan, start: int, led: str, lean: Lean) -> tuple[int, Lean]:
    """ "last March" and "next March" are one figure."""
    if led in ("last", "next", "this"):
        begin = scan.text.rfind(led, max(scan.floor, start - 10), start)
        begin = scan.text.rfind(led.capitalize(), max(scan.floor, start - 10), start) if begin < 0 else begin
        if begin >= 0:
            return begin, {"last": "past", "next": "future"}.get(led, lean)  # type: ignore[return-value]
    return start, lean


def _surely_month(scan: Scan, start: int, end: int, word: str, led: str) -> bool:  # noqa: PLR0911 - one word of context each
    """Whether the word is the month: "March" may be a walk, "May" a verb or a prime minister, "June" a girl."""
    text = scan.text
    doubtful = word in calendar_words("month or word")
    short = word in calendar_words("short month")
    following = scan.word_after(end)
    adjoined = text[start - 1 : start] == "-" or text[end : end + 1] == "-"
    if short:
        return led in calendar_words("before a month surely") | calendar_words("before a month or name") and not (
            word in ("Jan", "Mar", "Sun") and following[:1].isupper()
        )
    if not doubtful:
        return not word.isupper() or led in calendar_words("before a month")
    if word.isupper():
        return led in calendar_words("before a month surely")
    if led in calendar_words("before a month surely") or (adjoined and led in ("", "mid", "early", "late")):
        if word == "May" and led in ("by", "before", "after") and _has_person_may(scan):
            return False
        return not (
            following[:1].isupper()
            and word in ("April", "June")
            and led in ("by", "after", "before")
            and following not in months()
        )
    if led in calendar_words("before a month or name"):
        if led == "of" and _PART_OF.search(text[max(0, start - 18) : start]):
            return True
        if word == "May" and (_has_person_may(scan) or following in ("be", "have")):
            return False
        if word == "March" and led in ("of", "for", "to", "around") and following[:1].isupper():
            return False
        return not (following[:1].isupper() and word in ("April", "June"))
    if text.startswith("'s ", end) or led == "the":
        return (
            word not in ("May", "March")
            or (
                led == "the"
                and following.islower()
                and following
                not in (
                    "on",
                    "of",
                    "to",
                    "for",
                    "through",
                    "in",
                    "from",
                    "was",
                    "is",
                    "and",
                    "will",
                    "against",
                    "began",
                )
                and not _has_person_may(scan)
            )
            or (text.startswith("'s ", end) and word == "March")
        )
    if following in calendar_words("monthly"):
        return True
    if word in ("April", "June", "August"):
        # "April sales fell", but neither "April Jones said" nor "an august body".
        return following.islower() and following not in (
            "said",
            "says",
            "was",
            "is",
            "has",
            "had",
            "told",
            "and",
            "who",
            "would",
            "will",
        )
    return False


def _has_person_may(scan: Scan) -> bool:
    return any(
        scan.holds(f"{title} May") for title in ("Theresa", "Mrs", "Mrs.", "Ms", "Ms.", "Minister", "Brian", "PM")
    )

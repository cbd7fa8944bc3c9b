"""Years and what is counted in them: "in 2014", "2014-15", "the early 1990s", "the 19th century", "Q3 2011"."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal
from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import When
from checks.core.word_lists import rows
from checks.extract.calendar.almanac import (
    calendar_words,
    century_when,
    day_when,
    days_when,
    decade_when,
    month_when,
    moved,
    quarter_when,
    season_when,
    span_when,
    year_when,
    years_when,
)
from checks.extract.calendar.scan import GAP, Found, Scan

_JOINED = lazy_pattern(r"( ?- ?|/)(\d{4}|\d{2})(?![\w%]|[-/]\d|[.,:]\d)")
_UNTIL = lazy_pattern(rf"{GAP}(?:to|until|till|through|and){GAP}(\d{{4}})(?![\w%-]|[.,:]\d)")


def year_number(scan: Scan, start: int, end: int) -> Found | None:  # noqa: PLR0911 - a way out for each form
    """The year, season or run of years whose four digits stand at the offsets."""
    text = scan.text
    value = int(text[start:end])
    if not 1000 <= value <= 2199:
        return None
    before, after = text[start - 1 : start], text[end : end + 1]
    if before and (before in "$£€¥#.,/:@_=&+~%" or before.isalnum()):
        return None
    if after == "s":
        return None
    if after and (after.isalnum() or after in "%_@°" or (after in ".,:" and text[end + 1 : end + 2].isdigit())):
        return None
    if before == "-":
        lead = re.search(r"([A-Za-z]+) ?- ?$", text[max(0, start - 14) : start])
        if lead is None and text[start - 2 : start - 1].isalnum():
            return None
        if lead is not None and text[start - 2] != " " and value < 1900:
            return None
    if joined := _JOINED.match(text, end):
        if run := _run(scan, start, value, joined):
            return run
        if joined[1] != " - ":
            return None
    elif after == "/" or (after == "-" and text[end + 1 : end + 2].isdigit()):
        return None
    led = scan.word_before(start)
    if led in ("from", "between") and (last := _UNTIL.match(text, end)):
        second = int(last[1])
        is_and = "and" in text[last.start() : last.start(1)]
        if (
            value < second <= 2199
            and is_and == (led == "between")
            and _is_year(scan, last.start(1), last.end(1), second, led)
        ):
            return _years(start, last.end(), value, second)
    if not _is_year(scan, start, end, value, led):
        return None
    return Found(start, end, "year", year_when(value), Decimal(value))


def _years(start: int, end: int, first: int, last: int) -> Found:
    return Found(start, end, "year", years_when(first, last), None, Decimal(first), Decimal(last))


def _run(scan: Scan, start: int, first: int, joined: re.Match[str]) -> Found | None:
    """ "1939-45", "2014/15", "1991-1995"."""
    written = joined[2]
    last = int(written)
    if len(written) == 2:
        last += first // 100 * 100
        if last <= first:
            last += 100
        if last - first > (60 if first % 100 < last % 100 else 1):
            return None
    if not first < last <= first + 500 or (first < 1500 and len(written) == 2) or last > 2199:
        return None
    if scan.word_after(joined.end()) in calendar_words("counted"):
        return None
    return _years(start, joined.end(), first, last)


def _is_year(scan: Scan, start: int, end: int, value: int, led: str) -> bool:
    text = scan.text
    following = scan.word_after(end) if text[end : end + 1] in " \n" else ""
    if following in calendar_words("counted") and led not in ("since", "fiscal"):
        return False
    if led in calendar_words("number name") or following.lower() in calendar_words("street") or led in _number_names():
        return False
    if led == "to" and not 1900 <= value <= 2100:
        return False
    if following in ("GMT", "UTC", "hours", "hrs", "EST", "EDT", "BST", "ET"):
        return False
    things = following.endswith("s") and following.islower() and following not in calendar_words("no plural")
    if 1900 <= value <= 2050:
        # Copy writes numbers of things with a comma; only a round one without may be a number.
        return (
            value % 50 != 0
            or led in calendar_words("in a year")
            or led == "the"
            or not (things or led in calendar_words("about a number"))
        )
    if value < 1900:
        if led in ("and", "or", "to"):
            return bool(scan.found) and scan.found[-1].kind == "year" and start - scan.found[-1].end <= 6 and not things
        if led not in calendar_words("in a year") and not (led == "of" and _after_event(text, start)):
            return _in_brackets(text, start, end) or (led == "the" and following in calendar_words("event"))
        return not things and not (following.islower() and following.endswith(("men", "people")))
    return led in calendar_words("to a year ahead") and not things


def _after_event(text: str, start: int) -> bool:
    """ "the War of 1812", "the revolution of 1848": something that happens in a year stands before "of"."""
    before = re.search(r"([A-Za-z]+)[ \n]of[ \n]$", text[max(0, start - 24) : start])
    return before is not None and (before[1][0].isupper() or before[1] in calendar_words("event"))


def _in_brackets(text: str, start: int, end: int) -> bool:
    """Whether the number stands alone in brackets, as years of works do."""
    return text[start - 1 : start] == "(" and text[end : end + 1] == ")"


@cache
def _number_names() -> frozenset[str]:
    """Words that make a number behind them a name or a place in a list: "Flight 2011"."""
    named = frozenset(row["word"].lower() for row in rows("number_names.csv") if row["role"] == "before")
    return named - calendar_words("in a year").keys() - {"fiscal", "season", "election"}


@cache
def _ordinals() -> dict[str, int]:
    return {row["word"]: int(row["value"]) for row in rows("number_words.csv") if row["role"] == "ordinal"} | {
        "twenty-first": 21
    }


_PART = lazy_pattern(r"\b([Ee]arly|[Mm]id|[Ll]ate)(?:[ -]|[ -]to[ -](?:mid|late)[ -])$")


def decade(scan: Scan, start: int, end: int) -> Found | None:
    """ "1990s", "the early 1980s", "'90s", "the 80s" of the last century; the "s" stands at the end offset."""
    text = scan.text
    digits = text[start:end]
    value = int(digits)
    if value % 10 or text[end + 1 : end + 2].isalnum():
        return None
    part = _PART.search(scan.head(start, 10))
    begin = start
    if len(digits) == 2:
        quoted = text[start - 1 : start] == "'"
        begin = start - quoted
        part = _PART.search(scan.head(begin, 10))
        if not quoted and not _bare_decade(scan, start):
            return None
        value += 1900 if value >= 20 else 2000
    elif not 1000 <= value < 2200 or (start and (text[start - 1].isalnum() or text[start - 1] in "$£€,.")):
        return None
    if part:
        begin = begin - len(part.string) + part.start(1)
    if value % 100 == 0 and value < 2000 and len(digits) == 4:
        return Found(begin, end + 1, "date", century_when(value // 100))
    return Found(begin, end + 1, "date", decade_when(value, part[1].lower() if part else None))


def _bare_decade(scan: Scan, start: int) -> bool:
    """ "the 80s" is a decade, except in weather, of age and in golf."""
    near = scan.text[max(0, start - 80) : start + 60].lower()
    if any(
        word in near
        for word in (
            "degree",
            "temperature",
            "weather",
            "highs",
            "lows",
            "humid",
            "aged",
            "percent",
            "fahrenheit",
            " his ",
            " her ",
            " their ",
        )
    ):
        return False
    led = scan.text[max(0, start - 16) : start]
    return (
        int(scan.text[start : start + 2]) >= 20
        and re.search(r"\b(?:in|of|since|during|from|through) the $|\bthe (?:early|mid|late)[ -]$", led) is not None
    )


_NTH_BEFORE = lazy_pattern(r"(?<![\w.,])(?:(\d{1,2})(?:st|nd|rd|th)|([A-Za-z]{5,11}(?:-first)?))[ -]$")
_MODIFIED = lazy_pattern(r"\b([Ee]arly|[Mm]id|[Ll]ate)[ -](?:the[ -])?$")
_LIST_BEFORE = lazy_pattern(rf"(?<!\w)(\d{{1,2}})(?:st|nd|rd|th)(?: ?- ?|{GAP}(?:and|to|or){GAP})$")


def century(scan: Scan, start: int, end: int) -> Found | None:
    """ "the 19th century", "the early twentieth century", "17th- and 18th-century"."""
    nth = _NTH_BEFORE.search(scan.head(start, 24))
    if nth is None:
        return None
    number = int(nth[1]) if nth[1] else _ordinals().get(nth[2].lower(), 0)
    if not 1 <= number <= 30:
        return None
    begin = start - len(nth.string) + nth.start()
    if part := _MODIFIED.search(scan.head(begin, 10)):
        begin = begin - len(part.string) + part.start(1)
    when = century_when(number - 1)
    stop = end
    if era := re.compile(r",? ?(?:BC|B\.C\.|BCE)").match(scan.text, end):
        stop = era.end()
        when = When(precision="century", year_given=True)
    return Found(begin, stop, "date", when)


_QUARTER_BEFORE = lazy_pattern(
    r"(?<!\w)([Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|1st|2nd|3rd|4th|[Ff]inal|[Ll]ast|[Tt]his|[Nn]ext|[Pp]revious)"
    r"[ \n-]$"
)
_QUARTERS = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4, "final": 4}
_YEAR_OF = lazy_pattern(
    rf"(?:,?{GAP}(?:of{GAP})?(?:the{GAP})?(?:fiscal{GAP}|financial{GAP})?(?:year{GAP})?(?P<year>[12]\d{{3}})(?![\w%]|[.,:]\d|-\d)"
    rf"|{GAP}(?:of{GAP})?(?P<which>last|this|next){GAP}year\b)"
)


def quarter(scan: Scan, start: int, end: int) -> Found | None:
    """ "the third quarter of 2011", "fourth-quarter", "last quarter"."""
    before = _QUARTER_BEFORE.search(scan.head(start, 12))
    if before is None:
        return None
    text, word = scan.text, before[1].lower()
    begin = start - len(before.string) + before.start(1)
    number = _QUARTERS.get(word)
    year_found = _YEAR_OF.match(text, end)
    if number is None:
        return _relative_quarter(scan, begin, end, word)
    year = None
    if year_found:
        if year_found["year"]:
            year = int(year_found["year"])
        elif scan.today:
            year = scan.today.year + {"last": -1, "this": 0, "next": 1}[year_found["which"]]
    if word == "final" and year is None:
        return None
    return Found(begin, year_found.end() if year_found else end, "date", quarter_when(year, number))


def _relative_quarter(scan: Scan, begin: int, end: int, word: str) -> Found:
    if scan.today is None:
        return Found(begin, end, "date", When(precision="quarter"))
    at = scan.today.year * 4 + (scan.today.month - 1) // 3 + {"last": -1, "previous": -1, "this": 0, "next": 1}[word]
    when = quarter_when(at // 4, at % 4 + 1)
    return Found(begin, end, "date", When(precision="quarter", start=when.start, end=when.end, edtf=when.edtf))


_SHORT_QUARTER = lazy_pattern(
    r"(?:Q([1-4])|([1-4])Q|(H)([12])|([12])(H))(?:(?: |/|-)?(?:FY)?'?(\d{4}|\d{2}))?(?![\w%]|[.,]\d)"
)


def short_quarter(scan: Scan, start: int) -> Found | None:
    """ "Q3", "Q3 2011", "3Q11", "H1 2012"."""
    text = scan.text
    if start and (text[start - 1].isalnum() or text[start - 1] in "-."):
        return None
    found = _SHORT_QUARTER.match(text, start)
    if found is None:
        return None
    year = None
    if found[7]:
        year = int(found[7])
        year += 2000 if year < 100 else 0
        if not 1900 <= year <= 2100:
            return None
    if number := found[1] or found[2]:
        return Found(start, found.end(), "date", quarter_when(year, int(number)))
    half = int(found[4] or found[5])
    if year is None:
        return None
    first = month_when(year, half * 6 - 5, None)
    return Found(start, found.end(), "date", days_when(first, month_when(year, half * 6, None)))


_SEASON_YEAR = lazy_pattern(rf",?{GAP}(?:of{GAP})?([12]\d{{3}})(?![\w%]|[.,:]\d|[-/]\d)")


def season(scan: Scan, start: int, end: int, word: str) -> Found | None:
    """ "summer 2012", "the winter of 1947", "last spring"; a season without either is left alone."""
    code = int(calendar_words("season")[word])
    if year := _SEASON_YEAR.match(scan.text, end):
        if scan.word_after(year.end()) in calendar_words("counted"):
            return None
        return Found(start, year.end(), "date", season_when(int(year[1]), code, given=True))
    led = scan.word_before(start)
    if led not in ("last", "this", "next") or (
        word == "fall" and scan.word_after(end) in calendar_words("after the verb fall") and led != "last"
    ):
        return None
    begin = _rfind(scan, led, start)
    if begin < 0:
        return None
    if scan.today is None:
        return Found(begin, end, "date", When(precision="season"))
    # The season's last month, as the north counts, says which one was last.
    month = {21: 5, 22: 8, 23: 11, 24: 2}[code]
    passed = scan.today.month > month
    at = scan.today.year
    if led == "last":
        at -= 0 if passed else 1
    elif led == "next":
        at += 1 if passed else 0
    if code == 24 and led == "last":
        at -= 1  # the winter that ended in February began the year before
    return Found(begin, end, "date", season_when(at, code, given=False))


def _rfind(scan: Scan, word: str, start: int) -> int:
    low = max(scan.floor, start - 10)
    at = scan.text[low:start].lower().rfind(word)
    return low + at if at >= 0 else -1


_WHICH = lazy_pattern(r"(?<![\w-])([Ll]ast|[Tt]his|[Nn]ext|[Pp]revious)[ \n-]$")


def relative_period(scan: Scan, start: int, end: int, word: str) -> Found | None:
    """ "last week", "this month", "next year", as the days that they cover."""
    which = _WHICH.search(scan.head(start, 10))
    if which is None:
        return None
    step = {"last": -1, "previous": -1, "this": 0, "next": 1}[which[1].lower()]
    if which[1].lower() == "previous":
        return None
    begin = start - len(which.string) + which.start(1)
    precision = {"week": "week", "month": "month", "year": "year", "night": "day"}[word]
    today = scan.today
    if word == "night":
        if step >= 0:
            return None
        day = moved(today, -1) if today else None
        return Found(begin, end, "date", span_when("day", day, day))
    if today is None:
        return Found(begin, end, "date", When(precision=precision))  # type: ignore[arg-type]
    if word == "week":
        monday = moved(today, 7 * step - today.weekday())
        return Found(
            begin,
            end,
            "date",
            span_when("week", monday, monday + timedelta(6) if monday and monday.year < 9999 else None),
        )
    if word == "month":
        at = today.year * 12 + today.month - 1 + step
        when = month_when(at // 12, at % 12 + 1, None)
        return Found(begin, end, "date", When(precision="month", start=when.start, end=when.end, edtf=when.edtf))
    if not 1 <= today.year + step <= 9999:
        return None
    when = year_when(today.year + step)
    return Found(begin, end, "date", When(precision="year", start=when.start, end=when.end, edtf=when.edtf))


def slashed_day(scan: Scan, start: int) -> Found | None:
    """ "9/11" as the day in 2001, "7/7" as that in 2005 where the words show it; scores are left alone."""
    text = scan.text
    end = start + (4 if text.startswith("9/11", start) else 3)
    if (
        text[end : end + 1].isalnum()
        or text[end : end + 2] in ("/1", "/2")
        or text[start - 1 : start] in ("/", ".", "$")
    ):
        return None
    if text.startswith("9/11", start):
        return Found(start, end, "date", day_when(2001, 9, 11, None))
    if text.startswith("7/7", start) and re.match(
        r" (?:bomb|attack|terror|suicide|inquest|London)", text[end : end + 9]
    ):
        return Found(start, end, "date", day_when(2005, 7, 7, None))
    return None

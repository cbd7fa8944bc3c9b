"""Days and months in newsroom style: "Sept. 13, 2022", "13-15 September", "in March", "13/09/2022"."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Literal

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import When
from checks.extract.almanac import (
    Lean,
    calendar_words,
    day_when,
    days_when,
    month_when,
    months,
    nearest_run,
    real_date,
)
from checks.extract.scan import GAP, Found, Scan

if TYPE_CHECKING:
    from datetime import date

_ORDINAL = r"(?:st|nd|rd|th)"
_YEAR = rf"(?:,?{GAP}(?:of{GAP})?|, ?)(?P<year>[12]\d{{3}})(?![\w%]|[.,:]\d|-\d|{GAP}(?:GMT|UTC|ET|EST|EDT|BST)\b)"
_NO_MORE = (
    r"(?!\d|[.,]\d{1,3}(?!\d)|:\d|%|/\d|'?s\b|[ap]\.?m\b|bn|mn|km| ?percent| ?pct| ?per cent| [ap]\.?m\.| million"
    r"| billion|-year|-day|-month|-week|-hour|-minute|-foot|-mile|-point|-member)"
)


@cache
def _month_names() -> str:
    return "|".join(sorted(months(), key=len, reverse=True))


@cache
def _after() -> re.Pattern[str]:
    """What may follow a month's name: its day, a second day or date, a year."""
    return re.compile(
        rf"\.?(?P<comma>,)?{GAP}(?:the{GAP})?(?P<day>\d{{1,2}})(?P<ord>{_ORDINAL}\b)?{_NO_MORE}"
        rf"(?:(?P<join> ?- ?|{GAP}(?:to|through|thru|until|till){GAP}|{GAP}(?:and|or|&){GAP}|/)"
        rf"(?:(?P<month2>{_month_names()})\b\.?{GAP})?(?P<day2>\d{{1,2}})(?:{_ORDINAL}\b)?{_NO_MORE})?"
        rf"(?:{_YEAR})?"
    )


@cache
def _after_year_given() -> re.Pattern[str]:
    """A first date with its year and then a second: "Sept. 30, 2021, to Oct. 2, 2022"."""
    return re.compile(
        rf",?(?: ?- ?|{GAP}(?:to|through|until){GAP})(?P<month2>{_month_names()})\b\.?{GAP}(?P<day2>\d{{1,2}})"
        rf"(?:{_ORDINAL}\b)?{_NO_MORE}(?:{_YEAR})?"
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
        rf"(?P<month2>{_month_names()})\b\.?(?:{_YEAR})?"
    )


@cache
def _year_after() -> re.Pattern[str]:
    return re.compile(rf"\.?(?:{_YEAR}|-(?P<hyphened>[12]\d{{3}})(?!\d)|{GAP}'(?P<short>\d{{2}})(?![\w%]))")


@cache
def _month_after() -> re.Pattern[str]:
    """A second month: "January-March 2011", "March to May"."""
    return re.compile(
        rf"\.?(?P<join> ?- ?|/|{GAP}(?:to|through|until|and){GAP})(?P<month2>{_month_names()})\b\.?"
        rf"(?!{GAP}\d{{1,2}}(?!\d))(?:{_YEAR})?"
    )


_PART_OF = lazy_pattern(r"\b(?:end|beginning|start|middle|half|part|month|days|weeks)[ \n]of[ \n]$")
_LIST_END = lazy_pattern(
    rf"[.;:)]|,(?! ?\d)|$|{GAP}(?:at|in|on|for|to|by|and|as|of|with|with|when|but|after|before|respectively|the|a)\b"
    rf"|{GAP}(?:was|were|is|are|will|would|had|has|have|did)\b|-| ?$"
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
    return _month_only(scan, start, end, word, month, lean)


# A "52-week high" of shares lies in the year that has passed.
_YEAR_BEHIND = lazy_pattern(r"\b(?:52|fifty-two)-week[^.;\n]{0,60}$|\b52-week (?:high|low)[^;\n]{0,30}$")
_THIS_PAST = lazy_pattern(r"\b[Tt]his past[ \n]$")


def _lean(scan: Scan, start: int, year: int | None) -> Lean:
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


_PERHAPS = lazy_pattern(r"\b(?:may|might|can|could|if)\b[^.;:\n]{0,60}$")


def day_lean(scan: Scan, start: int, end: int) -> Lean:
    """Where the words around a day without a year look: past or future, by the words before it.

    What the day is the end of, timetables and what is mostly told beforehand leave it open; the words behind it
    count where it begins its sentence.
    """
    lean = _lean(scan, start, None)
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


# An entry of a chronology: "May 30 - Germany agrees", "* October 8: The bank cuts its rate".
_BEFORE_ENTRY = lazy_pattern(r"(?:^|\n|[.!?*\u2022][\"')]?[ \n]{1,2}|-- ?|\b[12]\d{3}[ \n,]{1,2})$")
_AFTER_ENTRY = lazy_pattern(r"[ \n]{0,2}(?:-{1,2}|:)[ \n]")
#: An entry's year follows from that of the one before it, where the two are no farther apart in the copy and in time.
_ENTRY_REACH, _ENTRY_STEP = 1500, 183
#: A list of dates that begins farther ahead than this is no calendar of what is to come, but a chronology.
_CALENDAR = 45


def _is_entry(scan: Scan, start: int, end: int) -> bool:
    return (
        _AFTER_ENTRY.match(scan.text, end) is not None
        and _BEFORE_ENTRY.search(scan.text[max(0, start - 8) : start]) is not None
    )


_OF_2001 = lazy_pattern(r"[ \n](?:terror(?:ist)?[ \n])?(?:attacks|hijack(?:ers|ings)|[Cc]ommission)\b")


def _day(scan: Scan, start: int, end: int, year: int | None, month: int, day: int) -> When:
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


_RELATIVE_YEAR = lazy_pattern(rf",?{GAP}(?:of{GAP})?(last|this|next){GAP}year\b")


def _relative_year(scan: Scan, end: int) -> tuple[int, int] | None:
    """The year that "last year" behind a date means, and where those words end."""
    found = _RELATIVE_YEAR.match(scan.text, end)
    if found is None or scan.today is None:
        return None
    year = scan.today.year + {"last": -1, "this": 0, "next": 1}[found[1]]
    return (year, found.end()) if 1 <= year <= 9999 else None


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
        if again := re.compile(_YEAR).match(text, stop):
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
    if year is None and (relative := _relative_year(scan, last)):
        year, last = relative
    first = _day(scan, start, last, year, month, day)
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
    year_found = _year_after().match(text, end)
    year = _year_of(year_found)
    last = year_found.end() if year_found and year is not None else _dot(text, end, word)
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
    if year is None and (relative := _relative_year(scan, last)):
        year, last = relative
    lean = day_lean(scan, begin, last) if year is None else None
    first = _day(scan, begin, last, year, month, day)
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
                second.end() if second["year"] else _dot(text, second.end("month2"), "Sept"),
                "date",
                days_when(first, other),
            )
    if scan.word_after(last) and word in calendar_words("month or word") and not word[0].isupper():
        return None
    return Found(begin, last, "date", first)


def _dot(text: str, end: int, word: str) -> int:
    """The end of a month's name with the stop of its abbreviation, where that cannot end the sentence."""
    if (
        word in calendar_words("short month")
        and text[end : end + 1] == "."
        and not re.match(r"\.(?:['\")]*(?:\s+[A-Z\"']|\s*$))", text[end : end + 6])
    ):
        return end + 1
    return end


def _year_of(found: re.Match[str] | None) -> int | None:
    if found is None:
        return None
    written = found["year"] or found["hyphened"]
    if written:
        return int(written)
    short = int(found["short"])
    return 2000 + short if short < 50 else 1900 + short


def _month_only(scan: Scan, start: int, end: int, word: str, month: int, lean: Lean) -> Found | None:
    """ "March 2011", "in March", "last March", "January-March"."""
    text = scan.text
    year_found = _year_after().match(text, end)
    year = _year_of(year_found)
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
    if relative := _relative_year(scan, _dot(text, end, word)):
        return Found(start, relative[1], "date", month_when(relative[0], month, scan.today))
    begin, lean = _with_modifier(scan, start, led, lean)
    lean = lean or _lean(scan, begin, None)
    strictly = led in ("last", "next")
    when = month_when(None, month, scan.today, lean)
    if strictly and scan.today and month == scan.today.month:
        when = month_when(scan.today.year + (1 if led == "next" else -1), month, scan.today)
        when = replace(when, year=None, year_given=False)
    return Found(begin, _dot(text, end, word), "date", when)


def _month_range(scan: Scan, start: int, word: str, month: int, second: re.Match[str], led: str) -> Found | None:
    del word
    join = second["join"].strip(" \n")
    if join in ("to", "until", "through", "and") and led not in ("from", "between", "in", "the", "of", "for", "during"):
        return None
    if join == "to" and led == "in":
        return None
    month2 = months()[second["month2"]]
    year2 = int(second["year"]) if second["year"] else None
    last = month_when(year2, month2, scan.today, _lean(scan, start, year2))
    first_year = last.start.year if last.start else year2
    if first_year is None:
        first = month_when(None, month, None)
    else:
        first = month_when(first_year - (month > month2), month, scan.today)
    end = second.end() if year2 is not None else _dot(scan.text, second.end("month2"), second["month2"])
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


_SLASHED = lazy_pattern(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})(?![A-SU-Za-z_\d/]|[.-]\d)")
_NAMED = lazy_pattern(r"(\d{1,2})-([A-Z][a-z]{2,8})-(\d{4}|\d{2})(?!\w)")
_ISO_REST = lazy_pattern(r"T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?")
Order = Literal["day", "month"]


def numeric_date(scan: Scan, start: int) -> Found | None:
    """ "13/09/2022", "9/13/2022", "2022-09-13", "13.09.2022"."""
    text = scan.text
    if start and (text[start - 1] in "/.-_#$£€:" or text[start - 1].isalnum()):
        return None
    if named := _NAMED.match(text, start):
        if named[2] in months():
            year = int(named[3]) if len(named[3]) == 4 else _two_digits(int(named[3]))
            return Found(start, named.end(), "date", day_when(year, months()[named[2]], int(named[1]), scan.today))
        return None
    found = _SLASHED.match(text, start)
    if found is None:
        return None
    first, mark, second, third = found[1], found[2], int(found[3]), found[4]
    if len(first) == 4:
        if not 1000 <= int(first) <= 2200 or len(third) != 2 or not 1 <= second <= 12 or not 1 <= int(third) <= 31:
            return None
        end = found.end()
        if mark == "-" and (rest := _ISO_REST.match(text, end)):
            end = rest.end()
        return Found(start, end, "date", day_when(int(first), second, int(third), scan.today))
    if len(first) == 3 or len(third) == 3:
        return None
    if len(third) == 4 and not 1000 <= int(third) <= 2200:
        return None
    if len(third) == 2 and mark != "/":
        return None  # "3-1-10" is a record, "3.1.10" a section
    return _day_or_month_first(scan, start, found.end(), int(first), second, third, mark)


def _day_or_month_first(
    scan: Scan, start: int, end: int, first: int, second: int, third: str, mark: str
) -> Found | None:
    year = int(third) if len(third) == 4 else _two_digits(int(third))
    day_first = 1 <= first <= 31 and 1 <= second <= 12
    month_first = 1 <= first <= 12 and 1 <= second <= 31
    if not (day_first or month_first):
        return None
    if mark == "." and day_first:
        month_first = False
    if day_first and month_first and first != second:
        order = order_of(scan.text) if len(third) == 4 or mark == "/" else None
        if order is None:
            if len(third) == 2:
                return None
            when = When(precision="day", year=year, year_given=True, edtf=f"{year:04d}-XX-XX")
            return Found(start, end, "date", when)
        day_first = order == "day"
    month, day = (second, first) if day_first else (first, second)
    return Found(start, end, "date", day_when(year, month, day, scan.today))


def _two_digits(year: int) -> int:
    return 2000 + year if year < 50 else 1900 + year


_ORDER = lazy_pattern(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/.-])")


@lru_cache(maxsize=4)
def order_of(text: str) -> Order | None:
    """Whether the copy's own dates put the day or the month first; None where none shows it, or both are there."""
    shown: set[Order] = set()
    for found in _ORDER.finditer(text):
        first, second = int(found[1]), int(found[2])
        if first > 12 >= second:
            shown.add("day")
        elif second > 12 >= first:
            shown.add("month")
    return shown.pop() if len(shown) == 1 else None

"""Times of day: "9.30pm", "0152 GMT", "5 p.m. ET", "14:00", "noon"."""

from __future__ import annotations

import re
from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import When
from checks.extract.calendar.almanac import calendar_words
from checks.extract.calendar.scan import GAP, Found, Scan

_HALF_DAY = r"(?:[ap]m\b|[AP]M\b|[ap]\.m\b\.?|[AP]\.M\b\.?|[ap]\. m\.)"


@cache
def _twelve() -> re.Pattern[str]:
    """A time with a.m. or p.m., or a run of two of them."""
    return re.compile(
        rf"(\d{{1,2}})(?:[:.](\d{{2}}))?(?:[:.](\d{{2}}))?(?: ?({_HALF_DAY}))?"
        rf"(?:(?: ?- ?|{GAP}(?:to|and|until|or){GAP})(\d{{1,2}})(?:[:.](\d{{2}}))?)?(?: |\n)?({_HALF_DAY}|o'clock\b)"
        rf"(?:{GAP}({_zones()})\b)?"
    )


@cache
def _clock() -> re.Pattern[str]:
    """A time of the 24-hour clock: "14:00", "1430 GMT"."""
    return re.compile(
        rf"(\d{{1,2}})([:.]?)(\d{{2}})(?!\d|[:.]\d|[%/-])(?: ?(Z\b|{_zones()}\b)|{GAP}(hours|hrs|local time)\b)?"
    )


@cache
def _clock_run() -> re.Pattern[str]:
    """ "between 2000 and 2100 GMT": two times of the 24-hour clock that share their zone."""
    return re.compile(rf"(\d{{2}}):?(\d{{2}})(?: ?- ?|{GAP}(?:to|and|until){GAP})(\d{{2}}):?(\d{{2}}) ?({_zones()})\b")


@cache
def _whole_hour() -> re.Pattern[str]:
    return re.compile(rf"(\d{{1,2}}) ({_zones()})\b")


@cache
def _zones() -> str:
    return "|".join(sorted(calendar_words("zone"), key=len, reverse=True))


_NOT_TIMES = lazy_pattern(r" ?(?:of the|into|left|remaining|mark|per|p|\(?[ap]pm|minutes?|seconds?|to play)")


def when_at(hour: int, minute: int, zone: str = "") -> When:
    """The reading of a time of day; an impossible one keeps no EDTF."""
    if hour > 24 or minute > 59 or (hour == 24 and minute):
        return When(precision="minute")
    offset = calendar_words("zone").get(zone, "") if zone != "Z" else "0"
    shift = ""
    if offset == "0":
        shift = "Z"
    elif offset:
        sign, size = ("-", -int(offset)) if int(offset) < 0 else ("+", int(offset))
        shift = f"{sign}{size // 60:02d}:{size % 60:02d}"
    return When(precision="minute", edtf=f"T{hour:02d}:{minute:02d}{shift}")


def _on_24(hour: int, half: str) -> int:
    if half.startswith("o") or hour > 12:
        return hour
    return hour % 12 + (12 if half[0] in "pP" else 0)


def time_of_day(scan: Scan, start: int) -> Found | None:  # noqa: PLR0911 - a way out for each form
    """The time whose digits begin at the offset."""
    text = scan.text
    if start and (
        (text[start - 1] in "$£€.,:/" and text[start - 2 : start - 1].isdigit()) or text[start - 1] in "$£€#"
    ):
        return None
    if found := _twelve().match(text, start):
        half, zone = found[7], found[8] or ""
        hour, minute = _on_24(int(found[1]), found[4] or half), int(found[2] or 0)
        if found[5] is None:
            if found[4]:
                return None
            return Found(start, found.end(), "time", when_at(hour, minute, zone))
        until = when_at(_on_24(int(found[5]), half), int(found[6] or 0), zone)
        first = when_at(hour, minute, zone)
        edtf = f"{first.edtf}/{until.edtf}" if first.edtf and until.edtf else None
        return Found(start, found.end(), "time", When(precision="minute", edtf=edtf))
    if run := _clock_run().match(text, start):
        edges = [when_at(int(run[at]), int(run[at + 1]), run[5]).edtf for at in (1, 3)]
        edtf = "/".join(edge for edge in edges if edge) if all(edges) else None
        return Found(start, run.end(), "time", When(precision="minute", edtf=edtf))
    if (whole := _whole_hour().match(text, start)) and whole[2].isupper():
        return Found(start, whole.end(), "time", when_at(int(whole[1]), 0, whole[2]))
    found = _clock().match(text, start)
    if found is None:
        return None
    zone, word = found[4] or "", found[5]
    colon = found[2] == ":"
    if not zone and word is None:
        if not colon or len(found[1]) < 1 or scan.word_before(start) not in calendar_words("before a time"):
            return None
        if _NOT_TIMES.match(text, found.end()):
            return None
    if word in ("hours", "hrs") and not (
        len(found[1]) == 2 and scan.word_before(start) in calendar_words("before a time") and found[2] != "."
    ):
        return None
    if word is None and not found[2] and len(found[1]) + 2 != 4:
        return None
    end = found.end() if zone else found.end(3)
    return Found(start, end, "time", when_at(int(found[1]), int(found[3]), zone))


def named_hour(scan: Scan, start: int, end: int) -> Found:
    """ "noon" and "midnight", with "12" before them and a zone behind."""
    text = scan.text
    hour = 12 if text[start] == "n" else 0
    begin = start - 3 if scan.head(start, 3) == "12 " and not text[start - 4 : start - 3].isdigit() else start
    zone = re.compile(rf" ({_zones()})\b").match(text, end)
    return Found(begin, zone.end() if zone else end, "time", when_at(hour, 0, zone[1] if zone else ""))

"""The year behind a date, written or by words; the patterns that dates share."""

from __future__ import annotations

import re
from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.calendar.almanac import calendar_words, months
from checks.extract.calendar.scan import GAP, Scan

YEAR = rf"(?:,?{GAP}(?:of{GAP})?|, ?)(?P<year>[12]\d{{3}})(?![\w%]|[.,:]\d|-\d|{GAP}(?:GMT|UTC|ET|EST|EDT|BST)\b)"
_RELATIVE_YEAR = lazy_pattern(rf",?{GAP}(?:of{GAP})?(last|this|next){GAP}year\b")


@cache
def month_names() -> str:
    """All names of months, for a pattern."""
    return "|".join(sorted(months(), key=len, reverse=True))


@cache
def year_after() -> re.Pattern[str]:
    """What follows a month as its year: "2011", "-2011", "'11"."""
    return re.compile(rf"\.?(?:{YEAR}|-(?P<hyphened>[12]\d{{3}})(?!\d)|{GAP}'(?P<short>\d{{2}})(?![\w%]))")


def relative_year(scan: Scan, end: int) -> tuple[int, int] | None:
    """The year that "last year" behind a date means, and where those words end."""
    found = _RELATIVE_YEAR.match(scan.text, end)
    if found is None or scan.today is None:
        return None
    year = scan.today.year + {"last": -1, "this": 0, "next": 1}[found[1]]
    return (year, found.end()) if 1 <= year <= 9999 else None


def with_stop(text: str, end: int, word: str) -> int:
    """The end of a month's name with the stop of its abbreviation, where that cannot end the sentence."""
    if (
        word in calendar_words("short month")
        and text[end : end + 1] == "."
        and not re.match(r"\.(?:['\")]*(?:\s+[A-Z\"']|\s*$))", text[end : end + 6])
    ):
        return end + 1
    return end


def written_year(found: re.Match[str] | None) -> int | None:
    """The year that such a pattern found."""
    if found is None:
        return None
    written = found["year"] or found["hyphened"]
    if written:
        return int(written)
    short = int(found["short"])
    return 2000 + short if short < 50 else 1900 + short

"""Dates in digits, "13/09/2022", "9/13/2022", "2022-09-13", and whether the copy puts the day first."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import When
from checks.extract.calendar.almanac import day_when, months
from checks.extract.calendar.scan import Found, Scan

_SLASHED = lazy_pattern(r"(\d{1,4})([/.-])(\d{1,2})\2(\d{2,4})(?![A-SU-Za-z_\d/]|[.-]\d)")
_NAMED = lazy_pattern(r"(\d{1,2})-([A-Z][a-z]{2,8})-(\d{4}|\d{2})(?!\w)")
_ISO_REST = lazy_pattern(r"T\d{2}:\d{2}(?::\d{2}(?:\.\d{1,6})?)?(?:Z|[+-]\d{2}:?\d{2})?")
Order = Literal["day", "month"]
_ORDER = lazy_pattern(r"(?<![\d/.-])(\d{1,2})[/-](\d{1,2})[/-](?:\d{4}|\d{2})(?![\d/.-])")


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

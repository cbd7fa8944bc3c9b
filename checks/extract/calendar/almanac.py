"""What calendar words mean: the word lists, and the days that a date in copy stands for.

A story has a day of its own, its "today". What copy leaves out (the year of "Sept. 13", the week of "Tuesday")
is filled in from it, by the words around where they tell past from future.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from functools import cache
from typing import TYPE_CHECKING, Literal, NamedTuple

from checks.core.model import When
from checks.core.word_lists import rows

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Where the words around a date look: surely back or ahead, rather back ("told") or ahead ("ahead"), either way
#: ("open"); None where they do not tell. A date that is close may stand against its words: "will" is often another's.
Lean = Literal["past", "future", "told", "ahead", "open"] | None

#: How much farther off a date counts that lies ahead, or behind, where the words look the other way. News tells what
#: has happened: where words do not tell, a date ahead must be clearly nearer than the one behind.
_AHEAD_COUNTS: dict[Lean, float] = {"told": 2.5, None: 1.5}
_BEHIND_COUNTS: dict[Lean, float] = {"ahead": 5.0}

_DAY_NAMES = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@cache
def calendar_words(role: str) -> dict[str, str]:
    """The words that the list gives a role, with their values."""
    return {row["word"]: row["value"] for row in rows("calendar_words.csv") if row["role"] == role}


@cache
def months() -> dict[str, int]:
    """Month names, full and short, as copy writes them."""
    return {
        word: int(value)
        for role in ("month", "month or word", "short month")
        for word, value in calendar_words(role).items()
    }


@cache
def weekdays() -> dict[str, int]:
    """Weekday names, full and short; Monday is 0."""
    return {
        word: int(value)
        for role in ("weekday", "weekdays", "short weekday")
        for word, value in calendar_words(role).items()
    }


class Holiday(NamedTuple):
    """A named day: its rule, and whether the name alone is enough to know that the day is meant."""

    name: str
    rule: str
    alone: bool


@cache
def holidays() -> dict[str, tuple[Holiday, ...]]:
    """The named days by the first word of their names, longest name first."""
    found: dict[str, list[Holiday]] = {}
    for row in rows("holidays.csv"):
        first = "".join(c if c.isascii() and c.isalnum() else " " for c in row["name"]).split()[0]
        found.setdefault(first, []).append(Holiday(row["name"], row["rule"], row["alone"] == "yes"))
    return {first: tuple(sorted(named, key=lambda day: -len(day.name))) for first, named in found.items()}


def real_date(year: int, month: int, day: int) -> date | None:
    """The date, or None where the calendar has no such day."""
    if 1 <= year <= 9999 and 1 <= month <= 12 and 1 <= day <= monthrange(year, month)[1]:
        return date(year, month, day)
    return None


def moved(day: date, days: int) -> date | None:
    """The date so many days on, None beyond the ends of the calendar."""
    try:
        return day + timedelta(days)
    except OverflowError:
        return None


def nearest_year(month: int, day: int, today: date, lean: Lean = None) -> date | None:
    """The date with this month and day that is nearest to the story's; with a lean, the nearest on that side."""
    real = [found for year in range(today.year - 4, today.year + 5) if (found := real_date(year, month, day))]
    if (month, day) != (2, 29):
        real = [found for found in real if abs(found.year - today.year) <= 1]
    if lean in ("past", "future"):
        real = [found for found in real if (found <= today if lean == "past" else found >= today)]
    elif (month, day) == (2, 29):
        # A 29 February that the years around the story lack is a slip, not a day years away.
        real = [found for found in real if abs((found - today).days) <= 366]
    return min(real, key=lambda found: _away((found - today).days, lean), default=None)


def nearest_run(runs: Sequence[tuple[date, date]], today: date, lean: Lean) -> tuple[date, date] | None:
    """The run of days whose middle is nearest to the story's day; with a lean, nearest on that side."""

    def middle(run: tuple[date, date]) -> int:
        return (run[0] - today).days + (run[1] - run[0]).days // 2

    if lean in ("past", "future"):
        runs = [run for run in runs if (run[0] <= today if lean == "past" else run[1] >= today)]
    return min(runs, key=lambda run: _away(middle(run), lean), default=None)


def _away(distance: int, lean: Lean) -> float:
    """How far off a date is; one on the side where the words do not look counts for more."""
    return abs(distance) * (_AHEAD_COUNTS if distance > 0 else _BEHIND_COUNTS).get(lean, 1.0)


def day_when(year: int | None, month: int, day: int, today: date | None, lean: Lean = None) -> When:
    """The reading of a month and day, with or without a year. A day that does not exist has no start."""
    if year is not None:
        found = real_date(year, month, day)
    else:
        found = nearest_year(month, day, today, lean) if today else None
    edtf = found.isoformat() if found else None
    if found is None and year is None and real_date(2000, month, day):
        edtf = f"XXXX-{month:02d}-{day:02d}"
    return When(
        precision="day",
        year=year,
        month=month,
        day=day,
        start=found,
        end=found,
        year_given=year is not None,
        edtf=edtf,
    )


def days_when(first: When, last: When, *, both: bool = False) -> When:
    """A run of days from one date to another; with ``both`` only the two, which EDTF writes as a set."""
    edtf = None
    if first.edtf and last.edtf:
        edtf = f"{{{first.edtf},{last.edtf}}}" if both else f"{first.edtf}/{last.edtf}"
    right_way = first.start is not None and last.end is not None and first.start <= last.end
    return When(
        precision=first.precision,
        year=first.year,
        month=first.month,
        day=first.day,
        start=first.start if right_way else None,
        end=last.end if right_way else None,
        year_given=first.year_given or last.year_given,
        edtf=edtf,
    )


def month_when(year: int | None, month: int, today: date | None, lean: Lean = None) -> When:
    """The reading of a month, with or without a year: the nearest to the story's, its own month included."""
    given = year is not None
    found = year
    if found is None and today:
        distances = {
            y: (y - today.year) * 12 + month - today.month for y in (today.year - 1, today.year, today.year + 1)
        }
        if lean in ("past", "future", "ahead"):
            distances = {y: d for y, d in distances.items() if (d <= 0 if lean == "past" else d >= 0)}
        # Six months each way: "in March" of a September story was the last one. One ahead counts half as much again
        # where the words rather look back: what was announced "in November" may be what is to come then.
        more = 1.5 if lean == "told" else 1
        found = min(distances, key=lambda y: (abs(distances[y]) * (more if distances[y] > 0 else 1), distances[y] > 0))
    real = found is not None and 1 <= found <= 9999
    return When(
        precision="month",
        year=year,
        month=month,
        start=date(found, month, 1) if real and found else None,
        end=date(found, month, monthrange(found, month)[1]) if real and found else None,
        year_given=given,
        edtf=f"{found:04d}-{month:02d}" if found is not None else f"XXXX-{month:02d}",
    )


def year_when(year: int) -> When:
    """The reading of a year."""
    return When(
        precision="year", year=year, start=date(year, 1, 1), end=date(year, 12, 31), year_given=True, edtf=f"{year:04d}"
    )


def years_when(first: int, last: int) -> When:
    """The reading of two years as a run: a season or financial year where they follow each other."""
    return When(
        precision="season" if last == first + 1 else "year",
        year=first,
        start=date(first, 1, 1),
        end=date(last, 12, 31),
        year_given=True,
        edtf=f"{first:04d}/{last:04d}",
    )


def decade_when(first: int, part: str | None = None) -> When:
    """The reading of a decade, whole or early, mid or late."""
    start, end = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(part or "", (0, 9))
    return When(
        precision="decade",
        year=first,
        start=date(first + start, 1, 1),
        end=date(first + end, 12, 31),
        year_given=True,
        edtf=f"{first // 10}X",
    )


def century_when(hundreds: int) -> When:
    """The reading of a century, by the digits of its years ("18" for the 19th)."""
    start = max(hundreds * 100, 1)
    return When(
        precision="century",
        year=start,
        start=date(start, 1, 1),
        end=date(hundreds * 100 + 99, 12, 31),
        year_given=True,
        edtf=f"{hundreds:02d}XX",
    )


def quarter_when(year: int | None, quarter: int) -> When:
    """The reading of a quarter; without a year its days stay open, as companies' years begin when they like."""
    start = end = None
    if year is not None and 1 <= year <= 9999:
        start = date(year, quarter * 3 - 2, 1)
        end = date(year, quarter * 3, monthrange(year, quarter * 3)[1])
    return When(
        precision="quarter",
        year=year,
        start=start,
        end=end,
        year_given=year is not None,
        edtf=f"{year:04d}-{32 + quarter}" if year is not None else f"XXXX-{32 + quarter}",
    )


def season_when(year: int, code: int, *, given: bool) -> When:
    """The reading of a season; its days stay open, since they are others south of the equator."""
    return When(precision="season", year=year if given else None, year_given=given, edtf=f"{year:04d}-{code}")


def weekday_when(weekday: int, today: date | None, lean: Lean = None, *, strictly: bool = False) -> When:
    """The reading of a weekday: the latest one up to the story's day, or the next with a lean to the future.

    ``strictly`` leaves out the story's own day: "last Tuesday" of a Tuesday is a week ago.
    """
    found = None
    if today:
        back = (today.weekday() - weekday) % 7
        if lean == "future":
            found = moved(today, (-back) % 7 or (7 if strictly else 0))
        else:
            found = moved(today, -(back or (7 if strictly else 0)))
    return When(precision="day", weekday=weekday, start=found, end=found, edtf=found.isoformat() if found else None)


def span_when(precision: Literal["day", "week"], start: date | None, end: date | None) -> When:
    """The reading of a stretch of days that the story's own date gives: yesterday, last week."""
    edtf = None
    if start and end:
        edtf = start.isoformat() if start == end else f"{start.isoformat()}/{end.isoformat()}"
    return When(precision=precision, start=start, end=end, edtf=edtf)


def holiday_when(holiday: Holiday, year: int | None, today: date | None, lean: Lean = None) -> When:
    """The reading of a named day in a year, or in the year that puts it nearest to the story."""
    rule = holiday.rule
    if len(rule) == 10 and rule[4] == "-":  # a day in history: D-Day, 9/11
        once = date.fromisoformat(rule)
        return When(precision="day", start=once, end=once, edtf=rule)
    if year is not None:
        found = _holiday_in(rule, year)
    elif today:
        near = [day for y in (today.year - 1, today.year, today.year + 1) if (day := _holiday_in(rule, y))]
        if lean in ("past", "future"):
            near = [day for day in near if (day <= today if lean == "past" else day >= today)]
        found = min(near, key=lambda day: _away((day - today).days, lean), default=None)
    else:
        found = None
    edtf = found.isoformat() if found else f"{year:04d}" if year is not None else None
    if edtf is None and len(rule) == 5:
        edtf = f"XXXX-{rule}"
    return When(precision="day", year=year, start=found, end=found, year_given=year is not None, edtf=edtf)


@cache
def _holiday_in(rule: str, year: int) -> date | None:
    """The day of a rule in a year: "12-25", "easter-2", "thursday 4 11 +1", "holidays IL Yom Kippur"."""
    if not rule or not 1600 <= year <= 4000:
        return None
    if rule.startswith("easter"):
        from dateutil.easter import easter

        return easter(year) + timedelta(int(rule[6:] or 0))
    if rule.startswith("holidays"):
        _, country, name = rule.split(" ", 2)
        from holidays import country_holidays

        if not 1970 <= year <= 2040:
            return None
        named = sorted(day for day, names in country_holidays(country, years=[year]).items() if name == names)
        return named[0] if named else None
    parts = rule.split()
    if len(parts) == 1:
        return real_date(year, int(rule[:2]), int(rule[3:]))
    weekday, nth, month = _DAY_NAMES.index(parts[0]), int(parts[1]), int(parts[2])
    first, length = monthrange(year, month)
    day = 1 + (weekday - first) % 7
    day += (nth - 1) * 7 if nth > 0 else (length - day) // 7 * 7
    return date(year, month, day) + timedelta(int(parts[3]) if len(parts) > 3 else 0)

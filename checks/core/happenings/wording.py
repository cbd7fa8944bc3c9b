"""Events and their dates in words."""

from __future__ import annotations

import calendar
import re
from typing import TYPE_CHECKING

from checks.core.model import Fact, When

if TYPE_CHECKING:
    from checks.core.reference import Event


def in_words(iso: str) -> str:
    """An ISO date in words."""
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    month = calendar.month_name[int(parts[1])]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


def dates_of(row: Event) -> str:
    """The dates of a row in words."""

    def one(iso: str) -> str:
        year = row.precision == "year" or (row.precision == "day_or_year" and iso[5:] == "01-01")
        month = row.precision == "month" or (row.precision == "day_or_month" and iso[8:] == "01")
        return iso if iso.startswith("-") else in_words(iso[:4] if year else iso[:7] if month else iso)

    start, end = one(row.start), one(row.end) if row.end else ""
    return f"{start} to {end}" if end and end != start else start


def copy_in_words(when: When) -> str:
    """The copy's date in words."""
    if when.precision == "year":
        return str(when.year)
    month = calendar.month_name[when.month or 1]
    day = f"{when.day} {month}" if when.precision == "day" else month
    return f"{day} {when.year}" if when.year_given else day


def in_style(iso: str, when: When, written: str) -> str:
    """The right date to the precision and in the order that the copy writes."""
    parts = iso.split("-")
    if when.precision == "year" or len(parts) == 1:
        return parts[0]
    month = calendar.month_name[int(parts[1])]
    month = _as_long(month, written)
    year = parts[0] if when.year_given else ""
    if when.precision == "month" or len(parts) == 2:
        return f"{month} {year}".strip()
    day = str(int(parts[2]))
    if written[:1].isdigit():
        return f"{day} {month} {year}".strip()
    return f"{month} {day}, {year}" if year else f"{month} {day}"


def _as_long(month: str, written: str) -> str:
    """The month in full or short, as the copy writes its own: "Feb." beside "Sept.", never "Mar." or "Jul."."""
    words = re.findall(r"[^\W\d_]{3,}\.?", written)
    for word in words:
        own = next((name for name in calendar.month_name[1:] if name.casefold().startswith(word[:3].casefold())), None)
        if own is None:
            continue
        if own == month:
            return str(word)
        if len(word.rstrip(".")) == len(own):
            return month
        short = "Sept" if month == "September" and (word.endswith(".") or len(word) > len("Mar")) else month[:3]
        if not word.endswith("."):
            return short
        return month if len(month) <= len("March") or month in {"June", "July"} else f"{short}."
    return month


def fact_of(row: Event) -> Fact:
    """A row, as evidence."""
    return Fact(
        table="events",
        entity_id=row.id,
        entity=row.name,
        attribute="start" if not row.end else "start/end",
        value=row.start if not row.end else f"{row.start}/{row.end}",
        unit=None,
        source=row.source,
        qualifier=row.precision if row.precision != "day" else None,
        disputed=row.doubt is not None,
    )

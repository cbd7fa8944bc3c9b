"""Dates as metadata writes them, read only where no guess is needed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})(?:[T ].{0,40})?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T.{0,40})?")
#: Two days that share neither year, month nor day: where both complete a text to the same date, it was complete.
_DEFAULTS = (datetime(2001, 1, 1), datetime(2002, 2, 2))  # noqa: DTZ001


def read_date(value: Any) -> date | None:
    """The day that a value of metadata names; None where it names none, or could name two (03/04/2022)."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value).strip() if isinstance(value, str | int) else ""
    if iso := _ISO.fullmatch(text) or _COMPACT.fullmatch(text):
        try:
            return date(int(iso[1]), int(iso[2]), int(iso[3]))
        except ValueError:
            return None
    return _in_words(text)


def _in_words(text: str) -> date | None:
    if not 6 <= len(text) <= 60:
        return None
    from dateutil import parser

    readings = set()
    for default in _DEFAULTS:
        for dayfirst in (False, True):
            try:
                readings.add(parser.parse(text, default=default, dayfirst=dayfirst).date())
            except (ValueError, OverflowError):
                return None
    return readings.pop() if len(readings) == 1 else None

"""(being written)"""

from __future__ import annotations

from functools import cache


class Tables:
    """The reference tables."""

    version = "0"
    as_of = "2026-11-22"


@cache
def default_tables() -> Tables:
    """The tables that figurecheck ships."""
    return Tables()

"""Where a weekday and a date of the copy stand side by side and so are the same day."""

from __future__ import annotations

from functools import lru_cache

from checks.core.lazy_pattern import lazy_pattern

# "Tuesday, Sept. 13", "Tuesday (Sept. 13", "Tuesday, the 13th", "Monday morning, Sept. 23", "Monday 9 p.m., May 5"
_AFTER_WEEKDAY = lazy_pattern(
    r"\.?(?:[ \n](?:morning|afternoon|evening|night|lunchtime))?"
    r"(?:,?[ \n]{1,3}(?:(?:the|on|dated)[ \n])?|[ \n]?[(\[][ \n]?|[ \n]?[-/][ \n]?|, \()"
)
# "Sept. 13, a Tuesday", "Sept. 13 (a Tuesday", "Sept. 13, which is a Tuesday"
_AFTER_DATE = lazy_pattern(
    r"[,;]?[ \n]?(?:[ \n(\[-][ \n]?|\()?"
    r"(?:(?:which (?:is|was|falls on|fell on)|was|is|falls on|fell on|will be|falls|this year,?) ?(?:a )?|an? |on a )"
)
_BRACKETED = lazy_pattern(r"[ \n][(\[]$")


@lru_cache(maxsize=512)
def weekday_first(weekday: str, between: str) -> bool:
    """Whether what stands between a weekday and a date after it makes them one day."""
    if between[:1] == "." and weekday.lower().endswith("day"):
        return False  # a full name has no stop of its own: a sentence ends there
    return len(between) <= 16 and _AFTER_WEEKDAY.fullmatch(between) is not None


@lru_cache(maxsize=512)
def date_first(between: str, behind: str) -> bool:
    """Whether what stands between a date and a weekday after it makes them one day."""
    if len(between) > 28:
        return False
    if _AFTER_DATE.fullmatch(between):
        return True
    return _BRACKETED.fullmatch(between) is not None and behind in ")]"

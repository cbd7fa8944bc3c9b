"""One number in copy, in digits or words, and where one can begin."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from checks.core.word_tree import any_of
from checks.extract.quantities.digits import VULGAR, in_digits
from checks.extract.quantities.numeric import Number, roles, vague
from checks.extract.quantities.spoken import in_words

if TYPE_CHECKING:
    from collections.abc import Iterator


@cache
def _starters() -> str:
    """The words that a number can begin with, as a pattern."""
    known = roles()
    starters = {word for role in ("unit", "teen", "ten", "ordinal", "multiple") for word in known[role]}
    starters |= {"hundred", "thousand", "million", "billion", "trillion", "dozen", "couple", "half", "quarter"}
    starters = (starters | set(vague())) - {"first"}
    return any_of(starters | {word[0].upper() + word[1:] for word in starters}) + r"\b"


@cache
def opening() -> re.Pattern[str]:
    """What a number can begin with: a digit, a vulgar fraction or a number word."""
    return re.compile(rf"[0-9{VULGAR}]|\b{_starters()}")


@cache
def _spotting() -> re.Pattern[str]:
    # With the character before a word: the search then leaps from the end of a word to the end of the next.
    return re.compile(rf"[\W0-9{VULGAR}](?:(?<=[0-9{VULGAR}])|{_starters()})")


def openings(text: str) -> Iterator[int]:
    """Where numbers can begin in the text. Linear time."""
    for match in _spotting().finditer(" " + text):
        start, end = match.span()
        yield start if end - start > 1 else start - 1


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at the offset, with its scale word; None where there is none.

    Digits that no style of English writes ("4,2000") come back as ``malformed``.
    """
    first = text[at]
    return in_digits(text, at) if first in VULGAR or (first.isascii() and first.isdigit()) else in_words(text, at)

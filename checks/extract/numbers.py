"""One number in copy, in digits or words, and where one can begin."""

from __future__ import annotations

import re
from functools import cache

from checks.extract.digits import VULGAR, in_digits
from checks.extract.numeric import Number, roles, vague
from checks.extract.spoken import in_words


@cache
def opening() -> re.Pattern[str]:
    """Where a number can begin: a digit, a vulgar fraction or a number word. Linear time."""
    known = roles()
    starters = {w for role in ("unit", "teen", "ten", "ordinal", "multiple") for w in known[role]}
    starters |= {"hundred", "thousand", "million", "billion", "trillion", "dozen", "couple", "half", "quarter"}
    starters = (starters | set(vague())) - {"first"}
    by_initial: dict[str, list[str]] = {}
    for word in starters:
        by_initial.setdefault(word[0], []).append(word[1:])
    branches = "|".join(
        f"[{initial}{initial.upper()}](?:{'|'.join(sorted(tails, key=len, reverse=True))})"
        for initial, tails in sorted(by_initial.items())
    )
    return re.compile(rf"[0-9{VULGAR}]|\b(?:{branches})\b")


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at the offset, with its scale word; None where there is none.

    Digits that no style of English writes ("4,2000") come back as ``malformed``.
    """
    first = text[at]
    return in_digits(text, at) if first in VULGAR or (first.isascii() and first.isdigit()) else in_words(text, at)

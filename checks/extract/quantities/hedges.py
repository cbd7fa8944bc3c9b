"""Words that open a figure to one side or both: "about", "more than", "or so"."""

from __future__ import annotations

from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Bound, Hedge
from checks.core.word_lists import rows

_LONGEST = 5
_WORDS_BEFORE = lazy_pattern(r"(?:[A-Za-z.]+[ \u00a0\u2009\u202f\n]{1,2}){1,5}$")
_AFTER = lazy_pattern(r"(?:[ \u00a0](?:or|and|at)[ \u00a0][a-z]+|-plus\b|[ \u00a0]plus\b|\+)")


@cache
def _phrases(position: str) -> dict[str, Bound]:
    return {
        row["phrase"]: row["bound"]  # type: ignore[misc]
        for row in rows("hedges.csv")
        if row["position"] == position
    }


@cache
def _last_words() -> tuple[str, ...]:
    return tuple({phrase.split()[-1] for phrase in _phrases("before")})


_BETWEEN = lazy_pattern(r"[ \u00a0](?:an?|age|the age of)[ \u00a0]$")


def hedge_before(text: str, start: int) -> tuple[Hedge, int] | None:
    """The hedge that ends before the offset, and where it begins: "nearly", also in "nearly an 8 percent rise"."""
    head = text[max(start - 40, 0) : start]
    if between := _BETWEEN.search(head):
        start -= len(head) - between.start() - 1
        head = head[: between.start() + 1]
    if head.endswith("~"):
        return Hedge("~", "around"), start - 1
    if not head.rstrip().lower().endswith(_last_words()):
        return None  # nearly all numbers: told without taking the words apart
    match = _WORDS_BEFORE.search(head)
    if match is None:
        return None
    words = match[0].split()
    known = _phrases("before")
    for count in range(min(_LONGEST, len(words)), 0, -1):
        phrase = " ".join(words[-count:])
        if bound := known.get(phrase.lower()):
            begin = start - len(head) + head.rfind(words[-count], 0, len(head)) if count == 1 else None
            if begin is None:
                begin = start - len(head) + _begin(head, words[-count:])
            return Hedge(phrase, bound), begin
    return None


def _begin(head: str, words: list[str]) -> int:
    at = len(head)
    for word in reversed(words):
        at = head.rfind(word, 0, at)
    return at


def hedge_after(text: str, end: int) -> Hedge | None:
    """The hedge that follows the offset: "or so", "or more", "-plus"."""
    match = _AFTER.match(text, end)
    if match is None:
        return None
    phrase = match[0].strip(" \u00a0-")
    bound = _phrases("after").get("plus" if phrase == "+" else phrase)
    return Hedge(phrase, bound) if bound else None

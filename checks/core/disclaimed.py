"""Figures that the copy itself calls wrong: "falsely claims that ...", "an earlier version gave ...".

A claim that is reported as false is none of the desk's, and a correction must be able to name what it corrects.
The words are data (``reference_data/disclaimers.csv``). When in doubt a figure counts as disclaimed: a missed
error costs less than a flag on somebody's correction.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.word_lists import rows
from checks.core.word_tree import any_of

if TYPE_CHECKING:
    from checks.core.model import Span

#: How far before the figure its sentence is read, and how far after it.
_BEFORE = 400
_AFTER = 48
#: A heading such as "Correction:" may stand on the line before.
_HEADING = 80
_SENTENCE_END = lazy_pattern(r"(?<![A-Z])(?<!\bMr)(?<!\bDr)(?<!\bSt)(?<!\bGen)[.!?][\"”’)]{0,2}\s+(?=[A-Z\"“‘])|\n")


def disclaimed(text: str, span: Span) -> bool:
    """Whether the copy calls the figure at the span wrong, or reports it as what somebody wrongly said.

    "A post falsely claims that the ship sank in «1921»", "An earlier version put it at «12 km»; it should have
    said 8 km", "founded in 1912, not in «1921»", "the claim that it sank in «1921» is false". The right figure of
    a correction ("it should have said 8 km") is not disclaimed. Time is bounded for any text.
    """
    low = max(span.start - _BEFORE, 0)
    before = text[low : span.start]
    for end in _SENTENCE_END.finditer(before):
        low = span.start - len(before) + end.end()
    sentence = text[low : span.start]
    after = text[span.end : span.end + _AFTER]
    if end_of := _SENTENCE_END.search(after):
        after = after[: end_of.start()]
    if _after().match(after) or _denied().search(sentence[-40:]):
        return True
    last = max((match.end() for match in _reported().finditer(sentence)), default=None)
    if last is None:
        last = _said_before(text, span, sentence)
    return last is not None and _repaired().search(sentence, last) is None


def _said_before(text: str, span: Span, sentence: str) -> int | None:
    """Where the words end by which a correction names what stood there before; None where there are none."""
    source = _version().search(sentence)
    if source is None and (source := _copy().search(sentence)):
        start = max(text.rfind("\n", 0, span.start) - _HEADING, span.start - 4 * _BEFORE, 0)
        end = text.find("\n", span.end, span.end + _BEFORE)
        if not _note().search(text, start, end if end >= 0 else min(span.end + _BEFORE, len(text))):
            return None
    said = _verb().search(sentence, source.end()) if source else None
    return said.end() if said else None


def _phrases(*roles: str) -> str:
    return any_of(row["phrase"] for row in rows("disclaimers.csv") if row["role"] in roles)


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{pattern})(?!\w)", re.IGNORECASE)


@cache
def _reported() -> re.Pattern[str]:
    adverb, verb = _phrases("adverb"), _phrases("verb")
    return _words(rf"(?:{adverb})(?: \w{{1,20}})? (?:{verb})|(?:{verb}) (?:{adverb})|{_phrases('reports')}")


@cache
def _version() -> re.Pattern[str]:
    return _words(_phrases("version"))


@cache
def _copy() -> re.Pattern[str]:
    return _words(_phrases("copy"))


@cache
def _note() -> re.Pattern[str]:
    return _words(_phrases("note"))


@cache
def _verb() -> re.Pattern[str]:
    return _words(_phrases("verb"))


@cache
def _repaired() -> re.Pattern[str]:
    return _words(_phrases("repair"))


@cache
def _denied() -> re.Pattern[str]:
    """Words right before the figure that deny it: ", not in", "instead of", "rather than on"."""
    lead = rf"(?:[,;] |\band |\()(?:{_phrases('denies_after_comma')})|(?<!\w)(?:{_phrases('denies')})"
    return re.compile(rf"(?:{lead})(?: (?:in|on|of|at|by|the|from|about|as)){{0,2}} $", re.IGNORECASE)


@cache
def _after() -> re.Pattern[str]:
    return re.compile(rf"[)\"”’]{{0,2}},? {{0,2}}(?:{_phrases('after')})(?!\w)", re.IGNORECASE)

"""One pass over smoothed copy: what has been found so far, and the little that all readers of dates share."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.calendar.almanac import Lean, calendar_words

if TYPE_CHECKING:
    from datetime import date

    from checks.core.model import Kind, When

#: What stands between the words of one date: a space or a few, or a line break that is no new paragraph.
GAP = r"(?: {1,3}\n? {0,8}|\n {0,8})"
_WINDOW = 110
# Words that look ahead only from where they stand: "shut on Monday and reopens next month".
_LAST_WORD = lazy_pattern(r"([A-Za-z]+)(['.]?)[ \n(\"-]{0,3}$")
_FIRST_WORD = lazy_pattern(r"[ \n-]{0,3}(?:the )?([A-Za-z]+)")
_WORDS = lazy_pattern(r"[A-Za-z]+")
_TOLD_AT = lazy_pattern(r"(?:([A-Za-z]+)[ \n])?([A-Za-z]+)[ \n](?:(?:early|late|back)[ \n])?(?:in|on)[ \n]$")
_TIMETABLE = lazy_pattern(r"(?:\b([A-Za-z]+)[ \n])?\b([A-Za-z]+)[ \n](?:effect[ \n])?(?:on[ \n])?$")
_BEGINS = lazy_pattern(r"(?:^|\n|[.!?][\"')]{0,2} {1,3})(?:(?:[Oo]n|[Bb]ut on|[Aa]nd on)[ \n])?$")
_SINCE = lazy_pattern(r"\b[Ss]ince [^.,;:\n]{1,50}$")
_SENTENCE_END = lazy_pattern(r"[.!?]['\")]? +(?=['\"(]?[A-Z])|\n")


class Found(NamedTuple):
    """A figure in smoothed copy, before its offsets are those of the source."""

    start: int
    end: int
    kind: Kind
    when: When | None = None
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    fine: Decimal = Decimal(1)
    coarse: Decimal = Decimal(1)


class Scan:
    """The text being read, the story's day, and where the last figure ended: nothing is read twice."""

    def __init__(self, text: str, today: date | None) -> None:
        self.text = text
        self.today = today
        self.found: list[Found] = []
        self.floor = 0
        #: Where the last entry of a chronology stands, and its day.
        self.entry: tuple[int, date] | None = None

    def add(self, figure: Found) -> None:
        """Keep a figure; what follows is read from its end."""
        self.found.append(figure)
        self.floor = figure.end

    def head(self, start: int, width: int = 60) -> str:
        """The text just before an offset that no figure has claimed yet."""
        return self.text[max(self.floor, start - width) : start]

    def word_before(self, start: int) -> str:
        """The word right before an offset, in small letters; empty where something else stands there."""
        word = _LAST_WORD.search(self.text[max(0, start - 24) : start])
        return word[1].lower() if word and word[2] != "." else ""

    def word_after(self, end: int) -> str:
        """The word right after an offset, as written; empty where something else stands there."""
        word = _FIRST_WORD.match(self.text, end)
        return word[1] if word else ""

    def holds(self, part: str) -> bool:
        """Whether the copy has these words anywhere."""
        return part in self.text

    def lean(self, start: int, end: int) -> Lean:
        """Whether the words around a date look back or ahead; None where they do not tell.

        The nearest verb before it decides ("will meet on Friday", "said on Friday it will"), at the start of a
        sentence the first after it ("On Friday, ministers will meet").
        """
        if told := self.lean_before(start):
            return told
        stop = _SENTENCE_END.search(self.text, end, end + _WINDOW)
        words = _WORDS.findall(self.text[end : stop.start() if stop else end + _WINDOW].lower())[:10]
        for at, word in enumerate(words):
            if word in calendar_words("future where it stands"):
                continue
            if told := _tells(word, words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""):
                return told
        return None

    def told_at(self, start: int) -> bool:
        """Whether a verb of the past leads straight to a date: "was convicted in April", "fell on May 3"."""
        led = _TOLD_AT.search(self.text[max(0, start - 40) : start])
        if led is None:
            return False
        word = led[2].lower()
        return word == "set" or _tells(word, (led[1] or "").lower(), "") == "past"

    def timetable_before(self, start: int) -> Lean:
        """Where a verb of timetables looks that leads to a date: "the year, which ends September 30"."""
        led = _TIMETABLE.search(self.text[max(0, start - 30) : start])
        if led is None:
            return None
        lean = calendar_words("timetable").get(led[2].lower())
        # "was due on Aug. 8" has its day behind it as often as ahead.
        return "open" if lean and (led[1] or "").lower() in ("was", "were", "been") else lean  # type: ignore[return-value]

    def named_ahead(self, start: int, end: int) -> bool:
        """Whether the date is that of something that copy mostly speaks of beforehand: elections, deadlines."""
        words = _WORDS.findall(self.text[max(0, start - 40) : start].lower())[-4:]
        words += _WORDS.findall(self.text[end : end + 45].lower())[:5]
        return any(word in calendar_words("named ahead") for word in words)

    def begins_sentence(self, start: int) -> bool:
        """Whether a sentence begins with the date: "On May 1, the bank raised its rates"."""
        return _BEGINS.search(self.text[max(0, start - 12) : start]) is not None

    def since_before(self, start: int) -> bool:
        """Whether the date ends a span that began with it: "since the flood of February 24"."""
        return _SINCE.search(self.text[max(0, start - 60) : start]) is not None

    def lean_before(self, start: int, *, skip_last: bool = False) -> Lean:
        """What the words before a date tell, back to the beginning of its sentence, with or without the last one."""
        begin = max(0, start - _WINDOW)
        for stop in _SENTENCE_END.finditer(self.text, begin, start + 1):
            begin = min(stop.end(), start)
        words = _WORDS.findall(self.text[begin:start].lower())[-16:]
        if skip_last:
            words = words[:-1]
        if words and words[-1] in _close_future():
            return "future"
        for at in range(len(words) - 1, -1, -1):
            if told := _tells(words[at], words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""):
                return told
        return None


@cache
def _close_future() -> frozenset[str]:
    return frozenset(calendar_words("until"))


@cache
def _future() -> frozenset[str]:
    return frozenset(calendar_words("future"))


@cache
def _told() -> frozenset[str]:
    return frozenset(calendar_words("told"))


def _tells(word: str, before: str, after: str) -> Lean:
    """What one word says of the time: "will" looks ahead, "said" back, "to be held" neither."""
    if word in _future():
        return None if before == "than" else "future"
    if word == "set":
        return "future" if after in ("to", "for") else None
    if word == "to" and before in calendar_words("before to"):
        return "future"
    if word in _told() or (word.endswith("ed") and len(word) > 3 and word not in calendar_words("no past")):
        return None if before in ("be", "being") else "past"
    return None

"""Two numbers that belong together: ranges ("10-15 km"), changes ("from 208 to 193"), scores and votes ("52-48")."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Span
from checks.core.word_lists import words
from checks.extract.quantities.counts import counted
from checks.extract.quantities.cursor import DASHES, Cursor, Part
from checks.extract.quantities.hedges import hedge_before
from checks.extract.quantities.numbers import opening, read_number
from checks.extract.quantities.numeric import SPACE, Number, roles
from checks.extract.quantities.units import read_unit

if TYPE_CHECKING:
    from checks.extract.quantities.units import Measured

_LINK = lazy_pattern(rf"(?:-(to|or)-|{SPACE}?[{DASHES}]{SPACE}?|{SPACE}(to|and|or){SPACE})(?=[0-9$£€¥½⅓¼¾A-Za-z])")
_ONE_IN = lazy_pattern(rf"{SPACE}(?:in|out{SPACE}of){SPACE}(?:every{SPACE})?")
_SCORE_BEFORE = lazy_pattern(
    r"\b(?:w[io]n(?:s|ning)?|beat(?:s|en|ing)?|los(?:e|es|ing|t)|defeat\w*|dr[ae]w\w*|victor\w+|scor\w+|led|leads?|leading|"
    r"trail\w*|vot\w+|ruled|ruling|decision|goals?|match|game|semi-?finals?|finals?|tied|thrash\w*|crush\w*|down)\b"
)
_SCORE_BEHIND = lazy_pattern(
    rf"{SPACE}(?:win|victory|defeat|loss|lead|draw|vote|ruling|decision|majority|margin|record|score|final)\b"
)


_SIGN = lazy_pattern(r"(?:[A-Z]{1,3}|Rs\.?|Rp)?[ \u00a0]?[$£€¥]?[ \u00a0]?(?=\d)")


class Read(NamedTuple):
    """The figures read, and the offset from which to go on."""

    figures: list[Figure]
    end: int


def read_pair(cursor: Cursor, first: Part) -> Read | None:
    """What the number and the one joined to it by a dash or a word say together; None where nothing joins them."""
    link = _LINK.match(cursor.text, first.end)
    second = _second(cursor, link.end()) if link else None
    if link is None or second is None:
        return None
    word = link[1] or link[2]
    if word is None:
        return _dashed(cursor, first, second)
    hedge = hedge_before(cursor.text, first.start)
    start = hedge[1] if hedge else first.start
    previous = cursor.word_before(start).lower()
    if word == "and" and previous not in ("between", "both"):
        return None
    if word == "to" and previous == "from":
        head = max(start - 12, 0)
        before_from = cursor.word_before(head + cursor.text[head:start].lower().rfind("from")).lower()
        if before_from not in words("number_names.csv", "ranging"):
            return _change(cursor, first, second)
    if word == "to" and first.unit and first.unit.end > first.number.end and _is_move(cursor, start):
        return None  # "rose 0.1 percent to 62.8 percent"
    if link[1] and first.number.value > second.number.value:
        return _score(cursor, first, second)  # a vote of 94-to-6
    if word == "or" and not (second.unit or counted(cursor.text, second.number.end, single=False)):
        return None
    if word == "to" and first.number.value > second.number.value and _SCORE_BEHIND.match(cursor.text, second.end):
        return _score(cursor, first, second)
    return _range(cursor, first, second)


def _is_move(cursor: Cursor, start: int) -> bool:
    """Whether the words before the offset tell of a rise or a fall."""
    before = cursor.text[max(start - 24, 0) : start].lower().split()[-3:]
    return not words("number_names.csv", "move").isdisjoint(before)


def _second(cursor: Cursor, at: int) -> Part | None:
    text = cursor.text
    if sign := _SIGN.match(text, at):
        at = sign.end()
    if at >= min(len(text), cursor.limit) or not opening().match(text, at):
        return None
    second = cursor.part(at)
    return None if second is None or second.number.style in ("vague", "malformed") else second


def _dashed(cursor: Cursor, first: Part, second: Part) -> Read | None:
    text = cursor.text
    behind = text[second.end : second.end + 2]
    if behind[:1] in DASHES and behind[1:].isdigit():
        return Read([], cursor.run_end(first.start))  # a formation (4-2-3-1), a telephone or part number
    if first.unit is None and first.number.style == "digits" and cursor.is_name(first):
        return Read([], cursor.run_end(first.start))
    if _runs_upwards(cursor, first, second):
        return _range(cursor, first, second)
    return _score(cursor, first, second)


def _runs_upwards(cursor: Cursor, first: Part, second: Part) -> bool:
    """Whether two numbers joined by a dash run upwards and are no score."""
    one, two = first.number, second.number
    if one.value >= two.value and not _shares_scale(cursor.text, first, second):
        return False
    if first.unit or second.unit or two.scaled:
        return True
    if _SCORE_BEHIND.match(cursor.text, two.end):
        return False
    if counted(cursor.text, two.end, single=False):
        return True
    return not _SCORE_BEFORE.search(cursor.text, max(first.start - 80, 0), two.end + 20)


def _range(cursor: Cursor, first: Part, second: Part) -> Read | None:
    first = _same_scale(cursor.text, first, second)
    one, two = first.number, second.number
    if one.value >= two.value:
        return None
    if first.unit and second.unit and not _same_unit(first.unit, second.unit):
        return None
    if first.unit and not second.unit and first.unit.end > one.end:
        return None  # "rose 1.2 percent to 1,234": the level after a move
    unit = second.unit or first.unit
    whole = Part(two, first.start, second.end, unit._replace(end=second.end) if unit else None)
    figure = cursor.finished(whole, low=one.value, high=two.value, first=one)
    return Read([figure], figure.span.end) if figure else None


def _score(cursor: Cursor, first: Part, second: Part) -> Read | None:
    """A score or a vote: two whole numbers that run downwards, or stand beside words for one."""
    one, two = first.number, second.number
    if first.unit or second.unit or one.scaled or two.scaled or {one.style, two.style} != {"digits"}:
        return None
    if one.fine != 1 or two.fine != 1 or max(one.value, two.value) > 999:
        return Read([], two.end)
    span = Span(first.start, two.end)
    return Read([Figure(span=span, text=span.of(cursor.text), kind="score", low=one.value, high=two.value)], two.end)


def _change(cursor: Cursor, first: Part, second: Part) -> Read | None:
    """ "from 208 to 193 tonnes": two figures that share the unit and the scale."""
    if first.unit and first.unit.end > first.number.end:
        return None
    first = _same_scale(cursor.text, first, second)
    if first.unit is None and second.unit:
        first = first._replace(unit=second.unit._replace(end=first.end))
    elif first.unit and second.unit is None:
        second = second._replace(unit=first.unit._replace(end=second.end))
    elif first.unit is None:
        return None
    limit, cursor.limit = cursor.limit, first.end  # the words behind it belong to the second
    before = cursor.finished(first)
    cursor.limit = limit
    after = cursor.finished(second)
    return Read([before, after], after.span.end) if before and after else None


def _shares_scale(text: str, first: Part, second: Part) -> bool:
    """Whether "10" in "10 to 12 million" means ten million."""
    one, two = first.number, second.number
    if one.scaled or not two.scaled or (first.unit and first.unit.end > one.end):
        return False
    return one.value < two.value / scale_of(two, text)


def _same_scale(text: str, first: Part, second: Part) -> Part:
    return first.times(scale_of(second.number, text)) if _shares_scale(text, first, second) else first


_DIGITS = lazy_pattern(r"[\d,]*\d(?:\.\d+)?")


def scale_of(number: Number, text: str) -> Decimal:
    """The factor that a number's scale word stands for: a million in "1.5 million"."""
    if digits := _DIGITS.match(text, number.start):
        plain = Decimal(digits[0].replace(",", ""))
        return number.value / plain if plain else Decimal(1)
    spoken = text[number.start : number.end].lower()
    for word in ("trillion", "billion", "million", "thousand"):
        if word in spoken:
            return roles()["scale"][word]
    return Decimal(1)


def _same_unit(one: Measured, two: Measured) -> bool:
    return not {reading.unit for reading in one.readings}.isdisjoint(reading.unit for reading in two.readings)


def read_one_in(cursor: Cursor, part: Part) -> Read | None:
    """ "one in five", "six in 10", "nine out of 10": the ratio."""
    one = part.number
    link = _ONE_IN.match(cursor.text, part.end)
    if link is None or part.unit or one.scaled or link.end() >= cursor.limit:
        return None
    of = read_number(cursor.text, link.end()) if opening().match(cursor.text, link.end()) else None
    if of is None or of.style not in ("digits", "words") or of.end > cursor.limit or not 0 < one.value < of.value:
        return None
    whole_numbers = one.value == int(one.value) and of.value == int(of.value) and one.value < 100
    year = of.value > 1900 and not of.scaled and "," not in cursor.text[of.start : of.end]
    if not whole_numbers or year or read_unit(cursor.text, of.end):
        return None
    span = Span(part.start, of.end)
    noun = counted(cursor.text, of.end, single=False)
    hedge = hedge_before(cursor.text, part.start)
    figure = Figure(
        span=span,
        text=span.of(cursor.text),
        kind="ratio",
        value=one.value / of.value,
        fine=1 / of.value,
        coarse=1 / of.value,
        counts=noun[0] if noun else None,
        hedge=hedge[0] if hedge else None,
    )
    return Read([figure], of.end)

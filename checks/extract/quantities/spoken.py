"""Numbers in words: "twenty-three", "half a million", "two-thirds", "dozens", "a third of"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.quantities.numeric import (
    HYPHENS,
    JOIN,
    ONE,
    Number,
    fraction,
    next_word,
    roles,
    scaled_number,
    times,
    vague,
)

_WORD = lazy_pattern(r"[A-Za-z]+")
_MOST_WORDS = 16
_HALVES = frozenset(("first", "second", "latter", "other", "last", "back", "front", "top", "bottom", "better"))


@cache
def _small() -> dict[str, tuple[str, Decimal]]:
    """Number words below a hundred, with role and value."""
    return {word: (role, value) for role in ("unit", "teen", "ten") for word, value in roles().get(role, {}).items()}


def in_words(text: str, at: int) -> Number | None:
    """The number in words that begins at the offset, with fraction and scale; None where there is none."""
    word = _WORD.match(text, at)
    if word is None:
        return None
    first, end = word[0].lower(), word.end()
    if first == "half":
        return _half(text, at, end)
    if first in vague():
        return _open_number(text, at, first, end)
    if first in _small():
        number = _cardinal(text, at)
        return _with_fraction(text, number) if number else None
    if first in ("hundred", "thousand", "million", "billion", "trillion", "dozen", "couple"):
        start = _article_before(text, at)
        if start is None:
            return None
        value = roles()["hundred"].get(first) or roles()["scale"].get(first) or roles()["collective"][first]
        return scaled_number(text, Number(start, end, value, value, value, "words", scaled=True))
    return None


def _article_before(text: str, at: int) -> int | None:
    """Where "a" or "an" before the offset begins: "a hundred", "a dozen"."""
    head = text[max(at - 4, 0) : at]
    found = re.search(r"(?:^|[^A-Za-z0-9])([Aa]n?)[ \u00a0-]$", head)
    return at - len(head) + found.start(1) if found else None


def _half(text: str, at: int, end: int) -> Number | None:
    """ "half a million", "half a dozen", "half of", "a half": the share, or the half of a scale."""
    second, second_end = next_word(text, end)
    if second in ("a", "an"):
        scale, scale_end = next_word(text, second_end)
        if value := roles()["scale"].get(scale) or roles()["collective"].get(scale):
            half = value / 2
            return Number(at, scale_end, half, half, half, "words", scaled=True)
        return Number(at, end, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), "fraction")
    of = second in ("of", "the", "its", "their", "his", "her", "our", "all", "that", "this")
    before = text[max(at - 8, 0) : at].rstrip(" -\u00a0").rpartition(" ")[2].lower()
    if value := roles()["scale"].get(second) or (roles()["collective"].get(second) if second == "dozen" else None):
        half = value / 2
        return Number(at, second_end, half, half, half, "words", scaled=True)
    if before in _HALVES or (not of and before not in ("by", "about", "nearly", "almost", "than", "over", "one")):
        return None  # the second half of the game, half-staff
    return Number(at, end, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), "fraction")


def _open_number(text: str, at: int, first: str, end: int) -> Number:
    """ "dozens", "tens of thousands", "hundreds of millions"."""
    low, high = vague()[first]
    of, of_end = next_word(text, end)
    if of == "of":
        larger, larger_end = next_word(text, of_end)
        if larger in vague() and larger in ("thousands", "millions", "billions", "trillions") and larger != first:
            scale = roles()["scale"][larger[:-1]]
            return _vague(at, larger_end, low * scale, high * scale)
    return _vague(at, end, low, high)


def _vague(start: int, end: int, low: Decimal, high: Decimal) -> Number:
    return Number(start, end, low, low, low, "vague", low=low, high=high)


class _Spoken:
    """A number in words while it is read, word by word."""

    def __init__(self) -> None:
        self.total = self.current = Decimal(0)
        self.fine = self.coarse = ONE
        self.last = ""

    def take(self, word: str) -> bool:
        """Take the next word into the number; False where the number is already whole without it."""
        if word in _small():
            role, value = _small()[word]
            if self.last in ("unit", "teen") or (self.last == "ten" and (role != "unit" or value == 0)):
                return False
            self.current += value
            self.fine, self.coarse = ONE, Decimal(10) if role == "ten" or value == 10 else ONE
            self.last = role
        elif word == "hundred" and self.last in ("unit", "teen", "ten"):
            self.current *= 100
            self.fine = self.coarse = Decimal(100)
            self.last = "hundred"
        elif word in roles()["scale"] and self.last not in ("", "scale"):
            scale = roles()["scale"][word]
            self.total += self.current * scale
            self.current = Decimal(0)
            self.fine, self.coarse = self.fine * scale, self.coarse * scale
            self.last = "scale"
        else:
            return False
        return True


def _cardinal(text: str, at: int) -> Number | None:
    """ "twenty-three", "one hundred and five", "three million two hundred thousand"."""
    spoken = _Spoken()
    position, end = at, at
    for _ in range(_MOST_WORDS):
        word = _WORD.match(text, position)
        if word is None:
            break
        lowered = word[0].lower()
        if lowered == "and" and spoken.last in ("hundred", "scale"):
            if next_word(text, word.end())[0] not in _small():
                break
        elif spoken.take(lowered):
            end = word.end()
        else:
            break
        join = JOIN.match(text, word.end())
        if join is None:
            break
        position = join.end()
    if end == at:
        return None
    scaled = spoken.last in ("scale", "hundred")
    number = Number(at, end, spoken.total + spoken.current, spoken.fine, spoken.coarse, "words", scaled=scaled)
    following, following_end = next_word(text, end)
    if following == "dozen" and not scaled:
        return scaled_number(text, times(number, Decimal(12), following_end))
    return number


def _with_fraction(text: str, number: Number) -> Number:
    """ "two and a half million", "two-thirds", "three quarters of a million", "one and a half"."""
    word, end = next_word(text, number.end)
    if word == "and":
        article, article_end = next_word(text, end)
        over = roles()["unit"].get(article, ONE if article in ("a", "an") else None)
        part, part_end = next_word(text, article_end)
        if over is not None and (under := _denominators().get(part)) and over < under:
            return scaled_number(
                text, fraction(number.start, part_end, over, under, number.value)._replace(style="fraction")
            )
        return number
    if (under := _denominators().get(word)) and not number.scaled and number.value < under:
        hyphen = text[number.end] in HYPHENS
        one = number.value == 1
        of = next_word(text, end)[0] == "of"
        if (word.endswith("s") != one or word == "half") and (hyphen or of or not word.startswith("quarter")):
            if one and not hyphen and not of:
                return number
            return _of_a_scale(text, fraction(number.start, end, number.value, under))
    return number


def _of_a_scale(text: str, share: Number) -> Number:
    """ "three quarters of a million", "three quarters billion"."""
    word, end = next_word(text, share.end)
    if scale := roles()["scale"].get(word):
        return times(share, scale, end)
    of, of_end = next_word(text, share.end)
    article, article_end = next_word(text, of_end) if of == "of" else ("", 0)
    word, end = next_word(text, article_end) if article == "a" else ("", 0)
    scale = roles()["scale"].get(word)
    return times(share, scale, end) if scale else share


@cache
def _denominators() -> dict[str, Decimal]:
    return roles()["denominator"]


def read_share(text: str, at: int) -> Number | None:
    """A single part named by its ordinal: "a third of", "about a fifth", "by a quarter", "a tenth".

    The offset is that of the ordinal. None where the ordinal counts ("a third man", "the third of May").
    """
    start = _article_before(text, at)
    word = _WORD.match(text, at)
    if start is None or word is None:
        return None
    under = _denominators().get(word[0].lower())
    if under is None:
        return None
    end = word.end()
    following, _ = next_word(text, end)
    share = fraction(start, end, ONE, under)
    if following == "of":
        return _of_a_scale(text, share)
    before = text[max(start - 12, 0) : start].rstrip().rpartition(" ")[2].lower()
    by = before in (
        "by",
        "than",
        "about",
        "nearly",
        "almost",
        "over",
        "roughly",
        "some",
        "only",
        "around",
        "up",
        "down",
    )
    if by and following in (
        "",
        "more",
        "less",
        "fewer",
        "higher",
        "lower",
        "larger",
        "smaller",
        "to",
        "in",
        "since",
        "from",
    ):
        return share
    return None

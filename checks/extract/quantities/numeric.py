"""What a number is once read, and what every reading of one needs: the number words, scales and resolutions."""

from __future__ import annotations

from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.core.word_lists import rows

#: Spaces that stand between digits and words in copy: ordinary, no-break, thin and narrow ones.
SPACE = "[ \\t\u00a0\u2009\u202f\u2007\u2002\u2003]"
HYPHENS = "-\u2010\u2011"
ONE = Decimal(1)

Style = Literal["digits", "words", "fraction", "vague", "malformed"]


class Number(NamedTuple):
    """A number as read: its place, exact value (or bounds where it is vague) and resolutions.

    ``scaled`` tells that a scale word or letter belongs to it; ``letter`` is the offset of a single-letter scale
    ("2m"), which may turn out to be a unit.
    """

    start: int
    end: int
    value: Decimal
    fine: Decimal
    coarse: Decimal
    style: Style
    scaled: bool = False
    letter: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None


_WORD = lazy_pattern(r"[A-Za-z]+")
JOIN = lazy_pattern(rf"(?:{SPACE}|[{HYPHENS}]|\n(?!\n))")
_LETTER_SCALE = lazy_pattern(r"(mn|bn|bln|mln|mil|tn|trn|trln|m|k|b|t|K|M|B|T)(?![A-Za-z0-9²³/])")


@cache
def roles() -> dict[str, dict[str, Decimal]]:
    """The number words by role, each with its value."""
    found: dict[str, dict[str, Decimal]] = {}
    for row in rows("number_words.csv"):
        if row["role"] != "vague":
            found.setdefault(row["role"], {})[row["word"]] = Decimal(row["value"])
    return found


@cache
def vague() -> dict[str, tuple[Decimal, Decimal]]:
    """Words for an open number ("dozens", "thousands"), with the bounds that readers take them for."""
    bounds = {}
    for row in rows("number_words.csv"):
        if row["role"] == "vague":
            low, _, high = row["value"].partition("..")
            bounds[row["word"]] = (Decimal(low), Decimal(high))
    return bounds


def resolution(digits: str) -> tuple[Decimal, Decimal]:
    """The fine and coarse resolution of written digits: "6,000" is 1 and 1000, "1.50" is 0.01 and 0.1."""
    whole, _, decimals = digits.partition(".")
    if decimals:
        fine = Decimal(1).scaleb(-len(decimals))
        kept = decimals.rstrip("0")
        if kept:
            return fine, Decimal(1).scaleb(-len(kept))
        return fine, ONE
    bare = whole.rstrip("0")
    return ONE, Decimal(1).scaleb(len(whole) - len(bare)) if bare else ONE


def fraction(start: int, end: int, over: Decimal, under: Decimal, whole: Decimal = Decimal(0)) -> Number:
    """A number with a fraction; what is left over after the last whole part is its resolution."""
    return Number(start, end, whole + over / under, ONE / under, ONE / under, "fraction")


def scaled_number(text: str, number: Number) -> Number:
    """The number times the scale word or letter behind it, if there is one."""
    end = number.end
    if number.style == "digits" and (letter := _LETTER_SCALE.match(text, end)):
        by_letter = roles()["letter scale"].get(letter[1]) or roles()["scale"][letter[1]]
        return times(number, by_letter, letter.end())._replace(letter=end if len(letter[1]) == 1 else None)
    word, word_end = next_word(text, end)
    if word in ("half", "quarter") and number.style != "fraction":
        return number
    scale = roles()["scale"].get(word) or roles()["hundred"].get(word)
    if scale is None and word == "dozen":
        scale = Decimal(12)
    if scale is None:
        return number
    scaled = times(number, scale, word_end)
    again, again_end = next_word(text, word_end)
    if further := roles()["scale"].get(again):  # "500 thousand crore", "2 hundred million"
        scaled = times(scaled, further, again_end)
    return scaled


def times(number: Number, scale: Decimal, end: int) -> Number:
    """The number under a scale word that ends at the offset."""
    return number._replace(
        end=end, value=number.value * scale, fine=number.fine * scale, coarse=number.coarse * scale, scaled=True
    )


def next_word(text: str, at: int) -> tuple[str, int]:
    """The word joined to the offset by one space or hyphen, in small letters, and its end."""
    join = JOIN.match(text, at)
    word = _WORD.match(text, join.end() if join else at) if join else None
    return (word[0].lower(), word.end()) if word else ("", at)

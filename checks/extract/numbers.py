"""One number in copy: in digits, in words or both, with its scale and the resolution its digits show."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import Literal, NamedTuple

from checks.extract.lexicon import rows

#: Spaces that stand between digits and words in copy: ordinary, no-break, thin, narrow, and a single line break.
SPACE = "[ \\t\u00a0\u2009\u202f\u2007\u2002\u2003]"
_HYPHENS = "-\u2010\u2011"
_FRACTIONS = {
    "½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅖": (2, 5), "⅗": (3, 5), "⅘": (4, 5),
    "⅙": (1, 6), "⅚": (5, 6), "⅛": (1, 8), "⅜": (3, 8), "⅝": (5, 8), "⅞": (7, 8), "⅒": (1, 10), "⅐": (1, 7), "⅑": (1, 9),
}  # fmt: skip
_VULGAR = "".join(_FRACTIONS)

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


_ONE = Decimal(1)
_DIGITS = re.compile(
    rf"(\d{{1,3}}(?:,\d{{3}})+(?!\d|,\d)|\d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d|,\d)|\d{{1,3}}(?:[\u00a0\u2009\u202f]\d{{3}})+(?!\d)|\d+)(\.\d+)?(?:([{_VULGAR}])|[ {_HYPHENS}](\d{{1,2}})/(\d{{1,2}})(?![\d/]))?",
)
_LONE_FRACTION = re.compile(rf"([{_VULGAR}])|(\d{{1,3}})/(\d{{1,4}})(?![\d/])")
_BROKEN = re.compile(r"\d[\d,]*,\d[\d,]*(?:\.\d+)?")
_WORD = re.compile(r"[A-Za-z]+")
_JOIN = re.compile(rf"(?:{SPACE}|[{_HYPHENS}]|\n(?!\n))")
_LETTER_SCALE = re.compile(r"(mn|bn|bln|mln|tn|trn|trln|m|k|b|t|K|M|B|T)(?![A-Za-z0-9²³/])")


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


@cache
def _small() -> dict[str, tuple[str, Decimal]]:
    """Number words below a hundred, with role and value."""
    return {word: (role, value) for role in ("unit", "teen", "ten") for word, value in roles().get(role, {}).items()}


@cache
def opening() -> re.Pattern[str]:
    """Where a number can begin: a digit, a vulgar fraction or a number word. Linear time."""
    known = roles()
    starters = {
        w for role in ("unit", "teen", "ten", "hundred", "scale", "collective", "multiple") for w in known[role]
    }
    starters |= set(vague()) | {"half", "quarter"}
    starters |= set(known["ordinal"])
    starters -= {"b", "bn", "bln", "mln", "mn", "tn", "trn", "trln", "thsd", "pair", "score", "gross", "m", "k", "t"}
    starters -= {"first"}
    by_initial: dict[str, list[str]] = {}
    for word in starters:
        by_initial.setdefault(word[0], []).append(word[1:])
    branches = "|".join(
        f"[{initial}{initial.upper()}](?:{'|'.join(sorted(tails, key=len, reverse=True))})"
        for initial, tails in sorted(by_initial.items())
    )
    return re.compile(rf"[0-9{_VULGAR}]|\b(?:{branches})\b")


def resolution(digits: str) -> tuple[Decimal, Decimal]:
    """The fine and coarse resolution of written digits: "6,000" is 1 and 1000, "1.50" is 0.01 and 0.1."""
    whole, _, decimals = digits.partition(".")
    if decimals:
        fine = Decimal(1).scaleb(-len(decimals))
        kept = decimals.rstrip("0")
        if kept:
            return fine, Decimal(1).scaleb(-len(kept))
        return fine, _ONE
    bare = whole.rstrip("0")
    return _ONE, Decimal(1).scaleb(len(whole) - len(bare)) if bare else _ONE


def read_number(text: str, at: int) -> Number | None:
    """The number that begins at the offset, with its scale word; None where there is none.

    Digits that no style of English writes ("4,2000") come back as ``malformed``.
    """
    first = text[at]
    if first.isdigit() and first.isascii():
        return _in_digits(text, at)
    if first in _FRACTIONS:
        over, under = _FRACTIONS[first]
        return _scaled(text, _fraction(at, at + 1, Decimal(over), Decimal(under)))
    return _in_words(text, at)


def _fraction(start: int, end: int, over: Decimal, under: Decimal, whole: Decimal = Decimal(0)) -> Number:
    return Number(start, end, whole + over / under, _ONE / under, _ONE / under, "fraction")


def _in_digits(text: str, at: int) -> Number | None:
    lone = _LONE_FRACTION.match(text, at)
    if lone and int(lone[3]):
        if int(lone[2]) < int(lone[3]) and int(lone[3]) <= 64:
            return _scaled(text, _fraction(at, lone.end(), Decimal(lone[2]), Decimal(lone[3])))
        return None
    match = _DIGITS.match(text, at)
    if match is None:
        return None
    end = match.end()
    if text[end : end + 1] == "," and text[end + 1 : end + 2].isdigit() and not match[2]:
        broken = _BROKEN.match(text, at)
        if broken and (len(broken[0]) > 40 or broken[0].count(",") > 3):
            return Number(at, broken.end(), Decimal(0), _ONE, _ONE, "malformed")
        if broken and not re.fullmatch(r"\d{1,2}(?:,\d{1,2})+", broken[0]):
            return Number(at, broken.end(), Decimal(0), _ONE, _ONE, "malformed")
    if len(match[1]) > 40:
        return None
    if match[1].startswith("0") and "," in match[1]:
        return Number(at, end, Decimal(0), _ONE, _ONE, "malformed")
    plain = re.sub(r"\D", "", match[1])
    value = Decimal(plain + (match[2] or ""))
    fine, coarse = resolution(plain + (match[2] or ""))
    if match[3]:
        over, under = _FRACTIONS[match[3]]
        return _scaled(text, _fraction(at, end, Decimal(over), Decimal(under), value))
    if match[4]:
        if int(match[5]) and int(match[4]) < int(match[5]):
            return _scaled(text, _fraction(at, end, Decimal(match[4]), Decimal(match[5]), value))
        end = match.end(2) if match[2] else match.end(1)
    return _scaled(text, Number(at, end, value, fine, coarse, "digits"))


def _scaled(text: str, number: Number) -> Number:
    """The number times the scale word or letter behind it, if there is one."""
    end = number.end
    if number.style == "digits" and (letter := _LETTER_SCALE.match(text, end)):
        scale = roles()["letter scale"].get(letter[1]) or roles()["scale"][letter[1]]
        return _times(number, scale, letter.end())._replace(letter=end if len(letter[1]) == 1 else None)
    word, word_end = _next_word(text, end)
    if word in ("half", "quarter") and number.style != "fraction":
        return number
    scale = roles()["scale"].get(word) or roles()["hundred"].get(word)
    if scale is None and word == "dozen":
        scale = Decimal(12)
    if scale is None:
        return number
    scaled = _times(number, scale, word_end)
    again, again_end = _next_word(text, word_end)
    if further := roles()["scale"].get(again):  # "500 thousand crore", "2 hundred million"
        scaled = _times(scaled, further, again_end)
    return scaled


def _times(number: Number, scale: Decimal, end: int) -> Number:
    return number._replace(
        end=end, value=number.value * scale, fine=number.fine * scale, coarse=number.coarse * scale, scaled=True
    )


def _next_word(text: str, at: int) -> tuple[str, int]:
    """The word joined to the offset by one space or hyphen, in small letters, and its end."""
    join = _JOIN.match(text, at)
    word = _WORD.match(text, join.end() if join else at) if join else None
    return (word[0].lower(), word.end()) if word else ("", at)


def _in_words(text: str, at: int) -> Number | None:
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
        return _scaled(text, Number(start, end, value, value, value, "words", scaled=True))
    return None


def _article_before(text: str, at: int) -> int | None:
    """Where "a" or "an" before the offset begins: "a hundred", "a dozen"."""
    head = text[max(at - 4, 0) : at]
    found = re.search(r"(?:^|[^A-Za-z0-9])([Aa]n?)[ \u00a0-]$", head)
    return at - len(head) + found.start(1) if found else None


def _half(text: str, at: int, end: int) -> Number | None:
    """ "half a million", "half a dozen", "half of", "a half": the share, or the half of a scale."""
    second, second_end = _next_word(text, end)
    if second in ("a", "an"):
        scale, scale_end = _next_word(text, second_end)
        if value := roles()["scale"].get(scale) or roles()["collective"].get(scale):
            half = value / 2
            return Number(at, scale_end, half, half, half, "words", scaled=True)
        return Number(at, end, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), "fraction")
    of = second in ("of", "the", "its", "their", "his", "her", "our", "all", "that", "this")
    before = text[max(at - 8, 0) : at].rstrip(" -\u00a0").rpartition(" ")[2].lower()
    if value := roles()["scale"].get(second) or (roles()["collective"].get(second) if second == "dozen" else None):
        half = value / 2
        return Number(at, second_end, half, half, half, "words", scaled=True)
    if not of and before not in ("by", "about", "nearly", "almost", "than", "over", "one"):
        return None  # the first half, half-staff
    return Number(at, end, Decimal("0.5"), Decimal("0.5"), Decimal("0.5"), "fraction")


def _open_number(text: str, at: int, first: str, end: int) -> Number:
    """ "dozens", "tens of thousands", "hundreds of millions"."""
    low, high = vague()[first]
    of, of_end = _next_word(text, end)
    if of == "of":
        larger, larger_end = _next_word(text, of_end)
        if larger in vague() and larger in ("thousands", "millions", "billions", "trillions") and larger != first:
            scale = roles()["scale"][larger[:-1]]
            unit = {"tens": 10, "dozens": 12, "scores": 20, "hundreds": 100, "thousands": 1000}.get(first, 1)
            top = {"tens": 100, "dozens": 100, "scores": 100, "hundreds": 1000, "thousands": 10000}.get(first, 10)
            return _vague(at, larger_end, 2 * unit * scale, top * scale)
    return _vague(at, end, low, high)


def _vague(start: int, end: int, low: Decimal, high: Decimal) -> Number:
    return Number(start, end, low, low, low, "vague", low=low, high=high)


def _cardinal(text: str, at: int) -> Number | None:
    """A number in words: "twenty-three", "one hundred and five", "three million two hundred thousand"."""
    small, known = _small(), roles()
    total = current = Decimal(0)
    fine, coarse = _ONE, _ONE
    last = ""
    position, end = at, at
    words = 0
    while words < 16:
        word = _WORD.match(text, position)
        if word is None:
            break
        spoken = word[0].lower()
        if spoken in small:
            role, value = small[spoken]
            if last in ("unit", "teen") or (last == "ten" and role != "unit") or (last == "ten" and value == 0):
                break
            current += value
            fine, coarse = _ONE, Decimal(10) if role == "ten" or spoken == "ten" else _ONE
            last = role
        elif spoken == "hundred" and last in ("unit", "teen", "ten"):
            current *= 100
            fine = coarse = Decimal(100)
            last = "hundred"
        elif spoken in known["scale"] and last:
            scale = known["scale"][spoken]
            if last == "scale":
                break
            current *= scale
            fine, coarse = fine * scale, coarse * scale
            total += current
            current = Decimal(0)
            last = "scale"
        elif spoken == "and" and last in ("hundred", "scale"):
            following, _ = _next_word(text, word.end())
            if following not in small:
                break
            joined = _JOIN.match(text, word.end())
            position = joined.end() if joined else word.end()
            words += 1
            continue
        else:
            break
        end = word.end()
        words += 1
        join = _JOIN.match(text, end)
        if join is None:
            break
        position = join.end()
    if end == at:
        return None
    number = Number(at, end, total + current, fine, coarse, "words", scaled=last in ("scale", "hundred"))
    word, word_end = _next_word(text, end)
    if word == "dozen" and not number.scaled:
        return _scaled(text, _times(number, Decimal(12), word_end))
    return number


def _with_fraction(text: str, number: Number) -> Number:
    """ "two and a half million", "two-thirds", "three quarters of a million", "one and a half"."""
    word, end = _next_word(text, number.end)
    if word == "and":
        article, article_end = _next_word(text, end)
        over = roles()["unit"].get(article, _ONE if article in ("a", "an") else None)
        part, part_end = _next_word(text, article_end)
        if over is not None and (under := _denominators().get(part)) and over < under:
            return _scaled(
                text, _fraction(number.start, part_end, over, under, number.value)._replace(style="fraction")
            )
        return number
    if (under := _denominators().get(word)) and not number.scaled and number.value < under:
        hyphen = text[number.end] in _HYPHENS
        one = number.value == 1
        of = _next_word(text, end)[0] == "of"
        if (word.endswith("s") != one or word == "half") and (hyphen or of or not word.startswith("quarter")):
            if one and not hyphen and not of:
                return number
            share = _fraction(number.start, end, number.value, under)
            return _of_a_scale(text, share)
    return number


def _of_a_scale(text: str, share: Number) -> Number:
    """ "three quarters of a million" is 750,000."""
    of, of_end = _next_word(text, share.end)
    article, article_end = _next_word(text, of_end) if of == "of" else ("", 0)
    word, end = _next_word(text, article_end) if article == "a" else ("", 0)
    scale = roles()["scale"].get(word)
    return _times(share, scale, end) if scale else share


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
    following, _ = _next_word(text, end)
    share = _fraction(start, end, _ONE, under)
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

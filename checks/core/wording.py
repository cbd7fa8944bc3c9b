"""Figures in the words of copy: with its separators, units and scale words, and no more digits than they bear."""

from __future__ import annotations

import math
import re
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.word_lists import rows

if TYPE_CHECKING:
    from collections.abc import Sequence


def plain(value: Decimal | float, digits: int = 4) -> str:
    """A number as an editor reads it: thousands separated, at least ``digits`` significant digits, no idle zeros.

    >>> plain(2316.6), plain(73.5), plain(0.386102), plain(603_550), plain(1_011_714.1)
    ('2,317', '73.5', '0.3861', '603,550', '1,011,700')
    """
    size = _magnitude(value)
    return written(value, Decimal(1).scaleb(min(0, size - digits + 1) if size < 6 else size - max(digits, 5) + 1))


def written(value: Decimal | float, step: Decimal | float, *, separator: str = ",", keep_zeros: bool = False) -> str:
    """A number rounded to a step, as copy prints it; ``keep_zeros`` keeps the decimals that the step asks for.

    >>> written(2316.6, 100), written(46.02, Decimal("0.1")), written(46.02, Decimal("0.1"), keep_zeros=True)
    ('2,300', '46', '46.0')
    """
    exact = rounded(value, step)
    places = max(0, -Decimal(str(step)).normalize().as_tuple().exponent)  # type: ignore[operator]
    text = f"{exact:,.{places}f}"
    if places and not keep_zeros:
        text = text.rstrip("0").rstrip(".")
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace(",", separator)


def rounded(value: Decimal | float, step: Decimal | float) -> Decimal:
    """The multiple of the step that lies nearest, halves away from zero as newsrooms round."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    unit = step if isinstance(step, Decimal) else Decimal(repr(float(step)))
    return (exact / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def significant(value: Decimal | float, digits: int) -> Decimal:
    """The step that leaves a number the given significant digits.

    >>> significant(2316.6, 2)
    Decimal('1E+2')
    """
    return Decimal(1).scaleb(_magnitude(value) - digits + 1)


@cache
def phrases(role: str) -> frozenset[str]:
    """The phrases of a role in the list of the words around conversions."""
    return frozenset(row["words"] for row in rows("conversion_words.csv") if row["role"] == role)


def _magnitude(value: Decimal | float) -> int:
    size = abs(float(value))
    return math.floor(math.log10(size)) if size and math.isfinite(size) else 0


#: A number as copy writes it, with its scale word; the second group of an amount in two units ("6 ft 2 in").
_SCALE = {
    "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mln": 1e6, "bln": 1e9, "mn": 1e6, "bn": 1e9,
    "tn": 1e12, "m": 1e6, "lakh": 1e5, "lakhs": 1e5, "crore": 1e7, "crores": 1e7,
}  # fmt: skip
_WRITTEN = lazy_pattern(
    r"(?P<sign>minus[ -])?(?P<number>(?:(?<!\w)[-\u2212])?(?:\d[\d,.\u00a0\u2009\u202f]*\d|\d)|[½¼¾⅓⅔])"
    r"(?:[½¼¾⅓⅔]|[ -]\d/\d)?"
    r"(?P<scale>[ \u00a0-]?(?:thousand|million|billion|trillion|lakhs?|crores?|mln|bln|mn|bn|tn)\b"
    r"|m(?=[ \u00a0](?:kg|kilos?|kilograms?|pounds?|lbs?|tons?|tonnes?)\b))?"
)
_IRREGULAR = {"foot": "feet", "inch": "inches", "hertz": "hertz", "stone": "stone"}


_PER_HUNDRED = lazy_pattern(r"(?: per |/)100[ \u00a0]?k")


def unit_words(text: str) -> str:
    """The unit of a figure in its own words, in the plural where it is a word: "180-mile" has "miles".

    >>> unit_words("2,400 square miles"), unit_words("100-square-foot"), unit_words("30C"), unit_words("five km")
    ('square miles', 'square feet', 'C', 'km')
    """
    parts = list(_WRITTEN.finditer(text))
    if len(parts) > 1 and not _PER_HUNDRED.search(text):
        rest = text[parts[-1].end() :]
    elif parts:
        rest = text[parts[0].end() :]
    else:
        spelt = re.match(r"(?:[a-z]+-and-)?[A-Za-z]+(?:-(?!square|cubic)[a-z]+)?(?: (?:of )?an?)?(?=[ -])", text)
        rest = text[spelt.end() :] if spelt else text
    unit = rest.lstrip(" \u00a0-\u2010\u2011").replace("-", " ").strip()
    first, _, tail = unit.partition(" per ")
    if rest[:1] in "-\u2010\u2011" and first.isascii() and (last := first.rpartition(" ")[2]).isalpha():
        first = first[: len(first) - len(last)] + _plural(last)
    return f"{first} per {tail}" if tail else first


def _plural(word: str) -> str:
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    return word if (len(word) <= 3 and word != "ton") or word.endswith("s") else word + "s"


def amount_words(text: str) -> str:
    """A figure as the subject of a sentence: "180-mile" is "180 miles".

    >>> amount_words("180-mile"), amount_words("6,000 square kilometers"), amount_words("30C")
    ('180 miles', '6,000 square kilometers', '30C')
    """
    parts = list(_WRITTEN.finditer(text))
    if not parts and "-" in text and " " not in text:
        unit = unit_words(text)
        return f"{text[: text.rfind('-' + unit.split(' ')[0][:3])]} {unit}" if unit != text else text
    if len(parts) != 1 or text[parts[0].end() : parts[0].end() + 1] not in ("-", "\u2010", "\u2011"):
        return text
    return f"{text[: parts[0].end()]} {unit_words(text)}"


def spoken_unit(unit: str) -> str:
    """A unit's name in the tables as words, in the plural: "mile ** 2" is square miles.

    >>> spoken_unit("mile ** 2"), spoken_unit("foot ** 3 / second"), spoken_unit("degree_Celsius")
    ('square miles', 'cubic feet per second', 'degrees Celsius')
    """
    words = unit.replace("_", " ").replace(" / ", " per ")
    words = re.sub(r"([\w ]+?) \*\* 2", r"square \1", words)
    words = re.sub(r"([\w ]+?) \*\* 3", r"cubic \1", words)
    first, per, rest = words.partition(" per ")
    if "degree " in first:
        return first.replace("degree ", "degrees ") + per + rest
    head, space, last = first.rpartition(" ")
    return head + space + _plural(last) + per + rest


def has_scale(text: str) -> bool:
    """Whether a figure is written with a scale word ("1.8 million acres")."""
    return bool(scale_word(text))


def scale_word(text: str) -> str:
    """The scale word of a figure as written ("million"), or nothing."""
    return next((part["scale"].strip(" \u00a0-") for part in _WRITTEN.finditer(text) if part["scale"]), "")


def restyled(text: str, values: Sequence[tuple[float, Decimal]]) -> str | None:
    """A figure's text with other numbers in it, each rounded to its step: unit, separators and scale words stay.

    As many values as the text has numbers are needed; None where that is not so, or a number is spelt out in a way
    that cannot be kept.

    >>> restyled("2,400 square miles", [(2316.6, Decimal(100))]), restyled("1.8 million km", [(1.86e6, Decimal(10000))])
    ('2,300 square miles', '1.86 million km')
    """
    parts = list(_WRITTEN.finditer(text))
    if not parts and len(values) == 1 and (unit := unit_words(text)) and unit != text:
        joint = "-" if "-" + unit.split(" ")[0].rstrip("s") in text and " " not in text else " "
        value, step = values[0]
        return written(value, step) + joint + (text.rpartition("-")[2] if joint == "-" else unit)
    if len(parts) != len(values):
        return None
    pieces, at = [], 0
    for part, (value, step) in zip(parts, values, strict=True):
        scale = _SCALE.get((part["scale"] or "").strip(" \u00a0-"), 1.0)
        size = abs(value) / scale
        # Four digits in a row are the copy's own style; where it shows none, the comma is the usual one.
        separator = "" if re.search(r"\d{4}", part["number"]) and size < 10000 else ","
        number = written(size, step / Decimal(repr(scale)), separator=separator)
        minus = part["sign"] or part["number"][:1]
        sign = "" if value >= 0 else minus if minus.startswith(("minus", "-", "\u2212")) else "-"
        pieces += [text[at : part.start()], sign, number, part["scale"] or ""]
        at = part.end()
    return "".join([*pieces, text[at:]])

"""Folding of names: two spellings of one name fold to the same string.

Case, accents, apostrophes, hyphens and dots are a matter of house style, as are "Saint" and "St", "Mount" and
"Mt", "and" and "&", and a leading "the". The index of the reference tables is keyed by folded names.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache

from checks.core.lazy_pattern import lazy_pattern

#: Longer strings are no names; copy is hostile.
LONGEST = 120

# Letters that Unicode does not take apart into a base letter and an accent.
_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ı": "i",
        "ə": "e",
        "ħ": "h",
        "ŧ": "t",
        "ɓ": "b",
        "ɗ": "d",
        "ɛ": "e",
        "ŋ": "n",
        "ɔ": "o",
        "ĸ": "k",
    }
)
# Apostrophes in transliterations (Sana'a, Kazan', Ra’s) come and go.
_APOSTROPHES = lazy_pattern(r"['`´‘’‛ʻʼʽʾʿˈ′ʹ]")
_INITIALS = lazy_pattern(r"(?<=\b\w)\.")
_BREAKS = lazy_pattern(r"[\W_]+")
_SHORT = {"saint": "st", "mount": "mt", "fort": "ft"}


@lru_cache(maxsize=65_536)
def fold(name: str) -> str:
    """Fold a name to the key that the index knows it by, "" where nothing of it is left."""
    if len(name) > LONGEST:
        return ""
    text = name.casefold()
    if not text.isascii():
        taken_apart = unicodedata.normalize("NFKD", text.translate(_LETTERS))
        text = "".join(letter for letter in taken_apart if not unicodedata.combining(letter)).casefold()
    text = _INITIALS.sub("", _APOSTROPHES.sub("", text))
    words = _BREAKS.sub(" ", text.replace("&", " and ")).split()
    if len(words) > 1 and words[0] == "the":
        del words[0]
    return " ".join([_SHORT.get(word, word) for word in words])


def fold_words(text: str) -> tuple[str, ...]:
    """The folded words of a name or phrase, in order."""
    return tuple(fold(text).split())

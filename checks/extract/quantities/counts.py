"""What a number counts: the noun behind it ("61 of the 86 aid workers", "a 35,000-capacity stadium")."""

from __future__ import annotations

from functools import cache

from checks.core.lazy_pattern import lazy_pattern
from checks.core.word_lists import rows, words
from checks.extract.quantities.numeric import SPACE

_WORD = lazy_pattern(
    rf"((?:{SPACE}|\n(?!\n)|[-\u2010\u2011]))"
    r"((?:[A-Z]\.){2,3}|[^\W\d_]\w*(?:[’'][^\W\d_]+|-\d\w*)?)"
)
_MOST = 5
#: Endings of adverbs, participles and adjectives, which nothing counts.
_NO_NOUN = ("ly", "ed", "ing", "ward", "wise", "able", "ful", "est")
_NOT_PLURAL = ("ss", "us", "is", "as", "os")


@cache
def _closing() -> frozenset[str]:
    """Words that end a noun phrase."""
    return frozenset(row["word"] for row in rows("function_words.csv"))


def counted(text: str, end: int, *, single: bool) -> tuple[str, int] | None:
    """The noun phrase that the number at the offset's left counts, and where it ends.

    It runs to its first plural noun ("aid workers"), or to its first noun where the number is one; words that close
    a noun phrase (prepositions, verbs, articles) end it. A hyphen gives the singular: "35,000-capacity".
    """
    closing = _closing()
    if text[end : end + 1] in "-\u2010\u2011":
        joined = _WORD.match(text, end)
        if joined is None or joined[2].lower() in closing:
            return None
        if joined[2] == "strong":  # "a 2,700-strong audience"
            return counted(text, joined.end(), single=False) or counted_singly(text, joined.end())
        return joined[2], joined.end()
    phrase: list[str] = []
    at = end
    if of_them := _OF.match(text, at):
        at = of_them.end() - 1
    for _ in range(_MOST):
        word = _WORD.match(text, at)
        if word is None:
            break
        small = word[2].lower()
        joins = small == "and" and phrase and len(phrase) < 3 and not is_plural(phrase[-1].lower())
        if small in _MORE and not phrase:
            at = word.end()
            continue
        if small in closing and not (joins or (phrase and word[1] in "-\u2010\u2011") or small in _plurals()):
            break
        phrase.append(word[2])
        at = word.end()
        if small in _plurals() or (not single and is_plural(small)):
            return " ".join(phrase), at
    if phrase and single and "and" not in phrase:
        return " ".join(phrase), at
    return None


def counted_singly(text: str, end: int) -> tuple[str, int] | None:
    """The lone small word behind a number that no plural follows: "a 3 cylinder engine"."""
    word = _WORD.match(text, end)
    if word is None or len(word[2]) < 4 or not word[2].islower() or word[2] in _closing():
        return None
    return None if word[2].endswith(_NO_NOUN) else (word[2], word.end())


#: Words between a number and what it counts.
_MORE = frozenset(("more", "fewer", "other", "additional", "total"))
_OF = lazy_pattern(rf"{SPACE}of{SPACE}(?:the|these|those|its|their|his|her|our){SPACE}")


def _plurals() -> frozenset[str]:
    """Plurals that do not end in s."""
    return words("irregular_plurals.csv", "plural")


def is_plural(word: str) -> bool:
    """Whether a noun looks like a plural: "workers", "cities", not "press", "crisis" or "gas"."""
    return word in _plurals() or (len(word) > 3 and word.endswith("s") and not word.endswith(_NOT_PLURAL))

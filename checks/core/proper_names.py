"""Proper names in copy: which words stand for a person, a place or a body, and where.

Only the text is looked at, no table: whether a name is known is for a check to ask. The words that tell a name
from the start of a sentence are data (``reference_data/name_words.csv``).
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Name, Span
from checks.core.word_lists import rows

if TYPE_CHECKING:
    import re

# A word, hyphens and inner apostrophes included, or initials with their stops ("U.S.", "D.C.").
_WORD = lazy_pattern(r"(?:[^\W\d_]\.){2,}|[^\W_][\w\u0300-\u036f]*(?:[-'’ʼʻ][\w\u0300-\u036f]+)*")
_SMALL_PREFIX = lazy_pattern(r"(?:al|el|an|ar|as|ash|at|az|ad|l|d|dell|t|s)[-'’](?=[^\W\d_])")
_LONGEST = 8
# Small words of English that are syllables of names elsewhere: Ban Me Thuot, My Tho, Ta Do.
_ALSO_SYLLABLES = frozenset(["me", "my", "an", "no", "so", "do", "he", "us"])
_SENTENCE_OPENERS = frozenset('.!?:;•*–—"“„«([')


@cache
def words_of_role(role: str) -> frozenset[str]:
    """The folded words that play a role in finding names: function, opener, title, weekday, month ..."""
    return _word_list().get(role, frozenset())


@cache
def _word_list() -> dict[str, frozenset[str]]:
    roles: dict[str, set[str]] = {}
    for row in rows("name_words.csv"):
        roles.setdefault(row["role"], set()).add(row["word"])
    return {role: frozenset(words) for role, words in roles.items()}


def names_in(text: str, span: Span) -> tuple[Name, ...]:
    """The proper names inside the span, in the order of the text.

    A name is a run of capitalised words, with small words between them where they belong to it ("Gulf of
    Mexico", "Rio de Janeiro", "Trinidad and Tobago"; but "Gaza and Egypt" are two). The words that open
    sentences, weekdays, months and titles ("President") are no part of it, nor is a possessive "'s", which ends
    it ("Ukraine's Kharkiv" are two). "Moscow-based" gives "Moscow". Time is linear in the span's length.
    """
    found: list[Name] = []
    run: list[tuple[int, int]] = []
    joints: list[tuple[int, int]] = []  # small words after the run, part of the name if it goes on

    def close() -> None:
        if run:
            start, end = run[0][0], run[-1][1]
            found.append(Name(Span(start, end), text[start:end]))
        run.clear()
        joints.clear()

    for match in _WORD.finditer(text, span.start, span.end):
        start, end = match.span()
        word = match[0]
        last = joints[-1][1] if joints else run[-1][1] if run else start
        if run and (len(run) >= _LONGEST or not _joined(text, last, start)):
            close()
        if not _capitalised(word):
            if run and len(joints) < 2 and word in words_of_role("connector"):
                joints.append((start, end))
            else:
                close()
            continue
        if _no_name(text, span, match, opens=not run):
            close()
            continue
        if run and joints and not _belongs(text, run, joints, word.casefold()):
            close()
        end, ends_here = _without_tail(text, start, end, word)
        run.append((start, end))
        joints.clear()
        if ends_here:
            close()
    close()
    return tuple(found)


def title_before(text: str, name: Name) -> str | None:
    """The title that stands right before the name ("President" Lincoln), which makes it a person; else None."""
    before = text[max(name.span.start - 24, 0) : name.span.start].rstrip()
    words = _WORD.findall(before.removesuffix("."))
    if words and words[-1].casefold() in words_of_role("title") and before.rstrip(".").endswith(words[-1]):
        return str(words[-1])
    return None


def opens_sentence(text: str, span: Span, start: int) -> bool:
    """Whether the word at the offset is the first of its sentence (or quotation, bracket, list entry) in the span."""
    before = text[span.start : start][-40:].rstrip(" \t\u00a0")
    return not before or before[-1] in _SENTENCE_OPENERS or before[-1] == "\n"


def _capitalised(word: str) -> bool:
    if word[0].isupper() or word[0].istitle():
        return True
    if "-" not in word and "'" not in word and "’" not in word:
        return False
    small = _SMALL_PREFIX.match(word)
    return small is not None and word[small.end()].isupper()


def _joined(text: str, end: int, start: int) -> bool:
    """Whether only white space (or the stop of "St.") stands between two words of a name."""
    gap = text[end:start]
    if gap.startswith("."):
        word = _last_word(text, end)
        if len(word) > 1 and word.casefold() not in words_of_role("abbreviation"):
            return False
        gap = gap[1:]
    return 0 < len(gap) <= 3 and gap.isspace() and gap.count("\n") < 2


def _last_word(text: str, end: int) -> str:
    start = end
    while start > 0 and end - start < 8 and text[start - 1].isalpha():
        start -= 1
    return text[start:end]


def _no_name(text: str, span: Span, match: re.Match[str], *, opens: bool) -> bool:
    """Whether a capitalised word is no part of a name: a small word in capitals, a day, a month, a title."""
    word, (start, end) = match[0], match.span()
    folded = word.casefold()
    if folded in words_of_role("weekday") or folded in words_of_role("month"):
        return True
    if folded in words_of_role("month_short") and (text[end : end + 1] == "." or text[end : end + 2].strip().isdigit()):
        return True
    if folded in words_of_role("function"):
        if not opens and folded in _ALSO_SYLLABLES and word.istitle():
            return False
        # "US", "WHO" and "IT" in capitals are names, unless all around is in capitals too.
        return len(word) == 1 or not word.isupper() or (word != "US" and _shouted(text, start, end))
    if folded in words_of_role("title"):
        following = _WORD.match(text, end + 1)
        return not (following and following[0].casefold() in words_of_role("place_after_title"))
    if opens and folded in words_of_role("opener"):
        return opens_sentence(text, span, start)
    return opens and _points_the_way(text, end, folded)


def _points_the_way(text: str, end: int, folded: str) -> bool:
    """Whether the word is the direction in "North of Kyiv" and no name's first word."""
    directions = ("north", "south", "east", "west")
    return folded.startswith(directions) and text[end : end + 4] == " of "


def _shouted(text: str, start: int, end: int) -> bool:
    before, after = text[max(start - 12, 0) : start].split(), text[end : end + 12].split()
    near = [word for word in (*before[-1:], *after[:1]) if len(word) > 1 and any(map(str.isalpha, word))]
    return bool(near) and all(word.isupper() for word in near)


def _belongs(text: str, run: list[tuple[int, int]], joints: list[tuple[int, int]], folded: str) -> bool:
    """Whether the small words before a capitalised word join it to the run."""
    words = [text[start:end] for start, end in joints]
    if "and" in words:
        return folded in words_of_role("joined_by_and")
    if words == ["the"]:
        return False
    if words[0] in {"of", "upon"}:
        # "the West Bank of Jordan's river" is rare; "Prime Minister of Ukraine" has lost its title before.
        return len(run) < _LONGEST
    return words[0] != "the"


def _without_tail(text: str, start: int, end: int, word: str) -> tuple[int, bool]:
    """The end of a word without a possessive or a "-based", and whether the name ends with it."""
    for mark in ("'s", "’s", "'S", "’S"):
        if word.endswith(mark) and len(word) > 2:
            stem = word[:-2]
            if stem.casefold() in words_of_role("inner_possessive"):
                return end, False
            return end - 2, True
    if text[end : end + 1] in {"'", "’"} and word.endswith(("s", "S", "z", "x")):
        return end, True
    if "-" in word:
        parts = word.split("-")
        for number, part in enumerate(parts[1:], 1):
            small = part and part[0].islower() and part not in words_of_role("connector")
            if small and number == len(parts) - 1 and len(part) > 3:
                return start + len("-".join(parts[:number])), True
    return end, False

"""The words of a sentence, dates among them as one word each, and those that name events."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from checks.core.event_words import EventWord, event_words
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Span
from checks.core.proper_names import words_of_role

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = lazy_pattern(
    r"(?:[^\W\d_]\.){1,4}(?=[\s,'’)])|(?:Jr|Sr|St|Mt|Gen|Dr|Mrs?|Ms|Sen|Rep|Gov|Lt|Col)\.|[^\W_]+(?:[-'’/][^\W_]+)*|[^\w\s]"
)
_ADVERBS = frozenset({"also", "then", "first", "later", "once", "again", "together", "jointly"})


@dataclass(frozen=True, slots=True)
class Token:
    """A word or mark of a sentence: as written, folded, where it stands, and whether it owns what follows."""

    text: str
    low: str
    span: Span
    date: Figure | None = None
    owns: bool = False

    @property
    def capital(self) -> bool:
        """Whether the word has the look of a part of a name."""
        return self.date is None and (self.text[0].isupper() or (self.text[0].isdigit() and not self.text.isdigit()))

    @property
    def word(self) -> bool:
        """Whether it is a word, neither a date nor a punctuation mark."""
        return self.date is None and self.text[0].isalnum()


def tokens_of(text: str, sentence: Span, dates: Sequence[Figure]) -> list[Token]:
    """The words and marks of a sentence; a date is one of them."""
    tokens: list[Token] = []
    waiting = list(reversed(dates))
    at = sentence.start
    while at < sentence.end:
        match = _TOKEN.search(text, at, sentence.end)
        if waiting and (match is None or match.end() > waiting[-1].span.start):
            figure = waiting.pop()
            tokens.append(Token(figure.text, figure.text.casefold(), figure.span, figure))
            at = max(at, figure.span.end)
            if text[at : at + 2] in {"'s", "’s"}:
                at += 2
            continue
        if match is None:
            break
        word, at = match[0], match.end()
        owns = len(word) > 2 and word[-2:] in {"'s", "’s"}
        owns = owns and word[:-2].casefold() not in words_of_role("inner_possessive")
        end = at - 2 if owns else at
        stem = text[match.start() : end]
        owns = owns or (word[-1] in "sSzxX" and text[at : at + 1] in {"'", "’"} and text[at + 1 : at + 2] == " ")
        tokens.append(Token(stem, stem.casefold(), Span(match.start(), end), None, owns))
    return tokens


def event_words_in(tokens: Sequence[Token]) -> list[tuple[int, int, EventWord]]:
    """The words that name an event, with where each begins and ends."""
    found: list[tuple[int, int, EventWord]] = []
    known = event_words()
    at = 0
    while at < len(tokens):
        for word in known.get(tokens[at].low, ()):
            end = at + len(word.phrase)
            if tokens[at].date is None and tuple(token.low for token in tokens[at:end]) == word.phrase:
                found.append((at, end, word))
                at = end - 1
                break
        at += 1
    return found


def is_adverb(token: Token) -> bool:
    """Whether the word may stand between an auxiliary and its verb."""
    return token.word and (token.low in _ADVERBS or (token.low.endswith("ly") and not token.capital))

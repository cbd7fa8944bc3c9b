"""Phrases around an event word: where they begin and end, and which date stands with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, cast

from checks.core.claims import EventDate
from checks.core.event_words import EventWord, event_words
from checks.core.model import Figure, Name, Span
from checks.core.proper_names import words_of_role
from checks.extract.claims.event_tokens import Token, is_adverb

if TYPE_CHECKING:
    from collections.abc import Sequence

#: Words by which a date is tied to what stands before it.
DATE_LINKS = frozenset({"in", "on", "of", "from", "during"})
_BEFORE_DATE = frozenset(
    {"back", "early", "late", "only", "just", "first", "the", "year", "way", "again", "mid", "night"}
)
RELATIVES = frozenset({"which", "that", "who"})
AUXILIARIES = frozenset({"was", "were", "had", "has", "have", "been", "being", "is", "are"})
#: Words before a verb that say that it did not happen, or not yet.
UNREAL = frozenset(
    {"to", "will", "would", "could", "may", "might", "should", "can", "must", "not", "never", "if", "didn't", "hadn't"}
    | {"didn’t", "hadn’t", "wasn't", "wasn’t", "nearly", "almost", "before", "until", "without"}
)
INDEFINITE = frozenset({"a", "an", "another", "any", "each", "every", "some", "no", "several", "many", "other"})
DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her"})
ARTICLES = INDEFINITE | DEFINITE
_PREPOSITIONS = frozenset(
    {"of", "in", "on", "at", "against", "by", "into", "to", "between", "with", "near", "over", "from", "for", "inside"}
)
_STOPS_SUBJECT = frozenset({"after", "before", "when", "while", "as", "because", "but", "said", "says"})
_LARGEST_GAP = 6
_BY_WHOM = frozenset({"invasion", "annexation", "occupation", "seizure", "attack", "liberation", "withdrawal"})


class Phrases:
    """One event word in its sentence, with the phrases and dates around it."""

    def __init__(self, tokens: Sequence[Token], names: Sequence[Name], start: int, end: int, word: EventWord) -> None:
        self.tokens = tokens
        self.names = names
        self.start = start
        self.end = end
        self.word = word

    def _premodifiers(self, start: int) -> tuple[int, Figure | None, str | None]:
        """Where the noun phrase begins, the date among the words before its noun, and its article."""
        at, date, small = start, None, 0
        while at > 0 and start - at < 9:
            token = self.tokens[at - 1]
            if token.date is not None:
                if date is not None:
                    break
                date = token.date
            elif token.text == ",":
                if date is not None or at < 2 or self.tokens[at - 2].date is None or self.tokens[at - 2].owns:
                    break
            elif not token.word or (token.low in words_of_role("function") - {"us"} and token.low not in ARTICLES):
                break
            elif token.low in INDEFINITE or token.low in DEFINITE:
                return at - 1, date, token.low
            elif not token.capital:
                if token.low in words_of_role("function") or small >= 2 or date is not None:
                    break
                small += 1
            elif date is not None and not token.owns:
                break
            at -= 1
        return at, self._premodifying(date, at), None

    def _premodifying(self, date: Figure | None, at: int) -> Figure | None:
        """The date, unless it closes the phrase before: "in 2014 Russia's annexation", "In 2003, ..."."""
        if date is None:
            return None
        first = self.tokens[at]
        if first.date is None:
            return date
        before = self.tokens[at - 1].low if at else ""
        follows = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
        if before in {"in", "on", "of", "by", "until"} or not follows or follows.text == ",":
            return None
        return date if not any(token.owns for token in self.tokens[at + 1 : self.start]) else None

    def _complements(self, at: int) -> int:
        """Where the words that belong to the noun end: "of Iraq", "on the Charlie Hebdo magazine", "in Paris"."""
        for _ in range(3):
            if at >= len(self.tokens) or self.tokens[at].low not in _PREPOSITIONS:
                break
            end = self._noun_phrase(at + 1)
            if end is None:
                break
            at = end
        return at

    def _noun_phrase(self, at: int) -> int | None:
        """The end of a noun phrase that begins here; None where none does, or a date does."""
        start, small = at, 0
        seen = False
        while at < len(self.tokens) and at - start < 10:
            token = self.tokens[at]
            if token.date is not None:
                break
            joins = token.low in {"of", "and", "the", "de", "al", "el"}
            ahead = self.tokens[at + 1] if at + 1 < len(self.tokens) else None
            if token.capital or (seen and joins and ahead is not None and ahead.capital):
                seen = True
            elif (
                not token.word
                or (token.low in words_of_role("function") and token.low not in DEFINITE | INDEFINITE)
                or (seen and (token.low.endswith("ed") or self._link(at) is not None or token.low in event_words()))
            ):
                break
            else:
                small += 1
                if small > 3:
                    return None
            at += 1
        return at if at > start else None

    def _date_after(self, at: int, role: str) -> tuple[Figure | None, str]:
        """The date that follows a noun phrase, by a preposition, in brackets, or by a verb such as "began"."""
        if found := self._dated_at(at):
            return found, role
        tokens = self.tokens
        at += at < len(tokens) and tokens[at].text == ","
        at += at < len(tokens) and tokens[at].low in RELATIVES
        for _ in range(3):
            if at >= len(tokens):
                return None, role
            link = self._link(at)
            if link is not None:
                end = at + len(link.phrase)
                phase = link.role in {"start", "end"}
                return self._dated_within(end, 0 if phase else _LARGEST_GAP), link.role if phase else role
            if tokens[at].low not in AUXILIARIES and not is_adverb(tokens[at]):
                return None, role
            at += 1
        return None, role

    def _struck(self, at: int) -> list[Token]:
        """What the noun befell, which tells which it is: "the tsunami that struck Japan", "was dropped on X"."""
        for token in self.tokens[at : at + 4]:
            link = self._link(at)
            if link is not None:
                start = at + len(link.phrase)
                alone = self.word.event == "earthquake" or link.phrase == ("dropped", "on")
                end = self._noun_phrase(start) if link.role == "object" and alone else None
                return [each for each in self.tokens[start:end] if each.capital] if end is not None else []
            if token.text != "," and token.low not in RELATIVES | AUXILIARIES and not is_adverb(token):
                break
            at += 1
        return []

    def _link(self, at: int) -> EventWord | None:
        for word in event_words().get(self.tokens[at].low, ()):
            end = at + len(word.phrase)
            if word.form == "link" and tuple(token.low for token in self.tokens[at:end]) == word.phrase:
                return word
        return None

    def _dated_at(self, at: int) -> Figure | None:
        """The date that stands here: "in 2003", ", on February 24", "(1986)", "April 15, 2013"."""
        tokens = self.tokens
        comma = at < len(tokens) and tokens[at].text in {",", "("}
        at += comma
        steps = 0
        link = False
        while at < len(tokens) and steps < 4:
            token = tokens[at]
            if token.date is not None:
                near = (
                    link
                    or (comma and tokens[at - 1].text == "(")
                    or (steps == 0 and to_the_day(token.date) and not comma)
                )
                return token.date if near else None
            if token.low in DATE_LINKS:
                link = True
            elif token.low not in _BEFORE_DATE:
                return None
            at += 1
            steps += 1
        return None

    def _dated_within(self, at: int, gap: int) -> Figure | None:
        """The date that stands here or after a few words of the same clause."""
        for step in range(gap + 1):
            if found := self._dated_at(at + step):
                return found
            if at + step >= len(self.tokens):
                return None
            token = self.tokens[at + step]
            if not token.word or token.low in RELATIVES | _STOPS_SUBJECT | UNREAL or token.low == "and":
                return None
        return None

    def _antecedents(self, last: int) -> tuple[Name, ...]:
        """The names that a relative clause after this token may speak of, the nearest first."""
        if last >= 0 and self.tokens[last].text == ",":
            last -= 1
        if last < 0:
            return ()
        end = self.tokens[last].span.end
        first = last
        while first > 0 and last - first < 12 and self.tokens[first - 1].text not in {",", ";", ":", "(", "–", "—"}:
            first -= 1
        start = self.tokens[first].span.start
        near = [name for name in self.names if start <= name.span.start and name.span.end <= end]
        return tuple(reversed(near))[:3]

    def _without_agents(self, words: Sequence[Token]) -> list[Token]:
        """The words without those who did it, where anybody could have: "founded by ...", "independence from ..."."""
        drop = {"from"} if self.word.event == "independence" else set()
        drop |= {"by"} if self.word.event not in _BY_WHOM else set()
        kept = list(words)
        for number, token in enumerate(kept):
            if token.low in drop and token.span.start >= self.tokens[self.start].span.start:
                return kept[:number]
        return kept

    def _made(
        self,
        date: Figure,
        words: Sequence[Token],
        *,
        role: str = "",
        firm: bool = True,
        choices: tuple[Name, ...] = (),
    ) -> EventDate:
        spans = [token.span for token in words]
        start = min([span.start for span in spans] + [date.span.start])
        end = max([span.end for span in spans] + [date.span.end])
        inside = tuple(
            _clipped(name, spans)
            for name in self.names
            if any(name.span.start <= at[0] < name.span.end for at in spans)
        )
        return EventDate(
            span=Span(start, end),
            figures=(date,),
            date=date,
            event=self.word.event,
            words=" ".join(token.text for token in words),
            names=choices or inside,
            role=cast('Literal["start", "end", "any"]', role or self.word.role),
            firm=firm,
            choices=bool(choices),
        )


def _clipped(name: Name, spans: Sequence[Span]) -> Name:
    """The part of a name inside the phrase: of "Veterans of the Falklands War" the war."""
    inside = [span for span in spans if name.span.start <= span.start < name.span.end]
    start, end = inside[0].start, min(inside[-1].end, name.span.end)
    return Name(Span(start, end), name.text[start - name.span.start : end - name.span.start])


def to_the_day(figure: Figure) -> bool:
    """Whether a date says the day."""
    return bool(figure.when and figure.when.precision == "day")

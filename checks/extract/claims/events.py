"""Dates of events: "Russia's invasion on February 24", "annexed in 2014", "the 1976 Tangshan earthquake".

The copy is read word by word around each word that names an event; a date counts only where the grammar ties it
to that word. Which event is meant is for the check to find.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal, cast

from checks.core.claims import EventDate
from checks.core.event_words import EventWord, event_words
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Name, Span
from checks.core.word_tree import any_of
from checks.extract.names import names_in, words_of_role

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.extract.reading import Reading

_TOKEN = lazy_pattern(
    r"(?:[^\W\d_]\.){1,4}(?=[\s,'’)])|(?:Jr|Sr|St|Mt|Gen|Dr|Mrs?|Ms|Sen|Rep|Gov|Lt|Col)\.|[^\W_]+(?:[-'’/][^\W_]+)*|[^\w\s]"
)
#: The forms of event words that can make a claim; the others only tell what belongs to a name.
_CLAIMING = frozenset({"noun", "before", "verb", "participle"})
_DATED = {"date", "year"}
_PRECISIONS = {"day", "month", "year"}
_DATE_LINKS = frozenset({"in", "on", "of", "from", "during"})
_BEFORE_DATE = frozenset(
    {"back", "early", "late", "only", "just", "first", "the", "year", "way", "again", "mid", "night"}
)
_RELATIVES = frozenset({"which", "that", "who"})
_AUXILIARIES = frozenset({"was", "were", "had", "has", "have", "been", "being", "is", "are"})
_BE = frozenset({"was", "were", "been", "being", "is", "are"})
_UNREAL = frozenset(
    {"to", "will", "would", "could", "may", "might", "should", "can", "must", "not", "never", "if", "didn't", "hadn't"}
    | {"didn’t", "hadn’t", "wasn't", "wasn’t", "nearly", "almost", "before", "until", "without"}
)
# "Good Friday", "Boxing Day": capitals, no digit; the months are capitals too, but one word.
_HOLIDAY = lazy_pattern(r"[A-Z][^\W\d_]*(?: [A-Z][^\W\d_]*)+")
_PLANNED = frozenset(
    {"planned", "possible", "potential", "threatened", "future", "upcoming", "proposed", "imminent", "next", "failed"}
    | {"anniversary", "another", "similar", "likely", "fictional", "simulated", "alternative"}
)
_INDEFINITE = frozenset({"a", "an", "another", "any", "each", "every", "some", "no", "several", "many", "other"})
_DEFINITE = frozenset({"the", "this", "that", "its", "their", "his", "her"})
_POSSESSIVES = frozenset({"its", "their", "his", "her"})
_ARTICLES = _INDEFINITE | _DEFINITE
_PREPOSITIONS = frozenset(
    {"of", "in", "on", "at", "against", "by", "into", "to", "between", "with", "near", "over", "from", "for", "inside"}
)
_STOPS_SUBJECT = frozenset({"after", "before", "when", "while", "as", "because", "but", "said", "says"})
_ADVERBS = frozenset({"also", "then", "first", "later", "once", "again", "together", "jointly"})
_LARGEST_GAP = 6
_PHASES = {"end": "end", "start": "start", "beginning": "start", "outbreak": "start", "conclusion": "end"}
# Words after which the date of a noun is its own: what is said happened when the event did, or is counted from it.
_TIES = frozenset(
    {"since", "after", "before", "during", "until", "following", "despite", "in", "at", "and", "between", "from"}
    | {"launched", "began", "started", "ordered", "unleashed", "mounted", "staged", "suffered", "survived", "signed"}
    | {"with", "by", "when", "as", "that", "where", "while", "but", "because", "than", "like", "including", "amid"}
)
_TO = frozenset({"prior", "up", "due", "compared", "back", "similar", "leading", "led", "related", "thanks"})
_OF = frozenset(
    {"victims", "veterans", "survivors", "aftermath", "wake", "height", "days", "day", "time", "start", "beginning"}
    | {"end", "outbreak", "eve", "result", "scene", "site", "course", "years", "weeks", "months", "hours", "because"}
)
_BY_WHOM = frozenset({"invasion", "annexation", "occupation", "seizure", "attack", "liberation", "withdrawal"})


@dataclass(frozen=True, slots=True)
class _Token:
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


def event_dates(reading: Reading) -> Iterator[EventDate]:
    """Claims that something that happened did so at a date, in the order of the text."""
    done: set[int] = set()
    spoken: dict[int, bool] = {}
    for figure in reading.figures:
        if _is_date(figure):
            paragraph = reading.segments.paragraph_number(figure.span.start)
            if paragraph not in spoken:
                spoken[paragraph] = _speaks_of_events(reading.segments.paragraphs[paragraph].of(reading.text))
            if not spoken[paragraph]:
                continue
            sentence = reading.segments.sentence(figure.span.start)
            if sentence.start not in done:
                done.add(sentence.start)
                if _speaks_of_events(sentence.of(reading.text)):
                    yield from _in_sentence(reading, sentence)


def _speaks_of_events(text: str) -> bool:
    """A quick look, before anything is taken apart."""
    return _event_phrase().search(" " + text.casefold()) is not None


@cache
def _event_phrase() -> re.Pattern[str]:
    """Any phrase that can make a claim, with the character before it."""
    phrases = any_of(
        " ".join(word.phrase) for words in event_words().values() for word in words if word.form in _CLAIMING
    )
    return re.compile(rf"[\W\d_](?:{phrases})(?![^\W_])".replace(r"\ ", r"[\W_]+"))


def _in_sentence(reading: Reading, sentence: Span) -> Iterator[EventDate]:
    dates = [figure for figure in reading.figures_in(sentence) if _is_date(figure)]
    tokens = _tokens(reading.text, sentence, dates)
    words = _event_words(tokens)
    if not words:
        return
    names: tuple[Name, ...] | None = None
    taken: set[int] = set()
    for start, end, word in words:
        if not any(token.date for token in tokens[max(start - 12, 0) : end + 24]):
            continue
        if names is None:
            names = names_in(reading.text, sentence)
        find = _Sentence(tokens, names, start, end, word)
        claim = find.claim()
        if claim is None or id(claim.date) in taken or _lies_ahead(claim.date, reading):
            continue
        taken.add(id(claim.date))
        yield claim


def _is_date(figure: Figure) -> bool:
    """Whether the figure is a date by day, month or year. "Good Friday" is one only outside a name."""
    if figure.kind not in _DATED or not figure.when or figure.when.precision not in _PRECISIONS:
        return False
    return figure.kind == "year" or not _HOLIDAY.fullmatch(figure.text)


def _lies_ahead(figure: Figure, reading: Reading) -> bool:
    published = reading.document.published
    when = figure.when
    return bool(published and when and when.year_given and when.start and when.start > published)


def _tokens(text: str, sentence: Span, dates: Sequence[Figure]) -> list[_Token]:
    tokens: list[_Token] = []
    waiting = list(reversed(dates))
    at = sentence.start
    while at < sentence.end:
        match = _TOKEN.search(text, at, sentence.end)
        if waiting and (match is None or match.end() > waiting[-1].span.start):
            figure = waiting.pop()
            tokens.append(_Token(figure.text, figure.text.casefold(), figure.span, figure))
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
        tokens.append(_Token(stem, stem.casefold(), Span(match.start(), end), None, owns))
    return tokens


def _event_words(tokens: Sequence[_Token]) -> list[tuple[int, int, EventWord]]:
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


class _Sentence:
    """One event word in its sentence: looks for its date and for those who take part."""

    def __init__(self, tokens: Sequence[_Token], names: Sequence[Name], start: int, end: int, word: EventWord) -> None:
        self.tokens = tokens
        self.names = names
        self.start = start
        self.end = end
        self.word = word

    def claim(self) -> EventDate | None:
        """The claim that the event word makes with a date, None where no date belongs to it."""
        if self.word.form == "noun":
            return self._noun()
        if self.word.form == "before":
            return self._named_after()
        if self.word.form == "verb":
            return self._verb()
        if self.word.form == "participle":
            return self._participle()
        return None

    # Nouns

    def _noun(self) -> EventDate | None:
        first, before, article = self._premodifiers(self.start)
        if any(token.low in _PLANNED for token in self.tokens[max(first - 3, 0) : self.start]):
            return None
        last = self.end
        capital = self.tokens[self.start].capital
        while capital and last < len(self.tokens) and self.tokens[last].capital and last - self.end < 3:
            last += 1
        last = self._complements(last)
        words = [token for token in self.tokens[first:last] if token.date is None and token.word]
        words = self._without_agents(words)
        own = any(token.owns or token.capital for token in self.tokens[first : self.start])
        several = self.word.phrase[-1] == "wars"
        firm = article not in _INDEFINITE and not several and (article in _DEFINITE or own or capital or first > 0)
        role = self._phase(first)
        date = before
        tied = True
        if date is None or not _to_the_day(date):
            # "the 2004 tsunami on December 26, 2004": the day tells more than the year.
            later, later_role = self._date_after(last, role)
            if later is not None and (date is None or (_to_the_day(later) and _year(later) == _year(date))):
                date, role = later, later_role
                tied = self._tied(first, last, date)
        if date is not None and first and self.tokens[first - 1].low == "whose":
            # "Ghana, whose independence came on 6 March 1957"
            return self._made(date, words, role=role, choices=self._antecedents(first - 2)[:1])
        if date is None or not (any(token.capital for token in words) or article in _DEFINITE):
            return None
        if article in _POSSESSIVES and not any(token.capital for token in words):
            # "Russia launched its invasion on Feb. 24"
            owners = self._antecedents(first - 1)[-1:]
            return self._made(date, words, role=role, firm=firm and tied, choices=owners)
        return self._made(date, words, role=role, firm=firm and tied and article not in _INDEFINITE)

    def _named_after(self) -> EventDate | None:
        """ "Hurricane Katrina": the name stands after its word."""
        last = self.end
        while last < len(self.tokens) and self.tokens[last].capital and last - self.end < 3:
            last += 1
        if last == self.end or not self.tokens[self.start].capital:
            return None
        first, before, article = self._premodifiers(self.start)
        if article in _INDEFINITE:
            return None
        words = [token for token in self.tokens[self.start : last] if token.word]
        date, role = (before, "any") if before else self._date_after(self._complements(last), "any")
        return self._made(date, words, role=role) if date and first >= 0 else None

    def _tied(self, first: int, last: int, date: Figure) -> bool:
        """Whether the date belongs to the noun, and not to a verb before: "opposed the invasion in 2002".

        "after the invasion in 2003" leaves no doubt, nor does "the invasion of 2003" or a noun that opens its
        sentence; "wrote of the war in 1955" dates the writing.
        """
        ties = self.tokens[last].low if last < len(self.tokens) else ""
        if ties not in {"in", "on", ","} or (ties == "on" and not _to_the_day(date)):
            return True
        follows = self.tokens[last + 1].low if last + 1 < len(self.tokens) else ""
        if first == 0 or (ties == "," and follows in _RELATIVES):
            return True
        before = self.tokens[first - 1]
        if before.low in {"to", "of"}:
            return first > 1 and self.tokens[first - 2].low in (_TO if before.low == "to" else _OF)
        return not before.word or before.low in _TIES

    def _phase(self, first: int) -> str:
        """The role of the date where the noun is owned by a phase: "the end of World War Two"."""
        before = [token.low for token in self.tokens[max(first - 3, 0) : first] if token.low not in _ARTICLES]
        return _PHASES.get(before[-2], self.word.role) if len(before) > 1 and before[-1] == "of" else self.word.role

    def _without_agents(self, words: Sequence[_Token]) -> list[_Token]:
        """The words without those who did it, where anybody could have: "founded by ...", "independence from ..."."""
        drop = {"from"} if self.word.event == "independence" else set()
        drop |= {"by"} if self.word.event not in _BY_WHOM else set()
        kept = list(words)
        for number, token in enumerate(kept):
            if token.low in drop and token.span.start >= self.tokens[self.start].span.start:
                return kept[:number]
        return kept

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
            elif not token.word or (token.low in words_of_role("function") - {"us"} and token.low not in _ARTICLES):
                break
            elif token.low in _INDEFINITE or token.low in _DEFINITE:
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
                or (token.low in words_of_role("function") and token.low not in _DEFINITE | _INDEFINITE)
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
        at += at < len(tokens) and tokens[at].low in _RELATIVES
        for _ in range(3):
            if at >= len(tokens):
                return None, role
            link = self._link(at)
            if link is not None:
                end = at + len(link.phrase)
                found = self._dated_within(end, 0 if link.role != "any" else _LARGEST_GAP)
                return found, link.role if link.role != "any" else role
            if tokens[at].low not in _AUXILIARIES and not _adverb(tokens[at]):
                return None, role
            at += 1
        return None, role

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
                    or (steps == 0 and _to_the_day(token.date) and not comma)
                )
                return token.date if near else None
            if token.low in _DATE_LINKS:
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
            if not token.word or token.low in _RELATIVES | _STOPS_SUBJECT | _UNREAL or token.low == "and":
                return None
        return None

    # Verbs

    def _verb(self) -> EventDate | None:
        at, passive, unreal = self.start, False, False
        while at > 0 and self.start - at < 4:
            token = self.tokens[at - 1]
            if token.low in _UNREAL:
                unreal = True
                break
            if token.low in _AUXILIARIES:
                passive = passive or token.low in _BE
            elif not _adverb(token):
                break
            at -= 1
        if unreal or at == 0 or self._counts_after() or self._in_another_office():
            return None
        follows = self.tokens[self.end].low if self.end < len(self.tokens) else ""
        passive = passive or follows == "by"
        reduced = self.tokens[at - 1].text == "," and at == self.start and follows in _DATE_LINKS | {"by", "from"}
        if reduced:
            return self._dated_verb(self._antecedents(at - 1), self.end, passive=True)
        if self.tokens[at - 1].low in _RELATIVES:
            done = None if passive else self._noun_phrase(self.end)
            return self._dated_verb(self._antecedents(at - 2), done or self.end, passive=passive)
        if self.tokens[at - 1].low == "and" and (subject := self._shared_subject(at - 1)):
            return self._dated_verb((), self.end, passive=True, subject=subject)
        return self._main_verb(at, passive)

    def _shared_subject(self, at: int) -> Sequence[_Token]:
        """The subject of the verb before: "Hussein was captured on Dec. 13, 2003, and executed on Dec. 30, 2006"."""
        for verb, _, word in reversed(_event_words(self.tokens[:at])):
            if word.form == "verb":
                end = verb
                while end > 0 and self.tokens[end - 1].low in _AUXILIARIES:
                    end -= 1
                subject = self.tokens[self._subject(end) : end]
                return subject if any(token.capital for token in subject) else ()
        return ()

    def _main_verb(self, at: int, passive: bool) -> EventDate | None:
        first = self._subject(at)
        subject = self.tokens[first:at]
        pronoun = len(subject) == 1 and subject[0].low in {"it", "he", "she", "they"}
        if not subject or not (pronoun or any(token.capital for token in subject)):
            return None
        object_end = self._noun_phrase(self.end) if not passive else None
        if object_end is not None and any(
            word.form == "noun"
            for token in self.tokens[self.end : object_end]
            for word in event_words().get(token.low, ())
        ):
            return None  # "launched its invasion", "declared war": the noun tells more
        if first >= 1 and self.tokens[first - 1].low in _RELATIVES and object_end is None:
            # "Crimea in the south, which it annexed in 2014"
            return self._dated_verb(self._antecedents(first - 2), self.end, passive=False, subject=subject)
        if pronoun:
            return None if object_end is None else self._dated_verb((), object_end, passive=passive)
        claim = self._dated_verb((), object_end or self.end, passive=passive, subject=subject)
        if claim is not None:
            return claim
        date = self._date_in_front(first)
        if date is None:
            return None
        words = [*subject, *self.tokens[self.start : object_end or self.end]]
        return self._made(date, [token for token in words if token.word])

    def _subject(self, at: int) -> int:
        """Where the subject begins that ends before this token."""
        start, small = at, 0
        while start > 0 and at - start < 10:
            token = self.tokens[start - 1]
            joins = token.low in {"of", "and", "the", "de", "al", "el", "bin"}
            if token.capital and token.low not in words_of_role("function"):
                start -= 1
            elif token.low in {"it", "he", "she", "they"} and start == at:
                return start - 1
            elif joins and start < at and self.tokens[start].capital and start > 1 and self.tokens[start - 2].capital:
                start -= 1
            elif token.word and token.low not in words_of_role("function") and small < 2 and token.date is None:
                small += 1
                start -= 1
            else:
                break
        return start

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

    def _dated_verb(
        self,
        choices: tuple[Name, ...],
        at: int,
        *,
        passive: bool,
        subject: Sequence[_Token] = (),
    ) -> EventDate | None:
        if not choices and not subject and at == self.end:
            return None
        last = self._complements(at) if passive or at > self.end else at
        date = self._dated_at(last) or self._dated_at(at)
        if date is None and not passive and at == self.end:
            last = self._complements(at)
            date = self._dated_at(last)
        if date is None:
            return None
        words = [token for token in (*subject, *self.tokens[self.start : last]) if token.word]
        return self._made(date, self._without_agents(words), choices=choices)

    def _date_in_front(self, first: int) -> Figure | None:
        """The date before the subject: "In 2014, Russia annexed", "in 2014, when Russia annexed"."""
        at = first - 1
        if at >= 0 and self.tokens[at].low in _DEFINITE:
            at -= 1
        if at >= 0 and self.tokens[at].low == "when":
            at -= 1
            at -= at >= 0 and self.tokens[at].text == ","
            return self.tokens[at].date if at >= 0 else None
        if at >= 0 and self.tokens[at].text == ",":
            at -= 1
        if at < 1 or self.tokens[at].date is None or at > 3:
            return None
        return self.tokens[at].date if self.tokens[at - 1].low in {"in", "on", "early", "late"} else None

    def _participle(self) -> EventDate | None:
        before = self.tokens[self.start - 1].low if self.start else ""
        if before in _UNREAL | {"of", "about", "from"} or self.word.event in {"membership", "office"}:
            return None
        end = self._noun_phrase(self.end)
        if end is None or not any(token.capital for token in self.tokens[self.end : end]):
            return None
        return self._dated_verb((), end, passive=False)

    def _counts_after(self) -> bool:
        """Whether a number follows: shares that "fell 3 percent" are no fall of anything."""
        follows = self.tokens[self.end : self.end + 2]
        return any(token.text[0].isdigit() or token.text in {"$", "€", "£"} for token in follows if token.date is None)

    def _in_another_office(self) -> bool:
        """Whether somebody "took office as mayor": the tables know only those who lead a country."""
        follows = [token.low for token in self.tokens[self.end : self.end + 3]]
        if self.word.event != "office" or not follows or follows[0] != "as":
            return False
        return not set(follows) & {"president", "prime", "chancellor", "premier", "king", "queen"}

    def _made(
        self,
        date: Figure,
        words: Sequence[_Token],
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


def _adverb(token: _Token) -> bool:
    return token.word and (token.low in _ADVERBS or (token.low.endswith("ly") and not token.capital))


def _year(figure: Figure) -> int | None:
    return figure.when.start.year if figure.when and figure.when.start else None


def _to_the_day(figure: Figure) -> bool:
    return bool(figure.when and figure.when.precision == "day")

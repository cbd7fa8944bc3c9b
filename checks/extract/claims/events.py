"""Dates of events: "Russia's invasion on February 24", "annexed in 2014", "the 1976 Tangshan earthquake".

The copy is read word by word around each word that names an event; a date counts only where the grammar ties it
to that word. Which event is meant is for the check to find.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from checks.core.event_words import event_words
from checks.core.lazy_pattern import lazy_pattern
from checks.core.proper_names import names_in, words_of_role
from checks.core.word_tree import any_of
from checks.extract.claims.event_phrases import (
    ARTICLES,
    AUXILIARIES,
    DATE_LINKS,
    DEFINITE,
    INDEFINITE,
    RELATIVES,
    UNREAL,
    Phrases,
    to_the_day,
)
from checks.extract.claims.event_tokens import Token, event_words_in, is_adverb, tokens_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.core.claims import EventDate
    from checks.core.event_words import EventWord
    from checks.core.model import Figure, Name, Span
    from checks.extract.reading import Reading

#: The forms of event words that can make a claim; the others only tell what belongs to a name.
_CLAIMING = frozenset({"noun", "before", "verb", "participle"})
_DATED = {"date", "year"}
_PRECISIONS = {"day", "month", "year"}
_BE = frozenset({"was", "were", "been", "being", "is", "are"})
# "Good Friday", "Boxing Day": capitals, no digit; the months are capitals too, but one word.
_HOLIDAY = lazy_pattern(r"[A-Z][^\W\d_]*(?: [A-Z][^\W\d_]*)+")
_PLANNED = frozenset(
    {"planned", "possible", "potential", "threatened", "future", "upcoming", "proposed", "imminent", "next", "failed"}
    | {"anniversary", "another", "similar", "likely", "fictional", "simulated", "alternative"}
)
_POSSESSIVES = frozenset({"its", "their", "his", "her"})
#: What copy in the past tense never dates ahead; launches and openings it does, in telling of plans.
_NEVER_AHEAD = frozenset({"death", "annexation", "invasion", "independence", "sinking", "statehood", "ascent"})
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
    tokens = tokens_of(reading.text, sentence, dates)
    words = event_words_in(tokens)
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
        if claim is None or id(claim.date) in taken or (_lies_ahead(claim.date, reading) and not _told_as_past(word)):
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


def _told_as_past(word: EventWord) -> bool:
    """Whether the word says that the thing has happened: of "died" and "was annexed" no date lies ahead."""
    return word.form == "verb" and word.event in _NEVER_AHEAD and not word.phrase[0].endswith("s")


class _Sentence(Phrases):
    """One event word in its sentence: looks for its date and for those who take part."""

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
        words = self._without_agents(words) + self._struck(last)
        own = any(token.owns or token.capital for token in self.tokens[first : self.start])
        several = self.word.phrase[-1] == "wars"
        firm = article not in INDEFINITE and not several and (article in DEFINITE or own or capital or first > 0)
        role = self._phase(first)
        date = before
        tied = True
        if date is None or not to_the_day(date):
            # "the 2004 tsunami on December 26, 2004": the day tells more than the year.
            later, later_role = self._date_after(last, role)
            if later is not None and (date is None or (to_the_day(later) and _year(later) == _year(date))):
                date, role = later, later_role
                tied = self._tied(first, last, date)
        if date is not None and first and self.tokens[first - 1].low == "whose":
            # "Ghana, whose independence came on 6 March 1957"
            return self._made(date, words, role=role, choices=self._antecedents(first - 2)[:1])
        if date is None or not (any(token.capital for token in words) or article in DEFINITE):
            return None
        if article in _POSSESSIVES and not any(token.capital for token in words):
            # "Russia launched its invasion on Feb. 24"
            owners = self._antecedents(first - 1)[-1:]
            return self._made(date, words, role=role, firm=firm and tied, choices=owners)
        return self._made(date, words, role=role, firm=firm and tied and article not in INDEFINITE)

    def _named_after(self) -> EventDate | None:
        """ "Hurricane Katrina": the name stands after its word."""
        last = self.end
        while last < len(self.tokens) and self.tokens[last].capital and last - self.end < 3:
            last += 1
        if last == self.end or not self.tokens[self.start].capital:
            return None
        first, before, article = self._premodifiers(self.start)
        if article in INDEFINITE:
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
        if ties not in {"in", "on", ","} or (ties == "on" and not to_the_day(date)):
            return True
        follows = self.tokens[last + 1].low if last + 1 < len(self.tokens) else ""
        if first == 0 or (ties == "," and follows in RELATIVES):
            return True
        before = self.tokens[first - 1]
        if before.low in {"to", "of"}:
            return first > 1 and self.tokens[first - 2].low in (_TO if before.low == "to" else _OF)
        return not before.word or before.low in _TIES

    def _phase(self, first: int) -> str:
        """The role of the date where the noun is owned by a phase: "the end of World War Two"."""
        before = [token.low for token in self.tokens[max(first - 3, 0) : first] if token.low not in ARTICLES]
        return _PHASES.get(before[-2], self.word.role) if len(before) > 1 and before[-1] == "of" else self.word.role

    def _verb(self) -> EventDate | None:
        at, passive, unreal = self.start, False, False
        while at > 0 and self.start - at < 4:
            token = self.tokens[at - 1]
            if token.low in UNREAL:
                unreal = True
                break
            if token.low in AUXILIARIES:
                passive = passive or token.low in _BE
            elif not is_adverb(token):
                break
            at -= 1
        if unreal or at == 0 or self._counts_after() or self._in_another_office():
            return None
        follows = self.tokens[self.end].low if self.end < len(self.tokens) else ""
        passive = passive or follows == "by"
        reduced = self.tokens[at - 1].text == "," and at == self.start and follows in DATE_LINKS | {"by", "from"}
        if reduced:
            return self._dated_verb(self._antecedents(at - 1), self.end, passive=True)
        if self.tokens[at - 1].low in RELATIVES:
            done = None if passive else self._noun_phrase(self.end)
            return self._dated_verb(self._antecedents(at - 2), done or self.end, passive=passive)
        if self.tokens[at - 1].low == "and" and (subject := self._shared_subject(at - 1)):
            return self._dated_verb((), self.end, passive=True, subject=subject)
        return self._main_verb(at, passive)

    def _shared_subject(self, at: int) -> Sequence[Token]:
        """The subject of the verb before: "Hussein was captured on Dec. 13, 2003, and executed on Dec. 30, 2006"."""
        for verb, _, word in reversed(event_words_in(self.tokens[:at])):
            if word.form == "verb":
                end = verb
                while end > 0 and self.tokens[end - 1].low in AUXILIARIES:
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
        if first >= 1 and self.tokens[first - 1].low in RELATIVES and object_end is None:
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

    def _dated_verb(
        self,
        choices: tuple[Name, ...],
        at: int,
        *,
        passive: bool,
        subject: Sequence[Token] = (),
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
        if self.word.event == "ascent" and (not passive or date is not self._dated_at(self.end)):
            return None  # "first climbed by a woman", "without oxygen": another first
        told = self.end if self.word.phrase == ("died",) and subject else last
        words = [token for token in (*subject, *self.tokens[self.start : told]) if token.word]
        return self._made(date, self._without_agents(words), choices=choices)

    def _date_in_front(self, first: int) -> Figure | None:
        """The date before the subject: "In 2014, Russia annexed", "in 2014, when Russia annexed"."""
        at = first - 1
        if at >= 0 and self.tokens[at].low in DEFINITE:
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
        if before in UNREAL | {"of", "about", "from"} or self.word.event in {"membership", "office"}:
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


def _year(figure: Figure) -> int | None:
    return figure.when.start.year if figure.when and figure.when.start else None

"""What copy says of an event, and what a row is called: names and event words, folded alike."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.core.event_words import class_of_word, plain_words
from checks.core.lazy_pattern import lazy_pattern
from checks.core.names import fold_words
from checks.core.proper_names import words_of_role

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.core.claims import EventDate
    from checks.core.model import When
    from checks.core.reference import Event, Tables
    from checks.core.story import Story

_NUMERALS = {"I": "one", "II": "two", "III": "three"}
_NUMERAL = lazy_pattern(r"\bI{1,3}\b")
MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, ["", *[""] * 8, "Sept"])
    for number, name in enumerate(names)
    if name
}
_TERM = lazy_pattern(r"(.{3,80}?) (?:in office as |takes office|becomes )")


@dataclass(frozen=True, slots=True)
class Words:
    """What the copy says of an event: names that must fit, words that may, and its class."""

    names: frozenset[str]
    others: frozenset[str]
    event: str
    proper: bool = False

    @property
    def all(self) -> frozenset[str]:
        """All words of the copy, the class of the event among them."""
        return self.names | self.others | {f"@{self.event}"}


def readings_of(claim: EventDate, story: Story) -> Iterator[Words]:
    """What the copy may say: one reading, or one for each name that the event may be of."""
    event = claim.event or ""
    if claim.choices:
        for name in claim.names:
            names, others = _split(claim.words, story.tables)
            yield Words(names | _bag(name.text, story.tables), others, event)
        return
    names, others = _split(claim.words, story.tables)
    for name in claim.names:
        names |= _bag(name.text, story.tables)
    others |= _day_words(claim.date.when)
    proper = any(word[0].isupper() and class_of_word(word.casefold()) == event for word in claim.words.split())
    yield Words(frozenset(each for each in names if not each.startswith("@")), others, event, proper)


def _day_words(when: When | None) -> frozenset[str]:
    """The day as a part of names: "the September 11 attacks"."""
    if when is None or when.precision != "day" or not when.month:
        return frozenset()
    return frozenset({calendar.month_name[when.month].casefold(), str(when.day)})


def _split(words: str, tables: Tables) -> tuple[frozenset[str], frozenset[str]]:
    """The names and the other words of a phrase, both folded."""
    runs = " ".join(
        word if word[0].isupper() or not word[0].isalpha() or word == "of" else "|" for word in words.split()
    )
    names = frozenset[str]().union(*(_bag(run.strip(), tables) for run in runs.split("|")))
    return frozenset(each for each in names if each[0] != "@"), _bag(words, tables) - names


@lru_cache(maxsize=20_000)
def _bag(text: str, tables: Tables) -> frozenset[str]:
    """The words of a name with countries and their people as one, event words by class, small words left out."""
    words = fold_words(_NUMERAL.sub(lambda match: _NUMERALS[match[0]], text))
    found: set[str] = set()
    at = 0
    while at < len(words):
        for length in (4, 3, 2, 1):
            code = _country(" ".join(words[at : at + length]), tables) if at + length <= len(words) else None
            if code:
                found.add(code)
                at += length
                break
        else:
            word = words[at]
            at += 1
            if event := class_of_word(word):
                found.add(f"@{event}")
            elif word in MONTHS and word not in words_of_role("function"):
                found.add(calendar.month_name[MONTHS[word]].casefold())
            elif (word not in plain_words() and word not in words_of_role("function") and len(word) > 1) or (
                word.isdigit()
            ):
                found.add(word)
    return frozenset(found)


@lru_cache(maxsize=20_000)
def _country(words: str, tables: Tables) -> str | None:
    """The country of that name or of those people, None where the words are neither."""
    if len(words) < 2 or words in words_of_role("function") - {"us"}:
        return None
    return tables.nation(words)


@lru_cache(maxsize=20_000)
def capital_of(word: str, tables: Tables) -> str | None:
    """The country whose capital that is: "Moscow" annexed, "Beijing" signed."""
    for place in tables.places(word, kinds={"city"})[:1]:
        if place.feature == "PPLC" and place.country:
            return f"cc:{place.country}"
    return None


@lru_cache(maxsize=64)
def story_bag(text: str, tables: Tables) -> frozenset[str]:
    """All that a story names, folded."""
    proper = re.findall(r"\b[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*", text[:100_000])
    return frozenset().union(*(_bag(_without_possessive(each), tables) for each in set(proper)))


def _without_possessive(name: str) -> str:
    return re.sub(r"(?i)(?<!people)['’]s\b|['’]$", "", name)


@lru_cache(maxsize=4_000)
def row_words(row: Event, tables: Tables) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    """The words of a row with its place, and those of each of its names."""
    strings = tuple(_bag(_without_possessive(name), tables) for name in (row.name, *row.aliases))
    if office := _TERM.match(row.name):
        # "Angela Merkel in office as head of government of Germany": it is the person who counts.
        strings = (_bag(office[1], tables) | {"@office"}, *strings[1:])
    place = {row.place} if row.place and row.place.startswith("cc:") else set()
    if row.place and not place:
        place = set(_bag(row.place, tables))
    return frozenset().union(*strings, place), strings

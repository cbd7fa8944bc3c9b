"""The words by which copy speaks of events, and the classes of event that they name.

Both are data: ``reference_data/event_words.csv`` (phrase, class, form, role) and
``reference_data/event_classes.csv`` (class, the kinds of the tables that it may mean, whether such a thing
happens but once to those who take part, whether it lasts).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from checks.core.word_lists import rows


@dataclass(frozen=True, slots=True)
class EventWord:
    """A word or phrase that names an event.

    ``form`` is noun, verb (past tense or past participle), participle ("invading"), base ("invade"), before (a
    noun that stands before the name: "Hurricane") or link (a verb that dates a noun: "began", "was signed").
    """

    phrase: tuple[str, ...]
    event: str
    form: str
    role: str


@dataclass(frozen=True, slots=True)
class EventClass:
    """A class of events: which kinds of the tables it covers, whether it happens but once, whether it lasts."""

    name: str
    kinds: frozenset[str]
    once: bool
    lasts: bool


@cache
def event_words() -> dict[str, tuple[EventWord, ...]]:
    """The words by the first word of each, the longest phrases first."""
    found: dict[str, list[EventWord]] = {}
    for row in rows("event_words.csv"):
        phrase = tuple(row["phrase"].split())
        found.setdefault(phrase[0], []).append(EventWord(phrase, row["class"], row["form"], row["role"]))
    return {first: tuple(sorted(words, key=lambda word: -len(word.phrase))) for first, words in found.items()}


@cache
def event_classes() -> dict[str, EventClass]:
    """The classes by name."""
    return {
        row["class"]: EventClass(
            row["class"], frozenset(row["kinds"].split(";")), row["once"] == "yes", row["span"] == "yes"
        )
        for row in rows("event_classes.csv")
    }


@cache
def class_of_word(word: str) -> str | None:
    """The class that a single word, folded, names by itself; None for other words."""
    return next((each.event for each in event_words().get(word, ()) if len(each.phrase) == 1 and each.event), None)


@cache
def plain_words() -> frozenset[str]:
    """Words that say nothing of which event is meant: titles of people, camps, sizes, "led", "signed"."""
    return frozenset(row["phrase"] for row in rows("event_words.csv") if row["form"] == "plain")

"""Rows of the tables of events that may be what copy speaks of."""

from __future__ import annotations

import calendar
from dataclasses import dataclass
from datetime import timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.core.event_words import EventClass, event_classes, plain_words
from checks.core.happenings.words import Words, capital_of, row_words, story_bag
from checks.core.lazy_pattern import lazy_pattern
from checks.core.names import fold_words

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from checks.core.claims import EventDate
    from checks.core.model import When
    from checks.core.reference import Event, Tables
    from checks.core.story import Story

_VIOLENCE = frozenset({"@attack", "@massacre"})
#: What happens again and again: an edition that the tables lack says nothing.
SILENT = frozenset({"election", "olympics", "world_cup", "wedding"})
LOOSE_KINDS = frozenset({"political", "event", "science", "company"})
_BEGINS = lazy_pattern(r"\b(?:began|begins|start|outbreak|declares? war)\b")
_ENDS = lazy_pattern(r"\b(?:ended|ends|end of)\b")
#: How many names of a story are looked up for an event that the sentence does not name.
_NAMES_TRIED = 60


@dataclass(frozen=True, slots=True)
class Candidate:
    """A row that may be the event: how much of one of its names the copy spells out."""

    row: Event
    bag: frozenset[str]
    missing: frozenset[str]
    distinct: bool
    spelt: bool

    @property
    def named(self) -> bool:
        """Whether the copy leaves nothing of the name out."""
        return not self.missing


def same_day_and_month(row: Event, when: When, role: str) -> bool:
    """Whether the copy has the event's day and month, in another year: that names it as much as words do."""
    iso = row.end if role == "end" and row.end else row.start
    if when.precision != "day" or not when.year_given or row.precision != "day" or len(iso) != len("2000-01-01"):
        return False
    return is_curated(row) and when.start is not None and iso[5:] == when.start.isoformat()[5:]


def candidates_for(words: Words, known: EventClass, story: Story, claim: EventDate) -> Iterator[Candidate]:
    """The rows that fit what the copy says, with what it leaves of their names."""
    names = words.names
    context: frozenset[str] = frozenset()
    if not names and (dated := named_by_date(claim, known, story)):
        for row in dated:
            # "the Sept. 11 attacks" are those of the table, "the Sept. 11, 2012, attack" is another.
            same = claim.words.split()[-1].casefold() in " ".join((row.name, *row.aliases)).casefold().split()
            missing: frozenset[str] = frozenset() if same else frozenset({"?"})
            yield Candidate(row, frozenset(), missing, distinct=same, spelt=True)
        return
    if not names and known.name == "election" and story.places.main_country == "US":
        names = frozenset({"cc:US"})
    if not names:
        # "the war began in February": whose, the story says.
        if not claim.firm:
            return
        if known.name not in {"invasion", "war", "annexation"}:
            yield from _by_day(words, known, story, claim)
            return
        context = frozenset(each for each in story_bag(story.text, story.tables) if each.startswith("cc:"))
    capitals = {code for name in names if (code := capital_of(name, story.tables))}
    for row in _rows(names | capitals or context, known, story):
        if _to_come(row, known, story) or _other_side(row, claim.role):
            continue
        bag, strings = row_words(row, story.tables)
        if known.name in {"agreement", "storm", "law"} and row.kind not in known.kinds:
            continue
        # "political" covers all and nothing: there the words must name the class.
        if (row.kind not in known.kinds or row.kind in LOOSE_KINDS) and f"@{known.name}" not in bag:
            continue
        if not all(_covered(name, bag, story.tables) or _lies_in(name, row, claim, story.tables) for name in names):
            continue
        missing, distinct = _missing(words, strings, bag, story.tables)
        spelt = not missing
        if missing and missing <= story_bag(story.text, story.tables) and (names or not _more(missing, context)):
            missing = frozenset()
        yield Candidate(row, bag, missing, distinct, spelt)


def _by_day(words: Words, known: EventClass, story: Story, claim: EventDate) -> Iterator[Candidate]:
    """Events without a name beside them, "the fire of April 15": day and month with the names of the story tell."""
    when = claim.date.when
    if when is None or when.precision != "day" or not when.year_given:
        return
    said = story_bag(story.text, story.tables)
    for row in _rows(sorted(said)[:_NAMES_TRIED], known, story):
        if not same_day_and_month(row, when, claim.role) or row.kind not in known.kinds or _to_come(row, known, story):
            continue
        bag, strings = row_words(row, story.tables)
        for string in strings:
            names = {each for each in string if each[0] != "@"}
            if f"@{words.event}" in string and names and names <= said:
                yield Candidate(row, bag, frozenset(), distinct=False, spelt=False)
                break


def _other_side(row: Event, role: str) -> bool:
    """Whether the row is the start of what the copy dates the end of, or the other way round."""
    names = " ".join((row.name, *row.aliases))
    starts, ends = bool(_BEGINS.search(names)), bool(_ENDS.search(names))
    return (role == "end" and starts and not ends and not row.end) or (role == "start" and ends and not starts)


def _to_come(row: Event, known: EventClass, story: Story) -> bool:
    """Whether the story cannot know of the event; only elections and games are spoken of beforehand."""
    ahead = timedelta(days=366) if known.name in SILENT else timedelta(0)
    return bool(story.published and row.start[:4].isdigit() and row.start > (story.published + ahead).isoformat())


def named_by_date(claim: EventDate, known: EventClass, story: Story) -> list[Event]:
    """Events known by their date: "the Sept. 11 attacks", "the Oct. 7 attack"."""
    when = claim.date.when
    if when is None or when.precision != "day" or not when.month or not claim.firm:
        return []
    found = story.tables.events([calendar.month_name[when.month], str(when.day)], limit=20)
    return [row for row in found if row.kind in known.kinds and is_curated(row)]


def _more(missing: frozenset[str], context: frozenset[str]) -> bool:
    return not missing <= context


def _lies_in(name: str, row: Event, claim: EventDate, tables: Tables) -> bool:
    """Whether the name is that of a city or region in the event's country, after "in": "assassinated in Dallas"."""
    if not row.place or not row.place.startswith("cc:") or name.startswith("cc:"):
        return False
    country = row.place.removeprefix("cc:")
    where = claim.words.casefold()
    return any(
        name in fold_words(place.text)
        and any(f" {word} {place.text.casefold()}" in where for word in ("in", "on", "near", "at"))
        and tables.places(place.text, kinds={"city", "admin1"}, country=country)
        for place in claim.names
    )


def _covered(name: str, bag: frozenset[str], tables: Tables) -> bool:
    return name in bag or name in plain_words() or ((code := capital_of(name, tables)) is not None and code in bag)


def _missing(
    words: Words, strings: Iterable[frozenset[str]], bag: frozenset[str], tables: Tables
) -> tuple[frozenset[str], bool]:
    """The least that the copy leaves out of one of the row's names, and whether that name is distinctive."""
    said = words.all | {code for name in words.names if (code := capital_of(name, tables))}
    best: frozenset[str] | None = None
    distinct = False
    for string in strings:
        if f"@{words.event}" not in string and not any(each[0] == "@" for each in string) and len(string - said) == 0:
            left: frozenset[str] = frozenset()
        else:
            left = frozenset(each for each in string - said if not each.isdigit() or len(each) < 3)
            if any(each[0] == "@" for each in left) and f"@{words.event}" in string:
                left = frozenset(each for each in left if each[0] != "@")
        if best is None or _weight(left) < _weight(best):
            best = left
            distinct = any(each[0] != "@" and not each.startswith("cc:") for each in string & words.names)
            distinct = distinct or (words.proper and not left) or any(each.isdigit() for each in string & words.others)
            if distinct and len(left) == 1 and left | {f"@{words.event}"} <= _VIOLENCE:
                # "the Sandy Hook massacre" is the shooting of the tables.
                best = left = frozenset()
    return best if best is not None else bag, distinct


def _weight(left: frozenset[str]) -> int:
    """How much is left out: another kind of event counts for more than a name."""
    return sum(3 if each[0] == "@" else 1 for each in left)


def _rows(names: Collection[str], known: EventClass, story: Story) -> Iterator[Event]:
    seen: set[str] = set()
    for name in sorted(names):
        for row in _rows_of(name, known.name, story.tables):
            if row.id not in seen:
                seen.add(row.id)
                yield row


@lru_cache(maxsize=4_000)
def _rows_of(name: str, event: str, tables: Tables) -> tuple[Event, ...]:
    words = [name]
    if name.startswith("cc:"):
        place = tables.place(name)
        words = [place.name] if place else []
    found: list[Event] = []
    for word in words:
        for kind in sorted(event_classes()[event].kinds):
            found.extend(tables.events([word], kind=kind, limit=200))
    return tuple(found)


def is_curated(row: Event) -> bool:
    """Whether somebody went over the row."""
    return row.confidence in {"one_source", "two_sources"}


def comparable(row: Event) -> bool:
    """Whether the row's date is precise and sound enough to be held against the copy's."""
    return row.precision in {"day", "month"} and row.confidence != "suspect"

"""Dates of known events against the tables of events."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from checks.core.claims import EventDate
from checks.core.event_words import EventClass, class_of_word, event_classes, plain_words
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Expected, Fact, Finding, Verdict, When
from checks.core.names import fold_words
from checks.core.proper_names import words_of_role
from checks.core.registry import check

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Sequence

    from checks.core.reference import Event, Tables
    from checks.core.story import Story

#: Wars without an end in the tables go on, if they are recent; of older ones nobody noted the end.
_STILL_GOING_SINCE = 2010
_VIOLENCE = frozenset({"@attack", "@massacre"})
#: What happens again and again: an edition that the tables lack says nothing.
_SILENT = frozenset({"election", "olympics", "world_cup", "wedding"})
_LOOSE_KINDS = frozenset({"political", "event", "science", "company"})
_TIME_ZONES = frozenset({"space", "earthquake", "air_crash", "shipping", "death", "assassination"})
_NAMED_BY_YEAR = lazy_pattern(r"\(\d{4}\)")
_NUMERALS = {"I": "one", "II": "two", "III": "three"}
_NUMERAL = lazy_pattern(r"\bI{1,3}\b")
_MONTHS = {
    name.casefold(): number
    for names in (calendar.month_name, calendar.month_abbr, ["", *[""] * 8, "Sept"])
    for number, name in enumerate(names)
    if name
}
_DOUBT_DATE = lazy_pattern(
    r"(?P<days>\d[\d ,/-]*(?:(?:or|to|and) \d[\d /-]*)?)?\b(?P<month>" + "|".join(calendar.month_name[1:]) + r")\b"
    r"(?: (?P<year>\d{4}))?|\b(?P<alone>\d{4})\b"
)
_BEGINS = lazy_pattern(r"\b(?:began|begins|start|outbreak|declares? war)\b")
_ENDS = lazy_pattern(r"\b(?:ended|ends|end of)\b")
_SWORN = lazy_pattern(r"\b(?:inaugurat|sworn|crown|coronation)")
_TERM = lazy_pattern(r"(.{3,80}?) (?:in office as |takes office|becomes )")
#: Events further from the copy's date than this are likely others of the same name.
_SAME_NAME_YEARS = 15
#: What has happened but once is the same event within a generation.
_ONCE_YEARS = 30
_SLIP_YEARS = 3
#: How many names of a story are looked up for an event that the sentence does not name.
_NAMES_TRIED = 60
#: A day near the story's may be that of an anniversary, unless the event is one that is not marked by its name.
_LATELY_MARKED = 400
_ONCE_FIRM = frozenset({"death", "independence", "annexation", "handover"})


@dataclass(frozen=True, slots=True)
class _Words:
    """What the copy says of an event: names that must fit, words that may, and its class."""

    names: frozenset[str]
    others: frozenset[str]
    event: str
    proper: bool = False

    @property
    def all(self) -> frozenset[str]:
        return self.names | self.others | {f"@{self.event}"}


@dataclass(frozen=True, slots=True)
class _Candidate:
    """A row that may be the event: how much of one of its names the copy spells out."""

    row: Event
    bag: frozenset[str]
    missing: frozenset[str]
    distinct: bool
    spelt: bool

    @property
    def named(self) -> bool:
        return not self.missing


@check(reads=EventDate)
def event(claim: EventDate, story: Story) -> Finding | None:
    """A known event must stand with its date.

    A year that is off by one, or a month swapped, is seldom noticed in the newsroom and always by readers who
    were there. The event is looked for in tables of wars, treaties, disasters, attacks, terms of office and the
    like by its kind and by those who take part in it. A date without a year is taken from the twelve months
    before the story. Where several events could be meant, one that agrees is enough; where a table has the
    event by other definitions, each of them is right.

    A miss is an error where the event is beyond doubt: the words name it in full and it happens but once to those
    who take part (a death, an independence, a treaty), or two sources agree on it, or day and month are its own
    and only the year is off. It is a warning where the words fit less well, where the date counts from another
    time zone, where sources differ about the date, and where the copy is more than fifteen years off but swaps
    digits, changes one, or names what has happened but once. Further off, another event is likely meant.

    Flags:
        [2019-10-30] The «Berlin Wall fell in 1988» and Germany was reunified the year after.
        [2022-09-13] Since «Russia's invasion on March 24», prices have risen.
    Doubts:
        [2018-01-12] Officials compared the damage to that of «Hurricane Katrina in 2006».
    Passes:
        [2019-10-30] The «Berlin Wall fell in 1989» and Germany was reunified the year after.
        [2015-03-02] Iraq, which «invaded Kuwait in 1990», paid damages for years.
    """
    when = _past(claim.date.when, story)
    known = event_classes().get(claim.event or "")
    if when is None or when.start is None or when.end is None or known is None:
        return None
    candidates = [
        candidate for words in _readings(claim, story) for candidate in _candidates(words, known, story, claim)
    ]
    if not candidates:
        return None
    here = _story_bag(story.text, story.tables)
    candidates.sort(
        key=lambda each: (len(each.missing), not _is_curated(each.row), each.row.place not in here, each.row.start)
    )
    agreeing = [
        each
        for each in candidates
        if (each.named or each.distinct)
        and (when.year_given or _lately(each.row, story) or (each.spelt and each.distinct and _is_curated(each.row)))
        and _agrees(each.row, when, claim.role, known)
    ]
    if agreeing:
        return _supported(claim, agreeing[0].row)
    if any(_agrees(row, when, claim.role, known) for row in _named_by_date(claim, known, story)):
        # "the September 11, 2001, attacks on the World Trade Center": the date names the event.
        return None
    if known.name in _SILENT:
        return None
    return _missed(claim, when, candidates, known, story)


def _past(when: When | None, story: Story) -> When | None:
    """The date as that of something that has happened: "Feb. 24" in September is this year's, never the next."""
    if when is None or when.start is None or when.end is None:
        return when
    if when.month is None:
        return replace(when, year_given=True)
    if not when.year_given and story.published and when.start > story.published:
        year = when.start.year - 1
        return replace(when, start=_in_year(when.start, year), end=_in_year(when.end, year))
    return when


def _supported(claim: EventDate, row: Event) -> Finding:
    return Finding(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        message=f"{row.name}: {_said(row)}.",
        working=_said(row) + (f"; {row.doubt}" if row.doubt else ""),
        evidence=(_fact(row),),
    )


def _missed(
    claim: EventDate, when: When, candidates: list[_Candidate], known: EventClass, story: Story
) -> Finding | None:
    named = [each for each in candidates if each.named and _comparable(each.row)]
    if not when.year_given:
        named = [each for each in named if _lately(each.row, story)]
        if not named:
            return None
    if not named:
        return None
    same_day = [
        each for each in named if _same_day(each.row, when, claim.role) and not _marked_then(claim, when, story)
    ]
    whole = _groups(named)
    groups = sorted(_groups(same_day), key=lambda group: _years_apart(group[0].row, when))[:1] or _near(whole, when)
    several = len(groups) > 1
    if several:
        groups = _nearest(groups, when) if known.once else []
    if not groups:
        return _open(claim, named, "Several events fit the words, none of them the date.")
    first, row = groups[0][0], groups[0][0].row
    slip = bool(same_day) and _slipped(_year(row.start), when)
    if not claim.firm and not (slip and first.spelt and first.distinct):
        return _open(claim, named, "The copy may speak of another event of this kind, or date something else.")
    far = when.year_given and _years_apart(row, when) > _SAME_NAME_YEARS
    if far and not slip and not _only_one(whole, first, known, when):
        return _open(claim, named, "The date is so far from the event in the tables that another may be meant.")
    if _NAMED_BY_YEAR.search(row.name) and known.name != "office" and not same_day:
        return _open(claim, named, "The tables know one event of this name among several.")
    if known.name == "office" and _SWORN.search(claim.words) and any(_serving(each.row, when) for each in candidates):
        return _open(claim, named, "A second term may be meant.")
    verdict = _verdict(groups[0], known, when, claim.role)
    if same_day and known.name not in {"launch", "opening"}:
        full = first.spelt and not row.doubt and not _NAMED_BY_YEAR.search(row.name)
        verdict = Verdict.REFUTED if verdict is Verdict.REFUTED or full else Verdict.DOUBTFUL
    elif same_day:
        verdict = verdict or Verdict.DOUBTFUL
    if verdict and known.name == "agreement" and claim.role == "any" and _negotiated(row, when):
        # Treaties are agreed, signed and ratified in turn, and copy dates them by any of these.
        verdict = verdict if "signed" in story.text[claim.span.start : claim.span.end] else None
    if verdict and (several or far or not claim.firm):
        verdict = Verdict.DOUBTFUL
    if verdict is None:
        return _open(claim, named, "The event is not identified beyond doubt.")
    right = _right_date(row, claim.role)
    ends = claim.role == "end" and row.end is not None
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{row.name}: {_pretty(right)}{' (its end)' if ends else ''}, not {_claimed(when)}.",
        working=f"{_said(row)}; the copy has {_claimed(when)}",
        expected=Expected(text=right),
        suggestions=(_in_style(right, when, claim.date.text),),
        evidence=tuple(_fact(each.row) for each in groups[0][:3]),
    )


def _same_day(row: Event, when: When, role: str) -> bool:
    """Whether the copy has the event's day and month, in another year: that names it as much as words do."""
    iso = row.end if role == "end" and row.end else row.start
    if when.precision != "day" or not when.year_given or row.precision != "day" or len(iso) != len("2000-01-01"):
        return False
    return _is_curated(row) and when.start is not None and iso[5:] == when.start.isoformat()[5:]


def _marked_then(claim: EventDate, when: When, story: Story) -> bool:
    """Whether the day may be one on which the event was marked: an anniversary within a year of the story."""
    published = story.published
    if published is None or when.start is None or claim.event in _ONCE_FIRM:
        return False
    return abs((published - when.start).days) <= _LATELY_MARKED


def _slipped(right: int, when: When) -> bool:
    """Whether the year is a slip of the right one: a digit changed, two swapped, or a year or so off."""
    said = when.start.year if when.start else right
    wrong, good = f"{said:04d}", f"{right:04d}"
    changed = [number for number in range(4) if wrong[number] != good[number]]
    swapped = len(changed) == 2 and sorted(wrong) == sorted(good)
    return len(changed) == 1 or swapped or abs(said - right) <= _SLIP_YEARS


def _only_one(groups: Sequence[Sequence[_Candidate]], first: _Candidate, known: EventClass, when: When) -> bool:
    """Whether nothing else of the kind has befallen those named: what happens once is wrong by decades, too."""
    named = first.spelt and first.distinct and _is_curated(first.row)
    return known.once and named and len(groups) == 1 and _years_apart(first.row, when) <= _ONCE_YEARS


def _verdict(group: list[_Candidate], known: EventClass, when: When, role: str) -> Verdict | None:
    """How loudly a miss speaks: refuted needs a curated row of an event that happens but once."""
    first = group[0]
    if known.name in {"launch", "opening"} and first.row.kind in _LOOSE_KINDS:
        return None  # shown, announced, sold: things of trade have several such dates
    curated = [each.row for each in group if _is_curated(each.row)]
    if not curated:
        return Verdict.DOUBTFUL if known.once or known.name == "office" else None
    row = curated[0]
    if row.doubt and _days_apart(row, when) <= 31 and when.precision != "year":
        return None
    near = row.kind in _TIME_ZONES and _days_apart(row, when) <= 1
    if near or row.doubt:
        return Verdict.DOUBTFUL
    lasting = row.confidence == "two_sources" and known.lasts
    if known.once or (lasting and (first.distinct or (known.name == "war" and role != "any"))):
        return Verdict.REFUTED
    phase = known.name == "war" and role != "any"
    return Verdict.DOUBTFUL if first.distinct or phase else None


def _open(claim: EventDate, candidates: list[_Candidate], reason: str) -> Finding:
    rows = [each.row for each in candidates[:3]]
    return Finding(
        claim=claim,
        verdict=Verdict.NOT_ENOUGH_INFO,
        message=reason,
        working="; ".join(f"{row.name}: {_said(row)}" for row in rows),
        evidence=tuple(_fact(row) for row in rows),
    )


# Words


def _readings(claim: EventDate, story: Story) -> Iterator[_Words]:
    event = claim.event or ""
    if claim.choices:
        for name in claim.names:
            names, others = _split(claim.words, story.tables)
            yield _Words(names | _bag(name.text, story.tables), others, event)
        return
    names, others = _split(claim.words, story.tables)
    for name in claim.names:
        names |= _bag(name.text, story.tables)
    others |= _day_words(claim.date.when)
    proper = any(word[0].isupper() and class_of_word(word.casefold()) == event for word in claim.words.split())
    yield _Words(frozenset(each for each in names if not each.startswith("@")), others, event, proper)


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
            elif word in _MONTHS and word not in words_of_role("function"):
                found.add(calendar.month_name[_MONTHS[word]].casefold())
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
def _capital_of(word: str, tables: Tables) -> str | None:
    """The country whose capital that is: "Moscow" annexed, "Beijing" signed."""
    for place in tables.places(word, kinds={"city"})[:1]:
        if place.feature == "PPLC" and place.country:
            return f"cc:{place.country}"
    return None


@lru_cache(maxsize=64)
def _story_bag(text: str, tables: Tables) -> frozenset[str]:
    """All that a story names, folded."""
    proper = re.findall(r"\b[A-Z][\w.’'-]*(?: [A-Z][\w.’'-]*)*", text[:100_000])
    return frozenset().union(*(_bag(_without_possessive(each), tables) for each in set(proper)))


def _without_possessive(name: str) -> str:
    return re.sub(r"(?i)(?<!people)['’]s\b|['’]$", "", name)


# Candidates


def _candidates(words: _Words, known: EventClass, story: Story, claim: EventDate) -> Iterator[_Candidate]:
    names = words.names
    context: frozenset[str] = frozenset()
    if not names and (dated := _named_by_date(claim, known, story)):
        for row in dated:
            # "the Sept. 11 attacks" are those of the table, "the Sept. 11, 2012, attack" is another.
            same = claim.words.split()[-1].casefold() in " ".join((row.name, *row.aliases)).casefold().split()
            missing: frozenset[str] = frozenset() if same else frozenset({"?"})
            yield _Candidate(row, frozenset(), missing, distinct=same, spelt=True)
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
        context = frozenset(each for each in _story_bag(story.text, story.tables) if each.startswith("cc:"))
    capitals = {code for name in names if (code := _capital_of(name, story.tables))}
    for row in _rows(names | capitals or context, known, story):
        if _to_come(row, known, story) or _other_side(row, claim.role):
            continue
        bag, strings = _row_words(row, story.tables)
        if known.name in {"agreement", "storm", "law"} and row.kind not in known.kinds:
            continue
        # "political" covers all and nothing: there the words must name the class.
        if (row.kind not in known.kinds or row.kind in _LOOSE_KINDS) and f"@{known.name}" not in bag:
            continue
        if not all(_covered(name, bag, story.tables) or _lies_in(name, row, claim, story.tables) for name in names):
            continue
        missing, distinct = _missing(words, strings, bag, story.tables)
        spelt = not missing
        if missing and missing <= _story_bag(story.text, story.tables) and (names or not _more(missing, context)):
            missing = frozenset()
        yield _Candidate(row, bag, missing, distinct, spelt)


def _by_day(words: _Words, known: EventClass, story: Story, claim: EventDate) -> Iterator[_Candidate]:
    """Events without a name beside them, "the fire of April 15": day and month with the names of the story tell."""
    when = claim.date.when
    if when is None or when.precision != "day" or not when.year_given:
        return
    said = _story_bag(story.text, story.tables)
    for row in _rows(sorted(said)[:_NAMES_TRIED], known, story):
        if not _same_day(row, when, claim.role) or row.kind not in known.kinds or _to_come(row, known, story):
            continue
        bag, strings = _row_words(row, story.tables)
        for string in strings:
            names = {each for each in string if each[0] != "@"}
            if f"@{words.event}" in string and names and names <= said:
                yield _Candidate(row, bag, frozenset(), distinct=False, spelt=False)
                break


def _other_side(row: Event, role: str) -> bool:
    """Whether the row is the start of what the copy dates the end of, or the other way round."""
    names = " ".join((row.name, *row.aliases))
    starts, ends = bool(_BEGINS.search(names)), bool(_ENDS.search(names))
    return (role == "end" and starts and not ends and not row.end) or (role == "start" and ends and not starts)


def _to_come(row: Event, known: EventClass, story: Story) -> bool:
    """Whether the story cannot know of the event; only elections and games are spoken of beforehand."""
    ahead = timedelta(days=366) if known.name in _SILENT else timedelta(0)
    return bool(story.published and row.start[:4].isdigit() and row.start > (story.published + ahead).isoformat())


def _named_by_date(claim: EventDate, known: EventClass, story: Story) -> list[Event]:
    """Events known by their date: "the Sept. 11 attacks", "the Oct. 7 attack"."""
    when = claim.date.when
    if when is None or when.precision != "day" or not when.month or not claim.firm:
        return []
    found = story.tables.events([calendar.month_name[when.month], str(when.day)], limit=20)
    return [row for row in found if row.kind in known.kinds and _is_curated(row)]


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
    return name in bag or name in plain_words() or ((code := _capital_of(name, tables)) is not None and code in bag)


def _missing(
    words: _Words, strings: Iterable[frozenset[str]], bag: frozenset[str], tables: Tables
) -> tuple[frozenset[str], bool]:
    """The least that the copy leaves out of one of the row's names, and whether that name is distinctive."""
    said = words.all | {code for name in words.names if (code := _capital_of(name, tables))}
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


@lru_cache(maxsize=4_000)
def _row_words(row: Event, tables: Tables) -> tuple[frozenset[str], tuple[frozenset[str], ...]]:
    strings = tuple(_bag(_without_possessive(name), tables) for name in (row.name, *row.aliases))
    if office := _TERM.match(row.name):
        # "Angela Merkel in office as head of government of Germany": it is the person who counts.
        strings = (_bag(office[1], tables) | {"@office"}, *strings[1:])
    place = {row.place} if row.place and row.place.startswith("cc:") else set()
    if row.place and not place:
        place = set(_bag(row.place, tables))
    return frozenset().union(*strings, place), strings


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


def _groups(candidates: list[_Candidate]) -> list[list[_Candidate]]:
    """The candidates by event: rows that begin within a year of one another are taken as one, curated first."""
    ordered = sorted(candidates, key=lambda each: (not _is_curated(each.row), each.row.start))
    groups: list[list[_Candidate]] = []
    for each in ordered:
        for group in groups:
            if abs(_year(group[0].row.start) - _year(each.row.start)) <= 1:
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


def _near(groups: list[list[_Candidate]], when: When) -> list[list[_Candidate]]:
    """The events near the copy's date, where one is near: no copy means a treaty of 1843 by one of 1995."""
    near = [group for group in groups if _years_apart(group[0].row, when) <= _SAME_NAME_YEARS]
    return near or groups


def _nearest(groups: list[list[_Candidate]], when: When) -> list[list[_Candidate]]:
    """The one event next to the copy's date, if it is well known and the others lie years further away."""
    ordered = sorted(groups, key=lambda group: _years_apart(group[0].row, when))
    first, second = (_years_apart(group[0].row, when) for group in ordered[:2])
    return ordered[:1] if first <= 2 and second >= first + 3 and _is_curated(ordered[0][0].row) else []


def _is_curated(row: Event) -> bool:
    return row.confidence in {"one_source", "two_sources"}


def _comparable(row: Event) -> bool:
    return row.precision in {"day", "month"} and row.confidence != "suspect"


# Dates


def _year(iso: str) -> int:
    return int(iso[:5] if iso.startswith("-") else iso[:4])


def _interval(iso: str, precision: str) -> tuple[date, date] | None:
    """The days that an ISO date of the tables stands for."""
    if iso.startswith("-") or not iso[:4].isdigit() or int(iso[:4]) < 1:
        return None
    year = int(iso[:4])
    if len(iso) < 7 or precision == "year" or (precision == "day_or_year" and iso[5:] == "01-01"):
        return date(year, 1, 1), date(year, 12, 31)
    month = int(iso[5:7])
    if len(iso) < 10 or precision == "month" or (precision == "day_or_month" and iso[8:] == "01"):
        return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])
    day = date(year, month, int(iso[8:10]))
    return (day, day) if precision != "week" else (day - timedelta(days=7), day + timedelta(days=7))


def _agrees(row: Event, when: When, role: str, known: EventClass) -> bool:
    start = _interval(row.start, row.precision)
    if not when.year_given and row.precision == "year":
        return False
    end = _interval(row.end, row.precision) if row.end else None
    if start is None:
        return False
    meant = [start]
    if role == "end" and end:
        meant = [end]
    elif role == "any" and end:
        lasts = known.lasts or (end[1] - start[0]).days <= 62
        meant = [(start[0], end[1])] if lasts else [start, end]
    elif role == "any" and known.name == "war" and row.kind == "war" and start[0].year >= _STILL_GOING_SINCE:
        meant = [(start[0], date.max)]
    meant.extend(_doubts(row, role))
    return any(_meets(span, when) for span in meant)


def _meets(span: tuple[date, date], when: When) -> bool:
    if when.start is None or when.end is None:
        return False
    if when.start <= span[1] and span[0] <= when.end:
        return True
    if when.year_given:
        return False
    for year in range(span[0].year, min(span[1].year, span[0].year + 2) + 1):
        start, end = _in_year(when.start, year), _in_year(when.end, year)
        if start <= span[1] and span[0] <= end:
            return True
    return False


def _in_year(day: date, year: int) -> date:
    return day.replace(year=year, day=min(day.day, calendar.monthrange(year, day.month)[1]))


def _doubts(row: Event, role: str) -> Iterator[tuple[date, date]]:
    """Other dates that sources give for that side of the event, as the doubt of the row words them."""
    for part in (row.doubt or "").split(";"):
        side = part.split()[0] if part.strip() else ""
        if {side, role} == {"start", "end"}:
            continue
        years = [int(year) for year in re.findall(r"\b[12]\d{3}\b", part)]
        usual = years[-1] if years else _year(row.end) if side == "end" and row.end else _year(row.start)
        yield from _dates_in(part, usual)


def _dates_in(words: str, usual: int) -> Iterator[tuple[date, date]]:
    for match in _DOUBT_DATE.finditer(words):
        if match["alone"]:
            yield date(int(match["alone"]), 1, 1), date(int(match["alone"]), 12, 31)
            continue
        month, of = _MONTHS[match["month"].casefold()], int(match["year"] or usual)
        length = calendar.monthrange(of, month)[1]
        days = [int(day) for day in re.findall(r"\d+", match["days"] or "")]
        if not days:
            yield date(of, month, 1), date(of, month, length)
        yield from ((date(of, month, day), date(of, month, day)) for day in days if 0 < day <= length)


def _serving(row: Event, when: When) -> bool:
    """Whether the date lies within a term of office."""
    start, end = _interval(row.start, row.precision), _interval(row.end or "9999", row.precision)
    return bool(start and end and when.start and start[0] <= when.start <= end[1])


def _negotiated(row: Event, when: When) -> bool:
    """Whether the date lies in the year before an agreement was signed."""
    span = _interval(row.start, row.precision)
    return bool(span and when.end and timedelta(0) < span[0] - when.end <= timedelta(days=400))


def _lately(row: Event, story: Story) -> bool:
    """Whether the event lies in the twelve months before the story, where a date without a year is looked for."""
    span = _interval(row.start, row.precision)
    published = story.published
    return bool(span and published and timedelta(0) <= published - span[0] <= timedelta(days=366))


def _years_apart(row: Event, when: When) -> int:
    years = [_year(row.start), *([_year(row.end)] if row.end else [])]
    return min(abs(year - (when.start.year if when.start else year)) for year in years)


def _days_apart(row: Event, when: When) -> int:
    spans = [_interval(iso, row.precision) for iso in (row.start, row.end) if iso]
    gaps = [
        max((span[0] - when.end).days, (when.start - span[1]).days, 0)
        for span in spans
        if span and when.start and when.end
    ]
    return min(gaps, default=10_000)


def _right_date(row: Event, role: str) -> str:
    iso = row.end if role == "end" and row.end else row.start
    return iso[:7] if row.precision == "month" else iso


# Wording


def _pretty(iso: str) -> str:
    parts = iso.split("-")
    if len(parts) == 1:
        return iso
    month = calendar.month_name[int(parts[1])]
    return f"{int(parts[2])} {month} {parts[0]}" if len(parts) > 2 else f"{month} {parts[0]}"


def _said(row: Event) -> str:
    """The dates of a row in words."""

    def one(iso: str) -> str:
        year = row.precision == "year" or (row.precision == "day_or_year" and iso[5:] == "01-01")
        month = row.precision == "month" or (row.precision == "day_or_month" and iso[8:] == "01")
        return iso if iso.startswith("-") else _pretty(iso[:4] if year else iso[:7] if month else iso)

    start, end = one(row.start), one(row.end) if row.end else ""
    return f"{start} to {end}" if end and end != start else start


def _claimed(when: When) -> str:
    if when.precision == "year":
        return str(when.year)
    month = calendar.month_name[when.month or 1]
    day = f"{when.day} {month}" if when.precision == "day" else month
    return f"{day} {when.year}" if when.year_given else day


def _in_style(iso: str, when: When, written: str) -> str:
    """The right date to the precision and in the order that the copy writes."""
    parts = iso.split("-")
    if when.precision == "year" or len(parts) == 1:
        return parts[0]
    month = calendar.month_name[int(parts[1])]
    if month[:3].casefold() in written.casefold():
        word = re.search(rf"{month[:3]}\w*\.?", written, re.IGNORECASE)
        month = word[0] if word else month
    year = parts[0] if when.year_given else ""
    if when.precision == "month" or len(parts) == 2:
        return f"{month} {year}".strip()
    day = str(int(parts[2]))
    if written[:1].isdigit():
        return f"{day} {month} {year}".strip()
    return f"{month} {day}, {year}" if year else f"{month} {day}"


def _fact(row: Event) -> Fact:
    return Fact(
        table="events",
        entity_id=row.id,
        entity=row.name,
        attribute="start" if not row.end else "start/end",
        value=row.start if not row.end else f"{row.start}/{row.end}",
        unit=None,
        source=row.source,
        qualifier=row.precision if row.precision != "day" else None,
        disputed=row.doubt is not None,
    )

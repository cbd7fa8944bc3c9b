"""Dates of known events against the tables of events."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.claims import EventDate
from checks.core.disclaimed import disclaimed
from checks.core.event_words import EventClass, event_classes
from checks.core.happenings.dates import (
    agrees,
    as_past,
    days_apart,
    lately,
    negotiated,
    right_date,
    serving,
    year_of,
    years_apart,
)
from checks.core.happenings.grouping import SAME_NAME_YEARS, by_event, near_to, nearest_to
from checks.core.happenings.matching import (
    LOOSE_KINDS,
    SILENT,
    Candidate,
    candidates_for,
    comparable,
    is_curated,
    named_by_date,
    same_day_and_month,
)
from checks.core.happenings.wording import copy_in_words, dates_of, fact_of, in_style, in_words
from checks.core.happenings.words import readings_of, story_bag
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Expected, Finding, Verdict, When
from checks.core.registry import check

if TYPE_CHECKING:
    from collections.abc import Sequence

    from checks.core.reference import Event
    from checks.core.story import Story

_TIME_ZONES = frozenset({"space", "earthquake", "air_crash", "shipping", "death", "assassination"})
_NAMED_BY_YEAR = lazy_pattern(r"\(\d{4}\)")
_SWORN = lazy_pattern(r"\b(?:inaugurat|sworn|crown|coronation)")
#: What has happened but once is the same event within a generation.
_ONCE_YEARS = 30
_SLIP_YEARS = 3
_CENTURY = 100
#: For so many days after an earthquake another in the same place is likely an aftershock.
_AFTERSHOCKS = 180
#: A day near the story's may be that of an anniversary, unless the event is one that is not marked by its name.
_LATELY_MARKED = 400
_ONCE_FIRM = frozenset({"death", "independence", "annexation", "handover"})
#: What befalls a country or a person but once, so that a year with a wrong digit is a slip however far off it lies.
_ONCE_EVER = _ONCE_FIRM | {"unification", "statehood", "ascent"}


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
    when = as_past(claim.date.when, story)
    known = event_classes().get(claim.event or "")
    if when is None or when.start is None or when.end is None or known is None:
        return None
    if disclaimed(story.text, claim.date.span):
        return None
    ahead = _ahead(when, story)
    candidates = [
        candidate for words in readings_of(claim, story) for candidate in candidates_for(words, known, story, claim)
    ]
    if not candidates:
        return None
    here = story_bag(story.text, story.tables)
    candidates.sort(
        key=lambda each: (len(each.missing), not is_curated(each.row), each.row.place not in here, each.row.start)
    )
    agreeing = [
        each
        for each in candidates
        if (not ahead or known.name in SILENT)
        and (each.named or each.distinct)
        and (when.year_given or lately(each.row, story) or (each.spelt and each.distinct and is_curated(each.row)))
        and agrees(each.row, when, claim.role, known)
    ]
    if agreeing:
        return _supported(claim, agreeing[0].row)
    if any(agrees(row, when, claim.role, known) for row in named_by_date(claim, known, story)):
        # "the September 11, 2001, attacks on the World Trade Center": the date names the event.
        return None
    if known.name in SILENT:
        return None
    return _missed(claim, when, candidates, known, story)


def _supported(claim: EventDate, row: Event) -> Finding:
    return Finding(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        message=f"{row.name}: {dates_of(row)}.",
        working=dates_of(row) + (f"; {row.doubt}" if row.doubt else ""),
        evidence=(fact_of(row),),
    )


def _missed(
    claim: EventDate, when: When, candidates: list[Candidate], known: EventClass, story: Story
) -> Finding | None:
    named = [each for each in candidates if each.named and comparable(each.row)]
    if not when.year_given:
        named = [each for each in named if lately(each.row, story)]
        if not named:
            return None
    if not named:
        return None
    same_day = [
        each
        for each in named
        if same_day_and_month(each.row, when, claim.role) and not _marked_then(claim, when, story)
    ]
    whole = by_event(named)
    groups = sorted(by_event(same_day), key=lambda group: years_apart(group[0].row, when))[:1] or near_to(whole, when)
    several = len(groups) > 1
    if several:
        groups = nearest_to(groups, when) if known.once else []
    if not groups:
        return _open(claim, named, "Several events fit the words, none of them the date.")
    first, row = groups[0][0], groups[0][0].row
    slip = bool(same_day) and _slipped(year_of(row.start), when)
    if not claim.firm and not (slip and first.spelt and first.distinct):
        return _open(claim, named, "The copy may speak of another event of this kind, or date something else.")
    if _ahead(when, story) and not (first.spelt and is_curated(row) and (known.once or first.distinct)):
        return None
    far = when.year_given and years_apart(row, when) > SAME_NAME_YEARS
    if reason := _another(claim, when, groups[0], candidates, story, same_day=bool(same_day)):
        return _open(claim, named, reason)
    if far and not slip and not _only_one(whole, first, known, when):
        return _open(claim, named, "The date is so far from the event in the tables that another may be meant.")
    verdict = _verdict(groups[0], known, when, claim.role)
    if same_day and known.name not in {"launch", "opening"}:
        full = first.spelt and not row.doubt and not _NAMED_BY_YEAR.search(row.name)
        verdict = Verdict.REFUTED if verdict is Verdict.REFUTED or full else Verdict.DOUBTFUL
    elif same_day:
        verdict = verdict or Verdict.DOUBTFUL
    if verdict and known.name == "agreement" and claim.role == "any" and negotiated(row, when):
        # Treaties are agreed, signed and ratified in turn, and copy dates them by any of these.
        verdict = verdict if "signed" in story.text[claim.span.start : claim.span.end] else None
    if verdict and (several or far or not claim.firm or _ahead(when, story)):
        verdict = Verdict.DOUBTFUL
    if verdict is None:
        return _open(claim, named, "The event is not identified beyond doubt.")
    right = right_date(row, claim.role)
    ends = claim.role == "end" and row.end is not None
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{row.name}: {in_words(right)}{' (its end)' if ends else ''}, not {copy_in_words(when)}.",
        working=f"{dates_of(row)}; the copy has {copy_in_words(when)}",
        expected=Expected(text=in_words(right)),
        suggestions=(in_style(right, when, claim.date.text),),
        evidence=tuple(fact_of(each.row) for each in groups[0][:3]),
    )


def _another(
    claim: EventDate, when: When, group: list[Candidate], candidates: list[Candidate], story: Story, *, same_day: bool
) -> str | None:
    """Why another event of the name may be meant than the one of the tables; None where none may."""
    row = group[0].row
    if claim.event == "earthquake" and not same_day and not _month_slipped(row, when):
        country = all(story.tables.nation(name.text.casefold()) for name in claim.names)
        if country or 1 < days_apart(row, when) <= _AFTERSHOCKS:
            return "Another shock may be meant."
    if _NAMED_BY_YEAR.search(row.name) and claim.event != "office" and not same_day:
        return "The tables know one event of this name among several."
    if claim.event == "office" and _SWORN.search(claim.words) and any(serving(each.row, when) for each in candidates):
        return "A second term may be meant."
    return None


def _marked_then(claim: EventDate, when: When, story: Story) -> bool:
    """Whether the day may be one on which the event was marked: an anniversary within a year of the story."""
    published = story.published
    if published is None or when.start is None or claim.event in _ONCE_FIRM:
        return False
    return abs((published - when.start).days) <= _LATELY_MARKED


def _slipped(right: int, when: When) -> bool:
    """Whether the year is a slip of the right one: a digit changed, two swapped, or a year or so off."""
    said = when.start.year if when.start else right
    return _digit_slipped(right, when) or abs(said - right) <= _SLIP_YEARS


def _digit_slipped(right: int, when: When) -> bool:
    """Whether the year is the right one with a digit changed or two swapped."""
    said = when.start.year if when.start else right
    wrong, good = f"{said:04d}", f"{right:04d}"
    changed = [number for number in range(4) if wrong[number] != good[number]]
    return len(changed) == 1 or (len(changed) == 2 and sorted(wrong) == sorted(good))


def _only_one(groups: Sequence[Sequence[Candidate]], first: Candidate, known: EventClass, when: When) -> bool:
    """Whether nothing else of the kind has befallen those named: what happens once is wrong by decades, too."""
    if not (known.once and first.spelt and is_curated(first.row) and len(groups) == 1):
        return False
    right = year_of(first.row.start)
    century = when.start is not None and abs(when.start.year - right) == _CENTURY
    if known.name in _ONCE_EVER and (century or _digit_slipped(right, when)):
        return True
    return first.distinct and years_apart(first.row, when) <= _ONCE_YEARS


def _ahead(when: When, story: Story) -> bool:
    """Whether the date lies in the story's future, where nothing that is told as past can lie."""
    return bool(story.published and when.year_given and when.start and when.start > story.published)


def _month_slipped(row: Event, when: When) -> bool:
    """Whether the copy has the day and the year of the row, in another month."""
    day = row.start[8:10]
    return bool(
        when.start
        and when.precision == "day"
        and row.precision == "day"
        and when.start.year == year_of(row.start)
        and day == f"{when.start.day:02d}"
    )


def _verdict(group: list[Candidate], known: EventClass, when: When, role: str) -> Verdict | None:
    """How loudly a miss speaks: refuted needs a curated row of an event that happens but once."""
    first = group[0]
    if known.name in {"launch", "opening"} and first.row.kind in LOOSE_KINDS:
        return None  # shown, announced, sold: things of trade have several such dates
    curated = [each.row for each in group if is_curated(each.row)]
    if not curated:
        return Verdict.DOUBTFUL if known.once or known.name == "office" else None
    row = curated[0]
    if row.doubt and days_apart(row, when) <= 31 and when.precision != "year" and not _month_slipped(row, when):
        return None
    near = row.kind in _TIME_ZONES and days_apart(row, when) <= 1
    if near or row.doubt:
        return Verdict.DOUBTFUL
    lasting = row.confidence == "two_sources" and known.lasts
    if known.once or (lasting and (first.distinct or (known.name == "war" and role != "any"))):
        return Verdict.REFUTED
    phase = known.name == "war" and role != "any"
    return Verdict.DOUBTFUL if first.distinct or phase else None


def _open(claim: EventDate, candidates: list[Candidate], reason: str) -> Finding:
    rows = [each.row for each in candidates[:3]]
    return Finding(
        claim=claim,
        verdict=Verdict.NOT_ENOUGH_INFO,
        message=reason,
        working="; ".join(f"{row.name}: {dates_of(row)}" for row in rows),
        evidence=tuple(fact_of(row) for row in rows),
    )

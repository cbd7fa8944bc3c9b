"""What figures say together: one small type for each kind of claim that a check can judge.

Extraction fills these from the text alone; names in them are words, not yet places. A check resolves them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from checks.core.model import Claim, Figure, Name


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversion(Claim):
    """The same amount in two units: "74 km (46 miles)".

    ``form`` is how the two are joined: bracket, slash, or, comma, dash, equals. ``definition`` marks a
    statement about the units themselves ("1 tonne = 1.102 tons"). ``certain`` is false where the words allow two
    amounts as well ("5 miles or 10 kilometers").
    """

    stated: Figure
    restated: Figure
    form: Literal["bracket", "slash", "or", "comma", "dash", "equals"] = "bracket"
    definition: bool = False
    certain: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class DatedWeekday(Claim):
    """A weekday and a date that are the same day: "Tuesday, Sept. 13".

    ``form`` is ``adjacent`` where the two stand side by side, ``dateline`` where the date is the dateline's
    and the weekday the first that its paragraph speaks of.
    """

    weekday: Figure
    date: Figure
    form: Literal["adjacent", "dateline"] = "adjacent"


@dataclass(frozen=True, slots=True, kw_only=True)
class Separation(Claim):
    """How far, and in which direction, one place lies from another: "74 km southeast of Kharkiv".

    ``subjects`` are the names that may be meant as the place that lies there, the likeliest first;
    ``direction`` is a point of the compass in words ("southeast"), from the landmark to the subject;
    ``route`` is "road" or "flight" where the copy says so, else None (the straight line). ``certain`` says that
    the sentence leaves no doubt that the first of the subjects is meant.
    """

    figure: Figure | None
    subjects: tuple[Name, ...]
    landmark: Name
    direction: str | None = None
    route: Literal["road", "flight", "border", "coast"] | None = None
    certain: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceMeasure(Claim):
    """A measure of a place: "Ukraine's land mass of about 600,000 square kilometers".

    ``attribute`` is "area" or "population"; ``qualifier`` the definition that the copy names ("land", "total",
    "metropolitan"), or what it calls the place ("city", "country"), or None. ``share`` marks a figure that is a
    part of the measure, not the measure; ``certain`` says that the sentence leaves no doubt that the first of the
    subjects is measured; ``loose`` that its words may also give a part of the place ("Canada, with 5,000 people").
    """

    figure: Figure
    subjects: tuple[Name, ...]
    attribute: str
    qualifier: str | None = None
    share: bool = False
    certain: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness(Claim):
    """A measure compared with places: "the size of Wales", "the combined area of A and B".

    ``measured`` are figures that may be what is compared, ``subjects`` names that may be, each likeliest
    first; ``parts`` the places whose sum it is compared with; ``factor`` the multiple ("three times the size
    of"), None for one; ``relation`` equal, larger or smaller; ``certain`` whether the copy leaves no doubt what
    is compared; ``named`` that the first of the subjects is, whatever figures stand beside it.
    """

    measured: tuple[Figure, ...]
    subjects: tuple[Name, ...]
    parts: tuple[Name, ...]
    attribute: str = "area"
    factor: Figure | None = None
    relation: Literal["equal", "larger", "smaller"] = "equal"
    certain: bool = False
    named: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDate(Claim):
    """The date of something that happened: "Russia's invasion on February 24", "annexed in 2014".

    ``event`` is the kind of event in the tables' terms ("invasion", "annexation") or None where only the
    words tell; ``words`` the copy's own words for it; ``names`` the proper names that take part, the
    likeliest first. ``role`` says which of its dates is meant, where the copy does ("began", "ended"); ``firm``
    is False where the copy may mean another event of the kind ("an attack in 2015", "the war"); ``choices`` marks
    names of which only one takes part ("Crimea in the south, which it annexed").
    """

    date: Figure
    event: str | None
    words: str
    names: tuple[Name, ...]
    role: Literal["start", "end", "any"] = "any"
    firm: bool = True
    choices: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Rank(Claim):
    """A place in an order: "the second largest city in Ukraine", "Europe's largest" of nuclear plants.

    ``position`` counts from 1; ``order`` is the superlative ("largest", "longest", "most populous"), ``what`` the
    noun that is ranked ("city", "nuclear power plant"), ``within`` the name of the region, None for the world.
    ``by`` is the measure where the copy names it ("population", "area", "gdp"); ``certain`` is False where the
    subject is not named beside the rank and may be another that the story speaks of.
    """

    position: int
    order: str
    what: str
    within: Name | None
    subjects: tuple[Name, ...]
    by: str | None = None
    certain: bool = True

"""What the tables hold: places, events, memberships, lists, rates and sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True)
class Place:
    """A place, or another thing that tables describe.

    ``id`` is stable ("gn:706483", "cc:UA", "a1:UA.07", "m:lake:lake-superior", "pp:GEODB0006207", "fb:we").
    ``kind`` is country, territory, union, continent, admin1, city, river, lake, sea, ocean, island, mountain,
    power_plant, airport, building, stadium, bridge, dam and the like. ``country`` is ISO 3166-1 alpha-2 and
    ``region`` the gazetteer's code of the first-level region. ``feature`` is the gazetteer's feature code
    (PPLC is a capital), or the fuel of a power plant. ``population`` is the gazetteer's, without a date:
    ``Tables.facts(id, "population")`` has the dated ones.
    """

    id: str
    name: str
    kind: str
    country: str | None
    region: str | None
    lat: float | None
    lon: float | None
    population: int | None
    feature: str | None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened, with ISO dates that may be YYYY or YYYY-MM (and negative before our era).

    ``precision`` says how much of the dates means something: day, month, week, year, day_or_year (1 January may
    stand for the whole year), day_or_month. ``doubt`` says what speaks against the date, or which other dates
    are in use; ``confidence`` is two_sources, one_source, or for rows nobody went over "source" and "suspect".
    ``place`` is the id of a place, several joined by ";", or a name. Wikidata's dates before 1583 are proleptic
    Gregorian (``calendar`` says so).
    """

    id: str
    name: str
    kind: str
    start: str
    end: str | None
    precision: str
    calendar: str
    place: str | None
    confidence: str
    doubt: str | None
    source: str
    aliases: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Member:
    """A country's membership of a region or union.

    ``membership`` is "full", or "part" where only a part lies in the region or some usages leave it out
    (Russia and Turkey in Europe); ``since`` and ``until`` are ISO dates for unions.
    """

    country: str
    membership: str
    since: str | None
    until: str | None
    note: str | None
    source: str


@dataclass(frozen=True, slots=True)
class RankList:
    """A curated ordered list: the tallest buildings, the longest rivers.

    ``entities`` are ids, first first. The list is complete down to rank ``complete_to``; below that others may
    be missing. ``disputed`` says what the order hangs on, None where nobody argues about it.
    """

    id: str
    title: str
    definition: str
    as_of: str
    disputed: str | None
    complete_to: int
    attribute: str
    entities: tuple[str, ...]
    source: str


@dataclass(frozen=True, slots=True)
class Rate:
    """A central bank's reference rate: units of the currency per euro on a day."""

    currency: str
    day: date
    per_euro: float
    source: str


@dataclass(frozen=True, slots=True)
class Source:
    """Who said it: the title, publisher, licence and citation behind a source id."""

    id: str
    title: str
    publisher: str
    licence: str
    citation: str

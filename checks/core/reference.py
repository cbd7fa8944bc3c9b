"""Look-ups in the reference tables: places by name, facts, events, ranks, rates and units.

The tables hold assertions, not truths: an attribute has several values, by source, year and definition, and a
check collects all that could be meant. Nothing found is no answer: absence never refutes.

Everything is read from the index (``core.index``), which is built on first use. Opening it takes a few
milliseconds; nothing is loaded whole; each thread and each forked process has its own connection.
"""

# ruff: noqa: S608 (the queries are put together from constants here; every value is bound)
from __future__ import annotations

import os
import sqlite3
import threading
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from checks.core import index
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Fact
from checks.core.names import fold, fold_words

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping
    from pathlib import Path

    from checks.core.units import Unit

__all__ = ["Event", "Member", "Place", "RankList", "Rate", "Source", "Tables", "default_tables", "open_tables"]


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


_PLACE = "p.id, p.name, p.kind, p.country, p.region, p.lat, p.lon, p.population, p.feature"
_THINGS = ", ".join(f"'{kind}'" for kind in sorted(index.THINGS))
_EVENT = (
    "e.id, e.name, e.kind, e.start, e.end, e.precision, e.calendar, e.place, e.confidence, e.doubt, e.source, e.aliases"
)
_FACT = """
SELECT t.text, p.id, p.name, a.text, f.value, u.text, s.text, f.as_of, q.text, f.marks, f.low, f.high
FROM fact f JOIN place p ON p.no = f.place JOIN word a ON a.no = f.attribute JOIN word s ON s.no = f.source
JOIN word t ON t.no = f.tbl LEFT JOIN word u ON u.no = f.unit LEFT JOIN word q ON q.no = f.qualifier
"""

# Words around a name that say only what it is: "the city of Lviv", "Kharkiv region", "Lake Baikal".
_OF = lazy_pattern(r"^(city|town|village|port city|capital|state|province|region|island|kingdom|republic) of (?=\w)")
_REGION_WORDS = frozenset(
    (
        "region",
        "oblast",
        "krai",
        "province",
        "state",
        "prefecture",
        "governorate",
        "county",
        "department",
        "district",
        "canton",
        "emirate",
        "voivodeship",
    )
)
_PLANT_WORDS = frozenset(
    (
        "nuclear",
        "atomic",
        "thermal",
        "hydroelectric",
        "hydropower",
        "power",
        "electricity",
        "generating",
        "plant",
        "station",
        "facility",
        "complex",
        "npp",
    )
)
_CITY_WORDS = ("city", "town")
_FEATURES = {
    "lake": {"lake"},
    "lough": {"lake"},
    "loch": {"lake"},
    "river": {"river"},
    "mt": {"mountain", "volcano"},
    "island": {"island"},
    "desert": {"desert"},
    "airport": {"airport"},
    "dam": {"dam"},
}
_REGION_KINDS = frozenset({"admin1", "territory"})


class Tables:
    """The reference tables, opened read-only.

    Ask ``default_tables()`` for the ones that this installation carries. Names are folded before they are
    looked up (case, accents, punctuation, "the", Saint and St). All results are frozen values in a fixed order.
    """

    def __init__(self, path: Path, data: Path | None = None) -> None:
        self._path = path
        self._data = data
        self._here = threading.local()
        self._kept: list[sqlite3.Connection] = []
        meta = dict(self._rows("SELECT key, value FROM meta"))
        self.version: str = meta["version"]
        self.as_of: str = meta["as_of"]
        # What copy asks for is asked again in the next paragraph.
        self._named: Callable[[str], tuple[Place, ...]] = lru_cache(20_000)(self._find_named)
        self._facts_of: Callable[[str, tuple[str, ...]], tuple[Fact, ...]] = lru_cache(5_000)(self._find_facts)
        self._ranked: Callable[..., tuple[Fact, ...]] = lru_cache(200)(self._find_ranked)
        self._placed: Callable[[str], Place | None] = lru_cache(5_000)(self._find_place)

    def __reduce__(self) -> tuple[Any, ...]:
        return open_tables, (self._data,)

    # -- places

    def places(
        self, name: str, *, kinds: Collection[str] | None = None, country: str | None = None
    ) -> tuple[Place, ...]:
        """Every place of that exact name or alias, the most prominent first.

        Countries come before capitals, regions and cities of the same name, and a large city before a village;
        a place that merely has the name as one of many aliases comes late. ``kinds`` and ``country`` narrow the
        answer; kinds that are no places (a planet, a race, a record) are only found where ``kinds`` names them.
        Where the name as written is unknown, words that only say what it is are left aside: "city of Lviv",
        "Kharkiv region", "Lake Baikal", "Zaporizhzhia nuclear power plant".
        """
        folded = fold(name)
        if not folded:
            return ()
        found = _narrowed(self._named(folded), kinds, country)
        if found:
            return found
        for stem, wanted in _stems(folded):
            found = _narrowed(self._named(stem), wanted, country)
            if found := _narrowed(found, kinds, country):
                return found
        return ()

    def _find_named(self, folded: str) -> tuple[Place, ...]:
        rows = self._rows(
            f"SELECT {_PLACE} FROM name n JOIN place p ON p.no = n.place WHERE n.folded = ? ORDER BY n.rank, p.no",
            (folded,),
        )
        return tuple(Place(*row) for row in rows)

    def similar(
        self,
        name: str,
        *,
        kinds: Collection[str] | None = None,
        country: str | None = None,
        cutoff: float = 88,
        limit: int = 5,
    ) -> tuple[tuple[Place, float], ...]:
        """Places whose name looks like this one, the most alike first, each with its likeness up to 100.

        Only names with the same first two letters and about the same length are compared, and within a country
        (where one is given) those of its better-known places whatever they begin with.
        """
        folded = fold(name)
        if len(folded) < 4:
            return ()
        head = folded[:2]
        sql = (
            "SELECT n.folded, n.place, n.rank FROM name n JOIN place p ON p.no = n.place "
            "WHERE n.folded >= ? AND n.folded < ? AND length(n.folded) BETWEEN ? AND ?"
        )
        margin = max(2, len(folded) // 4)
        values: list[object] = [head, head[:-1] + chr(ord(head[-1]) + 1), len(folded) - margin, len(folded) + margin]
        narrowed, more = _sql_narrowing(kinds, country)
        rows = self._rows(sql + narrowed, (*values, *more))
        if country is not None:
            rows += self._rows(
                "SELECT n.folded, n.place, n.rank FROM place p JOIN name n ON n.place = p.no "
                "WHERE p.country = ? AND p.score >= 9000" + narrowed,
                (country, *more),
            )
        names = {(text, no): rank for text, no, rank in rows}
        keys = sorted(names, key=lambda key: (names[key], key))
        if not keys:
            return ()
        from rapidfuzz import fuzz, process

        # Swapped, doubled and dropped letters are the usual slips: ratio sees them, partial matches are no names.
        alike = process.extract(
            folded, [text for text, _ in keys], scorer=fuzz.ratio, score_cutoff=cutoff, limit=limit * 8
        )
        best: dict[int, float] = {}
        for _, likeness, position in alike:
            best.setdefault(keys[position][1], likeness)
        found = []
        for no, likeness in list(best.items())[:limit]:
            row = self._rows(f"SELECT {_PLACE} FROM place p WHERE p.no = ?", (no,))[0]
            found.append((Place(*row), float(likeness)))
        return tuple(found)

    def place(self, id: str) -> Place | None:  # noqa: A002 (it is the place's id)
        """The place with this id, None if there is none."""
        return self._placed(id)

    def _find_place(self, identifier: str) -> Place | None:
        rows = self._rows(f"SELECT {_PLACE} FROM place p WHERE p.id = ?", (identifier,))
        return Place(*rows[0]) if rows else None

    def names(self, id: str) -> tuple[str, ...]:  # noqa: A002
        """All names of a place as the index knows them: folded, in alphabetical order."""
        rows = self._rows(
            "SELECT n.folded FROM place p JOIN name n ON n.place = p.no WHERE p.id = ? ORDER BY n.folded", (id,)
        )
        return tuple(name for (name,) in rows)

    def demonym(self, word: str) -> tuple[Place, ...]:
        """The countries (or regions) whose people or things a word names: "Ukrainian", "Briton", "the Dutch"."""
        folded = fold(word)
        known = self._all_demonyms
        ids = known.get(folded) or (known.get(folded[:-1]) if folded.endswith("s") else None) or ()
        return tuple(place for each in ids if (place := self.place(each)))

    def demonyms(self) -> Mapping[str, tuple[str, ...]]:
        """All demonyms, folded, with the ids of their places, for those who look for them in copy."""
        return self._all_demonyms

    @cached_property
    def _all_demonyms(self) -> dict[str, tuple[str, ...]]:
        found: dict[str, list[str]] = {}
        sql = "SELECT d.folded, p.id FROM demonym d JOIN place p ON p.no = d.place ORDER BY p.score DESC, p.no"
        for word, identifier in self._rows(sql):
            found.setdefault(word, []).append(identifier)
        return {word: tuple(ids) for word, ids in found.items()}

    def nation(self, words: str) -> str | None:
        """The id of the country, territory or union that words name, or whose people they name; None for others.

        The same as the first of ``places`` of these kinds or of ``demonym``, quick enough to be asked of every
        word of a story.
        """
        folded = fold(words)
        for stem, wanted in ((folded, None), *_stems(folded)):
            for kind, identifier in self._nations.get(stem, ()):
                if wanted is None or kind in wanted:
                    return identifier
        people = self.demonym(words)
        return people[0].id if people else None

    @cached_property
    def _nations(self) -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        sql = (
            "SELECT n.folded, p.kind, p.id FROM place p JOIN name n ON n.place = p.no "
            "WHERE p.kind IN ('country', 'territory', 'union') ORDER BY n.rank, p.no"
        )
        for folded, kind, identifier in self._rows(sql):
            found.setdefault(folded, []).append((kind, identifier))
        return found

    def top_places(
        self,
        kind: str,
        *,
        country: str | None = None,
        region_of: str | None = None,
        order: str = "population",
        limit: int = 10,
    ) -> tuple[Place, ...]:
        """The largest places of a kind by the gazetteer's population, in a country or in one of its regions.

        ``region_of`` is a region's code within the country ("07" or "a1:UA.07"), or the name of a region of the
        world ("Europe"). Parts of cities and abandoned places are no cities. ``order`` may be "population" or
        "prominence". Populations of gazetteers have no date and mix city proper and agglomeration: a rank found
        here refutes nothing alone where the next place is close.
        """
        sql = f"SELECT {_PLACE} FROM place p WHERE p.kind = ?"
        values: list[object] = [kind]
        if kind == "city":
            sql += " AND coalesce(p.feature, '') NOT IN ('PPLX', 'PPLQ', 'PPLH', 'PPLW')"
        if country is not None:
            sql += " AND p.country = ?"
            values.append(country)
        if region_of is not None:
            code = region_of.rpartition(".")[2]
            if region_of.startswith("a1:"):
                sql += " AND p.country = ? AND p.region = ?"
                values += [region_of[3:].partition(".")[0], code]
            elif members := self.countries_of(region_of):
                sql += f" AND p.country IN ({', '.join('?' * len(members))})"
                values += members
            else:
                sql += " AND p.region = ?"
                values.append(region_of)
        if order == "population":
            sql += " AND p.population IS NOT NULL ORDER BY p.population DESC, p.no LIMIT ?"
        else:
            sql += " ORDER BY p.score DESC, p.no LIMIT ?"
        return tuple(Place(*row) for row in self._rows(sql, (*values, limit)))

    def countries_of(self, region: str, *, on: date | None = None, loosely: bool = True) -> tuple[str, ...]:
        """The countries (ISO codes) of a continent, region or union: "Europe", "Latin America", "EU", "world".

        ``loosely`` includes countries of which only a part belongs, or that some usages leave out; where a rank
        or a total hangs on them, try both. ``on`` is the day that counts for unions, by default the present.
        """
        return tuple(
            member.country
            for member in self.members(region)
            if (loosely or member.membership == "full")
            and (on is None or not member.since or member.since <= on.isoformat())
            and (not member.until or (on is not None and on.isoformat() < member.until))
        )

    def members(self, region: str) -> tuple[Member, ...]:
        """All memberships of a region, former ones too, by country and date. Empty for an unknown name."""
        rows = self._rows(
            "SELECT country, membership, since, until, note, source FROM region WHERE folded = ? "
            "ORDER BY country, since",
            (fold(region),),
        )
        return tuple(Member(a, b, c or None, d, e, f) for a, b, c, d, e, f in rows)

    # -- facts

    def facts(self, entity_id: str, *attributes: str) -> tuple[Fact, ...]:
        """All facts of an entity, or those of some attributes, of all sources, years and definitions.

        Countries and regions have ``area_total``, ``area_land`` and ``area_water``, natural features ``area``.
        ``population`` is of the city proper, ``population_metro`` and ``urban_agglomeration_population`` are not.
        """
        return self._facts_of(entity_id, attributes)

    def _find_facts(self, entity_id: str, attributes: tuple[str, ...]) -> tuple[Fact, ...]:
        sql, values = _FACT + " WHERE p.id = ?", [entity_id]
        if attributes:
            sql += f" AND a.text IN ({', '.join('?' * len(attributes))})"
            values += attributes
        facts = [_fact(row) for row in self._rows(sql + " ORDER BY f.attribute, f.no", tuple(values))]
        if entity_id.startswith("gn:") and (not attributes or "population" in attributes):
            facts += self._gazetteer_population(entity_id)
        return tuple(facts)

    def _gazetteer_population(self, entity_id: str) -> list[Fact]:
        """The gazetteer's population of a city, as the fact that it is: of one source, without a date."""
        place = self.place(entity_id)
        if place is None or place.population is None:
            return []
        return [
            Fact(
                table="cities",
                entity_id=entity_id,
                entity=place.name,
                attribute="population",
                value=place.population,
                unit="count",
                source="geonames",
                qualifier="undated",
            )
        ]

    def attributes(self, entity_id: str) -> tuple[str, ...]:
        """What the tables know of an entity."""
        rows = self._rows(
            "SELECT DISTINCT a.text FROM place p JOIN fact f ON f.place = p.no JOIN word a ON a.no = f.attribute "
            "WHERE p.id = ? ORDER BY a.text",
            (entity_id,),
        )
        return tuple(name for (name,) in rows)

    def ranked(
        self,
        attribute: str,
        *,
        kinds: Collection[str],
        countries: Collection[str] | None = None,
        qualifier: str | None = None,
        year: int | None = None,
        limit: int = 50,
    ) -> tuple[Fact, ...]:
        """The entities with the largest values of an attribute, one fact for each, the largest first.

        Of several facts of one entity the best counts: undisputed before disputed, measured before derived, the
        latest (not after ``year``), then by source in the order of the table of sources. ``qualifier`` must be
        the fact's own ("Nuclear" for the capacity of nuclear plants).
        """
        return self._ranked(attribute, tuple(kinds), None if countries is None else tuple(countries), qualifier, year)[
            :limit
        ]

    def _find_ranked(
        self,
        attribute: str,
        kinds: tuple[str, ...],
        countries: tuple[str, ...] | None,
        qualifier: str | None,
        year: int | None,
    ) -> tuple[Fact, ...]:
        sql = _FACT + (
            " LEFT JOIN source o ON o.id = s.text WHERE a.text = ?"
            f" AND p.kind IN ({', '.join('?' * len(kinds))}) AND typeof(f.value) != 'text'"
        )
        values: list[object] = [attribute, *kinds]
        if countries is not None:
            sql += f" AND p.country IN ({', '.join('?' * len(countries))})"
            values += countries
        if qualifier is not None:
            sql += " AND q.text = ?"
            values.append(qualifier)
        if year is not None:
            sql += " AND (f.as_of IS NULL OR substr(f.as_of, 1, 4) <= ?)"
            values.append(f"{year:04d}")
        sql += " ORDER BY f.marks, substr(coalesce(f.as_of, ''), 1, 4) DESC, coalesce(o.preference, 999), f.no"
        best: dict[str, Fact] = {}
        for row in self._rows(sql, tuple(values)):
            if row[1] not in best:
                best[row[1]] = _fact(row)
        return tuple(sorted(best.values(), key=lambda fact: (-self._size(fact), fact.entity_id)))

    def _size(self, fact: Fact) -> float:
        """A fact's value in base units, so that square miles and square kilometres can be put in one order."""
        unit = self.unit(fact.unit) if fact.unit else None
        return float(fact.value) * (unit.slope if unit else 1)

    def rank_lists(self, *, attribute: str | None = None, entity_id: str | None = None) -> tuple[RankList, ...]:
        """The curated ordered lists, all or those of an attribute or with an entity in them."""
        return tuple(
            each
            for each in self._all_rank_lists
            if (attribute is None or each.attribute == attribute) and (entity_id is None or entity_id in each.entities)
        )

    def rank_list(self, id: str) -> RankList | None:  # noqa: A002
        """One curated ordered list."""
        return next((each for each in self._all_rank_lists if each.id == id), None)

    @cached_property
    def _all_rank_lists(self) -> tuple[RankList, ...]:
        rows = self._rows("SELECT * FROM rank_list ORDER BY id")
        return tuple(_rank_list(*row) for row in rows)

    def source(self, id: str) -> Source | None:  # noqa: A002
        """The source behind an id; facts that rest on two name them both, joined by ";"."""
        rows = self._rows("SELECT id, title, publisher, licence, citation FROM source WHERE id = ?", (id,))
        return Source(*rows[0]) if rows else None

    def source_title(self, id: str) -> str | None:  # noqa: A002
        """A source's title as a reader wants it, without its release; several joined by ";" become a list."""
        titles = [
            source.title.split(" (")[0].split(" via ")[0] for each in id.split(";") if (source := self.source(each))
        ]
        return ", ".join(titles) or None

    # -- events

    def events(self, words: Collection[str], *, kind: str | None = None, limit: int = 50) -> tuple[Event, ...]:
        """The events whose name, aliases or places hold all the words, curated ones first.

        Words are folded; one that ends in "*" stands for all that begin so ("annex*"). Countries of an event
        count with their names and demonyms.
        """
        wanted = {part for word in words for part in _event_words(word)}
        if not wanted:
            return ()
        sizes = []
        for word in sorted(wanted):
            rows = self._rows("SELECT sum(events) FROM event_word_count WHERE word >= ? AND word < ?", _range(word))
            sizes.append((rows[0][0] or 0, word))
        sizes.sort()
        if not sizes[0][0]:
            return ()
        # The rarest word picks the candidates, the others are looked up for each.
        sql = "SELECT DISTINCT w.event FROM event_word w WHERE w.word >= ? AND w.word < ?"
        values: list[object] = [*_range(sizes[0][1])]
        for _, word in sizes[1:]:
            if word.endswith("*"):
                sql += " AND EXISTS (SELECT 1 FROM event_word v WHERE v.event = w.event AND v.word >= ? AND v.word < ?)"
                values += _range(word)
            else:
                sql += " AND EXISTS (SELECT 1 FROM event_word v WHERE v.word = ? AND v.event = w.event)"
                values.append(word)
        sql = f"SELECT {_EVENT} FROM event e WHERE e.no IN ({sql})"
        if kind is not None:
            sql += " AND e.kind = ?"
            values.append(kind)
        return tuple(_event(row) for row in self._rows(sql + " ORDER BY e.no LIMIT ?", (*values, limit)))

    def event(self, id: str) -> Event | None:  # noqa: A002
        """One event by its id."""
        rows = self._rows(f"SELECT {_EVENT} FROM event e WHERE e.id = ?", (id,))
        return _event(rows[0]) if rows else None

    # -- rates and units

    def rate(self, currency: str, day: date) -> Rate | None:
        """The ECB's reference rate of a currency on a day, or on the last day before with one (a week at most)."""
        if currency == "EUR":
            return Rate("EUR", day, 1.0, "ecb")
        rows = self._rows(
            "SELECT day, per_euro FROM rate WHERE currency = ? AND day BETWEEN ? AND ? ORDER BY day DESC LIMIT 1",
            (currency, day.toordinal() - 7, day.toordinal()),
        )
        return Rate(currency, date.fromordinal(rows[0][0]), rows[0][1], "ecb") if rows else None

    def unit(self, name: str) -> Unit | None:
        """The unit of that name, as compiled from the definitions, or composed ("meter / hour") of such; else None."""
        from checks.core.units import find_unit

        return find_unit(name, self._all_units.get)

    def units(self) -> Mapping[str, Unit]:
        """All units by name."""
        return self._all_units

    @cached_property
    def _all_units(self) -> dict[str, Unit]:
        import json

        rows = self._rows("SELECT name, fields FROM unit ORDER BY name")
        if not rows:
            return {}
        from checks.core.units import Unit

        return {name: Unit(**json.loads(fields)) for name, fields in rows}

    # -- the file

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[Any]:
        """Ask the index. A damaged one is built again, once."""
        values = tuple(values)
        try:
            return self._connection().execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, index.IndexDamagedError) as error:
            if isinstance(error, sqlite3.ProgrammingError):
                raise
            self._rebuild()
            return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection. A forked process never uses its parent's."""
        if getattr(self._here, "owner", None) != (os.getpid(), str(self._path)):
            if hasattr(self._here, "connection"):
                self._kept.append(self._here.connection)  # closing is the parent's affair
            self._here.connection = index.connect(self._path)
            self._here.owner = (os.getpid(), str(self._path))
        connection: sqlite3.Connection = self._here.connection
        return connection

    def _rebuild(self) -> None:
        index.discard(self._path)
        self._path = index.locate(self._data, self._path.parent)
        self._here = threading.local()


def open_tables(
    data: Path | None = None, *, folder: Path | None = None, progress: index.Progress | None = None
) -> Tables:
    """Open the tables of a folder (by default those of this installation), building their index if needed.

    ``folder`` is where the index is kept. ``progress`` is told how the building goes; without it nothing is said.
    """
    return Tables(index.locate(data, folder, progress), data)


@cache
def _default() -> list[Tables]:
    return []


def default_tables(progress: index.Progress | None = None) -> Tables:
    """The tables that figurecheck ships, opened once in a process (the first use of an installation builds the index).

    ``progress`` is told how the building goes, if there is any: ``progress(what, done, total)``.
    """
    opened = _default()
    if not opened:
        opened.append(open_tables(progress=progress))
    return opened[0]


def _fact(row: tuple[Any, ...]) -> Fact:
    table, entity_id, entity, attribute, value, unit, source, as_of, qualifier, marks, low, high = row
    return Fact(
        table=table,
        entity_id=entity_id,
        entity=entity,
        attribute=attribute,
        value=value,
        unit=unit,
        source=source,
        as_of=as_of,
        qualifier=qualifier,
        derived=bool(marks & 1),
        disputed=bool(marks & 2),
        low=low,
        high=high,
    )


def _event(row: tuple[Any, ...]) -> Event:
    values = [*row[:-1], tuple(filter(None, row[-1].split(";")))]
    return Event(*values)


def _rank_list(*row: Any) -> RankList:
    values = [*row[:-2], tuple(row[-2].split(";")), row[-1]]
    return RankList(*values)


def _event_words(word: str) -> list[str]:
    parts = list(fold_words(word))
    if parts and word.endswith("*"):
        parts[-1] += "*"
    return parts


def _range(word: str) -> tuple[str, str]:
    """The words from and up to which a pattern reaches in the order of the index."""
    return (word[:-1], word[:-1] + "\U0010ffff") if word.endswith("*") else (word, word + "\0")


def _narrowed(places: tuple[Place, ...], kinds: Collection[str] | None, country: str | None) -> tuple[Place, ...]:
    return tuple(
        place
        for place in places
        if (place.kind not in index.THINGS if kinds is None else place.kind in kinds)
        and (country is None or place.country == country)
    )


def _sql_narrowing(kinds: Collection[str] | None, country: str | None) -> tuple[str, list[object]]:
    values: list[object] = []
    if kinds is None:
        sql = f" AND p.kind NOT IN ({_THINGS})"
    else:
        sql = f" AND p.kind IN ({', '.join('?' * len(kinds))})"
        values += kinds
    if country is not None:
        sql += " AND p.country = ?"
        values.append(country)
    return sql, values


def _stems(folded: str) -> Iterable[tuple[str, Collection[str] | None]]:
    """What is left of a name without the words that say what it is, with the kinds that these words allow."""
    words = folded.split()
    if (match := _OF.match(folded)) and match[1] not in ("island", "kingdom", "republic"):
        yield folded[match.end() :], _REGION_KINDS if match[1] in ("state", "province", "region") else None
    if len(words) < 2:
        return
    if words[-1] in _REGION_WORDS:
        yield " ".join(words[:-1]), _REGION_KINDS
    if words[-1] in _CITY_WORDS:
        yield " ".join(words[:-1]), {"city"}
    if words[-1] in _PLANT_WORDS:
        stem = list(words)
        while len(stem) > 1 and stem[-1] in _PLANT_WORDS:
            stem.pop()
        yield " ".join(stem), {"power_plant"}
    for position in (0, -1):
        if wanted := _FEATURES.get(words[position]):
            yield " ".join(words[1:] if position == 0 else words[:-1]), wanted

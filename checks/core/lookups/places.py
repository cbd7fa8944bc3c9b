"""Places by name, by id and by rank; the countries of a region."""

# ruff: noqa: S608 (the queries are put together from constants here; every value is bound)
from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING

from checks.core import index
from checks.core.lookups.nouns import Member, Place
from checks.core.lookups.open_index import OpenIndex
from checks.core.lookups.stems import stems
from checks.core.names import fold

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import date
    from pathlib import Path

_PLACE = "p.id, p.name, p.kind, p.country, p.region, p.lat, p.lon, p.population, p.feature"
_THINGS = ", ".join(f"'{kind}'" for kind in sorted(index.THINGS))


class PlaceTables(OpenIndex):
    """Where names of places are looked up."""

    def __init__(self, path: Path, data: Path | None = None) -> None:
        super().__init__(path, data)
        # What copy asks for is asked again in the next paragraph.
        self._named: Callable[[str], tuple[Place, ...]] = lru_cache(20_000)(self._find_named)
        self._placed: Callable[[str], Place | None] = lru_cache(5_000)(self._find_place)

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
        for stem, wanted in stems(folded):
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
        for stem, wanted in ((folded, None), *stems(folded)):
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

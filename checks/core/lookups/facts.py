"""Facts of places, the orders that they make, curated lists, and who said it."""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from checks.core.lookups.nouns import RankList, Source
from checks.core.lookups.places import PlaceTables
from checks.core.lookups.units import UnitTables
from checks.core.model import Fact

if TYPE_CHECKING:
    from collections.abc import Callable, Collection
    from pathlib import Path

_FACT = """
SELECT t.text, p.id, p.name, a.text, f.value, u.text, s.text, f.as_of, q.text, f.marks, f.low, f.high
FROM fact f JOIN place p ON p.no = f.place JOIN word a ON a.no = f.attribute JOIN word s ON s.no = f.source
JOIN word t ON t.no = f.tbl LEFT JOIN word u ON u.no = f.unit LEFT JOIN word q ON q.no = f.qualifier
"""


class FactTables(PlaceTables, UnitTables):
    """Where facts are looked up."""

    def __init__(self, path: Path, data: Path | None = None) -> None:
        super().__init__(path, data)
        # What copy asks for is asked again in the next paragraph.
        self._facts_of: Callable[[str, tuple[str, ...]], tuple[Fact, ...]] = lru_cache(5_000)(self._find_facts)
        self._ranked: Callable[..., tuple[Fact, ...]] = lru_cache(200)(self._find_ranked)

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


def _rank_list(*row: Any) -> RankList:
    values = [*row[:-2], tuple(row[-2].split(";")), row[-1]]
    return RankList(*values)

"""Facts in the index, from tables of several shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.core.index.filling import Filling, number

if TYPE_CHECKING:
    from collections.abc import Iterable


def facts(index: Filling) -> None:
    """Facts of the fact tables, of the measures, of the plants and of the earthquakes."""
    for table in ("facts.csv", "facts_added.csv"):
        _add_facts(
            index,
            table.removesuffix(".csv"),
            (
                (
                    row["entity_id"],
                    row["attribute"],
                    row["qualifier"],
                    number(row["value"]),
                    None,
                    None,
                    row["unit"],
                    row["as_of"],
                    row["source"],
                    row["derived"] == "true",
                    row["disputed"] == "true",
                )
                for row in index.rows(table)
            ),
        )
    _add_facts(
        index,
        "measures",
        (
            (
                row["entity_id"],
                row["attribute"],
                row["qualifier"],
                number(row["value"]),
                number(row["low"]),
                number(row["high"]),
                row["unit"],
                row["as_of"],
                row["source"],
                row["derived"] == "true",
                row["disputed"] == "true",
            )
            for row in index.rows("measures.csv")
        ),
    )
    _add_facts(
        index,
        "power_plants",
        (
            (
                row["id"],
                "capacity",
                row["fuel"],
                number(row["capacity_mw"]),
                None,
                None,
                "megawatt",
                row["as_of"],
                row["source"],
                False,
                row["disputed"] == "true",
            )
            for row in index.rows("power_plants.csv")
        ),
    )
    for column, unit in (("magnitude", "dimensionless"), ("deaths", "count")):
        _add_facts(
            index,
            "earthquakes",
            (
                (
                    row["id"],
                    column,
                    None,
                    number(row[column]),
                    None,
                    None,
                    unit,
                    row["start"],
                    row["source"],
                    False,
                    False,
                )
                for row in index.rows("earthquakes.csv.gz")
            ),
        )


def series(index: Filling) -> None:
    """Series by year: one row a series, one column a year; and dated populations of cities."""
    header, rows = index.lists("country_series.csv.gz")
    years = header[4:]
    _add_facts(
        index,
        "country_series",
        (
            (identifier, attribute, None, number(value), None, None, unit, year, source, False, False)
            for identifier, attribute, unit, source, *values in rows
            for year, value in zip(years, values, strict=True)
            if value
        ),
    )
    _, rows = index.lists("city_populations.csv.gz")
    _add_facts(
        index,
        "city_populations",
        (
            (
                "gn:" + identifier,
                attribute,
                qualifier,
                number(value),
                None,
                None,
                "count",
                as_of,
                source,
                False,
                disputed == "true",
            )
            for identifier, attribute, qualifier, value, as_of, source, disputed in rows
        ),
    )


def _add_facts(index: Filling, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
    """Add (id, attribute, qualifier, value, low, high, unit, as_of, source, derived, disputed) rows."""
    out = []
    tbl = index.word(table)
    for identifier, attribute, qualifier, value, low, high, unit, as_of, source, derived, disputed in rows:
        no = index.numbers.get(identifier)
        if no is None or value is None:
            continue
        index.fact_count += 1
        out.append(
            (
                no,
                index.word(attribute),
                index.fact_count,
                index.word(qualifier),
                value,
                low,
                high,
                index.word(unit),
                as_of or None,
                index.word(source),
                (1 if derived else 0) | (2 if disputed else 0),
                tbl,
            )
        )
    index.connection.executemany("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", out)

"""Rates, curated lists, sources and units in the index."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from checks.core.index.filling import Filling


def rates(index: Filling) -> None:
    """Units of each currency per euro, one row a day and one column a currency."""
    header, rows = index.lists("exchange_rates.csv.gz")
    out = []
    for day, *values in rows:
        number = date.fromisoformat(day).toordinal()
        out += [(currency, number, float(value)) for currency, value in zip(header[1:], values, strict=True) if value]
    index.connection.executemany("INSERT INTO rate VALUES (?,?,?)", sorted(out))


def rank_lists(index: Filling) -> None:
    """Curated ordered lists."""
    index.connection.executemany(
        "INSERT INTO rank_list VALUES (?,?,?,?,?,?,?,?,?)",
        [
            (
                row["list_id"],
                row["title"],
                row["definition"],
                row["as_of"],
                row["disputed"] or None,
                int(row["complete_to_rank"]),
                row["attribute"],
                row["entity_ids"],
                row["source"],
            )
            for row in index.rows("rank_lists.csv")
        ],
    )


def sources(index: Filling) -> None:
    """Sources in the order of the table, which is that of preference."""
    index.connection.executemany(
        "INSERT INTO source VALUES (?,?,?,?,?,?)",
        [
            (row["id"], row["title"], row["publisher"], row["licence"], row["citation"], order)
            for order, row in enumerate(index.rows("sources.csv"))
        ],
    )


def units(index: Filling) -> None:
    """Units as pint reads them from the definitions, so that pint is not needed at check time."""
    if "units.txt" not in index.contents:
        return
    from checks.core.units import compile_units

    index.connection.executemany(
        "INSERT OR REPLACE INTO unit VALUES (?,?)",
        [(unit.name, json.dumps(asdict(unit), sort_keys=True)) for unit in compile_units()],
    )


def save_words(index: Filling) -> None:
    """Write the words that rows share, once all are known."""
    index.connection.executemany("INSERT INTO word VALUES (?,?)", [(no, text) for text, no in index.words.items()])

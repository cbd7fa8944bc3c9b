"""Ordered lists of the largest, highest and longest."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.tables.building.making import Making


def make_rank_lists(making: Making) -> None:
    """The lists with the ids that their things are kept under."""
    out = []
    for row in making.rows("rank_lists.csv"):
        ids = [making.same.get(each, each) for each in row["entity_ids"].split(";")]
        disputed = row["disputed"].removeprefix("yes:").strip()
        out.append(
            row | {"entity_ids": ";".join(ids), "disputed": "" if disputed == "no" else disputed, "source": "measures"}
        )
    making.write("rank_lists.csv", list(out[0]), out)

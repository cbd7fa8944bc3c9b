"""Facts: single ones, countries' series over the years, and dated populations of cities."""

from __future__ import annotations

import csv
from collections import defaultdict
from typing import TYPE_CHECKING

from flows.tables.building.making import REPEATED_LISTS
from flows.tables.building.things import attribute_for
from flows.tables.building.units import UNITS

if TYPE_CHECKING:
    from flows.tables.building.making import Making

# Facts that no check reads: shares of obese adults, numbers of heliports ...
_UNUSED = {
    "adult_obesity_rate",
    "heliports",
    "airports",
    "irrigated_land",
    "physicians_per_1000",
    "literacy_rate",
    "internet_users_share",
    "mobile_subscriptions",
}


def make_facts(making: Making) -> None:
    """facts.csv: single facts about the places that are kept."""
    out = []
    for row in making.facts:
        identifier = making.same.get(row["entity_id"], row["entity_id"])
        if (
            row["attribute"] in _UNUSED
            or row["qualifier"] in REPEATED_LISTS
            or (identifier.startswith("pp:") and identifier == row["entity_id"])
            or row["entity_id"].startswith("ap:")
            or identifier not in making.kept
        ):
            continue
        # The Factbook's asterisk: an area that counts only one country's part, and the like.
        attribute, disputed = attribute_for(row["attribute"], identifier), row["entity"].endswith("*")
        if row["source_id"] == "wri_gppd":
            disputed = True  # the older of two entries for one plant
        if "World Bank" in row["note"] or "combined" in row["note"]:
            disputed = True
        out.append(
            {
                "entity_id": identifier,
                "attribute": attribute,
                "qualifier": row["qualifier"],
                "value": row["value"],
                "unit": UNITS[row["unit"]],
                "as_of": row["as_of"],
                "source": row["source_id"],
                "derived": str(row["source_id"] == "ne_admin1_derived").lower(),
                "disputed": str(disputed).lower(),
            }
        )
    fields = ["entity_id", "attribute", "qualifier", "value", "unit", "as_of", "source", "derived", "disputed"]
    unique = {tuple(row[field] for field in fields): row for row in out}
    making.write("facts.csv", fields, unique.values())


def make_series(making: Making) -> None:
    """Country series, one row each; what they say of groups of countries makes places of those."""
    series: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
    names: dict[str, str] = {}
    for row in making.rows("facts_timeseries.csv"):
        identifier = row["entity_id"]
        if identifier.startswith("cc:") and identifier not in making.kept:
            continue
        if row["attribute"] == "area_total":
            continue  # for Canada two thirds too large since 2017
        names[identifier] = row["entity"]
        series[identifier, row["attribute"], UNITS[row["unit"]], row["source_id"]][row["as_of"][:4]] = row["value"]
    years = sorted({year for values in series.values() for year in values})
    fields = ["entity_id", "attribute", "unit", "source"]
    making.write(
        "country_series.csv.gz",
        fields + years,
        (dict(zip(fields, key, strict=True)) | values for key, values in sorted(series.items())),
    )
    aggregates = {key: name for key, name in names.items() if not key.startswith("cc:")}
    with (making.target / "places.csv").open("a", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        for key, name in sorted(aggregates.items()):
            writer.writerow([key, name, "aggregate", "", "", "", "", "", "", "wb_population"])


def make_city_populations(making: Making) -> None:
    """Dated populations of cities."""
    out = [
        {
            "city": row["entity_id"].removeprefix("gn:"),
            "attribute": row["attribute"],
            "qualifier": row["qualifier"],
            "value": row["value"],
            "as_of": row["as_of"],
            "source": row["source_id"],
            "disputed": str("projection" in row["qualifier"] or "ca." in row["qualifier"]).lower(),
        }
        for row in making.rows("facts_city_population.csv")
        if row["entity_id"] in making.kept
    ]
    making.write("city_populations.csv.gz", list(out[0]), out)

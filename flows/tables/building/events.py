"""Events: earthquakes, those of the large databases, and the curated ones."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.tables.building.making import Making


def make_earthquakes(making: Making) -> None:
    """Earthquakes, each with its magnitude and deaths."""
    figures: dict[str, dict[str, str]] = defaultdict(dict)
    for row in making.rows("facts_earthquakes.csv"):
        figures[row["entity_id"]][row["attribute"]] = row["value"]
    quakes = []
    for row in making.events:
        if row["kind"] != "earthquake":
            continue
        where = re.sub(r"\s*:\s*", ": ", row["event"].partition(":")[2].strip()).title()
        start, precision = _iso(row["start_date"]), row["precision"]
        figure = figures.get(row["id"], {})
        quakes.append(
            {
                "id": row["id"],
                "name": f"{start[:4].lstrip('0') if start[0] != '-' else start} earthquake, {where}",
                "country": _country(row["place"]),
                "start": start,
                "precision": precision,
                "place": row["place"],
                "magnitude": figure.get("magnitude", ""),
                "deaths": figure.get("deaths", ""),
                "confidence": row["confidence"],
                "source": row["source_id"],
            }
        )
    making.write("earthquakes.csv.gz", list(quakes[0]), quakes)


def make_events(making: Making) -> None:
    """Events of the large databases, and those curated by hand with their doubts."""
    doubts = {row["id"]: row["doubt"] for row in making.rows("events_doubts.csv")}
    out = []
    for row in making.events:
        if row["kind"] in ("earthquake", "birth") or row["confidence"] == "suspect":
            continue
        out.append(
            {
                "id": row["id"],
                "name": row["event"],
                "aliases": row["aliases"],
                "kind": _singular(row["kind"]),
                "start": _iso(row["start_date"]),
                "end": _iso(row["end_date"]),
                "precision": row["precision"],
                "calendar": "proleptic_gregorian" if _iso(row["start_date"]) < "1582-10-15" else "gregorian",
                "place": row["place"],
                "confidence": row["confidence"].partition(";")[0],
                "doubt": "the calendar of this date is uncertain" if "calendar" in row["confidence"] else "",
                "source": row["source_id"],
            }
        )
    making.write("events.csv.gz", list(out[0]), out)
    curated = [
        {
            "id": row["id"],
            "name": row["event"],
            "aliases": row["aliases"],
            "kind": row["kind"],
            "start": row["start_date"],
            "end": row["end_date"],
            "precision": row["precision"],
            "calendar": row["calendar"],
            "place": row["place"],
            "confidence": row["confidence"],
            "doubt": doubts.get(row["id"], ""),
            "source": re.sub(r"\(\w+\)", "", row["verified_by"]),
        }
        for row in making.rows("events_curated.csv")
    ]
    making.write("events_curated.csv", list(curated[0]), curated)


def _country(place: str) -> str:
    """The country of a place that is one, as a code or as an id."""
    if len(place) == 2:
        return place
    return place.removeprefix("cc:") if place.startswith("cc:") else ""


def _iso(text: str) -> str:
    """A date with a four-digit year (and a sign before our era)."""
    match = re.fullmatch(r"(-?)0*(\d+)((?:-\d\d)*)", text)
    return f"{match[1]}{int(match[2]):04d}{match[3]}" if match else text


def _singular(kind: str) -> str:
    return {
        "civil_wars": "war",
        "wars": "war",
        "coups": "coup",
        "independence_declarations": "independence",
        "massacres": "massacre",
        "protests": "protest",
        "rebellions": "rebellion",
        "revolutions": "revolution",
        "strikes": "strike",
        "treaties": "treaty",
    }.get(kind, kind)

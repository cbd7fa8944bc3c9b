"""Places by kind: cities, airports, power plants, and all others in one table."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.tables.building.making import REPEATED_LISTS
from flows.tables.building.power_plants import make_power_plants
from flows.tables.building.things import same_thing

if TYPE_CHECKING:
    from collections.abc import Mapping

    from flows.tables.building.making import Making
    from flows.tables.files import Row

# Countries that are no more; the gazetteer lists them without coordinates.
_DISSOLVED = {"cc:AN", "cc:CS"}
_KIND_ORDER = {"world": 0, "union": 1, "country": 2, "territory": 3, "admin1": 4}


def make_places(making: Making) -> None:
    """Split the places by kind; features that a curated table has too give it their coordinates."""
    census = {
        row["entity_id"]: row["value"]
        for row in sorted(making.facts, key=lambda row: row["as_of"])
        if row["attribute"] == "population" and row["entity_id"].startswith(("a1:", "fb:"))
    }
    countries = _only_countries(making)
    tables: dict[str, list[Row]] = {"city": [], "airport": [], "power_plant": [], "other": []}
    coordinates = []
    for row in making.places:
        kind, identifier = row["kind"], row["id"]
        place = {
            "id": identifier,
            "name": re.sub(r"\s*\((Rus|Japan|Fr\. and It|Argus)\.?\)", "", row["name"]).rstrip("*"),
            "kind": kind,
            "country": row["country_code"] or countries.get(identifier, ""),
            "region": row["admin1_code"],
            "lat": row["lat"],
            "lon": row["lon"],
            "population": row["population"] or census.get(identifier, ""),
            "feature": row["feature_code"],
            "source": row["source_id"],
        }
        if kind in ("city", "airport"):
            tables[kind].append(place | {"id": identifier.partition(":")[2]})
        elif kind == "power_plant":
            tables[kind].append(place)
        elif identifier in _DISSOLVED or identifier in making.same:
            continue
        elif thing := same_thing(making, kind, place["name"], identifier):
            coordinates.append((thing, place))
        else:
            tables["other"].append(place)
    others = tables["other"]
    others += _curated_places(making, coordinates)
    others += _factbook_features(making, {row["id"] for row in others})
    others += _ranked_things(making, countries)
    others.sort(key=lambda row: (_KIND_ORDER.get(row["kind"], 9), row["kind"], row["id"]))
    fields = ["id", "name", "kind", "country", "region", "lat", "lon", "population", "feature", "source"]
    making.write("places.csv", fields, others)
    cities = sorted(tables["city"], key=lambda row: int(row["id"]))
    making.write("cities.csv.gz", [field for field in fields if field not in ("kind", "source")], cities)
    making.write("airports.csv", ["id", "name", "country", "lat", "lon", "source"], tables["airport"])
    making.kept |= {row["id"] for row in others} | {"gn:" + row["id"] for row in cities}
    making.kept |= {"ap:" + row["id"] for row in tables["airport"]}
    make_power_plants(making, tables["power_plant"], cities)


def _only_countries(making: Making) -> dict[str, str]:
    """The country of each lake or river that the Factbook lists under one; nothing of those it lists under more."""
    listed = {
        row["entity_id"]: re.findall(r"cc:([A-Z]{2})", row["note"])
        for row in making.facts
        if row["note"].startswith("listed under") and not row["entity"].endswith("*")
    }
    return {identifier: countries[0] for identifier, countries in listed.items() if len(countries) == 1}


def _curated_places(making: Making, coordinates: list[tuple[Row, Row]]) -> list[Row]:
    """Rows for the curated things whose coordinates another table knows."""
    out = {}
    for thing, place in coordinates:
        if not place["lat"] or thing["entity_id"] in out:
            continue
        places = [each.removeprefix("cc:") for each in thing["place"].split(";") if each.startswith("cc:")]
        country = places[0] if len(places) == 1 else ""
        named = {"id": thing["entity_id"], "name": thing["entity"], "kind": thing["kind"], "country": country}
        out[thing["entity_id"]] = place | named
        making.listed.pop(thing["entity_id"], None)
    return list(out.values())


def _factbook_features(making: Making, seen: set[str]) -> list[Row]:
    """What the Factbook's lists of the largest things hold and no other table has."""
    out = []
    for row in making.facts:
        identifier = row["entity_id"]
        if not identifier.startswith("fb:feature:") or row["qualifier"] in REPEATED_LISTS:
            continue
        kind = _feature_kind(row["qualifier"])
        if identifier in seen or identifier in making.same or same_thing(making, kind, row["entity"], identifier):
            continue
        name = row["entity"] + (" Desert" if kind == "desert" else "")
        out.append({"id": identifier, "name": name, "kind": kind, "source": row["source_id"]})
        seen.add(identifier)
    return out


def _ranked_things(making: Making, countries: Mapping[str, str]) -> list[Row]:
    """Rows for the things that only rank lists name, under the name that another table has for them."""
    named = {row["id"]: row["name"] for row in making.places}
    for other, identifier in making.same.items():
        if (thing := making.listed.get(identifier)) and other in named:
            thing |= {"entity": named[other], "source": "cia_factbook", "country": countries.get(other, "")}
    return [
        {
            "id": thing["entity_id"],
            "name": thing["entity"],
            "kind": thing["kind"],
            "country": thing.get("country", ""),
            "source": thing.get("source", "measures"),
        }
        for thing in making.listed.values()
    ]


def _feature_kind(qualifier: str) -> str:
    for word, kind in (
        ("landmass", "landmass"),
        ("water bodies", "ocean"),
        ("islands", "island"),
        ("mountain ranges", "mountain_range"),
        ("deserts", "desert"),
        ("lakes", "lake"),
        ("rivers", "river"),
    ):
        if word in qualifier:
            return kind
    return "mountain"

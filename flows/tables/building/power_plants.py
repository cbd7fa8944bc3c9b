"""Power plants of some size, each once."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any

from checks.core.names import fold

if TYPE_CHECKING:
    from flows.tables.building.making import Making
    from flows.tables.files import Row

# Plants that a database lists and that do not exist, or not with that output.
_BOGUS = {"pp:GEODB0042988": "its site and output are those of the nuclear plant beside it"}
_SMALLEST_MW = 50
_PLANT_WORDS = re.compile(
    r"\b(nuclear|nuclaer|thermal|hydro|hydroelectric|power|plant|station|generating|energy|cent(er|re)|project|"
    r"facility|npp|hpp|tpp|ccgt|ccpp|chp|coal|gas|wind|farm|solar|korea)\b"
)


def make_power_plants(making: Making, places: list[Row], cities: list[Row]) -> None:
    """Power plants of some size, each once, with the databases' differing outputs as differing facts."""
    about = {row["entity_id"]: row for row in making.facts if row["attribute"] == "capacity"}
    plants: list[dict[str, Any]] = []
    for row in places:
        fact = about.get(row["id"])
        if fact is None or row["id"] in _BOGUS or not row["lat"] or not row["name"]:
            continue
        mw = float(fact["value"])
        if mw < _SMALLEST_MW and fact["qualifier"] != "Nuclear":
            continue
        name = row["name"].replace("Nuclaer", "Nuclear")
        if name.isupper():
            name = name.title()
        plants.append(
            {
                "id": row["id"],
                "name": name,
                "country": row["country"],
                "fuel": fact["qualifier"],
                "capacity_mw": fact["value"],
                "lat": row["lat"],
                "lon": row["lon"],
                "as_of": fact["as_of"],
                "source": row["source"],
                "database": fact["note"],
                "disputed": "false",
            }
        )
    towns: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        towns[city["country"]].append(city)
    same_site: dict[str, str] = {}
    by_cell: dict[tuple[str, str, int, int], list[dict[str, Any]]] = defaultdict(list)
    # National registers first: they are newer than the global list that they overlap with.
    plants.sort(key=lambda plant: (plant["database"] == "GEODB", -float(plant["capacity_mw"]), plant["id"]))
    out = []
    for plant in plants:
        lat, lon = float(plant["lat"]), float(plant["lon"])
        stems = set(_stem(plant["name"]).split())
        near = [
            other
            for dlat in (-1, 0, 1)
            for dlon in (-1, 0, 1)
            for other in by_cell[plant["country"], plant["fuel"], int(lat * 10) + dlat, int(lon * 10) + dlon]
            if other["database"] != plant["database"] and stems & set(_stem(other["name"]).split())
        ]
        if near:
            near[0].setdefault("also", []).append(plant)
            same_site[plant["id"]] = near[0]["id"]
            continue
        by_cell[plant["country"], plant["fuel"], int(lat * 10), int(lon * 10)].append(plant)
        out.append(plant)
    making.same |= same_site
    for plant in out:
        others = plant.get("also", [])
        names = {_stem(each["name"]) for each in (plant, *others)} | {each["name"] for each in others}
        plant["aliases"] = ";".join(sorted(name for name in names if name and name != plant["name"]))
        spread = [float(each["capacity_mw"]) for each in (plant, *others)]
        plant["disputed"] = str(max(spread) > 1.05 * min(spread)).lower()
    out.sort(key=lambda plant: plant["id"])
    fields = ["id", "name", "aliases", "country", "fuel", "capacity_mw", "lat", "lon"]
    fields += ["as_of", "source", "database", "disputed"]
    making.write("power_plants.csv", fields, out)
    making.kept |= {plant["id"] for plant in out}


def _stem(name: str) -> str:
    return " ".join(_PLANT_WORDS.sub(" ", fold(name)).split())

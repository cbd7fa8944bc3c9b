"""The other names of places."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from checks.core.names import fold

if TYPE_CHECKING:
    from flows.tables.building.making import Making

# Names of the sources that mean something else in copy.
_NO_NAMES = {
    ("cc:AS", "AS"),
    ("cc:BA", "BiH"),
    ("cc:CF", "CAR"),
    ("cc:CH", "CH"),
    ("cc:MA", "Western Sahara"),
    ("cc:PR", "PR"),
    ("cc:VI", "VI"),
}


def make_names(making: Making) -> None:
    """The gazetteer's other names, without those that would make a village answer for a metropolis."""
    rows = making.aliases
    people = {row["id"]: int(row["population"] or 0) for row in making.places}
    name_of = {row["id"]: fold(row["name"]) for row in making.places}
    famous: dict[str, int] = defaultdict(int)
    own: dict[str, dict[str, int]] = defaultdict(dict)
    for row in making.places:
        if row["kind"] in ("country", "territory", "admin1", "city"):
            weight = people[row["id"]] if row["kind"] == "city" else max(people[row["id"]], 5_000_000)
            folded, country = fold(row["name"]), row["country_code"]
            famous[folded] = max(famous[folded], weight)
            own[folded][country] = max(own[folded].get(country, 0), weight)
    country_of = {row["id"]: row["country_code"] for row in making.places}
    for row in rows:
        if row["type"] != "iso3166-2":
            folded = fold(row["alias"])
            famous[folded] = max(famous[folded], people.get(row["place_id"], 0))
    out, names = [], []
    for row in rows:
        place, alias, kind = row["place_id"], row["alias"].split(";")[0].strip(), row["type"]
        if place.startswith("ap:") or kind in ("iso3166-2", "iata"):
            continue
        place = making.same.get(place, place)
        folded = fold(alias)
        if place not in making.kept or not folded or folded == name_of.get(place):
            continue
        if kind == "demonym":
            continue  # kept by hand: the Factbook's nouns and news English's are more than these
        if kind in ("geonames", "iso3166-2 name", "alt"):
            # Kosciusko (7,000 people) has "Peking" among its aliases: nobody means it.
            mine = people.get(row["place_id"], 0) if place.startswith("gn:") else 1_000_000
            if famous[folded] >= 100_000 and famous[folded] >= 20 * mine:
                continue
            # Amman was Philadelphia, but that is the name of a large city elsewhere now.
            abroad = [size for country, size in own[folded].items() if country != country_of.get(row["place_id"])]
            if max(abroad, default=0) >= 80_000:
                continue
            if alias.isupper() and len(alias) <= 3 and alias.isascii():
                continue  # airport codes and the like
            out.append((place.removeprefix("gn:"), alias))
        elif not alias.isdigit() and kind != "iso3" and (place, alias) not in _NO_NAMES:
            names.append({"place_id": place, "name": alias, "type": kind, "source": "cia_factbook"})
    making.write("aliases.csv.gz", ["place_id", "alias"], ({"place_id": a, "alias": b} for a, b in dict.fromkeys(out)))
    making.write("names.csv", ["place_id", "name", "type", "source"], names)

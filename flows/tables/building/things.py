"""Curated things and their measures. They come first: other tables' rows give way to them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.core.names import fold
from flows.tables.building.units import UNITS

if TYPE_CHECKING:
    from flows.tables.building.making import Making
    from flows.tables.files import Row

_PLACE_WORDS = re.compile(
    r"^(lake|lago|lac|ozero|lagoa|mount|mt|river|rio|gora|monte)\b|\b(lake|river|island|desert|mountain)$"
)
_GROUPS = {
    "volcano": "mountain",
    "sea": "water",
    "lagoon": "water",
    "lake": "water",
    "ocean": "water",
    "region": "mountain_range",
    "extreme_point": "depression",
}
# Names of which the id does not show how they are written.
_TITLES = {
    "k2": "K2",
    "citic-tower": "CITIC Tower",
    "tianjin-ctf-finance-centre": "Tianjin CTF Finance Centre",
    "changsha-ifs-tower-t1": "Changsha IFS Tower T1",
    "wuhan-greenland-center": "Wuhan Greenland Center",
    "estadio-santiago-bernabeu": "Estadio Santiago Bernabéu",
    "trump-international-hotel-and-tower-chicago": "Trump International Hotel and Tower (Chicago)",
}


def make_things(making: Making) -> None:
    """measures.csv; and which things there are, by the names that other tables may know them by."""
    rows = making.rows("measures.csv")
    cities = _largest_cities(making)
    out = []
    for row in rows:
        identifier = row["entity_id"]
        if row["kind"] == "city":
            identifier = making.same.setdefault(identifier, cities.get((fold(row["entity"]), row["place"]), identifier))
        elif row["kind"] == "army" and row["place"].startswith("cc:"):
            identifier = making.same.setdefault(identifier, row["place"])
        identifier = making.same.get(identifier, identifier)
        moved = identifier != row["entity_id"]
        value, low, high = (float(row[key]) if row[key] else None for key in ("value", "low", "high"))
        spread = low is not None and high is not None and value and (high - low) > 0.02 * abs(value)
        out.append(
            {
                "entity_id": identifier,
                "entity": row["entity"],
                "aliases": "" if moved else row["aliases"],
                "kind": row["kind"],
                "place": row["place"],
                "attribute": attribute_for(row["attribute"], identifier),
                "qualifier": row["qualifier"],
                "value": row["value"],
                "low": row["low"],
                "high": row["high"],
                "unit": UNITS[row["unit"]],
                "as_of": row["as_of"],
                "source": row["source_id"],
                "confidence": row["confidence"],
                "derived": str("ne_admin1_derived" in row["source_id"]).lower(),
                "disputed": str(bool(spread) or row["attribute"] == "deaths").lower(),
            }
        )
        if not moved:
            for name in (row["entity"], *row["aliases"].split(";")):
                making.things.setdefault((_kind_group(row["kind"]), _bare(name)), row)
    # Ranked things that no measure describes: other tables may know them by the same name.
    making.kept |= {row["entity_id"] for row in out}
    known = {row["entity_id"] for row in rows}
    for row in making.rows("rank_lists.csv"):
        for identifier in row["entity_ids"].split(";"):
            if identifier not in known and identifier not in making.same:
                _, kind, slug = identifier.split(":")
                thing = {"entity_id": identifier, "entity": _title(slug), "kind": kind, "place": "", "aliases": ""}
                making.listed[identifier] = thing
                making.things.setdefault((_kind_group(kind), _bare(thing["entity"])), thing)
    making.write("measures.csv", list(out[0]), out)


def _largest_cities(making: Making) -> dict[tuple[str, str], str]:
    """The largest city of each name in each country, for tables that name a city without the gazetteer's id."""
    found: dict[tuple[str, str], tuple[int, str]] = {}
    for row in making.places:
        if row["kind"] == "city":
            key = (fold(row["name"]), "cc:" + row["country_code"])
            found[key] = max(found.get(key, (0, "")), (int(row["population"] or 0), row["id"]))
    names = {row["id"]: row for row in making.places if row["kind"] == "city"}
    for row in making.aliases:
        if city := names.get(row["place_id"]):
            people = int(city["population"] or 0)
            if people > 100_000:
                key = (fold(row["alias"]), "cc:" + city["country_code"])
                found[key] = max(found.get(key, (0, "")), (people, city["id"]))
    return {key: identifier for key, (_, identifier) in found.items()}


def same_thing(making: Making, kind: str, name: str, identifier: str) -> Row | None:
    """The curated thing that a row of another table describes too."""
    groups = ("island", "continent") if kind == "landmass" else (_kind_group(kind),)
    row = next((making.things[group, _bare(name)] for group in groups if (group, _bare(name)) in making.things), None)
    if row is not None and identifier != row["entity_id"]:
        making.same[identifier] = row["entity_id"]
    return row


def _title(slug: str) -> str:
    return _TITLES.get(slug) or " ".join(word.capitalize() for word in slug.split("-"))


def _kind_group(kind: str) -> str:
    return _GROUPS.get(kind, kind)


def _bare(name: str) -> str:
    """A feature's name without the word that says what it is: tables differ in that."""
    return _PLACE_WORDS.sub("", fold(name)).strip() or fold(name)


def attribute_for(attribute: str, identifier: str) -> str:
    """Countries and regions have a total and a land area, lakes and islands just an area."""
    if attribute in ("area", "area_total"):
        political = identifier.startswith(("cc:", "a1:")) or re.fullmatch(r"fb:\w\w", identifier)
        return "area_total" if political else "area"
    return attribute

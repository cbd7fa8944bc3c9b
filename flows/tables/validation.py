"""Whether the tables are sound: their schema, and gates of their own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flows.tables.files import Row, data_folder, read_package, read_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

#: What every version of the tables must answer: (entity, attribute, source, value).
_KNOWN_FACTS = (
    ("cc:UA", "area_total", "cia_factbook", 603_550),
    ("cc:UA", "area_land", "cia_factbook", 579_330),
    ("fb:we", "area_total", "cia_factbook", 5_860),
    ("fb:gz", "area_total", "cia_factbook", 360),
    ("m:building:burj-khalifa", "architectural_height", "building_lists_js", 828),
)
_KNOWN_EVENTS = (
    ("cur:001", "2014-03-18"),
    ("ev:american-civil-war", "1861-04-12"),
)
#: No value of these attributes lies outside, in the unit given.
_LIMITS = {
    "area": (0, 5.2e8, "kilometer ** 2"),
    "area_total": (0, 5.2e8, "kilometer ** 2"),
    "area_land": (0, 1.6e8, "kilometer ** 2"),
    "population": (0, 1.2e10, "count"),
    "elevation": (-12_000, 8_900, "meter"),
    "capacity": (0, 23_000, "megawatt"),
    "inflation_cpi": (-100, 1e7, "percent"),
    "life_expectancy": (15, 100, "year"),
}
#: Units that are none to pint: counts, shares, money, and those of a few constants.
_PLAIN_UNITS = (
    "1 / mole",
    "USD",
    "count",
    "coulomb",
    "dimensionless",
    "joule * second",
    "newton * meter ** 2 / kilogram ** 2",
    "percent",
)


def validate(data: Path | None = None) -> list[str]:
    """What is wrong with the tables, a sentence each; nothing where they are sound.

    Frictionless checks every table against its schema in datapackage.json. Then the tables' own gates: each file
    described, each row's source cited, no identifier without its place, units that pint knows, dates that are
    dates, values within what is possible, and answers that must not change.
    """
    data = data or data_folder()
    return [*_schema_errors(data), *_package_errors(data), *_row_errors(data), *_answer_errors(data)]


def _schema_errors(data: Path) -> Iterator[str]:
    import frictionless

    report = frictionless.validate(str(data / "datapackage.json"), parallel=False, limit_errors=5)
    for error in report.errors:
        yield f"datapackage.json: {error.message}"
    for task in report.tasks:
        for error in task.errors:
            yield f"{task.name}: {error.message}"


def _package_errors(data: Path) -> Iterator[str]:
    resources_ = read_package(data)["resources"]
    described = {resource["path"] for resource in resources_}
    for path in sorted(data.iterdir()):
        if path.name.endswith((".csv", ".csv.gz", ".txt")) and path.name not in described:
            yield f"{path.name}: not described in datapackage.json"
    for resource in resources_:
        for key in ("title", "description", "sources", "licenses"):
            if not resource.get(key):
                yield f"{resource['name']}: no {key} in datapackage.json"


def _row_errors(data: Path) -> Iterator[str]:
    """Orphans, uncited sources, unknown units, impossible dates and values."""
    from checks.core.index import TABLES

    cited = {row["id"] for row in read_rows(data / "sources.csv")}
    places = {row["id"] for name in ("places.csv", "places_added.csv") for row in read_rows(data / name)}
    places |= {"gn:" + row["id"] for row in read_rows(data / "cities.csv.gz")}
    places |= {"ap:" + row["id"] for row in read_rows(data / "airports.csv")}
    places |= {row["id"] for row in read_rows(data / "power_plants.csv")}
    places |= {row["entity_id"] for row in read_rows(data / "measures.csv")}
    units = _unit_slopes(data)
    for name in TABLES:
        if ".csv" not in name or name == "unit_names.csv" or not (data / name).is_file():
            continue
        for number, row in enumerate(read_rows(data / name), 2):
            where = f"{name}, line {number}"
            for source in filter(None, row.get("source", "").split(";")):
                if source not in cited and source != "measures":
                    yield f"{where}: source {source!r} is not in sources.csv"
            if not row.get("source", "x"):
                yield f"{where}: no source"
            for identifier in _identifiers(row):
                if identifier not in places and "gn:" + identifier not in places:
                    yield f"{where}: no place {identifier!r}"
            yield from (f"{where}: {error}" for error in _value_errors(row, units))


def _identifiers(row: Row) -> list[str]:
    if "entity_ids" in row:
        return row["entity_ids"].split(";")
    if "region" in row and "membership" in row:
        return ["cc:" + row["country"]]
    return [row[key] for key in ("entity_id", "place_id", "city") if row.get(key)]


def _value_errors(row: Row, units: Mapping[str, float | None]) -> Iterator[str]:
    unit, attribute = row.get("unit", ""), row.get("attribute", "")
    if unit and unit not in units:
        yield f"unit {unit!r} is unknown"
    if (limits := _LIMITS.get(attribute)) and row.get("value"):
        value = float(row["value"]) * (units.get(unit) or 1) / (units.get(limits[2]) or 1)
        if not limits[0] <= value <= limits[1]:
            yield f"{attribute} of {row['value']} {unit} is out of range"
    for key in ("start", "end", "since", "until"):
        if row.get(key) and not _is_date(row[key]):
            yield f"{row[key]!r} is no date"
    start, end = row.get("start", ""), row.get("end", "")
    if end and not start.startswith(("-", end)) and end < start:
        yield f"ends on {end}, before it starts on {start}"


def _is_date(text: str) -> bool:
    match = re.fullmatch(r"(-?)(\d{4})(?:-(\d\d))?(?:-(\d\d))?", text)
    if not match:
        return False
    month, day = int(match[3] or 1), int(match[4] or 1)
    return 1 <= month <= 12 and 1 <= day <= 31


def _unit_slopes(data: Path) -> dict[str, float | None]:
    """The units that tables may use, with their factor to the base unit where they have one."""
    from checks.core.units import compile_units, find_unit

    compiled = {unit.name: unit for unit in compile_units()}
    slopes: dict[str, float | None] = dict.fromkeys(_PLAIN_UNITS)
    for name in ("facts.csv", "facts_added.csv", "measures.csv", "country_series.csv.gz"):
        for row in read_rows(data / name):
            if row["unit"] not in slopes and (unit := find_unit(row["unit"], compiled.get)):
                slopes[row["unit"]] = unit.slope
    return slopes


def _answer_errors(data: Path) -> Iterator[str]:
    facts = {
        (row["entity_id"], row["attribute"], source): float(row["value"])
        for name in ("measures.csv", "facts_added.csv", "facts.csv")
        for row in read_rows(data / name)
        for source in row["source"].split(";")
        if not row.get("as_of") or name == "measures.csv"
    }
    for entity, attribute, source, value in _KNOWN_FACTS:
        if (found := facts.get((entity, attribute, source))) != value:
            yield f"{entity} {attribute} by {source} should be {value}, not {found}"
    starts = {row["id"]: row["start"] for row in read_rows(data / "events_curated.csv")}
    for event, start in _KNOWN_EVENTS:
        if starts.get(event) != start:
            yield f"{event} should start on {start}, not {starts.get(event)}"

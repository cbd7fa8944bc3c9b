"""The reference tables from the outside: how they were made, whether they are sound, what is in them.

``build`` made ``reference_data/`` out of tidy source tables gathered from the publishers that
``reference_data/sources.csv`` names; it needs those files and is run by hand, when the sources have news.
``validate`` is run by the tests and by ``figurecheck tables validate``. The other functions give plain rows
for ``figurecheck tables list``, ``show`` and ``find``.

Three kinds of tables:

- made: cities, places, aliases, facts, series, events, exchange rates ... written by ``build``, never by hand;
- kept: names, regions, demonyms, added places, facts and events: curated by hand, each row with its source;
- words: the lists that the reading of copy uses; ``build`` does not touch them.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.core.names import fold

if TYPE_CHECKING:
    import pandas as pd

    from checks.core.reference import Tables

Row = dict[str, str]
Progress = Callable[[str, int, int], None]

#: Unit symbols of the source tables, and the pint expressions that figurecheck uses throughout.
UNITS = {
    "%": "percent",
    "1/mol": "1 / mole",
    "C": "coulomb",
    "GW": "gigawatt",
    "J*s": "joule * second",
    "J/K": "joule / kelvin",
    "L": "liter",
    "MW": "megawatt",
    "N*m^2/kg^2": "newton * meter ** 2 / kilogram ** 2",
    "USD": "USD",
    "cm": "centimeter",
    "count": "count",
    "day": "day",
    "degC": "degree_Celsius",
    "dimensionless": "dimensionless",
    "ft": "foot",
    "g": "gram",
    "gallon": "gallon",
    "hour": "hour",
    "kPa": "kilopascal",
    "kW": "kilowatt",
    "kWh": "kilowatt_hour",
    "kg": "kilogram",
    "kg/m^3": "kilogram / meter ** 3",
    "km": "kilometer",
    "km/s": "kilometer / second",
    "km^2": "kilometer ** 2",
    "m": "meter",
    "m/s": "meter / second",
    "m/s^2": "meter / second ** 2",
    "m^2": "meter ** 2",
    "m^3": "meter ** 3",
    "mL": "milliliter",
    "mbar": "millibar",
    "mile": "mile",
    "mile/s": "mile / second",
    "mile^2": "mile ** 2",
    "mm": "millimeter",
    "oil_bbl": "oil_barrel",
    "oil_bbl/day": "oil_barrel / day",
    "percent": "percent",
    "ppm": "ppm",
    "t": "metric_ton",
    "tonne": "metric_ton",
    "year": "year",
}

#: Units that are none to pint: counts, shares, money, and those of a few constants.
PLAIN_UNITS = (
    "1 / mole",
    "USD",
    "count",
    "coulomb",
    "dimensionless",
    "joule * second",
    "newton * meter ** 2 / kilogram ** 2",
    "percent",
)
# Facts that no check reads: shares of obese adults, numbers of heliports ...
UNUSED_ATTRIBUTES = {
    "adult_obesity_rate",
    "heliports",
    "airports",
    "irrigated_land",
    "physicians_per_1000",
    "literacy_rate",
    "internet_users_share",
    "mobile_subscriptions",
}
# Lists of the Factbook that repeat its country pages, or rank capitals by height.
UNUSED_QUALIFIERS = {
    "highest capital on each continent",
    "highest point on each continent",
    "ten smallest independent countries",
    "top fifteen World Factbook entities ranked by size",
}
# Plants that a database lists and that do not exist, or not with that output.
BOGUS_PLANTS = {"pp:GEODB0042988": "its site and output are those of the nuclear plant beside it"}
# Countries that are no more; the gazetteer lists them without coordinates.
DISSOLVED = {"cc:AN", "cc:CS"}
# Names of the sources that mean something else in copy.
NO_NAMES = {
    ("cc:AS", "AS"),
    ("cc:BA", "BiH"),
    ("cc:CF", "CAR"),
    ("cc:CH", "CH"),
    ("cc:MA", "Western Sahara"),
    ("cc:PR", "PR"),
    ("cc:VI", "VI"),
}
# Entities of the measures table that are places of another table: the region, not a copy of it.
SAME_PLACE = {
    "m:region:crimea": "a1:UA.11",
    "m:region:rhode-island": "a1:US.RI",
    "m:region:texas": "a1:US.TX",
    "m:region:california": "a1:US.CA",
    "m:population:world": "fb:xx",
    "m:mountain:ne-aoraki-mt-cook": "m:mountain:aoraki-mount-cook",
    "fb:river:yenisey-angara": "m:river:yenisei-angara",
    "fb:feature:huang-he-yellow": "m:river:yellow-river",
    "fb:river:rio-limpopo": "fb:river:limpopo",
    "fb:lake:lago-san-martin": "fb:lake:lago-o-higgins",
    "fb:lake:abhe-bid-hayk-abhe-bad": "m:lake:fb-abhe-bad-abhe-bid-hayk",
    "fb:lake:zalew-szczecinski-stettiner-haff": "m:lake:fb-stettiner-haff-zalew-szczecinski",
}
SMALLEST_PLANT_MW = 50
PLANT_WORDS = re.compile(
    r"\b(nuclear|nuclaer|thermal|hydro|hydroelectric|power|plant|station|generating|energy|cent(er|re)|project|"
    r"facility|npp|hpp|tpp|ccgt|ccpp|chp|coal|gas|wind|farm|solar|korea)\b"
)
PLACE_WORDS = re.compile(
    r"^(lake|lago|lac|ozero|lagoa|mount|mt|river|rio|gora|monte)\b|\b(lake|river|island|desert|mountain)$"
)


def data_folder() -> Path:
    """The folder of the tables that this installation carries."""
    return Path(str(resources.files("reference_data").joinpath("datapackage.json"))).parent


def read_rows(path: Path) -> list[Row]:
    """The rows of one table, compressed or not."""
    data = path.read_bytes()
    text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def write_rows(path: Path, fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> int:
    """Write one table; compressed ones come out the same, byte for byte, from the same rows."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, fields, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    count = 0
    for row in rows:
        writer.writerow(row)
        count += 1
    data = text.getvalue().encode()
    if path.suffix == ".gz":
        data = gzip.compress(data, 9, mtime=0)
    path.write_bytes(data)
    return count


# -- looking ---------------------------------------------------------------------------------------------------------


def list_tables(data: Path | None = None) -> list[dict[str, Any]]:
    """A line for each table: name, title, rows, sources and the day it describes."""
    data = data or data_folder()
    found = []
    for resource in _package(data)["resources"]:
        path = data / resource["path"]
        rows = len(read_rows(path)) if ".csv" in path.suffixes else None
        found.append(
            {
                "name": resource["name"],
                "title": resource.get("title", ""),
                "rows": rows,
                "sources": "; ".join(source.get("title", "") for source in resource.get("sources", [])),
                "as_of": resource.get("as_of", ""),
                "path": resource["path"],
            }
        )
    return found


def show_table(name: str, limit: int | None = None, data: Path | None = None) -> list[Row]:
    """The rows of one table, all or the first ones. Raises KeyError for an unknown name, with the nearest one."""
    data = data or data_folder()
    paths = {resource["name"]: resource["path"] for resource in _package(data)["resources"]}
    path = data / paths.get(name, "")
    if not path.is_file() or ".csv" not in path.suffixes:
        from rapidfuzz import process

        tables = [each for each, file in paths.items() if ".csv" in file]
        nearest = process.extractOne(name, tables)
        raise KeyError(f"no table {name!r}; did you mean {nearest[0]!r}?" if nearest else f"no table {name!r}")
    return read_rows(path)[:limit]


def find_entities(name: str, tables: Tables | None = None, limit: int = 10) -> list[dict[str, Any]]:
    """What the tables know under a name: places and things with their facts, then events, each as a plain row."""
    from checks.core.index import THINGS
    from checks.core.reference import default_tables

    tables = tables or default_tables()
    places = [*tables.places(name), *tables.places(name, kinds=THINGS)][:limit]
    alike = places or [place for place, _ in tables.similar(name, limit=limit)]
    found: list[dict[str, Any]] = [
        {
            "id": place.id,
            "name": place.name,
            "kind": place.kind,
            "country": place.country,
            "match": "exact" if places else "similar",
            "facts": [
                {
                    "attribute": fact.attribute,
                    "qualifier": fact.qualifier,
                    "value": fact.value,
                    "unit": fact.unit,
                    "as_of": fact.as_of,
                    "source": fact.source,
                    "derived": fact.derived,
                    "disputed": fact.disputed,
                }
                for fact in tables.facts(place.id)
            ],
        }
        for place in alike
    ]
    found += [
        {
            "id": event.id,
            "name": event.name,
            "kind": event.kind,
            "country": event.place,
            "match": "words",
            "start": event.start,
            "end": event.end,
            "source": event.source,
            "doubt": event.doubt,
        }
        for event in tables.events(name.split(), limit=limit)
    ]
    return found


def _package(data: Path) -> dict[str, Any]:
    package: dict[str, Any] = json.loads((data / "datapackage.json").read_text("utf-8"))
    return package


# -- validating ------------------------------------------------------------------------------------------------------

#: What every version of the tables must answer: (entity, attribute, source, value).
KNOWN_FACTS = (
    ("cc:UA", "area_total", "cia_factbook", 603_550),
    ("cc:UA", "area_land", "cia_factbook", 579_330),
    ("fb:we", "area_total", "cia_factbook", 5_860),
    ("fb:gz", "area_total", "cia_factbook", 360),
    ("m:building:burj-khalifa", "architectural_height", "building_lists_js", 828),
)
KNOWN_EVENTS = (
    ("cur:001", "2014-03-18"),
    ("ev:american-civil-war", "1861-04-12"),
)
#: No value of these attributes lies outside, in the unit given.
LIMITS = {
    "area": (0, 5.2e8, "kilometer ** 2"),
    "area_total": (0, 5.2e8, "kilometer ** 2"),
    "area_land": (0, 1.6e8, "kilometer ** 2"),
    "population": (0, 1.2e10, "count"),
    "elevation": (-12_000, 8_900, "meter"),
    "capacity": (0, 23_000, "megawatt"),
    "inflation_cpi": (-100, 1e7, "percent"),
    "life_expectancy": (15, 100, "year"),
}


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
    resources_ = _package(data)["resources"]
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
    if (limits := LIMITS.get(attribute)) and row.get("value"):
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
    slopes: dict[str, float | None] = dict.fromkeys(PLAIN_UNITS)
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
    for entity, attribute, source, value in KNOWN_FACTS:
        if (found := facts.get((entity, attribute, source))) != value:
            yield f"{entity} {attribute} by {source} should be {value}, not {found}"
    starts = {row["id"]: row["start"] for row in read_rows(data / "events_curated.csv")}
    for event, start in KNOWN_EVENTS:
        if starts.get(event) != start:
            yield f"{event} should start on {start}, not {starts.get(event)}"


# -- building ------------------------------------------------------------------------------------------------------


def build(source: Path, target: Path, *, progress: Progress | None = None) -> dict[str, int]:
    """Make the reference tables in ``target`` out of the gathered tables in ``source``.

    ``source`` holds tidy tables taken from the publishers that sources.csv cites: places.csv and aliases.csv
    (GeoNames, Natural Earth, World Resources Institute, airportsdata, CIA Factbook), facts.csv,
    facts_timeseries.csv and facts_city_population.csv (Factbook, World Bank, Gapminder, Wikidata ...),
    facts_earthquakes.csv (NOAA), events.csv (Wikidata, UCDP, UNESCO ...), events_curated.csv with
    events_doubts.csv, measures.csv, rank_lists.csv and exchange_rates.csv (ECB). Curated tables that are
    already in ``target`` (names, regions, demonyms, added rows) are read, never written. Returns the rows
    written for each table.
    """
    return _Making(source, target, progress).run()


class _Making:
    """One run of ``build``."""

    def __init__(self, source: Path, target: Path, progress: Progress | None) -> None:
        self.source = source
        self.target = target
        self.progress = progress
        self.written: dict[str, int] = {}
        #: Ids of the source tables that are another name for an entity kept under this id.
        self.same: dict[str, str] = dict(SAME_PLACE)
        self.kept: set[str] = set()

    def run(self) -> dict[str, int]:
        steps = [
            self.measures,
            self.places,
            self.aliases,
            self.facts,
            self.series,
            self.earthquakes,
            self.events,
            self.rates,
            self.rank_lists,
        ]
        for done, step in enumerate(steps):
            if self.progress:
                self.progress("making the reference tables", done, len(steps))
            step()
        if self.progress:
            self.progress("making the reference tables", len(steps), len(steps))
        return self.written

    def read(self, name: str) -> pd.DataFrame:
        import pandas as pd

        return pd.read_csv(self.source / name, dtype=str, keep_default_na=False)

    def rows(self, name: str) -> list[Row]:
        """The rows of a source table with its text in Unicode's composed form and without stray spaces."""
        frame = self.read(name)
        for column in frame.columns:
            frame[column] = frame[column].str.normalize("NFC").str.strip().str.replace(r"\s+", " ", regex=True)
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False, name=None)]

    def write(self, name: str, fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
        self.written[name] = write_rows(self.target / name, fields, rows)

    # -- measures: the curated things, first because other tables' rows give way to them

    def measures(self) -> None:
        rows = self.rows("measures.csv")
        cities = self.largest_cities()
        self.things: dict[tuple[str, str], Row] = {}
        out = []
        for row in rows:
            identifier = row["entity_id"]
            if row["kind"] == "city":
                identifier = self.same.setdefault(
                    identifier, cities.get((fold(row["entity"]), row["place"]), identifier)
                )
            elif row["kind"] == "army" and row["place"].startswith("cc:"):
                identifier = self.same.setdefault(identifier, row["place"])
            identifier = self.same.get(identifier, identifier)
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
                    "attribute": _attribute(row["attribute"], identifier),
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
                    self.things.setdefault((_kind_group(row["kind"]), _bare(name)), row)
        # Ranked things that no measure describes: other tables may know them by the same name.
        self.listed: dict[str, Row] = {}
        self.measured = {row["entity_id"] for row in out}
        known = {row["entity_id"] for row in rows}
        for row in self.rows("rank_lists.csv"):
            for identifier in row["entity_ids"].split(";"):
                if identifier not in known and identifier not in self.same:
                    _, kind, slug = identifier.split(":")
                    thing = {"entity_id": identifier, "entity": _title(slug), "kind": kind, "place": "", "aliases": ""}
                    self.listed[identifier] = thing
                    self.things.setdefault((_kind_group(kind), _bare(thing["entity"])), thing)
        self.write("measures.csv", list(out[0]), out)

    def largest_cities(self) -> dict[tuple[str, str], str]:
        """The largest city of each name in each country, for tables that name a city without the gazetteer's id."""
        found: dict[tuple[str, str], tuple[int, str]] = {}
        self.source_places = self.rows("places.csv")
        for row in self.source_places:
            if row["kind"] == "city":
                key = (fold(row["name"]), "cc:" + row["country_code"])
                found[key] = max(found.get(key, (0, "")), (int(row["population"] or 0), row["id"]))
        names = {row["id"]: row for row in self.source_places if row["kind"] == "city"}
        for row in self.rows("aliases.csv"):
            if city := names.get(row["place_id"]):
                people = int(city["population"] or 0)
                if people > 100_000:
                    key = (fold(row["alias"]), "cc:" + city["country_code"])
                    found[key] = max(found.get(key, (0, "")), (people, city["id"]))
        return {key: identifier for key, (_, identifier) in found.items()}

    def same_thing(self, kind: str, name: str, identifier: str) -> Row | None:
        """The curated thing that a row of another table describes too."""
        groups = ("island", "continent") if kind == "landmass" else (_kind_group(kind),)
        row = next((self.things[group, _bare(name)] for group in groups if (group, _bare(name)) in self.things), None)
        if row is not None and identifier != row["entity_id"]:
            self.same[identifier] = row["entity_id"]
        return row

    # -- places

    def places(self) -> None:
        """Split the places by kind; features that a curated table has too give it their coordinates."""
        self.source_facts = self.rows("facts.csv")
        census = {
            row["entity_id"]: row["value"]
            for row in sorted(self.source_facts, key=lambda row: row["as_of"])
            if row["attribute"] == "population" and row["entity_id"].startswith(("a1:", "fb:"))
        }
        #: The countries that the Factbook lists a lake or river under.
        self.countries = {
            row["entity_id"]: re.findall(r"cc:([A-Z]{2})", row["note"])
            for row in self.source_facts
            if row["note"].startswith("listed under") and not row["entity"].endswith("*")
        }
        tables: dict[str, list[Row]] = {"city": [], "airport": [], "power_plant": [], "other": []}
        coordinates = []
        for row in self.source_places:
            kind, identifier = row["kind"], row["id"]
            place = {
                "id": identifier,
                "name": re.sub(r"\s*\((Rus|Japan|Fr\. and It|Argus)\.?\)", "", row["name"]).rstrip("*"),
                "kind": kind,
                "country": row["country_code"] or self.only_country(identifier),
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
            elif identifier in DISSOLVED or identifier in self.same:
                continue
            elif thing := self.same_thing(kind, place["name"], identifier):
                coordinates.append((thing, place))
            else:
                tables["other"].append(place)
        others = tables["other"]
        others += self.curated_places(coordinates)
        others += self.factbook_features({row["id"] for row in others})
        others += self.ranked_things()
        others.sort(key=lambda row: (_KIND_ORDER.get(row["kind"], 9), row["kind"], row["id"]))
        fields = ["id", "name", "kind", "country", "region", "lat", "lon", "population", "feature", "source"]
        self.write("places.csv", fields, others)
        self.cities = sorted(tables["city"], key=lambda row: int(row["id"]))
        self.write("cities.csv.gz", [field for field in fields if field not in ("kind", "source")], self.cities)
        self.write("airports.csv", ["id", "name", "country", "lat", "lon", "source"], tables["airport"])
        self.kept = {row["id"] for row in others} | {"gn:" + row["id"] for row in self.cities}
        self.kept |= {"ap:" + row["id"] for row in tables["airport"]} | self.measured
        self.plants(tables["power_plant"])

    def only_country(self, identifier: str) -> str:
        """The country of a feature that lies in one."""
        countries = self.countries.get(identifier, [])
        return countries[0] if len(countries) == 1 else ""

    def curated_places(self, coordinates: list[tuple[Row, Row]]) -> list[Row]:
        """Rows for the curated things whose coordinates another table knows."""
        out = {}
        for thing, place in coordinates:
            if not place["lat"] or thing["entity_id"] in out:
                continue
            places = [each.removeprefix("cc:") for each in thing["place"].split(";") if each.startswith("cc:")]
            country = places[0] if len(places) == 1 else ""
            named = {"id": thing["entity_id"], "name": thing["entity"], "kind": thing["kind"], "country": country}
            out[thing["entity_id"]] = place | named
            self.listed.pop(thing["entity_id"], None)
        return list(out.values())

    def factbook_features(self, seen: set[str]) -> list[Row]:
        """What the Factbook's lists of the largest things hold and no other table has."""
        out = []
        for row in self.source_facts:
            identifier = row["entity_id"]
            if not identifier.startswith("fb:feature:") or row["qualifier"] in UNUSED_QUALIFIERS:
                continue
            kind = _feature_kind(row["qualifier"])
            if identifier in seen or identifier in self.same or self.same_thing(kind, row["entity"], identifier):
                continue
            name = row["entity"] + (" Desert" if kind == "desert" else "")
            out.append({"id": identifier, "name": name, "kind": kind, "source": row["source_id"]})
            seen.add(identifier)
        return out

    def ranked_things(self) -> list[Row]:
        """Rows for the things that only rank lists name, under the name that another table has for them."""
        named = {row["id"]: row["name"] for row in self.source_places}
        for other, identifier in self.same.items():
            if (thing := self.listed.get(identifier)) and other in named:
                thing |= {"entity": named[other], "source": "cia_factbook", "country": self.only_country(other)}
        return [
            {
                "id": thing["entity_id"],
                "name": thing["entity"],
                "kind": thing["kind"],
                "country": thing.get("country", ""),
                "source": thing.get("source", "measures"),
            }
            for thing in self.listed.values()
        ]

    def plants(self, places: list[Row]) -> None:
        """Power plants of some size, each once, with the databases' differing outputs as differing facts."""
        about = {row["entity_id"]: row for row in self.source_facts if row["attribute"] == "capacity"}
        plants: list[dict[str, Any]] = []
        for row in places:
            fact = about.get(row["id"])
            if fact is None or row["id"] in BOGUS_PLANTS or not row["lat"] or not row["name"]:
                continue
            mw = float(fact["value"])
            if mw < SMALLEST_PLANT_MW and fact["qualifier"] != "Nuclear":
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
        for city in self.cities:
            towns[city["country"]].append(city)
        same_site: dict[str, str] = {}
        by_cell: dict[tuple[str, str, int, int], list[dict[str, Any]]] = defaultdict(list)
        # National registers first: they are newer than the global list that they overlap with.
        plants.sort(key=lambda plant: (plant["database"] == "GEODB", -float(plant["capacity_mw"]), plant["id"]))
        out = []
        for plant in plants:
            lat, lon = float(plant["lat"]), float(plant["lon"])
            stems = set(_plant_stem(plant["name"]).split())
            near = [
                other
                for dlat in (-1, 0, 1)
                for dlon in (-1, 0, 1)
                for other in by_cell[plant["country"], plant["fuel"], int(lat * 10) + dlat, int(lon * 10) + dlon]
                if other["database"] != plant["database"] and stems & set(_plant_stem(other["name"]).split())
            ]
            if near:
                near[0].setdefault("also", []).append(plant)
                same_site[plant["id"]] = near[0]["id"]
                continue
            by_cell[plant["country"], plant["fuel"], int(lat * 10), int(lon * 10)].append(plant)
            out.append(plant)
        self.same |= same_site
        for plant in out:
            others = plant.get("also", [])
            names = {_plant_stem(each["name"]) for each in (plant, *others)} | {each["name"] for each in others}
            plant["aliases"] = ";".join(sorted(name for name in names if name and name != plant["name"]))
            spread = [float(each["capacity_mw"]) for each in (plant, *others)]
            plant["disputed"] = str(max(spread) > 1.05 * min(spread)).lower()
        out.sort(key=lambda plant: plant["id"])
        fields = ["id", "name", "aliases", "country", "fuel", "capacity_mw", "lat", "lon"]
        fields += ["as_of", "source", "database", "disputed"]
        self.write("power_plants.csv", fields, out)
        self.kept |= {plant["id"] for plant in out}

    def aliases(self) -> None:
        """The gazetteer's other names, without those that would make a village answer for a metropolis."""
        rows = self.rows("aliases.csv")
        people = {row["id"]: int(row["population"] or 0) for row in self.source_places}
        name_of = {row["id"]: fold(row["name"]) for row in self.source_places}
        famous: dict[str, int] = defaultdict(int)
        own: dict[str, dict[str, int]] = defaultdict(dict)
        for row in self.source_places:
            if row["kind"] in ("country", "territory", "admin1", "city"):
                weight = people[row["id"]] if row["kind"] == "city" else max(people[row["id"]], 5_000_000)
                folded, country = fold(row["name"]), row["country_code"]
                famous[folded] = max(famous[folded], weight)
                own[folded][country] = max(own[folded].get(country, 0), weight)
        country_of = {row["id"]: row["country_code"] for row in self.source_places}
        for row in rows:
            if row["type"] != "iso3166-2":
                folded = fold(row["alias"])
                famous[folded] = max(famous[folded], people.get(row["place_id"], 0))
        out, names = [], []
        for row in rows:
            place, alias, kind = row["place_id"], row["alias"].split(";")[0].strip(), row["type"]
            if place.startswith("ap:") or kind in ("iso3166-2", "iata"):
                continue
            place = self.same.get(place, place)
            folded = fold(alias)
            if place not in self.kept or not folded or folded == name_of.get(place):
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
            elif not alias.isdigit() and kind != "iso3" and (place, alias) not in NO_NAMES:
                names.append({"place_id": place, "name": alias, "type": kind, "source": "cia_factbook"})
        self.write(
            "aliases.csv.gz", ["place_id", "alias"], ({"place_id": a, "alias": b} for a, b in dict.fromkeys(out))
        )
        self.write("names.csv", ["place_id", "name", "type", "source"], names)

    # -- facts

    def facts(self) -> None:
        out = []
        for row in self.source_facts:
            identifier = self.same.get(row["entity_id"], row["entity_id"])
            if (
                row["attribute"] in UNUSED_ATTRIBUTES
                or row["qualifier"] in UNUSED_QUALIFIERS
                or (identifier.startswith("pp:") and identifier == row["entity_id"])
                or row["entity_id"].startswith("ap:")
                or identifier not in self.kept
            ):
                continue
            # The Factbook's asterisk: an area that counts only one country's part, and the like.
            attribute, disputed = _attribute(row["attribute"], identifier), row["entity"].endswith("*")
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
        self.write("facts.csv", fields, unique.values())

    def series(self) -> None:
        """Country series, one row each; and dated city populations."""
        series: dict[tuple[str, ...], dict[str, str]] = defaultdict(dict)
        names: dict[str, str] = {}
        for row in self.rows("facts_timeseries.csv"):
            identifier = row["entity_id"]
            if identifier.startswith("cc:") and identifier not in self.kept:
                continue
            if row["attribute"] == "area_total":
                continue  # for Canada two thirds too large since 2017
            names[identifier] = row["entity"]
            series[identifier, row["attribute"], UNITS[row["unit"]], row["source_id"]][row["as_of"][:4]] = row["value"]
        years = sorted({year for values in series.values() for year in values})
        fields = ["entity_id", "attribute", "unit", "source"]
        self.write(
            "country_series.csv.gz",
            fields + years,
            (dict(zip(fields, key, strict=True)) | values for key, values in sorted(series.items())),
        )
        self.aggregates = {key: name for key, name in names.items() if not key.startswith("cc:")}
        with (self.target / "places.csv").open("a", encoding="utf-8", newline="") as stream:
            writer = csv.writer(stream, lineterminator="\n")
            for key, name in sorted(self.aggregates.items()):
                writer.writerow([key, name, "aggregate", "", "", "", "", "", "", "wb_population"])
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
            for row in self.rows("facts_city_population.csv")
            if row["entity_id"] in self.kept
        ]
        self.write("city_populations.csv.gz", list(out[0]), out)

    # -- events

    def earthquakes(self) -> None:
        figures: dict[str, dict[str, str]] = defaultdict(dict)
        for row in self.rows("facts_earthquakes.csv"):
            figures[row["entity_id"]][row["attribute"]] = row["value"]
        self.quakes = []
        self.source_events = self.rows("events.csv")
        for row in self.source_events:
            if row["kind"] != "earthquake":
                continue
            where = re.sub(r"\s*:\s*", ": ", row["event"].partition(":")[2].strip()).title()
            start, precision = _iso(row["start_date"]), row["precision"]
            figure = figures.get(row["id"], {})
            self.quakes.append(
                {
                    "id": row["id"],
                    "name": f"{start[:4].lstrip('0') if start[0] != '-' else start} earthquake, {where}",
                    "country": row["place"]
                    if len(row["place"]) == 2
                    else row["place"].removeprefix("cc:")
                    if row["place"].startswith("cc:")
                    else "",
                    "start": start,
                    "precision": precision,
                    "place": row["place"],
                    "magnitude": figure.get("magnitude", ""),
                    "deaths": figure.get("deaths", ""),
                    "confidence": row["confidence"],
                    "source": row["source_id"],
                }
            )
        self.write("earthquakes.csv.gz", list(self.quakes[0]), self.quakes)

    def events(self) -> None:
        doubts = {row["id"]: row["doubt"] for row in self.rows("events_doubts.csv")}
        out = []
        for row in self.source_events:
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
        self.write("events.csv.gz", list(out[0]), out)
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
            for row in self.rows("events_curated.csv")
        ]
        self.write("events_curated.csv", list(curated[0]), curated)

    def rates(self) -> None:
        days: dict[str, dict[str, str]] = defaultdict(dict)
        currencies = set()
        for row in self.rows("exchange_rates.csv"):
            days[row["date"]][row["currency"]] = row["units_per_eur"]
            currencies.add(row["currency"])
        self.write(
            "exchange_rates.csv.gz",
            ["date", *sorted(currencies)],
            ({"date": day} | days[day] for day in sorted(days)),
        )

    def rank_lists(self) -> None:
        out = []
        for row in self.rows("rank_lists.csv"):
            ids = [self.same.get(each, each) for each in row["entity_ids"].split(";")]
            disputed = row["disputed"].removeprefix("yes:").strip()
            out.append(
                row
                | {"entity_ids": ";".join(ids), "disputed": "" if disputed == "no" else disputed, "source": "measures"}
            )
        self.write("rank_lists.csv", list(out[0]), out)


_KIND_ORDER = {"world": 0, "union": 1, "country": 2, "territory": 3, "admin1": 4}


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


def _title(slug: str) -> str:
    return _TITLES.get(slug) or " ".join(word.capitalize() for word in slug.split("-"))


def _kind_group(kind: str) -> str:
    return _GROUPS.get(kind, kind)


def _bare(name: str) -> str:
    """A feature's name without the word that says what it is: tables differ in that."""
    return PLACE_WORDS.sub("", fold(name)).strip() or fold(name)


def _attribute(attribute: str, identifier: str) -> str:
    """Countries and regions have a total and a land area, lakes and islands just an area."""
    if attribute in ("area", "area_total"):
        political = identifier.startswith(("cc:", "a1:")) or re.fullmatch(r"fb:\w\w", identifier)
        return "area_total" if political else "area"
    return attribute


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


def _plant_stem(name: str) -> str:
    return " ".join(PLANT_WORDS.sub(" ", fold(name)).split())


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

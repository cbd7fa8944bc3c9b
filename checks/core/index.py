"""The index: the reference tables as one SQLite file, built once, opened in milliseconds.

The tables are CSV, for people. Nothing reads them at check time: the first use builds ``tables-VERSION.sqlite``
in the user's cache folder (``FIGURECHECK_HOME`` names another), and every later use opens that, read-only. The
version is a hash of the tables' contents, so an index is never stale: changed tables have another version, the
same tables elsewhere have the same. A stamp file remembers which sizes and times of the files meant which
version, so that opening does not read them.

Two processes never build at once: the second waits for the first. The file appears under its name only when it
is complete. A folder that cannot be written gives way to one in the temporary directory, a damaged index to a
new one.
"""

from __future__ import annotations

import csv
import gzip
import hashlib
import io
import json
import math
import os
import sqlite3
import stat
import tempfile
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict
from datetime import date
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import quote

from checks.core.lazy_pattern import lazy_pattern
from checks.core.names import fold

#: Told what is being done, how many steps are done and how many there are. The caller draws the bar.
Progress = Callable[[str, int, int], None]
Row = dict[str, str]

#: Goes up when the layout of the index changes, so that an older one is not opened.
LAYOUT = 1
#: The files that the index is built from. Word lists are read by those who use them.
TABLES = (
    "airports.csv",
    "aliases.csv.gz",
    "cities.csv.gz",
    "city_populations.csv.gz",
    "country_series.csv.gz",
    "demonyms.csv",
    "earthquakes.csv.gz",
    "events.csv.gz",
    "events_curated.csv",
    "exchange_rates.csv.gz",
    "facts.csv",
    "facts_added.csv",
    "measures.csv",
    "names.csv",
    "names_added.csv",
    "places.csv",
    "places_added.csv",
    "power_plants.csv",
    "rank_lists.csv",
    "regions.csv",
    "sources.csv",
    "unit_names.csv",
    "units.txt",
)
#: Kinds that are no places: a name such as "Earth" or "the Melbourne Cup" finds them only where they are asked for.
THINGS = frozenset(
    {"aggregate", "aircraft", "army", "astro", "climate", "constant", "event", "earthquake", "nuclear"}
    | {"population", "race", "record", "unit", "planet", "moon", "extreme_point"}
)
#: How many versions of the index are kept; older ones are deleted when a new one is built.
KEPT = 3

_SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (no INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
                    region TEXT, lat REAL, lon REAL, population INTEGER, feature TEXT, score INTEGER NOT NULL);
CREATE TABLE name (folded TEXT, rank INTEGER, place INTEGER, type INTEGER,
                   PRIMARY KEY (folded, rank, place)) WITHOUT ROWID;
CREATE TABLE demonym (folded TEXT, place INTEGER, form TEXT, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE word (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE fact (place INTEGER, attribute INTEGER, no INTEGER, qualifier INTEGER, value, low, high, unit INTEGER,
                   as_of TEXT, source INTEGER, marks INTEGER, tbl INTEGER,
                   PRIMARY KEY (place, attribute, no)) WITHOUT ROWID;
CREATE TABLE region (folded TEXT, country TEXT, membership TEXT, since TEXT, until TEXT, note TEXT, source TEXT,
                     name TEXT, PRIMARY KEY (folded, country, since)) WITHOUT ROWID;
CREATE TABLE event (no INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
                    start TEXT NOT NULL, end TEXT, precision TEXT, calendar TEXT, place TEXT, confidence TEXT,
                    doubt TEXT, source TEXT, aliases TEXT);
CREATE TABLE event_word (word TEXT, event INTEGER, PRIMARY KEY (word, event)) WITHOUT ROWID;
CREATE TABLE event_word_count (word TEXT PRIMARY KEY, events INTEGER) WITHOUT ROWID;
CREATE TABLE rate (currency TEXT, day INTEGER, per_euro REAL, PRIMARY KEY (currency, day)) WITHOUT ROWID;
CREATE TABLE rank_list (id TEXT PRIMARY KEY, title TEXT, definition TEXT, as_of TEXT, disputed TEXT,
                        complete_to INTEGER, attribute TEXT, entities TEXT, source TEXT) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, licence TEXT, citation TEXT,
                     preference INTEGER) WITHOUT ROWID;
CREATE TABLE unit (name TEXT PRIMARY KEY, fields TEXT) WITHOUT ROWID;
"""
_INDICES = """
CREATE INDEX place_id ON place (id);
CREATE INDEX place_kind ON place (kind, country, population DESC);
CREATE INDEX name_place ON name (place, folded);
CREATE INDEX fact_attribute ON fact (attribute, place);
CREATE INDEX event_id ON event (id);
ANALYZE;
"""


class IndexDamagedError(Exception):
    """The index file cannot be read."""


def home() -> Path:
    """The folder of the index: ``FIGURECHECK_HOME``, or figurecheck's folder in the user's cache."""
    if named := os.environ.get("FIGURECHECK_HOME"):
        return Path(named).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("figurecheck"))


def locate(data: Path | None = None, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """The path of the index of the tables in ``data``, built first where there is none.

    ``data`` is by default what this installation carries, ``folder`` by default ``home()``.
    """
    files = _files(data)
    folder = _writable(folder or home())
    stamp = folder / f"tables-{_glance(files)}.stamp"
    if path := _from_stamp(stamp):
        return path
    with _lock(folder, progress):
        if path := _from_stamp(stamp):
            return path
        contents = {name: file.read_bytes() for name, file in files.items()}
        version = _version(contents)
        path = folder / f"tables-{version}.sqlite"
        if not _sound(path):
            _build(contents, version, path, progress)
            _tidy(folder, path)
        _replace(stamp, f"{version} {path.stat().st_size}\n".encode())
        return path


def connect(path: Path) -> sqlite3.Connection:
    """Open an index read-only. Raises IndexDamagedError where it is none."""
    try:
        connection = sqlite3.connect(
            f"file:{quote(str(path))}?mode=ro&immutable=1", uri=True, check_same_thread=False, isolation_level=None
        )
        layout = connection.execute("SELECT value FROM meta WHERE key = 'layout'").fetchone()
    except sqlite3.DatabaseError as error:
        raise IndexDamagedError(f"{path}: {error}") from error
    if layout is None or layout[0] != str(LAYOUT):
        connection.close()
        raise IndexDamagedError(f"{path}: not an index of this layout")
    return connection


def discard(path: Path) -> None:
    """Delete a damaged index, so that the next ``locate`` builds it again."""
    with suppress(OSError):
        path.unlink()
    for stamp in path.parent.glob("tables-*.stamp"):
        with suppress(OSError):
            if stamp.read_text().split()[:1] == [path.stem.removeprefix("tables-")]:
                stamp.unlink()


# -- where things are --------------------------------------------------------------------------------------------


def _files(data: Path | None) -> dict[str, Any]:
    """The tables that are there, by name, as paths or as members of a zipped installation."""
    root = data if data is not None else resources.files("reference_data")
    found = {}
    for name in TABLES:
        file = root.joinpath(name)
        if file.is_file():
            found[name] = file
    if "places.csv" not in found:
        raise FileNotFoundError(f"no reference tables in {root}")
    return found


def _glance(files: dict[str, Any]) -> str:
    """A hash of the names, sizes and times of the files: what can be known without reading them."""
    seen = hashlib.sha256(f"{LAYOUT}\n".encode())
    for name, file in files.items():
        if hasattr(file, "stat"):
            about = file.stat()
            seen.update(f"{file}\n{about.st_size}\n{about.st_mtime_ns}\n".encode())
        else:
            seen.update(name.encode() + hashlib.sha256(file.read_bytes()).digest())
    return seen.hexdigest()[:16]


def _version(contents: dict[str, bytes]) -> str:
    seen = hashlib.sha256(f"{LAYOUT}\n".encode())
    for name, data in contents.items():
        seen.update(f"{name}\n{len(data)}\n".encode())
        seen.update(data)
    return seen.hexdigest()[:12]


def _from_stamp(stamp: Path) -> Path | None:
    """The index that a stamp names, if it is there and as long as it was when it was stamped."""
    try:
        version, size = stamp.read_text().split()
        path = stamp.with_name(f"tables-{version}.sqlite")
        return path if path.stat().st_size == int(size) else None
    except (OSError, ValueError):
        return None


def _sound(path: Path) -> bool:
    """Whether an index is there and whole."""
    if not path.is_file():
        return False
    try:
        connection = connect(path)
    except IndexDamagedError:
        return False
    try:
        return bool(connection.execute("PRAGMA quick_check(1)").fetchone() == ("ok",))
    except sqlite3.DatabaseError:
        return False
    finally:
        connection.close()


def _writable(folder: Path) -> Path:
    """The folder, or one in the temporary directory where it cannot be written."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        pass
    user = os.getuid() if hasattr(os, "getuid") else 0
    other = Path(tempfile.gettempdir()) / f"figurecheck-{user}"
    try:
        other.mkdir(mode=0o700, exist_ok=True)
        about = other.lstat()
        # Somebody else's folder of that name is not to be trusted.
        if stat.S_ISDIR(about.st_mode) and (not hasattr(os, "getuid") or about.st_uid == user):
            return other
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="figurecheck-"))


@contextmanager
def _lock(folder: Path, progress: Progress | None) -> Iterator[None]:
    """Let one process build at a time; the others wait here."""
    with (folder / "tables.lock").open("a+b") as file:
        try:
            import fcntl
        except ImportError:  # no such locks on this system: os.replace still keeps the file whole
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if progress:
                progress("waiting for another process that builds the index of the reference tables", 0, 1)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _replace(path: Path, data: bytes) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)


def _tidy(folder: Path, newest: Path) -> None:
    """Delete all but the youngest indices, stamps of deleted ones, and what an interrupted build left."""
    with suppress(OSError):
        indices = sorted(folder.glob("tables-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [path for path in indices if path != newest][KEPT - 1 :]:
            path.unlink(missing_ok=True)
        for stamp in folder.glob("tables-*.stamp"):
            if _from_stamp(stamp) is None:
                stamp.unlink(missing_ok=True)
        for left in folder.glob("tables-*.tmp"):
            left.unlink(missing_ok=True)


# -- building ----------------------------------------------------------------------------------------------------


def _build(contents: dict[str, bytes], version: str, path: Path, progress: Progress | None) -> None:
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.executescript(_SCHEMA)
            connection.execute("BEGIN")
            _Builder(connection, contents, progress).run()
            meta = {"layout": str(LAYOUT), "version": version, "as_of": _as_of(contents)}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            connection.execute("COMMIT")
            if progress:
                progress("building the index of the reference tables", len(_STEPS), len(_STEPS) + 1)
            connection.executescript(_INDICES)
        finally:
            connection.close()
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if progress:
        progress("building the index of the reference tables", len(_STEPS) + 1, len(_STEPS) + 1)


def _as_of(contents: dict[str, bytes]) -> str:
    """The day that the tables describe: the latest on which a source was taken."""
    rows = csv.DictReader(io.StringIO(contents.get("sources.csv", b"").decode()))
    return max((row["retrieved"] for row in rows if row.get("retrieved")), default="")


def _number(text: str) -> float | int | None:
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        pass
    try:
        value = float(text)
    except ValueError:
        return None
    return value if math.isfinite(value) else None


# Lakes, rivers and mountains are looked up by their bare name where copy adds another word for what they are.
_NATURE = frozenset({"lake", "river", "mountain", "volcano", "island", "desert"})
_NATURE_WORDS = lazy_pattern(
    r"^(lake|lago|lac|lacul|ozero|laguna|lagoa|mt|river|rio|gora|monte|jabal|gunung|pico|cerro)( de| del)? (?=\w)"
    r"|(?<=\w) (lake|river|island|desert|mountain|peak|hayk|hu|nuur|nur)$"
)


# How far a name may reach for a place: its own name, a name curated for it, one of many transliterations.
_OWN, _CURATED, _OTHER, _FORMER = 0, 1, 2, 3
# Zaire is found under its old name, but Kinshasa is the city, though the country once was "Congo (Kinshasa)".
_PENALTY = {_OWN: 0, _CURATED: 200, _OTHER: 2_000, _FORMER: 14_000}

# Prominence in thousandths: what a reader takes a bare name for, before the story says otherwise.
_KINDS = {
    "world": 22_000,
    "continent": 21_000,
    "union": 20_000,
    "country": 20_000,
    "ocean": 16_000,
    "sea": 13_000,
    "territory": 10_000,
    "admin1": 9_500,
    "power_plant": 1_000,
    "airport": 3_000,
}
# Where the first-level regions are household names: states, provinces, nations of a union.
_KNOWN_REGIONS = {"GB": 15_000, "US": 12_800, "AU": 11_500, "CA": 11_500, "IN": 11_500, "DE": 11_000}


def _score(kind: str, population: int, feature: str, country: str, identifier: str, capitals: Collection[str]) -> int:
    """The prominence of a place, in thousandths of a factor of ten in population (cities count it twice)."""
    size = math.log10(population + 1)
    if kind == "city":
        score = 2_000 * size
        if feature == "PPLC" and country in capitals:
            score = max(score, 13_500) + 1_000
        elif feature in ("PPLX", "PPLL", "PPLQ", "PPLH", "PPLW"):
            score -= 3_000
        return int(score)
    if kind == "admin1":
        return int(_KNOWN_REGIONS.get(country, _KINDS[kind]) + 20 * size)
    if kind in ("country", "territory", "union"):
        return int(_KINDS[kind] + 1_000 * size * (1 if kind != "union" else 0))
    if kind in _KINDS:
        return _KINDS[kind]
    # Curated things are known enough to be in a table of well-known ones.
    return 10_500 if identifier.startswith(("m:", "usage:")) else 8_000


class _Builder:
    """Fills an empty index from the tables, one table after the other."""

    def __init__(self, connection: sqlite3.Connection, contents: dict[str, bytes], progress: Progress | None) -> None:
        self.connection = connection
        self.contents = contents
        self.progress = progress
        self.numbers: dict[str, int] = {}
        self.scores: list[int] = [0]
        self.names_of: dict[int, str] = {}
        self.words: dict[str, int] = {}
        self.names: dict[tuple[str, int], int] = {}
        self.fact_count = 0
        self.countries: set[str] = set()

    def run(self) -> None:
        for done, step in enumerate(_STEPS):
            if self.progress:
                self.progress("building the index of the reference tables", done, len(_STEPS) + 1)
            step(self)

    def rows(self, name: str) -> Iterator[Row]:
        """The rows of a table, none where it is missing."""
        data = self.contents.get(name)
        if data is None:
            return iter(())
        if name.endswith(".gz"):
            data = gzip.decompress(data)
        return iter(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))

    def lists(self, name: str) -> tuple[list[str], Iterator[list[str]]]:
        """The header and the rows of a large table, as plain lists."""
        data = self.contents.get(name)
        if data is None:
            return [], iter(())
        if name.endswith(".gz"):
            data = gzip.decompress(data)
        reader = csv.reader(io.StringIO(data.decode("utf-8"), newline=""))
        return next(reader, []), reader

    def word(self, text: str | None) -> int | None:
        """The number of a word that many rows share: an attribute, a unit, a source, a qualifier."""
        if not text:
            return None
        return self.words.setdefault(text, len(self.words) + 1)

    # -- places and their names

    def place(self, row: Row, kind: str, prefix: str = "") -> None:
        """Add one place, unless an earlier table has it."""
        identifier = prefix + row["id"]
        if identifier in self.numbers:
            return
        no = self.numbers[identifier] = len(self.scores)
        population = int(row.get("population") or 0)
        country = row.get("country") or ""
        feature = row.get("feature") or ""
        if kind == "country":
            self.countries.add(country)
        score = _score(kind, population, feature, country, identifier, self.countries)
        self.scores.append(score)
        lat, lon = row.get("lat") or None, row.get("lon") or None
        self.connection.execute(
            "INSERT INTO place VALUES (?,?,?,?,?,?,?,?,?,?,?)",
            (
                no,
                identifier,
                row["name"],
                kind,
                country or None,
                row.get("region") or None,
                lat and float(lat),
                lon and float(lon),
                population or None,
                feature or None,
                score,
            ),
        )
        self.name(no, row["name"], _OWN)
        if kind in _NATURE:
            self.name(no, _NATURE_WORDS.sub("", fold(row["name"])), _FORMER)
        self.names_of[no] = row["name"]

    def name(self, no: int, name: str, type_: int) -> None:
        """Let a name find a place; the best of several claims to the same name counts."""
        if folded := fold(name):
            key = (folded, no)
            known = self.names.get(key)
            if known is None or type_ < known:
                self.names[key] = type_

    def places(self) -> None:
        """Countries, regions, features; then what was added to them; then what has tables of its own."""
        for table in ("places.csv", "places_added.csv"):
            for row in self.rows(table):
                self.place(row, row["kind"])
        for row in self.rows("cities.csv.gz"):
            self.place(row, "city", "gn:")
        for row in self.rows("airports.csv"):
            self.place(row, "airport", "ap:")
        for row in self.rows("power_plants.csv"):
            row["feature"] = row["fuel"]
            self.place(row, "power_plant")
        for row in self.rows("measures.csv"):
            if row["entity_id"] not in self.numbers:
                of = [code.removeprefix("cc:") for code in row["place"].split(";")]
                country = of[0] if len(of) == 1 and len(of[0]) == 2 else ""
                self.place({"id": row["entity_id"], "name": row["entity"], "country": country}, row["kind"])
            for alias in filter(None, row["aliases"].split(";")):
                self.name(self.numbers[row["entity_id"]], alias, _CURATED)
        for row in self.rows("earthquakes.csv.gz"):
            self.place({"id": row["id"], "name": row["name"], "country": row["country"]}, "earthquake")

    def aliases(self) -> None:
        """Other names, curated ones and the gazetteer's."""
        for table in ("names.csv", "names_added.csv"):
            for row in self.rows(table):
                if no := self.numbers.get(row["place_id"]):
                    self.name(no, row["name"], _FORMER if row["type"] in ("former", "local") else _CURATED)
        _, rows = self.lists("aliases.csv.gz")
        numbers = self.numbers
        for place_id, alias in rows:
            if no := numbers.get(place_id) or numbers.get("gn:" + place_id):
                self.name(no, alias, _OTHER)

    def plants(self) -> None:
        """Let a plant be found by the other names of the town that it is named for."""
        for row in self.rows("power_plants.csv"):
            no = self.numbers[row["id"]]
            for alias in filter(None, row["aliases"].split(";")):
                self.name(no, alias, _CURATED)

    def save_names(self) -> None:
        """Write the names, each place's rank under a name fixed now."""
        scores = self.scores
        self.connection.executemany(
            "INSERT INTO name VALUES (?,?,?,?)",
            sorted((folded, _PENALTY[type_] - scores[no], no, type_) for (folded, no), type_ in self.names.items()),
        )
        self.names.clear()

    def demonyms(self) -> None:
        rows = [
            (fold(row["word"]), no, row["form"])
            for row in self.rows("demonyms.csv")
            if (no := self.numbers.get(row["place_id"]))
        ]
        self.connection.executemany("INSERT OR IGNORE INTO demonym VALUES (?,?,?)", rows)

    def regions(self) -> None:
        rows = []
        for row in self.rows("regions.csv"):
            for name in [row["region"], *filter(None, row["aliases"].split(";"))]:
                member = (row["country"], row["membership"], row["since"], row["until"] or None, row["note"] or None)
                rows.append((fold(name), *member, row["source"], row["region"]))
        self.connection.executemany("INSERT OR IGNORE INTO region VALUES (?,?,?,?,?,?,?,?)", rows)

    # -- facts

    def add_facts(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Add (id, attribute, qualifier, value, low, high, unit, as_of, source, derived, disputed) rows."""
        out = []
        tbl = self.word(table)
        for identifier, attribute, qualifier, value, low, high, unit, as_of, source, derived, disputed in rows:
            no = self.numbers.get(identifier)
            if no is None or value is None:
                continue
            self.fact_count += 1
            out.append(
                (
                    no,
                    self.word(attribute),
                    self.fact_count,
                    self.word(qualifier),
                    value,
                    low,
                    high,
                    self.word(unit),
                    as_of or None,
                    self.word(source),
                    (1 if derived else 0) | (2 if disputed else 0),
                    tbl,
                )
            )
        self.connection.executemany("INSERT INTO fact VALUES (?,?,?,?,?,?,?,?,?,?,?,?)", out)

    def facts(self) -> None:
        """Facts of the fact tables, of the measures, of the plants and of the earthquakes."""
        for table in ("facts.csv", "facts_added.csv"):
            self.add_facts(
                table.removesuffix(".csv"),
                (
                    (
                        row["entity_id"],
                        row["attribute"],
                        row["qualifier"],
                        _number(row["value"]),
                        None,
                        None,
                        row["unit"],
                        row["as_of"],
                        row["source"],
                        row["derived"] == "true",
                        row["disputed"] == "true",
                    )
                    for row in self.rows(table)
                ),
            )
        self.add_facts(
            "measures",
            (
                (
                    row["entity_id"],
                    row["attribute"],
                    row["qualifier"],
                    _number(row["value"]),
                    _number(row["low"]),
                    _number(row["high"]),
                    row["unit"],
                    row["as_of"],
                    row["source"],
                    row["derived"] == "true",
                    row["disputed"] == "true",
                )
                for row in self.rows("measures.csv")
            ),
        )
        self.add_facts(
            "power_plants",
            (
                (
                    row["id"],
                    "capacity",
                    row["fuel"],
                    _number(row["capacity_mw"]),
                    None,
                    None,
                    "megawatt",
                    row["as_of"],
                    row["source"],
                    False,
                    row["disputed"] == "true",
                )
                for row in self.rows("power_plants.csv")
            ),
        )
        for column, unit in (("magnitude", "dimensionless"), ("deaths", "count")):
            self.add_facts(
                "earthquakes",
                (
                    (
                        row["id"],
                        column,
                        None,
                        _number(row[column]),
                        None,
                        None,
                        unit,
                        row["start"],
                        row["source"],
                        False,
                        False,
                    )
                    for row in self.rows("earthquakes.csv.gz")
                ),
            )

    def series(self) -> None:
        """Series by year: one row a series, one column a year; and dated populations of cities."""
        header, rows = self.lists("country_series.csv.gz")
        years = header[4:]
        self.add_facts(
            "country_series",
            (
                (identifier, attribute, None, _number(value), None, None, unit, year, source, False, False)
                for identifier, attribute, unit, source, *values in rows
                for year, value in zip(years, values, strict=True)
                if value
            ),
        )
        _, rows = self.lists("city_populations.csv.gz")
        self.add_facts(
            "city_populations",
            (
                (
                    "gn:" + identifier,
                    attribute,
                    qualifier,
                    _number(value),
                    None,
                    None,
                    "count",
                    as_of,
                    source,
                    False,
                    disputed == "true",
                )
                for identifier, attribute, qualifier, value, as_of, source, disputed in rows
            ),
        )

    # -- events, rates, lists, sources, units

    def events(self) -> None:
        """Events with every word that may name them: their own, their aliases' and their places'."""
        demonyms: dict[str, list[str]] = defaultdict(list)
        for row in self.rows("demonyms.csv"):
            demonyms[row["place_id"]].append(row["word"])
        events: list[tuple[Any, ...]] = []
        words: list[tuple[str, int]] = []
        counts: dict[str, int] = defaultdict(int)
        for table in ("events_curated.csv", "events.csv.gz", "earthquakes.csv.gz"):
            for row in self.rows(table):
                no = len(events) + 1
                get = row.get
                aliases = get("aliases") or ""
                kind = get("kind") or "earthquake"
                place = get("place") or ""
                events.append(
                    (
                        no,
                        row["id"],
                        row["name"],
                        kind,
                        row["start"],
                        get("end") or None,
                        row["precision"],
                        get("calendar") or "gregorian",
                        place or None,
                        row["confidence"],
                        get("doubt") or None,
                        row["source"],
                        aliases,
                    )
                )
                texts = [row["name"], *aliases.split(";")]
                for part in place.split(";"):
                    number = self.numbers.get(part)
                    texts += [self.names_of[number], *demonyms[part]] if number else [part]
                keys = {word for text in texts for word in fold(text).split()}
                for word in keys:
                    counts[word] += 1
                    words.append((word, no))
        self.connection.executemany("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", events)
        self.connection.executemany("INSERT INTO event_word VALUES (?,?)", sorted(words))
        self.connection.executemany("INSERT INTO event_word_count VALUES (?,?)", sorted(counts.items()))

    def rates(self) -> None:
        """Units of each currency per euro, one row a day and one column a currency."""
        header, rows = self.lists("exchange_rates.csv.gz")
        out = []
        for day, *values in rows:
            number = date.fromisoformat(day).toordinal()
            out += [
                (currency, number, float(value)) for currency, value in zip(header[1:], values, strict=True) if value
            ]
        self.connection.executemany("INSERT INTO rate VALUES (?,?,?)", sorted(out))

    def rank_lists(self) -> None:
        self.connection.executemany(
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
                for row in self.rows("rank_lists.csv")
            ],
        )

    def sources(self) -> None:
        self.connection.executemany(
            "INSERT INTO source VALUES (?,?,?,?,?,?)",
            [
                (row["id"], row["title"], row["publisher"], row["licence"], row["citation"], order)
                for order, row in enumerate(self.rows("sources.csv"))
            ],
        )

    def units(self) -> None:
        """Units as pint reads them from the definitions, so that pint is not needed at check time."""
        if "units.txt" not in self.contents:
            return
        from checks.core.units import compile_units

        self.connection.executemany(
            "INSERT OR REPLACE INTO unit VALUES (?,?)",
            [(unit.name, json.dumps(asdict(unit), sort_keys=True)) for unit in compile_units()],
        )

    def save_words(self) -> None:
        self.connection.executemany("INSERT INTO word VALUES (?,?)", [(no, text) for text, no in self.words.items()])


_STEPS: tuple[Callable[[_Builder], None], ...] = (
    _Builder.places,
    _Builder.aliases,
    _Builder.plants,
    _Builder.save_names,
    _Builder.demonyms,
    _Builder.regions,
    _Builder.facts,
    _Builder.series,
    _Builder.events,
    _Builder.rates,
    _Builder.rank_lists,
    _Builder.sources,
    _Builder.units,
    _Builder.save_words,
)

"""Places and their names in the index, each name with the rank of the place under it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.index.prominence import prominence
from checks.core.lazy_pattern import lazy_pattern
from checks.core.names import fold

if TYPE_CHECKING:
    from checks.core.index.filling import Filling, Row

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


def places(index: Filling) -> None:
    """Countries, regions, features; then what was added to them; then what has tables of its own."""
    for table in ("places.csv", "places_added.csv"):
        for row in index.rows(table):
            _add_place(index, row, row["kind"])
    for row in index.rows("cities.csv.gz"):
        _add_place(index, row, "city", "gn:")
    for row in index.rows("airports.csv"):
        _add_place(index, row, "airport", "ap:")
    for row in index.rows("power_plants.csv"):
        row["feature"] = row["fuel"]
        _add_place(index, row, "power_plant")
    for row in index.rows("measures.csv"):
        if row["entity_id"] not in index.numbers:
            of = [code.removeprefix("cc:") for code in row["place"].split(";")]
            country = of[0] if len(of) == 1 and len(of[0]) == 2 else ""
            _add_place(index, {"id": row["entity_id"], "name": row["entity"], "country": country}, row["kind"])
        for alias in filter(None, row["aliases"].split(";")):
            _add_name(index, index.numbers[row["entity_id"]], alias, _CURATED)
    for row in index.rows("earthquakes.csv.gz"):
        _add_place(index, {"id": row["id"], "name": row["name"], "country": row["country"]}, "earthquake")


def aliases(index: Filling) -> None:
    """Other names, curated ones and the gazetteer's."""
    for table in ("names.csv", "names_added.csv"):
        for row in index.rows(table):
            if no := index.numbers.get(row["place_id"]):
                _add_name(index, no, row["name"], _FORMER if row["type"] in ("former", "local") else _CURATED)
    _, rows = index.lists("aliases.csv.gz")
    numbers = index.numbers
    for place_id, alias in rows:
        if no := numbers.get(place_id) or numbers.get("gn:" + place_id):
            _add_name(index, no, alias, _OTHER)


def plants(index: Filling) -> None:
    """Let a plant be found by the other names of the town that it is named for."""
    for row in index.rows("power_plants.csv"):
        no = index.numbers[row["id"]]
        for alias in filter(None, row["aliases"].split(";")):
            _add_name(index, no, alias, _CURATED)


def save_names(index: Filling) -> None:
    """Write the names, each place's rank under a name fixed now."""
    scores = index.scores
    index.connection.executemany(
        "INSERT INTO name VALUES (?,?,?,?)",
        sorted((folded, _PENALTY[type_] - scores[no], no, type_) for (folded, no), type_ in index.names.items()),
    )
    index.names.clear()


def demonyms(index: Filling) -> None:
    """Words for the people and the things of a place."""
    rows = [
        (fold(row["word"]), no, row["form"])
        for row in index.rows("demonyms.csv")
        if (no := index.numbers.get(row["place_id"]))
    ]
    index.connection.executemany("INSERT OR IGNORE INTO demonym VALUES (?,?,?)", rows)


def regions(index: Filling) -> None:
    """Countries of regions and unions, by each name of the region."""
    rows = []
    for row in index.rows("regions.csv"):
        for name in [row["region"], *filter(None, row["aliases"].split(";"))]:
            member = (row["country"], row["membership"], row["since"], row["until"] or None, row["note"] or None)
            rows.append((fold(name), *member, row["source"], row["region"]))
    index.connection.executemany("INSERT OR IGNORE INTO region VALUES (?,?,?,?,?,?,?,?)", rows)


def _add_place(index: Filling, row: Row, kind: str, prefix: str = "") -> None:
    """Add one place, unless an earlier table has it."""
    identifier = prefix + row["id"]
    if identifier in index.numbers:
        return
    no = index.numbers[identifier] = len(index.scores)
    population = int(row.get("population") or 0)
    country = row.get("country") or ""
    feature = row.get("feature") or ""
    if kind == "country":
        index.countries.add(country)
    score = prominence(kind, population, feature, country, identifier, index.countries)
    index.scores.append(score)
    lat, lon = row.get("lat") or None, row.get("lon") or None
    index.connection.execute(
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
    _add_name(index, no, row["name"], _OWN)
    if kind in _NATURE:
        _add_name(index, no, _NATURE_WORDS.sub("", fold(row["name"])), _FORMER)
    index.names_of[no] = row["name"]


def _add_name(index: Filling, no: int, name: str, type_: int) -> None:
    """Let a name find a place; the best of several claims to the same name counts."""
    if folded := fold(name):
        key = (folded, no)
        known = index.names.get(key)
        if known is None or type_ < known:
            index.names[key] = type_

"""Look-ups in the reference tables, and the building of their index."""

from __future__ import annotations

import csv
import multiprocessing
import os
import pickle
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from datetime import date
from pathlib import Path

import pytest
from geographiclib.geodesic import Geodesic
from hypothesis import given
from hypothesis import strategies as st

from checks.core import index
from checks.core.names import fold
from checks.core.reference import Tables, open_tables

# -- names


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("U.S.", "us"),
        ("the Netherlands", "netherlands"),
        ("The", "the"),
        ("Saint Petersburg", "st petersburg"),
        ("St. Petersburg", "st petersburg"),
        ("Mount Everest", "mt everest"),
        ("Washington, D.C.", "washington dc"),
        ("Côte d’Ivoire", "cote divoire"),
        ("Cote d'Ivoire", "cote divoire"),
        ("Łódź", "lodz"),
        ("İstanbul", "istanbul"),
        ("Trinidad & Tobago", "trinidad and tobago"),
        ("Guinea-Bissau", "guinea bissau"),
        ("...", ""),
        ("", ""),
        ("x" * 200, ""),
    ],
)
def test_folding(name: str, folded: str) -> None:
    assert fold(name) == folded


@given(st.text())
def test_folding_stands_any_text_and_is_stable(text: str) -> None:
    folded = fold(text)
    assert folded == folded.strip()
    assert fold(folded.removeprefix("the ")) in {folded, folded.removeprefix("the "), fold(folded)}


FIRST = Path(__file__).parent / "cases" / "place_names.csv"


@pytest.mark.parametrize("case", list(csv.DictReader(FIRST.open(encoding="utf-8"))), ids=lambda case: case["name"])
def test_the_place_a_reader_would_think_of_comes_first(tables: Tables, case: dict[str, str]) -> None:
    found = tables.places(case["name"])
    assert found, "unknown"
    assert found[0].id == case["id"], found[:3]


def test_kinds_and_countries_narrow(tables: Tables) -> None:
    assert tables.places("Georgia", kinds={"admin1"})[0].id == "a1:US.GA"
    assert tables.places("Birmingham", country="US")[0].country == "US"
    assert tables.places("Kharkiv", kinds={"admin1"})[0].id == "a1:UA.07"
    assert tables.places("Superior", kinds={"lake"})[0].id == "m:lake:lake-superior"


def test_a_village_does_not_answer_for_a_metropolis(tables: Tables) -> None:
    assert all(place.country != "US" for place in tables.places("Peking"))
    england = tables.places("England")
    assert [place.kind for place in england[:2]] == ["admin1", "city"]


def test_things_are_only_found_where_they_are_asked_for(tables: Tables) -> None:
    assert all(place.kind not in index.THINGS for place in tables.places("Melbourne Cup"))
    assert tables.places("Melbourne Cup", kinds={"race"})


@given(st.text(max_size=40))
def test_any_text_can_be_looked_up(tables: Tables, text: str) -> None:
    tables.places(text)
    tables.demonym(text)
    tables.events([text])
    tables.countries_of(text)
    tables.unit(text)


def test_misspelt_names(tables: Tables) -> None:
    assert tables.similar("Balaklia", country="UA")[0][0].id == "gn:712926"
    assert tables.similar("Afganistan", kinds={"country"})[0][0].id == "cc:AF"
    assert tables.similar("Qqqqqqqq") == ()


@pytest.mark.parametrize(
    ("word", "id_"),
    [
        ("Ukrainian", "cc:UA"),
        ("Ukrainians", "cc:UA"),
        ("Briton", "cc:GB"),
        ("Britons", "cc:GB"),
        ("British", "cc:GB"),
        ("the Dutch", "cc:NL"),
        ("Dutchwomen", "cc:NL"),
        ("Scots", "a1:GB.SCT"),
        ("South Korean", "cc:KR"),
        ("Danes", "cc:DK"),
    ],
)
def test_demonyms(tables: Tables, word: str, id_: str) -> None:
    assert tables.demonym(word)[0].id == id_


# -- facts


def value(tables: Tables, entity: str, attribute: str, source: str) -> object:
    return next(fact.value for fact in tables.facts(entity, attribute) if fact.source == source)


def test_known_areas(tables: Tables) -> None:
    assert value(tables, "cc:UA", "area_total", "cia_factbook") == 603_550
    assert value(tables, "cc:UA", "area_land", "cia_factbook") == 579_330
    west_bank, gaza = (value(tables, each, "area_total", "cia_factbook") for each in ("fb:we", "fb:gz"))
    assert (west_bank, gaza) == (5_860, 360)
    assert tables.facts("cc:UA", "area_total")[0].unit == "kilometer ** 2"


def test_known_distance_and_bearing(tables: Tables) -> None:
    kharkiv, balakliia = tables.places("Kharkiv")[0], tables.places("Balakliia")[0]
    line = Geodesic.WGS84.Inverse(kharkiv.lat, kharkiv.lon, balakliia.lat, balakliia.lon)
    assert round(line["s12"] / 1000, 1) == 72.3
    assert round(line["azi1"]) == 144


def test_cities_by_population(tables: Tables) -> None:
    assert [place.name for place in tables.top_places("city", country="UA", limit=2)] == ["Kyiv", "Kharkiv"]
    in_region = tables.top_places("city", region_of="a1:UA.07", limit=3)
    assert in_region[0].name == "Kharkiv"
    assert {place.region for place in in_region} == {"07"}
    assert tables.facts("gn:706483", "population")[-1].qualifier == "undated"


def test_ranks(tables: Tables) -> None:
    for loosely in (True, False):
        plants = tables.ranked(
            "capacity",
            kinds={"power_plant"},
            countries=tables.countries_of("Europe", loosely=loosely),
            qualifier="Nuclear",
            limit=3,
        )
        assert plants[0].entity_id == tables.places("Zaporizhzhia nuclear power plant")[0].id
        assert plants[0].value == 6_000
    by_area = tables.ranked("area_total", kinds={"country"}, limit=4)
    assert [fact.entity for fact in by_area] == ["Russia", "Canada", "United States", "China"]
    in_2010 = tables.ranked("population", kinds={"country"}, year=2010, limit=3)
    assert [fact.entity_id for fact in in_2010] == ["cc:CN", "cc:IN", "cc:US"]
    assert {fact.as_of for fact in in_2010} == {"2010"}
    lakes = tables.ranked("area", kinds={"lake"}, limit=5)
    assert [fact.entity for fact in lakes][1:] == ["Lake Superior", "Lake Victoria", "Lake Huron", "Lake Michigan"]
    islands = tables.rank_list("largest_islands_world")
    assert islands is not None
    assert all(tables.place(entity) for entity in islands.entities)


def test_derived_and_disputed_rows_say_so(tables: Tables) -> None:
    assert any(fact.derived for fact in tables.facts("a1:UA.11", "area_total"))
    spans = [fact for fact in tables.facts("m:river:nile", "length") if fact.disputed]
    assert spans
    assert spans[0].low is not None
    assert spans[0].high is not None
    assert spans[0].low < spans[0].high


def test_every_source_is_cited(tables: Tables) -> None:
    for fact in tables.facts("m:mountain:mount-everest"):
        for source in fact.source.split(";"):
            cited = tables.source(source)
            assert cited is not None
            assert cited.citation


# -- regions, events, rates, units


def test_regions(tables: Tables) -> None:
    assert "RU" in tables.countries_of("Europe")
    assert "RU" not in tables.countries_of("Europe", loosely=False)
    assert "UA" in tables.countries_of("Europe", loosely=False)
    assert len(tables.countries_of("Africa")) >= 54
    assert tables.countries_of("Scandinavia", loosely=False) == ("DK", "NO", "SE")
    assert len(tables.countries_of("European Union")) == 27
    assert len(tables.countries_of("EU", on=date(2019, 6, 1))) == 28
    assert "FI" not in tables.countries_of("NATO", on=date(2022, 9, 13))
    assert len(tables.countries_of("the world", loosely=False)) >= 193
    assert tables.countries_of("Atlantis") == ()


def test_events(tables: Tables) -> None:
    invasion = tables.events(["invasion", "Ukraine"], kind="invasion")[0]
    assert (invasion.start, invasion.precision) == ("2022-02-24", "day")
    assert tables.events(["annex*", "Crimea"])[0].start == "2014-03-18"
    assert tables.events(["Ukrainian", "invasion"])[0].id == invasion.id
    assert tables.events(["nosuchword", "invasion"]) == ()
    assert tables.events([]) == ()
    assert tables.event(invasion.id) == invasion


def test_rates(tables: Tables) -> None:
    rate = tables.rate("USD", date(2022, 9, 11))  # a Sunday
    assert rate is not None
    assert (rate.day, rate.per_euro) == (date(2022, 9, 9), 1.0049)
    assert tables.rate("EUR", date(2022, 9, 11)).per_euro == 1  # type: ignore[union-attr]
    assert tables.rate("RUB", date(2022, 9, 9)) is None
    assert tables.rate("UAH", date(2022, 9, 9)) is None


def test_units(tables: Tables) -> None:
    mile, kilometer = tables.unit("mile"), tables.unit("kilometer")
    assert mile is not None
    assert kilometer is not None
    assert mile.slope / kilometer.slope == pytest.approx(1.609344)
    assert tables.unit("nonsense") is None


# -- the index


@pytest.fixture
def small(tmp_path: Path) -> Path:
    """A folder with a few small tables, quick to index."""
    data = tmp_path / "data"
    data.mkdir()
    source = Path(index.__file__).parents[3] / "reference_data"
    for name in ("places.csv", "measures.csv", "rank_lists.csv", "sources.csv", "regions.csv"):
        shutil.copy(source / name, data / name)
    return data


def test_built_once_and_again_when_tables_change(small: Path, tmp_path: Path) -> None:
    told: list[str] = []
    folder = tmp_path / "home"

    def opened() -> Tables:
        return open_tables(small, folder=folder, progress=lambda what, _done, _total: told.append(what))

    first = opened()
    assert told
    told.clear()
    assert opened().version == first.version
    assert not told
    # The same contents with another time: read, not built.
    os.utime(small / "places.csv", (1, 1))
    assert opened().version == first.version
    assert not told
    with (small / "places.csv").open("a", encoding="utf-8") as file:
        file.write("x:new,Newplace,city,UA,,50,36,1000,PPL,geonames\n")
    changed = opened()
    assert told
    assert changed.version != first.version
    assert changed.places("Newplace")[0].id == "x:new"
    assert first.places("Newplace") == ()


def test_a_damaged_index_is_built_again(small: Path, tmp_path: Path) -> None:
    folder = tmp_path / "home"
    path = index.locate(small, folder)
    size = path.stat().st_size
    path.write_bytes(b"\0" * size)
    assert open_tables(small, folder=folder).places("Ukraine")
    path.write_bytes(path.read_bytes()[: size // 3])
    assert open_tables(small, folder=folder).places("Ukraine")
    # Damage inside, with the head of the file still good.
    path = index.locate(small, folder)
    content = bytearray(path.read_bytes())
    content[8192:] = b"\xff" * (len(content) - 8192)
    path.write_bytes(bytes(content))
    tables = open_tables(small, folder=folder)
    try:
        found = tables.places("Ukraine")
    except sqlite3.DatabaseError:  # pragma: no cover
        pytest.fail("the damage was not noticed")
    assert found


def test_a_folder_that_cannot_be_written_gives_way(small: Path, tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    path = index.locate(small, blocked / "home")
    assert path.is_file()
    assert blocked.read_text() == "in the way"


def _locate(data: str, folder: str, results: multiprocessing.queues.Queue[tuple[str, int]]) -> None:
    told: list[str] = []
    path = index.locate(Path(data), Path(folder), lambda what, _done, _total: told.append(what))
    results.put((path.name, sum("building" in what for what in told)))


def test_two_processes_build_one_index(small: Path, tmp_path: Path) -> None:
    context = multiprocessing.get_context("spawn")
    results = context.Queue()
    processes = [context.Process(target=_locate, args=(str(small), str(tmp_path / "home"), results)) for _ in range(2)]
    for process in processes:
        process.start()
    found = [results.get(timeout=60) for _ in processes]
    for process in processes:
        process.join()
    assert len({name for name, _ in found}) == 1
    assert sorted(bool(builds) for _, builds in found) == [False, True]
    assert not list((tmp_path / "home").glob("*.tmp"))


def test_threads_and_forks_and_pickles(tables: Tables) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(tables.events(["battle"])))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [50] * 4
    child = os.fork()
    if not child:  # pragma: no cover
        os._exit(0 if tables.events(["siege"]) else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0
    assert pickle.loads(pickle.dumps(tables)).version == tables.version  # noqa: S301


def test_opening_is_quick_and_light(tables: Tables) -> None:
    assert tables.places("Ukraine")
    start = time.perf_counter()
    assert open_tables().places("Kyiv")
    assert time.perf_counter() - start < 0.2
    code = (
        "import sys; from checks.core.reference import default_tables; t = default_tables();"
        "t.places('Kyiv'); t.unit('mile');"
        "print([m for m in ('pandas', 'pint', 'frictionless', 'sqlalchemy', 'prefect') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert done.stderr == ""

"""The reference tables themselves: sound, cited, described, repeatable, and of a sane size."""

from __future__ import annotations

import gzip
import json
import re
import shutil
from typing import TYPE_CHECKING

import pytest

from flows import tables as reference
from flows.tables import validation
from flows.tables.files import read_rows, write_rows

if TYPE_CHECKING:
    from pathlib import Path

    from checks.core.reference import Tables


def test_the_tables_are_sound() -> None:
    assert reference.validate() == []


def test_they_are_small_and_name_no_machine() -> None:
    folder = reference.data_folder()
    files = [path for path in folder.iterdir() if path.is_file()]
    assert sum(path.stat().st_size for path in files) < 16_000_000
    for path in files:
        data = gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes()
        assert re.search(rb"(?<![\w.:/])/(?:home|root|work|tmp|Users|mnt)/", data) is None, path.name


def test_compressed_tables_come_out_the_same(tmp_path: Path) -> None:
    rows = [{"a": "1", "b": "ä"}, {"a": "2", "b": 'x,"y"'}]
    for name in ("one.csv.gz", "two.csv.gz"):
        assert write_rows(tmp_path / name, ["a", "b"], rows) == 2
    assert (tmp_path / "one.csv.gz").read_bytes() == (tmp_path / "two.csv.gz").read_bytes()
    assert read_rows(tmp_path / "one.csv.gz") == rows


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A copy of the tables, to be damaged."""
    data = tmp_path / "data"
    shutil.copytree(reference.data_folder(), data, ignore=shutil.ignore_patterns("__pycache__"))
    return data


def test_what_is_wrong_is_said(broken: Path) -> None:
    with (broken / "facts_added.csv").open("a", encoding="utf-8") as file:
        file.write("cc:UA,area_total,,9e12,kilometer ** 2,2020,cia_factbook,false,false\n")
        file.write("x:nowhere,area_total,,9,kilometer ** 2,2020,cia_factbook,false,false\n")
        file.write("cc:UA,area_total,,9,furlongs per dog,2020,hearsay,false,false\n")
    (broken / "new.csv").write_text("a,b\n1,2\n")
    errors = "\n".join([*validation._row_errors(broken), *validation._package_errors(broken)])
    assert "area_total of 9e12 kilometer ** 2 is out of range" in errors
    assert "no place 'x:nowhere'" in errors
    assert "unit 'furlongs per dog' is unknown" in errors
    assert "source 'hearsay' is not in sources.csv" in errors
    assert "new.csv: not described" in errors


def test_listing() -> None:
    listed = {row["name"]: row for row in reference.list_tables()}
    assert listed["cities"]["rows"] > 140_000
    assert all(row["title"] and row["sources"] for row in listed.values())
    described = json.loads((reference.data_folder() / "datapackage.json").read_text())
    assert set(listed) == {resource["name"] for resource in described["resources"]}


def test_showing() -> None:
    rows = reference.show_table("rank_lists", limit=3)
    assert len(rows) == 3
    assert rows[0]["list_id"]
    with pytest.raises(KeyError, match="measures"):
        reference.show_table("mesures")


def test_finding(tables: Tables) -> None:
    found = reference.find_entities("Lake Superior", tables)
    assert found[0]["id"] == "m:lake:lake-superior"
    assert found[0]["match"] == "exact"
    assert any(fact["attribute"] == "area" and fact["value"] == 82_100 for fact in found[0]["facts"])
    assert reference.find_entities("Lake Superiorr", tables)[0]["match"] == "similar"

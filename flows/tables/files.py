"""The files of the tables: where they lie, and how one is read and written."""

from __future__ import annotations

import csv
import gzip
import io
import json
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Row = dict[str, str]


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


def read_package(data: Path) -> dict[str, Any]:
    """The tables' description, datapackage.json."""
    package: dict[str, Any] = json.loads((data / "datapackage.json").read_text("utf-8"))
    return package

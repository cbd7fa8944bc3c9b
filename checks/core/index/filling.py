"""An index while it is filled from the tables."""

from __future__ import annotations

import csv
import gzip
import io
import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlite3
    from collections.abc import Iterator

#: One row of a table, by column.
Row = dict[str, str]


class Filling:
    """An index while it is filled: the tables, what was numbered so far, and the connection to write to."""

    def __init__(self, connection: sqlite3.Connection, contents: dict[str, bytes]) -> None:
        self.connection = connection
        self.contents = contents
        self.numbers: dict[str, int] = {}
        self.scores: list[int] = [0]
        self.names_of: dict[int, str] = {}
        self.words: dict[str, int] = {}
        self.names: dict[tuple[str, int], int] = {}
        self.fact_count = 0
        self.countries: set[str] = set()

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


def number(text: str) -> float | int | None:
    """A number of a table, None where there is none or it is not finite."""
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

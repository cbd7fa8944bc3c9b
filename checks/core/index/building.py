"""The building of the index: all steps, then the file under its name."""

from __future__ import annotations

import csv
import io
import os
import sqlite3
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from checks.core.index import events, facts, others, places
from checks.core.index.filling import Filling
from checks.core.index.schema import INDICES, LAYOUT, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.core.index.progress import Progress

_STEPS: tuple[Callable[[Filling], None], ...] = (
    places.places,
    places.aliases,
    places.plants,
    places.save_names,
    places.demonyms,
    places.regions,
    facts.facts,
    facts.series,
    events.events,
    others.rates,
    others.rank_lists,
    others.sources,
    others.units,
    others.save_words,
)
_DOING = "building the index of the reference tables"


def build(contents: dict[str, bytes], version: str, path: Path, progress: Progress | None) -> None:
    """Build the index under another name, and give it its own once it is whole."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
    os.close(handle)
    try:
        connection = sqlite3.connect(temporary, isolation_level=None)
        try:
            connection.executescript(SCHEMA)
            connection.execute("BEGIN")
            _fill(Filling(connection, contents), progress)
            meta = {"layout": str(LAYOUT), "version": version, "as_of": _as_of(contents)}
            connection.executemany("INSERT INTO meta VALUES (?, ?)", meta.items())
            connection.execute("COMMIT")
            if progress:
                progress(_DOING, len(_STEPS), len(_STEPS) + 1)
            connection.executescript(INDICES)
        finally:
            connection.close()
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise
    if progress:
        progress(_DOING, len(_STEPS) + 1, len(_STEPS) + 1)


def _fill(index: Filling, progress: Progress | None) -> None:
    for done, step in enumerate(_STEPS):
        if progress:
            progress(_DOING, done, len(_STEPS) + 1)
        step(index)


def _as_of(contents: dict[str, bytes]) -> str:
    """The day that the tables describe: the latest on which a source was taken."""
    rows = csv.DictReader(io.StringIO(contents.get("sources.csv", b"").decode()))
    return max((row["retrieved"] for row in rows if row.get("retrieved")), default="")

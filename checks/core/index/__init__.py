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

import sqlite3
from contextlib import suppress
from typing import TYPE_CHECKING
from urllib.parse import quote

from checks.core.index.folder import from_stamp, home, lock, put, tidy, writable
from checks.core.index.progress import Progress
from checks.core.index.schema import LAYOUT
from checks.core.index.tables import TABLES, glance_at, tables_in, version_of

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["LAYOUT", "TABLES", "THINGS", "IndexDamagedError", "Progress", "connect", "discard", "home", "locate"]

#: Kinds that are no places: a name such as "Earth" or "the Melbourne Cup" finds them only where they are asked for.
THINGS = frozenset(
    {"aggregate", "aircraft", "army", "astro", "climate", "constant", "event", "earthquake", "nuclear"}
    | {"population", "race", "record", "unit", "planet", "moon", "extreme_point"}
)


class IndexDamagedError(Exception):
    """The index file cannot be read."""


def locate(data: Path | None = None, folder: Path | None = None, progress: Progress | None = None) -> Path:
    """The path of the index of the tables in ``data``, built first where there is none.

    ``data`` is by default what this installation carries, ``folder`` by default ``home()``.
    """
    files = tables_in(data)
    name = f"tables-{glance_at(files)}.stamp"
    folder = folder or home()
    if path := from_stamp(folder / name):
        return path
    folder = writable(folder)
    stamp = folder / name
    if path := from_stamp(stamp):
        return path
    with lock(folder, progress):
        if path := from_stamp(stamp):
            return path
        # A check with an index at hand does without the machinery that makes one.
        from checks.core.index.building import build

        contents = {name: file.read_bytes() for name, file in files.items()}
        version = version_of(contents)
        path = folder / f"tables-{version}.sqlite"
        if not _sound(path):
            build(contents, version, path, progress)
            tidy(folder, path)
        put(stamp, f"{version} {path.stat().st_size}\n".encode())
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

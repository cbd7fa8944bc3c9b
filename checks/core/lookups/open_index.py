"""The index, opened: one connection for each thread, and a damaged file built again."""

from __future__ import annotations

import os
import sqlite3
import threading
from typing import TYPE_CHECKING, Any

from checks.core import index

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


class OpenIndex:
    """The index of the tables, opened read-only: each thread and each forked process has its own connection."""

    def __init__(self, path: Path, data: Path | None = None) -> None:
        self._path = path
        self._data = data
        self._here = threading.local()
        self._kept: list[sqlite3.Connection] = []
        meta = dict(self._rows("SELECT key, value FROM meta"))
        self.version: str = meta["version"]
        self.as_of: str = meta["as_of"]

    def _rows(self, sql: str, values: Iterable[object] = ()) -> list[Any]:
        """Ask the index. A damaged one is built again, once."""
        values = tuple(values)
        try:
            return self._connection().execute(sql, values).fetchall()
        except (sqlite3.DatabaseError, index.IndexDamagedError) as error:
            if isinstance(error, sqlite3.ProgrammingError):
                raise
            self._rebuild()
            return self._connection().execute(sql, values).fetchall()

    def _connection(self) -> sqlite3.Connection:
        """This thread's connection. A forked process never uses its parent's."""
        if getattr(self._here, "owner", None) != (os.getpid(), str(self._path)):
            if hasattr(self._here, "connection"):
                self._kept.append(self._here.connection)  # closing is the parent's affair
            self._here.connection = index.connect(self._path)
            self._here.owner = (os.getpid(), str(self._path))
        connection: sqlite3.Connection = self._here.connection
        return connection

    def _rebuild(self) -> None:
        index.discard(self._path)
        self._path = index.locate(self._data, self._path.parent)
        self._here = threading.local()

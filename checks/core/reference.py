"""Look-ups in the reference tables: places by name, facts, events, ranks, rates and units.

The tables hold assertions, not truths: an attribute has several values, by source, year and definition, and a
check collects all that could be meant. Nothing found is no answer: absence never refutes.

Everything is read from the index (``core.index``), which is built on first use. Opening it takes a few
milliseconds; nothing is loaded whole; each thread and each forked process has its own connection.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from checks.core import index
from checks.core.lookups.events import EventTables
from checks.core.lookups.facts import FactTables
from checks.core.lookups.nouns import Event, Member, Place, RankList, Rate, Source

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ["Event", "Member", "Place", "RankList", "Rate", "Source", "Tables", "default_tables", "open_tables"]


class Tables(FactTables, EventTables):
    """The reference tables, opened read-only.

    Ask ``default_tables()`` for the ones that this installation carries. Names are folded before they are
    looked up (case, accents, punctuation, "the", Saint and St). All results are frozen values in a fixed order.
    """

    def __reduce__(self) -> tuple[Any, ...]:
        return open_tables, (self._data,)


def open_tables(
    data: Path | None = None, *, folder: Path | None = None, progress: index.Progress | None = None
) -> Tables:
    """Open the tables of a folder (by default those of this installation), building their index if needed.

    ``folder`` is where the index is kept. ``progress`` is told how the building goes; without it nothing is said.
    """
    return Tables(index.locate(data, folder, progress), data)


@cache
def _default() -> list[Tables]:
    return []


def default_tables(progress: index.Progress | None = None) -> Tables:
    """The tables that figurecheck ships, opened once in a process (the first use of an installation builds the index).

    ``progress`` is told how the building goes, if there is any: ``progress(what, done, total)``.
    """
    opened = _default()
    if not opened:
        opened.append(open_tables(progress=progress))
    return opened[0]

"""Events by the words that name them."""

# ruff: noqa: S608 (the queries are put together from constants here; every value is bound)
from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.core.lookups.nouns import Event
from checks.core.lookups.open_index import OpenIndex
from checks.core.names import fold_words

if TYPE_CHECKING:
    from collections.abc import Collection

_EVENT = (
    "e.id, e.name, e.kind, e.start, e.end, e.precision, e.calendar, e.place, e.confidence, e.doubt, e.source, e.aliases"
)


class EventTables(OpenIndex):
    """Where events are looked up."""

    def events(self, words: Collection[str], *, kind: str | None = None, limit: int = 50) -> tuple[Event, ...]:
        """The events whose name, aliases or places hold all the words, curated ones first.

        Words are folded; one that ends in "*" stands for all that begin so ("annex*"). Countries of an event
        count with their names and demonyms.
        """
        wanted = {part for word in words for part in _event_words(word)}
        if not wanted:
            return ()
        sizes = []
        for word in sorted(wanted):
            rows = self._rows("SELECT sum(events) FROM event_word_count WHERE word >= ? AND word < ?", _range(word))
            sizes.append((rows[0][0] or 0, word))
        sizes.sort()
        if not sizes[0][0]:
            return ()
        # The rarest word picks the candidates, the others are looked up for each.
        sql = "SELECT DISTINCT w.event FROM event_word w WHERE w.word >= ? AND w.word < ?"
        values: list[object] = [*_range(sizes[0][1])]
        for _, word in sizes[1:]:
            if word.endswith("*"):
                sql += " AND EXISTS (SELECT 1 FROM event_word v WHERE v.event = w.event AND v.word >= ? AND v.word < ?)"
                values += _range(word)
            else:
                sql += " AND EXISTS (SELECT 1 FROM event_word v WHERE v.word = ? AND v.event = w.event)"
                values.append(word)
        sql = f"SELECT {_EVENT} FROM event e WHERE e.no IN ({sql})"
        if kind is not None:
            sql += " AND e.kind = ?"
            values.append(kind)
        return tuple(_event(row) for row in self._rows(sql + " ORDER BY e.no LIMIT ?", (*values, limit)))

    def event(self, id: str) -> Event | None:  # noqa: A002
        """One event by its id."""
        rows = self._rows(f"SELECT {_EVENT} FROM event e WHERE e.id = ?", (id,))
        return _event(rows[0]) if rows else None


def _event(row: tuple[Any, ...]) -> Event:
    values = [*row[:-1], tuple(filter(None, row[-1].split(";")))]
    return Event(*values)


def _event_words(word: str) -> list[str]:
    parts = list(fold_words(word))
    if parts and word.endswith("*"):
        parts[-1] += "*"
    return parts


def _range(word: str) -> tuple[str, str]:
    """The words from and up to which a pattern reaches in the order of the index."""
    return (word[:-1], word[:-1] + "\U0010ffff") if word.endswith("*") else (word, word + "\0")

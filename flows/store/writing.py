"""What a chunk of files brought, written in one transaction."""

from __future__ import annotations

import json
import zlib
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects import postgresql, sqlite

from flows.store.models import Base, Claim, Document, DocumentPath, Evidence, Figure, Flag, Result, RunItem, table_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

Entry = dict[str, Any]
_T = TypeVar("_T")

_MOST_PARAMETERS = 900


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run knows of one file: its content, its key and its entries; no entries where it was known before."""

    path: str
    sha256: str | None
    size: int
    key: str | None
    entries: tuple[Entry, ...]
    texts: tuple[str, ...] = ()


class ChunkWriter:
    """The rows of one chunk, written in one transaction."""

    def __init__(self, connection: Connection, run_id: int, *, store_copy: bool) -> None:
        self._connection = connection
        self._run_id = run_id
        self._store_copy = store_copy

    def save(self, outcomes: Sequence[Outcome]) -> int:
        """Write everything; the number of results that were not there before."""
        documents = self._documents(outcomes)
        self._paths(outcomes, documents)
        fresh = [row for outcome in outcomes for row in self._results(outcome, documents)]
        inserted: dict[tuple[str, int], int] = {}
        by_key = {(row["key"], row["story"]): row for row in fresh}
        for part in parts(list(by_key.values()), 80):
            made = self._connection.execute(
                self._insert(Result)
                .values(part)
                .on_conflict_do_nothing(index_elements=["key", "story"])
                .returning(Result.id, Result.key, Result.story)
            )
            inserted.update({(key, story): identifier for identifier, key, story in made})
        self._details(outcomes, inserted)
        self._items(outcomes, inserted)
        return len(inserted)

    def _insert(self, model: type[Base]) -> Any:
        dialect = sqlite if self._connection.dialect.name == "sqlite" else postgresql
        return dialect.insert(table_of(model))

    def _add(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(table_of(model).insert(), rows)

    def _documents(self, outcomes: Sequence[Outcome]) -> dict[str, int]:
        sizes = {outcome.sha256: outcome.size for outcome in outcomes if outcome.sha256}
        rows = [{"sha256": sha256, "size": size, "first_seen": now()} for sha256, size in sorted(sizes.items())]
        for part in parts(rows, 200):
            self._connection.execute(self._insert(Document).values(part).on_conflict_do_nothing())
        found: dict[str, int] = {}
        for names in parts(sorted(sizes)):
            query = select(Document.sha256, Document.id).where(Document.sha256.in_(names))
            found.update({sha256: identifier for sha256, identifier in self._connection.execute(query)})  # noqa: C416
        return found

    def _paths(self, outcomes: Sequence[Outcome], documents: Mapping[str, int]) -> None:
        rows = {(documents[outcome.sha256], _storable(outcome.path)): None for outcome in outcomes if outcome.sha256}
        values = [
            {"document_id": document, "path": path, "first_run_id": self._run_id, "last_run_id": self._run_id}
            for document, path in rows
        ]
        for part in parts(values, 200):
            self._connection.execute(
                self._insert(DocumentPath)
                .values(part)
                .on_conflict_do_update(index_elements=["document_id", "path"], set_={"last_run_id": self._run_id})
            )

    def _results(self, outcome: Outcome, documents: Mapping[str, int]) -> Iterator[dict[str, Any]]:
        if not outcome.key or not outcome.sha256:
            return
        for story, entry in enumerate(outcome.entries):
            text = outcome.texts[story] if story < len(outcome.texts) else None
            yield {
                "key": outcome.key,
                "story": story,
                "document_id": documents[outcome.sha256],
                "run_id": self._run_id,
                "path": _storable(outcome.path),
                "published": date.fromisoformat(entry["published"]) if entry["published"] else None,
                "headline": entry["headline"] and _storable(entry["headline"]),
                "error": None,
                "entry": zlib.compress(json.dumps(entry).encode()),
                "copy": zlib.compress(text.encode("utf-8", "surrogatepass")) if text and self._store_copy else None,
            }

    def _details(self, outcomes: Sequence[Outcome], inserted: Mapping[tuple[str, int], int]) -> None:
        """Figures, claims, evidence and flags of the results that this transaction made."""
        done: set[tuple[str, int]] = set()
        figures: list[dict[str, Any]] = []
        flags: dict[tuple[str, str], dict[str, Any]] = {}
        for outcome in outcomes:
            for story, entry in enumerate(outcome.entries):
                place = (outcome.key or "", story)
                if place not in inserted or place in done:
                    continue
                done.add(place)
                figures += [_row(Figure, figure, result_id=inserted[place]) for figure in entry["figures"]]
                self._claims(inserted[place], entry["claims"])
                for claim in entry["claims"]:
                    if claim["severity"]:
                        flags.setdefault(
                            (claim["fingerprint"], outcome.path),
                            _row(
                                Flag,
                                claim,
                                path=_storable(outcome.path),
                                first_run_id=self._run_id,
                                last_run_id=self._run_id,
                                reported_run_id=None,
                            ),
                        )
        self._add(Figure, figures)
        for part in parts(list(flags.values()), 80):
            self._connection.execute(
                self._insert(Flag)
                .values(part)
                .on_conflict_do_update(index_elements=["fingerprint", "path"], set_={"last_run_id": self._run_id})
            )

    def _claims(self, result_id: int, claims: Sequence[Mapping[str, Any]]) -> None:
        for part in parts(list(claims), 40):
            rows = [_row(Claim, claim, result_id=result_id) for claim in part]
            made = self._connection.execute(
                table_of(Claim).insert().values(rows).returning(table_of(Claim).c.number, table_of(Claim).c.id)
            )
            numbers = {row.number: row.id for row in made}
            self._add(
                Evidence,
                [
                    _row(Evidence, fact, claim_id=numbers[claim["id"]], value=_storable(str(fact["value"])))
                    for claim in part
                    for fact in claim["evidence"]
                ],
            )

    def _items(self, outcomes: Sequence[Outcome], inserted: Mapping[tuple[str, int], int]) -> None:
        keys = sorted({outcome.key for outcome in outcomes if outcome.key})
        results: dict[str, list[tuple[int, int]]] = {}
        for part in parts(keys):
            query = select(Result.key, Result.story, Result.id).where(Result.key.in_(part)).order_by(Result.story)
            for key, story, identifier in self._connection.execute(query):
                results.setdefault(key, []).append((story, identifier))
        rows = []
        reported: set[int] = set()
        for outcome in outcomes:
            base = {"run_id": self._run_id, "path": _storable(outcome.path)}
            stories = results.get(outcome.key or "", [])
            if not stories:
                reason = next((entry["error"] for entry in outcome.entries), None)
                rows.append({**base, "story": 0, "result_id": None, "new": True, "error": reason})
            for story, identifier in stories:
                # The same copy at a second path is listed there, but reported once.
                new = (outcome.key, story) in inserted and identifier not in reported
                reported.add(identifier)
                rows.append({**base, "story": story, "result_id": identifier, "new": new, "error": None})
        for rows_part in parts(rows, 150):
            self._connection.execute(self._insert(RunItem).values(rows_part).on_conflict_do_nothing())
        self._seen_again([identifier for stories in results.values() for _, identifier in stories])

    def _seen_again(self, results: Sequence[int]) -> None:
        """A flag in copy that lies in the inbox unchanged was seen by this run too."""
        for part in parts(sorted(results)):
            mine = select(Claim.fingerprint).where(Claim.result_id.in_(part), Claim.severity.is_not(None))
            self._connection.execute(update(Flag).where(Flag.fingerprint.in_(mine)).values(last_run_id=self._run_id))


def _row(model: type[Base], values: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The values that the model has columns for, fit to be stored; ``number`` is the entry's own id."""
    row: dict[str, Any] = {}
    for column in table_of(model).columns:
        if column.name in more:
            row[column.name] = more[column.name]
        elif column.name == "number":
            row["number"] = values["id"]
        elif column.name != "id":
            value = values[column.name]
            if column.name == "value" and value is not None:
                value = str(value)
            row[column.name] = _storable(value) if isinstance(value, str) else value
    return row


def _storable(text: str) -> str:
    """The text without what databases refuse: lone surrogates, NUL."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8").replace("\0", "\\x00")


def parts(values: Sequence[_T], size: int = _MOST_PARAMETERS) -> Iterator[Sequence[_T]]:
    """The values in parts small enough for one statement."""
    for start in range(0, len(values), size):
        yield values[start : start + size]


def now() -> datetime:
    """This moment in UTC, as the store keeps times."""
    return datetime.now(UTC).replace(tzinfo=None)

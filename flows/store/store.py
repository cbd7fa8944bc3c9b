"""The store itself: a run from its beginning to its report, and what earlier ones left."""

from __future__ import annotations

import json
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, Connection, Engine, exists, func, select, update
from sqlalchemy.exc import SQLAlchemyError

from flows.store.database import StoreError, checked_url, default_url, engine_for, migrate, sqlite_file
from flows.store.models import Claim, Flag, Result, Run, RunItem, table_of
from flows.store.writing import ChunkWriter, Entry, Outcome, now, parts

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


@dataclass(frozen=True, slots=True)
class RunInfo:
    """A run as the store keeps it."""

    id: int
    inbox: str
    started: datetime
    finished: datetime | None
    tables_version: str
    tables_as_of: str
    files: int
    checked: int
    known: int
    unreadable: int
    report_path: str | None


class Store:
    """The store at a URL, brought to the newest version of its tables when it is opened."""

    def __init__(self, url: str | None = None) -> None:
        self.url = checked_url(url or default_url())
        if file := sqlite_file(self.url):
            try:
                file.parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise self._unusable(error) from None
        try:
            migrate(self.engine)
        except (SQLAlchemyError, OSError) as error:
            raise self._unusable(error) from None

    def absolute_url(self) -> str:
        """The URL, password and all, as a process in another folder needs it."""
        url = self.url
        if file := sqlite_file(url):
            url = url.set(database=str(file.absolute()))
        return url.render_as_string(hide_password=False)

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def _unusable(self, error: Exception) -> StoreError:
        cause = getattr(error, "orig", None) or error
        return StoreError(f"the store {self} cannot be used: {str(cause).strip().splitlines()[0]}")

    @property
    def engine(self) -> Engine:
        """The engine of this process: connections must not cross a fork."""
        return engine_for(self.url)

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    # -- a run -------------------------------------------------------------------------------------------------

    def begin_run(self, inbox: str, *, checks_version: str, tables_version: str, tables_as_of: str) -> int:
        """Open a run and return its number."""
        with self._transaction() as connection:
            made = connection.execute(
                table_of(Run)
                .insert()
                .values(
                    inbox=inbox,
                    started=now(),
                    checks_version=checks_version,
                    tables_version=tables_version,
                    tables_as_of=tables_as_of,
                    files=0,
                    checked=0,
                    known=0,
                    unreadable=0,
                )
                .returning(table_of(Run).c.id)
            )
            return int(made.scalar_one())

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that have a result."""
        found: set[str] = set()
        with self._transaction() as connection:
            for part in parts(list(keys)):
                found.update(connection.scalars(select(Result.key).where(Result.key.in_(part))))
        return found

    def save(self, run_id: int, outcomes: Sequence[Outcome], *, store_copy: bool = False) -> int:
        """Keep the outcomes of a chunk in one transaction; the number of results that were not there before."""
        with self._transaction() as connection:
            return ChunkWriter(connection, run_id, store_copy=store_copy).save(outcomes)

    def claim_flags(self, run_id: int) -> int:
        """Take every flag of this run's copy that no report has had, for this run's report; their number.

        A run that died after it took flags and before its report stood leaves them to the next.
        """
        mine = exists().where(
            RunItem.run_id == run_id,
            Result.id == RunItem.result_id,
            Result.path == Flag.path,
            Claim.result_id == Result.id,
            Claim.fingerprint == Flag.fingerprint,
            Claim.severity.is_not(None),
        )
        unfinished = select(Run.id).where(Run.finished.is_(None), Run.id != run_id)
        with self._transaction() as connection:
            taken = connection.execute(
                update(Flag)
                .where(
                    Flag.reported_run_id.is_(None) | Flag.reported_run_id.in_(unfinished),
                    mine,
                )
                .values(reported_run_id=run_id)
                .returning(Flag.id)
            )
            return len(taken.all())

    def finish_run(self, run_id: int, report_path: str | None) -> RunInfo:
        """Close a run with its counts."""
        items = select(func.count()).select_from(RunItem).where(RunItem.run_id == run_id)
        with self._transaction() as connection:
            connection.execute(
                update(Run)
                .where(Run.id == run_id)
                .values(
                    finished=now(),
                    files=select(func.count(func.distinct(RunItem.path)))
                    .where(RunItem.run_id == run_id)
                    .scalar_subquery(),
                    checked=items.where(RunItem.new, RunItem.error.is_(None)).scalar_subquery(),
                    known=items.where(RunItem.new.is_(False), RunItem.error.is_(None)).scalar_subquery(),
                    unreadable=items.where(RunItem.error.is_not(None)).scalar_subquery(),
                    report_path=report_path,
                )
            )
        info = self.run(run_id)
        assert info is not None  # noqa: S101 - it was written a moment ago
        return info

    # -- what was ----------------------------------------------------------------------------------------------

    def run(self, run_id: int | None = None) -> RunInfo | None:
        """A run by its number, by default the last that was finished; None where there is none."""
        return self._newest(Run.finished.is_not(None) if run_id is None else Run.id == run_id)

    def last_reported(self) -> RunInfo | None:
        """The newest run that had something to report."""
        return self._newest(Run.report_path.is_not(None))

    def _newest(self, condition: ColumnElement[bool]) -> RunInfo | None:
        columns = (table_of(Run).c[name] for name in RunInfo.__slots__)
        with self._transaction() as connection:
            row = connection.execute(select(*columns).where(condition).order_by(Run.id.desc()).limit(1)).first()
        return RunInfo(**row._asdict()) if row else None

    def entries(self, run_id: int) -> Iterator[tuple[Entry, str | None]]:
        """What a run has to report, by path: new copy, flags left over by a dead run, what could not be read.

        Each with the copy where it was stored. Flags that an earlier run reported have lost their severity and
        say ``known_since`` which.
        """
        left_over = exists().where(
            Flag.reported_run_id == run_id,
            Flag.path == Result.path,
            Flag.fingerprint == Claim.fingerprint,
            Claim.result_id == Result.id,
        )
        query = (
            select(RunItem.path, RunItem.error, Result.entry, Result.copy, Result.path)
            .outerjoin(Result, Result.id == RunItem.result_id)
            .where(RunItem.run_id == run_id, RunItem.new | left_over)
            .order_by(RunItem.path, RunItem.story)
        )
        with self._transaction() as connection:
            runs = {
                (fingerprint, path): number
                for fingerprint, path, number in connection.execute(
                    select(Flag.fingerprint, Flag.path, Flag.reported_run_id).where(Flag.last_run_id >= run_id)
                )
            }
            rows = connection.execute(query).all()
        for path, error, stored, copy, first_path in rows:
            entry = _entry(path, error, stored)
            for claim in entry["claims"]:
                reported = runs.get((claim["fingerprint"], first_path), run_id)
                if claim["severity"] and reported is not None and reported < run_id:
                    claim["severity"] = None
                    claim["known_since"] = reported
            yield entry, zlib.decompress(copy).decode("utf-8", "surrogatepass") if copy else None


def _entry(path: str, error: str | None, stored: bytes | None) -> Entry:
    from flows.checking import unreadable

    if stored is None:
        return unreadable(path, error or "it could not be read")
    entry: Entry = json.loads(zlib.decompress(stored))
    entry["path"] = path
    return entry

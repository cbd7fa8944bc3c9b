"""The store: what was checked, what came of it, and which flags were reported when. The database is the truth.

Everything hangs on a content key: the bytes of the copy, the date given with it, the versions of checks and tables.
The same key is never checked twice, and no flag is reported twice.
"""

from __future__ import annotations

import hashlib
import json
import os
import zlib
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from sqlalchemy import (
    JSON,
    Connection,
    Engine,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    create_engine,
    event,
    exists,
    func,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from flows.files import home
from flows.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping, Sequence

Entry = dict[str, Any]
_T = TypeVar("_T")

_BUSY_SECONDS = 60
_MOST_PARAMETERS = 900


class Base(DeclarativeBase):
    """The tables of the store."""


class Document(Base):
    """A piece of copy by its content, wherever it lies."""

    __tablename__ = "documents"

    id: Mapped[int] = mapped_column(primary_key=True)
    sha256: Mapped[str] = mapped_column(String(64), unique=True)
    size: Mapped[int]
    first_seen: Mapped[datetime]


class DocumentPath(Base):
    """A path at which a document was found, and the runs that found it there first and last."""

    __tablename__ = "document_paths"
    __table_args__ = (UniqueConstraint("document_id", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"))
    path: Mapped[str]
    first_run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    last_run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))


class Run(Base):
    """One verification of an inbox. ``finished`` stays empty where a run was killed."""

    __tablename__ = "runs"

    id: Mapped[int] = mapped_column(primary_key=True)
    inbox: Mapped[str]
    started: Mapped[datetime]
    finished: Mapped[datetime | None]
    checks_version: Mapped[str] = mapped_column(String(80))
    tables_version: Mapped[str] = mapped_column(String(80))
    tables_as_of: Mapped[str] = mapped_column(String(40))
    #: How many files the run found, checked anew, had checked before, and could not read.
    files: Mapped[int] = mapped_column(default=0)
    checked: Mapped[int] = mapped_column(default=0)
    known: Mapped[int] = mapped_column(default=0)
    unreadable: Mapped[int] = mapped_column(default=0)
    report_path: Mapped[str | None] = mapped_column(default=None)


class Result(Base):
    """What came of checking one document with one version of checks and tables: an entry of the JSON report."""

    __tablename__ = "results"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: sha256 of content, date given, settings, checks version and tables version; with the story's number in its file.
    key: Mapped[str] = mapped_column(String(64), index=True)
    story: Mapped[int] = mapped_column(default=0)
    document_id: Mapped[int] = mapped_column(ForeignKey("documents.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    path: Mapped[str]
    published: Mapped[date | None]
    headline: Mapped[str | None]
    error: Mapped[str | None]
    entry: Mapped[bytes] = mapped_column(LargeBinary)
    #: The copy itself, only where the desk has asked for it (store-copy).
    copy: Mapped[bytes | None] = mapped_column(LargeBinary)

    __table_args__ = (UniqueConstraint("key", "story"),)


class Figure(Base):
    """A figure found in a document."""

    __tablename__ = "figures"

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), index=True)
    number: Mapped[str] = mapped_column(String(12))
    start: Mapped[int]
    end: Mapped[int]
    line: Mapped[int]
    column: Mapped[int]
    text: Mapped[str]
    kind: Mapped[str] = mapped_column(String(24))
    value: Mapped[str | None]
    low: Mapped[float | None]
    high: Mapped[float | None]
    unit: Mapped[str | None]
    counts: Mapped[str | None]
    hedge: Mapped[str | None]
    in_quotation: Mapped[bool]
    checked: Mapped[bool]
    why_not: Mapped[str | None]


class Claim(Base):
    """A claim with its verdict."""

    __tablename__ = "claims"

    id: Mapped[int] = mapped_column(primary_key=True)
    result_id: Mapped[int] = mapped_column(ForeignKey("results.id"), index=True)
    number: Mapped[str] = mapped_column(String(12))
    check: Mapped[str] = mapped_column(String(40))
    start: Mapped[int]
    end: Mapped[int]
    line: Mapped[int]
    column: Mapped[int]
    text: Mapped[str]
    verdict: Mapped[str] = mapped_column(String(16))
    severity: Mapped[str | None] = mapped_column(String(8))
    message: Mapped[str]
    working: Mapped[str]
    slip: Mapped[str | None]
    expected: Mapped[Any | None] = mapped_column(JSON(none_as_null=True), nullable=True)
    suggestions: Mapped[Any] = mapped_column(JSON)
    in_quotation: Mapped[bool]
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)


class Evidence(Base):
    """A row of the reference tables that a claim was judged by."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_row", "table", "entity", "attribute"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id"), index=True)
    table: Mapped[str]
    entity: Mapped[str]
    attribute: Mapped[str]
    qualifier: Mapped[str | None]
    value: Mapped[str]
    unit: Mapped[str | None]
    as_of: Mapped[str | None]
    source: Mapped[str]


class Flag(Base):
    """A flag by its fingerprint and its file: the runs that saw it first and last, and the one that reported it.

    The same slip in another story is another flag: there, too, somebody has to mend it.
    """

    __tablename__ = "flags"
    __table_args__ = (UniqueConstraint("fingerprint", "path"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), index=True)
    check: Mapped[str] = mapped_column(String(40))
    severity: Mapped[str] = mapped_column(String(8))
    path: Mapped[str]
    message: Mapped[str]
    first_run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    last_run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"))
    reported_run_id: Mapped[int | None] = mapped_column(ForeignKey("runs.id"))


class RunItem(Base):
    """What a run found: a path with its result, or with the reason why it could not be read."""

    __tablename__ = "run_items"
    __table_args__ = (UniqueConstraint("run_id", "path", "story"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("runs.id"), index=True)
    path: Mapped[str]
    story: Mapped[int] = mapped_column(default=0)
    result_id: Mapped[int | None] = mapped_column(ForeignKey("results.id"), index=True)
    new: Mapped[bool]
    error: Mapped[str | None]


class StoreError(SettingsError):
    """A store that cannot be used; the message names it, without its password, and says why."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run knows of one file: its content, its key and its entries; no entries where it was known before."""

    path: str
    sha256: str | None
    size: int
    key: str | None
    entries: tuple[Entry, ...]
    texts: tuple[str, ...] = ()


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


def default_url() -> str:
    """SQLite in figurecheck's own folder."""
    return f"sqlite:///{home() / 'figurecheck.sqlite'}"


def content_key(sha256: str, given: Mapping[str, Any], checks_version: str, tables_version: str) -> str:
    """The key under which a document's result is kept; ``given`` is what was set for it (its date, the checks)."""
    parts = json.dumps([sha256, given, checks_version, tables_version], sort_keys=True, default=str)
    return hashlib.sha256(parts.encode()).hexdigest()


@cache
def checks_version() -> str:
    """The package's version with a hash of the checks' source and word lists, so that a changed rule rechecks."""
    import checks
    import flows
    import reference_data

    digest = hashlib.sha256()
    folders = [Path(next(iter(package.__path__))) for package in (checks, reference_data)]
    folders.append(Path(next(iter(flows.__path__))) / "copy")
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            if path.suffix in {".py", ".csv", ".txt"} and inside[0] != "report" and path.is_file():
                digest.update("/".join(inside).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"{flows.__version__}+{digest.hexdigest()[:12]}"


class Store:
    """The store at a URL, brought to the newest version of its tables when it is opened."""

    def __init__(self, url: str | None = None) -> None:
        self.url = _checked_url(url or default_url())
        if self.url.get_backend_name() == "sqlite" and self.url.database not in (None, "", ":memory:"):
            try:
                Path(str(self.url.database)).parent.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise self._unusable(error) from None
        try:
            self._migrate()
        except (SQLAlchemyError, OSError) as error:
            raise self._unusable(error) from None

    def absolute_url(self) -> str:
        """The URL, password and all, as a process in another folder needs it."""
        url = self.url
        if url.get_backend_name() == "sqlite" and url.database not in (None, "", ":memory:"):
            url = url.set(database=str(Path(str(url.database)).absolute()))
        return url.render_as_string(hide_password=False)

    def __str__(self) -> str:
        return self.url.render_as_string(hide_password=True)

    def _unusable(self, error: Exception) -> StoreError:
        cause = getattr(error, "orig", None) or error
        return StoreError(f"the store {self} cannot be used: {str(cause).strip().splitlines()[0]}")

    @property
    def engine(self) -> Engine:
        """The engine of this process: connections must not cross a fork."""
        return _engine(self.url.render_as_string(hide_password=False), os.getpid())

    @contextmanager
    def _transaction(self) -> Iterator[Connection]:
        try:
            with self.engine.begin() as connection:
                yield connection
        except SQLAlchemyError as error:
            raise self._unusable(error) from error

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config
        from alembic.migration import MigrationContext
        from alembic.script import ScriptDirectory

        config = Config()
        config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
        head = ScriptDirectory.from_config(config).get_current_head()
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # Several workers may open an empty store at once; one of them makes the tables.
                connection.execute(select(func.pg_advisory_xact_lock(0x66696775)))
            if MigrationContext.configure(connection).get_current_revision() != head:
                config.attributes["connection"] = connection
                command.upgrade(config, "head")

    # -- a run -------------------------------------------------------------------------------------------------

    def begin_run(self, inbox: str, *, tables_version: str, tables_as_of: str) -> int:
        """Open a run and return its number."""
        with self._transaction() as connection:
            made = connection.execute(
                _table(Run)
                .insert()
                .values(
                    inbox=inbox,
                    started=_now(),
                    checks_version=checks_version(),
                    tables_version=tables_version,
                    tables_as_of=tables_as_of,
                    files=0,
                    checked=0,
                    known=0,
                    unreadable=0,
                )
                .returning(_table(Run).c.id)
            )
            return int(made.scalar_one())

    def known_keys(self, keys: Collection[str]) -> set[str]:
        """Those of the keys that have a result."""
        found: set[str] = set()
        with self._transaction() as connection:
            for part in _parts(list(keys)):
                found.update(connection.scalars(select(Result.key).where(Result.key.in_(part))))
        return found

    def save(self, run_id: int, outcomes: Sequence[Outcome], *, store_copy: bool = False) -> int:
        """Keep the outcomes of a chunk in one transaction; the number of results that were not there before."""
        with self._transaction() as connection:
            return _Chunk(connection, run_id, store_copy=store_copy).save(outcomes)

    def claim_flags(self, run_id: int) -> int:
        """Take every flag of this run's copy that no report has had, for this run's report; their number.

        A run that died after it took flags and before its report stood leaves them to the next.
        """
        mine = (
            select(Claim.fingerprint)
            .join(RunItem, RunItem.result_id == Claim.result_id)
            .where(RunItem.run_id == run_id, Claim.severity.is_not(None))
        )
        unfinished = select(Run.id).where(Run.finished.is_(None), Run.id != run_id)
        with self._transaction() as connection:
            taken = connection.execute(
                update(Flag)
                .where(
                    Flag.reported_run_id.is_(None) | Flag.reported_run_id.in_(unfinished),
                    Flag.fingerprint.in_(mine),
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
                    finished=_now(),
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
        query = select(*(_table(Run).c[name] for name in RunInfo.__slots__))
        if run_id is None:
            query = query.where(Run.finished.is_not(None)).order_by(Run.id.desc()).limit(1)
        else:
            query = query.where(Run.id == run_id)
        with self._transaction() as connection:
            row = connection.execute(query).first()
        return RunInfo(**row._asdict()) if row else None

    def last_report(self) -> str | None:
        """The path of the newest HTML report that a run has written."""
        with self._transaction() as connection:
            query = select(Run.report_path).where(Run.report_path.is_not(None)).order_by(Run.id.desc()).limit(1)
            return connection.scalar(query)

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


class _Chunk:
    """The rows of one chunk, written in one transaction."""

    def __init__(self, connection: Connection, run_id: int, *, store_copy: bool) -> None:
        self._connection = connection
        self._run_id = run_id
        self._store_copy = store_copy

    def save(self, outcomes: Sequence[Outcome]) -> int:
        documents = self._documents(outcomes)
        self._paths(outcomes, documents)
        fresh = [row for outcome in outcomes for row in self._results(outcome, documents)]
        inserted: dict[tuple[str, int], int] = {}
        by_key = {(row["key"], row["story"]): row for row in fresh}
        for part in _parts(list(by_key.values()), 80):
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
        return dialect.insert(_table(model))

    def _add(self, model: type[Base], rows: Sequence[Mapping[str, Any]]) -> None:
        if rows:
            self._connection.execute(_table(model).insert(), rows)

    def _documents(self, outcomes: Sequence[Outcome]) -> dict[str, int]:
        sizes = {outcome.sha256: outcome.size for outcome in outcomes if outcome.sha256}
        rows = [{"sha256": sha256, "size": size, "first_seen": _now()} for sha256, size in sorted(sizes.items())]
        for part in _parts(rows, 200):
            self._connection.execute(self._insert(Document).values(part).on_conflict_do_nothing())
        found: dict[str, int] = {}
        for names in _parts(sorted(sizes)):
            query = select(Document.sha256, Document.id).where(Document.sha256.in_(names))
            found.update({sha256: identifier for sha256, identifier in self._connection.execute(query)})  # noqa: C416
        return found

    def _paths(self, outcomes: Sequence[Outcome], documents: Mapping[str, int]) -> None:
        rows = {(documents[outcome.sha256], _storable(outcome.path)): None for outcome in outcomes if outcome.sha256}
        values = [
            {"document_id": document, "path": path, "first_run_id": self._run_id, "last_run_id": self._run_id}
            for document, path in rows
        ]
        for part in _parts(values, 200):
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
        flags: dict[str, dict[str, Any]] = {}
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
                            claim["fingerprint"],
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
        for part in _parts(list(flags.values()), 80):
            self._connection.execute(
                self._insert(Flag)
                .values(part)
                .on_conflict_do_update(index_elements=["fingerprint", "path"], set_={"last_run_id": self._run_id})
            )

    def _claims(self, result_id: int, claims: Sequence[Mapping[str, Any]]) -> None:
        for part in _parts(list(claims), 40):
            rows = [_row(Claim, claim, result_id=result_id) for claim in part]
            made = self._connection.execute(
                _table(Claim).insert().values(rows).returning(_table(Claim).c.number, _table(Claim).c.id)
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
        for part in _parts(keys):
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
        for rows_part in _parts(rows, 150):
            self._connection.execute(self._insert(RunItem).values(rows_part).on_conflict_do_nothing())
        self._seen_again([identifier for stories in results.values() for _, identifier in stories])

    def _seen_again(self, results: Sequence[int]) -> None:
        """A flag in copy that lies in the inbox unchanged was seen by this run too."""
        for part in _parts(sorted(results)):
            mine = select(Claim.fingerprint).where(Claim.result_id.in_(part), Claim.severity.is_not(None))
            self._connection.execute(update(Flag).where(Flag.fingerprint.in_(mine)).values(last_run_id=self._run_id))


def _table(model: type[Base]) -> Any:
    return model.__table__


def _row(model: type[Base], values: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    """The values that the model has columns for, fit to be stored; ``number`` is the entry's own id."""
    row: dict[str, Any] = {}
    for column in _table(model).columns:
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


def _parts(values: Sequence[_T], size: int = _MOST_PARAMETERS) -> Iterator[Sequence[_T]]:
    for start in range(0, len(values), size):
        yield values[start : start + size]


def _now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def _checked_url(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        hint = (
            f"sqlite:///{text}"
            if "://" not in text
            else "sqlite:///store.sqlite or postgresql+psycopg://user@host/name"
        )
        raise StoreError(f"--store: {text!r} is no database URL; write {hint}") from None
    if url.get_backend_name() == "postgresql" and url.drivername == "postgresql":
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in ("sqlite", "postgresql"):
        raise StoreError(f"--store: {url.get_backend_name()} is not supported; use SQLite or PostgreSQL")
    try:
        url.get_dialect().import_dbapi()
    except (NoSuchModuleError, ImportError):
        raise StoreError(
            f"--store: the driver for {url.drivername} is not installed; pip install 'figurecheck[postgresql]'"
        ) from None
    return url


@cache
def _engine(url: str, _process: int) -> Engine:
    # A server that was restarted since must not cost a night.
    engine = create_engine(url, pool_pre_ping=True)
    if engine.dialect.name == "sqlite":

        @event.listens_for(engine, "connect")
        def connected(connection: Any, _record: Any) -> None:
            # Python's own handling of transactions would begin them late; SQLAlchemy begins them below.
            connection.isolation_level = None
            cursor = connection.cursor()
            cursor.execute(f"PRAGMA busy_timeout = {_BUSY_SECONDS * 1000}")
            cursor.execute("PRAGMA journal_mode = WAL")
            cursor.execute("PRAGMA synchronous = NORMAL")
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.close()

        @event.listens_for(engine, "begin")
        def began(connection: Connection) -> None:
            # Taking the write lock at once is what lets a second writer wait instead of failing half-way.
            connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine

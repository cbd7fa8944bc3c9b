"""The tables of the store."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


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


def table_of(model: type[Base]) -> Any:
    """The model's table, for statements on many rows."""
    return model.__table__

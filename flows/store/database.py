"""Where the store lies, and how it is opened: SQLite or PostgreSQL, with the newest version of its tables."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, func, select
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from flows.files import home
from flows.settings import SettingsError

_BUSY_SECONDS = 60


class StoreError(SettingsError):
    """A store that cannot be used; the message names it, without its password, and says why."""


def default_url() -> str:
    """SQLite in figurecheck's own folder."""
    return f"sqlite:///{home() / 'figurecheck.sqlite'}"


def checked_url(text: str) -> URL:
    """The URL as SQLAlchemy knows it; raises StoreError, with the mend, where it is none that can be used."""
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


def sqlite_file(url: URL) -> Path | None:
    """The file of an SQLite store; None for a server's, and for one in memory."""
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        return None
    return Path(str(url.database))


def engine_for(url: URL) -> Engine:
    """The engine of this process: connections must not cross a fork."""
    return _engine(url.render_as_string(hide_password=False), os.getpid())


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


def migrate(engine: Engine) -> None:
    """Bring the store's tables to their newest version."""
    from alembic import command
    from alembic.config import Config
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    head = ScriptDirectory.from_config(config).get_current_head()
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            # Several workers may open an empty store at once; one of them makes the tables.
            connection.execute(select(func.pg_advisory_xact_lock(0x66696775)))
        if MigrationContext.configure(connection).get_current_revision() != head:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

"""Fixtures for all tests."""

from __future__ import annotations

import pytest


@pytest.fixture(scope="session")
def tables():
    """The reference tables, opened before any test names a folder of its own for figurecheck's files."""
    from checks.core.reference import default_tables

    return default_tables()


@pytest.fixture
def desk(tables, monkeypatch, capsys, tmp_path):
    """The command line over a check that flags marked words, in a folder of its own."""
    from desk import Desk, stand_in_check

    monkeypatch.setattr("flows.checking.check", stand_in_check)
    monkeypatch.setattr("flows.checking.check_names", lambda: ("conversion", "rank", "weekday"))
    monkeypatch.setattr("flows.check_command.check_names", lambda: ("conversion", "rank", "weekday"))
    monkeypatch.setenv("FIGURECHECK_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    from flows import settings

    settings._nearest.cache_clear()
    return Desk(monkeypatch, capsys, tmp_path)


@pytest.fixture(scope="session")
def postgresql():
    """The URL of a PostgreSQL server of the tests' own."""
    from servers import postgresql_server

    with postgresql_server() as url:
        yield url

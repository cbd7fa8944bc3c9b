"""What some tests need of the machine: a browser, a database server."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest


def missing(what: str) -> NoReturn:
    """Leave a test out for want of something, or fail where nothing may be left out (the gate)."""
    if os.environ.get("FIGURECHECK_TESTS_LEAVE_NOTHING_OUT"):
        pytest.fail(f"there is no {what} here, and nothing may be left out")
    pytest.skip(f"there is no {what} here")


def _server_programs() -> Path | None:
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    installed = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    return installed[-1].parent if installed else None


@contextmanager
def postgresql_server() -> Iterator[str]:
    """A PostgreSQL server of our own on a socket in a temporary folder; yields its URL."""
    programs = _server_programs()
    if programs is None:
        missing("PostgreSQL server")
    # PostgreSQL refuses to run as the superuser.
    account = "postgres" if os.geteuid() == 0 else None
    folder = Path(tempfile.mkdtemp(prefix="fc-pg-"))
    if account:
        shutil.chown(folder, account)

    def run(program: str, *arguments: str) -> None:
        subprocess.run(
            [str(programs / program), *arguments],
            check=True,
            user=account,
            cwd=folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    data = folder / "data"
    options = f"-c listen_addresses='' -c unix_socket_directories='{folder}' -c fsync=off"
    run("initdb", "--pgdata", str(data), "--username", "figurecheck", "--auth", "trust", "--encoding", "UTF8")
    run("pg_ctl", "--pgdata", str(data), "--log", str(folder / "log"), "--wait", "--options", options, "start")
    try:
        yield f"postgresql+psycopg://figurecheck@/postgres?host={folder}"
    finally:
        run("pg_ctl", "--pgdata", str(data), "--mode", "immediate", "stop")
        shutil.rmtree(folder, ignore_errors=True)

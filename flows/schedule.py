"""``figurecheck schedule``: the flow ``verify`` served on a cron schedule, with Prefect's own server kept beside it."""

from __future__ import annotations

import asyncio
import ctypes
import fcntl
import hashlib
import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from checks.core.reference import default_tables
from flows.files import home
from flows.orchestration import prepare, server_url
from flows.progress import building
from flows.settings import SettingsError
from flows.terminal import message

if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import FrameType

    from flows.run_command import RunOptions

_START_SECONDS = 180
_STOP_SECONDS = 20
_PR_SET_PDEATHSIG = 1


def serve(options: RunOptions, cron: str) -> int:
    """Serve the inbox's verification until a signal stops it; returns the exit status."""
    from flows.check_command import settings_finder
    from flows.run_command import checked_options

    settings = settings_finder(checked_options(options))(options.inbox)
    inbox = Path(options.inbox).absolute()
    signal.signal(signal.SIGTERM, _stop)
    try:
        with _only_one(inbox) as number:
            # A run that fails says so in a line of its own, without Prefect's tracebacks.
            prepare(PREFECT_LOGGING_LEVEL="CRITICAL")
            _require_cron(cron)
            from flows.store import Store

            store = Store(options.store or settings.store)
            default_tables(progress=building())
            parameters: dict[str, object] = {
                "inbox": str(inbox),
                "store": store.absolute_url(),
                "report_folder": str(options.report.absolute()) if options.report else None,
                "config": str(options.config.absolute()) if options.config else None,
                "announce": True,
            }
            with _server(number) as url:
                _serve_flow(f"inbox-{number}", cron, parameters, url)
    except KeyboardInterrupt:
        pass
    message("the schedule has stopped")
    return 0


def _stop(_signal: int, _frame: FrameType | None) -> None:
    raise KeyboardInterrupt


@contextmanager
def _only_one(inbox: Path) -> Iterator[str]:
    """Hold the lock of this inbox's schedule, so that no night is verified by two; yields the schedule's name."""
    name = hashlib.sha256(os.fsencode(inbox.resolve())).hexdigest()[:12]
    folder = home() / "prefect"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = (folder / f"schedule-{name}.lock").open("w")
    except OSError as error:
        raise SettingsError(f"{folder} cannot be written: {error.strerror or error}") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise SettingsError(f"{inbox} is scheduled already, by another process; stop that one first") from None
        yield name


def _require_cron(cron: str) -> None:
    from prefect.client.schemas.schedules import CronSchedule

    try:
        CronSchedule(cron=cron)
    except ValueError:
        raise SettingsError(
            f"--cron: {cron!r} is no schedule; five fields are needed (minute, hour, day, month, weekday), for"
            ' example "0 2 * * *" for two o\'clock every night'
        ) from None


def time_zone() -> str:
    """The machine's time zone: two o'clock at night is meant by the newsroom's clock, not by Greenwich's."""
    candidates = [os.environ.get("TZ", "").removeprefix(":")]
    with suppress(OSError):
        _, found, name = str(Path("/etc/localtime").resolve()).partition("zoneinfo/")
        candidates.append(name if found else "")
    for name in candidates:
        with suppress(Exception):
            if name:
                return ZoneInfo(name).key
    return "UTC"


def _serve_flow(name: str, cron: str, parameters: dict[str, object], url: str) -> None:
    from prefect.runner import Runner
    from prefect.schedules import Cron
    from prefect.settings import PREFECT_API_URL, temporary_settings
    from prefect.types.entrypoint import EntrypointType

    from flows.verify import verify

    class Served(Runner):
        """A runner that a SIGTERM stops as Ctrl-C does: its own handler for it leaves the schedule running."""

        def handle_sigterm(self, *_: object, **__: object) -> None:
            signal.raise_signal(signal.SIGINT)

    zone = time_zone()
    # Prefect has read its settings before the server's address was known.
    with temporary_settings({PREFECT_API_URL: url}):
        runner = Served(name=name, limit=1, pause_on_shutdown=True)
        runner.add_flow(
            verify,
            name=name,
            schedule=Cron(cron, timezone=zone),
            parameters=parameters,
            entrypoint_type=EntrypointType.MODULE_PATH,
        )
        message(f'verifying {parameters["inbox"]} at "{cron}" ({zone} time); Ctrl-C stops it')
        asyncio.run(runner.start())


@contextmanager
def _server(name: str) -> Iterator[str]:
    """Yield the URL of Prefect's server: the user's, or one kept here, with a database of its own, for the schedule."""
    if url := server_url():
        message(f"using the Prefect server at {url}")
        yield url
        return
    message("starting Prefect's own server; this takes some seconds, on a slow machine up to two minutes ...")
    port = _free_port()
    log_path = home() / "prefect" / f"server-{name}.log"
    database = home() / "prefect" / f"schedule-{name}.db"
    # In a session of its own: Ctrl-C must end the schedule first, which tells the server that it ends.
    with log_path.open("wb") as log:
        server = subprocess.Popen(  # noqa: S603
            [sys.executable, "-m", "prefect", "server", "start", "--host", "127.0.0.1", "--port", str(port), "--no-ui"],
            env={**os.environ, "PREFECT_API_DATABASE_CONNECTION_URL": f"sqlite+aiosqlite:///{database}"},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_end_with_parent,  # noqa: PLW1509 - no threads run yet
        )
    try:
        url = f"http://127.0.0.1:{port}/api"
        _wait_for(server, url, log_path)
        yield url
    finally:
        _end(server)


def _end_with_parent() -> None:
    """Have the kernel end the server when figurecheck is killed outright (Linux)."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(server: subprocess.Popen[bytes], url: str, log: Path) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if server.poll() is not None:
            raise SettingsError(f"Prefect's server ended at once (status {server.returncode}); its log is {log}")
        if _is_healthy(url):
            return
        time.sleep(0.2)
    raise SettingsError(f"Prefect's server did not answer within {_START_SECONDS} seconds; its log is {log}")


def _is_healthy(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/health", timeout=5) as answer:  # noqa: S310 - our own server
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _end(server: subprocess.Popen[bytes]) -> None:
    for ending in (signal.SIGTERM, signal.SIGKILL):
        with suppress(ProcessLookupError):
            os.killpg(server.pid, ending)
        with suppress(subprocess.TimeoutExpired):
            server.wait(_STOP_SECONDS)
            return

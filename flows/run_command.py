"""``figurecheck run`` and ``figurecheck report``: the flow from the command line, and what it kept."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from checks.core.reference import default_tables
from checks.report import stream
from flows.check_command import CLEAN, FAILED, FLAGGED, CheckOptions, settings_finder
from flows.checking import failing
from flows.orchestration import prepare, server_url
from flows.output import deliver, require_output
from flows.progress import building
from flows.settings import FailLevel, SettingsError
from flows.terminal import message, wants_color, width, write_out

if TYPE_CHECKING:
    from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class RunOptions:
    """What was typed; None where an option was not given."""

    inbox: str
    store: str | None = None
    report: Path | None = None
    published: date | None = None
    fail_level: FailLevel | None = None
    config: Path | None = None


def checked_options(options: RunOptions) -> CheckOptions:
    """The options as the checks know them; raises SettingsError where the inbox or a setting is wrong.

    What can be found wrong is found before Prefect starts, which takes a while.
    """
    if not Path(options.inbox).exists():
        raise SettingsError(f"{options.inbox}: there is no such file or folder")
    chosen = CheckOptions(
        paths=(options.inbox,), published=options.published, fail_level=options.fail_level, config=options.config
    )
    settings = settings_finder(chosen)(options.inbox)
    folder = options.report or settings.report
    if folder and folder.exists() and not folder.is_dir():
        raise SettingsError(f"--report: {folder} is a file; name a folder")
    return chosen


def run_inbox(options: RunOptions) -> int:
    """Verify an inbox once; returns the exit status, which speaks of what this run reports."""
    chosen = checked_options(options)
    settings = settings_finder(chosen)(options.inbox)
    from flows.store import Store

    # Opened once before the flow, so that a wrong URL is told at once.
    store = Store(options.store or settings.store)
    default_tables(progress=building())
    # Failures reach the user as a sentence below; Prefect would log them with their tracebacks.
    prepare(PREFECT_LOGGING_LEVEL="CRITICAL")
    url = server_url()
    if url:
        message(f"using the Prefect server at {url}")
    else:
        message("starting Prefect's own server; this takes some seconds, on a slow machine up to two minutes ...")
    from flows.reporting import announcement, stored_run
    from flows.verify import verify

    try:
        run_id = verify(
            inbox=options.inbox,
            store=options.store or settings.store,
            report_folder=str(options.report) if options.report else None,
            published=options.published.isoformat() if options.published else None,
            config=str(options.config) if options.config else None,
        )
    except SettingsError:
        raise
    except Exception as error:
        reason = _server_trouble(error)
        if reason is None:
            raise
        raise SettingsError(reason) from None
    info = store.run(run_id)
    if info is None:
        raise SettingsError(f"the run {run_id} is not in the store {store}")
    terminal = sys.stdout.isatty()
    write_out(announcement(store, info, chosen, color=wants_color(), width=width(), full=terminal))
    documents = stored_run(store, run_id, chosen)["documents"] if info.report_path else []
    for entry in documents:
        if entry["error"] is not None and not terminal:
            message(f"{entry['path']}: cannot be read: {entry['error']}")
    if info.unreadable:
        return FAILED
    return FLAGGED if failing(documents, settings) else CLEAN


def _server_trouble(error: Exception) -> str | None:
    """The sentence for trouble with Prefect's server; None where it is trouble of another kind."""
    text = str(error).strip().splitlines()[0] if str(error).strip() else type(error).__name__
    name = type(error).__module__.partition(".")[0]
    if name in ("httpx", "httpcore", "prefect") or "server" in text.lower() or "API" in text:
        where = server_url() or "Prefect's own server"
        return f"the Prefect server does not answer ({where}): {text}"
    return None


def print_report(number: int | None, chosen: str | None, output: Path | None, url: str | None) -> int:
    """Print the report of a stored run, by default the last; returns the exit status."""
    require_output(chosen, output)
    from flows.reporting import stored_run, texts_of
    from flows.store import Store

    settings = settings_finder(CheckOptions(paths=("-",)))("-")
    store = Store(url or settings.store)
    info = store.run(number)
    if info is None:
        which = f"no run {number}" if number is not None else "no run that was finished"
        raise SettingsError(f"there is {which} in the store {store}")
    if number is None and info.report_path is None and (last := store.last_reported()):
        message(f"run {info.id} found nothing new; figurecheck report {last.id} shows the last that did")
    default_tables(progress=building())
    run = stored_run(store, info.id)
    texts = texts_of(run["documents"], store, info.id)
    concise = chosen is None and output is None and not sys.stdout.isatty()
    color = output is None and wants_color()
    pieces = stream(run, chosen or "text", texts=texts, color=color, width=width(), concise=concise)
    deliver(pieces, output)
    return CLEAN

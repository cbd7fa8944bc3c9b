"""The flow ``verify``: everything new in an inbox is read, checked, stored and reported, once.

Prefect orchestrates; the store is the truth. A run that dies is simply run again.
"""

from __future__ import annotations

import time
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from flows.orchestration import prepare

prepare()

from prefect import flow, task  # noqa: E402 - Prefect reads its settings when it is imported
from prefect.cache_policies import NO_CACHE  # noqa: E402

from checks.core.reference import default_tables  # noqa: E402
from checks.report import stream  # noqa: E402
from flows.check_command import CheckOptions, settings_finder  # noqa: E402
from flows.checking import unreadable  # noqa: E402
from flows.files import home, write_atomically  # noqa: E402
from flows.inbox import gather  # noqa: E402
from flows.progress import progress  # noqa: E402
from flows.reporting import announcement, stored_run, texts_of  # noqa: E402
from flows.settings import SettingsError  # noqa: E402
from flows.store import Outcome, RunInfo, Store, checks_version, content_key  # noqa: E402
from flows.terminal import message, write_out  # noqa: E402
from flows.work import Chunk, Chunks, Workers, read_file  # noqa: E402


@task(name="read", cache_policy=NO_CACHE, persist_result=False)
def read(chunk: Chunk, store: Store, options: CheckOptions) -> None:
    """Read a chunk's files and ask the store which of them it knows."""
    settings_of = settings_finder(options)
    tables = default_tables().version
    chunk.reads = [read_file(item, settings_of(item.path)) for item in chunk.items]
    chunk.keys = {
        each.path: content_key(each.sha256, each.given, checks_version(), tables)
        for each in chunk.reads
        if each.sha256 is not None
    }
    chunk.known = store.known_keys(set(chunk.keys.values()))


@task(name="check", cache_policy=NO_CACHE, persist_result=False)
def check(chunk: Chunk, workers: Workers) -> None:
    """Check what is new in a chunk, on as many cores as there are."""
    started = time.monotonic()
    pending = chunk.pending()
    chunk.size = sum(len(each.data) for each in pending)
    chunk.checked = {each.path: checked for each, checked in workers.check(pending)}
    chunk.seconds = time.monotonic() - started


@task(name="store", cache_policy=NO_CACHE, persist_result=False)
def store_results(chunk: Chunk, store: Store, run_id: int, *, store_copy: bool) -> None:
    """Keep what came of a chunk, in one transaction."""
    outcomes = []
    for each in chunk.reads:
        checked = chunk.checked.get(each.path, [])
        entries = tuple(one.entry for one in checked)
        if each.error is not None:
            entries = (unreadable(each.path, each.error),)
        # What could not be read is tried again by every run, so it has no key.
        key = None if any(entry["error"] is not None for entry in entries) else chunk.keys.get(each.path)
        outcomes.append(Outcome(each.path, each.sha256, each.size, key, entries, tuple(one.text for one in checked)))
    store.save(run_id, outcomes, store_copy=store_copy)
    chunk.release()


@task(name="report", cache_policy=NO_CACHE, persist_result=False)
def report(store: Store, run_id: int, folder: Path, options: CheckOptions) -> RunInfo:
    """Write the HTML report of what is new, and close the run. Nothing new, no report."""
    store.claim_flags(run_id)
    run = stored_run(store, run_id, options)
    if not run["documents"]:
        return store.finish_run(run_id, None)
    path = folder / f"figurecheck-{datetime.now(UTC):%Y%m%d-%H%M%S}-run{run_id}.html"
    try:
        write_atomically(path, stream(run, "html", texts=texts_of(run["documents"], store, run_id)))
    except OSError as error:
        raise SettingsError(f"the report {path} cannot be written: {error.strerror or error}") from None
    return store.finish_run(run_id, str(path))


def _tell(flow: Any, flow_run: Any, state: Any) -> None:  # noqa: ARG001 - Prefect calls it by these names
    """Say in one line that a run failed which nobody waits for."""
    if flow_run.parameters.get("announce"):
        message(f"the verification of {flow_run.parameters.get('inbox')} failed: {state.message}")


@flow(name="verify", persist_result=False, validate_parameters=True, on_failure=[_tell], on_crashed=[_tell])
def verify(
    inbox: str,
    store: str | None = None,
    report_folder: str | None = None,
    published: str | None = None,
    config: str | None = None,
    announce: bool = False,
) -> int:
    """Verify an inbox: check what is new in it, keep it, and report it. Returns the run's number in the store.

    The parameters are plain values, since a schedule keeps them as JSON. ``announce``
    prints what came of it, for runs that nobody waits for.
    """
    options = CheckOptions(
        paths=(inbox,),
        published=date.fromisoformat(published) if published else None,
        config=Path(config) if config else None,
    )
    settings_of = settings_finder(options)
    settings = settings_of(inbox)
    folder = Path(report_folder) if report_folder else settings.report or home() / "reports"
    database = Store(store or settings.store)
    tables = default_tables()
    run_id = database.begin_run(
        inbox, checks_version=checks_version(), tables_version=tables.version, tables_as_of=tables.as_of
    )
    items = list(gather([inbox], excluded=lambda each: settings_of(each).exclude))
    with Workers(settings.workers) as workers, progress("Verifying", len(items)) as advance:
        chunks = Chunks(workers.count)
        waiting: tuple[Chunk, Any] | None = None
        for chunk in chunks.cut(items):
            read(chunk, database, options)
            # One chunk is checked while the one before is stored and the next is read.
            checking = check.submit(chunk, workers)
            if waiting is not None:
                _keep(waiting, chunks, database, run_id, store_copy=settings.store_copy)
                advance(len(waiting[0].items))
            waiting = (chunk, checking)
        if waiting is not None:
            _keep(waiting, chunks, database, run_id, store_copy=settings.store_copy)
    info = report(database, run_id, folder, options)
    if announce:
        when = f" of {info.finished:%Y-%m-%d %H:%M} UTC" if info.finished else ""
        write_out([f"Run {run_id}{when}:\n", *announcement(database, info, options)])
    return run_id


def _keep(waiting: tuple[Chunk, Any], chunks: Chunks, store: Store, run_id: int, *, store_copy: bool) -> None:
    chunk, checking = waiting
    checking.result()
    chunks.learn(chunk.size, chunk.seconds)
    store_results(chunk, store, run_id, store_copy=store_copy)

"""What a stored run reports: as JSON, as a page, on the terminal. Needs the store, but no Prefect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.core.plain import summary
from checks.core.reference import default_tables
from checks.report import render, run_entry
from flows import __version__
from flows.baseline import apply_baseline, read_baseline
from flows.check_command import CheckOptions, settings_finder
from flows.copy import UnreadableCopyError, read_copy
from flows.inbox import read_bytes
from flows.settings import SettingsError

if TYPE_CHECKING:
    from flows.store import Entry, RunInfo, Store

#: A page with more stories than this shows those with flags and counts the others.
_WHOLE_STORIES = 300


def stored_run(store: Store, run_id: int, options: CheckOptions | None = None) -> dict[str, Any]:
    """The JSON report of a stored run: what was new in it. Of very many stories, those with something to say."""
    info = store.run(run_id)
    if info is None:
        raise SettingsError(f"there is no run {run_id} in the store {store}")
    accepted = {}
    if options is not None and (baseline := settings_finder(options)(options.paths[0]).baseline):
        accepted = read_baseline(baseline)
    entries: list[Entry] = []
    quiet: list[Entry] = []
    counted: dict[str, int] = {}
    for entry, _ in store.entries(run_id):
        apply_baseline([entry], accepted)
        for name, number in summary([entry]).items():
            counted[name] = counted.get(name, 0) + number
        speaks = entry["error"] is not None or any(claim["severity"] for claim in entry["claims"])
        if speaks or len(quiet) < _WHOLE_STORIES:
            entries.append(entry)
            quiet += [] if speaks else [entry]
    if len(quiet) == _WHOLE_STORIES and len(entries) < counted["documents"]:
        dropped = {id(entry) for entry in quiet}
        entries = [entry for entry in entries if id(entry) not in dropped]
    run = run_entry(
        entries,
        version=__version__,
        tables_version=info.tables_version,
        tables_as_of=info.tables_as_of,
        source_title=default_tables().source_title,
    )
    run["summary"] = {**run["summary"], **counted}
    return run


def texts_of(entries: list[Entry], store: Store, run_id: int) -> dict[str, str]:
    """The copy of the entries: as stored, or as it still lies in its file."""
    texts = {entry["path"]: text for entry, text in store.entries(run_id) if text is not None}
    for entry in entries:
        if entry["error"] is None and entry["path"] not in texts:
            try:
                data = read_bytes(entry["path"], limit=1 << 30)
                stories = read_copy(entry["path"], data)
            except UnreadableCopyError:
                continue
            if len(stories) == 1 and stories[0].document.sha256 == entry["sha256"]:
                texts[entry["path"]] = stories[0].text
    return texts


def announcement(
    store: Store,
    info: RunInfo,
    options: CheckOptions,
    *,
    color: bool = False,
    width: int | None = None,
    full: bool = False,
) -> list[str]:
    """What a run says on the terminal: its flags and the path of its report, or that nothing was new."""
    if info.report_path is None:
        files = "the 1 file was" if info.files == 1 else f"all {info.files:,} files were"
        last = store.last_reported()
        seen = f"; the last report is {last.report_path}" if last else ""
        return [f"Nothing new: {files} checked before, with the same checks and tables{seen}\n"]
    run = stored_run(store, info.id, options)
    texts = texts_of(run["documents"], store, info.id) if full else {}
    lines = [render(run, "text", texts=texts, color=color, width=width, concise=not full)]
    if info.known:
        again = "file was" if info.known == 1 else "files were"
        lines.append(f"{info.known:,} {again} checked before, with the same checks and tables.\n")
    return [*lines, f"Report: {info.report_path}\n"]

"""``figurecheck check``: files in, one report out, and an exit status that CI can trust."""

from __future__ import annotations

import gc
import sys
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.core.reference import default_tables
from checks.report import run_entry, stream
from flows import __version__
from flows.baseline import apply_baseline, read_baseline, write_baseline
from flows.checking import Checked, check_bytes, check_names, failing, unreadable
from flows.copy import UnreadableCopyError
from flows.inbox import STANDARD_INPUT, Item, gather, read_item, size_words
from flows.output import deliver, require_output
from flows.progress import building, progress
from flows.settings import FailLevel, Settings, SettingsError, read_settings, require_checks, settings_for
from flows.terminal import message, wants_color, width

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

CLEAN, FLAGGED, FAILED = 0, 1, 2


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckOptions:
    """What was typed; None where an option was not given."""

    paths: tuple[str, ...]
    published: date | None = None
    format: str | None = None
    output: Path | None = None
    fail_level: FailLevel | None = None
    select: tuple[str, ...] | None = None
    ignore: tuple[str, ...] | None = None
    baseline: Path | None = None
    write_baseline: Path | None = None
    config: Path | None = None
    max_file_size: int | None = None


def run_check(options: CheckOptions) -> int:
    """Check everything, write the report, and return the exit status.

    Raises SettingsError for wrong usage: before any work is done, so that nothing is half reported.
    """
    chosen = options.format or "text"
    require_output(chosen, options.output)
    settings_of = settings_finder(options)
    settings = settings_of(options.paths[0])
    accepted = read_baseline(settings.baseline) if settings.baseline else {}
    earlier = accepted
    if options.write_baseline and options.write_baseline.exists():
        earlier = {**accepted, **read_baseline(options.write_baseline)}

    tables = default_tables(progress=building())
    concise = options.format is None and options.output is None and not sys.stdout.isatty()
    full_text = chosen == "text" and not concise
    checked = _check_all(options, settings_of)
    entries = [each.entry for each in checked]
    known = apply_baseline(entries, accepted)
    failed = any(failing([entry], settings_of(entry["path"] or STANDARD_INPUT)) for entry in entries)
    if options.write_baseline:
        count = write_baseline(options.write_baseline, entries, earlier)
        message(f"{count} {'flag' if count == 1 else 'flags'} written to the baseline {options.write_baseline}")
        failed = False
    run = run_entry(
        entries,
        version=__version__,
        tables_version=tables.version,
        tables_as_of=tables.as_of,
        source_title=tables.source_title,
    )
    texts = {entry["path"]: each.text for each in checked if (entry := each.entry)["path"] is not None}
    pieces = stream(
        run, chosen, texts=texts, color=not options.output and wants_color(), width=width(), concise=concise
    )
    deliver(pieces, options.output)
    shown_in_report = full_text and not options.output and sys.stdout.isatty()
    broken = [entry for entry in entries if entry["error"] is not None]
    for entry in broken:
        if not shown_in_report:
            message(f"{entry['path']}: cannot be read: {entry['error']}")
    if concise:
        for entry in entries:
            for note in entry["notes"]:
                message(f"{entry['path'] or STANDARD_INPUT}: {note}")
    if known:
        message(f"{known} {'flag' if known == 1 else 'flags'} left out, accepted in the baseline {settings.baseline}")
    return FAILED if broken else FLAGGED if failed else CLEAN


def settings_finder(options: CheckOptions) -> Callable[[str], Settings]:
    """The function that tells a path's settings: those of its folder, with what was typed above them."""
    known = check_names()
    if options.select is not None and not any(options.select):
        raise SettingsError("--select: name at least one check, as in --select conversion,weekday")
    require_checks(options.select or (), known, "--select")
    require_checks(options.ignore or (), known, "--ignore")
    given: dict[str, Any] = {
        "fail_level": options.fail_level,
        "select": options.select,
        "ignore": options.ignore,
        "date": options.published,
        "baseline": options.baseline,
        "max_file_size": options.max_file_size,
    }
    given = {key: value for key, value in given.items() if value is not None}
    explicit = read_settings(options.config, known_checks=known) if options.config else None

    @cache
    def of_folder(folder: Path) -> Settings:
        return replace(explicit or settings_for(folder, known_checks=known), **given)

    def of(path: str) -> Settings:
        if path == STANDARD_INPUT:
            return of_folder(Path())
        try:
            return of_folder(Path(path) if Path(path).is_dir() else Path(path).parent)
        except OSError:
            return of_folder(Path())

    return of


def _check_all(options: CheckOptions, settings_of: Callable[[str], Settings]) -> list[Checked]:
    own = [each for each in (options.output, options.baseline, options.write_baseline, options.config) if each]
    items = gather(options.paths, leave_out=own, excluded=lambda path: settings_of(path).exclude)
    # Wrong settings in any folder are told before the work begins, not after an hour of it.
    worked = [(item, settings_of(item.path)) for item in items]
    checked: list[Checked] = []
    with progress("Checking", len(worked)) as advance:
        for item, settings in worked:
            checked += _check_item(item, settings)
            if not gc.isenabled():
                gc.freeze()  # what all stories need stays: it is never looked through again, not even at the end
                gc.enable()
            advance(1)
    return checked


def _check_item(item: Item, settings: Settings) -> list[Checked]:
    try:
        if item.path == STANDARD_INPUT:
            data = _standard_input(settings.max_file_size)
        else:
            data = read_item(item, settings.max_file_size)
    except UnreadableCopyError as error:
        return [Checked(unreadable(item.path, str(error)), "")]
    return check_bytes(item.path, data, settings)


def _standard_input(limit: int) -> bytes:
    if sys.stdin is None:
        raise UnreadableCopyError("standard input is closed")
    try:
        data = sys.stdin.buffer.read(limit + 1)
    except OSError as error:
        raise UnreadableCopyError(f"standard input cannot be read: {error.strerror or error}") from None
    if len(data) > limit:
        raise UnreadableCopyError(f"standard input goes on beyond the limit of {size_words(limit)}")
    return data

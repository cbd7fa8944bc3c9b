"""Where a report goes: to standard output or into a file, and what can be found wrong with that beforehand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.report import FORMATS
from flows.files import write_atomically
from flows.settings import SettingsError, nearest
from flows.terminal import write_out

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path


def require_output(chosen: str | None, output: Path | None) -> None:
    """Raise SettingsError for a format that there is not, or a file that cannot be made."""
    if chosen is not None and chosen not in FORMATS:
        raise SettingsError(f"--format: there is no format {chosen!r}{nearest(chosen, FORMATS)}")
    if output and output.is_dir():
        raise SettingsError(f"--output: {output} is a folder; name a file in it")
    if output and not output.parent.is_dir():
        raise SettingsError(f"--output: there is no folder {output.parent}; make it first")


def deliver(pieces: Iterable[str], output: Path | None) -> None:
    """Write a report to its file, or to standard output where none is named."""
    if output is None:
        write_out(pieces)
        return
    try:
        write_atomically(output, pieces)
    except OSError as error:
        raise SettingsError(f"--output: {output} cannot be written: {error.strerror or error}") from None

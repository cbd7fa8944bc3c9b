"""A progress bar for long work on a terminal; nothing at all in pipes and CI."""

from __future__ import annotations

import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

_PATIENCE = 1.0


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how many more are done; the bar appears only when the work takes long."""
    if total < 2 or not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        yield lambda _: None
        return
    started = time.monotonic()
    done = 0
    bar: Progress | None = None

    def advance(count: int) -> None:
        nonlocal done, bar
        done += count
        if bar is None and time.monotonic() - started > _PATIENCE:
            bar = _bar()
            bar.add_task(what, total=total)
            bar.start()
        if bar is not None:
            bar.update(bar.task_ids[0], completed=done)

    try:
        yield advance
    finally:
        if bar is not None:
            bar.stop()


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    return Progress(
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        console=console,
        transient=True,
    )


def building() -> Callable[[str, int, int], None] | None:
    """What is told of the building of the tables' index, which the first use waits for: a bar on a terminal."""
    if not sys.stderr.isatty() or os.environ.get("CI") or os.environ.get("TERM") == "dumb":
        return None
    bar: Progress | None = None

    def show(what: str, done: int, total: int) -> None:
        nonlocal bar
        if bar is None:
            bar = _bar()
            bar.add_task("Building the index of the reference tables, once", total=total)
            bar.start()
        bar.update(bar.task_ids[0], completed=done, total=total, description=f"Building the index, once: {what}")
        if done >= total:
            bar.stop()

    return show

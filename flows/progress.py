"""How long work goes on: a bar on a terminal; in pipes and CI no more than a line for what happens only once."""

from __future__ import annotations

import atexit
import os
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

from flows.terminal import message

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rich.progress import Progress

_PATIENCE = 1.0
_HOW_LONG = {"building the index of the reference tables": ", once (some 20 seconds)"}


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[int], None]]:
    """Yield a function that is told how many more are done; the bar appears only when the work takes long."""
    if total < 2 or not _on_terminal():
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


def _on_terminal() -> bool:
    return sys.stderr.isatty() and not os.environ.get("CI") and os.environ.get("TERM") != "dumb"


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


def building() -> Callable[[str, int, int], None]:
    """What is told of work on the tables that a command waits for: a bar on a terminal, elsewhere one line."""
    bar: Progress | None = None
    told = ""

    def show(what: str, done: int, total: int) -> None:
        nonlocal bar, told
        if not _on_terminal() or total < 2:
            if what != told:
                message(f"{what}{_HOW_LONG.get(what, '')} ...")
                told = what
            return
        if bar is None:
            bar = _bar()
            bar.add_task(what, total=total)
            bar.start()
            atexit.register(bar.stop)  # an interrupted bar would leave the terminal without a cursor
        bar.update(bar.task_ids[0], completed=done, total=total, description=what[:1].upper() + what[1:])
        if done >= total:
            bar.stop()

    return show

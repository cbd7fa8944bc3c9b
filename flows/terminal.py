"""What is printed where: reports to standard output, messages to standard error, colour only where it is wanted."""

from __future__ import annotations

import os
import shutil
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


def message(text: str) -> None:
    """Say something to the user, on standard error; line breaks in names of files are shown, not made."""
    shown = "".join(each if each.isprintable() else repr(each)[1:-1] for each in text)
    encoding = getattr(sys.stderr, "encoding", None) or "utf-8"
    print(f"figurecheck: {shown}".encode(encoding, "backslashreplace").decode(encoding), file=sys.stderr)  # noqa: T201


def wants_color() -> bool:
    """Whether standard output is to be coloured: on a terminal, unless NO_COLOR is set."""
    if os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb":
        return False
    return sys.stdout.isatty() or bool(os.environ.get("FORCE_COLOR"))


def width() -> int | None:
    """The terminal's columns; None where standard output is no terminal."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def write_out(pieces: Iterable[str]) -> None:
    """Write a report to standard output, in UTF-8 wherever it is not a terminal that knows better."""
    if isinstance(sys.stdout, TextIOWrapper):
        if sys.stdout.isatty():
            sys.stdout.reconfigure(errors="replace")
        else:
            sys.stdout.reconfigure(encoding="utf-8", errors="replace", newline="\n")
    try:
        for piece in pieces:
            sys.stdout.write(piece)
        sys.stdout.flush()
    except BrokenPipeError:
        # The reader (head, a pager) has seen enough; Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())

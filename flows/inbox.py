"""What lies in an inbox: files and folders as the user named them, to the copy in them."""

from __future__ import annotations

import os
import stat
from dataclasses import dataclass
from fnmatch import fnmatch
from pathlib import Path
from typing import TYPE_CHECKING

from flows.copy import UnreadableCopyError

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

#: What stands for standard input in place of a path.
STANDARD_INPUT = "-"

#: Files of figurecheck's own that lie beside copy and are none.
_OWN = frozenset({"figurecheck.toml", "figurecheck-accepted.toml", "pyproject.toml"})


@dataclass(frozen=True, slots=True)
class Item:
    """A file that may be copy; ``error`` says why it, or a whole folder, cannot even be opened."""

    path: str
    error: str | None = None


def gather(
    paths: Iterable[str],
    *,
    leave_out: Collection[Path] = (),
    excluded: Callable[[str], Collection[str]] = lambda _: (),
) -> Iterator[Item]:
    """Every file at the paths, each once, folders walked in sorted order without their hidden files.

    ``leave_out`` are files that belong to the run itself (its baseline, its report); ``excluded`` gives the
    patterns of names to leave out for a folder. A folder that holds no file is an item with an error.
    """
    seen: set[str] = {os.path.realpath(path) for path in leave_out}
    for path in paths:
        folder = path != STANDARD_INPUT and _is_folder(path)
        items = _walk(path, excluded(path)) if folder else iter((Item(path),))
        found = False
        for item in items:
            found = True
            key = os.path.realpath(item.path)
            if key not in seen:
                seen.add(key)
                yield item
        if not found:
            yield Item(path, "there is no copy in this folder")


def _is_folder(path: str) -> bool:
    try:
        return Path(path).is_dir()
    except OSError:
        return False


def _walk(top: str, patterns: Collection[str]) -> Iterator[Item]:
    entered: set[tuple[int, int]] = set()
    waiting = [Path(top)]
    while waiting:
        path = waiting.pop()
        try:
            status = path.stat()
            if not stat.S_ISDIR(status.st_mode):
                special = not stat.S_ISREG(status.st_mode)
                yield Item(str(path), "it is no file: a pipe, a socket or a device" if special else None)
                continue
            # A link can lead back to a folder above it: each folder is entered once, by whatever name.
            if (status.st_dev, status.st_ino) in entered:
                continue
            entered.add((status.st_dev, status.st_ino))
            inside = sorted(path.iterdir(), reverse=True)
        except OSError as error:
            yield Item(str(path), _reason(error, path))
            continue
        waiting += [each for each in inside if not _left_out(each, Path(top), patterns)]


def _left_out(path: Path, top: Path, patterns: Collection[str]) -> bool:
    if path.name.startswith(".") or path.name in _OWN:
        return True
    relative = str(path.relative_to(top))
    return any(fnmatch(path.name, pattern) or fnmatch(relative, pattern) for pattern in patterns)


def read_bytes(path: str, limit: int) -> bytes:
    """The bytes of a file; raises UnreadableCopyError with the reason where it cannot be read or is too large."""
    try:
        with Path(path).open("rb") as file:
            status = os.fstat(file.fileno())
            if stat.S_ISREG(status.st_mode) and status.st_size > limit:
                raise _too_large(status.st_size, limit)
            data = file.read(limit + 1)
    except OSError as error:
        raise UnreadableCopyError(_reason(error, Path(path))) from None
    except ValueError:
        raise UnreadableCopyError("a path cannot hold a NUL character") from None
    if len(data) > limit:
        raise _too_large(None, limit)
    return data


def read_item(item: Item, limit: int) -> bytes:
    """The bytes of an item found in a folder or named by the user; raises UnreadableCopyError with the reason."""
    if item.error is not None:
        raise UnreadableCopyError(item.error)
    return read_bytes(item.path, limit)


def size_words(size: int) -> str:
    """A size for people: "50.3 MB"."""
    return f"{size / 1e6:,.1f} MB" if size >= 1_000_000 else f"{size / 1e3:,.1f} kB"


def _too_large(size: int | None, limit: int) -> UnreadableCopyError:
    this = f"it is {size_words(size)} long" if size is not None else f"it goes on beyond {size_words(limit)}"
    return UnreadableCopyError(
        f"{this}, and the limit is {size_words(limit)}; raise it with the setting max-file-size"
        " or --max-file-size if it is one story"
    )


def _reason(error: OSError, path: Path) -> str:
    if isinstance(error, FileNotFoundError):
        return "it is a link that leads nowhere" if path.is_symlink() else "there is no such file or folder"
    if isinstance(error, PermissionError):
        return "its permissions do not allow reading it"
    if isinstance(error, IsADirectoryError):
        return "it is a folder"
    return (error.strerror or str(error)).lower()

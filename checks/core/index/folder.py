"""The folder of the index: where it is, who may write it, what is kept in it."""

from __future__ import annotations

import os
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.core.index.progress import Progress

#: How many versions of the index are kept; older ones are deleted when a new one is built.
KEPT = 3


def home() -> Path:
    """The folder of the index: ``FIGURECHECK_HOME``, or figurecheck's folder in the user's cache."""
    if named := os.environ.get("FIGURECHECK_HOME"):
        return Path(named).expanduser()
    from platformdirs import user_cache_dir

    return Path(user_cache_dir("figurecheck"))


def writable(folder: Path) -> Path:
    """The folder, or one in the temporary directory where it cannot be written."""
    import tempfile

    try:
        folder.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=folder):
            return folder
    except OSError:
        pass
    user = os.getuid() if hasattr(os, "getuid") else 0
    other = Path(tempfile.gettempdir()) / f"figurecheck-{user}"
    try:
        other.mkdir(mode=0o700, exist_ok=True)
        about = other.lstat()
        # Somebody else's folder of that name is not to be trusted.
        if stat.S_ISDIR(about.st_mode) and (not hasattr(os, "getuid") or about.st_uid == user):
            return other
    except OSError:
        pass
    return Path(tempfile.mkdtemp(prefix="figurecheck-"))


@contextmanager
def lock(folder: Path, progress: Progress | None) -> Iterator[None]:
    """Let one process build at a time; the others wait here."""
    with (folder / "tables.lock").open("a+b") as file:
        try:
            import fcntl
        except ImportError:  # no such locks on this system: os.replace still keeps the file whole
            yield
            return
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            if progress:
                progress("waiting for another process that builds the index of the reference tables", 0, 1)
            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def put(path: Path, data: bytes) -> None:
    """Write a file that is there as a whole or not at all."""
    import tempfile

    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.stem, suffix=".tmp")
    with os.fdopen(handle, "wb") as file:
        file.write(data)
    Path(temporary).replace(path)


def from_stamp(stamp: Path) -> Path | None:
    """The index that a stamp names, if it is there and as long as it was when it was stamped."""
    try:
        version, size = stamp.read_text().split()
        path = stamp.with_name(f"tables-{version}.sqlite")
        return path if path.stat().st_size == int(size) else None
    except (OSError, ValueError):
        return None


def tidy(folder: Path, newest: Path) -> None:
    """Delete all but the youngest indices, stamps of deleted ones, and what an interrupted build left."""
    with suppress(OSError):
        indices = sorted(folder.glob("tables-*.sqlite"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in [path for path in indices if path != newest][KEPT - 1 :]:
            path.unlink(missing_ok=True)
        for stamp in folder.glob("tables-*.stamp"):
            if from_stamp(stamp) is None:
                stamp.unlink(missing_ok=True)
        for left in folder.glob("tables-*.tmp"):
            left.unlink(missing_ok=True)

"""The work of a verification, without the orchestrator: chunks of files read, checked on all cores, and stored.

Worker processes import this module, so it must never import Prefect or the store.
"""

from __future__ import annotations

import hashlib
import os
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from multiprocessing import get_context
from pathlib import Path
from typing import TYPE_CHECKING, Any

from flows.checking import Checked, check_bytes, checks_to_run, unreadable
from flows.copy import UnreadableCopyError
from flows.inbox import Item, read_item

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from types import TracebackType

    from flows.settings import Settings

#: A chunk is sized by work, not by number: about so many seconds of it, as the orchestrator costs some
#: hundredths of a second for each.
CHUNK_SECONDS = 4.0
_FIRST_RATE = 200_000.0
_SMALLEST_CHUNK, _LARGEST_CHUNK = 100_000, 32_000_000
_MOST_FILES = 5_000
#: Below this a pool of processes costs more to start than it saves.
_WORTH_A_POOL = 600_000
_BATCHES_PER_WORKER = 4


@dataclass(frozen=True, slots=True)
class Pending:
    """A file that was read and is to be checked."""

    path: str
    data: bytes
    settings: Settings


@dataclass(frozen=True, slots=True)
class FileRead:
    """What reading a file gave: its content's hash and what was set for it, or the reason why it failed."""

    path: str
    sha256: str | None
    size: int
    given: dict[str, Any]
    pending: Pending | None
    error: str | None = None


class Chunk:
    """Some files on their way through a run. Handed from stage to stage, and emptied when it is stored.

    A plain object on purpose: Prefect walks through dataclasses and lists that it is given, this it leaves alone.
    """

    def __init__(self, items: Sequence[Item], size: int) -> None:
        self.items = items
        self.size = size
        self.reads: list[FileRead] = []
        self.keys: dict[str, str] = {}
        self.known: set[str] = set()
        self.checked: dict[str, list[Checked]] = {}
        self.seconds = 0.0

    def pending(self) -> list[Pending]:
        """The files whose content has not been checked before, each content once."""
        first: dict[str, Pending] = {}
        for read in self.reads:
            if read.pending is not None and self.keys[read.path] not in self.known:
                first.setdefault(self.keys[read.path], read.pending)
        return list(first.values())

    def release(self) -> None:
        """Let go of everything that took memory."""
        self.reads, self.keys, self.known, self.checked = [], {}, set(), {}


@dataclass
class Chunks:
    """Cuts files into chunks of about equal work, learning from the chunks that are done how fast it goes."""

    workers: int
    rate: float = _FIRST_RATE
    _sizes: dict[str, int] = field(default_factory=dict)

    def cut(self, items: Iterable[Item]) -> Iterator[Chunk]:
        """The items in chunks."""
        part: list[Item] = []
        size = 0
        for item in items:
            length = _size(item)
            if part and (size + length > self._target() or len(part) >= _MOST_FILES):
                yield Chunk(part, size)
                part, size = [], 0
            part.append(item)
            size += length
        if part:
            yield Chunk(part, size)

    def learn(self, size: int, seconds: float) -> None:
        """Take in how long it took to check so many bytes."""
        if size > _SMALLEST_CHUNK / 2 and seconds > 0:
            self.rate = (self.rate + size / seconds) / 2

    def _target(self) -> float:
        return min(max(self.rate * CHUNK_SECONDS, _SMALLEST_CHUNK), _LARGEST_CHUNK)


def _size(item: Item) -> int:
    try:
        return Path(item.path).stat().st_size if item.error is None else 0
    except OSError:
        return 0


def read_file(item: Item, settings: Settings) -> FileRead:
    """Read one file; what goes wrong becomes a reason, so that the rest of the chunk goes on."""
    try:
        data = read_item(item, settings.max_file_size)
    except UnreadableCopyError as error:
        return FileRead(item.path, None, 0, {}, None, str(error))
    selected = checks_to_run(settings)
    given = {
        "date": settings.date,
        "checks": sorted(selected) if selected is not None else None,
        "severity": dict(settings.severity),
        # The same bytes are read differently as Markdown and as plain text.
        "extension": Path(item.path).suffix.lower(),
    }
    return FileRead(item.path, hashlib.sha256(data).hexdigest(), len(data), given, Pending(item.path, data, settings))


def check_batch(batch: Sequence[Pending]) -> list[list[Checked]]:
    """Check some files; runs in a worker process."""
    return [check_bytes(each.path, each.data, each.settings) for each in batch]


class Workers:
    """As many processes as cores, started when there is enough work for them to pay."""

    def __init__(self, count: int | None = None) -> None:
        self.count = count or os.cpu_count() or 1
        self._pool: ProcessPoolExecutor | None = None

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._close()

    def _close(self) -> None:
        if self._pool is not None:
            self._pool.shutdown(wait=False, cancel_futures=True)
            self._pool = None

    def check(self, pending: Sequence[Pending]) -> Iterator[tuple[Pending, list[Checked]]]:
        """Check the files, in order."""
        total = sum(len(each.data) for each in pending)
        if self.count == 1 or (self._pool is None and total < _WORTH_A_POOL) or len(pending) < 2:
            for each in pending:
                yield each, check_bytes(each.path, each.data, each.settings)
            return
        batches = list(_batches(pending, max(total // (self.count * _BATCHES_PER_WORKER), 1)))
        for batch, future in [(batch, self._submit(batch)) for batch in batches]:
            try:
                results = future.result()
            except BrokenProcessPool:
                results = self._one_by_one(batch)
            yield from zip(batch, results, strict=True)

    def _submit(self, batch: Sequence[Pending]) -> Future[list[list[Checked]]]:
        if self._pool is None:
            # Not forked: a fork of a process with Prefect's threads in it can hang.
            self._pool = ProcessPoolExecutor(self.count, mp_context=get_context("spawn"))
        try:
            return self._pool.submit(check_batch, batch)
        except BrokenProcessPool as error:
            broken: Future[list[list[Checked]]] = Future()
            broken.set_exception(error)
            return broken

    def _one_by_one(self, batch: Sequence[Pending]) -> list[list[Checked]]:
        """After a worker died: each file in a process of its own, so that only the one that kills is lost."""
        self._close()
        results = []
        for each in batch:
            with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as alone:
                try:
                    results += alone.submit(check_batch, [each]).result()
                except BrokenProcessPool:
                    reason = "the process that checked it died, perhaps for want of memory; please report this"
                    results.append([Checked(unreadable(each.path, reason), "")])
        return results


def _batches(pending: Sequence[Pending], size: int) -> Iterator[list[Pending]]:
    part: list[Pending] = []
    length = 0
    for each in pending:
        part.append(each)
        length += len(each.data)
        if length >= size:
            yield part
            part, length = [], 0
    if part:
        yield part

"""The story as printed, cut into pieces that each stand under one mark, so that marks that overlap never tangle."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.report.wording import Claim, Entry

#: Copy longer than this is shown only around its flags; nobody reads half a megabyte in a report.
LONGEST = 100_000
_AROUND = 400


class Mark(NamedTuple):
    """A range of the copy and what it is: part of a flag, a checked figure or an unchecked one."""

    start: int
    end: int
    state: str
    claim: Claim | None


class Piece(NamedTuple):
    """A piece of copy under at most one mark; ``opens`` and ``closes`` say whether the mark begins or ends with it."""

    text: str
    mark: Mark | None
    opens: bool = False
    closes: bool = False


_LOUDEST = {"error": 0, "warning": 1, "checked": 2, "unchecked": 3}


def marks(entry: Entry, flagged: list[Claim]) -> list[Mark]:
    """What is to be marked in a document: the figures of its flags (else their words), and all other figures."""
    figures = {figure["id"]: figure for figure in entry["figures"]}
    found = [
        Mark(figure["start"], figure["end"], "checked" if figure["checked"] else "unchecked", None)
        for figure in figures.values()
    ]
    for claim in flagged:
        parts = [figures[name] for name in claim["figures"] if name in figures] or [claim]
        found += [Mark(part["start"], part["end"], claim["severity"], claim) for part in parts]
    return found


def pieces(text: str, found: list[Mark], start: int, end: int) -> Iterator[Piece]:
    """Cut ``text[start:end]`` at the ends of marks; where several cover a piece, the loudest has it."""
    inside = sorted(
        (mark for mark in found if mark.start < end and start < mark.end and mark.start < mark.end),
        key=lambda mark: (mark.start, _LOUDEST[mark.state], mark.end),
    )
    cuts = sorted({start, end, *(min(max(at, start), end) for mark in inside for at in (mark.start, mark.end))})
    active: list[Mark] = []
    coming = 0
    runs: list[tuple[int, int, Mark | None]] = []
    for left, right in pairwise(cuts):
        while coming < len(inside) and inside[coming].start <= left:
            active.append(inside[coming])
            coming += 1
        active = [mark for mark in active if mark.end > left]
        loudest = min(active, key=lambda mark: (_LOUDEST[mark.state], mark.start, -mark.end), default=None)
        if runs and runs[-1][2] is loudest:
            runs[-1] = (runs[-1][0], right, loudest)
        else:
            runs.append((left, right, loudest))
    first = {id(mark): n for n, (_, _, mark) in reversed(list(enumerate(runs)))}
    last = {id(mark): n for n, (_, _, mark) in enumerate(runs)}
    for n, (left, right, mark) in enumerate(runs):
        yield Piece(
            text[left:right],
            mark,
            opens=mark is not None and first[id(mark)] == n and mark.start >= start,
            closes=mark is not None and last[id(mark)] == n and mark.end <= end,
        )


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """Where the paragraphs of a text start and end: runs of lines with no blank line between them."""
    at, began, ended = 0, -1, 0
    for line in text.splitlines(keepends=True):
        if line.strip():
            if began < 0:
                began = at
            ended = at + len(line.rstrip("\r\n"))
        elif began >= 0:
            yield began, ended
            began = -1
        at += len(line)
    if began >= 0:
        yield began, ended


def windows(text: str, found: list[Mark], *, whole: bool) -> list[tuple[int, int]]:
    """The parts of a text to show: its paragraphs, or only what stands around its flags."""
    if whole and len(text) <= LONGEST:
        return list(paragraphs(text))
    parts: list[tuple[int, int]] = []
    for mark in sorted(mark for mark in ((m.start, m.end) for m in found if m.claim)):
        start, end = _paragraph_around(text, *mark)
        if parts and start <= parts[-1][1]:
            parts[-1] = (parts[-1][0], max(end, parts[-1][1]))
        else:
            parts.append((start, end))
    return parts


def _paragraph_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The line that holds a span, cut at words where it is long."""
    left = max(text.rfind("\n", max(start - _AROUND, 0), start) + 1, 0)
    if not left:
        left = max(start - _AROUND, 0)
        left = 0 if not left else text.find(" ", left, start) + 1 or left
    right = text.find("\n", end, end + _AROUND)
    if right < 0:
        right = min(end + _AROUND, len(text))
        right = right if right == len(text) else max(text.rfind(" ", end, right), end)
    return left, right

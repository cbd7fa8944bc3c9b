"""What readers of copy take and give: the bytes of one file in, stories with exact offsets out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from checks.core.model import Document


class UnreadableCopyError(Exception):
    """Copy that cannot be read; the message says why, and what to do about it."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file as it lies on the disk: its path as the user wrote it, and its bytes."""

    path: str
    data: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class Story:
    """One story out of a file.

    ``document.text`` is what is read for figures; ``text`` is the same stretch as it stands in the file, of the
    same length, so that an offset into one is an offset into the other. Parts that are no copy (front matter,
    link targets) are blanked out in the first and kept in the second. ``notes`` are for the reader of the report.
    """

    document: Document
    text: str
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Reader:
    """One format of copy: by what extensions and opening bytes it is known, and how it is read.

    ``recognises`` looks at the first bytes of a file whose extension tells nothing, or lies.
    """

    name: str
    read: Callable[[Source], tuple[Story, ...]]
    extensions: tuple[str, ...] = ()
    recognises: Callable[[bytes], bool] = field(default=lambda _: False)

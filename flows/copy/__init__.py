"""Readers of copy, one module for each format: a file's bytes in, stories with exact offsets out.

A new format is a new module here that declares ``READER``; it is found without a list to keep. Modules import
the libraries of their format only when they read, so that a story in plain text waits for none of them.
"""

from __future__ import annotations

import hashlib
import importlib
import pkgutil
from functools import cache
from pathlib import PurePath

from flows.copy.source import Reader, Source, Story, UnreadableCopyError

__all__ = ["Reader", "Source", "Story", "UnreadableCopyError", "format_names", "read_copy"]

#: Opening bytes of files that are no copy, or copy in a format that is not read, whatever their extension says.
_OPENINGS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an Office document (docx, xlsx, odt)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document (doc, xls)"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x89PNG", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF8", "a GIF picture"),
    (b"SQLite format 3\x00", "an SQLite database"),
    (b"\x7fELF", "a program"),
)
_EXTENSIONS: dict[str, str] = {
    ".docx": "a Word document",
    ".doc": "a Word document",
    ".odt": "an OpenDocument text",
    ".rtf": "an RTF document",
    ".pdf": "a PDF document",
    ".html": "an HTML page",
    ".htm": "an HTML page",
    ".xhtml": "an HTML page",
    ".xml": "an XML document",
    ".nitf": "a NITF document",
    ".rss": "an RSS feed",
    ".atom": "an Atom feed",
    ".json": "a JSON document",
    ".zip": "a zip archive",
}
_HEAD = 1024


@cache
def _readers() -> tuple[Reader, ...]:
    found = []
    for module in pkgutil.iter_modules(__path__):
        reader = getattr(importlib.import_module(f"{__name__}.{module.name}"), "READER", None)
        if isinstance(reader, Reader):
            found.append(reader)
    return tuple(found)


def format_names() -> tuple[str, ...]:
    """The names of the formats that are read."""
    return tuple(reader.name for reader in _readers())


def read_copy(path: str, data: bytes) -> tuple[Story, ...]:
    """The stories in the bytes of one file; the path tells the format, unless the content contradicts it.

    Raises UnreadableCopyError with the reason where the bytes are not copy in a format that is read.
    """
    if not data.strip():
        raise UnreadableCopyError("the file is empty: there is no copy in it")
    stories = _reader_for(path, data).read(Source(path, data, hashlib.sha256(data).hexdigest()))
    if not any(story.document.text.strip() for story in stories):
        raise UnreadableCopyError("there is no copy in the file, only what surrounds it")
    return stories


def _reader_for(path: str, data: bytes) -> Reader:
    readers = _readers()
    head = data[:_HEAD]
    extension = PurePath(path).suffix.lower()
    by_extension = next((reader for reader in readers if extension in reader.extensions), None)
    by_content = next((reader for reader in readers if reader.recognises(head)), None)
    what = next((what for opening, what in _OPENINGS if head.startswith(opening)), None)
    if what is None:
        what = _marked_up(head) or (_EXTENSIONS.get(extension) if by_extension is None else None)
    if what is not None and by_content is None:
        known = ", ".join(format_names())
        raise UnreadableCopyError(f"this is {what}, which is not read yet; save it as one of: {known}")
    plain = next(reader for reader in readers if reader.name == "text")
    return by_extension or by_content or plain


def _marked_up(head: bytes) -> str | None:
    opening = head.removeprefix(b"\xef\xbb\xbf").lstrip()[:100].lower()
    if opening.startswith((b"<!doctype html", b"<html")):
        return "an HTML page"
    return "an XML document" if opening.startswith(b"<?xml") else None

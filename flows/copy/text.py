"""Plain text, as wires send it: perhaps a headline, a dateline, paragraphs between blank lines."""

from __future__ import annotations

import re

from checks.core.model import Document
from flows.copy.decoding import decode
from flows.copy.source import Reader, Source, Story

_LONGEST_HEADLINE = 200
#: "KYIV, Sept 13 (Reuters) -" and "LONDON —": the opening of a story, not a headline above it.
_DATELINE = re.compile(r"\([^()\n]{1,40}\)\s{0,3}[-–—]|^[A-Z][A-Z .,'’-]{2,60}\s(?:-|–|—)\s")


def read(source: Source) -> tuple[Story, ...]:
    """One story: the file as it is, line ends included, so that offsets are those of the file."""
    text, note = decode(source.data)
    document = Document(text=text, path=source.path, format="text", sha256=source.sha256, headline=headline(text))
    return (Story(document, text, (note,) if note else ()),)


def headline(text: str) -> str | None:
    """The first line, where it stands alone above a blank line and reads like a headline; else None."""
    lines = text[: _LONGEST_HEADLINE * 8].lstrip("\r\n \t\ufeff").splitlines()
    if len(lines) < 3 or lines[1].strip() or not any(line.strip() for line in lines[2:]):
        return None
    first = lines[0].strip()
    ends_a_sentence = first.endswith((".", "!", ":", ",", ";")) and not first.endswith(("...", "U.S."))
    if not first or len(first) > _LONGEST_HEADLINE or ends_a_sentence or _DATELINE.search(first):
        return None
    return first


READER = Reader(name="text", read=read, extensions=(".txt", ".text", ".wire"))

"""(being written)"""

from __future__ import annotations

from datetime import date

from checks.core.model import Document, Figure
from checks.extract.segments import Segments


def dated(document: Document, segments: Segments) -> tuple[Document, tuple[str, ...]]:
    """The document with the date of its dateline where it has none, and notes for the reader."""
    return document, ()


def find_dates(text: str, segments: Segments, published: date | None) -> list[Figure]:
    """All dates, weekdays, times, years, ages and durations in the text, in order."""
    return []

"""What was read out of one document so far: its text in parts, and its figures."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cached_property

from checks.core.model import Claim, Document, Figure, Span
from checks.extract.calendar.dateline import dateline_in
from checks.extract.segments import Segments


@dataclass(frozen=True)
class Reading:
    """The figures of a document in the order of the text, with the segments that claims are looked for in."""

    document: Document
    segments: Segments
    figures: tuple[Figure, ...]
    claims: tuple[Claim, ...] = ()
    notes: tuple[str, ...] = field(default=())

    @property
    def text(self) -> str:
        """The copy's text."""
        return self.document.text

    @cached_property
    def dateline(self) -> Span | None:
        """Where the dateline stands, its dash included; None where there is none."""
        found = dateline_in(self.segments)
        if found is None:
            return None
        span, match = found
        return Span(span.start, span.start + match.end())

    @cached_property
    def _starts(self) -> list[int]:
        return [figure.span.start for figure in self.figures]

    def figures_in(self, span: Span) -> tuple[Figure, ...]:
        """The figures that begin inside the span."""
        return self.figures[bisect_left(self._starts, span.start) : bisect_left(self._starts, span.end)]

    def figure_after(self, offset: int) -> Figure | None:
        """The first figure that begins at the offset or later."""
        at = bisect_left(self._starts, offset)
        return self.figures[at] if at < len(self.figures) else None

    def figure_before(self, offset: int) -> Figure | None:
        """The last figure that begins before the offset."""
        at = bisect_left(self._starts, offset) - 1
        return self.figures[at] if at >= 0 else None

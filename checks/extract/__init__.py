"""Document to figures to claims: done once, for all checks."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks.extract.calendar.dates import dated, find_dates
from checks.extract.claims.conversions import conversions
from checks.extract.claims.events import event_dates
from checks.extract.claims.likenesses import likenesses
from checks.extract.claims.measures import place_measures
from checks.extract.claims.ranks import ranks
from checks.extract.claims.separations import separations
from checks.extract.claims.weekdays import dated_weekdays
from checks.extract.quantities.figures import find_figures
from checks.extract.reading import Reading
from checks.extract.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checks.core.model import Claim, Document

_CLAIMS: tuple[Callable[[Reading], Iterator[Claim]], ...] = (
    conversions,
    dated_weekdays,
    place_measures,
    separations,
    likenesses,
    event_dates,
    ranks,
)


def read(document: Document) -> Reading:
    """Read the figures of a document and what they claim, in the order of the text.

    A document without a date takes that of its dateline, where the dateline gives a year.
    """
    segments = Segments(document.text)
    document, notes = dated(document, segments)
    dates = find_dates(document.text, segments, document.published)
    figures = find_figures(document.text, segments, dates)
    reading = Reading(document=document, segments=segments, figures=figures, notes=notes)
    claims = sorted((claim for find in _CLAIMS for claim in find(reading)), key=lambda claim: claim.span)
    return replace(reading, claims=tuple(claims))

"""What a check sees beside its claim: the document, all its figures, and the tables."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from checks.core.model import Document, Figure

if TYPE_CHECKING:
    from checks.core.places import Gazetteer
    from checks.core.reference import Tables


@dataclass(frozen=True, slots=True)
class Story:
    """One document with what was read out of it, for the checks.

    ``places`` resolves names of this story in their context; it looks nothing up before it is asked.
    """

    document: Document
    figures: tuple[Figure, ...]
    tables: Tables
    places: Gazetteer

    @property
    def text(self) -> str:
        """The copy's text."""
        return self.document.text

    @property
    def published(self) -> date | None:
        """The story's own date, its "today"."""
        return self.document.published

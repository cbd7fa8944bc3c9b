"""(being written)"""

from __future__ import annotations

from checks.core.model import Document
from checks.core.reference import Tables


class Gazetteer:
    """Names of one story, resolved in their context."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self.document = document
        self.tables = tables

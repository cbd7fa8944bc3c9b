"""What a story speaks of: its names, and the countries that its paragraphs and the whole of it name."""

from __future__ import annotations

import re
from functools import cached_property
from typing import TYPE_CHECKING

from checks.core.model import Document, Name, Span
from checks.core.place_kinds import COUNTRIES, REGIONS
from checks.core.proper_names import names_in, title_before

if TYPE_CHECKING:
    from checks.core.reference import Place, Tables

_BLOCK = 1_500


class Mentions:
    """The names of one story, and how often it speaks of each country."""

    def __init__(self, document: Document, tables: Tables) -> None:
        self.document = document
        self.tables = tables
        self._known: dict[tuple[str, frozenset[str] | None, str | None], tuple[Place, ...]] = {}
        self._named: dict[Span, tuple[Name, ...]] = {}
        self._counted: dict[Span, dict[str, float]] = {}

    def country(self, place: Place) -> Place | None:
        """The country in which a place lies."""
        return self.tables.place(f"cc:{place.country}") if place.country else None

    @cached_property
    def weights(self) -> dict[str, float]:
        """How often the story speaks of each country (ISO code), by name, demonym or one of its regions."""
        return self._count(Span(0, min(len(self.document.text), 60_000)))

    @cached_property
    def main_country(self) -> str | None:
        """The country that the story speaks of most, if one leads clearly."""
        ordered = sorted(self.weights.items(), key=lambda item: (-item[1], item[0]))
        if not ordered or (len(ordered) > 1 and ordered[0][1] < 1.5 * ordered[1][1]):
            return None
        return ordered[0][0]

    @cached_property
    def dateline(self) -> Span | None:
        """Where the text's dateline stands, if it has one."""
        words = (self.document.dateline or "").split()
        if not words:
            return None
        pattern = r"\s+".join(re.escape(word) for word in words[:30])
        match = re.compile(pattern).search(self.document.text, 0, 6_000)
        return Span(*match.span()) if match else None

    def names(self, span: Span) -> tuple[Name, ...]:
        """The names in a span of the story, read once."""
        if span not in self._named:
            self._named[span] = names_in(self.document.text, span)
        return self._named[span]

    def paragraph(self, offset: int) -> Span:
        """The paragraph around an offset."""
        text = self.document.text
        # Copy without breaks is taken in blocks, so that no look-up reads all of it.
        block = offset // _BLOCK * _BLOCK
        low, high = max(block - _BLOCK, 0), min(block + 2 * _BLOCK, len(text))
        start, end = text.rfind("\n\n", low, offset), text.find("\n\n", offset, high)
        return Span(start + 2 if start >= 0 else low, end if end >= 0 else high)

    def countries_of(self, name: Name) -> dict[str, float]:
        """The countries that a name speaks for, by name, demonym or region; ambiguous names speak for less."""
        places = self._look(name.text, COUNTRIES)
        if not places:
            places = self.tables.demonym(name.text.split("-")[0])
        if not places:
            regions = self._look(name.text, REGIONS)
            countries = {region.country for region in regions if region.country}
            return dict.fromkeys(countries, 0.5) if len(countries) == 1 else {}
        share = 1.0 if len(places) == 1 and not self._look(name.text, REGIONS - {"region"}) else 0.5
        return {place.country: share for place in places if place.country}

    def _count(self, span: Span) -> dict[str, float]:
        if span in self._counted:
            return self._counted[span]
        weights: dict[str, float] = {}
        for name in self.names(span):
            if title_before(self.document.text, name):
                continue
            for country, weight in self.countries_of(name).items():
                weights[country] = weights.get(country, 0.0) + weight
        self._counted[span] = weights
        return weights

    def _look(self, words: str, kinds: frozenset[str] | None, country: str | None = None) -> tuple[Place, ...]:
        key = (words, kinds, country)
        if key not in self._known:
            self._known[key] = self.tables.places(words, kinds=kinds, country=country)
        return self._known[key]

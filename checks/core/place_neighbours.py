"""The words beside a name that say what it is and where: "Kharkiv region", "Athens, Georgia", "Ukraine's Kharkiv"."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Name, Span
from checks.core.place_kinds import COUNTRIES, REGIONS
from checks.core.place_mentions import Mentions
from checks.core.word_lists import rows

if TYPE_CHECKING:
    from collections.abc import Iterable

    from checks.core.reference import Place

_NAMED_AFTER = {
    "power_plant": ("plant", "power", "reactor", "station", "nuclear"),
    "airport": ("airport", "airfield", "air base", "airbase"),
    "stadium": ("stadium", "arena", "ground"),
    "dam": ("dam",),
}
_AFTER = lazy_pattern(
    r"\s{0,2}(?:,\s{0,2}|\(\s{0,2}|,?\s(?:in|of)\s)(?:the\s)?"
    r"(?:[^\W\d_]{2,12}ern\s|(?:north|south|east|west|central|upstate)[a-z]{0,4}[\s-]){0,2}"
    r"(?:(?:US|U\.S\.|Indian|German|Mexican|Australian|Canadian|Brazilian|Nigerian)\s)?"
    r"(?:(?:state|province|region|island|republic|prefecture|governorate)\sof\s)?"
)
# "Luxembourg, the Belgian province": whose it is settles which one is meant.
_CALLED_ITS = lazy_pattern(
    r",\s(?:the|an?)\s(?:[a-z]{2,12}(?:ern|al)\s)?([A-Z][^\W\d_]+(?:[ -][A-Z][^\W\d_]+)?)\s(?:[a-z]{2,12}\s)?"
    r"(?:province|region|state|prefecture|county|district|city|town|village|governorate|canton|department|commune)\b"
)
_ABBREVIATED = lazy_pattern(r"(?:[A-Z]\.[A-Z]\.(?:[A-Z]\.)?|W\.Va\.|[A-Z][a-z]{1,4}\.|[A-Z]{2,3}\b)")
_NEXT_WORD = lazy_pattern(r"[\s-]([^\W\d_]{3,15})\b")
_BETWEEN = lazy_pattern(
    r"(?:['’]s?)?\s(?:(?:[^\W\d_]{2,12}ern|north|south|east|west|central|[^\W\d_]{2,12}(?:est)|second|third|main|"
    r"coastal|border|capital|port|historic|ancient|besieged|occupied|key|strategic|mountainous|rural|second-largest|"
    r"third-largest|[^\W\d_]{3,12}-[^\W\d_]{3,12}|city|town|village|region|province|state|island|district|of|the)\s){0,6}$"
)


@cache
def place_nouns() -> dict[str, frozenset[str]]:
    """The kinds of place that a common noun may mean: "oblast" a region, "archipelago" islands or a country."""
    kinds: dict[str, set[str]] = {}
    for row in rows("place_nouns.csv"):
        kinds.setdefault(row["noun"], set()).add(row["kind"])
    return {noun: frozenset(kind) for noun, kind in kinds.items()}


@cache
def _abbreviations() -> dict[str, str]:
    return {row["abbreviation"]: row["region"] for row in rows("region_abbreviations.csv")}


class Neighbours(Mentions):
    """What the words right beside a name say of it."""

    def _exact(self, name: Name, kinds: frozenset[str] | None) -> tuple[str, tuple[Place, ...]]:
        """The places of exactly that name; "St. John's" keeps its s, "Kharkiv Oblast" may lose its noun."""
        text = self.document.text
        tries = [(name.text, kinds)]
        if text[name.span.end : name.span.end + 2] in {"'s", "’s"} and name.text.startswith(("St", "Saint")):
            tries.insert(0, (name.text + "'s", kinds))
        head, _, tail = name.text.rpartition(" ")
        if head and (meant := place_nouns().get(tail.casefold())):
            tries.append((head, meant if kinds is None else meant & kinds))
        for words, of_kinds in tries:
            if (of_kinds is None or of_kinds) and (found := self._look(words, of_kinds)):
                return words, found
        return name.text, ()

    def _sensible(self, name: Name, found: tuple[Place, ...]) -> tuple[Place, ...]:
        """Without the plants, airports and stadiums that merely bear a place's name, unless the copy says so."""
        around = (name.text + " " + self.document.text[name.span.end : name.span.end + 40]).casefold()
        return tuple(
            place
            for place in found
            if place.kind not in _NAMED_AFTER or any(word in around for word in _NAMED_AFTER[place.kind])
        )

    def _cue(self, name: Name) -> frozenset[str] | None:
        """The kinds that the common noun beside a name allows: "Kharkiv region", "the city of Kharkiv"."""
        text = self.document.text
        following = _NEXT_WORD.match(text, name.span.end, name.span.end + 18)
        if following and (kinds := place_nouns().get(following[1].casefold())):
            return kinds
        before = text[max(name.span.start - 40, 0) : name.span.start].split()
        if len(before) >= 2 and before[-1] == "of" and (kinds := place_nouns().get(before[-2].casefold())):
            return kinds
        if (
            before
            and (kinds := place_nouns().get(before[-1].casefold().rstrip(",")))
            and before[-1] in {"city", "island"}
        ):
            return kinds
        return None

    def _restricted(self, name: Name, found: tuple[Place, ...]) -> tuple[tuple[Place, ...], str | None]:
        """The places of the name that lie where the words right beside it say, and those words."""
        called = _CALLED_ITS.match(self.document.text, name.span.end, name.span.end + 80)
        owners = self.tables.demonym(called[1]) if called else ()
        if owners and not any(place.kind == "territory" for place in found):
            inside = tuple(place for place in found if any(_within(place, owner) for owner in owners))
            return inside, owners[0].name
        for words, areas in self._beside(name):
            inside = tuple(place for place in found if any(_within(place, area) for area in areas))
            if inside:
                return inside, words
            if areas and not any(place.kind in COUNTRIES | REGIONS for place in found):
                return (), words
        return (), None

    def _beside(self, name: Name) -> Iterable[tuple[str, tuple[Place, ...]]]:
        text = self.document.text
        end = name.span.end
        # "Athens, Georgia", "Athens (Ga.)", "Athens in northern Georgia"
        if gap := _AFTER.match(text, end, end + 60):
            short = _ABBREVIATED.match(text, gap.end())
            if short and (code := _abbreviations().get(short[0])) and (region := self.tables.place(code)):
                yield short[0], (region,)
            following = self.names(Span(gap.end(), min(gap.end() + 60, len(text))))
            if following and following[0].span.start == gap.end():
                areas = self._look(following[0].text, COUNTRIES | REGIONS)
                if areas:
                    yield following[0].text, areas
        # "Ukraine's Kharkiv", "the Ukrainian city of Kharkiv"
        earlier = [n for n in self.names(Span(max(end - 120, 0), end)) if n.span.end < name.span.start]
        if earlier and _BETWEEN.match(text[earlier[-1].span.end : name.span.start]):
            owner = earlier[-1]
            gap_text = text[owner.span.end : name.span.start]
            areas = self.tables.demonym(owner.text) or (
                self._look(owner.text, COUNTRIES | REGIONS) if gap_text.startswith(("'s", "’s")) else ()
            )
            if areas:
                yield owner.text, areas


def _within(place: Place, area: Place) -> bool:
    """Whether a place lies in a country or first-level region."""
    if place.id == area.id or place.country is None or place.country != area.country:
        return False
    if area.kind in COUNTRIES:
        return place.kind not in COUNTRIES
    return place.region is not None and place.region == area.region and place.kind not in REGIONS

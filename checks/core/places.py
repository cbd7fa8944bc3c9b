"""Names in context: which place a name, or words such as "the capital", stand for in this story.

A name is looked up by its exact spelling first. Where several places share it, the words around it decide: a
country or region named with it ("Athens, Georgia", "Ukraine's", "the Ukrainian city of"), the countries that its
paragraph and the story speak of, and then size, where one is far larger than the others. What stays open is said.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Document, Name, Span
from checks.core.names import fold
from checks.core.place_kinds import BOUNDED, CITIES, COUNTRIES, LOCATED, REGIONS
from checks.core.place_neighbours import Neighbours, place_nouns
from checks.core.proper_names import opens_sentence, title_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from checks.core.reference import Place, Tables

__all__ = ["BOUNDED", "CITIES", "COUNTRIES", "LOCATED", "REGIONS", "Gazetteer", "Resolution"]

# Whole worlds of meaning lie between a country and a village of its name: weights in powers of ten.
_WEIGHT = {"country": 2.5, "territory": 2.0, "admin1": 0.5, "region": 0.5, "continent": 3.0, "island": 4.5, "lake": 4.5}
# Regions mostly have no population in the gazetteer; a first-level region has about this many people.
_REGION_HAS = 1_000_000
_LOOK_BACK = 25
_FUZZY_SAFE = 91.0
_FUZZY_SHORTEST = 6
_AHEAD = 1.0
_WELL_KNOWN = 100_000
# "The village" is no city of this many people, and "the town" none of that many: another place is meant.
_AT_MOST = {"village": 20_000, "hamlet": 5_000, "settlement": 50_000, "town": 200_000}
_DESCRIPTION = lazy_pattern(
    r"(?:the|this|its|their)\s+(?:world['’]s\s+)?([^\W\d_]+(?:[-\s][^\W\d_]+){0,3})$", re.IGNORECASE
)
_REGIONAL = lazy_pattern(
    r"\b(?:(?:North|South|East|West|Central|Southeast|Southern|Northern|Eastern|Western|[Ss]ub-Saharan|Latin)[ -])?"
    r"(?:African|Asian|European|American|Caribbean|Balkan|Baltic|Nordic|Scandinavian|Gulf|Pacific|Arab|Himalayan|Andean|"
    r"Oceanian|Caucasus|Sahel|Mediterranean)\s"
)
_LESSER = lazy_pattern(
    r"\b(?:regional|provincial|state|county|district|former|old|ancient|commercial|business|financial|economic|cultural|"
    r"oblast|de\sfacto)\b",
    re.IGNORECASE,
)
_SOVEREIGN = lazy_pattern(r"\b(?:landlocked|sovereign|independent|member|island|oil-rich|Gulf|Baltic|Balkan)\b")
_OWNED = lazy_pattern(r"(.+?)['’]s?\s+([^\W\d_]+(?:\s[^\W\d_]+){0,2})$")


@dataclass(frozen=True, slots=True)
class Resolution:
    """What a name stands for: the chosen place, or None and why.

    ``readings`` are the places that the context cannot tell apart from the chosen one (a city and the region of its
    name), the likeliest first; ``candidates`` all that the tables know by that name. ``certain`` is set where the
    name and its context leave no real doubt, so that a claim about it may be refuted; ``restricted`` where the copy
    itself says in which country or region the place lies.
    """

    words: str
    place: Place | None
    readings: tuple[Place, ...] = ()
    candidates: tuple[Place, ...] = ()
    certain: bool = False
    restricted: bool = False
    reason: str = ""


class Gazetteer(Neighbours):
    """The names of one story, resolved in their context. Nothing is looked up before it is asked for."""

    def __init__(self, document: Document, tables: Tables) -> None:
        super().__init__(document, tables)
        self._resolved: dict[tuple[Name, frozenset[str] | None], Resolution] = {}

    def resolve(self, name: Name, kinds: Collection[str] | None = None) -> Resolution:
        """The place that a name or description ("the capital", "Congo's capital") stands for in this story.

        ``kinds`` restricts to kinds of place that make sense for the claim; the order of preference between a city
        and a region of one name is for the words around the name to give.
        """
        key = (name, frozenset(kinds) if kinds is not None else None)
        if key not in self._resolved:
            self._resolved[key] = self._resolve(name, key[1])
        return self._resolved[key]

    def capital(self, country: str) -> Place | None:
        """The capital of a country by its ISO code."""
        cities = self.tables.top_places("city", country=country, order="prominence", limit=60)
        return next((city for city in cities if city.feature == "PPLC"), None)

    @cached_property
    def here(self) -> Place | None:
        """The city of the dateline, if the tables are sure of it."""
        names = self.names(self.dateline) if self.dateline else ()
        city = self.resolve(names[0], CITIES) if names else None
        return city.place if city is not None and city.certain else None

    def _resolve(self, name: Name, kinds: frozenset[str] | None) -> Resolution:
        described = self._described(name, kinds)
        if described is not None:
            return described
        if title_before(self.document.text, name):
            return Resolution(name.text, None, reason=f"“{name.text}” is a person here.")
        words, found = self._exact(name, kinds)
        found = _without_nicknames(words, self._sensible(name, found))
        if not found:
            return self._similar(name, kinds)
        cue = self._cue(name)
        if cue and any(place.kind in cue for place in found):
            found = tuple(place for place in found if place.kind in cue)
        elif cue and kinds is not None and not cue & kinds:
            return Resolution(
                name.text, None, candidates=found, reason=f"No {name.text} of that kind is in the tables."
            )
        restricted, said = self._restricted(name, found)
        if said and not restricted:
            return Resolution(
                words, None, candidates=found, reason=f"No {name.text} in {said} is in the tables; others are."
            )
        return self._chosen(name, words, restricted or found, found, named_with=bool(restricted))

    def _chosen(
        self, name: Name, words: str, found: tuple[Place, ...], candidates: tuple[Place, ...], *, named_with: bool
    ) -> Resolution:
        nearby = self._count(self.paragraph(name.span.start)) if len(found) > 1 or not named_with else {}
        own = self.countries_of(name)
        scored = sorted(
            ((self._score(place, nearby, own, alone=named_with) + _own_name(place, words), place) for place in found),
            key=lambda item: (-item[0], item[1].id),
        )
        best_score, best = scored[0]
        readings = tuple(place for score, place in scored if score > best_score - _AHEAD)
        # "Great Britain" is the island as well as the state: what is true of either is true.
        alike = tuple(p for p in found if p.kind == "island" and p not in readings and _same_land(best, p))
        readings += alike
        rivals = [place for place in readings[1:] if place not in alike and not _same_place(best, place)]
        if rivals:
            several = ", ".join(_where(place) for place in (best, *rivals[:3]))
            return Resolution(
                words, None, readings, candidates, reason=f"Several places are called {name.text}: {several}."
            )
        in_story = self._in_story(best, nearby, own)
        certain = named_with or best.kind not in CITIES or in_story or (best.population or 0) >= _WELL_KNOWN
        if best.kind in CITIES and not named_with and (best.population or 0) < _WELL_KNOWN:
            # A surname or a common word at the start of a sentence is a village somewhere.
            certain = in_story and not opens_sentence(
                self.document.text, self.paragraph(name.span.start), name.span.start
            )
            certain = certain or (in_story and len(candidates) == 1)
        return Resolution(words, best, readings, candidates, certain=certain, restricted=named_with)

    def _score(self, place: Place, nearby: dict[str, float], own: dict[str, float], *, alone: bool) -> float:
        """How likely a place is meant, in powers of ten: its size, and how much the story speaks of its country."""
        people = place.population or (_REGION_HAS if place.kind in REGIONS else 0)
        score = math.log10(max(people, 500)) + _WEIGHT.get(place.kind, 0.0)
        if place.feature == "PPLC":
            score += 0.5
        if alone or not place.country:
            return score
        country = place.country
        # A name does not speak for itself: "Georgia" alone makes no story Georgian.
        here = nearby.get(country, 0.0) - own.get(country, 0.0)
        story = self.weights.get(country, 0.0) - own.get(country, 0.0)
        if here > 0:
            # Beside Alabama and the Senate, Georgia is the state.
            score += 3.0 if place.kind in REGIONS else 2.0
        elif country == self.main_country and story > 0:
            score += 1.5
        elif story > 0:
            score += 0.7
        return score

    def _in_story(self, place: Place, nearby: dict[str, float], own: dict[str, float]) -> bool:
        """Whether the story speaks of the place's country by another name than this one."""
        country = place.country
        if country is None:
            return False
        return nearby.get(country, 0.0) > own.get(country, 0.0) or self.weights.get(country, 0.0) > own.get(
            country, 0.0
        )

    def _similar(self, name: Name, kinds: frozenset[str] | None) -> Resolution:
        """A name that the tables do not spell so: the nearest spelling, only in a country that the context gives."""
        nothing = Resolution(name.text, None, reason=f"No place called {name.text} is in the tables.")
        if len(name.text) < _FUZZY_SHORTEST or not name.text[0].isupper() or self.tables.demonym(name.text):
            return nothing
        countries = [area.country for _, areas in self._beside(name) for area in areas if area.country]
        if not countries and self.main_country:
            countries = [self.main_country]
        for country in dict.fromkeys(countries):
            near = self.tables.similar(name.text, kinds=kinds or LOCATED, country=country, cutoff=_FUZZY_SAFE)
            near = tuple(
                (place, score) for place, score in near if place.name[:1].casefold() == name.text[:1].casefold()
            )
            if near and (len(near) == 1 or near[0][1] > near[1][1] + 2 or _same_place(near[0][0], near[1][0])):
                return Resolution(
                    near[0][0].name,
                    near[0][0],
                    (near[0][0],),
                    tuple(place for place, _ in near),
                    certain=False,
                    reason=f"“{name.text}” read as {near[0][0].name}.",
                )
        return nothing

    # -- descriptions ------------------------------------------------------------------------------------------

    def _described(self, name: Name, kinds: frozenset[str] | None) -> Resolution | None:
        """What "the country", "the Ukrainian capital" or "Congo's capital" means here; None for a proper name."""
        if match := _DESCRIPTION.match(name.text):
            words = match[1].split()
            noun = words[-1].casefold().rpartition("-")[2]
            if noun not in place_nouns():
                return None
            owners = self.tables.demonym(words[0]) if len(words) > 1 and words[0][0].isupper() else ()
            return self._meant(name, noun, tuple(owners), kinds)
        if match := _OWNED.match(name.text):
            noun = match[2].split()[-1].casefold()
            if noun in place_nouns():
                return self._meant(name, noun, self._look(match[1], COUNTRIES | REGIONS), kinds)
        return None

    def _meant(self, name: Name, noun: str, owners: tuple[Place, ...], kinds: frozenset[str] | None) -> Resolution:
        unclear = Resolution(name.text, None, reason=f"Which place “{name.text}” means is not clear from the copy.")
        if noun == "capital":
            country = owners[0].country if owners else self._country_before(name.span.start)
            capital = self.capital(country) if country else None
            if capital is None or _LESSER.search(name.text):
                return unclear
            # The capital that the story is sent from is the one that it calls so.
            certain = bool(owners) or (self.here is not None and self.here.id == capital.id)
            return Resolution(name.text, capital, (capital,), (capital,), certain=certain)
        wanted = place_nouns()[noun] if kinds is None else place_nouns()[noun] & kinds
        if noun == "state" and (kinds is None or kinds & COUNTRIES) and _SOVEREIGN.search(name.text):
            wanted = COUNTRIES if kinds is None else COUNTRIES & kinds
        if "country" in place_nouns()[noun] and owners:
            return Resolution(name.text, owners[0], owners, owners, certain=len(owners) == 1)
        if not wanted:
            return unclear
        region = self._region_said(name.text)
        last = self._last_named(name.span.start, wanted, region)
        if last is not None:
            place, alone = last
            if place.kind in CITIES and (place.population or 0) > _AT_MOST.get(noun, math.inf):
                return unclear
            if "country" in wanted:
                # "Under pressure from Russia, the country of 5 million": the story knows whom it is about.
                others = {country for country, weight in self.weights.items() if weight} - {place.country}
                others = others & set(region) if region else others
                alone = alone and (self.main_country == place.country or not others) and region != ()
            return Resolution(name.text, place, (place,), (place,), certain=alone)
        if wanted == CITIES and self.here and (self.here.population or 0) <= _AT_MOST.get(noun, math.inf):
            # Stories are sent from places that they are about, or not: never beyond doubt, and no one else's.
            return Resolution(name.text, self.here, (self.here,), certain=False)
        if "country" in wanted and self.main_country and (main := self.tables.place(f"cc:{self.main_country}")):
            return Resolution(name.text, main, (main,), (main,), certain=False)
        return unclear

    def _country_before(self, offset: int) -> str | None:
        last = self._last_named(offset, COUNTRIES)
        return last[0].country if last else self.main_country

    def _region_said(self, words: str) -> tuple[str, ...] | None:
        """The countries of "the Southeast Asian nation"; nothing where no region is said, () where it is not known."""
        said = _REGIONAL.search(words)
        if said is None:
            return None
        region = said[0].strip()
        for known in (region, region.removesuffix("n"), region.removesuffix("an"), region + "s"):
            if countries := self.tables.countries_of(known):
                return countries
        return ()

    def _last_named(
        self, offset: int, kinds: frozenset[str], region: tuple[str, ...] | None = None
    ) -> tuple[Place, bool] | None:
        """The last place of a kind named before the offset in its paragraph, and whether it is the only one there.

        ``region`` leaves only those of its countries.
        """
        start = self.paragraph(offset).start
        found: list[Place] = []
        for name in self.names(Span(start, offset))[:-_LOOK_BACK:-1]:
            if title_before(self.document.text, name):
                continue
            if self._only_a_city(name, kinds):
                home = self.country(self.here) if self.here and "country" in kinds else None
                found += [home] if home else []
                continue
            resolved = self.resolve(name, kinds)
            if resolved.place is not None and resolved.place.kind in CITIES and self._in_dateline(name):
                continue  # where the reporter sits is not "the town" that the story is about
            if resolved.place is None and "country" in kinds:
                people = self.tables.demonym(name.text)
                if len(people) == 1:
                    found.append(people[0])
            elif resolved.place is not None and resolved.certain:
                found.append(resolved.place)
        if region:
            found = [place for place in found if place.country in region]
        if not found:
            return None
        return found[0], len({place.id for place in found}) == 1

    def _in_dateline(self, name: Name) -> bool:
        return self.dateline is not None and self.dateline.covers(name.span)

    def _only_a_city(self, name: Name, kinds: frozenset[str]) -> bool:
        """Whether it is the city of the dateline: no state or country, not even where a region bears its name."""
        if kinds & CITIES or self.here is None or self._look(name.text, COUNTRIES):
            return False
        names = self.names(self.dateline) if self.dateline else ()
        return bool(names) and name.span == names[0].span


def _without_nicknames(words: str, found: tuple[Place, ...]) -> tuple[Place, ...]:
    """Without the country whose nickname is the name of its capital: "Kinshasa" is the city, not Congo."""
    known = fold(words)
    cities = [place for place in found if place.kind in CITIES and fold(place.name) == known]
    return tuple(
        place
        for place in found
        if place.kind not in COUNTRIES
        or fold(place.name)[:3] == known[:3]
        or not any(city.feature == "PPLC" and city.country == place.country for city in cities)
    )


def _same_land(country: Place, island: Place) -> bool:
    """Whether an island may be meant by the name of the country on it."""
    return country.kind in COUNTRIES and island.country in {None, country.country}


def _own_name(place: Place, words: str) -> float:
    """More for the place's own name than for one of many aliases ("Kinshasa" for the country)."""
    return 1.0 if fold(place.name) == fold(words) else 0.0


def _same_place(one: Place, other: Place) -> bool:
    """Whether two places of one name may pass for one: a city and its region, an island and its country."""
    if one.country is None or other.country is None:
        return False
    return one.country == other.country and (
        one.kind != other.kind or (one.kind not in CITIES) or (one.region == other.region and _close(one, other))
    )


def _close(one: Place, other: Place) -> bool:
    if one.lat is None or other.lat is None or one.lon is None or other.lon is None:
        return False
    return abs(one.lat - other.lat) < 0.2 and abs(one.lon - other.lon) < 0.3


def _where(place: Place) -> str:
    return f"{place.name} ({place.kind.replace('admin1', 'region')}, {place.country or 'no country'})"

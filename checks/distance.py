"""Distances and directions between places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import product
from typing import TYPE_CHECKING

from checks.core import compass
from checks.core.agreement import bounds, ends
from checks.core.claims import Separation
from checks.core.geodesy import extent, inverse, located
from checks.core.model import Expected, Fact, Finding, Name, Verdict
from checks.core.names import fold
from checks.core.places import LOCATED, Resolution
from checks.core.registry import check
from checks.core.values import as_written, scale_to, suggestion
from checks.core.wording import amount_words, plain, restyled, significant

if TYPE_CHECKING:
    from checks.core.reference import Place
    from checks.core.story import Story

# Roads are longer than the straight line: usually by a fifth, in mountains or around a bay by more.
_ROAD, _WINDING = 1.35, 1.8
# A distance "northwest of" is measured on the map; some desks give the road all the same.
_WITH_DIRECTION, _STONE_KM = 1.27, 3.0
# Up to here it may be a road in the mountains: too long for the map, too short to call it wrong.
_MOUNTAIN_ROAD = 1.45
# A place of the name that lies this much nearer than all others of it is the one that is meant.
_ALONE_NEAR, _NOT_TOO_FAR, _NEAR_KM, _OCEAN = 4.0, 3.0, 150.0, 3.0
# A distance is wrong, not only doubtful, when it misses by this much on top of all allowances.
_CLEARLY_LONGER, _CLEARLY_SHORTER = 1.6, 0.75
# One of eight points off is how people speak near the boundary; a right angle is wrong.
_DIRECTION_FITS, _DIRECTION_WRONG = 50.0, 67.5
_FAR_ENOUGH = 3.0
# "Porto" may be the region, but a distance is from the town.
_TOWN = 20_000
# Towns are counted from their near edge, and by the kilometre stones of another age.
_SHORTER_FITS = 0.93
_CITY_LIKE = frozenset({"city", "airport", "power_plant", "dam", "mountain", "volcano", "stadium"})


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two places that may be meant, with the distance and bearing between them and how the copy's figure fits."""

    subject: Place
    landmark: Place
    km: float
    bearing: float
    slack: float
    length: Verdict
    road: bool
    turn: float | None

    @property
    def direction(self) -> Verdict:
        """How the copy's direction fits; too close together, any direction does."""
        if self.turn is None or self.km < _FAR_ENOUGH * max(self.slack, 1.0) / 2:
            return Verdict.SUPPORTED
        if self.turn <= _DIRECTION_FITS:
            return Verdict.SUPPORTED
        return Verdict.REFUTED if self.turn >= _DIRECTION_WRONG else Verdict.DOUBTFUL

    @property
    def rank(self) -> tuple[int, float]:
        """Smaller is a better fit."""
        order = {Verdict.SUPPORTED: 0, Verdict.NOT_ENOUGH_INFO: 1, Verdict.DOUBTFUL: 1, Verdict.REFUTED: 2}
        return order[self.length] + order[self.direction], self.turn or 0.0


@check(reads=Separation)
def distance(claim: Separation, story: Story) -> Finding | None:
    """A distance between two places, and its direction, must be what the map shows.

    The straight line between the points of the gazetteer is compared, with the rounding of the figure and the size
    of the places allowed for. A figure may be longer where it is meant by road, but not shorter than the straight
    line; one with a direction is measured on the map, and may be about a quarter longer. A direction may be one of
    eight points off; a right angle or the opposite is wrong.

    Flags:
        A bridge fell in Segovia, «168 km northwest of Madrid», Spain.
        Police in Graz, «145 km northeast of Vienna», Austria, said the road was closed.
    Passes:
        A bridge fell in Segovia, «68 km northwest of Madrid», Spain.
        Police in Graz, «145 km southwest of Vienna», Austria, said the road was closed.
        In Arequipa, a «1,000-km drive from Lima», Peru, the market was open.
    """
    if claim.figure is None or not ends(claim.figure):
        return None
    if claim.route in {"border", "coast"}:
        return _open(claim, f"The tables hold points, not lines: a distance from a {claim.route} cannot be checked.")
    landmark = _called(story.places.resolve(claim.landmark, LOCATED), story)
    if not _points(landmark):
        return _open(claim, _why(landmark))
    if not claim.subjects:
        return _open(claim, "Which place lies there is not named.")
    scale = scale_to("kilometer", claim.figure.unit, story.tables)
    if scale is None:
        return None
    return _found(claim, landmark, scale, story)


def _found(claim: Separation, landmark: Resolution, scale: float, story: Story) -> Finding:
    """What the first of the subjects says that fits, or that is beyond doubt."""
    some = False
    for number, name in enumerate(_subjects(claim, story)):
        subject = _called(story.places.resolve(name, LOCATED), story)
        pairs = _pairs(claim, _points(subject), _points(landmark), scale)
        if not pairs:
            if claim.certain and number == 0 and subject.place is None:
                return _open(claim, _why(subject))
            continue
        chosen = min(pairs, key=lambda pair: pair.rank)
        sure = claim.certain and number == 0
        if chosen.rank[0] == 0 and _by_chance(claim, subject):
            return _open(claim, f"Whether “{subject.words}” is {chosen.subject.name} is not certain from the copy.")
        if chosen.rank[0] == 0 and (sure or claim.direction is not None or number == 0):
            return _supported(claim, chosen, scale)
        some = True
        if sure:
            subject, at, pairs = _settled(claim, subject, landmark, pairs, scale)
            chosen = min(pairs, key=lambda pair: pair.rank)
            if chosen.rank[0] == 0:
                return _supported(claim, chosen, scale)
            return _judged(claim, subject, at, pairs, scale)
    if some:
        return _open(claim, "Which place lies there is not certain from the copy.")
    return _open(claim, "None of the names near the figure is a place in the tables.")


def _by_chance(claim: Separation, subject: Resolution) -> bool:
    """Whether "the town" only may be the dateline's, and there is no direction that agrees as well."""
    return claim.direction is None and not subject.candidates and not subject.certain


def _settled(
    claim: Separation, subject: Resolution, landmark: Resolution, pairs: list[_Pair], scale: float
) -> tuple[Resolution, Resolution, list[_Pair]]:
    """Of a name that several places share the one that lies near the other place, if all others are far away.

    The figure only says how far is too far; which place is meant must not hang on which one fits.
    """
    if claim.figure is None:
        return subject, landmark, pairs
    sure = [resolution.place is not None and resolution.certain for resolution in (subject, landmark)]
    limits = bounds(claim.figure)
    within = max(limits.high / scale * _NOT_TOO_FAR, _NEAR_KM)
    # Both sure, but an ocean apart: then a smaller town of the name may be meant, and is, if one lies nearby.
    apart = all(sure) and min(pair.km for pair in pairs) > _OCEAN * within
    if not any(sure) or (all(sure) and not apart):
        return subject, landmark, pairs
    for ours, theirs, first in ((subject, landmark, True), (landmark, subject, False)):
        if ours.restricted or not ours.candidates or (theirs.place is None or not theirs.certain):
            continue
        towns, fixed = replace(ours, readings=ours.candidates, place=None), replace(theirs, readings=(theirs.place,))
        wide = _pairs(claim, _points(towns if first else fixed), _points(fixed if first else towns), scale)
        wide.sort(key=lambda pair: pair.km)
        if not wide or wide[0].km > within:
            continue
        if len(wide) > 1 and wide[1].km < _ALONE_NEAR * max(wide[0].km, _NEAR_KM / 5):
            reason = f"Several places called {ours.words} lie at such a distance."
            several, near = replace(ours, place=None, reason=reason), [pair for pair in wide if pair.km <= within]
            return (several, theirs, near) if first else (theirs, several, near)
        place = wide[0].subject if first else wide[0].landmark
        found = replace(ours, place=place, readings=(place,), certain=True)
        return (found, theirs, wide[:1]) if first else (theirs, found, wide[:1])
    return subject, landmark, pairs


def _subjects(claim: Separation, story: Story) -> tuple[Name, ...]:
    """The names in order, without the landmark's own (a country named with both is no place to measure to)."""
    same = story.places.resolve(claim.landmark, LOCATED).place
    return tuple(
        name
        for name in claim.subjects
        if name.span != claim.landmark.span and (same is None or story.places.resolve(name, LOCATED).place != same)
    )


def _called(resolution: Resolution, story: Story) -> Resolution:
    """The places by the name that the copy gives them."""
    named = {p: replace(p, name=as_written(p, resolution.words, story.tables)) for p in resolution.readings[:12]}
    place = named.get(resolution.place, resolution.place) if resolution.place else None
    return replace(resolution, place=place, readings=tuple(named.get(p, p) for p in resolution.readings))


def _points(resolution: Resolution) -> tuple[Place, ...]:
    """The places with a point that may be meant; for a region or country the cities of its name inside it."""
    points = tuple(place for place in resolution.readings if place.kind in _CITY_LIKE and place.lat is not None)
    if points or resolution.place is None or resolution.place.kind in _CITY_LIKE:
        return points
    # An island's or county's main town under its own name ("Jincheng" for Kinmen) is not what the copy measures to.
    return tuple(
        place
        for place in resolution.candidates
        if place.kind == "city"
        and place.country == resolution.place.country
        and (place.population or 0) >= _TOWN
        and (resolution.place.kind != "island" or fold(place.name) == fold(resolution.words))
    )


def _why(resolution: Resolution) -> str:
    if resolution.place is None:
        return resolution.reason or f"No place called {resolution.words} is in the tables."
    return f"{resolution.place.name} is too large, or not located, to measure a distance to."


def _pairs(claim: Separation, subjects: tuple[Place, ...], landmarks: tuple[Place, ...], scale: float) -> list[_Pair]:
    assert claim.figure is not None  # noqa: S101 - the caller has seen it
    limits = bounds(claim.figure)
    if limits.low is None or limits.high is None:
        return []
    low, high = limits.low / scale, limits.high / scale
    found = []
    for subject, landmark in product(subjects[:12], landmarks[:12]):
        if subject.lat is None or subject.lon is None or landmark.lat is None or landmark.lon is None:
            continue
        if subject.id == landmark.id or subject.kind not in _CITY_LIKE or landmark.kind not in _CITY_LIKE:
            continue
        km, bearing = inverse(landmark.lat, landmark.lon, subject.lat, subject.lon)
        slack = extent(subject) + extent(landmark)
        longer = (
            _WINDING if claim.route == "road" else _WITH_DIRECTION if claim.direction and not claim.route else _ROAD
        )
        # The size of the places and a road's windings are not both to be had where the map is meant.
        longest = max(km * longer, km + slack) + _STONE_KM if longer == _WITH_DIRECTION else km * longer + slack
        # No road is shorter than the straight line.
        shorter = 1.0 if claim.route == "road" else _SHORTER_FITS
        if (low <= km + slack and high >= max(km - slack, 0.0) * shorter) or (low > km and low <= longest):
            verdict = Verdict.SUPPORTED
        elif low > km:
            verdict = Verdict.REFUTED if low > longest * _CLEARLY_LONGER / longer else Verdict.DOUBTFUL
            if longer == _WITH_DIRECTION and low <= km * _MOUNTAIN_ROAD:
                verdict = Verdict.NOT_ENOUGH_INFO
        else:
            verdict = Verdict.REFUTED if high < (km - slack) * _CLEARLY_SHORTER else Verdict.DOUBTFUL
        turn = compass.off(bearing, claim.direction) if claim.direction else None
        road = verdict is Verdict.SUPPORTED and low > km + slack
        found.append(_Pair(subject, landmark, km, bearing, slack, verdict, road, turn))
    return found


def _supported(claim: Separation, pair: _Pair, scale: float) -> Finding:
    by_road = " The figure is longer than the straight line, as a distance by road is." if pair.road else ""
    if claim.direction and claim.direction != compass.nearest(pair.bearing):
        by_road += f" “{claim.direction.capitalize()}” is within the one point of the compass that is allowed."
    return Finding(
        claim=claim,
        verdict=Verdict.SUPPORTED,
        message=f"{pair.subject.name} is {_how_far(claim, pair, scale)} of {pair.landmark.name}.{by_road}",
        working=_working(claim, pair, scale),
        expected=Expected(value=pair.km * scale, unit=claim.figure.unit if claim.figure else None),
        evidence=_evidence(pair),
    )


def _judged(claim: Separation, subject: Resolution, landmark: Resolution, pairs: list[_Pair], scale: float) -> Finding:
    """The subject is certain and no reading of the two names fits."""
    assert claim.figure is not None  # noqa: S101 - the caller has seen it
    if subject.place is None or landmark.place is None:
        return _open(claim, _why(subject if subject.place is None else landmark))
    if not (subject.certain and landmark.certain):
        unsure = subject if not subject.certain else landmark
        return _open(
            claim,
            f"Whether “{unsure.words}” is {unsure.place.name if unsure.place else 'in the tables'} "
            f"({unsure.place.country if unsure.place else ''}) is not certain from the copy.",
        )
    pair = min(pairs, key=lambda each: each.rank)
    if pair.length is Verdict.NOT_ENOUGH_INFO and pair.direction is Verdict.SUPPORTED:
        return _open(
            claim,
            f"{pair.subject.name} is {_how_far(claim, pair, scale)} of {pair.landmark.name} in a straight line; "
            "the copy may give the way by road.",
        )
    verdict = Verdict.REFUTED if Verdict.REFUTED in {pair.length, pair.direction} else Verdict.DOUBTFUL
    wrong_way = pair.direction is not Verdict.SUPPORTED
    wrong_length = pair.length in {Verdict.DOUBTFUL, Verdict.REFUTED}
    right = compass.nearest(pair.bearing)
    keeps = pair.length is Verdict.SUPPORTED and not pair.road
    value = claim.figure.text if keeps else suggestion(claim.figure, pair.km * scale)
    if not keeps:
        value += _converted(claim, pair)
    suggestions = [f"{value} {right if wrong_way else claim.direction or ''}".strip()]
    slip = None
    if wrong_way and pair.turn is not None and pair.turn > 135:
        slip = "opposite direction"
    elif wrong_length:
        slip = _slip(claim, pair)
    return Finding(
        claim=claim,
        verdict=verdict,
        message=f"{pair.subject.name} is {_how_far(claim, pair, scale)} of {pair.landmark.name}, not "
        f"{_written(claim, wrong_way=wrong_way, wrong_length=wrong_length)}.",
        working=_working(claim, pair, scale),
        slip=slip,
        expected=Expected(text=right)
        if wrong_way and not wrong_length
        else Expected(value=pair.km * scale, unit=claim.figure.unit),
        suggestions=tuple(suggestions),
        evidence=_evidence(pair),
    )


def _converted(claim: Separation, pair: _Pair) -> str:
    """The conversion that the copy gives in brackets, put right as well: " (110 miles)"."""
    if len(claim.figures) < 2 or claim.figure is None:
        return ""
    other = claim.figures[1]
    km = {"kilometer": 1.0, "mile": 1.609344, "nautical_mile": 1.852}
    if claim.figure.unit not in km or other.unit not in km:
        return ""
    value = pair.km / km[other.unit]
    words = restyled(other.text, [(value, significant(value, 2))])
    return f" ({words})" if words else ""


def _written(claim: Separation, *, wrong_way: bool, wrong_length: bool) -> str:
    assert claim.figure is not None  # noqa: S101 - the caller has seen it
    parts = ([amount_words(claim.figure.text)] if wrong_length else []) + ([claim.direction or ""] if wrong_way else [])
    return " ".join(parts)


def _how_far(claim: Separation, pair: _Pair, scale: float) -> str:
    unit = {"kilometer": "km", "mile": "miles"}.get(claim.figure.unit or "" if claim.figure else "", "")
    return f"about {plain(pair.km * scale, 2)} {unit} {compass.nearest(pair.bearing)}".replace("  ", " ")


def _working(claim: Separation, pair: _Pair, scale: float) -> str:
    assert claim.figure is not None  # noqa: S101 - the caller has seen it
    unit = {"kilometer": "km", "mile": "miles"}.get(claim.figure.unit or "", claim.figure.unit or "")
    return (
        f"{located(pair.landmark)} to {located(pair.subject)}: {plain(pair.km, 3)} km in a straight line"
        + (f" ({plain(pair.km * scale, 3)} {unit})" if unit != "km" else "")
        + f", bearing {pair.bearing:.0f}°, {compass.nearest(pair.bearing)}; {bounds(claim.figure).text}, and "
        f"{plain(pair.slack, 2)} km are allowed for the size of the places."
    )


def _slip(claim: Separation, pair: _Pair) -> str | None:
    """Miles for kilometres, or the other way round."""
    limits = bounds(claim.figure) if claim.figure else None
    if claim.figure is None or limits is None or limits.low is None or limits.high is None:
        return None
    per_unit = {"kilometer": 1.609344, "mile": 1 / 1.609344}.get(claim.figure.unit or "")
    if per_unit is None:
        return None
    km = 1.0 if claim.figure.unit == "kilometer" else 1.609344
    low, high = limits.low * km * per_unit, limits.high * km * per_unit
    if low <= pair.km + pair.slack / 2 and high >= pair.km - pair.slack / 2:
        return "miles given as kilometres" if claim.figure.unit == "kilometer" else "kilometres given as miles"
    return None


def _evidence(pair: _Pair) -> tuple[Fact, ...]:
    return tuple(
        Fact(
            table="places",
            entity_id=place.id,
            entity=place.name,
            attribute="coordinates",
            value=f"{place.lat}, {place.lon}",
            unit="degree",
            source="geonames",
        )
        for place in (pair.landmark, pair.subject)
    )


def _open(claim: Separation, reason: str) -> Finding:
    return Finding(claim=claim, verdict=Verdict.NOT_ENOUGH_INFO, message=reason)

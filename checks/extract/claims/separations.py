"""Distances between places: "X, 74 km southeast of Y", "a 200-mile drive from Y"."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, NamedTuple

from checks.core.claims import Separation
from checks.core.compass import POINT, point
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Claim, Figure, Name, Span
from checks.core.proper_names import names_in
from checks.extract.around import (
    COPULA,
    HEDGES,
    PLACE_NOUN,
    between,
    described,
    hedged_start,
    names_after,
    names_before,
    past_stray,
    restates,
    unhyphenated,
    with_restated,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.extract.reading import Reading

Route = Literal["road", "flight", "border", "coast"]

# Yards and feet separate people, not places of the tables.
_FAR = frozenset({"kilometer", "mile", "nautical_mile"})
_VAGUE = lazy_pattern(r"(?:hundreds|thousands|dozens|tens|scores|millions)\b", re.IGNORECASE)
_ROAD = lazy_pattern(
    r"[\s,-]{1,2}(?:(?:round-trip|long|bumpy|dusty|arduous|perilous)\s)?"
    r"(?:by\s(?:road|car|bus|train|rail|land|highway)|(?:car|bus|train|road)?\s?(?:drive|ride|journey|trek|march|walk|road|"
    r"highway|railway|motorway|trip|haul)|(?:down|up|along)\sthe\s(?:road|highway|coast))\b"
)
_FLIGHT = lazy_pattern(r"[\s,-]{1,2}(?:by\s(?:air|plane)|flight|as\sthe\scrow\sflies|in\sa\sstraight\sline)\b")
_WAY = lazy_pattern(
    rf"[\s,]{{1,2}}(?:(?:to\sthe|due|directly|just|further|farther|away\sto\sthe|away,?)\s+){{0,2}}(?P<point>{POINT})"
    r"\s+(?:of|from|off)\s+"
)
_FROM = lazy_pattern(
    r"[\s,]{1,2}(?:away\s+|inland\s+|offshore\s+|upstream\s+|downstream\s+)?(?:from|outside(?:\sof)?|off)\s+"
)
_AWAY = lazy_pattern(r"\s+away\b(?!\s+from)")
_APART = lazy_pattern(r"\s+apart\b")
_BETWEEN = lazy_pattern(r"\s+(?:from|between)\s+(?:the\s)?")
_BOUNDARY = lazy_pattern(
    r"(?P<border>border|frontier|boundary|demarcation)|(?P<coast>coast|coastline|shore|shoreline|seaboard)\b"
)
_LEAD = lazy_pattern(
    r"(?:(?:[A-Z]\w+-(?:held|occupied|controlled|backed|run|administered|annexed|speaking)|the|its|their|downtown|central|nearby|neighbou?ring|[a-z]{2,12}ern|north|south|east|west|coastal|regional|"
    r"provincial|national|state|country['’]s|nation['’]s|region['’]s|province['’]s|island['’]s|state['’]s|capital|city|town|"
    r"village|port|centre|center|island|border|frontier|boundary|coast|coastline|shores?|shoreline|tip|edge|of|with|"
    r"main|major|largest|biggest|second-largest|old|ancient|historic|Black\sSea|mainland|site|ruins),?\s+){0,8}"
)
_CAPITAL = lazy_pattern(rf"['’]s?\s+(?:[a-z-]+\s){{0,3}}(?P<noun>{PLACE_NOUN})\b(?P<comma>,?\s+)?(?:of\s+)?")
_AFTER_NAME = lazy_pattern(r"(?P<owned>['’]s?)?\s+(?P<noun>[a-z]+)")
_DESCRIPTION = lazy_pattern(rf"(?:the|its)\s+(?:[^\W\d_]+\s)?{PLACE_NOUN}\b")
# A landmark that is only part of the place named, or something else called after it.
_NOT_THE_PLACE = frozenset(
    [
        "airport",
        "airfield",
        "airbase",
        "base",
        "plant",
        "station",
        "stadium",
        "university",
        "hospital",
        "school",
        "headquarters",
        "office",
        "offices",
        "office",
        "mall",
        "camp",
        "prison",
        "jail",
        "county",
        "district",
        "suburb",
        "suburbs",
        "factory",
        "mine",
        "field",
        "fields",
        "refinery",
        "terminal",
        "complex",
        "site",
        "fault",
        "basin",
        "embassy",
        "consulate",
        "church",
        "temple",
        "mosque",
        "valley",
        "hills",
        "mountains",
        "desert",
        "park",
        "forest",
        "reserve",
        "line",
        "front",
        "area",
    ]
)
_APPOSED = lazy_pattern(rf"(?:,|\s\(|\s[–—-]{{1,2}})\s?(?:{COPULA}\s+)?{HEDGES}{{0,5}}$")
_SAID = lazy_pattern(
    rf"(?:,?\s+|\s?\()(?:which\s+|that\s+)?{COPULA}\s+(?:(?:located|situated|based|nestled|set|at|in|on)\s+)?{HEDGES}{{0,5}}$"
)
_PHRASED = lazy_pattern(
    rf"(?:,?\s+(?:a|an|the|another|its|one\sof\sthe|(?:[A-Z][\w.-]*\s){{0,3}}[A-Z][\w.-]*['’]s?)\s+|,\s+(?=capital\b))"
    rf"(?:[^\W\d_][\w'’-]*\s+){{0,8}}?{PLACE_NOUN}s?"
    rf"(?:\s+of\s+[^,;.()]{{2,40}}\s(?:people|inhabitants|residents))?(?:\s+(?:in|of)\s+(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?(?:\s(?:state|province|region|oblast))?)?,?\s+"
    rf"(?:(?:that|which)\s+)?(?:{COPULA}\s+){{0,2}}{HEDGES}{{0,5}}$"
)
_INTERRUPTED = lazy_pattern(
    rf",\s+(?:in|on|near|off|at)\s[^,.;:!?()]{{2,60}},\s+{COPULA}\s+(?:{COPULA}\s+)?{HEDGES}{{0,5}}$"
)
_RELATIVE = lazy_pattern(rf",\s+(?:a|an|the|one\sof)\s[^.;:!?]{{2,140}}?\s(?:that|which)\s+{COPULA}\s+{HEDGES}{{0,5}}$")
_INVERTED = lazy_pattern(
    rf",?\s+(?:(?:in|at|near)\s+)?(?:(?:lies|lie|sits|stands|is)\s+)?(?:the\s+(?:[a-z-]+\s){{0,3}}{PLACE_NOUN}\s+of\s+)?"
)
# ", California," behind the landmark only says where it is.
_WHERE = lazy_pattern(r",\s(?:[A-Z][\w.]*\s?){1,3}(?=,)")
# "The distance between X and Y is 74 km"
_DISTANCE = lazy_pattern(
    rf"\b[Tt]he\s(?P<way>[a-z-]+\s)?distance\s(?:between|from)\s(?:the\s)?(?P<names>[^.;:!?]{{5,90}}?),?\s(?:is|was|of)\s+{HEDGES}{{0,4}}$"
)
_OF_OR_IN = lazy_pattern(r"\s(?:of|in)\s(?:the\s)?$")
_BY = lazy_pattern(r"\s+by\s(?:road|car|bus|train|rail|land|highway)\b")
_PAIR = lazy_pattern(r"\s+(?:and|to|from)\s+$")


class _Landmark(NamedTuple):
    name: Name
    route: Route | None
    end: int


def separations(reading: Reading) -> Iterator[Claim]:
    """The distances between named places, each with the names that may lie there and the landmark."""
    for figure in reading.figures:
        if figure.kind != "length" or figure.unit not in _FAR or restates(reading, figure):
            continue
        claim = _separation(reading, figure)
        if claim is not None:
            yield claim


def _separation(reading: Reading, figure: Figure) -> Separation | None:
    text = reading.text
    if _VAGUE.match(figure.text):
        return None
    figures, end = with_restated(reading, figure)
    sentence = reading.segments.sentence(figure.span.start)
    route, at = _way(text, past_stray(text, end))
    if _APART.match(text, at):
        return _apart(reading, figures, sentence)
    if _AWAY.match(text, at):
        return _away(reading, figures, sentence, route)
    direction: str | None = None
    if way := _WAY.match(text, at):
        direction, at = point(way["point"]), way.end()
        if direction is None:
            return None
    elif (both := _BETWEEN.match(text, at)) and (pair := _pair_after(reading, both.end(), sentence)):
        first, second, until = pair
        if not route and "between" not in both[0]:
            return None  # a pipeline's length, a walk's
        return _claim(figures, (first,), _Landmark(second, route, until), None, route, certain=route is not None)
    elif start := _FROM.match(text, at):
        at = start.end()
    else:
        return _stated_distance(reading, figures, sentence, route)
    landmark = _landmark(reading, at, sentence)
    if landmark is None:
        return None
    if route is None and _BY.match(text, landmark.end):
        route = "road"
    subjects, certain = _subjects(reading, figure, landmark, sentence)
    return _claim(figures, subjects, landmark, direction, route, certain=certain)


def _way(text: str, at: int) -> tuple[Route | None, int]:
    """Whether the distance is by road or by air, and where the text goes on."""
    if road := _ROAD.match(text, at):
        return "road", road.end()
    if flight := _FLIGHT.match(text, at):
        return "flight", flight.end()
    return None, at


def _claim(
    figures: tuple[Figure, ...],
    subjects: tuple[Name, ...],
    landmark: _Landmark,
    direction: str | None,
    route: Route | None,
    *,
    certain: bool,
) -> Separation:
    ends = (figures[-1].span.end, landmark.name.span.end)
    return Separation(
        span=Span(min(figures[0].span.start, landmark.name.span.start), max(ends)),
        figures=figures,
        figure=figures[0],
        subjects=subjects,
        landmark=landmark.name,
        direction=direction,
        route=landmark.route or route,
        certain=certain and bool(subjects),
    )


def _landmark(reading: Reading, at: int, sentence: Span) -> _Landmark | None:
    """The place from which the distance counts, and whether its border or coast is meant."""
    text = reading.text
    lead = _LEAD.match(text, at, sentence.end)
    begin = lead.end() if lead else at
    bounds = _BOUNDARY.search(text, at, begin)
    route: Route | None = ("border" if bounds["border"] else "coast") if bounds else None
    names = names_in(text, Span(begin, min(sentence.end, begin + 90)))
    if not names or names[0].span.start != begin:
        if words := _DESCRIPTION.match(text, at, sentence.end):
            return _Landmark(Name(Span(*words.span()), words[0]), route, words.end())
        return None
    name = names[0]
    if not unhyphenated(text, name):
        return None
    if owned := _CAPITAL.match(text, name.span.end, sentence.end):
        # "Congo's capital, Kinshasa" or only "Congo's capital".
        following = next((other for other in names[1:] if other.span.start == owned.end()), None)
        if following is not None and owned["comma"] is not None:
            name = following
        else:
            until = owned.end("noun")
            whole = Span(name.span.start, until)
            return _Landmark(Name(whole, whole.of(text)), route, until)
    if after := _AFTER_NAME.match(text, name.span.end, sentence.end):
        bounds = _BOUNDARY.fullmatch(after["noun"])
        if bounds:
            return _Landmark(name, "border" if bounds["border"] else "coast", after.end())
        if after["noun"] in _NOT_THE_PLACE or (after["owned"] and len(after["owned"]) > 1):
            return None
        if after["noun"] == "capital":
            whole = Span(name.span.start, after.end())
            following = next((other for other in names[1:] if 0 < other.span.start - after.end() <= 2), None)
            if following is not None:
                return _Landmark(following, route, following.span.end)
            return _Landmark(Name(whole, "the " + whole.of(text)), route, after.end())
    return _Landmark(name, route, name.span.end)


def _subjects(reading: Reading, figure: Figure, landmark: _Landmark, sentence: Span) -> tuple[tuple[Name, ...], bool]:
    """The names that may lie there, likeliest first, and whether the sentence leaves no doubt of the first."""
    text, start = reading.text, figure.span.start
    dateline = reading.dateline
    # A story is sent from its dateline: what lies "40 km east of" somewhere is another place.
    before = tuple(
        name
        for name in names_before(reading, start, sentence)
        if not _of_the_place(text, name) and not (dateline is not None and dateline.covers(name.span))
    )
    thing = described(reading, start, sentence)
    if thing is not None and (not before or thing.span.start > before[0].span.end):
        return (thing, *before[:3]), True
    for number, name in enumerate(before):
        gap = between(text, name.span.end, start)
        if len(gap) > 200:
            break
        if not unhyphenated(text, name):
            continue
        if number and not _no_rival(text, before[:number]) and not (_INTERRUPTED.match(gap) or _PHRASED.match(gap)):
            if number == 1 and text[name.span.end : before[0].span.start].strip(". ") == ",":
                continue
            break
        if not number and len(before) > 1 and _says_where(text, before[1], name, start):
            continue
        if (
            _APPOSED.match(gap)
            or _SAID.match(gap)
            or _PHRASED.match(gap)
            or _INTERRUPTED.match(gap)
            or (number < 3 and _RELATIVE.match(gap))
        ):
            chosen = _head_of_list(text, before, number)
            return (chosen, *(other for other in before[:4] if other is not chosen)), True
    opening = not text[sentence.start : hedged_start(figure, text)].strip(' “"')
    where = _WHERE.match(text, landmark.end, sentence.end) if opening else None
    if inverted := _INVERTED.match(text, where.end() if where else landmark.end, sentence.end):
        following = names_after(reading, inverted.end(), sentence)
        opens = not text[sentence.start : start].strip() or not before
        if following and following[0].span.start == inverted.end() and opens and len(inverted[0].strip()) > 1:
            return (following[0], *before[:3]), True
    return before[:4], False


def _says_where(text: str, name: Name, nearer: Name, start: int) -> bool:
    """Whether the nearer name is only part of what the other is called: "X, the capital of Y, 74 km"."""
    gap = text[name.span.end : start]
    if len(gap) > 200 or _OF_OR_IN.search(text[name.span.end : nearer.span.start]) is None:
        return False
    return _PHRASED.match(gap) is not None


def _head_of_list(text: str, before: tuple[Name, ...], number: int) -> Name:
    """Of "Conroe, Texas, about 40 miles" the first name: the second says where the first is."""
    name = before[number]
    if number + 1 < len(before) and text[before[number + 1].span.end : name.span.start].strip(". ") == ",":
        return before[number + 1]
    return name


def _no_rival(text: str, nearer: tuple[Name, ...]) -> bool:
    """Whether the names nearer to the figure only qualify other words ("Ukrainian forces")."""
    return all(_qualifies(text, name) for name in nearer)


def _qualifies(text: str, name: Name) -> bool:
    after = text[name.span.end : name.span.end + 2]
    owned = after[:1] in {"'", "’"}
    return owned or (
        after[:1] == " " and after[1:2].islower() and name.text.endswith(("n", "sh", "ese", "i", "ch", "s"))
    )


def _of_the_place(text: str, name: Name) -> bool:
    """Whether the name is only called after a place: "the Fukushima plant"."""
    after = _AFTER_NAME.match(text, name.span.end)
    return after is not None and after["noun"] in _NOT_THE_PLACE


def _apart(reading: Reading, figures: tuple[Figure, ...], sentence: Span) -> Separation | None:
    """ "X and Y are 500 km apart"."""
    before = names_before(reading, figures[0].span.start, sentence)
    if len(before) < 2:
        return None
    for near, far in pairwise(before[:4]):
        if _PAIR.match(reading.text[far.span.end : near.span.start]):
            gap = reading.text[near.span.end : figures[0].span.start]
            certain = any(said.match(gap) for said in (_SAID, _APPOSED, _INTERRUPTED))
            return _claim(figures, (far,), _Landmark(near, None, near.span.end), None, None, certain=certain)
    near, far = before[0], before[1]
    return _claim(figures, (far,), _Landmark(near, None, near.span.end), None, None, certain=False)


def _stated_distance(
    reading: Reading, figures: tuple[Figure, ...], sentence: Span, route: Route | None
) -> Separation | None:
    """ "The distance between X and Y is 74 km"."""
    text = reading.text
    begin = max(sentence.start, figures[0].span.start - 140)
    said = _DISTANCE.search(text[begin : figures[0].span.start])
    if said is None:
        return None
    inside = Span(begin + said.start("names"), begin + said.end("names"))
    names = names_in(text, inside)
    if len(names) != 2 or names[0].span.start != inside.start or names[1].span.end != inside.end:
        return None
    if text[names[0].span.end : names[1].span.start].strip(" ,") not in {"and", "to", "and the", "to the"}:
        return None
    way = (said["way"] or "").strip()
    by = "road" if way in {"road", "driving", "rail"} else "flight" if way in {"flight", "flying"} else route
    return _claim(figures, (names[0],), _Landmark(names[1], None, names[1].span.end), None, by, certain=True)


def _away(reading: Reading, figures: tuple[Figure, ...], sentence: Span, route: Route | None) -> Separation | None:
    """ "from Y, 74 km away": the landmark and the place stand in either order."""
    before = names_before(reading, figures[0].span.start, sentence)
    if len(before) < 2 or figures[0].span.start - before[0].span.end > 40:
        return None
    near, far = before[0], before[1]
    return _claim(figures, (far, *before[2:4]), _Landmark(near, route, near.span.end), None, route, certain=False)


def _pair_after(reading: Reading, at: int, sentence: Span) -> tuple[Name, Name, int] | None:
    """The two names of "from X to Y", "between X and Y" right behind the offset."""
    names = names_after(reading, at, sentence, reach=120)
    if len(names) < 2 or names[0].span.start != at:
        return None
    if reading.text[names[0].span.end : names[1].span.start].strip(" ,") in {"to", "and", "to the", "and the"}:
        return names[0], names[1], names[1].span.end
    return None

"""Populations of places: "a nation of 23 million", "home to 300,000 people", "with a population of 1.3 billion"."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Name, Span
from checks.extract.around import PLACE_NOUN
from checks.extract.scenes import SMALL, Candidate, Scene

if TYPE_CHECKING:
    import re

    from checks.core.claims import PlaceMeasure
    from checks.extract.reading import Reading

_PEOPLE = frozenset({"people", "inhabitants", "residents", "citizens", "souls", "persons"})
_LIVING = frozenset({"people", "inhabitants", "residents", "souls"})
# What the copy calls a place tells the city from the state of its name.
_CALLED = dict.fromkeys(("city", "town", "village", "capital", "suburb", "metropolis", "port", "resort"), "city") | (
    dict.fromkeys(("country", "nation", "republic", "kingdom"), "country")
)
_FEWEST, _LARGE = 100, 1_000
# Most figures in copy count something else: no look at names without one of these words about.
_GATE = lazy_pattern(rf"\b(?:population|pop\.|home\sto|people|inhabit\w*|residents|souls|{PLACE_NOUN}\s(?:of|with))\b")
_POP_WORDS = (
    r"(?:(?:total|current|estimated|overall|entire|whole|national|local|resident|official|civilian|tiny|huge|large|small|"
    r"growing|combined|permanent|prewar|pre-war|year-round|metropolitan|metro)\s+)"
)
_OWNED_POPULATION = lazy_pattern(
    rf"(?:['’]s?)?\s+(?:own\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population,?\s+(?:of|is|was|stands\sat|stood\sat|at|reached|totals|totalled|numbers|"
    rf"has\s(?:grown|risen|swelled|fallen|dropped|shrunk)\sto|is\sestimated\sat|hit|exceeds|tops)\s+{SMALL}"
)
_WITH_POPULATION = lazy_pattern(
    rf"(?:,|\s[–—-])?\s+(?:(?:which|that)\s+)?(?:has|have|had|with|boasts|having|whose)\s+(?:an?\s+|its\s+|the\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+(?:of|is|at|estimated\sat|that\snumbers)\s+{SMALL}"
)
_PHRASE_WITH_POPULATION = lazy_pattern(
    rf"(?:,|\s?[–—]|\s--?)\s?(?:an?|the|which|that)\s[^.;:]{{1,90}}?\bwith\s+(?:an?\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})"
    rf"population\s+of\s+{SMALL}"
)
_THE_POPULATION_OF = lazy_pattern(rf"\b[Tt]he\s+(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+of\s+(?:the\s+)?$")
_LEADING = lazy_pattern(rf"\b[Ww]ith\s+(?:an?\s+|its\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+of\s+{SMALL}")
_BRACKETED = lazy_pattern(rf"\s?[(,]\s?(?:pop\.?|population):?\s+(?:of\s+)?{SMALL}")
_HOME_TO = lazy_pattern(
    rf"(?:,?\s(?:is|was|are)|,|\s[–—-]|,\s(?:which|that)\s(?:is|was))?\s+(?:now\s+|also\s+|currently\s+)?home\s+to\s+{SMALL}"
)
_NATION_OF = lazy_pattern(
    rf"(?:,?\s(?:is|was|remains)|,|\s?[–—]|\s--?|\s\()\s?(?:an?|the)\s+(?:[^\W\d_][\w'’-]*,?\s+){{0,5}}?(?P<noun>{PLACE_NOUN})\s+of\s+"
    rf"{SMALL}"
)
# "A city of over 2 million people, Havana ..."
_OPENING = lazy_pattern(rf"(?:^|[.;“\"]\s*)An?\s+(?:[^\W\d_][\w'’-]*\s+){{0,3}}?{PLACE_NOUN}\s+of\s+{SMALL}")
# "Kyiv, Ukraine's capital of 3 million", "Ukraine's capital of 3 million"
_OWNED_NATION_OF = lazy_pattern(
    rf",\s(?:[A-Z][\w.-]*\s){{0,2}}[A-Z][\w.-]*['’]s?\s(?:[a-z][\w-]*\s){{0,3}}?(?P<noun>{PLACE_NOUN})\s+of\s+{SMALL}"
)
_CAPITAL_OF = lazy_pattern(rf"(?P<noun>['’]s?\s(?:[a-z]+\s)?capital),?\s+of\s+{SMALL}")
_WITH = lazy_pattern(rf",\s+with\s+{SMALL}")
_NOW = lazy_pattern(rf",\s+(?:now|currently|estimated)\s+(?:(?:at|is|about)\s+)?{SMALL}")
# "Kenya's 580,367 square kilometres are home to", "Kenya's highlands are home to" is another thing
_LAND_IS_HOME = lazy_pattern(
    rf"['’]s?\s+(?:[a-z]+\s)?[\d.,]+\s(?:[mb]illion\s)?(?:square|sq\.?)\s[a-z]+\s+(?:are|is)\s+home\s+to\s+{SMALL}"
)
_FENCED = lazy_pattern(r"\s*,")
_DONE = lazy_pattern(
    r"\s*(?:[.;:!?–—]|,\s(?:and|but|most|mainly|many|while|making|according|of\swhom|more|nearly|almost|about)\b|\sand\s(?:some\s|about\s|more\sthan\s)?\d|$)"
)
# "Nuuk, where about 19,000 people live"
_WHERE = lazy_pattern(rf",\s+where\s+{SMALL}")
_LIVE = lazy_pattern(r"\s+(?:now\s)?(?:live|reside)(?=\s?[,.;)–—])")
_THERE_ARE = lazy_pattern(
    r"\b[Tt]here\sare\s(?:about\s|some\s|around\s|roughly\s|nearly\s|almost\s|only\s|just\s|now\s){0,2}$"
)
_FULL_STOP = lazy_pattern(r"\s*(?:[.;!?]|$)")
_LAND_LIKE = 1_000_000
_ITS_PEOPLE = lazy_pattern(rf"['’]s?\s+(?:some\s+|roughly\s+|estimated\s+)?{SMALL}")
_COUNTS = lazy_pattern(rf",?\s+(?:(?:which|that)\s)?(?:has|have|had|counts|numbers|boasts)\s+{SMALL}")
_NATION_WITH = lazy_pattern(
    rf"(?:,|\s(?:is|was))\s[^.;:]{{1,70}}?\b{PLACE_NOUN}"
    rf"(?:\s+(?:in|on|of)\s(?:the\s)?[A-Z]\w+(?:\s[A-Z]\w+)?)?,?\s+with\s+{SMALL}"
)
_IS = lazy_pattern(rf",?\s+(?:is|was|measures|covers|totals|comes\sto)\s+{SMALL}")
_CLOSED = lazy_pattern(
    r"\s*(?:$|(?:crammed|spread|packed|scattered|squeezed|people\b)|[.,;:)\]!?–—]|\s-|-strong|and\s|but\s|is\s|are\s|has\s|have\s|was\s|were\s|will\s|as\sof\b|according\b|that\s(?:is|has|was)\b|on\sthe\b|in\sthe\s(?:north|south|east|west))"
)
_NOT_ALL = lazy_pattern(
    r"\s+(?:who|with|without|living|in\sneed|of\s(?!whom)|at\srisk|aged|under|over|from|to|displaced|killed|affected|infected|working|unemployed|registered)\b"
)
_LIVE_IN = lazy_pattern(
    r"\s+(?:(?:who\s)?(?:live|lived|reside|living)\s+in|inhabit)\s+(?:the\s+)?(?:(?:city|town|country|island|region)\sof\s+)?"
)
_PEOPLE_OF = lazy_pattern(r"\s+(?:of|in)\s+(?:the\s+)?")
_FORMER_SUBSET = lazy_pattern(
    r"\b(?:[Aa]nother|[Oo]ther|[Aa]dditional|further|more|fewer|whom|extra)\s+(?:\w+\s+){0,2}$"
)
_OF_COUNTRY = lazy_pattern(
    rf"\b(?P<whole>(?:[Tt]he|[Tt]his)\s(?:[^\W\d_]+\s){{0,3}}(?:country|nation|city|island|state|kingdom|republic|capital))\s+of\s+{SMALL}"
)


def population(reading: Reading, figure: Figure) -> PlaceMeasure | None:
    """The claim that the figure is the population of a place named near it, if it is one."""
    counts = (figure.counts or "").casefold()
    people = counts in _PEOPLE
    if (figure.counts is not None and not people) or _size(figure) < _FEWEST:
        return None
    text, end = reading.text, figure.span.end
    if not people and not _GATE.search(text, max(figure.span.start - 130, 0), end):
        return None
    if people:
        at = text.find(figure.counts or "", end, end + 40)
        end = at + len(figure.counts or "") if at >= 0 else end
    scene = Scene(reading, (figure,), end)
    whole = _CLOSED.match(text, end) is not None and _NOT_ALL.match(text, end) is None
    for candidate in scene.candidates(3):
        if claim := _stated(scene, candidate) or (_told(scene, candidate, counts) if whole else None):
            return claim
        if counts in _LIVING and _WHERE.match(candidate.gap) and _LIVE.match(text, end):
            opens = scene.starts_clause(candidate.subject) and not candidate.hidden
            return scene.measures((candidate.subject,), "population", certain=opens, loose=True)
        owned = counts in _LIVING and _size(figure) >= _LARGE and _ITS_PEOPLE.match(candidate.gap)
        if owned and not _NOT_ALL.match(text, end):
            return scene.measures((candidate.name,), "population", certain=True)
    its = scene.pronoun()
    if its is not None and (told := _of_pronoun(scene, its[0], its[1], counts, whole=whole)):
        return told
    return _leading(scene) or _behind(scene, counts) or _described(scene, people=people, whole=whole)


def _of_pronoun(scene: Scene, name: Name, gap: str, counts: str, *, whole: bool) -> PlaceMeasure | None:
    """ "Its population is", "It has a population of", "Its 31 million people" after a sentence about the place."""
    if match := _OWNED_POPULATION.match(gap) or _WITH_POPULATION.match(gap):
        return scene.measures((name,), "population", certain=True, qualifier=_which(match))
    if not whole or counts not in _LIVING or _size(scene.figure) < _LARGE:
        return None
    if _ITS_PEOPLE.match(gap) or _HOME_TO.match(gap):
        return scene.measures((name,), "population", certain=_ITS_PEOPLE.match(gap) is not None)
    return scene.measures((name,), "population", certain=False) if _COUNTS.match(gap) else None


def _stated(scene: Scene, candidate: Candidate) -> PlaceMeasure | None:
    """With the word: "X's population is", "X, with a population of", "the population of X is", "X (pop. ...)"."""
    gap, subject = candidate.gap, candidate.subject
    if match := _OWNED_POPULATION.match(gap):
        certain = not candidate.hidden
        return scene.measures((candidate.name,), "population", certain=certain, qualifier=_which(match))
    match = (
        _WITH_POPULATION.match(gap)
        or _WITH_POPULATION.match(candidate.past_aside)
        or _PHRASE_WITH_POPULATION.match(gap)
    )
    if match:
        sure = candidate.number == 0 and not candidate.hidden
        return scene.measures((subject,), "population", certain=sure, qualifier=_which(match))
    if match := _CAPITAL_OF.match(gap):
        span = Span(candidate.name.span.start, candidate.name.span.end + match.end("noun"))
        if not candidate.number and span.of(scene.text).endswith("capital"):
            earlier = scene.before[1] if len(scene.before) > 1 else None
            if earlier is not None and scene.text[earlier.span.end : span.start].strip() == ",":
                return scene.measures((earlier,), "population", certain=True, qualifier="city")
            return scene.measures((Name(span, span.of(scene.text)),), "population", certain=True, qualifier="city")
    match = _NATION_OF.match(gap) or _OWNED_NATION_OF.match(gap)
    if match and (scene.figure.counts or _size(scene.figure) >= _LARGE):
        # Whatever the sentence says of them next, they are all its people.
        place, sure = scene.described_by(candidate)
        sure = sure and not candidate.hidden
        return scene.measures((place,), "population", certain=sure, qualifier=_CALLED.get(match["noun"]))
    if (_IS.match(gap) or _NOW.match(gap)) and (match := _THE_POPULATION_OF.search(candidate.lead)):
        return scene.measures((subject,), "population", certain=True, qualifier=_which(match))
    if _BRACKETED.match(scene.text[candidate.name.span.end : scene.start]):
        return scene.measures((subject,), "population", certain=True)
    return None


def _told(scene: Scene, candidate: Candidate, counts: str) -> PlaceMeasure | None:
    """Without the word: "X is home to", "X, a nation with ... people", "X has ... inhabitants"."""
    gap, subject = candidate.gap, candidate.subject
    large = _size(scene.figure) >= _LARGE
    if counts not in _LIVING:
        return None
    opens = scene.starts_clause(subject) and not candidate.hidden
    if _HOME_TO.match(gap) and not scene.owned(subject):
        return scene.measures((subject,), "population", certain=opens)
    if _LAND_IS_HOME.match(gap):
        return scene.measures((candidate.name,), "population", certain=opens)
    if not large:
        return None
    if _NATION_WITH.match(gap) and (candidate.number == 0 or scene.starts_clause(subject)):
        return scene.measures((subject,), "population", certain=not candidate.hidden)
    # Not " with": "Norway beat Peru with 50,000 people watching".
    if _WITH.match(gap) and _FENCED.match(scene.text, scene.end):
        return scene.measures((subject,), "population", certain=opens, loose=True)
    if _COUNTS.match(gap) or _COUNTS.match(candidate.past_aside):
        # "Has 100 million people" and no more words: a number of this size is no part of a country's people.
        fenced = candidate.number == 0 and candidate.gap[:1] in {",", "–", "—"}
        large = _size(scene.figure) >= _LAND_LIKE or fenced
        all_told = large and _DONE.match(scene.text, scene.end) is not None
        certain = not candidate.hidden if counts != "people" else opens and all_told
        return scene.measures((subject,), "population", certain=certain, loose=True)
    return None


def _leading(scene: Scene) -> PlaceMeasure | None:
    """ "With a population of 17 million, the Netherlands ..."."""
    if _OPENING.search(scene.head(80)) and (name := scene.named_behind()):
        return scene.measures((name,), "population", certain=True)
    match = _LEADING.search(scene.head(80))
    if match is None:
        return None
    opens = not scene.text[scene.sentence.start : scene.start - len(match[0])].strip()
    if not opens and scene.before and scene.before[0].span.end >= scene.start - 80:
        return None
    name = scene.named_behind()
    return scene.measures((name,), "population", certain=True, qualifier=_which(match)) if name else None


def _behind(scene: Scene, counts: str) -> PlaceMeasure | None:
    """ "5 million people live in Ireland", "the 320,000 people of Iceland": it may be some of them, so uncertain."""
    if counts not in _LIVING or _FORMER_SUBSET.search(scene.head(40)):
        return None
    phrase = _LIVE_IN.match(scene.text, scene.end)
    all_told = phrase is not None or _THERE_ARE.search(scene.head(40)) is not None
    if phrase is None and (scene.head(4).casefold() == "the " or all_told):
        phrase = _PEOPLE_OF.match(scene.text, scene.end)
    name = scene.name_at(phrase.end()) if phrase else None
    if name is None or not _CLOSED.match(scene.text, name.span.end):
        return None
    # Some of them may live there, but never more than all: the check tells.
    all_there = all_told and _FULL_STOP.match(scene.text, name.span.end)
    return scene.measures((name,), "population", certain=False, loose=bool(all_there))


def _described(scene: Scene, *, people: bool, whole: bool) -> PlaceMeasure | None:
    """ "The country of 1.3 billion", "the island's 23 million people"."""
    if words := _OF_COUNTRY.search(scene.head(60)):
        begin = scene.start - len(scene.head(60)) + words.start("whole")
        span = Span(begin, begin + len(words["whole"]))
        noun = words["whole"].split()[-1]
        certain = noun in {"country", "nation", "kingdom", "republic"} and _size(scene.figure) >= _LARGE
        return scene.measures((Name(span, words["whole"]),), "population", certain=certain)
    if not whole or (not people and "population" not in scene.head(40)):
        return None
    thing = scene.description(_OWNED_POPULATION, _WITH_POPULATION, _HOME_TO, _ITS_PEOPLE)
    if thing is None and (fenced := scene.fence) and fenced.head is not None and fenced.finite:
        gap = scene.text[fenced.close : scene.start]
        large = _size(scene.figure) >= _LARGE
        if _HOME_TO.match(gap) or (large and _COUNTS.match(gap)):
            return scene.measures((fenced.head,), "population", certain=True)
    return scene.measures((thing, *scene.before[:2]), "population", certain=True) if thing else None


def _which(match: re.Match[str]) -> str | None:
    adjectives = match["adjectives"] or ""
    return "metropolitan" if "metro" in adjectives or "urban" in adjectives else None


def _size(figure: Figure) -> float:
    return float(figure.value or figure.high or figure.low or 0)

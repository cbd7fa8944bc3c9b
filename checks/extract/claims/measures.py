"""Areas and populations of places: "Ukraine's land mass of about 600,000 square kilometers", "a nation of 23 million"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.core.claims import PlaceMeasure
from checks.core.model import Claim, Figure, Name, Span
from checks.extract.around import (
    HEDGES,
    PLACE_NOUN,
    between,
    hedged_start,
    names_before,
    restates,
    unhyphenated,
    with_restated,
)
from checks.extract.names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.extract.reading import Reading

_PEOPLE = frozenset({"people", "inhabitants", "residents", "citizens", "souls", "persons"})
_LIVING = frozenset({"people", "inhabitants", "residents", "souls"})
_SMALL = rf"{HEDGES}{{0,5}}$"

# --- area: what stands between the name and the figure ---
_AREA_ADJECTIVE = r"(?:(?P<adjective>total|land|surface|geographical|geographic|entire|whole|combined|overall|national|vast|huge|dry)\s+){0,2}"
_AREA_NOUN = r"(?:area|land\s?mass|landmass|territory|surface|land)"
_OWNED_AREA = re.compile(
    rf"['’]s?\s+{_AREA_ADJECTIVE}(?P<noun>{_AREA_NOUN})(?:\s+(?:area|mass))?,?\s+"
    rf"(?:of|is|was|measures|covers|spans|totals|amounts\sto|extends\sover|at)\s+{_SMALL}"
)
_HAS_AREA = re.compile(
    rf",?\s+(?:has|had|with|having|which\shas|is)\s+(?:an?\s+|the\s+)?{_AREA_ADJECTIVE}(?P<noun>{_AREA_NOUN})(?:\s+area)?\s+of\s+{_SMALL}"
)
_LEADING_AREA = re.compile(
    rf"(?:^|[.;“\"]\s*)(?:[Cc]overing|[Ss]panning|[Ss]prawling\s(?:over|across)|[Ss]tretching\s(?:over|across)|[Aa]t|"
    rf"[Ww]ith\s(?:an?|its)\s(?:total\s|land\s|vast\s)?area\sof|[Mm]easuring|[Oo]ccupying)\s+{_SMALL}"
)
_THE_AREA_OF = re.compile(
    rf"\b[Tt]he\s+{_AREA_ADJECTIVE}(?P<noun>area|size|surface|territory)(?:\s+area)?\s+of\s+(?:the\s+)?$"
)
_IS = re.compile(rf",?\s+(?:is|was|measures|covers|totals|comes\sto)\s+{_SMALL}")
_AT = re.compile(rf",\s+(?:[^.;:]{{1,60}}\s)?at\s+{_SMALL}")
_COVERS = re.compile(
    rf",?\s+(?:which\s+|that\s+)?(?:covers?|covering|sprawls?\s(?:over|across)|sprawling\s(?:over|across)|spans?|spanning|"
    rf"stretch(?:es|ing)\s(?:over|across)|extend(?:s|ing)\s(?:over|across)|encompass(?:es|ing)|measures|measuring|"
    rf"occup(?:ies|ying)|comprises|spread(?:s|ing)?\s(?:over|across))\s+"
    rf"(?:an?\s+{_AREA_ADJECTIVE}area\s+of\s+)?{_SMALL}"
)
_A_COUNTRY = re.compile(
    rf"(?:,|\s[–—-]|\s(?:is|was)|\sbecame)\s+(?:an?|the)\s+(?:[^\W\d_][\w'’-]*,?\s+){{0,5}}?(?P<noun>{PLACE_NOUN})\s+"
    rf"(?:of|covering|spanning|measuring|that\scovers|which\scovers|with\s(?:a\s|an\s)?(?:total\s|land\s)?area\sof)\s+{_SMALL}"
)
_ARTICLE = re.compile(r"\b(?:the|a|an)\s$", re.IGNORECASE)
_SQUARE_COUNTRY = re.compile(
    r"[\s,]{1,2}(?:(?!of\b)[a-z-]+\s){0,2}(?P<noun>country|nation|island|state|territory|archipelago|enclave|kingdom|republic)\b(?:\sof\s)?"
)
# "burned 500 sq km of forest", "6,000 square kilometers of territory": the area of something else.
_OF_ELSE = re.compile(
    r"\s*[.,;]?\s+of\s+(?!land\s+(?:and|area)\b)|\s+(?:per|burned|scorched|inhabited|under|more|less|north|south|east|west)\b"
)
_OTHER_SUBJECT = re.compile(
    r"\b(?:fires?|floods?|floodwaters?|forests?|reserve|reef|ice|parks?|plan|project|zone|camp|controls?|controlled|seized|held|"
    r"recaptured|liberated|burn\w*|economic|waters?|farms?|farmland|campus|complex|building|mine|base|concession|licen[cs]e|block)\b"
)

# --- population ---
_POP_WORDS = r"(?:(?:total|current|estimated|overall|entire|whole|national|local|resident|official|civilian|tiny|huge|large|small|growing|combined|permanent|prewar|pre-war|year-round|metropolitan|metro|urban\s(?=area))\s+)"
_OWNED_POPULATION = re.compile(
    rf"(?:['’]s?)?\s+(?:own\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population,?\s+(?:of|is|was|stands\sat|stood\sat|at|reached|totals|totalled|numbers|"
    rf"has\s(?:grown|risen|swelled|fallen|dropped|shrunk)\sto|is\sestimated\sat|hit|exceeds|tops)\s+{_SMALL}"
)
_WITH_POPULATION = re.compile(
    rf"(?:,|\s[–—-])?\s+(?:(?:which|that)\s+)?(?:has|have|had|with|boasts|having|whose)\s+(?:an?\s+|its\s+|the\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+(?:of|is|at|estimated\sat|that\snumbers)\s+{_SMALL}"
)
_PHRASE_WITH_POPULATION = re.compile(
    rf",\s+(?:an?|the)\s+(?:[^\W\d_][\w'’-]*,?\s+){{0,6}}?{PLACE_NOUN}\s+with\s+(?:an?\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+of\s+{_SMALL}"
)
_THE_POPULATION_OF = re.compile(rf"\b[Tt]he\s+(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+of\s+(?:the\s+)?$")
_LEADING = re.compile(rf"\b[Ww]ith\s+(?:an?\s+|its\s+)?(?P<adjectives>{_POP_WORDS}{{0,2}})population\s+of\s+{_SMALL}")
_BRACKETED = re.compile(rf"\s?[(,]\s?(?:pop\.?|population):?\s+(?:of\s+)?{_SMALL}")
_HOME_TO = re.compile(
    rf"(?:,|\s(?:is|was|are)|\s[–—-]|,\s(?:which|that)\s(?:is|was))?\s+(?:now\s+|also\s+|currently\s+)?home\s+to\s+{_SMALL}"
)
_NATION_OF = re.compile(
    rf"(?:,|\s[–—-]{{1,2}}|\s(?:is|was|remains)|\s\()\s?(?:an?|the)\s+(?:[^\W\d_][\w'’-]*,?\s+){{0,5}}?(?P<noun>{PLACE_NOUN})\s+of\s+{_SMALL}"
)
_ITS_PEOPLE = re.compile(rf"['’]s?\s+(?:some\s+|roughly\s+|estimated\s+)?{_SMALL}")
_COUNTS = re.compile(rf",?\s+(?:(?:which|that)\s)?(?:has|have|had|counts|numbers|boasts)\s+{_SMALL}")
_NATION_WITH = re.compile(rf"(?:,|\s(?:is|was))\s[^.;:]{{1,70}}?\b{PLACE_NOUN}\s+with\s+{_SMALL}")
_BRACKETED_AREA = re.compile(rf"\s?\(\s?(?:area:?\s)?{_SMALL}")
_CLOSED = re.compile(
    r"\s*(?:$|(?:crammed|spread|packed|scattered|squeezed|people\b)|[.,;:)\]!?–—]|\s-|-strong|and\s|but\s|is\s|are\s|has\s|have\s|was\s|were\s|will\s|as\sof\b|according\b|that\s(?:is|has|was)\b|on\sthe\b|in\sthe\s(?:north|south|east|west))"
)
_NOT_ALL = re.compile(
    r"\s+(?:who|with|without|living|in\sneed|of\s(?!whom)|at\srisk|aged|under|over|from|to|displaced|killed|affected|infected|working|unemployed|registered)\b"
)
_LIVE_IN = re.compile(
    r"\s+(?:(?:who\s)?(?:live|lived|reside|living)\s+in|inhabit)\s+(?:the\s+)?(?:(?:city|town|country|island|region)\sof\s+)?"
)
_PEOPLE_OF = re.compile(r"\s+(?:of|in)\s+(?:the\s+)?")
_FORMER_SUBSET = re.compile(r"\b(?:[Aa]nother|[Oo]ther|[Aa]dditional|further|more|fewer|whom|extra)\s+(?:\w+\s+){0,2}$")
_OF_COUNTRY = re.compile(
    rf"\b(?P<whole>(?:[Tt]he|[Tt]his)\s(?:[^\W\d_]+\s)?(?:country|nation|city|island|state|kingdom|republic|capital))\s+of\s+{_SMALL}"
)
_UNDEFINED = re.compile(
    rf"\b(?P<whole>(?:[Tt]he|[Tt]his|[Ii]ts)\s+(?:[^\W\d_]+[\s-]){{0,2}}?(?P<noun>{PLACE_NOUN}))(?:['’]s)?$"
)

# --- shares ---
_SHARE_OF = re.compile(
    rf"\s+of\s+(?P<whole>(?:the\s+(?:[^\W\d_]+\s)?{PLACE_NOUN}|its\s+(?:territory|land|landmass)|the\s+territory)\b(?!-))?"
)
# A share of the land itself, not of those who vote or are polled there.
_HOLDS = re.compile(
    r"\b(?:control\w*|occup\w+|seiz\w+|h[eo]ld\w*|captur\w+|recaptur\w+|retak\w+|retook|liberat\w+|annex\w+|lost|territor\w+|"
    r"cover\w*|flood\w*|burn\w*|forest\w*|desert|land|submerged|under\swater|overr[ua]n)\b"
)
_SHARE_NOUN = re.compile(
    r"['’]s?\s+(?:total\s+|land\s+|entire\s+)?(?P<noun>territory|area|land\s?mass|land|surface|population|people|inhabitants)\b"
)


def place_measures(reading: Reading) -> Iterator[Claim]:
    """Areas and populations that the copy gives of places, and shares of them."""
    for figure in reading.figures:
        claim: PlaceMeasure | None = None
        if figure.kind == "area":
            claim = None if restates(reading, figure) else _area(reading, figure)
        elif figure.kind in {"count", "number"}:
            claim = _population(reading, figure)
        elif figure.kind in {"ratio", "percent"} and figure.unit != "times":
            claim = _share(reading, figure)
        if claim is not None:
            yield claim


def _area(reading: Reading, figure: Figure) -> PlaceMeasure | None:
    text = reading.text
    figures, end = with_restated(reading, figure)
    sentence = reading.segments.sentence(figure.span.start)
    if not (_OF_ELSE.match(text, figure.span.end) or _OF_ELSE.match(text, end)):
        before = names_before(reading, figure.span.start, sentence)
        for number, name in enumerate(before[:4]):
            gap = between(text, name.span.end, figure.span.start)
            if len(gap) > 150 or not unhyphenated(text, name):
                break
            subject = _first_of_pair(text, before, number)
            lead = text[max(sentence.start, subject.span.start - 60) : subject.span.start]
            if match := _OWNED_AREA.match(gap):
                return _measure(figures, (name,), "area", _definition(match), certain=True)
            if (match := _HAS_AREA.match(gap)) or (_IS.match(gap) and (match := _THE_AREA_OF.search(lead))):
                return _measure(figures, (subject,), "area", _definition(match), certain=number == 0)
            if (match := _A_COUNTRY.match(gap)) and not _OTHER_SUBJECT.search(gap):
                subject, sure = _described_by(text, before, number, gap)
                return _measure(figures, (subject,), "area", None, certain=sure)
            if _BRACKETED_AREA.match(gap) or (_AT.match(gap) and number == 0):
                return _measure(figures, (subject,), "area", None, certain=False)
            if (
                ((match := _COVERS.match(gap)) or (match := _COVERS.match(_past_aside(gap))))
                and not _OTHER_SUBJECT.search(lead[-24:])
                and not _owned(text, subject)
            ):
                certain = _starts_clause(text, sentence, subject)
                return _measure(figures, (subject,), "area", _definition(match), certain=certain)
        if thing := _description(text, figure, sentence, _COVERS, _HAS_AREA, _OWNED_AREA):
            return _measure(figures, (thing, *before[:2]), "area", None, certain=True)
        leading = _LEADING_AREA.search(text[max(sentence.start, figure.span.start - 70) : figure.span.start])
        if leading and text[end : end + 1] == ",":
            names = names_in(text, Span(end, min(end + 60, sentence.end)))
            if names and text[end : names[0].span.start].strip() in {",", ", the"}:
                return _measure(figures, (names[0],), "area", None, certain=True)
            if thing := _named_after(text, end + 1, sentence):
                return _measure(figures, (thing,), "area", None, certain=True)
    start = figure.span.start
    adjective = "-" in figure.text or _ARTICLE.search(text[max(start - 6, 0) : start])
    if adjective and (noun := _SQUARE_COUNTRY.match(text, end)):
        before = names_before(reading, hedged_start(figure, text), sentence)
        if noun[0].endswith(" of "):
            names = names_in(text, Span(noun.end(), min(noun.end() + 60, sentence.end)))
            if names and names[0].span.start == noun.end():
                return _measure(figures, (names[0],), "area", None, certain=True)
        return _measure(figures, before[:2], "area", None, certain=False) if before else None
    return None


def _population(reading: Reading, figure: Figure) -> PlaceMeasure | None:
    text = reading.text
    if figure.value is not None and figure.value < 100:
        return None
    counts = (figure.counts or "").casefold()
    people = counts in _PEOPLE
    if figure.counts is not None and not people:
        return None
    end = figure.span.end
    if people:
        at = text.find(figure.counts or "", end, end + 40)
        end = at + len(figure.counts or "") if at >= 0 else end
    sentence = reading.segments.sentence(figure.span.start)
    start = figure.span.start
    before = names_before(reading, start, sentence)
    closed = _CLOSED.match(text, end) is not None and _NOT_ALL.match(text, end) is None
    for number, name in enumerate(before[:3]):
        gap = text[name.span.end : start]
        if len(gap) > 130 or not unhyphenated(text, name):
            break
        subject = _first_of_pair(text, before, number)
        if match := _OWNED_POPULATION.match(gap):
            return _measure((figure,), (name,), "population", _which(match), certain=True)
        if (
            (match := _WITH_POPULATION.match(gap))
            or (match := _WITH_POPULATION.match(_past_aside(gap)))
            or (match := _PHRASE_WITH_POPULATION.match(gap))
        ):
            return _measure((figure,), (subject,), "population", _which(match), certain=number == 0)
        lead = text[max(sentence.start, subject.span.start - 60) : subject.span.start]
        if _IS.match(gap) and (match := _THE_POPULATION_OF.search(lead)):
            return _measure((figure,), (subject,), "population", _which(match), certain=True)
        if _BRACKETED.match(gap):
            return _measure((figure,), (subject,), "population", None, certain=True)
        if _ITS_PEOPLE.match(gap) and counts in _LIVING and _large(figure) and not _NOT_ALL.match(text, end):
            return _measure((figure,), (name,), "population", None, certain=True)
        if not closed or not (people or figure.kind == "number"):
            continue
        if _NATION_OF.match(gap) and (people or _large(figure)):
            subject, sure = _described_by(text, before, number, gap)
            return _measure((figure,), (subject,), "population", None, certain=sure)
        if _HOME_TO.match(gap) and counts in _LIVING and not _owned(text, subject):
            return _measure((figure,), (subject,), "population", None, certain=_starts_clause(text, sentence, subject))
        if _NATION_WITH.match(gap) and counts in _LIVING and _large(figure) and number == 0:
            return _measure((figure,), (subject,), "population", None, certain=True)
        if (_COUNTS.match(gap) or _COUNTS.match(_past_aside(gap))) and counts in _LIVING and _large(figure):
            return _measure((figure,), (subject,), "population", None, certain=counts != "people")
    if leading := _LEADING.search(text[max(sentence.start, start - 80) : start]):
        if not before or before[0].span.end < start - 80 or not text[sentence.start : start - len(leading[0])].strip():
            after = names_in(text, Span(end, min(sentence.end, end + 60)))
            if after and text[end : after[0].span.start].strip() in {",", ", the"}:
                return _measure((figure,), (after[0],), "population", _which(leading), certain=True)
            if text[end : end + 1] == "," and (thing := _named_after(text, end + 1, sentence)):
                return _measure((figure,), (thing,), "population", _which(leading), certain=True)
    if people and counts in _LIVING and not _FORMER_SUBSET.search(text[max(sentence.start, start - 40) : start]):
        behind = _LIVE_IN.match(text, end)
        if behind is None and text[max(start - 4, 0) : start].casefold() == "the ":
            behind = _PEOPLE_OF.match(text, end)
        if behind:
            after = names_in(text, Span(behind.end(), min(sentence.end, behind.end() + 60)))
            if after and after[0].span.start == behind.end() and _CLOSED.match(text, after[0].span.end):
                return _measure((figure,), (after[0],), "population", None, certain=False)
    if (
        closed
        and (people or figure.kind == "number")
        and (words := _OF_COUNTRY.search(text, max(start - 60, 0), start))
    ):
        span = Span(*words.span("whole"))
        return _measure((figure,), (Name(span, span.of(text)),), "population", None, certain=False)
    if closed and (people or figure.kind == "number"):
        if thing := _description(text, figure, sentence, _OWNED_POPULATION, _WITH_POPULATION, _HOME_TO, _ITS_PEOPLE):
            if people or "population" in text[max(start - 40, 0) : start]:
                return _measure((figure,), (thing, *before[:2]), "population", None, certain=True)
    return None


def _share(reading: Reading, figure: Figure) -> PlaceMeasure | None:
    text = reading.text
    of = _SHARE_OF.match(text, figure.span.end)
    if of is None:
        return None
    if whole := of["whole"]:
        span = Span(of.start("whole"), of.end("whole"))
        attribute = "area"
        rest = text[span.end : span.end + 30]
        if rest.startswith(("'s ", "’s ")):
            noun = _SHARE_NOUN.match(rest)
            if noun is None:
                return None
            attribute = "population" if noun["noun"] in {"population", "people", "inhabitants"} else "area"
        sentence = reading.segments.sentence(figure.span.start)
        near = text[max(sentence.start, figure.span.start - 70) : min(sentence.end, span.end + 30)]
        if attribute == "area" and not _HOLDS.search(near):
            return None
        return PlaceMeasure(
            span=Span(figure.span.start, span.end),
            figures=(figure,),
            figure=figure,
            subjects=(Name(span, span.of(text)),),
            attribute=attribute,
            share=True,
        )
    names = names_in(text, Span(of.end(), min(of.end() + 60, len(text))))
    if names and names[0].span.start == of.end() and (noun := _SHARE_NOUN.match(text, names[0].span.end)):
        attribute = "population" if noun["noun"] in {"population", "people", "inhabitants"} else "area"
        return PlaceMeasure(
            span=Span(figure.span.start, noun.end()),
            figures=(figure,),
            figure=figure,
            subjects=(names[0],),
            attribute=attribute,
            share=True,
        )
    return None


def _measure(
    figures: tuple[Figure, ...], subjects: tuple[Name, ...], attribute: str, qualifier: str | None, *, certain: bool
) -> PlaceMeasure:
    first = min(figures[0].span.start, subjects[0].span.start)
    last = max(figures[-1].span.end, subjects[0].span.end)
    return PlaceMeasure(
        span=Span(first, last),
        figures=figures,
        figure=figures[0],
        subjects=subjects,
        attribute=attribute,
        qualifier=qualifier,
        certain=certain,
    )


def _definition(match: re.Match[str]) -> str | None:
    """ "land" or "total", where the copy says which area it gives."""
    groups = match.groupdict()
    adjective = groups.get("adjective")
    # "Land mass" and "territory" are everyday words for either; only "land area" is a definition.
    if adjective in {"land", "dry"}:
        return "land"
    return "total" if adjective in {"total", "whole", "entire", "overall"} else None


def _which(match: re.Match[str]) -> str | None:
    adjectives = match["adjectives"] or ""
    return "metropolitan" if "metro" in adjectives or "urban" in adjectives else None


def _past_aside(gap: str) -> str:
    """Of ", which spans half a continent, has " the last part: what the name's own clause goes on with."""
    if not gap.startswith(",") or len(gap) > 140:
        return gap
    return gap[max(gap.rfind(","), 0) :]


def _large(figure: Figure) -> bool:
    value = figure.value if figure.value is not None else figure.low
    return value is not None and value >= 1000


def _first_of_pair(text: str, before: tuple[Name, ...], number: int) -> Name:
    """Of "Athens, Georgia, has ..." the first name."""
    if number + 1 < len(before):
        earlier, name = before[number + 1], before[number]
        if text[earlier.span.end : name.span.start].strip(". ") == ",":
            return earlier
    return before[number]


def _described_by(text: str, before: tuple[Name, ...], number: int, gap: str) -> tuple[Name, bool]:
    """Of "X, a city of" or "Y in X is a city of" the place that is meant, and whether that is beyond doubt.

    "Sharing a border with X, the country of ..." may go on about another place: only "a" makes an apposition.
    """
    subject = _first_of_pair(text, before, number)
    sure = not _places_between(text, before[:number]) and _DEFINITE.match(gap) is None
    if gap[:1].isspace() and number + 1 < len(before):
        link = _IN_IT.fullmatch(text[before[number + 1].span.end : subject.span.start])
        if link:
            return before[number + 1], sure
        sure = sure and _PREPOSED.search(text[max(subject.span.start - 30, 0) : subject.span.start]) is None
    return subject, sure


_DEFINITE = re.compile(r"(?:,|\s[–—-]{1,2})\s+the\s")
_IN_IT = re.compile(r",?\s+(?:in|of)\s+(?:the\s+)?(?:[^\W\d_]{2,12}ern\s+|central\s+|northeast\s+|the\s+)?")
_PREPOSED = re.compile(
    r"\b(?:in|of|near|from|with|at|for|to|by|against|outside|across)\s+(?:the\s+)?(?:[^\W\d_]{2,12}ern\s+)?$"
)


def _owned(text: str, name: Name) -> bool:
    return text[name.span.end : name.span.end + 1] in {"'", "’"}


def _starts_clause(text: str, sentence: Span, name: Name) -> bool:
    """Whether the name is the subject of its clause, not the object of a preposition ("a fire in Portugal covers")."""
    lead = text[max(sentence.start, name.span.start - 40) : name.span.start]
    return (
        re.search(
            r"(?:^|[,;:“\"(–—]|\b(?:and|but|while|that|said|says|as|where|which|because|although|whereas))\s*(?:the\s+|The\s+)?(?:(?:city|town|island|state|province|region|Republic)\sof\s)?$",
            lead,
        )
        is not None
        and len(lead) >= 0
    )


def _places_between(text: str, nearer: tuple[Name, ...]) -> bool:
    return any(text[name.span.end : name.span.end + 1] in {",", "."} for name in nearer)


def _description(text: str, figure: Figure, sentence: Span, *patterns: re.Pattern[str]) -> Name | None:
    """ "The country" as the subject of one of the patterns."""
    start = figure.span.start
    window = max(sentence.start, start - 110)
    for match in _PLACE_WORDS.finditer(text, window, start):
        gap = text[match.end() : start]
        if any(pattern.match(gap) for pattern in patterns):
            span = Span(*match.span())
            return Name(span, match[0])
    return None


_PLACE_WORDS = re.compile(rf"\b(?:[Tt]he|[Tt]his)\s+(?:[^\W\d_]+[\s-])?{PLACE_NOUN}\b")


def _named_after(text: str, at: int, sentence: Span) -> Name | None:
    match = _PLACE_WORDS.search(text, at, min(at + 40, sentence.end))
    if match and not text[at : match.start()].strip():
        return Name(Span(*match.span()), match[0])
    return None

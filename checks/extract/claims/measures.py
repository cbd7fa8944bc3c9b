"""Areas of places, and shares of them: "Ukraine's land mass of about 600,000 square kilometers"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from checks.core.claims import PlaceMeasure
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Claim, Figure, Name, Span
from checks.core.proper_names import names_in
from checks.extract.around import PLACE_NOUN, hedged_start, names_before, restates, with_restated
from checks.extract.claims.populations import population
from checks.extract.scenes import SMALL, Candidate, Scene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.extract.reading import Reading

# --- what stands between the name and the figure ---
_AREA_ADJECTIVE = (
    r"(?:(?P<adjective>total|land|surface|geographical|geographic|entire|whole|combined|overall|national|vast|huge|dry)"
    r"\s+){0,2}"
)
_AREA_NOUN = r"(?:area|land\s?mass|landmass|territory|surface|land)"
_OWNED_AREA = lazy_pattern(
    rf"(?:['’]s?|,\s+whose)\s+{_AREA_ADJECTIVE}(?P<noun>{_AREA_NOUN})(?:\s+(?:area|mass))?,?\s+"
    rf"(?:of|is|was|measures|covers|spans|totals|amounts\sto|extends\sover|at)\s+{SMALL}"
)
_HAS_AREA = lazy_pattern(
    rf",?\s+(?:has|had|with|having|which\shas|is)\s+(?:an?\s+|the\s+)?{_AREA_ADJECTIVE}(?P<noun>{_AREA_NOUN})(?:\s+area)?\s+of\s+{SMALL}"
)
_LEADING_AREA = lazy_pattern(
    rf"(?:^|[.;:“\"]\s*)(?:[Ss]pread\s(?:over|across)|[Cc]overing|[Ss]panning|[Ss]prawling\s(?:over|across)|[Ss]tretching\s(?:over|across)|[Aa]t|"
    rf"[Ww]ith\s(?:an?|its)\s(?:total\s|land\s|vast\s)?area\sof|[Mm]easuring|[Oo]ccupying)\s+{SMALL}"
)
_THE_AREA_OF = lazy_pattern(
    rf"\b[Tt]he\s+{_AREA_ADJECTIVE}(?P<noun>area|size|surface|territory)(?:\s+area)?\s+of\s+(?:the\s+)?$"
)
_IS = lazy_pattern(rf",?\s+(?:is|was|measures|covers|totals|comes\sto)\s+{SMALL}")
_AT = lazy_pattern(rf",\s+(?P<more>[^.;:]{{1,60}}\s)?at\s+{SMALL}")
# "Kenya's 580,367 square kilometres", "Iran, whose 1.65 million square kilometres", "Vietnam, about 331,000 square km,"
_ITS_AREA = lazy_pattern(rf"(?:['’]s?|,\s+whose)\s+(?:(?:total|vast|full|entire|rugged|arid|mountainous)\s+)?{SMALL}")
_APPOSED_AREA = lazy_pattern(rf",\s+{SMALL}")
_PEOPLE_LIVE_ON = lazy_pattern(
    rf"['’]s?\s[^.;,]{{3,50}}\s(?:people|inhabitants)\s(?:live|crowd|are\s(?:crowded|packed|squeezed|spread))\s(?:on|in|into|over|across)\s+(?:an\sarea\sof\s)?{SMALL}"
)
# Behind the area of a place as such: it is a subject, or the phrase ends.
_ALL_OF_IT = lazy_pattern(
    r"(?:\s(?:are|is|make|makes|stretch|stretches|hold|span|include|lie|of\sland)\b|\s?[,;.)](?!\d)|\s?$)"
)
# What a state occupies, or an army spreads over, need not be its own.
_OCCUPIES = lazy_pattern(r",?\s+(?:which\s+|that\s+)?(?:occup|encompass|spread)")
_ENDS = lazy_pattern(r"\s?(?:[,;.)–—](?!\d)|$)")
_IN_SIZE = lazy_pattern(r"\s+in\s(?:total\s)?(?:size|area|extent)\b")
_HAS = lazy_pattern(rf",?\s+(?:has|is|was|measures|totals)\s+{SMALL}")
_OF_PEOPLE_AT = lazy_pattern(rf"(?:\sof\s[^,;:]{{1,40}})?,\s+at\s+{SMALL}")
_BRACKETED_AREA = lazy_pattern(rf"\s?\(\s?(?:area:?\s)?{SMALL}")
_COVERS = lazy_pattern(
    rf",?\s+(?:which\s+|that\s+)?(?:covers?|covering|sprawls?\s(?:over|across)|sprawling\s(?:over|across)|spans?|spanning|"
    rf"stretch(?:es|ing)\s(?:over|across)|extend(?:s|ing)\s(?:over|across)|encompass(?:es|ing)|measures|measuring|"
    rf"occup(?:ies|ying)|comprises|spread(?:s|ing)?\s(?:over|across))\s+"
    rf"(?:an?\s+{_AREA_ADJECTIVE}area\s+of\s+)?{SMALL}"
)
_A_COUNTRY = lazy_pattern(
    rf"(?:,?\s(?:is|was|became)|,|\s[–—-])\s+(?:an?|the)\s+(?:[^\W\d_][\w'’-]*,?\s+){{0,5}}?(?P<noun>{PLACE_NOUN}|strip|land)\s+"
    rf"(?:of|covering|spanning|measuring|that\scovers|which\scovers|with\s(?:a\s|an\s)?(?:total\s|land\s)?area\sof)\s+{SMALL}"
)
_ARTICLE = lazy_pattern(r"\b(?:the|a|an)\s$", re.IGNORECASE)
_SQUARE_COUNTRY = lazy_pattern(
    r"[\s,]{1,2}(?:(?!of\b)[a-z-]+\s){0,2}(?P<noun>country|nation|island|state|territory|archipelago|enclave|kingdom|republic)\b(?:\sof\s)?"
)
# "burned 500 sq km of forest", "6,000 square kilometers of territory": the area of something else.
_OF_ELSE = lazy_pattern(
    r"\s*[.,;]?\s+of\s+(?!land\s+(?:and|area)\b)|\s+(?:per|burned|scorched|inhabited|under|more|less|north|south|east|west)\b"
)
_OTHER_SUBJECT = lazy_pattern(
    r"\b(?:fires?|floods?|floodwaters?|forests?|reserve|reef|ice|parks?|plan|project|zone|camp|controls?|controlled|seized|held|"
    r"recaptured|liberated|burn\w*|economic|waters?|farms?|farmland|campus|complex|building|mine|base|concession|licen[cs]e|block)\b"
)

# --- shares ---
_SHARE_OF = lazy_pattern(
    rf"\s+of\s+(?P<whole>(?:the\s+(?:[^\W\d_]+\s)?{PLACE_NOUN}|its\s+(?:territory|land|landmass)|the\s+territory)\b(?!-))?"
)
# A share of the land itself, not of those who vote or are polled there.
_HOLDS = lazy_pattern(
    r"\b(?:control\w*|occup\w+|seiz\w+|h[eo]ld\w*|captur\w+|recaptur\w+|retak\w+|retook|liberat\w+|annex\w+|lost|territor\w+|"
    r"cover\w*|flood\w*|burn\w*|forest\w*|desert|land|submerged|under\swater|overr[ua]n)\b"
)
_SHARE_NOUN = lazy_pattern(
    r"['’]s?\s+(?:total\s+|land\s+|entire\s+)?(?P<noun>territory|area|land\s?mass|land|surface|population|people|inhabitants)\b"
)


def place_measures(reading: Reading) -> Iterator[Claim]:
    """Areas and populations that the copy gives of places, and shares of them."""
    for figure in reading.figures:
        claim: PlaceMeasure | None = None
        if figure.kind == "area":
            claim = None if restates(reading, figure) else _area(Scene(reading, *with_restated(reading, figure)))
        elif figure.kind in {"count", "number"}:
            claim = population(reading, figure)
        elif figure.kind in {"ratio", "percent"} and figure.unit != "times":
            claim = _share(reading, figure)
        if claim is not None:
            yield claim


def _area(scene: Scene) -> PlaceMeasure | None:
    text = scene.text
    if not (_OF_ELSE.match(text, scene.figure.span.end) or _OF_ELSE.match(text, scene.end)):
        for candidate in scene.candidates():
            if claim := _area_before(scene, candidate):
                return claim
        if thing := scene.description(_COVERS, _HAS_AREA, _OWNED_AREA, _OF_PEOPLE_AT):
            return scene.measures((thing, *scene.before[:2]), "area", certain=True)
        if _LEADING_AREA.search(scene.head(70)):
            if name := scene.named_behind():
                return scene.measures((name,), "area", certain=True)
            if name := scene.it_behind():
                return scene.measures((name,), "area", certain=True)
        if its := scene.pronoun():
            return _of_pronoun(scene, *its)
    return _area_as_adjective(scene)


def _area_before(scene: Scene, candidate: Candidate) -> PlaceMeasure | None:
    """The area of the name, where the words between it and the figure say so."""
    gap, subject = candidate.gap, candidate.subject
    nearest = candidate.number == 0
    opens = scene.starts_clause(subject) and not candidate.hidden
    if match := _OWNED_AREA.match(gap):
        return scene.measures((candidate.name,), "area", certain=not candidate.hidden, qualifier=_definition(match))
    the_area = _IS.match(gap) and _THE_AREA_OF.search(candidate.lead)
    if match := (_HAS_AREA.match(gap) or the_area or None):
        sure = nearest and (opens or bool(the_area))
        return scene.measures((subject,), "area", certain=sure, qualifier=_definition(match))
    if _A_COUNTRY.match(gap) and not _OTHER_SUBJECT.search(gap):
        place, sure = scene.described_by(candidate)
        return scene.measures((place,), "area", certain=sure and not candidate.hidden)
    bracketed = _BRACKETED_AREA.match(scene.text[candidate.name.span.end : scene.start])
    at = _AT.match(gap) if nearest else None
    if bracketed or at:
        certain = opens and at is not None and not bracketed and at["more"] is None
        return scene.measures((subject,), "area", certain=certain)
    if _stands_for_area(scene, gap, nearest=nearest):
        whose = candidate.name if scene.owned(candidate.name) else subject
        return scene.measures((whose,), "area", certain=opens, loose=_IN_SIZE.match(scene.text, scene.end) is None)
    covers = _COVERS.match(gap) or _COVERS.match(candidate.past_aside)
    if covers and not _OTHER_SUBJECT.search(candidate.lead[-24:]) and not scene.owned(subject):
        loose = _OCCUPIES.match(covers[0]) is not None
        return scene.measures((subject,), "area", certain=opens, qualifier=_definition(covers), loose=loose)
    return None


def _stands_for_area(scene: Scene, gap: str, *, nearest: bool) -> bool:
    """Whether the bare figure is an area: "X's 580,000 sq km are", "X, about 331,000 sq km,", "X is ... in size"."""
    if not nearest:
        return False
    text, end = scene.text, scene.end
    if _PEOPLE_LIVE_ON.match(gap):
        return _ENDS.match(text, end) is not None
    if _ITS_AREA.match(gap):
        return _ALL_OF_IT.match(text, end) is not None
    if _APPOSED_AREA.match(gap):
        in_size = _IN_SIZE.match(text, end)
        return _ENDS.match(text, in_size.end() if in_size else end) is not None
    return _HAS.match(gap) is not None and _IN_SIZE.match(text, end) is not None


def _of_pronoun(scene: Scene, name: Name, gap: str, as_place: bool) -> PlaceMeasure | None:
    """ "Its land mass is ..." and "It covers ..." after a sentence about the place."""
    match = _OWNED_AREA.match(gap)
    land = match is not None and match["noun"] in {"landmass", "land mass", "territory"}
    match = match or _HAS_AREA.match(gap) or _COVERS.match(gap)
    if match is None or not (as_place or land):
        return None
    return scene.measures((name,), "area", certain=True, qualifier=_definition(match))


def _area_as_adjective(scene: Scene) -> PlaceMeasure | None:
    """ "The 38,400-square-km kingdom of Bhutan"."""
    text, figure = scene.text, scene.figure
    if "-" not in figure.text and not _ARTICLE.search(text[max(scene.start - 6, 0) : scene.start]):
        return None
    noun = _SQUARE_COUNTRY.match(text, scene.end)
    if noun is None:
        return None
    if noun[0].endswith("of ") and (name := scene.name_at(noun.end())):
        return scene.measures((name,), "area", certain=True)
    before = names_before(scene.reading, hedged_start(figure, text), scene.sentence)
    return scene.measures(before[:2], "area", certain=False) if before else None


def _share(reading: Reading, figure: Figure) -> PlaceMeasure | None:
    text = reading.text
    of = _SHARE_OF.match(text, figure.span.end)
    if of is None:
        return None
    if of["whole"]:
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
    return _named_share(reading, figure, of.end())


def _named_share(reading: Reading, figure: Figure, at: int) -> PlaceMeasure | None:
    """ "A tenth of Russia's territory"."""
    text = reading.text
    names = names_in(text, Span(at, min(at + 60, len(text))))
    if names and names[0].span.start == at and (noun := _SHARE_NOUN.match(text, names[0].span.end)):
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


def _definition(match: re.Match[str]) -> str | None:
    """ "land" or "total", where the copy says which area it gives."""
    groups = match.groupdict()
    adjective = groups.get("adjective")
    # "Land mass" and "territory" are everyday words for either; only "land area" is a definition.
    if adjective in {"land", "dry"}:
        return "land"
    return "total" if adjective in {"total", "whole", "entire", "overall"} else None

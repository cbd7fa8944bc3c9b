"""Places as a yardstick: "the size of Wales", "the combined area of the West Bank and Gaza", "larger than Belgium"."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal

from checks.core.claims import Likeness
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Claim, Figure, Name, Span
from checks.core.proper_names import names_in
from checks.extract.around import HEDGES, PLACE_NOUN, described, names_before, restates, with_restated
from checks.extract.clauses import fence

if TYPE_CHECKING:
    from collections.abc import Iterator

    from checks.extract.reading import Reading

Relation = Literal["equal", "larger", "smaller"]

_PHRASE = lazy_pattern(
    r"\b(?:(?:the\s)?(?:combined|total|joint)\s(?P<sum>area|size|territory|population|land\sarea)s?\sof"
    r"|(?:the|same)\s(?P<size>size|area|population)\s(?:of|as)"
    r"|as\s(?P<as>big|large|populous)\sas"
    r"|(?:an\sarea\s|a\sterritory\s|a\sregion\s|an\sisland\s|a\scountry\s|territory\s|geographically\s|slightly\s|"
    r"times\s|population\s|state\s|in\s(?:area|size)\s)"
    r"(?P<more>larger|bigger|smaller|greater)\sthan)"
    r"\s+(?:(?:that|those)\sof\s)?(?:both\s)?(?:the\s)?(?:(?:US|U\.S\.)\s)?(?:(?:state|island|city|country)\sof\s)?"
)
# Quick to look for: nearly all copy is without.
_HEART = lazy_pattern(
    r"\W(?:(?:area|size|territory|population)s?\s(?:of|as)|(?:big|large|populous)\sas|(?:larger|bigger|smaller|greater)\sthan)\b"
)
_AND = lazy_pattern(r"(?:,|,?\s+and|\s+plus|,?\s+combined\s+with)\s+(?:the\s+)?$")
# "The size of China's economy", "the size of Manhattan apartments": not the place itself.
_SOMETHING_ELSE = lazy_pattern(
    r"(?:['’]s?\s+(?!(?:land|territory|area|population|entire|total)\b)\w|['’]s?\s*$|-|\s+(?:economy|market|budget|stadium|army|park|stock))"
)
_OTHER_MEASURE = lazy_pattern(
    r"\b(?:econom\w+|GDP|gdp|budget\w*|market\w*|debt\w*|deficit\w*|army|armies|military|revenue\w*|stocks?|fund\w*|profit\w*|bank\w*|"
    r"tax\w*|trade|output|emissions?|portfolio|bill|company|companies|firm|dollars?|balance|industry|investment)\b"
)
# "A population about the size of", but not "with a population of 10 million, is the size of".
_POPULATION = lazy_pattern(r"\bpopulat(?:ion|ed)(?:\s(?:is|was))?,?\s(?:[a-z]+\s){0,3}$")
_OF_POPULATION = lazy_pattern(r"['’]s?\s+(?:entire\s|total\s|whole\s)?population\b")
_SMALL_GAP = lazy_pattern(
    rf"^(?:\s*\([^()]{{0,60}}\))?\s*(?:of\s(?:land|territory|desert|forest|sea|ocean|farmland|jungle|wilderness)\s*)?(?:,|\s[–—-]{{1,2}})?\s*"
    rf"(?:(?:which\s|that\s|it\s)?(?:is|are|was)\s+)?(?:an?\s(?:area|territory|region|stretch|swathe|expanse)\s)?{HEDGES}{{0,3}}"
    rf"(?:(?:equivalent|equal|comparable|similar|close|in\ssize|in\sarea)\s)?{HEDGES}{{0,2}}(?:to\s+)?(?:twice\s|half\s|[a-z]+\stimes\s)?$"
)
_BESIDE = lazy_pattern(rf"(?:,|\s[–—-]{{1,2}})\s{HEDGES}{{0,3}}")
# "60,000 square kilometres burned, half the size of ..."
_BURNED = lazy_pattern(
    r"^\s*(?:of\s[a-z]+\s)?(?:(?:were|was|have|has|had)\s(?:been\s)?)?(?:burned|burnt|scorched|flooded|destroyed|lost|"
    r"submerged|charred|razed|inundated|under\swater|ablaze|cleared)(?=,|\s[–—-])"
)
# "An area the size of Luxembourg, 2,600 square kilometres, burned"
_BEHIND = lazy_pattern(rf"(?:,|\s[–—-]{{1,2}}|\s?\(|\s?:)\s{HEDGES}{{0,3}}$|\s?\($")
_CLOSES = lazy_pattern(r"\s?(?:[.,;)–—](?!\d)|--?\s|$)")
_SUBJECT_GAP = lazy_pattern(
    rf"^(?:,|\s[–—-]{{1,2}})?\s*(?:(?:which\s|that\s)?(?:is|are|was)\s+)?(?:(?:an?|the)\s(?:[a-z-]+,?\s){{0,4}}?{PLACE_NOUN}\s)?"
    rf"(?:that\sis\s|which\sis\s)?{HEDGES}{{0,3}}(?:(?:equivalent|equal|comparable|similar)\s(?:in\s(?:size|area)\s)?to\s)?"
    rf"(?:(?:less|more)\sthan\s)?(?:twice\s|half\s|a\s(?:third|quarter|fifth|tenth)\s|[a-z]+\stimes\s|[\d.]+\stimes\s)?$"
)
_AS_MUCH = lazy_pattern(
    r"\s+(?:as\s(?:much|many|high|large|big)|the\s(?:amount|number|figure|total))\b(?P<rest>[^.;!?]{0,80})"
)
_EARLIER = lazy_pattern(
    r"\b(?:had|earlier|previous\w*|cited|reported|announced|claimed|estimated|a\s(?:year|week|month|day)|last|ago|before|yesterday)\b"
)
_COMPARES = lazy_pattern(
    r"\b(?:area|region|country|territory|island|state|land|expanse|stretch|swathe?|equivalent|roughly|about|nearly|almost|twice|half|"
    r"times|comparable|slightly)\b"
)
# "A portion of X's land mass of ... is the size of": the portion is compared, not the figure.
_PART_OF = lazy_pattern(
    r"\b(?:portion|part|parts|area|region|corner|swath\w*|section|share|fraction|chunk|slice|much|most|some|strip|patch)\s+of\b"
)
_REACH = 220


def likenesses(reading: Reading) -> Iterator[Claim]:
    """Comparisons of areas and populations with those of named places, and multiples of what is not in the copy."""
    for phrase in _phrases(reading):
        claim = _likeness(reading, phrase)
        if claim is not None:
            yield claim
    for figure in reading.figures:
        if figure.kind == "ratio" and (figure.unit == "times" or figure.value == 2):
            claim = _multiple(reading, figure)
            if claim is not None:
                yield claim


def _phrases(reading: Reading) -> Iterator[re.Match[str]]:
    """The phrases that compare, looked for where a paragraph holds the heart of one."""
    done = 0
    for heart in _HEART.finditer(reading.text):
        if heart.start() >= done:
            paragraph = reading.segments.paragraph(heart.start())
            done = paragraph.end
            yield from _PHRASE.finditer(reading.text, paragraph.start, paragraph.end)


def _likeness(reading: Reading, phrase: re.Match[str]) -> Likeness | None:
    text = reading.text
    sentence = reading.segments.sentence(phrase.start())
    parts = _parts(text, phrase.end(), sentence)
    if not parts or _SOMETHING_ELSE.match(text, parts[-1].span.end):
        return None
    if len(parts) > 1 and not phrase["sum"]:
        parts = (
            parts[:2]
            if re.match(r"[^.;]{0,20}\b(?:combined|together)\b", text[parts[-1].span.end :][:40])
            else parts[:1]
        )
    before = text[max(sentence.start, phrase.start() - 90) : phrase.start()]
    if _OTHER_MEASURE.search(before):
        return None
    factor = _factor(reading, phrase, sentence)
    begin = factor.span.start if factor else phrase.start()
    attribute = _attribute(text, phrase, begin, parts[-1])
    measured, certain_figure = _measured(reading, begin, sentence, attribute)
    if people := () if attribute == "population" or phrase["more"] else _people_beside(reading, begin, sentence):
        measured, attribute = people, "population"
    elif not (measured and certain_figure) and (behind := _figure_behind(reading, parts[-1], sentence, attribute)):
        measured, certain_figure = (behind,), True
    if phrase["more"] == "greater" and not measured:
        return None
    subjects, certain_subject, named = _subject_of_clause(reading, begin, sentence)
    if not measured and not certain_subject and (thing := described(reading, begin, sentence)):
        subjects, certain_subject = (thing,), True
    if _PART_OF.search(text[max(sentence.start, begin - 110) : begin]):
        certain_figure = certain_subject = False
    lead = text[max(sentence.start, begin - 60) : begin]
    where = phrase["size"] == "area" or phrase["sum"] == "area"
    if not measured and not certain_subject and (where or not _COMPARES.search(lead)):
        # "In the area of Dover", "increasing the size of the court": nothing is compared.
        return None
    relation: Relation = "equal"
    if phrase["more"]:
        relation = "smaller" if phrase["more"] == "smaller" else "larger"
        if factor is not None:
            relation = "equal"  # "three times larger than" is read as three times the size
    figures = tuple(figure for figure in (*measured[:1], factor) if figure is not None)
    start = min([begin, *(figure.span.start for figure in measured[:1] if certain_figure)])
    return Likeness(
        span=Span(start, parts[-1].span.end),
        figures=figures,
        measured=measured,
        subjects=subjects,
        parts=parts,
        attribute=attribute,
        factor=factor,
        relation=relation,
        certain=certain_figure or (certain_subject and (named or not measured)),
        named=named and certain_subject,
    )


def _attribute(text: str, phrase: re.Match[str], begin: int, last: Name) -> str:
    """Population where the copy says so, else area: people may stand between without being what is compared."""
    if "population" in {phrase["sum"], phrase["size"]} or phrase["as"] == "populous":
        return "population"
    said = _OF_POPULATION.match(text, last.span.end) or _POPULATION.search(text[max(begin - 45, 0) : begin])
    return "population" if said else "area"


def _parts(text: str, at: int, sentence: Span) -> tuple[Name, ...]:
    """The places of "A", "A and B", "A, B and C" right behind the offset."""
    names = names_in(text, Span(at, min(sentence.end, at + 160)))
    if not names or names[0].span.start != at:
        return ()
    parts = [names[0]]
    for name in names[1:]:
        if not _AND.match(text[parts[-1].span.end : name.span.start]):
            break
        parts.append(name)
    return tuple(parts)


def _factor(reading: Reading, phrase: re.Match[str], sentence: Span) -> Figure | None:
    """ "Twice", "three times", "half" right before the comparison."""
    figure = reading.figure_before(phrase.start() + (6 if phrase["more"] else 0))
    if figure is None or figure.kind not in {"ratio", "percent"} or figure.span.start < sentence.start:
        return None
    gap = reading.text[figure.span.end : phrase.start()]
    return figure if len(gap) <= 2 and not gap.strip() else None


def _measured(reading: Reading, begin: int, sentence: Span, attribute: str) -> tuple[tuple[Figure, ...], bool]:
    """The figures that may be compared, the likeliest first; whether the first is beyond doubt.

    "10,000 people fled an area the size of Malta": people are compared only where the copy says so.
    """
    text = reading.text
    earlier = reading.segments.sentence_before(sentence)
    spans = [Span(max(sentence.start, begin - _REACH), begin)]
    if earlier is not None and reading.segments.paragraph(begin).covers(earlier):
        spans.append(earlier)
    found: list[Figure] = []
    certain = False
    for number, span in enumerate(spans):
        for figure in reversed(reading.figures_in(span)):
            if _measures(figure) != attribute or restates(reading, figure):
                continue
            if not found and number == 0:
                gap = text[_noun_end(text, figure) : begin]
                burned = _BURNED.match(gap)
                certain = _SMALL_GAP.match(gap[burned.end() :] if burned else gap) is not None
                certain = certain and not _PART_OF.search(text[max(sentence.start, figure.span.start - 80) : begin])
            found.append(figure)
    if attribute == "population" and not certain:
        return (), False
    return tuple(found), certain


def _people_beside(reading: Reading, begin: int, sentence: Span) -> tuple[Figure, ...]:
    """The people of "home to 3 million people, roughly the size of Chicago": right beside it, with no verb between."""
    figure = reading.figure_before(begin)
    if figure is None or figure.span.start < sentence.start or _measures(figure) != "population":
        return ()
    gap = reading.text[_noun_end(reading.text, figure) : begin]
    return (figure,) if _BESIDE.fullmatch(gap) else ()


def _measures(figure: Figure) -> str | None:
    if figure.kind == "area":
        return "area"
    people = figure.kind == "count" and (figure.counts or "").casefold() in {"people", "inhabitants", "residents"}
    return "population" if people else None


def _figure_behind(reading: Reading, last: Name, sentence: Span, attribute: str) -> Figure | None:
    """The figure in apposition behind the places: "the size of Luxembourg, 2,600 square kilometres, burned"."""
    figure = reading.figure_after(last.span.end)
    if figure is None or figure.span.start >= sentence.end or _measures(figure) != attribute:
        return None
    text = reading.text
    if _BEHIND.fullmatch(text[last.span.end : figure.span.start]) is None:
        return None
    _, end = with_restated(reading, figure)
    return figure if _CLOSES.match(text, max(end, _noun_end(text, figure))) else None


def _noun_end(text: str, figure: Figure) -> int:
    if figure.counts:
        at = text.find(figure.counts, figure.span.end, figure.span.end + 40)
        return at + len(figure.counts) if at >= 0 else figure.span.end
    return figure.span.end


def _subject_of_clause(reading: Reading, begin: int, sentence: Span) -> tuple[tuple[Name, ...], bool, bool]:
    """The places that may be compared, whether that is beyond doubt, and whether the first is the verb's subject.

    "Portugal, home to 10 million people, is the size of": the place is compared, not what stands between.
    """
    text = reading.text
    subjects, certain = _subjects(text, begin, names_before(reading, begin, sentence))
    fenced = fence(reading, sentence, begin)
    if fenced is None or not fenced.finite or fenced.head is None:
        return subjects, certain, False
    named = _SUBJECT_GAP.match(text[fenced.close : begin]) is not None
    return ((fenced.head,), named, named) if named or not certain else (subjects, certain, False)


def _subjects(text: str, begin: int, names: tuple[Name, ...]) -> tuple[tuple[Name, ...], bool]:
    """The places that may be compared, and whether the nearest one is right beside the comparison."""
    for number, name in enumerate(names[:3]):
        gap = text[name.span.end : begin]
        if len(gap) > 140:
            break
        if _SUBJECT_GAP.match(gap):
            if number + 1 < len(names) and text[names[number + 1].span.end : name.span.start].strip() == ",":
                return (names[number + 1], name), True
            return names[number : number + 2], True
    return names[:2], False


def _multiple(reading: Reading, figure: Figure) -> Likeness | None:
    """ "Twice as much as authorities had cited on Sunday": what it is a multiple of stands in another story."""
    text = reading.text
    match = _AS_MUCH.match(text, figure.span.end)
    if match is None or not _EARLIER.search(match["rest"]):
        return None
    sentence = reading.segments.sentence(figure.span.start)
    before = reading.figure_before(figure.span.start)
    if (
        before is None
        or before.span.start < sentence.start
        or before.kind in {"date", "weekday", "year", "time", "ratio"}
    ):
        return None
    measured = (before,)
    return Likeness(
        span=Span(figure.span.start, match.end(0) - len(match["rest"])),
        figures=(figure,),
        measured=measured,
        subjects=(),
        parts=(),
        factor=figure,
    )

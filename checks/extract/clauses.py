"""Whose verb it is: the subject of a clause, past the phrases that commas and dashes fence off from it.

In "Nepal, sandwiched between India and China, covers ..." the name nearest to the verb is not its subject. A name
inside a fenced phrase never is; the subject is the name before the fence, if that name opens the clause.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Name, Span
from checks.core.proper_names import names_in, title_before
from checks.extract.around import PLACE_NOUN

if TYPE_CHECKING:
    from checks.extract.reading import Reading

_REACH = 400
#: A comma that is none of a number's, or a dash between words.
_FENCE = lazy_pattern(r",(?!\d)|\s?—\s?|\s(?:–|--?)(?=\s)")
_FINITE = lazy_pattern(
    r"(?:,|\s?[–—]|\s--?)\s+(?:now\s|also\s|currently\s|still\s|once\s|today\s|actually\s|alone\s){0,2}"
    r"(?:has|have|had|is|are|was|were|covers?|covered|spans?|measures?|sprawls?|stretch(?:es)?|extends?|boasts?|counts?|"
    r"encompass(?:es)?|occup(?:ies|y)|comprises?|numbers?|totals?|remains?|lies|sits|stands)\b"
)
#: What may stand before the subject of a clause.
_CLAUSE = lazy_pattern(
    r"(?:^|[,;:“\"(–—]|\s--?|\b(?:and|but|while|that|said|says|say|adds?|added|as|where|which|because|although|though|"
    r"whereas|if|when|since))\s*"
    r"(?:(?:the|The|tiny|Tiny|little|Little|vast|Vast|huge|Huge|landlocked|Landlocked|neighbou?ring|Neighbou?ring|"
    r"nearby|Nearby|mountainous|Mountainous)\s+){0,2}"
    rf"(?:(?:[a-z][\w-]{{1,18}}\s){{0,2}}(?:{PLACE_NOUN}|Republic|Kingdom)\sof\s(?:the\s)?)?$"
)
# Words that open a clause of their own, so that what stands before them has another verb.
_NEW_CLAUSE = lazy_pattern(
    r"\b(?:but|while|that|said|says|say|adds?|added|because|although|though|whereas|if|when|since)\s+(?:the\s+)?$"
)
_ALSO = lazy_pattern(r"\band\s+(?:the\s+)?$")
# "Vietnam and China": the second name of a pair opens nothing.
_PAIRED = lazy_pattern(r"[A-Z][\w'’-]*\s+and\s+(?:the\s+)?$")
_LIST = lazy_pattern(r",?\s+and\s")
_STOP = lazy_pattern(r"[;:“”\"?!]")
_THING = lazy_pattern(
    rf"(?:[Tt]he|[Tt]his)\s+(?:[^\W\d_]+(?:-[^\W\d_]+)?\s)?{PLACE_NOUN}\b(?=,|\s[–—-]|\s?—|\sof\s[\d.]+\s[mb]illion)"
)


class Fence(NamedTuple):
    """The last fence before an offset: where it closes, the subject before it, and whether the verb follows it."""

    close: int
    head: Name | None
    finite: bool


def opens_clause(text: str, start: int, name: Name) -> bool:
    """Whether the name is the subject of its clause, not part of another thing ("a fire in Portugal covers")."""
    before = text[max(start, name.span.start - 60) : name.span.start]
    return _CLAUSE.search(before) is not None and _PAIRED.search(before) is None


def fence(reading: Reading, sentence: Span, at: int) -> Fence | None:
    """The last fence that closes before the offset, and the subject of the verb behind it."""
    text = reading.text
    begin = _begin(reading, sentence, at)
    marks = [mark.start() for mark in _FENCE.finditer(text, begin, at)]
    while marks and (text.count(")", marks[-1], at) > text.count("(", marks[-1], at)):
        marks.pop()
    if not marks:
        return None
    close = marks[-1]
    return Fence(close, _head(text, begin, close, marks), _FINITE.match(text, close, at + 1) is not None)


def clause_subject(reading: Reading, sentence: Span, at: int) -> Name | None:
    """The name that opens the clause before the offset and has a verb or a fenced phrase behind it."""
    text = reading.text
    begin = _begin(reading, sentence, at)
    names = [name for name in names_in(text, Span(begin, at)) if not title_before(text, name)]
    found = [
        name
        for number, name in enumerate(names)
        if opens_clause(text, begin, name)
        and _SUBJECT.match(text, name.span.end)
        and not _enumerated(text, name, names[number + 1 :])
    ]
    return found[0] if found and found[0] is names[0] else None


def _begin(reading: Reading, sentence: Span, at: int) -> int:
    """Where the clause may begin: behind the dateline, the last semicolon, colon or quotation mark."""
    begin = max(sentence.start, at - _REACH)
    if reading.dateline is not None and reading.dateline.end <= at:
        begin = max(begin, reading.dateline.end)
    stops = [stop.end() for stop in _STOP.finditer(reading.text, begin, at)]
    return stops[-1] if stops else begin


def _head(text: str, begin: int, close: int, marks: list[int]) -> Name | None:
    names = [name for name in names_in(text, Span(begin, close)) if not title_before(text, name)]
    fenced = set(marks)
    head: Name | None = None
    for number, name in enumerate(names):
        if name.span.end not in fenced or name.span.end == close or not opens_clause(text, begin, name):
            continue
        before = text[begin : name.span.start]
        if head is None or _NEW_CLAUSE.search(before[-20:]):
            if number and text[names[number - 1].span.end : name.span.start].strip() == "," and head is None:
                return None  # "In Athens, Georgia, ...": the second only says where the first is
            if _enumerated(text, name, names[number + 1 :]):
                return None
            head = name
        elif _ALSO.search(before[-10:]):
            return None  # another clause may begin here
    thing = _THING.search(text, begin, close + 1)
    if thing and thing.end() < close and _CLAUSE.search(text[max(begin, thing.start() - 60) : thing.start()]):
        described = Name(Span(*thing.span()), thing[0])
        if head is None or described.span.start < head.span.start:
            head = described
    last = names[-1] if names else None
    if last is not None and last.span.end == close and (head is None or not _is_name(head, names)):
        # "The capital, Bamako, has": a bare name between commas is the thing itself.
        opening = max((mark for mark in marks if mark < last.span.start), default=-1)
        alone = opening >= 0 and not text[opening : last.span.start].strip(" ,–—-")
        if alone and not any(name.span.end == opening for name in names):
            return last
    return head


def _is_name(head: Name, names: list[Name]) -> bool:
    return any(name.span == head.span for name in names)


def _enumerated(text: str, name: Name, following: list[Name]) -> bool:
    """Whether the name is the first of a list: "India, China and Nepal"."""
    if not following or text[name.span.end : following[0].span.start].strip() != ",":
        return False
    return _LIST.match(text, following[0].span.end) is not None


def antecedent(reading: Reading, sentence: Span) -> tuple[Name, bool] | None:
    """What "it" or "its" at the start of a sentence stands for: the subject of the sentence before it, if a name.

    Also whether that sentence speaks of the place as a place ("X is a country ...", "X, an island ...").
    """
    before = reading.segments.sentence_before(sentence)
    if before is None or not reading.segments.paragraph(sentence.start).covers(before):
        return None
    text = reading.text
    begin = before.start
    if reading.dateline is not None and before.start <= reading.dateline.start < before.end:
        begin = reading.dateline.end
    names = names_in(text, Span(begin, min(before.end, begin + 120)))
    if not names or not _OPENER.fullmatch(text[begin : names[0].span.start]):
        return None
    name = names[0]
    if _SUBJECT.match(text, name.span.end) is None or _OTHER_CLAUSE.search(text[name.span.end : before.end]):
        return None
    return name, _AS_PLACE.match(text, name.span.end, before.end) is not None


_OPENER = lazy_pattern(r"[\s–—-]*(?:[Tt]he\s+)?(?:[a-z][\w-]{1,18}\s)?(?:(?:island|city|state|kingdom|nation)\sof\s)?")
_SUBJECT = lazy_pattern(r",|\s[–—-]|\s\(|\s(?:[a-z]+ly\s)?[a-z]{1,14}(?:s|d|t|n)\b")
_OTHER_CLAUSE = lazy_pattern(r"\b(?:and|but|while|whereas|where|because)\s+(?:the\s)?(?!The\b)[A-Z]")
_AS_PLACE = lazy_pattern(
    rf"(?:,|\s(?:is|was|remains|became))\s+(?:an?\s|the\s|one\sof\sthe\s)?[^.;:,]{{0,60}}?\b{PLACE_NOUN}\b"
)

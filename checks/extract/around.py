"""What stands around a figure: its conversion in brackets, and the names that it may speak of."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Name, Span
from checks.core.proper_names import names_in, title_before

if TYPE_CHECKING:
    from collections.abc import Collection

    from checks.extract.reading import Reading

#: Words that open a figure or weaken it, as they stand between a name and its figure.
HEDGES = (
    r"(?:(?:about|around|some|roughly|approximately|nearly|almost|just|only|over|under|less|fewer|more|than|at|least|most|"
    r"up|to|an?|estimated|close|well|barely|an|the|its|good|full|mere|little|total|of|currently|officially|now|also|still|"
    r"roughly|somewhere|between|maybe|perhaps|as|much|many)\s+)"
)
#: A verb that says where a thing is or what it measures.
COPULA = (
    r"(?:is|are|was|were|lies|lie|lay|sits|sit|sat|stands|stand|stood|rests|nestles|located|situated|based|set|lying|"
    r"sitting)"
)
PLACE_NOUN = (
    r"(?:country|nation|republic|kingdom|emirate|sultanate|state|archipelago|territory|region|province|oblast|prefecture|"
    r"governorate|canton|city|town|capital|village|suburb|port|metropolis|municipality|settlement|hamlet|resort|megacity|"
    r"community|township|island|islet|atoll|lake|enclave|exclave|peninsula|principality|city-state|borough)"
)
_OPENING = lazy_pattern(r"[\s,;.]{0,3}(?:\(|\[|or\s|—\s?|–\s?|/\s?)")
_CLOSING = lazy_pattern(r"[^()\[\]]{0,24}?[)\]]")
_STRAY = lazy_pattern(r"[ \t\u00a0]?[.,;]?")
_WINDOW = 400


def hedged_start(figure: Figure, text: str) -> int:
    """Where the figure begins, its hedge included."""
    if figure.hedge is None:
        return figure.span.start
    before = text.rfind(figure.hedge.text, max(figure.span.start - 40, 0), figure.span.start)
    return before if before >= 0 else figure.span.start


def restates(reading: Reading, figure: Figure) -> bool:
    """Whether the figure is the conversion of the one before it ("74 km (46 miles)")."""
    before = reading.figure_before(figure.span.start)
    if before is None or before.kind != figure.kind or before.unit == figure.unit:
        return False
    gap = reading.text[before.span.end : figure.span.start]
    return len(gap) < 30 and _OPENING.match(gap) is not None


def with_restated(reading: Reading, figure: Figure) -> tuple[tuple[Figure, ...], int]:
    """The figure with its conversion, and where the text goes on behind both (brackets closed)."""
    text, end = reading.text, figure.span.end
    following = reading.figure_after(end)
    if following is not None and following.kind == figure.kind and following.span.start - end < 30:
        opening = _OPENING.match(text, end, following.span.start)
        if opening and following.unit != figure.unit:
            end = following.span.end
            if opening[0].rstrip()[-1:] in "([":
                closing = _CLOSING.match(text, end)
                end = closing.end() if closing else end
            return (figure, following), end
    return (figure,), end


def past_stray(text: str, end: int) -> int:
    """Past the stray stop or comma that damaged copy has between a figure and its noun, if small letters follow."""
    stray = _STRAY.match(text, end)
    if (
        stray
        and text[stray.end() : stray.end() + 1] in {" ", "\u00a0"}
        and text[stray.end() + 1 : stray.end() + 2].islower()
    ):
        return stray.end()
    return end


def names_before(reading: Reading, start: int, sentence: Span) -> tuple[Name, ...]:
    """The names of the sentence before the offset, the nearest first; persons by their titles are left out."""
    span = Span(max(sentence.start, start - _WINDOW), start)
    return tuple(name for name in reversed(names_in(reading.text, span)) if not title_before(reading.text, name))


def names_after(reading: Reading, end: int, sentence: Span, reach: int = 80) -> tuple[Name, ...]:
    """The names of the sentence within reach behind the offset, in order."""
    return names_in(reading.text, Span(end, min(sentence.end, end + reach)))


def between(text: str, start: int, end: int) -> str:
    """The words between two offsets, without asides in brackets ("Arequipa (population 1 million), is ...")."""
    words = text[start:end]
    return _ASIDE.sub("", words) if "(" in words else words


_ASIDE = lazy_pattern(r"\s?\([^()]{0,80}\)")


def unhyphenated(text: str, name: Name) -> bool:
    """Whether the name stands by itself, not as part of "Moscow-based"."""
    return text[name.span.end : name.span.end + 1] != "-"


def described(reading: Reading, start: int, sentence: Span, nouns: Collection[str] = ()) -> Name | None:
    """ "The town" or "the island" that ends right before the offset, as a name to be resolved from what went before."""
    head = reading.text[max(sentence.start, start - 60) : start]
    match = _DESCRIBED.search(head)
    if match is None or (nouns and match[1] not in nouns):
        return None
    begin = start - len(head) + match.start("whole")
    end = start - len(head) + match.end("whole")
    return Name(Span(begin, end), reading.text[begin:end])


_DESCRIBED = lazy_pattern(
    rf"\b(?P<whole>(?:[Tt]he|[Tt]his)\s+(?:[^\W\d_]+\s)?({PLACE_NOUN}))(?:,|\s\()?\s*(?:(?:which|that)\s+)?(?:{COPULA}\s+){{0,2}}{HEDGES}{{0,4}}$"
)

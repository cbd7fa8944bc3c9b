"""Figures given twice: "74 km (46 miles)", "six feet, or 1.8 metres", "1 tonne = 1.102 tons".

Most stand in brackets. What else stands in brackets (another thing's size, a duration, a share) is told apart by
the words around the second figure: only words that go with a conversion are let through.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Literal

from checks.core.claims import Conversion
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Span
from checks.core.word_lists import rows
from checks.core.wording import phrases, plain, spoken_unit, unit_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from decimal import Decimal

    from checks.extract.reading import Reading

_KINDS = frozenset(
    ("area", "length", "volume", "mass", "speed", "temperature", "energy", "power", "pressure", "number")
)
_TIMES = ("second", "minute", "hour", "day", "night", "week", "month", "quarter", "year")
_FAR = 60
_LONGEST_BRACKET = 160

_OPENING = lazy_pattern(r"([^()\[\]\n.;:!?]{0,60})([(\[])")
_CLOSING = lazy_pattern(r"[)\]\n]")
_WORD = lazy_pattern(r"[^\s,]+")
_SERIES = lazy_pattern(
    r"(?:[ \u00a0](by|x|×|to|and|or)[ \u00a0]|[ \u00a0]?([x×])[ \u00a0]?|-(by)-"
    r"|[ \u00a0]?([-\u2013])[ \u00a0]?|(,)[ \u00a0])\Z"
)
_SEPARATOR = lazy_pattern(
    r"([^;,/=]*?)[ \u00a0]?(?:([;,/=\u2013\u2014≈])|[ \u00a0](?=or[ \u00a0]))[ \u00a0]?([^;,/=]*)\Z"
)
_OF_WHAT = lazy_pattern(r"of(?:[ \u00a0][a-z][a-z'’-]+){1,3}\Z")
_FROM_WHERE = lazy_pattern(
    r"(?:(?:away|far|inland|offshore|out|just|due|further)[ \u00a0])?(?:[a-z-]+[ \u00a0])?"
    r"(?:from|of|off|outside)[ \u00a0](?:the[ \u00a0](?:[a-z]+[ \u00a0](?:of[ \u00a0])?)?)?"
    r"[A-Z][\w'’.-]*(?:[ \u00a0][A-Z][\w'’-]*){0,3}\Z"
)
_TAIL = lazy_pattern(r"(-?[^()\[\];,/.=\n\u2013\u2014]{0,40}?)[ \u00a0]?(?:[)\];,/.\n\u2013\u2014]|\Z)")
_SLASH = lazy_pattern(r"[ \u00a0]?/[ \u00a0]?\Z")
_OR = lazy_pattern(r"(,?)[ \u00a0]or[ \u00a0]([a-z. ]{0,24})\Z")
_COMMA = lazy_pattern(r",[ \u00a0]([a-z. ]{1,24})\Z")
_DASH = lazy_pattern(r"[ \u00a0]?[\u2013\u2014][ \u00a0]?([a-z. ]{0,24})\Z|[ \u00a0]-{1,2}[ \u00a0]([a-z. ]{0,24})\Z")
_AFTER_ASIDE = lazy_pattern(r"[ \u00a0]?(?:[,.;\u2013\u2014)]|-{1,2}[ \u00a0]|\Z)")
_EQUAL_WORDS = frozenset(("equal", "equivalent", "i.e.", "ie", "that"))

Form = Literal["bracket", "slash", "or", "comma", "dash", "equals"]


def conversions(reading: Reading) -> Iterator[Conversion]:
    """Every pair of figures in the text that is one amount in two units, in the order of the text."""
    restated: set[int] = set()
    for n, figure in enumerate(reading.figures):
        if not _measured(figure):
            continue
        for claim in _in_brackets(reading, n):
            restated |= {id(each) for each in claim.figures[1:]}
            yield claim
        if n + 1 < len(reading.figures):
            following = reading.figures[n + 1]
            if not (id(figure) in restated and id(following) in restated):
                yield from _side_by_side(reading, figure, following)


def _measured(figure: Figure) -> bool:
    """Whether a figure has a unit that could be given in another; prices for an amount of something count."""
    if figure.unit is None or (figure.value is None and figure.low is None and figure.high is None):
        return False
    if figure.kind == "money":
        # A price for a year is rarely twelve times that for a month: subscriptions have discounts.
        return figure.unit.partition(" / ")[2] not in ("", *_TIMES)
    return figure.kind in _KINDS


def _same_unit(one: Figure, other: Figure) -> bool:
    return one.unit == other.unit and set(one.units) == set(other.units)


def _comparable(one: Figure, other: Figure) -> bool:
    """Whether two figures may measure the same thing: of one kind, or of a kind that its unit leaves open."""
    if not (_measured(one) and _measured(other)):
        return False
    if "money" in (one.kind, other.kind):
        return one.kind == other.kind and str(one.unit).split(" / ")[0] == str(other.unit).split(" / ")[0]
    return one.kind == other.kind or len(one.units) > 1 or len(other.units) > 1


# --- brackets ----------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Group:
    """One restatement inside a bracket: its numbers, how they are joined, and whether nothing else was said."""

    figures: tuple[Figure, ...]
    link: str
    certain: bool
    alone: bool


def _in_brackets(reading: Reading, n: int) -> Iterator[Conversion]:
    """What the bracket behind the figure says of it."""
    text, figure = reading.text, reading.figures[n]
    opening = _OPENING.match(text, figure.span.end)
    if opening is None:
        return
    if n + 1 < len(reading.figures) and reading.figures[n + 1].span.start < opening.end(2):
        return
    between = opening[1].strip(" \u00a0,")
    certain = _goes_between(between)
    if certain is None:
        return
    closing = _CLOSING.search(text, opening.end(), opening.end() + _LONGEST_BRACKET)
    inside = Span(opening.end(), closing.start() if closing else min(opening.end() + _LONGEST_BRACKET, len(text)))
    whole = _amounts(reading, reading.figures[max(n - 1, 0) : n + 1])
    stated, joined = (whole, "") if n and len(whole) == 1 else _series_before(reading, n)
    for group in _groups(reading, inside, between):
        yield from _paired(reading, stated, joined, replace(group, certain=group.certain and certain))


def _goes_between(words_between: str) -> bool | None:
    """Whether the words between a figure and the bracket leave the bracket to the figure; None where they do not."""
    if not words_between:
        return True
    bare = words_between.lstrip("-\u2010\u2011").strip()
    if bare.lower() in _around() or _OF_WHAT.match(bare) or _FROM_WHERE.match(bare):
        return True
    return False if len(bare.split()) <= 4 and bare.replace(" ", "").replace("-", "").isalpha() else None


@cache
def _around() -> frozenset[str]:
    """Words that may follow either figure: "high", "away", "southeast", "each"."""
    roles = ("dimension", "place", "manner")
    return frozenset().union(*(phrases(role) for role in roles))


@cache
def _before() -> frozenset[str]:
    """Single words that may stand between a bracket and the figure in it: hedges, "or", "equivalent to"."""
    known = phrases("equal") | {row["phrase"] for row in rows("hedges.csv") if row["position"] == "before"}
    return frozenset(word for phrase in known for word in phrase.lower().split())


def _only_hedges(words_before: str) -> bool:
    return all(word.lower() in _before() or word in "~≈" for word in _WORD.findall(words_before))


def _groups(reading: Reading, inside: Span, between: str) -> Iterator[_Group]:
    """The restatements in a bracket, up to the first thing that is none."""
    text, figures = reading.text, _amounts(reading, reading.figures_in(inside))
    at, start = 0, inside.start
    while at < len(figures):
        before = text[start : figures[at].span.start]
        if at:
            separated = _SEPARATOR.match(before)
            if separated is None or separated[2] == "=":
                return
            before = separated[3]
        if not _only_hedges(before.lstrip("-\u2212")):
            return
        series, link = _series_after(reading, figures, at)
        last = series[-1]
        tail = _TAIL.match(text, last.span.end, max(inside.end + 1, last.span.end))
        if tail is None and at + len(series) >= len(figures):
            return
        behind = (tail[1] if tail else "").strip(" -\u00a0\u2010\u2011").lower()
        follows = text[tail.end() - 1 : tail.end()] if tail else ""
        if behind and behind not in _around():
            # "4 miles or 7 km": what follows is the next restatement, not a word about this one.
            if not (at + len(series) < len(figures) and re.match(r"(?:or|and)\b", behind)):
                return
            behind = ""
        named = behind in phrases("dimension") and behind != between.lstrip("-").lower()
        if not (follows == "" and text[last.span.end : last.span.end + 2].strip().startswith("=")):
            alone = at == 0 and len(series) == len(figures) and not behind and not before.strip()
            yield _Group(series, link, not named, alone)
        at += len(series)
        start = last.span.end


#: Larger and smaller units in which one amount is given ("six feet two inches"), and how many make one.
_PARTS = {
    ("foot", "inch"): 12,
    ("yard", "foot"): 3,
    ("mile", "furlong"): 8,
    ("mile", "yard"): 1760,
    ("pound", "ounce"): 16,
    ("stone", "pound"): 14,
    ("meter", "centimeter"): 100,
    ("kilometer", "meter"): 1000,
}
_AND_PARTS = lazy_pattern(r",?[ \u00a0](?:and[ \u00a0])?\Z")


def _amounts(reading: Reading, figures: Sequence[Figure]) -> tuple[Figure, ...]:
    """The figures, with an amount that was given in two units put together."""
    found: list[Figure] = []
    for figure in figures:
        if found and (value := _together(reading, found[-1], figure)) is not None:
            span = Span(found[-1].span.start, figure.span.end)
            text = f"{plain(value, 9)} {spoken_unit(figure.unit or '')}"
            found[-1] = replace(figure, span=span, text=text, value=value, coarse=figure.fine)
            continue
        found.append(figure)
    return tuple(found)


def _together(reading: Reading, larger: Figure, smaller: Figure) -> Decimal | None:
    """The sum, in the smaller unit, of two figures that are one amount ("six feet, two inches"); else None."""
    parts = _PARTS.get((str(larger.unit), str(smaller.unit)))
    if parts is None or larger.value is None or smaller.value is None or smaller.value >= parts:
        return None
    if not _AND_PARTS.match(reading.text[larger.span.end : smaller.span.start][:6]):
        return None
    return larger.value * parts + smaller.value


def _series_before(reading: Reading, n: int) -> tuple[tuple[Figure, ...], str]:
    """The figures that end in this one and share its unit or its bracket ("6 feet by 9 feet"), and what joins them."""
    figures, series, joined = reading.figures, [reading.figures[n]], ""
    while n > 0:
        link = _SERIES.match(reading.text[figures[n - 1].span.end : figures[n].span.start][:12])
        before = figures[n - 1]
        if link is None or not ((before.unit is None and before.kind == "number") or _same_unit(before, figures[n])):
            break
        series.insert(0, before)
        joined = joined or next(filter(None, link.groups()))
        n -= 1
    return tuple(_with_unit_of(series[-1], each) for each in series), _join(joined)


def _series_after(reading: Reading, figures: Sequence[Figure], at: int) -> tuple[tuple[Figure, ...], str]:
    """The figures from this one on that share a unit, the last of which carries it."""
    series, joined = [figures[at]], ""
    while at + 1 < len(figures):
        link = _SERIES.match(reading.text[figures[at].span.end : figures[at + 1].span.start][:12])
        following = figures[at + 1]
        lacks = figures[at].unit is None and figures[at].kind == "number"
        crossed = link is not None and _join(next(filter(None, link.groups()))) == "by"
        if link is None or not (lacks or (crossed and _same_unit(figures[at], following))):
            break
        series.append(following)
        joined = joined or next(filter(None, link.groups()))
        at += 1
    return tuple(series), _join(joined)


def _join(word: str) -> str:
    return "by" if word in ("by", "x", "×") else word


def _with_unit_of(last: Figure, figure: Figure) -> Figure:
    if figure.unit is not None or figure is last:
        return figure
    text = f"{figure.text} {unit_words(last.text)}"
    return replace(figure, text=text, unit=last.unit, units=last.units, kind=last.kind)


def _paired(reading: Reading, stated: tuple[Figure, ...], joined: str, group: _Group) -> Iterator[Conversion]:
    """The pairs of a series and its restatement: one by one, or the last, or as a range."""
    restated = tuple(_with_unit_of(group.figures[-1], each) for each in group.figures)
    if len(stated) != len(restated):
        if len(restated) == 2 and group.link != "by" and _is_range(stated[-1]):
            restated = (_as_range(reading, restated),)
            stated = stated[-1:]
        elif len(stated) == 2 and joined != "by" and _is_range(restated[-1]) and len(restated) == 1:
            stated = (_as_range(reading, stated),)
        elif len(restated) == 1 and joined != "by":
            stated = stated[-1:]
        else:
            return
    originals = [*stated, *group.figures] if len(stated) == len(restated) == 1 else None
    for one, other in zip(stated, restated, strict=True):
        if not _comparable(one, other):
            return
        if _same_unit(one, other) and not (group.alone and group.certain and len(stated) == 1):
            return
        figures = tuple(originals) if originals else (one, other)
        yield _claim(reading, one, other, "bracket", figures=figures, certain=group.certain)


def _is_range(figure: Figure) -> bool:
    return figure.value is None and figure.low is not None and figure.high is not None


def _as_range(reading: Reading, series: tuple[Figure, ...]) -> Figure:
    """Two numbers that share a unit, as the range that they stand for."""
    first, last = series
    span = Span(first.span.start, last.span.end)
    return replace(
        last, span=span, text=span.of(reading.text), value=None, low=first.value, high=last.value,
        fine_low=first.fine, coarse_low=first.coarse, hedge=first.hedge or last.hedge,
    )  # fmt: skip


def _claim(
    reading: Reading,
    stated: Figure,
    restated: Figure,
    form: Form,
    *,
    figures: tuple[Figure, ...] = (),
    certain: bool = True,
    definition: bool = False,
) -> Conversion:
    return Conversion(
        span=Span(stated.span.start, restated.span.end),
        figures=tuple(found for each in figures or (stated, restated) for found in _as_found(reading, each)),
        stated=stated,
        restated=restated,
        form=form,
        certain=certain,
        definition=definition,
    )


def _as_found(reading: Reading, figure: Figure) -> tuple[Figure, ...]:
    """The figures of the text that this one is, or was put together from ("6" of "6 by 9 feet" has its unit here)."""
    return tuple(each for each in reading.figures_in(figure.span) if figure.span.covers(each.span)) or (figure,)


# --- side by side ------------------------------------------------------------------------------------------------


def _side_by_side(reading: Reading, one: Figure, other: Figure) -> Iterator[Conversion]:
    """Two figures with nothing between them but a sign or words that make them one amount."""
    gap = reading.text[one.span.end : other.span.start]
    if len(gap) > _FAR or not _comparable(one, other):
        return
    if _equals(reading, one, other, gap):
        yield _claim(reading, one, other, "equals", definition=True)
        return
    if _same_unit(one, other):
        return
    if _SLASH.match(gap):
        yield _claim(reading, one, other, "slash")
    elif (either := _OR.match(gap)) and _only_hedges(either[2]):
        yield _claim(reading, one, other, "or", certain=bool(either[1] or either[2].strip()))
    elif (comma := _COMMA.match(gap)) and _only_hedges(comma[1]) and _AFTER_ASIDE.match(reading.text, other.span.end):
        # "10 miles, about 16 km, away": an aside between commas can only be the same amount.
        closed = reading.text[other.span.end : other.span.end + 1] == ","
        yield _claim(reading, one, other, "comma", certain=closed or bool(_EQUAL_WORDS & set(comma[1].lower().split())))
    elif (dash := _DASH.match(gap)) and _AFTER_ASIDE.match(reading.text, other.span.end):
        said = dash[1] or dash[2] or ""
        if _only_hedges(said):
            yield _claim(reading, one, other, "dash", certain=bool(said.strip()))


def _equals(reading: Reading, one: Figure, other: Figure, gap: str) -> bool:
    """Whether the words between say that the two are equal; "is" does so only of one unit ("A mile is 1.6 km.")."""
    hedge = other.hedge.text if other.hedge else ""
    said = gap.strip(" \u00a0").removesuffix(hedge).strip(" \u00a0").lower()
    if said not in phrases("equals"):
        return False
    if not said.startswith("is"):
        return True
    return one.value == 1 and _AFTER_ASIDE.match(reading.text, other.span.end) is not None

"""Document text to figures: one pass, from one possible number to the next."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Kind, Span
from checks.core.word_lists import words
from checks.extract.quantities.compounds import read_compound
from checks.extract.quantities.counts import counted
from checks.extract.quantities.cursor import DASHES, Cursor, Part
from checks.extract.quantities.ellipsis import filled_in
from checks.extract.quantities.hedges import hedge_before
from checks.extract.quantities.numbers import openings
from checks.extract.quantities.numeric import SPACE, roles
from checks.extract.quantities.ranges import Read, read_one_in, read_pair
from checks.extract.quantities.spoken import read_share
from checks.extract.quantities.units import read_unit, sign_before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.extract.segments import Segments

_LETTERS = lazy_pattern(r"[A-Za-z]+")
_PHONE = lazy_pattern(r"(?:\d{3}[-.]){1,2}\d{4}(?!\d)|\d{3,4}[ -]\d{3}[ -]\d{3,4}(?!\d)|\d{5}[ -]\d{6}(?!\d)")
# "15st 10lb", "12st (76kg)": a weight, as an ordinal would be 15th; of 21st only what follows shows it.
_STONE = lazy_pattern(r"\d{0,2}(?:[02-9]|11)st\b|\d{1,2}st[ \u00a0]?\d{1,2}[ \u00a0]?lbs?\b")
_ORDINAL = lazy_pattern(r"(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b")
_PREFIX = lazy_pattern(r"[A-Za-z]+$")
_UNIT_BEFORE = lazy_pattern(r"[a-z]{2,}\.?/$")
_TICKER = lazy_pattern(r"\.[A-Z]{1,3}\b")
_SUPERLATIVE = lazy_pattern(r"-(?:most|\w+est)\b")
_BEHIND = lazy_pattern(rf"(?:{SPACE}|-)([A-Za-z]+)")
_OF = lazy_pattern(rf"{SPACE}of(?={SPACE})")
_AS_MULTIPLE = lazy_pattern(r"[ \u00a0](?:as|the|that|its|what|his|her|their|this|those)\b")


def find_figures(text: str, segments: Segments, dates: Sequence[Figure]) -> tuple[Figure, ...]:
    """All figures of the text in order; those given as dates are kept and not read again."""
    found = [*(_hedged(text, figure) for figure in dates), *_Scan(text, dates).figures()]
    found.sort(key=lambda figure: figure.span)
    return tuple(
        replace(figure, in_quotation=True) if not figure.in_quotation and segments.in_quotation(figure.span) else figure
        for figure in filled_in(text, found)
    )


def _hedged(text: str, figure: Figure) -> Figure:
    """A duration or an age with its hedge: "more than three years"."""
    hedge = hedge_before(text, figure.span.start) if figure.kind in ("duration", "age") and not figure.hedge else None
    return replace(figure, hedge=hedge[0]) if hedge else figure


class _Scan:
    def __init__(self, text: str, dates: Sequence[Figure]) -> None:
        self.text = text
        self.cursor = Cursor(text)
        self.taken = [figure.span for figure in dates]

    def figures(self) -> Iterator[Figure]:
        """The figures that are not dates."""
        done, following = 0, 0
        taken = self.taken
        for at in openings(self.text):
            while following < len(taken) and taken[following].end <= at:
                following += 1
            if at < done or (following < len(taken) and taken[following].start <= at):
                continue
            self.cursor.limit = taken[following].start if following < len(taken) else len(self.text)
            figures, done = self._read_word(at) if self.text[at].isalpha() else self._read_digits(at)
            yield from figures

    def _read_digits(self, at: int) -> Read:
        skipped = self._no_number(at)
        if skipped:
            return Read([], skipped)
        if (ordinal := _ORDINAL.match(self.text, at)) and not _STONE.match(self.text, at):
            return self._plain("rank", at, ordinal.end(), Decimal(ordinal[1].replace(",", "")))
        return self._quantity(at)

    def _no_number(self, at: int) -> int:
        """Where to go on if the digit here belongs to a name, a telephone number or an address; else 0."""
        text = self.text
        before = text[at - 1] if at else " "
        if before.isalpha() or before in "_@#\\&=":
            return 0 if sign_before(text, at) else self.cursor.run_end(at)
        if before == "/" and _UNIT_BEFORE.search(text[max(at - 16, 0) : at]):
            return 0  # "2,403 metres/7,884 feet"
        if before in "'’/" or (before in ".,:" and text[at - 2 : at - 1].isalnum()):
            return self.cursor.run_end(at)
        if before in "-\u2010\u2011" and text[at - 2 : at - 1].isalnum():
            prefix = _PREFIX.search(text[max(at - 12, 0) : at - 1])
            if prefix is None or prefix[0].lower() not in words("number_names.csv", "prefix"):
                return self.cursor.run_end(at)
        phone = _PHONE.match(text, at)
        if phone and not read_unit(text, phone.end()) and not counted(text, phone.end(), single=False):
            return phone.end()
        return 0

    def _read_word(self, at: int) -> Read:
        """Figures that begin with a word: "twice", "second", "half", "a third of", "one in five"."""
        letters = _LETTERS.match(self.text, at)
        end = letters.end() if letters else at + 1
        word = self.text[at:end].lower()
        if at > 1 and self.text[at - 1] in DASHES and self.text[at - 2].isalpha():
            return Read([], end)  # "twenty" of "ninety-twenty", "four" of "Renault-Four"
        if share := read_share(self.text, at):
            if part := self.cursor.part_of_one(share):
                return self._single(part)
            return self._plain("ratio", share.start, share.end, share.value, fine=share.fine)
        if word in roles()["multiple"]:
            return self._multiple(at, end, word)
        if self.cursor.is_titled(at):
            return Read([], end)
        if word in roles()["ordinal"]:
            if word == "second" and not self._is_ordinal_second(at, end):
                return Read([], end)
            behind = _BEHIND.match(self.text, end)
            if behind and behind[1].lower() in words("number_names.csv", "no rank"):
                return Read([], end)  # "a third party"
            return self._plain("rank", at, end, roles()["ordinal"][word])
        if word == "one" and self._is_pronoun(at, end):
            return Read([], end)
        return self._quantity(at)

    def _is_pronoun(self, at: int, end: int) -> bool:
        """Whether "one" counts nothing: "no one", "on the one hand", "one-time"."""
        behind = _BEHIND.match(self.text, end)
        if self.cursor.word_before(at).lower() in ("no", "any", "every", "some", "this", "that", "each", "another"):
            return True
        return behind is not None and behind[1].lower() in words("number_names.csv", "no one")

    def _is_ordinal_second(self, at: int, end: int) -> bool:
        """Whether "second" counts, and is not the time ("a split second", "per second") or "second-hand"."""
        if self.text[end : end + 1] == "-":
            return _SUPERLATIVE.match(self.text, end) is not None
        return self.cursor.word_before(at) not in ("per", "split", "every", "each")

    def _multiple(self, at: int, end: int, word: str) -> Read:
        """ "twice as much", "double the size": the multiple, not the verb, the noun or "twice a week"."""
        if _AS_MULTIPLE.match(self.text, end):
            return self._plain("ratio", at, end, roles()["multiple"][word], unit="times")
        return Read([], end)

    def _quantity(self, at: int) -> Read:
        part = self.cursor.part(at)
        if part is None:
            return Read([], self.cursor.run_end(at) if self.text[at].isdigit() else at + 1)
        number = part.number
        if number.style == "malformed":
            span = Span(part.start, number.end)
            return Read([Figure(span=span, text=span.of(self.text), kind="number")], number.end)
        if number.style == "vague":
            return self._vague(part)
        if compound := read_compound(self.cursor, part):
            return Read([compound], compound.span.end)
        return read_pair(self.cursor, part) or read_one_in(self.cursor, part) or self._single(part)

    def _single(self, part: Part) -> Read:
        text, end = self.text, part.number.end
        if part.unit is None and part.number.style == "digits":
            joined_letter = _LETTERS.match(text, end)
            time_or_path = text[end : end + 1] in (":", "/") and text[end + 1 : end + 2].isdigit()
            if joined_letter or time_or_path or _TICKER.match(text, end):
                return Read([], self.cursor.run_end(part.number.start))
        figure = self.cursor.finished(part)
        return Read([figure], figure.span.end) if figure else Read([], part.end)

    def _vague(self, part: Part) -> Read:
        """ "tens of thousands of dollars", "dozens of cities"."""
        number = part.number
        of = _OF.match(self.text, number.end)
        if of is None:
            return Read([], number.end)
        unit = read_unit(self.text, of.end())
        if unit and unit.end <= self.cursor.limit and unit.readings[0].kind != "ratio" and len(unit.name) > 2:
            figure = self.cursor.finished(
                Part(number, part.start, unit.end, unit), low=number.low, high=number.high, first=number
            )
            return Read([figure], figure.span.end) if figure else Read([], number.end)
        noun = counted(self.text, of.end(), single=False)
        if noun is None or noun[1] > self.cursor.limit:
            return Read([], number.end)
        read = self._plain("count", part.start, number.end, number.value, fine=number.fine)
        return Read(
            [replace(read.figures[0], value=None, low=number.low, high=number.high, counts=noun[0])], number.end
        )

    def _plain(
        self, kind: Kind, start: int, end: int, value: Decimal, *, fine: Decimal = Decimal(1), unit: str | None = None
    ) -> Read:
        hedge = hedge_before(self.text, start) if kind != "rank" else None
        span = Span(start, end)
        figure = Figure(
            span=span,
            text=span.of(self.text),
            kind=kind,
            value=value,
            unit=unit,
            fine=fine,
            coarse=fine,
            hedge=hedge[0] if hedge else None,
        )
        return Read([figure], end)

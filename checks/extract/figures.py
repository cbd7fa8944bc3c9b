"""Document text to figures: every number with what it is of, what it counts, how it is hedged and where it stands."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from checks.core.model import Figure, Hedge, Kind, Span
from checks.extract.counts import counted
from checks.extract.hedges import hedge_after, hedge_before
from checks.extract.lexicon import rows
from checks.extract.meanings import meant
from checks.extract.numbers import SPACE, Number, opening, read_number, read_share, resolution, roles
from checks.extract.units import PERIODS, Measured, read_rate, read_unit, sign_before

if TYPE_CHECKING:
    from checks.core.reference import Tables
    from checks.extract.segments import Segments

_DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_RANGE_LINK = re.compile(rf"(?:{SPACE}?[{_DASHES}]{SPACE}?|{SPACE}(to|and|or){SPACE}|-(to|or)-)(?=[0-9$£€¥½⅓¼¾A-Za-z])")
_PHONE = re.compile(r"(?:\d{3}[-.]){1,2}\d{4}(?!\d)|\d{3,4}[ -]\d{3}[ -]\d{3,4}(?!\d)|\d{5}[ -]\d{6}(?!\d)")
_RUN = re.compile(r"[\w.,:/@#%&=+\-]*\w")
_ORDINAL = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(?:st|nd|rd|th)\b")
_TIMES_AS = re.compile(rf"(?:{SPACE}|-)times?\b|-?fold\b", re.ASCII)
_ONE_IN = re.compile(rf"{SPACE}(?:in|out{SPACE}of){SPACE}(?:every{SPACE})?")
_FEET_INCHES = re.compile(r"['’′]\s?(\d{1,2})(?:\.(\d))?(½|¼|¾)?(?:[\"”″]|''|’’)?(?!\w)")
_SCORE_WORDS = re.compile(
    r"\b(?:w[io]n(?:s|ning)?|beat(?:s|en|ing)?|los[es](?:s|ing)?|lost|defeat\w*|dr[ae]w\w*|victor\w+|scor\w+|led|leads?|leading|"
    r"trail\w*|vot\w+|ruled|ruling|decision|goals?|match|game|semi-?finals?|finals?|tied|thrash\w*|crush\w*|down)\b"
)
_SCORE_NEXT = re.compile(
    rf"{SPACE}(?:win|victory|defeat|loss|lead|draw|vote|ruling|decision|majority|margin|record|score|final)\b"
)
_COMPOUNDS: dict[str, tuple[str, int]] = {
    "foot": ("inch", 12),
    "pound": ("ounce", 16),
    "stone": ("pound", 14),
    "yard": ("foot", 3),
}
_PREFIXES = frozenset(["sub", "minus", "mid", "pre", "post", "over", "under", "ex", "all", "non", "once", "near"])


class _Part(NamedTuple):
    """A number with its unit: one end of a range, or the whole figure."""

    number: Number
    start: int
    end: int
    unit: Measured | None


@cache
def _name_words() -> tuple[frozenset[str], frozenset[str]]:
    """Words before a number that make it a name ("Boeing 747"), and words behind it that make it an address."""
    before = frozenset(row["word"] for row in rows("number_names.csv") if row["role"] == "before")
    return before, frozenset(row["word"] for row in rows("number_names.csv") if row["role"] == "address")


def find_figures(text: str, segments: Segments, dates: list[Figure], tables: Tables) -> tuple[Figure, ...]:  # noqa: ARG001
    """All figures of the text in order; those given as dates are kept and not read again."""
    scan = _Scan(text, dates)
    found = [*dates, *scan.figures()]
    found.sort(key=lambda figure: figure.span)
    return tuple(
        replace(figure, in_quotation=True) if not figure.in_quotation and segments.in_quotation(figure.span) else figure
        for figure in found
    )


class _Scan:
    """One pass over a text, from one possible number to the next."""

    def __init__(self, text: str, dates: list[Figure]) -> None:
        self.text = text
        self.taken = [figure.span for figure in dates]

    def figures(self) -> Iterator[Figure]:
        """The figures that are not dates."""
        done, next_taken = 0, 0
        taken = self.taken
        for match in opening().finditer(self.text):
            at = match.start()
            while next_taken < len(taken) and taken[next_taken].end <= at:
                next_taken += 1
            if at < done or (next_taken < len(taken) and taken[next_taken].start <= at):
                continue
            self.limit = taken[next_taken].start if next_taken < len(taken) else len(self.text)
            figures, done = self._read(at)
            yield from figures

    def _read(self, at: int) -> tuple[list[Figure], int]:
        """The figures that begin at the offset, and the offset from which to go on."""
        text = self.text
        if text[at].isalpha():
            return self._read_word(at)
        skip = self._no_number(at)
        if skip:
            return [], skip
        if ordinal := _ORDINAL.match(text, at):
            value = Decimal(ordinal[1].replace(",", ""))
            return [self._figure("rank", at, ordinal.end(), value)], ordinal.end()
        return self._read_quantity(at)

    def _no_number(self, at: int) -> int:
        """Where to go on if the digit at the offset belongs to no figure (a name, a phone number, an address); else 0."""
        text = self.text
        before = text[at - 1] if at else " "
        if before.isalpha() or before in "_@#\\&=~":
            if before == "~" or (sign_before(text, at) is not None):
                return 0
            return self._run_end(at)
        if before in ".,:/'’" and at > 1 and (text[at - 2].isalnum() or before in "'’/"):
            return self._run_end(at)
        if before in _DASHES and at > 1 and text[at - 2].isalnum():
            word = re.search(r"[A-Za-z]+$", text[max(at - 12, 0) : at - 1])
            if not (word and word[0].lower() in _PREFIXES) and before not in "\u2013\u2014":
                return self._run_end(at)
        if phone := _PHONE.match(text, at):
            return phone.end()
        return 0

    def _run_end(self, at: int) -> int:
        run = _RUN.match(self.text, at)
        return run.end() if run else at + 1

    def _read_word(self, at: int) -> tuple[list[Figure], int]:
        """Figures that begin with a word: "twice", "second", "half", "a third of", "one in five"."""
        text = self.text
        end = re.compile(r"[A-Za-z]+").match(text, at).end()  # type: ignore[union-attr]
        word = text[at:end].lower()
        if at and text[at - 1] in _DASHES and at > 1 and text[at - 2].isalpha():
            return [], end
        if share := read_share(text, at):
            return [self._figure("ratio", share.start, share.end, share.value, number=share)], share.end
        if word in roles()["multiple"]:
            return self._multiple(at, end, word)
        if word in roles()["ordinal"] and word not in roles()["unit"]:
            if word == "second" and (
                text[end : end + 1] in "-s" or self._word_before(at) in ("per", "a", "split", "every", "each")
            ):
                follows = re.compile(r"-(?:largest|biggest|most|highest|longest|tallest|\w+est)\b").match(text, end)
                if not follows:
                    return [], end
            if text[at].isupper() and not self._opens_sentence(at):
                return [], end
            return [self._figure("rank", at, end, roles()["ordinal"][word])], end
        if text[at].isupper() and not self._opens_sentence(at):
            return [], end
        return self._read_quantity(at)

    def _multiple(self, at: int, end: int, word: str) -> tuple[list[Figure], int]:
        """ "twice as much", "double the size", "triple": only as a multiple, not the verb or the noun."""
        text = self.text
        follows = text[end : end + 12]
        if word in ("twice", "thrice") or re.match(r"[ \u00a0](?:the|that|its|what|his|their)\b", follows):
            if word == "twice" and re.match(r"[ \u00a0](?:a|in|on|before|this|last|since)\b|[-.,;]", follows):
                return [], end
            return [self._figure("ratio", at, end, roles()["multiple"][word], unit="times")], end
        return [], end

    def _word_before(self, at: int) -> str:
        word = re.search(r"([A-Za-z.&]+)[ \u00a0\u2009\u202f\n]$", self.text[max(at - 24, 0) : at])
        return word[1] if word else ""

    def _opens_sentence(self, at: int) -> bool:
        """Whether a capital here is that of a sentence: after a full stop, a quotation mark or at a line's start."""
        head = self.text[max(at - 3, 0) : at].rstrip(" \u00a0")
        return not head or head[-1] in ".?!:;\n“\"‘'(—–-•*"

    def _read_quantity(self, at: int) -> tuple[list[Figure], int]:
        text = self.text
        first = self._part(at)
        if first is None:
            return [], self._run_end(at) if text[at].isdigit() else at + 1
        number = first.number
        if number.style == "malformed":
            return [replace(self._figure("number", first.start, number.end, Decimal(0)), value=None)], number.end
        if number.style == "vague":
            return self._vague(first)
        if feet := self._feet_inches(first):
            return feet
        if between := self._range(first):
            return between
        if one_in := self._one_in(first):
            return one_in
        return self._single(first)

    def _part(self, at: int) -> _Part | None:
        """The number at the offset with the currency before it or the unit behind it."""
        text = self.text
        number = read_number(text, at)
        if number is None or (number.end > self.limit and number.start < self.limit < number.end):
            return None
        if at and text[at - 1] == "." and (at == 1 or not text[at - 2].isalnum()) and number.style == "digits":
            digits = text[at : number.end]
            if digits.isdigit():
                fine, coarse = resolution("0." + digits)
                number = number._replace(start=at - 1, value=Decimal("0." + digits), fine=fine, coarse=coarse)
        start = number.start
        if sign := sign_before(text, start):
            return _Part(number, sign[1], number.end, Measured(sign[0], number.end, text[sign[1] : start].strip()))
        number = self._metres_or_million(number)
        unit = read_unit(text, number.end) if number.end < self.limit or number.end == len(text) else None
        if unit and unit.end > self.limit:
            unit = None
        if unit and number.style == "fraction" and unit.readings[0].kind == "ratio":
            unit = None
        return _Part(number, start, unit.end if unit else number.end, unit)

    def _metres_or_million(self, number: Number) -> Number:
        """A lone letter behind digits: "2m euros" are millions, "2m high" are metres, "5k run" is a distance."""
        if number.letter is None:
            return number
        text = self.text
        letter = text[number.letter]
        scale = roles()["letter scale"][letter]
        behind = re.compile(rf"(?:{SPACE}|-)([^\W\d_]+)").match(text, number.end)
        word = behind[1].lower() if behind else ""
        money = read_unit(text, number.end)
        is_money = money is not None and money.readings[0].kind == "money"
        plain = number._replace(
            end=number.letter, value=number.value / scale, fine=number.fine / scale, coarse=number.coarse / scale,
            scaled=False, letter=None,
        )  # fmt: skip
        if is_money:
            return number
        if letter == "M":
            return number
        if letter == "m":
            noun = counted(text, number.end, single=False)
            return number if noun and word not in _MEASURED_BY and text[number.end : number.end + 1] != "-" else plain
        if letter in "kK":
            noun = counted(text, number.end, single=False)
            return number if noun or plain.value >= 20 else plain
        return number if letter in "bB" and counted(text, number.end, single=False) else plain

    def _single(self, part: _Part) -> tuple[list[Figure], int]:
        """A figure of one number."""
        text, number = self.text, part.number
        if part.unit is None:
            if re.compile(r"[A-Za-z]").match(text, number.end) and number.style == "digits":
                return [], self._run_end(number.start)
            if (
                number.style in ("digits",)
                and text[number.end : number.end + 1] in ":/"
                and text[number.end + 1 : number.end + 2].isdigit()
            ):
                return [], self._run_end(number.start)
        return self._finished(part, number.value, None, None)

    def _finished(
        self, part: _Part, value: Decimal | None, low: Decimal | None, high: Decimal | None, first: Number | None = None
    ) -> tuple[list[Figure], int]:
        """The figure with its unit, rate, noun and hedge; none if it is a name after all."""
        text, number, end = self.text, part.number, part.end
        kind: Kind = "number"
        unit: str | None = None
        units: tuple[str, ...] = ()
        counts: str | None = None
        scale = Decimal(1)
        if part.unit:
            reading, units = meant(text, Span(part.start, part.end), part.number, part.unit)
            kind, unit, scale = reading.kind, reading.unit or None, Decimal(reading.scale)
            if (
                kind == "money"
                and (small := read_unit(text, end))
                and small.readings[0].kind == "money"
                and small.end <= self.limit
            ):
                end = small.end if small.readings[0].unit == unit else end  # "$20 dollars", "US$ 5m dlrs"
            if kind not in ("ratio", "temperature", "percentage_point") and (rate := read_rate(text, end)):
                per, rate_end = rate
                if rate_end <= self.limit:
                    units = tuple(f"{u} / {_bracketed(p)}" for u in (units or (unit or "",)) for p in per)
                    if kind == "length" and per[0] in ("hour", "second", "minute"):
                        kind = "speed"
                    unit, end = units[0], rate_end
                    units = units if len(units) > 1 else ()
        elif value == 1 and number.style == "words" and re.compile(rf"{SPACE}(?:of|another)\b").match(text, number.end):
            return [], end
        else:
            noun = self._of_whole(end) or counted(text, number.end, single=value == 1)
            if noun and noun[1] > self.limit:
                noun = None
            if noun:
                counts, kind = noun[0], "count"
                if (rate := read_rate(text, noun[1])) and rate[0][0] in PERIODS and rate[1] <= self.limit:
                    unit = f"1 / {rate[0][0]}"
            elif self._is_name(part):
                return [], end
        if number.style == "fraction" and part.unit is None and not number.scaled and (value or Decimal(0)) < 1:
            kind = "ratio"
            counts = None
        start = part.start
        before = text[start - 1 : start]
        if (
            before in ("-", "\u2212")
            and not text[start - 2 : start - 1].isalnum()
            and kind in ("temperature", "percent", "number")
        ):
            value, start = (-value if value is not None else None), start - 1
        hedge = hedge_before(text, start)
        if hedge is None and (after := hedge_after(text, end)):
            hedge = (after, start)
        if value is not None and (minus := re.search(rf"[Mm]inus(?:{SPACE}|-)$", text[max(start - 7, 0) : start])):
            value, start = -value, start - len(minus[0])
        fine, coarse = number.fine * scale, number.coarse * scale
        figure = Figure(
            span=Span(start, end), text=text[start:end], kind=kind,
            value=value * scale if value is not None else None,
            low=low * scale if low is not None else None, high=high * scale if high is not None else None,
            unit=unit, units=units, fine=fine, coarse=coarse,
            fine_low=first.fine * scale if first else None, coarse_low=first.coarse * scale if first else None,
            counts=counts, hedge=hedge[0] if hedge else None,
        )  # fmt: skip
        return [figure], end

    def _of_whole(self, end: int) -> tuple[str, int] | None:
        """What the part is of in "61 of the 86 aid workers": the noun of the whole."""
        of = re.compile(rf"{SPACE}(?:out{SPACE})?of{SPACE}(?:(?:the|its|their|his|her|our|all){SPACE})?(?=\d)").match(
            self.text, end
        )
        whole = read_number(self.text, of.end()) if of and of.end() < self.limit else None
        if whole is None or read_unit(self.text, whole.end):
            return None
        noun = counted(self.text, whole.end, single=False)
        return (noun[0], end) if noun else None

    def _is_name(self, part: _Part) -> bool:
        """A bare number that is part of a name, a place in a list or an address: "Boeing 747", "10 Downing Street"."""
        number = part.number
        if number.scaled or number.style == "fraction":
            return False
        text = self.text
        before, address = _name_words()
        previous = self._word_before(part.start)
        if previous in before or previous.rstrip(".") in before:
            return True
        follows = re.compile(rf"{SPACE}((?:[A-Z][a-z]+{SPACE}?)+)").match(text, number.end)
        if follows and any(word in address for word in follows[1].split()):
            return True
        if number.style == "words":
            lone_one = number.value == 1
            return lone_one or (text[number.start].isupper() and not self._opens_sentence(number.start))
        if "." not in text[number.start : number.end] and previous[:1].isupper() and previous not in _NOT_NAMES:
            head = text[: part.start - len(previous) - 1].rstrip(" ")[-1:]
            return head not in '.?!\n“"' or False
        return False

    def _vague(self, part: _Part) -> tuple[list[Figure], int]:
        """ "tens of thousands of dollars", "dozens of cities"."""
        text, number = self.text, part.number
        if text[number.start].isupper() and not self._opens_sentence(number.start):
            return [], number.end
        low, high = number.low, number.high
        of = re.compile(rf"{SPACE}of(?={SPACE})").match(text, number.end)
        if of is None:
            return [], number.end
        unit = read_unit(text, of.end())
        if unit and unit.end <= self.limit and unit.readings[0].kind not in ("ratio",) and len(unit.name) > 2:
            whole = _Part(number, part.start, unit.end, unit)
            return self._finished(whole, None, low, high)
        noun = counted(text, of.end(), single=False)
        if noun is None or noun[1] > self.limit:
            return [], number.end
        figure = self._figure("count", part.start, number.end, low or Decimal(0), number=number)
        hedge = hedge_before(text, part.start)
        return [
            replace(figure, value=None, low=low, high=high, counts=noun[0], hedge=hedge[0] if hedge else None)
        ], number.end

    def _feet_inches(self, part: _Part) -> tuple[list[Figure], int] | None:
        """ "6ft 2in", "5'11\"", "6 feet 2 inches", "6-foot-2", "7lb 4oz": one figure, in the smaller unit."""
        text, number = self.text, part.number
        if number.scaled or number.style != "digits":
            return None
        if part.unit is None or part.unit.name in ("'", "’", "′"):
            marks = _FEET_INCHES.match(text, number.end)
            if marks is None or number.value > 9 or int(marks[1]) > 11:
                return None
            inches = number.value * 12 + int(marks[1])
            return [self._figure("length", part.start, marks.end(), inches, unit="inch")], marks.end()
        small = _COMPOUNDS.get(part.unit.readings[0].unit) or next(
            (_COMPOUNDS[r.unit] for r in part.unit.readings if r.unit in _COMPOUNDS), None
        )
        if small is None:
            return None
        gap = re.compile(rf"(?:,?{SPACE}?(?:and{SPACE})?|-)(?=\d)").match(text, part.end)
        if gap is None or gap.end() >= self.limit:
            return None
        smaller = read_number(text, gap.end())
        if smaller is None or smaller.scaled or smaller.value >= small[1] or smaller.style == "malformed":
            return None
        unit = read_unit(text, smaller.end)
        named = unit is not None and (
            any(r.unit == small[0] for r in unit.readings)
            or text[smaller.end : unit.end].strip(" -.") in ("in", "ins", '"')
        )
        bare = part.unit.name in ("foot", "feet", "ft") and text[gap.start() : gap.end()] == "-" and unit is None
        inch_word = re.compile(rf"{SPACE}?in\b\.?").match(text, smaller.end) if small[0] == "inch" else None
        if not (named or bare or inch_word):
            return None
        end = unit.end if named and unit else inch_word.end() if inch_word else smaller.end
        value = number.value * small[1] + smaller.value
        kind: Kind = "length" if small[0] in ("inch", "foot") else "mass"
        figure = self._figure(kind, part.start, end, value, number=smaller, unit=small[0])
        hedge = hedge_before(text, part.start)
        return [replace(figure, hedge=hedge[0] if hedge else None)], end

    def _range(self, first: _Part) -> tuple[list[Figure], int] | None:
        """ "10-15 km", "between $10 and $12 million", "6 or 8 metres"; also scores and votes ("3-1")."""
        text = self.text
        link = _RANGE_LINK.match(text, first.end)
        if link is None or link.end() >= self.limit:
            return None
        word = link[1] or link[2]
        at = link.end()
        while at < len(text) and text[at] in "$£€¥":
            at += 1
        if at >= len(text) or not (text[at].isdigit() or opening().match(text, at)):
            return None
        second = self._part(at)
        if second is None or second.number.style in ("vague", "malformed"):
            return None
        one, two = first.number, second.number
        dashed = word is None
        if dashed and text[second.end : second.end + 1] in _DASHES and text[second.end + 1 : second.end + 2].isdigit():
            return [], self._run_end(first.start)  # 4-2-3-1, a phone number, a part number
        if dashed and first.unit is None and self._is_name(first) and one.style == "digits":
            return [], self._run_end(first.start)
        if dashed and not self._may_be_range(first, second):
            return self._score(first, second)
        hedge = hedge_before(text, first.start)
        start = hedge[1] if hedge else first.start
        previous = self._word_before(start).lower()
        if (
            word == "and"
            and previous not in ("between", "both")
            and (hedge is None or hedge[0].text.lower() != "between")
        ):
            return None
        if (
            word == "to"
            and previous in ("from",)
            and self._word_before(text.rfind("rom", 0, start) - 1).lower() not in _RANGING
        ):
            return self._from_to(first, second)
        if self._shares_scale(first, second):
            factor = _scale_of(two, text)
            one = one._replace(
                value=one.value * factor, fine=one.fine * factor, coarse=one.coarse * factor, scaled=True
            )
        if first.unit and second.unit and not _same_unit(first.unit, second.unit):
            return None
        if first.unit and not second.unit and first.unit.end > one.end:
            return None  # "rose 1.2 percent to 1,234": the level after a move
        unit = second.unit or first.unit
        if word == "or" and unit is None and counted(text, two.end, single=False) is None:
            return None
        if one.value >= two.value:
            if (
                not dashed
                and one.value > two.value
                and first.unit is None
                and two.value < 200
                and word == "to"
                and _SCORE_NEXT.match(text, two.end)
            ):
                return self._score(first, second)
            return None
        end = max(second.end, two.end)
        if second.unit is None and first.unit:
            end = two.end
        whole = _Part(two, first.start, end, unit._replace(end=end) if unit else None)
        return self._finished(whole, None, one.value, two.value, first=one)

    def _shares_scale(self, first: _Part, second: _Part) -> bool:
        """Whether "10" in "10 to 12 million" means ten million."""
        one, two = first.number, second.number
        if one.scaled or not two.scaled or (first.unit and first.unit.end > first.number.end):
            return False
        return one.value < two.value / _scale_of(two, self.text)

    def _may_be_range(self, first: _Part, second: _Part) -> bool:
        """Whether two numbers joined by a dash run upwards and are no score."""
        one, two = first.number, second.number
        if one.value >= two.value and not self._shares_scale(first, second):
            return False
        if first.unit or second.unit or two.scaled:
            return True
        if _SCORE_NEXT.match(self.text, two.end):
            return False
        if counted(self.text, two.end, single=False):
            return True
        return not _SCORE_WORDS.search(self.text, max(first.start - 80, 0), min(two.end + 20, len(self.text)))

    def _score(self, first: _Part, second: _Part) -> tuple[list[Figure], int] | None:
        """A score or a vote: two whole numbers that run downwards, or stand beside words for one."""
        one, two = first.number, second.number
        if first.unit or second.unit or one.scaled or two.scaled or one.style != "digits" or two.style != "digits":
            return None
        if one.fine != 1 or two.fine != 1 or one.value > 999 or two.value > 999:
            return [], two.end
        figure = self._figure("score", first.start, two.end, one.value)
        return [replace(figure, value=None, low=one.value, high=two.value)], two.end

    def _from_to(self, first: _Part, second: _Part) -> tuple[list[Figure], int] | None:
        """ "from 208 to 193 tonnes" is a change: two figures that share the unit."""
        one = first.number
        if first.unit is None and second.unit:
            if self._shares_scale(first, second):
                factor = _scale_of(second.number, self.text)
                one = one._replace(
                    value=one.value * factor, fine=one.fine * factor, coarse=one.coarse * factor, scaled=True
                )
            lone = _Part(one, first.start, first.end, second.unit._replace(end=first.end))
            before, _ = self._finished(lone, one.value, None, None)
            figures = [
                replace(figure, span=Span(figure.span.start, first.end), text=self.text[figure.span.start : first.end])
                for figure in before
            ]
            after, end = self._finished(second, second.number.value, None, None)
            return figures + after, end
        return None

    def _one_in(self, part: _Part) -> tuple[list[Figure], int] | None:
        """ "one in five", "six in 10", "nine out of 10": the ratio."""
        if part.unit or part.number.scaled:
            return None
        link = _ONE_IN.match(self.text, part.end)
        if link is None or link.end() >= self.limit:
            return None
        if not opening().match(self.text, link.end()):
            return None
        of = read_number(self.text, link.end())
        if (
            of is None
            or of.style in ("vague", "malformed", "fraction")
            or of.value <= part.number.value
            or of.end > self.limit
        ):
            return None
        whole_numbers = part.number.value == int(part.number.value) and of.value == int(of.value)
        if not whole_numbers or part.number.value > 99 or read_unit(self.text, of.end):
            return None
        if of.value > 1900 and not of.scaled and "," not in self.text[of.start : of.end]:
            return None
        ratio = part.number.value / of.value
        figure = self._figure("ratio", part.start, of.end, ratio)
        noun = counted(self.text, of.end, single=False)
        hedge = hedge_before(self.text, part.start)
        return [
            replace(
                figure,
                fine=1 / of.value,
                coarse=1 / of.value,
                counts=noun[0] if noun else None,
                hedge=hedge[0] if hedge else None,
            )
        ], of.end

    def _figure(
        self, kind: Kind, start: int, end: int, value: Decimal, *, number: Number | None = None, unit: str | None = None
    ) -> Figure:
        hedge: tuple[Hedge, int] | None = (
            hedge_before(self.text, start) if kind in ("ratio", "length", "mass") else None
        )
        return Figure(
            span=Span(start, end),
            text=self.text[start:end],
            kind=kind,
            value=value,
            unit=unit,
            fine=number.fine if number else Decimal(1),
            coarse=number.coarse if number else Decimal(1),
            hedge=hedge[0] if hedge else None,
        )


_RANGING = frozenset(["ranging", "ranged", "ranges", "range", "varying", "varied", "vary", "anywhere"])
_MEASURED_BY = frozenset(
    [
        "high",
        "tall",
        "long",
        "wide",
        "deep",
        "away",
        "above",
        "below",
        "tower",
        "wave",
        "waves",
        "wall",
        "fence",
        "pole",
        "hurdles",
        "sprint",
        "race",
        "freestyle",
        "butterfly",
        "breaststroke",
        "backstroke",
        "final",
        "finals",
        "relay",
        "steeplechase",
        "medley",
        "dash",
        "run",
        "from",
        "off",
        "behind",
        "north",
        "south",
        "east",
        "west",
        "down",
        "up",
        "underwater",
        "apart",
        "across",
        "square",
    ]
)
_NOT_NAMES = frozenset(
    [
        "The",
        "A",
        "An",
        "In",
        "On",
        "At",
        "By",
        "For",
        "From",
        "With",
        "To",
        "Of",
        "And",
        "But",
        "Or",
        "About",
        "Some",
        "Nearly",
        "Almost",
        "Over",
        "More",
        "Than",
        "Up",
        "As",
        "Since",
        "After",
        "Before",
        "Between",
        "Under",
        "Only",
        "Just",
        "At",
        "Least",
        "Around",
        "Roughly",
        "Another",
        "All",
        "Those",
        "These",
        "Of",
        "Its",
        "Their",
        "His",
        "Her",
        "Our",
        "Most",
        "Up",
        "I",
        "He",
        "She",
        "It",
        "They",
        "We",
    ]
)


def _bracketed(per: str) -> str:
    return f"({per})" if "/" in per or (" " in per and "**" not in per) else per


def _scale_of(number: Number, text: str) -> Decimal:
    """The factor that a number's scale word stands for, from the digits before it."""
    digits = re.compile(r"[\d,.]*\d").match(text, number.start)
    if digits is None:
        for word in ("trillion", "billion", "million", "thousand", "hundred"):
            if word in text[number.start : number.end].lower():
                return roles()["scale"].get(word) or Decimal(100)
        return Decimal(1)
    plain = Decimal(digits[0].replace(",", "")) if digits[0].count(".") <= 1 else Decimal(1)
    return number.value / plain if plain else Decimal(1)


def _same_unit(one: Measured, two: Measured) -> bool:
    return bool({reading.unit for reading in one.readings} & {reading.unit for reading in two.readings})

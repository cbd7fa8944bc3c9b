"""Reading at one place of a text: the words around it, and the number with its unit that stands there."""

from __future__ import annotations

from decimal import Decimal
from typing import NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Kind, Span
from checks.core.word_lists import words
from checks.extract.quantities.counts import counted, counted_singly
from checks.extract.quantities.hedges import hedge_after, hedge_before
from checks.extract.quantities.meanings import meant
from checks.extract.quantities.numbers import read_number
from checks.extract.quantities.numeric import SPACE, Number, resolution, roles
from checks.extract.quantities.units import PERIODS, Measured, read_rate, read_unit, sign_before, unit_called

DASHES = "-\u2010\u2011\u2012\u2013\u2014\u2212"
_RUN = lazy_pattern(r"[\w.,:/@#%&=+\-]*\w")
_WORD_BEFORE = lazy_pattern(r"([A-Za-z.&]+)[ \u00a0\u2009\u202f\n]$")
_WORD_AFTER = lazy_pattern(rf"(?:{SPACE}|-)([^\W\d_]+)")
_ONE_OF = lazy_pattern(rf"{SPACE}(?:of|another)\b")
_OF_ONE = lazy_pattern(rf"{SPACE}(?:of{SPACE})?an?{SPACE}")
_MINUS = lazy_pattern(rf"[Mm]inus(?:{SPACE}|-)$")
_BELOW_ZERO = lazy_pattern(rf"{SPACE}below{SPACE}(?:zero|freezing)\b")
_OF_THE = lazy_pattern(rf"{SPACE}(?:out{SPACE})?of{SPACE}(?:(?:the|its|their|his|her|our|all){SPACE})?(?=\d)")
_CAPITALISED = lazy_pattern(rf"{SPACE}((?:[A-Z][a-z]+{SPACE}?){{1,6}})")
_OPENERS = ".?!:;\n“\"‘'(—–-•*"


#: Kinds whose unit may stand apart from its number: "517 rushing yards", "50 previous years".
_SPELT_OUT = frozenset(("length", "area", "volume", "mass", "duration"))


class Part(NamedTuple):
    """A number with its unit: one end of a range, or the whole figure."""

    number: Number
    start: int
    end: int
    unit: Measured | None

    def times(self, factor: Decimal) -> Part:
        """The part under a scale word that stands behind another number: "10" in "10 to 12 million"."""
        number = self.number
        scaled = number._replace(
            value=number.value * factor, fine=number.fine * factor, coarse=number.coarse * factor, scaled=True
        )
        return self._replace(number=scaled)


class Cursor:
    """A text and the offset at which the next figure begins that is already read (``limit``)."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.limit = len(text)

    def word_before(self, at: int) -> str:
        """The word that ends right before the offset, with one space between; empty where there is none."""
        word = _WORD_BEFORE.search(self.text[max(at - 24, 0) : at])
        return word[1] if word else ""

    def opens_sentence(self, at: int) -> bool:
        """Whether a capital here is that of a sentence: after a full stop, a quotation mark or at a line's start."""
        head = self.text[max(at - 3, 0) : at].rstrip(" \u00a0")
        return not head or head[-1] in _OPENERS

    def is_titled(self, at: int) -> bool:
        """Whether the word here has a capital that no sentence gives it: part of a name ("Fantastic Four")."""
        return self.text[at].isupper() and not self.opens_sentence(at)

    def run_end(self, at: int) -> int:
        """Where the unbroken run of digits, letters and joints ends."""
        run = _RUN.match(self.text, at)
        return run.end() if run else at + 1

    def part(self, at: int) -> Part | None:
        """The number at the offset with the currency before it or the unit behind it."""
        text = self.text
        number = read_number(text, at)
        if number is None or number.end > self.limit > number.start:
            return None
        if at and text[at - 1] == "." and not text[at - 2 : at - 1].isalnum() and text[at : number.end].isdigit():
            decimals = "0." + text[at : number.end]  # ".22", as American copy has it
            fine, coarse = resolution(decimals)
            number = number._replace(start=at - 1, value=Decimal(decimals), fine=fine, coarse=coarse)
        if sign := sign_before(text, number.start):
            readings, start = sign
            return Part(number, start, number.end, Measured(readings, number.end, text[start : number.start].strip()))
        number = self._metres_or_million(number)
        if one := self.part_of_one(number):
            return one
        unit = read_unit(text, number.end) if number.end != self.limit or number.end == len(text) else None
        if unit and (unit.end > self.limit or (number.style == "fraction" and unit.readings[0].kind == "ratio")):
            unit = None
        return Part(number, number.start, unit.end if unit else number.end, unit)

    def part_of_one(self, number: Number) -> Part | None:
        """A fraction of one of a unit: "half a mile", "a third of an acre"; None for a share of anything else."""
        if number.style != "fraction" or number.value >= 1:
            return None
        link = _OF_ONE.match(self.text, number.end)
        unit = read_unit(self.text, link.end() - 1) if link else None
        if unit is None or unit.end > self.limit or unit.readings[0].kind not in _SPELT_OUT:
            return None
        return Part(number, number.start, unit.end, unit)

    def _metres_or_million(self, number: Number) -> Number:
        """A lone letter behind digits: "2m euros" are millions, "2m high" are metres, "5k run" is a distance."""
        if number.letter is None or self.text[number.letter] == "M":
            return number
        letter = self.text[number.letter]
        behind = read_unit(self.text, number.end)
        if behind is not None and behind.readings[0].kind in ("money", "mass", "energy"):
            return number  # "2m euros", "2.7m kg"
        factor = 1 / roles()["letter scale"][letter]
        plain = number._replace(
            end=number.letter,
            value=(number.value * factor).normalize(),
            fine=number.fine * factor,
            coarse=number.coarse * factor,
            scaled=False,
            letter=None,
        )
        noun = counted(self.text, number.end, single=False)
        if letter == "m":
            word = _WORD_AFTER.match(self.text, number.end)
            metres = word is not None and word[1].lower() in words("number_names.csv", "metres")
            return number if noun and not metres and self.text[number.end] != "-" else plain
        if letter in "kK":
            return number if noun or plain.value >= 20 else plain
        return number if letter in "bB" and noun else plain

    def finished(
        self, part: Part, *, low: Decimal | None = None, high: Decimal | None = None, first: Number | None = None
    ) -> Figure | None:
        """The figure of a part, or of a range from ``low`` to ``high``, with its unit, rate, noun and hedge.

        None where the number is a name after all ("Boeing 747").
        """
        number, end = part.number, part.end
        value = number.value if low is None else None
        kind: Kind = "number"
        unit: str | None = None
        units: tuple[str, ...] = ()
        counts: str | None = None
        scale = Decimal(1)
        if part.unit:
            reading, units = meant(self.text, Span(part.start, part.end), number, part.unit)
            kind, unit, scale = reading.kind, reading.unit or None, Decimal(reading.scale)
            end = self._doubled_currency(unit, end) if kind == "money" else end
            if kind not in ("ratio", "temperature", "percentage_point"):
                kind, unit, units, end = self._rated(kind, unit, units, end)
        elif (whole := self._of_whole(number)) and whole.unit:
            return self.finished(part._replace(unit=whole.unit._replace(end=end)), low=low, high=high, first=first)
        elif value == 1 and number.style == "words" and _ONE_OF.match(self.text, number.end):
            return None  # "one of the ..."
        elif self._is_listed(part):
            return None
        elif noun := self._counted(number, single=value == 1):
            if (last := unit_called(noun[0].rpartition(" ")[2])) and last[0].kind in _SPELT_OUT and " " in noun[0]:
                return self.finished(part._replace(unit=Measured(last, noun[1], noun[0]), end=noun[1]))
            counts, kind = noun[0], "count"
            if (rate := read_rate(self.text, noun[1])) and rate[0][0] in PERIODS and rate[1] <= self.limit:
                unit = f"1 / {rate[0][0]}"
        elif self.is_name(part):
            return None
        elif number.style == "digits" and (noun := counted_singly(self.text, number.end)) and noun[1] <= self.limit:
            counts, kind = noun[0], "count"
        elif (rate := read_rate(self.text, end)) and rate[0][0] in PERIODS and rate[1] <= self.limit:
            unit, end = f"1 / {rate[0][0]}", rate[1]
        if number.style == "fraction" and part.unit is None and not number.scaled and number.value < 1:
            kind, counts = "ratio", None
        start, value = self._signed(part, value, end)
        hedge = hedge_before(self.text, start)
        return Figure(
            span=Span(start, end),
            text=self.text[start:end],
            kind=kind,
            value=None if value is None else value * scale,
            low=None if low is None else low * scale,
            high=None if high is None else high * scale,
            unit=unit,
            units=units,
            fine=number.fine * scale,
            coarse=number.coarse * scale,
            fine_low=first.fine * scale if first else None,
            coarse_low=first.coarse * scale if first else None,
            counts=counts,
            hedge=hedge[0] if hedge else hedge_after(self.text, end),
        )

    def _signed(self, part: Part, value: Decimal | None, end: int) -> tuple[int, Decimal | None]:
        """Where the figure begins with its minus sign or word, and its value with the sign."""
        start = part.start
        if value is None:
            return start, value
        before = self.text[start - 1 : start]
        if before in ("-", "\u2212") and start and (start == 1 or self.text[start - 2] in " \u00a0(\n$£€"):
            return start - 1, -value
        if minus := _MINUS.search(self.text[max(start - 7, 0) : start]):
            return start - len(minus[0]), -value
        return start, -value if _BELOW_ZERO.match(self.text, end) else value

    def _doubled_currency(self, unit: str | None, end: int) -> int:
        """The end of a currency named twice: "$20 dollars"."""
        again = read_unit(self.text, end)
        same = again is not None and again.end <= self.limit and again.readings[0].unit == unit
        return again.end if again and same else end

    def _rated(
        self, kind: Kind, unit: str | None, units: tuple[str, ...], end: int
    ) -> tuple[Kind, str | None, tuple[str, ...], int]:
        """Kind, unit, candidates and end of the figure with what it is per: "$20 a barrel", "30 km per hour"."""
        rate = read_rate(self.text, end)
        if rate is None or rate[1] > self.limit:
            return kind, unit, units, end
        per, rate_end = rate
        if kind == "length" and per[0] in ("hour", "second", "minute"):
            kind = "speed"
        rated = tuple(f"{each} / {below}" for each in (units or (unit or "",)) for below in per)
        return kind, rated[0], rated if len(rated) > 1 else (), rate_end

    def _of_whole(self, number: Number) -> Part | None:
        """The whole in "61 of the 86 aid workers", "280 million of the 1.5 billion shekels"."""
        of = _OF_THE.match(self.text, number.end)
        return self.part(of.end()) if of and of.end() < self.limit else None

    def _counted(self, number: Number, *, single: bool) -> tuple[str, int] | None:
        """What the number counts and where the noun ends; in "61 of the 86 aid workers" the noun of the whole."""
        noun = counted(self.text, number.end, single=single)
        if noun is None and (whole := self._of_whole(number)):
            noun = counted(self.text, whole.end, single=False)
            noun = (noun[0], number.end) if noun else None
        return noun if noun and noun[1] <= self.limit else None

    def _is_listed(self, part: Part) -> bool:
        """A bare number behind a word that numbers things: "Section 4", "Boeing 747", "the S&P 500 companies"."""
        number = part.number
        if number.scaled or number.style in ("fraction", "vague"):
            return False
        previous = self.word_before(part.start)
        listed = words("number_names.csv", "before")
        return previous in listed or previous.rstrip(".") in listed

    def _is_model(self, number: Number) -> bool:
        """Whether a number before a capital looks like a type's: two to four digits, unbroken."""
        digits = self.text[number.start : number.end]
        return digits.isdigit() and 2 <= len(digits) <= 4

    def is_name(self, part: Part) -> bool:
        """A bare number that is part of a name, a place in a list or an address: "Falcon 9", "10 Downing Street"."""
        number = part.number
        if number.scaled or number.style == "fraction":
            return False
        if self._is_listed(part):
            return True
        follows = _CAPITALISED.match(self.text, number.end)
        if follows and follows.start(1) < self.limit and number.style == "digits" and self._is_model(number):
            return True  # "787 Dreamliner"
        if follows and not words("number_names.csv", "address").isdisjoint(follows[1].split()):
            return True
        if number.style == "words":
            group = self.word_before(part.start).lower() in ("top", "bottom")  # "the bottom three"
            return group or number.value == 1 or self.is_titled(number.start)
        previous = self.word_before(part.start)
        if self.text[part.start - 1 : part.start] == "(" and self.text[number.end : number.end + 1] == ")":
            previous = self.word_before(part.start - 1)  # a player's number
        if not previous[:1].isupper() or previous in words("number_names.csv", "no name"):
            return False
        if "." in self.text[number.start : number.end]:
            return False
        head = self.text[: part.start - len(previous) - 1].rstrip(" ")[-1:]
        return head not in '.?!\n“"'

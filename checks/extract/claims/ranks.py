"""Places in an order: "the second largest city in Ukraine", "Africa's most populous country", "Europe's largest".

Only what ``reference_data/rank_words.csv`` knows is read: companies, parties and ports have no table to be held
against.
"""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING

from checks.core.claims import Rank
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Name, Span
from checks.core.proper_names import names_in
from checks.core.rank_words import Thing, measures, orders, ordinals, regions, standings, things
from checks.core.word_tree import any_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from checks.extract.reading import Reading

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|\d{1,3})"
_COUNTED = lazy_pattern(rf"\b{_NUMBER}\s+(?:of\s+(?:the\s+)?)?$", re.IGNORECASE)
_ORDINAL_DIGITS = lazy_pattern(r"(?<![\w.,])(\d{1,3})(?:st|nd|rd|th)[\s-]+$")
_LOWER_OWNER = lazy_pattern(r"\b((?:euro |currency )?[a-z]+)['’]s\s+$")
_ITS = lazy_pattern(r"(?<![\w-])(its|Its)\s+$")
_THE = lazy_pattern(r"\b[Tt]he\s+(?:single\s+)?$")
_THE_BEFORE = lazy_pattern(r"\b[Tt]he\s+$")
_NOT_ALONE = lazy_pattern(
    r"\b(?:one of|among|some of|many of|most of|part of|(?:two|three|four|five|six|seven|eight|nine|ten|few) of|"
    r"rival|become|would be|will be|to be|not|once|formerly|former|perhaps|possibly|arguably|probably|like|"
    r"overtake|overtook|surpass|surpassed|passed|displaced|replaced|largely|far from)\s+$"
)
_COPULA = lazy_pattern(
    r"\b(is|are|remains|was|were|became|remained)\s+"
    r"(?:now\s+|still\s+|also\s+|already\s+|currently\s+|by far\s+|both\s+)?$"
)
_AFTER_RANK = lazy_pattern(
    r"\s+(?:that|to|after|outside|behind|excluding|without|yet|ever|not|by|still|under|whose|where|with|affected|hit|"
    r"among|apart|except|other|bar|since|for|based|per|east|west|north|south|northeast|northwest|southeast|southwest|"
    r"between|beyond|beneath|above|below|along|inside|wholly|entirely|fully|"
    r"(?:on|in) (?:the|its) (?:mainland|continental|"
    r"contiguous|north|south|east|west|northern|southern|eastern|western|interior|coast))\b"
)
# "mainland Australia's largest state": an order of a part that no table keeps.
_PART_BEFORE = lazy_pattern(
    r"\b(?:mainland|continental|contiguous|peninsular|metropolitan|north(?:ern|east|west)?|south(?:ern|east|west)?|"
    r"east(?:ern)?|west(?:ern)?|central|inland|rural|coastal)\s+$",
    re.IGNORECASE,
)
_AFTER_OK = lazy_pattern(r"\s+(?:after|behind|with|by (?!far|some|market|value|revenue|number))\b")
_BY = lazy_pattern(r"\s+(?:measured\s+)?(?:by|in terms of|in)\s+(?:its\s+)?([a-z]+(?: [a-z]+){0,2})")
_IN = lazy_pattern(r"\s+(?:in|on|of|within|across)\s+(?:all\s+(?:of\s+)?)?")
_WORLD = lazy_pattern(
    r"(?:(the)\s+)?((?:whole\s+|entire\s+)?(?:[Ww]orld|[Pp]lanet|[Ee]arth|globe|continent|country|nation|kingdom|"
    r"republic|euro zone|eurozone|euro area))\b"
)
# "the largest country in Europe," he said - "if one leaves Russia out": the copy itself sets another order.
_DATELINE = lazy_pattern(r"[A-Z][^\n]{1,70}?\s(?:--|[-–—])\s")
_QUALIFIED = lazy_pattern(
    r"\b(?:leav(?:es?|ing)\b[^.;]{0,40}\bout|exclud(?:es?|ed|ing)|apart from|not counting|"
    r"not including|discount(?:s|ing)|(?:entirely|wholly) (?:in|within)|if you count|depending on|"
    r"by some (?:measures|counts))\b"
)
# "the second-largest state" is of the country of its subject, "the largest ocean" of the world.
_NEED_NO_REGION = frozenset({"admin1", "ocean", "continent"})
_CLOSES = lazy_pattern(r"\s*(?:[,.;:!?)\]—–\"”]|-\s|--|$|\n)")
_WHICH = lazy_pattern(r",?\s+(?:which|that)\s*$")


@cache
def _superlative() -> re.Pattern[str]:
    words = sorted(orders(), key=len, reverse=True)
    standing = sorted(standings(), key=len, reverse=True)
    return re.compile(
        r"(?<![\w-])(?:"
        + "|".join(map(re.escape, words))
        + r")\b|(?<=[a-z]-)(?:"
        + "|".join(map(re.escape, words))
        + r")\b|(?<=['’]s )(?:"
        + "|".join(map(re.escape, standing))
        + r")\b(?![-'’])|(?<=\d(?:st|nd|rd|th)-)(?:"
        + "|".join(map(re.escape, words))
        + r")\b"
    )


def _superlatives(text: str) -> Iterator[re.Match[str]]:
    """The superlatives and standings in the text, in order."""
    end = 0
    for spot in _spotting().finditer(" " + text):
        match = _superlative().match(text, spot.start()) if spot.start() >= end else None
        if match:
            end = match.end()
            yield match


@cache
def _spotting() -> re.Pattern[str]:
    """The character before any of the words: the search leaps from the end of a word to the end of the next."""
    return re.compile(rf"\W(?={any_of([*orders(), *standings()])}\b)")


@cache
def _thing() -> re.Pattern[str]:
    words = sorted(things(), key=len, reverse=True)
    return re.compile(r"\s+(" + "|".join(map(re.escape, words)) + r")\b(?![-'’])")


@cache
def _thing_before() -> re.Pattern[str]:
    words = sorted(things(), key=len, reverse=True)
    return re.compile(r"(?:^|(?<=\s))(" + "|".join(map(re.escape, words)) + r")\s*$", re.IGNORECASE)


@cache
def _ordinal_before() -> re.Pattern[str]:
    return re.compile(r"\b(" + "|".join(ordinals()) + r")[\s-]+$", re.IGNORECASE)


def ranks(reading: Reading) -> Iterator[Rank]:
    """Claims that a place stands at a position in an order, in the order of the text."""
    text = reading.text
    for match in _superlatives(text):
        sentence = reading.segments.sentence(match.start())
        ranked = _Ranked(reading, sentence, match)
        rank = ranked.standing() if match[0] in standings() else ranked.rank()
        if rank is not None:
            yield rank


class _Ranked:
    """One superlative in its sentence."""

    def __init__(self, reading: Reading, sentence: Span, match: re.Match[str]) -> None:
        self.reading = reading
        self.text = reading.text
        self.sentence = sentence
        self.match = match
        self.order = match[0].replace("-", " ") if match[0] not in standings() else ""
        self.names = names_in(self.text, sentence)

    def standing(self) -> Rank | None:
        """ "Portugal's second city": a rank without a superlative, where it is said of a name."""
        what, position = standings()[self.match[0]]
        owner, start, _ = self._owner(self.match.start())
        end = self.match.end()
        if owner is None or start is None or self._is_one_of_several(start):
            return None
        subjects, certain = self._subjects(start, end, things()[what])
        if not certain:
            return None
        return self._made(position, Span(start, end), what, owner, subjects, None, certain=True)

    def _is_one_of_several(self, start: int) -> bool:
        before = self.text[max(start - 40, self.sentence.start) : start]
        return bool(_NOT_ALONE.search(before) or _COUNTED.search(before))

    def rank(self) -> Rank | None:
        """The claim, None where nothing is ranked that the tables could know."""
        position, start = self._position()
        owner, begins, bounded = self._owner(start)
        if not bounded or begins is None:
            return None
        start = begins
        if self._is_one_of_several(start) or _QUALIFIED.search(self.text, self.match.end(), self.sentence.end):
            return None
        thing, end = self._thing(self.match.end())
        if thing is None and owner is None and (people := self._people()):
            # "the most populous US state", "the second largest Ukrainian city"
            thing, end = self._thing(people.span.end)
            owner = people if thing else None
        if thing is None and not (owner or _CLOSES.match(self.text, end) or _IN.match(self.text, end)):
            return None
        by, end = self._measure(end)
        within, end = (owner, end) if owner else self._within(end)
        if within is None and not (thing and thing.kind in _NEED_NO_REGION and _CLOSES.match(self.text, end)):
            return None
        if by is None:
            by, end = self._measure(end)
        if (found := _AFTER_RANK.match(self.text, end)) and not (
            _AFTER_OK.match(self.text, end) and (position > 1 or found[0].strip() in {"with", "by"})
        ):
            return None
        if thing is None:
            return self._apposed(position, start, end, within, by) if within else None
        subjects, certain = self._subjects(start, end, thing)
        if not certain and (within is None or within.text.casefold() == "its"):
            # "the second-largest state", "its largest city": of whose, only a subject beside it can tell.
            return None
        return self._made(position, Span(start, end), thing.phrase, within, subjects, by, certain=certain)

    def _made(
        self,
        position: int,
        span: Span,
        what: str,
        within: Name | None,
        subjects: Sequence[Name],
        by: str | None,
        *,
        certain: bool,
    ) -> Rank:
        figures = tuple(each for each in self.reading.figures_in(span) if each.kind == "rank")
        world = within is not None and regions().get(within.text.casefold().removeprefix("the ")) == "world"
        return Rank(
            span=span,
            figures=figures[:1],
            position=position,
            order=self.order,
            what=what,
            within=None if world else within,
            subjects=tuple(subjects),
            by=by,
            certain=certain,
        )

    # The parts of the phrase

    def _position(self) -> tuple[int, int]:
        start = self.match.start()
        before = self.text[max(start - 16, self.sentence.start) : start]
        if found := _ordinal_before().search(before):
            return ordinals()[found[1].casefold()], start - len(before) + found.start()
        if found := _ORDINAL_DIGITS.search(before):
            return int(found[1]), start - len(before) + found.start()
        return 1, start

    def _owner(self, start: int) -> tuple[Name | None, int | None, bool]:
        """Whose order it is ("Ukraine's"), where the phrase begins, and whether it is "the" or an owner's."""
        before = self.text[max(start - 40, self.sentence.start) : start]
        offset = start - len(before)
        if found := _THE.search(before):
            return None, offset + found.start(), True
        if found := _ITS.search(before):
            first = offset + found.start(1)
            return Name(Span(first, first + 3), found[1]), first, True
        if found := _LOWER_OWNER.search(before):
            word = found[1]
            for phrase in (word, word.rpartition(" ")[2]):
                if regions().get(phrase, "?") != "?":
                    first = offset + found.start() + len(word) - len(phrase)
                    name = Name(Span(first, first + len(phrase)), phrase)
                    return name, self._with_article(first), True
            return None, None, False
        for name in self.names:
            gap = self.text[name.span.end : start]
            if 0 < len(gap) <= 4 and gap.strip() in {"'s", "’s", "'", "’"} and gap[-1].isspace():
                if _PART_BEFORE.search(self.text, max(name.span.start - 14, self.sentence.start), name.span.start):
                    return None, None, False
                return name, self._with_article(name.span.start), True
        if before.rstrip().endswith((",", "(", "–", "—", "-")) or not before.strip():
            return None, start, True
        return None, None, False

    def _with_article(self, start: int) -> int:
        found = _THE_BEFORE.search(self.text, max(start - 6, self.sentence.start), start)
        return found.start() if found else start

    def _thing(self, at: int) -> tuple[Thing | None, int]:
        found = _thing().match(self.text, at, self.sentence.end)
        return (things()[found[1]], found.end()) if found else (None, self.match.end())

    def _people(self) -> Name | None:
        at = self.match.end() + 1
        return next((name for name in self.names if name.span.start == at), None)

    def _measure(self, end: int) -> tuple[str | None, int]:
        """The measure that the copy names, as in "by area"."""
        if found := _BY.match(self.text, end, self.sentence.end):
            words = found[1].split()
            for length in range(len(words), 0, -1):
                phrase = " ".join(words[:length])
                if phrase in measures():
                    return measures()[phrase], found.start(1) + len(phrase)
        return None, end

    def _within(self, end: int) -> tuple[Name | None, int]:
        found = _IN.match(self.text, end, self.sentence.end)
        if not found:
            return None, end
        at = found.end()
        if world := _WORLD.match(self.text, at, self.sentence.end):
            if not world[1] and world[2].casefold() != "earth":
                return None, end
            phrase = world[2].split(" ", 1)[1] if world[2].startswith(("whole ", "entire ")) else world[2]
            return Name(Span(world.end() - len(phrase), world.end()), phrase), world.end()
        at = at + 4 if self.text.startswith("the ", at) else at
        for name in self.names:
            if name.span.start == at:
                rest = self.text[name.span.end : name.span.end + 2]
                return (None, end) if rest in {"'s", "’s"} else (name, name.span.end)
        return None, end

    # Who holds the place

    def _subjects(self, start: int, end: int, thing: Thing) -> tuple[tuple[Name, ...], bool]:
        """The names that may hold the place, and whether the copy says that they do."""
        if name := self._beside(start, thing):
            return (name,), True
        if earlier := self._apposed_noun(start, thing):
            return earlier, True
        if name := self._follows(end):
            return (name,), True
        found = self._copula(start, thing)
        if found is not None:
            return found
        return self._others(start, end), False

    def _beside(self, start: int, thing: Thing) -> Name | None:
        """The name in apposition before: "Kharkiv, the second largest city", "the X plant, Europe's largest"."""
        before = self.text[self.sentence.start : start].rstrip()
        if not before.endswith((",", "(", "–", "—", "--", " -")):
            return None
        stripped = before.rstrip(",(–—- ")
        at = self.sentence.start + len(stripped)
        if (found := _thing_before().search(stripped)) and things()[found[1].casefold()].kind == thing.kind:
            whole = self._name_ending(at)
            at = self.sentence.start + len(stripped[: found.start()].rstrip())
            return whole or self._name_ending(at)
        return self._name_ending(at)

    def _apposed_noun(self, start: int, thing: Thing) -> tuple[Name, ...]:
        """What "the plant, the largest nuclear power plant in Europe" has been called before in its paragraph."""
        before = self.text[self.sentence.start : start].rstrip()
        found = _thing_before().search(before.rstrip(",(–—- ")) if before.endswith((",", "(", "–", "—")) else None
        if not found or things()[found[1].casefold()].kind != thing.kind:
            return ()
        return self._named_earlier(thing, self.sentence.start + found.start())[0]

    def _name_ending(self, at: int) -> Name | None:
        return next((name for name in self.names if name.span.end == at), None)

    def _follows(self, end: int) -> Name | None:
        """The name in apposition after: "Ukraine's second-largest city, Kharkiv," or "city of Kharkiv"."""
        text = self.text
        for name in self.names:
            gap = text[end : name.span.start]
            if name.span.start < end or len(gap) > 12:
                continue
            if gap in {" ", " of ", " is "}:
                return name if text[name.span.end : name.span.end + 2] not in {"'s", "’s"} else None
            if gap in {", ", " (", " — ", " – ", " -- ", " - "}:
                return name if _CLOSES.match(text, name.span.end) else None
        return None

    def _copula(self, start: int, thing: Thing) -> tuple[tuple[Name, ...], bool] | None:
        """The subject of "X is the ..."; None where no such verb stands before."""
        before = self.text[self.sentence.start : start]
        found = _COPULA.search(before)
        if not found:
            return None
        certain = found[1] in {"is", "are", "remains"}
        head = before[: found.start()].rstrip()
        if which := _WHICH.search(head):
            head = head[: which.start()].rstrip()
            name = self._name_ending(self.sentence.start + len(head))
            return ((name,), certain) if name else (self._others(start, start), False)
        at = self.sentence.start + len(head)
        name = self._name_ending(at)
        if name is None and (noun := _thing_before().search(head)) and things()[noun[1].casefold()].kind == thing.kind:
            name = self._name_ending(self.sentence.start + len(head[: noun.start()].rstrip()))
        if name is not None:
            return (name,), certain
        first = self._opening() if head.endswith(",") else None
        if first is not None and first.span.end < at:
            return (first,), certain
        return self._others(start, start), False

    def _opening(self) -> Name | None:
        """The subject of "K2, at 8,611 metres, is ...": the name that opens the sentence, with a comma after it."""
        dateline = _DATELINE.match(self.text, self.sentence.start, self.sentence.end)
        start = dateline.end() if dateline else self.sentence.start
        for name in self.names:
            if name.span.start >= start:
                opens = not self.text[start : name.span.start].strip()
                return name if opens and self.text.startswith(",", name.span.end) else None
        return None

    def _others(self, start: int, end: int) -> tuple[Name, ...]:
        """Names near by of which one may be meant."""
        near = [name for name in self.names if not start <= name.span.start < end]
        return tuple(near[:8])

    def _apposed(self, position: int, start: int, end: int, within: Name, by: str | None) -> Rank | None:
        """ "the nuclear plant, Europe's largest": what is ranked stands before."""
        before = self.text[self.sentence.start : start].rstrip()
        if not before.endswith((",", "(", "–", "—", "--")) or not _CLOSES.match(self.text, end):
            return None
        stripped = before.rstrip(",(–—- ")
        found = _thing_before().search(stripped)
        if not found:
            return None
        thing = things()[found[1].casefold()]
        at = self.sentence.start + len(stripped)
        name = self._name_ending(at) or self._name_ending(self.sentence.start + len(stripped[: found.start()].rstrip()))
        subjects, thing = ((name,), thing) if name else self._named_earlier(thing, at)
        if thing.fuel == "?":
            return None
        return self._made(position, Span(start, end), thing.phrase, within, subjects, by, certain=bool(subjects))

    def _named_earlier(self, thing: Thing, at: int) -> tuple[tuple[Name, ...], Thing]:
        """The things of that kind that the paragraph has named before, the nearest first."""
        paragraph = self.reading.segments.paragraph(at)
        found: list[Name] = []
        for name in reversed(names_in(self.text, Span(paragraph.start, at))):
            after = _thing().match(self.text, name.span.end, at)
            named = things()[after[1]] if after else None
            if named is None and (inside := _thing_before().search(name.text)):
                named = things()[inside[1].casefold()]
            if named and named.kind == thing.kind:
                thing = named if thing.fuel == "?" else thing
                found.append(name)
        return tuple(found), thing

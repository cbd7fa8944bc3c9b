"""A figure and the names before it that it may measure: what the finders of areas and populations share."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from checks.core.claims import PlaceMeasure
from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Figure, Name, Span
from checks.core.proper_names import names_in
from checks.extract.around import HEDGES, PLACE_NOUN, between, names_before, unhyphenated
from checks.extract.clauses import Fence, antecedent, clause_subject, fence, opens_clause

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from checks.extract.reading import Reading

#: The hedges that may stand between a phrase and its figure.
SMALL = rf"{HEDGES}{{0,5}}$"
_LONGEST_GAP = 150
_PLACE_WORDS = lazy_pattern(rf"\b(?:[Tt]he|[Tt]his)\s+(?:world['’]s\s+)?(?:[^\W\d_]+[\s-])?{PLACE_NOUN}\b")
_DEFINITE = lazy_pattern(r"(?:,|\s[–—-]{1,2})\s+the\s")
_IN_IT = lazy_pattern(r",?\s+(?:in|of)\s+(?:the\s+)?(?:[^\W\d_]{2,12}ern\s+|central\s+|northeast\s+|the\s+)?")
_PREPOSED = lazy_pattern(
    r"\b(?:in|of|near|from|with|at|for|to|by|against|outside|across)\s+(?:the\s+)?(?:[^\W\d_]{2,12}ern\s+)?$"
)
_IT_BEHIND = lazy_pattern(r",\s+it\s(?:is|was|has|remains|ranks)\b")
_COORDINATED = lazy_pattern(r"(?P<and>,?\s+and)\s+(?:now\s|also\s)?(?:has|had|is|was|covers|spans|boasts|counts)\b")
_DASH = lazy_pattern(r"^\s?(?:[–—]|--?)")
_PRONOUN = lazy_pattern(r"[\s–—-]*(?P<word>Its|It)\b")


@dataclass(frozen=True)
class Candidate:
    """A name before the figure: the words from it to the figure, and the place that they speak of.

    ``hidden`` marks a name inside a phrase that another subject's verb follows: it is never beyond doubt.
    """

    number: int
    name: Name
    subject: Name
    gap: str
    lead: str
    hidden: bool = False

    @property
    def past_aside(self) -> str:
        """Of ", which spans half a continent, has " the last part: what the name's own clause goes on with."""
        return self.gap[max(self.gap.rfind(","), 0) :] if self.gap.startswith(",") else self.gap


@dataclass(frozen=True)
class Scene:
    """A figure (with its conversion) in its sentence."""

    reading: Reading
    figures: tuple[Figure, ...]
    end: int

    @property
    def figure(self) -> Figure:
        """The figure itself."""
        return self.figures[0]

    @property
    def text(self) -> str:
        """The copy's text."""
        return self.reading.text

    @property
    def start(self) -> int:
        """Where the figure begins."""
        return self.figure.span.start

    @cached_property
    def sentence(self) -> Span:
        """The sentence of the figure."""
        return self.reading.segments.sentence(self.start)

    @cached_property
    def before(self) -> tuple[Name, ...]:
        """The names before the figure, the nearest first; not the dateline's."""
        names = names_before(self.reading, self.start, self.sentence)
        dateline = self.reading.dateline
        return names if dateline is None else tuple(name for name in names if not dateline.covers(name.span))

    def head(self, reach: int) -> str:
        """The words of the sentence before the figure."""
        return self.text[max(self.sentence.start, self.start - reach) : self.start]

    @cached_property
    def fence(self) -> Fence | None:
        """The last phrase fenced off before the figure, with the subject that stands before it."""
        return fence(self.reading, self.sentence, self.start)

    def candidates(self, most: int = 4) -> Iterator[Candidate]:
        """The names before the figure with the words between, the nearest first.

        Past a fenced phrase ("Chad, which borders Sudan, covers") the verb belongs to the name before it.
        """
        text, fenced = self.text, self.fence
        finite = fenced is not None and fenced.finite
        if (coordinated := self._coordinated()) is not None:
            yield coordinated
        elif fenced is not None and finite and fenced.head is not None:
            # A dash closes a phrase as a comma does.
            yield self._leading(fenced.head, _DASH.sub(",", between(text, fenced.close, self.start), count=1))
        for number, name in enumerate(self.before[:most]):
            gap = between(text, name.span.end, self.start)
            if len(gap) > _LONGEST_GAP or not unhyphenated(text, name):
                return
            hidden = fenced is not None and name.span.end <= fenced.close and self._hidden(fenced, name)
            if hidden and finite and fenced is not None and fenced.head is not None:
                continue
            subject = self._first_of_pair(number)
            lead = text[max(self.sentence.start, subject.span.start - 60) : subject.span.start]
            yield Candidate(number, name, subject, gap, lead, hidden)

    def _coordinated(self) -> Candidate | None:
        """Of "X, at 100 sq km, is smaller than Y and has 2 million people" that X has them."""
        if not self.before:
            return None
        nearest = self.before[0]
        gap = between(self.text, nearest.span.end, self.start)
        told = _COORDINATED.match(gap)
        head = clause_subject(self.reading, self.sentence, nearest.span.start) if told else None
        return self._leading(head, gap[told.end("and") :]) if told and head is not None else None

    def _leading(self, head: Name, gap: str) -> Candidate:
        lead = self.text[max(self.sentence.start, head.span.start - 60) : head.span.start]
        return Candidate(0, head, head, gap, lead)

    def _hidden(self, fenced: Fence, name: Name) -> bool:
        if fenced.head is None:
            # Whose verb it is cannot be told: a name right before it may only end the phrase.
            return fenced.finite and name.span.end == fenced.close and not self.starts_clause(name)
        return fenced.head.span.end < name.span.start

    def measures(
        self,
        subjects: tuple[Name, ...],
        attribute: str,
        *,
        certain: bool,
        qualifier: str | None = None,
        loose: bool = False,
    ) -> PlaceMeasure:
        """The claim that the figure measures the first of the subjects."""
        first, last = subjects[0].span, self.figures[-1].span
        begin = max(first.start, self.sentence.start)  # what "its" stands for may be in the sentence before
        return PlaceMeasure(
            span=Span(min(self.start, begin), max(last.end, first.end)),
            figures=self.figures,
            figure=self.figure,
            subjects=subjects,
            attribute=attribute,
            qualifier=qualifier,
            certain=certain,
            loose=loose,
        )

    def described_by(self, candidate: Candidate) -> tuple[Name, bool]:
        """Of "X, a city of" or "Y in X is a city of" the place that is meant, and whether that is beyond doubt.

        "Sharing a border with X, the country of ..." may go on about another place: only "a" makes an apposition.
        """
        subject, gap, text = candidate.subject, candidate.gap, self.text
        sure = not self._places_between(candidate.number) and _DEFINITE.match(gap) is None
        if not gap[:1].isspace():
            return subject, sure
        earlier = self.before[candidate.number + 1 : candidate.number + 2]
        if earlier and _IN_IT.fullmatch(text[earlier[0].span.end : subject.span.start]):
            return earlier[0], sure
        return subject, sure and _PREPOSED.search(text[max(subject.span.start - 30, 0) : subject.span.start]) is None

    def starts_clause(self, name: Name) -> bool:
        """Whether the name is the subject of its clause, not part of another thing ("a fire in Portugal covers")."""
        return opens_clause(self.text, self.sentence.start, name)

    def pronoun(self) -> tuple[Name, str, bool] | None:
        """What "It" or "Its" at the start of the sentence stands for, the words from it to the figure, and whether
        the sentence before speaks of a place as such."""
        match = _PRONOUN.match(self.text, self.sentence.start, self.start)
        if match is None or self.start - match.end() > _LONGEST_GAP:
            return None
        found = antecedent(self.reading, self.sentence)
        if found is None:
            return None
        name, as_place = found
        owner = "'s" if match["word"] == "Its" else ""
        return name, owner + between(self.text, match.end(), self.start), as_place

    def owned(self, name: Name) -> bool:
        """Whether the name stands in the possessive."""
        return self.text[name.span.end : name.span.end + 1] in {"'", "’"}

    def description(self, *patterns: re.Pattern[str]) -> Name | None:
        """ "The country" as the subject of one of the patterns."""
        for match in _PLACE_WORDS.finditer(self.text, max(self.sentence.start, self.start - 110), self.start):
            gap = self.text[match.end() : self.start]
            if any(pattern.match(gap) for pattern in patterns):
                return Name(Span(*match.span()), match[0])
        return None

    def named_behind(self) -> Name | None:
        """The place of ", the Netherlands ..." or ", the country ..." right behind the figure."""
        if self.text[self.end : self.end + 1] != ",":
            return None
        name = self.name_at(self.end, {",", ", the"})
        if name is not None:
            return name
        match = _PLACE_WORDS.search(self.text, self.end + 1, min(self.end + 41, self.sentence.end))
        if match and not self.text[self.end + 1 : match.start()].strip():
            return Name(Span(*match.span()), match[0])
        return None

    def it_behind(self) -> Name | None:
        """What ", it is ..." right behind the figure stands for, where the sentence before speaks of a place."""
        if _IT_BEHIND.match(self.text, self.end) is None:
            return None
        found = antecedent(self.reading, self.sentence)
        return found[0] if found and found[1] else None

    def name_at(self, offset: int, gaps: set[str] | None = None) -> Name | None:
        """The name that begins at the offset, or behind one of the gaps."""
        names = names_in(self.text, Span(offset, max(offset, min(self.sentence.end, offset + 60))))
        if not names:
            return None
        gap = self.text[offset : names[0].span.start].strip()
        return names[0] if gap in (gaps or {""}) else None

    def _first_of_pair(self, number: int) -> Name:
        """Of "Athens, Georgia, has ..." the first name."""
        if number + 1 < len(self.before):
            earlier, name = self.before[number + 1], self.before[number]
            if self.text[earlier.span.end : name.span.start].strip(". ") == ",":
                return earlier
        return self.before[number]

    def _places_between(self, number: int) -> bool:
        return any(self.text[name.span.end : name.span.end + 1] in {",", "."} for name in self.before[:number])

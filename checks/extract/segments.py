"""Where paragraphs, sentences and quotations begin and end."""

from __future__ import annotations

from bisect import bisect_right
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from nupunkt import sent_spans

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Span

if TYPE_CHECKING:
    from collections.abc import Iterator

_PARAGRAPH_BREAK = lazy_pattern(r"\n[ \t\r\f\v\u00a0]*(?:\n[ \t\r\f\v\u00a0]*)+")
_QUOTE = lazy_pattern(r"[\"“”„«»]")
#: Characters; far more than any paragraph that an editor let stand.
_LONGEST_PARAGRAPH = 5_000
_end = attrgetter("end")


class Segments:
    """The parts of one text: paragraphs (between blank lines), sentences and quotations, read when asked for."""

    def __init__(self, text: str) -> None:
        self.text = text
        self._sentences: dict[int, list[Span]] = {}

    @cached_property
    def paragraphs(self) -> list[Span]:
        """The paragraphs, without the blank lines around them; copy without any is taken in pieces.

        No paragraph of a newspaper is as long as a piece: only copy that lost its breaks is cut, at the end of a
        sentence where there is one, so that no work on a paragraph grows with the length of such copy.
        """
        spans: list[Span] = []
        start = 0
        for gap in _PARAGRAPH_BREAK.finditer(self.text):
            if gap.start() > start:
                spans += self._pieces(start, gap.start())
            start = gap.end()
        if start < len(self.text):
            spans += self._pieces(start, len(self.text))
        return spans

    def _pieces(self, start: int, end: int) -> Iterator[Span]:
        while end - start > _LONGEST_PARAGRAPH:
            limit = start + _LONGEST_PARAGRAPH
            cut = max(self.text.rfind(mark, start + _LONGEST_PARAGRAPH // 2, limit) for mark in (". ", "\n"))
            cut = cut + 1 if cut > 0 else self.text.rfind(" ", start + 1, limit)
            cut = cut if cut > start else limit
            yield Span(start, cut)
            start = cut
        yield Span(start, end)

    @cached_property
    def _starts(self) -> list[int]:
        return [paragraph.start for paragraph in self.paragraphs]

    def paragraph_number(self, offset: int) -> int:
        """The index of the paragraph in which the offset stands."""
        return max(bisect_right(self._starts, offset) - 1, 0)

    def paragraph(self, offset: int) -> Span:
        """The paragraph in which the offset stands."""
        return self.paragraphs[self.paragraph_number(offset)]

    def sentences(self, paragraph: int) -> list[Span]:
        """The sentences of the numbered paragraph.

        A full stop before a small letter ends nothing: damaged copy has stray ones inside sentences.
        """
        if paragraph not in self._sentences:
            start, end = self.paragraphs[paragraph]
            spans: list[Span] = []
            for s, e in sent_spans(self.text[start:end]):
                first = self.text[start + s : start + e].lstrip()[:1]
                if spans and (first.islower() or not first):
                    spans[-1] = Span(spans[-1].start, start + e)
                else:
                    spans.append(Span(start + s, start + e))
            self._sentences[paragraph] = spans or [Span(start, end)]
        return self._sentences[paragraph]

    def sentence(self, offset: int) -> Span:
        """The sentence in which the offset stands."""
        spans = self.sentences(self.paragraph_number(offset))
        return spans[min(bisect_right(spans, offset, key=_end), len(spans) - 1)]

    def sentence_before(self, sentence: Span) -> Span | None:
        """The sentence before this one in the same paragraph, or the last of the paragraph before; None at the top."""
        number = self.paragraph_number(sentence.start)
        spans = self.sentences(number)
        earlier = bisect_right(spans, sentence.start, key=_end)
        if earlier:
            return spans[earlier - 1]
        return self.sentences(number - 1)[-1] if number else None

    @cached_property
    def quotations(self) -> list[Span]:
        """The stretches inside quotation marks, paragraph by paragraph.

        A quotation that is not closed runs to the end of its paragraph, as in speech that goes on in the next.
        """
        found: list[Span] = []
        for start, end in self.paragraphs:
            opened: int | None = None
            for mark in _QUOTE.finditer(self.text, start, end):
                at = mark.start()
                if self._opens(at, start, end):
                    if opened is not None:  # the speech went on in a new paragraph that the copy has lost
                        found.append(Span(opened, at))
                    opened = at
                elif opened is not None:
                    found.append(Span(opened, mark.end()))
                    opened = None
            if opened is not None:
                found.append(Span(opened, end))
        return found

    def _opens(self, at: int, start: int, end: int) -> bool:
        """Whether a quotation mark opens: curly ones say so, straight ones lean on the word behind them."""
        mark = self.text[at]
        if mark != '"':
            return mark in "“„«"
        before = self.text[at - 1] if at > start else " "
        behind = self.text[at + 1] if at + 1 < end else " "
        return (before.isspace() or before in "([—–-") and not behind.isspace()

    @cached_property
    def _quotation_starts(self) -> list[int]:
        return [span.start for span in self.quotations]

    def in_quotation(self, span: Span) -> bool:
        """Whether the span lies inside quotation marks."""
        at = bisect_right(self._quotation_starts, span.start) - 1
        return at >= 0 and self.quotations[at].covers(span)

"""One self-contained page: what to check, the story as printed with its figures marked, and what was checked."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any, NamedTuple

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup, escape

from checks.report import story, wording
from checks.report.pages import pages_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Claim, Entry

#: More copy than this (in characters) is not printed in one page: further stories show only what is flagged.
_MOST_COPY = 2_000_000
#: More documents than this, and those with no flag are listed by name only.
_MOST_WHOLE = 40
#: From so many flags on, the browser lays out only the cards in view.
_MANY = 200
#: Stories named in the contents at the top, the worst first.
_MOST_CONTENTS = 100
#: Rows of the tables of what was checked and what could not be.
_MOST_ROWS = 400


class _Bit(NamedTuple):
    """A piece of the story and its mark; ``begins`` and ``ends`` are set on the first and last piece of a flag."""

    text: str
    state: str = ""
    claim: str = ""
    begins: bool = False
    ends: bool = False
    closes: bool = False


class _Part(NamedTuple):
    """A stretch of the story: a paragraph, or what stands around a flag."""

    bits: list[_Bit]
    start: int


class _Row(NamedTuple):
    words: str
    check: str
    verdict: str
    says: str
    sources: list[str]


class _Missed(NamedTuple):
    words: str
    line: int
    why: str


class _Sheet(NamedTuple):
    """A document as the page shows it."""

    anchor: str
    entry: Entry
    name: str
    cards: dict[str, _Card]
    parts: list[_Part]
    marked: set[str]
    shortened: bool
    fits: list[_Row]
    fits_more: int
    missed: list[_Missed]
    missed_more: int


class _Card(NamedTuple):
    """One flag as its card shows it."""

    anchor: str
    number: int
    claim: Claim
    verdict: str
    says: str
    gets: str | None
    gap: str | None
    sources: list[str]


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:
    """The page in pieces, written as it is made."""
    style, script = _asset("report.css"), _asset("report.js")
    documents = [entry for entry in run["documents"] if entry["error"] is None]
    flagged = sorted((entry for entry in documents if wording.flags(entry)), key=_worst_first)
    clean = [entry for entry in documents if not wording.flags(entry)]
    shown = [*flagged, *clean] if len(documents) <= _MOST_WHOLE else flagged
    located = wording.all_flags(run)
    template = _environment().get_template("report.html.j2")
    parts = template.generate(
        run=run,
        n=wording.counts(run),
        line=wording.summary_line(run),
        style=Markup(style),  # noqa: S704 - our own files, no copy in them
        script=Markup(script),  # noqa: S704
        policy=_policy(style, script),
        unreadable=wording.unreadable(run),
        sheets=_sheets(shown, texts, wording.titles_of(run)),
        contents=[
            (f"d{at}", entry["headline"] or wording.path_of(entry), len(wording.flags(entry)))
            for at, entry in enumerate(flagged[:_MOST_CONTENTS], 1)
        ],
        listed=[] if len(documents) <= _MOST_WHOLE else clean,
        checks=sorted({claim["check"] for _, claim in located}),
        severities=[word for word in ("error", "warning") if any(word == c["severity"] for _, c in located)],
        quoted=any(claim["in_quotation"] for _, claim in located),
        pages=[page for page in pages_of(run) if page.summary],
        many=len(located) > _MANY,
    )
    buffer: list[str] = []
    size = 0
    for part in parts:
        buffer.append(part)
        size += len(part)
        if size > 1 << 16:
            yield "".join(buffer)
            buffer, size = [], 0
    yield "".join(buffer)


def _worst_first(entry: Entry) -> tuple[int, int]:
    severities = [claim["severity"] for claim in entry["claims"]]
    return -severities.count("error"), -severities.count("warning")


def _sheets(entries: list[Entry], texts: Mapping[str, str], titles: Mapping[str, str]) -> Iterator[_Sheet]:
    printed = 0
    for at, entry in enumerate(entries, 1):
        text = wording.text_of(entry, texts)
        sheet = _sheet(f"d{at}", entry, text, titles, whole=printed < _MOST_COPY)
        printed += sum(len(bit.text) for part in sheet.parts for bit in part.bits)
        yield sheet


def _sheet(anchor: str, entry: Entry, text: str | None, titles: Mapping[str, str], *, whole: bool) -> _Sheet:
    found = wording.flags(entry)
    fits = [claim for claim in entry["claims"] if claim["verdict"] == "supported"]
    missed = [figure for figure in entry["figures"] if not figure["checked"]]
    parts, shortened = _story(entry, text, found, whole=whole)
    return _Sheet(
        anchor=anchor,
        entry=entry,
        name=entry["headline"] or wording.path_of(entry),
        cards={
            claim["id"]: _card(f"{anchor}-{claim['id']}", n, entry, claim, titles) for n, claim in enumerate(found, 1)
        },
        parts=parts,
        marked={bit.claim for part in parts for bit in part.bits if bit.claim},
        shortened=shortened,
        fits=[
            _Row(
                wording.quoted_words(claim),
                claim["check"],
                claim["verdict"],
                claim["message"],
                wording.source_words(claim, titles),
            )
            for claim in fits[:_MOST_ROWS]
        ],
        fits_more=max(len(fits) - _MOST_ROWS, 0),
        missed=[_Missed(f["text"], f["line"], f["why_not"] or "No reason was given.") for f in missed[:_MOST_ROWS]],
        missed_more=max(len(missed) - _MOST_ROWS, 0),
    )


def _card(anchor: str, number: int, entry: Entry, claim: Claim, titles: Mapping[str, str]) -> _Card:
    return _Card(
        anchor=anchor,
        number=number,
        claim=claim,
        verdict=wording.VERDICT_WORDS[claim["verdict"]],
        says=wording.quoted_words(claim),
        gets=wording.expected_words(claim),
        gap=wording.gap_words(entry, claim),
        sources=wording.source_words(claim, titles),
    )


def _story(entry: Entry, text: str | None, found: list[Claim], *, whole: bool) -> tuple[list[_Part], bool]:
    """The story cut into marked bits, and whether it was shortened to what stands around its flags."""
    if not text:
        return [], False
    marks = sorted(story.marks(entry, found), key=lambda mark: mark.start)
    shortened = not whole or len(text) > story.LONGEST
    longest = max((mark.end - mark.start for mark in marks), default=0)
    stretches = []
    near = 0
    for start, end in story.windows(text, marks, whole=whole):
        while near < len(marks) and marks[near].start + longest < start:
            near += 1
        far = near
        while far < len(marks) and marks[far].start < end:
            far += 1
        stretches.append((start, list(story.pieces(text, marks[near:far], start, end))))
    ends: dict[str, story.Piece] = {}
    begins: dict[str, story.Piece] = {}
    for _, cut in stretches:
        for piece in cut:
            if piece.mark and piece.mark.claim:
                ends[piece.mark.claim["id"]] = piece
                begins.setdefault(piece.mark.claim["id"], piece)
    return [_Part([_bit(piece, begins, ends) for piece in cut], start) for start, cut in stretches], shortened


def _bit(piece: story.Piece, begins: dict[str, story.Piece], ends: dict[str, story.Piece]) -> _Bit:
    mark = piece.mark
    if mark is None or mark.state == "unchecked":
        return _Bit(piece.text)
    claim = mark.claim["id"] if mark.claim else ""
    return _Bit(
        piece.text,
        mark.state,
        claim,
        begins=begins.get(claim) is piece,
        ends=ends.get(claim) is piece,
        closes=piece.closes,
    )


def _inert(text: str) -> Markup:
    """Copy as HTML in which nothing acts: escaped, with characters that steer a line shown as labelled signs."""
    out = []
    for piece, name in wording.acting(str(text)):
        if name is None:
            out.append(escape(piece))
        else:
            out.append(Markup('<span class="sign" title="{}">{}</span>').format(name, piece))
    return Markup("").join(out)


@cache
def _asset(name: str) -> str:
    return resources.files("checks.report").joinpath(name).read_text("utf-8")


@cache
def _environment() -> Environment:
    environment = Environment(
        autoescape=True,
        loader=FunctionLoader(_asset),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inert"] = _inert
    environment.filters["plain"] = wording.one_line
    environment.globals.update(
        several=wording.several,
        path_of=wording.path_of,
        published=wording.published_words,
    )
    return environment


def _policy(style: str, script: str) -> str:
    """A content security policy under which only the page's own style and script count, whatever copy holds."""

    def digest(source: str) -> str:
        return "'sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode() + "'"

    return (
        f"default-src 'none'; style-src {digest(style)}; script-src {digest(script)}; "
        "base-uri 'none'; form-action 'none'"
    )

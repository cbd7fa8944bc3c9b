"""Text for a terminal: each flag with its line of copy, the working, the source and what to write instead."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any, NamedTuple

from checks.report import wording
from checks.report.wording import Claim, Entry, Figure, char_width, one_line, several, visible, width_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_DEFAULT_WIDTH = 100
_NARROWEST = 24
_TAB = "    "
_MOST_LINES = 4

_CODES = {"error": "1;31", "warning": "1;33", "frame": "34", "bold": "1", "good": "32", "dim": "2"}


class _Copy(NamedTuple):
    """A document as its flags need it: its entry, its lines where the text is at hand, its figures by their ids."""

    entry: Entry
    lines: list[str] | None
    figures: dict[str, Figure]
    titles: Mapping[str, str]


class _Paint:
    """Colour, where it is wanted. Nothing is said by colour alone."""

    def __init__(self, *, wanted: bool) -> None:
        self._wanted = wanted

    def __call__(self, text: str, style: str) -> str:
        return f"\x1b[{_CODES[style]}m{text}\x1b[0m" if self._wanted and text else text


def pieces(
    run: dict[str, Any], texts: Mapping[str, str], *, color: bool, width: int | None, concise: bool
) -> Iterator[str]:
    """The report in pieces: the flags, then what was checked, notes, unreadable files and the summary line."""
    paint = _Paint(wanted=color)
    if concise:
        yield from _concise(run, paint)
        return
    columns = max(width or _DEFAULT_WIDTH, _NARROWEST)
    wrap_at = columns if width else None
    for entry in run["documents"]:
        found = wording.flags(entry)
        text = wording.text_of(entry, texts) if found else None
        figures = {figure["id"]: figure for figure in entry["figures"]} if found else {}
        copy = _Copy(entry, None if text is None else text.split("\n"), figures, wording.titles_of(run))
        for claim in found:
            yield "\n".join(_flag(copy, claim, columns, wrap_at, paint)) + "\n\n"
    yield from _end(run, wrap_at, paint)


def _concise(run: dict[str, Any], paint: _Paint) -> Iterator[str]:
    for entry, claim in wording.all_flags(run):
        try_this = f" (try: {one_line(claim['suggestions'][0])})" if claim["suggestions"] else ""
        yield (
            f"{_place(entry, claim)}: {paint(claim['severity'], claim['severity'])} [{claim['check']}] "
            f"{one_line(claim['message'])}{paint(try_this, 'good')}\n"
        )
    for entry in wording.unreadable(run):
        yield f"{one_line(wording.path_of(entry))}: {paint('unreadable', 'error')}: {one_line(entry['error'])}\n"
    yield paint(wording.summary_line(run), "bold") + "\n"


def _place(entry: Entry, claim: Claim) -> str:
    return f"{one_line(wording.path_of(entry))}:{claim['line']}:{claim['column']}"


def _flag(copy: _Copy, claim: Claim, columns: int, wrap_at: int | None, paint: _Paint) -> list[str]:
    severity = claim["severity"]
    head = f"{severity}[{claim['check']}]"
    message = f"{head}: {one_line(claim['message'])}"
    out = [
        (paint(head, severity) + line[len(head) :]) if n == 0 and line.startswith(head) else line
        for n, line in enumerate(_wrapped(message, wrap_at, "  "))
    ]
    whole = copy.lines is None
    shown = claim["text"].split("\n") if copy.lines is None else copy.lines
    first = 1 if whole else claim["line"]
    last = first + claim["text"].count("\n")
    gutter = 1 if whole else len(str(last))
    out.append(f"{' ' * gutter}{paint('-->', 'frame')} {_place(copy.entry, claim)}")
    bar = f"{' ' * gutter} {paint('|', 'frame')}"
    out.append(bar)
    for number in range(first, min(last, first + _MOST_LINES - 1) + 1):
        line = shown[number - 1].rstrip("\r")
        marks = _marks(claim, copy.figures, number, line, whole=whole)
        words, under = _trimmed(line, marks, max(columns - gutter - 3, _NARROWEST - 8))
        label = " " if whole else str(number)
        out.append(f"{paint(f'{label:>{gutter}} |', 'frame')} {words}".rstrip())
        if under.strip():
            out.append(f"{bar} {paint(under, severity)}")
    if last - first >= _MOST_LINES:
        out.append(f"{bar} ... ({several(last - first + 1, 'line')})")
    out.append(bar)
    for label, words in _details(claim, copy.titles):
        lead = f"{' ' * gutter} = {label}: "
        wrapped = _wrapped(lead + words, wrap_at, " " * (gutter + 5))
        wrapped[0] = f"{' ' * gutter} {paint('=', 'frame')} {paint(label, 'bold')}{wrapped[0][len(lead) - 2 :]}"
        out += wrapped
    return out


def _details(claim: Claim, titles: Mapping[str, str]) -> Iterator[tuple[str, str]]:
    """What stands under the line of copy, in fixed order; labels that have nothing to say are left out."""
    if claim["in_quotation"]:
        yield "quotation", "a speaker says this; check with the speaker before changing it"
    if claim["working"]:
        yield "working", one_line(claim["working"])
    for source in wording.source_words(claim, titles):
        yield "source", one_line(source)
    if claim["suggestions"]:
        yield "suggestion", one_line(" / ".join(claim["suggestions"]))
    elif expected := wording.expected_words(claim):
        yield "expected", one_line(expected)
    if claim["slip"]:
        yield "slip", one_line(claim["slip"])
    yield "more", f"figurecheck explain {claim['check']} (the rule, and how to silence it)"


def _marks(
    claim: Claim, figures: dict[str, Figure], number: int, line: str, *, whole: bool
) -> list[tuple[int, int, str]]:
    """Ranges of a line to underline: figures with ^, the words between them with ~."""
    if whole:
        return [(0, len(line), "^")]
    start = claim["column"] - 1 if number == claim["line"] else 0
    spans = [figures[name] for name in claim["figures"] if name in figures]
    inside = [
        (start + span["start"] - claim["start"], start + span["end"] - claim["start"], "^")
        for span in spans
        if claim["start"] <= span["start"] and span["end"] <= claim["end"]
    ]
    if "\n" in claim["text"]:
        parts = claim["text"].split("\n")
        return [(start, start + len(parts[number - claim["line"]].rstrip("\r")), "^")]
    return [(start, start + len(claim["text"]), "~" if inside else "^"), *inside]


def _trimmed(line: str, marks: list[tuple[int, int, str]], columns: int) -> tuple[str, str]:
    """The line cut to the columns around its marks, and the line of signs that goes under it."""
    start, end = min(mark[0] for mark in marks), max(mark[1] for mark in marks)
    # Far away from the marks nothing can come into view: a line of many megabytes is not walked through.
    left, right = max(start - columns, 0), min(max(end, start + 1) + columns, len(line), start + 3 * columns)
    cells = [_cell(char) for char in line[left:right]]
    widths = [width_of(cell) for cell in cells]
    first, last = start - left, min(end - left, len(cells))
    room = columns - 2 * 3
    used = 0
    stop = first
    while stop < last and used + widths[stop] <= room:
        used += widths[stop]
        stop += 1
    cut_in_marks = stop < last
    before, after = first, stop
    while True:
        grown = False
        if before > 0 and used + widths[before - 1] <= room:
            before -= 1
            used += widths[before]
            grown = True
        if not cut_in_marks and after < len(cells) and used + widths[after] <= room:
            used += widths[after]
            after += 1
            grown = True
        if not grown:
            break
    signs = [" "] * len(cells)
    for mark_start, mark_end, sign in marks:
        for at in range(max(mark_start - left, 0), min(mark_end - left, len(cells))):
            signs[at] = sign
    ahead = "..." if left + before > 0 else ""
    behind = "..." if left + after < len(line) else ""
    copy = ahead + "".join(cells[before:after]) + behind
    under = " " * len(ahead) + "".join(
        sign * cell_width for sign, cell_width in zip(signs[before:after], widths[before:after], strict=True)
    )
    return copy, under.rstrip()


def _cell(char: str) -> str:
    if char == "\t":
        return _TAB
    shown = visible(char)
    if shown == char and not char.isascii() and char_width(char) == 0 and char != "\u00ad":
        return char
    return shown


def _wrapped(text: str, columns: int | None, indent: str) -> list[str]:
    """The text in lines of at most so many columns; words longer than a line are cut."""
    if columns is None or width_of(text) <= columns:
        return [text]
    lead = text[: len(text) - len(text.lstrip())]
    lines: list[str] = []
    line = lead
    empty = True
    for whole in text.split():
        word = whole
        while True:
            gap = "" if empty else " "
            if width_of(line) + len(gap) + width_of(word) <= columns:
                line += gap + word
                empty = False
                break
            if not empty:
                lines.append(line)
                line, empty = indent, True
                continue
            fits = max(_fitting(word, columns - width_of(line)), 1)
            if fits >= len(word):
                line += word
                empty = False
                break
            lines.append(line + word[:fits])
            line, word = indent, word[fits:]
    lines.append(line)
    return lines


def _fitting(word: str, columns: int) -> int:
    used = 0
    for at, char in enumerate(word):
        used += char_width(char)
        if used > columns:
            return at
    return len(word)


def _end(run: dict[str, Any], wrap_at: int | None, paint: _Paint) -> Iterator[str]:
    by_verdict: dict[str, Counter[str]] = {verdict: Counter() for verdict in wording.VERDICTS}
    for entry in run["documents"]:
        for claim in entry["claims"]:
            by_verdict[claim["verdict"]][claim["check"]] += 1
    labels = {
        "refuted": ("does not fit", "error"),
        "doubtful": ("may not fit", "warning"),
        "supported": ("fits", "good"),
        "not_enough_info": ("could not be decided", "dim"),
    }
    told = [verdict for verdict in wording.VERDICTS if by_verdict[verdict]]
    if told:
        yield paint("What was checked", "bold") + "\n"
        names = max(len(labels[verdict][0]) for verdict in told)
        digits = max(len(f"{by_verdict[verdict].total():,}") for verdict in told)
        for verdict in told:
            name, style = labels[verdict]
            checks = ", ".join(f"{check} {count:,}" for check, count in sorted(by_verdict[verdict].items()))
            line = f"  {name:<{names}}  {by_verdict[verdict].total():>{digits},}  {checks}"
            wrapped = _wrapped_keeping(line, wrap_at, names + digits + 6)
            wrapped[0] = f"  {paint(f'{name:<{names}}', style)}{wrapped[0][names + 2 :]}"
            yield "\n".join(wrapped) + "\n"
        yield "\n"
    notes = [(entry, note) for entry in run["documents"] for note in entry.get("notes", ())]
    if notes:
        yield paint("Notes", "bold") + "\n"
        for entry, note in notes:
            line = f"  {one_line(wording.path_of(entry))}: {one_line(note)}"
            yield "\n".join(_wrapped(line, wrap_at, "    ")) + "\n"
        yield "\n"
    bad = wording.unreadable(run)
    if bad:
        yield paint("Could not be read", "error") + "\n"
        for entry in bad:
            line = f"  {one_line(wording.path_of(entry))}: {one_line(entry['error'])}"
            yield "\n".join(_wrapped(line, wrap_at, "    ")) + "\n"
        yield "\n"
    for n, line in enumerate(_wrapped(wording.summary_line(run), wrap_at, "  ")):
        yield paint(line, "bold") + "\n" if n == 0 else line + "\n"


def _wrapped_keeping(line: str, columns: int | None, start: int) -> list[str]:
    """Wrap only what stands from ``start`` on, so that the columns before it stay."""
    if columns is None or len(line) <= columns:
        return [line]
    if columns - start < _NARROWEST:
        return [line[:start].rstrip(), *_wrapped("    " + line[start:], columns, "    ")]
    wrapped = _wrapped(" " * start + line[start:], columns, " " * start)
    return [line[:start] + wrapped[0][start:], *wrapped[1:]]

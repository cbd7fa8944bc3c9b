"""Markdown for a chat or a pull request: short, worst first within each story, and of a size that both accept."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING, Any

from checks.core.lazy_pattern import lazy_pattern
from checks.report import wording
from checks.report.wording import Located, one_line, several

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Claim, Entry

#: A comment on GitHub or GitLab holds 65,536 characters and more; what is beyond this is counted, not shown.
_ROOM = 60_000
_SIGNS = {"error": "\U0001f6d1", "warning": "\u26a0\ufe0f"}
_SPECIAL = lazy_pattern(r"([\\`*_{}\[\]<>#|~&!$])")


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """The report as Markdown."""
    flagged = wording.counts(run)["flagged"]
    title = f"{several(flagged, 'point')} to check" if flagged else "nothing to check"
    yield f"## figurecheck: {title}\n\n{wording.summary_line(run)}\n"
    bad = wording.unreadable(run)
    if bad:
        yield "\n### Could not be read\n\n"
        yield from (f"- {code(wording.path_of(entry))}: {escaped(entry['error'])}\n" for entry in bad[:100])
        if len(bad) > 100:
            yield f"- and {several(len(bad) - 100, 'more document')}\n"
    room = _ROOM
    left_out = 0
    for entry in run["documents"]:
        found = wording.worst_first(Located(entry, claim) for claim in wording.flags(entry))
        heading = _heading(entry) if found else ""
        for n, (_, claim) in enumerate(found):
            piece = (heading if n == 0 else "") + _flag(entry, claim, wording.titles_of(run))
            if len(piece) > room:
                left_out += len(found) - n
                room = 0
                break
            room -= len(piece)
            yield piece
    if left_out:
        yield f"\n...and {several(left_out, 'more flag')} in the full report.\n"
    yield from _end(run, room)


def _heading(entry: Entry) -> str:
    name = f"{escaped(entry['headline'])} ({code(wording.path_of(entry))})" if entry["headline"] else ""
    return f"\n### {name or code(wording.path_of(entry))}\n\n"


def _flag(entry: Entry, claim: Claim, titles: Mapping[str, str]) -> str:
    head = f"- {_SIGNS[claim['severity']]} **{claim['severity']}** {code(claim['check'])}, line {claim['line']}"
    lines = [f"{head}: **{escaped(claim['message'])}**"]
    says = f"Copy says {code(wording.quoted_words(claim))}"
    if gets := wording.expected_words(claim):
        says += f"; we get {code(gets)}"
    if gap := wording.gap_words(entry, claim):
        says += f"; gap {escaped(gap)}"
    lines.append(says)
    if claim["in_quotation"]:
        lines.append("In a quotation: ask the speaker before changing it")
    if claim["working"]:
        lines.append(f"Working: {escaped(claim['working'])}")
    lines += [f"Source: {escaped(source)}" for source in wording.source_words(claim, titles)]
    if claim["suggestions"]:
        lines.append(f"Could read {' or '.join(code(words) for words in claim['suggestions'])}")
    if claim["slip"]:
        lines.append(f"Likely slip: {escaped(claim['slip'])}")
    return "\n  - ".join(lines) + "\n"


def _end(run: dict[str, Any], room: int) -> Iterator[str]:
    passed = Counter(
        claim["check"] for entry in run["documents"] for claim in entry["claims"] if claim["verdict"] == "supported"
    )
    if passed:
        counts = ", ".join(f"{check} {count:,}" for check, count in sorted(passed.items()))
        yield f"\nChecked, and it fits: {passed.total():,} ({escaped(counts)}).\n"
    notes = [(entry, note) for entry in run["documents"] for note in entry.get("notes", ())]
    for n, (entry, note) in enumerate(notes):
        piece = f"{'' if n else chr(10)}- Note on {code(wording.path_of(entry))}: {escaped(note)}\n"
        room -= len(piece)
        if room < 0:
            yield f"- and {several(len(notes) - n, 'more note')}\n"
            break
        yield piece


def escaped(text: str) -> str:
    """Words as Markdown on one line, in which nothing is markup, a link, a mention or a formula."""
    plain = _SPECIAL.sub(r"\\\1", one_line(text))
    # A word joiner keeps "@name" and "#12" from calling somebody or linking an issue.
    plain = re.sub(r"@(?=\w)", "@\u2060", plain)
    plain = re.sub(r"#(?=\d)", "#\u2060", plain)
    return plain.replace("://", ":\\/\\/").replace("www.", "www\\.")


def code(text: str) -> str:
    """Words as a code span, whatever backticks they hold."""
    plain = one_line(text) or " "
    fence = "`" * (max((len(run) for run in re.findall(r"`+", plain)), default=0) + 1)
    pad = " " if plain.startswith("`") or plain.endswith("`") else ""
    return f"{fence}{pad}{plain}{pad}{fence}"

"""Workflow commands for GitHub Actions, which shows them as annotations beside the copy in a pull request."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.report import wording
from checks.report.region import region
from checks.report.wording import one_line, several

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Located

#: GitHub shows the first ten errors and the first ten warnings of a step, and passes over the rest in silence.
LIMIT = 10


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """Annotations, the worst first, ten of a kind; then the rest as lines of the log, so that nothing is lost."""
    located = wording.all_flags(run)
    bad = wording.unreadable(run)
    errors = [
        *(
            _command("error", one_line(entry["error"]), file=wording.path_of(entry), title="figurecheck: not read")
            for entry in bad
        ),
        *(_annotation(each) for each in located if each.claim["severity"] == "error"),
    ]
    warnings = [_annotation(each) for each in located if each.claim["severity"] == "warning"]
    yield from errors[:LIMIT]
    yield from warnings[:LIMIT]
    more = [("error", len(errors) - LIMIT), ("warning", len(warnings) - LIMIT)]
    for kind, count in more:
        if count > 0:
            words = f"{several(count, f'more {kind}')} than GitHub shows; the log of this step has all."
            yield _command("notice", words, title="figurecheck")
    if any(count > 0 for _, count in more):
        yield from (_log(f"{wording.path_of(entry)}: could not be read: {entry['error']}") for entry in bad)
        for entry, claim in wording.worst_first(located):
            place = f"{wording.path_of(entry)}:{claim['line']}:{claim['column']}"
            yield _log(f"{place}: {claim['severity']} [{claim['check']}] {claim['message']}")
    yield wording.summary_line(run) + "\n"


def _annotation(located: Located) -> str:
    entry, claim = located
    line, column, end_line, end_column = region(claim)
    message = claim["message"]
    if claim["working"]:
        message += f"\n{claim['working']}"
    if claim["suggestions"]:
        message += f"\nCould read: {' / '.join(claim['suggestions'])}"
    place = {"line": line, "endLine": end_line}
    if line == end_line:  # GitHub takes columns only for a single line
        place |= {"col": column, "endColumn": end_column}
    return _command(
        claim["severity"], message, file=wording.path_of(entry), title=f"figurecheck: {claim['check']}", **place
    )


def _command(name: str, message: str, **properties: str | int) -> str:
    order = ("file", "line", "endLine", "col", "endColumn", "title")
    given = ",".join(f"{key}={_property(str(properties[key]))}" for key in order if key in properties)
    return f"::{name} {given}::{_data(message)}\n"


def _data(text: str) -> str:
    """The escapes that the runner undoes in a message. Line breaks stay, other control characters become signs."""
    lines = (one_line(line) for line in text.splitlines())
    return "%0A".join(line.replace("%", "%25") for line in lines)


def _property(text: str) -> str:
    """The escapes that the runner undoes in a property."""
    return one_line(text).replace("%", "%25").replace(":", "%3A").replace(",", "%2C")


def _log(text: str) -> str:
    """A line of the log in which copy cannot give the runner a command: those start with :: or hold ##[."""
    return "- " + one_line(text).replace("##[", "# #[") + "\n"

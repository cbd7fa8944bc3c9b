"""JUnit's XML, for CI servers: a suite for each document and a test case for each claim."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET  # only written with, never parsed

from checks.report import wording
from checks.report.wording import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Claim, Entry


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """Flags are failures, claims that could not be decided are skipped, unreadable documents are errors."""
    total = run["summary"]
    bad = wording.counts(run)
    root = {
        "name": "figurecheck",
        "tests": str(total["claims"] + total["unreadable"]),
        "failures": str(bad["flagged"]),
        "errors": str(bad["unreadable"]),
    }
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    attributes = "".join(f' {key}="{value}"' for key, value in root.items())
    yield f"<testsuites{attributes}>\n"
    for entry in run["documents"]:
        suite = _suite(entry, wording.titles_of(run))
        ET.indent(suite, level=1)
        yield "  " + ET.tostring(suite, encoding="unicode") + "\n"
    yield "</testsuites>\n"


def _suite(entry: Entry, titles: Mapping[str, str]) -> ET.Element:
    unreadable = entry["error"] is not None
    suite = ET.Element(
        "testsuite",
        {
            "name": one_line(wording.path_of(entry)),
            "tests": str(len(entry["claims"]) + unreadable),
            "failures": str(len(wording.flags(entry))),
            "errors": str(int(unreadable)),
            "skipped": str(sum(not claim["severity"] and claim["verdict"] != "supported" for claim in entry["claims"])),
            "time": "0",
        },
    )
    if unreadable:
        case = ET.SubElement(suite, "testcase", {"classname": "read", "name": "The copy can be read", "time": "0"})
        ET.SubElement(case, "error", {"type": "unreadable", "message": one_line(entry["error"])})
    seen: Counter[tuple[str, str]] = Counter()
    for claim in entry["claims"]:
        # CI servers follow a case from run to run by its name: no line number in it, which edits would change.
        name = one_line(wording.quoted_words(claim))
        seen[claim["check"], name] += 1
        repeat = seen[claim["check"], name]
        case = ET.SubElement(suite, "testcase", _named(claim["check"], name if repeat == 1 else f"{name} ({repeat})"))
        _outcome(case, entry, claim, titles)
    return suite


def _named(check: str, name: str) -> dict[str, str]:
    return {"classname": check, "name": name, "time": "0"}


def _outcome(case: ET.Element, entry: Entry, claim: Claim, titles: Mapping[str, str]) -> None:
    if claim["severity"]:
        failure = ET.SubElement(case, "failure", {"type": claim["severity"], "message": one_line(claim["message"])})
        lines = [f"{wording.path_of(entry)}:{claim['line']}:{claim['column']}: {one_line(claim['message'])}"]
        if claim["working"]:
            lines.append(f"Working: {claim['working']}")
        lines += [f"Source: {source}" for source in wording.source_words(claim, titles)]
        if claim["suggestions"]:
            lines.append(f"Could read: {' / '.join(claim['suggestions'])}")
        if claim["slip"]:
            lines.append(f"Likely slip: {claim['slip']}")
        failure.text = "\n".join(visible(line) for line in lines)
    elif claim["verdict"] != "supported":
        ET.SubElement(case, "skipped", {"message": one_line(claim["message"])})

"""SARIF 2.1.0, for code scanning and editors: flags as results, checks as rules with their pages as help."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from checks.report import pages, wording
from checks.report.json import dumps
from checks.report.region import region
from checks.report.wording import one_line, visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from checks.report.wording import Claim, Entry

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

# What a URI holds as it is (RFC 3986); all else is written as bytes of UTF-8.
_UNRESERVED = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/")


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """The run as one SARIF log. Flags only: what fits is no result, and what was accepted earlier is left out."""
    located = wording.all_flags(run)
    rules = sorted({claim["check"] for _, claim in located})
    numbers = {check: n for n, check in enumerate(rules)}
    artifacts = {id(entry): n for n, entry in enumerate(run["documents"])}
    bad = wording.unreadable(run)
    titles = wording.titles_of(run)
    log = {
        "$schema": SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "figurecheck",
                        "version": run["tool"]["version"],
                        "shortDescription": {"text": "Checks the figures in news copy."},
                        "rules": [_rule(pages.page(check)) for check in rules],
                    }
                },
                "invocations": [
                    {
                        "executionSuccessful": not bad,
                        "toolExecutionNotifications": [
                            {
                                "level": "error",
                                "message": {"text": f"Could not be read: {visible(entry['error'])}"},
                                "locations": [
                                    {"physicalLocation": {"artifactLocation": _artifact(entry, artifacts[id(entry)])}}
                                ],
                            }
                            for entry in bad
                        ],
                    }
                ],
                "artifacts": [_file(entry) for entry in run["documents"]],
                "results": [
                    _result(entry, claim, numbers[claim["check"]], artifacts[id(entry)], titles)
                    for entry, claim in located
                ],
                "columnKind": "unicodeCodePoints",
                "properties": {"tables": run["tables"], "summary": run["summary"]},
            }
        ],
    }
    yield dumps(log, indent=2)
    yield "\n"


def _rule(about: pages.Page) -> dict[str, Any]:
    summary = about.summary or f"The check {about.check}."
    ending = f"Examples, and how to silence it: figurecheck explain {about.check}"
    return {
        "id": about.check,
        "name": "".join(word.capitalize() for word in about.check.split("_")),
        "shortDescription": {"text": summary},
        "fullDescription": {"text": " ".join((summary, *about.why))},
        "help": {
            "text": "\n\n".join((summary, *about.why, ending)),
            "markdown": "\n\n".join(
                (f"**{summary}**", *about.why, f"Examples, and how to silence it: `figurecheck explain {about.check}`")
            ),
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"tags": ["figures"]},
    }


def _file(entry: Entry) -> dict[str, Any]:
    file: dict[str, Any] = {"location": {"uri": uri(entry["path"])}}
    if entry["sha256"]:
        file["hashes"] = {"sha-256": entry["sha256"]}
    return file


def _artifact(entry: Entry, number: int) -> dict[str, Any]:
    return {"uri": uri(entry["path"]), "index": number}


def _result(entry: Entry, claim: Claim, rule: int, artifact: int, titles: Mapping[str, str]) -> dict[str, Any]:
    result: dict[str, Any] = {
        "ruleId": claim["check"],
        "ruleIndex": rule,
        "kind": "fail",
        "level": claim["severity"],
        "message": {"text": _message(claim, titles)},
        "locations": [
            {
                "physicalLocation": {
                    "artifactLocation": _artifact(entry, artifact),
                    "region": {**_region(claim), "snippet": {"text": claim["text"]}},
                }
            }
        ],
        # GitHub reads its own key, other programs any: both outlive edits elsewhere in the story.
        "partialFingerprints": {
            "figurecheck/v1": claim["fingerprint"],
            "primaryLocationLineHash": f"{claim['fingerprint']}:1",
        },
        "properties": {
            "verdict": claim["verdict"],
            "inQuotation": claim["in_quotation"],
            "expected": claim["expected"],
            "evidence": claim["evidence"],
        },
    }
    if fixes := _fixes(entry, claim, artifact):
        result["fixes"] = fixes
    return result


def _message(claim: Claim, titles: Mapping[str, str]) -> str:
    """The message with what a reader of code scanning needs to judge it, in plain sentences."""
    parts = [one_line(claim["message"])]
    if claim["working"]:
        parts.append(f"Working: {one_line(claim['working'])}")
    parts += [f"Source: {one_line(source)}" for source in wording.source_words(claim, titles)]
    if claim["suggestions"]:
        parts.append(f"Could read: {one_line(' / '.join(claim['suggestions']))}")
    if claim["slip"]:
        parts.append(f"Likely slip: {one_line(claim['slip'])}")
    # In SARIF's messages brackets make links and braces are places to fill in.
    return re.sub(r"([\\\[\]])", r"\\\1", "\n".join(parts)).replace("{", "{{").replace("}", "}}")


def _fixes(entry: Entry, claim: Claim, artifact: int) -> list[dict[str, Any]]:
    """One fix for each suggestion, where it is certain which figure it stands for; quotations are never changed."""
    found = wording.replacement(entry, claim)
    if found is None:
        return []
    figure, suggestions = found
    return [
        {
            "description": {"text": f"Write {one_line(words)}"},
            "artifactChanges": [
                {
                    "artifactLocation": _artifact(entry, artifact),
                    "replacements": [{"deletedRegion": _region(figure), "insertedContent": {"text": words}}],
                }
            ],
        }
        for words in suggestions
    ]


def _region(span: dict[str, Any]) -> dict[str, int]:
    line, column, end_line, end_column = region(span)
    return {"startLine": line, "startColumn": column, "endLine": end_line, "endColumn": end_column}


def uri(path: str | None) -> str:
    """A path as a URI reference: relative paths stay relative, all else that URIs reserve is escaped."""
    plain = (path or "stdin").replace("\\", "/")
    escaped = "".join(
        chr(byte) if chr(byte) in _UNRESERVED else f"%{byte:02X}" for byte in plain.encode("utf-8", "surrogatepass")
    )
    return "file://" + escaped if escaped.startswith("/") else escaped

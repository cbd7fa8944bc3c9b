"""The formats that other programs read: Markdown, CSV, SARIF, GitHub annotations, JUnit, rdjson."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from report_stories import claimed, hostile_report, lake_report, run_of, texts_of, three

from checks.core.model import Claim, Document, Expected, Figure, Finding, Span, Verdict
from checks.core.report import Report
from checks.report import pages, render
from checks.report.markdown import code, escaped
from checks.report.sarif import uri

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion


@pytest.fixture(autouse=True)
def _pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(
        pages, "page", lambda check: pages.Page(check, f"The rule of {check}.", ("The first reason.", "The second."))
    )


def hostile(name: str) -> str:
    report = hostile_report()
    return render(run_of(report), name, texts=texts_of(report))


def many(errors: int, warnings: int) -> dict[str, Any]:
    """The run of a story with so many flags."""
    text = "7 kg " * (errors + warnings)
    claims, figures = [], []
    for n in range(errors + warnings):
        number = Figure(span=Span(5 * n, 5 * n + 4), text="7 kg", kind="mass", value=Decimal(7), unit="kilogram")
        verdict = Verdict.DOUBTFUL if n < warnings else Verdict.REFUTED
        finding = Finding(claim=Claim(span=number.span, figures=(number,)), verdict=verdict, message=f"Flag {n}.")
        claims.append(claimed("measure", finding))
        figures.append(number)
    report = Report(document=Document(text=text, path="many.txt"), figures=tuple(figures), claims=tuple(claims))
    return run_of(report)


@pytest.mark.parametrize("name", ["markdown", "csv", "sarif", "github", "junit", "rdjson"])
def test_the_report(name: str, snapshot: SnapshotAssertion) -> None:
    run, texts = three()
    assert render(run, name, texts=texts) == snapshot


# Markdown


def test_markdown_of_hostile_copy_is_only_words() -> None:
    page = MarkdownIt("gfm-like", {"html": True, "linkify": False}).render(hostile("markdown"))
    allowed = {"h2", "h3", "p", "ul", "li", "strong", "code", "em"}
    assert set(re.findall(r"<\s*/?\s*([a-z0-9]+)", page)) <= allowed
    # No mention, no issue, no link that a site makes of bare words, outside of code.
    words = re.sub(r"<code>.*?</code>", "", page, flags=re.DOTALL)
    assert not re.search(r"@\w|#\d|https?://\w", words)


@given(st.text(max_size=40))
def test_markdown_words_come_out_as_they_went_in(words: str) -> None:
    parser = MarkdownIt("gfm-like", {"html": True, "linkify": False})
    page = parser.render("x" + escaped(words) + "x " + code(words))
    found = re.fullmatch(r"<p>(.*?) <code>(.*?)</code></p>\n", page, flags=re.DOTALL)
    assert found
    assert "<" not in found[1] + found[2]


def test_markdown_fits_into_a_comment() -> None:
    page = render(many(900, 900), "markdown")
    assert len(page) < 65_000
    more = re.search(r"\.\.\.and ([\d,]+) more flags in the full report", page)
    assert more
    assert page.count("\n- \U0001f6d1") + page.count("\n- \u26a0") + int(more[1].replace(",", "")) == 1800
    assert page.index("\U0001f6d1") < page.index("\u26a0") if "\u26a0" in page else True


# CSV


def test_csv_has_every_claim_and_every_unreadable_document() -> None:
    run, texts = three()
    rows = list(csv.DictReader(io.StringIO(render(run, "csv", texts=texts), newline="")))
    assert [row["verdict"] for row in rows] == [
        *(claim["verdict"] for entry in run["documents"] for claim in entry["claims"]),
        "unreadable",
    ]
    assert rows[0]["gap"] == "60.85 square miles more (10.5%)"
    assert rows[0]["published"] == "2025-03-05"


def test_csv_gives_a_spreadsheet_no_formula() -> None:
    finding = Finding(
        claim=Claim(span=Span(0, 4), figures=()),
        verdict=Verdict.REFUTED,
        message="+1",
        working="-2+3",
        slip="@SUM(A1)",
        suggestions=("=HYPERLINK(1)",),
    )
    report = Report(document=Document(text="\t=1+1", path="=x.txt"), claims=(claimed("measure", finding),))
    for page in (render(run_of(report), "csv"), hostile("csv")):
        for row in csv.reader(io.StringIO(page, newline="")):
            assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in row)


# SARIF: the parts of the OASIS schema that figurecheck writes, with everything closed

REGION = {
    "type": "object",
    "properties": {
        **{name: {"type": "integer", "minimum": 1} for name in ("startLine", "startColumn", "endLine", "endColumn")},
        "snippet": {"type": "object", "required": ["text"]},
    },
    "required": ["startLine", "startColumn", "endLine", "endColumn"],
    "additionalProperties": False,
}
WORDS = {
    "type": "object",
    "properties": {"text": {"type": "string"}, "markdown": {"type": "string"}},
    "required": ["text"],
}
ARTIFACT = {
    "type": "object",
    "properties": {"uri": {"type": "string", "format": "uri-reference"}, "index": {"type": "integer", "minimum": 0}},
    "required": ["uri", "index"],
    "additionalProperties": False,
}
RESULT = {
    "type": "object",
    "required": ["ruleId", "ruleIndex", "level", "message", "locations", "partialFingerprints"],
    "properties": {
        "ruleId": {"type": "string"},
        "ruleIndex": {"type": "integer", "minimum": 0},
        "kind": {"const": "fail"},
        "level": {"enum": ["error", "warning"]},
        "message": WORDS,
        "locations": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "properties": {
                    "physicalLocation": {
                        "type": "object",
                        "properties": {"artifactLocation": ARTIFACT, "region": REGION},
                        "additionalProperties": False,
                    }
                },
                "additionalProperties": False,
            },
        },
        "partialFingerprints": {"type": "object", "additionalProperties": {"type": "string"}},
        "properties": {"type": "object"},
        "fixes": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["artifactChanges"],
                "properties": {
                    "description": WORDS,
                    "artifactChanges": {
                        "type": "array",
                        "minItems": 1,
                        "items": {
                            "type": "object",
                            "required": ["artifactLocation", "replacements"],
                            "properties": {
                                "artifactLocation": ARTIFACT,
                                "replacements": {
                                    "type": "array",
                                    "minItems": 1,
                                    "items": {
                                        "type": "object",
                                        "required": ["deletedRegion"],
                                        "properties": {"deletedRegion": REGION, "insertedContent": WORDS},
                                        "additionalProperties": False,
                                    },
                                },
                            },
                            "additionalProperties": False,
                        },
                    },
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}
SARIF = {
    "type": "object",
    "required": ["$schema", "version", "runs"],
    "properties": {
        "$schema": {"type": "string"},
        "version": {"const": "2.1.0"},
        "runs": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["tool"],
                "properties": {
                    "tool": {
                        "type": "object",
                        "required": ["driver"],
                        "properties": {
                            "driver": {
                                "type": "object",
                                "required": ["name"],
                                "properties": {
                                    "name": {"type": "string"},
                                    "version": {"type": "string"},
                                    "shortDescription": WORDS,
                                    "rules": {
                                        "type": "array",
                                        "uniqueItems": True,
                                        "items": {
                                            "type": "object",
                                            "required": ["id", "help"],
                                            "properties": {
                                                "id": {"type": "string"},
                                                "name": {"type": "string", "pattern": "^[A-Z][A-Za-z]*$"},
                                                "shortDescription": WORDS,
                                                "fullDescription": WORDS,
                                                "help": WORDS,
                                                "defaultConfiguration": {"type": "object"},
                                                "properties": {"type": "object"},
                                            },
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                                "additionalProperties": False,
                            }
                        },
                        "additionalProperties": False,
                    },
                    "invocations": {
                        "type": "array",
                        "items": {"type": "object", "required": ["executionSuccessful"]},
                    },
                    "artifacts": {"type": "array", "uniqueItems": False, "items": {"type": "object"}},
                    "results": {"type": "array", "items": RESULT},
                    "columnKind": {"const": "unicodeCodePoints"},
                    "properties": {"type": "object"},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


def test_sarif_is_as_its_schema_says() -> None:
    run, texts = three()
    for log in (render(run, "sarif", texts=texts), hostile("sarif"), render(run_of(), "sarif")):
        jsonschema.Draft202012Validator(SARIF).validate(json.loads(log))


def test_sarif_speaks_of_flags_only_and_keeps_its_indices() -> None:
    run, _ = three()
    only = json.loads(render(run, "sarif"))["runs"][0]
    rules = only["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["conversion", "rank"]
    assert "The first reason.\n\nThe second." in rules[0]["help"]["text"]
    assert len(only["results"]) == 3
    for result in only["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        location = result["locations"][0]["physicalLocation"]["artifactLocation"]
        assert only["artifacts"][location["index"]]["location"]["uri"] == location["uri"]
    assert only["invocations"][0]["executionSuccessful"] is False
    notes = only["invocations"][0]["toolExecutionNotifications"]
    assert [note["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for note in notes] == [
        "copy/broken.docx"
    ]


def test_sarif_fixes_replace_the_very_figure() -> None:
    report = lake_report()
    lines = report.document.text.split("\n")
    fixes = {
        result["ruleId"] + str(n): result.get("fixes")
        for n, result in enumerate(json.loads(render(run_of(report), "sarif"))["runs"][0]["results"])
    }
    assert fixes["conversion2"] is None  # a quotation is never changed
    replacement = fixes["conversion0"][0]["artifactChanges"][0]["replacements"][0]
    region = replacement["deletedRegion"]
    assert region["startLine"] == region["endLine"]
    line = lines[region["startLine"] - 1]
    assert line[region["startColumn"] - 1 : region["endColumn"] - 1] == "640 square miles"
    assert replacement["insertedContent"]["text"] == "580 square miles"


@pytest.mark.parametrize(
    ("said", "suggested", "fits"),
    [
        ("640 square miles", "580 square miles", True),
        ("1 mile", "1.2 miles", True),
        ("5-mile", "3-mile", True),
        ("640 square miles", "about 580 square miles", False),
        ("640 square miles", "580 sq. mi", False),
        ("six miles", "5 miles", False),
        ("third", "second", True),
        ("third", "second largest", False),
        ("third largest", "second largest", True),
        ("third", "third", False),
    ],
)
def test_only_wordings_of_the_same_shape_are_written_over_a_figure(said: str, suggested: str, fits: bool) -> None:
    number = Figure(span=Span(0, len(said)), text=said, kind="length", value=Decimal(5), unit="mile")
    finding = Finding(
        claim=Claim(span=number.span, figures=(number,)),
        verdict=Verdict.REFUTED,
        message="No.",
        expected=Expected(value=1, unit="mile"),
        suggestions=(suggested,),
    )
    report = Report(
        document=Document(text=said, path="a.txt"), figures=(number,), claims=(claimed("measure", finding),)
    )
    assert ("fixes" in json.loads(render(run_of(report), "sarif"))["runs"][0]["results"][0]) is fits
    found = json.loads(render(run_of(report), "rdjson", texts={"a.txt": said}))["diagnostics"][0]
    assert ("suggestions" in found) is fits


def test_sarif_messages_hold_no_links() -> None:
    span = Span(0, 2)
    finding = Finding(claim=Claim(span=span, figures=()), verdict=Verdict.REFUTED, message="[here](http://evil) {0} \\")
    report = Report(document=Document(text="12", path="a.txt"), claims=(claimed("measure", finding),))
    result = json.loads(render(run_of(report), "sarif"))["runs"][0]["results"][0]
    assert result["message"]["text"] == r"\[here\](http://evil) {{0}} \\"


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("copy/a.txt", "copy/a.txt"),
        ("copy/a b#1?.txt", "copy/a%20b%231%3F.txt"),
        ("C:\\copy\\a.txt", "C%3A/copy/a.txt"),
        ("/srv/copy/ü.txt", "file:///srv/copy/%C3%BC.txt"),
        (None, "stdin"),
    ],
)
def test_uris(path: str | None, expected: str) -> None:
    assert uri(path) == expected


# GitHub


def undone(command: str) -> tuple[str, dict[str, str], str]:
    """A workflow command as GitHub's runner reads it."""
    found = re.fullmatch(r"::(\w+) (.*?)::(.*)", command)
    assert found
    properties = {}
    for pair in found[2].split(","):
        key, _, value = pair.partition("=")
        for escape, char in (("%3A", ":"), ("%2C", ","), ("%0A", "\n"), ("%25", "%")):
            value = value.replace(escape, char)
        properties[key] = value
    message = found[3].replace("%0A", "\n").replace("%25", "%")
    return found[1], properties, message


def test_github_annotations_are_worst_first_and_read_back() -> None:
    run, _ = three()
    lines = render(run, "github").splitlines()
    commands = [undone(line) for line in lines if line.startswith("::")]
    assert [name for name, _, _ in commands] == ["error", "error", "error", "warning"]
    assert commands[0][1]["file"] == "copy/broken.docx"
    assert commands[2] == (
        "error",
        {
            "file": "copy/lake.txt",
            "line": "7",
            "endLine": "7",
            "col": "10",
            "endColumn": "27",
            "title": "figurecheck: conversion",
        },
        "3 meters is 9.8 feet, not 30.\n3 m x 3.28084 = 9.84 ft; 30 is 204.8% more.\nCould read: 10 feet",
    )


def test_github_limits() -> None:
    lines = render(many(12, 11), "github").splitlines()
    names = [line.split(" ")[0] for line in lines if line.startswith("::")]
    assert names == ["::error"] * 10 + ["::warning"] * 10 + ["::notice"] * 2
    assert "2 more errors than GitHub shows" in "\n".join(lines)
    assert "1 more warning than GitHub shows" in "\n".join(lines)
    assert sum(line.startswith("- many.txt:1:") for line in lines) == 23
    exactly = render(many(10, 10), "github")
    assert "::notice" not in exactly
    assert "\n- " not in exactly


def test_github_obeys_nothing_in_copy() -> None:
    report = hostile_report()
    run = run_of(report)
    run["documents"] += [run["documents"][0]] * 30
    lines = render(run, "github").split("\n")
    commands = [line for line in lines if line.lstrip().startswith("::")]
    assert len(commands) == 11
    assert {undone(line)[0] for line in commands} == {"error", "notice"}
    assert not any("##[" in line for line in lines if not line.startswith("::"))
    assert not any("\r" in line for line in lines)


# JUnit


def test_junit_counts_are_those_of_its_cases() -> None:
    run, texts = three()
    for page in (render(run, "junit", texts=texts), hostile("junit"), render(many(3, 2), "junit")):
        root = ET.fromstring(page)  # noqa: S314 - our own
        assert root.tag == "testsuites"
        cases = root.findall("testsuite/testcase")
        assert int(root.attrib["tests"]) == len(cases)
        assert int(root.attrib["failures"]) == len(root.findall(".//failure"))
        assert int(root.attrib["errors"]) == len(root.findall(".//error"))
        for suite in root.findall("testsuite"):
            assert int(suite.attrib["tests"]) == len(suite.findall("testcase"))
            assert int(suite.attrib["failures"]) == len(suite.findall("testcase/failure"))
            assert int(suite.attrib["errors"]) == len(suite.findall("testcase/error"))
            assert int(suite.attrib["skipped"]) == len(suite.findall("testcase/skipped"))
            named = [(case.attrib["classname"], case.attrib["name"]) for case in suite.findall("testcase")]
            assert len(set(named)) == len(named)


# rdjson


def test_rdjson_counts_columns_in_bytes() -> None:
    text = "Größe: ünf\n東京 🚢 5 miles (99 km) weit"
    start = text.index("5 miles")
    miles = Figure(span=Span(start, start + 7), text="5 miles", kind="length", value=Decimal(5), unit="mile")
    km = Figure(span=Span(start + 9, start + 14), text="99 km", kind="length", value=Decimal(99), unit="kilometer")
    finding = Finding(
        claim=Claim(span=Span(start, start + 14), figures=(miles, km)),
        verdict=Verdict.REFUTED,
        message="5 miles is 8 km.",
        expected=Expected(value=8.05, unit="kilometer"),
        suggestions=("8 km",),
    )
    report = Report(
        document=Document(text=text, path="ü.txt"), figures=(miles, km), claims=(claimed("conversion", finding),)
    )
    found = json.loads(render(run_of(report), "rdjson", texts={"ü.txt": text}))["diagnostics"][0]
    raw = text.split("\n")[1].encode()

    def cut(span: dict[str, Any]) -> bytes:
        assert span["start"]["line"] == span["end"]["line"] == 2
        return raw[span["start"]["column"] - 1 : span["end"]["column"] - 1]

    assert cut(found["location"]["range"]) == b"5 miles (99 km"
    assert [(cut(each["range"]), each["text"]) for each in found["suggestions"]] == [(b"99 km", "8 km")]
    without = json.loads(render(run_of(report), "rdjson"))["diagnostics"][0]
    assert without["location"]["range"] == {"start": {"line": 2}, "end": {"line": 2}}
    assert "suggestions" not in without


def test_rdjson_uses_only_words_that_reviewdog_knows() -> None:
    run, texts = three()
    for page in (render(run, "rdjson", texts=texts), hostile("rdjson")):
        result = json.loads(page)
        assert set(result) == {"source", "diagnostics"}
        for each in result["diagnostics"]:
            assert set(each) <= {"message", "location", "severity", "code", "suggestions"}
            assert each["severity"] in {"ERROR", "WARNING"}
            assert set(each["location"]) <= {"path", "range"}


def test_every_format_names_the_same_flags() -> None:
    run, texts = three()
    messages = [claim["message"] for entry in run["documents"] for claim in entry["claims"] if claim["severity"]]
    for name in ("text", "json", "jsonl", "html", "csv", "sarif", "github", "junit", "rdjson", "markdown"):
        page = render(run, name, texts=texts)
        for message in messages:
            assert message in page, (name, message)

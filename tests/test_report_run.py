"""The report as a whole: its schema, its bytes, and what it costs to import."""

from __future__ import annotations

import json
import math
import subprocess
import sys
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from report_stories import claimed, hostile_report, lake_report, run_of, texts_of, three, unreadable_report

from checks.core.model import Claim, Document, Expected, Figure, Finding, Span, Verdict
from checks.core.report import Report
from checks.report import FORMATS, pages, render, run_entry, stream
from checks.report.json import schema

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(autouse=True, scope="module")
def _pages() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "page", lambda check: pages.Page(check, f"The rule of {check}.", ()))
        yield


def strict_schema() -> dict[str, Any]:
    """The schema with all objects closed, so that nothing is written that it does not describe."""
    closed = schema()
    for name, definition in closed["$defs"].items():
        if name != "span":  # mixed into figures and claims, which are closed themselves
            definition["unevaluatedProperties"] = False
    for part in (closed, closed["properties"]["tool"], closed["properties"]["tables"]):
        part["unevaluatedProperties"] = False
    return closed


def errors_in(run: dict[str, Any]) -> list[str]:
    validator = jsonschema.Draft202012Validator(strict_schema())
    return [f"{error.json_path}: {error.message}" for error in validator.iter_errors(run)]


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(schema())


@pytest.mark.parametrize("reports", [(), (lake_report(),), (hostile_report(),), (unreadable_report(),)])
def test_reports_are_as_the_schema_says(reports: tuple[Report, ...]) -> None:
    run = run_of(*reports)
    assert errors_in(run) == []
    assert errors_in(json.loads(render(run, "json"))) == []


def test_the_schema_refuses_what_is_wrong() -> None:
    def spoilt(**changes: Any) -> dict[str, Any]:
        run = json.loads(render(run_of(lake_report()), "json"))
        run["documents"][0]["claims"][0].update(changes)
        return run

    for changes in (
        {"verdict": "false"},
        {"verdict": "supported"},  # and still a severity
        {"severity": "loud"},
        {"expected": {"text": "May", "value": 1, "low": None, "high": None, "unit": None}},
        {"line": 0},
        {"surprise": 1},
    ):
        assert errors_in(spoilt(**changes)), changes


def test_readers_of_the_published_schema_meet_additions_calmly() -> None:
    run = run_of(lake_report())
    run["documents"][0]["claims"][0]["accepted"] = True
    jsonschema.Draft202012Validator(schema()).validate(run)


def test_the_summary_counts() -> None:
    run, _ = three()
    assert run["summary"] == {
        "documents": 3,
        "unreadable": 1,
        "figures": 16,
        "checked": 8,
        "claims": 6,
        "supported": 2,
        "doubtful": 1,
        "refuted": 2,
        "not_enough_info": 1,
    }


def test_stored_entries_make_the_same_report_as_fresh_ones() -> None:
    fresh = run_of(lake_report())
    stored = run_entry(
        json.loads(render(fresh, "json"))["documents"],
        version="0.1.0",
        tables_version="2026.11",
        tables_as_of="2026-11-22",
    )
    assert render(stored, "json") == render(fresh, "json")


@pytest.mark.parametrize("name", FORMATS)
def test_the_same_run_gives_the_same_bytes(name: str) -> None:
    (one, texts), (two, _) = three(), three()
    assert render(one, name, texts=texts) == render(two, name, texts=texts) == "".join(stream(one, name, texts=texts))


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_an_empty_run_and_one_without_texts(name: str) -> None:
    assert render(run_of(), name) is not None
    run, _ = three()
    assert render(run, name)


def test_a_format_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="there is no report format 'pdf'; there are text, json"):
        render(run_of(), "pdf")


def test_numbers_that_are_not_finite_become_null() -> None:
    number = Figure(span=Span(0, 3), text="1e9", kind="number", value=Decimal("Infinity"), low=Decimal("NaN"))
    finding = Finding(
        claim=Claim(span=Span(0, 3), figures=(number,)),
        verdict=Verdict.DOUBTFUL,
        message="Too large to say.",
        expected=Expected(value=math.inf, low=math.nan, unit="meter"),
    )
    report = Report(document=Document(text="1e9"), figures=(number,), claims=(claimed("measure", finding),))
    run = run_of(report)
    assert errors_in(run) == []
    text = render(run, "json")
    assert "Infinity" not in text
    assert "NaN" not in text
    for name in FORMATS:
        assert render(run, name)


def test_json_lines_are_documents_that_stand_alone() -> None:
    run, _ = three()
    lines = render(run, "jsonl").splitlines()
    found = [json.loads(line) for line in lines]
    assert [
        {key: value for key, value in line.items() if key not in {"schema", "tool", "tables"}} for line in found
    ] == (run["documents"])
    assert {line["schema"] for line in found} == {"figurecheck/report/1"}
    assert {line["tables"]["as_of"] for line in found} == {"2026-11-22"}


def test_json_holds_no_raw_characters_that_act() -> None:
    text = render(run_of(hostile_report()), "json")
    assert not set(text) & set("\x00\x1b\x07\x9b\u202e\u2066\u2028\ud800")
    assert json.loads(text)["documents"][0]["headline"] == hostile_report().document.headline


@pytest.mark.parametrize(
    ("name", "banned"),
    [
        ("text", {"jinja2", "rich", "importlib.metadata", "checks.core.registry", "checks.report.html"}),
        ("json", {"jinja2", "rich", "checks.core.registry"}),
        ("html", {"rich", "pint", "sqlalchemy", "prefect", "pandas"}),
    ],
)
def test_a_format_imports_only_what_it_needs(name: str, banned: set[str]) -> None:
    script = (
        "import sys; from checks.report.wording import several; import importlib; "
        f"importlib.import_module('checks.report.{name}'); print(*sys.modules)"
    )
    # The package checks itself may import more; what counts is what the format adds to it.
    before = set(_modules("import sys, checks; print(*sys.modules)"))
    assert not (set(_modules(script)) - before) & banned


def _modules(script: str) -> Iterator[str]:
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    yield from done.stdout.split()


anything = st.text(st.characters(codec=None), max_size=60)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=anything.filter(bool), words=anything, data=st.data())
def test_any_unicode_gets_through_every_format(text: str, words: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    span = Span(start, end)
    number = Figure(span=span, text=span.of(text), kind="length", value=Decimal("1E+40"), unit="meter")
    finding = Finding(
        claim=Claim(span=span, figures=(number,)),
        verdict=Verdict.REFUTED,
        message=words or "-",
        working=words,
        slip=words,
        expected=Expected(value=2.5, unit="meter"),
        suggestions=(words,),
    )
    report = Report(
        document=Document(text=text, path="x" + words, headline=words),
        figures=(number,),
        claims=(claimed("measure", finding),),
        notes=(words,),
    )
    bad = Report(document=Document(text="", path=words), error=words)
    run = run_of(report, bad)
    for name in FORMATS:
        for texts in (texts_of(report), {}):
            render(run, name, texts=texts, width=data.draw(st.integers(1, 120))).encode("utf-8")
    render(run, "text", concise=True)


def test_sources_are_named_by_their_titles() -> None:
    report = lake_report()
    run = run_entry(
        [report],
        version="0.1.0",
        tables_version="2026.11",
        tables_as_of="2026-11-22",
        source_title={"veridia_census": "Census of Veridia", "unused": "Nothing"}.get,
    )
    assert run["tables"]["sources"] == {"veridia_census": "Census of Veridia"}
    assert errors_in(run) == []
    for name in ("text", "html", "markdown", "csv", "sarif", "junit"):
        page = render(run, name, texts=texts_of(report))
        assert "Census of Veridia, as of 2021" in page, name
        assert "veridia_census, as of" not in page, name

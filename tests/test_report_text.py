"""The text report: whole pages by snapshot, and the caret always under its figure."""

from __future__ import annotations

import re
import time
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_stories import claimed, hostile_report, run_of, texts_of, three

from checks.core.model import Claim, Document, Figure, Finding, Span, Verdict
from checks.core.report import Report
from checks.report import render
from checks.report.wording import amount_words, unit_words, width_of

if TYPE_CHECKING:
    from syrupy.assertion import SnapshotAssertion

ACTING = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
ANSI = re.compile(r"\x1b\[[\d;]*m")


@pytest.mark.parametrize("width", [None, 60, 30])
def test_the_report(snapshot: SnapshotAssertion, width: int | None) -> None:
    run, texts = three()
    assert render(run, "text", texts=texts, width=width) == snapshot


def test_concise_lines(snapshot: SnapshotAssertion) -> None:
    run, texts = three()
    assert render(run, "text", texts=texts, concise=True) == snapshot


def test_without_the_text_the_words_of_the_claim_stand_alone(snapshot: SnapshotAssertion) -> None:
    run, _ = three()
    assert render(run, "text") == snapshot


def test_nothing_hangs_on_colour() -> None:
    run, texts = three()
    for concise in (False, True):
        coloured = render(run, "text", texts=texts, width=80, color=True, concise=concise)
        assert "\x1b[1;31m" in coloured
        assert ANSI.sub("", coloured) == render(run, "text", texts=texts, width=80, concise=concise)


def test_the_summary_line_of_one_story() -> None:
    run, _ = three()
    one = run_of()
    assert render(one, "text").endswith("0 figures found, 0 checked, 0 not checkable, 0 flagged in 0 documents.\n")
    assert "16 figures found, 8 checked, 8 not checkable, 3 flagged in 2 documents; 1 document could not be read." in (
        render(run, "text")
    )


def story_with(text: str, start: int, end: int) -> Report:
    span = Span(start, end)
    number = Figure(span=span, text=span.of(text), kind="number", value=Decimal(1))
    finding = Finding(claim=Claim(span=span, figures=(number,)), verdict=Verdict.REFUTED, message="That cannot be.")
    return Report(document=Document(text=text, path="s.txt"), figures=(number,), claims=(claimed("measure", finding),))


def pointed_at(text: str, start: int, end: int, width: int = 100) -> str:
    """What stands above the carets, told by columns of a terminal."""
    report = story_with(text, start, end)
    lines = render(run_of(report), "text", texts=texts_of(report), width=width).split("\n")
    at = next(n for n, line in enumerate(lines) if line.strip(" |^") == "" and "^" in line)
    assert all(width_of(line) <= max(width, 24) for line in lines[at - 2 : at + 1])
    left, right = lines[at].index("^"), lines[at].rindex("^") + 1
    column, above = 0, ""
    for char in lines[at - 1]:
        if left <= column < right or (width_of(char) == 0 and left < column <= right):
            above += char
        column += width_of(char)
    return above


@pytest.mark.parametrize(
    ("before", "figure", "after"),
    [
        ("It rose ", "46 miles", " in a day."),
        ("\tindented\t", "46 miles", ""),
        ("東京から大阪まで", "400キロ", "です。"),
        ("Cafe\u0301 de\u0301ja\u0300 vu ", "12 km", " on"),
        ("\U0001f6a2 ferry ", "99 cars", " \U0001f6a2"),
        ("x" * 5000 + " ", "46 miles", " " + "y" * 5000),
        ("first line\nsecond ", "46 miles", " end\nthird"),
        ("windows\r\nlines ", "46 miles", "\r\nend"),
        ("", "7", ""),
    ],
)
@pytest.mark.parametrize("width", [24, 40, 100])
def test_the_caret_is_under_the_figure(before: str, figure: str, after: str, width: int) -> None:
    assert pointed_at(before + figure + after, len(before), len(before) + len(figure), width) == figure


plain = st.text(st.characters(categories=["L", "Nd", "Zs", "So"], exclude_characters="\u00a0"), max_size=80)


@given(before=plain, after=plain, width=st.integers(30, 120))
def test_the_caret_is_under_the_figure_in_any_script(before: str, after: str, width: int) -> None:
    assert pointed_at(before + "31 km" + after, len(before), len(before) + 5, width) == "31 km"


def test_a_figure_wider_than_the_page_is_cut() -> None:
    report = story_with("a " + "1" * 500 + " b", 2, 502)
    lines = render(run_of(report), "text", texts=texts_of(report), width=40).split("\n")
    assert all(width_of(line) <= 40 for line in lines)
    assert any(line.endswith("...") for line in lines)


def test_a_claim_over_several_lines_shows_each() -> None:
    text = "It is 12\nmiles (19\nkm) long."
    report = story_with(text, 6, 24)
    shown = render(run_of(report), "text", texts=texts_of(report))
    assert "1 | It is 12\n  |       ^^\n2 | miles (19\n  | ^^^^^^^^^\n3 | km) long.\n  | ^^" in shown


def test_a_line_of_megabytes_is_quick() -> None:
    text = "word " * 2_000_000 + "5 miles" + " word" * 2_000_000
    report = story_with(text, 10_000_000, 10_000_007)
    run = run_of(report)
    began = time.perf_counter()
    render(run, "text", texts=texts_of(report), width=80)
    assert time.perf_counter() - began < 2


def test_copy_cannot_act_on_the_terminal(snapshot: SnapshotAssertion) -> None:
    report = hostile_report()
    run = run_of(report)
    for concise in (False, True):
        for texts in (texts_of(report), {}):
            shown = render(run, "text", texts=texts, concise=concise)
            assert not ACTING.search(shown)
            # A message with a line break in it stays one finding: nothing of it starts a line.
            assert not any(line.startswith("::") for line in shown.splitlines())
    assert render(run, "text", texts=texts_of(report)) == snapshot


@pytest.mark.parametrize(
    ("unit", "words"),
    [
        ("kilometer ** 2", "square kilometers"),
        ("mile ** 2", "square miles"),
        ("foot", "feet"),
        ("meter ** 3", "cubic meters"),
        ("mile / hour", "miles per hour"),
        ("kilogram / meter ** 3", "kilograms per cubic meter"),
        ("degree_Celsius", "degrees Celsius"),
        ("kilowatt * hour", "kilowatt hours"),
        ("USD", "USD"),
        ("count", ""),
        ("1 / kilometer ** 2", "per square kilometer"),
        (None, ""),
    ],
)
def test_units_in_words(unit: str | None, words: str) -> None:
    assert unit_words(unit) == words


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        (2316.6, "mile ** 2", "2,317 square miles"),
        (603550, "kilometer ** 2", "603,550 square kilometers"),
        (0.000012, "meter", "1.2e-05 meters"),
        (3.25, "percent", "3.25%"),
        (4000, "EUR", "EUR 4,000"),
        (1961, "year", "1961"),
        (1e30, None, "1e+30"),
        (-5, "degree_Celsius", "-5 degrees Celsius"),
        ("2014-03-18", None, "2014-03-18"),
        (None, "meter", ""),
    ],
)
def test_amounts_in_words(value: float | str | None, unit: str | None, words: str) -> None:
    assert amount_words(value, unit) == words

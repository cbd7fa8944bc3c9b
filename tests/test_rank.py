"""Places in an order: the cases, and what must hold for any order."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import assert_labelled, cases, judged

from checks import check
from checks.core.model import Fact, Verdict
from checks.core.rank_words import orders, things
from checks.core.ranks.orders import Entry, Order


@pytest.mark.parametrize("case", cases("rank"), ids=lambda case: case["text"][:60])
def test_case(case: dict[str, Any]) -> None:
    assert_labelled("rank", case)


def test_the_working_lists_the_leaders_with_their_source() -> None:
    finding = judged("rank", "Kano is the second-largest city in Nigeria.", "2021-01-01")[0]
    assert "1. Lagos" in finding.working
    assert "2. Kano" in finding.working
    assert "geonames" in finding.working
    assert all(fact.source for fact in finding.evidence)


def test_the_order_is_that_of_the_story_s_year() -> None:
    assert judged("rank", "China is the world's second-largest economy.", "2012-06-01")[0].verdict is Verdict.SUPPORTED
    assert judged("rank", "Japan is the world's second-largest economy.", "2009-06-01")[0].verdict is Verdict.SUPPORTED


def test_what_has_no_table_is_left_alone() -> None:
    assert not judged("rank", "Maersk is the world's second-largest container line.", "2021-01-01")
    assert not judged("rank", "The party is Sweden's third largest.", "2021-01-01")


def test_every_thing_and_order_is_complete() -> None:
    assert {dimension for dimension, _ in orders().values()} <= {"size", "population", "height", "length", "depth"}
    assert all(thing.kind for thing in things().values())


def _order(values: list[int], near: float) -> Order:
    fact = Fact(table="t", entity_id="x", entity="x", attribute="a", value=1, unit=None, source="s")
    entries = tuple(Entry(str(number), str(number), float(value), fact) for number, value in enumerate(values))
    return Order("a", "s", entries, near, True)


@given(st.lists(st.integers(1, 10**9), min_size=1, max_size=30), st.floats(0, 0.5), st.integers(0, 29))
def test_the_rank_lies_between_its_bounds(values: list[int], near: float, which: int) -> None:
    subject = frozenset({str(which % len(values))})
    found = _order(values, near).bounds(subject)
    assert found is not None
    best, place, worst = found
    assert 1 <= best <= place <= worst <= len(values)


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=120), st.sampled_from(["largest city", "most populous", "longest river", "largest, "]))
def test_any_text_is_read_without_complaint(text: str, words: str) -> None:
    check(
        f"{text}, the second-{words} in {text}. {text}'s third {words}{text}",
        published=date(2020, 1, 1),
        select={"rank"},
    )


def test_message_and_working_agree_where_values_lie_close() -> None:
    finding = judged("rank", "China is the world's third-largest country.", "2021-02-02")[0]
    assert "fourth, close to third" in finding.message
    assert "4. China" in finding.working
    assert "km²" in finding.working
    assert "**" not in finding.working


def test_the_working_shows_the_subject_and_its_neighbours() -> None:
    finding = judged("rank", "Kazakhstan is the world's eighth-largest country.", "2021-02-02")[0]
    for shown in ("8. Argentina", "9. Kazakhstan", "10. Algeria"):
        assert shown in finding.working
    assert "population" not in finding.working


@pytest.mark.parametrize(
    ("text", "verdict", "words"),
    [
        ("Kharkiv is Russia's second-largest city.", Verdict.REFUTED, "lies in Ukraine"),
        ("Barcelona, Portugal's second-largest city, was dark.", Verdict.REFUTED, "lies in Spain"),
        ("Chennai is the largest city in Maharashtra.", Verdict.DOUBTFUL, "not in Maharashtra"),
        ("Kharkiv is the second smallest city in Ukraine.", Verdict.REFUTED, "second from the largest"),
        ("Monaco is the world's smallest country.", Verdict.REFUTED, "second by total area"),
        ("India is the world's second most populous country.", Verdict.DOUBTFUL, "first by population"),
        ("Canada is the world's fourth-largest country by area.", Verdict.SUPPORTED, "second by total area"),
    ],
)
def test_the_message_says_what_is_wrong(text: str, verdict: Verdict, words: str) -> None:
    finding = judged("rank", text, "2024-03-01" if "India" not in text else "2024-09-01")[0]
    assert finding.verdict is verdict
    assert words in finding.message
    assert finding.evidence


def test_a_rank_far_down_is_not_suggested() -> None:
    assert all(
        "th " not in suggestion or suggestion.split("th ")[0].isalpha()
        for text in ("Cusco is Peru's largest city.", "Sochi is Russia's largest city.")
        for finding in judged("rank", text, "2021-01-01")
        for suggestion in finding.suggestions
    )

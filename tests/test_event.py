"""Dates of events: the cases, and what must hold for any copy."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from labelled import FLAGGED, assert_labelled, cases, judged

from checks import check
from checks.core.event_words import event_classes, event_words
from checks.core.model import Verdict


@pytest.mark.parametrize("case", cases("event"), ids=lambda case: case["text"][:60])
def test_case(case: dict[str, Any]) -> None:
    assert_labelled("event", case)


def test_a_date_without_a_year_is_that_of_the_last_twelve_months() -> None:
    text = "Fuel has been short since Russia's invasion of Ukraine on Feb. 25."
    assert judged("event", text, "2022-09-13")[0].verdict is Verdict.REFUTED
    assert not [finding for finding in judged("event", text, "2029-09-13") if finding.verdict in FLAGGED]


def test_the_suggestion_keeps_the_style_of_the_copy() -> None:
    found = judged("event", "Iraq invaded Kuwait on 12 August 1990.", "2010-01-01")
    assert found[0].suggestions == ("2 August 1990",)
    found = judged("event", "Iraq invaded Kuwait on Aug. 12, 1990.", "2010-01-01")
    assert found[0].suggestions == ("Aug. 2, 1990",)
    found = judged("event", "Queen Elizabeth II died on Oct. 8, 2022.", "2023-01-01")
    assert found[0].suggestions == ("Sept. 8, 2022",)
    assert found[0].expected is not None
    assert found[0].expected.text == "8 September 2022"


def test_what_a_date_means_depends_on_the_side_of_the_event() -> None:
    assert judged("event", "World War II ended in 1945.", "2010-01-01")[0].verdict is Verdict.SUPPORTED
    assert judged("event", "World War II ended in 1939.", "2010-01-01")[0].verdict is not Verdict.SUPPORTED
    assert judged("event", "World War II ended in 1947.", "2010-01-01")[0].verdict in FLAGGED


def test_every_word_names_a_class_that_exists() -> None:
    for words in event_words().values():
        for word in words:
            assert word.form in {"noun", "verb", "participle", "base", "before", "link", "plain"}
            assert not word.event or word.event in event_classes()


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=200), st.sampled_from(["war", "attacks", "was founded", "invaded", "Hurricane", "fell"]))
def test_any_text_is_read_without_complaint(text: str, word: str) -> None:
    check(f"{text} {word} in 2003, {text} the 1986 {word} of {text}", published=date(2020, 1, 1), select={"event"})

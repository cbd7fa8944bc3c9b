"""Figures that copy itself calls wrong."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.core.disclaimed import disclaimed
from checks.core.model import Span

DISCLAIMED = [
    "A video falsely claims that the canal opened in «1896».",
    "The leaflet wrongly puts the opening at «1896».",
    "Her book states incorrectly that the canal opened in «1896».",
    "An earlier version of this story gave the length as 5 miles («12 km»).",
    "Clarification: the article said 5 miles («12 km»); it should have said 5 miles (8 km).",
    "CORRECTION\nThe caption said the canal opened in «1896».",
    "The story misstated the year as «1896».",
    "The canal opened in 1869, not in «1896».",
    "It printed 1869 instead of «1896».",
    "The claim that the canal opened in «1896» is false.",
    "It opened in «1896» [sic].",
]
STANDING = [
    "The canal opened in «1896», officials said.",
    "Clarification: the article said 5 miles (12 km); it should have said 5 miles («8 km»).",
    "He was falsely accused of arson. The canal opened in «1896».",
    "He was wrongly convicted in «1896».",
    "The article said the canal opened in «1896».",
    "An earlier version of the engine, built in «1896», is on show.",
    "The plot is not 5 miles («12 km») away.",
    "The leaflet wrongly gave 1896; in fact it opened in «1869».",
]


def _marked(text: str) -> tuple[str, Span]:
    start, end = text.index("«"), text.index("»") - 1
    return text.replace("«", "").replace("»", ""), Span(start, end)


@pytest.mark.parametrize("text", DISCLAIMED)
def test_a_figure_called_wrong_is_disclaimed(text: str) -> None:
    assert disclaimed(*_marked(text))


@pytest.mark.parametrize("text", STANDING)
def test_a_figure_that_the_copy_stands_by_is_not(text: str) -> None:
    assert not disclaimed(*_marked(text))


@given(st.text(max_size=60), st.text(min_size=1, max_size=20), st.text(max_size=60))
def test_any_text_is_answered(before: str, inside: str, after: str) -> None:
    assert disclaimed(before + inside + after, Span(len(before), len(before) + len(inside))) in {True, False}

"""The reader of dates: labelled cases, dates written in every style and read back, and text nobody wrote."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from labelled import cases

from checks.core.model import Document, Figure
from checks.extract.calendar.dateline import dated
from checks.extract.calendar.dates import find_dates
from checks.extract.calendar.smooth import smooth
from checks.extract.segments import Segments

CASES = cases("dates")
TUESDAY = date(2022, 9, 13)
DAYS = st.dates(date(1801, 1, 1), date(2099, 12, 31))


def read(text: str, published: date | None = TUESDAY) -> list[Figure]:
    return find_dates(text, Segments(text), published)


def reading(figure: Figure) -> tuple[Any, ...]:
    if figure.kind in ("date", "weekday", "time"):
        return (figure.when.edtf if figure.when else None,)
    return figure.value, figure.low, figure.high, figure.unit


def labelled(figure: dict[str, Any]) -> tuple[Any, ...]:
    if figure["kind"] in ("date", "weekday", "time"):
        return (figure["edtf"],)
    numbers = [Decimal(figure[key]) if key in figure else None for key in ("value", "low", "high")]
    return *numbers, figure.get("unit")


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["text"][:60])
def test_labelled(case: dict[str, Any]) -> None:
    published = date.fromisoformat(case["published"]) if case["published"] else None
    found = [(f.span.start, f.text, f.kind, reading(f)) for f in read(case["text"], published)]
    assert found == [(f["start"], f["text"], f["kind"], labelled(f)) for f in case["figures"]]


def test_there_are_enough_cases() -> None:
    assert sum(len(case["figures"]) for case in CASES) >= 400


FULL = [
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
]
SHORT = ["Jan.", "Feb.", "March", "April", "May", "June", "July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."]
BRIEF = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sept", "Oct", "Nov", "Dec"]


def ordinal(day: int) -> str:
    return f"{day}{'th' if 10 <= day <= 20 else {1: 'st', 2: 'nd', 3: 'rd'}.get(day % 10, 'th')}"


STYLES = {
    "American": lambda d: f"{FULL[d.month - 1]} {d.day}, {d.year}",
    "AP": lambda d: f"{SHORT[d.month - 1]} {d.day}, {d.year}",
    "British": lambda d: f"{d.day} {FULL[d.month - 1]} {d.year}",
    "British with comma": lambda d: f"{d.day} {FULL[d.month - 1]}, {d.year}",
    "short": lambda d: f"{d.day} {BRIEF[d.month - 1]} {d.year}",
    "ordinal": lambda d: f"{ordinal(d.day)} of {FULL[d.month - 1]} {d.year}",
    "American ordinal": lambda d: f"{FULL[d.month - 1]} {ordinal(d.day)}, {d.year}",
    "ISO": lambda d: d.isoformat(),
    "hyphens": lambda d: f"{d.day}-{FULL[d.month - 1][:3]}-{d.year}",
    "dots": lambda d: f"{d.day:02d}.{d.month:02d}.{d.year}",
    "no-break space": lambda d: f"{SHORT[d.month - 1]}\u00a0{d.day},\u00a0{d.year}",
    "line break": lambda d: f"{d.day} {FULL[d.month - 1]}\n{d.year}",
    "web leftover": lambda d: f"{d.day}&nbsp;{FULL[d.month - 1]} {d.year}",
}


@given(day=DAYS, style=st.sampled_from(sorted(STYLES)), astral=st.booleans())
def test_written_dates_are_read_back(day: date, style: str, *, astral: bool) -> None:
    written = STYLES[style](day)
    text = ("\U0001f4f0 " if astral else "") + f"The deed was signed on {written} in the old hall."
    assert [(f.text, f.when and f.when.start) for f in read(text)] == [(written, day)]


@given(published=st.dates(date(1990, 1, 1), date(2040, 12, 31)), away=st.integers(-250, 260), lean=st.booleans())
def test_a_date_without_year_is_where_the_words_look(published: date, away: int, *, lean: bool) -> None:
    # Close by it is the nearest whatever the words say; farther off they decide.
    assume(away <= 100 if lean else away >= -60)
    day = published + timedelta(away)
    assume((day.month, day.day) != (2, 29))
    verb = "was" if lean else "will be"
    (figure,) = read(f"There {verb} the fair of {FULL[day.month - 1]} {day.day}, a cold day.", published)
    assert figure.when
    assert figure.when.start == day
    assert not figure.when.year_given


@given(published=st.dates(date(1990, 1, 1), date(2040, 12, 31)), weekday=st.integers(0, 6))
def test_a_weekday_is_near_the_story(published: date, weekday: int) -> None:
    name = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")[weekday]
    (past,) = read(f"The bridge fell on {name}.", published)
    (ahead,) = read(f"The bridge will open on {name}.", published)
    (last,) = read(f"The bridge fell last {name}.", published)
    assert past.when
    assert past.when.start
    assert past.when.start.weekday() == weekday
    assert 0 <= (published - past.when.start).days <= 6
    assert ahead.when
    assert ahead.when.start
    assert 0 <= (ahead.when.start - published).days <= 6
    assert last.when
    assert last.when.start
    assert 1 <= (published - last.when.start).days <= 7


@given(value=st.integers(2, 99), unit=st.sampled_from(["year", "month", "week", "day", "hour", "minute", "second"]))
def test_durations_are_read_back(value: int, unit: str) -> None:
    for written in (f"{value} {unit}s", f"{value}-{unit}"):
        (figure,) = read(f"After the {written} wait it opened.")
        assert (figure.text, figure.kind, figure.value, figure.unit) == (written, "duration", value, unit)


PIECES = st.sampled_from(
    [
        *(
            "Sept. ",
            "13",
            ", ",
            "2022",
            "-",
            "–",
            "/",
            "Tuesday",
            "May",
            " ",
            "\n",
            "\u00a0",
            "'",
            "’",
            "90s",
            "a year",
        ),
        *("three", "years", "-old", "aged", "&nbsp;", "<b>", "\u00ad", "on", "from", "to", "and", "9.30pm", "GMT"),
        *("last", "next", "week", "Q3", "century", "19th", "0", "31", "Feb", "12:", "quarter", "Christmas", "D-"),
        *("half", "summer", "\U0001f600", "é", "١٢", "²", ":", "(", ")"),
    ]
)


@settings(max_examples=300)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=40).map("".join)), st.none() | st.dates())
def test_nothing_throws_and_spans_slice(text: str, published: date | None) -> None:
    segments = Segments(text)
    document, _ = dated(Document(text=text, published=published), segments)
    last = 0
    for figure in find_dates(text, segments, document.published):
        assert figure.span.of(text) == figure.text
        assert last <= figure.span.start < figure.span.end <= len(text)
        last = figure.span.end


@given(st.text() | st.lists(PIECES, max_size=30).map("".join))
def test_smoothed_text_knows_its_way_back(text: str) -> None:
    plain, offsets = smooth(text)
    if offsets is None:
        assert len(plain) == len(text)
    else:
        assert len(offsets) == len(plain) + 1
        assert list(offsets) == sorted(offsets)
        assert all(0 <= offset <= len(text) for offset in offsets)


@pytest.mark.parametrize("end", [date.min, date.max, date(2024, 2, 29)])
def test_the_ends_of_the_calendar(end: date) -> None:
    text = "Last week, next week, last month, next month, last year, next year, last quarter, yesterday, tomorrow, on "
    assert read(text + "Monday, Sept. 13, Feb. 29, last summer, next March, Monday week and Easter Sunday.", end)


@pytest.mark.parametrize(
    ("text", "dateline", "published", "source"),
    [
        ("PARIS, March 3, 2011 (AFP) - The mill reopened.", "PARIS, March 3, 2011 (AFP)", date(2011, 3, 3), "dateline"),
        ("A headline\n\nLONDON (AP) — The mill reopened.", "LONDON (AP)", None, "none"),
        ("WASHINGTON -- The mill reopened.", "WASHINGTON", None, "none"),
        (
            "NEAR THE FRONT, Ukraine, Sept 13 (Reuters) – It fell.",
            "NEAR THE FRONT, Ukraine, Sept 13 (Reuters)",
            None,
            "none",
        ),
        ("ROME, 5 May 2019 (ANSA) -- The mill reopened.", "ROME, 5 May 2019 (ANSA)", date(2019, 5, 5), "dateline"),
        ("ST. LOUIS, Mo., Tuesday, Sept. 13 (AP) - It fell.", "ST. LOUIS, Mo., Tuesday, Sept. 13 (AP)", None, "none"),
        ("The mill - an old one - reopened.", None, None, "none"),
        ("EU - a short guide", None, None, "none"),
    ],
)
def test_datelines(text: str, dateline: str | None, published: date | None, source: str) -> None:
    document, notes = dated(Document(text=text), Segments(text))
    assert (document.dateline, document.published, document.published_from) == (dateline, published, source)
    assert bool(notes) == (published is None)


def test_a_story_keeps_its_own_date() -> None:
    text = "PARIS, March 3, 2011 (AFP) - The mill reopened."
    document, notes = dated(Document(text=text, published=TUESDAY, published_from="option"), Segments(text))
    assert (document.published, document.published_from, notes) == (TUESDAY, "option", ())


def test_the_story_date_fills_in_what_copy_leaves_out() -> None:
    text = "Done on Sept. 13."
    (figure,) = read(text, None)
    assert figure.when
    assert (figure.when.start, figure.when.month, figure.when.day, figure.when.year) == (None, 9, 13, None)
    (figure,) = read(text)
    assert figure.when
    assert (figure.when.start, figure.when.year, figure.when.year_given) == (TUESDAY, None, False)


def test_figures_inside_quotation_marks() -> None:
    assert [f.in_quotation for f in read("“We met on Monday,” she said on Tuesday.")] == [True, False]

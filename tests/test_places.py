from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks.core import compass
from checks.core.model import Document, Name, Span
from checks.core.places import LOCATED, Gazetteer
from checks.core.proper_names import names_in, title_before
from checks.core.reference import default_tables


def gazetteer(text: str) -> Gazetteer:
    return Gazetteer(Document(text=text), default_tables())


def named(text: str, words: str) -> Name:
    start = text.rindex(words)
    return Name(Span(start, start + len(words)), words)


def found(text: str) -> list[str]:
    return [name.text for name in names_in(text, Span(0, len(text)))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Peru's Cusco and the Sacred Valley lie near Bosnia and Herzegovina.",
            ["Peru", "Cusco", "Sacred Valley", "Bosnia and Herzegovina"],
        ),
        (
            "In 2014 the city of Frankfurt am Main, Rio de Janeiro and Port-au-Prince.",
            ["Frankfurt am Main", "Rio de Janeiro", "Port-au-Prince"],
        ),
        (
            "President Lula met U.S. officials in Washington, D.C. on Monday, March 3.",
            ["Lula", "U.S.", "Washington", "D.C."],
        ),
        ("The Moscow-based group left al-Hasakah for the Gulf of Guinea.", ["Moscow", "al-Hasakah", "Gulf of Guinea"]),
        ("The WHO said Two Rivers and St. Louis", ["WHO", "Two Rivers", "St. Louis"]),
        ("He saw Ban Me Thuot, Dar es Salaam and Côte d’Ivoire.", ["Ban Me Thuot", "Dar es Salaam", "Côte d’Ivoire"]),
        ("Gaza and Egypt", ["Gaza", "Egypt"]),
    ],
)
def test_names_in_copy(text: str, names: list[str]) -> None:
    assert found(text) == names


def test_a_title_makes_a_person() -> None:
    text = "They met President Lincoln."
    assert title_before(text, named(text, "Lincoln")) == "President"


@given(st.text(max_size=300))
def test_any_text_has_names_in_order_that_are_slices_of_it(text: str) -> None:
    names = names_in(text, Span(0, len(text)))
    assert all(name.span.of(text) == name.text for name in names)
    assert list(names) == sorted(names, key=lambda name: name.span)


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("The college is in Athens, Georgia.", "Athens", "gn:4180386"),
        ("The museum is in Athens.", "Athens", "gn:264371"),
        ("Steel was made in Birmingham, Ala., for a century.", "Birmingham", "gn:4049979"),
        ("Birmingham is in England.", "Birmingham", "gn:2655603"),
        ("They moved to London, Ontario.", "London", "gn:6058560"),
        ("Troops left Peru's Trujillo at dawn.", "Trujillo", "gn:3691175"),
        ("The Honduran town of Trujillo was quiet.", "Trujillo", "gn:3600591"),
        ("Shells hit the Kharkiv region.", "Kharkiv", "a1:UA.07"),
        ("Shells hit the city of Kharkiv.", "Kharkiv", "gn:706483"),
        ("Kiev said so.", "Kiev", "gn:703448"),
        ("Tbilisi and Batumi are the main cities of Georgia.", "Georgia", "cc:GE"),
        ("Voters in Georgia and the U.S. Senate race in Alabama", "Georgia", "a1:US.GA"),
    ],
)
def test_the_context_says_which_place(text: str, words: str, place: str) -> None:
    resolution = gazetteer(text).resolve(named(text, words), LOCATED)
    assert resolution.place is not None
    assert resolution.place.id == place
    assert resolution.certain


@pytest.mark.parametrize(
    ("text", "words", "place"),
    [
        ("Laos is landlocked. The country has rivers.", "The country", "cc:LA"),
        ("The Chilean capital was dark.", "The Chilean capital", "gn:3871336"),
        ("Rain fell in Congo. In Niger's capital it was dry.", "Niger's capital", "gn:2440485"),
        ("He was born in Valencia, Spain, and loves the city.", "the city", "gn:2509954"),
    ],
)
def test_descriptions_mean_the_last_one_named(text: str, words: str, place: str) -> None:
    resolution = gazetteer(text).resolve(named(text, words))
    assert resolution.place is not None
    assert resolution.place.id == place


def test_what_stays_open_says_why() -> None:
    text = "A man from Springfield won."
    resolution = gazetteer(text).resolve(named(text, "Springfield"), LOCATED)
    assert resolution.place is None
    assert len(resolution.candidates) > 5
    assert resolution.reason.startswith("Several places are called Springfield")
    nowhere = gazetteer("Xyzzyville").resolve(Name(Span(0, 10), "Xyzzyville"))
    assert nowhere.place is None
    assert "No place called" in nowhere.reason


def test_a_misspelt_name_is_read_only_in_its_own_country_and_never_with_certainty() -> None:
    text = "In Kyrgyzstan, police in Karakoll and Bishkek"
    resolution = gazetteer(text).resolve(named(text, "Karakoll"), LOCATED)
    assert resolution.place is None or (resolution.place.country == "KG" and not resolution.certain)


@given(st.text(max_size=200))
def test_no_text_breaks_the_gazetteer(text: str) -> None:
    places = gazetteer(text)
    for name in names_in(text, Span(0, len(text)))[:5]:
        places.resolve(name)


@pytest.mark.parametrize(
    ("words", "point"),
    [
        ("south-east", "southeast"),
        ("north west", "northwest"),
        ("south by southwest", "south-southwest"),
        ("NNE", "north-northeast"),
        ("northern", "north"),
        ("east and west", None),
    ],
)
def test_points_of_the_compass(words: str, point: str | None) -> None:
    assert compass.point(words) == point


@given(st.floats(0, 360), st.sampled_from(sorted(compass.BEARINGS)))
def test_a_bearing_is_never_more_than_half_a_turn_off(bearing: float, point: str) -> None:
    assert 0 <= compass.off(bearing, point) <= 180

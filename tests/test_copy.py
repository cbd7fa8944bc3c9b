"""Readers of copy: text, dates and headlines out of files, offsets that are those of the file, hostile bytes."""

from __future__ import annotations

import random
import time
from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.copy import UnreadableCopyError, read_copy


def story(name: str, data: bytes | str):
    (only,) = read_copy(name, data.encode() if isinstance(data, str) else data)
    return only


@pytest.mark.parametrize(
    ("data", "text", "note"),
    [
        ("5 km – “away”".encode(), "5 km – “away”", None),
        (b"\xef\xbb\xbf5 km", "5 km", None),
        ("5 km²".encode("utf-16"), "5 km²", "UTF-16"),
        ("5 km²".encode("utf-16-be"), "5 km²", "UTF-16"),
        ("It is 5 km to the coast.".encode("utf-16-le"), "It is 5 km to the coast.", "UTF-16"),
        ("It is 5 km to the coast.".encode("utf-16-be"), "It is 5 km to the coast.", "UTF-16"),
        ("5 km".encode("utf-32"), "5 km", "UTF-32"),
        ("The café lies 5 km² – “off”".encode("cp1252"), "The café lies 5 km² – “off”", "cp1252"),
        ("5° and £3".encode("latin-1"), "5° and £3", "cp1252"),
    ],
)
def test_encodings(data, text, note):
    read = story("a.txt", data)
    assert read.text == read.document.text == text
    assert (note in read.notes[0]) if note else not read.notes


def test_line_ends_are_kept():
    text = "A headline\r\n\r\nIt is 5 km away.\r\nAnd 6.\r\n"
    assert story("a.txt", text).document.text == text


@pytest.mark.parametrize(
    ("text", "headline"),
    [
        ("Bridge opens after delay\n\nOSLO, March 3 (Agency) - It is long.\n", "Bridge opens after delay"),
        ("OSLO, March 3 (Agency) - It is long.\n\nIt is wide.\n", None),
        ("OSLO — It is long\n\nIt is wide.\n", None),
        ("It is long.\n\nIt is wide.\n", None),
        ("It is long\nand wide.\n\nIt is high.\n", None),
        ("Only a line\n", None),
        ("x" * 300 + "\n\nIt is wide.\n", None),
    ],
)
def test_the_headline_of_plain_text(text, headline):
    assert story("a.txt", text).document.headline == headline


FRONT = {
    "yaml": "---\ntitle: 'Bridge: 5 km long'\ndate: 2022-09-13\nlang: en-GB\n---\n",
    "toml": '+++\ntitle = "Bridge: 5 km long"\ndate = 2022-09-13T08:00:00Z\nlang = "en-GB"\n+++\n',
    "json": '{"title": "Bridge: 5 km long", "date": "2022-09-13", "lang": "en-GB"}\n',
    "windows": "---\r\ntitle: 'Bridge: 5 km long'\r\nDate: '2022-09-13 10:00 +0200'\r\nlang: en-GB\r\n---\r\n",
}


@pytest.mark.parametrize("name", FRONT)
def test_front_matter_is_read_and_blanked_out(name):
    text = FRONT[name] + "\nIt is **6 km** long.\n"
    read = story("a.md", text)
    document = read.document
    assert (document.published, document.published_from) == (date(2022, 9, 13), "metadata")
    assert (document.headline, document.language) == ("Bridge: 5 km long", "en-GB")
    assert "5 km" not in document.text
    assert read.text == text
    assert len(document.text) == len(text)
    assert text[document.text.index("6 km") :].startswith("6 km")
    assert document.text.count("\n") == text.count("\n")


@pytest.mark.parametrize(
    ("value", "day"),
    [
        ("2022-09-13", date(2022, 9, 13)),
        ("2022-09-13T23:30:00-05:00", date(2022, 9, 13)),
        ("20220913", date(2022, 9, 13)),
        ("September 13, 2022", date(2022, 9, 13)),
        ("13 Sept 2022", date(2022, 9, 13)),
        ("Tue, 13 Sep 2022 10:00:00 GMT", date(2022, 9, 13)),
        ("13/09/2022", date(2022, 9, 13)),
        ("03/04/2022", None),
        ("2022-02-31", None),
        ("September 2022", None),
        ("2022", None),
        ("Tuesday", None),
        ("[1, 2]", None),
        ("10:30", None),
        ("tomorrow", None),
        ("9" * 60, None),
    ],
)
def test_dates_are_taken_only_where_no_guess_is_needed(value, day):
    read = story("a.md", f"---\ndate: {value}\n---\nIt is 5 km.\n")
    assert read.document.published == day
    assert read.document.published_from == ("metadata" if day else "none")
    assert bool(read.notes) == (day is None)


@pytest.mark.parametrize(
    "text",
    [
        "---\ntitle: [\n---\nIt is 5 km.\n",
        "---\n" + "[" * 20_000 + "\n---\nIt is 5 km.\n",
        '---\na: &a ["x"]\nb: &b [*a,*a]\nc: [*b,*b]\n---\nIt is 5 km.\n',
        "---\n!!python/object/apply:os.system ['true']\n---\nIt is 5 km.\n",
        "---\nno end\nIt is 5 km.\n",
        "+++\ndate = 2022-99-99\n+++\nIt is 5 km.\n",
        "{" * 10_000 + "\nIt is 5 km.\n",
        "---\n- 1\n- 2\n---\nIt is 5 km.\n",
        "---\n---\nIt is 5 km.\n",
        "----\ndate: 2022-09-13\n----\nIt is 5 km.\n",
    ],
)
def test_broken_front_matter_does_not_hide_the_copy(text):
    read = story("a.md", text)
    assert "It is 5 km." in read.document.text
    assert len(read.document.text) == len(text)


def test_what_is_no_copy_in_markdown_is_blanked_out():
    text = (
        "# Bridge opens #\n\nIt is [5 km](https://a.test/2021/6 'x') long. <!-- was\n7 km -->\n\n"
        "```\n8 km\n```\n\n![9 km](b.png) and *10 km*, __11 km__ <b>12 km</b> <https://c.test/13>\n\n[x]: http://d.test/14\n"
    )
    read = story("a.md", text)
    assert read.document.headline == "Bridge opens"
    for kept in ("5 km", "9 km", "10 km", "11 km", "12 km"):
        assert kept in read.document.text
    for gone in ("7 km", "8 km", "/13", "/14", "**", "<b>"):
        assert gone not in read.document.text
    assert len(read.document.text) == len(text)


def test_a_page_of_front_matter_alone_is_no_copy():
    with pytest.raises(UnreadableCopyError, match="only what surrounds it"):
        read_copy("a.md", b"---\ndate: 2022-09-13\n---\n\n")


@pytest.mark.parametrize("name", ["a.docx", "a.html", "a.pdf", "a.json", "a.xml", "a.zip"])
def test_formats_that_are_not_read_are_named(name):
    with pytest.raises(UnreadableCopyError, match="is not read yet; save it as one of: markdown, text"):
        read_copy(name, b"some 5 km")


def test_an_unknown_extension_is_read_by_content():
    assert story("wire.0413", "It is 5 km.").document.format == "text"
    assert story("story", "It is 5 km.").document.format == "text"


PIECES = st.sampled_from(["---\n", "+++\n", "<!--", "-->", "```", *'[]()<>*_#{"é', "](", "\r\n", "\n", "5 km"])


@settings(max_examples=300, deadline=None)
@given(st.one_of(st.text(), st.lists(PIECES, max_size=60).map("".join)), st.sampled_from(["a.txt", "a.md", "a"]))
def test_offsets_are_those_of_the_file_whatever_it_holds(text, name):
    try:
        stories = read_copy(name, text.encode("utf-8", "surrogatepass"))
    except UnreadableCopyError:
        return
    for read in stories:
        assert len(read.text) == len(read.document.text)
        assert all(a in (b, " ") for a, b in zip(read.document.text, read.text, strict=True))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=2000), st.sampled_from(["a.txt", "a.md", "a.docx", "a"]))
def test_any_bytes_are_read_or_refused_with_a_reason(data, name):
    with suppress(UnreadableCopyError):
        assert read_copy(name, data)


@pytest.mark.parametrize(
    "part", ["<!--", "```\nx\n", "](", "[a](", "*", "_a", "<a ", "---\n", "[x]: y ", "#", "a\u0301", "{", "&a [*a,"]
)
def test_hostile_markdown_takes_no_longer_than_its_length(part):
    text = "---\na: b\n---\nIt is 5 km.\n" + part * (300_000 // len(part))
    started = time.perf_counter()
    read_copy("a.md", text.encode())
    assert time.perf_counter() - started < 5


def test_random_bytes_are_refused_fast():
    data = random.Random(7).randbytes(2_000_000)  # noqa: S311
    with pytest.raises(UnreadableCopyError):
        read_copy("a.txt", data)

"""Markdown with front matter in YAML, TOML or JSON, as desks and site generators keep it."""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks.core.model import Document
from flows.copy.decoding import decode
from flows.copy.metadata import read_date
from flows.copy.source import Reader, Source, Story

if TYPE_CHECKING:
    from collections.abc import Mapping

_FENCE = re.compile(r"\ufeff?(-{3,}|\+{3,})[ \t]*\r?\n")
_LONGEST_FRONT_MATTER = 32 * 1024
_DATES = (
    "date", "published", "datepublished", "date_published", "publishdate", "publish_date", "pubdate",
    "published_at", "publishedat", "lastmod", "modified", "updated",
)  # fmt: skip
_HEADLINES = ("title", "headline")
_LANGUAGES = ("lang", "language", "locale")
_VERSIONS = ("version", "revision")
_IDENTIFIERS = ("id", "guid", "slug", "url")

#: What stands inside lines and is no copy. Each part is bounded, so that hostile copy costs no more than its length.
_NO_COPY = re.compile(
    r"""
      (?<=\])\([^()\s]{1,2000}(?:[ \t]"[^"\n]{0,300}")?\)  # the targets of links and pictures
    | ^[ ]{0,3}\[[^\]\n]{1,200}\]:[ \t]*\S{1,2000}         # the targets of reference links
    | <https?://[^\s<>]{1,2000}>
    | </?[A-Za-z][^<>\n]{0,500}>                           # tags
    | (?<!\w)[*_]{1,3}(?=[^\s*_])                          # emphasis begins
    | (?<=[^\s*_])[*_]{1,3}(?!\w)                          # emphasis ends
    """,
    re.VERBOSE | re.MULTILINE,
)
_CODE = re.compile(r"^ {0,3}(```|~~~)", re.MULTILINE)
_NOT_A_LINE_END = re.compile(r"[^\r\n]")
_TITLE = re.compile(r"^ {0,3}#[ \t]+([^\n]{1,300}?)(?:[ \t]#{1,6})?[ \t]*\r?$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _FrontMatter:
    """Where the body begins, what stands above it, and the name of its syntax."""

    body: int
    source: str = ""
    syntax: str = ""


def read(source: Source) -> tuple[Story, ...]:
    """One story. Front matter, comments, code and link targets are blanked out; offsets stay those of the file."""
    text, note = decode(source.data)
    notes = [note] if note else []
    front = _front_matter(text)
    values = _values(front, notes)
    published = None
    if (written := _first(values, _DATES)) is not None:
        published = read_date(written)
        if published is None:
            notes.append(f"The front matter's date is none that can be read: {str(written)[:60]!r}.")
    body = _NO_COPY.sub(_blank, _without_code(_without_comments(text[front.body :])))
    title = _first(values, _HEADLINES)
    if title is None and (heading := _TITLE.search(body)):
        title = heading[1].strip()
    document = Document(
        text=_NOT_A_LINE_END.sub(" ", text[: front.body]) + body,
        path=source.path,
        format="markdown",
        sha256=source.sha256,
        published=published,
        published_from="metadata" if published else "none",
        headline=_words(title),
        language=_words(_first(values, _LANGUAGES)),
        version=_words(_first(values, _VERSIONS)),
        identifier=_words(_first(values, _IDENTIFIERS)),
    )
    return (Story(document, text, tuple(notes)),)


def _blank(match: re.Match[str]) -> str:
    return _NOT_A_LINE_END.sub(" ", match[0])


def _without_comments(text: str) -> str:
    parts, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        parts += [text[at:start], _NOT_A_LINE_END.sub(" ", text[start : end + 3])]
        at = end + 3
    return "".join(parts) + text[at:] if parts else text


def _without_code(text: str) -> str:
    """The text with fenced code blanked out; a fence that is never closed is left, so as not to lose the rest."""
    parts, at, opened = [], 0, None
    for fence in _CODE.finditer(text):
        if opened is None:
            opened = fence
        elif fence[1] == opened[1]:
            end = text.find("\n", fence.end())
            end = len(text) if end < 0 else end
            parts += [text[at : opened.start()], _NOT_A_LINE_END.sub(" ", text[opened.start() : end])]
            at, opened = end, None
    return "".join(parts) + text[at:] if parts else text


def _front_matter(text: str) -> _FrontMatter:
    """The front matter's place. The field's libraries read it but lose where the body begins."""
    if fence := _FENCE.match(text):
        closing = re.compile(rf"^{re.escape(fence[1])}[ \t]*\r?(?:\n|\Z)", re.MULTILINE)
        if close := closing.search(text, fence.end(), fence.end() + _LONGEST_FRONT_MATTER):
            return _FrontMatter(close.end(), text[fence.end() : close.start()], "YAML" if "-" in fence[1] else "TOML")
    elif text.startswith("{"):
        try:
            _, end = json.JSONDecoder().raw_decode(text[:_LONGEST_FRONT_MATTER])
        except (ValueError, RecursionError):
            return _FrontMatter(0)
        return _FrontMatter(end, text[:end], "JSON")
    return _FrontMatter(0)


def _values(front: _FrontMatter, notes: list[str]) -> Mapping[str, Any]:
    """The front matter's values by key in small letters; where it cannot be read, none and a note."""
    import yaml

    try:
        if front.syntax == "YAML":
            # Scalars stay as written: YAML's own dates fail on 31 February and drop what was typed.
            values = yaml.load(front.source, Loader=yaml.BaseLoader)  # noqa: S506 - builds strings, lists and maps only
        elif front.syntax == "TOML":
            values = tomllib.loads(front.source)
        else:
            values = json.loads(front.source or "{}")
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 2})" if mark is not None else ""
        notes.append(f"The front matter is no valid {front.syntax}{where}, so its date and title were not taken.")
        return {}
    return {str(key).casefold(): value for key, value in values.items()} if isinstance(values, dict) else {}


def _first(values: Mapping[str, Any], keys: tuple[str, ...]) -> Any:
    return next((values[key] for key in keys if values.get(key) not in (None, "", [], {})), None)


def _words(value: Any) -> str | None:
    return " ".join(str(value).split())[:500] or None if isinstance(value, str | int | float) else None


READER = Reader(name="markdown", read=read, extensions=(".md", ".markdown", ".mdown", ".mkd"))

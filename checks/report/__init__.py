"""Reports: one run of figurecheck, as JSON-ready values and in every format. Nothing here reads or writes files."""

from __future__ import annotations

import importlib
import math
from typing import TYPE_CHECKING, Any

from checks.core.plain import summary
from checks.core.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

__all__ = ["FORMATS", "SCHEMA", "render", "run_entry", "stream"]

#: The formats, those that people read first. Each is a module of this package, imported when it is asked for.
FORMATS: tuple[str, ...] = (
    "text",
    "json",
    "jsonl",
    "html",
    "markdown",
    "csv",
    "sarif",
    "github",
    "junit",
    "rdjson",
)

SCHEMA = "figurecheck/report/1"

_NO_TEXTS: Mapping[str, str] = {}


def run_entry(
    reports: Sequence[Report | dict[str, Any]],
    *,
    version: str,
    tables_version: str,
    tables_as_of: str,
    source_title: Callable[[str], str | None] | None = None,
) -> dict[str, Any]:
    """The whole JSON report (schema figurecheck/report/1) of a run, as plain values.

    ``reports`` are reports fresh from the checks or entries of ``documents`` that were stored earlier;
    ``version`` is figurecheck's own, ``tables_version`` and ``tables_as_of`` those of the reference tables.
    ``source_title`` gives the title of a source by its id, for readers who do not know the tables' ids; the titles
    of the sources that the run cites then stand in ``tables.sources``.
    """
    entries = [report.to_dict() if isinstance(report, Report) else report for report in reports]
    tables: dict[str, Any] = {"version": tables_version, "as_of": tables_as_of}
    if source_title is not None:
        titles = {each: source_title(each) for each in sorted(_cited(entries))}
        tables["sources"] = {each: title for each, title in titles.items() if title}
    run = {
        "schema": SCHEMA,
        "tool": {"name": "figurecheck", "version": version},
        "tables": tables,
        "documents": entries,
        "summary": summary(entries),
    }
    plain: dict[str, Any] = _finite(run)
    return plain


def render(
    run: dict[str, Any],
    format: str,  # noqa: A002 - the word that users type
    *,
    texts: Mapping[str, str] = _NO_TEXTS,
    color: bool = False,
    width: int | None = None,
    concise: bool = False,
) -> str:
    """A run in one of ``FORMATS``.

    ``texts`` maps a document's path to its text, for the formats that show the copy around a figure; where a
    text is missing, or is no longer the one that was checked, the words of the claim stand alone. ``color``,
    ``width`` (columns) and ``concise`` (one line a flag) are for the text format.

    Raises ValueError for a format that does not exist.
    """
    return "".join(stream(run, format, texts=texts, color=color, width=width, concise=concise))


def stream(
    run: dict[str, Any],
    format: str,  # noqa: A002
    *,
    texts: Mapping[str, str] = _NO_TEXTS,
    color: bool = False,
    width: int | None = None,
    concise: bool = False,
) -> Iterator[str]:
    """The same as ``render`` in pieces, so that a report of thousands of flags is written as it is made."""
    if format not in FORMATS:
        raise ValueError(f"there is no report format {format!r}; there are {', '.join(FORMATS)}")
    module = importlib.import_module(f"checks.report.{format}")
    if format == "text":
        pieces: Iterator[str] = module.pieces(run, texts, color=color, width=width, concise=concise)
    else:
        pieces = module.pieces(run, texts)
    # A lone surrogate (half a character, from damaged copy) cannot be written as UTF-8.
    return (piece if piece.isascii() else piece.encode("utf-8", "replace").decode("utf-8") for piece in pieces)


def _cited(entries: Sequence[dict[str, Any]]) -> set[str]:
    """The ids of all sources that evidence rests on; a row may rest on two, joined by a semicolon."""
    return {
        each
        for entry in entries
        for claim in entry["claims"]
        for fact in claim["evidence"]
        for each in str(fact["source"]).split(";")
    }


def _finite(value: Any) -> Any:
    """The same value with None for numbers that are not finite, which JSON does not have."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {key: _finite(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_finite(each) for each in value]
    return value

"""Where a span lies in lines and columns, for the formats of other programs."""

from __future__ import annotations

from typing import Any, NamedTuple


class Region(NamedTuple):
    """A span as lines and columns from 1, in Unicode code points; the end column is exclusive."""

    line: int
    column: int
    end_line: int
    end_column: int


def region(span: dict[str, Any]) -> Region:
    """The region of a claim or figure, told from its start and its own words."""
    line, column, words = span["line"], span["column"], span["text"]
    breaks = words.count("\n")
    end_column = len(words) - words.rfind("\n") if breaks else column + len(words)
    return Region(line, column, line + breaks, end_column)


def byte_region(span: dict[str, Any], text: str) -> Region:
    """The same with columns counted in bytes of UTF-8, for which the document's text is needed."""
    plain = region(span)
    start = text.rfind("\n", 0, span["start"]) + 1
    end_start = text.rfind("\n", 0, span["end"]) + 1
    return Region(
        plain.line, 1 + _bytes(text[start : span["start"]]), plain.end_line, 1 + _bytes(text[end_start : span["end"]])
    )


def _bytes(text: str) -> int:
    return len(text.encode("utf-8", "surrogatepass"))

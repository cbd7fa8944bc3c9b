"""The whole report as one JSON value (schema figurecheck/report/1; the schema itself is report.schema.json)."""

from __future__ import annotations

import json
from importlib import resources
from typing import TYPE_CHECKING, Any

from checks.core.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

# JSON may hold these raw, but terminals obey them, some programs break lines at them, and UTF-8 has no
# surrogates. Written as escapes they mean the same to every reader of JSON.
_ESCAPED = lazy_pattern("[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """The run as JSON, indented for people; the same run always gives the same bytes."""
    yield dumps(run, indent=2)
    yield "\n"


def dumps(value: Any, *, indent: int | None = None) -> str:
    """A value as JSON: UTF-8 kept readable, characters that act on a terminal escaped.

    Raises ValueError for numbers that are not finite.
    """
    plain = json.dumps(value, ensure_ascii=False, allow_nan=False, indent=indent)
    return _ESCAPED.sub(lambda match: f"\\u{ord(match[0]):04x}", plain)


def schema() -> dict[str, Any]:
    """The JSON Schema of the report, as shipped."""
    found: dict[str, Any] = json.loads(
        resources.files("checks.report").joinpath("report.schema.json").read_text("utf-8")
    )
    return found

"""JSON lines: one document a line, each with the tool and tables that made it, so that files can be joined."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from checks.report.json import dumps

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping


def pieces(run: dict[str, Any], texts: Mapping[str, str]) -> Iterator[str]:  # noqa: ARG001 - every format takes texts
    """One line for each document: an entry of ``documents`` with ``schema``, ``tool`` and ``tables`` before it."""
    head = {"schema": run["schema"], "tool": run["tool"], "tables": run["tables"]}
    for entry in run["documents"]:
        yield dumps(head | entry) + "\n"

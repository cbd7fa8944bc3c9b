"""Nouns as plain Python values: the entries of the JSON report (schema figurecheck/report/1)."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from checks.core.model import Expected, Fact, Figure, Verdict


def summary(entries: Sequence[dict[str, Any]]) -> dict[str, int]:
    """The counts over the documents of a run."""
    claims = [claim for entry in entries for claim in entry["claims"]]
    figures = [figure for entry in entries for figure in entry["figures"]]
    verdicts = [claim["verdict"] for claim in claims]
    return {
        "documents": len(entries),
        "unreadable": sum(entry["error"] is not None for entry in entries),
        "figures": len(figures),
        "checked": sum(figure["checked"] for figure in figures),
        "claims": len(claims),
        **{verdict.value: verdicts.count(verdict.value) for verdict in Verdict},
    }


class Positions:
    """Line and column, both from 1, of offsets into a text."""

    def __init__(self, text: str) -> None:
        self._starts = [0]
        at = text.find("\n")
        while at >= 0:
            self._starts.append(at + 1)
            at = text.find("\n", at + 1)

    def of(self, offset: int) -> tuple[int, int]:
        """The line and the column of an offset."""
        line = bisect_right(self._starts, offset)
        return line, offset - self._starts[line - 1] + 1


def number(value: Decimal | float | int | None) -> int | float | None:
    """A number as JSON has it: whole where it is whole, never in a form that is not finite."""
    if value is None:
        return None
    try:
        as_float = float(value)
    except OverflowError:
        return None
    if not math.isfinite(as_float):
        return None
    return int(value) if as_float.is_integer() else as_float


def figure_entry(
    figure: Figure, identifier: str, places: Positions, *, checked: bool, why_not: str | None
) -> dict[str, Any]:
    """One entry of a document's ``figures``."""
    line, column = places.of(figure.span.start)
    edtf = figure.when.edtf if figure.when and figure.kind != "year" else None
    return {
        "id": identifier,
        "start": figure.span.start,
        "end": figure.span.end,
        "line": line,
        "column": column,
        "text": figure.text,
        "kind": figure.kind,
        "value": edtf or number(figure.value),
        "low": number(figure.low),
        "high": number(figure.high),
        "unit": figure.unit,
        "units": list(figure.units),
        "counts": figure.counts,
        "hedge": figure.hedge.text if figure.hedge else None,
        "in_quotation": figure.in_quotation,
        "checked": checked,
        "why_not": None if checked else why_not,
    }


def expected_entry(expected: Expected | None) -> dict[str, Any] | None:
    """What would fit, as a claim's entry has it."""
    if expected is None:
        return None
    if expected.text is not None:
        return {"text": expected.text}
    return {
        "value": number(expected.value),
        "low": number(expected.low),
        "high": number(expected.high),
        "unit": expected.unit,
    }


def fact_entry(fact: Fact) -> dict[str, Any]:
    """One entry of a claim's ``evidence``."""
    return {
        "table": fact.table,
        "entity": fact.entity,
        "attribute": fact.attribute,
        "qualifier": fact.qualifier,
        "value": fact.value if isinstance(fact.value, str) else number(fact.value),
        "unit": fact.unit,
        "as_of": fact.as_of,
        "source": fact.source,
    }

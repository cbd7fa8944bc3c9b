"""The word lists of ``reference_data``, read once."""

from __future__ import annotations

import csv
from functools import cache
from importlib.resources import files


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a word list, as written there."""
    lines = (files("reference_data") / name).read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(lines))


@cache
def words(name: str, role: str) -> frozenset[str]:
    """The words that a list gives a role."""
    return frozenset(row["word"] for row in rows(name) if row["role"] == role)

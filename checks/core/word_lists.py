"""The word lists of ``reference_data``: small tables of words and phrases with the part that each plays.

They are read from the files when they are first asked for and kept; a changed list counts from the next start.
"""

from __future__ import annotations

import csv
from functools import cache

from checks.core.shipped import shipped


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a word list, as written there."""
    lines = csv.reader((shipped() / name).read_text(encoding="utf-8").splitlines())
    header = next(lines)
    return tuple(dict(zip(header, line, strict=True)) for line in lines if line)


@cache
def words(name: str, role: str) -> frozenset[str]:
    """The words that a list gives a role."""
    return frozenset(row["word"] for row in rows(name) if row["role"] == role)

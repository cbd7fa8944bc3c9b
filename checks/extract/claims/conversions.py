"""(being written)"""

from __future__ import annotations

from collections.abc import Iterator

from checks.core.model import Claim
from checks.extract.reading import Reading


def conversions(reading: Reading) -> Iterator[Claim]:
    """Being written."""
    yield from ()

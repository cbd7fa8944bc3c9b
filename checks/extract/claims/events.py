"""(being written)"""

from __future__ import annotations

from collections.abc import Iterator

from checks.core.model import Claim
from checks.extract.reading import Reading


def event_dates(reading: Reading) -> Iterator[Claim]:
    """Being written."""
    yield from ()

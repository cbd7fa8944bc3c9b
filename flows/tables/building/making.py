"""One run of the building: the gathered tables that it reads, and what its steps know from each other."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from flows.tables.files import Row, write_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

# Entities of the measures table that are places of another table: the region, not a copy of it.
_SAME_PLACE = {
    "m:region:crimea": "a1:UA.11",
    "m:region:rhode-island": "a1:US.RI",
    "m:region:texas": "a1:US.TX",
    "m:region:california": "a1:US.CA",
    "m:population:world": "fb:xx",
    "m:mountain:ne-aoraki-mt-cook": "m:mountain:aoraki-mount-cook",
    "fb:river:yenisey-angara": "m:river:yenisei-angara",
    "fb:feature:huang-he-yellow": "m:river:yellow-river",
    "fb:river:rio-limpopo": "fb:river:limpopo",
    "fb:lake:lago-san-martin": "fb:lake:lago-o-higgins",
    "fb:lake:abhe-bid-hayk-abhe-bad": "m:lake:fb-abhe-bad-abhe-bid-hayk",
    "fb:lake:zalew-szczecinski-stettiner-haff": "m:lake:fb-stettiner-haff-zalew-szczecinski",
}
# Lists of the Factbook that repeat its country pages, or rank capitals by height.
REPEATED_LISTS = {
    "highest capital on each continent",
    "highest point on each continent",
    "ten smallest independent countries",
    "top fifteen World Factbook entities ranked by size",
}


class Making:
    """One run of the building."""

    def __init__(self, source: Path, target: Path) -> None:
        self.source = source
        self.target = target
        #: The rows written, by table.
        self.written: dict[str, int] = {}
        #: Ids of the gathered tables that are another name for an entity kept under this id.
        self.same: dict[str, str] = dict(_SAME_PLACE)
        #: The curated things by group of kinds and bare name.
        self.things: dict[tuple[str, str], Row] = {}
        #: Those that only rank lists name; other tables may know more of them.
        self.listed: dict[str, Row] = {}
        #: The ids of the places that are kept: other tables' rows about others are left out.
        self.kept: set[str] = set()

    @cached_property
    def places(self) -> list[Row]:
        """The gathered places."""
        return self.rows("places.csv")

    @cached_property
    def aliases(self) -> list[Row]:
        """The gathered names of places."""
        return self.rows("aliases.csv")

    @cached_property
    def facts(self) -> list[Row]:
        """The gathered facts."""
        return self.rows("facts.csv")

    @cached_property
    def events(self) -> list[Row]:
        """The gathered events."""
        return self.rows("events.csv")

    def rows(self, name: str) -> list[Row]:
        """The rows of a gathered table with its text in Unicode's composed form and without stray spaces."""
        import pandas as pd

        frame = pd.read_csv(self.source / name, dtype=str, keep_default_na=False)
        for column in frame.columns:
            frame[column] = frame[column].str.normalize("NFC").str.strip().str.replace(r"\s+", " ", regex=True)
        return [dict(zip(frame.columns, row, strict=True)) for row in frame.itertuples(index=False, name=None)]

    def write(self, name: str, fields: Sequence[str], rows: Iterable[Mapping[str, object]]) -> None:
        """Write a reference table."""
        self.written[name] = write_rows(self.target / name, fields, rows)

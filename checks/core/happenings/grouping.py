"""Which rows are one event, and which event lies nearest to the copy's date."""

from __future__ import annotations

from typing import TYPE_CHECKING

from checks.core.happenings.dates import year_of, years_apart
from checks.core.happenings.matching import Candidate, is_curated

if TYPE_CHECKING:
    from checks.core.model import When

#: Events further from the copy's date than this are likely others of the same name.
SAME_NAME_YEARS = 15


def by_event(candidates: list[Candidate]) -> list[list[Candidate]]:
    """The candidates by event: rows that begin within a year of one another are taken as one, curated first."""
    ordered = sorted(candidates, key=lambda each: (not is_curated(each.row), each.row.start))
    groups: list[list[Candidate]] = []
    for each in ordered:
        for group in groups:
            if abs(year_of(group[0].row.start) - year_of(each.row.start)) <= 1:
                group.append(each)
                break
        else:
            groups.append([each])
    return groups


def near_to(groups: list[list[Candidate]], when: When) -> list[list[Candidate]]:
    """The events near the copy's date, where one is near: no copy means a treaty of 1843 by one of 1995."""
    near = [group for group in groups if years_apart(group[0].row, when) <= SAME_NAME_YEARS]
    return near or groups


def nearest_to(groups: list[list[Candidate]], when: When) -> list[list[Candidate]]:
    """The one event next to the copy's date, if it is well known and the others lie years further away."""
    ordered = sorted(groups, key=lambda group: years_apart(group[0].row, when))
    first, second = (years_apart(group[0].row, when) for group in ordered[:2])
    return ordered[:1] if first <= 2 and second >= first + 3 and is_curated(ordered[0][0].row) else []

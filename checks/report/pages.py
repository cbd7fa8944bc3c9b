"""The pages of the checks that a report speaks of: the rule and the newsroom's reason for it."""

from __future__ import annotations

from functools import cache
from typing import Any, NamedTuple


class Page(NamedTuple):
    """A check's page as reports show it: the rule in a sentence, the reason in paragraphs."""

    check: str
    summary: str
    why: tuple[str, ...]


@cache
def page(check: str) -> Page:
    """The page of a check; one with no words for a check that this version no longer has (from a stored run)."""
    from checks.core.registry import all_checks

    declared = all_checks().get(check)
    if declared is None:
        return Page(check, "", ())
    paragraphs = (" ".join(paragraph.split()) for paragraph in declared.why.split("\n\n"))
    return Page(check, declared.summary, tuple(paragraph for paragraph in paragraphs if paragraph))


def pages_of(run: dict[str, Any]) -> list[Page]:
    """The pages of all checks with a flag in the run, by name."""
    names = {claim["check"] for entry in run["documents"] for claim in entry["claims"] if claim["severity"]}
    return [page(name) for name in sorted(names)]

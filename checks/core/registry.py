"""The ``@check`` declaration: which claims a check reads, and its page."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Claim, Finding

if TYPE_CHECKING:
    from checks.core.story import Story

Judge = Callable[[Any, "Story"], Finding | None]


@dataclass(frozen=True, slots=True)
class Example:
    """A sentence from a check's page, with the span that it speaks of and the date of its story."""

    text: str
    marked: tuple[int, int] | None
    published: date | None


@dataclass(frozen=True, slots=True)
class Check:
    """One check: its name (that of its module), the claims it reads, its judgement and its page.

    ``summary`` is the rule in one sentence, ``why`` the newsroom's reason; ``flags``, ``doubts`` and ``passes``
    are the examples, by the verdict that they must get.
    """

    name: str
    reads: tuple[type[Claim], ...]
    judge: Judge
    summary: str
    why: str
    flags: tuple[Example, ...]
    doubts: tuple[Example, ...]
    passes: tuple[Example, ...]


_SECTION = lazy_pattern(r"^(Flags|Doubts|Passes):$")
_STORY_DATE = lazy_pattern(r"^\[(\d{4}-\d{2}-\d{2})\]\s+")


def check(*, reads: type[Claim] | tuple[type[Claim], ...]) -> Callable[[Judge], Check]:
    """Declare a function as the check of its module.

    The docstring is the check's page: a sentence with the rule, paragraphs with the reason, then sections
    ``Flags:``, ``Doubts:`` and ``Passes:`` with one example a line, the span marked «like this», and the
    story's date before it in square brackets where it matters.

    Raises ValueError where the docstring lacks a summary or has no flagged or no passed example.
    """

    def declare(judge: Judge) -> Check:
        return _declared(judge, reads if isinstance(reads, tuple) else (reads,))

    return declare


def _declared(judge: Judge, reads: tuple[type[Claim], ...]) -> Check:
    prose: list[str] = []
    examples: dict[str, list[Example]] = {"Flags": [], "Doubts": [], "Passes": []}
    section: str | None = None
    for line in inspect.cleandoc(judge.__doc__ or "").splitlines():
        if heading := _SECTION.match(line):
            section = heading[1]
        elif section is None:
            prose.append(line)
        elif line.strip():
            examples[section].append(_example(line.strip()))
    summary, _, why = "\n".join(prose).strip().partition("\n\n")
    name = judge.__module__.rpartition(".")[2]
    if not summary or not (examples["Flags"] or examples["Doubts"]) or not examples["Passes"]:
        raise ValueError(f"check {name}: its docstring needs a rule, a flagged and a passed example")
    return Check(
        name=name,
        reads=reads,
        judge=judge,
        summary=" ".join(summary.split()),
        why=why.strip(),
        flags=tuple(examples["Flags"]),
        doubts=tuple(examples["Doubts"]),
        passes=tuple(examples["Passes"]),
    )


def _example(line: str) -> Example:
    published = None
    if dated := _STORY_DATE.match(line):
        published = date.fromisoformat(dated[1])
        line = line[dated.end() :]
    start, end = line.find("«"), line.find("»")
    marked = (start, end - 1) if 0 <= start < end else None
    return Example(line.replace("«", "").replace("»", ""), marked, published)


@cache
def all_checks() -> dict[str, Check]:
    """Every check in the package, by name: one module each, found without a list to keep."""
    found = {}
    for module in pkgutil.iter_modules([str(Path(__file__).parents[1])]):
        if module.ispkg or module.name.startswith("_"):
            continue
        declared = getattr(importlib.import_module(f"checks.{module.name}"), module.name)
        found[module.name] = declared
    return dict(sorted(found.items()))

"""The pages of the checks as the terminal shows them: ``figurecheck checks`` and ``figurecheck explain``."""

from __future__ import annotations

import textwrap

from checks.core.registry import Check, Example, all_checks
from flows.settings import SettingsError, nearest


def checks_list() -> str:
    """A line for each check: its name and its rule."""
    found = all_checks()
    if not found:
        return "There are no checks.\n"
    longest = max(map(len, found))
    return "".join(f"{name:<{longest}}  {check.summary}\n" for name, check in found.items())


def check_page(name: str) -> str:
    """The page of one check: the rule, the reason, examples, and how to silence it.

    Raises SettingsError, naming the nearest check, where there is none of the name.
    """
    found = all_checks()
    if name not in found:
        raise SettingsError(f"there is no check {name!r}{nearest(name, found)}")
    check = found[name]
    reads = ", ".join(_words(each.__name__) for each in check.reads)
    parts = [f"{check.name}: {check.summary}", check.why, f"It reads: {reads}."]
    for heading, examples in (
        ("Flags, as an error", check.flags),
        ("Doubts, as a warning", check.doubts),
        ("Passes", check.passes),
    ):
        if examples:
            parts.append("\n".join([f"{heading}:", *map(_example, examples)]))
    parts.append(_silencing(check))
    return "\n\n".join(part for part in parts if part) + "\n"


def _words(name: str) -> str:
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()


def _example(example: Example) -> str:
    text = example.text
    if example.marked:
        start, end = example.marked
        text = f"{text[:start]}«{text[start:end]}»{text[end:]}"
    dated = f" (story of {example.published})" if example.published else ""
    return textwrap.fill(text + dated, width=96, initial_indent="  ", subsequent_indent="    ")


def _silencing(check: Check) -> str:
    return "\n".join(
        (
            "To silence it:",
            f"  for one run      figurecheck check --ignore {check.name} ...",
            f'  for a desk       ignore = ["{check.name}"] under [tool.figurecheck] or figurecheck.toml;',
            f'                   or severity = {{ {check.name} = "warning" }} to keep it without failing',
            "  for known flags  figurecheck check --write-baseline known.json ..., then --baseline known.json",
        )
    )

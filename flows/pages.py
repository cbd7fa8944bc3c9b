"""The pages of the checks: ``figurecheck checks`` and ``figurecheck explain`` on the terminal, and those in the docs.

``python -m flows.pages docs`` writes the latter anew, and the list of the reference tables.
"""

from __future__ import annotations

import json
import sys
import textwrap
from importlib.resources import files
from pathlib import Path

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


def documentation() -> dict[str, str]:
    """The Markdown pages that are made, by path in the docs: those of the checks, their index, and the tables."""
    found = all_checks()
    index = ["# The checks", "", "| check | rule |", "|---|---|"]
    index += [f"| [{name}]({name}.md) | {check.summary} |" for name, check in found.items()]
    pages = {f"checks/{name}.md": _markdown(check) for name, check in found.items()}
    return {"checks/index.md": "\n".join(index) + "\n", **pages, "tables.md": _tables()}


def _tables() -> str:
    package = json.loads((files("reference_data") / "datapackage.json").read_text(encoding="utf-8"))
    lines = ["# The reference tables", "", package["description"], ""]
    lines += [
        "Changes of the data are listed in `reference_data/CHANGELOG.md`. `figurecheck tables validate` checks them."
    ]
    for made, heading in ((True, "Made from the sources"), (False, "Kept by hand")):
        lines += ["", f"## {heading}", "", "| file | what | sources | licences | as of |", "|---|---|---|---|---|"]
        for table in package["resources"]:
            if table["made"].startswith("Made") is made:
                sources = "; ".join(source["title"] for source in table["sources"])
                licences = ", ".join(licence["name"] for licence in table["licenses"])
                cells = (f"`{table['path']}`", table["title"], sources, licences, table["as_of"])
                lines.append("| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |")
    return "\n".join(lines) + "\n"


def _markdown(check: Check) -> str:
    lines = [f"# {check.name}", "", f"**{check.summary}**", "", check.why, ""]
    lines += [f"Reads: {', '.join(_words(each.__name__) for each in check.reads)}.", ""]
    for heading, examples in (
        ("Flags, as an error", check.flags),
        ("Doubts, as a warning", check.doubts),
        ("Passes", check.passes),
    ):
        if examples:
            lines += [f"## {heading}", "", *(f"- {_marked(example)}" for example in examples), ""]
    lines += ["## To silence it", "", "```", *_silencing(check).splitlines()[1:], "```"]
    return "\n".join(lines) + "\n"


def _marked(example: Example) -> str:
    text = example.text
    if example.marked:
        start, end = example.marked
        text = f"{text[:start]}**{text[start:end]}**{text[end:]}"
    return f"{text} *(story of {example.published})*" if example.published else text


if __name__ == "__main__":
    for name, page in documentation().items():
        place = Path(sys.argv[1]) / name
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(page, encoding="utf-8")

"""One file through the checks: bytes to entries of the report, with the desk's settings applied.

The command line, the Prefect flow and its worker processes all come through here.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from checks import Document, Report, check
from checks.core.registry import all_checks
from flows.copy import Story, UnreadableCopyError, read_copy

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    from flows.settings import Settings

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Checked:
    """One story's entry in the report, and its text as it stands in the file."""

    entry: Entry
    text: str


def check_names() -> tuple[str, ...]:
    """The names of all checks."""
    return tuple(all_checks())


def checks_to_run(settings: Settings) -> frozenset[str] | None:
    """The names of the checks that the settings leave on; None where they say nothing, for all."""
    off = {name for name, level in settings.severity.items() if level == "off"} | set(settings.ignore)
    if not settings.select and not off:
        return None
    return frozenset(settings.select or check_names()) - off


def check_bytes(path: str, data: bytes, settings: Settings) -> list[Checked]:
    """Every story in a file's bytes, checked. What cannot be read is an entry that says why."""
    try:
        stories = read_copy(path, data)
    except UnreadableCopyError as error:
        return [Checked(unreadable(path, str(error)), "")]
    selected = checks_to_run(settings)
    return [_check_story(story, selected, settings) for story in stories]


def unreadable(path: str, reason: str, sha256: str | None = None) -> Entry:
    """The entry of a file that could not be read."""
    return Report(document=Document(text="", path=path, sha256=sha256), error=reason).to_dict()


def _check_story(story: Story, selected: Collection[str] | None, settings: Settings) -> Checked:
    document = story.document
    try:
        entry = check(document, published=settings.date, select=selected).to_dict()
    except Exception as error:  # noqa: BLE001 - one story must never stop a night's run
        reason = f"figurecheck failed on it ({type(error).__name__}: {error}); please report this with the copy"
        return Checked(unreadable(document.path or "", reason, document.sha256), story.text)
    entry["notes"] = [*story.notes, *entry["notes"]]
    for each in (*entry["figures"], *entry["claims"]):
        # As it stands in the file: the checks read copy whose markup is blanked out.
        each["text"] = story.text[each["start"] : each["end"]]
    for claim in entry["claims"]:
        level = settings.severity.get(claim["check"])
        if claim["severity"] and level in ("error", "warning"):
            claim["severity"] = level
    return Checked(entry, story.text)


def failing(entries: Iterable[Entry], settings: Settings) -> bool:
    """Whether any flag stands at or above the fail level."""
    levels = {"error": {"error"}, "warning": {"error", "warning"}, "never": set[str]()}[settings.fail_level]
    return any(claim["severity"] in levels for entry in entries for claim in entry["claims"])

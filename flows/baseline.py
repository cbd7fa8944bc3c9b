"""Baselines: flags that a desk has seen and accepted, by fingerprint, so that only new ones fail."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from flows.files import write_atomically
from flows.settings import SettingsError

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

SCHEMA = "figurecheck/baseline/1"
_DEFAULT_REASON = "accepted when the baseline was written"


def read_baseline(path: Path) -> dict[str, str]:
    """The accepted fingerprints of a baseline file with their reasons.

    Takes the file that ``--write-baseline`` makes, and any JSON with a list ``accepted`` of objects that have a
    ``fingerprint`` and perhaps a ``reason``. Raises SettingsError where the file is none of these.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(
            f"{path}: the baseline cannot be read: {error.strerror or error}; make it with --write-baseline {path}"
        ) from None
    except (ValueError, RecursionError) as error:
        raise SettingsError(f"{path}: the baseline is no valid JSON: {error}") from None
    rows = content.get("accepted") if isinstance(content, dict) else None
    if not isinstance(rows, list):
        raise SettingsError(f"{path}: this is no baseline: it has no list 'accepted'")
    accepted = {}
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict) or not isinstance(row.get("fingerprint"), str):
            raise SettingsError(f"{path}: entry {number} of 'accepted' has no fingerprint")
        accepted[row["fingerprint"]] = str(row.get("reason") or _DEFAULT_REASON)
    return accepted


def apply_baseline(entries: Iterable[dict[str, Any]], accepted: Mapping[str, str]) -> int:
    """Take the severity from every accepted flag and put its reason beside it; the number of flags accepted."""
    count = 0
    for entry in entries:
        for claim in entry["claims"]:
            if claim["severity"] and claim["fingerprint"] in accepted:
                claim["severity"] = None
                claim["accepted"] = accepted[claim["fingerprint"]]
                count += 1
    return count


def write_baseline(path: Path, entries: Iterable[dict[str, Any]], earlier: Mapping[str, str]) -> int:
    """Write a baseline of all flags of a run, with the reasons that earlier ones had; the number of flags in it."""
    rows: dict[str, dict[str, Any]] = {}
    for entry in entries:
        for claim in entry["claims"]:
            if claim["severity"] or "accepted" in claim:
                rows[claim["fingerprint"]] = {
                    "fingerprint": claim["fingerprint"],
                    "check": claim["check"],
                    "path": entry["path"],
                    "text": claim["text"],
                    "message": claim["message"],
                    "reason": earlier.get(claim["fingerprint"], _DEFAULT_REASON),
                }
    content = {"schema": SCHEMA, "accepted": list(rows.values())}
    write_atomically(path, [json.dumps(content, indent=2, ensure_ascii=False) + "\n"])
    return len(rows)

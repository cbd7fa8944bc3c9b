"""What a result is kept under: the content, what was set for it, and the versions of checks and tables."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


def content_key(sha256: str, given: Mapping[str, Any], checks_version: str, tables_version: str) -> str:
    """The key under which a document's result is kept; ``given`` is what was set for it (its date, the checks)."""
    parts = json.dumps([sha256, given, checks_version, tables_version], sort_keys=True, default=str)
    return hashlib.sha256(parts.encode()).hexdigest()


@cache
def checks_version() -> str:
    """The package's version with a hash of the checks' source and word lists, so that a changed rule rechecks."""
    import checks
    import flows
    import reference_data

    digest = hashlib.sha256()
    folders = [Path(next(iter(package.__path__))) for package in (checks, reference_data)]
    folders.append(Path(next(iter(flows.__path__))) / "copy")
    for folder in folders:
        for path in sorted(folder.rglob("*")):
            inside = path.relative_to(folder).parts
            if path.suffix in {".py", ".csv", ".txt"} and inside[0] != "report" and path.is_file():
                digest.update("/".join(inside).encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return f"{flows.__version__}+{digest.hexdigest()[:12]}"

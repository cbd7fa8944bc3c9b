"""The folder of the tables and word lists that this installation carries."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any


@cache
def shipped() -> Any:
    """The folder as a path, or as a member of a zipped installation.

    ``importlib.resources`` finds it as well, but takes longer to import than all word lists to read: it is left to
    installations that are no folders.
    """
    for entry in import_module("reference_data").__path__:
        folder = Path(entry)
        if (folder / "datapackage.json").is_file():
            return folder
    from importlib.resources import files

    return files("reference_data")

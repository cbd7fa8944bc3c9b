"""Regular expressions that are compiled on first use.

One story calls for some of the several hundred patterns in these modules. Compiling all of them at every start
would take longer than reading the story.
"""

from __future__ import annotations

import re
from typing import Any, cast


def lazy_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern, to be used as the one that ``re.compile`` gives; a slip in it shows on first use."""
    return cast("re.Pattern[str]", _LazyPattern(source, flags))


class _LazyPattern:
    """Stands in for a pattern. Each of the pattern's methods is looked up once and kept."""

    def __init__(self, source: str, flags: int) -> None:
        self._written = (source, flags)

    def __getattr__(self, name: str) -> Any:
        if name == "_compiled":
            self._compiled = re.compile(*self._written)
            return self._compiled
        found = getattr(self._compiled, name)
        setattr(self, name, found)
        return found

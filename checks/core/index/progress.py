"""Told while the index is built."""

from __future__ import annotations

from collections.abc import Callable

#: Told what is being done, how many steps are done and how many there are. The caller draws the bar.
Progress = Callable[[str, int, int], None]

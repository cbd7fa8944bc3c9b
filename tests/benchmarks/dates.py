"""How fast dates are read, and whether hostile copy keeps the time linear.

    python tests/benchmarks/dates.py [FILE ...]

Ordinary copy: the files given, else the labelled cases over and over. Hostile copy: a megabyte of each, and the
ratio of its time to that of half a megabyte, which is about 2 where time is linear.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from checks.extract.calendar.dates import find_dates
from checks.extract.segments import Segments

MEGABYTE = 1_000_000
HOSTILE = {
    "digits": "1234567890",
    "years": "2014 ",
    "ones and hyphens": "1-1-1-",
    "slashes": "13/09/2022/",
    "commas": "1,2,3,",
    "parentheses": "((()))",
    "month names": "September ",
    "May": "May ",
    "months and days": "Sept. 13 ",
    "ranges": "Sept. 1-2-3 to ",
    "weekdays": "Tuesday ",
    "number words": "twenty-one and ",
    "units": "years ",
    "a year": "a year ",
    "half": "half a ",
    "times": "9.30pm",
    "ages": "Jane Doe, 34, ",
    "tags": "<b",
    "entities": "&am",
    "quotation marks": "“",
    "capitals": "A, ",
    "spaces": " ",
    "line breaks": "\n",
}


def seconds(text: str) -> float:
    """The processor time of reading the dates of a text, the best of three."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        find_dates(text, Segments(text), date(2022, 9, 13))
        best = min(best, time.process_time() - started)
    return best


def main() -> None:
    """Print the table."""
    cases = Path(__file__).parents[1] / "cases" / "dates.jsonl"
    ordinary = "\n\n".join(Path(name).read_text("utf-8") for name in sys.argv[1:])
    if not ordinary:
        lines = cases.read_text("utf-8").splitlines()
        ordinary = "\n\n".join(json.loads(line)["text"] for line in lines) * 20
    sys.stdout.write(
        f"{'ordinary copy':20} {len(ordinary) / seconds(ordinary) / 1e6:8.2f} million characters a second" + "\n"
    )
    for name, piece in HOSTILE.items():
        whole = (piece * (MEGABYTE // len(piece) + 1))[:MEGABYTE]
        once, half = seconds(whole), seconds(whole[: MEGABYTE // 2])
        sys.stdout.write(f"{name:20} {once:8.3f} s a megabyte, {once / half:5.2f} times that of half a megabyte" + "\n")


if __name__ == "__main__":
    main()

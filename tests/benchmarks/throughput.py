"""How much copy is read and checked in a second of one processor, and which part takes how much of it.

    python tests/benchmarks/throughput.py [ARTICLES] [--every N] [--runs N]

ARTICLES is a JSONL file, gzipped or not, with ``text`` and perhaps ``date`` (YYYY-MM-DD) in each line; without one
the example inbox is taken a hundred times. ``--every 12`` takes each twelfth article. All articles are gone through
``--runs`` times, and the quickest time of each part counts: what else the machine does makes it slower, never
quicker. The first run also fills what is kept between stories (names that were looked up before).
"""

# ruff: noqa: T201
from __future__ import annotations

import argparse
import gzip
import json
import time
from collections import defaultdict
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from checks.core.model import Document
from checks.core.places import Gazetteer
from checks.core.reference import default_tables
from checks.core.registry import all_checks
from checks.core.story import Story
from checks.extract import _CLAIMS, dated, find_dates, find_figures
from checks.extract.reading import Reading
from checks.extract.segments import Segments

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from checks.core.reference import Tables

INBOX = Path(__file__).parents[2] / "docs" / "example-inbox"
MEGABYTE = 1_000_000


class Stopwatch:
    """The processor's seconds by part."""

    def __init__(self) -> None:
        self.parts: dict[str, float] = defaultdict(float)

    def run(self, part: str, work: Callable[..., Any], *given: Any) -> Any:
        begin = time.process_time()
        result = work(*given)
        self.parts[part] += time.process_time() - begin
        return result


def check(document: Document, tables: Tables, watch: Stopwatch) -> None:
    """One story through all parts, as ``checks.check`` does it."""
    segments = Segments(document.text)
    document, notes = watch.run("read: dateline", dated, document, segments)
    dates = watch.run("read: dates", find_dates, document.text, segments, document.published)
    figures = watch.run("read: figures", find_figures, document.text, segments, dates)
    reading = Reading(document=document, segments=segments, figures=figures, notes=notes)
    claims = []
    for find in _CLAIMS:
        claims += watch.run(f"read: {find.__name__.replace('_', ' ')}", lambda find=find: list(find(reading)))
    story = Story(document, figures, tables, Gazetteer(document, tables))
    for name, declared in all_checks().items():
        for claim in claims:
            if isinstance(claim, declared.reads):
                watch.run(f"check: {name}", declared.judge, claim, story)


def documents(path: Path | None, every: int) -> Iterator[Document]:
    """The articles to read."""
    if path is None:
        copy = [file.read_text(encoding="utf-8") for file in sorted(INBOX.iterdir())]
        yield from [Document(text=text, published=date(2022, 9, 13)) for text in copy * 100]
        return
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if number % every == 0:
                article = json.loads(line)
                yield Document(text=article["text"], published=day(article.get("date")))


def day(written: str | None) -> date | None:
    """The date of an article, None where it has none that can be read."""
    try:
        return date.fromisoformat((written or "")[:10])
    except ValueError:
        return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("articles", nargs="?", type=Path)
    parser.add_argument("--every", type=int, default=1, metavar="N")
    parser.add_argument("--runs", type=int, default=3, metavar="N")
    arguments = parser.parse_args()
    stories = list(documents(arguments.articles, arguments.every))
    size = sum(len(story.text.encode()) for story in stories) / MEGABYTE
    tables = default_tables()
    runs: list[dict[str, float]] = []
    for _ in range(arguments.runs):
        watch = Stopwatch()
        for story in stories:
            check(story, tables, watch)
        runs.append(watch.parts)
    quickest = {part: min(run[part] for run in runs) for part in runs[0]}
    whole = sum(quickest.values())
    reading = sum(seconds for part, seconds in quickest.items() if part.startswith("read"))
    print(f"{len(stories)} articles, {size:.2f} MB, {arguments.runs} runs")
    print(f"reading alone     {size / reading:.2f} MB a second of processor time")
    print(f"reading and checks {size / whole:.2f} MB (first run {size / sum(runs[0].values()):.2f} MB)")
    for part, seconds in sorted(quickest.items(), key=lambda each: -each[1]):
        print(f"  {part:24} {seconds / whole:6.1%} {seconds / size * 1000:7.1f} ms/MB")


if __name__ == "__main__":
    main()

"""Events in the index, with the words that find them."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from checks.core.names import fold

if TYPE_CHECKING:
    from checks.core.index.filling import Filling


def events(index: Filling) -> None:
    """Events with every word that may name them: their own, their aliases' and their places'."""
    demonyms: dict[str, list[str]] = defaultdict(list)
    for row in index.rows("demonyms.csv"):
        demonyms[row["place_id"]].append(row["word"])
    events: list[tuple[Any, ...]] = []
    words: list[tuple[str, int]] = []
    counts: dict[str, int] = defaultdict(int)
    for table in ("events_curated.csv", "events.csv.gz", "earthquakes.csv.gz"):
        for row in index.rows(table):
            no = len(events) + 1
            get = row.get
            aliases = get("aliases") or ""
            kind = get("kind") or "earthquake"
            place = get("place") or ""
            events.append(
                (
                    no,
                    row["id"],
                    row["name"],
                    kind,
                    row["start"],
                    get("end") or None,
                    row["precision"],
                    get("calendar") or "gregorian",
                    place or None,
                    row["confidence"],
                    get("doubt") or None,
                    row["source"],
                    aliases,
                )
            )
            texts = [row["name"], *aliases.split(";")]
            for part in place.split(";"):
                number = index.numbers.get(part)
                texts += [index.names_of[number], *demonyms[part]] if number else [part]
            keys = {word for text in texts for word in fold(text).split()}
            for word in keys:
                counts[word] += 1
                words.append((word, no))
    index.connection.executemany("INSERT INTO event VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?)", events)
    index.connection.executemany("INSERT INTO event_word VALUES (?,?)", sorted(words))
    index.connection.executemany("INSERT INTO event_word_count VALUES (?,?)", sorted(counts.items()))

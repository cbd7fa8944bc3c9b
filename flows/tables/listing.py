"""What is in the tables: plain rows for ``figurecheck tables list``, ``show`` and ``find``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows.tables.files import Row, data_folder, read_package, read_rows

if TYPE_CHECKING:
    from pathlib import Path

    from checks.core.reference import Tables


def list_tables(data: Path | None = None) -> list[dict[str, Any]]:
    """A line for each table: name, title, rows, sources and the day it describes."""
    data = data or data_folder()
    found = []
    for resource in read_package(data)["resources"]:
        path = data / resource["path"]
        rows = len(read_rows(path)) if ".csv" in path.suffixes else None
        found.append(
            {
                "name": resource["name"],
                "title": resource.get("title", ""),
                "rows": rows,
                "sources": "; ".join(source.get("title", "") for source in resource.get("sources", [])),
                "as_of": resource.get("as_of", ""),
                "path": resource["path"],
            }
        )
    return found


def show_table(name: str, limit: int | None = None, data: Path | None = None) -> list[Row]:
    """The rows of one table, all or the first ones. Raises KeyError for an unknown name, with the nearest one."""
    data = data or data_folder()
    paths = {resource["name"]: resource["path"] for resource in read_package(data)["resources"]}
    path = data / paths.get(name, "")
    if not path.is_file() or ".csv" not in path.suffixes:
        from rapidfuzz import process

        tables = [each for each, file in paths.items() if ".csv" in file]
        nearest = process.extractOne(name, tables)
        raise KeyError(f"no table {name!r}; did you mean {nearest[0]!r}?" if nearest else f"no table {name!r}")
    return read_rows(path)[:limit]


def find_entities(name: str, tables: Tables | None = None, limit: int = 10) -> list[dict[str, Any]]:
    """What the tables know under a name: places and things with their facts, then events, each as a plain row."""
    from checks.core.index import THINGS
    from checks.core.reference import default_tables

    tables = tables or default_tables()
    places = [*tables.places(name), *tables.places(name, kinds=THINGS)][:limit]
    alike = places or [place for place, _ in tables.similar(name, limit=limit)]
    found: list[dict[str, Any]] = [
        {
            "id": place.id,
            "name": place.name,
            "kind": place.kind,
            "country": place.country,
            "match": "exact" if places else "similar",
            "facts": [
                {
                    "attribute": fact.attribute,
                    "qualifier": fact.qualifier,
                    "value": fact.value,
                    "unit": fact.unit,
                    "as_of": fact.as_of,
                    "source": fact.source,
                    "derived": fact.derived,
                    "disputed": fact.disputed,
                }
                for fact in tables.facts(place.id)
            ],
        }
        for place in alike
    ]
    found += [
        {
            "id": event.id,
            "name": event.name,
            "kind": event.kind,
            "country": event.place,
            "match": "words",
            "start": event.start,
            "end": event.end,
            "source": event.source,
            "doubt": event.doubt,
        }
        for event in tables.events(name.split(), limit=limit)
    ]
    return found

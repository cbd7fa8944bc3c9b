"""``figurecheck tables``: the reference tables on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flows import tables
from flows.check_command import CLEAN, FAILED
from flows.progress import building
from flows.settings import SettingsError
from flows.terminal import message, write_out

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def list_tables() -> int:
    """A line for each table: name, rows, title, as-of date."""
    found = tables.list_tables()
    longest = max((len(each["name"]) for each in found), default=0)

    def lines() -> Iterator[str]:
        for each in found:
            rows = f"{each['rows']:,}" if each["rows"] is not None else ""
            as_of = f" (as of {each['as_of']})" if each["as_of"] else ""
            yield f"{each['name']:<{longest}}  {rows:>9}  {each['title']}{as_of}\n"

    write_out(lines())
    return CLEAN


def show_table(name: str, limit: int | None) -> int:
    """The rows of a table as CSV."""
    import csv
    import io

    try:
        rows = tables.show_table(name, limit)
    except KeyError as error:
        raise SettingsError(str(error.args[0])) from None

    def lines() -> Iterator[str]:
        out = io.StringIO()
        writer = csv.DictWriter(out, list(rows[0]) if rows else [], lineterminator="\n")
        writer.writeheader()
        for row in rows:
            writer.writerow(row)
            yield out.getvalue()
            out.seek(0)
            out.truncate()

    write_out(lines())
    return CLEAN


def find(name: str) -> int:
    """All that is known of a name, with every value, date and source. Ends with 1 where nothing is."""
    from checks.core.reference import default_tables

    found = tables.find_entities(name, default_tables(progress=building()))
    if not found:
        message(f"the tables know nothing by the name {name!r}")
        return 1
    write_out(line + "\n" for each in found for line in _entity(each))
    return CLEAN


def _entity(each: dict[str, Any]) -> Iterator[str]:
    country = f", {each['country']}" if each["country"] else ""
    alike = " (a similar name)" if each["match"] == "similar" else ""
    yield f"{each['name']}: {each['kind']}{country} [{each['id']}]{alike}"
    if "start" in each:
        until = f" to {each['end']}" if each["end"] and each["end"] != each["start"] else ""
        doubt = f"; {each['doubt']}" if each["doubt"] else ""
        yield f"  {each['start']}{until}  ({each['source']}{doubt})"
    for fact in each.get("facts", ()):
        what = fact["attribute"] + (f" ({fact['qualifier']})" if fact["qualifier"] else "")
        value = fact["value"] if isinstance(fact["value"], str) else f"{fact['value']:,}"
        marks = "".join(f", {mark}" for mark in ("derived", "disputed") if fact[mark])
        dated = f", {fact['as_of']}" if fact["as_of"] else ""
        yield f"  {what}: {value} {fact['unit'] or ''}".rstrip() + f"  ({fact['source']}{dated}{marks})"


def validate() -> int:
    """What is wrong with the tables, a line each. Ends with 1 where something is."""
    wrong = tables.validate()
    write_out(f"{each}\n" for each in wrong)
    if not wrong:
        write_out(["The tables are sound.\n"])
    return 1 if wrong else CLEAN


def build(source: Path | None, target: Path | None) -> int:
    """Build the index anew; or, from a folder of source tables, the tables themselves."""
    if source is None:
        from checks.core.index import discard, locate

        show, built = building(), False

        def tell(what: str, done: int, total: int) -> None:
            nonlocal built
            built = True
            show(what, done, total)

        path = locate(progress=tell)
        if not built:
            discard(path)
            path = locate(progress=building())
        write_out([f"The index is built: {path}\n"])
        return CLEAN
    if not source.is_dir():
        raise SettingsError(f"{source}: there is no such folder")
    try:
        written = tables.build(source, target or tables.data_folder(), progress=building())
    except (OSError, KeyError, ValueError) as error:
        message(f"the tables could not be made from {source}: {error}")
        return FAILED
    write_out(f"{rows:>9,}  {name}\n" for name, rows in written.items())
    return CLEAN

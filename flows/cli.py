"""The command line: a thin face. Each command imports what it needs when it runs, so that a check starts at once."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar, cast

import click

from flows import __version__
from flows.settings import SettingsError, nearest, read_day, read_size

if TYPE_CHECKING:
    from collections.abc import Callable

    from flows.settings import FailLevel

_T = TypeVar("_T")
_FAILED = 2
_INTERRUPTED = 130
_FILE = click.Path(path_type=Path)
_HELP = {"help_option_names": ["-h", "--help"]}

_date = click.option("--date", "published", metavar="YYYY-MM-DD", help="The story's date, where the copy has none.")
_format = click.option(
    "--format",
    "-f",
    "report_format",
    metavar="FORMAT",
    help="text, json, jsonl, html, markdown, csv, sarif, github, junit or rdjson.",
)
_output = click.option("--output", "-o", type=_FILE, metavar="FILE", help="Write the report to a file.")
_fail_level = click.option(
    "--fail-level", metavar="LEVEL", help="error (the default), warning or never: what exits with 1."
)
_config = click.option("--config", type=_FILE, metavar="FILE", help="Settings from this file, not the nearest.")
_store = click.option("--store", metavar="URL", help="The database; by default SQLite in figurecheck's own folder.")
_report = click.option("--report", type=_FILE, metavar="DIR", help="The folder for the HTML report.")


@click.group("figurecheck", context_settings=_HELP)
@click.version_option(__version__, message="figurecheck %(version)s")
def app() -> None:
    """Reads news copy, finds every figure in it and checks what it claims.

    \b
    Examples:
      figurecheck check story.txt                     check one story
      figurecheck check --date 2022-09-13 story.txt   a story whose date is not in the copy
      figurecheck run inbox/                          verify a folder, with a store and a report
      figurecheck explain conversion                  what a check does and why
    """


@app.command()
@click.argument("paths", nargs=-1, metavar="PATH...")
@_date
@_format
@_output
@_fail_level
@click.option("--select", multiple=True, metavar="CHECKS", help="Run only these checks, by name, with commas.")
@click.option("--ignore", multiple=True, metavar="CHECKS", help="Leave these checks out.")
@click.option("--baseline", type=_FILE, metavar="FILE", help="Leave out the flags accepted in this file.")
@click.option("--write-baseline", type=_FILE, metavar="FILE", help="Accept all flags of now into this file.")
@_config
@click.option("--max-file-size", metavar="SIZE", help="Refuse larger files (5 MB by default).")
def check(
    paths: tuple[str, ...],
    published: str | None,
    report_format: str | None,
    fail_level: str | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    max_file_size: str | None,
    **files: Path | None,
) -> int:
    """Check copy: every figure, against itself and the tables.

    \b
    Exit status: 0 nothing at or above the fail level; 1 flags; 2 something could not be read, or wrong usage.

    \b
    Examples:
      figurecheck check story.txt
      figurecheck check --date 2022-09-13 --format json story.txt
      cat story.txt | figurecheck check -
      figurecheck check --fail-level warning --ignore rank incoming/
      figurecheck check --format html --output report.html stories/
      figurecheck check --write-baseline known.json stories/
    """
    if not paths:
        raise SettingsError("there is nothing to check: name files or folders, or - for standard input")
    # Nothing that a start makes is garbage; to look for it takes a tenth of the check of one story.
    gc.disable()
    try:
        from flows.check_command import CheckOptions, run_check

        return run_check(
            CheckOptions(
                paths=paths,
                published=_read("--date", read_day, published),
                format=report_format,
                fail_level=_level(fail_level),
                select=_names(select),
                ignore=_names(ignore),
                max_file_size=_read("--max-file-size", read_size, max_file_size),
                **files,
            )
        )
    finally:
        gc.enable()


@app.command()
def checks() -> None:
    """List the checks, a line for each."""
    from flows.pages import checks_list
    from flows.terminal import write_out

    write_out([checks_list()])


@app.command()
@click.argument("name", metavar="CHECK")
def explain(name: str) -> None:
    """Show the page of a check: its rule, why, examples.

    Also how to silence it, for a run or for a desk.

    \b
    Examples:
      figurecheck explain conversion
    """
    from flows.pages import check_page
    from flows.terminal import write_out

    write_out([check_page(name)])


@app.command()
@click.argument("inbox")
@_store
@_report
@_date
@_fail_level
@_config
def run(published: str | None, fail_level: str | None, **options: Any) -> int:
    """Verify an inbox: check, keep and report what is new.

    Once, through the Prefect flow.

    \b
    Copy that was checked before, with the same tables and checks, is not checked again, and no flag is reported
    twice. The exit status speaks of what this run reports, as for check.

    \b
    Examples:
      figurecheck run inbox/
      figurecheck run inbox/ --store postgresql+psycopg://desk@db/figurecheck --report reports/
    """
    from flows.run_command import RunOptions, run_inbox

    return run_inbox(
        RunOptions(published=_read("--date", read_day, published), fail_level=_level(fail_level), **options)
    )


@app.command()
@click.argument("inbox")
@click.option("--cron", required=True, metavar="CRON", help='When to run, for example "0 2 * * *".')
@_store
@_report
@_config
def schedule(cron: str, **options: Any) -> int:
    """Verify an inbox on a schedule, until Ctrl-C stops it.

    A Prefect deployment, served from here.

    \b
    Examples:
      figurecheck schedule inbox/ --cron "0 2 * * *"
    """
    from flows.run_command import RunOptions
    from flows.schedule import serve

    return serve(RunOptions(**options), cron)


@app.command()
@click.argument("number", metavar="[RUN]", type=int, required=False)
@_format
@_output
@_store
def report(number: int | None, report_format: str | None, output: Path | None, store: str | None) -> int:
    """Print the report of a stored run, by default the last.

    \b
    Examples:
      figurecheck report
      figurecheck report 12 --format html --output run12.html
    """
    from flows.run_command import print_report

    return print_report(number, report_format, output, store)


@app.group(invoke_without_command=True)
@click.pass_context
def tables(context: click.Context) -> int:
    """The reference tables: what is in them, are they sound?

    Without a command: list.
    """
    from flows.tables_command import list_tables

    return list_tables() if context.invoked_subcommand is None else 0


@tables.command("list")
def tables_list() -> int:
    """A line for each table."""
    from flows.tables_command import list_tables

    return list_tables()


@tables.command("show")
@click.argument("name", metavar="TABLE")
@click.option("--limit", type=click.IntRange(min=0), metavar="ROWS", help="Only the first rows.")
def tables_show(name: str, limit: int | None) -> int:
    """The rows of a table, as CSV."""
    from flows.tables_command import show_table

    return show_table(name, limit)


@tables.command("find")
@click.argument("name")
def tables_find(name: str) -> int:
    """All that is known of a name, with every value, date and source.

    \b
    Examples:
      figurecheck tables find Ukraine
      figurecheck tables find "Lake Superior"
    """
    from flows.tables_command import find

    return find(name)


@tables.command("validate")
def tables_validate() -> int:
    """Check every table against its schema and the tables' own rules."""
    from flows.tables_command import validate

    return validate()


@tables.command("build")
@click.argument("source", type=_FILE, required=False)
@click.option("--into", "target", type=_FILE, metavar="DIR", help="The folder for them.")
def tables_build(source: Path | None, target: Path | None) -> int:
    """Build the index of the tables anew; with SOURCE, make the tables themselves."""
    from flows.tables_command import build

    return build(source, target)


def main() -> None:
    """The ``figurecheck`` command. Whatever happens, the user gets a sentence and an exit status, no traceback."""
    try:
        sys.exit(app.main(prog_name="figurecheck", standalone_mode=False) or 0)
    except click.ClickException as error:
        error.show()
        sys.exit(_FAILED)
    except SettingsError as error:
        _end(str(error), _FAILED)
    except (KeyboardInterrupt, click.Abort):
        _end("stopped", _INTERRUPTED)
    except Exception as error:
        if os.environ.get("FIGURECHECK_DEBUG"):
            raise
        _end(
            f"an error of figurecheck's own: {type(error).__name__}: {error}"
            " (FIGURECHECK_DEBUG=1 shows where; please report it)",
            _FAILED,
        )


def _end(text: str, status: int) -> None:
    from flows.terminal import message

    message(text)
    sys.exit(status)


def _read(option: str, reader: Callable[[str], _T], text: str | None) -> _T | None:
    """What was given with an option, read; None where it was not given."""
    if text is None:
        return None
    try:
        return reader(text)
    except ValueError as error:
        raise SettingsError(f"{option}: {error}") from None


def _names(options: tuple[str, ...]) -> tuple[str, ...] | None:
    """Names given with commas, with the option repeated, or both; None where the option was not given."""
    if not options:
        return None
    return tuple(name.strip() for option in options for name in option.split(",") if name.strip())


def _level(text: str | None) -> FailLevel | None:
    levels = ("error", "warning", "never")
    if text is not None and text not in levels:
        raise SettingsError(f"--fail-level: there is no level {text!r}{nearest(text, levels)}")
    return cast("FailLevel | None", text)


if __name__ == "__main__":
    main()

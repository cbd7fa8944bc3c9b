"""The command line: a thin face. Each command imports what it needs when it runs, so that a check starts at once."""

from __future__ import annotations

import os
import sys
from pathlib import Path  # noqa: TC003 - typer reads the annotations
from typing import TYPE_CHECKING, Annotated, cast

import typer

from flows import __version__
from flows.settings import SettingsError, nearest, read_day, read_size

if TYPE_CHECKING:
    from datetime import date

    from flows.settings import FailLevel

_FAILED = 2
_INTERRUPTED = 130

app = typer.Typer(
    name="figurecheck",
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


tables = typer.Typer(
    help="The reference tables: what is in them, and whether they are sound. Without a command: list.",
    invoke_without_command=True,
    rich_markup_mode=None,
)
app.add_typer(tables, name="tables")


@app.callback(invoke_without_command=True)
def _top(
    version: Annotated[bool, typer.Option("--version", help="Print the version and leave.")] = False,
) -> None:
    """Reads news copy, finds every figure in it and checks what it claims.

    \b
    Examples:
      figurecheck check story.txt                     check one story
      figurecheck check --date 2022-09-13 story.txt   a story whose date is not in the copy
      figurecheck run inbox/                          verify a folder, with a store and a report
      figurecheck explain conversion                  what a check does and why
    """
    if version:
        typer.echo(f"figurecheck {__version__}")
        raise typer.Exit


@app.command()
def check(  # noqa: PLR0913, PLR0917 - an option each
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Files or folders; - reads standard input.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The story's date, where the copy has none.")
    ] = None,
    report_format: Annotated[
        str | None,
        typer.Option(
            "--format",
            "-f",
            metavar="FORMAT",
            help="text, json, jsonl, html, markdown, csv, sarif, github, junit or rdjson.",
        ),
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to a file.")
    ] = None,
    fail_level: Annotated[
        str | None,
        typer.Option("--fail-level", metavar="LEVEL", help="error (the default), warning or never: what exits with 1."),
    ] = None,
    select: Annotated[
        list[str] | None,
        typer.Option("--select", metavar="CHECKS", help="Run only these checks, by name, with commas."),
    ] = None,
    ignore: Annotated[
        list[str] | None, typer.Option("--ignore", metavar="CHECKS", help="Leave these checks out.")
    ] = None,
    baseline: Annotated[
        Path | None, typer.Option("--baseline", metavar="FILE", help="Leave out the flags accepted in this file.")
    ] = None,
    write_baseline: Annotated[
        Path | None, typer.Option("--write-baseline", metavar="FILE", help="Accept all flags of now into this file.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings from this file, not the nearest.")
    ] = None,
    max_file_size: Annotated[
        str | None, typer.Option("--max-file-size", metavar="SIZE", help="Refuse larger files (5 MB by default).")
    ] = None,
) -> None:
    """Check copy: every figure in it, against itself and against the reference tables.

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
    from flows.check_command import CheckOptions, run_check

    if not paths:
        raise SettingsError("there is nothing to check: name files or folders, or - for standard input")
    options = CheckOptions(
        paths=tuple(paths),
        published=_day(published),
        format=report_format,
        output=output,
        fail_level=_fail_level(fail_level),
        select=_names(select),
        ignore=_names(ignore),
        baseline=baseline,
        write_baseline=write_baseline,
        config=config,
        max_file_size=_size(max_file_size),
    )
    raise typer.Exit(run_check(options))


@app.command()
def checks() -> None:
    """List the checks, a line for each."""
    from flows.pages import checks_list
    from flows.terminal import write_out

    write_out([checks_list()])


@app.command()
def explain(name: Annotated[str, typer.Argument(metavar="CHECK", help="The name of a check.")]) -> None:
    """Show the page of a check: what it reads, why, examples, how to silence it.

    \b
    Examples:
      figurecheck explain conversion
    """
    from flows.pages import check_page
    from flows.terminal import write_out

    write_out([check_page(name)])


@app.command()
def run(
    inbox: Annotated[str, typer.Argument(metavar="INBOX", help="A folder of copy, or one file.")],
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="URL", help="The database; by default SQLite in figurecheck's folder."),
    ] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help="The folder for the HTML report.")
    ] = None,
    published: Annotated[
        str | None, typer.Option("--date", metavar="YYYY-MM-DD", help="The stories' date, where the copy has none.")
    ] = None,
    fail_level: Annotated[
        str | None, typer.Option("--fail-level", metavar="LEVEL", help="error (the default), warning or never.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings from this file, not the nearest.")
    ] = None,
) -> None:
    """Verify an inbox once through the Prefect flow: what is new is checked, stored and reported.

    \b
    Copy that was checked before, with the same tables and checks, is not checked again, and no flag is reported
    twice. The exit status speaks of what this run reports, as for check.

    \b
    Examples:
      figurecheck run inbox/
      figurecheck run inbox/ --store postgresql+psycopg://desk@db/figurecheck --report reports/
    """
    from flows.run_command import RunOptions, run_inbox

    raise typer.Exit(
        run_inbox(
            RunOptions(
                inbox=inbox,
                store=store,
                report=report,
                published=_day(published),
                fail_level=_fail_level(fail_level),
                config=config,
            )
        )
    )


@app.command()
def schedule(
    inbox: Annotated[str, typer.Argument(metavar="INBOX", help="A folder of copy.")],
    cron: Annotated[str, typer.Option("--cron", metavar="CRON", help='When to run, for example "0 2 * * *".')],
    store: Annotated[str | None, typer.Option("--store", metavar="URL", help="The database.")] = None,
    report: Annotated[
        Path | None, typer.Option("--report", metavar="DIR", help="The folder for the HTML reports.")
    ] = None,
    config: Annotated[
        Path | None, typer.Option("--config", metavar="FILE", help="Settings from this file, not the nearest.")
    ] = None,
) -> None:
    """Verify an inbox on a schedule until it is stopped (Ctrl-C): a Prefect deployment served from here.

    \b
    Examples:
      figurecheck schedule inbox/ --cron "0 2 * * *"
    """
    from flows.run_command import RunOptions
    from flows.schedule import serve

    raise typer.Exit(serve(RunOptions(inbox=inbox, store=store, report=report, config=config), cron))


@app.command()
def report(
    number: Annotated[int | None, typer.Argument(metavar="RUN", help="The run's number; by default the last.")] = None,
    report_format: Annotated[
        str | None, typer.Option("--format", "-f", metavar="FORMAT", help="As for check; text by default.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write the report to a file.")
    ] = None,
    store: Annotated[str | None, typer.Option("--store", metavar="URL", help="The database.")] = None,
) -> None:
    """Print the report of a stored run, by default the last.

    \b
    Examples:
      figurecheck report
      figurecheck report 12 --format html --output run12.html
    """
    from flows.run_command import print_report

    raise typer.Exit(print_report(number, report_format, output, store))


@tables.callback()
def _tables(context: typer.Context) -> None:
    if context.invoked_subcommand is None:
        tables_list()


@tables.command("list")
def tables_list() -> None:
    """A line for each table."""
    from flows.tables_command import list_tables

    raise typer.Exit(list_tables())


@tables.command("show")
def tables_show(
    name: Annotated[str, typer.Argument(metavar="TABLE", help="The name of a table.")],
    limit: Annotated[int | None, typer.Option("--limit", metavar="ROWS", help="Only the first rows.")] = None,
) -> None:
    """The rows of a table, as CSV."""
    from flows.tables_command import show_table

    raise typer.Exit(show_table(name, limit))


@tables.command("find")
def tables_find(name: Annotated[str, typer.Argument(metavar="NAME", help="A place, a thing or an event.")]) -> None:
    """All that is known of a name, with every value, date and source.

    \b
    Examples:
      figurecheck tables find Ukraine
      figurecheck tables find "Lake Superior"
    """
    from flows.tables_command import find

    raise typer.Exit(find(name))


@tables.command("validate")
def tables_validate() -> None:
    """Check every table against its schema and the tables' own rules."""
    from flows.tables_command import validate

    raise typer.Exit(validate())


@tables.command("build")
def tables_build(
    source: Annotated[
        Path | None, typer.Argument(metavar="SOURCE", help="A folder of source tables, to make the tables from.")
    ] = None,
    target: Annotated[Path | None, typer.Option("--into", metavar="DIR", help="The folder for them.")] = None,
) -> None:
    """Build the index of the tables anew; with SOURCE, make the tables themselves."""
    from flows.tables_command import build

    raise typer.Exit(build(source, target))


def main() -> None:
    """The ``figurecheck`` command. Whatever happens, the user gets a sentence and an exit status, no traceback."""
    try:
        app()
    except SettingsError as error:
        _end(str(error), _FAILED)
    except KeyboardInterrupt:
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


def _day(text: str | None) -> date | None:
    if text is None:
        return None
    try:
        return read_day(text)
    except ValueError as error:
        raise SettingsError(f"--date: {error}") from None


def _size(text: str | None) -> int | None:
    if text is None:
        return None
    try:
        return read_size(text)
    except ValueError as error:
        raise SettingsError(f"--max-file-size: {error}") from None


def _names(options: list[str] | None) -> tuple[str, ...] | None:
    """Names given with commas, with the option repeated, or both; None where the option was not given."""
    if not options:
        return None
    return tuple(name.strip() for option in options for name in option.split(",") if name.strip())


def _fail_level(text: str | None) -> FailLevel | None:
    levels = ("error", "warning", "never")
    if text is not None and text not in levels:
        raise SettingsError(f"--fail-level: there is no level {text!r}{nearest(text, levels)}")
    return cast("FailLevel | None", text)


if __name__ == "__main__":
    main()

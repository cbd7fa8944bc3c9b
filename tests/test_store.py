"""The store: one result for each content, flags reported once, the same on SQLite and PostgreSQL."""

from __future__ import annotations

import multiprocessing
from uuid import uuid4

import pytest
from desk import stand_in_check
from sqlalchemy import create_engine, inspect, text

from checks.core.model import Document
from flows.store import Base, Outcome, Store, StoreError, content_key


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request, tmp_path):
    """A URL of an empty database of either kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'deep/store.sqlite'}"
        return
    name = f"figurecheck_{uuid4().hex}"
    server = create_engine(request.getfixturevalue("postgresql"), isolation_level="AUTOCOMMIT")
    with server.connect() as connection:
        connection.execute(text(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)'))
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    try:
        yield server.url.set(database=name).render_as_string(hide_password=False)
    finally:
        with server.connect() as connection:
            connection.execute(text(f'DROP DATABASE "{name}" WITH (FORCE)'))


@pytest.fixture
def store(url):
    return Store(url)


def outcome(path: str, copy: str, *, version: str = "1") -> Outcome:
    document = Document(text=copy, path=path, sha256=f"{hash(copy) & 0xFFFFFFFFFFFF:064x}")
    entry = stand_in_check(document).to_dict()
    return Outcome(
        path, document.sha256, len(copy), content_key(document.sha256, {"date": None}, version, "t1"), (entry,), (copy,)
    )


def unreadable(path: str) -> Outcome:
    from flows.checking import unreadable as entry

    return Outcome(path, None, 0, None, (entry(path, "it is a zip archive"),))


def night(store: Store, *outcomes: Outcome, die: str | None = None, store_copy: bool = False):
    """One run; returns what it reports: path and the severities of its claims."""
    run_id = store.begin_run("inbox", checks_version="1", tables_version="t1", tables_as_of="2026-01-01")
    store.save(run_id, outcomes, store_copy=store_copy)
    if die == "stored":
        return None
    store.claim_flags(run_id)
    if die == "claimed":
        return None
    reported = [
        (entry["path"], entry["error"] or [claim["severity"] for claim in entry["claims"]])
        for entry, _ in store.entries(run_id)
    ]
    store.finish_run(run_id, f"report-{run_id}.html" if reported else None)
    return reported


def count(store: Store, table: str) -> int:
    with store.engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()  # noqa: S608


def test_the_tables_are_those_of_the_models(store):
    found = inspect(store.engine)
    assert set(found.get_table_names()) == {*Base.metadata.tables, "alembic_version"}
    for name, table in Base.metadata.tables.items():
        assert {column["name"] for column in found.get_columns(name)} == set(table.columns.keys())
        assert {tuple(each["column_names"]) for each in found.get_indexes(name) if not each["unique"]} >= {
            tuple(index.columns.keys()) for index in table.indexes
        }


def test_models_and_migrations_do_not_drift(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, Base.metadata) == []


def test_there_and_back_again(store):
    from alembic import command
    from alembic.config import Config

    from flows.store import migrations

    config = Config()
    config.set_main_option("script_location", next(iter(migrations.__path__)))
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert inspect(store.engine).get_table_names() == ["alembic_version"]
    with store.engine.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")
    assert night(store, outcome("a.txt", "WRONG 5 km"))


def test_the_second_night_reports_nothing_twice(store):
    copy = [outcome("a.txt", "WRONG 5 km"), outcome("b.txt", "RIGHT 5 km"), unreadable("c.zip")]
    assert night(store, *copy) == [("a.txt", ["error"]), ("b.txt", [None]), ("c.zip", "it is a zip archive")]
    again = [Outcome(each.path, each.sha256, each.size, each.key, ()) for each in copy[:2]]
    assert night(store, *again, copy[2]) == [("c.zip", "it is a zip archive")]
    assert (count(store, "results"), count(store, "flags"), count(store, "runs")) == (2, 1, 2)
    run = store.run()
    assert (run.files, run.checked, run.known, run.unreadable) == (3, 0, 2, 1)
    with store.engine.connect() as connection:
        assert connection.execute(text("SELECT first_run_id, last_run_id FROM flags")).all() == [(1, 2)]


def test_the_same_copy_at_two_paths_is_one_result(store):
    night(store, outcome("a.txt", "WRONG 5 km"), outcome("b.txt", "WRONG 5 km"))
    assert (count(store, "results"), count(store, "flags"), count(store, "document_paths")) == (1, 1, 2)
    assert night(store, outcome("c/a.txt", "WRONG 5 km")) == []
    assert (count(store, "results"), count(store, "document_paths")) == (1, 3)


def test_a_changed_story_reports_only_what_is_new(store):
    night(store, outcome("a.txt", "WRONG 5 km"))
    assert night(store, outcome("a.txt", "WRONG 5 km and then WRONG 6 km")) == [("a.txt", [None, "error"])]


def test_the_same_slip_in_another_story_is_another_flag(store):
    night(store, outcome("a.txt", "WRONG 5 km"))
    assert night(store, outcome("b.txt", "WRONG 5 km today")) == [("b.txt", ["error"])]


def test_the_same_slip_in_two_stories_of_one_night_is_two_flags(store):
    copy = {"a.txt": "WRONG 5 km", "b.txt": "WRONG 5 km today"}
    assert night(store, *(outcome(*each) for each in copy.items())) == [("a.txt", ["error"]), ("b.txt", ["error"])]
    assert count(store, "flags") == 2
    again = night(store, *(outcome(*each, version="2") for each in copy.items()))
    assert again == [("a.txt", [None]), ("b.txt", [None])]


def test_a_run_takes_no_flags_of_copy_that_it_does_not_see(store):
    left = outcome("a.txt", "WRONG 5 km")
    assert night(store, left, die="stored") is None
    assert night(store, outcome("b.txt", "WRONG 5 km today")) == [("b.txt", ["error"])]
    known = Outcome(left.path, left.sha256, left.size, left.key, ())
    assert night(store, known) == [("a.txt", ["error"])]


def test_a_new_version_of_the_checks_checks_again_and_repeats_no_flag(store):
    night(store, outcome("a.txt", "WRONG 5 km"))
    assert night(store, outcome("a.txt", "WRONG 5 km", version="2")) == [("a.txt", [None])]
    assert (count(store, "results"), count(store, "documents")) == (2, 1)


@pytest.mark.parametrize("die", ["stored", "claimed"])
def test_what_a_dead_run_did_not_report_the_next_one_does(store, die):
    copy = outcome("a.txt", "WRONG 5 km")
    assert night(store, copy, die=die) is None
    known = Outcome(copy.path, copy.sha256, copy.size, copy.key, ())
    assert store.known_keys({copy.key}) == {copy.key}
    assert night(store, known) == [("a.txt", ["error"])]
    assert night(store, known) == []
    assert count(store, "results") == 1


def test_copy_is_stored_only_where_it_is_wished(store):
    night(store, outcome("a.txt", "RIGHT 5 km"))
    night(store, outcome("b.txt", "RIGHT 6 km – so"), store_copy=True)
    assert [copy for _, copy in store.entries(1)] == [None]
    assert [copy for _, copy in store.entries(2)] == ["RIGHT 6 km – so"]


def test_claims_are_kept_with_the_rows_they_were_judged_by(store):
    night(store, outcome("a.txt", "WRONG 5 km and RIGHT 6 km"))
    with store.engine.connect() as connection:
        rows = connection.execute(
            text(
                "SELECT claims.verdict, evidence.entity, evidence.value FROM claims"
                " JOIN evidence ON evidence.claim_id = claims.id ORDER BY claims.id"
            )
        ).all()
    assert rows == [("refuted", "Testland", "7"), ("supported", "Testland", "7")]
    assert count(store, "figures") == 2


def test_strange_names_are_kept(store):
    names = ["a\nb.txt", "🗞.txt", "bad\udcff.txt", "'; DROP TABLE runs; --.txt"]
    reported = night(store, *(outcome(name, f"WRONG {n} km") for n, name in enumerate(names)))
    assert len(reported) == len(names)


def test_a_large_chunk(store):
    outcomes = [outcome(f"{n}.txt", f"WRONG {n} km and MAYBE {n} km") for n in range(700)]
    assert len(night(store, *outcomes)) == 700
    assert count(store, "claims") == 1400
    assert len(store.known_keys({each.key for each in outcomes})) == 700


def _write(url: str, name: str) -> None:
    night(Store(url), *(outcome(f"{name}{n}.txt", f"WRONG {n} km") for n in range(40)))


def test_two_processes_write_one_store(url):
    context = multiprocessing.get_context("spawn")
    # Each has its own folder of the same copy: every content is checked once, by whoever comes first.
    workers = [context.Process(target=_write, args=(url, name)) for name in ("a", "b")]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join(60)
    assert [worker.exitcode for worker in workers] == [0, 0]
    assert count(Store(url), "run_items") == 80


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("store.sqlite", "write sqlite:///store.sqlite"),
        ("mysql://desk@db/figures", "use SQLite or PostgreSQL"),
        ("nonsense://x", "use SQLite or PostgreSQL"),
        ("sqlite:////proc/none/store.sqlite", "cannot be used"),
        ("postgresql+psycopg://desk:secret@127.0.0.1:1/none", "cannot be used"),
    ],
)
def test_a_store_that_cannot_be_used(url, said):
    with pytest.raises(StoreError) as caught:
        Store(url)
    assert said in str(caught.value)
    assert "secret" not in str(caught.value)

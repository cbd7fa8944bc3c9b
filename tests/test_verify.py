"""The flow ``verify``: its tasks as plain functions, and once the whole way on Prefect's own server."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from concurrent.futures import Future
from pathlib import Path

import pytest
from desk import stand_in_check

from flows.inbox import Item
from flows.settings import Settings
from flows.work import Chunks, Pending, Workers


class Direct:
    """A task without its orchestrator."""

    def __init__(self, task) -> None:
        self._function = task.fn

    def __call__(self, *values, **named):
        return self._function(*values, **named)

    def submit(self, *values, **named) -> Future:
        done: Future = Future()
        done.set_result(self(*values, **named))
        return done


@pytest.fixture
def newsroom(desk, monkeypatch):
    """``figurecheck run`` with the flow's functions, but no Prefect server."""
    from flows import verify

    for name in ("read", "check", "store_results", "report"):
        monkeypatch.setattr(verify, name, Direct(getattr(verify, name)))
    monkeypatch.setattr(verify, "checks_version", lambda: "1")
    monkeypatch.setattr(verify, "verify", verify.verify.fn)
    return desk


def test_a_run_reports_and_the_next_has_nothing_new(newsroom):
    newsroom.write("in/a.txt", "It is WRONG 5 km away.")
    newsroom.write("in/b.md", "---\ndate: 2022-09-13\n---\nIt is RIGHT 5 km away.")
    ended = newsroom("run", "in", "--report", "reports")
    assert ended.status == 1
    assert "in/a.txt:1:7: error [conversion]" in ended.out
    page = Path(ended.out.splitlines()[-1].removeprefix("Report: "))
    assert page.parent == Path("reports")
    assert "It is " in page.read_text()
    assert "starting Prefect's own server" in ended.err
    ended = newsroom("run", "in", "--report", "reports")
    assert ended.status == 0
    assert ended.out == (
        f"Nothing new: all 2 files were checked before, with the same checks and tables; the last report is {page}\n"
    )
    assert list(page.parent.iterdir()) == [page]


def test_new_copy_is_reported_alone(newsroom):
    newsroom.write("in/a.txt", "WRONG 5 km")
    newsroom("run", "in")
    newsroom.write("in/b.txt", "MAYBE 6 km")
    ended = newsroom("run", "in")
    assert ended.status == 0
    assert "b.txt:1:1: warning" in ended.out
    assert "a.txt" not in ended.out
    assert "1 file was checked before" in ended.out
    newsroom.write("in/c.txt", "MAYBE 7 km")
    assert newsroom("run", "in", "--fail-level", "warning").status == 1


def test_a_bad_file_is_recorded_and_the_rest_goes_on(newsroom):
    newsroom.write("in/a.txt", "WRONG 5 km")
    newsroom.write("in/bad.txt", b"\0\1\2")
    newsroom.write("in/break.txt", "BREAK")
    ended = newsroom("run", "in")
    assert ended.status == 2
    assert "a.txt:1:1: error" in ended.out
    assert "in/bad.txt: cannot be read: it holds binary data" in ended.err
    assert "in/break.txt: cannot be read: figurecheck failed on it" in ended.err
    ended = newsroom("run", "in")
    assert ended.status == 2
    assert "a.txt:1:1" not in ended.out


def test_a_story_of_another_date_is_checked_again(newsroom):
    newsroom.write("in/a.txt", "RIGHT 5 km")
    newsroom("run", "in", "--date", "2022-09-13")
    assert "Nothing new" in newsroom("run", "in", "--date", "2022-09-13").out
    assert "Nothing new" not in newsroom("run", "in", "--date", "2022-09-14").out


def test_a_changed_rule_checks_again(newsroom, monkeypatch):
    newsroom.write("in/a.txt", "WRONG 5 km")
    newsroom("run", "in")
    monkeypatch.setattr("flows.verify.checks_version", lambda: "2")
    ended = newsroom("run", "in")
    assert "Nothing new" not in ended.out
    assert ended.status == 0
    assert "0 flagged" in ended.out


def test_stored_runs_can_be_printed(newsroom):
    newsroom.write("in/a.txt", "It is WRONG 5 km away.")
    newsroom("run", "in")
    newsroom("run", "in")
    assert "a.txt:1:7: error" in newsroom("report", "1").out
    run = json.loads(newsroom("report", "1", "--format", "json").out)
    assert run["documents"][0]["claims"][0]["severity"] == "error"
    ended = newsroom("report", "--format", "json")
    assert json.loads(ended.out)["documents"] == []
    assert "figurecheck report 1 shows" in ended.err
    assert "<html" in newsroom("report", "1", "--format", "html").out
    ended = newsroom("report", "7")
    assert ended.status == 2
    assert "there is no run 7" in ended.err


def test_no_run_yet(newsroom):
    ended = newsroom("report")
    assert ended.status == 2
    assert "no run that was finished" in ended.err


def test_a_baseline_holds_for_runs(newsroom):
    newsroom.write("in/a.txt", "WRONG 5 km")
    newsroom("check", "in", "--write-baseline", "known.json")
    newsroom.write("figurecheck.toml", 'baseline = "known.json"\n')
    from flows import settings

    settings._nearest.cache_clear()
    ended = newsroom("run", "in")
    assert ended.status == 0
    assert "0 flagged" in ended.out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["run", "none"], "none: there is no such file or folder"),
        (["run", "in", "--report", "in/a.txt"], "is a file; name a folder"),
        (["run", "in", "--store", "store.sqlite"], "is no database URL"),
        (["run", "in", "--date", "today"], "YYYY-MM-DD"),
        (["schedule", "none", "--cron", "* * * * *"], "none: there is no such file or folder"),
        (["schedule", "in", "--cron", "every night"], "five fields are needed"),
        (["report", "--format", "pdf"], "there is no format 'pdf'"),
    ],
)
def test_wrong_usage(newsroom, words, said):
    newsroom.write("in/a.txt", "RIGHT 5 km")
    ended = newsroom(*words)
    assert ended.status == 2
    assert said in ended.err
    assert "Traceback" not in ended.err


def test_a_report_that_cannot_be_written_is_written_by_the_next_run(newsroom, monkeypatch):
    newsroom.write("in/a.txt", "WRONG 5 km")

    def full(*_):
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("flows.verify.write_atomically", full)
        ended = newsroom("run", "in")
    assert ended.status == 2
    assert "No space left on device" in ended.err
    ended = newsroom("run", "in")
    assert ended.status == 1
    assert "a.txt:1:1: error" in ended.out


def test_chunks_are_cut_by_work_and_hold_every_file_once(tmp_path):
    items = []
    for n in range(300):
        path = tmp_path / f"{n}.txt"
        path.write_bytes(b"x" * (n % 7) * 1000)
        items.append(Item(str(path)))
    chunks = Chunks(workers=2, rate=10_000)
    cut = list(chunks.cut([*items, Item("gone", "it is a folder")]))
    assert [item for chunk in cut for item in chunk.items] == [*items, Item("gone", "it is a folder")]
    assert all(chunk.size <= 100_000 for chunk in cut)
    assert len(cut) > 5


def test_chunks_learn_how_fast_it_goes():
    chunks = Chunks(workers=2)
    for _ in range(10):
        chunks.learn(1_000_000, 1.0)
    assert 900_000 < chunks.rate < 1_000_000


def test_worker_processes_give_what_one_process_gives():
    pending = [Pending(f"{n}.txt", b"It is 5 km (3 miles) away. " * 3000, Settings()) for n in range(8)]
    with Workers(2) as many, Workers(1) as one:
        assert [(each.path, checked[0].entry["sha256"]) for each, checked in many.check(pending)] == [
            (each.path, checked[0].entry["sha256"]) for each, checked in one.check(pending)
        ]


def _dies(batch):
    if any(each.path == "2.txt" for each in batch):
        os._exit(1)
    return [[] for _ in batch]


def test_a_file_that_kills_its_worker_is_lost_alone(monkeypatch):
    monkeypatch.setattr("flows.work.check_batch", _dies)
    monkeypatch.setattr("flows.work._WORTH_A_POOL", 0)
    pending = [Pending(f"{n}.txt", b"x", Settings()) for n in range(5)]
    with Workers(2) as workers:
        results = {each.path: checked for each, checked in workers.check(pending)}
    assert "died" in results.pop("2.txt")[0].entry["error"]
    assert results == {"0.txt": [], "1.txt": [], "3.txt": [], "4.txt": []}


@pytest.mark.slow
def test_the_whole_way_on_prefects_own_server(tables, tmp_path):
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "a.txt").write_text("OSLO, March 3, 2022 (Agency) - The trail runs 5 miles (80 km) along the coast.\n")
    (inbox / "bad.txt").write_bytes(b"\0")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PREFECT_")}
    environment["PREFECT_HOME"] = str(tmp_path / "prefect")

    def run() -> subprocess.CompletedProcess[str]:
        words = ["run", str(inbox), "--store", f"sqlite:///{tmp_path / 's.sqlite'}", "--report", str(tmp_path / "out")]
        return subprocess.run(
            [sys.executable, "-m", "flows.cli", *words], capture_output=True, text=True, check=False, env=environment
        )

    first = run()
    assert first.returncode == 2, first.stderr
    assert "Traceback" not in first.stderr
    assert "bad.txt: cannot be read" in first.stderr
    (page,) = (tmp_path / "out").iterdir()
    assert f"Report: {page}" in first.stdout
    assert "5 miles" in page.read_text()
    (inbox / "bad.txt").unlink()
    second = run()
    assert second.returncode == 0, second.stderr
    assert second.stdout.startswith("Nothing new: the 1 file was checked before")


def test_the_stand_in_is_shaped_like_the_real_check():
    from checks import check

    real, ours = check("It is 5 km away."), stand_in_check(check("WRONG 5 km").document)
    assert set(real.to_dict()) == set(ours.to_dict())

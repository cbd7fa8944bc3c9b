"""The command line: exit statuses, where output goes, and what users are told of bad input."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys

import pytest

from flows import __version__


def test_clean_copy_ends_with_0(desk):
    ended = desk("check", desk.write("a.txt", "It is RIGHT 5 km away.\n"))
    assert ended.status == 0
    assert ended.err == ""
    assert "0 flagged" in ended.out


def test_an_error_ends_with_1(desk):
    ended = desk("check", desk.write("a.txt", "It is WRONG 5 km away.\n"))
    assert ended.status == 1
    assert "a.txt:1:7: error [conversion] WRONG 5 km it is not." in ended.out


@pytest.mark.parametrize(
    ("level", "text", "status"),
    [
        ("error", "MAYBE 5 km", 0),
        ("error", "WRONG 5 km", 1),
        ("warning", "MAYBE 5 km", 1),
        ("warning", "RIGHT 5 km", 0),
        ("never", "WRONG 5 km", 0),
    ],
)
def test_the_fail_level_decides(desk, level, text, status):
    assert desk("check", "--fail-level", level, desk.write("a.txt", text)).status == status


def test_an_unreadable_file_ends_with_2_and_the_others_are_checked(desk):
    bad = desk.write("bad.txt", b"abc\0def")
    ended = desk("check", "--fail-level", "never", bad, desk.write("good.txt", "WRONG 5 km"))
    assert ended.status == 2
    assert f"{bad}: cannot be read: it holds binary data, not text: a NUL byte at offset 3" in ended.err
    assert "WRONG 5 km it is not" in ended.out


BAD = {
    "missing": (None, "there is no such file or folder"),
    "empty": (b"", "the file is empty: there is no copy in it"),
    "blank": (b" \r\n\t\n", "the file is empty: there is no copy in it"),
    "binary": (bytes(range(256)) * 4, "binary data"),
    "picture": (b"\x89PNG\r\n\x1a\n....", "a PNG picture"),
    "zip": (b"PK\x03\x04....", "a zip archive or an Office document"),
    "undecodable": ("“Good” – it’s €5".encode() + b"\xff", "byte 0xFF at offset 26 (line 1)"),
    "utf16": (b"\xff\xfea", "UTF-16"),
    "html": (b"<!DOCTYPE html><p>5 km", "an HTML page"),
    "control": (b"five \x06 km", "U+0006"),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_gets_a_sentence_and_2(desk, name):
    data, said = BAD[name]
    path = desk.folder / f"{name}.txt"
    if data is not None:
        path.write_bytes(data)
    ended = desk("check", path)
    assert ended.status == 2
    assert said in ended.err
    assert str(path) in ended.err
    assert "Traceback" not in ended.err


def test_a_file_without_permission(desk):
    path = desk.write("a.txt", "WRONG 5 km")
    path.chmod(0)
    if os.access(path, os.R_OK):
        pytest.skip("the superuser may read everything")
    ended = desk("check", path)
    assert ended.status == 2
    assert "its permissions do not allow reading it" in ended.err


def test_a_folder_without_copy(desk):
    (desk.folder / "inbox").mkdir()
    ended = desk("check", desk.folder / "inbox")
    assert ended.status == 2
    assert "there is no copy in this folder" in ended.err


def test_a_story_that_breaks_a_check_does_not_stop_the_others(desk):
    desk.write("in/a.txt", "BREAK")
    desk.write("in/b.txt", "WRONG 5 km")
    ended = desk("check", desk.folder / "in")
    assert ended.status == 2
    assert "please report" in ended.err
    assert "WRONG 5 km it is not" in ended.out


def test_a_folder_is_walked_in_order_without_hidden_files_and_loops(desk):
    for name in ("in/b.txt", "in/a/z.md", "in/.hidden.txt", "in/.git/c.txt", "in/A.txt"):
        desk.write(name, "RIGHT 5 km")
    (desk.folder / "in/a/loop").symlink_to(desk.folder / "in")
    (desk.folder / "in/self").symlink_to("self")
    (desk.folder / "in/again.txt").symlink_to("b.txt")
    ended = desk("check", "in", "in/b.txt", "--format", "json")
    documents = json.loads(ended.out)["documents"]
    assert [(each["path"], each["error"] is None) for each in documents] == [
        ("in/A.txt", True),
        ("in/a/z.md", True),
        ("in/again.txt", True),
        ("in/self", False),
    ]
    assert ended.status == 2


def test_a_pipe_in_a_folder_is_not_waited_for(desk):
    desk.write("in/a.txt", "RIGHT 5 km")
    os.mkfifo(desk.folder / "in/pipe")
    ended = desk("check", "in")
    assert ended.status == 2
    assert "it is no file" in ended.err


def test_names_of_files_cannot_forge_lines(desk):
    desk.write("in/a\nfigurecheck: all is well.txt", b"\0")
    ended = desk("check", "in")
    assert ended.status == 2
    assert len(ended.err.splitlines()) == 1


def test_standard_input(desk, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"It is WRONG 5 km away.")))
    ended = desk("check", "-", "--format", "json", "--date", "2022-09-13")
    document = json.loads(ended.out)["documents"][0]
    assert (ended.status, document["path"], document["published"]) == (1, "-", "2022-09-13")
    assert document["published_from"] == "option"


@pytest.mark.parametrize("text", ["13/09/2022", "2022-02-30", "yesterday", "", "2022-9-13", "20220913"])
def test_a_date_that_is_none(desk, text):
    ended = desk("check", "--date", text, desk.write("a.txt", "RIGHT 5 km"))
    assert ended.status == 2
    assert "YYYY-MM-DD" in ended.err
    assert ended.out == ""


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--select", "conversoin"], "did you mean 'conversion'"),
        (["--ignore", "rank,wekday"], "did you mean 'weekday'"),
        (["--format", "jsno"], "did you mean 'json'"),
        (["--fail-level", "eror"], "did you mean 'error'"),
        (["--config", "none.toml"], "none.toml: cannot be read"),
        (["--baseline", "none.json"], "none.json: the baseline cannot be read"),
        (["--max-file-size", "big"], "10 MB"),
        (["--output", "."], "is a folder"),
        (["--nonsense"], "No such option"),
    ],
)
def test_wrong_usage_ends_with_2_and_names_the_mend(desk, words, said):
    ended = desk("check", desk.write("a.txt", "RIGHT 5 km"), *words)
    assert ended.status == 2
    assert said in ended.err
    assert ended.out == ""


def test_nothing_to_check(desk):
    assert desk("check").status == 2


def test_select_and_ignore(desk):
    path = desk.write("a.txt", "WRONG 5 km")
    assert desk("check", "--select", "rank", path).status == 0
    assert desk("check", "--select", "rank,conversion", path).status == 1
    assert desk("check", "--ignore", "conversion", path).status == 0


def test_an_empty_selection_is_wrong_usage(desk):
    ended = desk("check", "--select", "", desk.write("a.txt", "WRONG 5 km"))
    assert (ended.status, ended.out) == (2, "")
    assert "name at least one check" in ended.err


def test_a_report_in_a_folder_that_is_not_there_is_wrong_usage(desk):
    ended = desk("check", desk.write("a.txt", "WRONG 5 km"), "--output", "nowhere/report.json")
    assert ended.status == 2
    assert "there is no folder nowhere" in ended.err
    assert not (desk.folder / "nowhere").exists()


def test_notes_on_the_copy_go_to_standard_error(desk):
    (desk.folder / "latin.txt").write_bytes("The café is 5 km away.".encode("latin-1"))
    ended = desk("check", "latin.txt")
    assert "latin.txt: Read as" in ended.err


def test_the_report_goes_to_a_file_whole_or_not_at_all(desk):
    path = desk.write("a.txt", "WRONG 5 km")
    (desk.folder / "out").mkdir()
    ended = desk("check", path, "--format", "json", "--output", "out/report.json")
    assert (ended.status, ended.out) == (1, "")
    assert json.loads((desk.folder / "out/report.json").read_text())["summary"]["refuted"] == 1
    assert [each.name for each in (desk.folder / "out").iterdir()] == ["report.json"]


def test_text_is_full_when_asked_for(desk):
    path = desk.write("a.txt", "It is WRONG 5 km away.")
    assert "^" in desk("check", "--format", "text", path).out
    assert "^" not in desk("check", path).out


def test_a_baseline_lets_only_new_flags_fail(desk):
    path = desk.write("a.txt", "WRONG 5 km")
    ended = desk("check", path, "--write-baseline", "known.json")
    assert ended.status == 0
    assert "1 flag written" in ended.err
    known = json.loads((desk.folder / "known.json").read_text())
    known["accepted"][0]["reason"] = "the mayor said so"
    (desk.folder / "known.json").write_text(json.dumps(known))
    ended = desk("check", path, "--baseline", "known.json", "--format", "json")
    claim = json.loads(ended.out)["documents"][0]["claims"][0]
    assert (ended.status, claim["severity"], claim["accepted"]) == (0, None, "the mayor said so")
    path.write_text("WRONG 5 km and WRONG 6 km")
    assert desk("check", path, "--baseline", "known.json").status == 1
    desk("check", path, "--write-baseline", "known.json")
    reasons = [row["reason"] for row in json.loads((desk.folder / "known.json").read_text())["accepted"]]
    assert reasons[0] == "the mayor said so"
    assert len(reasons) == 2


@pytest.mark.parametrize("content", ["", "[]", '{"accepted": 5}', '{"accepted": [{"reason": "x"}]}', "[" * 100_000])
def test_a_baseline_that_is_none(desk, content):
    (desk.folder / "known.json").write_text(content)
    ended = desk("check", desk.write("a.txt", "RIGHT 5 km"), "--baseline", "known.json")
    assert ended.status == 2
    assert "known.json" in ended.err


def test_a_file_beyond_the_limit_is_refused_at_once(desk):
    path = desk.write("long.txt", "RIGHT 5 km " * 10_000)
    ended = desk("check", path, "--max-file-size", "100 kB")
    assert ended.status == 2
    assert "it is 110.0 kB long, and the limit is 100.0 kB" in ended.err
    assert desk("check", path, "--max-file-size", "1 MB").status == 0


def test_version_and_help(desk):
    assert desk("--version").out == f"figurecheck {__version__}\n"
    for words in (["--help"], ["check", "--help"], ["run", "-h"]):
        ended = desk(*words)
        assert ended.status == 0
        assert "Examples:" in ended.out


def test_checks_and_explain_name_what_there_is(desk):
    ended = desk("explain", "no-such-check")
    assert ended.status == 2
    assert "there is no check 'no-such-check'" in ended.err
    for line in desk("checks").out.splitlines():
        page = desk("explain", line.split()[0])
        assert page.status == 0
        assert "To silence it:" in page.out


def test_colour_is_left_out_where_it_is_not_wanted(desk, monkeypatch):
    path = desk.write("a.txt", "WRONG 5 km")
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert "\x1b[" in desk("check", path).out
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b[" not in desk("check", path).out


def test_an_error_of_our_own_is_a_sentence(desk, monkeypatch):
    monkeypatch.delenv("FIGURECHECK_DEBUG", raising=False)
    monkeypatch.setattr("flows.check_command.run_check", lambda _: 1 / 0)
    ended = desk("check", desk.write("a.txt", "RIGHT 5 km"))
    assert ended.status == 2
    assert "ZeroDivisionError" in ended.err
    assert "Traceback" not in ended.err


def test_the_same_copy_gives_the_same_bytes(desk):
    path = desk.write("a.txt", "WRONG 5 km and MAYBE 6 km")
    assert len({desk("check", "--format", "json", path).out for _ in range(3)}) == 1


def test_the_index_that_a_first_use_waits_for_is_told_of_once(capsys):
    from flows.progress import building

    show = building()
    for done in range(4):
        show("building the index of the reference tables", done, 3)
    said = "figurecheck: building the index of the reference tables, once (some 20 seconds) ...\n"
    assert capsys.readouterr().err == said


HEAVY = ("prefect", "sqlalchemy", "pandas", "pint", "frictionless", "alembic", "rich")


def test_a_check_starts_without_the_heavy_libraries(tables, tmp_path):
    (tmp_path / "a.txt").write_text("LONDON, Sept 13 (Agency) - The trail runs 5 miles (12 km) along the coast.\n")
    script = (
        "import sys; from flows.cli import main\n"
        "sys.argv = ['figurecheck', 'check', '--date', '2022-09-13', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as ended:\n    assert ended.code in (0, 1), ended.code\n"
        f"print(sorted(set({HEAVY!r}) & set(sys.modules)), file=sys.stderr)"
    )
    run = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path / "a.txt")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stderr.strip().splitlines()[-1] == "[]"


def test_a_reader_that_has_seen_enough_is_no_error(tmp_path):
    (tmp_path / "a.txt").write_text("It is 5 km away. " * 2000)
    command = f"{sys.executable} -m flows.cli check --format json {tmp_path / 'a.txt'} | head -c 10"
    run = subprocess.run(command, shell=True, capture_output=True, text=True, check=False)  # noqa: S602
    assert "Traceback" not in run.stderr
    assert "BrokenPipe" not in run.stderr

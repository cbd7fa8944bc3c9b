"""Settings: where they are found, what they mean, and what is said of those that cannot be followed."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from flows import settings as settings_module
from flows.settings import Settings, SettingsError, read_settings, settings_for

if TYPE_CHECKING:
    from pathlib import Path

CHECKS = ("conversion", "rank", "weekday")


@pytest.fixture(autouse=True)
def _fresh():
    settings_module._nearest.cache_clear()


def write(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def test_the_nearest_file_upwards_counts(tmp_path):
    write(tmp_path, "pyproject.toml", '[tool.figurecheck]\nfail-level = "warning"\n')
    write(tmp_path / "a", "pyproject.toml", '[project]\nname = "another tool\'s"\n')
    write(tmp_path / "a/b", "figurecheck.toml", 'fail-level = "never"\n')
    assert settings_for(tmp_path / "story.txt", known_checks=CHECKS).fail_level == "warning"
    assert settings_for(tmp_path / "a" / "story.txt", known_checks=CHECKS).fail_level == "warning"
    assert settings_for(tmp_path / "a/b/c/story.txt", known_checks=CHECKS).fail_level == "never"


def test_without_a_file_the_defaults_hold(tmp_path):
    assert settings_for(tmp_path, known_checks=CHECKS) == Settings()


def test_every_key(tmp_path):
    path = write(
        tmp_path,
        "figurecheck.toml",
        """
        fail-level = "warning"
        select = ["conversion", "weekday"]
        ignore = "weekday"
        date = 2022-09-13
        baseline = "known.json"
        exclude = ["*.bak", "old/*"]
        max-file-size = "2 MB"
        store = "sqlite:///here.sqlite"
        store-copy = true
        report = "reports"
        workers = 2
        [severity]
        rank = "off"
        conversion = "warning"
        """,
    )
    assert read_settings(path, known_checks=CHECKS) == Settings(
        fail_level="warning",
        select=("conversion", "weekday"),
        ignore=("weekday",),
        severity={"rank": "off", "conversion": "warning"},
        date=date(2022, 9, 13),
        baseline=tmp_path / "known.json",
        exclude=("*.bak", "old/*"),
        max_file_size=2_000_000,
        store="sqlite:///here.sqlite",
        store_copy=True,
        report=tmp_path / "reports",
        workers=2,
        origin=path,
    )


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ('fail_levle = "error"', "no setting 'fail_levle'; did you mean 'fail-level'?"),
        ('faillevel = "error"', "did you mean 'fail-level'?"),
        ("zzz = 1", "there are: baseline, "),
        ('fail-level = "loud"', "fail-level: 'loud' is none of: error, warning, never"),
        ('select = ["conversoin"]', "select: there is no check 'conversoin'; did you mean 'conversion'?"),
        ('severity = {rnak = "off"}', "did you mean 'rank'?"),
        ('severity = {rank = "quiet"}', "severity: 'quiet' is none of"),
        ('severity = "off"', "severity: a table is needed"),
        ('date = "13.9.2022"', "write it as YYYY-MM-DD"),
        ("date = 2022-09-13T10:00:00", "write it as YYYY-MM-DD"),
        ("select = 5", "select: a list of names is needed"),
        ('max-file-size = "huge"', "is no size"),
        ("max-file-size = true", "is no size"),
        ("store-copy = 1", "true or false is needed"),
        ("workers = 0", "a whole number from 1 is needed"),
        ("report = 5", "a text is needed"),
        ("select = [", "no valid TOML"),
        ("[tool.figurecheck]\nselect = []", "outside pyproject.toml the keys stand at the top"),
    ],
)
def test_what_cannot_be_followed_is_named(tmp_path, text, said):
    path = write(tmp_path, "figurecheck.toml", text)
    with pytest.raises(SettingsError) as caught:
        read_settings(path, known_checks=CHECKS)
    assert str(path) in str(caught.value)
    assert said in str(caught.value)


def test_the_command_line_wins(desk):
    write(desk.folder, "figurecheck.toml", 'fail-level = "never"\nselect = ["rank"]\n')
    path = desk.write("a.txt", "WRONG 5 km")
    assert desk("check", path).status == 0
    assert desk("check", path, "--fail-level", "error", "--select", "conversion").status == 1


def test_settings_of_the_copys_own_folder_hold_for_it(desk):
    write(desk.folder / "in/soft", "figurecheck.toml", '[severity]\nconversion = "warning"\n')
    write(desk.folder / "in/off", "figurecheck.toml", '[severity]\nconversion = "off"\n')
    write(desk.folder / "in/drafts", "figurecheck.toml", 'fail-level = "never"\n')
    for name in ("in/soft/a.txt", "in/off/b.txt", "in/drafts/c.txt"):
        desk.write(name, "WRONG 5 km")
    ended = desk("check", "in")
    assert ended.status == 0
    assert "a.txt:1:1: warning" in ended.out
    assert "b.txt" not in ended.out
    assert "c.txt:1:1: error" in ended.out
    assert desk("check", "in", desk.write("d.txt", "WRONG 5 km")).status == 1


def test_excluded_files_are_left_out(desk):
    write(desk.folder, "figurecheck.toml", 'exclude = ["*.bak", "old"]\n')
    for name in ("in/a.txt", "in/a.bak", "in/old/b.txt"):
        desk.write(name, "WRONG 5 km")
    ended = desk("check", "in")
    assert ended.out.count("WRONG 5 km") == 1


def test_a_wrong_setting_is_told_before_any_work(desk):
    write(desk.folder / "in/b", "figurecheck.toml", "colour = 1\n")
    desk.write("in/a.txt", "WRONG 5 km")
    desk.write("in/b/c.txt", "WRONG 5 km")
    ended = desk("check", "in")
    assert (ended.status, ended.out) == (2, "")
    assert "no setting 'colour'" in ended.err

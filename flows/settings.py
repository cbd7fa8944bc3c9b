"""Settings from ``[tool.figurecheck]`` in pyproject.toml or from figurecheck.toml, found upwards from the copy.

Read with the standard library alone, since every check of a single story waits for it.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field, fields, replace
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

FailLevel = Literal["error", "warning", "never"]
Loudness = Literal["error", "warning", "off"]

FILE_NAME = "figurecheck.toml"
_KILO = 1000
_SIZES = {"": 1, "b": 1, "kb": _KILO, "mb": _KILO**2, "gb": _KILO**3, "k": _KILO, "m": _KILO**2, "g": _KILO**3}


class SettingsError(Exception):
    """Settings that cannot be followed; the message names the file, the key and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What a desk has set for its copy. The defaults are what figurecheck does without a word from it."""

    fail_level: FailLevel = "error"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Loudness] = field(default_factory=dict)
    date: date | None = None
    baseline: Path | None = None
    exclude: tuple[str, ...] = ()
    #: A story is some kilobytes long; a megabyte dense with figures takes about eight seconds.
    max_file_size: int = 5 * _KILO**2
    store: str | None = None
    store_copy: bool = False
    report: Path | None = None
    workers: int | None = None
    #: The file that these settings come from.
    origin: Path | None = None


def settings_for(path: Path, *, known_checks: Iterable[str]) -> Settings:
    """The settings of the nearest file upwards from the path; the defaults where there is none.

    Raises SettingsError where the file cannot be read or says what cannot be followed.
    """
    start = path if path.is_dir() else path.parent
    return _nearest(start.absolute(), tuple(known_checks))


@cache
def _nearest(folder: Path, known_checks: tuple[str, ...]) -> Settings:
    own, project = folder / FILE_NAME, folder / "pyproject.toml"
    if own.is_file():
        return read_settings(own, known_checks=known_checks)
    if project.is_file() and "figurecheck" in _toml(project).get("tool", {}):
        return read_settings(project, known_checks=known_checks)
    return Settings() if folder.parent == folder else _nearest(folder.parent, known_checks)


def read_settings(path: Path, *, known_checks: Iterable[str]) -> Settings:
    """The settings in one file: a pyproject.toml, or any other TOML file with the keys at its top."""
    values = _toml(path)
    if path.name == "pyproject.toml":
        values = values.get("tool", {}).get("figurecheck", {})
    elif isinstance(values.get("tool"), dict) and "figurecheck" in values["tool"]:
        raise SettingsError(f"{path}: outside pyproject.toml the keys stand at the top, without [tool.figurecheck]")
    checks = tuple(known_checks)
    read: dict[str, Any] = {"origin": path}
    for key, value in values.items():
        name = key.replace("-", "_")
        if name not in _READ:
            raise SettingsError(f"{path}: there is no setting {key!r}{nearest(key, _KEYS)}")
        try:
            read[name] = _READ[name](value)
        except (TypeError, ValueError) as error:
            raise SettingsError(f"{path}: {key}: {error}") from None
    for name in ("select", "ignore"):
        require_checks(read.get(name, ()), checks, f"{path}: {name}")
    require_checks(read.get("severity", ()), checks, f"{path}: severity")
    for name in ("baseline", "report"):
        if name in read:
            # Paths in a file are meant from where the file lies, not from where the command was typed.
            read[name] = path.parent / read[name]
    return replace(Settings(), **read)


def require_checks(names: Iterable[str], known: Iterable[str], where: str) -> None:
    """Raise SettingsError for the first name that is no check's, with the nearest one that is."""
    known = tuple(known)
    for name in names:
        if name not in known:
            raise SettingsError(f"{where}: there is no check {name!r}{nearest(name, known)}")


def nearest(word: str, known: Iterable[str]) -> str:
    """The end of an error message: the known word that was probably meant, or all of them."""
    from rapidfuzz.process import extractOne

    choices = sorted(known)
    found = extractOne(word, choices, score_cutoff=60)
    if found:
        return f"; did you mean {found[0]!r}?"
    return f"; there are: {', '.join(choices)}" if choices else ""


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read: {error.strerror or error}") from None
    except ValueError as error:
        raise SettingsError(f"{path}: no valid TOML: {error}") from None


def _one_of(*words: str) -> Callable[[Any], str]:
    def read(value: Any) -> str:
        if value not in words:
            raise ValueError(f"{value!r} is none of: {', '.join(words)}")
        return str(value)

    return read


def _names(value: Any) -> tuple[str, ...]:
    if isinstance(value, str):
        value = [part.strip() for part in value.split(",")]
    if not isinstance(value, list) or not all(isinstance(part, str) for part in value):
        raise TypeError("a list of names is needed")
    return tuple(part for part in value if part)


def _severity(value: Any) -> dict[str, str]:
    if not isinstance(value, dict):
        raise TypeError("a table is needed: a check's name = error, warning or off")
    loudness = _one_of("error", "warning", "off")
    return {str(check): loudness(level) for check, level in value.items()}


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    return read_day(str(value))


def read_day(text: str) -> date:
    """A date written YYYY-MM-DD; raises ValueError with words for the user."""
    try:
        if len(text.strip()) != 10:
            raise ValueError
        return date.fromisoformat(text.strip())
    except ValueError:
        raise ValueError(f"{text!r} is no date; write it as YYYY-MM-DD, for example 2022-09-13") from None


def read_size(value: Any) -> int:
    """A number of bytes, in digits or as "5 MB"; raises ValueError with words for the user."""
    if isinstance(value, int) and not isinstance(value, bool) and value > 0:
        return value
    text = str(value).strip().lower()
    digits = text.rstrip("bkmg ")
    unit = text[len(digits) :].strip()
    if not digits.isascii() or not digits.isdigit() or unit not in _SIZES or not int(digits):
        raise ValueError(f"{value!r} is no size; write it as 500 kB or 10 MB")
    return int(digits) * _SIZES[unit]


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value:
        raise TypeError("a text is needed")
    return value


def _path(value: Any) -> Path:
    return Path(_text(value)).expanduser()


def _whether(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("true or false is needed")
    return value


def _count(value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 1:
        raise ValueError("a whole number from 1 is needed")
    return value


_READ: dict[str, Callable[[Any], Any]] = {
    "fail_level": _one_of("error", "warning", "never"),
    "select": _names,
    "ignore": _names,
    "severity": _severity,
    "date": _day,
    "baseline": _path,
    "exclude": _names,
    "max_file_size": read_size,
    "store": _text,
    "store_copy": _whether,
    "report": _path,
    "workers": _count,
}
_KEYS = tuple(each.name.replace("_", "-") for each in fields(Settings) if each.name != "origin")

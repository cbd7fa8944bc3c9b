"""What a number is of: a unit, money, a share, and the rate it may be given in."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.core.word_lists import rows
from checks.extract.quantities.numeric import SPACE

if TYPE_CHECKING:
    from checks.core.model import Kind


class Reading(NamedTuple):
    """One meaning of a unit's name.

    ``unit`` is a pint expression or an ISO 4217 code, ``scale`` the number that the name itself stands for ("cents"
    0.01, "mmbpd" a million), ``context`` words that speak for this meaning where the name has several.
    """

    unit: str
    kind: Kind
    scale: str = "1"
    context: str = ""


class Measured(NamedTuple):
    """A unit as read behind (or, for money, before) a number: all its meanings, and where the name ends."""

    readings: tuple[Reading, ...]
    end: int
    name: str


_INSIDE = r"\s,;:()\[\]{}!?\-\u2010\u2011\u2013\u2014/"
_TOKEN = lazy_pattern(
    rf"((?:{SPACE}|[-\u2010\u2011]|\n(?!\n))?)"
    rf"([^\W\d_][^{_INSIDE}\"“”]*|[%％°℃℉µμ'’′″][^{_INSIDE}]*|100(?={SPACE}?k(?:m|ilomet)))"
)
_SLASHED = lazy_pattern(rf"({SPACE}?)/({SPACE}?)([A-Za-z]+[²³23]?|100{SPACE}?km)")
_TYPE_BEHIND = lazy_pattern(r"-\d")
_BRACKET_BEHIND = lazy_pattern(rf"{SPACE}?[(/]{SPACE}?(?:about{SPACE}|some{SPACE})?\d")
_RATE = lazy_pattern(rf"(?:{SPACE}|\n(?!\n))(?:per|a|an|each|every){SPACE}|/|-(?:a|per)-|-an-")
_MOST_WORDS = 5
#: Stretches of time that an amount can be given for.
PERIODS = frozenset(("day", "week", "month", "year", "hour", "minute", "second", "quarter_year"))


#: Names that are also ordinary words or letters: units only where they are joined to the digits or close a bracket.
_ONLY_JOINED = frozenset(
    [
        "in",
        "in.",
        "ins",
        "a",
        "are",
        "ares",
        "s",
        "h",
        "d",
        "y",
        "t",
        "g",
        "l",
        "L",
        "k",
        "K",
        "V",
        "W",
        "J",
        "b",
        "B",
        "T",
        "mo",
        "st",
        "gr",
        "min",
        "pt",
        "c",
        "p",
        "au",
        "ac",
        "sf",
        "cf",
        "bar",
        "bars",
        "rem",
        "rems",
        "V",
        "F.",
        "C.",
        "'",
        "’",
        "′",
        '"',
        "”",
        "″",
        "''",
        "PS",
        "mt",
        "MT",
        "lt",
        "au",
        "AU",
        "rai",
        "cal",
        "mb",
        "amp",
        "atm",
        "meg",
        "megs",
        "gig",
        "gigs",
        "mm.",
        "nm",
        "NM",
        "um",
    ]
)


class _Names(NamedTuple):
    """Every name that can stand behind a number: as written, in small letters, and the words that begin one."""

    exact: dict[str, tuple[Reading, ...]]
    folded: dict[str, tuple[Reading, ...]]
    openings: frozenset[str]

    def find(self, name: str) -> tuple[Reading, ...] | None:
        """The readings of a name; a capital is that of a person's name ("Stone") unless all the word is in capitals."""
        if found := self.exact.get(name):
            return found
        lowered = name.lower()
        titled = name[0].isupper() and name[1:].islower() and " " not in name and lowered not in _CAPITALISED
        if titled and len(name) > 3 and not _VOWELS.isdisjoint(name):  # Mbps and Ghz are nobody's names
            return None
        return self.folded.get(lowered)


_VOWELS = frozenset("aeiou")
_CAPITALISED = frozenset(("celsius", "fahrenheit", "centigrade", "kelvin"))


@cache
def _names() -> _Names:
    """The names by their lists: those marked exact are kept as written (MW is not mW), all others folded."""
    exact: dict[str, list[Reading]] = {}
    folded: dict[str, list[Reading]] = {}
    for row in rows("currencies.csv"):
        if row["form"] != "sign":
            as_written = row["form"] == "code" or (row["name"] != row["name"].lower() and len(row["name"]) <= 4)
            place = exact if as_written else folded
            name = row["name"] if as_written else row["name"].lower()
            place.setdefault(name, []).append(Reading(row["iso"], "money", row["minor"], row["context"]))
    for table in ("unit_names.csv", "ratio_names.csv"):
        for row in rows(table):
            reading = Reading(row["unit"], row["kind"], row.get("scale") or "1", row.get("context") or "")  # type: ignore[arg-type]
            name = row["name"].replace("-", " ").strip()
            place = exact if row.get("case") == "exact" else folded
            place.setdefault(name if place is exact else name.lower(), []).append(reading)
    openings = frozenset(name.split(" ")[0] for name in (*exact, *folded))
    return _Names(
        {name: tuple(dict.fromkeys(readings)) for name, readings in exact.items()},
        {name: tuple(dict.fromkeys(readings)) for name, readings in folded.items()},
        openings,
    )


def read_unit(text: str, at: int) -> Measured | None:
    """The unit named at the offset (behind a number and its scale), the longest name first."""
    names = _names()
    token = _TOKEN.match(text, at)
    if token is None:
        return _sign_behind(text, at) or _in_brackets(names, text, at)
    first = token[2]
    bare = first.rstrip(".’'")
    if not ({first, bare, first.lower(), bare.lower()} & names.openings):
        return _slashed(names, text, token)
    tokens = [token]
    while len(tokens) < _MOST_WORDS and (token := _TOKEN.match(text, token.end())) and token[1]:
        tokens.append(token)
    for count in range(len(tokens), 0, -1):
        words = " ".join(t[2] for t in tokens[:count])
        for name in dict.fromkeys((words.rstrip(".’'"), words)):
            readings = names.find(name) if name else None
            if not readings:
                continue
            end = tokens[count - 1].end() - (len(words) - len(name))
            if name == "s" or (len(name) == 1 and _TYPE_BEHIND.match(text, end)):
                continue  # "the 80s", "six F-16 jets"
            apart = name in _ONLY_JOINED and tokens[0][1]
            if apart and text[end : end + 1] not in (")", "]", ";") and not _BRACKET_BEHIND.match(text, end):
                continue
            if (slashed := _slashed(names, text, tokens[count - 1])) and slashed.end > end:
                return slashed
            return Measured(readings, end, name)
    return _slashed(names, text, tokens[0])


_BRACKETED = lazy_pattern(rf"{SPACE}?[({{]([^\W\d_][\w/°²³ ]{{0,12}})[)}}]")


def _in_brackets(names: _Names, text: str, at: int) -> Measured | None:
    """A unit in brackets, as tables and labels have it: "20 (kg)"."""
    bracket = _BRACKETED.match(text, at)
    readings = names.find(bracket[1]) if bracket else None
    return Measured(readings, bracket.end(), bracket[1]) if bracket and readings else None


_SIGN_BEHIND = lazy_pattern(r"[ \u00a0]?([$£€¥₡₽₴₪₹₺])(?![\d\w])")


def _sign_behind(text: str, at: int) -> Measured | None:
    """A currency sign behind its number, as on the continent: "100 €"."""
    sign = _SIGN_BEHIND.match(text, at)
    return Measured(_signs()[1][sign[1]], sign.end(), sign[1]) if sign else None


def _slashed(names: _Names, text: str, token: re.Match[str]) -> Measured | None:
    """Names with a stroke inside: "km/h", "l/100"."""
    under = _SLASHED.match(text, token.end())
    if under is None:
        return None
    if under[1] != under[2]:
        return None
    name = f"{token[2]}/{under[3]}"
    readings = names.find(name)
    return Measured(readings, under.end(), name) if readings else None


@cache
def _per() -> dict[str, tuple[str, ...]]:
    return {row["name"]: tuple(row["unit"].split("|")) for row in rows("per_names.csv")}


_OF_WHAT = lazy_pattern(
    rf"{SPACE}of(?:{SPACE}(?!(?:a|an|per){SPACE})[a-z-]+){{1,3}}(?={SPACE}(?:a|per|an|each|every){SPACE})"
)


def unit_called(name: str) -> tuple[Reading, ...] | None:
    """The readings of a unit's full name."""
    return _names().find(name)


def read_rate(text: str, at: int) -> tuple[tuple[str, ...], int] | None:
    """What the figure is per: ("day",) for " a day", "/day", " per day"; with the end of the words.

    The stuff may stand between: "34,500 tons of copper a year".
    """
    if stuff := _OF_WHAT.match(text, at):
        rate = read_rate(text, stuff.end())
        return rate if rate and rate[0][0] in PERIODS else None
    link = _RATE.match(text, at)
    if link is None:
        return None
    token = _TOKEN.match(text, link.end())
    if token is None or token[1]:
        return None
    second = _TOKEN.match(text, token.end())
    if second and second[1]:
        pair = f"{token[2]} {second[2].rstrip('.')}"
        if units := _per().get(pair):
            return units, token.end() + len(second[1]) + len(second[2].rstrip("."))
    name = token[2].rstrip(".")
    units = _per().get(name)
    return (units, token.start(2) + len(name)) if units else None


@cache
def _signs() -> tuple[re.Pattern[str], dict[str, tuple[Reading, ...]]]:
    found: dict[str, list[Reading]] = {}
    for row in rows("currencies.csv"):
        if row["form"] in ("sign", "code"):
            found.setdefault(row["name"], []).append(Reading(row["iso"], "money", row["minor"], row["context"]))
    for sign in [sign for sign in found if sign.endswith("$") and sign[:-1].isalpha()]:
        spaced = sign[:-1] + " $"  # tokenised copy
        found.setdefault(spaced, found[sign])
        if len(sign) > 2 or sign[0] == "C":
            found.setdefault(sign.lower(), found[sign])
            found.setdefault(spaced.lower(), found[sign])
    longest = sorted(found, key=len, reverse=True)
    pattern = re.compile(r"(?:^|(?<![A-Za-z&]))(" + "|".join(re.escape(sign) for sign in longest) + r")[ \u00a0]?$")
    return pattern, {sign: tuple(readings) for sign, readings in found.items()}


@cache
def _sign_ends() -> frozenset[str]:
    return frozenset(sign[-1] for sign in _signs()[1]) | {" ", "\u00a0"}


def sign_before(text: str, at: int) -> tuple[tuple[Reading, ...], int] | None:
    """The currency sign or code right before the offset, and where it begins."""
    if at == 0 or text[at - 1] not in _sign_ends():
        return None
    pattern, readings = _signs()
    from_ = max(at - 7, 0)
    match = pattern.search(text[from_:at])
    if match is None:
        return None
    sign = match[1]
    if sign.isalpha() and len(sign) < 3 and sign not in _LOOSE and match[0] != sign:
        return None  # "P 5", "Y 5": letters that stand apart are no currency
    return readings[sign], from_ + match.start(1)


_LOOSE = frozenset(("Rs", "RM", "Rp", "kr", "Kr", "Tk"))

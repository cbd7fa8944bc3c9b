"""What all formats share: the order of flags, words for verdicts, numbers and sources, and copy made harmless."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, NamedTuple

from checks.core.lazy_pattern import lazy_pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

Entry = dict[str, Any]
Claim = dict[str, Any]
Figure = dict[str, Any]

VERDICTS = ("refuted", "doubtful", "supported", "not_enough_info")

#: A verdict as an editor reads it. figurecheck asks for a second look; it never says that copy is false.
VERDICT_WORDS = {
    "refuted": "Check this: it does not fit",
    "doubtful": "Check this: it may not fit",
    "supported": "Fits",
    "not_enough_info": "Could not be decided",
}

_WORST_FIRST = {"error": 0, "warning": 1}


class Located(NamedTuple):
    """A claim with the document that it stands in."""

    entry: Entry
    claim: Claim


def flags(entry: Entry) -> list[Claim]:
    """The claims of a document that are flagged, in the order of the text."""
    return [claim for claim in entry["claims"] if claim["severity"]]


def all_flags(run: dict[str, Any]) -> list[Located]:
    """Every flag of a run, in the order of the documents and of their text."""
    return [Located(entry, claim) for entry in run["documents"] for claim in flags(entry)]


def worst_first(located: Iterable[Located]) -> list[Located]:
    """Errors before warnings, and otherwise in the order given."""
    return sorted(located, key=lambda each: _WORST_FIRST.get(each.claim["severity"], 2))


def unreadable(run: dict[str, Any]) -> list[Entry]:
    """The documents that could not be read."""
    return [entry for entry in run["documents"] if entry["error"] is not None]


def path_of(entry: Entry) -> str:
    """A document's path, or the words for copy that came without one."""
    return entry["path"] or "<copy>"


def text_of(entry: Entry, texts: Mapping[str, str]) -> str | None:
    """The document's text where it is at hand and is still the one that was checked, else None."""
    text = texts.get(entry["path"] or "")
    if text is None:
        return None
    spans = entry["claims"] or entry["figures"]
    if any(text[span["start"] : span["end"]] != span["text"] for span in spans):
        return None
    return text


def several(count: int, one: str, many: str | None = None) -> str:
    """A count with its noun: "1 flag", "1,234 flags"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def counts(run: dict[str, Any]) -> dict[str, int]:
    """The counts of a run that its summary sentence speaks of."""
    found = run["summary"]
    return {
        "documents": found["documents"],
        "unreadable": found["unreadable"],
        "figures": found["figures"],
        "checked": found["checked"],
        "unchecked": found["figures"] - found["checked"],
        "flagged": sum(bool(claim["severity"]) for entry in run["documents"] for claim in entry["claims"]),
    }


def summary_line(run: dict[str, Any]) -> str:
    """The last line of a report: "23 figures found, 17 checked, 6 not checkable, 1 flagged"."""
    n = counts(run)
    if n["unreadable"] and n["unreadable"] == n["documents"]:
        return f"Nothing was checked: {several(n['unreadable'], 'document')} could not be read."
    line = (
        f"{several(n['figures'], 'figure')} found, {n['checked']:,} checked, {n['unchecked']:,} not checkable, "
        f"{n['flagged']:,} flagged"
    )
    if n["documents"] != 1:
        line += f" in {several(n['documents'] - n['unreadable'], 'document')}"
    if n["unreadable"]:
        line += f"; {several(n['unreadable'], 'document')} could not be read"
    return line + "."


# Characters that act on a terminal, a page or the order of a line instead of standing in it.
_ACTS = lazy_pattern(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)
_ACTS_OR_BREAKS = lazy_pattern(_ACTS.pattern[:-1] + "\t\n]")


def _shown(match: re.Match[str]) -> str:
    code = ord(match[0])
    if code < 0x20:
        return chr(0x2400 + code)
    if code == 0x7F:
        return "\u2421"
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return f"<U+{code:04X}>"


def visible(text: str) -> str:
    """The text with control and direction-changing characters shown as signs; tabs and line breaks stay."""
    return _ACTS.sub(_shown, text)


def one_line(text: str) -> str:
    """The text on one line: white space run together, characters that act shown as signs."""
    return _ACTS_OR_BREAKS.sub(_shown, " ".join(text.split()))


def acting(text: str) -> Iterator[tuple[str, str | None]]:
    """Split a text into (piece, None) and (the sign for a character that acts, its Unicode name) in order."""
    at = 0
    for match in _ACTS.finditer(text):
        if at < match.start():
            yield text[at : match.start()], None
        code = ord(match[0])
        yield _shown(match), unicodedata.name(match[0], f"control character U+{code:04X}").lower()
        at = match.end()
    if at < len(text):
        yield text[at:], None


def char_width(char: str) -> int:
    """How many columns a character takes on a terminal."""
    if char.isascii():
        return 1
    if unicodedata.category(char) in {"Mn", "Me", "Cf"}:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def width_of(text: str) -> int:
    """How many columns a text takes on a terminal."""
    return len(text) if text.isascii() else sum(map(char_width, text))


_IRREGULAR = {
    "foot": "feet",
    "inch": "inches",
    "hertz": "hertz",
    "kelvin": "kelvin",
    "hundredweight": "hundredweight",
    "stone": "stone",
    "century": "centuries",
    "degree_Celsius": "degrees Celsius",
    "degree_Fahrenheit": "degrees Fahrenheit",
    "degC": "degrees Celsius",
    "degF": "degrees Fahrenheit",
    "percent": "%",
    "person": "people",
}
_POWERS = {"2": "square ", "3": "cubic "}


def unit_words(unit: str | None) -> str:
    """A unit as copy writes it, in the plural: "kilometer ** 2" is "square kilometers"."""
    if not unit:
        return ""
    above, _, below = unit.partition(" / ")
    *first, last = above.split(" * ")
    words = " ".join([*(_unit_word(part, plural=False) for part in first), _unit_word(last, plural=True)])
    divisors = [f"per {_unit_word(part, plural=False)}" for part in re.split(r" [*/] ", below) if part]
    return " ".join([words, *divisors]).strip()


def _unit_word(part: str, *, plural: bool) -> str:
    name, _, power = part.partition(" ** ")
    if name in {"count", "dimensionless", "1"}:
        return ""
    if name.isupper():
        return part
    word = (_IRREGULAR.get(name) or (name if name.endswith("s") else name + "s")) if plural else name
    return (
        _POWERS.get(power, "") + word.replace("_", " ") + ("" if power in _POWERS or not power else f" to the {power}")
    )


def quoted_words(claim: Claim) -> str:
    """The words of a claim as copy has them, with the bracket closed that the claim's span leaves open."""
    words: str = claim["text"]
    return words + ")" if words.count("(") == words.count(")") + 1 else words


def number_words(value: float | int | str | None, *, digits: int = 4) -> str:
    """A number as a reader takes it in: thousands set apart, no more digits than say something."""
    if value is None or isinstance(value, str):
        return value or ""
    magnitude = len(str(int(abs(value)))) if abs(value) >= 1 else 0
    if isinstance(value, int) or value.is_integer():
        return f"{int(value):,}" if magnitude <= 15 else f"{value:.5g}"
    if 0 < abs(value) < 1e-4:
        return f"{value:.3g}"
    shown = f"{value:,.{max(digits - magnitude, 0)}f}"
    return shown.rstrip("0").rstrip(".") if "." in shown else shown


def amount_words(value: float | int | str | None, unit: str | None) -> str:
    """A number with its unit: "2,316.6 square miles", "EUR 4,000", "3.6%"."""
    if value is None:
        return ""
    if isinstance(value, str):
        return " ".join((value, unit_words(unit))).strip()
    if unit == "percent":
        return f"{number_words(value)}%"
    if unit and unit.isupper() and len(unit) == 3:
        return f"{unit} {number_words(value)}"
    if unit in {None, "year"} and 1000 <= value <= 2999 and unit == "year":
        return f"{value:g}"
    return " ".join((number_words(value), unit_words(unit))).strip()


def expected_words(claim: Claim) -> str | None:
    """What figurecheck gets, in words: an amount, a range, a weekday, a date, a direction."""
    expected = claim["expected"] or {}
    if expected.get("text") is not None:
        return str(expected["text"])
    low, high, unit = expected.get("low"), expected.get("high"), expected.get("unit")
    if expected.get("value") is not None:
        return amount_words(expected["value"], unit)
    if low is not None and high is not None:
        return f"{number_words(low)} to {amount_words(high, unit)}"
    if low is None and high is None:
        return None
    return f"at least {amount_words(low, unit)}" if high is None else f"at most {amount_words(high, unit)}"


def judged_figure(entry: Entry, claim: Claim) -> Figure | None:
    """The figure of a claim that the expected value would replace, where that can be told for certain.

    It is the only figure in the expected value's unit; for an expected text (a weekday, a date) the only figure
    of the claim at all.
    """
    expected = claim["expected"]
    if not expected:
        return None
    wanted = set(claim["figures"])
    figures = [figure for figure in entry["figures"] if figure["id"] in wanted]
    if expected.get("text") is None:
        figures = [figure for figure in figures if figure["unit"] == expected.get("unit")]
    return figures[0] if len(figures) == 1 else None


_DIGITS = lazy_pattern(r"\d[\d,.\u2009\u202f\u00a0]*")


def replacement(entry: Entry, claim: Claim) -> tuple[Figure, list[str]] | None:
    """The figure that suggestions may be written over, and those that may: for programs that apply them unread.

    Only wordings of the very same shape as the figure ("640 square miles", "580 square miles") are sure to fit
    into the sentence. What a speaker said is never replaced.
    """
    figure = judged_figure(entry, claim)
    if figure is None or claim["in_quotation"]:
        return None
    fit = [
        words for words in claim["suggestions"] if _shape(words) == _shape(figure["text"]) and words != figure["text"]
    ]
    return (figure, fit) if fit else None


def _shape(words: str) -> tuple[str, ...]:
    """A figure with its digits taken out; for one without digits ("Tuesday") only the number of its words."""
    if not _DIGITS.search(words):
        return ("",) * len(words.split())
    return tuple(word.removesuffix("s") for word in _DIGITS.sub("#", words).casefold().split())


def gap_words(entry: Entry, claim: Claim) -> str | None:
    """How far the copy is from what figurecheck gets: "83.4 square miles more (3.6%)"."""
    expected, figure = claim["expected"], judged_figure(entry, claim)
    if not expected or expected.get("text") is not None or figure is None:
        return None
    said = figure["value"]
    if not isinstance(said, int | float):
        return None
    bounds = [expected[key] for key in ("value", "low", "high") if expected.get(key) is not None]
    if not bounds or min(bounds) <= said <= max(bounds):
        return None
    nearest = min(bounds, key=lambda bound: abs(said - bound))
    gap = said - nearest
    unit = figure["unit"]
    if unit == "percent":
        size = f"{number_words(abs(gap), digits=3)} percentage points"
    else:
        size = amount_words(float(f"{abs(gap):.4g}"), None if unit == "year" else unit)
    relative = ""
    if nearest and not (unit or "").startswith(("degree", "deg", "percent")) and unit != "year":
        share = abs(gap / nearest)
        relative = (
            f" ({number_words(round(share * 100, 1))}%)"
            if share < 10
            else f" ({number_words(said / nearest, digits=3)} times as much)"
        )
    return f"{size} {'more' if gap > 0 else 'less'}{relative}"


def titles_of(run: dict[str, Any]) -> Mapping[str, str]:
    """The titles of the sources that a run names, by their ids; empty where none were given."""
    return run["tables"].get("sources") or {}


def source_words(claim: Claim, titles: Mapping[str, str]) -> list[str]:
    """The evidence of a claim in words: what each source says, with its title (else its id) and its date."""
    said: dict[tuple[str, str | None], list[str]] = {}
    for fact in claim["evidence"]:
        attribute = str(fact["attribute"]).replace("_", " ")
        qualifier = f" ({fact['qualifier']})" if fact["qualifier"] else ""
        value = amount_words(fact["value"], fact["unit"])
        said.setdefault((str(fact["source"]), fact["as_of"]), []).append(
            f"{fact['entity']}, {attribute}{qualifier}: {value}"
        )
    return [
        f"{'; '.join(rows)} [{', '.join(titles.get(each, each) for each in source.split(';'))}"
        f"{f', as of {as_of}' if as_of else ''}]"
        for (source, as_of), rows in said.items()
    ]


def published_words(entry: Entry) -> str:
    """The story's date and where it was taken from."""
    taken = {"option": "as given", "metadata": "from the file", "dateline": "from the dateline"}
    if not entry["published"]:
        return "no date known"
    return f"{entry['published']}, {taken.get(entry['published_from'], 'origin unknown')}"

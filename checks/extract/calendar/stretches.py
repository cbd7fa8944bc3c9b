"""Ages and durations: "the 14-year-old", "aged 61", "three years", "an eight-month siege"."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from checks.core.lazy_pattern import lazy_pattern
from checks.core.word_lists import rows
from checks.extract.calendar.almanac import calendar_words
from checks.extract.calendar.scan import GAP, Found, Scan

if TYPE_CHECKING:
    from checks.core.model import Kind

_HALF = Decimal("0.5")
_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
_SCALES = {"hundred": 100, "thousand": 1000, "million": 10**6, "billion": 10**9}
# How many of the smaller unit make one of the larger, for "two hours and 30 minutes".
_PARTS = {
    ("year", "month"): 12,
    ("week", "day"): 7,
    ("day", "hour"): 24,
    ("hour", "minute"): 60,
    ("minute", "second"): 60,
}


class Amount(NamedTuple):
    """A number with the resolutions of its digits."""

    value: Decimal
    fine: Decimal
    coarse: Decimal


@cache
def _number_words() -> dict[str, Decimal]:
    return {
        row["word"]: Decimal(row["value"])
        for row in rows("number_words.csv")
        if row["role"] in ("unit", "teen", "ten", "hundred") or row["word"] in ("thousand", "million", "dozen")
    }


@cache
def _number() -> str:
    """A number in digits or words, without any room to try again and again."""
    small = "|".join(sorted(_number_words(), key=len, reverse=True))
    word = rf"(?:{'|'.join(f'[{w[0]}{w[0].upper()}]{w[1:]}' for w in small.split('|'))})"
    digits = (
        r"(?:\d{1,3}(?:,\d{3}){1,4}(?!\d)|\d{1,6})(?:\.\d{1,3})?(?:[ -]\d{1,2}/\d{1,2}|[½¼¾])?"
        r"(?: (?:hundred|thousand|million|billion))?"
    )
    words = (
        rf"(?:[Hh]alf[ -]a[ -]dozen|[Hh]alf[ -]an?|(?:[Aa][ -])?couple(?: of)?"
        rf"|[Aa][ -](?:hundred|thousand|million|dozen)"
        rf"|{word}(?:[ -](?:and[ -])?{word}){{0,5}})"
    )
    return rf"(?:(?:{digits}|{words})(?:[ -]and[ -]a[ -](?:half|quarter))?|[½¼¾])"


@cache
def _before_unit() -> re.Pattern[str]:
    number = _number()
    guard = r"(?<![\w$£€#])(?<!\w-)(?<!\d[,.:/])"
    join = rf"(?: ?- ?|-?{GAP}(?:to|or|and){GAP}|-(?:to|or)-)"
    return re.compile(
        rf"{guard}(?:(?P<lead>[Bb]etween|[Ff]rom){GAP})?(?P<low>{number})(?:(?P<join>{join})(?P<high>{number}))?"
        rf"(?P<gap>-|- |{GAP})$"
    )


@cache
def _article_before_unit() -> re.Pattern[str]:
    return re.compile(r"(?:^|[ \n(\"'-])(an?|An?)(?: |-)$")


@cache
def _smaller() -> re.Pattern[str]:
    return re.compile(rf"(?:,?{GAP}and{GAP}|,?{GAP})({_number()})(?:{GAP}|-)([a-z]+)\b")


_OLD = lazy_pattern(rf"-olds?\b|{GAP}olds?\b|{GAP}of{GAP}age\b")
_APART = lazy_pattern(rf"-olds?\b|{GAP}(?:old|olds|short|after|before|later|ago|earlier)\b")
_AND_A_HALF = lazy_pattern(rf"{GAP}and{GAP}a{GAP}(half|quarter)\b")
_AROUND_A = lazy_pattern(rf"{GAP}(?:ago|earlier|later|before|after|from{GAP}now|in{GAP}(?:prison|jail|advance)|old)\b")
_ONE_DAY_AFTER = lazy_pattern(
    rf"{GAP}(?:of|in|after|before|earlier|later|ago|to|and|for|each|a|per)\b|[.;)]|, (?:and|to|or)\b"
)


def amount(written: str) -> Amount | None:
    """The number that the words or digits say."""
    tail = Decimal(0)
    for ending, more in (("half", _HALF), ("quarter", Decimal("0.25"))):
        for joint in (" and a ", "-and-a-"):
            if written.endswith(joint + ending):
                written, tail = written[: -len(joint + ending)], more
    fine: Decimal | None = Decimal("0.5") if tail == _HALF else Decimal("0.25") if tail else None
    scale = 1
    for word, times in _SCALES.items():
        if written.endswith(" " + word) and written[0].isdigit():
            written, scale = written[: -len(word) - 1], times
    read = _digits(written) if written[0].isdecimal() or written in _VULGAR else _words(written)
    if read is None:
        return None
    value, its_fine, coarse = read
    return Amount((value + tail) * scale, (fine or its_fine) * scale, (fine or coarse) * scale)


def _digits(written: str) -> Amount | None:
    if written in _VULGAR:
        value = _VULGAR[written]
        return Amount(value, value, value)
    whole, fraction = written, Decimal(0)
    fine: Decimal | None = None
    if whole[-1] in _VULGAR:
        fraction = fine = _VULGAR[whole[-1]]
        whole = whole[:-1]
    elif "/" in whole:
        whole, _, part = whole.replace("-", " ").rpartition(" ")
        over, _, under = part.partition("/")
        if int(under) == 0:
            return None
        fraction = Decimal(over) / Decimal(under)
        fine = 1 / Decimal(under)
    whole = whole.replace(",", "").strip()
    if not whole.replace(".", "", 1).isdecimal() or not whole.isascii():
        return None
    value = Decimal(whole)
    _, _, decimals = whole.partition(".")
    if fine is None and decimals:
        fine = Decimal(1).scaleb(-len(decimals))
    coarse = fine or _trailing(value)
    return Amount(value + fraction, fine or Decimal(1), coarse)


def _trailing(value: Decimal) -> Decimal:
    digits = str(int(value))
    kept = digits.rstrip("0")
    return Decimal(10) ** (len(digits) - len(kept)) if kept else Decimal(1)


def _words(written: str) -> Amount | None:
    words = [word for word in written.lower().replace("-", " ").split() if word not in ("and", "of")]
    if words[0] == "half":
        return Amount(Decimal(6), Decimal(6), Decimal(6)) if words[-1] == "dozen" else Amount(_HALF, _HALF, _HALF)
    if words[-1] == "couple":
        return Amount(Decimal(2), Decimal(1), Decimal(1))
    if words[0] == "a" and len(words) > 1:
        words = words[1:]
        value = _number_words()[words[0]]
        return Amount(value, value, value)
    total = current = Decimal(0)
    for word in words:
        if word not in _number_words():
            return None
        value = _number_words()[word]
        if word in ("hundred", "dozen"):
            current = (current or Decimal(1)) * value
        elif word in ("thousand", "million"):
            total += (current or Decimal(1)) * value
            current = Decimal(0)
        elif current % 100 and (value >= 10 or current % 10 or current % 100 < 20):
            return None  # "five six", "ten two": no number
        else:
            current += value
    value = total + current
    return Amount(value, Decimal(1), _trailing(value))


def unit_word(scan: Scan, start: int, end: int, unit: str) -> Found | None:
    """The age or duration whose unit word stands at the offsets."""
    text = scan.text
    word = text[start:end].lower()
    counted = _before_unit().search(scan.head(start))
    if counted is None:
        return _a_unit(scan, start, end, word, unit)
    base = start - len(counted.string)
    low = amount(counted["low"])
    high = amount(counted["high"]) if counted["high"] else None
    begin = base + counted.start("low")
    if high is None and counted["high"]:
        return None
    if high and low and not _is_range(scan, counted, low, high, base):
        low, high, begin = high, None, base + counted.start("high")
    if low is None:
        return None
    last = high or low
    written = text[begin:start]
    hyphened = counted["gap"].startswith("-")
    if not hyphened and _year_like(scan, written, begin):
        return None
    if old := _OLD.match(text, end):
        return _figure(begin, old.end(), "age", unit, low, high)
    if word in calendar_words("single unit") and not hyphened and not _may_be_singular(scan, end, last.value, unit):
        return None
    if unit == "day" and last.value == 1 and not hyphened and not _one_day(scan, begin, end):
        return None
    return _compound(scan, begin, end, unit, low, high)


def _is_range(scan: Scan, counted: re.Match[str], low: Amount, high: Amount, base: int) -> bool:
    join = counted["join"].strip(" \n-")
    if low.value >= high.value and not (join == "or" and low.value != high.value):
        return False
    if join == "and":
        return (counted["lead"] or "").lower() == "between"
    if (counted["lead"] or "").lower() == "from":
        # "cut from five to six years" moves; "ranging from five to six years" is a range.
        verb = scan.word_before(base + counted.start("lead"))
        return verb == "ranging" or not (verb.endswith(("ed", "ing")) or verb in ("rose", "grew", "up", "fell", "cut"))
    return True


def _may_be_singular(scan: Scan, end: int, value: Decimal, unit: str) -> bool:
    """ "a 10 year sentence", "a five month trough"; but neither "the 2011 year" nor "three day care centres"."""
    if value <= 1:
        return unit != "second" or value == 1
    following = scan.word_after(end) if scan.text[end : end + 1] in " \n" else ""
    return (
        unit in calendar_words("unit of a sentence")
        and value < 1900
        and following.islower()
        and following not in ("care", "trip", "trips", "end")
    )


def _year_like(scan: Scan, written: str, begin: int) -> bool:
    """ "In 2010 days of rain" begins with a year."""
    bare = written.strip()
    return len(bare) == 4 and bare.isdigit() and "1900" <= bare < "2100" and scan.word_before(begin) in ("in", "since")


def _one_day(scan: Scan, begin: int, end: int) -> bool:
    """Whether "one day" counts a day and is no "some day"."""
    return scan.word_before(begin) in calendar_words("before one day") or (
        _ONE_DAY_AFTER.match(scan.text, end) is not None and scan.text[begin] != "O"
    )


def _a_unit(scan: Scan, start: int, end: int, word: str, unit: str) -> Found | None:
    """ "a year ago", "for a decade", "a year and a half"; "a year" of a rate is left alone."""
    if word not in calendar_words("single unit") or unit == "second":
        return None
    article = _article_before_unit().search(scan.head(start, 4))
    if article is None:
        return None
    begin = start - len(article.string) + article.start(1)
    one = Amount(Decimal(1), Decimal(1), Decimal(1))
    whole = _compound(scan, begin, end, unit, one, None)
    if whole.end > end or _AROUND_A.match(scan.text, end) or scan.word_before(begin) in calendar_words("for a time"):
        if old := _OLD.match(scan.text, end):
            return _figure(begin, old.end(), "age", unit, one, None)
        return whole
    return None


def _compound(scan: Scan, begin: int, end: int, unit: str, low: Amount, high: Amount | None) -> Found:
    """The duration with a smaller part added: "two hours and 30 minutes", "a year and a half"."""
    if high is None:
        if half := _AND_A_HALF.match(scan.text, end):
            more = _HALF if half[1] == "half" else Decimal("0.25")
            return _figure(begin, half.end(), "duration", unit, Amount(low.value + more, more, more), None)
        if smaller := _smaller().match(scan.text, end):
            its_unit = calendar_words("unit").get(smaller[2], "")
            times = _PARTS.get((unit, its_unit))
            part = amount(smaller[1]) if times else None
            if times and part and part.value < times * 2 and not _APART.match(scan.text, smaller.end()):
                value = low.value * times + part.value
                return _figure(begin, smaller.end(), "duration", its_unit, Amount(value, part.fine, part.fine), None)
    return _figure(begin, end, "duration", unit, low, high)


def _figure(begin: int, end: int, kind: Kind, unit: str, low: Amount, high: Amount | None) -> Found:
    if high is None:
        return Found(begin, end, kind, None, low.value, None, None, unit, low.fine, low.coarse)
    first, last = sorted((low, high))
    return Found(begin, end, kind, None, None, first.value, last.value, unit, last.fine, last.coarse)


@cache
def _aged() -> re.Pattern[str]:
    number = _number()
    return re.compile(
        rf"(?:{GAP}of)?{GAP}(?:(?:about|around|roughly|just|only|nearly|at{GAP}least){GAP})?"
        rf"(?:(between|from){GAP})?({number})(?:(?: ?- ?|-?{GAP}(?:to|and|or){GAP})({number}))?"
        rf"(?![\w%])(?!(?:,|\.|:)\d)(?P<old>{GAP}(?:years?(?:{GAP}old)?|months?(?:{GAP}old)?|weeks?(?:{GAP}old)?)\b)?"
    )


def aged(scan: Scan, start: int, end: int) -> Found | None:
    """ "aged 61", "age 7", "ages 5 to 11", "the age of 16": the number after the word is an age."""
    found = _aged().match(scan.text, end)
    if found is None:
        return None
    low, high = amount(found[2]), amount(found[3]) if found[3] else None
    if low is None or (found[3] and (high is None or high.value <= low.value)):
        return None
    if (high or low).value > 130 or scan.word_after(found.end()) in ("percent", "per", "million", "pct"):
        return None
    unit = "year"
    if found["old"]:
        unit = found["old"].split()[0].rstrip("s")
    del start
    return _figure(found.start(2), found.end(), "age", unit, low, high)


_COMMA_AGE = lazy_pattern(r"(?:(?:^|[ \n\"'(-])([^\W\d_][\w.'-]*)[ \n]|^|[ \n\"'(])([^\W\d_][\w.'-]*),[ \n]$")
_GOES_ON = lazy_pattern(
    r",[ \n](?:who|was|said|told|is|has|had|whose|and|were|from|also|died|will|are|have|did|says"
    r"|with|he|she|they|now|formerly)\b"
)
_SMALL_NEXT = lazy_pattern(r",[ \n][a-z]")


def comma_age(scan: Scan, start: int, end: int) -> Found | None:
    """ "Jane Doe, 34, said": a whole number between commas after a person's name."""
    text = scan.text
    value = int(text[start:end])
    if not 1 <= value <= 115 or text[start] == "0":
        return None
    closing = text[end : end + 1]
    if closing == "." and text[end + 1 : end + 2].isdecimal():
        return None
    if closing == "," and re.match(r"[ \n]?\d", text[end + 1 : end + 3]):
        return None
    before = _COMMA_AGE.search(text[max(0, start - 48) : start])
    if before is None or scan.floor > start - 2:
        return None
    first, last = before[1] or "", before[2]
    named = last[0].isupper() and not last.isupper() and last not in calendar_words("no age")
    full = named and (
        (first[:1].isupper() and first not in calendar_words("no age"))
        or first.rstrip(".").lower() in calendar_words("title")
    )
    goes_on = closing == "," and _GOES_ON.match(text, end) is not None
    if full and closing in ",;.)":
        return _age(start, end, value)
    if named and (goes_on or (closing == "," and value >= 5 and _SMALL_NEXT.match(text, end))):
        return _age(start, end, value)
    if goes_on and last.lower() in calendar_words("person"):
        return _age(start, end, value)
    return None


def _age(start: int, end: int, value: int) -> Found:
    return Found(start, end, "age", None, Decimal(value), None, None, "year", Decimal(1), Decimal(1))


_TENS = lazy_pattern(r"(?:his|her|their|your|my|our)[ \n](?:(early|mid|late)(?: to (?:mid|late))?[ -])?'?$")


def in_their_tens(scan: Scan, start: int, end: int) -> Found | None:
    """ "in his 40s", "her early 30s": ten years of age."""
    value = int(scan.text[start:end])
    before = _TENS.search(scan.text[max(0, start - 28) : start])
    if before is None or value % 10 or not 10 <= value <= 100:
        return None
    first, last = {"early": (0, 3), "mid": (3, 6), "late": (6, 9)}.get(before[1] or "", (0, 9))
    begin = start - len(before.string) + before.start(1) if before[1] else start
    return Found(
        begin, end + 1, "age", None, None, Decimal(value + first), Decimal(value + last), "year", Decimal(1), Decimal(1)
    )


_STOPS = lazy_pattern(r"[.,;!?)\"]|'(?!\w)|$")


def _ends_there(scan: Scan, end: int) -> bool:
    """Whether a bare number counts nothing that follows it: "turned 61 on Friday", not "turned 61 acres"."""
    if _STOPS.match(scan.text, end):
        return True
    following = scan.word_after(end) if scan.text[end : end + 1] in " \n" else "-"
    return (
        following.islower() and following not in calendar_words("counted") and following not in calendar_words("unit")
    )


def age_after(scan: Scan, start: int, end: int) -> Found | None:
    """ "turned 61", "She was 87.", "children under 5", "under-21s": a bare number that the words make an age."""
    text = scan.text
    value = int(text[start:end])
    if not 1 <= value <= 115 or text[start] == "0":
        return None
    if text[end : end + 1] in ".," and text[end + 1 : end + 2].isdecimal():
        return None
    before = re.search(r"(?:^|[^\w])([A-Za-z']+)[ \n-]([A-Za-z']+)[ \n-]$", text[max(0, start - 34) : start])
    if before is None:
        return None
    earlier, word = before[1].lower(), before[2].lower()
    if word in ("turned", "turns", "turning") and _ends_there(scan, end) and value >= 10:
        return _age(start, end, value)
    if (
        word in ("is", "was")
        and earlier in ("he", "she", "who")
        and re.match(r"\.(?:[ \n\"']|$)|[,;] |[ \n](?:when|and)\b", text[end : end + 6])
    ):
        return _age(start, end, value)
    if (
        word in ("under", "over", "above", "below")
        and earlier in calendar_words("people")
        and _ends_there(scan, end)
        and value >= 1
    ):
        return _age(start, end, value)
    return None

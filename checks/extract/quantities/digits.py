"""Numbers in digits: "6,000", "1.9 trillion", "3½", "1/16"; and digits that no style of English writes."""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal

from checks.core.lazy_pattern import lazy_pattern
from checks.extract.quantities.numeric import HYPHENS, ONE, Number, fraction, resolution, scaled_number

VULGAR = "½⅓⅔¼¾⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞⅒⅐⅑"
_DIGITS = lazy_pattern(
    rf"""(
        \d{{1,3}}(?:,\d{{3}})+(?!\d|,\d)                   # 6,000
      | \d{{1,3}},\ 000(?!\d|,)                          # 80, 000 in copy that was cut into words
      | \d{{1,2}}(?:,\d{{2}})+,\d{{3}}(?!\d|,\d)           # 12,34,567 in India
      | \d{{1,3}}(?:[\u00a0\u2009\u202f]\d{{3}})+(?!\d)    # 6 000 with a space that does not break
      | \d+
    )(\.\d+)?
    (?:([{VULGAR}]) | [ {HYPHENS}](\d{{1,2}})[/\u2044](\d{{1,2}})(?![\d/]))?""",
    re.VERBOSE,
)
_LONE_FRACTION = lazy_pattern(r"(\d{1,3})[/\u2044](\d{1,4})(?![\d/])")
_BROKEN = lazy_pattern(r"\d[\d,]*,\d[\d,]*(?:\.\d+)?")
_SHORT_LIST = lazy_pattern(r"\d{1,2}(?:,\d{1,2})+")
_POWER_OF_TEN = lazy_pattern(r"\s?×\s?10(?:\^?([-−+]?\d{1,2})|([⁻⁺]?[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2}))(?!\d)")
_LONGEST = 40


def _vulgar(sign: str) -> tuple[Decimal, Decimal]:
    over, _, under = unicodedata.normalize("NFKC", sign).partition("\u2044")
    return Decimal(over), Decimal(under)


def in_digits(text: str, at: int) -> Number | None:
    """The number in digits at the offset; ``malformed`` where its commas stand wrong ("4,2000", "0,270.47")."""
    if text[at] in VULGAR:
        return scaled_number(text, fraction(at, at + 1, *_vulgar(text[at])))
    if lone := _LONE_FRACTION.match(text, at):
        over, under = int(lone[1]), int(lone[2])
        return (
            scaled_number(text, fraction(at, lone.end(), Decimal(over), Decimal(under)))
            if over < under <= 128
            else None
        )
    match = _DIGITS.match(text, at)
    if match is None:
        return None
    end = match.end()
    if broken := _malformed(text, match):
        return Number(at, broken, Decimal(0), ONE, ONE, "malformed")
    if len(match[1]) > _LONGEST:
        return None
    written = re.sub(r"\D", "", match[1]) + (match[2] or "")
    value, (fine, coarse) = Decimal(written), resolution(written)
    if match[3]:
        return scaled_number(text, fraction(at, end, *_vulgar(match[3]), value))
    if match[4]:
        if 0 < int(match[4]) < int(match[5]):
            return scaled_number(text, fraction(at, end, Decimal(match[4]), Decimal(match[5]), value))
        end = match.end(2) if match[2] else match.end(1)
    if power := _POWER_OF_TEN.match(text, end):
        factor = Decimal(10) ** int(unicodedata.normalize("NFKC", power[1] or power[2]).replace("\u2212", "-"))
        return Number(at, power.end(), value * factor, fine * factor, coarse * factor, "digits", scaled=True)
    return scaled_number(text, Number(at, end, value, fine, coarse, "digits"))


def _malformed(text: str, match: re.Match[str]) -> int | None:
    """Where digits with misplaced commas end; None where the commas are right."""
    if match[1].startswith("0") and "," in match[1]:
        return match.end()
    end = match.end(1)
    if match[2] or text[end : end + 1] != "," or not text[end + 1 : end + 2].isdigit():
        return None
    broken = _BROKEN.match(text, match.start())
    return broken.end() if broken and not _SHORT_LIST.fullmatch(broken[0]) else None

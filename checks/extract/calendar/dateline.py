"""Datelines of the agencies: "LONDON, March 3, 2011 (AFP) - ", "PARIS (Reuters) – ", "WASHINGTON -- "."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from checks.core.lazy_pattern import lazy_pattern
from checks.core.model import Document, Span
from checks.extract.calendar.almanac import months, real_date
from checks.extract.calendar.smooth import smooth

if TYPE_CHECKING:
    import re
    from datetime import date

    from checks.extract.segments import Segments

#: How far into a story its dateline is looked for: headline, summary points and bylines come before it.
_FIRST_PARAGRAPHS = 12
_LONGEST = 160
_NO_DATE = "The copy has no date, so checks that need the story's date were left out."

_PLACE = r"[A-Z][A-Z'.]{1,25}(?:[ /-]{1,2}[A-Z][A-Z'.]{0,25}){0,7}"
_REGION = r"(?:, {0,2}[A-Z][A-Za-z'.-]{1,25}(?: [A-Za-z][A-Za-z'.-]{0,25}){0,3})"
_AGENCY = (
    "Reuters|REUTERS|AP|AFP|UPI|dpa|DPA|ANSA|EFE|PA|CP|IANS|PTI|Xinhua|TASS|Interfax|Bloomberg"
    "|AAP|CNN|Kyodo|Yonhap|Anadolu"
)
_DATE = (
    r"(?:, {0,2}|\s)(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?"
    r"(?:(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2})|(?P<day2>\d{1,2}) (?P<month2>[A-Z][a-z]{2,8})\.?)"
    r"(?:,? (?P<year>[12]\d{3}))?"
)
_DATELINE = lazy_pattern(
    rf"(?:\[?\d{{1,2}}:?\d{{2}} ?(?:GMT|EDT|EST)\]? )?(?P<place>{_PLACE})(?P<region>{_REGION}{{0,3}}?)(?:{_DATE})?"
    rf"(?: {{0,2}}(?P<wire>\((?:[A-Z][A-Za-z .&/-]{{1,40}}|dpa)\)))?(?P<dash>,? ?-{{1,3}}(?: |$))"
)
_NO_DASH = lazy_pattern(rf"(?P<place>{_PLACE})(?P<region>{_REGION}{{0,3}}?)(?:{_DATE})? {{0,2}}\((?:{_AGENCY})\)")


def dateline_in(segments: Segments) -> tuple[Span, re.Match[str]] | None:
    """The dateline of a story: its span in the text, and what was read of it; None where there is none."""
    for paragraph in segments.paragraphs[:_FIRST_PARAGRAPHS]:
        start = paragraph.start
        for line in segments.text[start : min(paragraph.end, start + 2000)].splitlines(keepends=True)[:6]:
            indent = len(line) - len(line.lstrip())
            plain, offsets = smooth(line[indent : indent + _LONGEST])
            if offsets is None and (found := _match(plain.rstrip("\n"))):
                end = found.start("dash") if "dash" in found.re.groupindex else found.end()
                return Span(start + indent, start + indent + end), found
            start += len(line)
    return None


def _match(line: str) -> re.Match[str] | None:
    found = _DATELINE.match(line) or _NO_DASH.match(line)
    if found is None or found["place"] in ("UPDATE", "CORRECTED", "WRAPUP", "RPT"):
        return None
    if "dash" in found.re.groupindex and not (found["wire"] or found["month"] or found["month2"]):
        # A bare "WORD - " may be a heading: a sentence must follow, and initials are no place.
        follows = line[found.end() : found.end() + 2].lstrip("\"'(")[:1]
        if not follows.isupper() or (len(found["place"]) < 4 and not found["region"]):
            return None
    return found


def date_of(found: re.Match[str]) -> tuple[int | None, int, int] | None:
    """Year (where given), month and day of a dateline's date."""
    name = found["month"] or found["month2"]
    month = months().get(name) if name else None
    if month is None:
        return None
    return (int(found["year"]) if found["year"] else None), month, int(found["day"] or found["day2"])


def dated(document: Document, segments: Segments) -> tuple[Document, tuple[str, ...]]:
    """The document with the date of its dateline where it has none, and notes for the reader."""
    found = dateline_in(segments)
    published: date | None = document.published
    if found is not None:
        span, match = found
        document = replace(document, dateline=document.dateline or " ".join(span.of(segments.text).split()))
        day = date_of(match)
        if published is None and day is not None and day[0] is not None:
            published = real_date(day[0], day[1], day[2])
            if published is not None:
                document = replace(document, published=published, published_from="dateline")
    if published is None:
        return document, (_NO_DATE,)
    return document, ()

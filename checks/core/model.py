"""The nouns: what copy, figures, claims and findings are.

Frozen values only; no stage of the pipeline reaches back into an earlier one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Literal, NamedTuple

Kind = Literal[
    "area",
    "length",
    "volume",
    "mass",
    "speed",
    "temperature",
    "energy",
    "power",
    "pressure",
    "duration",
    "age",
    "date",
    "weekday",
    "time",
    "money",
    "percent",
    "percentage_point",
    "count",
    "rank",
    "ratio",
    "score",
    "year",
    "number",
]
PublishedFrom = Literal["option", "metadata", "dateline", "none"]
Bound = Literal["around", "below", "at_most", "above", "at_least", "exactly"]
Precision = Literal["minute", "day", "week", "month", "quarter", "season", "year", "decade", "century"]


class Verdict(StrEnum):
    """What became of a claim: FEVER's terms, with ``doubtful`` between."""

    SUPPORTED = "supported"
    DOUBTFUL = "doubtful"
    REFUTED = "refuted"
    NOT_ENOUGH_INFO = "not_enough_info"


class Severity(StrEnum):
    """How loudly a flag speaks: ``error`` for refuted claims, ``warning`` for doubtful ones."""

    ERROR = "error"
    WARNING = "warning"


SEVERITY: dict[Verdict, Severity] = {
    Verdict.REFUTED: Severity.ERROR,
    Verdict.DOUBTFUL: Severity.WARNING,
}


class Span(NamedTuple):
    """A half-open range of Unicode code points in the document's text."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The text that the span covers."""
        return text[self.start : self.end]

    def covers(self, other: Span) -> bool:
        """Whether the other span lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One story as it was read.

    ``published`` is the date of publication (the story's "today"); ``published_from`` says where it was
    taken from. ``text`` keeps the source's characters, so that offsets point into the source.
    """

    text: str
    path: str | None = None
    format: str = "text"
    sha256: str | None = None
    published: date | None = None
    published_from: PublishedFrom = "none"
    headline: str | None = None
    dateline: str | None = None
    language: str | None = None
    version: str | None = None
    identifier: str | None = None


@dataclass(frozen=True, slots=True)
class Hedge:
    """A word that opens a figure: "about", "more than", "up to".

    ``bound`` says to which side: around (both), below (nearly: not reached), at_most (up to), above (more
    than), at_least, exactly.
    """

    text: str
    bound: Bound


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """The calendar reading of a date, weekday, month, year or decade in copy.

    ``year``, ``month``, ``day`` and ``weekday`` (0 is Monday) are what the copy itself says; ``start`` and
    ``end`` (inclusive) are the days that it means, once the story's date has filled in what the copy left
    out, and None where that cannot be told or the date does not exist (31 April). ``year_given`` tells the
    two apart for the year. ``edtf`` is the reading in the Extended Date/Time Format (ISO 8601-2).
    """

    precision: Precision
    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    start: date | None = None
    end: date | None = None
    year_given: bool = False
    edtf: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """One figure in copy and what it says by itself.

    ``value`` is exact, in ``unit``; a range has ``low`` and ``high`` instead. ``unit`` is a pint expression
    ("kilometer ** 2"), an ISO 4217 code for money ("USD"), or "percent". ``units`` holds further readings
    where the words are ambiguous (ton, gallon, ounce), the likeliest first and ``unit`` among them.
    ``fine`` and ``coarse`` are the resolutions that the digits show, in the figure's unit: the last digit
    written, and the same without trailing zeros. ``span`` covers number and unit, not the hedge.
    """

    span: Span
    text: str
    kind: Kind
    value: Decimal | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    unit: str | None = None
    units: tuple[str, ...] = ()
    fine: Decimal = Decimal(1)
    coarse: Decimal = Decimal(1)
    #: The resolutions of ``low``, where the two ends of a range are written to different digits.
    fine_low: Decimal | None = None
    coarse_low: Decimal | None = None
    counts: str | None = None
    hedge: Hedge | None = None
    in_quotation: bool = False
    when: When | None = None


@dataclass(frozen=True, slots=True)
class Name:
    """A proper name in copy that a table may know: where it stands, and its words."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What one or several figures say together. Each kind of claim is a subclass in ``core.claims``."""

    span: Span
    figures: tuple[Figure, ...]

    @property
    def in_quotation(self) -> bool:
        """Whether a speaker, not the desk, says it."""
        return any(figure.in_quotation for figure in self.figures)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One assertion of one source, as of a date; never a truth.

    ``value`` is a number in ``unit``, or an ISO date where the attribute is one. ``disputed`` marks rows
    that sources contradict and ``derived`` those computed from others: neither refutes a claim alone.
    ``low`` and ``high`` are the span of what sources and definitions give, where they give more than one value.
    """

    table: str
    entity_id: str
    entity: str
    attribute: str
    value: float | int | str
    unit: str | None
    source: str
    as_of: str | None = None
    qualifier: str | None = None
    derived: bool = False
    disputed: bool = False
    low: float | int | None = None
    high: float | int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """What would fit: a value (or a range) with its unit, or a text (a weekday, a date, a direction, a rank)."""

    value: float | int | None = None
    low: float | int | None = None
    high: float | int | None = None
    unit: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a check says of a claim.

    ``message`` is the headline of a flag (or the reason why nothing could be said), ``working`` the sum
    with its bounds, ``slip`` the kind of mistake where it can be recognised, ``suggestions`` wordings that
    would fit, best first.
    """

    claim: Claim
    verdict: Verdict
    message: str
    working: str = ""
    slip: str | None = None
    expected: Expected | None = None
    suggestions: tuple[str, ...] = ()
    evidence: tuple[Fact, ...] = ()

"""Numbers in the words of copy: with its separators, its scale words and no more digits than it bears."""

from __future__ import annotations

import math
from decimal import ROUND_HALF_UP, Decimal


def plain(value: Decimal | float, digits: int = 4) -> str:
    """A number as an editor reads it: thousands separated, at least ``digits`` significant digits, no idle zeros.

    >>> plain(2316.6), plain(73.5), plain(0.386102), plain(600_000)
    ('2,317', '73.5', '0.3861', '600,000')
    """
    return written(value, Decimal(1).scaleb(min(0, _magnitude(value) - digits + 1)))


def written(value: Decimal | float, step: Decimal | float, *, separator: str = ",", keep_zeros: bool = False) -> str:
    """A number rounded to a step, as copy prints it; ``keep_zeros`` keeps the decimals that the step asks for.

    >>> written(2316.6, 100), written(46.02, Decimal("0.1")), written(46.02, Decimal("0.1"), keep_zeros=True)
    ('2,300', '46', '46.0')
    """
    exact = rounded(value, step)
    places = max(0, -Decimal(str(step)).normalize().as_tuple().exponent)  # type: ignore[operator]
    text = f"{exact:,.{places}f}"
    if places and not keep_zeros:
        text = text.rstrip("0").rstrip(".")
    if text.strip("-0.,") == "":
        text = text.lstrip("-")
    return text.replace(",", separator)


def rounded(value: Decimal | float, step: Decimal | float) -> Decimal:
    """The multiple of the step that lies nearest, halves away from zero as newsrooms round."""
    exact = value if isinstance(value, Decimal) else Decimal(repr(float(value)))
    unit = step if isinstance(step, Decimal) else Decimal(repr(float(step)))
    return (exact / unit).quantize(Decimal(1), rounding=ROUND_HALF_UP) * unit


def significant(value: Decimal | float, digits: int) -> Decimal:
    """The step that leaves a number the given significant digits.

    >>> significant(2316.6, 2)
    Decimal('1E+2')
    """
    return Decimal(1).scaleb(_magnitude(value) - digits + 1)


def _magnitude(value: Decimal | float) -> int:
    size = abs(float(value))
    return math.floor(math.log10(size)) if size and math.isfinite(size) else 0

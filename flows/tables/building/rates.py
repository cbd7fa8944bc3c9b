"""Exchange rates, a row a day."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flows.tables.building.making import Making


def make_rates(making: Making) -> None:
    """Units of every currency for a euro, by day."""
    days: dict[str, dict[str, str]] = defaultdict(dict)
    currencies = set()
    for row in making.rows("exchange_rates.csv"):
        days[row["date"]][row["currency"]] = row["units_per_eur"]
        currencies.add(row["currency"])
    making.write(
        "exchange_rates.csv.gz",
        ["date", *sorted(currencies)],
        ({"date": day} | days[day] for day in sorted(days)),
    )

"""Units of measure and rates of exchange."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from checks.core.lookups.nouns import Rate
from checks.core.lookups.open_index import OpenIndex

if TYPE_CHECKING:
    from collections.abc import Mapping

    from checks.core.units import Unit


class UnitTables(OpenIndex):
    """Where units and rates of exchange are looked up."""

    def rate(self, currency: str, day: date) -> Rate | None:
        """The ECB's reference rate of a currency on a day, or on the last day before with one (a week at most)."""
        if currency == "EUR":
            return Rate("EUR", day, 1.0, "ecb")
        rows = self._rows(
            "SELECT day, per_euro FROM rate WHERE currency = ? AND day BETWEEN ? AND ? ORDER BY day DESC LIMIT 1",
            (currency, day.toordinal() - 7, day.toordinal()),
        )
        return Rate(currency, date.fromordinal(rows[0][0]), rows[0][1], "ecb") if rows else None

    def unit(self, name: str) -> Unit | None:
        """The unit of that name, as compiled from the definitions, or composed ("meter / hour") of such; else None."""
        from checks.core.units import find_unit

        return find_unit(name, self._all_units.get)

    def units(self) -> Mapping[str, Unit]:
        """All units by name."""
        return self._all_units

    @cached_property
    def _all_units(self) -> dict[str, Unit]:
        import json

        rows = self._rows("SELECT name, fields FROM unit ORDER BY name")
        if not rows:
            return {}
        from checks.core.units import Unit

        return {name: Unit(**json.loads(fields)) for name, fields in rows}

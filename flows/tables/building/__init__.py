"""Making the reference tables out of the gathered ones, a module for each kind of table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from flows.tables.building.events import make_earthquakes, make_events
from flows.tables.building.facts import make_city_populations, make_facts, make_series
from flows.tables.building.making import Making
from flows.tables.building.names import make_names
from flows.tables.building.places import make_places
from flows.tables.building.rank_lists import make_rank_lists
from flows.tables.building.rates import make_rates
from flows.tables.building.things import make_things

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

#: In this order: things first, as other tables' rows give way to them, and places before all that speaks of places.
_STEPS: tuple[Callable[[Making], None], ...] = (
    make_things,
    make_places,
    make_names,
    make_facts,
    make_series,
    make_city_populations,
    make_earthquakes,
    make_events,
    make_rates,
    make_rank_lists,
)


def build(source: Path, target: Path, *, progress: Callable[[str, int, int], None] | None = None) -> dict[str, int]:
    """Make the reference tables in ``target`` out of the gathered tables in ``source``.

    ``source`` holds tidy tables taken from the publishers that sources.csv cites: places.csv and aliases.csv
    (GeoNames, Natural Earth, World Resources Institute, airportsdata, CIA Factbook), facts.csv,
    facts_timeseries.csv and facts_city_population.csv (Factbook, World Bank, Gapminder, Wikidata ...),
    facts_earthquakes.csv (NOAA), events.csv (Wikidata, UCDP, UNESCO ...), events_curated.csv with
    events_doubts.csv, measures.csv, rank_lists.csv and exchange_rates.csv (ECB). Curated tables that are
    already in ``target`` (names, regions, demonyms, added rows) are never written. Returns the rows written for
    each table.
    """
    making = Making(source, target)
    for done, step in enumerate(_STEPS):
        if progress:
            progress("making the reference tables", done, len(_STEPS))
        step(making)
    if progress:
        progress("making the reference tables", len(_STEPS), len(_STEPS))
    return making.written

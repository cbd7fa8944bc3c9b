"""The reference tables from the outside: how they were made, whether they are sound, what is in them.

``build`` made ``reference_data/`` out of tidy source tables gathered from the publishers that
``reference_data/sources.csv`` names; it needs those files and is run by hand, when the sources have news.
``validate`` is run by the tests and by ``figurecheck tables validate``. The functions of ``listing`` give plain rows
for ``figurecheck tables list``, ``show`` and ``find``.

Three kinds of tables:

- made: cities, places, aliases, facts, series, events, exchange rates ... written by ``build``, never by hand;
- kept: names, regions, demonyms, added places, facts and events: curated by hand, each row with its source;
- words: the lists that the reading of copy uses; ``build`` does not touch them.
"""

from flows.tables.building import build
from flows.tables.files import data_folder
from flows.tables.listing import find_entities, list_tables, show_table
from flows.tables.validation import validate

__all__ = ["build", "data_folder", "find_entities", "list_tables", "show_table", "validate"]

"""The layout of the index: its SQL, and the number that goes up when it changes."""

from __future__ import annotations

#: Goes up when the layout of the index changes, so that an older one is not opened.
LAYOUT = 1
SCHEMA = """
PRAGMA page_size = 4096;
PRAGMA journal_mode = OFF;
PRAGMA synchronous = OFF;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE place (no INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, country TEXT,
                    region TEXT, lat REAL, lon REAL, population INTEGER, feature TEXT, score INTEGER NOT NULL);
CREATE TABLE name (folded TEXT, rank INTEGER, place INTEGER, type INTEGER,
                   PRIMARY KEY (folded, rank, place)) WITHOUT ROWID;
CREATE TABLE demonym (folded TEXT, place INTEGER, form TEXT, PRIMARY KEY (folded, place)) WITHOUT ROWID;
CREATE TABLE word (no INTEGER PRIMARY KEY, text TEXT NOT NULL UNIQUE);
CREATE TABLE fact (place INTEGER, attribute INTEGER, no INTEGER, qualifier INTEGER, value, low, high, unit INTEGER,
                   as_of TEXT, source INTEGER, marks INTEGER, tbl INTEGER,
                   PRIMARY KEY (place, attribute, no)) WITHOUT ROWID;
CREATE TABLE region (folded TEXT, country TEXT, membership TEXT, since TEXT, until TEXT, note TEXT, source TEXT,
                     name TEXT, PRIMARY KEY (folded, country, since)) WITHOUT ROWID;
CREATE TABLE event (no INTEGER PRIMARY KEY, id TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL,
                    start TEXT NOT NULL, end TEXT, precision TEXT, calendar TEXT, place TEXT, confidence TEXT,
                    doubt TEXT, source TEXT, aliases TEXT);
CREATE TABLE event_word (word TEXT, event INTEGER, PRIMARY KEY (word, event)) WITHOUT ROWID;
CREATE TABLE event_word_count (word TEXT PRIMARY KEY, events INTEGER) WITHOUT ROWID;
CREATE TABLE rate (currency TEXT, day INTEGER, per_euro REAL, PRIMARY KEY (currency, day)) WITHOUT ROWID;
CREATE TABLE rank_list (id TEXT PRIMARY KEY, title TEXT, definition TEXT, as_of TEXT, disputed TEXT,
                        complete_to INTEGER, attribute TEXT, entities TEXT, source TEXT) WITHOUT ROWID;
CREATE TABLE source (id TEXT PRIMARY KEY, title TEXT, publisher TEXT, licence TEXT, citation TEXT,
                     preference INTEGER) WITHOUT ROWID;
CREATE TABLE unit (name TEXT PRIMARY KEY, fields TEXT) WITHOUT ROWID;
"""

INDICES = """
CREATE INDEX place_id ON place (id);
CREATE INDEX place_kind ON place (kind, country, population DESC);
CREATE INDEX name_place ON name (place, folded);
CREATE INDEX fact_attribute ON fact (attribute, place);
CREATE INDEX event_id ON event (id);
ANALYZE;
"""

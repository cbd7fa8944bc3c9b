"""The store: what was checked, what came of it, and which flags were reported when. The database is the truth.

Everything hangs on a content key: the bytes of the copy, the date given with it, the versions of checks and tables.
The same key is never checked twice, and no flag is reported twice.
"""

from flows.store.database import StoreError
from flows.store.keys import checks_version, content_key
from flows.store.models import Base
from flows.store.store import RunInfo, Store
from flows.store.writing import Entry, Outcome

__all__ = ["Base", "Entry", "Outcome", "RunInfo", "Store", "StoreError", "checks_version", "content_key"]

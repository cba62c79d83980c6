"""What was answered, kept: assessments behind unguessable links, in SQLite or PostgreSQL.

Every save is on the disk before it is acknowledged; every item is a row of its own, so two open
pages of one assessment never overwrite each other's items; what is deleted leaves no trace in the file.
"""

from mutu.store.database import state
from mutu.store.store import LIMITS, UNCHANGED, Answer, Record, Store, Summary, open_store

__all__ = ["LIMITS", "UNCHANGED", "Answer", "Record", "Store", "Summary", "open_store", "state"]

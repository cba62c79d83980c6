"""Saves without end and says each acknowledged save: run as a process of its own, to be killed."""

import itertools
import sys

from mutu.store import open_store

path, token, name = sys.argv[1:]
with open_store(path) as store:
    for number in itertools.count(1):
        store.save(token, f"{name}{number % 7}", score=number % 6, note=f"catatan {number}")
        sys.stdout.write(f"{name}{number % 7} {number}\n")
        sys.stdout.flush()

"""How long texts and files may be; apart from the store, so that a page is shown before the store is loaded."""

from __future__ import annotations

NAME = 200
"""Characters of an assessment's name; the store's own limit."""

TEXT = 4_000
"""Characters of a note or of an evidence; the store's own limit."""

FILE = 2_000_000
"""Characters of an exported file; thirty items with the longest texts and every character escaped need fewer."""

FILE_ON_PAGE = 900_000
"""Bytes of an exported file that a page loads: it comes in one message, and the pages' process takes 1 MiB."""

"""The page of the PEKPPP self-assessment; everything it is stands in its instrument."""

from __future__ import annotations

from mutu.assess.pages import assessment


def show() -> None:
    """Show the page in a notebook."""
    assessment.show("pekppp")

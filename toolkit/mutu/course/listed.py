"""Many names in a sentence: the first ones, and how many more there are."""

from __future__ import annotations

from collections.abc import Iterable

from mutu.locale import _, integer

FEW = 5


def listed(names: Iterable[object], most: int = FEW, *, between: str = ", ") -> str:
    """The first names in a line, and how many more there are.

    Parameters
    ----------
    names : in their order
    most : how many are written out
    between : what stands between two
    """
    every = [str(name) for name in names]
    shown = between.join(every[:most])
    more = len(every) - most
    return shown if more <= 0 else _("{names}, and {count} more").format(names=shown, count=integer(more))

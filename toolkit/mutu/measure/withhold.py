"""Which groups are too small to be shown, so that nothing withheld follows from the whole minus the groups shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mutu.locale import _


def withheld(sizes: Mapping[str, int], least: int) -> frozenset[str]:
    """Labels of the groups to withhold.

    A group of fewer than `least` people is withheld; an empty one identifies nobody and is shown. Where the groups
    withheld are a single one, or hold fewer people together than `least`, the next smallest is withheld too.

    Parameters
    ----------
    sizes : group -> people
    least : smallest group to show

    Examples
    --------
    >>> sorted(withheld({"a": 20, "b": 9, "c": 3, "d": 0}, 5))
    ['b', 'c']
    """
    hidden = [label for label, n in sizes.items() if 0 < n < least]
    shown = sorted((label for label, n in sizes.items() if n >= least), key=lambda label: sizes[label])
    while hidden and shown and (len(hidden) == 1 or sum(sizes[label] for label in hidden) < least):
        hidden.append(shown.pop(0))
    return frozenset(hidden)


def not_shown(labels: Iterable[str], least: int) -> str:
    """Which groups are not shown, and why, in words."""
    return _("Not shown, as fewer than {least} people: {groups}.").format(least=least, groups=", ".join(labels))

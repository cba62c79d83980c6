"""What a synthetic survey is asked to be, checked before anything is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from mutu.errors import N_, SettingError, Term
from mutu.measure.settings import whole
from mutu.regulations import skm
from mutu.responses.grid import data

_ROUNDED = 0.011  # shares of two decimals, three of them rounded the same way

Member = tuple[str, str, float, NDArray[np.bool_]]
"""A group with a gap: its column and label, the points, and who belongs to it."""


def elements(wished: Sequence[str] | None) -> tuple[str, ...]:
    """The elements asked, in the regulation's order."""
    kodes = skm().kodes
    found = kodes if wished is None else tuple(kode for kode in kodes if kode in wished)
    unknown = [] if wished is None else [kode for kode in wished if kode not in kodes]
    twice = sorted({kode for kode in wished or () if list(wished or ()).count(kode) > 1})
    if twice:
        raise SettingError(N_("{kode} stands more than once in unsur. Name every element once."), kode=", ".join(twice))
    if unknown or not found:
        raise SettingError(
            N_("There is no element «{kode}»; the elements are {known}."),
            kode=", ".join(unknown),
            known=", ".join(kodes),
        )
    return found


def wished_index(index: float | Decimal) -> Decimal:
    """The index as it was written."""
    low, high = skm().bounds
    return Decimal(str(within(Term(N_("the index")), index, low, high)))


def within(name: str, value: Any, low: float, high: float) -> Any:
    """A number from `low` to `high`; `name` is what the message calls it."""
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal) or not low <= value <= high:
        raise SettingError(
            N_("{name} must lie between {low} and {high}, not at {found}."), name=name, low=low, high=high, found=value
        )
    return value


def shares(groups: Mapping[str, Mapping[str, float]] | None) -> dict[str, Mapping[str, float]]:
    """Column -> {label: share}: the usual profile, and what is given beside or in its place."""
    for column, shares in (groups or {}).items():
        if not shares or any(not 0 <= share < np.inf for share in shares.values()) or sum(shares.values()) <= 0:
            raise SettingError(
                N_("The shares of {column} must be numbers from 0 on, and not all of them 0. Correct groups."),
                column=column,
            )
        if abs(sum(shares.values()) - 1) > _ROUNDED:
            raise SettingError(
                N_("The shares of {column} sum to {found}, not to 1. Give the part of each group, for instance 0.4."),
                column=column,
                found=f"{sum(shares.values()):g}",
            )
    usual: dict[str, Mapping[str, float]] = data("synthetic")["profile"]
    return usual | dict(groups or {})


def members(gaps: Mapping[str, Mapping[str, float]], labels: dict[str, list[str]]) -> list[Member]:
    """Who belongs to the groups that lie apart."""
    found = []
    for column, points in gaps.items():
        said = np.array(labels.get(column, []), dtype=object)
        for value, gap in points.items():
            who = said == value
            if not who.any() or who.all():
                raise SettingError(
                    N_(
                        "A gap of {column} «{value}» needs people inside and outside that group. Give its share with "
                        "groups, or ask for more respondents."
                    ),
                    column=column,
                    value=value,
                )
            found.append(
                (column, value, float(within(Term(N_("the gap")), gap, -75, 75)), np.asarray(who, dtype=np.bool_))
            )
    return found


def places(seed: int, n: int, clusters: int | None, icc: float) -> NDArray[np.int64] | None:
    """The number of each respondent's cluster, as many in each as can be; None without clusters."""
    if clusters is None:
        return None
    count = whole(Term(N_("the number of clusters")), clusters, 2)
    within(Term(N_("the intraclass correlation")), icc, 0, 1)
    if 2 * count > n:
        raise SettingError(
            N_(
                "{count} clusters need at least two respondents each; there are {n}. Ask for fewer clusters or "
                "more people."
            ),
            count=count,
            n=n,
        )
    return np.random.default_rng([seed, 2]).permutation(n) % count

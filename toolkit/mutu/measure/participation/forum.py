"""Whether the people of a forum are like the population they speak for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import numpy as np

from mutu.errors import N_, AnswerError, InputError, SettingError, Term
from mutu.measure import frames
from mutu.measure.frames import Floats
from mutu.measure.intervals import wilson
from mutu.measure.participation.forum_result import Fit, ForumGroup, Representativeness, Seat
from mutu.measure.participation.material import parties as known_parties
from mutu.measure.result import Interval
from mutu.measure.settings import positive
from mutu.measure.withhold import withheld
from mutu.regulations import publication

_DRAWS, _SEED, _FEW = 10_000, 14, 5


def representativeness(
    forum: Any, population: Mapping[Any, float], *, parties: Any | None = None, least: int | None = None
) -> Representativeness:
    """Whether a forum mirrors the population, group by group and as a whole.

    Each group's share in the forum is compared with its share in the population: ratio below 1 is too few. The
    intervals are Wilson's, widened (Bonferroni) so that all of them hold together, divided by the population's share,
    which is taken as known. A group is under-represented where its whole interval lies below 1. The dissimilarity index
    ½ Σ |share in the forum - share in the population| is the share of participants who would have to be others. Even a
    forum drawn at random is dissimilar by chance, a small one strongly; how much, is told from 10 000 random forums of
    the same size. The test is Pearson's chi-square; where a group would be expected to send fewer than 5, its p comes
    from the same draws.

    Groups of fewer people than the smallest size are withheld, and another one with them where the whole would give
    them away; index and test then take the withheld groups as one. A withheld group still counts as under-represented
    if as many people as just below the smallest size would be too few.

    Parameters
    ----------
    forum : the group of each participant, shape (participants,): an array, a series or a frame of one column
    population : group -> people in the population, or its share; a group that sent nobody belongs here too
    parties : who each participant came for, by the codes of `material.parties`, same shape; which of the five groups
        that count as the community (PEKPPP indicator 2) were there
    least : smallest group to show; may only be raised above the product's own

    Raises
    ------
    InputError : a group the population does not name, fewer than two groups, too few people to show anything, or an
        unknown party
    SettingError : a size of the population that is not above zero, or `least` below the product's own

    References
    ----------
    Duncan & Duncan (1955), American Sociological Review 20, 210-217 (index of dissimilarity). Pearson (1900),
    Philosophical Magazine 50, 157-175. Hope (1968), Journal of the Royal Statistical Society B 30, 582-598 (p from
    random draws). Wilson (1927), Journal of the American Statistical Association 22, 209-212.

    Examples
    --------
    >>> found = representativeness(["men"] * 31 + ["women"] * 9, {"men": 5000, "women": 5000})
    >>> round(found.dissimilarity, 3), found.under
    (0.275, ('women',))
    """
    smallest = publication().least_group(least)
    shares = _shares(population)
    counts, missing = _counts(forum, shares)
    n = sum(counts.values())
    hidden = withheld(counts, smallest)
    _check_shown(counts, hidden, smallest)
    shown = [label for label in shares if label not in hidden]
    each = 1 - (1 - float(publication().confidence)) / max(len(shares), 1)
    groups = tuple(_group(label, counts[label], n, shares[label], each) for label in shown)
    covert = tuple(_covert(label, n, shares[label], (counts[label], smallest), each) for label in hidden)
    merged = [counts[label] for label in shown] + [sum(counts[label] for label in hidden)] * bool(hidden)
    expected = [shares[label] for label in shown] + [sum(shares[label] for label in hidden)] * bool(hidden)
    return Representativeness(
        n=n,
        groups=groups,
        hidden=tuple(sorted(covert, key=lambda group: list(shares).index(group.label))),
        fit=_fit(np.array(merged, dtype=np.float64), np.array(expected)),
        seats=None if parties is None else tuple(_seats(parties)),
        least=smallest,
        left_out=missing,
    )


def dissimilarity(first: Any, second: Any) -> float:
    """The index of dissimilarity of two lists of shares, ½ Σ |p - q|: the part that would have to move.

    Parameters
    ----------
    first, second : shares of the same groups in the same order, each adding up to 1, shape (groups,): an array, a
        series of any library, or a frame of one column

    Raises
    ------
    InputError : lists of different length, or shares that do not add up to 1
    AnswerError : a share is no number, infinite, missing or below zero

    References
    ----------
    Duncan & Duncan (1955), American Sociological Review 20, 210-217.

    Examples
    --------
    >>> round(dissimilarity([0.5, 0.3, 0.2], [0.4, 0.3, 0.3]), 2)
    0.1
    """
    found = [frames.vector(shares, Term(N_("shares"))) for shares in (first, second)]
    if len(found[0]) != len(found[1]):
        raise InputError(
            N_("There are {first} shares on one side and {second} on the other. Give both for the same groups."),
            first=len(found[0]),
            second=len(found[1]),
        )
    for shares in found:
        _check_shares(shares)
    return _dissimilarity(*found)


def _check_shares(shares: Floats) -> None:
    wrong = np.flatnonzero(~(shares >= 0))
    if len(wrong):
        raise AnswerError(N_("The share in row {row} is missing or below zero. Correct it."), row=int(wrong[0]) + 1)
    if not np.isclose(shares.sum(), 1, atol=1e-6):
        raise InputError(
            N_("The shares add up to {total}, not to 1. Correct them."), total=round(float(shares.sum()), 6)
        )


def _dissimilarity(first: Floats, second: Floats) -> float:
    return float(np.abs(first - second).sum()) / 2


def _shares(population: Mapping[Any, float]) -> dict[str, float]:
    if not isinstance(population, Mapping) or len(population) < 2:
        raise SettingError(N_("Give the population as at least two groups with their sizes: group -> people."))
    sizes = {frames.label(label): positive(str(label), size) for label, size in population.items()}
    whole = sum(sizes.values())
    return {label: size / whole for label, size in sizes.items()}


def _counts(forum: Any, shares: Mapping[str, float]) -> tuple[dict[str, int], int]:
    found = frames.texts(frames.cells(forum))
    named = Counter(label for label in found if label is not None)
    for label in named:
        if label not in shares:
            raise InputError(
                N_("The population has no group «{group}»; it has {known}. Give its size too, or correct the list."),
                group=label,
                known=", ".join(shares),
            )
    return {label: named[label] for label in shares}, len(found) - named.total()


def _check_shown(counts: Mapping[str, int], hidden: frozenset[str], least: int) -> None:
    if sum(counts.values()) < least:
        raise InputError(
            N_("Only {n} participants have a group, and at least {least} are needed to show anything."),
            n=sum(counts.values()),
            least=least,
        )
    if len(counts) - len(hidden) + bool(hidden) < 2:
        few = [label for label in hidden if counts[label] < least]
        raise InputError(
            N_(
                "These groups sent fewer than {least} people each, so no share can be shown without giving them away: "
                "{groups}. Say just that, or take wider groups."
            ),
            least=least,
            groups=", ".join(sorted(few)),
        )


def _group(label: str, count: int, n: int, share: float, each: float) -> ForumGroup:
    around = wilson(count / n, n, each)
    level = float(publication().confidence)
    interval = Interval(around.low / share, around.high / share, level)
    return ForumGroup(label, count, share, count / n / share, interval, _verdict(interval))


def _covert(label: str, n: int, share: float, size: tuple[int, int], each: float) -> ForumGroup:
    """A withheld group: what can be said of it knowing only that it is below the smallest size."""
    count, least = size
    few = count < least and wilson((least - 1) / n, n, each).high < share
    return ForumGroup(label, None, share, None, None, "under" if few else "withheld")


def _verdict(interval: Interval) -> str:
    if interval.high < 1:
        return "under"
    return "over" if interval.low > 1 else "unclear"


class _Drawn(NamedTuple):
    dissimilarity: float
    p: float


def _fit(counts: Floats, shares: Floats) -> Fit:
    from scipy.special import chdtrc, xlogy

    n = int(counts.sum())
    expected = n * shares
    chi_square = float(((counts - expected) ** 2 / expected).sum())
    g = 2 * float(xlogy(counts, counts / expected).sum())
    drawn = _random_forums(n, shares, chi_square)
    few = bool((expected < _FEW).any())
    return Fit(
        dissimilarity=_dissimilarity(counts / n, shares),
        by_chance=drawn.dissimilarity,
        chi_square=chi_square,
        g=g,
        freedom=len(counts) - 1,
        p=drawn.p if few else float(chdtrc(len(counts) - 1, chi_square)),
        drawn=few,
    )


def _random_forums(n: int, shares: Floats, chi_square: float) -> _Drawn:
    """Mean dissimilarity of forums drawn at random, and how often they fit as badly as this one."""
    draws = np.random.default_rng(_SEED).multinomial(n, shares, size=_DRAWS)
    distances = ((draws - n * shares) ** 2 / (n * shares)).sum(axis=1)
    apart = np.abs(draws / n - shares).sum(axis=1) / 2
    as_bad = int((distances >= chi_square * (1 - 1e-12)).sum())
    return _Drawn(float(apart.mean()), (as_bad + 1) / (_DRAWS + 1))


def _seats(parties: Any) -> Iterator[Seat]:
    found = {code for code in frames.texts(frames.cells(parties)) if code is not None}
    known = known_parties().parties
    for code in sorted(found):
        if code not in {party.code for party in known}:
            raise InputError(
                N_("There is no party «{code}»; the parties are {known}."),
                code=code,
                known=", ".join(party.code for party in known),
            )
    for party in known:
        yield Seat(party.code, party.name, party.code in found)

"""What a citizen report card shows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.errors import N_, SettingError
from mutu.locale import _, integer, number, percent
from mutu.measure.result import Interval, Result, limits

_NAMES = {
    "access": N_("could reach the service"),
    "usage": N_("used the service"),
    "quality": N_("rate its quality as good"),
    "satisfaction": N_("are satisfied"),
    "problem": N_("had a problem"),
    "resolution": N_("had their problem solved"),
    "bribe": N_("were asked for money without a receipt"),
    "cost": N_("paid"),
}
ASPECTS = tuple(_NAMES)


def aspect_name(aspect: str) -> str:
    """An aspect of a report card in the language in use.

    Parameters
    ----------
    aspect : one of `ASPECTS`

    Raises
    ------
    SettingError : no such aspect

    Examples
    --------
    >>> from mutu.locale import use
    >>> with use("en"):
    ...     aspect_name("bribe")
    'were asked for money without a receipt'
    """
    if aspect not in ASPECTS:
        raise SettingError(
            N_("There is no aspect «{aspect}»; the aspects are {known}."), aspect=aspect, known=", ".join(ASPECTS)
        )
    return _(_NAMES[aspect])


class Share(NamedTuple):
    """The share of one service on one aspect; n, share and interval None where withheld."""

    service: str
    aspect: str
    n: int | None
    share: float | None
    interval: Interval | None


class Paid(NamedTuple):
    """The median paid for one service; None where withheld, the interval also for too few people.

    Examples
    --------
    >>> import polars as pl
    >>> from mutu.measure import participation
    >>> answers = pl.DataFrame({"paid": [5000, 10000, 5000, 20000, 15000, 5000, 10000, 8000]})
    >>> participation.report_card(answers, {"cost": "paid"}).paid[0].median
    9000.0
    """

    service: str
    n: int | None
    median: float | None
    interval: Interval | None


class Difference(NamedTuple):
    """Two services on one aspect: share of the first minus the second, interval that holds for all pairs."""

    aspect: str
    first: str
    second: str
    value: float
    interval: Interval

    @property
    def clear(self) -> bool:
        """Whether the two differ by more than chance explains."""
        return not self.interval.low <= 0 <= self.interval.high


@dataclass(frozen=True)
class ReportCard(Result):
    """A citizen report card.

    Attributes
    ----------
    n : rows with a service
    services : in alphabetical order
    shares : aspect by aspect, service by service
    paid : what was paid, service by service
    differences : all pairs of services, aspect by aspect
    least : smallest cell that is shown
    left_out : rows without a service
    method : "wilson; newcombe, bonferroni; median by order statistics"
    """

    n: int
    services: tuple[str, ...]
    shares: tuple[Share, ...]
    paid: tuple[Paid, ...]
    differences: tuple[Difference, ...]
    least: int
    left_out: int
    method: str = "wilson; newcombe, bonferroni; median by order statistics"

    def __float__(self) -> float:
        """The share satisfied over all services shown, each counting the same; without it, that of the first aspect."""
        known = [share for share in self.shares if share.share is not None]
        if not known:
            return next(cost.median for cost in self.paid if cost.median is not None)
        chosen = [share for share in known if share.aspect == "satisfaction"] or [
            share for share in known if share.aspect == known[0].aspect
        ]
        return sum(share.share or 0.0 for share in chosen) / len(chosen)

    @property
    def withheld(self) -> int:
        """How many cells are withheld."""
        return sum(share.n is None for share in self.shares) + sum(cost.n is None for cost in self.paid)

    def sentence(self) -> str:
        """The lowest and highest service of each aspect, and which differ by more than chance explains."""
        said = [text for aspect in ASPECTS if (text := self._aspect(aspect))]
        clear = [difference for difference in self.differences if difference.clear]
        if clear:
            said.append(
                _("These differ by more than chance explains: {pairs}.").format(pairs="; ".join(map(_pair, clear)))
            )
        elif self.differences:
            said.append(_("No two services differ by more than chance explains."))
        if self.withheld:
            said.append(
                _("Cells of fewer than {least} people, not shown: {count}.").format(
                    count=integer(self.withheld), least=self.least
                )
            )
        return " ".join(said)

    def _aspect(self, aspect: str) -> str:
        if aspect == "cost":
            return " ".join(self._cost(cost) for cost in self.paid if cost.median is not None)
        known = sorted(
            (share.share, share.service) for share in self.shares if share.aspect == aspect and share.share is not None
        )
        if not known:
            return ""
        low, high = known[0], known[-1]
        if len(known) == 1:
            return _("{share} {aspect}{service}.").format(
                share=percent(low[0]), aspect=aspect_name(aspect), service=f" ({low[1]})" if low[1] else ""
            )
        return _("{low} ({lowest}) to {high} ({highest}) {aspect}.").format(
            low=percent(low[0]), lowest=low[1], high=percent(high[0]), highest=high[1], aspect=aspect_name(aspect)
        )

    @staticmethod
    def _cost(cost: Paid) -> str:
        return _("Half of the users{service} paid {median} or less.").format(
            service=f" ({cost.service})" if cost.service else "", median=number(cost.median, 0)
        )

    def rows(self) -> list[dict[str, str]]:
        """One row a service and aspect."""
        shares = [
            (share.service, share.aspect, share.n, percent(share.share), limits(share.interval, percent))
            for share in self.shares
        ]
        costs = [
            (cost.service, "cost", cost.n, number(cost.median, 0), limits(cost.interval, _money)) for cost in self.paid
        ]
        return [
            {
                _("Service"): service,
                _("Aspect"): aspect_name(aspect),
                "n": integer(n),
                _("Share or median"): value,
                _("95% interval"): interval,
            }
            for service, aspect, n, value, interval in [*shares, *costs]
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers; withheld cells as null."""
        return {
            "method": self.method,
            "n": self.n,
            "left_out": self.left_out,
            "shares": [_plain(share) for share in self.shares],
            "paid": [_plain(cost) for cost in self.paid],
            "differences": [{**_plain(found), "clear": found.clear} for found in self.differences],
        }


def _pair(found: Difference) -> str:
    return _("{first} and {second} ({aspect})").format(
        first=found.first, second=found.second, aspect=aspect_name(found.aspect)
    )


def _money(value: float) -> str:
    return number(value, 0)


def _plain(part: Share | Paid | Difference) -> dict[str, Any]:
    return {**part._asdict(), "interval": part.interval.as_json(6) if part.interval else None}

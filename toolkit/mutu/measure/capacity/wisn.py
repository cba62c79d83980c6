"""How many people a workload needs by the method of the World Health Organization (WISN)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from mutu.errors import N_, SettingError, Term
from mutu.locale import _, number, percent
from mutu.measure.result import Result
from mutu.measure.settings import not_negative, positive


class Activity(NamedTuple):
    """A service activity: volume in a year, hours for one, how many one person could do, people it takes."""

    name: str
    volume: float
    hours: float
    standard: float
    people: float


@dataclass(frozen=True)
class Wisn(Result):
    """The staffing need of one category of staff.

    Attributes
    ----------
    n : service activities
    working_time : hours one person is there for work in a year
    activities : service activities
    support : share of everybody's time that goes into support activities
    category_factor : 1 ÷ (1 - support), which the people for the service activities are multiplied with
    individual_factor : people for activities that only some do, hours ÷ working time
    need : people needed
    available : people there are; None where not given
    method : "wisn"
    """

    n: int
    working_time: float
    activities: tuple[Activity, ...]
    support: float
    category_factor: float
    individual_factor: float
    need: float
    available: float | None
    method: str = "wisn"

    def __float__(self) -> float:
        return self.need

    @property
    def difference(self) -> float | None:
        """People there are minus people needed."""
        return None if self.available is None else self.available - self.need

    @property
    def ratio(self) -> float | None:
        """People there are by people needed; below 1 is work pressure."""
        return None if self.available is None or self.need == 0 else self.available / self.need

    def sentence(self) -> str:
        """The need, and how the people there are compare with it."""
        text = _(
            "By the WHO method (WISN) the workload needs {need} people. This is computed from the volumes and times "
            "entered and is as sure as they are."
        ).format(need=number(self.need))
        if self.ratio is None:
            return text
        compared = _("There are {available}, which is {ratio} of the need.").format(
            available=number(self.available, 1), ratio=percent(self.ratio, 0)
        )
        return f"{text} {compared}"

    def rows(self) -> list[dict[str, str]]:
        """One row a service activity."""
        return [
            {
                _("Activity"): activity.name,
                _("Volume a year"): number(activity.volume, 0),
                _("Hours for one"): number(activity.hours),
                _("One person could do"): number(activity.standard, 0),
                _("People needed"): number(activity.people),
            }
            for activity in self.activities
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "working_time": self.working_time,
            "support": self.support,
            "category_factor": self.category_factor,
            "individual_factor": self.individual_factor,
            "need": self.need,
            "available": self.available,
            "difference": self.difference,
            "ratio": self.ratio,
            "activities": [activity._asdict() for activity in self.activities],
        }


def wisn(
    activities: Mapping[str, tuple[float, float]],
    working_time: float,
    *,
    support: Mapping[str, float] | None = None,
    individual: Mapping[str, float] | None = None,
    available: float | None = None,
) -> Wisn:
    """The staffing need of one category of staff by the Workload Indicators of Staffing Need.

    Need = (Σ volume ÷ standard workload) × category allowance factor + individual allowance factor, with standard
    workload = working time ÷ hours for one, the category factor 1 ÷ (1 - share of time for support activities), and the
    individual factor hours ÷ working time. Written for health services; it fits any service whose work is counted.

    Parameters
    ----------
    activities : service activity -> (volume in a year, hours for one)
    working_time : hours one person is there for work in a year: days less leave, holidays, training and sickness, times
        hours a day
    support : support activity that everybody of the category does -> share of the working time, 0 to 1
    individual : activity that only some do -> hours of all of them together in a year
    available : people there are

    Raises
    ------
    SettingError : no activity, a number out of its range, or support activities that leave no time

    References
    ----------
    World Health Organization (2010), Workload indicators of staffing need: user's manual. The formulas as three public
    implementations have them; the manual's own example was not read.

    Examples
    --------
    >>> found = wisn({"visits": (8000, 0.5), "reports": (400, 2)}, 1600, support={"meetings": 0.2}, available=3)
    >>> found.need, found.category_factor, found.ratio
    (3.75, 1.25, 0.8)
    """
    hours = positive(Term(N_("the working time")), working_time)
    if not activities:
        raise SettingError(N_("There is no service activity. Give volume and hours of each."))
    found = tuple(_activity(name, given, hours) for name, given in activities.items())
    shared = sum(not_negative(name, share) for name, share in (support or {}).items())
    if shared >= 1:
        raise SettingError(
            N_("Support activities take {share} of the working time, which leaves none. Give shares from 0 to 1."),
            share=shared,
        )
    own = sum(not_negative(name, spent) for name, spent in (individual or {}).items()) / hours
    factor = 1 / (1 - shared)
    return Wisn(
        n=len(found),
        working_time=hours,
        activities=found,
        support=shared,
        category_factor=factor,
        individual_factor=own,
        need=sum(activity.people for activity in found) * factor + own,
        available=None if available is None else not_negative(Term(N_("people there are")), available),
    )


def _activity(name: str, given: Any, hours: float) -> Activity:
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise SettingError(N_("Give «{name}» as two numbers: volume in a year, and hours for one."), name=name)
    amount, unit = not_negative(name, given[0]), positive(name, given[1])
    return Activity(name, amount, unit, hours / unit, amount * unit / hours)

"""How many people a workload needs: the analysis of workload (ABK)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, NamedTuple

import numpy as np

from mutu.errors import N_, InputError, SettingError, Term
from mutu.locale import _, integer, number, percent, signed
from mutu.locale.numbers import half_up
from mutu.measure import frames
from mutu.measure.capacity.amounts import amounts
from mutu.measure.capacity.material import WorkingTime, effective_time
from mutu.measure.frames import Floats
from mutu.measure.result import Result
from mutu.measure.settings import not_negative, positive

_LEAST_MINUTES = 10_000  # a year; whoever gives less has given hours, of which a full year has some 1,250


class Job(NamedTuple):
    """One job.

    Attributes
    ----------
    name : the job
    minutes : minutes its tasks take in a year
    need : people needed, minutes ÷ effective minutes
    available : people there are; None where not given
    load : minutes by the effective minutes of the people there are; above 1 is overload; None without people
    """

    name: str
    minutes: float
    need: float
    available: float | None
    load: float | None

    @property
    def whole(self) -> int:
        """People needed, rounded half up."""
        return int(half_up(Fraction(self.need).limit_denominator(10**9), 0))

    @property
    def difference(self) -> float | None:
        """People there are minus people needed; negative is a shortage."""
        return None if self.available is None else self.available - self.need


@dataclass(frozen=True)
class Workload(Result):
    """The staffing need of jobs from their workload.

    Attributes
    ----------
    n : tasks
    minutes : effective minutes of one employee in a year
    convention : the convention of effective minutes; None where minutes were given
    jobs : in the order of the tasks
    method : "volume × minutes ÷ effective minutes"
    """

    n: int
    minutes: float
    convention: WorkingTime | None
    jobs: tuple[Job, ...]
    method: str = "volume × minutes ÷ effective minutes"

    def __float__(self) -> float:
        """People needed for all jobs together."""
        return sum(job.need for job in self.jobs)

    def sentence(self) -> str:
        """The need, what it rests on, and where people are missing."""
        said = [
            _(
                "The workload of {n} tasks needs {need} people ({minutes} effective minutes a year each). This is "
                "computed from the volumes and times entered and is as sure as they are."
            ).format(n=integer(self.n), need=number(float(self)), minutes=number(self.minutes, 0))
        ]
        if self.convention is not None:
            said.append(_("Effective time: {convention}.").format(convention=str(self.convention.name)))
        known = [job for job in self.jobs if job.difference is not None]
        short = [job for job in known if job.difference is not None and job.difference <= -0.5]
        if short:
            named = "; ".join(f"{job.name} ({signed(job.difference or 0.0)})" for job in short)
            said.append(_("People are missing in: {jobs}.").format(jobs=named))
        elif known:
            said.append(_("No job lacks half a person or more."))
        return " ".join(said)

    def rows(self) -> list[dict[str, str]]:
        """One row a job."""
        return [
            {
                _("Job"): job.name,
                _("Minutes a year"): number(job.minutes, 0),
                _("People needed"): number(job.need),
                _("Rounded"): integer(job.whole),
                _("People there are"): number(job.available, 1),
                _("Difference"): number(None) if job.difference is None else signed(job.difference),
                _("Load"): percent(job.load),
            }
            for job in self.jobs
        ]

    def as_json(self) -> dict[str, Any]:
        """Plain numbers."""
        return {
            "method": self.method,
            "n": self.n,
            "effective_minutes": self.minutes,
            "convention": self.convention.code if self.convention else None,
            "need": float(self),
            "jobs": [{**job._asdict(), "whole": job.whole, "difference": job.difference} for job in self.jobs],
        }


def workload(
    tasks: Any,
    columns: Sequence[str] = ("job", "volume", "minutes"),
    *,
    available: Mapping[str, float] | None = None,
    effective: str | float = "permenpan-1-2020",
) -> Workload:
    """The staffing need of each job from its workload (analisis beban kerja, ABK).

    Need = Σ (volume in a year × minutes for one) ÷ effective minutes of one employee in a year. There is no interval:
    volumes and times are taken as given, and an error in them goes straight into the result.

    Parameters
    ----------
    tasks : one row a task: the job, how often in a year, and minutes for one
    columns : the columns of job, volume and minutes
    available : job -> people there are (a half for half-time)
    effective : code of a convention in the data file (`material.effective_time`), or minutes (not hours) in a year

    Raises
    ------
    InputError : no such column, a task without a job, volume or minutes, or people for a job without tasks
    AnswerError : a volume or minutes below zero, infinite or a text
    SettingError : an unknown convention, fewer than 10,000 minutes a year (then they are hours), or people that are no
        such number

    References
    ----------
    Permenpan RB 1/2020 (job and workload analysis): 1,250 effective hours a year, from secondary sources; see the note
    in the data file.

    Examples
    --------
    >>> import polars as pl
    >>> tasks = pl.DataFrame({
    ...     "job": ["counter", "counter", "archive"], "volume": [6000, 250, 1000], "minutes": [20, 60, 30]
    ... })
    >>> found = workload(tasks, available={"counter": 1, "archive": 1})
    >>> [(job.name, job.need, job.whole, job.difference) for job in found.jobs]
    [('counter', 1.8, 2, -0.8), ('archive', 0.4, 0, 0.6)]
    """
    if isinstance(effective, str):
        convention = effective_time().convention(effective)
        minutes = float(convention.minutes)
    else:
        convention, minutes = None, _minutes(effective)
    job, volume, each = columns
    names = frames.texts(frames.labels(tasks, job))
    values = amounts(tasks, [volume, each])
    _check(names, values)
    totals: dict[str, float] = {}
    for label, amount in zip(names, values.prod(axis=1).tolist(), strict=True):
        totals[str(label)] = totals.get(str(label), 0.0) + amount
    people = _people(available or {}, totals)
    return Workload(
        n=len(names),
        minutes=minutes,
        convention=convention,
        jobs=tuple(_job(label, total, people.get(label), minutes) for label, total in totals.items()),
    )


def _minutes(effective: float) -> float:
    found = positive(Term(N_("the effective minutes")), effective)
    if found < _LEAST_MINUTES:
        raise SettingError(
            N_(
                "Effective time is given in minutes a year, and {found} is too few for a year. If these are hours, "
                "give hours × 60: {minutes}."
            ),
            found=f"{found:g}",
            minutes=f"{60 * found:g}",
        )
    return found


def _check(names: Sequence[str | None], values: Floats) -> None:
    for row, name in enumerate(names, 1):
        if name is None or np.isnan(values[row - 1]).any():
            raise InputError(N_("The task in row {row} lacks its job, volume or minutes. Fill it in."), row=row)


def _people(available: Mapping[str, float], totals: Mapping[str, float]) -> dict[str, float]:
    for name in available:
        if str(name) not in totals:
            raise InputError(
                N_("There are people for «{job}», which has no task; the jobs are {known}."),
                job=name,
                known=", ".join(totals),
            )
    return {str(name): not_negative(str(name), people) for name, people in available.items()}


def _job(name: str, total: float, people: float | None, minutes: float) -> Job:
    return Job(name, total, total / minutes, people, total / (people * minutes) if people else None)

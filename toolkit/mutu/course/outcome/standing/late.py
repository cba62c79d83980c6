"""How late something was handed in: by nbgrader's due date, with the extension that a person was given."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mutu.course import clock
from mutu.course.nbgrader.results import Submission
from mutu.locale import _, integer, ngettext

_HOUR, _DAY = 60, 24 * 60


@dataclass(frozen=True)
class Late:
    """When it should have come and when it came, UTC without a zone."""

    due: datetime
    came: datetime

    @property
    def minutes(self) -> int:
        """By how much, begun minutes counted."""
        return math.ceil((self.came - self.due).total_seconds() / 60)

    @property
    def how_long(self) -> str:
        """In two units at most: «1 day 19 hours»."""
        days, hours, minutes = self.minutes // _DAY, self.minutes % _DAY // _HOUR, self.minutes % _HOUR
        units = [
            (days, ngettext("{count} day", "{count} days", days)),
            (hours, ngettext("{count} hour", "{count} hours", hours)),
            (minutes, ngettext("{count} minute", "{count} minutes", minutes)),
        ]
        return " ".join([said.format(count=integer(count)) for count, said in units if count][:2])

    @property
    def phrase(self) -> str:
        """For the state of a submission."""
        return _("{how_long} late (handed in {came}, due {due})").format(
            how_long=self.how_long, came=moment(self.came), due=moment(self.due)
        )


def late(submission: Submission, due: datetime | None) -> Late | None:
    """How late a submission came; None where it came in time, or nobody knows."""
    came = submission.timestamp
    if came is None or due is None:
        return None
    limit = due + (submission.extension or timedelta())
    return Late(limit, came) if came > limit else None


def moment(when: datetime | None) -> str:
    """A time of the gradebook (UTC) as the course's clocks have it."""
    return _("time not known") if when is None else clock.moment(when.replace(tzinfo=UTC))

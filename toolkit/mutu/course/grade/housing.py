"""The house that an assignment's submissions run in."""

from __future__ import annotations

from pathlib import Path

from mutu.course.grade.options import Options
from mutu.course.grade.rooms import House
from mutu.errors import N_, MachineError, Term
from mutu.kernels import cage


def house(options: Options) -> House:
    """Where submissions run; it begins to load at once, while others work.

    Raises
    ------
    MachineError : this machine cannot isolate, and that was not waived
    """
    try:
        return House(caged=options.caged, limits=options.limits, masked=_masked(), jobs=options.jobs)
    except MachineError:
        raise not_isolated(options) from None


def not_isolated(options: Options) -> MachineError:
    """Why no room could be opened."""
    lacks = cage.lacking() if options.caged else None
    if lacks is None:
        return MachineError(N_("No submission can be run here: the process that would run it ended. Try mutu doctor."))
    return MachineError(
        N_("Submissions cannot be isolated here. {lacks} To grade them with your own rights, add --no-isolation."),
        lacks=Term(lacks),
    )


def _masked() -> tuple[Path, ...]:
    """Folders inside the installation where solutions and hidden tests may lie."""
    from mutu import content

    source = content.trainer_source(None)
    return () if source is None else (source,)

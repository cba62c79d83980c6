"""With which rights the code of a submission runs when it is graded on this computer, in a sentence."""

from __future__ import annotations

from mutu.errors import N_
from mutu.kernels import cage
from mutu.locale import _

RUNS_WITH_YOUR_RIGHTS = N_(
    "Automatic grading runs the code of every submission on this computer with your own rights: it can read and change "
    "what you can. Grade only submissions of people you trust, or in an account made for it."
)
ISOLATED = N_(
    "Automatic grading isolates every submission here: its code reaches neither your files nor the network. That holds "
    "for formgrader's button Autograde and for mutu course grade; the command nbgrader autograde runs it with your own "
    "rights."
)


def is_isolated() -> bool:
    """Whether formgrader's button isolates submissions on this computer; found out once, in some tenths of a second."""
    return cage.lacking() is None


def said() -> str:
    """What a trainer should know of it, in the language in use."""
    return _(ISOLATED if is_isolated() else RUNS_WITH_YOUR_RIGHTS)

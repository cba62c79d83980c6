"""What was found in a folder, an archive or a mailbox, before anybody knows whose it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from mutu.errors import N_

CLOCKS = {
    "received": N_("mail server"),
    "date": N_("as the sender wrote it"),
    "zip": N_("zip file"),
    "zip-local": N_("zip file, without a time zone"),
    "file": N_("file"),
    "now": N_("taken as now"),
}
_SHOWN = 140
_STEP = " › "
_NOT_PLAIN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # controls, marks that turn the direction, half characters


@dataclass(frozen=True)
class Sender:
    """Who a mail says it is from."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Moment:
    """A time in UTC, and what says so.

    clock : "received" (a mail server's), "date" (the sender's), "zip", "zip-local" (without a time zone: this
    machine's was taken), "file", or "now" (there is none, or it lies in the future)
    """

    at: datetime
    clock: str

    @classmethod
    def of_file(cls, seconds: float) -> Moment:
        """The time of a file."""
        return cls.checked(lambda: datetime.fromtimestamp(seconds, UTC), "file")

    @classmethod
    def checked(cls, time: object, clock: str) -> Moment:
        """A time from outside: one that lies in the future or is none becomes now.

        Parameters
        ----------
        time : a datetime with a time zone, or a function that makes one
        clock : what says so
        """
        now = datetime.now(UTC)
        try:
            found = time() if callable(time) else time
            at = found.astimezone(UTC) if isinstance(found, datetime) else None
        except (ValueError, OverflowError, OSError):
            at = None
        return cls(now, "now") if at is None or at > now else cls(at, clock)


@dataclass(frozen=True)
class Origin:
    """The way to a file.

    steps : folders, archives, mails, at the end the name of the file itself; anyone may have written them
    when : when it was handed in
    senders : who sent the mail it came in, the outermost mail first
    """

    steps: tuple[str, ...]
    when: Moment
    senders: tuple[Sender, ...] = ()

    @property
    def name(self) -> str:
        """The file's name."""
        return self.steps[-1]

    @property
    def shown(self) -> str:
        """For people: each step without characters that hide or turn others, long ones shortened."""
        return _STEP.join(shown(step) for step in self.steps)

    def inside(self, name: str, when: Moment | None = None) -> Origin:
        """A file in this archive or mail; what an outer clock says is not changed by an inner one."""
        steps = tuple(part for part in re.split(r"[/\\]+", name) if part not in ("", "."))
        return Origin((*self.steps, *(steps or ("?",))), when or self.when, self.senders)


@dataclass(frozen=True)
class Found:
    """A file whose bytes lie in `file`: a notebook, or something beside one."""

    origin: Origin
    file: Path
    is_notebook: bool


@dataclass(frozen=True)
class Trouble:
    """Something that could not be read, and why, in a sentence."""

    origin: Origin
    reason: str


def shown(text: str) -> str:
    """A name from anywhere, safe to print."""
    plain = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in _NOT_PLAIN else sign for sign in text)
    return plain if len(plain) <= _SHOWN else f"{plain[: _SHOWN // 2]}…{plain[-_SHOWN // 2 :]}"

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
_SHOWN_WAY, _SHOWN_STEP, _SHORTEST = 200, 60, 24
_STEP = " › "
_MOODLE = re.compile(r"(?<=\d)_assignsubmission_(?:file|onlinetext)_?")
_NOT_PLAIN = ("Cc", "Cf", "Cs", "Co", "Zl", "Zp")  # controls, marks that turn the direction, half characters


@dataclass(frozen=True)
class Sender:
    """Who a mail says it is from."""

    address: str
    name: str = ""


@dataclass(frozen=True)
class Moment:
    """A time in UTC, and what says so.

    clock : "received" (a mail server's), "date" (the sender's), "zip", "zip-local" (without a time zone: the
    course's was taken), "file", or "now" (there is none, or it lies in the future)
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
        """For people: each step without characters that hide or turn others; long ones, and long ways, shortened."""
        steps = [_MOODLE.sub("…", step) for step in self.steps]
        most = _SHOWN_STEP if sum(map(len, steps)) <= _SHOWN_WAY else _SHOWN_WAY // len(steps)
        return _STEP.join(shown(step, max(most, _SHORTEST)) for step in steps)

    def inside(self, name: str, when: Moment | None = None) -> Origin:
        """A file in this archive or mail; what an outer clock says is not changed by an inner one."""
        steps = tuple(part for part in re.split(r"[/\\]+", name) if part not in ("", "."))
        return Origin((*self.steps, *(steps or ("?",))), when or self.when, self.senders)


def same_way(one: str, other: str) -> bool:
    """Whether two ways as they are shown lead to one file, whatever the folder or mailbox around all is called."""
    return _tail(one) == _tail(other)


def _tail(way: str) -> list[str]:
    """The file with the folder or the sender it came from; without what was collected, unless that is all."""
    steps = way.split(_STEP)
    return (steps[1:] or steps)[-2:]


@dataclass(frozen=True)
class Found:
    """A file whose bytes lie in `file`: a notebook, or something beside one."""

    origin: Origin
    file: Path
    is_notebook: bool


@dataclass(frozen=True)
class Trouble:
    """Something that could not be read or placed, and why, in a sentence.

    persons : whose it is or may be, as «ID name»
    aside : whether it is worth telling only of a participant who sent no notebook
    """

    origin: Origin
    reason: str
    persons: tuple[str, ...] = ()
    aside: bool = False


def shown(text: str, most: int = _SHOWN) -> str:
    """A name from anywhere, safe to print, with at most so many characters."""
    plain = "".join("\N{REPLACEMENT CHARACTER}" if unicodedata.category(sign) in _NOT_PLAIN else sign for sign in text)
    return plain if len(plain) <= most else f"{plain[: most // 2]}…{plain[1 - most // 2 :]}"

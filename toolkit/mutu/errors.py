"""What went wrong, in one tree; every message ends in what to do.

    MutuError                     exit code 1
    ├── InputError (ValueError)   what the user gave is wrong
    │   ├── ReadError             a file cannot be read as what it should be
    │   │   └── NotFilled         a form for answers in which nobody has typed any
    │   ├── MappingError          columns cannot be told apart, or the map names what is not there
    │   ├── ScaleError            answers lie on another scale
    │   └── AnswerError           an answer is unknown or outside its scale
    ├── SettingError (ValueError) an option or a settings file is wrong (exit code 2 on the command line)
    ├── Stopped                   a person has ended it, as by Ctrl-C (exit code 130)
    └── MachineError              this machine or folder cannot do it
        ├── WorkspaceError        the workspace cannot be written, is newer, is in use
        ├── PortError             the address is taken
        └── MissingPart           a part of the installation is not there

A message is a template with named fields (`"File {file} …"`), marked with `N_` so that the
catalogues find it; `mutu.locale.say` fills and translates it at the edge.
"""

from __future__ import annotations

import errno
from collections.abc import Callable
from typing import Any


def N_(template: str) -> str:
    """Mark a text for the catalogues without translating it yet."""
    return template


class Term(str):
    """A term in English, marked with `N_`; as a field of an error it is translated with the sentence."""

    __slots__ = ()


class Reason(Term):
    """Why the system refused something."""

    __slots__ = ()


_REASONS = {
    errno.ENOENT: N_("not found"),
    errno.EACCES: N_("access denied"),
    errno.EPERM: N_("not permitted"),
    errno.ENOSPC: N_("the disk is full"),
    errno.EDQUOT: N_("the disk is full"),
    errno.EROFS: N_("this place can only be read"),
    errno.ENOTDIR: N_("a file is in the place of a folder"),
    errno.EISDIR: N_("a folder is in the place of a file"),
    errno.EADDRINUSE: N_("another program uses it"),
}


def reason(error: OSError) -> Reason:
    """Why the system refused something, in words of our own: those of the system are in its own language."""
    return Reason(_REASONS.get(error.errno or 0, N_("the system refuses it")))


class MutuError(Exception):
    """Base of everything mutu raises on purpose.

    Parameters
    ----------
    template : English sentence with named fields; says what, where, and what to do
    fields : values of the fields
    """

    exit_code = 1

    def __init__(self, template: str, /, **fields: Any) -> None:
        super().__init__(template)
        self.template = template
        self.fields = fields

    def __str__(self) -> str:
        return self.template.format(**self.fields) if self.fields else self.template

    def _render_traceback_(self) -> list[str]:
        """What a notebook shows: the sentence in the person's language; %tb and %debug still have the rest."""
        return [f"{type(self).__name__}: {_speaker(self)}"]

    def __reduce__(self) -> tuple[Any, ...]:
        return _rebuild, (type(self), self.template, self.fields)


_speaker: Callable[[MutuError], str] = str


def speak_with(speaker: Callable[[MutuError], str]) -> None:
    """Let notebooks show errors as `mutu.locale` says them; this room knows no language."""
    global _speaker
    _speaker = speaker


def _rebuild(kind: type[MutuError], template: str, fields: dict[str, Any]) -> MutuError:
    return kind(template, **fields)


class InputError(MutuError, ValueError):
    """What the user gave is wrong."""


class ReadError(InputError):
    """A file cannot be read as what it should be."""


class NotFilled(ReadError):
    """A form for answers holds none yet."""


class MappingError(InputError):
    """Columns cannot be mapped to elements."""


class ScaleError(InputError):
    """Answers lie on another scale than the regulation's."""


class AnswerError(InputError):
    """An answer is unknown or outside its scale."""


class SettingError(MutuError, ValueError):
    """An option or a settings file is wrong."""

    exit_code = 2


class Stopped(MutuError):
    """A person has ended a command."""

    exit_code = 130

    def __init__(self) -> None:
        super().__init__(N_("Stopped. What has been written so far stays; run the same command again."))


class MachineError(MutuError):
    """This machine or folder cannot do what was asked."""


class WorkspaceError(MachineError):
    """The workspace cannot be used."""


class PortError(MachineError):
    """The address is taken."""


class MissingPart(MachineError):
    """A part of the installation is not there."""

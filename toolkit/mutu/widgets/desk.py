"""Answers a page's messages. What a browser sends is checked against a schema before anything is done with it."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from mutu.errors import MachineError, MutuError
from mutu.locale import _, say, use


class Request(BaseModel):
    """Base of all requests: nothing unknown is accepted and nothing is converted."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True)


class Files(dict[str, bytes]):
    """A reply's files, name -> content; they travel beside the JSON."""


Reply = dict[str, Any]
Handler = Callable[[Any, Sequence[bytes]], Reply]


class Desk:
    """One entry a kind of request: its schema, and what is done with a valid one.

    Parameters
    ----------
    handlers : kind -> (schema, function of the request and its buffers that returns the reply)
    language : what the replies speak
    phrase : says a refusal in the words of the page

    `send`, set by the page, carries what `tell` says while a long request is being answered.
    """

    def __init__(
        self,
        handlers: Mapping[str, tuple[type[Request], Handler]],
        language: str,
        phrase: Callable[[MutuError], str] = say,
    ) -> None:
        self._handlers = dict(handlers)
        self._language, self._phrase = language, phrase
        self._number: int | None = None
        self.send: Callable[[Reply], object] = lambda _reply: None

    def tell(self, step: int, of: int) -> None:
        """Say how far the request that is being answered is."""
        self.send({"re": self._number, "step": step, "of": of})

    def answer(self, message: Any, buffers: Sequence[bytes] = ()) -> tuple[Reply, list[bytes]]:
        """The reply to a message, whatever the message is; never raises.

        Returns
        -------
        The reply, with `re` (the message's number) and `ok`, and its buffers.
        """
        number = message.get("id") if isinstance(message, dict) else None
        self._number = number if isinstance(number, int) else None
        with use(self._language):
            reply = self._attempt(message, buffers)
        files = reply.pop("files", {})
        reply["names"] = list(files)
        return {"re": self._number, **reply}, list(files.values())

    def _attempt(self, message: Any, buffers: Sequence[bytes]) -> Reply:
        try:
            schema, handler = self._handlers[message["kind"]]
            request = schema.model_validate(message["with"])
            if set(message) != {"id", "kind", "with"}:
                raise KeyError
        except (ValidationError, KeyError, TypeError):
            said = _("This page sent something that is not accepted here. Reload the page and try again.")
            return _no("invalid", said)
        try:
            return {"ok": True, **handler(request, buffers)}
        except MachineError as error:
            _report()
            return _no("fault", _ours(error))
        except MutuError as error:
            return _no("input", self._phrase(error))
        except Exception:
            _report()
            return _no("fault", _("Something went wrong on our side; nothing was changed. Try again."))


def _no(why: str, sentence: str) -> Reply:
    return {"ok": False, "why": why, "error": sentence}


def _ours(error: MachineError) -> str:
    """What a visitor reads of the machine's trouble: no path of the machine."""
    if any(Path(str(value)).is_absolute() for value in error.fields.values()):
        return _("Something went wrong on our side; nothing was changed. Try again.")
    return say(error)


def _report() -> None:
    """Tell the operator's log where it happened, without the values: they are the visitor's."""
    kind, _value, trace = sys.exc_info()
    lines = [f"{kind.__name__ if kind else ''} in a page"]
    lines += [f"  {frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(trace)]
    if sys.__stderr__ is not None:
        sys.__stderr__.write("\n".join(lines) + "\n")

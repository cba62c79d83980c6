"""The process in which a trainee's code runs: executes cells, and in an examination answers calls.

Nothing here is trusted by the other side: whatever runs in this process may have changed it.
"""

from __future__ import annotations

import ast
import asyncio
import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from typing import Any

from mutu.course.grade.room import loaded, plain, wire
from mutu.course.grade.room.interrupt import Hold, Signals

_NAME = 200  # letters of an exception's


def serve(channel: socket.socket, hold: Hold | None = None) -> None:
    """Do what the examiner says until the other side is closed; `hold` is how this process is interrupted."""
    loop = asyncio.SelectorEventLoop()  # ipykernel's, also on Windows
    asyncio.set_event_loop(loop)
    way = _Way(channel, hold or Signals())
    office = _Office(_Desk(), loop, lambda kind, content: way.tell({"say": kind, "content": content}))
    if hasattr(os, "register_at_fork"):
        os.register_at_fork(after_in_child=lambda: None if office.forks else _stand_apart(channel))
    way.tell({"here": True})
    failed: BaseException | None = None
    while True:
        try:
            if not way.owes:
                order, failed = way.order(), None
            way.answer(office.do(order) if failed is None else office.broken_off(failed))
        except wire.WireError:
            return
        except BaseException as error:  # outside of a cell's code: an interrupt, or what a cell has left there
            failed = error


def _stand_apart(channel: socket.socket) -> None:
    """In a process that a trainee's code forked: it does not answer in this one's place, and prints as programs do."""
    channel.close()
    loaded.take_over(lambda kind, content: _print(content) if kind == "stream" else None)


def _print(content: dict[str, Any]) -> None:
    os.write(1, content["text"].encode(errors="replace"))


class _Way:
    """The way to the examiner; an interrupt waits until a message is there, or out, whole.

    `owes` says whether an order has come and is not answered.
    """

    def __init__(self, channel: socket.socket, hold: Hold) -> None:
        self._channel, self._hold = channel, hold
        self._reader = wire.Reader(channel)
        self._order: dict[str, Any] = {}
        self.owes = False
        self._new_turns()
        if hasattr(os, "register_at_fork"):  # a thread that had its turn is not there in the child
            os.register_at_fork(after_in_child=self._new_turns)

    def _new_turns(self) -> None:
        self._turn = threading.RLock()  # threads of a cell print, too

    def order(self) -> dict[str, Any]:
        """The next order."""
        with self._hold:
            self._order = self._reader.receive()
            self.owes = True
            self._hold.begin(self._order["turn"])
        return self._order

    def tell(self, message: dict[str, Any]) -> None:
        """Say something."""
        frame = _frame(message)
        with self._hold:
            self._push(frame)

    def answer(self, message: dict[str, Any]) -> None:
        """Say what has been done."""
        frame = _frame({**message, "turn": self._order["turn"]})
        with self._hold:
            self._hold.end()
            self.owes = False
            self._push(frame)

    def _push(self, frame: bytes) -> None:
        with self._turn:
            wire.push(self._channel, frame)


def _frame(message: dict[str, Any]) -> bytes:
    """A frame that the other side takes; a larger one would end this process."""
    frame = wire.pack(message)
    if len(frame) > wire.LARGEST:
        raise OverflowError(f"larger than {wire.LARGEST >> 20} MB")
    return frame


class _Office:
    """Carries out orders."""

    def __init__(self, desk: _Desk, loop: asyncio.AbstractEventLoop, says: loaded.Says) -> None:
        self._desk, self._loop, self._says = desk, loop, says
        self.forks = False
        loaded.take_over(says)

    def do(self, order: dict[str, Any]) -> dict[str, Any]:
        """Carry out one order; the answer."""
        what = order["do"]
        if what == "run":
            loaded.before.restore_methods()
            return {"done": loaded.run_cell(order["source"], self._loop)}
        if what == "test":
            return {"done": self._test(order)}
        if what == "count":
            loaded.shell.execution_count += 1
            return {"done": {"status": "ok", "execution_count": loaded.shell.execution_count - 1}}
        if what == "fork":
            self.forks = True
            try:
                return _fork()
            finally:
                self.forks = False
        if what == "leave":
            os._exit(0)
        return self._desk.answer(order)

    def broken_off(self, error: BaseException) -> dict[str, Any]:
        """The answer to an order that was not carried out to its end, though no code of a cell ended it.

        What may do that to the next one too is taken away: streams and alarms that a cell has set.
        """
        if sys.platform != "win32" and hasattr(signal, "setitimer"):
            for timer in (signal.ITIMER_REAL, signal.ITIMER_VIRTUAL, signal.ITIMER_PROF):
                signal.setitimer(timer, 0)
        loaded.take_over(self._says)
        told = _raised(error)
        name, text = told["raised"]["name"], told["raised"]["text"]
        lines = [f"\x1b[0;31m{name}\x1b[0m: {text}"]
        return told | {"done": {"status": "error", "ename": name, "evalue": text, "traceback": lines}}

    def _test(self, order: dict[str, Any]) -> dict[str, Any]:
        """A test that needs the trainee's own objects, in an interpreter put back to what it was."""
        loaded.before.restore(frozenset(order["kept"]))
        loaded.take_over(self._says)
        steps = _Steps(order["token"])
        for source in order["given"]:
            exec(compile(source, "<given>", "exec"), loaded.shell.user_ns)  # noqa: S102
        loaded.shell.ast_transformers.append(steps)
        try:
            reply = loaded.run_cell(order["source"], self._loop)
        finally:
            loaded.shell.ast_transformers.clear()
        return reply | {"steps": steps.taken, "token": steps.token}


class _Steps(ast.NodeTransformer):
    """Counts the statements of a test as they begin, so that one that was left out is missed."""

    def __init__(self, token: str) -> None:
        self.token, self.taken = token, 0
        self._name = f"_{token}"

    def visit_Module(self, node: ast.Module) -> ast.Module:
        """Put a step before every statement."""
        loaded.shell.user_global_ns[self._name] = self._take
        node.body = [part for statement in node.body for part in (self._step(statement), statement)]
        return ast.fix_missing_locations(node)

    def _step(self, statement: ast.stmt) -> ast.stmt:
        call = ast.Call(ast.Name(self._name, ast.Load()), [], [])
        return ast.copy_location(ast.Expr(call), statement)

    def _take(self) -> None:
        self.taken += 1


def _fork() -> dict[str, Any]:
    """Let a copy of this process answer; go on unchanged when it is gone, whatever a trainee's code has set to ring.

    The order is answered twice: by the copy that it is there, and by this process that it is gone.
    """
    if sys.platform == "win32":  # nobody asks for it there
        return {}
    child = os.fork()
    if child == 0:
        return {"done": "forked"}
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    blocked = signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    try:
        os.waitpid(child, 0)
        signal.signal(signal.SIGINT, before)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, blocked)
    return {"done": "back"}


class _Desk:
    """Answers questions about the objects of the notebook."""

    def __init__(self) -> None:
        self._kept: list[Any] = []

    def answer(self, order: dict[str, Any]) -> dict[str, Any]:
        """One answer: a value, or what was raised."""
        try:
            if order["do"] == "names":
                return {"done": self._names(order["names"])}
            given = [self._read(each) for each in order["given"]]
            named = {name: self._read(each) for name, each in order["named"].items()}
            value = _QUESTIONS[order["do"]](self._kept[order["of"]], *given, **named)
            return self._answered(value, order, given)
        except BaseException as error:
            _flush()
            return _raised(error)

    def _answered(self, value: Any, order: dict[str, Any], given: list[Any]) -> dict[str, Any]:
        _flush()
        answer: dict[str, Any] = {"done": self._write(value)}
        if order["do"] == "call":
            after = {str(place): self._write(each) for place, each in enumerate(given)}
            answer["changed"] = {place: now for place, now in after.items() if now != order["given"][int(place)]}
        return answer

    def _names(self, names: list[str]) -> dict[str, Any]:
        there = loaded.shell.user_ns
        return {name: self._write(there[name]) for name in names if name in there}

    def _write(self, value: Any) -> Any:
        return plain.write(value, self._keep)

    def _read(self, written: Any) -> Any:
        return plain.read(written, lambda handle: self._kept[handle["number"]])

    def _keep(self, value: Any) -> dict[str, Any]:
        number = next((at for at, kept in enumerate(self._kept) if kept is value), len(self._kept))
        if number == len(self._kept):
            self._kept.append(value)
        return {"number": number, "shown": _shown(value), "name": _name(value)}


def _name(value: Any) -> str | None:
    name = getattr(value, "__name__", None)
    return name if type(name) is str else None


def _shown(value: Any) -> str:
    try:
        return repr(value)[:500]
    except Exception:
        return f"<{type(value).__name__}>"


def _raised(error: BaseException) -> dict[str, Any]:
    try:
        text = str(error)
    except BaseException:
        text = ""
    try:
        given = [plain.write(each) for each in error.args]
    except BaseException:
        given = [text]
    return {
        "raised": {
            "name": type(error).__name__[:_NAME],
            "mro": [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"],
            "text": text,
            "given": given,
        }
    }


def _flush() -> None:
    sys.stdout.flush()
    sys.stderr.flush()


_QUESTIONS: dict[str, Callable[..., Any]] = {
    "call": lambda of, *args, **kwargs: of(*args, **kwargs),
    "get": getattr,
    "item": lambda of, key: of[key],
    "len": len,
    "iter": iter,
    "next": next,
    "str": str,
    "isinstance": lambda of, instance: isinstance(instance, of),
    "compare": lambda of, name, other: getattr(of, f"__{name}__")(other),
}

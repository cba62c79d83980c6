"""The process that examines: it has the hidden tests, and never runs a trainee's code.

In order, cell by cell: the candidate runs what is no test. A test that can be examined runs here and asks it; where
later cells need what the test makes, a fork of the candidate is asked, and the candidate then runs the part that
trainees know. Any other test runs beside the code, whole, in an interpreter that was put back.
"""

from __future__ import annotations

import asyncio
import secrets
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from mutu.course.grade.room import loaded, plain
from mutu.course.grade.room.interrupt import bounded
from mutu.course.grade.room.line import GRACE, LATE, Candidate, LostError
from mutu.course.grade.room.outputs import Outputs
from mutu.course.grade.room.remote import Remote, raised

_HERE = str(Path(__file__).parent)
_ENDED = "The process has ended."
_SHOWN = 500  # letters of what was raised
_NO_REPLY = {
    "status": "error",
    "ename": "CellTimeoutError",
    "evalue": "",
    "traceback": ["\x1b[0;31mCellTimeoutError\x1b[0m: No reply from kernel before timeout"],
}


class Examiner:
    """Takes one notebook through its cells.

    Parameters
    ----------
    candidate : who runs the trainee's code
    tell : gets a report of each cell as soon as there is one
    """

    def __init__(self, candidate: Candidate, tell: Callable[[dict[str, Any]], None]) -> None:
        self._candidate, self._tell = candidate, tell
        self._outputs = Outputs()
        self._loop = asyncio.SelectorEventLoop()
        asyncio.set_event_loop(self._loop)
        self._given: dict[str, str] = {}
        self._given_run: set[str] = set()
        self._count = 0
        self._forks = self._odd = self._naming = self._changed = self._compared = False
        self._may_change = self._may_compare = True
        self._slow = False
        self._result: str | None = None
        self._lost: LostError | None = None

    def take(self, job: dict[str, Any]) -> None:
        """Run a job: `cells` in order, `given` by number, `mode` exam or show."""
        try:
            self._take(job)
        finally:
            self._loop.close()

    def _take(self, job: dict[str, Any]) -> None:
        loaded.take_over(self._own)
        self._candidate.said = self._outputs.add
        self._candidate.limit = job["timeout"]
        self._given = job["given"]
        for cell in job["cells"]:
            test = cell.get("test")
            self._candidate.begin(cell["index"])
            self._outputs.begin()
            self._slow = False
            try:
                if "counts" in cell:
                    self._reply(self._candidate.order({"do": "count"}))
                    continue
                if test is None or (job["mode"] == "show" and not test["beside"]):
                    report = self._run(cell["source"])
                elif job["mode"] == "show":
                    report = self._beside(cell["source"], test)
                else:
                    report = self._by_examination(cell["source"], test)
            except LostError as error:
                self._tell({"lost": cell["index"] if error.cell is None else error.cell, "why": str(error)})
                raise
            self._tell({"cell": cell["index"], "outputs": self._outputs.now, "slow": self._slow, **report})

    def _own(self, kind: str, content: dict[str, Any]) -> None:
        """What a test shows that runs here."""
        if kind == "execute_result" and self._result is None:
            self._result = str(content.get("data", {}).get("text/plain"))
        self._outputs.add(kind, content)

    def _run(self, source: str) -> dict[str, Any]:
        reply = self._executed({"do": "run", "source": source})
        self._record_error(reply)
        return {"count": self._count, "ok": reply.get("status") == "ok", "result": self._first_result()}

    def _executed(self, order: dict[str, Any]) -> dict[str, Any]:
        """The reply for a cell; what was said in its place, or a second time, shows while it is this cell's turn."""
        reply = self._reply(self._candidate.order(order))
        self._candidate.start()
        self._candidate.order({"do": "names", "names": []})  # not before: an answer that was forged shows here
        if not self._candidate.forks:
            self._candidate.hear(LATE)
        return reply

    def _reply(self, message: dict[str, Any]) -> dict[str, Any]:
        reply = message.get("done")
        if not isinstance(reply, dict):
            raise LostError("gone")
        count = reply.get("execution_count")
        self._count = count if type(count) is int and 0 <= count < 1_000_000 else self._count + 1
        if not self._candidate.interrupted:
            return reply
        self._slow = True
        return reply | _NO_REPLY

    def _record_error(self, reply: dict[str, Any]) -> None:
        """As nbgrader: an error of the reply that no output shows is shown."""
        if reply.get("status") == "ok":
            return
        shown = {output["ename"] for output in self._outputs.now if output["output_type"] == "error"}
        if str(reply.get("ename")) not in shown:
            lines = reply.get("traceback") or ["ERROR: An error occurred while showtraceback was disabled"]
            self._outputs.add("error", {**reply, "traceback": lines})

    def _beside(self, source: str, test: dict[str, Any]) -> dict[str, Any]:
        token = secrets.token_hex(16)
        order = {"do": "test", "source": source, "token": token, "kept": test["kept"], "given": test["again"]}
        reply = self._executed(order)
        self._record_error(reply)
        whole = reply.get("token") == token and reply.get("steps") == test["steps"]
        ran = reply.get("status") == "ok"
        found = {"count": self._count, "ok": ran and whole, "whole": whole or not ran, "result": self._first_result()}
        return found | (
            {} if ran else {"raised": str(reply.get("ename"))[:_SHOWN], "why": str(reply.get("evalue"))[:_SHOWN]}
        )

    def _first_result(self) -> str | None:
        """What the candidate shows as the result of the cell; None where it shows several, of which one is false."""
        shown = [
            each["data"].get("text/plain") for each in self._outputs.now if each["output_type"] == "execute_result"
        ]
        return str(shown[0]) if len(shown) == 1 else None

    def _by_examination(self, source: str, test: dict[str, Any]) -> dict[str, Any]:
        examined = self._examined(source, test)
        outputs = self._outputs.now
        self._candidate.start()
        if test["needed"]:
            self._outputs.begin()
            self._run(test["known"])
            self._outputs.now = outputs
        else:
            self._reply(self._candidate.order({"do": "count"}))  # what was forged meanwhile shows here, in its cell
        for output in outputs:
            if output["output_type"] == "execute_result":
                output["execution_count"] = self._count
        return examined | {"count": self._count}

    def _examined(self, source: str, test: dict[str, Any]) -> dict[str, Any]:
        """The test's verdict; of several ways to look at it, the first in which it passes."""
        for number, way in enumerate(test["ways"]):
            self._outputs.now.clear()
            forks = test["needed"] or len(test["ways"]) > 1
            self._may_change, self._may_compare = True, test["compares"]
            verdict = self._one_way(source, way, forks=forks) | {"way": number}
            if verdict["ok"]:
                break
        if verdict["ok"] and self._changed and not test["changes"]:
            return self._unchanged(source, way, verdict)
        return verdict

    def _unchanged(self, source: str, way: dict[str, Any], verdict: dict[str, Any]) -> dict[str, Any]:
        """The verdict of a test whose data the answer changed unasked: it has to pass with its own data too.

        What it reckons to be right may come from that data.
        """
        outputs = self._outputs.now
        self._outputs.begin()
        self._may_change = False
        self._candidate.start()
        again = self._one_way(source, way, forks=False)
        self._outputs.now = outputs
        same = again["ok"] and again["result"] == verdict["result"]
        return verdict if same else verdict | {"ok": False, "raised": "ChangedError", "why": ""}

    def _one_way(self, source: str, way: dict[str, Any], *, forks: bool) -> dict[str, Any]:
        # where nothing can be forked, the candidate itself answers and then runs the part of the test that trainees
        # know as well: it may remember what it was asked, which without isolation it could find out anyway
        self._forks = forks and self._candidate.forks
        self._odd = self._changed = self._compared = False
        self._result = None
        reply = _failed(answer) if self._forks and (answer := self._candidate.fork()) is not None else None
        hears, self._candidate.said = self._candidate.said, self._overheard
        try:
            with bounded(self._candidate.limit + 2 * GRACE) as bound:
                reply = reply or self._prepare(way)
                loaded.shell.execution_count = self._count + 1
                reply = reply or loaded.run_cell(source, self._loop)
        except KeyboardInterrupt:
            reply = _NO_REPLY
        except plain.NotPlainError as error:
            reply = {"status": "error", "ename": "NotPlainError", "evalue": str(error), "traceback": [str(error)]}
        finally:
            self._candidate.said = hears
        self._slow |= bound.is_over or self._candidate.interrupted
        if self._lost is not None:
            raise self._lost
        self._record_error(reply)
        self._candidate.start()
        self._candidate.leave()
        verdict = {
            "ok": reply["status"] == "ok",
            "raised": str(reply["ename"])[:_SHOWN] if "ename" in reply else None,
            "why": str(reply.get("evalue", ""))[:_SHOWN],
            "result": self._result,
            "changes": self._changed,
            "compares": self._compared,
        }
        return verdict | {"plain": not self._odd and (verdict["ok"] or not _is_ours_shown())}

    def _prepare(self, way: dict[str, Any]) -> dict[str, Any] | None:
        """The names of a test: the trainer's from the trainer's own cells, the trainee's from the candidate.

        A reply where the candidate could not tell them.
        """
        there = loaded.shell.user_ns
        says, loaded.shell.says = loaded.shell.says, lambda _kind, _content: None
        try:
            for number in way["given"]:
                if number not in self._given_run:
                    self._given_run.add(number)
                    loaded.run_cell(self._given[number], self._loop)
        finally:
            loaded.shell.says = says
        answer = self._candidate.order({"do": "names", "names": way["fetch"]})
        if "raised" in answer or not answer:
            return _failed(answer)
        named = answer.get("done")
        for name in way["fetch"]:
            there.pop(name, None)
        self._naming = True
        if isinstance(named, dict):
            there.update({name: self._value(named[name]) for name in way["fetch"] if name in named})
        self._naming = False
        return None

    def _overheard(self, kind: str, content: dict[str, Any]) -> None:
        """What the trainee's functions print while they are examined, in its place among what the test prints."""
        sys.stdout.flush()
        # only the test itself has a result, by which it may give part of the points
        self._outputs.add("display_data" if kind == "execute_result" else kind, content)

    def _ask(self, what: str, of: Remote, given: list[Any], named: dict[str, Any]) -> Any:
        """A question of the test to the candidate."""
        if self._forks and not self._candidate.has_fork:
            raise RuntimeError(_ENDED)
        if what == "compare":
            self._compared = True
            if not self._may_compare:  # the trainer's own solution gives plain data here
                raise plain.NotPlainError(of._shown)
        order = {
            "do": what,
            "of": of._number,
            "given": [plain.write(each, self._number) for each in given],
            "named": {name: plain.write(each, self._number) for name, each in named.items()},
        }
        sys.stdout.flush()
        try:
            answer = self._candidate.order(order)
        except LostError as error:  # a test may catch it, so it is remembered
            self._lost = error
            raise
        if self._forks and not self._candidate.has_fork:
            raise SystemError(_ENDED)
        if "raised" in answer:
            raise _exception(what, answer["raised"])
        for place, now in _changes(answer):
            self._changed = True
            if self._may_change:
                _change(given, place, self._value(now))
        return self._value(answer.get("done"))

    def _value(self, written: Any) -> Any:
        return plain.read(written, self._remote)

    def _remote(self, handle: Any) -> Remote:
        self._odd = self._odd or not self._naming
        return Remote(handle, self._ask)

    @staticmethod
    def _number(value: Any) -> dict[str, Any]:
        if isinstance(value, Remote):
            return {"number": value._number, "shown": ""}
        raise plain.NotPlainError(f"{type(value).__module__}.{type(value).__qualname__}")


def _is_ours_shown() -> bool:
    """Whether the traceback of what a test raised shows code of the examination."""
    error = getattr(sys, "last_value", None)
    while error is not None:
        at = error.__traceback__
        while at is not None:
            if at.tb_frame.f_code.co_filename.startswith(_HERE):
                return True
            at = at.tb_next
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return False


def _failed(answer: dict[str, Any]) -> dict[str, Any]:
    """A reply for a test that could not begin, from what the candidate raised."""
    told = answer.get("raised")
    error = raised(told) if isinstance(told, dict) else SystemError(_ENDED)
    name, why = type(error).__name__, str(error)[:_SHOWN]
    return {"status": "error", "ename": name, "evalue": why, "traceback": [f"\x1b[0;31m{name}\x1b[0m: {why}"]}


def _exception(what: str, message: Any) -> BaseException:
    if not isinstance(message, dict):
        return RuntimeError()
    if what == "next" and message.get("name") == "StopIteration":
        return StopIteration()
    if message.get("name") == "KeyboardInterrupt":
        return KeyboardInterrupt()
    return raised(message)


def _changes(answer: dict[str, Any]) -> list[tuple[int, Any]]:
    changed = answer.get("changed")
    return [(int(place), now) for place, now in changed.items()] if isinstance(changed, dict) else []


def _change(given: list[Any], place: int, now: Any) -> None:
    """What a trainee's function did to a list, table or array that it was given."""
    if not 0 <= place < len(given) or type(given[place]) is not type(now):
        return
    value = given[place]
    if isinstance(value, list | bytearray):
        value[:] = now
    elif isinstance(value, dict | set):
        value.clear()
        value.update(now)
    elif type(value).__name__ == "ndarray" and value.shape == now.shape:
        value[...] = now
    elif type(value).__name__ in ("DataFrame", "Series"):
        value._update_inplace(now)

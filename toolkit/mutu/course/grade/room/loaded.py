"""What a room's processes have in memory before they start: the shell of an ipykernel, without its sockets.

Imported by the loaded process (`mutu.kernels.template`), so that a fork has it at once. What the shell says goes to
`shell.says`, a function that the process sets.
"""

from __future__ import annotations

import ast
import asyncio
import builtins
import contextvars
import getpass
import importlib
import io
import os
import re
import sys
import warnings
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager, nullcontext, suppress
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from zlib import crc32

from ipykernel.compiler import XCachingCompiler, get_tmp_directory
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError
from IPython.core.inputtransformer2 import TransformerManager
from jupyter_client.session import Session
from traitlets.config import Config

from mutu.course.grade.room.restore import Restored
from mutu.locale import LANGUAGES, _, use

Says = Callable[[str, dict[str, Any]], None]

_BUFFER = 64 * 1024
# letters that are said at once
_PIECE = 1_000_000
_NOTHING = nullcontext()
# cells of which is remembered what they are
_CELLS = 256
# words by which a cell may reach modules that it does not name
_ANYTHING = {"modules", "import_module", "importlib", "__import__", "exec", "eval", "compile", "globals", "vars"}


class _Speaker(Session):
    """In place of a session on a socket."""

    def send(self, _stream: Any, msg_or_type: Any, content: Any = None, *_args: Any, **_kwargs: Any) -> None:  # type: ignore[override]
        kind, said = (msg_or_type, content) if isinstance(msg_or_type, str) else (
            msg_or_type["header"]["msg_type"], msg_or_type["content"])  # fmt: skip
        shell.says(kind, said)


class _Shell(ZMQInteractiveShell):
    """ipykernel's shell, whose kernel is this module."""

    says: Any = staticmethod(lambda _kind, _content: None)

    def _update_exit_now(self, change: Any) -> None:
        """`exit()` in a cell ends the cell, as with a kernel that goes on serving."""

    def _tee(self, channel: str) -> AbstractContextManager[None]:  # type: ignore[override]
        """What is printed is said, and not kept for a history that nobody writes to a file."""
        return _NOTHING

    def should_run_async(self, raw_cell: str, **more: Any) -> bool:
        """Whether a cell awaits, for which it is compiled only where it has such a word."""
        return _may_await(raw_cell) and bool(super().should_run_async(raw_cell, **more))


class _Quick(TransformerManager):
    """IPython's, without its slow search for magics in what is Python already."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._first = self._steps()

    def _steps(self) -> list[list[Any]]:
        return [list(each) for each in (self.cleanup_transforms, self.line_transforms, self.token_transformers)]

    def transform_cell(self, cell: str) -> str:
        """A cell as Python; the same one again is not read again."""
        if self._steps() == self._first:
            return _transformed(cell)
        return str(super().transform_cell(cell))

    def do_token_transforms(self, lines: list[str]) -> list[str]:
        """The same lines, where there is nothing to replace."""
        if self.token_transformers == self._first[-1] and _is_python("".join(lines)):
            return lines
        found: list[str] = super().do_token_transforms(lines)  # type: ignore[no-untyped-call]
        return found


@lru_cache(_CELLS)
def _transformed(cell: str) -> str:
    return str(TransformerManager.transform_cell(shell.input_transformer_manager, cell))


def _may_await(source: str) -> bool:
    return "await" in source or "async" in source


@lru_cache(_CELLS)
def _is_python(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # they are said when the cell is compiled
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


class _Compiler(XCachingCompiler):
    """ipykernel's compiler, which reckons the names of cells letter by letter."""

    def get_code_name(self, raw_code: str, transformed_code: str, number: int) -> str:
        """A name of the same form."""
        return _file_name(raw_code)


class _Remembering(_Compiler):
    """For a process that executes the same cells for one submission after the other."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._trees: dict[tuple[Any, ...], ast.AST] = {}
        self._code: dict[tuple[Any, ...], tuple[ast.AST, Any]] = {}

    def ast_parse(self, source: str, filename: str = "<unknown>", symbol: str = "exec") -> ast.AST:
        """The tree of a cell, the same one again."""
        if shell.ast_transformers:  # they may change it
            return super().ast_parse(source, filename, symbol)
        key = (source, filename, symbol, self.flags)
        if key not in self._trees:
            self._trees[key] = super().ast_parse(source, filename, symbol)
        return self._trees[key]

    def __call__(self, codeob: Any, filename: str, symbol: str, **more: Any) -> Any:  # type: ignore[override]
        """The code of one statement of a tree."""
        statement = codeob.body[0]
        key = (id(statement), filename, symbol, self.flags)
        if key not in self._code:  # the statement is kept, so that no other one gets its id
            self._code[key] = statement, super().__call__(codeob, filename, symbol, **more)
        return self._code[key][1]


@lru_cache(_CELLS)
def _file_name(source: str) -> str:
    number = crc32(source.encode("utf-8", "surrogatepass"))
    return f"{get_tmp_directory()}{os.sep}{number}.py"  # type: ignore[no-untyped-call]


class Stream(io.TextIOBase):
    """stdout or stderr: what is written is said when it is flushed, as ipykernel does."""

    encoding = "UTF-8"
    errors = "strict"

    def __init__(self, name: str) -> None:
        self.name = f"<{name}>"
        self._kind = name
        self._parts: list[str] = []
        self._size = 0

    def write(self, string: str) -> int:
        """Keep a text until it is said."""
        if not isinstance(string, str):
            raise TypeError(f"write() argument must be str, not {type(string)}")
        self._parts.append(string)
        self._size += len(string)
        if self._size > _BUFFER:
            self.flush()
        return len(string)

    def flush(self) -> None:
        """Say what has been written."""
        if self._parts:
            text, self._parts, self._size = "".join(self._parts), [], 0
            for at in range(0, len(text), _PIECE):
                shell.says("stream", {"name": self._kind, "text": text[at : at + _PIECE]})

    def writable(self) -> bool:
        """It is for writing."""
        return True


def _no_input(_prompt: str = "") -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")


def _shell() -> _Shell:
    config = Config()
    config.HistoryManager.enabled = False  # of the database; what was entered is known all the same
    kernel = SimpleNamespace(eventloop=None, _parent_ident={})
    made: _Shell = _Shell.instance(config=config, kernel=kernel, compiler_class=_Compiler)
    made.input_transformer_manager = _Quick()
    session = _Speaker()
    hook: Any = made.displayhook
    publisher: Any = made.display_pub
    hook.session = publisher.session = session
    hook.topic = b"execute_result"
    return made


def take_over(says: Says) -> None:
    """From now on this process speaks through `says`: what is printed, shown, raised."""
    shell.says = says
    sys.stdout, sys.stderr = Stream("stdout"), Stream("stderr")
    builtins.input = getpass.getpass = _no_input  # type: ignore[assignment]
    warnings.resetwarnings()
    for option in reversed(sys.warnoptions):
        warnings._setoption(option)  # type: ignore[attr-defined]


async def _run(source: str) -> Any:
    """One cell, as ipykernel's do_execute runs it."""
    if not _may_await(source):
        return shell.run_cell(source, store_history=True, silent=False)  # type: ignore[no-untyped-call]
    try:
        transformed, failed = shell.transform_cell(source), None  # type: ignore[no-untyped-call]
    except Exception:
        transformed, failed = source, sys.exc_info()
    if not shell.should_run_async(source, transformed_cell=transformed, preprocessing_exc_tuple=failed):
        return shell.run_cell(source, store_history=True, silent=False)  # type: ignore[no-untyped-call]
    result = None
    try:
        result = await shell.run_cell_async(
            source, store_history=True, silent=False, transformed_cell=transformed, preprocessing_exc_tuple=failed
        )
    finally:
        shell.events.trigger("post_execute")
        shell.events.trigger("post_run_cell", result)
    return result


def run_cell(source: str, loop: asyncio.AbstractEventLoop) -> dict[str, Any]:
    """Execute a cell; returns the content of an execute reply: status, execution_count, and what was raised."""
    context = contextvars.copy_context()
    try:
        result = loop.run_until_complete(loop.create_task(_run(source), context=context))
    finally:
        _keep(context)
    sys.stdout.flush()
    sys.stderr.flush()
    reply: dict[str, Any] = {"status": "ok", "execution_count": shell.execution_count - 1}
    error = result.error_before_exec if result.error_before_exec is not None else result.error_in_exec
    if not result.success or getattr(shell, "_last_traceback_during_displayhook", False):
        reply |= {
            "status": "error",
            "ename": type(error).__name__,
            "evalue": str(error),
            "traceback": shell._last_traceback or [],
        }
    return reply


def _keep(context: contextvars.Context) -> None:
    """What a cell has set for its context (decimal's precision, how numpy prints) lasts, as in a kernel."""
    now = contextvars.copy_context()
    for variable, value in context.items():
        if variable not in now or now[variable] is not value:
            _set.append((variable, variable.set(value)))


def remember() -> None:
    """From now on cells that come again are not compiled again: for an examiner, whose cells are the trainer's."""
    shell.compile = _Remembering()


def afresh(sources: Iterable[str]) -> None:
    """Forget a notebook: what an examiner's next one sees is what the first one saw.

    `sources` are the cells that were executed. They can change the modules that they name, or any.
    """
    found = words(sources)
    named = None if found & _ANYTHING else found
    before.restore(frozenset(), named)
    before.forget_additions(named)
    _forget()


def words(sources: Iterable[str]) -> set[str]:
    """All names and words in these texts."""
    return {word for source in sources for word in _words(source)}


@lru_cache(_CELLS)
def _words(source: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", source))


def _forget() -> None:
    while _set:
        variable, token = _set.pop()
        variable.reset(token)
    shell.reset(new_session=True)  # type: ignore[no-untyped-call]
    shell.execution_count = 1
    for name in ("last_type", "last_value", "last_traceback", "last_exc"):
        vars(sys).pop(name, None)


def _warm_up() -> None:
    """Have everything loaded that a cell, an error and a sentence need, once for all rooms."""
    loop = asyncio.new_event_loop()
    pandas = sys.modules.get("pandas")
    if pandas is not None:
        table = pandas.DataFrame({"a": [1.5], "b": ["x"]})
        table.groupby("b").mean()._repr_html_()
        if (narwhals := sys.modules.get("narwhals")) is not None:  # it loads most of itself with the first table
            narwhals.from_native(table)
    for source in ("def f():\n    return {}['a']\nf()", "f'{1:.2f}'", "async def g():\n    return 1\nawait g()"):
        run_cell(source, loop)
    loop.close()
    _forget()
    for language in LANGUAGES:
        with use(language):
            _("Right: {call} is {answer}.")


def load(argument: Mapping[str, Any]) -> None:
    """Import `modules`, those that can be, and remember what the interpreter now is."""
    global before
    for module in argument["modules"]:
        with suppress(Exception):  # who imports it will see
            importlib.import_module(module)
    _warm_up()
    before = Restored(shell)


shell = _shell()
before: Restored
_set: list[tuple[contextvars.ContextVar[Any], contextvars.Token[Any]]] = []

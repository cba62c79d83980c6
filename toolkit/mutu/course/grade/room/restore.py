"""The interpreter as it was before a trainee's code ran, put back before a test that has to run beside it.

This mends what a submission is known to change (builtins, functions of libraries, the shell's hooks, traces, import
hooks). It is no wall: code in the same process can always find another way, which is why a test that can be examined
from outside is examined from outside.
"""

from __future__ import annotations

import builtins
import decimal
import gc
import locale
import logging
import os
import signal
import sys
import threading
import warnings
from collections.abc import Callable, Container, Mapping
from contextlib import suppress
from operator import is_
from types import ModuleType
from typing import Any

_LEFT = ("__main__", "mutu.course.grade.room.restore")
_OURS = __name__.rpartition(".")[0]
# what every cell can change without naming it
_ALWAYS = ("builtins", "sys", "os", "warnings", "random")
_UMASK = 0o022
_HOOKS = ("ast_transformers", "input_transformers_post")


class Restored:
    """A picture of the interpreter, and the way back to it.

    Parameters
    ----------
    shell : the shell, with nothing of a notebook in it
    """

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._modules = {
            name: (module, dict(vars(module)))
            for name, module in list(sys.modules.items())
            if isinstance(module, ModuleType) and name not in _LEFT
        }
        self._classes = [(kind, dict(vars(kind))) for kind in _table_classes()]
        self._shells = [(kind, dict(vars(kind))) for kind in _shell_classes(shell)]
        self._printers = [dict(each) for each in _printers(shell)]
        self._cleanup = list(shell.input_transformer_manager.cleanup_transforms)
        self._lines = list(shell.input_transformer_manager.line_transforms)
        self._tokens = list(shell.input_transformer_manager.token_transformers)
        self._paths = list(sys.meta_path), list(sys.path_hooks), list(sys.path)

    def import_here(self) -> None:
        """Import from the working directory too, now and when everything has been put back."""
        for path in (sys.path, self._paths[2]):
            path.insert(0, "")

    def restore(self, kept: frozenset[str], named: Container[str] | None = None) -> None:
        """Put everything back; names of the notebook that cover one of Python's go, but for those of the task.

        `named` are the packages to look at, where it is known what the cells could reach; None for all.
        """
        sys.settrace(None)
        sys.setprofile(None)
        threading.settrace(None)
        threading.setprofile(None)
        for name, (module, content) in self._chosen(named):
            sys.modules[name] = module
            _put_back(vars(module), content)
        self.restore_methods()
        for kind, attributes in self._classes:
            _put_back_class(kind, attributes)
        sys.meta_path[:], sys.path_hooks[:], sys.path[:] = self._paths
        self._restore_shell()
        self._shell.user_ns["__builtins__"] = builtins
        for name in set(vars(builtins)) & set(self._shell.user_ns) - kept:
            del self._shell.user_ns[name]

    def _chosen(self, named: Container[str] | None) -> list[tuple[str, tuple[ModuleType, dict[str, Any]]]]:
        if named is None:
            return list(self._modules.items())
        return [each for each in self._modules.items() if (top := each[0].partition(".")[0]) in named or top in _ALWAYS]

    def forget_additions(self, named: Container[str] | None = None) -> None:
        """Take out of modules what was not there: names, but not modules, which Python knows by their own names."""
        for name, (module, content) in self._chosen(named):
            if len(vars(module)) == len(content) or name.startswith(_OURS):
                continue
            for added in [each for each in vars(module) if each not in content]:
                if not isinstance(vars(module)[added], ModuleType):
                    del vars(module)[added]

    def restore_methods(self) -> None:
        """Put back what runs cells, so that one cell cannot keep the next from being run."""
        shell = self._shell
        for name in [name for name in vars(shell) if name != "says" and callable(getattr(type(shell), name, None))]:
            del vars(shell)[name]
        for kind, attributes in self._shells:
            _put_back_class(kind, attributes)

    def _restore_shell(self) -> None:
        shell = self._shell
        for hooks in _HOOKS:
            getattr(shell, hooks).clear()
        for now, before in zip(_printers(shell), self._printers, strict=True):
            now.clear()
            now.update(before)
        manager = shell.input_transformer_manager
        manager.cleanup_transforms[:] = self._cleanup
        manager.line_transforms[:] = self._lines
        manager.token_transformers[:] = self._tokens
        for event, callbacks in shell.events.callbacks.items():
            shell.events.callbacks[event] = [each for each in callbacks if self._is_ours(each)]

    def _is_ours(self, callback: Any) -> bool:
        """A function of a library, as the library has it: the one that shows matplotlib's figures, for instance."""
        module = sys.modules.get(str(getattr(callback, "__module__", "")))
        if module is None or module.__name__ == "__main__":
            return False
        return getattr(module, getattr(callback, "__name__", ""), None) is callback or hasattr(callback, "__self__")


class Settings:
    """Settings of the process and of the libraries that tests change most, and the way back to them."""

    def __init__(self) -> None:
        self._before = [(change, look()) for look, change in _settings()]

    def restore(self) -> None:
        """Put them back."""
        os.umask(_UMASK)
        for change, value in self._before:
            change(value)


def _settings() -> list[tuple[Callable[[], Any], Callable[[Any], Any]]]:
    """How each is looked at, and how it is changed."""
    root = logging.getLogger()
    found: list[tuple[Callable[[], Any], Callable[[Any], Any]]] = [
        (sys.getrecursionlimit, sys.setrecursionlimit),
        (sys.getswitchinterval, sys.setswitchinterval),
        (gc.isenabled, lambda on: gc.enable() if on else gc.disable()),
        (gc.get_threshold, lambda numbers: gc.set_threshold(*numbers)),
        (lambda: locale.setlocale(locale.LC_ALL), lambda name: locale.setlocale(locale.LC_ALL, name)),
        (lambda: decimal.getcontext().copy(), lambda context: decimal.setcontext(context.copy())),
        (_handlers, _handle),
        (_limits, _limit),
        (lambda: list(root.handlers), lambda handlers: root.handlers.__setitem__(slice(None), handlers)),
        (lambda: root.level, root.setLevel),
        (lambda: root.manager.disable, logging.disable),
    ]
    pandas, matplotlib = sys.modules.get("pandas"), sys.modules.get("matplotlib")
    if pandas is not None:
        found.append((lambda: _options(pandas), lambda before: _set_options(pandas, before)))
    if matplotlib is not None:
        parameters: Any = matplotlib.rcParams
        found.append((lambda: dict(dict.items(parameters)), lambda before: dict.update(parameters, before)))
    return found


def _handlers() -> dict[int, Any]:
    return {number: signal.getsignal(number) for number in signal.valid_signals()}


def _handle(before: dict[int, Any]) -> None:
    for number, handler in before.items():
        if signal.getsignal(number) is not handler:
            signal.signal(number, handler)


def _limits() -> dict[int, tuple[int, int]]:
    if sys.platform == "win32":
        return {}
    import resource

    names = [name for name in vars(resource) if name.startswith("RLIMIT_")]
    return {getattr(resource, name): resource.getrlimit(getattr(resource, name)) for name in names}


def _limit(before: dict[int, tuple[int, int]]) -> None:
    if sys.platform == "win32":
        return
    import resource

    for kind, pair in before.items():
        with suppress(ValueError):  # what was lowered for good
            resource.setrlimit(kind, pair)


def _options(pandas: Any) -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of those that will go
        return {name: pandas.get_option(name) for name in pandas._config.config._registered_options}


def _set_options(pandas: Any, before: dict[str, Any]) -> None:
    now = _options(pandas)
    if now != before:
        pandas.set_option(*(part for name, value in before.items() if now[name] != value for part in (name, value)))


def _shell_classes(shell: Any) -> list[type]:
    found = [kind for kind in type(shell).__mro__ if kind is not object]
    found += [type(shell.displayhook), type(shell.display_pub), type(shell.display_formatter)]
    found += [type(each) for each in shell.display_formatter.formatters.values()]
    return list(dict.fromkeys(found))


def _table_classes() -> list[type]:
    """The classes of tables, which tests look at."""
    pandas = sys.modules.get("pandas")
    if pandas is None:
        return []
    found = [kind for each in (pandas.DataFrame, pandas.Series, pandas.Index) for kind in each.__mro__[:-1]]
    return list(dict.fromkeys(found))


def _printers(shell: Any) -> list[dict[Any, Any]]:
    """How results become text: by a test's result points are given."""
    text = shell.display_formatter.formatters["text/plain"]
    return [text.type_printers, text.deferred_printers, text.singleton_printers]


def _put_back(now: dict[str, Any], before: dict[str, Any]) -> None:
    if _is_same(now, before):
        return
    for name, value in before.items():
        if now.get(name, now) is not value:
            now[name] = value


def _is_same(now: Mapping[str, Any], before: Mapping[str, Any]) -> bool:
    """Whether names and values are the same objects: compared by nothing that a trainee's code could have made."""
    return len(now) == len(before) and all(map(is_, now, before)) and all(map(is_, now.values(), before.values()))


def _put_back_class(kind: type, before: dict[str, Any]) -> None:
    now = vars(kind)
    if _is_same(now, before):
        return
    for name in [name for name in now if name not in before and any(name in vars(base) for base in kind.__mro__[1:])]:
        delattr(kind, name)  # what hides something inherited; new methods of the trainee's stay
    for name, value in before.items():
        if now.get(name) is not value:
            try:
                setattr(kind, name, value)
            except (AttributeError, TypeError):  # not to be set, so nobody has
                continue

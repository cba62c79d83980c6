"""What a kernel is asked to be, and whether a loaded process can be it."""

from __future__ import annotations

import os
import re
import site
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

LAUNCHER = "ipykernel_launcher"
# options of the interpreter that stand in one argument
_OPTION = re.compile(r"-(?:[BEIOPsu]+|[XW].+)")
# what an interpreter, a C library or a module reads once, while it is loaded
_READ_ONCE = re.compile(
    r"(PYTHON|LD_|LC_|MALLOC_|OMP_|OPENBLAS_|GOTO_|MKL_|BLIS_|NPY_|NUMPY_|PANDAS_|ARROW_|MPLCONFIG|MATPLOTLIB"
    r"|JUPYTER_WIDGETS_|ANYWIDGET_|TRAITLETS_|PYZMQ_).*|LANG|LANGUAGE|GLIBC_TUNABLES"
)
_HOMES = ("HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME")
# what `jupyter_client` may say of a process and a fork can be told
_KNOWN = {"cwd", "env", "stdout", "stderr", "independent", "extra_arguments", "kernel_id"}


@dataclass(frozen=True)
class Recipe:
    """What a loaded process is made of: kernels that differ in it cannot come from the same one.

    options : of the interpreter
    preload : modules to load
    settled : variables that are read while the interpreter and the modules are loaded
    """

    options: tuple[str, ...]
    preload: tuple[str, ...]
    settled: frozenset[tuple[str, str]]


@dataclass(frozen=True)
class Order:
    """A kernel to be made: `module` and `arguments` as on a command line, where, and what it writes to (`Streams`)."""

    command: tuple[str, ...]
    options: tuple[str, ...]
    module: str
    arguments: tuple[str, ...]
    environment: Mapping[str, str]
    folder: str
    stdout: Any
    stderr: Any

    def recipe(self, preload: Sequence[str]) -> Recipe:
        """What the process has to be made of from which this kernel can be forked."""
        return recipe(self.options, preload, self.environment)


def recipe(options: Sequence[str], preload: Sequence[str], environment: Mapping[str, str]) -> Recipe:
    """What a loaded process for such kernels is made of."""
    names = {name for name in environment if _READ_ONCE.fullmatch(name)}
    if "MPLCONFIGDIR" not in environment:  # then matplotlib's settings are in the person's own folder
        names |= environment.keys() & set(_HOMES)
    return Recipe(tuple(options), tuple(preload), frozenset((name, environment[name]) for name in names))


def environment(recipe: Recipe) -> dict[str, str]:
    """The variables of a loaded process: none that only a kernel should know, as every kernel could read them there."""
    own = {name: os.environ[name] for name in ("PATH", "TMPDIR") if name in os.environ}
    return own | dict(recipe.settled)


def order(command: Sequence[str], module: str, told: Mapping[str, Any]) -> Order | None:
    """What is asked for; None when only a new process can be it.

    Parameters
    ----------
    command : as a process would be started
    module : the one that may stand behind `-m`
    told : the other things that are said of the process, as `subprocess.Popen` names them
    """
    python, *rest = command
    at = rest.index("-m") if "-m" in rest else -1
    is_ours = Path(python) == Path(sys.executable) and rest[at + 1 : at + 2] == [module]
    is_known = all(map(_OPTION.fullmatch, rest[:at])) and all(name in _KNOWN for name in told)
    if not is_ours or not is_known or told.get("independent"):
        return None
    return Order(
        command=tuple(command),
        options=tuple(rest[:at]),
        module=module,
        arguments=tuple(rest[at + 2 :]),
        environment=dict(told.get("env") or os.environ),
        folder=str(Path(told.get("cwd") or ".").absolute()),
        stdout=told.get("stdout"),
        stderr=told.get("stderr"),
    )


def installed() -> tuple[int, ...]:
    """Changes when a package is installed or removed: what was loaded before is out of date then."""
    folders = [Path(each) for each in (*site.getsitepackages(), site.getusersitepackages())]
    return tuple(folder.stat().st_mtime_ns for folder in folders if folder.is_dir())

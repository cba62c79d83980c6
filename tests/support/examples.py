"""Examples that run wherever they are copied to: those of docstrings with their imports, and parts of results."""

from __future__ import annotations

import ast
import builtins
import contextlib
import dataclasses
import doctest
import inspect
import io
from collections import deque
from decimal import Decimal
from fractions import Fraction
from types import ModuleType
from typing import Any

from mutu.measure.result import Result

_PARSER = doctest.DocTestParser()
_BUILTIN = set(dir(builtins))
_SHOWN = 4  # fields of a part


def statements(text: str) -> list[str]:
    """The statements of an example, without what they print."""
    return [each.source.rstrip("\n") for each in _PARSER.get_examples(text)]


def of_function(text: str, module: ModuleType, house: str) -> str:
    """The example of a docstring, with the imports it needs elsewhere before it.

    `module` is where the docstring stands, and `house` the package whose public names are imported from there.
    """
    lines = imports(statements(text), module, house)
    return "\n".join([*(f">>> {line}" for line in lines), inspect.cleandoc(text)])


def imports(sources: list[str], module: ModuleType, house: str) -> list[str]:
    """Import statements for the names that statements take from where their docstring stands."""
    public = set(__import__(house, fromlist=["__all__"]).__all__)
    wanted = sorted(_taken(sources))
    own = [name for name in wanted if name in public]
    others = [_import(name, getattr(module, name)) for name in wanted if name not in public]
    return sorted(others) + ([f"from {house} import {', '.join(own)}"] if own else [])


def _import(name: str, found: Any) -> str:
    if isinstance(found, ModuleType):
        return f"import {found.__name__}" + ("" if found.__name__ == name else f" as {name}")
    return f"from {found.__module__} import {name}"


def _taken(sources: list[str]) -> set[str]:
    """Names that are used and nowhere given."""
    tree = ast.parse("\n".join(sources))
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    given = {node.id for node in names if not isinstance(node.ctx, ast.Load)} | _BUILTIN
    given |= {node.arg for node in ast.walk(tree) if isinstance(node, ast.arg)}
    given |= {alias.asname or alias.name.split(".")[0] for alias in _aliases(tree)}
    return {node.id for node in names if isinstance(node.ctx, ast.Load)} - given


def _aliases(tree: ast.AST) -> list[ast.alias]:
    found = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    return [alias for node in found for alias in node.names]


def named(sources: list[str], functions: set[str]) -> list[str]:
    """The statements, and a name for what they only look at: `found` for a call of one of these functions."""
    more = []
    for source in sources:
        tree = ast.parse(source).body[0]
        inside = [node for node in ast.walk(tree) if isinstance(node, ast.comprehension | ast.Lambda)]
        if isinstance(tree, ast.Expr) and not inside:
            calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) in functions]
            more += [f"found = {ast.unparse(call)}".replace("'", '"') for call in calls[:1]]
    return [*sources, *more[:1]] if not any(source.startswith("found = ") for source in sources) else sources


def _called(node: ast.Call) -> str:
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def run(sources: list[str]) -> dict[str, Any]:
    """The names that statements leave behind."""
    space: dict[str, Any] = {}
    with contextlib.redirect_stdout(io.StringIO()):
        for source in sources:
            exec(source, space)  # noqa: S102 - our own examples
    return {name: value for name, value in space.items() if not name.startswith("__")}


def parts(root: str, found: Any) -> dict[type, str]:
    """The classes of ours that an object is made of, each with the shortest way to it."""
    ways: dict[type, str] = {}
    waiting, seen = deque([(root, found)]), {id(found)}
    while waiting:
        way, here = waiting.popleft()
        if _is_ours(here):
            ways.setdefault(type(here), way)
        for step, inside in _inside(here):
            if id(inside) not in seen and (_is_ours(inside) or isinstance(inside, dict | list | tuple)):
                seen.add(id(inside))
                waiting.append((way + step, inside))
    return ways


def _is_ours(found: Any) -> bool:
    return type(found).__module__.startswith("mutu.")


def _inside(found: Any) -> list[tuple[str, Any]]:
    if isinstance(found, dict):
        return [(f"[{key!r}]", value) for key, value in found.items() if isinstance(key, str | int)]
    if _is_ours(found):
        return [(f".{name}", getattr(found, name)) for name in [*fields(type(found)), *_properties(found)]]
    return [(f"[{place}]", value) for place, value in enumerate(found)] if isinstance(found, list | tuple) else []


def fields(kind: type) -> list[str]:
    """The public fields of a dataclass, a named tuple or a model."""
    if dataclasses.is_dataclass(kind):
        return [each.name for each in dataclasses.fields(kind) if not each.name.startswith("_")]
    return list(getattr(kind, "_fields", getattr(kind, "model_fields", ())))


def _properties(found: Any) -> list[str]:
    kind = type(found)
    return [] if hasattr(kind, "model_fields") else [n for n, v in vars(kind).items() if isinstance(v, property)]


def of_class(kind: type, sources: list[str], root: str, way: str, value: Any) -> str:
    """How an instance comes out of statements that leave it at `way` from the name `root`, and what it holds."""
    lines = [f"{'>>>' if place == 0 else '...'} {line}" for source in _needed(sources, root)
             for place, line in enumerate(source.splitlines())]  # fmt: skip
    name = root if way == root else "part"
    if way != root:
        lines.append(f">>> part = {way}")
    if isinstance(value, Result):
        return "\n".join([*lines, *_sentence(name, value)])
    shown = [text for field in fields(kind) if (text := _simple(f"{name}.{field}", getattr(value, field)))][:_SHOWN]
    asked = ", ".join(shown) if shown else f"type({name}).__name__"
    answer = eval(asked, {name: value})  # noqa: S307 - our own examples
    return "\n".join([*lines, f">>> {asked}", repr(answer)])


def _sentence(name: str, found: Result) -> list[str]:
    from mutu.locale import use

    with use("en"):
        said = found.sentence()
    return [">>> from mutu.locale import use", '>>> with use("en"):', f"...     print({name}.sentence())", said]


def _simple(text: str, value: Any) -> str | None:
    """How a field is shown that is a number or a short text; None for others."""
    if isinstance(value, float | Fraction):
        return f"round({text}, 3)" if isinstance(value, float) else f"round(float({text}), 3)"
    plain = isinstance(value, bool | int | Decimal) or (isinstance(value, str) and value and len(value) <= 40)
    return text if plain else None


def _needed(sources: list[str], root: str) -> list[str]:
    """The statements without which `root` would not be there."""
    wanted, kept = {root}, []
    for source in reversed(sources):
        tree = ast.parse(source)
        given = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
        given |= {alias.asname or alias.name.split(".")[0] for alias in _aliases(tree)}
        if given & wanted:
            kept.append(source)
            wanted |= _taken([source])
    return kept[::-1]

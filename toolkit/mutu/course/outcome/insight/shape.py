"""The shape of an answer: code without names, constants, comments and formatting; texts without case and punctuation.

The code of trainees is parsed, never run.
"""

from __future__ import annotations

import ast
import re
import warnings
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

LONGEST = 8_000
"""Letters of an answer that are looked at; longer ones are no answer to a task of a few lines."""

SMALLEST = 3
"""Nodes of the syntax tree that make a piece of code worth comparing."""

WORDS = 4
"""Words one after the other that make a piece of a text."""

Pieces = Mapping[str, frozenset[int]]
"""What an answer consists of: piece -> lines (of code) or words (of a text) it stands in, counted from 0."""

_WORD = re.compile(r"\w+")
_CODE_WORD = re.compile(r"[A-Za-z_]\w*|\d+(?:\.\d+)?|\S")
_OWN_WORD = re.compile(r"[^\W\d]\w*|\d+(?:[.,]\d+)?")
_TURNED = {"Gt": "Lt", "GtE": "LtE"}
_SAME_BOTH_WAYS = (ast.Eq, ast.NotEq)


class _Part(NamedTuple):
    """A subtree as text, and how many nodes it has."""

    text: str
    size: int


def parsed(source: str) -> ast.Module | None:
    """The syntax tree, or None where there is none to be had."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a trainee's "\d" is not ours to warn of
        try:
            return ast.parse(source[:LONGEST])
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return None


def key(source: str) -> str:
    """What two pieces of code of the same shape have in common; unreadable code is taken word by word."""
    tree = parsed(source)
    try:
        return _Shape(tree).whole if tree is not None else " ".join(_plain(source))
    except RecursionError:
        return source


def pieces(source: str) -> Pieces:
    """The statements and expressions of a piece of code, by shape.

    Names that the code gives itself are all the same, and so are numbers and texts; names that it uses (of functions,
    methods, packages) stay. The order of statements, the sides of a comparison or a sum, and the branches of an `if`
    with `not` do not matter.
    """
    tree = parsed(source)
    try:
        return _Shape(tree).pieces if tree is not None else {}
    except RecursionError:
        return {}


def wording(source: str) -> Pieces:
    """The names, numbers and words of comments of a piece of code."""
    return _where((word, line) for line, text in enumerate(_lines(source)) for word in _OWN_WORD.findall(text))


def phrases(text: str) -> Pieces:
    """Every few words that follow one another in a text, without case and punctuation."""
    found = [(word, place) for place, said in enumerate(text[:LONGEST].split()) for word in _WORD.findall(said.lower())]
    runs = (found[start : start + WORDS] for start in range(len(found) - WORDS + 1))
    return _where((" ".join(word for word, _place in run), place) for run in runs for _word, place in run)


def _where(found: Iterable[tuple[str, int]]) -> Pieces:
    places = defaultdict[str, set[int]](set)
    for piece, place in found:
        places[piece].add(place)
    return {piece: frozenset(each) for piece, each in places.items()}


def _lines(source: str) -> list[str]:
    return source[:LONGEST].splitlines()


def _plain(source: str) -> Iterator[str]:
    for line in _lines(source):
        for word in _CODE_WORD.findall(line.partition("#")[0]):
            yield "number" if word[0].isdigit() else word


class _Shape:
    """The subtrees of a syntax tree as texts, each with the lines it begins in."""

    def __init__(self, tree: ast.Module) -> None:
        self.own = set(_own_names(tree))
        self.places = defaultdict[str, set[int]](set)
        self.whole = self._part(tree).text

    @property
    def pieces(self) -> Pieces:
        return {piece: frozenset(lines) for piece, lines in self.places.items()}

    def _part(self, node: ast.AST) -> _Part:
        part = self._made(node)
        line = getattr(node, "lineno", None)
        if line is not None and part.size >= SMALLEST:
            self.places[part.text].add(line - 1)
        return part

    def _made(self, node: ast.AST) -> _Part:
        if isinstance(node, ast.AugAssign):
            return self._made(_written_out(node))
        if isinstance(node, ast.Compare) and len(node.ops) == 1:
            return self._comparison(node)
        if isinstance(node, ast.If | ast.IfExp):
            return self._branches(node)
        children = [child for child in ast.iter_child_nodes(node) if not _says_nothing(child)]
        parts = [self._part(child) for child in children]
        if isinstance(node, ast.BinOp):
            ordered = not isinstance(node.op, ast.Add | ast.Mult)
            sides = [parts[0], parts[2]]
            return _joined(f"BinOp {type(node.op).__name__}", sides if ordered else sorted(sides))
        if isinstance(node, ast.FunctionDef | ast.For | ast.While | ast.Module):
            parts.sort()
        return _joined(_kind(node, self.own), parts)

    def _comparison(self, node: ast.Compare) -> _Part:
        left, right = self._part(node.left), self._part(node.comparators[0])
        name = type(node.ops[0]).__name__
        if name in _TURNED:
            left, right, name = right, left, _TURNED[name]
        sides = [left, right]
        return _joined(name, sorted(sides) if isinstance(node.ops[0], _SAME_BOTH_WAYS) else sides)

    def _branches(self, node: ast.If | ast.IfExp) -> _Part:
        test, first, second = node.test, _listed(node.body), _listed(node.orelse)
        if second and isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
            test, first, second = test.operand, second, first
        parts = [[self._part(child) for child in branch] for branch in (first, second)]
        return _joined(type(node).__name__, [self._part(test), *sorted(parts[0]), _Part("else", 1), *sorted(parts[1])])


def _written_out(node: ast.AugAssign) -> ast.Assign:
    """`a = a + b` for `a += b`."""
    found = ast.BinOp(node.target, node.op, node.value)
    return ast.copy_location(ast.Assign([node.target], ast.copy_location(found, node)), node)


def _listed(branch: list[ast.stmt] | ast.expr) -> list[ast.AST]:
    return [branch] if isinstance(branch, ast.AST) else list(branch)


def _joined(kind: str, parts: list[_Part]) -> _Part:
    inner = " ".join(part.text for part in parts)
    return _Part(f"{kind}({inner})" if inner else kind, 1 + sum(part.size for part in parts))


def _own_names(tree: ast.AST) -> Iterator[str]:
    """Names that the code itself gives: variables, parameters, functions of its own."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id
        elif isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            yield node.name


def _kind(node: ast.AST, own: set[str]) -> str:
    if isinstance(node, ast.Name):
        return "name" if node.id in own else node.id
    if isinstance(node, ast.Attribute):
        return f".{node.attr}"
    if isinstance(node, ast.Constant):
        stays = node.value is None or isinstance(node.value, bool)
        return str(node.value) if stays else "number" if isinstance(node.value, int | float) else "text"
    if isinstance(node, ast.keyword):
        return f"{node.arg}="
    if isinstance(node, ast.alias):
        return node.name
    return type(node).__name__


def _says_nothing(node: ast.AST) -> bool:
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return docstring or isinstance(node, ast.expr_context | ast.Pass)

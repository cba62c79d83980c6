"""A synthetic class for tests and benchmarks: trainees whose answers come from a pool, with honest variety, and copies.

Everything is drawn from a seed. Nobody real is in it: every id begins with `sintetis`.
"""

from __future__ import annotations

import ast
import random
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Any

from class_pool import ACTIONS, CAUSES, CLOSING, COMMENTS, ELEMENTS, GIVEN, NAMES, NUMBERS, POOL, WEAK

CELLS = tuple(POOL)
FIRST = ("Siti", "Budi", "Dewi", "Agus", "Rina", "Joko", "Maria", "Yusuf", "Ketut", "Novi", "Andi", "Lestari")
LAST = ("Aminah", "Santoso", "Wulandari", "Pratama", "Simbolon", "Rahman", "Lubis", "Nainggolan", "Putri", "Hidayat")
TEXT = "refleksi"


@dataclass
class Trainee:
    """One synthetic trainee: answers by cell; `copied_from` names whose answers they are, `how` how they are hidden."""

    id: str
    name: str
    cells: dict[str, str] = field(default_factory=dict)
    copied_from: str = ""
    how: str = ""


def honest(size: int = 60, seed: int = 1) -> list[Trainee]:
    """A class of people who worked alone: each has a style, makes mistakes, and writes in a way of their own."""
    dice = random.Random(seed)
    return [_alone(number, dice) for number in range(1, size + 1)]


def _alone(number: int, dice: random.Random) -> Trainee:
    style = dice.choices(("loop", "short", "library"), (6, 3, 1))[0]
    skill = dice.uniform(0.45, 1.0)
    who = Trainee(f"sintetis{number:02}", f"{dice.choice(FIRST)} {dice.choice(LAST)}")
    for cell in CELLS:
        who.cells[cell] = varied(_choose(cell, style, skill, dice), GIVEN[cell], dice)
    who.cells[TEXT] = _reflection(dice)
    return who


def _choose(cell: str, style: str, skill: float, dice: random.Random) -> str:
    right = dice.random() < skill
    ways = [way for way in POOL[cell] if (way[0] == "wrong") != right]
    weights = [weight * (3 if kind == style else 1) for kind, weight, _code in ways]
    return dice.choices([code for _kind, _weight, code in ways], weights)[0]


def _reflection(dice: random.Random) -> str:
    """60 to 150 words, put together from sentences that many people would write, each changed a little."""
    weak = dice.choice(WEAK).format(unsur=dice.choice(ELEMENTS), nilai=dice.choice(NUMBERS))
    causes, actions = dice.sample(CAUSES, dice.choice((1, 2))), dice.sample(ACTIONS, dice.choice((1, 2)))
    said = [weak, *causes, *actions, dice.choice(CLOSING)]
    return " ".join(_own_words(sentence, dice) for sentence in said if sentence)


def _own_words(sentence: str, dice: random.Random) -> str:
    """About every fifth word another one, as two people never say the same thing in the same words."""
    other = ("juga", "memang", "biasanya", "masih", "sering", "kadang", "lagi", "saja", "sekarang", "di sini")
    words = []
    for word in sentence.split():
        words += [word] if dice.random() > 0.2 else dice.choice(([], [dice.choice(other)], [word, dice.choice(other)]))
    return " ".join(words)


def copied(
    source: Trainee, number: int, seed: int, *, how: str = "renamed", cells: int = len(CELLS), text: bool = True
) -> Trainee:
    """Somebody who took the answers of `source` and hid it.

    Parameters
    ----------
    source : whose answers
    number : of the new trainee
    seed : of what is drawn
    how : "verbatim", "renamed" (names, comments, format) or "reordered" (also statements and branches)
    cells : how many code cells are copied; the others are the trainee's own
    text : whether the reflection is copied too
    """
    dice = random.Random(seed * 7919 + number)
    who = _alone(number, dice)
    for cell in dice.sample(CELLS, cells):
        code = source.cells[cell]
        if how != "verbatim":
            code = surface(_reordered(code, dice) if how == "reordered" else code, dice)
        who.cells[cell] = code
    if text:
        who.cells[TEXT] = source.cells[TEXT] if how == "verbatim" else _lightly(source.cells[TEXT], dice)
    who.copied_from, who.how = source.id, how
    return who


def _lightly(text: str, dice: random.Random) -> str:
    """Every twelfth word changed, to hide where a text came from."""
    words = text.split()
    for place in range(0, len(words), 12):
        words[min(len(words) - 1, place + dice.randrange(12))] = dice.choice(("memang", "juga", "sudah", "akan"))
    return " ".join(words)


def varied(code: str, given: Collection[str], dice: random.Random) -> str:
    """The same way of solving, as somebody else would write it: small honest differences, then names and format."""
    tree = ast.parse(code)
    for change in (_Steps(dice), _Sums(dice), _Sides(dice), _Else(dice)):
        tree = change.visit(tree)
    ast.fix_missing_locations(tree)
    return surface(ast.unparse(tree), dice, kept=given)


def surface(code: str, dice: random.Random, *, kept: Collection[str] = ()) -> str:
    """Other names, comments and format; the names in `kept` stay."""
    tree = ast.parse(code)
    function = next(node for node in tree.body if isinstance(node, ast.FunctionDef))
    bound = {node.id for node in ast.walk(function) if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store)}
    bound |= {arg.arg for node in ast.walk(function) if isinstance(node, ast.arguments) for arg in node.args}
    taken = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)} - bound | set(kept)
    new = dict[str, str]()
    for name in sorted(bound - set(kept)):
        free = [(other, 1 / place) for place, other in enumerate(NAMES, 1) if other not in taken]
        new[name] = dice.choices([other for other, _weight in free], [weight for _other, weight in free])[0]
        taken.add(new[name])
    lines = ast.unparse(_Renamed(new).visit(tree)).splitlines()
    return "\n".join(_dressed(line, dice) for line in lines)


def _dressed(line: str, dice: random.Random) -> str:
    if dice.random() < 0.12:
        line += f"  # {dice.choice(COMMENTS)}"
    if dice.random() < 0.1 and not line.startswith(("def", "import")):
        line += "\n"
    return line.replace(" / ", "/") if dice.random() < 0.2 else line


def _reordered(code: str, dice: random.Random) -> str:
    tree = ast.parse(code)
    for change in (_Sides(dice, 1.0), _Swapped()):
        tree = change.visit(tree)
    return ast.unparse(ast.fix_missing_locations(tree))


_TURNED = {ast.Lt: ast.Gt, ast.Gt: ast.Lt, ast.LtE: ast.GtE, ast.GtE: ast.LtE, ast.Eq: ast.Eq}


class _Chance(ast.NodeTransformer):
    def __init__(self, dice: random.Random, chance: float = 0.3) -> None:
        self.dice, self.chance = dice, chance

    def now(self) -> bool:
        return self.dice.random() < self.chance


class _Renamed(ast.NodeTransformer):
    def __init__(self, names: dict[str, str]) -> None:
        self.names = names

    def visit_Name(self, node: ast.Name) -> ast.AST:
        node.id = self.names.get(node.id, node.id)
        return node

    def visit_arg(self, node: ast.arg) -> ast.AST:
        node.arg = self.names.get(node.arg, node.arg)
        return node


class _Steps(_Chance):
    """`return expression` in two steps."""

    def visit_Return(self, node: ast.Return) -> Any:
        if isinstance(node.value, ast.Name | ast.Constant) or not self.now():
            return node
        return [
            ast.Assign([ast.Name("hasil_akhir", ast.Store())], node.value),
            ast.Return(ast.Name("hasil_akhir", ast.Load())),
        ]


class _Sums(_Chance):
    """`a += b` and `a = a + b`."""

    def visit_AugAssign(self, node: ast.AugAssign) -> Any:
        if not isinstance(node.target, ast.Name) or not self.now():
            return node
        return ast.Assign([node.target], ast.BinOp(ast.Name(node.target.id, ast.Load()), node.op, node.value))


class _Sides(_Chance):
    """`a < b` and `b > a`."""

    def visit_Compare(self, node: ast.Compare) -> Any:
        turned = _TURNED.get(type(node.ops[0]))
        if turned is None or not self.now():
            return node
        return ast.Compare(node.comparators[0], [turned()], [node.left])


class _Else(_Chance):
    """`else:` after a return left out, or written."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        self.generic_visit(node)
        last = node.body[-1]
        if isinstance(last, ast.If) and last.orelse and isinstance(last.body[-1], ast.Return) and self.now():
            node.body[-1:] = [ast.If(last.test, last.body, []), *last.orelse]
        return node


class _Swapped(ast.NodeTransformer):
    """Neighbouring assignments that do not use each other change places, and so do the branches of if and else."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> Any:
        self.generic_visit(node)
        for place in range(len(node.body) - 1):
            one, two = node.body[place : place + 2]
            if isinstance(one, ast.Assign) and isinstance(two, ast.Assign) and _apart(one, two):
                node.body[place : place + 2] = [two, one]
                break
        return node

    def visit_If(self, node: ast.If) -> Any:
        self.generic_visit(node)
        if node.orelse and not isinstance(node.orelse[0], ast.If) and not isinstance(node.test, ast.UnaryOp):
            return ast.If(ast.UnaryOp(ast.Not(), node.test), node.orelse, node.body)
        return node


def _apart(one: ast.Assign, two: ast.Assign) -> bool:
    made = {name.id for target in one.targets for name in ast.walk(target) if isinstance(name, ast.Name)}
    return not made & {name.id for name in ast.walk(two) if isinstance(name, ast.Name)}

"""How often the insight page shows a pair that copied, and how often one that did not, on synthetic classes.

    python benchmarks/insight.py [--classes 20] [--sizes 60 30]

Everybody in a class answers 02-skm in a style of their own, with mistakes, from several ways of solving each task
(`tests/support/class_pool.py`); two who chose the same way differ in small steps, names, comments and format.
*detection*: somebody joins who took the answers of another: all seven, five or four of them; word for word, with names,
comments and format changed, or with statements, comparisons and branches turned round too; with the reflection (then
every twelfth word is changed) or without. *false alarm*: pairs shown in classes in which nobody copied. The limits are
those of `mutu.course.outcome.insight.alike`; `--limits` prints both rates for others.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "support"))

import class_kit
from class_kit import CELLS, TEXT, Trainee

from mutu.course import author
from mutu.course.outcome.insight import alike
from mutu.course.outcome.insight.alike import Cell

FIRST = 100
"""Seed of the first class; the limits were chosen on classes of seeds below."""

WAYS = ("verbatim", "renamed", "reordered")
COPIED = {"7 of 7 and the reflection": (7, True), "7 of 7": (7, False), "5 of 7": (5, False), "4 of 7": (4, False)}
LIMITS = ((11.0, 16.0), (12.0, 17.0), (13.0, 18.0), (14.0, 20.0), (16.0, 22.0))


Seen = dict[str, tuple[str, ...]]


def known() -> Seen:
    """What was handed out in each answer cell, and its solution."""
    found = {}
    for cell in author.find("02").cells["exercise"]:
        if cell.kind in ("answer", "reflection"):
            released = re.sub(
                r"### BEGIN SOLUTION.*?### END SOLUTION", "raise NotImplementedError()", cell.source, flags=re.S
            )
            found[cell.id] = (cell.source, released)
    return found


def cells(people: list[Trainee], seen: Seen) -> list[Cell]:
    """The answers of a class as they are compared."""
    return [Cell(name, tuple(who.cells[name] for who in people), seen[name], name == TEXT) for name in (*CELLS, TEXT)]


def honest_pairs(size: int, classes: int, seen: Seen) -> list[int]:
    """Pairs shown in each class in which nobody copied."""
    return [len(alike.alike(cells(class_kit.honest(size, seed), seen))) for seed in range(FIRST, FIRST + classes)]


def found_copies(size: int, classes: int, how: str, taken: tuple[int, bool], seen: Seen) -> Iterator[bool]:
    """Whether each of the copies, one a class, is shown."""
    count, text = taken
    for seed in range(FIRST, FIRST + classes):
        people = class_kit.honest(size, seed)
        source = random.Random(seed * 31 + count).randrange(size)  # noqa: S311
        people.append(class_kit.copied(people[source], size + 1, seed, how=how, cells=count, text=text))
        yield any(found.pair == (source, size) for found in alike.alike(cells(people, seen)))


def table(size: int, classes: int, seen: Seen) -> None:
    """Print the rates of a size of class."""
    pairs = honest_pairs(size, classes, seen)
    print(f"\n{size} trainees, {classes} classes, limits {alike.LIMITS['shape']} and {alike.LIMITS['wording']}")
    print(f"false alarms: {sum(pairs)} of {classes * size * (size - 1) // 2} pairs, "
          f"in {sum(map(bool, pairs))} of {classes} classes")  # fmt: skip
    print("| copied | " + " | ".join(WAYS) + " |\n|---|" + "---|" * len(WAYS))
    for name, taken in COPIED.items():
        rates = [sum(found_copies(size, classes, how, taken, seen)) / classes for how in WAYS]
        print(f"| {name} | " + " | ".join(f"{rate:.0%}" for rate in rates) + " |")


def main() -> None:
    """Print a table for each size, and with --limits for other limits too."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--classes", type=int, default=30)
    parser.add_argument("--sizes", type=int, nargs="+", default=[60, 30])
    parser.add_argument("--limits", action="store_true")
    chosen = parser.parse_args()
    seen = known()
    for shape, wording in LIMITS if chosen.limits else [tuple(alike.LIMITS.values())]:
        alike.LIMITS.update(shape=shape, wording=wording)
        for size in chosen.sizes:
            table(size, chosen.classes, seen)


if __name__ == "__main__":
    main()

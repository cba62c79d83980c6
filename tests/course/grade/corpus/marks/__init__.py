"""Marks for nothing: the interpreter, the shell and the answers are made to lie (kinds 1 to 19)."""

from __future__ import annotations

from corpus.marks import equal, replaced, results, searched, shell

GROUP = [*shell.GROUP, *equal.GROUP, *replaced.GROUP, *results.GROUP, *searched.GROUP]

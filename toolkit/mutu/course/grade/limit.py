"""Outputs kept short, by nbgrader's own rules (LimitOutput, IgnorePattern)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Limits:
    """Lines of printed text and of a traceback; -1 for no limit. `pattern`: text on stderr that is left out."""

    lines: int = 1000
    traceback: int = 100
    pattern: str = ""


def cut(outputs: list[dict[str, Any]], limits: Limits) -> list[dict[str, Any]]:
    """The outputs of a cell, cut."""
    if limits.pattern:
        outputs = [output for output in outputs if not _is_ignored(output, limits.pattern)]
    kept, length = [], 0
    for output in outputs:
        if output["output_type"] == "stream" and limits.lines != -1:
            if length == limits.lines:
                continue
            lines = output["text"].split("\n")
            if len(lines) + length > limits.lines:
                lines = [*lines[: limits.lines - length - 1], "... Output truncated ..."]
            length += len(lines)
            output = {**output, "text": "\n".join(lines)}
        elif output["output_type"] == "error" and limits.traceback != -1:
            output = {**output, "traceback": _traceback(output["traceback"], limits.traceback)}
        kept.append(output)
    return kept


def _is_ignored(output: dict[str, Any], pattern: str) -> bool:
    return output["output_type"] == "stream" and output["name"] == "stderr" and bool(re.search(pattern, output["text"]))


def _traceback(lines: list[str], most: int) -> list[str]:
    if len(lines) <= most:
        return lines
    first = most // 2
    last = most - first - 1
    return [*lines[:first], "... Traceback truncated ...", *lines[-last:]]

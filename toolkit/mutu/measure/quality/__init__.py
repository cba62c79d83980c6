"""Signs of answers that people did not give themselves, for a person to decide; decisions kept, nothing left out alone.

In the literature: careless or insufficient-effort responding, and fabrication (curbstoning).
"""

from mutu.measure.quality.bursts import bursts
from mutu.measure.quality.copies import duplicates, percent_match
from mutu.measure.quality.decisions import Decision, Decisions, decide
from mutu.measure.quality.devices import devices
from mutu.measure.quality.result import Check, Sign
from mutu.measure.quality.scored import Decided, score
from mutu.measure.quality.signs import Signs, signs
from mutu.measure.quality.speed import speeding
from mutu.measure.quality.straight import longstring, straight_lines, variability

__all__ = [
    "Check",
    "Decided",
    "Decision",
    "Decisions",
    "Sign",
    "Signs",
    "bursts",
    "decide",
    "devices",
    "duplicates",
    "longstring",
    "percent_match",
    "score",
    "signs",
    "speeding",
    "straight_lines",
    "variability",
]

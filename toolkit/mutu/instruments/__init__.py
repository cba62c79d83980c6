"""What is asked: instruments as data files, their loader and their scoring."""

from mutu.instruments.load import load, read, slugs
from mutu.instruments.result import AspectResult, AssessmentResult, ItemResult, Step
from mutu.instruments.schema import Instrument
from mutu.instruments.scoring import check_answer, score

__all__ = [
    "AspectResult",
    "AssessmentResult",
    "Instrument",
    "ItemResult",
    "Step",
    "check_answer",
    "load",
    "read",
    "score",
    "slugs",
]

"""The index of satisfaction (IKM) of a survey of public satisfaction (SKM), with what it rests on."""

from mutu.measure.skm.answers import converted
from mutu.measure.skm.compare import Change, SavedResult, SavedUnsur, Step, change, saved
from mutu.measure.skm.grades import GradeChance
from mutu.measure.skm.index import score
from mutu.measure.skm.results import GroupResult, IndexResult, UnsurResult
from mutu.measure.skm.shift import Shift

__all__ = [
    "Change",
    "GradeChance",
    "GroupResult",
    "IndexResult",
    "SavedResult",
    "SavedUnsur",
    "Shift",
    "Step",
    "UnsurResult",
    "change",
    "converted",
    "saved",
    "score",
]

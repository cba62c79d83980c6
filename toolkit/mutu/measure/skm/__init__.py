"""The index of satisfaction (IKM) of a survey of public satisfaction (SKM), with what it rests on."""

from mutu.measure.skm.answers import converted
from mutu.measure.skm.compare import Change, SavedResult, SavedUnsur, Step, change, saved
from mutu.measure.skm.grades import GradeChance
from mutu.measure.skm.index import score
from mutu.measure.skm.results import GroupResult, IndexResult, UnsurResult
from mutu.measure.skm.roll_up import AgencyResult, RolledUp, UnitsResult, agency
from mutu.measure.skm.shift import Shift
from mutu.measure.skm.units import units

__all__ = [
    "AgencyResult",
    "Change",
    "GradeChance",
    "GroupResult",
    "IndexResult",
    "RolledUp",
    "SavedResult",
    "SavedUnsur",
    "Shift",
    "Step",
    "UnitsResult",
    "UnsurResult",
    "agency",
    "change",
    "converted",
    "saved",
    "score",
    "units",
]

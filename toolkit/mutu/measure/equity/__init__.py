"""Who is served how well: concentration along a ranking, gaps and slopes between groups, and what lies inside them."""

from mutu.measure.equity.concentration import (
    ConcentrationIndex,
    concentration_curve,
    concentration_index,
)
from mutu.measure.equity.decomposition import Decomposition, Part, decompose
from mutu.measure.equity.gaps import Gap, Gaps, Group, gaps
from mutu.measure.equity.line import Line
from mutu.measure.equity.ranked import Concentration
from mutu.measure.equity.slope import SlopeIndex, Step, slope_index, slope_of_means

__all__ = [
    "Concentration",
    "ConcentrationIndex",
    "Decomposition",
    "Gap",
    "Gaps",
    "Group",
    "Line",
    "Part",
    "SlopeIndex",
    "Step",
    "concentration_curve",
    "concentration_index",
    "decompose",
    "gaps",
    "slope_index",
    "slope_of_means",
]

"""Who is served how well: concentration along a ranking, and gaps between groups."""

from mutu.measure.equity.concentration import Concentration, ConcentrationIndex, concentration_index
from mutu.measure.equity.gaps import Gap, Gaps, Group, gaps

__all__ = ["Concentration", "ConcentrationIndex", "Gap", "Gaps", "Group", "concentration_index", "gaps"]

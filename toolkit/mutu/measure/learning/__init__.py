"""What trainees learnt, and how good the test was."""

from mutu.measure.learning.crossed import CrossedResult, crossed_gain
from mutu.measure.learning.gain import GainResult, normalised_gain
from mutu.measure.learning.items import ItemResult, ItemsResult, item_analysis, kr20

__all__ = [
    "CrossedResult",
    "GainResult",
    "ItemResult",
    "ItemsResult",
    "crossed_gain",
    "item_analysis",
    "kr20",
    "normalised_gain",
]

"""Which elements move overall satisfaction: proportional odds, with a check of its assumption, and shares of R²."""

from mutu.measure.drivers.importance import Importance, Share, relative_importance
from mutu.measure.drivers.odds import Driver, Odds, proportional_odds
from mutu.measure.drivers.parallel import Brant

__all__ = ["Brant", "Driver", "Importance", "Odds", "Share", "proportional_odds", "relative_importance"]

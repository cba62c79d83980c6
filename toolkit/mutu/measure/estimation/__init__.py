"""From a sample to its population: means, totals and ratios, the bootstrap, weights, and who did not answer."""

from mutu.measure.estimation.estimates import Estimate, Estimates
from mutu.measure.estimation.means import mean, ratio, total
from mutu.measure.estimation.nonresponse import NonResponse, ResponseGroup, nonresponse
from mutu.measure.estimation.raking import poststratify, rake
from mutu.measure.estimation.resampling import BootstrapResult, bootstrap
from mutu.measure.estimation.weights import Margin, Weights

__all__ = [
    "BootstrapResult",
    "Estimate",
    "Estimates",
    "Margin",
    "NonResponse",
    "ResponseGroup",
    "Weights",
    "bootstrap",
    "mean",
    "nonresponse",
    "poststratify",
    "rake",
    "ratio",
    "total",
]

"""How things change over time: control charts, change points, trends, and the same month of the year before."""

from mutu.measure.trend.change import Change, ChangePoints, Stretch, change_points
from mutu.measure.trend.chart import ControlChart, Kind, Point, Signal
from mutu.measure.trend.charts import index_chart, p_chart, u_chart, xmr_chart
from mutu.measure.trend.kendall import MonotonicTrend, mann_kendall, seasonal_mann_kendall
from mutu.measure.trend.periods import Period
from mutu.measure.trend.season import SeasonalComparison, YearOnYear, same_month

__all__ = [
    "Change",
    "ChangePoints",
    "ControlChart",
    "Kind",
    "MonotonicTrend",
    "Period",
    "Point",
    "SeasonalComparison",
    "Signal",
    "Stretch",
    "YearOnYear",
    "change_points",
    "index_chart",
    "mann_kendall",
    "p_chart",
    "same_month",
    "seasonal_mann_kendall",
    "u_chart",
    "xmr_chart",
]

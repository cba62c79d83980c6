"""Who takes part, how far, and what users and providers say: reach, forum, level, score card, report card."""

from mutu.measure.participation.differences import newcombe
from mutu.measure.participation.forum import dissimilarity, representativeness
from mutu.measure.participation.forum_result import Fit, ForumGroup, Representativeness, Seat
from mutu.measure.participation.level import LevelResult, level
from mutu.measure.participation.material import Evidence, Level, Parties, Party, Rubric, parties, rubric
from mutu.measure.participation.reach import Reach, reach
from mutu.measure.participation.report_card import report_card
from mutu.measure.participation.report_result import ASPECTS, Difference, Paid, ReportCard, Share, aspect_name
from mutu.measure.participation.score_card import score_card
from mutu.measure.participation.score_result import Cell, Indicator, ScoreCard, Side, Step

__all__ = [
    "ASPECTS",
    "Cell",
    "Difference",
    "Evidence",
    "Fit",
    "ForumGroup",
    "Indicator",
    "Level",
    "LevelResult",
    "Paid",
    "Parties",
    "Party",
    "Reach",
    "ReportCard",
    "Representativeness",
    "Rubric",
    "ScoreCard",
    "Seat",
    "Share",
    "Side",
    "Step",
    "aspect_name",
    "dissimilarity",
    "level",
    "newcombe",
    "parties",
    "reach",
    "report_card",
    "representativeness",
    "rubric",
    "score_card",
]

"""What a trainer wants to know of a class in five minutes: marks, tasks, mistakes, who needs help, what is alike."""

from mutu.course.outcome.insight.insight import Insight, insight
from mutu.course.outcome.insight.page import page

__all__ = ["Insight", "insight", "page"]

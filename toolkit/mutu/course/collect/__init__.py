"""Notebooks that trainees sent (folder, zip of a learning platform, mails) into nbgrader's folder of submissions."""

from mutu.course.collect.report import Placed, Report
from mutu.course.collect.run import collect

__all__ = ["Placed", "Report", "collect"]

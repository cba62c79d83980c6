"""Notebooks that trainees sent (folder, zip of a learning platform, mails) into nbgrader's folder of submissions."""

from mutu.course.collect.run import Placed, Report, collect

__all__ = ["Placed", "Report", "collect"]

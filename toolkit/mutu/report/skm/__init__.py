"""The report of a public satisfaction survey (SKM): Word, PDF, Excel recap and poster."""

from mutu.report.skm.package import write

__all__ = ["write"]

"""The report: one offline page that shows how good a system is, what it gets wrong, and where."""

from warta.report.page import render_report

__all__ = ["render_report"]

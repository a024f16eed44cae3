"""The tables for people: of a report, and of a comparison."""

from azstance.render.comparison_table import comparison
from azstance.render.report_table import report

__all__ = ["comparison", "report"]

"""The tables for people: of a report, of a comparison and of a timeline."""

from azstance.render.comparison_table import comparison
from azstance.render.report_table import report
from azstance.render.timeline_table import timeline

__all__ = ["comparison", "report", "timeline"]

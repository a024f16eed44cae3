"""Markdown with tables as GitHub shows them, for a pull request, an issue or a notebook."""

from __future__ import annotations

from azstance.render.comparison_markdown import comparison
from azstance.render.report_markdown import report
from azstance.render.timeline_markdown import timeline

__all__ = ["comparison", "report", "timeline"]

"""The report as one page that needs nothing else: no server, no network, no other file."""

from azstance.render.page.document import LARGEST, page_text

__all__ = ["LARGEST", "page_text"]

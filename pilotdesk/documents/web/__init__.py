"""A document as one plain web page that any browser opens, now and in ten years.

No script, no address, no font and no picture from elsewhere: the style stands in the page, and the page's own policy
forbids everything else. Made from the same outline as Word and PDF, and read back before it is kept.
"""

from __future__ import annotations

from pilotdesk.documents.web.markup import document_markup
from pilotdesk.documents.web.page import page
from pilotdesk.documents.web.reading import missing_answers

__all__ = ["document_markup", "missing_answers", "page"]

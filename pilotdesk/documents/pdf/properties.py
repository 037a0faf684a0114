"""What a PDF says of itself: title and unit for people, identity and whole texts for reading it back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFInfo, PDFString

from pilotdesk.documents.digest import canonical
from pilotdesk.documents.identity import identity_of, to_properties
from pilotdesk.documents.pdf.reading import is_told_by_words

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.documents.blocks import Outline


class FileProperties(PDFInfo):
    """The document information. No dates: they would differ from export to export."""

    def __init__(self, words: Mapping[str, str]) -> None:
        super().__init__()
        self.title = words["Title"]
        self._words = {**words, "Creator": "PilotDesk", "Producer": "PilotDesk"}

    @classmethod
    def of_outline(cls, outline: Outline) -> FileProperties:
        """The properties of a printed outline."""
        identity = identity_of(outline)
        words = {
            "Title": identity.title,
            "Author": outline.unit,
            "Subject": outline.title,
            "Keywords": outline.token,
        }
        return cls({**words, **to_properties(identity)})

    def format(self, document: Any) -> bytes:  # noqa: ANN401
        """The dictionary as it stands in the file."""
        content: bytes = PDFDictionary({name: PDFString(text) for name, text in self._words.items()}).format(
            document
        )
        return content


def whole_texts(outline: Outline) -> dict[str, str]:
    """Path to canonical text of the answers that their visible words do not give back.

    A letter and what it is canonically may be two characters, of which the fonts have one: both have to be told by words.
    """
    texts = ((answer.path, answer.text, canonical(answer.text)) for answer in outline.printed)
    return {
        path: seen
        for path, text, seen in texts
        if not (is_told_by_words(seen) and (text == seen or is_told_by_words(text)))
    }

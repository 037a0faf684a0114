"""Document properties of the desk's Word files: title and bureau. No dates, so that the same paper gives the same bytes."""

from __future__ import annotations

from xml.sax.saxutils import escape

from pilotdesk.documents.word.markup import DECLARATION, printable


def core_of(title: str, bureau: str) -> str:
    """The whole of ``docProps/core.xml``."""
    words = (("dc:title", title), ("dc:creator", bureau), ("dc:language", "zh-CN"))
    entries = "".join(f"<{tag}>{escape(printable(text))}</{tag}>" for tag, text in words)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{entries}</cp:coreProperties>'
    )


def app_of(bureau: str) -> str:
    """The whole of ``docProps/app.xml``."""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"<Application>PilotDesk</Application><Company>{escape(printable(bureau))}</Company></Properties>"
    )

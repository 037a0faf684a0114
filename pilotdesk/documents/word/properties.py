"""Settings and document properties: who the file belongs to travels with it.

Identity stands in custom document properties, which survive every word processor; nothing in the file tells
a time, so that the same outline gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.word.markup import DECLARATION, NAMESPACES, attribute, escape, printable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.documents.blocks import Outline

_CUSTOM_FORMAT: Final = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"


def settings_part() -> str:
    """The whole of ``word/settings.xml``. No ``updateFields``: Word would ask the user about it at every opening."""
    compat = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in (
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        )
    )
    return (
        f'{DECLARATION}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="420"/>'
        '<w:evenAndOddHeaders/><w:characterSpacingControl w:val="compressPunctuation"/>'
        f'<w:compat>{compat}</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/>'
        '<w:decimalSymbol w:val="."/><w:listSeparator w:val=","/></w:settings>'
    )


def custom_part(properties: Mapping[str, str]) -> str:
    """The whole of ``docProps/custom.xml``."""
    entries = "".join(
        f'<property fmtid="{_CUSTOM_FORMAT}" pid="{number}" name="{attribute(name)}">'
        f"<vt:lpwstr>{escape(printable(text))}</vt:lpwstr></property>"
        for number, (name, text) in enumerate(properties.items(), start=2)
    )
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"'
        f' xmlns:vt="http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes">{entries}</Properties>'
    )


def core_part(outline: Outline) -> str:
    """The whole of ``docProps/core.xml``: title, unit, state. No dates: they would differ from export to export."""
    words = (
        ("dc:title", f"{outline.project} {outline.title}".strip()),
        ("dc:creator", outline.unit),
        ("cp:keywords", outline.token),
        ("dc:identifier", outline.token),
        ("dc:language", "zh-CN"),
        ("cp:contentStatus", outline.mark or "正式"),
        ("cp:revision", str(max(1, outline.revision))),
        ("cp:category", outline.title),
    )
    entries = "".join(f"<{tag}>{escape(printable(text))}</{tag}>" for tag, text in words)
    return (
        f'{DECLARATION}<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties"'
        f' xmlns:dc="http://purl.org/dc/elements/1.1/">{entries}</cp:coreProperties>'
    )


def app_part(outline: Outline, pages: int | None) -> str:
    """The whole of ``docProps/app.xml``. ``pages`` is the number of numbered pages, ``None`` when unknown."""
    count = f"<Pages>{pages}</Pages>" if pages is not None else ""
    return (
        f'{DECLARATION}<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        f"{count}<Application>PilotDesk</Application><Company>{escape(printable(outline.unit))}</Company></Properties>"
    )

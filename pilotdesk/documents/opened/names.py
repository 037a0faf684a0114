"""Names of WordprocessingML elements, and walking them as a reader sees the document.

What a reader does not see is left out: deleted and moved-away text, the copy of a text box for old programs. Wrappers that only
say something about their content (content controls, insertions, smart tags) are walked through.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from lxml.etree import _Element

W: Final = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14: Final = "{http://schemas.microsoft.com/office/word/2010/wordml}"
MC: Final = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
XML_SPACE: Final = "{http://www.w3.org/XML/1998/namespace}space"

P, R, T, TBL, TR, TC = (f"{W}{name}" for name in ("p", "r", "t", "tbl", "tr", "tc"))
SDT: Final = f"{W}sdt"
BOX: Final = f"{W}txbxContent"
ALTERNATIVES: Final = f"{MC}AlternateContent"
CHOICE: Final = f"{MC}Choice"
FALLBACK: Final = f"{MC}Fallback"

GONE: Final = frozenset({f"{W}del", f"{W}moveFrom"})
"""Wrappers of text that was taken out with tracked changes."""

WRAPPERS: Final = frozenset(
    {SDT} | {f"{W}{name}" for name in ("sdtContent", "ins", "moveTo", "smartTag", "customXml", "dir", "bdo")}
)
"""Elements between a table, row, cell or paragraph and its own parts."""


def value_of(element: _Element | None, default: str = "") -> str:
    """The ``w:val`` of an element; ``default`` when there is no element or no value."""
    return default if element is None else element.get(f"{W}val", default)


def is_on(element: _Element | None) -> bool:
    """Whether a switch like ``<w:b/>`` is there and not turned off."""
    return element is not None and value_of(element, "1") not in {"0", "false", "off"}


def own(parent: _Element, *tags: str) -> Iterator[_Element]:
    """The children of these tags in order, those inside wrappers too."""
    for child in parent:
        if child.tag in tags:
            yield child
        elif child.tag in WRAPPERS:
            yield from own(child, *tags)


def seen(element: _Element) -> Iterator[_Element]:
    """Everything below an element in order, as a reader sees it: no deleted text, of alternatives only the first."""
    for child in element:
        if child.tag in GONE:
            continue
        yield child
        if child.tag == ALTERNATIVES:
            yield from seen(_alternative(child))
        else:
            yield from seen(child)


def _alternative(element: _Element) -> _Element:
    choice = element.find(CHOICE)
    return next(iter(element.findall(FALLBACK)), element) if choice is None else choice

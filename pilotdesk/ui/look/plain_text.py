"""Foreign words as they stand: Qt takes a text with tags for HTML, and such words would then choose their own pictures."""

from __future__ import annotations


def escaped(text: str) -> str:
    """Text as it stands in rich text. The library's ``escape`` would load all entities of HTML at start."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def plain_tip(text: str) -> str:
    """A text for a tooltip that is shown sign by sign.

    An answer such as ``<img src="//host/x.png">`` in somebody's file would otherwise have this computer ask that host as soon
    as the mouse rests on it.

    Args:
        text: any words; line breaks stay.
    """
    return f'<p style="white-space:pre-wrap">{escaped(text)}</p>' if "<" in text else text

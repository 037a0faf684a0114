"""How changed characters look, wherever two texts are compared: history, files that are verified, an edited Word file."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pilotdesk.ui.look.tokens import Palette


def mark_styles(palette: Palette) -> dict[str, str]:
    """Kind of a piece (``come``, ``gone``) to its style in rich text; the lines tell them apart without colours too."""
    came, gone = f"color:{palette.ok}", f"color:{palette.error}"
    if not palette.outlined:
        came += f";background-color:{palette.ok_bg}"
        gone += f";background-color:{palette.error_bg}"
    return {"come": f"{came};text-decoration:underline", "gone": f"{gone};text-decoration:line-through"}

"""Pictures without a screen: pages of a draft, the province's desk, and the main job from form to files in one go."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from pilotdesk.clock import SYSTEM_CLOCK

if TYPE_CHECKING:
    from pathlib import Path

    from pilotdesk.drafts.package import Package


def save_shot(
    package: Package, page: str, target: Path, *, size: tuple[int, int], theme: str, text: str, scale: float
) -> None:
    """Draw one page of a package into a PNG, without a screen.

    Args:
        package: what was read of a ``.pilot`` file.
        page: see :class:`pilotdesk.ui.window.shots.Studio`.
        target: the PNG.
        size: client area in logical px.
        theme: ``light``, ``dark`` or ``contrast``.
        text: ``standard``, ``large`` or ``extra``.
        scale: device px a logical px.

    Raises:
        PilotDeskError: ``page_unknown``.
        ExportError: the picture cannot be written.
    """
    from pilotdesk.ui.window.shots import ShotStyle, draw_page

    style = ShotStyle(width=size[0], height=size[1], theme=theme, text=text, scale=scale)
    draw_page(package, page, target, clock=SYSTEM_CLOCK, style=style)


def save_desk_shot(
    desk: Path, number: int, target: Path, *, size: tuple[int, int], theme: str, text: str, scale: float
) -> None:
    """Draw a province's desk into a PNG, without a screen.

    Args:
        desk: its file.
        number: 编号 of the submission that is looked at; 0 for none.
        target: the PNG.
        size: client area in logical px.
        theme: ``light``, ``dark`` or ``contrast``.
        text: ``standard``, ``large`` or ``extra``.
        scale: device px a logical px.

    Raises:
        DeskError: the file cannot be read.
        ExportError: the picture cannot be written.
    """
    from pilotdesk.ui.desk.shots import draw_desk
    from pilotdesk.ui.window.shots import ShotStyle

    style = ShotStyle(width=size[0], height=size[1], theme=theme, text=text, scale=scale)
    draw_desk(desk, number, target, clock=SYSTEM_CLOCK, style=style)


def run_demo(out: Path) -> tuple[list[Path], list[Path]]:
    """The main job without a screen: the sample exported to Word and PDF, and a picture of every page.

    Returns:
        The two documents and the pictures, in order of the pages.

    Raises:
        ExportError: ``out`` cannot be written.
    """
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from pilotdesk.projects import export_session, sample_package, session_of_package
    from pilotdesk.ui.window.shots import ShotStyle, Studio

    package = sample_package()
    result = export_session(session_of_package(package, SYSTEM_CLOCK.today()), out)
    studio = Studio(package, SYSTEM_CLOCK, ShotStyle())
    pictures = []
    try:
        for number, name in enumerate(studio.page_names()):
            pictures.append(out / f"{number:02d}-{name}.png")
            studio.draw(name, pictures[-1])
    finally:
        studio.close()
    return [file.path for file in result.files], pictures

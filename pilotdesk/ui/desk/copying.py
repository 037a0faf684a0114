"""Copies of the whole desk: its file, and its views as one Excel file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.ui.dialogs.file_asking import save_name

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from pilotdesk.review.outputs.storing import Stored
    from pilotdesk.ui.desk.office import Office
    from pilotdesk.ui.tasks.worker import Progress


def ask_copy_target(parent: QWidget, office: Office) -> Path | None:
    """Ask where the copy goes; ``None`` when it was left."""
    name = f"{office.sitting.desk.path.stem}_{office.clock.today():%Y%m%d}副本.db"
    return _asked(parent, "存一份副本", office.folder / name, "审核台文件 (*.db)")


def ask_tables_target(parent: QWidget, office: Office) -> Path | None:
    """Ask where the Excel file goes; ``None`` when it was left."""
    name = f"{office.sitting.desk.path.stem}_{office.clock.today():%Y%m%d}.xlsx"
    return _asked(parent, "全部数据存成 Excel", office.folder / name, "Excel 文件 (*.xlsx)")


def copy_order(office: Office, target: Path) -> Callable[[Progress], Stored]:
    """Makes the copy on the thread."""
    path = office.sitting.desk.path

    def work(progress: Progress) -> Stored:
        from pilotdesk.review.desk.looking import desk_looked_at
        from pilotdesk.review.outputs.storing import Stored

        progress(0, 1)
        with desk_looked_at(path) as desk:
            desk.copy_to(target)
        return Stored(target.parent, (target,))

    return work


def tables_order(office: Office, target: Path) -> Callable[[Progress], Stored]:
    """Makes the Excel file on the thread."""
    path = office.sitting.desk.path

    def work(progress: Progress) -> Stored:
        from pilotdesk.review.desk.looking import desk_looked_at
        from pilotdesk.review.outputs.storing import store_papers
        from pilotdesk.review.outputs.views_book import views_book

        progress(0, 1)
        with desk_looked_at(path) as desk:
            content = views_book(desk)
        progress(0, 1)
        return store_papers(target.parent, {target.name: content})

    return work


def _asked(parent: QWidget, title: str, suggestion: Path, kinds: str) -> Path | None:
    """A path with the ending of the suggestion, whatever was typed."""
    name = save_name(parent, title, str(suggestion), kinds)
    ending = suggestion.suffix
    return Path(name if name.endswith(ending) else f"{name}{ending}") if name else None

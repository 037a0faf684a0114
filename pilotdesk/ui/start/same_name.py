"""A new project that is called like one that is there already: one asks which is meant."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from pilotdesk.forms.folding import half_width
from pilotdesk.ui.dialogs.asking import ask_choice
from pilotdesk.ui.start.project_card import local_words

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from pilotdesk.projects.overview import Overview, Overviews
    from pilotdesk.projects.shelf import NewProject
    from pilotdesk.ui.look.theme import Look


class SameName(Enum):
    """What was meant: something else is typed, another project, the one that is there."""

    OTHERWISE = 0
    ANOTHER = 1
    GO_ON = 2


def same_project(projects: Overviews, wanted: NewProject) -> Overview | None:
    """The project of this name, unit and round; ``None`` where there is none. Who has not typed a unit may mean any."""
    if not wanted.name:
        return None
    for project in projects.practice(False):
        units = {_folded(project.unit), _folded(wanted.unit)} - {""}
        same_round = project.latest.round == wanted.round
        if same_round and _folded(project.title) == _folded(wanted.name) and len(units) < 2:
            return project
    return None


def ask_same_name(parent: QWidget, look: Look, project: Overview) -> SameName:
    """Ask which one is meant; Esc goes back to what was typed."""
    unit = f"，承担单位是{project.unit}" if project.unit else ""
    when = local_words(project.latest.updated, project.line.today)
    chosen = ask_choice(
        parent, look, "已经有一个同名的项目",
        f"“{project.title}”{unit}，上次改动 {when}。接着填那一个，还是另建一个？另建的从空白开始，那一个不动。",
        actions=("改名称", "另建一个", "打开那一个"),
    )  # fmt: skip
    return SameName(max(0, chosen))


def _folded(text: str) -> str:
    return "".join(half_width(text).split()).lower()

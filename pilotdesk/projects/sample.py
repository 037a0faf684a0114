"""The practice sample: a fictional unit whose project has all its forms filled in, from the application to the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.shipped import load_shipped
from pilotdesk.paths import resources_dir
from pilotdesk.projects import CURRENT_ROUND, new_package
from pilotdesk.projects.life import FORMS_IN_ORDER

if TYPE_CHECKING:
    from pilotdesk.drafts.package import Package

FOLDER_NAME = "sample"


def sample_project(last: str = FORMS_IN_ORDER[-1]) -> tuple[Package, ...]:
    """The drafts of the sample in the order of its life, each beginning with what those before it carry into it.

    Args:
        last: the form to stop at, for those who do not need all of them.

    Raises:
        ValueError: there is no such form.
    """
    pack, folder = load_shipped(CURRENT_ROUND), resources_dir() / FOLDER_NAME
    made: list[Package] = []
    for name in FORMS_IN_ORDER[: FORMS_IN_ORDER.index(last) + 1]:
        made.append(new_package(pack, name, folder / f"{name}.json", practice=True, given=made))
    return tuple(made)

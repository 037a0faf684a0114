"""One editor for every field type."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.ui.editors_attachment import AttachmentEditor
from pilotdesk.ui.editors_choice import ChoiceEditor
from pilotdesk.ui.editors_fixed import SignatureEditor, StatementEditor
from pilotdesk.ui.editors_line import CarriedEditor, LineEditor, PickedLineEditor
from pilotdesk.ui.editors_longtext import LongTextEditor
from pilotdesk.ui.editors_person import PersonEditor
from pilotdesk.ui.editors_region import RegionEditor
from pilotdesk.ui.editors_ticks import DependentChoiceEditor, MultiChoiceEditor
from pilotdesk.ui.table_editor import TableEditor
from pilotdesk.ui.tree_editor import TreeEditor

if TYPE_CHECKING:
    from pilotdesk.ui.editors_base import FieldEditor, Place

EDITORS: Final[dict[str, type[FieldEditor]]] = {
    "text": LineEditor,
    "longtext": LongTextEditor,
    "integer": LineEditor,
    "decimal": LineEditor,
    "date": PickedLineEditor,
    "month": PickedLineEditor,
    "month_range": PickedLineEditor,
    "choice": ChoiceEditor,
    "multi_choice": MultiChoiceEditor,
    "dependent_choice": DependentChoiceEditor,
    "region": RegionEditor,
    "person": PersonEditor,
    "table": TableEditor,
    "tree": TreeEditor,
    "attachment": AttachmentEditor,
    "statement": StatementEditor,
    "signature": SignatureEditor,
    "calculated": CarriedEditor,
}
"""Field type to editor; the lint of a pack knows the same types."""


def make_editor(place: Place) -> FieldEditor:
    """The editor of a path: by type, unless the answer is worked out (tables keep their table)."""
    field = place.field
    if field.calculation and field.type not in {"table", "tree"}:
        return CarriedEditor(place)
    return EDITORS[field.type](place)

"""One editor for every field type; each kind is imported with the first field of it that is shown."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

    from pilotdesk.ui.editors.base import FieldEditor, Place


def _line(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.line import LineEditor

    return LineEditor(place)


def _picked_line(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.line import PickedLineEditor

    return PickedLineEditor(place)


def _carried(place: Place) -> FieldEditor:
    if place.field.width == "full":
        from pilotdesk.ui.editors.result import ResultEditor

        return ResultEditor(place)
    from pilotdesk.ui.editors.line import CarriedEditor

    return CarriedEditor(place)


def _long_text(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.longtext import LongTextEditor

    return LongTextEditor(place)


def _choice(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.choice import ChoiceEditor

    return ChoiceEditor(place)


def _multi_choice(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.ticks import MultiChoiceEditor

    return MultiChoiceEditor(place)


def _dependent_choice(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.ticks import DependentChoiceEditor

    return DependentChoiceEditor(place)


def _region(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.region import RegionEditor

    return RegionEditor(place)


def _person(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.person import PersonEditor

    return PersonEditor(place)


def _table(place: Place) -> FieldEditor:
    if place.path == place.session.form.head.ledger:
        from pilotdesk.ui.evidence.ledger import LedgerEditor

        return LedgerEditor(place)
    from pilotdesk.ui.tables.editor import TableEditor

    return TableEditor(place)


def _tree(place: Place) -> FieldEditor:
    from pilotdesk.ui.trees.editor import TreeEditor

    return TreeEditor(place)


def _attachment(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.attachment import AttachmentEditor

    return AttachmentEditor(place)


def _evidence(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.evidence import EvidenceEditor

    return EvidenceEditor(place)


def _statement(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.fixed import StatementEditor

    return StatementEditor(place)


def _signature(place: Place) -> FieldEditor:
    from pilotdesk.ui.editors.fixed import SignatureEditor

    return SignatureEditor(place)


EDITORS: Final[dict[str, Callable[[Place], FieldEditor]]] = {
    "text": _line,
    "longtext": _long_text,
    "integer": _line,
    "decimal": _line,
    "date": _picked_line,
    "month": _picked_line,
    "month_range": _picked_line,
    "choice": _choice,
    "multi_choice": _multi_choice,
    "dependent_choice": _dependent_choice,
    "region": _region,
    "person": _person,
    "table": _table,
    "tree": _tree,
    "attachment": _attachment,
    "evidence": _evidence,
    "statement": _statement,
    "signature": _signature,
    "calculated": _carried,
}
"""Field type to what makes its editor; the lint of a pack knows the same types."""


KEPT_WHOLE: Final = frozenset({"table", "tree", "person", "attachment", "statement", "signature"})
"""Types whose answer is not one text that a line could show."""


def make_editor(place: Place) -> FieldEditor:
    """The editor of a path: by type, unless the answer is worked out or fixed (tables keep their table)."""
    field = place.field
    if (field.calculation or field.fixed) and field.type not in KEPT_WHOLE:
        return _carried(place)
    return EDITORS[field.type](place)

"""What is named on a command line and must be there: a form of a pack, parts (steps) of a form."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.errors import PackageError, PackError

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form, FormPack


def form_named(pack: FormPack, name: str) -> Form:
    """The form of a pack.

    Raises:
        PackError: ``form_unknown`` (name, known).
    """
    if name not in pack.forms:
        raise PackError("form_unknown", name=name, known="、".join(pack.forms))
    return pack.forms[name]


def parts_named(form: Form, text: str) -> tuple[str, ...]:
    """The parts in ``a,b``, each once in the order in which they are written; none for an empty text.

    Raises:
        PackageError: ``share_part_unknown`` (name, known).
    """
    known = [step.name for step in form.steps]
    parts = tuple(dict.fromkeys(name.strip() for name in text.split(",") if name.strip()))
    for name in parts:
        if name not in known:
            raise PackageError("share_part_unknown", name=name, known="、".join(known))
    return parts

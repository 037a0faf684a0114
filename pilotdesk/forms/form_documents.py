"""The documents of a form: one for most, several where the form says so (自评表, 自评报告, 佐证材料目录)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.model import Document

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form, Step


def documents_of(form: Form) -> tuple[Document, ...]:
    """The documents that a form prints, at least one.

    A form that names none has one without a name: its own title and notes, its step without a number as the cover.
    """
    if form.head.document:
        return form.head.document
    cover = next((step.name for step in form.steps if not step.number), "")
    head = form.head
    return (
        Document(name="", title=head.title, short=head.short, cover=cover, contents=True, notes=head.notes),
    )


def document_of(form: Form, name: str) -> Document:
    """One document by its name; the first for an empty one.

    Raises:
        KeyError: the form has no such document.
    """
    documents = documents_of(form)
    if not name:
        return documents[0]
    for document in documents:
        if document.name == name:
            return document
    raise KeyError(name)


def steps_of(form: Form, document: Document) -> tuple[Step, ...]:
    """The parts printed in a document, in the form's order; its cover is not among them."""
    first = documents_of(form)[0].name
    return tuple(
        step
        for step in form.steps
        if (step.document or first) == document.name and step.name != document.cover
    )

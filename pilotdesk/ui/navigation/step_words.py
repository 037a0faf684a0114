"""What a step is called where it does not stand by itself: in lists, in the footer, above its page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pilotdesk.forms.form_documents import document_of, documents_of

if TYPE_CHECKING:
    from pilotdesk.forms.model import Form, Step


def short_name(step: Step) -> str:
    """``二 任务和目标``; without a number the name alone."""
    return f"{step.number} {step.short or step.label}".strip()


def document_name(form: Form, step: Step) -> str:
    """The document that a step is printed in, ``自评报告``; empty in a form that prints only one.

    The parts of each document are counted from 一, so that the number alone does not say where one is.
    """
    return document_of(form, step.document).short if len(documents_of(form)) > 1 else ""


def full_name(form: Form, step: Step, *, beside: Step | None = None) -> str:
    """``自评报告 · 二 任务和目标``.

    Args:
        form: the form.
        step: one of its steps.
        beside: the step that one is at; its document goes without saying.
    """
    document = document_name(form, step)
    known = beside is not None and document_name(form, beside) == document
    return " · ".join(filter(None, ("" if known else document, short_name(step))))

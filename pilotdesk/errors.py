"""Expected trouble: one exception tree with stable codes.

A :class:`PilotDeskError` is something that happens to a good program on a bad day: a full disk, a file
that is open in Word, a damaged package. Its Chinese sentence comes from :mod:`pilotdesk.messages`.
Everything else is a bug and rises to the crash hook.
"""

from __future__ import annotations


class PilotDeskError(Exception):
    """Base of all expected trouble.

    Args:
        code: stable code, a key of :data:`pilotdesk.messages.SENTENCES`.
        context: words for the sentence (paths, names); never answer text.
    """

    def __init__(self, code: str, **context: object) -> None:
        self.code = code
        self.context = context
        super().__init__(code)

    def __str__(self) -> str:
        from pilotdesk.messages import sentence

        return sentence(self.code, **self.context)


class PackError(PilotDeskError):
    """A pack that cannot be read; ``context["mistakes"]`` lists all mistakes, one line each."""


class UpdateError(PilotDeskError):
    """An update or a key that is not taken: unsigned, changed, unknown, not newer; or that cannot be made."""


class AnswersError(PilotDeskError):
    """An answers file that does not fit the form."""


class PackageError(PilotDeskError):
    """A ``.pilot`` package that is damaged, foreign or too new."""


class StoreError(PilotDeskError):
    """The drafts database cannot be opened or written."""


class DeskError(StoreError):
    """The file of the province's desk cannot be opened or written, or does not have what is asked of it."""


class AttachmentError(PilotDeskError):
    """A file that cannot be attached: of another kind, broken, locked or too large."""


class ExportError(PilotDeskError):
    """A document that cannot be written, or that read back differently."""

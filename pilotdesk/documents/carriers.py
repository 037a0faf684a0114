"""A Word file or PDF as a carrier of answers: which document it says it is, what stands in it, and whether that agrees.

Nothing here needs the form or the draft. A file is *unchanged* when the 校验码 of what stands in it now is the one that
it was written with; a Word file tells in addition which of its answers were changed, for every one left a fingerprint.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.digest import canonical, check_code, fingerprint
from pilotdesk.documents.identity import Identity, from_properties, paper_title, unpack_fingerprints
from pilotdesk.errors import PackageError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

WORD: Final = "docx"
PDF: Final = "pdf"
KINDS: Final = (WORD, PDF)
WORD_LIKE: Final = frozenset({"docx", "docm", "doc", "wps", "wpt"})
"""Endings of files that Word or WPS can make a .docx of: they are refused with the way to do so."""


class Carrier(Record, frozen=True, kw_only=True):
    """One file that holds answers.

    Attributes:
        kind: ``docx`` or ``pdf``. file_name: without its folder.
        identity: what it says it is.
        answers: path to canonical text, in the order of the document; answers that print nothing are not in it.
        digest: the 校验码 of what stands in it now.
        changed: paths whose words are not those it was written with, gone ones among them. Of a Word file all of them; of a
            PDF those whose visible words differ from what the file tells a reader of them.
    """

    kind: str
    file_name: str
    identity: Identity
    answers: Mapping[str, str]
    digest: str
    changed: tuple[str, ...]

    @property
    def unchanged(self) -> bool:
        """Whether it holds exactly the answers that it was written with."""
        return self.digest == self.identity.digest


def read_carrier(path: Path) -> Carrier:
    """A Word file or PDF that PilotDesk wrote, told apart by its ending.

    Raises:
        PackageError: ``docx_missing``, ``docx_foreign`` and those of
            :func:`pilotdesk.documents.opened.guarding.guarded_docx`; ``pdf_foreign``, ``pdf_encrypted``, ``pdf_too_much``;
            ``carrier_kind`` for any other ending; ``carrier_paper`` for a paper of ours that is no document of a form.
        ExportError: ``pdf_unreadable``.
    """
    kind = path.suffix.lower().removeprefix(".")
    if kind in WORD_LIKE:
        return _word(path)
    if kind == PDF:
        return _pdf(path)
    raise PackageError("carrier_kind", name=path.name)


def _word(path: Path) -> Carrier:
    from pilotdesk.documents.readback import read_word

    word = read_word(path)
    identity = from_properties(word.properties)
    if identity is None:
        raise _foreign("docx_foreign", path, word.properties)
    written = dict(zip(word.listed, unpack_fingerprints(word.properties), strict=False))
    changed = (
        listed for listed in word.listed if written.get(listed) != fingerprint(word.answers.get(listed, ""))
    )
    return _carrier(WORD, path, identity, word.answers, tuple(changed))


def _pdf(path: Path) -> Carrier:
    from pilotdesk.documents.pdf.guarding import guard_pdf
    from pilotdesk.documents.pdf.reading import answers_in, read_pdf_text

    text = read_pdf_text(path, most_pages=guard_pdf(path), whole_pages=False)
    identity = from_properties(text.properties)
    if identity is None:
        raise _foreign("pdf_foreign", path, text.properties)
    answers = answers_in(text)
    changed = tuple(told for told, words in text.whole.items() if answers.get(told) != words)
    return _carrier(PDF, path, identity, answers, changed)


def _foreign(code: str, path: Path, properties: Mapping[str, str]) -> PackageError:
    title = paper_title(properties)
    return PackageError("carrier_paper" if title else code, name=path.name, title=title)


def read_paper(path: Path) -> Mapping[str, str]:
    """What stands in a paper that :func:`read_carrier` refuses with ``carrier_paper``: anchor to text.

    Raises:
        PackageError, ExportError: as :func:`read_carrier`.
    """
    if path.suffix.lower() == f".{PDF}":
        from pilotdesk.documents.pdf.guarding import guard_pdf
        from pilotdesk.documents.pdf.reading import answers_in, read_pdf_text

        return answers_in(read_pdf_text(path, most_pages=guard_pdf(path), whole_pages=False))
    from pilotdesk.documents.readback import read_word

    return read_word(path).answers


def _carrier(
    kind: str, path: Path, identity: Identity, found: Mapping[str, str], changed: tuple[str, ...]
) -> Carrier:
    answers = {listed: seen for listed, text in found.items() if (seen := canonical(text))}
    return Carrier(
        kind=kind,
        file_name=path.name,
        identity=identity,
        answers=answers,
        digest=check_code(answers, pack=identity.pack, attachments=identity.attachments),
        changed=changed,
    )

"""A unit's answers as the files that it hands in: package, Word, PDF, and a Word form of another layout."""

from __future__ import annotations

import hashlib
import tempfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from pilotdesk.documents.export import export_documents
from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.installed import mapping_for
from pilotdesk.documents.filling.saving import save_filled
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.drafts.package import Package, write_package
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.answers_file import begun_values, read_answers
from pilotdesk.forms.codecs import codec_for
from pilotdesk.forms.installed import current_folder
from pilotdesk.forms.regions import region_label
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.projects import outlines_of
from pilotdesk.record import MutableRecord
from pilotdesk.review.records import Facts
from pilotdesk.session import Session
from tests.province.answers import TODAY
from tests.province.truth import FORM, ROUND

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.forms.values import Attachment, Value

TEMPLATES = Path(__file__).parent.parent / "data" / "templates"
LAYOUTS = (
    "03-merged-both-ways", "08-cover-lines", "21-science-project-style", "27-label-and-value-in-one-cell", "02-six-columns",
)  # fmt: skip
"""Forms with room for the name of the unit and of the project."""


class Draft(MutableRecord):
    """What a unit has in its program.

    Attributes:
        number: of the unit. answers: as an answers file has them. files: name to attachment and content.
        revision: of the final version that was printed last. practice: whether it calls itself the sample.
        form_version: that it was written for; ``None`` for the one installed. project: tells two projects of a unit apart.
    """

    number: int
    answers: dict[str, Any]
    files: dict[str, tuple[Attachment, bytes]]
    revision: int = 1
    practice: bool = False
    form_version: int | None = None
    project: str = ""


def pack() -> FormPack:
    """The pack of the round."""
    return load_shipped(ROUND)


def form() -> Form:
    """The application."""
    return pack().forms[FORM]


def values_of(draft: Draft) -> dict[str, Value]:
    """Path to value of a new draft with these answers."""
    return begun_values(
        form(), read_answers(form(), draft.answers, attachment=lambda name: draft.files[name][0])
    )


def package_of(draft: Draft) -> Package:
    """What goes into its ``.pilot`` file."""
    return Package(
        round=ROUND,
        form=FORM,
        form_version=form().head.version if draft.form_version is None else draft.form_version,
        pack_digest=pack().digest,
        values=values_of(draft),
        files={attached.sha256: content for attached, content in draft.files.values()},
        revision=draft.revision,
        practice=draft.practice,
    )


def package_bytes(package: Package, password: str | None = None) -> bytes:
    """The ``.pilot`` file; with a password not the same bytes every time."""
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "made.pilot"
        write_package(package, target, password)
        return target.read_bytes()


def session_of(draft: Draft) -> Session:
    """A session, with the identity that the exports print."""
    identity = Snapshot(
        values={}, accepted={}, revision=draft.revision - 1, practice=draft.practice,
        project_id="p_" + hashlib.sha256(f"project {draft.number}{draft.project}".encode()).hexdigest()[:24],
    )  # fmt: skip
    return Session(pack(), FORM, values_of(draft), today=TODAY, identity=identity)


class Papers(MutableRecord):
    """Exported documents: ``docx`` and ``pdf`` to their bytes, and the 校验码; empty for a draft print."""

    content: dict[str, bytes]
    code: str = ""


def papers_of(draft: Draft, *, final: bool = True, cache_in: Path | None = None) -> Papers:
    """Word and PDF of a draft, final whatever the checks say: people find ways to hand in what is not right."""
    kept = cache_in / _key(draft, final=final) if cache_in else None
    if kept and kept.exists():
        return msgspec.msgpack.decode(kept.read_bytes(), type=Papers)
    files = {attached.sha256: content for attached, content in draft.files.values()}
    with tempfile.TemporaryDirectory() as folder:
        outlines = outlines_of(session_of(draft), draft=not final)
        result = export_documents(outlines, Path(folder), content=lambda sha256: files[sha256])
        content = {one.kind: one.path.read_bytes() for one in result.files[:2]}
    papers = Papers(content, next((code for _, code in result.check_codes), ""))
    if kept:
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(msgspec.msgpack.encode(papers))
    return papers


def _key(draft: Draft, *, final: bool) -> str:
    told = repr((draft.number, draft.project, draft.answers, draft.revision, draft.practice, final))
    return hashlib.sha256(told.encode()).hexdigest()


@cache
def _aliases() -> Any:
    return read_aliases(current_folder(ROUND), FORM)


def foreign_form(draft: Draft) -> tuple[bytes, tuple[str, ...]]:
    """A Word form of another layout with the answers in it, and which paths it has.

    Nothing in the file says that PilotDesk has filled it.
    """
    template = TEMPLATES / f"{LAYOUTS[draft.number % len(LAYOUTS)]}.docx"
    session = session_of(draft)
    opened = OpenedDocx.open(template)
    mapping = mapping_for(opened, form(), round_name=ROUND, today=TODAY)
    filled = fill(opened, mapping, form(), session.freeze(), _aliases())
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "filled.docx"
        save_filled(opened, filled, target)
        content = target.read_bytes()
    return content, tuple(dict.fromkeys(one.path for one in filled.placed))


def facts_of(values: Mapping[str, Value]) -> Facts:
    """What the desk must show of these answers."""

    def told(name: str) -> str:
        owner, _, part = name.partition(".")
        asked = form().fields[owner]
        asked = next((one for one in asked.parts if one.name == part), asked)
        return codec_for(asked, form().lists).print_text(values[name]) if values.get(name) is not None else ""

    rows = {name: values.get(name) or () for name in ("participating_units", "credit_queries")}
    days = [row.cell("queried_on") for row in rows["credit_queries"] if row.cell("queried_on")]
    labels = {one.name: one.label for one in form().lists["directions"]}
    return Facts(
        title=told("project_name"),
        unit=told("unit_name"),
        uscc=str(values.get("uscc") or ""),
        unit_kind=told("unit_kind"),
        region=region_label(str(values.get("region") or "")) or "",
        field=str(values.get("pilot_field") or ""),
        directions=tuple(labels.get(one, one) for one in values.get("directions") or ()),
        legal_representative=told("legal_representative.name"),
        contact=told("contact.name"),
        phone=told("contact.mobile"),
        participants=tuple(str(row.cell("name")) for row in rows["participating_units"]),
        pilot_before=told("national_pilot_before"),
        credit_on=min(days) if days else None,
    )

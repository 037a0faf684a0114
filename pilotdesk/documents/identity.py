"""What a file says of itself: which document of which project it is, in the properties of Word and PDF alike."""

from __future__ import annotations

import base64
import binascii
from typing import TYPE_CHECKING, Final

import msgspec

from pilotdesk.documents.blocks import Origin
from pilotdesk.documents.digest import attachments_digest, digest_of, fingerprint
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pilotdesk.documents.blocks import Outline

PREFIX: Final = "pilotdesk."
PIECE_LENGTH: Final = 240
"""Characters of one custom property. Source: Office keeps the first 255 characters of a custom property."""

MAX_LENGTH: Final = 2_000
"""Characters of a text that is believed to be ours; the longest is the title with the name of the project."""

_FINGERPRINT: Final = 3


class Identity(Record, frozen=True, kw_only=True):
    """Which document of which project a file is, as it said when it was written.

    Attributes:
        round, form, document: names in the pack. version: of the form. project: id of the project, shortened; may be empty.
        title: of the document with the name of the project, for people.
        draft: whether it carries a watermark. revision: number of the version.
        code: the printed 校验码, empty on drafts and samples. digest: what it would be in any case.
        attachments: digest of the attached files, empty for none.
    """

    round: str
    form: str
    document: str
    version: int
    project: str
    title: str
    draft: bool
    revision: int
    code: str
    digest: str
    attachments: str

    @property
    def pack(self) -> str:
        """What the 校验码 counts as the form."""
        return Origin(self.round, self.form, self.document, self.version).pack


PROPERTY_NAMES: Final = tuple(f"{PREFIX}{name}" for name in Identity.__struct_fields__)
"""The properties that hold an identity."""


_LONGEST_TITLE: Final = 30
"""Of a paper: what a file says of itself stands in a sentence."""


def identity_of(outline: Outline) -> Identity:
    """What the files of an outline say of themselves."""
    origin = outline.origin
    return Identity(
        round=origin.round,
        form=origin.form,
        document=origin.document,
        version=origin.version,
        project=origin.project,
        title=f"{outline.project}　{outline.title}".strip("　"),
        draft=outline.draft,
        revision=outline.revision,
        code=outline.check_code,
        digest=digest_of(outline),
        attachments=attachments_digest(origin.attachments),
    )


def to_properties(identity: Identity) -> dict[str, str]:
    """Names with :data:`PREFIX` and texts, for the properties of a file."""
    return {
        f"{PREFIX}{name}": ("yes" if value else "no") if isinstance(value, bool) else str(value)
        for name, value in msgspec.structs.asdict(identity).items()
    }


def from_properties(properties: Mapping[str, str]) -> Identity | None:
    """The identity in a file's properties; ``None`` when PilotDesk did not write them, or they are damaged."""
    texts = {name: properties.get(f"{PREFIX}{name}", "") for name in Identity.__struct_fields__}
    try:
        numbers = {name: int(texts[name]) for name in ("version", "revision")}
    except ValueError:
        return None
    if not texts["form"] or not texts["digest"] or max(map(len, texts.values())) > MAX_LENGTH:
        return None
    return Identity(**{**texts, **numbers, "draft": texts["draft"] == "yes"})  # type: ignore[arg-type]


def paper_title(properties: Mapping[str, str]) -> str:
    """Title of a paper of ours that is no document of a form, as 意见修改对照表; empty for any other file."""
    form, digest, whole = (properties.get(f"{PREFIX}{name}", "") for name in ("form", "digest", "title"))
    title = whole.rpartition("\u3000")[2]
    return title if digest and not form and title.isprintable() and len(title) <= _LONGEST_TITLE else ""


def pack_fingerprints(texts: Iterable[str]) -> dict[str, str]:
    """A fingerprint of every text as properties ``pilotdesk.prints.001`` …, each at most 240 characters long."""
    return pieces_of("prints", base64.b64encode(b"".join(map(fingerprint, texts))).decode())


def pieces_of(name: str, letters: str) -> dict[str, str]:
    """A long text as properties ``pilotdesk.NAME.001`` …, each at most 240 characters long."""
    pieces = (letters[start : start + PIECE_LENGTH] for start in range(0, len(letters), PIECE_LENGTH))
    return {f"{PREFIX}{name}.{number:03}": piece for number, piece in enumerate(pieces, start=1)}


def joined_pieces(name: str, properties: Mapping[str, str]) -> str:
    """The text that :func:`pieces_of` cut up; empty where there is none."""
    return "".join(properties[key] for key in sorted(properties) if key.startswith(f"{PREFIX}{name}."))


def unpack_fingerprints(properties: Mapping[str, str]) -> tuple[bytes, ...]:
    """The fingerprints packed by :func:`pack_fingerprints`; none where there are none, or they are damaged."""
    try:
        packed = base64.b64decode(joined_pieces("prints", properties), validate=True)
    except binascii.Error:
        return ()
    return tuple(packed[start : start + _FINGERPRINT] for start in range(0, len(packed), _FINGERPRINT))

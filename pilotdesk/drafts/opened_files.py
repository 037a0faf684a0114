"""Which draft a file was taken in as: who clicks the same file again mostly wants to go on with what was filled in since."""

from __future__ import annotations

import contextlib
import json
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import replacing
from pilotdesk.drafts.attachments_folder import file_sha256
from pilotdesk.errors import ExportError

if TYPE_CHECKING:
    from pathlib import Path

FILE_NAME: Final = "opened.json"
MOST: Final = 300
"""Files that are remembered, the latest."""


def digest_of(file: Path) -> str:
    """The SHA-256 of a file, whatever it is called and wherever it lies now; empty when it cannot be read any more."""
    try:
        return file_sha256(file)
    except OSError:
        return ""


def draft_of(data_folder: Path, digest: str) -> str:
    """Id of the draft that a file of this digest was taken in as last; empty for none."""
    try:
        return _remembered(data_folder).get(digest, "")
    except OSError:
        return ""


def remember(data_folder: Path, digest: str, draft_id: str) -> None:
    """Remember what a file became; where that cannot be written, it is a new one the next time."""
    if not digest:
        return
    try:
        remembered = _remembered(data_folder)
    except OSError:  # a virus scanner has it: all that stands in it is worth more than this one
        return
    remembered.pop(digest, None)
    latest = dict([*remembered.items(), (digest, draft_id)][-MOST:])
    with contextlib.suppress(ExportError), replacing(data_folder / FILE_NAME) as part:
        part.write_text(json.dumps(latest), encoding="utf-8")


def _remembered(data_folder: Path) -> dict[str, str]:
    """Drafts by the digests of files; none when nothing was remembered yet, or what stands there is no such thing.

    Raises:
        OSError: it is there and cannot be read just now.
    """
    try:
        stored = json.loads((data_folder / FILE_NAME).read_text(encoding="utf-8"))
        return {str(digest): str(draft_id) for digest, draft_id in stored.items()}
    except (FileNotFoundError, ValueError, AttributeError):
        return {}

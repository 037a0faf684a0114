"""The list of what was installed (a bill of materials, CycloneDX JSON), and whether it is still so."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any, Final

from pilotdesk.errors import PilotDeskError
from pilotdesk.paths import install_root

if TYPE_CHECKING:
    from pathlib import Path

LIST_NAME: Final = "sbom.cdx.json"


def check_files() -> int:
    """Compare every installed file that the list names; returns how many it names, 0 where there is no list.

    Raises:
        PilotDeskError: ``file_damaged`` for the first one that is not there or has other content.
    """
    root = install_root()
    if root is None or not (root / LIST_NAME).is_file():
        return 0
    named = _named(root / LIST_NAME)
    for name, digest in named.items():
        if _digest(root / name) != digest:
            raise PilotDeskError("file_damaged", name=name)
    return len(named)


def _named(listed: Path) -> dict[str, str]:
    """Paths below the folder of the program, and their SHA-256.

    Raises:
        PilotDeskError: ``file_damaged`` when the list cannot be read.
    """
    try:
        bill: Any = json.loads(listed.read_text(encoding="utf-8"))
        waiting = [bill["metadata"]["component"], *bill["components"]]
        named = {}
        for (
            one
        ) in waiting:  # grows while it is gone through: files stand below the component that they belong to
            waiting += one.get("components", ())
            if one["type"] == "file":
                named[str(one["name"])] = next(
                    each["content"] for each in one["hashes"] if each["alg"] == "SHA-256"
                )
    except (OSError, ValueError, KeyError, TypeError, StopIteration) as trouble:
        raise PilotDeskError("file_damaged", name=listed.name) from trouble
    return named


def _digest(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except OSError:
        return ""

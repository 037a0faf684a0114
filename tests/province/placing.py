"""Where the files of a unit lie: folders, archives with names in GBK or UTF-8, loose among others."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from tests.province.case import Case, Staged

INTO = " › "
_UTF8_FLAG = 0x800


class GbkName(zipfile.ZipInfo):
    """An entry as Windows programs of China write it: the name in GBK, and nothing that says so."""

    def _encodeFilenameFlags(self):
        return self.filename.encode("gbk"), self.flag_bits & ~_UTF8_FLAG


def zipped(files: Staged, *, gbk: bool) -> bytes:
    """An archive; the same files give the same bytes."""
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        for name, content in files.items():
            entry = (GbkName if gbk else zipfile.ZipInfo)(name, (2026, 6, 21, 10, 0, 0))
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def place(case: Case, staged: Staged, folder: Path) -> tuple[str, tuple[str, ...]]:
    """Put the files of a unit where it wants them; returns its place and the places of the files, both relative."""
    unit = f"{case.number:04}_{case.profile.name}"
    if case.placing.startswith("zip"):
        inside = {f"{case.profile.name}/{name}": content for name, content in staged.items()}
        archive = f"{case.profile.county[2]}/{unit}.zip"
        _write(folder / archive, zipped(inside, gbk=case.placing == "zip_gbk"))
        return archive, tuple(f"{archive}{INTO}{name}" for name in inside)
    where = {"city": f"{case.profile.county[2]}/{unit}", "folder": unit, "loose": ""}[case.placing]
    places = tuple(f"{where}/{name}" if where else name for name in staged)
    for place_, content in zip(places, staged.values(), strict=True):
        _write(folder / place_, content)
    return where, places


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(content)

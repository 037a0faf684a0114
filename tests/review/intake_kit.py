"""Files for the intake: the sample's package, Word file and PDF, as many units as a test needs, and archives."""

from __future__ import annotations

import atexit
import dataclasses
import hashlib
import shutil
import tempfile
import zipfile
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from pilotdesk.drafts.package import write_package
from pilotdesk.projects import export_session, sample_package, session_of_package
from pilotdesk.review.intake import Topic, take_in
from pilotdesk.review.intake.pool import do

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pilotdesk.drafts.package import Package
    from pilotdesk.review.records import ReceivedFile, Submission

DAY = date(2026, 6, 12)


@cache
def sample() -> Package:
    """The sample as if it were a draft of somebody; made up once."""
    return dataclasses.replace(sample_package(), practice=False)


@cache
def made() -> Path:
    """A folder with ``a.pilot``, ``a.docx``, ``a.pdf`` of one project; nobody may change it."""
    folder = Path(tempfile.mkdtemp(prefix="intake-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    write_package(sample(), folder / "a.pilot")
    session = session_of_package(sample(), DAY)
    for file in export_session(session, folder / "out", content=sample().files.get).files:
        file.path.rename(folder / f"a{file.path.suffix}")
    return folder


def copy(name: str, target: Path) -> Path:
    """A file of :func:`made` at another place."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(made() / name, target)
    return target


def unit(number: int, target: Path, **values: object) -> Path:
    """A package of another unit and project, without attachments."""
    target.parent.mkdir(parents=True, exist_ok=True)
    own = {
        "uscc": f"9136109900000{number:04}X",
        "unit_name": f"第{number}单位",
        "project_name": f"第{number}单位标准化试点",
    }
    package = dataclasses.replace(sample(), values={**sample().values, **own, **values}, revision=0)
    write_package(package, target)
    return target


def zipped(target: Path, members: Mapping[str, bytes], code: str = "") -> Path:
    """An archive; with a ``code`` its names are written in it, without a word of that, as Windows does."""
    target.parent.mkdir(parents=True, exist_ok=True)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            entry = zipfile.ZipInfo(name, (2026, 6, 1, 0, 0, 0))
            if code:
                entry = _Coded(name, (2026, 6, 1, 0, 0, 0))
                entry.code = code
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    return target


class _Coded(zipfile.ZipInfo):
    __slots__ = ("code",)

    def _encodeFilenameFlags(self):
        return self.filename.encode(self.code), self.flag_bits & ~0x800


class Here:
    """A pool whose work is done in this process, one piece at a time: what is done is the same, and no process has to start."""

    def __init__(self) -> None:
        self._job = None

    @property
    def has_room(self) -> bool:
        return self._job is None

    @property
    def is_busy(self) -> bool:
        return self._job is not None

    def give(self, job) -> None:
        self._job = job

    def results(self, _seconds):
        job, self._job = self._job, None
        return [(job, do(job, DAY))] if job else []

    def close(self) -> None:
        pass


class Told:
    """Everything that an intake told.

    Attributes:
        submissions: by key, as they were at last. alone: by place. last: figures at the end. news: all of it.
    """

    def __init__(self, places: Sequence[Path], **how) -> None:
        self.submissions: dict[str, Submission] = {}
        self.alone: dict[str, ReceivedFile] = {}
        if not {"workers", "pool"} & how.keys():
            how["pool"] = Here()
        self.news = list(take_in(places, today=DAY, **how))
        for news in self.news:
            if news.topic is Topic.SUBMISSION:
                for key in news.gone:
                    del self.submissions[key]
                self.submissions[news.submission.key] = news.submission
            elif news.topic is Topic.ALONE:
                self.alone[news.file.place] = news.file
        self.last = self.news[-1]

    @property
    def only(self) -> Submission:
        (submission,) = self.submissions.values()
        return submission

    @property
    def places(self) -> dict[str, ReceivedFile]:
        """Every file that was told of."""
        files = {file.place: file for one in self.submissions.values() for file in one.files}
        return self.alone | files


def marks(folder: Path) -> dict[str, object]:
    """What nobody may change: names, contents and times."""
    return {
        str(path.relative_to(folder)): (path.stat().st_mtime_ns, path.stat().st_mode, _content(path))
        for path in sorted(folder.rglob("*"))
        if not path.is_symlink()
    }


def _content(path: Path) -> str:
    if not path.is_file() or path.stat().st_size > 1 << 30:
        return ""
    return hashlib.sha256(path.read_bytes()).hexdigest()

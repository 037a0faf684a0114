"""A desk to work at, and submissions that are quickly made."""

from __future__ import annotations

import contextlib
import sqlite3
from datetime import UTC, date, datetime, timedelta

import msgspec

from pilotdesk.clock import Clock
from pilotdesk.documents.digest import digest_of
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row
from pilotdesk.projects import sample_package
from pilotdesk.review.desk.deciding import replayed, standing
from pilotdesk.review.desk.file import Desk, create_desk, file_name
from pilotdesk.review.intake.packs import outlines_of
from pilotdesk.review.records import (
    Agreement,
    Differing,
    Facts,
    Finding,
    Kind,
    ReceivedFile,
    State,
    Submission,
)
from pilotdesk.rules.issue import Severity

PACK = load_shipped("2026")
POINTS = 6


class Ticking:
    """A clock that goes on by a second whenever it is asked."""

    def __init__(self):
        self.moment = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)

    def __call__(self):
        self.moment += timedelta(seconds=1)
        return self.moment


def clock():
    return Clock(Ticking())


def desk_in(folder, **settings):
    """A fresh desk's file."""
    path = folder / file_name("江西省", "2026")
    create_desk(path, PACK.round, {"province": "江西省", "reviewer": "王工", **settings})
    return path


@contextlib.contextmanager
def opened(path, who="", **how):
    desk = Desk(path, clock(), who, **how)
    try:
        yield desk
    finally:
        desk.close()


def finding(code="uscc_form", severity=Severity.ERROR, point=1, **rest):
    told = {
        "sentence": "信用代码少一位，请改成 18 位。",
        "clause": "通知第三条",
        "path": "uscc",
        "number": "2.2",
        "label": "统一社会信用代码",
    }
    return Finding(code=code, severity=severity, point=point, **{**told, **rest})


def received(place="甲/申报书.pilot", kind=Kind.PILOT, **rest):
    return ReceivedFile(place=place, size=1200, sha256="ab" * 32, kind=kind, state=State.READ, **rest)


def submission(key="k1", code="AAAA-AAAA", revision=1, **rest):
    """What a unit handed in; its answers are few."""
    values = {
        "project_name": "甲县标准化试点",
        "unit_name": "甲县服务中心",
        "targets": (
            Row("r_t1", {"indicator": "满意度", "value_2028": "95"}),
            Row("r_t2", {"indicator": "标准数"}),
        ),
    }
    facts = Facts(
        title="甲县标准化试点", unit="甲县服务中心", uscc="12361099MB1K23456F", field="F6", directions=("甲", "乙、丙"),
        participants=("丁局", "戊中心"), phone="13800000035", credit_on=date(2026, 6, 2),
    )  # fmt: skip
    told = {
        "round": "2026", "form": "application", "form_version": PACK.forms["application"].head.version, "project": f"p-{key}",
        "facts": facts, "values": values, "source": Kind.WORD, "practice": False, "files": (received(),),
        "agreement": Agreement.ALONE, "filled": 40, "asked": 44, "findings": (finding(),), "attachments": 3,
        "missing_attachments": ("法人资格证明", "承诺书"),
        "differing": (Differing("unit_name", "2.1 单位名称", (("甲.docx", "甲"), ("甲.pdf", "乙"))),),
    }  # fmt: skip
    return Submission(key=key, code=code, revision=revision, **{**told, **rest})


def changed(one, code, **values):
    """The same handed in again with other answers."""
    return msgspec.structs.replace(one, code=code, revision=one.revision + 1, values={**one.values, **values})


def sample_submission(key="sample", today=date(2026, 7, 1)):
    """The practice sample as a package brings it."""
    package = sample_package("application")
    code = digest_of(outlines_of(PACK, PACK.forms["application"], package, today)[0])
    return submission(key, code, values=package.values, source=Kind.PILOT)


def holds(desk):
    """Whether what the tables hold is what the log says."""
    begun = {
        place: content for place, content in standing(desk._connection).items() if place.what == "setting"
    }
    told = replayed(desk.log())
    return standing(desk._connection) == {**begun, **told}


def everything(path):
    """All tables as plain SQLite reads them."""
    with contextlib.closing(sqlite3.connect(path)) as plain:
        tables = [
            name
            for (name,) in plain.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        return {name: plain.execute(f"SELECT * FROM {name}").fetchall() for name in tables}


def view(path, name):
    """A view by the names of its columns."""
    with contextlib.closing(sqlite3.connect(path)) as plain:
        found = plain.execute(f"SELECT * FROM {name}")
        names = [column[0] for column in found.description]
        return [dict(zip(names, row, strict=True)) for row in found]

"""The commands on whole projects; the day is the computer's own, so only what is certain is asserted."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import icalendar
import pytest

from pilotdesk.cli.main import run
from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.drafts.package import write_package
from pilotdesk.drafts.store import DraftStore
from pilotdesk.projects import sample_package
from pilotdesk.projects.handover import read_kit
from tests.projects.kits import project

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    target = tmp_path / "样例.pilot"
    write_package(sample_package(), target)
    return target


def test_timeline_of_a_draft(sample: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    target = tmp_path / "a" / "x.ics"
    assert (
        run(["timeline", str(sample), "--json", "--said", "admitted=2026-11-10", "--ics", str(target)]) == 0
    )
    told = json.loads(capsys.readouterr().out)
    assert [due["name"] for due in told["due"]] == [
        "upload",
        "summary_2027",
        "summary_2028",
        "self_assessment",
    ]
    assert told["admitted"] is True
    assert [due["basis"] for due in told["due"]][-1] == "inferred"
    events = icalendar.Calendar.from_ical(target.read_bytes()).walk("VEVENT")
    assert len(events) <= 3
    assert run(["timeline", str(sample)]) == 0
    assert "下一步：" in capsys.readouterr().out


def test_a_date_that_makes_no_sense_is_refused(sample: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        run(["timeline", str(sample), "--said", "admitted=gestern"])
    assert ended.value.code == 2
    assert "读不懂" in capsys.readouterr().err


@pytest.mark.parametrize("name", ["admited", "summary_2026", "upload", "cycle_start", "upload.town", ""])
def test_a_date_nobody_knows_is_refused_with_those_that_are(
    sample: Path, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["timeline", str(sample), "--said", f"{name}=2026-11-10"]) == 2
    said = capsys.readouterr().err
    assert f"“{name}”" in said
    assert "admitted、declined、upload.county、" in said
    assert "、self_assessment、self_assessment.county、" in said


def test_handover_writes_every_project_and_checks_a_file(
    data_dir: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    out = tmp_path / "out"
    assert run(["handover", "--to", str(out)]) == 0
    assert "还没有项目" in capsys.readouterr().out
    store = DraftStore(data_dir, SYSTEM_CLOCK)
    store.projects.put(project())
    store.close()
    for _ in range(2):
        assert run(["handover", "--to", str(out)]) == 0
    written = sorted(out.iterdir())
    assert len(written) == 2
    assert read_kit(written[0]).drafts == read_kit(written[1]).drafts
    capsys.readouterr()
    assert run(["handover", "--check", str(written[0])]) == 0
    assert "都对得上，2 份材料，10 个附件" in capsys.readouterr().out
    assert run(["timeline", str(written[0])]) == 0
    assert "提交2027年度总结" in capsys.readouterr().out


def test_a_file_that_is_no_hand_over_is_refused_in_one_sentence(
    sample: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["handover", "--check", str(sample)]) == 2
    assert "交接包" in capsys.readouterr().err

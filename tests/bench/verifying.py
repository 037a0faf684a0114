"""A thousand files of a thousand projects verified in one go: what each takes, and that they do not pile up in memory."""

from __future__ import annotations

import dataclasses
import json
import re
import subprocess
import sys
import tempfile
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

FILES, FEW, WRITTEN = 999, 99, 8
ROOT = Path(__file__).parents[2]

VERIFY = """
import json, resource, sys, time
from datetime import date
from pathlib import Path
from pilotdesk.drafts.package import read_package
from pilotdesk.projects.verifying import verify
files = sorted(Path(sys.argv[1]).iterdir())[: int(sys.argv[2])]
begin = time.perf_counter()
found = verify(files, read=read_package, today=date(2026, 6, 12))
spent = time.perf_counter() - begin
assert {finding.state for finding in found.findings} <= {"package", "unchanged"}, found.findings
peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(json.dumps([spent, peak / 1024, len(found.groups), sum(len(group.differences) for group in found.groups)]))
"""


def verifying(today: date) -> None:
    """Word, PDF and package in turn, of projects that nobody else has; then as many of one project, each with its changes."""
    with tempfile.TemporaryDirectory() as name:
        apart, together = Path(name, "apart"), Path(name, "together")
        for folder in (apart, together):
            folder.mkdir()
            make_files(folder, today, one_project=folder is together)
        for folder, words in ((apart, "projects of their own"), (together, "one project, changed in each")):
            for count in (FEW, FILES):
                command = [sys.executable, "-c", VERIFY, str(folder), str(count)]
                printed = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
                spent, peak, groups, differences = json.loads(printed)
                print(
                    f"{count} files, {words}: {spent:.1f} s, {spent / count * 1e3:.0f} ms each, peak {peak:.0f} MiB,"
                    f" {groups} groups, {differences} differences"
                )


def make_files(folder: Path, today: date, *, one_project: bool) -> None:
    """Mixed files of the sample application; of Word and PDF a few are written, the others are told other names."""
    from pilotdesk.drafts.package import write_package
    from pilotdesk.projects import export_session, sample_package, session_of_package

    sample = sample_package()
    for number in range(0, FILES, 3):
        title = "同一个项目" if one_project else f"第{number}个项目"
        values = {**sample.values, "project_name": f"{title}，草稿" * (not one_project) or title}
        values["staff_count"] = number + 1
        package = dataclasses.replace(sample, values=values)
        write_package(package, folder / f"{number:04}.pilot")
        if number < WRITTEN * 3:
            made = export_session(
                session_of_package(package, today), folder / "made", content=sample.files.get
            )
            written = {file.path.suffix: file.path for file in made.files}
            for ending, path in written.items():
                path.rename(folder / f"made{number}{ending}")
        source = folder / f"made{number % (WRITTEN * 3)}"
        named = title if one_project else f"{title}，成稿"
        renamed_word(source.with_suffix(".docx"), folder / f"{number:04}.docx", named)
        renamed_pdf(
            source.with_suffix(".pdf"), folder / f"{number:04}.pdf", named if one_project else f"{named}二"
        )
    for path in folder.glob("made*"):
        path.rmdir() if path.is_dir() else path.unlink()


def renamed_word(source: Path, target: Path, title: str) -> None:
    """The same file of a project with another name."""
    with zipfile.ZipFile(source) as archive, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for part in archive.namelist():
            content = archive.read(part)
            if part == "docProps/custom.xml":
                content = re.sub(
                    rb'(name="pilotdesk.title"[^>]*>\s*<[^>]*>)[^<]*', rb"\1" + title.encode(), content
                )
            made.writestr(part, content)


def renamed_pdf(source: Path, target: Path, title: str) -> None:
    """The same for a PDF."""
    import pikepdf

    with pikepdf.open(source) as pdf:
        pdf.docinfo["/pilotdesk.title"] = title
        pdf.save(target)

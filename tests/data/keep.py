"""``python -m tests.data.keep``: keep a package and a database as the program of today writes them.

To be run before a format changes, see README.md. What is kept already is never written again. The script calls nothing that
version 1 of the program did not have, except where it asks; so the oldest files were made with it as well.
"""

from __future__ import annotations

import dataclasses
import hashlib
import json
import sys
import tempfile
from datetime import UTC, date, datetime
from pathlib import Path

from pilotdesk.clock import Clock
from pilotdesk.drafts import package as packages
from pilotdesk.drafts.records import DraftFacts
from pilotdesk.drafts.store import DraftStore
from pilotdesk.forms.json_values import to_json
from pilotdesk.forms.loader import load_pack
from pilotdesk.forms.values import Attachment, MonthRange, Row, Unparsed
from pilotdesk.paths import forms_dir
from pilotdesk.projects import sample_package

HERE = Path(__file__).parent
FILES = {
    hashlib.sha256(content).hexdigest(): content
    for content in ("证书".encode() * 40, b"%PDF-1.4 no real one")
}
ACCEPTED = {"unit_name_differs@unit_name": "证书上就是这样"}
ROWS = 3
PASSWORD = "留给以后的人的密码"


def values() -> dict[str, object]:
    """The sample with three rows a table and two small files, and one value of every other kind."""
    attached = tuple(
        Attachment(sha256, f"证书{n}.pdf", len(FILES[sha256]), "application/pdf")
        for n, sha256 in enumerate(FILES)
    )
    made: dict[str, object] = {}
    for path, value in sample_package().values.items():
        if isinstance(value, tuple) and value and isinstance(value[0], Row):
            kept = tuple(row for row in value[:ROWS] if row.parent in {None, *(r.id for r in value[:ROWS])})
            made[path] = tuple(
                Row(row.id, {k: v for k, v in row.cells.items() if not isinstance(v, tuple)}, row.parent)
                for row in kept
            )
        elif isinstance(value, tuple) and value and isinstance(value[0], Attachment):
            made[path] = attached
        else:
            made[path] = value
    return made | {
        "kept_unparsed": Unparsed("八十多"),
        "kept_months": MonthRange("2027-01", None),
        "kept_date": date(2026, 6, 2),
        "kept_signs": "𠮷 <&> 😀\n第二行",
    }


def returned() -> object:
    """A return slip with a line that was answered, another that was not, and what stood there."""
    from pilotdesk.drafts.returned import Returned, ReturnSlip, SlipLine
    from pilotdesk.rules.issue import Severity

    slip = ReturnSlip(
        slip_id="b_0123456789ab", round="2026", form="application", form_version=1, project="0123456789ab",
        title="南汀县试点", unit="某局", code="K7Q4-2M9X", handing=1, bureau="某省市场监督管理局", on=date(2026, 6, 15),
        due=date(2026, 6, 22),
        lines=(
            SlipLine(id="1", severity=Severity.ERROR, point=2, sentence="请改正。", clause="通知第三条", path="uscc",
                     number="2.2", label="统一社会信用代码", seen="00ff"),
            SlipLine(id="2", severity=Severity.WARNING, point=0, sentence="请核对 PDF。"),
        ),
    )  # fmt: skip
    return Returned(
        slip=slip, at="2026-06-16T01:00:00.000Z", places={"1": "uscc"}, before={"1": "91000000000000000X"},
        remarks={"2": "核对过了"},
    )  # fmt: skip


def told(made: dict[str, object], **more: object) -> str:
    listed = {path: to_json(value) for path, value in sorted(made.items())}
    facts = {"accepted": ACCEPTED, "files": sorted(FILES), **more, "values": listed}
    return json.dumps(facts, ensure_ascii=False, separators=(",", ":"))


def keep_package(folder: Path) -> None:
    """``package-<version>.pilot`` and what must come out of it; with a password as well where the program has it."""
    made = values()
    package = dataclasses.replace(
        sample_package(), values=made, accepted=ACCEPTED, files=FILES, revision=3, practice=False
    )
    name = f"package-{packages.VERSION}"
    if hasattr(package, "carried"):
        from pilotdesk.forms.attic import AtticEntry

        entry = AtticEntry(
            path="old",
            label="旧栏",
            text="八十多",
            value=Unparsed("八十多"),
            why="没有了。",
            at="2026-06-02T00:00:00.000Z",
        )
        package = dataclasses.replace(package, carried={"unit_name": "南汀县"}, attic=(entry,))
    write_once(folder / f"{name}.pilot", lambda path: packages.write_package(package, path))
    if hasattr(packages, "read_package") and "password" in packages.write_package.__annotations__:
        from pilotdesk.drafts import sealed

        name_sealed = f"package-{packages.VERSION}-sealed-{sealed.VERSION}.pilot"
        write_once(folder / name_sealed, lambda path: packages.write_package(package, path, PASSWORD))
    write_once(folder / f"{name}.json", lambda path: path.write_text(told(made, revision=3), "utf-8"))


def keep_database(folder: Path) -> None:
    """``database-<version>``: a data directory, and what must come out of it."""
    import sqlite3

    made = values()
    with tempfile.TemporaryDirectory() as name:
        store = DraftStore(Path(name), Clock(lambda: datetime(2026, 6, 2, 2, 31, 5, tzinfo=UTC)))
        draft_id = store.create(
            load_pack(forms_dir() / "2026"),
            "application",
            made,
            facts=DraftFacts(title="南汀县试点", unit="某局"),
            origin="imported",
        )
        for typed in ("一", "一二", "一二三"):
            store.save(draft_id, {"kept_signs": typed}, origin="typed")
        store.save(draft_id, {"kept_signs": made["kept_signs"]}, origin="restored")
        store.accept(draft_id, ACCEPTED)
        store.remember_step(draft_id, "targets")
        store.count_revision(draft_id, 3)
        store.log_export(draft_id, kind="pdf", file_name="申报书.pdf", sha256="0" * 64, check_code="AB12")
        for sha256, content in FILES.items():
            store.attach(draft_id, sha256, content)
        if hasattr(store, "projects"):
            project_id = store.load(draft_id).card.project_id
            store.projects.set_date(project_id, "admitted", date(2026, 11, 10))
            store.keep_carried(draft_id, {"unit_name": "南汀县"})
        if hasattr(store, "histories"):
            last = store.histories.last_entry(draft_id)
            store.histories.name_version(draft_id, "交第一稿前", last, at="2026-06-02T02:31:05.000Z")
        if hasattr(store, "shares"):
            from pilotdesk.drafts.share import Share
            from pilotdesk.drafts.shares_table import KeptShare

            share = Share(share_id="s_0123456789ab", parts=("targets",), person="王工", ancestor=made)
            store.shares.keep(KeptShare(draft_id=draft_id, incoming=False, share=share))
        if hasattr(store, "returns"):
            store.returns.keep(draft_id, returned())
        if hasattr(store, "deletions"):
            project_id = store.load(draft_id).card.project_id
            pack, facts = load_pack(forms_dir() / "2026"), DraftFacts(title="南汀县试点", unit="某局")
            begun = {"project_name": "写错了的总结"}
            wrong = store.add_draft(
                project_id, pack, "summary_2027", begun, carried={}, facts=facts, origin="carried"
            )
            store.deletions.delete([wrong])
        store.close()
        with sqlite3.connect(Path(name) / "pilotdesk.db") as connection:
            connection.execute("VACUUM")
            version = connection.execute("PRAGMA user_version").fetchone()[0]
        connection.close()
        target = folder / f"database-{version}"
        for path in sorted(Path(name).rglob("*")):
            if path.is_file() and not path.name.endswith(("-wal", "-shm")):
                kept = path.relative_to(name).as_posix().replace("pilotdesk.db", "pilotdesk.db.kept")
                write_once(target / kept, lambda to, of=path: to.write_bytes(of.read_bytes()))
        write_once(
            target / "expected.json",
            lambda path: path.write_text(told(made, revision=3, draft_id=draft_id), "utf-8"),
        )


def write_once(target: Path, write: object) -> None:
    if target.exists():
        print(f"is kept already: {target.name}")
        return
    target.parent.mkdir(parents=True, exist_ok=True)
    write(target)
    print(f"kept: {target.name}, {target.stat().st_size} bytes")


if __name__ == "__main__":
    chosen = Path(sys.argv[1]) if len(sys.argv) > 1 else HERE
    keep_package(chosen)
    keep_database(chosen)

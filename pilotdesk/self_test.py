"""``pilotdesk self-test``: proves that packs, fonts and database work wherever the program is installed."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import PilotDeskError

if TYPE_CHECKING:
    from collections.abc import Callable

RARE_SIGNS: Final = "𠮷䶮㛃旻祎翀堃喆赟頔珺"
"""Characters of personal names that common fonts lack; every one must be drawable."""


@dataclass(frozen=True, slots=True)
class TestResult:
    """One proof. ``detail`` is a figure when it passed, a sentence when it did not."""

    name: str
    passed: bool
    detail: str


def self_test() -> tuple[TestResult, ...]:
    """Run every proof; expected trouble fails one proof and leaves the others to run."""
    proofs: tuple[tuple[str, Callable[[], str]], ...] = (
        ("表单包", _packs),
        ("字体", _fonts),
        ("资料库", _database),
        ("导出", _export),
    )
    results = []
    for name, proof in proofs:
        try:
            results.append(TestResult(name, True, proof()))
        except PilotDeskError as trouble:
            results.append(TestResult(name, False, str(trouble)))
    return tuple(results)


def _packs() -> str:
    from pilotdesk.forms.installed import current_pack, rounds

    packs = [current_pack(name) for name in rounds()]
    count = sum(len(form.fields) for pack in packs for form in pack.forms.values())
    return f"{len(packs)} 个，{count} 个栏目"


def _fonts() -> str:
    from pilotdesk.documents.fonts import missing_glyphs
    from pilotdesk.errors import ExportError

    missing = missing_glyphs([RARE_SIGNS])
    if missing:
        raise ExportError("glyphs_missing", signs="、".join(sorted(missing)))
    return f"{len(RARE_SIGNS)} 个生僻字都画得出来"


def _database() -> str:
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.errors import StoreError
    from pilotdesk.projects import facts_of, sample_package, session_of_package

    package = sample_package()
    session = session_of_package(package, SYSTEM_CLOCK.today())
    with tempfile.TemporaryDirectory() as folder:
        store = DraftStore(Path(folder), SYSTEM_CLOCK)
        draft_id = store.create(
            session.pack, package.form, package.values, facts=facts_of(session), origin="sample"
        )
        read = store.load(draft_id).values
        store.close()
    if dict(read) != dict(package.values):
        raise StoreError("store_damaged", folder=folder)
    return f"存取 {len(read)} 项一致"


def _export() -> str:
    from pilotdesk.projects import export_session, sample_package, session_of_package

    session = session_of_package(sample_package(), SYSTEM_CLOCK.today())
    with tempfile.TemporaryDirectory() as folder:
        result = export_session(session, Path(folder))
    return f"{result.pages} 页，读回核对 {result.answers} 项一致"

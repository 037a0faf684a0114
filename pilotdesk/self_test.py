"""``pilotdesk self-test``: proves that what the program needs is there and works, wherever it is installed.

Everything is done as the program does it, in a folder with Chinese and blanks in its name. Expected trouble fails one proof and
leaves the others to run; so does a bug, because each proof runs on a thread, whose end is looked at. Only what draws needs the
main thread, and comes last. Before each proof the report says that it was cut short, so that one that takes the whole process
down has told of itself.
"""

from __future__ import annotations

import contextlib
import os
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Final

from pilotdesk.clock import SYSTEM_CLOCK
from pilotdesk.errors import ExportError, PackError, PilotDeskError, StoreError
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    Proof = Callable[[Path], str]

RARE_SIGNS: Final = "𠮷䶮㛃旻祎翀堃喆赟頔珺"
"""Characters of personal names that common fonts lack; every one must be drawable."""
FOLDER: Final = "自检 文件夹（中文 和 空格）#1"
CUT_SHORT: Final = "做到这一步，程序中断了"
WORKER_S: Final = 120.0
"""Seconds that a worker may take to start and answer; a virus scanner looks at it the first time."""
DRAWN: Final = "画一页"


class ProofResult(Record, frozen=True):
    """One proof.

    Attributes:
        name: of what is proved.
        passed: whether it is.
        detail: a figure when it passed; a sentence when it did not, or kind and places of a bug. Never an answer.
        seconds: that it took.
    """

    name: str
    passed: bool
    detail: str
    seconds: float = 0.0


def self_test(tell: Callable[[tuple[ProofResult, ...]], object], draw: Proof) -> tuple[ProofResult, ...]:
    """Run every proof.

    Args:
        tell: called before each proof and after the last with all results so far, the one to come as cut short.
        draw: the proof that needs a window; a bug in it is raised.
    """
    results: list[ProofResult] = []
    with _folder() as folder:
        for name, proof in (*PROOFS.items(), (DRAWN, draw)):
            tell((*results, ProofResult(name, False, CUT_SHORT)))
            begun = time.perf_counter()
            passed, detail = _tried(proof, folder) if proof is not draw else _drawn(draw, folder)
            results.append(ProofResult(name, passed, detail, round(time.perf_counter() - begun, 3)))
    tell(tuple(results))
    return tuple(results)


def _tried(proof: Proof, folder: Path) -> tuple[bool, str]:
    with ThreadPoolExecutor(1, "pilotdesk-proof") as thread:
        done = thread.submit(proof, folder)
        trouble = done.exception()
    if trouble is None:
        return True, done.result()
    if isinstance(trouble, PilotDeskError):
        return False, str(trouble)
    from pilotdesk.bug_words import describe

    return False, describe(type(trouble), trouble, trouble.__traceback__)


def _drawn(draw: Proof, folder: Path) -> tuple[bool, str]:
    try:
        return True, draw(folder)
    except PilotDeskError as trouble:
        return False, str(trouble)


@contextlib.contextmanager
def _folder() -> Iterator[Path]:
    from pilotdesk.atomic import ensure_folder, scratch_folder

    with scratch_folder() as scratch:
        ensure_folder(scratch / FOLDER)
        yield scratch / FOLDER


# -- what is there -------------------------------------------------------------------------------


def _files(_folder: Path) -> str:
    """Every file of the list that was made when the program was built, by its SHA-256."""
    from pilotdesk.shipped_files import check_files

    count = check_files()
    return f"{count} 个，和清单一致" if count else "没有清单，不是安装的程序"


def _packs(_folder: Path) -> str:
    from pilotdesk.forms.installed import current_pack, rounds
    from pilotdesk.updates.record import installed_updates

    for update in installed_updates():
        if update.state == "spoilt":
            raise PackError("pack_update_spoilt", round=update.round)
    packs = [current_pack(name) for name in rounds()]
    count = sum(len(form.fields) for pack in packs for form in pack.forms.values())
    return f"{len(packs)} 个，{count} 个栏目"


def _fonts(_folder: Path) -> str:
    from pilotdesk.documents.fonts import missing_glyphs

    missing = missing_glyphs([RARE_SIGNS])
    if missing:
        raise ExportError("glyphs_missing", signs="、".join(sorted(missing)))
    return f"{len(RARE_SIGNS)} 个生僻字都画得出来"


def _icons(_folder: Path) -> str:
    from lxml import etree

    from pilotdesk.paths import resources_dir

    icons = sorted((resources_dir() / "icons").rglob("*.svg"))
    for icon in icons:
        try:
            etree.parse(icon)
        except (OSError, etree.XMLSyntaxError) as trouble:
            raise PilotDeskError("file_damaged", name=icon.name) from trouble
    if not icons:
        raise PilotDeskError("file_damaged", name="icons")
    return f"{len(icons)} 个"


def _place(_folder: Path) -> str:
    """The data directory can be written and has room; a share or synchronised folder works and is only told of."""
    from pilotdesk.drafts.places import free_megabytes, wrong_with
    from pilotdesk.paths import data_dir

    folder = data_dir()
    unfit = wrong_with(folder)
    if unfit is not None and unfit.kind in {"protected", "full"}:
        raise StoreError("place_unfit", sentence=unfit.sentence)
    return f"写得进，还有 {free_megabytes(folder)} MB。{unfit.sentence if unfit else ''}"


# -- what it does --------------------------------------------------------------------------------


def _database(folder: Path) -> str:
    from pilotdesk.drafts.backups import back_up
    from pilotdesk.drafts.health import health_of
    from pilotdesk.drafts.store import DraftStore
    from pilotdesk.projects import facts_of, sample_package, session_of_package

    package = sample_package()
    session = session_of_package(package, SYSTEM_CLOCK.today())
    place = folder / "资料"
    store = DraftStore(place, SYSTEM_CLOCK)
    try:
        draft_id = store.create(
            session.pack, package.form, package.values, facts=facts_of(session), origin="sample"
        )
        read = dict(store.load(draft_id).values)
        beside = [path.name for path in place.iterdir() if path.name.endswith("-wal")]
        hits = _searched(place, draft_id)
        copy = back_up(place, SYSTEM_CLOCK)
    finally:
        store.close()
    if read != dict(package.values) or not beside or not hits or not health_of(copy.path).is_sound:
        raise StoreError("store_damaged", folder=place)
    return f"存取 {len(read)} 项一致，WAL、全文检索、备份都好用"


def _searched(place: Path, draft_id: str) -> bool:
    """Whether the full-text search finds the draft by a word of it, and not by another."""
    from pilotdesk.drafts.search_index import SearchIndex

    index = SearchIndex(place)
    index.catch_up()
    return index.find("标准化试点") == {draft_id} and not index.find("没有这几个字")


def _export(folder: Path) -> str:
    from pilotdesk.documents.pdf import render_page
    from pilotdesk.projects import export_session, sample_package, session_of_package

    session = session_of_package(sample_package(), SYSTEM_CLOCK.today())
    result = export_session(session, folder / "导出")
    pdf = next(file.path for file in result.files if file.path.suffix == ".pdf")
    page = render_page(pdf, 0, 1.0)
    if len(set(page.pixels)) < 8:  # nothing but paper
        raise ExportError("pdf_unreadable", name=pdf.name)
    return f"Word 和 PDF 共 {result.pages} 页，读回核对 {result.answers} 项一致"


def _package(folder: Path) -> str:
    from pilotdesk.drafts.package import read_package, write_package
    from pilotdesk.projects import sample_package

    package, target = sample_package(), folder / "样例 一份.pilot"
    write_package(package, target, "口令 12345")
    if read_package(target, "口令 12345").values != package.values:
        raise ExportError("package_differs", name=target.name)
    return "加密码的 .pilot 存取一致"


def _signatures(_folder: Path) -> str:
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key, words = Ed25519PrivateKey.generate(), "更新包".encode()
    signature = key.sign(words)
    key.public_key().verify(signature, words)
    try:
        key.public_key().verify(signature, words[:-1])
    except InvalidSignature:
        return "签名核对得出真假"
    raise PilotDeskError("file_damaged", name="cryptography")


def _processes(_folder: Path) -> str:
    """A worker of our own, started as the intake starts its workers."""
    import multiprocessing
    from concurrent.futures import ProcessPoolExecutor

    begun = time.perf_counter()
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        pid, fields = pool.submit(worked).result(WORKER_S)
    if pid == os.getpid() or not fields:
        raise PilotDeskError("program_incomplete", folder=os.path.dirname(sys.executable))
    return f"另一个进程 {time.perf_counter() - begun:.1f} 秒答复"


def worked() -> tuple[int, int]:
    """What a worker does: number of its process, and of the fields that it reads of the current pack."""
    from pilotdesk.forms.installed import current_pack
    from pilotdesk.projects import APPLICATION, CURRENT_ROUND

    return os.getpid(), len(current_pack(CURRENT_ROUND).forms[APPLICATION].fields)


PROOFS: Final[dict[str, Proof]] = {
    "文件": _files,
    "表单包": _packs,
    "字体": _fonts,
    "图标": _icons,
    "资料位置": _place,
    "资料库": _database,
    "导出": _export,
    "密码": _package,
    "证书库": _signatures,
    "多进程": _processes,
}
"""Name to proof, in the order in which they run; what draws comes after them."""

"""Defects that only the desk can find: between units, between the files of one unit, in the files themselves.

Every function is given the unit and others that are still clean; one that needs a second unit takes the first of them.
"""

from __future__ import annotations

import copy
import io
import zipfile
from typing import TYPE_CHECKING

from tests.province.files import broken_file
from tests.province.truth import Expected as E
from tests.province.writing import package_bytes, package_of, papers_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.province.case import Case, Staged

PASSWORD = "shenbao-2026"


def _both(name: str, code: str, case: Case, other: Case, *also: str) -> None:
    """A finding about two units stands with both of them."""
    case.seed(name, E(code=code, severity="warning"), also=also, others=(other.number,))
    other.seed(name, E(code=code, severity="warning"), others=(case.number,))


def same_code_twice(case: Case, others: Sequence[Case]) -> None:
    case.answers["uscc"] = others[0].answers["uscc"]
    _both("same_code_twice", "desk_same_uscc", case, others[0], "uscc_other_province", "unit_kind_by_code")


def same_representative(case: Case, others: Sequence[Case]) -> None:
    case.answers["legal_representative"]["name"] = others[0].answers["legal_representative"]["name"]
    _both("same_representative", "desk_same_representative", case, others[0])


def same_phone_twice(case: Case, others: Sequence[Case]) -> None:
    case.answers["contact"]["mobile"] = others[0].answers["contact"]["mobile"]
    _both("same_phone_twice", "desk_same_phone", case, others[0])


def copied_from_another(case: Case, others: Sequence[Case]) -> None:
    """Three long texts of the other unit, with its name and place exchanged."""
    theirs, own = others[0], case
    exchanged = (
        (theirs.profile.name, own.profile.name), (theirs.profile.county[1], own.profile.county[1]),
        (theirs.profile.body, own.profile.body),
    )  # fmt: skip
    for name in ("supervision", "feedback", "replication"):
        text = theirs.answers[name]
        for old, new in exchanged:
            text = text.replace(old, new)
        case.answers[name] = text
    _both("copied_from_another", "desk_copied", case, theirs)


def former_pilot(case: Case, _others: Sequence[Case]) -> None:
    """In the list of former pilots, with its code; the unit says that it never had one."""
    case.seed("former_pilot", E(code="desk_former", severity="warning"))


def former_pilot_by_name(case: Case, _others: Sequence[Case]) -> None:
    """In the list without a code, its name written with other widths and blanks."""
    case.seed("former_pilot_by_name", E(code="desk_former", severity="warning"))


def elderly_care_as_service(case: Case) -> None:
    """Care of the elderly under F4, where Z2 would not count against the eight of the province; every such unit has it."""
    if case.profile.theme["field"] == "F4" and "养老" in case.profile.theme["name"]:
        case.seed("elderly_care_as_service", E(code="desk_could_move", severity="hint", path="pilot_field"))


# -- files of one unit -----------------------------------------------------------------------------


def _earlier_version(case: Case, *older: str) -> None:
    """The newest version is the second; some carriers are still of the first, with another number of staff and summary."""
    case.kind = "full"
    case.draft.revision = 2
    case.older = older
    case.earlier = {
        "staff_count": case.answers["staff_count"] + 11,
        "full_time_staff": case.answers["full_time_staff"],
    }


def word_older(case: Case, _others: Sequence[Case]) -> None:
    _earlier_version(case, "docx")
    case.seed("word_older", E(code="desk_word_older", severity="warning", point=0))


def pdf_older(case: Case, _others: Sequence[Case]) -> None:
    _earlier_version(case, "pdf")
    case.seed("pdf_older", E(code="desk_pdf_older", severity="warning", point=0))


def package_older(case: Case, _others: Sequence[Case]) -> None:
    _earlier_version(case, "pilot")
    case.seed("package_older", E(code="desk_package_older", severity="warning", point=0))


def word_edited(case: Case, _others: Sequence[Case]) -> None:
    """The title of the project was changed in Word after the export."""
    case.kind = "full"
    old, new = "2027年度工作总结", "2027年度工作小结"

    def edit(staged: Staged) -> None:
        name = next(name for name in staged if name.endswith(".docx"))
        staged[name] = _edited(staged[name], old, new)

    case.spoil.append(edit)
    case.seed("word_edited", E(code="desk_word_changed", severity="warning", point=0))


def _edited(content: bytes, old: str, new: str) -> bytes:
    """A Word file with a piece of its text exchanged, everywhere it stands in one run."""
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made,
    ):
        for name in source.namelist():
            part = source.read(name)
            if name == "word/document.xml":
                changed = part.replace(old.encode(), new.encode())
                assert changed != part, "nothing to edit"
                part = changed
            made.writestr(zipfile.ZipInfo(name, (2026, 6, 20, 9, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return target.getvalue()


def pdf_of_another_project(case: Case, _others: Sequence[Case]) -> None:
    """The PDF was printed from another draft, which the unit had begun before: the same title, other answers."""
    case.kind, case.placing = "full", "folder"
    begun_before = copy.copy(case.draft)
    begun_before.project = " begun before"
    begun_before.answers = case.answers | {"staff_count": 7}

    def exchange(staged: Staged) -> None:
        name = next(name for name in staged if name.endswith(".pdf"))
        staged[name] = papers_of(begun_before).content["pdf"]

    case.spoil.append(exchange)
    case.seed("pdf_of_another_project", E(code="desk_other_project", severity="warning", point=0))


def draft_print(case: Case, _others: Sequence[Case]) -> None:
    case.kind, case.final = "papers", False
    case.seed("draft_print", E(code="desk_draft_print", severity="warning", point=0))


def practice_sample(case: Case, _others: Sequence[Case]) -> None:
    case.kind, case.sample = "pilot", True
    case.seed("practice_sample", E(code="desk_practice", severity="error", point=0))


def pack_older(case: Case, _others: Sequence[Case]) -> None:
    case.kind, case.draft.form_version = "pilot", 0
    case.seed("pack_older", E(code="desk_pack_older", severity="warning", point=0))


def pack_newer(case: Case, _others: Sequence[Case]) -> None:
    case.kind, case.draft.form_version = "pilot", 9
    case.seed("pack_newer", E(code="desk_pack_newer", severity="warning", point=0))


def package_damaged(case: Case, _others: Sequence[Case]) -> None:
    """A package cut off in the middle, Word and PDF beside it."""
    case.kind = "full"

    def cut(staged: Staged) -> None:
        name = next(name for name in staged if name.endswith(".pilot"))
        staged[name] = staged[name][: len(staged[name]) // 2]

    case.spoil.append(cut)
    case.seed("package_damaged", E(code="desk_file_refused", point=0))


def package_locked(case: Case, _others: Sequence[Case]) -> None:
    """A package with a password, Word and PDF beside it."""
    case.kind, case.password = "full", PASSWORD
    case.seed("package_locked", E(code="desk_file_refused", point=0))


def attachment_damaged(case: Case, _others: Sequence[Case]) -> None:
    """An attachment that nothing opens, and its digest is right."""
    case.kind = "pilot"
    name = next(name for name in case.draft.files if name.endswith(".pdf") and "法人" in name)
    case.draft.files[name] = broken_file(case.draft.files[name][0], case.number)
    case.seed("attachment_damaged", E(code="desk_attachment_damaged", severity="warning", point=0))


def two_packages(case: Case, _others: Sequence[Case]) -> None:
    """Two packages of the same project, the first of an earlier version."""
    case.kind, case.placing = "pilot", "folder"
    case.draft.revision = 2
    earlier = copy.deepcopy(case.draft.answers)
    earlier["staff_count"] += 5

    def put(staged: Staged) -> None:
        old = copy.copy(case.draft)
        old.answers, old.revision = earlier, 1
        staged[f"{case.profile.title}（旧）.pilot"] = package_bytes(package_of(old))

    case.extra.append(put)
    case.seed("two_packages", E(code="desk_two_versions", severity="hint", point=0))


DEFECTS: tuple[Callable[[Case, Sequence[Case]], None], ...] = (
    same_code_twice, same_representative, same_phone_twice, copied_from_another, former_pilot, former_pilot_by_name,
    word_older, pdf_older, package_older, word_edited, pdf_of_another_project, draft_print,
    practice_sample, pack_older, pack_newer, package_damaged, package_locked, attachment_damaged, two_packages,
)  # fmt: skip
TWO_UNITS = frozenset({"same_code_twice", "same_representative", "same_phone_twice", "copied_from_another"})
"""Defects between two units; the second one has no other."""

"""Return slips into a folder, each in one of its own: the file for the unit's program, and the notice as Word and PDF."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from pilotdesk.atomic import ensure_folder, folder_in_place, scratch_folder
from pilotdesk.errors import ExportError, PackageError
from pilotdesk.forms.installed import current_pack
from pilotdesk.forms.kit_pattern import safe_name
from pilotdesk.record import Record
from pilotdesk.review.slips.return_slip import SUFFIX, write_slip
from pilotdesk.review.slips.slip_papers import TITLE, notice_stem, write_notice

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from pilotdesk.drafts.returned import ReturnSlip
    from pilotdesk.review.desk.records import DeskRow, Returned

SLIP: Final = "退回单"
_LONGEST: Final = 60


class Going(Record, frozen=True, kw_only=True):
    """A slip on its way to a unit.

    Attributes:
        key: of the submission. number: at the desk, by which people speak of it.
        name: number of the slip, in words. slip: what it says.
    """

    key: str
    number: int
    name: str
    slip: ReturnSlip


class GivenOut(Record, frozen=True, kw_only=True):
    """What became of slips.

    Attributes:
        folder: where they are. files: of all of them, slip by slip.
        gone: those that were written. troubles: a sentence for every one that was not.
    """

    folder: Path
    files: tuple[Path, ...]
    gone: tuple[Going, ...]
    troubles: tuple[str, ...]


def slip_name(row: DeskRow, earlier: Sequence[Returned]) -> str:
    """The number of the next slip of a submission: ``012-1``, of its first round; the second one there is ``012-1（2）``."""
    count = sum(one.number == row.handed for one in earlier)
    return f"{row.number:03}-{row.handed}{f'（{count + 1}）' if count else ''}"


def give_out(
    going: Sequence[Going], folder: Path, progress: Callable[[int, int], None] | None = None
) -> GivenOut:
    """Write slips; one that cannot be written keeps the others from nothing.

    Args:
        going: the slips.
        folder: where to; in one that is there already slips of the same names are replaced.
        progress: called with (slips done, slips); may raise to stop: then a new folder is not there.

    Raises:
        ExportError: those of :mod:`pilotdesk.atomic`, when the folder itself cannot be made; and of the first slip, when not
            one could be written.
        PackageError: likewise.
    """
    if folder.is_dir():
        return _write(going, folder, progress)
    ensure_folder(folder.parent)
    with scratch_folder(beside=folder.parent, prefix=".pilotdesk-") as scratch:
        given = _write(going, scratch / folder.name, progress)
        made = folder_in_place(scratch / folder.name, folder)
    files = tuple(made / file.relative_to(given.folder) for file in given.files)
    return GivenOut(folder=made, files=files, gone=given.gone, troubles=given.troubles)


def _write(going: Sequence[Going], folder: Path, progress: Callable[[int, int], None] | None) -> GivenOut:
    files: list[Path] = []
    gone: list[Going] = []
    troubles: list[ExportError | PackageError] = []
    said: list[str] = []
    alike = Counter(map(_place, going))
    for done, one in enumerate(going):
        if progress is not None:
            progress(done, len(going))
        try:
            files += _write_one(one, folder / folder_name(one, is_alone=alike[_place(one)] == 1))
        except (ExportError, PackageError) as trouble:
            troubles.append(trouble)
            said.append(f"{one.number:03} {one.slip.unit or one.slip.title}：{trouble}")
        else:
            gone.append(one)
    if progress is not None:
        progress(len(going), len(going))
    if troubles and not gone:
        raise troubles[0]
    return GivenOut(folder=folder, files=tuple(files), gone=tuple(gone), troubles=tuple(said))


def folder_name(one: Going, *, is_alone: bool = True) -> str:
    """The folder of a slip, which goes to the unit as it is: ``012_甲县服务中心``.

    Args:
        one: the slip.
        is_alone: whether no other slip of the same round goes with it; else its own number stands first, 012-1（2）_.
    """
    number = f"{one.number:03}" if is_alone else one.name
    return safe_name(f"{number}_{one.slip.unit or one.slip.title}", longest=_LONGEST)


def _place(one: Going) -> tuple[str, int]:
    """What its files are called by: the submission and the round of handing in."""
    return one.key, one.slip.handing


def _write_one(one: Going, folder: Path) -> list[Path]:
    """The notice first: what cannot be printed is not sent as a file either."""
    made = write_notice(one.slip, current_pack(one.slip.round), folder)
    target = folder / f"{notice_stem(one.slip).replace(TITLE, SLIP, 1)}{SUFFIX}"
    write_slip(one.slip, target)
    return [target, *(file.path for file in made.files)]

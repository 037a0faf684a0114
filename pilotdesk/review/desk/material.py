"""What a unit handed in as it is printed: drawn from the stored answers, with where each of them stands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pilotdesk.documents.outline import build_outline
from pilotdesk.documents.pdf import answer_boxes, page_count, write_pdf
from pilotdesk.documents.pictures import Album
from pilotdesk.forms.answer_book import AnswerBook
from pilotdesk.forms.form_documents import documents_of
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.record import Record
from pilotdesk.rules.engine import Engine

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from datetime import date
    from pathlib import Path

    from pilotdesk.documents.pictures import Content
    from pilotdesk.forms.model import Form, FormPack
    from pilotdesk.review.records import Submission

LINE_SHARE: Final = 0.02
"""Of the height of a page: about a line."""


class Box(Record, frozen=True):
    """Where words stand: index of the page, and shares of its width and height from the left and the top."""

    page: int
    left: float
    top: float
    right: float
    bottom: float


class Spot(Record, frozen=True):
    """Where to look for an answer; ``exact`` is whether the boxes are its own, not those of its surroundings."""

    boxes: tuple[Box, ...]
    exact: bool


class Drawn(Record, frozen=True):
    """A document on pages.

    Attributes:
        file: the PDF. pages: all of them. numbered: those with a number.
        boxes: path to where its words stand. order: names of the fields in the order of the form.
        irrelevant: what is not asked for with these answers.
    """

    file: Path
    pages: int
    numbered: int
    boxes: Mapping[str, tuple[Box, ...]]
    order: tuple[str, ...]
    irrelevant: Collection[str]

    def spot(self, path: str) -> Spot | None:
        """Where an answer stands; for one that is not answered its row, its table, or what was printed before it.

        Returns:
            ``None`` when nothing was printed that it could stand beside.
        """
        found = self.boxes.get(path, ())
        if found:
            return Spot(found, exact=True)
        table = _owner(path)
        row = path.rpartition(".")[0] if "[" in path else ""
        for near, exact in ((row, False), (table, "[" not in path and "." not in path)):
            boxes = tuple(
                box for one, some in self.boxes.items() if near and _within(one, near) for box in some
            )
            if boxes:
                return Spot(boxes, exact=exact)
        return self._before(table)

    def at(self, page: int, x: float, y: float) -> str:
        """Path of the answer at a place of a page, in shares, or nearest to it in the same line; empty for none."""
        distances = (
            (max(box.top - y, y - box.bottom, 0.0), max(box.left - x, x - box.right, 0.0), path)
            for path, boxes in self.boxes.items()
            for box in boxes
            if box.page == page
        )
        nearest = min(distances, default=(1.0, 1.0, ""))
        return nearest[2] if nearest[0] <= LINE_SHARE else ""

    def _before(self, field: str) -> Spot | None:
        """The last words of the nearest field before one that has none."""
        if field not in self.order:
            return None
        printed: dict[str, tuple[Box, ...]] = {}
        for path, boxes in self.boxes.items():
            printed[_owner(path)] = boxes
        earlier = reversed(self.order[: self.order.index(field)])
        return next((Spot(printed[name][-1:], exact=False) for name in earlier if name in printed), None)


def _owner(path: str) -> str:
    return path.partition("[")[0].partition(".")[0]


def _within(path: str, near: str) -> bool:
    return path == near or path.startswith((f"{near}.", f"{near}["))


def draw_material(
    pack: FormPack,
    submission: Submission,
    received_on: date,
    target: Path,
    *,
    document: str = "",
    pictures: Content | None = None,
    progress: Callable[[int, int], None] = lambda _done, _total: None,
) -> Drawn:
    """Lay a document of a submission out, as its unit printed it.

    Args:
        pack: of its round.
        submission: whose answers are printed.
        received_on: the day that calculations see.
        target: where the PDF is written.
        document: name of a document of the form; its first when empty.
        pictures: gives the attached pictures; ``None`` for frames in their places.
        progress: (page, pages).

    Raises:
        ExportError: it cannot be written.
    """
    form = pack.forms[submission.form]
    snapshot = snapshot_of(pack, form, submission, received_on)
    outline = build_outline(pack, form, snapshot, document=document or documents_of(form)[0].name)
    numbered = write_pdf(outline, target, progress, Album(pictures)).pages
    boxes: dict[str, list[Box]] = {}
    for path, box in _boxes(target):
        boxes.setdefault(path, []).append(box)
    return Drawn(
        file=target, pages=page_count(target), numbered=numbered,
        boxes={path: tuple(some) for path, some in boxes.items()}, order=tuple(form.fields),
        irrelevant=snapshot.irrelevant,
    )  # fmt: skip


def snapshot_of(pack: FormPack, form: Form, submission: Submission, received_on: date) -> Snapshot:
    """The answers with what is calculated from them, ready to be printed."""
    book = AnswerBook(form, submission.values)
    engine = Engine(form, pack.round, received_on)
    book.write(engine.start(book.values, check_later=True).values)
    return Snapshot(
        values=book.values,
        irrelevant=engine.irrelevant,
        accepted={},
        revision=max(0, submission.revision - 1),  # printed is the one after those that were made
        practice=submission.practice,
    )


def _boxes(file: Path) -> Iterator[tuple[str, Box]]:
    for page, boxes in enumerate(answer_boxes(file)):
        for box in boxes:
            yield box.path, Box(page, box.left, box.top, box.right, box.bottom)

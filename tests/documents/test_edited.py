"""What somebody changed in a Word file is found: all of it, nothing else, and with its value."""

from __future__ import annotations

import shutil
from io import BytesIO

import pytest
from PIL import Image

from pilotdesk.documents.blocks import Body, Grid
from pilotdesk.documents.carriers import read_carrier
from pilotdesk.documents.digest import canonical, digest_of
from pilotdesk.documents.edited import read_edited
from pilotdesk.documents.edited.values import PrintedValues
from pilotdesk.documents.pictures import Album
from pilotdesk.documents.word import write_docx
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.snapshot import Snapshot
from pilotdesk.forms.values import Attachment, field_name, split_cell_path
from pilotdesk.projects import outlines_of
from pilotdesk.session import Session
from tests.documents.edited_kit import DOCUMENTS, TODAY, Hand, W, kept_file, kept_session, resaved, written


@pytest.fixture(scope="module")
def drafts():
    """Form to session; made once, nobody changes them."""
    return {form: kept_session(form) for form in dict.fromkeys(form for form, _ in DOCUMENTS)}


def read(session, path):
    return read_edited(session.pack, session.form, session.freeze(), path)


def test_what_explains_a_choice_is_taken_apart_into_no_more_pieces_than_columns():
    form = load_shipped("2026").forms["application"]
    columns = {column.name: column for column in form.fields["credit_queries"].columns}
    result, remark = columns["result"], columns["remark"]
    reader = PrintedValues(form, Snapshot(values={}, accepted={}))
    text = "不适用（事业单位，不公示，见证明）"
    assert reader.explained((result, remark), text)[1:] == ("事业单位，不公示，见证明",)
    assert reader.explained((result, remark, remark), text)[1:] == ("事业单位", "不公示，见证明")
    assert reader.explained((result, remark, remark), "不适用（事业单位）")[1:] == ("事业单位", None)
    assert reader.explained((result, remark), text)[0] == reader.explained((result, remark), "不适用")[0]


def nothing(edits):
    return (edits.edits, edits.rows, edits.missing, edits.leftover) == ((), (), (), ())


def found_in(edits):
    """Path to text of every change, and what happened to rows."""
    return (
        {edit.path: canonical(edit.after) for edit in edits.edits},
        {(row.table, row.key) for row in edits.rows if row.kind == "removed"},
        {(row.table, row.key) for row in edits.rows if row.kind == "moved"},
        sorted((row.table, row.text) for row in edits.rows if row.kind == "added"),
    )


# -- nothing was changed -----------------------------------------------------------------------------


@pytest.mark.parametrize(("form", "document"), DOCUMENTS)
@pytest.mark.parametrize("saved", ["program", "libreoffice"])
@pytest.mark.parametrize("marks", [True, False], ids=["marks", "no-marks"])
def test_an_untouched_file_gives_no_difference(drafts, form, document, saved, marks, tmp_path):
    session, path = drafts[form], kept_file(form, document)
    if saved == "program":
        path = tmp_path / "own.docx"
        written(session, document, path)
    if not marks:
        path = Hand(path, None, session.form, 0).save(tmp_path / "bare.docx", marks=False)
    edits = read(session, path)
    assert nothing(edits)
    assert edits.compared >= 40


@pytest.mark.parametrize(("form", "document"), DOCUMENTS)
def test_an_old_file_has_the_code_that_its_draft_has_now(drafts, form, document):
    """The code is made of the printed words, so other words for an answer (2027年11月 for 2027年11月至11月) would change it.

    Files that were handed in would no longer agree with their drafts, and an older version would call new ones changed.
    """
    outlines = {one.origin.document: one for one in outlines_of(drafts[form], draft=True)}
    carrier = read_carrier(kept_file(form, document))
    assert carrier.unchanged
    assert carrier.identity.digest == digest_of(outlines[document])


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_files_saved_by_the_libreoffice_that_is_here_give_no_difference(drafts, tmp_path):
    files = []
    for form, document in DOCUMENTS:
        files.append(tmp_path / kept_file(form, document).name)
        written(drafts[form], document, files[-1])
    for (form, _), path in zip(
        DOCUMENTS, resaved(files, tmp_path / "saved", tmp_path / "profile"), strict=True
    ):
        assert nothing(read(drafts[form], path))


# -- a hundred changes -------------------------------------------------------------------------------


def hundred(hand):
    """Edits a file in a hundred places, in every way that people do."""
    chance, form, outline = hand.random, hand.form, hand.outline
    rows = {}
    for answer in outline.answers:
        place = split_cell_path(answer.path)
        if place and is_open(form.fields[place[0]]):
            rows.setdefault(place[0], {}).setdefault(place[1], []).append(answer.path)
    tables = [table for table, listed in rows.items() if len(listed) >= 6]
    chance.shuffle(tables)
    for table in tables[:4]:
        row = chance.choice(list(rows[table])[:-4])
        hand.move_row(rows[table][row][0], chance.randint(2, 3))
        rows.pop(table)
    taken = set()
    for number in range(11):
        table = chance.choice([table for table in rows if len(rows[table]) >= 3])
        row = chance.choice([row for row in rows[table] if (table, row) not in taken])
        taken.add((table, row))
        if number < 5:
            hand.copy_row(rows[table].pop(row)[0])
        else:
            hand.delete_row(rows[table].pop(row)[0])
    change_answers(hand, taken, 85)


def is_open(field):
    """Whether rows of a table can come and go."""
    return bool(field.columns) and not field.calculation and not field.fixed_rows and field.type == "table"


def change_answers(hand, taken, count):
    chance, outline = hand.random, hand.outline
    bodies = [block.path for block in outline.blocks if isinstance(block, Body) and block.path and block.text]
    ticked = [
        cell.path
        for block in outline.blocks
        if isinstance(block, Grid)
        for row in block.rows
        for cell in row.cells
        if len(cell.ticks) > 1 and any(tick.taken for tick in cell.ticks)
    ]
    drawn = {block.path for block in outline.blocks if type(block).__name__ == "Figure"}
    free = [
        answer.path
        for answer in dict.fromkeys(outline.answers)
        if answer.path not in {*bodies, *ticked}
        and field_name(answer.path) not in drawn
        and (split_cell_path(answer.path) or ("", "", ""))[:2] not in taken
        and answer.text not in {"无", "—"}
        and hand.has(answer.path)
    ]
    bodies, ticked = bodies[:], ticked[:]
    chance.shuffle(bodies)
    chance.shuffle(ticked)
    paths = chance.sample(list(dict.fromkeys(free)), count - len(bodies[:5]) - len(ticked[:3]))
    for path in bodies[:5]:
        hand.add_paragraph(path)
    for path in ticked[:3]:
        hand.move_tick(path)
    ways = (hand.type_into, hand.cut_from, hand.type_in_runs, hand.track, hand.empty)
    for number, path in enumerate(paths):
        ways[number % len(ways)](path)


@pytest.mark.parametrize(
    ("saved", "marks", "seed"),
    [
        *(("program", True, seed) for seed in range(1, 6)),
        *(("libreoffice", True, seed) for seed in range(6, 9)),
        # 8, 16, 30: copied rows stand where others went
        *(("program", False, seed) for seed in (1, 2, 8, 16)),
        *(("libreoffice", False, seed) for seed in (4, 30, 51)),
    ],
)
def test_a_hundred_changes_are_found_as_exactly_those(drafts, saved, marks, seed, tmp_path):
    session, own = drafts["application"], tmp_path / "own.docx"
    outline = written(session, "", own)
    hand = Hand(own if saved == "program" else kept_file("application", ""), outline, session.form, seed)
    hundred(hand)
    assert len(hand.changed) + len(hand.removed) + len(hand.moved) + len(hand.added) == 100
    edits = read(session, hand.save(tmp_path / "edited.docx", marks=marks))
    changed, removed, moved, added = found_in(edits)
    assert changed == hand.changed
    assert (removed, moved) == (hand.removed, hand.moved)
    assert [table for table, _ in added] == sorted(table for table, _ in hand.added)
    for table, first in hand.added:
        assert any(first in text for there, text in added if there == table)
    assert edits.missing == ()
    assert edits.leftover == ()
    assert all(edit.how == "bookmark" for edit in edits.edits if edit.after) is marks


@pytest.mark.parametrize(("form", "document"), DOCUMENTS[1:])
def test_changes_in_every_other_document_are_found(drafts, form, document, tmp_path):
    session, own = drafts[form], tmp_path / "own.docx"
    outline = written(session, document, own)
    for marks in (True, False):
        hand = Hand(kept_file(form, document), outline, session.form, 7)
        change_answers(hand, set(), 20)
        edits = read(session, hand.save(tmp_path / "edited.docx", marks=marks))
        assert found_in(edits)[0] == hand.changed
        assert (edits.rows, edits.missing, edits.leftover) == ((), (), ())


@pytest.mark.parametrize("marks", [True, False], ids=["marks", "no-marks"])
def test_a_text_deleted_below_its_heading_is_emptied_and_with_its_heading_it_is_missed(
    drafts, marks, tmp_path
):
    session, own = drafts["application"], tmp_path / "own.docx"
    hand = Hand(own, written(session, "", own), session.form, 0)
    paragraphs = hand.paragraphs("background")
    heading = paragraphs[0].getprevious()
    for paragraph in paragraphs:
        paragraph.getparent().remove(paragraph)
    edits = read(session, hand.save(tmp_path / "emptied.docx", marks=marks))
    assert found_in(edits)[0] == {"background": ""}
    assert edits.missing == ()
    heading.getparent().remove(heading)
    edits = read(session, hand.save(tmp_path / "without.docx", marks=marks))
    assert (edits.edits, [one.path for one in edits.missing]) == ((), ["background"])


# -- pictures ----------------------------------------------------------------------------------------


def with_pictures(*names):
    """A draft with nothing but attached pictures, one content under several names."""
    files = tuple(Attachment(str(n) * 64, name, 9, "image/png") for n, name in enumerate(names, 1))
    return Session(load_shipped("2026"), "application", {"credit_reports": files}, today=TODAY)


@pytest.mark.parametrize("wide", [True, False], ids=["alone", "beside"])
def test_captions_of_pictures_that_were_replaced_since_are_not_left_over(wide, tmp_path):
    stream = BytesIO()
    Image.new("RGB", (400, 100) if wide else (100, 120), "blue").save(stream, "PNG")
    album = Album(lambda _sha256: stream.getvalue())
    then, now = with_pictures("旧一.png", "旧二.png"), with_pictures("重查的.png")
    (outline,) = outlines_of(then, draft=True)
    write_docx(outline, tmp_path / "a.docx", pages=None, album=album)
    assert [left.text for left in read(now, tmp_path / "a.docx").leftover if "旧" in left.text[:8]] == []

    hand = Hand(tmp_path / "a.docx", None, then.form, 0)
    (caption,) = (one for one in hand.root.iter(f"{W}t") if one.text.endswith("旧二"))
    caption.text += "，6月10日又查了一次"
    hand.save(tmp_path / "b.docx")
    left = [one.text for one in read(now, tmp_path / "b.docx").leftover]
    assert any("又查了一次" in text for text in left)

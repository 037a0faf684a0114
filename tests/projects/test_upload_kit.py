"""上报材料包: everything that is uploaded in one folder, proved, or no folder at all."""

from __future__ import annotations

import hashlib
import io
from datetime import date

import pikepdf
import pytest
from msgspec.structs import replace
from PIL import Image

from pilotdesk.documents.attachments import attachment_of
from pilotdesk.documents.blocks import Table
from pilotdesk.documents.carriers import read_carrier
from pilotdesk.errors import ExportError
from pilotdesk.projects import new_package, sample_package, session_of_package
from pilotdesk.projects.kit_names import KitNames
from pilotdesk.projects.upload_kit import BOUND, CONTENTS, make_kit, plan_kit

TODAY = date(2026, 6, 12)


def picture(colour):
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "PNG")
    return stream.getvalue()


def scan(pages):
    made = pikepdf.new()
    for _ in range(pages):
        made.add_blank_page()
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


CONTENTS_OF = {"法人证书.pdf": scan(2), "信用中国.png": picture("red"), "信用中国2.png": picture("blue")}


@pytest.fixture
def filled():
    """The application of the sample with three attached files of ours; and what reads them."""
    session = session_of_package(sample_package("application"), TODAY)
    for field in session.form.fields.values():
        if field.type == "attachment":
            session.set_value(field.name, None, origin="test")
    files = {name: attachment_of(name, content) for name, content in CONTENTS_OF.items()}
    session.set_value("legal_certificate", (files["法人证书.pdf"],), origin="test")
    session.set_value("credit_reports", (files["信用中国.png"], files["信用中国2.png"]), origin="test")
    contents = {hashlib.sha256(content).hexdigest(): content for content in CONTENTS_OF.values()}
    return session, contents.__getitem__


def names_in(folder):
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_the_folder_holds_everything_and_every_file_is_what_the_list_says(filled, tmp_path):
    session, read = filled
    made = make_kit(plan_kit(session, TODAY, draft=False), read, tmp_path)
    assert made.folder.name == "江西省_F6_南汀县政务服务中心_申报书_20260612"
    assert names_in(made.folder) == [
        "00_材料清单.docx",
        "00_材料清单.pdf",
        "01_申报书（样张）.docx",
        "01_申报书（样张）.pdf",
        "02_附件合订本.pdf",
        "附件原件/附件1_法人证书.pdf",
        "附件原件/附件2-1_信用中国.png",
        "附件原件/附件2-2_信用中国2.png",
    ]
    assert sorted(file.name for file in made.files) == names_in(made.folder)
    for file in made.files:
        content = (made.folder / file.name).read_bytes()
        assert hashlib.sha256(content).hexdigest() == file.sha256
        assert len(content) == file.size
    word = read_carrier(made.folder / "01_申报书（样张）.docx")
    pdf = read_carrier(made.folder / "01_申报书（样张）.pdf")
    assert word.unchanged
    assert word.digest == pdf.digest
    assert made.compared >= 2 * 2000 + 3
    assert [path.name for path in tmp_path.iterdir()] == [made.folder.name]


def test_the_bound_file_has_a_bookmark_for_every_attachment(filled, tmp_path):
    session, read = filled
    made = make_kit(plan_kit(session, TODAY, draft=False), read, tmp_path)
    with pikepdf.open(made.folder / f"02_{BOUND}.pdf") as bound, bound.open_outline() as outline:
        assert len(bound.pages) == 4
        assert [entry.title.split(" ")[0] for entry in outline.root] == ["附件1", "附件2-1", "附件2-2"]
        assert str(bound.docinfo["/Title"]) == f"{session.value('project_name')}　{BOUND}"


def test_attachments_have_the_numbers_of_the_printed_list():
    """Whoever reads 见附件4 in the form finds that file in the folder."""
    session = session_of_package(sample_package("application"), TODAY)
    plan = plan_kit(session, TODAY, draft=True)
    printed = next(block for block in reversed(plan.outlines[0].blocks) if isinstance(block, Table))
    listed = {row[1].text: (row[0].text, row[2].text.split("\n")) for row in printed.rows}
    for one in plan.enclosed:
        number, names = listed[one.title]
        assert one.code.removeprefix("附件").partition("-")[0] == number
        assert one.file.file_name in names


def test_kits_of_two_years_tell_the_year():
    names = [
        plan_kit(session_of_package(sample_package(form), TODAY), TODAY, draft=True).names.folder()
        for form in ("summary_2027", "summary_2028")
    ]
    assert ["2027年度工作总结" in names[0], "2028年度工作总结" in names[1]] == [True, True]


def test_the_list_names_every_file_with_its_size_and_what_is_still_missing(filled, tmp_path):
    from pilotdesk.documents.pdf import read_pdf_text

    session, read = filled
    made = make_kit(plan_kit(session, TODAY, draft=True), read, tmp_path)
    text = "".join(read_pdf_text(made.folder / f"00_{CONTENTS}.pdf").text.split())
    for file in made.files[2:]:
        assert file.name.replace("/", "／") in text
    assert "没有附，要补上" in text
    assert "同意参加的意见或合作协议" in text
    assert "同意参加的意见或合作协议" in made.missing
    assert "系统里各栏" in text


def test_a_second_kit_stands_beside_the_first(filled, tmp_path):
    session, read = filled
    first = make_kit(plan_kit(session, TODAY, draft=True), read, tmp_path)
    before = names_in(first.folder)
    second = make_kit(plan_kit(session, TODAY, draft=True), read, tmp_path)
    assert second.folder.name == f"{first.folder.name}（2）"
    assert names_in(first.folder) == before


def test_an_attachment_that_is_gone_leaves_no_folder(filled, tmp_path):
    session, read = filled

    def broken(sha256):
        content = read(sha256)
        return content[:-1] + b"x" if content == CONTENTS_OF["信用中国2.png"] else content

    with pytest.raises(ExportError) as caught:
        make_kit(plan_kit(session, TODAY, draft=True), broken, tmp_path)
    assert caught.value.code in {"kit_differs", "binding_piece_broken"}
    assert "信用中国2" in str(caught.value)
    assert list(tmp_path.iterdir()) == []


def test_stopping_in_the_middle_leaves_nothing(filled, tmp_path):
    session, read = filled

    def stop(done, _steps):
        if done == 2:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        make_kit(plan_kit(session, TODAY, draft=True), read, tmp_path, stop)
    assert list(tmp_path.iterdir()) == []


def test_a_final_kit_waits_until_nothing_has_to_be_mended(tmp_path):
    session = session_of_package(sample_package("application"), TODAY)
    empty = session_of_package(new_package(session.pack, "application", None), TODAY)
    with pytest.raises(ExportError) as caught:
        plan_kit(empty, TODAY, draft=False)
    assert caught.value.code == "errors_left"


@pytest.mark.parametrize(
    ("rules", "code"),
    [
        ({"largest_total_mb": 1}, None),
        ({"largest_file_mb": 1, "kinds": ("pdf", "docx")}, "kit_kind"),
        ({"kinds": ("pdf", "docx", "png")}, None),
    ],
)
def test_limits_of_the_round_are_kept_and_unknown_ones_refuse_nothing(filled, tmp_path, rules, code):
    session, read = filled
    plan = plan_kit(session, TODAY, draft=True)
    plan = replace(plan, rules=replace(plan.rules, **rules))
    if code is None:
        make_kit(plan, read, tmp_path)
        return
    with pytest.raises(ExportError) as caught:
        make_kit(plan, read, tmp_path)
    assert caught.value.code == code
    assert list(tmp_path.iterdir()) == []


def test_a_file_over_the_limit_is_named(filled, tmp_path):
    session, read = filled
    plan = plan_kit(session, TODAY, draft=True)
    large = picture("green") + bytes(3 << 20)
    attached = attachment_of("大图.png", large)
    session.set_value("credit_reports", (attached,), origin="test")
    plan = plan_kit(session, TODAY, draft=True)
    plan = replace(plan, rules=replace(plan.rules, largest_file_mb=2))
    contents = {attached.sha256: large}
    with pytest.raises(ExportError) as caught:
        make_kit(plan, lambda sha256: contents.get(sha256) or read(sha256), tmp_path)
    assert caught.value.code == "kit_too_large"
    assert "大图" in str(caught.value)


def test_names_leave_out_what_is_not_known():
    words = {"province": "", "field": "F6", "unit": "某某/县:中心", "form": "申报书", "day": "20260612"}
    names = KitNames("{province}_{field}_{unit}_{form}_{day}", "{number}_{material}", words)
    assert names.folder() == "F6_某某县中心_申报书_20260612"
    assert names.file(3, "申报书", mark="草稿") == "03_申报书（草稿）"
    assert names.original("附件1", "a:b.PDF") == "附件1_ab.PDF"


def test_evidence_of_a_later_form_goes_in_by_its_codes(tmp_path):
    session = session_of_package(sample_package("summary_2027"), TODAY)
    plan = plan_kit(session, TODAY, draft=True)
    package = sample_package("summary_2027")
    assert all(one.code.startswith("E") for one in plan.enclosed)
    made = make_kit(plan, package.files.__getitem__, tmp_path)
    assert sum(name.endswith(".docx") for name in names_in(made.folder)) == 3

"""Attached pictures out of the packages that were taken in: wherever these lie, and only what is the picture."""

from __future__ import annotations

import hashlib
import io
from dataclasses import replace as changed
from datetime import date

import pytest
from msgspec.structs import replace
from PIL import Image

from pilotdesk.drafts.package import write_package
from pilotdesk.forms.values import Attachment
from pilotdesk.projects import sample_package
from pilotdesk.review.desk.material import draw_material
from pilotdesk.review.desk.originals import pictures_of
from tests.review.desk_kit import PACK, received, sample_submission

FIELD = next(
    name for name, field in PACK.forms["application"].fields.items() if field.print.layout == "pictures"
)


def picture():
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 30, 30)).save(made, "PNG")
    return made.getvalue()


CONTENT = picture()
SHA = hashlib.sha256(CONTENT).hexdigest()
FILE = Attachment(SHA, "现场.png", len(CONTENT), "image/png", "现场照片")


@pytest.fixture
def taken(tmp_path):
    """A package with the picture in a folder that was taken in, and its submission."""
    package = tmp_path / "6月" / "甲" / "申报书.pilot"
    write(package)
    return tmp_path / "6月", of_place("甲/申报书.pilot")


def of_place(place):
    one = sample_submission()
    return replace(one, values={**one.values, FIELD: (FILE,)}, files=(received(place),))


def write(target):
    target.parent.mkdir(parents=True, exist_ok=True)
    sample = sample_package("application")
    values = {**sample.values, FIELD: (FILE,)}
    write_package(changed(sample, values=values, files={SHA: CONTENT}), target)


@pytest.mark.parametrize("place", ["甲/申报书.pilot", "6月/甲/申报书.pilot"])
def test_it_is_found_in_a_folder_taken_in_alone_and_in_one_of_several(taken, tmp_path, place):
    folder, _ = taken
    assert pictures_of(of_place(place), [tmp_path / "no", folder])(SHA) == CONTENT


def test_a_package_that_was_taken_in_by_itself(taken):
    folder, _ = taken
    assert pictures_of(of_place("申报书.pilot"), [folder / "甲" / "申报书.pilot"])(SHA) == CONTENT


def test_what_is_not_at_hand_is_none(taken):
    folder, one = taken
    assert pictures_of(one, [])(SHA) is None
    assert pictures_of(one, [folder])("0" * 64) is None
    (folder / "甲" / "申报书.pilot").write_bytes(b"no package")
    assert pictures_of(one, [folder])(SHA) is None


def test_the_material_shows_it(taken, tmp_path):
    folder, one = taken
    found = []
    for name, roots in (("with", [folder]), ("without", [])):
        target = tmp_path / f"{name}.pdf"
        draw_material(PACK, one, date(2026, 7, 1), target, pictures=pictures_of(one, roots))
        found.append(target.stat().st_size)
    assert found[0] != found[1]

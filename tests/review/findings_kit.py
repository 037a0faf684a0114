"""What the tests of findings share: the shipped pack with its review file, and seeded copies of the sample."""

from __future__ import annotations

from functools import cache
from types import MappingProxyType

from pilotdesk.documents.identity import Identity
from pilotdesk.forms.review_sheet import read_review
from pilotdesk.forms.shipped import load_shipped
from pilotdesk.forms.values import Row
from pilotdesk.paths import forms_dir
from pilotdesk.review.checking.carried_form import is_silent, silent_paths
from pilotdesk.review.checking.findings import findings_of
from pilotdesk.review.checking.formal_checks import Handed
from pilotdesk.review.checking.points import Points
from pilotdesk.review.records import Kind
from pilotdesk.rules.engine import Engine
from tests.packs.defect_kit import clean_copy
from tests.packs.test_seeded_defects import TODAYS

PACK = load_shipped("2026")
REVIEW = read_review(forms_dir() / "2026")
PLACES = {Kind.PILOT: "甲.pilot", Kind.WORD: "甲.docx", Kind.PDF: "甲.pdf"}


@cache
def points_of(form_name, source=Kind.PILOT):
    return Points(PACK, form_name, REVIEW, source=source)


def engine_of(form_name, values, accepted=None, source=Kind.PILOT):
    engine = Engine(points_of(form_name, source).form, PACK.round, TODAYS[form_name])
    engine.start(values, accepted or {})
    return engine


def found_in(form_name, values, accepted=None, source=Kind.PILOT):
    """The findings of answers."""
    engine = engine_of(form_name, values, accepted, source)
    return findings_of(engine, points_of(form_name, source), PACK)


def sample(form_name):
    """A copy of the sample's draft that may be changed."""
    return clean_copy(form_name, TODAYS[form_name])


def as_printed(form_name, values, kind=Kind.WORD):
    """The answers without those that a carrier cannot bring."""
    silent = silent_paths(PACK.forms[form_name], kind)
    return {path: _cut(path, value, silent) for path, value in values.items() if not is_silent(path, silent)}


def _cut(table, value, silent):
    if not (isinstance(value, tuple) and value and isinstance(value[0], Row)):
        return value
    return tuple(
        Row(
            row.id,
            MappingProxyType(
                {name: cell for name, cell in row.cells.items() if f"{table}.{name}" not in silent}
            ),
            row.parent,
        )
        for row in value
    )


def handed(kind, revision=1, digest="AAAA-AAAA", *, now=None, place=None, **identity):
    """A file that says of itself what is asked for; a package's version is its next one, as the program counts them."""
    said = {
        "round": "2026",
        "form": "application",
        "document": "application",
        "version": 1,
        "project": "p1",
        "title": "甲标准化试点　申报书",
        "draft": False,
        "revision": revision + (kind is Kind.PILOT),
        "code": digest,
        "digest": digest,
        "attachments": "",
    } | identity
    changed = said.pop("changed", ())
    return Handed(
        place=place or PLACES[kind],
        kind=kind,
        identity=Identity(**said),
        digest=now or digest,
        changed=changed,
    )

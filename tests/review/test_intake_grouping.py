"""Which files belong together: the same whatever order they come in."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from pilotdesk.review.intake import words
from pilotdesk.review.intake.grouping import counting, gathered, key_of, older
from pilotdesk.review.intake.records import Card
from pilotdesk.review.records import Kind, ReceivedFile, State

ANSWERS = {Kind.PILOT, Kind.WORD, Kind.PDF, Kind.PLAIN_WORD}
FOLDERS = [(), ("甲",), ("甲", "附件"), ("甲", "正文"), ("乙",), ("乙", "丙")]


def card(number=0, folder=(), *, kind=Kind.PILOT, form="application", state=State.READ, **told):
    name = f"{number}.{kind.value}"
    file = ReceivedFile(
        place="/".join((*folder, name)), size=1, sha256=f"{number:064}", kind=kind, state=state
    )
    return Card(number=number, folder=folder, file=file, round="2026", form=form, **told)


def along(number, folder=(), kind=Kind.ATTACHMENT, state=State.KEPT):
    return card(number, folder, kind=kind, form="", state=state)


def numbers(*cards):
    made, alone = gathered(cards)
    by_place = {one.file.place: one.number for one in cards}
    return (
        sorted(
            sorted([*(c.number for c in one.cards), *(by_place[f.place] for f in one.others)]) for one in made
        ),
        sorted(by_place[file.place] for file in alone),
    )


UNIT = {"uscc": "X1", "unit": "甲中心", "title": "一件事"}


def test_files_with_the_same_project_id_belong_together_wherever_they_lie():
    word = card(1, ("甲",), kind=Kind.WORD, project="p", title="旧名")
    pdf = card(2, ("乙",), kind=Kind.PDF, project="p", title="新名")
    assert numbers(word, pdf) == ([[1, 2]], [])


def test_one_prepared_draft_in_the_hands_of_two_units_is_two_submissions():
    one = card(1, ("甲",), project="p", **UNIT)
    other = card(2, ("乙",), project="p", uscc="X2", unit="乙局", title="一件事")
    assert numbers(one, other) == ([[1], [2]], [])


def test_a_project_whose_title_and_code_were_mended_is_the_same_by_its_unit():
    one = card(1, ("甲",), project="p", **UNIT)
    other = card(2, ("乙",), project="p", uscc="X2", unit="甲中心", title="另一件")
    assert numbers(one, other) == ([[1, 2]], [])


def test_a_package_joins_by_code_and_title_and_bridges_what_is_told_by_name_only():
    pdf = card(1, kind=Kind.PDF, project="p", **UNIT)
    package = card(2, ("乙",), uscc=" x1 ", unit="甲 中心", title="一件事")
    plain = card(3, ("丙",), kind=Kind.PLAIN_WORD, unit="甲中心", title="一件事")
    assert numbers(pdf, package, plain) == ([[1, 2, 3]], [])


def test_two_projects_of_one_unit_stay_two():
    assert numbers(card(1, **UNIT), card(2, **{**UNIT, "title": "另一件"})) == ([[1], [2]], [])


def test_two_forms_of_one_project_stay_two():
    assert numbers(card(1, **UNIT), card(2, form="summary_2027", **UNIT)) == ([[1], [2]], [])


def test_attachments_go_to_the_only_submission_of_their_folder():
    assert numbers(card(1, ("甲",), **UNIT), along(2, ("甲",)), along(3, ("甲", "扫"))) == ([[1, 2, 3]], [])


def test_attachments_beside_two_submissions_stand_alone():
    one, two = card(1, ("甲",), **UNIT), card(2, ("甲",), uscc="X2", title="二")
    assert numbers(one, two, along(3, ("甲",))) == ([[1], [2]], [3])
    assert gathered([one, two, along(3, ("甲",))])[1][0].sentence == words.SEVERAL_SUBMISSIONS


def test_among_several_the_name_of_a_file_tells_whose_it_is():
    one, two = (
        card(1, **UNIT | {"title": "政务服务试点"}),
        card(2, uscc="X2", title="县政务服务试点", unit="乙局"),
    )

    def named(number, name):
        made = along(number, state=State.REFUSED, kind=Kind.PILOT)
        return replace(made, file=replace(made.file, place=name))

    cards = [
        one,
        two,
        named(3, "申报书_县政务服务试点（第1版）.pilot"),
        named(4, "政务服务试点.pilot"),
        named(5, "其他.pilot"),
    ]
    assert numbers(*cards) == ([[1, 4], [2, 3]], [5])


def test_a_folder_for_attachments_belongs_to_the_one_beside_it_but_another_unit_does_not():
    document = card(1, ("甲", "正文"), **UNIT)
    assert numbers(document, along(2, ("甲", "附件"))) == ([[1, 2]], [])
    assert numbers(card(1, ("甲",), **UNIT), along(2, ("乙单位",))) == ([[1]], [2])


def test_a_document_that_could_not_be_read_never_goes_to_another_folder():
    locked = along(2, ("甲", "附件"), Kind.PILOT, State.REFUSED)
    assert numbers(card(1, ("甲",), **UNIT), locked) == ([[1]], [2])
    assert numbers(card(1, ("甲",), **UNIT), along(2, ("甲",), Kind.PILOT, State.REFUSED)) == ([[1, 2]], [])


def test_the_newest_version_counts_and_a_package_that_says_the_same_before_a_print():
    first, second = card(1, revision=1, digest="a", **UNIT), card(2, revision=2, digest="b", **UNIT)
    word = card(3, kind=Kind.WORD, revision=3, digest="c", **UNIT)
    assert counting([first, second]) is second
    assert counting([first, second, word]) is word
    assert counting([card(4, revision=1, digest="c", **UNIT), word]).number == 4
    assert [one.number for one in older([first, second, word])] == [1]
    draft = card(5, kind=Kind.PDF, revision=3, digest="d", draft=True, **UNIT)
    assert counting([second, draft]) is second


def test_keys_tell_units_and_projects_apart_and_hold_over_carriers_and_versions():
    whole = card(1, revision=4, project="p", **UNIT)
    assert (
        key_of([whole])
        == key_of([card(9, kind=Kind.PDF, **UNIT)])
        == key_of([card(7, uscc="x1 ", title="一件事")])
    )
    others = [{**UNIT, "uscc": "X2"}, {**UNIT, "title": "二"}, {}]
    assert len({key_of([card(1, **one)]) for one in [UNIT, *others]}) == 4


cards = st.builds(
    lambda number, folder, kind, form, state, project, uscc, unit, title, revision, digest: card(
        number, folder, kind=kind, form=form, state=state, project=project, uscc=uscc, unit=unit, title=title,
        revision=revision, digest=digest,
    ),
    st.just(0), st.sampled_from(FOLDERS), st.sampled_from([*Kind]), st.sampled_from(["", "application", "summary_2027"]),
    st.sampled_from([*State]), *[st.sampled_from(["", "1", "2"])] * 4, st.integers(0, 2), st.sampled_from(["", "a", "b"]),
)  # fmt: skip


@given(st.lists(cards, max_size=12), st.randoms())
def test_the_order_of_files_does_not_matter_and_none_is_lost(listed, rng):
    known = [
        card(
            number, one.folder, kind=one.file.kind, form=one.form * (one.file.kind in ANSWERS), state=one.file.state,
            project=one.project, uscc=one.uscc,
            unit=one.unit, title=one.title, revision=one.revision, digest=one.digest,
        )
        for number, one in enumerate(listed)
    ]  # fmt: skip
    shuffled = [*known]
    rng.shuffle(shuffled)
    made, alone = gathered(known)
    assert gathered(shuffled) == (made, alone)
    held = [file.place for one in made for file in (*(c.file for c in one.cards), *one.others)]
    assert sorted([*held, *(file.place for file in alone)]) == sorted(one.file.place for one in known)
    for one in made:
        assert len({(c.round, c.form) for c in one.cards}) == 1

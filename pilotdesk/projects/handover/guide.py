"""接手人须知: the first page. What was promised, what is due when, who to ask, what is in here, what to open first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from pilotdesk.documents.blocks import Table
from pilotdesk.documents.outline.printing import Printing
from pilotdesk.documents.web.markup import table_markup
from pilotdesk.documents.web.page import page, text
from pilotdesk.projects import APPLICATION, outlines_of
from pilotdesk.projects.handover.open_matters import open_matters
from pilotdesk.projects.timeline import State
from pilotdesk.projects.timeline_words import (
    basis_words,
    day_words,
    due_title,
    next_sentence,
    stage_words,
    state_words,
)
from pilotdesk.record import Record

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from pilotdesk.drafts.copies import DraftCopy
    from pilotdesk.forms.model import Field, FormPack
    from pilotdesk.forms.round import Round
    from pilotdesk.forms.values import Row
    from pilotdesk.projects.timeline import Due, Timeline
    from pilotdesk.session import Session

_CHANGED: Final = ("哪一项", "原来的承诺", "变更后", "谁改的", "什么时候", "依据")
_DUE: Final = ("什么事", "什么时候", "现在", "日期是谁定的")


class Told(Record, frozen=True, kw_only=True):
    """A draft as it is told about.

    Attributes:
        number: 1, 2 … in the order in which the drafts were begun.
        session: ``None`` where its form is not installed on this computer.
    """

    number: int
    draft: DraftCopy
    session: Session | None

    @property
    def name(self) -> str:
        """What the draft is called."""
        from pilotdesk.projects.handover.naming import safe_name

        if self.session is None:
            return self.draft.record.card.form
        title = self.session.form.head.title
        return safe_name(title.removeprefix("国家标准化试点项目"))

    @property
    def folder(self) -> str:
        """What its folders are called, in the order in which the drafts were begun."""
        return f"{self.number}_{self.name}"

    @property
    def stem(self) -> str:
        """Name of its pages in the file, without their ending."""
        return f"草稿/{self.folder}"

    @property
    def session_title(self) -> str:
        """The project's name as it stands in this draft."""
        return self.draft.record.card.facts.title


def guide_page(
    told: Sequence[Told],
    line: Timeline,
    round_: Round,
    *,
    today: date,
    files: Sequence[str],
    attachments: Mapping[str, str],
) -> str:
    """The page.

    Args:
        told: the project's drafts.
        line: its timeline.
        round_: the round it applied in.
        today: when the file is made.
        files: members with documents.
        attachments: SHA-256 to member.
    """
    title = next((each.session_title for each in told if each.session_title), "未命名的项目")
    unit = next((each.draft.record.card.facts.unit for each in told if each.draft.record.card.facts.unit), "")
    pieces = [
        f"<h1>接手人须知</h1><p class='center'><b>{text(title)}</b><br>{text(unit)}</p>",
        f"<p class='reference'>{text(day_words(today))}由 PilotDesk 存成。里面有联系电话，只交给接手的人。</p>",
        *_first(line),
        *_dates(line),
        *open_matters((each.name, each.draft, each.session) for each in told if each.session),
        *_promises(told),
        *_changes(told),
        *_people(told, round_),
        *_inside(told, files, attachments),
    ]
    return page(f"接手人须知：{title}", pieces)


# -- sections ------------------------------------------------------------------------------------


def _first(line: Timeline) -> Iterator[str]:
    yield "<h2>一、先看这里</h2><ol>"
    yield "<li>把整个压缩包解压到自己的一个文件夹，再打开里面的文件。</li>"
    yield (
        "<li>有 PilotDesk 的：在首页点“打开文件或交接包”，选没有解压的这个 .zip 文件，项目连同修改记录都会回来，"
        "电脑上原有的项目不动。</li>"
    )
    yield "<li>没有 PilotDesk 的：“草稿”里每份材料有一个网页，“导出”里有 Word 和 PDF，“附件”里是佐证原件。</li>"
    yield f"<li>存这个包的时候是<b>{text(stage_words(line))}</b>。{text(next_sentence(line))}</li></ol>"


def _dates(line: Timeline) -> Iterator[str]:
    yield "<h2>二、什么时候交什么</h2>"
    yield _table(_DUE, [_due_row(due) for due in line.dated])
    yield (
        "<p class='note'>双击“到期日历.ics”可以放进手机或电脑的日历。通知没有给自评的日期，标着“推算”的只是提醒日，"
        "正式日期以通知为准。各级内部的截止日问县、市、省市场监管部门。</p>"
    )


def _due_row(due: Due) -> tuple[str, ...]:
    look = "done" if due.settled else "late" if due.state is State.OVERDUE else ""
    state = f"<span class='{look}'>{text(state_words(due))}</span>"
    day = day_words(due.day) if due.day else "待通知"
    return text(due_title(due)), text(day), state, text(basis_words(due))


def _promises(told: Sequence[Told]) -> Iterator[str]:
    """The tables of the application that later forms report on, as they are printed."""
    yield "<h2>三、申报书里承诺了什么</h2>"
    application = next(
        (each for each in told if each.session and each.session.form.head.name == APPLICATION), None
    )
    found, labels = [], {}
    if application is not None and application.session is not None:
        wanted = promised_tables(application.session.pack)
        labels = {name: field.label for name, field in application.session.form.fields.items()}
        outlines = outlines_of(application.session, draft=True)
        found = [
            block
            for outline in outlines
            for block in outline.blocks
            if isinstance(block, Table) and block.path in wanted and block.rows
        ]
    if not found:
        yield "<p>申报书里还没有填指标、任务和成果，或者这个包里没有申报书。</p>"
    for block in found:
        yield f"<h3>{text(labels[block.path])}</h3>"
        yield from table_markup(block)


def promised_tables(pack: FormPack) -> frozenset[str]:
    """Names of the application's tables whose promises a later form takes along and may change."""
    return frozenset(
        path.split(".")[1]
        for form in pack.forms.values()
        for field in form.fields.values()
        if any(column.changed_into for column in field.columns)
        for path in field.carry
        if path.startswith(f"{APPLICATION}.")
    )


def _changes(told: Sequence[Told]) -> Iterator[str]:
    rows = [row for each in told if each.session for row in _changed_rows(each, each.session)]
    if rows:
        yield "<h3>后来变更过的承诺</h3>"
        yield _table(("哪份材料", *_CHANGED), rows)


def _changed_rows(told: Told, session: Session) -> Iterator[tuple[str, ...]]:
    printing = Printing(session.form, session.freeze())
    for field in session.form.fields.values():
        for column in field.columns:
            if not column.changed_into:
                continue
            for row in printing.rows(field.name):
                if row.cell(column.changed_into) is not None:
                    words = _changed_row(printing, field, column, row)
                    yield (text(told.name), *words)


def _changed_row(printing: Printing, field: Field, column: Field, row: Row) -> tuple[str, ...]:
    columns = {each.name: each for each in field.columns}
    names = (
        field.columns[0].name,
        column.name,
        column.changed_into,
        "changed_by",
        "changed_on",
        "change_basis",
    )
    return tuple(
        text(printing.plain(columns[name], row.cell(name))) if name in columns else "" for name in names
    )


def _people(told: Sequence[Told], round_: Round) -> Iterator[str]:
    yield "<h2>四、可以问谁</h2>"
    rows = [row for each in told if each.session for row in _persons(each, each.session)]
    yield (
        _table(("谁", "姓名和联系方式", "写在哪份材料里"), rows) if rows else "<p>材料里还没有填联系人。</p>"
    )
    yield (
        f"<p>材料在{text(round_.system_name)}（{text(round_.system_address)}）提交，由省级标准化行政主管部门审核。"
        f"依据：{text(round_.notice_title)}（{text(round_.notice_number)}）。</p>"
    )


def _persons(told: Told, session: Session) -> Iterator[tuple[str, ...]]:
    printing = Printing(session.form, session.freeze())
    for field in session.form.fields.values():
        if field.parts:
            pairs = [(part, printing.value(f"{field.name}.{part.name}")) for part in field.parts]
        elif field.name == "filler_name":
            phone = session.form.fields.get("filler_phone")
            pairs = [(field, printing.value(field.name))]
            pairs += [(phone, printing.value(phone.name))] if phone else []
        else:
            continue
        words = [printing.plain(part, value) for part, value in pairs]
        if any(words):
            yield text(field.label), text("，".join(word for word in words if word)), text(told.name)


def _inside(told: Sequence[Told], files: Sequence[str], attachments: Mapping[str, str]) -> Iterator[str]:
    yield "<h2>五、包里有什么</h2>"
    yield _table(("材料", "填到哪里", "打开"), [_draft_row(each) for each in told])
    if files:
        yield f"<h3>导出（{len(files)} 个文件，存这个包的时候做的）</h3><ul>"
        yield from (f"<li>{_link(name)}</li>" for name in files)
        yield "</ul>"
    if attachments:
        yield f"<h3>附件（{len(attachments)} 个文件）</h3><ul>"
        yield from (f"<li>{_link(name)}</li>" for name in attachments.values())
        yield "</ul>"
    yield (
        "<p class='note'>“程序用”里是给 PilotDesk 还原用的数据，“清单.json”记着每个文件的 SHA-256，可以核对有没有"
        "被改过。这两样不用打开，也不要改。</p>"
    )


def _draft_row(told: Told) -> tuple[str, ...]:
    card = told.draft.record.card
    state = f"第 {card.revision} 版已定稿" if card.revision else f"草稿，必填的填了 {card.facts.percent} %"
    left = f"，还有 {card.facts.errors} 处必须改" if card.facts.errors else ""
    saved = f"，{card.updated[:10]} 最后改过"
    pages = "表单不在存包的电脑上，只有还原用的数据"
    if told.session is not None:
        pages = f"{_link(f'{told.stem}.html', '网页')}　{_link(f'{told.stem}.json', 'JSON')}"
    return text(told.name), text(f"{state}{left}{saved}"), pages


def _link(name: str, words: str = "") -> str:
    """A link to another member; only works once everything is unpacked, which the page says first."""
    return f'<a href="{quote(name)}">{text(words or name)}</a>'


def _table(heads: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """A table of cells that are markup already."""
    head = "".join(f"<th>{text(words)}</th>" for words in heads)
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<table class='auto'><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"

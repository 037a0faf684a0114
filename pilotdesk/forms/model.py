"""The typed form of a pack: what ``forms/<round>/**/*.toml`` may say, and nothing else.

A pack is a folder::

    forms/2026/
        round.toml              the round: dates, quota, pilot fields, submitters, activities, review points
        sources.toml            every source once: key, title, kind, quoted clause
        review.toml             how the province looks at it: :mod:`pilotdesk.forms.review_sheet`
        application/form.toml   one folder per form: title, notes, choice lists, cross-field checks
        application/00-cover.toml … 13-undertaking.toml     one step per file, in file-name order
        annual_summary/form.toml    a form in several editions: the same files once for every ``[edition.NAME]``

In a form with editions ``{{key}}`` anywhere in its files is replaced by the edition's value before the file is read:
``name = "summary_{{year}}"``, ``carry = ["application.targets.value_{{year}}"]``.

Every key below is a key of the TOML table of the same name; unknown keys are refused by the loader.
``source`` is a list of keys of ``sources.toml``; the strongest kind among them is the basis of the field. Expressions
(``relevant``, ``required`` as text, ``calculation``, …, ``{…}`` inside messages): :mod:`pilotdesk.rules.expression`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, Protocol

import msgspec

from pilotdesk.forms.round import Entry, Round

if TYPE_CHECKING:
    from collections.abc import Mapping

FieldType = Literal[
    "text", "longtext", "integer", "decimal", "date", "month", "month_range", "choice", "multi_choice",
    "dependent_choice", "region", "person", "table", "tree", "attachment", "evidence", "statement", "signature",
    "calculated",
]  # fmt: skip
SourceKind = Literal["notice", "standard", "habit", "inferred"]
SeverityName = Literal["error", "warning", "hint"]
SOURCE_RANK: Final[dict[str, int]] = {"inferred": 0, "habit": 1, "standard": 2, "notice": 3}
OFFICIAL_KINDS: Final = frozenset({"notice", "standard"})
"""Kinds of source that may carry severity ``error`` (design §5)."""


class Source(Entry, frozen=True, kw_only=True):
    """One source: ``quote`` is the clause in its own words, empty when the text could not be consulted."""

    title: str
    kind: SourceKind
    quote: str = ""


class Choice(Entry, frozen=True, kw_only=True):
    """One choice of a list. ``name`` is kept in drafts, ``label`` is shown and printed.

    Attributes:
        parent: for dependent lists, the name of the choice that brings this one up.
        group: a caption over a run of choices (消费品: 对象 / 需求); empty for none.
        hint: shown beside the choice. boxed: printed with a box where all are; if not, only when it is taken.
        also: what else people write for it (国家标准, 国标); read as the choice where no label says the same.
    """

    name: str
    label: str
    parent: str = ""
    group: str = ""
    hint: str = ""
    boxed: bool = True
    also: tuple[str, ...] = ()


class Check(Entry, frozen=True, kw_only=True):
    """One constraint, with the parts of its message.

    Attributes:
        name: stable code of the issue, unique in the form (``uscc_check_char``).
        test: holds when all is well; unknown (an operand unanswered) never fails.
            On a field: ``value`` is its answer. On a column: ``value`` is the cell, other columns of
            the row by name. On a table (``each_row`` true): columns of each row by name; otherwise
            the table as a whole. On the form: every field by name.
        on: only for form checks: the path of the field that the issue is shown at.
        over: only for form checks, instead of ``on``: the texts that the test is made of one by one, ``value`` being the
            text: types (``longtext``, ``text``), names of fields (of a table: all its texts) and paths of columns.
            spare: names and paths that are left out.
        what, why, fix, example: Chinese; ``{expression}`` inside is replaced by its printed value.
        severity: ``error`` only with an official source.
    """

    name: str
    test: str
    what: str
    why: str = ""
    fix: str = ""
    example: str = ""
    severity: SeverityName = "warning"
    source: tuple[str, ...] = ()
    on: str = ""
    over: tuple[str, ...] = ()
    spare: tuple[str, ...] = ()
    each_row: bool = False


class Print(Entry, frozen=True, kw_only=True):
    r"""How a field is printed; the defaults suit a grid row.

    Attributes:
        label: printed label when it differs from ``label``; ``\n`` breaks the line.
        layout: ``auto`` (by type and group), ``half`` / ``full`` (grid row of half or whole width),
            ``body`` (（一）heading and paragraphs), ``table``, ``options`` (all choices with ticks; on a
            column of a table in a grid: as long as nothing is joined to it),
            ``yesno`` (grid row of a wide label and ticks), ``statistics``, ``figure``, ``seal``, ``cover``, ``none``,
            ``pictures`` (an attachment field: its JPEG and PNG files are shown at the end of the part).
        caption: caption of a table or figure, without its number; empty: the label.
        widths: column widths in mm, first the 序号 column if there is one; sum 156 (portrait) or 245 (landscape).
            Columns with ``print.layout = "none"`` and joined ones have no width here.
        serial: whether a table is printed with a 序号 column in front.
        join: on a column: printed in the cell of the column before it, on a line of its own (联系人 over 电话).
        block: in a grid: the label cell, merged over all its rows, that consecutive fields with the same
            ``block`` share (标准化机构和人员); each of them then has its own label in the 18 mm column, or none
            when its layout is ``options``.
        heads: printed column heads where they differ from the labels, same order as the printed columns.
        padding_pt: left and right cell padding in points.
        style: ``list`` or ``tight`` (standards) or ``dense``.
        landscape: whether the block stands on landscape pages.
        lead: printed sentence before a table; ``note``: printed 注 below it.
        align: ``left``, ``center``, ``right`` or ``auto`` (by type).
        total: whether the table ends in a 合计 row that adds up the number columns.
        empty: what an unanswered optional cell prints: ``无`` by default.
        merge: on a column: equal neighbours one above the other are printed as one cell.
    """

    label: str = ""
    layout: Literal[
        "auto",
        "half",
        "full",
        "body",
        "table",
        "options",
        "yesno",
        "statistics",
        "figure",
        "seal",
        "cover",
        "pictures",
        "none",
    ] = "auto"
    caption: str = ""
    widths: tuple[float, ...] = ()
    serial: bool = True
    join: bool = False
    block: str = ""
    heads: tuple[str, ...] = ()
    padding_pt: float = 5.4
    style: Literal["list", "tight", "dense"] = "list"
    landscape: bool = False
    lead: str = ""
    note: str = ""
    align: Literal["auto", "left", "center", "right"] = "auto"
    total: bool = False
    empty: str = "无"
    merge: bool = False


class Seal(Entry, frozen=True, kw_only=True):
    """A signature and seal block (type ``signature``).

    Attributes:
        left, right: words at the foot of the white area, e.g. ``法定代表人（签字）：`` and ``承担单位（盖章）``.
        height_mm: white height, at least 40.
        review: whether the six review points of the round are printed as a check table above.
        each: name of a table: one block per row of it, ``{column}`` in ``right`` is the row's cell.
    """

    left: str = ""
    right: str = ""
    height_mm: float = 43
    review: bool = False
    each: str = ""


class Field(Entry, frozen=True, kw_only=True):
    """One field; columns of a table and parts of a person are fields too.

    Attributes:
        name: permanent id, ``[a-z][a-z0-9_]*``, unique in its form (columns: in their table).
        number: the spoken number, ``2.2``; empty for columns and parts.
        hint: 怎么填; ``example``: 填好的样子; both shown in the hint panel.
        note: short remark at the right of the label (``按代码前两位带出``).
        unit: shown inside the editor at its right end and printed after the value.
        required: ``true``, ``false`` or an expression.
        severity: of a missing required answer and of one that cannot be read; ``error`` needs an official source.
        relevant: expression; a field that is not relevant keeps its answer, is neither checked nor printed.
        calculation: expression; the field is then read-only. ``origin``: field that Enter jumps to.
        prefill: expression, written once into an unanswered field when its operands are answered.
        default: initial answer of a new draft, in the codec's typed form.
        choices: name of a choice list; ``pilot_fields``, ``directions``, ``submitters``, ``activities`` come from the
            round. For ``dependent_choice`` the choices are those whose ``parent`` is the answer of ``depends_on``.
            Its answer is a tuple of names, like that of ``multi_choice``: the notice's directions may be several.
        other: whether free text may stand beside the listed choices (lists ending in 等); kept as ``other:文字``.
        letters: of a text: ``half`` turns full-width letters, digits and signs into half-width ones (telephones,
            e-mail, standard numbers); ``upper`` also takes out spaces and writes capitals (codes).
        min_chars, max_chars: advised 字数 of a longtext; never a hard limit. 0: no advice.
        outline: of a longtext, the headings that 插入提纲 writes into it, in order.
        decimals: printed decimals of a decimal field; ``None`` prints as typed.
        min_rows: advised rows of a table. library: rows to pick from. rows: rows of a new draft.
        fixed_rows: whether the user may neither add nor delete rows.
        columns: of a table or tree. A tree always has ``code`` and ``name``.
        parts: of a person, in order.
        levels: least and greatest depth of a tree.
        text: of a statement, one paragraph an entry.
        private: personal data; never in a summary shown to third parties.
        carry: paths in other forms of the project (``application.project_name``) that give this field its first
            answer; the first answered one counts. Of a table: tables whose rows are taken over under their ids,
            ``application.targets``; each column then names the cells, ``application.targets.base_value``.
        fixed: on a column or field: carried or preset, shown but not typed over.
        changed_into: on a carried column: the column that takes a promise that was changed in the other form later;
            the first promise stays where it is.
        explained_in: on a column: the column that says why this one falls short. While that one is required, the number
            stands on the screen in the tone of 请核实.
        tally: of a table: a typed number column, then the fixed one that it is held against; on the screen their sums
            stand over each group of rows and over the table, ``18.5 / 20``; on paper below each group that shares a cell.
        width: ``short``, ``half`` or ``full`` on the wizard page; ``auto`` by type.
    """

    name: str
    type: FieldType
    label: str
    number: str = ""
    hint: str = ""
    example: str = ""
    note: str = ""
    unit: str = ""
    required: bool | str = False
    severity: SeverityName = "warning"
    relevant: str = ""
    calculation: str = ""
    origin: str = ""
    prefill: str = ""
    default: str = ""
    choices: str = ""
    depends_on: str = ""
    other: bool = False
    letters: Literal["typed", "half", "upper"] = "typed"
    min_chars: int = 0
    max_chars: int = 0
    outline: tuple[str, ...] = ()
    decimals: int | None = None
    min_rows: int = 0
    library: tuple[dict[str, Any], ...] = ()
    rows: tuple[dict[str, Any], ...] = ()
    fixed_rows: bool = False
    columns: tuple[Field, ...] = ()
    parts: tuple[Field, ...] = ()
    levels: tuple[int, int] = (1, 4)
    text: tuple[str, ...] = ()
    seal: Seal | None = None
    private: bool = False
    carry: tuple[str, ...] = ()
    fixed: bool = False
    changed_into: str = ""
    explained_in: str = ""
    tally: tuple[str, ...] = ()
    width: Literal["auto", "short", "half", "full"] = "auto"
    source: tuple[str, ...] = ()
    check: tuple[Check, ...] = ()
    print: Print = Print()


class Group(Entry, frozen=True, kw_only=True):
    """Fields under one heading. ``layout`` is the printed layout of its fields: ``grid``, ``text`` or ``seal``."""

    name: str
    label: str = ""
    hint: str = ""
    relevant: str = ""
    layout: Literal["cover", "grid", "text", "seal"] = "grid"
    field: tuple[Field, ...]


class Step(Entry, frozen=True, kw_only=True):
    """One wizard page and one printed part.

    Attributes:
        number: ``一`` … ``十三``; empty for the cover. ``short``: name in the sidebar.
        page: ``standards`` for the page with tree, table and figure side by side; ``evidence`` for the ledger.
        new_page: whether the printed part starts a new page.
        document: name of the document of the form that the part is printed in; empty: the first.
    """

    name: str
    number: str = ""
    label: str
    short: str = ""
    hint: str = ""
    relevant: str = ""
    page: Literal["fields", "standards", "evidence"] = "fields"
    new_page: bool = False
    document: str = ""
    group: tuple[Group, ...]


class Document(Entry, frozen=True, kw_only=True):
    """One document of a form that prints several (自评表, 自评报告, 佐证材料目录); each is a Word file and a PDF.

    Attributes:
        title: full title, on the cover and in the file name. short: its last word, set large (``自评报告``).
        file: what its files are called (``2027年度工作总结``); ``short`` when empty.
        year: the line in brackets below it (``2027年度``); the round's year when empty.
        cover: name of the step whose fields are printed on the cover; empty: no cover, the title stands above the text.
        contents: whether it has a table of contents.
        notes: the 填写说明; none for empty.
    """

    name: str
    title: str
    short: str
    file: str = ""
    year: str = ""
    cover: str = ""
    contents: bool = False
    notes: tuple[str, ...] = ()


class FormHead(Entry, frozen=True, kw_only=True):
    """``form.toml``: everything of a form but its steps.

    Attributes:
        name: ``application``. version: of this form's meaning, counted up with each migration.
        official: whether the layout is the official template; otherwise every export says 参考稿.
        project_name, unit_name: names of the fields that name the project and the undertaking unit.
        notes: the 填写说明, one numbered entry each.
        choice_lists: list name to choices.
        edition: name of the form to the words put in for ``{{key}}``; empty for a form of one edition.
        document: the documents it prints; empty: one, with the form's own title, cover step, contents and notes.
        deadline: name of the round's deadline that it is due at; empty for none.
        ledger: name of the table that is the 佐证材料目录, which ``evidence`` fields point into; empty for none.
    """

    name: str
    title: str
    short: str
    version: int
    official: bool = False
    project_name: str
    unit_name: str
    notes: tuple[str, ...] = ()
    choice_lists: dict[str, tuple[Choice, ...]] = msgspec.field(default_factory=dict)
    check: tuple[Check, ...] = ()
    edition: dict[str, dict[str, int | str]] = msgspec.field(default_factory=dict)
    document: tuple[Document, ...] = ()
    deadline: str = ""
    ledger: str = ""


class Form(msgspec.Struct, frozen=True, kw_only=True):
    """A form as the program uses it: head and steps, with look-ups made once by the loader.

    Attributes:
        fields: every field by name, in form order (columns and parts are reached through their field).
        step_of: field name to step name.
        lists: every choice list by name, the round's own among them.
    """

    head: FormHead
    steps: tuple[Step, ...]
    fields: dict[str, Field]
    step_of: dict[str, str]
    lists: dict[str, tuple[Choice, ...]]


class FormPack(Protocol):
    """A whole pack, read at once (:class:`LoadedPack`) or part by part as it is asked for.

    ``digest`` is the SHA-256 of its files, so that a draft can say what it was written for.
    """

    @property
    def round(self) -> Round:
        """What the notice sets."""

    @property
    def sources(self) -> Mapping[str, Source]:
        """Every source by its key."""

    @property
    def forms(self) -> Mapping[str, Form]:
        """Every form by its name."""

    @property
    def digest(self) -> str:
        """64 hex digits."""


class LoadedPack(msgspec.Struct, frozen=True, kw_only=True):
    """A pack that was read at once."""

    round: Round
    sources: dict[str, Source]
    forms: dict[str, Form]
    digest: str

"""Export options, the running export, and what came of it."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, QUrl, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QButtonGroup, QLineEdit, QScrollArea, QVBoxLayout, QWidget

from pilotdesk.errors import ExportError, PilotDeskError
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Card, Label, Rule, Surface, SymbolLabel, row
from pilotdesk.ui.components.choice import OptionRow
from pilotdesk.ui.components.progress import ProgressBar, ProgressPanel
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import ask_folder
from pilotdesk.ui.dialogs.papers_place import papers_place
from pilotdesk.ui.navigation.navigator import CHECK
from pilotdesk.ui.preview.in_view import KeptInView
from pilotdesk.ui.preview.ways_list import WaysList

if TYPE_CHECKING:
    from collections.abc import Iterable

    from pilotdesk.documents.blocks import Outline
    from pilotdesk.documents.export import ExportResult
    from pilotdesk.documents.pictures import Content
    from pilotdesk.session import Session
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.autosave import Autosave
    from pilotdesk.ui.tasks.worker import Progress, Task

WIDTH: Final = 334
FOLDER_NAME: Final = "试点申报"
_NAME_TAKEN: Final = frozenset({"target_open_elsewhere", "target_changed"})


class ExportPanel(QScrollArea):
    """The right side of the preview.

    Signals:
        page_requested: 去看 what must be mended: the name of the check page.
        place_requested: path of an answer that did not go into the files whole.
        flush_requested: open editors are to be written before the draft is frozen.
        broken: the sentence of an export that failed. made: one went well.
    """

    page_requested = Signal(str)
    place_requested = Signal(str)
    flush_requested = Signal()
    broken = Signal(str)
    made = Signal()

    def __init__(self, session: Session, services: Services, autosave: Autosave | None) -> None:
        super().__init__()
        self._session = session
        self._services = services
        self._autosave = autosave
        self._made: set[str] = set()
        self._names = 1
        self._look = services.look
        self._task: Task | None = None
        self._running = False
        self._mark = "样张" if session.identity.practice else "草稿"
        self.setAccessibleName("导出选项")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        look = self._look
        self.final = OptionRow(look, "radio", "定稿", "没有必须改的问题，可以定稿")
        self.draft = OptionRow(look, "radio", "草稿", f"每页印“{self._mark}”水印，随时可以导出")
        self.word = OptionRow(look, "tick", "Word 文件（.docx）")
        self.pdf = OptionRow(look, "tick", "PDF 文件")
        self.folder = QLineEdit(str(self._first_folder()))
        self.start = Button(look, "导出", "primary", icon="printer")
        self.see = Button(look, "去看必须改的", "link", small=True)
        self.outcome = QVBoxLayout()
        self._view = KeptInView(self)
        self.progress = ProgressPanel(look, "正在导出")
        self.ways = WaysList(look, services.ways)
        self._build()
        self._connect()
        self.refresh()

    def _first_folder(self) -> Path:
        kept = self._services.settings.choices.export_folder
        return Path(kept) if kept else papers_place() / FOLDER_NAME

    def _build(self) -> None:
        look = self._look
        content = Surface("surface")
        layout = QVBoxLayout(content)
        layout.setContentsMargins(18, 14, 18, 14)
        layout.setSpacing(8)
        layout.addWidget(Label("导出", "group"))
        kinds = QButtonGroup(self)
        for option in (self.final, self.draft):
            kinds.addButton(option)
            layout.addWidget(option)
        layout.addLayout(row(look.scaled(22), self.see, None))
        layout.addWidget(Rule())
        for option in (self.word, self.pdf):
            option.setChecked(True)
            layout.addWidget(option)
        caption = Label("存到", "small", "text2")
        caption.setBuddy(self.folder)
        layout.addWidget(caption)
        self.folder.setReadOnly(True)
        self.folder.setAccessibleName("存到的文件夹")
        change = Button(look, "更改", small=True, name="更改存到的文件夹")
        change.clicked.connect(self._on_change_folder)
        line = row(spacing=6)
        line.addWidget(self.folder, 1)
        line.addWidget(change)
        layout.addLayout(line)
        self.start.setSizePolicy(self.draft.sizePolicy())
        layout.addWidget(self.start)
        self.progress.hide()
        layout.addWidget(self.progress)
        layout.addLayout(self.outcome)
        layout.addWidget(self.ways)
        self._add_reference(layout)
        layout.addStretch(1)
        self.setWidget(content)

    def _add_reference(self, layout: QVBoxLayout) -> None:
        """The line that says that the layout is ours, for packs that are not official."""
        look = self._look
        if not self._session.form.head.official:
            remark = WrappedLabel(look, "现在用的是参考版式，以系统下载的模板为准。", "small", "text2")
            foot = row(spacing=7)
            symbol = SymbolLabel(look, "info-circle", "text2", 15, line="small")
            foot.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
            foot.addWidget(remark, 1)
            layout.addSpacing(4)
            layout.addLayout(foot)

    def _connect(self) -> None:
        self.start.clicked.connect(self.export)
        self.see.clicked.connect(partial(self.page_requested.emit, CHECK))
        self.progress.cancelled.connect(self.cancel)
        self.ways.flush_requested.connect(self.flush_requested)

    # -- state -----------------------------------------------------------------------------------

    def refresh(self) -> None:
        """Say whether a final version is possible now."""
        self.ways.show_ways()
        found = Counter(issue.severity for issue in self._session.engine.listed_issues())
        errors, warnings = found[Severity.ERROR], found[Severity.WARNING]
        practice = self._session.identity.practice
        possible = not errors and not practice and not self._session.is_read_only
        if self._session.is_read_only:
            self.final.set_remark("资料正在别处打开着，这里不能定稿")
        elif practice:
            self.final.set_remark("练习样例不能定稿")
        elif errors:
            self.final.set_remark(f"还有 {errors} 处必须改")
        elif warnings:
            self.final.set_remark(f"可以定稿；还有 {warnings} 处请核实")
        else:
            self.final.set_remark("没有必须改的问题，可以定稿")
        self.final.setEnabled(possible)
        self.see.set_text("去看必须改的" if errors else "去看请核实的")
        self.see.setVisible(bool(errors or (possible and warnings)))
        if not possible or not (self.final.isChecked() or self.draft.isChecked()):
            (self.final if possible else self.draft).setChecked(True)

    def _on_change_folder(self) -> None:
        folder = ask_folder(self, "存到哪个文件夹", self.folder.text())
        if folder is not None:
            self.folder.setText(str(folder))
            self._services.settings.keep(export_folder=str(folder))

    # -- exporting -------------------------------------------------------------------------------

    def export(self) -> None:
        """Freeze the draft and export it in the background."""
        self._start("")

    def _start(self, mark: str) -> None:
        if self._running:
            return
        if not (self.word.isChecked() or self.pdf.isChecked()):
            self._show_trouble("Word 和 PDF 至少选一样。", "")
            return
        self.flush_requested.emit()
        from pilotdesk.projects import outlines_of

        papers = tuple(returned.paper() for returned in self._services.returns)
        outlines = (*outlines_of(self._session, draft=self.draft.isChecked()), *papers)
        word, pdf = self.word.isChecked(), self.pdf.isChecked()
        content = self._services.attachments.reader()
        folder, ours = Path(self.folder.text()), _gone_out(self._made, self._autosave)
        work = _Work(outlines, folder, word=word, pdf=pdf, mark=mark, ours=ours, content=content)
        self._clear()
        self._running = True
        self.progress.show_progress("正在排版", None)
        self.progress.show()
        if self.start.hasFocus():
            self.progress.cancel.setFocus(Qt.FocusReason.OtherFocusReason)
        self.start.hide()
        self._task = self._services.runner.run(
            work, self._on_done, failed=self._on_failed, progress=self._on_progress
        )

    def cancel(self) -> None:
        """Stop a running export; no half file is left."""
        if self._task is not None:
            self._task.cancel()
        self._end()

    def _end(self) -> None:
        self._running = False
        self.start.show()
        if self.progress.cancel.hasFocus():
            self.start.setFocus(Qt.FocusReason.OtherFocusReason)
        self.progress.hide()

    def _on_progress(self, done: int, total: int) -> None:
        self.progress.show_progress(f"第 {done} 页，共 {total} 页", done * 100 / max(1, total))

    def _on_failed(self, trouble: PilotDeskError) -> None:
        self._end()
        taken = isinstance(trouble, ExportError) and trouble.code in _NAME_TAKEN
        self._show_trouble(str(trouble), "换个名字存" if taken else "")
        self.broken.emit(str(trouble))

    def _on_done(self, result: ExportResult) -> None:
        self._end()
        self._names = 1
        self._made.update(file.sha256 for file in result.files)
        if self._autosave is not None:
            self._autosave.remember_export(result, final=bool(result.check_codes))
        self.show_result(result)
        self.made.emit()
        self.start.set_text("再导出一次")
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    # -- outcome ---------------------------------------------------------------------------------

    def _clear(self) -> None:
        while self.outcome.count():
            widget = self.outcome.takeAt(0).widget()
            if widget is not None:
                widget.deleteLater()

    def show_result(self, result: ExportResult) -> None:
        """The green card: read back, check code, where the files are."""
        self._clear()
        look = self._look
        card = Card("ok", margins=(14, 12, 12, 12))
        title = WrappedLabel(look, "**导出好了，核对一致**", "group", "ok", line_em=1.3)
        head = row(SymbolLabel(look, "circle-check-filled", "ok", 20))
        head.addWidget(title, 1)
        card.body.addLayout(head)
        count = Label(f"{result.answers} / {result.answers} 一致", "body", weight=700)
        card.body.addLayout(row(Label("逐栏读回核对", "small", "text2"), None, count))
        bar = ProgressBar(look, name="逐栏读回核对")
        bar.set_percent(100, "ok")
        card.body.addWidget(bar)
        for name, code in result.check_codes:
            self._add_code(card, f"{name}校验码" if len(result.check_codes) > 1 else "校验码", code)
        if result.check_codes:
            text = "Word、PDF 和每页页脚印着同一个码。谁改过内容，一核就知道。"
            card.body.addWidget(WrappedLabel(look, text, "small", "text2"))
        else:
            text = f"共 {result.pages} 页，每页印着水印。"
            card.body.addWidget(WrappedLabel(look, text, "small", "text2"))
        for file in result.files:
            card.body.addWidget(ElidedLabel(file.path.name, "small", "text2"))
        self._folder_url = QUrl.fromLocalFile(str(result.files[0].path.parent))
        self._file_url = QUrl.fromLocalFile(str(result.files[-1].path))
        folder = Button(look, "打开文件夹", icon="folder-open", small=True)
        folder.clicked.connect(self._on_open_folder)
        opening = Button(look, f"打开 {result.files[-1].kind.upper().replace('DOCX', 'Word')}", small=True)
        opening.clicked.connect(self._on_open_file)
        card.body.addLayout(row(folder, opening, None))
        self.outcome.addWidget(card)
        self._view.follow(card)
        if self.start.hasFocus():
            card.show()
            folder.setFocus(Qt.FocusReason.OtherFocusReason)
        if result.left_out:
            self._add_left_out(result)

    def _add_left_out(self, result: ExportResult) -> None:
        """The amber card below: what the files could not hold, with the way to each answer."""
        card = self._warning(result.left_out_sentence)
        for label, path in dict((label, path) for path, label in reversed(result.left_out)).items():
            link = Button(self._look, label, "link", small=True)
            link.clicked.connect(partial(self.place_requested.emit, path))
            card.body.addLayout(row(link, None))
        self.outcome.addWidget(card)
        self._view.follow(card)

    def _add_code(self, card: Card, words: str, code: str) -> None:
        copy = Button(self._look, "", "ghost", icon="copy", small=True, name=f"复制{words}")
        copy.setProperty("code", code)
        copy.clicked.connect(self._on_copy)
        line = row(spacing=8)
        line.addWidget(ElidedLabel(words, "small", "text2"), 1)
        line.addWidget(Label(code, "group"))
        line.addWidget(copy)
        card.body.addLayout(line)

    def _show_trouble(self, text: str, action: str) -> None:
        """The amber card: what went wrong and what to do."""
        self._clear()
        card = self._warning(text)
        if action:
            other = Button(self._look, action, small=True)
            other.clicked.connect(self._on_other_name)
            card.body.addLayout(row(other, None))
        self.outcome.addWidget(card)
        self._view.follow(card)

    def _warning(self, text: str) -> Card:
        card = Card("warn", margins=(14, 10, 12, 10))
        line = row(spacing=8)
        symbol = SymbolLabel(self._look, "alert-triangle-filled", "warn", 17, line="small")
        line.addWidget(symbol, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(WrappedLabel(self._look, text, "small", "warn"), 1)
        card.body.addLayout(line)
        return card

    def _on_other_name(self) -> None:
        self._names += 1  # the other name may be taken as well
        self._start(f"({self._names})")

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(str(self.sender().property("code")))
        self._services.toasts.show_done("复制了校验码")

    def _on_open_folder(self) -> None:
        QDesktopServices.openUrl(self._folder_url)

    def _on_open_file(self) -> None:
        QDesktopServices.openUrl(self._file_url)

    def areas(self) -> tuple[QWidget, ...]:
        """What can hold the focus, in order."""
        return (self.final, self.draft, self.word, self.pdf, self.start)


def _gone_out(made: Iterable[str], autosave: Autosave | None) -> frozenset[str]:
    """SHA-256 of what may be replaced: files that went out from this draft, here or earlier, and are as they were."""
    known = set(made)
    if autosave is not None:
        with suppress(PilotDeskError):  # then more stays than need be
            known |= autosave.files_gone_out()
    return frozenset(known)


class _Work:
    """One export, on the worker's thread: outlines, never the session."""

    def __init__(
        self,
        outlines: tuple[Outline, ...],
        folder: Path,
        *,
        word: bool,
        pdf: bool,
        mark: str,
        ours: frozenset[str],
        content: Content,
    ) -> None:
        self._outlines, self._folder, self._word, self._pdf = outlines, folder, word, pdf
        self._mark, self._ours, self._content = mark, ours, content

    def __call__(self, progress: Progress) -> ExportResult:
        """Write, read back and put in place."""
        from pilotdesk.documents.export import export_documents

        return export_documents(
            self._outlines,
            self._folder,
            word=self._word,
            pdf=self._pdf,
            mark=self._mark,
            ours=self._ours,
            content=self._content,
            progress=progress,
        )

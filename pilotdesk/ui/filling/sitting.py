"""One template on the desk, from the moment it is shown to the card that says what became of the answers."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from pilotdesk.atomic import replacing
from pilotdesk.documents.filling.by_hand import text_to_copy
from pilotdesk.documents.filling.filling import fill
from pilotdesk.documents.filling.installed import keep_mapping, mapping_for
from pilotdesk.documents.filling.mapping import require_fit, write_mapping
from pilotdesk.documents.filling.remembered import found_anew, kept_path
from pilotdesk.documents.filling.saving import save_filled
from pilotdesk.documents.filling.values import Values
from pilotdesk.documents.opened import OpenedDocx
from pilotdesk.forms.aliases import read_aliases
from pilotdesk.forms.installed import current_folder
from pilotdesk.ui.dialogs.asking import guarded
from pilotdesk.ui.dialogs.files import ask_filled_target, ask_mapping, ask_mapping_target
from pilotdesk.ui.filling.dialog import FillingDialog
from pilotdesk.ui.filling.result import FilledDialog, Left, Outcome
from pilotdesk.ui.tasks.waiting import done_or_left, wait_for

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from pilotdesk.documents.filling.mapping import Mapping
    from pilotdesk.documents.filling.remembered import Known
    from pilotdesk.forms.model import Form
    from pilotdesk.ui.filling.work import TemplateWork
    from pilotdesk.ui.navigation.frame import OpenDraft, ProgramWindow
    from pilotdesk.ui.navigation.services import Services
    from pilotdesk.ui.tasks.worker import Progress

ANEW = "重新找一遍"


class FillingSitting(QObject):
    """Does what the dialog asks for."""

    def __init__(self, main: ProgramWindow, workspace: OpenDraft, services: Services, source: Path) -> None:
        super().__init__(main)
        self._main = main
        self._session = workspace.session
        self._services = services
        self._look = services.look
        self._source = source
        self._is_anew = False
        self._action: Callable[[], None] | None = None
        self._known: Known
        self._work: TemplateWork
        self._dialog: FillingDialog

    def show(self, known: Known, work: TemplateWork) -> None:
        """Show the dialog."""
        self._known, self._work = known, work
        self._dialog = dialog = FillingDialog(self._main, self._look, work)
        dialog.read_wanted.connect(self._ask_mapping)
        dialog.dropped.connect(self._on_dropped)
        dialog.again_wanted.connect(self._on_again)
        dialog.fill_wanted.connect(self._on_fill)
        dialog.rejected.connect(self._on_left)
        dialog.finished.connect(dialog.deleteLater)
        self._say_origin()
        dialog.grow_within(self._main, self._main.height())
        dialog.open()

    # -- where the mapping comes from ------------------------------------------------------------

    def _say_origin(self) -> None:
        mapping = self._known.mapping
        seen = sum(place.confirmed for place in mapping.place)
        made = f"{mapping.template.made_on:%Y-%m-%d} 的{f'，您看过 {seen} 处' if seen else ''}"
        said, action = {
            "kept": (f"直接用了记住的对应（{made}）。", self._find_anew),
            "pack": ("直接用了表单自带的对应。", self._find_anew),
            "broken": ("记住的那份对应读不出来了，重新找了一遍。", None),
        }.get(self._known.origin, ("", None))
        self._say(said, ANEW if action else "", action)

    def _say(self, text: str, words: str = "", action: Callable[[], None] | None = None) -> None:
        self._action = action
        self._dialog.say(text, words)

    def _on_again(self) -> None:
        if self._action is not None:
            done_or_left(self._dialog, self._look, self._action)

    def _find_anew(self) -> None:
        """Look at the template as if nothing were known of it."""
        form, round_name = self._session.form, self._session.pack.round.name
        today, opened = self._services.clock.today(), self._work.opened

        def work(_progress: Progress) -> Mapping:
            return found_anew(opened, form, round_name=round_name, today=today)

        self._work.take(wait_for(self._dialog, self._look, "正在重新找", work))
        self._is_anew = True
        self._dialog.renew()
        self._say("重新找过了，没有用记住的那份。", "用回记住的", self._use_known)

    def _use_known(self) -> None:
        self._work.take(self._known.mapping)
        self._is_anew = False
        self._dialog.renew()
        self._say_origin()

    # -- mappings of others ----------------------------------------------------------------------

    def _ask_mapping(self) -> None:
        path = ask_mapping(self._dialog)
        if path is not None:
            self._on_dropped(path)

    def _on_dropped(self, path: Path) -> None:
        guarded(self._dialog, self._look, self._install, path)

    def _install(self, path: Path) -> None:
        """Use a mapping that somebody sent, now and whenever this template is filled."""
        mapping = mapping_for(
            self._work.opened,
            self._session.form,
            round_name=self._session.pack.round.name,
            today=self._services.clock.today(),
            given=path,
        )
        kept = kept_path(mapping.template.sha256)
        before, known = kept_now(kept), self._work.mapping
        keep_mapping(mapping)
        self._work.take(mapping)
        self._is_anew = False
        self._dialog.renew()
        said = f"装好了“{path.name}”，下次套用这个模板也用它。"
        self._say(said, "撤销装入", partial(self._uninstall, kept, before, known))

    def _uninstall(self, kept: Path, before: bytes | None, mapping: Mapping) -> None:
        kept_again(kept, before)
        self._work.take(mapping)
        self._dialog.renew()
        self._say_origin()

    def _on_left(self) -> None:
        """What a person said of places is not lost when the form is filled another day."""
        self.deleteLater()
        mapping = self._work.mapping
        seen = sum(place.confirmed for place in mapping.place)
        if (
            self._is_anew
            or not seen
            or mapping == self._known.mapping
            or not self._dialog.remember.isChecked()
        ):
            return
        kept = kept_path(mapping.template.sha256)
        before = kept_now(kept)
        if guarded(self._main, self._look, keep_mapping, mapping):
            said = f"记住了您看过的 {seen} 处，下次接着看。"
            self._services.toasts.show_done(said, "撤销", partial(kept_again, kept, before))

    # -- filling ---------------------------------------------------------------------------------

    def _on_fill(self) -> None:
        target = ask_filled_target(self._dialog, f"{self._source.stem}（已填）.docx")
        if target is not None:
            done_or_left(self._dialog, self._look, partial(self._fill, target))

    def _fill(self, target: Path) -> None:
        outcome = wait_for(self._dialog, self._look, "正在填", self._filling(target))
        if self._dialog.remember.isChecked():
            guarded(self._dialog, self._look, keep_mapping, self._work.mapping)
        result = FilledDialog(self._main, self._look, outcome)
        result.give_wanted.connect(partial(self._give, result))
        result.finished.connect(result.deleteLater)
        result.finished.connect(self.deleteLater)
        self._dialog.accept()
        result.open()

    def _filling(self, target: Path) -> Callable[[Progress], Outcome]:
        """Fills a fresh copy of the template on a thread, so that the one on the desk stays empty."""
        form, snapshot, round_name = self._session.form, self._session.freeze(), self._session.pack.round.name
        source, mapping, unclaimed = self._source, self._work.mapping, self._work.unclaimed()

        def work(progress: Progress) -> Outcome:
            opened = OpenedDocx.open(source)
            require_fit(mapping, sha256=opened.sha256, form=form, name=opened.name)
            aliases = read_aliases(current_folder(round_name), form.head.name)
            filled = fill(opened, mapping, form, snapshot, aliases)
            progress(0, 0)
            save_filled(opened, filled, target)
            values = Values(form, snapshot)
            left = (
                Left(unplaced=one, text=text_to_copy(values, one.path), is_file=_is_attached(form, one.path))
                for one in filled.unplaced
            )
            return Outcome(
                placed=len(filled.placed),
                left=tuple(left),
                unclaimed=unclaimed,
                target=target,
            )

        return work

    def _give(self, result: FilledDialog) -> None:
        target = ask_mapping_target(result, f"{self._source.stem}-对应.toml")
        if target is not None:
            guarded(result, self._look, write_mapping, self._work.mapping, target)


def _is_attached(form: Form, path: str) -> bool:
    return path in form.fields and form.fields[path].type == "attachment"


def kept_now(path: Path) -> bytes | None:
    """What is kept; ``None`` for nothing."""
    return path.read_bytes() if path.is_file() else None


def kept_again(path: Path, before: bytes | None) -> None:
    """Keep what was kept before."""
    if before is None:
        path.unlink(missing_ok=True)
        return
    with replacing(path) as part:
        part.write_bytes(before)

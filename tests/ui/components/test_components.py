"""Components: what they say, how they wrap, where the ring stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication, QStyle, QStyleOptionComboBox, QVBoxLayout, QWidget

from pilotdesk.paths import resources_dir
from pilotdesk.rules.issue import Severity
from pilotdesk.ui.components.basic import Button, Chip, SymbolLabel
from pilotdesk.ui.components.choice import ChoiceBox, OptionCard, OptionRow
from pilotdesk.ui.components.issue import IssueLine
from pilotdesk.ui.components.overlay import FocusRing, Toast
from pilotdesk.ui.components.progress import ProgressBar
from pilotdesk.ui.components.text import ElidedLabel, WrappedLabel
from pilotdesk.ui.dialogs.asking import Dialog
from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.icons import pixmap
from pilotdesk.ui.look.theme import Theme

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from pilotdesk.ui.look.theme import Look


def test_an_issue_line_says_its_severity_as_a_word(qtbot: QtBot, look: Look) -> None:
    line = IssueLine(look, Severity.WARNING, "没看懂“八十多”。请写成数字，如 86。", [("go", "定位")])
    qtbot.addWidget(line)
    assert line.text.startswith("请核实 没看懂")
    assert "请核实" in line.accessibleName()
    with qtbot.waitSignal(line.action_chosen) as chosen:
        line.findChild(Button).click()
    assert chosen.args == ["go"]


def test_a_wrapped_label_asks_for_height_not_for_width(qtbot: QtBot, look: Look) -> None:
    label = WrappedLabel(look, "承担单位应具备独立法人资格，具有标准化工作基础和能力。" * 4)
    qtbot.addWidget(label)
    assert label.minimumSizeHint().width() == 0
    assert label.heightForWidth(200) > 2 * label.heightForWidth(800)
    lines = label.heightForWidth(200) / (look.px("small") * 1.5)
    assert lines == pytest.approx(round(lines), abs=0.3)


def test_wrapped_text_is_never_read_as_markup(qtbot: QtBot, look: Look) -> None:
    label = WrappedLabel(look, "A<B & C <b>不粗</b>")
    qtbot.addWidget(label)
    assert "&lt;b&gt;" in label.text()


def test_a_number_that_is_covered_keeps_its_stars(qtbot: QtBot, look: Look) -> None:
    label = WrappedLabel(look, "**请核实** 这里写了身份证号：1101****4514、138****00。")
    qtbot.addWidget(label)
    assert "<b>请核实</b> 这里写了身份证号：1101****4514、138****00。" in label.text()
    assert label.accessibleName() == "请核实 这里写了身份证号：1101****4514、138****00。"


def test_a_dialog_is_no_higher_than_its_words(qtbot: QtBot, look: Look) -> None:
    dialog = Dialog(
        None, look, "资料找回来了", "请先看看最近改的几处对不对；以前写过的每一稿都还在历史里。" * 3
    )
    dialog.add_actions(["知道了"])
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.height() == dialog.body.totalHeightForWidth(dialog.width())


def test_the_ring_goes_with_the_keys_in_a_dialog(qtbot: QtBot, look: Look) -> None:
    dialog = Dialog(None, look, "不动原来的")
    dialog.add_actions(["先不动", "换掉"])
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = dialog.findChildren(Button)
    buttons[0].setFocus(Qt.FocusReason.TabFocusReason)
    ring = dialog.findChild(FocusRing)
    qtbot.waitUntil(ring.isVisible)
    assert ring.geometry().contains(buttons[0].geometry())


def test_an_elided_label_shows_all_of_it_in_its_tooltip(qtbot: QtBot, look: Look) -> None:
    label = ElidedLabel("南汀县政务服务“高效办成一件事”标准化试点")
    qtbot.addWidget(label)
    label.resize(120, 20)
    label.show()
    assert label.toolTip() == label.text()
    label.resize(600, 20)
    assert label.toolTip() == ""


def test_a_click_leaves_the_focus_in_the_field(qtbot: QtBot, look: Look) -> None:
    assert Button(look, "加一行").focusPolicy() is Qt.FocusPolicy.TabFocus


def test_a_button_with_a_symbol_only_has_a_name(qtbot: QtBot, look: Look) -> None:
    button = Button(look, "", "ghost", icon="arrow-back-up", name="撤销")
    assert button.accessibleName() == button.toolTip() == "撤销"


def test_every_symbol_in_use_is_shipped(qapp: QApplication) -> None:
    import re
    from pathlib import Path

    import pilotdesk.ui

    room = Path(pilotdesk.ui.__file__).parent
    shipped = {path.stem for path in (resources_dir() / "icons").glob("*.svg")}
    named = {
        name
        for path in room.rglob("*.py")
        for name in re.findall(
            r"(?:icon=|Symbol\w*\(\w+(?:\.\w+)*, )\"([a-z0-9-]+)\"", path.read_text("utf-8")
        )
    }
    assert named
    assert named <= shipped


def test_a_symbol_is_sharp_on_a_fine_screen(qapp: QApplication) -> None:
    assert pixmap("bulb", "#112233", 17, 1.5).width() == 26


def test_the_wheel_leaves_an_unfocused_choice_alone(qtbot: QtBot, look: Look) -> None:
    box = ChoiceBox(look)
    qtbot.addWidget(box)
    box.addItems(["一", "二", "三"])
    assert box.currentIndex() == -1
    box.setCurrentIndex(0)
    wheel = QWheelEvent(
        QPointF(5, 5), QPointF(5, 5), QPoint(0, -120), QPoint(0, -120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(box, wheel)
    assert box.currentIndex() == 0


def test_the_ring_stands_around_the_focused_button(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    button = Button(look, "下一步")
    layout.addWidget(button)
    ring = FocusRing(look, window)
    window.resize(300, 200)
    window.show()
    window.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    assert ring.geometry().adjusted(4, 4, -4, -4) == button.geometry()
    window.resize(400, 300)
    qtbot.waitUntil(lambda: ring.geometry().adjusted(4, 4, -4, -4) == button.geometry())
    button.clearFocus()
    qtbot.waitUntil(lambda: not ring.isVisible())


def test_the_ring_goes_with_a_button_that_is_deleted(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    layout = QVBoxLayout(window)
    button, other = Button(look, "下一步"), Button(look, "上一步")
    layout.addWidget(button)
    layout.addWidget(other)
    ring = FocusRing(look, window)
    window.show()
    window.activateWindow()
    button.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)
    shiboken6.delete(button)
    ring.eventFilter(window, QEvent(QEvent.Type.Resize))
    assert not ring.isVisible()
    other.setFocus(Qt.FocusReason.TabFocusReason)
    qtbot.waitUntil(ring.isVisible)


def test_a_toast_takes_back_what_was_done(qtbot: QtBot, look: Look) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.resize(800, 600)
    window.show()
    taken: list[str] = []
    toast = Toast(look, window)
    toast.show_done("删了第 9 行", "撤销  Ctrl+Z", lambda: taken.append("back"))
    assert toast.isVisible()
    toast.findChild(Button).click()
    assert taken == ["back"]
    assert not toast.isVisible()


@pytest.mark.parametrize("palette", [tokens.LIGHT, tokens.DARK, tokens.HIGH_CONTRAST])
def test_painted_components_paint_in_every_theme(qtbot: QtBot, look: Look, palette: tokens.Palette) -> None:
    look.set_theme(Theme(palette))
    option = OptionRow(look, "tick", "PDF 文件", "每页印着水印")
    option.setChecked(True)
    card = OptionCard(look, "D: 盘", "D:\\PilotDesk资料", "本机硬盘", tone="ok", icon="shield-check")
    card.setChecked(True)
    bar = ProgressBar(look)
    bar.set_percent(None)
    chip = Chip(look, "请核实 1", "warn", icon="alert-triangle-filled")
    for widget in (option, card, bar, chip):
        qtbot.addWidget(widget)
        widget.resize(widget.sizeHint())
        picture = widget.grab().toImage()
        colors = {picture.pixel(x, y) for x in range(0, picture.width(), 2) for y in range(picture.height())}
        assert len(colors) > 1
    look.set_theme(Theme())


def test_a_chip_is_seen_only_while_it_says_something(qtbot: QtBot, look: Look) -> None:
    box = QWidget()
    qtbot.addWidget(box)
    chip = Chip(look, "", "warn")
    QVBoxLayout(box).addWidget(chip)
    box.show()
    assert not chip.isVisible()
    chip.show_state("请核实 1", "warn")
    assert chip.isVisible()
    chip.show_state("", "warn")
    assert not chip.isVisible()


def test_a_choice_that_has_no_room_ends_in_dots(qtbot: QtBot, look: Look) -> None:
    words = "2.21 信用情况，第 1 行，查询日期"
    shown = []
    for text in (words, words[:12]):
        box = ChoiceBox(look)
        qtbot.addWidget(box)
        box.addItem(text)
        box.setCurrentIndex(0)
        box.resize(look.scaled(140), look.scaled(32))
        shown.append(box)
    long, short = shown
    option = QStyleOptionComboBox()
    long.initStyleOption(option)
    part = QStyle.SubControl.SC_ComboBoxEditField
    room = long.style().subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, long).width()
    cut = long.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room - 4)
    assert cut.endswith("…")
    short.setItemText(0, cut)
    assert long.grab().toImage() == short.grab().toImage()
    assert long.currentText() == words


@pytest.mark.parametrize("size", ["standard", "extra"])
def test_a_symbol_stands_in_the_middle_of_the_first_line(qtbot: QtBot, look: Look, size: str) -> None:
    look.set_theme(Theme(size=tokens.TypeSize(size)))
    words = WrappedLabel(look, "一行。", "small")
    symbol = SymbolLabel(look, "info-circle", px=15, line="small")
    for widget in (words, symbol):
        qtbot.addWidget(widget)
    assert symbol.height() == pytest.approx(words.heightForWidth(400), abs=1)
    assert symbol.width() == look.scaled(15)
    assert symbol.alignment() & Qt.AlignmentFlag.AlignVCenter

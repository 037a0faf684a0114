"""The one style sheet, built from the tokens and set on the application once per theme or type size.

Selectors name classes of this room (``Button``, ``Card``…), because Qt finds rules by class name at once;
variants are properties set before a widget is first shown (``kind``, ``tone``, ``role``).
"""

from __future__ import annotations

from string import Template
from typing import TYPE_CHECKING, Final

from pilotdesk.ui.look.tokens import CARD_RADIUS, RADIUS

if TYPE_CHECKING:
    from pilotdesk.ui.look.theme import Theme

_LABELS: Final = """
QLabel { background: transparent; color: $text; }
QLabel[role="assistant"] { font-size: ${assistant_px}px; font-weight: 700; }
QLabel[role="step"] { font-size: ${step_px}px; font-weight: 700; }
QLabel[role="group"] { font-size: ${group_px}px; font-weight: 700; }
QLabel[role="body"] { font-size: ${body_px}px; }
QLabel[role="small"] { font-size: ${small_px}px; }
QLabel[role="tiny"] { font-size: ${tiny_px}px; }
QLabel[weight="500"] { font-weight: 500; }
QLabel[weight="700"] { font-weight: 700; }
QLabel[tone="text2"] { color: $text2; }
QLabel[tone="text3"] { color: $text3; }
QLabel[tone="primary"] { color: $primary; }
QLabel[tone="error"] { color: $error; }
QLabel[tone="warn"] { color: $warn; }
QLabel[tone="hint"] { color: $hint; }
QLabel[tone="ok"] { color: $ok; }
"""

_BUTTONS: Final = """
Button {
    background: $surface; color: $text; border: 1px solid $control; border-radius: ${radius}px;
    padding: 0 ${pad}px; min-height: ${field_in}px; max-height: ${field_in}px; font-size: ${body_px}px; outline: 0;
}
Button:hover { border-color: $text2; background: $zebra; }
Button:pressed { background: $sunken; }
Button[small="true"] {
    min-height: ${small_in}px; max-height: ${small_in}px; padding: 0 ${small_pad}px; font-size: ${small_px}px;
}
Button[square="true"] { padding: 0 ${ghost_pad}px; }
Button[kind="primary"] { background: $primary; color: $on_primary; border-color: $primary; }
Button[kind="primary"]:hover { background: $primary_h; border-color: $primary_h; }
Button[kind="soft"] { background: $primary_bg; color: $primary; border-color: $primary_line; }
Button[kind="soft"]:hover { border-color: $primary; }
Button[kind="danger"] { color: $error; border-color: $error_line; }
Button[kind="danger"]:hover { border-color: $error; background: $error_bg; }
Button[kind="ghost"] { background: transparent; border-color: transparent; padding: 0 ${ghost_pad}px; }
Button[kind="ghost"]:hover { background: $sunken; border-color: $ghost_line; }
Button[kind="ghost"]:checked { background: $sel; }
Button[kind="link"] {
    background: transparent; border-color: transparent; color: $primary; padding: 0 2px; text-align: left;
}
Button[kind="link"]:hover { color: $primary_h; text-decoration: underline; }
Button[kind="bar"] {
    background: transparent; border-color: transparent; padding: 0 ${bar_pad}px; font-weight: 500;
    min-height: ${bar_in}px; max-height: ${bar_in}px;
}
Button[kind="bar"]:hover { background: $sunken; border-color: $ghost_line; }
Button[kind="filter"]:checked {
    background: $primary_bg; color: $primary; border-color: $primary; font-weight: 500;
}
Button[kind="search"] {
    color: $text3; text-align: left; padding: 0 ${field_pad}px; min-height: ${search_in}px; max-height: ${search_in}px;
}
Button:disabled { background: $sunken; color: $text3; border: 1px $disabled_line $line; }
Button[kind="ghost"]:disabled, Button[kind="link"]:disabled { background: transparent; border-color: transparent; }
"""

_FRAMES: Final = """
Surface { background: $surface; }
Surface[ground="bg"] { background: $bg; }
Surface[ground="side"] { background: $side; }
Surface[ground="sunken"] { background: $sunken; }
Card { background: $surface; border: 1px solid $line; border-radius: ${card_radius}px; }
Card[tone="primary"] { background: $primary_bg; border-color: $primary_line; }
Card[tone="error"] { background: $error_bg; border-color: $error_line; }
Card[tone="warn"] { background: $warn_bg; border-color: $warn_line; }
Card[tone="hint"] { background: $hint_bg; border-color: $hint_line; }
Card[tone="ok"] { background: $ok_bg; border-color: $ok_line; }
Card[tight="true"] { border-radius: ${radius}px; }
Card[control="true"] { border-color: $control; }
EmptyState { background: $surface; border: 1px dotted $control; border-radius: ${radius}px; }
SidePanel { background: $bg; border: none; border-left: 1px solid $control; }
Popup { background: $surface; border: 1px solid $control; }
Rule { background: $line; border: none; }
Toast { background: $text; border: 1px solid $text; border-radius: ${card_radius}px; }
Toast QLabel { color: $surface; }
Toast Button[kind="link"], Toast Button[kind="link"]:hover { color: $toast_action; font-weight: 500; }
QScrollArea, QScrollArea > QWidget > QWidget[plain="true"] { background: transparent; border: none; }
QToolTip {
    background: $text; color: $surface; border: 1px solid $text; padding: 4px 8px; font-size: ${small_px}px;
}
"""

_FIELDS: Final = """
QLineEdit, QPlainTextEdit, QTextEdit, QComboBox {
    background: $input; color: $text; border: 1px solid $control; border-radius: ${radius}px;
    padding: 0 ${field_pad}px; font-size: ${body_px}px;
    selection-background-color: $primary; selection-color: $on_primary; placeholder-text-color: $text3;
}
QLineEdit, QComboBox { min-height: ${field_in}px; max-height: ${field_in}px; }
QPlainTextEdit, QTextEdit { padding: 6px ${text_pad}px; font-size: ${long_px}px; }
TemplatePage { background: $paper; }
QLineEdit:hover, QPlainTextEdit:hover, QTextEdit:hover, QComboBox:hover { border-color: $text2; }
QLineEdit:read-only, QPlainTextEdit:read-only { background: $ro; }
QLineEdit[issue="error"], QComboBox[issue="error"] {
    border: 2px solid $error; padding: 0 ${field_pad_2}px; min-height: ${field_in_2}px; max-height: ${field_in_2}px;
}
QLineEdit[issue="warning"], QComboBox[issue="warning"] {
    border: 2px solid $warn; padding: 0 ${field_pad_2}px; min-height: ${field_in_2}px; max-height: ${field_in_2}px;
}
QLineEdit:focus, QComboBox:focus, QLineEdit[issue]:focus, QComboBox[issue]:focus {
    border: 2px solid $focus; padding: 0 ${field_pad_2}px; min-height: ${field_in_2}px; max-height: ${field_in_2}px;
}
QPlainTextEdit[issue="error"] { border: 2px solid $error; padding: 5px ${text_pad_2}px; }
QPlainTextEdit[issue="warning"] { border: 2px solid $warn; padding: 5px ${text_pad_2}px; }
QPlainTextEdit:focus, QTextEdit:focus, QPlainTextEdit[issue]:focus {
    border: 2px solid $focus; padding: 5px ${text_pad_2}px;
}
QLineEdit:disabled, QPlainTextEdit:disabled, QComboBox:disabled {
    background: $sunken; color: $text3; border-color: $line;
}
QLineEdit[bare="true"], QLineEdit[bare="true"]:focus, QLineEdit[bare="true"]:hover {
    background: transparent; border: none; padding: 0; min-height: 0; max-height: 9999px;
}
QTextEdit[bare="true"], QTextEdit[bare="true"]:hover, QTextEdit[bare="true"]:focus {
    background: transparent; border: none; padding: 0;
}
QLineEdit[cell="true"], QComboBox[cell="true"], QPlainTextEdit[cell="true"] {
    border-radius: 0; border: 2px solid $focus; font-size: ${small_px}px; padding: 0 6px;
    min-height: 0; max-height: 9999px;
}
QComboBox::drop-down { border: none; width: 28px; }
QComboBox::down-arrow { image: none; }
QComboBox QAbstractItemView, QListView[popup="true"] {
    background: $surface; color: $text; border: 1px solid $control; outline: 0; font-size: ${body_px}px;
    selection-background-color: $sel; selection-color: $text;
}
QComboBox QAbstractItemView::item { min-height: ${small_button}px; padding: 0 8px; }
"""

_VIEWS: Final = """
QTableView, QTreeView, QListView {
    background: $surface; color: $text; border: 1px solid $control; outline: 0; font-size: ${small_px}px;
    gridline-color: $line; alternate-background-color: $zebra;
    selection-background-color: $sel; selection-color: $text;
}
QTreeView, QListView { border: none; }
QListView[ground="side"] { background: $side; }
QTreeView::item { min-height: ${tree_row}px; }
RegionList::item:selected { background: $sel; color: $text; }
QHeaderView { background: $sunken; border: none; }
QHeaderView#serial { background: $surface; }
QHeaderView::section {
    background: $sunken; color: $text; border: none; border-right: 1px solid $line;
    border-bottom: 1px solid $control; padding: 0 8px; font-size: ${small_px}px; font-weight: 500;
}
QTableCornerButton::section { background: $sunken; border: none; border-right: 1px solid $line;
    border-bottom: 1px solid $control; }
QMenu { background: $surface; color: $text; border: 1px solid $control; padding: 4px 0; font-size: ${body_px}px;
    menu-scrollable: 1; }
QMenu::item { padding: ${menu_pad}px 28px ${menu_pad}px 16px; }
QMenu::item:selected { background: $sel; color: $text; }
QMenu::item:disabled { color: $text3; }
QMenu::separator { height: 1px; background: $line; margin: 4px 0; }
QScrollBar { background: transparent; border: none; }
QScrollBar:vertical { width: 10px; margin: 0; }
QScrollBar:horizontal { height: 10px; margin: 0; }
QScrollBar::handle { background: $control; border-radius: 4px; margin: 1px; min-height: 32px; min-width: 32px; }
QScrollBar::handle:hover { background: $text2; }
QScrollBar::add-line, QScrollBar::sub-line, QScrollBar::add-page, QScrollBar::sub-page {
    background: transparent; width: 0; height: 0;
}
QAbstractScrollArea::corner { background: transparent; border: none; }
QSplitter::handle { background: $line; }
QTabBar::tab {
    background: transparent; color: $text2; padding: 6px 12px; border: none; border-bottom: 2px solid transparent;
}
QTabBar::tab:selected { color: $primary; border-bottom-color: $primary; font-weight: 700; }
QTabWidget::pane { border: none; border-top: 1px solid $line; }
"""

_SHEET: Final = Template(_LABELS + _BUTTONS + _FRAMES + _FIELDS + _VIEWS)


def build_sheet(theme: Theme) -> str:
    """The whole style sheet of a theme.

    ``*_in`` heights are the inside of a box: the height of the token less its borders.
    """
    palette = theme.palette
    words: dict[str, object] = {name: palette.color(name) for name in palette._fields}
    words["focus"] = palette.focus
    words["disabled_line"] = "dashed" if palette.outlined else "solid"
    words["ghost_line"] = palette.control if palette.outlined else "transparent"
    for role in ("assistant", "step", "group", "long", "body", "small", "tiny"):
        words[f"{role}_px"] = theme.px(role)
    field, small = theme.metric("field"), theme.metric("small_button")
    words |= {
        "field_in": field - 2,
        "field_in_2": field - 4,
        "small_in": small - 2,
        "small_button": small,
        "bar_in": small - 3,
        "bar_pad": theme.scaled(6),
        "search_in": theme.scaled(30),
        "tree_row": theme.scaled(24),
        "pad": theme.scaled(14),
        "small_pad": theme.scaled(11),
        "ghost_pad": theme.scaled(7),
        "field_pad": theme.scaled(10),
        "field_pad_2": theme.scaled(10) - 1,
        "text_pad": theme.scaled(12),
        "text_pad_2": theme.scaled(12) - 1,
        "menu_pad": theme.scaled(6),
        "radius": RADIUS,
        "card_radius": CARD_RADIUS,
    }
    return _SHEET.substitute(words)

"""Theme: a palette and a type size, put on the application as palette, font and one style sheet."""

from __future__ import annotations

import sys
from enum import Enum
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPalette

from pilotdesk.record import Record
from pilotdesk.ui.look import tokens
from pilotdesk.ui.look.tokens import Metric, Palette, Role, Tone, TypeSize

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon, QPixmap
    from PySide6.QtWidgets import QApplication


class ThemeName(Enum):
    """What the user chose; ``SYSTEM`` follows the desktop."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    HIGH_CONTRAST = "contrast"

    @property
    def label(self) -> str:
        """Chinese name."""
        names = {"system": "跟随系统", "light": "浅色", "dark": "深色", "contrast": "高对比"}
        return names[self.value]


class Theme(Record, frozen=True):
    """Colours and sizes in force."""

    palette: Palette = tokens.LIGHT
    size: TypeSize = TypeSize.STANDARD

    def px(self, role: Role) -> int:
        """Font size of a role, logical px."""
        return tokens.font_px(role, self.size)

    def metric(self, name: Metric) -> int:
        """A named measure, logical px."""
        return tokens.metric_px(name, self.size)

    def scaled(self, px: float) -> int:
        """A measure given at 标准, logical px."""
        return tokens.scaled_px(px, self.size)

    @property
    def factor(self) -> float:
        """Type factor."""
        return self.size.factor


def luminance(color: str) -> float:
    """Relative luminance of ``#RRGGBB``, 0 to 1.

    Source: WCAG 2.1, definition of relative luminance.
    """
    channels = [int(color[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first: str, second: str) -> float:
    """Contrast ratio of two colours, 1 to 21.

    Source: WCAG 2.1, definition of contrast ratio.
    """
    bright, dim = sorted((luminance(first), luminance(second)), reverse=True)
    return (bright + 0.05) / (dim + 0.05)


class Look(QObject):
    """The theme in force, handed to every widget that paints or carries a symbol.

    Signals:
        changed: after another theme was put on the application; widgets redraw symbols and re-measure.
    """

    changed = Signal()

    def __init__(self, app: QApplication, theme: Theme) -> None:
        super().__init__()
        self._app = app
        self._theme = theme
        self._put_on()

    @property
    def theme(self) -> Theme:
        """The theme in force."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Put another theme on the application and tell all widgets."""
        if theme == self._theme:
            return
        self._theme = theme
        self._put_on()
        self.changed.emit()

    def set_size(self, size: TypeSize) -> None:
        """Change the type size only."""
        self.set_theme(msgspec.structs.replace(self._theme, size=size))

    def _put_on(self) -> None:
        from pilotdesk.ui.look.sheet import build_sheet

        self._app.setPalette(qt_palette(self._theme.palette))
        self._app.setFont(self.font("body"))
        self._app.setStyleSheet(build_sheet(self._theme))

    def px(self, role: Role) -> int:
        """Font size of a role, logical px."""
        return self._theme.px(role)

    def metric(self, name: Metric) -> int:
        """A named measure, logical px."""
        return self._theme.metric(name)

    def scaled(self, px: float) -> int:
        """A measure given at 标准, logical px."""
        return self._theme.scaled(px)

    def color(self, token: str) -> QColor:
        """Colour of a token."""
        return QColor(self._theme.palette.color(token))

    def font(self, role: Role, weight: int = 400) -> QFont:
        """The interface font of a role; ``weight`` is 400, 500 or 700."""
        font = QFont(list(tokens.FAMILIES))
        font.setPixelSize(self.px(role))
        font.setWeight(QFont.Weight(weight))
        return font

    def icon(self, name: str, color: str = "text", px: int = 17, gap: int = 0) -> QIcon:
        """A symbol as an icon; ``px`` is its size at 标准, ``gap`` empty px at its right."""
        from pilotdesk.ui.look.icons import icon

        return icon(name, self._theme.palette.color(color), self.scaled(px), gap)

    def pixmap(self, name: str, token: str, px: int, ratio: float) -> QPixmap:
        """A symbol as a pixmap for a screen of ``ratio`` device px a logical px; ``px`` is its size at 标准."""
        from pilotdesk.ui.look.icons import pixmap

        return pixmap(name, self._theme.palette.color(token), self.scaled(px), ratio)


def tone_token(tone: Tone, part: str = "") -> str:
    """The token of a tone: ``warn`` → ``warn``, with ``part`` ``bg`` → ``warn_bg``, ``line`` → ``warn_line``."""
    if tone == "neutral":
        return {"": "text2", "bg": "sunken", "line": "line"}[part]
    return f"{tone}_{part}" if part else tone


def qt_palette(palette: Palette) -> QPalette:
    """The Qt palette of a theme, for the parts that the style draws without the style sheet."""
    role = QPalette.ColorRole
    pairs = {
        role.Window: palette.bg,
        role.Base: palette.input,
        role.AlternateBase: palette.zebra,
        role.Button: palette.surface,
        role.WindowText: palette.text,
        role.Text: palette.text,
        role.ButtonText: palette.text,
        role.ToolTipBase: palette.text,
        role.ToolTipText: palette.surface,
        role.PlaceholderText: palette.text3,
        role.Highlight: palette.primary,
        role.HighlightedText: palette.on_primary,
        role.Link: palette.primary,
        role.LinkVisited: palette.primary,
        role.Light: palette.surface,
        role.Midlight: palette.surface,
        role.Mid: palette.line,
        role.Dark: palette.control,
        role.Shadow: palette.control,
    }
    result = QPalette()
    for each, color in pairs.items():
        result.setColor(each, QColor(color))
    disabled = QPalette.ColorGroup.Disabled
    for each in (role.WindowText, role.Text, role.ButtonText):
        result.setColor(disabled, each, QColor(palette.text3))
    return result


def palette_named(name: ThemeName, app: QApplication) -> Palette:
    """The palette for the user's choice on this desktop.

    The contrast theme of Windows wins over every choice: its own colours take the place of the tokens.
    """
    if system_contrast_is_on():
        return system_palette(app.palette())
    if name is ThemeName.SYSTEM:
        dark = app.styleHints().colorScheme() is Qt.ColorScheme.Dark
        return tokens.DARK if dark else tokens.LIGHT
    return {
        ThemeName.LIGHT: tokens.LIGHT,
        ThemeName.DARK: tokens.DARK,
        ThemeName.HIGH_CONTRAST: tokens.HIGH_CONTRAST,
    }[name]


def system_contrast_is_on() -> bool:
    """Whether a contrast theme of Windows is on; elsewhere always ``False``."""
    return sys.platform == "win32" and _windows_contrast_is_on()


def _windows_contrast_is_on() -> bool:
    import ctypes

    class HighContrast(ctypes.Structure):
        _fields_ = [("size", ctypes.c_uint), ("flags", ctypes.c_uint), ("scheme", ctypes.c_wchar_p)]

    state = HighContrast(size=ctypes.sizeof(HighContrast))
    get_high_contrast, is_on = 0x0042, 0x1  # SPI_GETHIGHCONTRAST, HCF_HIGHCONTRASTON
    answered = ctypes.CDLL("user32").SystemParametersInfoW(
        get_high_contrast, state.size, ctypes.byref(state), 0
    )
    return bool(answered) and bool(state.flags & is_on)


def system_palette(system: QPalette) -> Palette:
    """Tokens from the desktop's own colours, for its contrast theme: one ground, one text, one accent."""
    role = QPalette.ColorRole
    ground, text = system.color(role.Window).name(), system.color(role.WindowText).name()
    accent, on_accent = system.color(role.Highlight).name(), system.color(role.HighlightedText).name()
    grounds = dict.fromkeys(
        ("bg", "surface", "side", "sunken", "input", "ro", "zebra", "primary_bg", "error_bg", "warn_bg", "hint_bg",
         "ok_bg", "sel"),
        ground,
    )  # fmt: skip
    lines = dict.fromkeys(
        ("text", "text2", "text3", "line", "control", "error", "warn", "hint", "ok", "error_line", "warn_line",
         "hint_line", "ok_line"),
        text,
    )  # fmt: skip
    return Palette(
        **grounds,
        **lines,
        primary=accent,
        primary_h=accent,
        on_primary=on_accent,
        primary_line=accent,
        toast_action=ground,
        outlined=True,
    )

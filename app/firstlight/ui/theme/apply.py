"""Puts a theme on the application: tokens, palette, font and style sheet, now and when the system changes."""

from __future__ import annotations

from PySide6.QtCore import QDir, QObject, Qt, Slot
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from firstlight.resources import resource_path
from firstlight.texts import N_
from firstlight.ui.theme.current import set_tokens
from firstlight.ui.theme.fonts import window_font
from firstlight.ui.theme.stylesheet import blend, stylesheet
from firstlight.ui.theme.tokens import DARK, LIGHT, Tokens

THEMES = (("system", N_("Like the system")), ("light", N_("Light")), ("dark", N_("Dark")))
"""(name in the settings, label), in menu order."""

_SCHEMES = {
    "light": Qt.ColorScheme.Light,
    "dark": Qt.ColorScheme.Dark,
    "system": Qt.ColorScheme.Unknown,
}


class _Applied(QObject):
    """What was chosen, for the moment the system turns dark."""

    def __init__(self, app: QApplication) -> None:
        super().__init__(app)
        self.app = app
        self.name = ""
        self.size_pt = 0.0
        self.system_font = QFont(app.font())
        QDir.addSearchPath("themes", str(resource_path("themes")))
        app.styleHints().colorSchemeChanged.connect(self._on_scheme_changed)

    @Slot()
    def _on_scheme_changed(self) -> None:
        if self.name == "system":
            self.paint()

    def choose(self, name: str, size_pt: float) -> None:
        # Before the name is known, so that the signal it may send does not paint twice.
        self.name = ""
        QGuiApplication.styleHints().setColorScheme(_SCHEMES[name])
        self.name, self.size_pt = name, size_pt
        self.paint()

    def paint(self) -> None:
        dark = QGuiApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
        theme = {"light": LIGHT, "dark": DARK}.get(self.name, DARK if dark else LIGHT)
        font = window_font(self.system_font, self.size_pt)
        set_tokens(theme)
        self.app.setPalette(palette(theme))
        self.app.setFont(font)
        self.app.setStyleSheet(stylesheet(theme, font))


_applied: _Applied | None = None


def apply_theme(app: QApplication, name: str, size_pt: float = 0.0) -> None:
    """Dress `app`, whose style must be Fusion, in a theme of THEMES; `size_pt` 0 means the system's font size."""
    global _applied  # noqa: PLW0603 - one application, one theme
    if _applied is None or _applied.app is not app:
        _applied = _Applied(app)
    _applied.choose(name if name in _SCHEMES else "system", size_pt)


def palette(theme: Tokens) -> QPalette:
    """Return the palette of `theme`: what Fusion draws where the style sheet says nothing."""
    role = QPalette.ColorRole
    colors = {
        role.Window: theme.window, role.WindowText: theme.text, role.Base: theme.panel, role.Text: theme.text,
        role.AlternateBase: theme.window, role.Button: theme.raised, role.ButtonText: theme.text,
        role.BrightText: theme.on_accent, role.ToolTipBase: theme.raised, role.ToolTipText: theme.text,
        role.PlaceholderText: blend(theme.text_muted, theme.panel, 0.2), role.Link: theme.accent,
        role.LinkVisited: theme.accent, role.Highlight: theme.selection, role.HighlightedText: theme.selection_text,
        role.Accent: theme.accent, role.Light: theme.hover, role.Midlight: theme.hover, role.Mid: theme.border,
        role.Dark: theme.border_strong, role.Shadow: theme.border_strong,
    }  # fmt: skip
    made = QPalette()
    for key, value in colors.items():
        made.setColor(key, QColor(value))
    faded = QColor(blend(theme.text_muted, theme.panel, 0.45))
    for key in (role.WindowText, role.Text, role.ButtonText):
        made.setColor(QPalette.ColorGroup.Disabled, key, faded)
    return made

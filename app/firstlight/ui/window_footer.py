"""The strip at the bottom: Console, a passing message, the demo, where secrets are kept, quick switches."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QWidget

from firstlight.texts import N_, Phrase, tr
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys
from firstlight.ui.menus import Choices
from firstlight.ui.request.elided_label import ElidedLabel
from firstlight.ui.secrets.words import EXPLANATIONS, FOOTER, HEADINGS
from firstlight.ui.theme.current import theme_changed

_MESSAGE_MS = 8000
_ICON = QSize(16, 16)

DEMO_TEXTS = {
    "off": "",
    "starting": N_("Starting the demo services…"),
    "running": N_("Demo services running"),
    "failed": N_("The demo services stopped"),
}
_DEMO_COLORS = {"starting": "warn", "running": "ok", "failed": "error"}


class Footer(QFrame):
    """Shows states it is told; knows none itself."""

    console_toggled = Signal(bool)
    side_by_side_toggled = Signal(bool)
    restart_demo_requested = Signal()
    secrets_requested = Signal()

    def __init__(self, choices: Choices, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("footer")
        self._demo_state = "off"
        self._standing = "unknown"
        self._message_text = Phrase()
        self.console = self._button("consoleButton", "console", checkable=True)
        self.console.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._message, self._demo = ElidedLabel(self), QLabel(self)
        self._message.setObjectName("messageLabel")
        self._demo.setObjectName("demoLabel")
        self._secrets = self._button("secretsButton", "key")
        self._secrets.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._demo_dot = QLabel(self)
        self._demo_dot.setObjectName("demoDot")
        self._restart = QPushButton(self)
        self._restart.setObjectName("restartDemoButton")
        self.presentation = self._button("presentationButton", "eye-off", checkable=True)
        self.presentation.toggled.connect(self._show_presentation)
        self.side_by_side = self._button("sideBySideButton", "columns", checkable=True)
        self._theme = self._button("themeButton", "sun")
        self._language = self._button("languageButton", "language")
        self._theme.setMenu(choices.theme_menu)
        self._language.setMenu(choices.language_menu)
        self._fading = QTimer(self)
        self._fading.setSingleShot(True)
        self._fading.setInterval(_MESSAGE_MS)
        self._lay_out()
        self._connect()
        self._retranslate()

    def _button(self, name: str, picture: str, *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setIcon(icon(picture))
        button.setIconSize(_ICON)
        button.setCheckable(checkable)
        button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        return button

    def _lay_out(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(8, 3, 8, 3)
        row.setSpacing(8)
        row.addWidget(self.console)
        row.addWidget(self._message, 1)
        for widget in (self._demo_dot, self._demo, self._restart, self._secrets):
            row.addWidget(widget)
        for button in (self.presentation, self.side_by_side, self._theme, self._language):
            row.addWidget(button)
        self._demo.setProperty("kind", "caption")

    def _connect(self) -> None:
        theme_changed.connect(self._paint_dot)
        self.console.toggled.connect(self.console_toggled)
        self.side_by_side.toggled.connect(self.side_by_side_toggled)
        self._secrets.clicked.connect(self.secrets_requested)
        self._restart.clicked.connect(self.restart_demo_requested)
        self._fading.timeout.connect(self._on_faded)

    def show_message(self, message: Phrase) -> None:
        """Say what has just been done; it fades."""
        self._message_text = message
        self._message.show_text(tr(message))
        self._fading.start()

    def show_demo(self, state: str) -> None:
        """Show the demo services: off, starting, running, failed."""
        self._demo_state = state
        self._retranslate()

    def show_secret_standing(self, standing: str) -> None:
        """Show where secrets are kept, as SecretStore.standing() says."""
        self._standing = standing
        self._retranslate()

    def demo_text(self) -> str:
        """Return what is said about the demo services."""
        return self._demo.text()

    def secrets_text(self) -> str:
        """Return what is said about where secrets are kept."""
        return self._secrets.text()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _paint_dot(self) -> None:
        if color := _DEMO_COLORS.get(self._demo_state):
            self._demo_dot.setPixmap(icon("dot", color).pixmap(10, 10))

    def _retranslate(self) -> None:
        self.console.setText(tr("Console"))
        self.console.setToolTip(with_keys(tr("Show every request and answer of this session"), "console"))
        self._restart.setText(tr("Restart"))
        self._restart.setVisible(self._demo_state == "failed")
        self._demo.setText(tr(DEMO_TEXTS[self._demo_state]))
        self._demo_dot.setVisible(self._demo_state != "off")
        self._paint_dot()
        self._secrets.setText(tr(FOOTER[self._standing]))
        self._secrets.setToolTip(f"{tr(HEADINGS[self._standing])}\n{tr(EXPLANATIONS[self._standing])}")
        self._message.show_text(tr(self._message_text))
        self._show_presentation()
        for button, text in (
            (self.presentation, with_keys(tr("Hide secrets, hosts and accounts on screen"), "presentation")),
            (self.side_by_side, tr("Request beside response")),
            (self._theme, tr("Theme")),
            (self._language, tr("Language")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)

    @Slot()
    def _show_presentation(self) -> None:
        """Say in words that something is hidden, as long as it is."""
        on = self.presentation.isChecked()
        beside, alone = Qt.ToolButtonStyle.ToolButtonTextBesideIcon, Qt.ToolButtonStyle.ToolButtonIconOnly
        self.presentation.setToolButtonStyle(beside if on else alone)
        self.presentation.setText(tr("Presentation mode") if on else "")
        self.presentation.setIcon(icon("eye-off", "warn") if on else icon("eye-off"))

    @Slot()
    def _on_faded(self) -> None:
        self._message_text = Phrase()
        self._message.show_text("")

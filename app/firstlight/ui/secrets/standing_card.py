"""Says where secrets are kept and why, and offers what can be done about it."""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import N_, tr, trn
from firstlight.ui.icons import icon
from firstlight.ui.secrets.words import EXPLANATIONS, HEADINGS, PLAIN
from firstlight.ui.theme.tokens import SPACE

_PICTURE_PX = 24


@dataclass(frozen=True, slots=True, kw_only=True)
class StandingShown:
    """What the card shows."""

    standing: str
    keyring: str
    vault: str
    waiting: int
    """How many secrets of this session could be kept for longer."""
    problem: str = ""


CHOICES = (
    ("unlock", N_("Unlock the vault…"), lambda shown: shown.vault == "locked"),
    ("create", N_("Create a vault…"), lambda shown: shown.vault == "absent" and shown.standing != "keyring"),
    ("renew", N_("Create a new vault…"), lambda shown: shown.vault == "broken"),
    ("ask_keyring", N_("Unlock the keyring"), lambda shown: shown.keyring == "locked"),
    ("find_keyring", N_("Look for a keyring again"), lambda shown: shown.keyring == "absent"),
    ("lock", N_("Lock the vault"), lambda shown: shown.vault == "open"),
    ("change", N_("Change the password…"), lambda shown: shown.vault == "open"),
    ("session_only", N_("This session only"), lambda shown: shown.standing in {"keyring", "vault"}),
    ("keep_again", N_("Keep secrets again"), lambda shown: shown.standing == "chosen-session"),
)
"""(name, text of the button, when it is offered)."""


class StandingCard(QFrame):
    """A heading, a reason and buttons."""

    chosen = Signal(str)
    """One of CHOICES, or `move`: keep the secrets of this session for longer."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "card")
        self._shown: StandingShown | None = None
        self._picture, self._heading, self._text = (QLabel(self) for _ in range(3))
        self._heading.setProperty("kind", "title")
        self._heading.setObjectName("secretsHeading")
        self._text.setObjectName("secretsExplanation")
        self._text.setWordWrap(True)
        self._move = self._button("move")
        self._buttons = {name: self._button(name) for name, _text, _when in CHOICES}
        self._lay_out()

    def show_standing(self, shown: StandingShown) -> None:
        """Show how things stand now."""
        self._shown = shown
        good = shown.standing in {"keyring", "vault"}
        self._picture.setPixmap(icon("key", "ok" if good else "warn").pixmap(_PICTURE_PX, _PICTURE_PX))
        self._heading.setText(tr(HEADINGS[shown.standing]))
        texts = (tr(EXPLANATIONS[shown.standing]), shown.problem, tr(PLAIN, reference="{{secret:name}}"))
        self._text.setText("\n".join(filter(None, texts)))
        for name, text, when in CHOICES:
            self._buttons[name].setText(tr(text))
            self._buttons[name].setVisible(when(shown))
        self._move.setVisible(shown.waiting > 0 and good)
        self._move.setText(
            trn("Keep {count} secret of this session", "Keep {count} secrets of this session", shown.waiting)
        )

    def retranslate(self) -> None:
        """Show the words in the language now in use."""
        if self._shown is not None:
            self.show_standing(self._shown)

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(self)
        button.setObjectName(f"{name}Button")
        button.setAutoDefault(False)
        button.hide()
        button.clicked.connect(lambda: self.chosen.emit(name))
        return button

    def _lay_out(self) -> None:
        top = QHBoxLayout()
        top.setSpacing(SPACE)
        top.addWidget(self._picture)
        top.addWidget(self._heading, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self._move, *self._buttons.values()):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addLayout(top)
        column.addWidget(self._text)
        column.addLayout(buttons)
        self._text.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)

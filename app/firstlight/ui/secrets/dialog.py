"""The Secrets dialog: how they are kept, every name in use, and what can be done with each."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QSize, Signal, Slot
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.model.secrets import MASK
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.secrets.list import UNKNOWN, SecretList, SecretRow
from firstlight.ui.secrets.standing_card import StandingCard, StandingShown
from firstlight.ui.theme.tokens import SPACE

_SIZE = QSize(780, 560)
_FIXED = {"lent", "environment"}
"""Where secrets are that cannot be deleted here."""


class SecretsDialog(QDialog):
    """Shows what it is told and says what is wished; it knows no secret until one is to be revealed."""

    wished = Signal(str, str)
    """(`set`, `reveal`, `delete`, `new` or one of the card's CHOICES; the secret's name or nothing)"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("secretsDialog")
        self.card = StandingCard(self)
        self.list = SecretList(self)
        self._empty = QLabel(self)
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self._set = self._button("setSecretButton", "pencil", "set")
        self._reveal = self._button("revealSecretButton", "eye", "reveal")
        self._delete = self._button("deleteSecretButton", "trash", "delete")
        self._new = self._button("newSecretButton", "plus", "new")
        self._close = QPushButton(self)
        self._close.setObjectName("closeButton")
        self._close.clicked.connect(self.accept)
        self.card.chosen.connect(lambda name: self.wished.emit(name, ""))
        self.list.chosen_changed.connect(self._on_chosen)
        self._lay_out()
        self._retranslate()
        self.resize(_SIZE)
        self.list.setFocus()

    def show_secrets(self, standing: StandingShown, rows: Iterable[SecretRow]) -> None:
        """Show how things stand now."""
        self.card.show_standing(standing)
        self.list.show_rows(rows)
        self._empty.setVisible(self.list.topLevelItemCount() == 0)
        self._on_chosen()

    def reveal(self, name: str, value: str) -> None:
        """Show the value of a secret, which was asked for."""
        self.list.reveal(name, value)
        self._on_chosen()

    def _button(self, name: str, picture: str, wish: str) -> QPushButton:
        button = QPushButton(icon(picture), "", self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self._on_wished(wish))
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self._new, self._set, self._reveal, self._delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self.card)
        column.addWidget(self.list, 1)
        column.addWidget(self._empty)
        column.addLayout(buttons)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("Secrets"))
        self.card.retranslate()
        self.list.retranslate()
        self._new.setText(tr("New secret…"))
        self._delete.setText(tr("Delete"))
        self._close.setText(tr("Close"))
        self._empty.setText(
            tr(
                "No request refers to a secret yet. Type a token where it belongs and save the request: it is kept"
                " here, and the file gets a reference."
            )
        )
        self._on_chosen()

    def _on_wished(self, wish: str) -> None:
        row = self.list.chosen()
        if wish == "reveal" and row is not None and self.list.is_revealed(row.name):
            self.reveal(row.name, MASK)
        else:
            self.wished.emit(wish, row.name if row is not None and wish != "new" else "")

    @Slot()
    def _on_chosen(self) -> None:
        row = self.list.chosen()
        known = row is not None and row.place not in UNKNOWN
        self._set.setEnabled(row is not None)
        self._set.setText(tr("Replace…") if known else tr("Set…"))
        self._reveal.setEnabled(known)
        shown = row is not None and self.list.is_revealed(row.name)
        self._reveal.setText(tr("Hide") if shown else tr("Reveal"))
        self._reveal.setIcon(icon("eye-off" if shown else "eye"))
        self._delete.setEnabled(row is not None and known and row.place not in _FIXED)

"""The group “Client certificates” of the Settings dialog: a table by host; the wishes go to its opener."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.client_certificate import ClientCertificate
from firstlight.texts import Phrase, tr, trn
from firstlight.transport.certificates import SOON_DAYS, Certificate
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_HOST, _FILE, _STATE = range(3)
_ROWS_SEEN = 5


class Looked(NamedTuple):
    """What was found in the files of one certificate."""

    certificate: Certificate | None = None
    problem: Phrase = Phrase()


class CertificatesPanel(QWidget):
    """Shows which certificate which hosts get, and whether it can be used."""

    add_requested = Signal()
    edit_requested = Signal(int)
    delete_requested = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known: Sequence[ClientCertificate] = ()
        self._looked: Sequence[Looked] = ()
        self._help = QLabel(self)
        self._help.setProperty("kind", "caption")
        self._help.setWordWrap(True)
        self.table = QTreeWidget(self)
        self.table.setObjectName("clientCertificatesTable")
        self.table.setRootIsDecorated(False)
        self.table.setUniformRowHeights(True)
        self.table.setAllColumnsShowFocus(True)
        self.table.setFixedHeight((_ROWS_SEEN + 1) * ROW_HEIGHT)
        self.table.header().setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self.table.setColumnWidth(_HOST, 210)
        self.table.setColumnWidth(_FILE, 180)
        self._add = self._button("addCertificateButton", "plus")
        self._edit = self._button("editCertificateButton", "pencil")
        self._delete = self._button("deleteCertificateButton", "trash")
        self._add.clicked.connect(self.add_requested)
        self._edit.clicked.connect(lambda: self.edit_requested.emit(self._chosen()))
        self._delete.clicked.connect(lambda: self.delete_requested.emit(self._chosen()))
        self.table.currentItemChanged.connect(self._on_chosen)
        self.table.itemActivated.connect(lambda: self.edit_requested.emit(self._chosen()))
        self._lay_out()
        self.retranslate()

    def _button(self, name: str, picture: str) -> QPushButton:
        button = QPushButton(icon(picture), "", self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self._add, self._edit, self._delete):
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._help)
        column.addWidget(self.table)
        column.addLayout(buttons)

    def show_certificates(self, known: Sequence[ClientCertificate], looked: Sequence[Looked]) -> None:
        """Show other rows; `looked` says what was found of each, and may be shorter while that goes on."""
        chosen = max(0, self._chosen())
        self._known, self._looked = known, looked
        self.table.clear()
        for position, one in enumerate(known):
            row = QTreeWidgetItem(self.table, [one.host, one.file.replace("\\", "/").rpartition("/")[2], ""])
            row.setSizeHint(_HOST, QSize(0, ROW_HEIGHT))
            row.setIcon(_HOST, icon("key"))
            row.setToolTip(_FILE, one.file)
            if position < len(looked):
                _show_state(row, looked[position])
        if (current := self.table.topLevelItem(min(chosen, len(known) - 1))) is not None:
            self.table.setCurrentItem(current)
        self._on_chosen()

    def words(self) -> str:
        """Return everything that a search may look for here."""
        buttons = " ".join(button.text() for button in (self._add, self._edit, self._delete))
        return f"{self._help.text()} {buttons} {' '.join(one.host for one in self._known)}"

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._help.setText(
            tr("Shown to services that ask who you are (mutual TLS). Of several for one host the first counts.")
        )
        self.table.setAccessibleName(tr("Client certificates"))
        self.table.setHeaderLabels([tr("Host"), tr("Certificate"), tr("State")])
        self._add.setText(tr("Add…"))
        self._edit.setText(tr("Edit…"))
        self._delete.setText(tr("Delete"))
        self.show_certificates(self._known, self._looked)

    def _chosen(self) -> int:
        row = self.table.currentItem()
        return -1 if row is None else self.table.indexOfTopLevelItem(row)

    @Slot()
    def _on_chosen(self) -> None:
        for button in (self._edit, self._delete):
            button.setEnabled(self._chosen() >= 0)


def state_of(looked: Looked) -> tuple[str, str]:
    """Return what to say of a certificate, and the token of its colour."""
    if looked.certificate is None:
        return tr(looked.problem), "error"
    days, end = looked.certificate.days_left(datetime.now(UTC)) or 0, looked.certificate.not_after
    if end is None or end <= datetime.now(UTC):
        return tr("expired"), "error"
    left = trn("{count} day left", "{count} days left", days)
    return f"{end:%Y-%m-%d} · {left}", "warn" if days < SOON_DAYS else "ok"


def _show_state(row: QTreeWidgetItem, looked: Looked) -> None:
    text, token = state_of(looked)
    row.setText(_STATE, text)
    row.setIcon(_STATE, icon("check" if token == "ok" else "alert", token))  # noqa: S105 - a colour
    row.setToolTip(_STATE, looked.certificate.subject if looked.certificate else text)
    row.setTextAlignment(_STATE, Qt.AlignmentFlag.AlignVCenter)

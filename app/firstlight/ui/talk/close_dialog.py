"""Asks with which code and reason a WebSocket is closed."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QFormLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from firstlight.model.conversation import LONGEST_REASON_BYTES, is_sendable_code
from firstlight.texts import N_, tr
from firstlight.ui.theme.tokens import SPACE

_USUAL = (
    (1000, N_("as intended")),
    (1001, N_("going away")),
    (1003, N_("this kind of data is not accepted")),
    (1008, N_("against the rules")),
    (1011, N_("something failed")),
    (3000, N_("not authorised")),
    (4000, N_("a code of one's own (4000 to 4999)")),
)
_WIDTH_PX = 420


class CloseDialog(QDialog):
    """A code from the list or typed, and a reason of at most 123 bytes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("closeDialog")
        self.setWindowTitle(tr("Close the WebSocket"))
        self._code = QComboBox(self)
        self._code.setObjectName("closeCode")
        self._code.setEditable(True)
        self._code.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        for code, meaning in _USUAL:
            self._code.addItem(f"{code} · {tr(meaning)}", code)
        self._code.setAccessibleName(tr("Close code"))
        self._reason = QLineEdit(self)
        self._reason.setObjectName("closeReason")
        self._reason.setAccessibleName(tr("Reason"))
        self._reason.setPlaceholderText(tr("Reason (may be empty)"))
        self._problem = QLabel(self)
        self._problem.setObjectName("closeProblem")
        self._problem.setProperty("kind", "error")
        self._problem.setWordWrap(True)
        self._buttons = QDialogButtonBox(self)
        self._ok = self._buttons.addButton(tr("Close"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._buttons.addButton(tr("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        form = QFormLayout()
        form.setHorizontalSpacing(2 * SPACE)
        form.setVerticalSpacing(SPACE)
        form.addRow(tr("Close code"), self._code)
        form.addRow(tr("Reason"), self._reason)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addLayout(form)
        column.addWidget(self._problem)
        column.addWidget(self._buttons)
        self.setMinimumWidth(_WIDTH_PX)
        self._code.editTextChanged.connect(self._check)
        self._reason.textChanged.connect(self._check)
        self._buttons.accepted.connect(self.accept)
        self._buttons.rejected.connect(self.reject)
        self._check()

    def code(self) -> int:
        """Return the code; 0 while none is typed."""
        digits = self._code.currentText().partition("·")[0].strip()
        return int(digits) if digits.isascii() and digits.isdigit() and len(digits) == 4 else 0

    def reason(self) -> str:
        """Return the reason."""
        return self._reason.text()

    @Slot()
    def _check(self) -> None:
        problem = ""
        if not is_sendable_code(self.code()):
            problem = tr("A code that may be sent is 1000, 1001, 1003, 1007 to 1014, or from 3000 to 4999.")
        elif len(self.reason().encode("utf-8", "replace")) > LONGEST_REASON_BYTES:
            problem = tr("The reason is longer than 123 bytes.")
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))
        self._ok.setEnabled(not problem)

"""One WebSocket message being written: its kind, its text or file, and what can be asked of the open connection."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFrame, QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from firstlight.bodies.messages import MESSAGES
from firstlight.model.request import BINARY_ENCODINGS, Body, Message
from firstlight.texts import N_, tr
from firstlight.ui.dialogs import finished
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys
from firstlight.ui.request.binary_body import BinaryBody
from firstlight.ui.request.raw_editor import RawEditor
from firstlight.ui.tasks import Tasks
from firstlight.ui.theme.tokens import SPACE

_ENCODINGS = {"hex": N_("Hexadecimal"), "base64": "Base64"}


class Composer(QWidget):
    """Shows one message; the page keeps it."""

    edited = Signal()
    send_clicked = Signal()
    ping_clicked = Signal()
    close_chosen = Signal(int, str)

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._kinds = self._combo("messageKindCombo")
        self._encodings = self._combo("messageEncodingCombo")
        self._send = QPushButton(icon("send", "on_accent"), "", self)
        self._send.setObjectName("sendMessageButton")
        self._send.setProperty("kind", "primary")
        self._ping = QPushButton(icon("ping"), "", self)
        self._ping.setObjectName("pingButton")
        self._close = QPushButton(icon("disconnect"), "", self)
        self._close.setObjectName("closeSocketButton")
        self._editor = RawEditor("messageEditor", "text", self)
        self._file = BinaryBody(tasks, self)
        self._stack = QStackedWidget(self)
        for kind in MESSAGES:
            self._kinds.addItem(kind.label, kind.kind)
        for encoding in BINARY_ENCODINGS:
            self._encodings.addItem("", encoding)
        self._lay_out()
        self._connect()
        self.set_open(False)
        self._retranslate()

    def _combo(self, name: str) -> QComboBox:
        combo = QComboBox(self)
        combo.setObjectName(name)
        return combo

    def _lay_out(self) -> None:
        bar = QFrame(self)
        row = QHBoxLayout(bar)
        row.setContentsMargins(SPACE, SPACE, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._kinds)
        row.addWidget(self._encodings)
        row.addStretch(1)
        for button in (self._ping, self._close):
            button.setProperty("kind", "flat")
            row.addWidget(button)
        row.addWidget(self._send)
        self._stack.addWidget(self._editor)
        self._stack.addWidget(self._file)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addWidget(self._stack, 1)

    def _connect(self) -> None:
        self._kinds.activated.connect(self._on_kind)
        self._encodings.activated.connect(self.edited)
        self._editor.edited.connect(self.edited)
        self._file.edited.connect(self.edited)
        self._send.clicked.connect(self.send_clicked)
        self._ping.clicked.connect(self.ping_clicked)
        self._close.clicked.connect(self._on_close)

    # --- in and out ---

    def show_message(self, message: Message) -> None:
        """Show another message."""
        self._kinds.setCurrentIndex(max(0, self._kinds.findData(message.kind)))
        self._encodings.setCurrentIndex(max(0, self._encodings.findData(message.encoding)))
        self._editor.show_text(message.text, self._language())
        self._file.show_body(Body(path=message.path))
        self._show_page()

    def filled_in(self, message: Message) -> Message:
        """Return `message` with what is on screen."""
        return replace(
            message,
            kind=str(self._kinds.currentData()),
            encoding=str(self._encodings.currentData()),
            text=self._editor.text(),
            path=self._file.filled_in(Body()).path,
        )

    def set_open(self, is_open: bool) -> None:
        """Say whether something can be sent."""
        for button in (self._send, self._ping, self._close):
            button.setEnabled(is_open)
        self._show_hints()

    def set_folder(self, folder: str) -> None:
        """Say where relative paths begin."""
        self._file.set_folder(folder)
        self._file.look_up_files()

    def beautify(self) -> None:
        """Lay out a JSON message."""
        if self._kinds.currentData() == "json":
            self._editor.beautify()

    def focus_text(self) -> None:
        """Put the cursor into the message."""
        self._editor.setFocus(Qt.FocusReason.OtherFocusReason)

    def _language(self) -> str:
        return "json" if self._kinds.currentData() == "json" else "text"

    def _show_page(self) -> None:
        kind = self._kinds.currentData()
        self._stack.setCurrentWidget(self._file if kind == "file" else self._editor)
        self._encodings.setVisible(kind == "binary")

    @Slot()
    def _on_kind(self) -> None:
        self._editor.use_language(self._language())
        self._show_page()
        self.edited.emit()

    @Slot()
    def _on_close(self) -> None:
        self._tasks.start(self._ask_for_code(), name="choose the close code")

    async def _ask_for_code(self) -> None:
        from firstlight.ui.talk.close_dialog import CloseDialog

        dialog = CloseDialog(self)
        if await finished(dialog):
            self.close_chosen.emit(dialog.code(), dialog.reason())

    # --- words ---

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        self._kinds.setAccessibleName(tr("Kind of message"))
        self._encodings.setAccessibleName(tr("How the bytes are written"))
        for position, kind in enumerate(MESSAGES):
            self._kinds.setItemText(position, tr(kind.label))
        for position, encoding in enumerate(BINARY_ENCODINGS):
            self._encodings.setItemText(position, tr(_ENCODINGS[encoding]))
        self._send.setText(tr("Send message"))
        self._send.setAccessibleName(tr("Send message"))
        self._ping.setText(tr("Ping"))
        self._ping.setAccessibleName(tr("Ping"))
        self._close.setText(tr("Close…"))
        self._close.setAccessibleName(tr("Close…"))
        self._editor.retranslate(tr("Message"), tr("Type or paste a message"))
        self._file.retranslate()
        self._show_hints()

    def _show_hints(self) -> None:
        is_open = self._send.isEnabled()
        closed = tr("Connect first")
        self._send.setToolTip(with_keys(tr("Send this message"), "send") if is_open else closed)
        self._ping.setToolTip(
            tr("Ask whether the other side is there; its answer tells the round trip") if is_open else closed
        )
        self._close.setToolTip(tr("Close with a code and a reason of your own") if is_open else closed)

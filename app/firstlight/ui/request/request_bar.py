"""The request bar: method, service, URL, Send (Cancel while sending) and Save."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QToolButton, QWidget

from firstlight.texts import tr, trc
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys
from firstlight.ui.request.method_combo import MethodCombo
from firstlight.ui.request.service_button import ServiceButton
from firstlight.ui.request.url_edit import UrlEdit
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_ROOM_FOR_NAME_PX = 720
"""In a narrower bar the path needs the room more than the name of the service and the word beside the disk do:
both stand in the tooltips."""

_MORE_PX = 26


class RequestBar(QFrame):
    """Says what the user wants; knows no request."""

    send_clicked = Signal()
    send_to_file_clicked = Signal()
    cancel_clicked = Signal()
    save_clicked = Signal()
    code_clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        self._sending = False
        self._websocket = False
        self._open = False
        self._of_service = ""
        self.method = MethodCombo(self)
        self.method.setObjectName("methodCombo")
        self.service = ServiceButton(self)
        self.url = UrlEdit(self)
        self.url.setObjectName("urlEdit")
        self.url.setMinimumWidth(80)
        self._send = QPushButton(self)
        self._send.setObjectName("sendButton")
        self._send.setAutoDefault(True)  # Enter presses it, as it does in a dialog
        self._more = QToolButton(self)
        self._more.setObjectName("sendMenuButton")
        self._more.setProperty("kind", "flat")
        self._more.setIcon(icon("chevron-down"))
        self._more.setFixedWidth(_MORE_PX)
        self._more.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._more.clicked.connect(self._on_more)
        self._save = QPushButton(icon("save"), "", self)
        self._save.setObjectName("saveButton")
        self._code = QPushButton(icon("code"), "", self)
        self._code.setObjectName("codeButton")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self.method)
        layout.addWidget(self.service)
        layout.addWidget(self.url, 1)
        layout.addWidget(self._send)
        layout.addWidget(self._more)
        layout.addWidget(self._save)
        layout.addWidget(self._code)
        self.url.returnPressed.connect(self.send)
        self._send.clicked.connect(self._on_send_clicked)
        self._save.clicked.connect(self.save_clicked)
        self._code.clicked.connect(self.code_clicked)
        self._retranslate()

    def show_service(self, name: str) -> None:
        """Say which service the request belongs to; its URL is only a path then."""
        self._of_service = name
        self.service.show_chosen(name)
        self.url.setPlaceholderText(tr("Enter the path, or nothing") if name else tr("Enter URL"))

    def show_protocol(self, *, websocket: bool) -> None:
        """Say what sending means: a WebSocket is connected and disconnected."""
        if websocket != self._websocket:
            self._websocket = websocket
            self._more.setVisible(not websocket)  # its answer is no file
            self._show_send()
            self._keep_width()

    def set_open(self, is_open: bool) -> None:
        """Turn Cancel into Disconnect once the WebSocket is open."""
        if is_open != self._open:
            self._open = is_open
            self._show_send()

    def send(self) -> None:
        """Ask for sending, unless a request is on its way already, or a cURL command was typed as the URL."""
        if not self._sending and not self.url.give_command():
            self.send_clicked.emit()

    def focus_send(self) -> None:
        """Put the cursor on Send."""
        self._send.setFocus(Qt.FocusReason.OtherFocusReason)

    def set_sending(self, sending: bool) -> None:
        """Turn Send into Cancel, or back."""
        if sending != self._sending:
            self._sending = sending
            self._more.setEnabled(not sending)
            self._show_send()

    def _on_send_clicked(self) -> None:
        (self.cancel_clicked if self._sending else self.send_clicked).emit()

    def _on_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(icon("download"), tr("Send and save to file…"), self.send_to_file_clicked.emit)
        menu.popup(self._more.mapToGlobal(self._more.rect().bottomLeft()))

    def _show_send(self) -> None:
        words, picture = self._send_words()
        self._send.setText(words)
        self._send.setAccessibleName(words)
        self._send.setToolTip(self._send_hint())
        self._send.setIcon(icon(picture, "text" if self._sending else "on_accent"))
        set_kind(self._send, "" if self._sending else "primary")

    def _send_words(self) -> tuple[str, str]:
        """Return the word and the picture of the main button."""
        if self._sending:
            return (tr("Disconnect"), "disconnect") if self._open else (tr("Cancel"), "stop")
        return (trc("WebSocket", "Connect"), "connect") if self._websocket else (tr("Send"), "send")

    def _send_hint(self) -> str:
        if self._open:
            return with_keys(tr("Close the WebSocket"), "cancel")
        if self._websocket and not self._sending:
            return with_keys(tr("Open the WebSocket"), "send")
        if self._sending:
            return with_keys(tr("Stop this request"), "cancel")
        return with_keys(tr("Send this request"), "send")

    def _retranslate(self) -> None:
        self.method.setAccessibleName(tr("Method"))
        self.url.setAccessibleName(tr("URL"))
        self.show_service(self._of_service)
        self._more.setToolTip(tr("More ways to send"))
        self._more.setAccessibleName(tr("More ways to send"))
        self._save.setText("" if self.width() < _ROOM_FOR_NAME_PX else tr("Save"))
        self._save.setAccessibleName(tr("Save"))
        self._save.setToolTip(with_keys(tr("Save this request"), "save"))
        self._code.setAccessibleName(tr("Code"))
        self._code.setToolTip(with_keys(tr("Show this request as cURL or Python"), "code"))
        self._show_send()
        self._keep_width()

    def _keep_width(self) -> None:
        """Make Send as wide as the widest of its words, so that the bar does not jump."""
        widths = []
        words = [(tr("Send"), "primary"), (tr("Cancel"), "")]
        if self._websocket:
            words = [(trc("WebSocket", "Connect"), "primary"), (tr("Cancel"), ""), (tr("Disconnect"), "")]
        for word, kind in words:
            sample = QPushButton(self._send.icon(), word, self)  # not the button itself: that would style it twice
            sample.setProperty("kind", kind)
            sample.ensurePolished()
            widths.append(sample.sizeHint().width())
            sample.setParent(None)
        self._send.setMinimumWidth(max(widths))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        narrow = self.width() < _ROOM_FOR_NAME_PX
        self.service.show_narrow(narrow)
        self._save.setText("" if narrow else tr("Save"))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

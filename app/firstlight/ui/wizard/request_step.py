"""Step 4: what the service is called, and the first request: a chat, JSON, a file, or what a pasted command sends."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QVBoxLayout, QWidget

from firstlight.editions.draft import ChannelDraft
from firstlight.editions.trial import KINDS, Trial, first_request
from firstlight.model.request import Request
from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.services.labelled_form import LabelledForm
from firstlight.ui.theme.tokens import SPACE
from firstlight.ui.wizard.trial_pages import ChatPage, CommandPage, FilePage, JsonPage

_PAGES = ("command", "chat", "json", "file")


class RequestStep(QWidget):
    """Reads a Trial; asks for the models and for a file through signals."""

    changed = Signal()
    models_requested = Signal()
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channel: ChannelDraft | None = None
        self._command: Request | None = None
        self._named = False
        self.service, self.request_name = OneLineEdit(), OneLineEdit()
        self.place, self.kinds = QComboBox(), QComboBox()
        self._form = LabelledForm(self)
        for entry, name in (
            (self.service, "wizardServiceName"),
            (self.kinds, "wizardTrialKind"),
            (self.request_name, "wizardRequestName"),
            (self.place, "wizardPlace"),
        ):
            self._form.add(entry, name)
        self._form.setMaximumHeight(196)
        self.chat, self.json, self.file, self.command = ChatPage(), JsonPage(), FilePage(), CommandPage()
        for form in (self._form, self.chat, self.file):
            form.be_part_of_page()
        self._pages = QStackedWidget(self)
        for page in (self.command, self.chat, self.json, self.file):
            self._pages.addWidget(page)
        self._taken: frozenset[str] = frozenset()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._form)
        column.addWidget(self._pages, 1)
        self._connect()
        self.retranslate()

    def know(self, taken: frozenset[str], collections: tuple[tuple[str, str], ...]) -> None:
        """Say which names services have, and the (path, name) of the collections."""
        self._taken = taken
        self.place.clear()
        self.place.addItem("", "")
        for path, name in collections:
            self.place.addItem(name, path)
        self.retranslate()

    def begin(self, channel: ChannelDraft, suggested: str, command: Request | None) -> None:
        """Start with what this channel makes usual."""
        place, edition = channel.place(), channel.edition
        kinds = (("command",) if command is not None and command.body.kind != "none" else ()) + edition.starts
        if place.path.endswith(("/completions", "/generate", "/generate_stream", "/api/chat")) and "chat" in kinds:
            kinds = tuple(dict.fromkeys([*(k for k in kinds if k == "command"), "chat", *kinds]))
        known = self._channel is not None and (self._channel.edition, self._command) == (edition, command)
        self._channel, self._command = channel, command
        if not known:
            self.kinds.clear()
            for kind in kinds:
                self.kinds.addItem("", kind)
            self.kinds.setCurrentIndex(0)
            self.json.begin(edition, place)
            self.file.begin(edition)
            self.command.begin(command)
        self.chat.begin(edition, place)
        if not self._named:
            self.service.setText(suggested)
            self.request_name.setText("")
        self._show_page()
        self.retranslate()

    @property
    def service_name(self) -> str:
        """What the service is to be called."""
        return self.service.text().strip()

    def focus_first(self) -> None:
        """Take the person to what is still missing, else to the name; Enter finishes and sends from there."""
        kind = self.kinds.currentData()
        if kind == "chat" and self.missing():
            self.chat.model.setFocus(Qt.FocusReason.OtherFocusReason)
        elif kind == "file" and self.missing():
            self.file.path.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.service.setFocus(Qt.FocusReason.OtherFocusReason)

    def trial(self) -> Trial:
        """Return what is to be sent first."""
        kind = self.kinds.currentData() or "json"
        if kind == "chat":
            return self.chat.trial()
        if kind == "file":
            return self.file.trial()
        return self.json.trial() if kind == "json" else self.command.trial()

    def request(self) -> Request | None:
        """Return the first request, without its service; None: no address is known yet."""
        if self._channel is None:
            return None
        return first_request(self._channel.edition, self._channel.place(), self.trial(), self._command)

    def name_of_request(self) -> str:
        """Return what the request is to be called."""
        return self.request_name.text().strip() or self._usual_name()

    def problem(self) -> str:
        """Return what is missing before one can finish; empty: nothing."""
        if not self.service_name:
            return tr("The service needs a name.")
        if self._is_taken():
            return tr("There is a service “{name}” already.", name=self.service_name)
        return ""

    def show_problem(self) -> None:
        """Take the person to what is missing."""
        self.service.setFocus(Qt.FocusReason.OtherFocusReason)

    def missing(self) -> str:
        """Return what keeps the request from being sent at once; empty: nothing."""
        trial = self.trial()
        if trial.kind == "file" and not trial.file:
            return tr("Choose a file to send.")
        if trial.kind == "chat" and self.chat.wants_model and not trial.model:
            return tr("Name the model, or list the models.")
        return ""

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        alarm = tr("There is a service “{name}” already.", name=self.service_name) if self._is_taken() else ""
        self._form.label(self.service, tr("Name of the service"), alarm=alarm)
        self._form.label(self.kinds, tr("Send first"))
        self._form.label(self.request_name, tr("Name of the request"))
        self._form.label(self.place, tr("Save it in"))
        self.request_name.setPlaceholderText(self._usual_name())
        labels = dict(KINDS)
        for row in range(self.kinds.count()):
            self.kinds.setItemText(row, tr(labels[self.kinds.itemData(row)]))
        self.place.setItemText(0, tr("New collection “{name}”", name=self.service_name or "…"))
        for page in (self.chat, self.json, self.file, self.command):
            page.retranslate()
        forms = (self._form, self.chat, self.file)
        widest = max(form.label_width() for form in forms)
        for form in forms:
            form.set_label_width(widest)

    def _usual_name(self) -> str:
        names = {"chat": tr("Chat"), "json": tr("Predict"), "file": tr("Send a file"), "command": tr("First request")}
        return names[self.kinds.currentData() or "json"]

    def _is_taken(self) -> bool:
        return self.service_name.casefold() in self._taken

    def _connect(self) -> None:
        self.service.typed.connect(self._on_named)
        self.kinds.activated.connect(self._on_kind)
        self.request_name.typed.connect(lambda _text: self.changed.emit())
        self.chat.models_requested.connect(self.models_requested)
        self.file.file_requested.connect(self.file_requested)
        for page in (self.chat, self.json, self.file):
            page.changed.connect(self.changed)

    def _on_named(self, _text: str) -> None:
        self._named = True
        self.retranslate()
        self.changed.emit()

    def _on_kind(self) -> None:
        self._show_page()
        self.retranslate()
        self.changed.emit()

    def _show_page(self) -> None:
        self._pages.setCurrentIndex(_PAGES.index(self.kinds.currentData() or "json"))

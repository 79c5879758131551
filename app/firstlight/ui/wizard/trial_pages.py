"""What a first request may send, one page each; all are read as a Trial."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.editions import Edition
from firstlight.editions.edition import Place
from firstlight.editions.models import list_path
from firstlight.editions.trial import Trial, sample_json, usual_field, wants_model
from firstlight.model.request import Request
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.services.labelled_form import LabelledForm
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE


def _beside(entry: QWidget, button: QPushButton, parent: QWidget) -> QWidget:
    """Put a button at the right of an input."""
    button.setAutoDefault(False)
    pair = QWidget(parent)
    row = QHBoxLayout(pair)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(SPACE)
    row.addWidget(entry, 1)
    row.addWidget(button)
    pair.setFocusProxy(entry)
    return pair


class ChatPage(LabelledForm):
    """A question, the model it goes to, and whether the answer streams."""

    changed = Signal()
    models_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.wants_model = True
        self._said, self._is_alarm = "", False
        self._list_path = ""
        self.model = QComboBox(self.page)
        self.model.setEditable(True)
        self.model.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.list = QPushButton(icon("search"), "", self.page)
        self.list.setObjectName("wizardListModels")
        self._models = _beside(self.model, self.list, self.page)
        self.message = QPlainTextEdit(self.page)
        self.message.setTabChangesFocus(True)
        self.message.setFixedHeight(72)
        set_kind(self.message, "input")
        self.stream = QCheckBox(self.page)
        self.stream.setChecked(True)
        self.add(self._models, "wizardModels")
        self.add(self.message, "wizardMessage")
        self.add(self.stream, "wizardStream")
        self.model.setObjectName("wizardModel")
        self.list.clicked.connect(self.models_requested)
        self.model.editTextChanged.connect(lambda _text: self.changed.emit())
        self.message.setPlainText(tr("Introduce the Yangtze River in three sentences."))
        self.retranslate()

    def begin(self, edition: Edition, place: Place) -> None:
        """Say what the service needs."""
        self.wants_model = wants_model(edition, place)
        self._list_path = list_path(edition, place)
        self.list.setVisible(bool(self._list_path))
        self.list.setEnabled(True)
        self._said, self._is_alarm = "", False

    @property
    def list_path(self) -> str:
        """Where the models are listed; empty: nowhere."""
        return self._list_path

    def trial(self) -> Trial:
        """Return what is asked."""
        model = self.model.currentText().strip() if self.wants_model else ""
        return Trial(kind="chat", message=self.message.toPlainText(), model=model, stream=self.stream.isChecked())

    def show_asking(self) -> None:
        """Say that the models are being asked for."""
        self.list.setEnabled(False)
        self._say(tr("Asking the service…"))

    def show_models(self, names: Iterable[str]) -> None:
        """Offer these; the first is chosen where nothing was typed."""
        names = tuple(names)
        typed = self.model.currentText()
        self.model.clear()
        self.model.addItems(names)
        self.model.setEditText(typed or names[0])
        self.list.setEnabled(True)
        self._say(tr("Models of the service: {names}", names=", ".join(names)))

    def show_failure(self, text: str) -> None:
        """Say why there is no list."""
        self.list.setEnabled(True)
        self._say(text, alarm=True)

    def _say(self, text: str, *, alarm: bool = False) -> None:
        self._said, self._is_alarm = text, alarm
        self.retranslate()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._models.setEnabled(self.wants_model)
        usual = tr("As the service calls it, to the letter.") if self.wants_model else tr("This API names no model.")
        said = self._said or usual
        self.label(self._models, tr("Model"), said, alarm=said if self._is_alarm else "")
        self.model.setAccessibleName(tr("Model"))
        self.list.setText(tr("List models"))
        self.list.setAccessibleName(tr("List models"))
        self.label(self.message, tr("Message"))
        self.label(self.stream, tr("Stream"), tr("The answer arrives piece by piece; its timing is measured."))


class JsonPage(QWidget):
    """The JSON body."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._sample = ""
        self.text = QPlainTextEdit(self)
        self.text.setObjectName("wizardJson")
        set_kind(self.text, "input")
        self.text.setFont(mono_font())
        self.text.setTabChangesFocus(True)
        self.fresh = QCheckBox(self)
        self.fresh.setObjectName("wizardNewUuid")
        self.fresh.setChecked(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self.text, 1)
        column.addWidget(self.fresh)
        self.text.textChanged.connect(self._on_changed)

    def begin(self, edition: Edition, place: Place) -> None:
        """Show the shape the edition wants, unless something was typed."""
        if self.text.toPlainText() == self._sample:
            self._sample = sample_json(edition, place)
            self.text.setPlainText(self._sample)

    def trial(self) -> Trial:
        """Return the body."""
        return Trial(kind="json", text=self.text.toPlainText(), new_uuid=self.fresh.isChecked())

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self.text.setAccessibleName(tr("JSON body"))
        self.fresh.setText(tr("A new meta.uuid for each sending; the answer gives it back"))

    def _on_changed(self) -> None:
        self.fresh.setVisible('"meta"' in self.text.toPlainText())
        self.changed.emit()


class FilePage(LabelledForm):
    """One file, and the form field it goes into."""

    changed = Signal()
    file_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._edition: Edition | None = None
        self.path, self.field = OneLineEdit(self.page), OneLineEdit(self.page)
        self.choose = QPushButton(icon("folder"), "", self.page)
        self.choose.setObjectName("wizardChooseFile")
        self._files = _beside(self.path, self.choose, self.page)
        self.add(self._files, "wizardFiles")
        self.add(self.field, "wizardField")
        self.path.setObjectName("wizardFile")
        self.choose.clicked.connect(self.file_requested)
        self.path.textChanged.connect(lambda _text: self.changed.emit())
        self.retranslate()

    def begin(self, edition: Edition) -> None:
        """Show the form field that is usual for the edition."""
        if self._edition is None or usual_field(self._edition) == self.field.text():
            self.field.setText(usual_field(edition))
        self._edition = edition

    def trial(self) -> Trial:
        """Return the file."""
        return Trial(kind="file", file=self.path.text().strip(), field=self.field.text().strip())

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self.label(self._files, tr("File"), tr("One file: most services take exactly one."))
        self.path.setAccessibleName(tr("File"))
        self.choose.setText(tr("Choose…"))
        self.choose.setAccessibleName(tr("Choose a file"))
        self.label(
            self.field,
            tr("Form field"),
            tr("The name of the model's input, often images. Empty: the file itself is the body."),
        )


class CommandPage(QWidget):
    """What the pasted command sends, to look at."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._command: Request | None = None
        self._words = QLabel(self)
        self._words.setObjectName("wizardCommand")
        self._words.setWordWrap(True)
        self._words.setTextFormat(Qt.TextFormat.PlainText)
        set_kind(self._words, "caption")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, SPACE, 0, 0)
        column.addWidget(self._words)
        column.addStretch(1)

    def begin(self, command: Request | None) -> None:
        """Show another command."""
        self._command = command

    def trial(self) -> Trial:
        """Return that it goes as it is."""
        return Trial(kind="command")

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        body = self._command.body if self._command else None
        files = [path for part in body.parts for path in part.files] if body else []
        if body and body.path:
            files.append(body.path)
        lines = [tr("Method, headers and body are those of the pasted command; its credential is the service's now.")]
        if files:
            lines.append(tr("It sends: {files}", files=", ".join(files)))
        self._words.setText("\n".join(lines))

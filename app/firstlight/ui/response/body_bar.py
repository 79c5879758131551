"""The bar over a body: which view, what it is, and what can be done with it."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QMenu, QToolButton, QWidget

from firstlight.texts import N_, tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE
from firstlight.views import VIEWS
from firstlight.views.charset import CHOICES, Reading, Source
from firstlight.views.json_problem import JsonProblem

_SOURCES: dict[Source, str] = {
    "chosen": N_("Chosen by you for this answer. The bytes that are saved stay as they came."),
    "mark": N_("As the byte order mark at its beginning says."),
    "header": N_("As its Content-Type says."),
    "document": N_("As the document itself says."),
    "json": N_("JSON is UTF-8; its Content-Type says something else."),
    "utf-8": N_("It names no charset, and its bytes are UTF-8."),
    "guess": N_("It names no charset that is known, and its bytes are no UTF-8. Choose another if this looks wrong."),
}


class BodyBar(QFrame):
    """Signals out; the tab decides."""

    view_chosen = Signal(str)
    charset_chosen = Signal(str)
    """What the body is to be read as; empty: by what it says of itself."""
    wrap_toggled = Signal(bool)
    find_requested = Signal()
    copy_requested = Signal()
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("kind", "bar")
        row = QHBoxLayout(self)
        row.setContentsMargins(SPACE, SPACE // 2, SPACE, SPACE // 2)
        row.setSpacing(SPACE // 2)
        self._views = QButtonGroup(self)
        self._view_buttons: dict[str, QToolButton] = {}
        for view in VIEWS:
            button = self._view_buttons[view.name] = self._button(f"view_{view.name}", checkable=True)
            self._views.addButton(button)
            row.addWidget(button)
        self._charset = self._button("bodyCharset")
        self._charset.clicked.connect(self._on_charset)
        self._reading: Reading | None = None
        self._note = self._label("bodyNote", "caption")
        self._problem = self._label("bodyProblem", "error")
        self._problem.hide()
        self._shown_problem: JsonProblem | None = None
        row.addSpacing(SPACE)
        row.addWidget(self._note)
        row.addWidget(self._charset)
        row.addSpacing(SPACE)
        row.addWidget(self._problem, 1)
        row.addStretch()
        self._wrap = self._button("bodyWrap", "wrap", checkable=True)
        self._wrap.setChecked(True)
        self._find = self._button("bodyFind", "search")
        self._copy = self._button("bodyCopy", "copy")
        self._save = self._button("bodySave", "download")
        for button in (self._wrap, self._find, self._copy, self._save):
            row.addWidget(button)
        self._connect()
        self._retranslate()

    def _connect(self) -> None:
        self._views.buttonClicked.connect(self._on_view)
        self._wrap.toggled.connect(self.wrap_toggled)
        self._find.clicked.connect(self.find_requested)
        self._copy.clicked.connect(self.copy_requested)
        self._save.clicked.connect(self.save_requested)

    def _label(self, name: str, kind: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("kind", kind)
        return label

    def _button(self, name: str, picture: str = "", *, checkable: bool = False) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        button.setCheckable(checkable)
        if picture:
            button.setIcon(icon(picture))
        else:
            button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextOnly)
        return button

    def check_view(self, name: str) -> None:
        """Mark the view in use."""
        self._view_buttons[name].setChecked(True)

    def show_note(self, text: str) -> None:
        """Say what the body is."""
        self._note.setText(text)

    def show_problem(self, problem: JsonProblem | None) -> None:
        """Say why the body is not the JSON it should be; None says nothing."""
        self._shown_problem = problem
        self._problem.setVisible(problem is not None)
        if problem is not None:
            text = tr("Not valid JSON, line {line}: {reason}", line=problem.line, reason=tr(problem.message))
            self._problem.setText(text)
            self._problem.setToolTip(text)

    def show_reading(self, reading: Reading | None) -> None:
        """Say how the body is read; None: it is not read as text."""
        self._reading = reading
        self._charset.setVisible(reading is not None)
        if reading is None:
            return
        labels = dict(CHOICES)
        name = labels.get(reading.charset, reading.charset.upper()).partition(" (")[0]
        doubtful = reading.source == "guess" or bool(reading.unknown and reading.source != "chosen")
        self._charset.setText(tr("{charset}, guessed", charset=name) if reading.source == "guess" else name)
        self._charset.setIcon(icon("alert", "warn") if doubtful else QIcon())
        style = Qt.ToolButtonStyle
        self._charset.setToolButtonStyle(style.ToolButtonTextBesideIcon if doubtful else style.ToolButtonTextOnly)
        told = tr(_SOURCES[reading.source])
        if reading.unknown:
            told = tr("The charset “{name}” is not known.", name=reading.unknown) + " " + told
        self._charset.setToolTip(told)
        self._charset.setAccessibleName(tr("Read the body as: {charset}", charset=name))
        self._charset.setAccessibleDescription(told)

    @Slot()
    def _on_charset(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        chosen = self._reading.charset if self._reading and self._reading.source == "chosen" else ""
        for charset, label in (("", N_("Automatic")), *CHOICES):
            action = menu.addAction(tr(label), partial(self.charset_chosen.emit, charset))
            action.setCheckable(True)
            action.setChecked(charset == chosen)
        menu.popup(self._charset.mapToGlobal(self._charset.rect().bottomLeft()))

    def set_body_there(self, there: bool) -> None:
        """Offer what needs a body, or nothing at all."""
        for button in (*self._view_buttons.values(), self._find, self._copy, self._save):
            button.setEnabled(there)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    @Slot(QToolButton)
    def _on_view(self, button: QToolButton) -> None:
        self.view_chosen.emit(button.objectName().removeprefix("view_"))

    def _retranslate(self) -> None:
        for view in VIEWS:
            self._view_buttons[view.name].setText(tr(view.label))
        for button, text in (
            (self._wrap, tr("Wrap long lines")),
            (self._find, tr("Find (Ctrl+F)")),
            (self._copy, tr("Copy body")),
            (self._save, tr("Save body to a file…")),
        ):
            button.setToolTip(text)
            button.setAccessibleName(text)
        self.show_problem(self._shown_problem)
        self.show_reading(self._reading)

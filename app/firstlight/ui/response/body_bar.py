"""The bar over a body: which view, what it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal, Slot
from PySide6.QtWidgets import QButtonGroup, QFrame, QHBoxLayout, QLabel, QToolButton, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE
from firstlight.views import VIEWS
from firstlight.views.json_problem import JsonProblem


class BodyBar(QFrame):
    """Signals out; the tab decides."""

    view_chosen = Signal(str)
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
        self._note = self._label("bodyNote", "caption")
        self._problem = self._label("bodyProblem", "error")
        self._problem.hide()
        self._shown_problem: JsonProblem | None = None
        row.addSpacing(SPACE)
        row.addWidget(self._note)
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

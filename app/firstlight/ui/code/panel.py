"""The Code panel: the request in front as a command or a script, and what should stand in it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QSpinBox,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.formats.snippets import SNIPPETS, Repeat, Snippet
from firstlight.model.protocols import HTTP, WEBSOCKET
from firstlight.texts import Phrase, tr
from firstlight.ui.code.view import SnippetView
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import SPACE

_ICON = QSize(16, 16)
_MOST = 10_000


class CodePanel(QFrame):
    """Shows what it is told; `changed` when the user wants it otherwise."""

    changed = Signal()
    close_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("codePanel")
        self.setProperty("kind", "panel")
        self._problem_text = Phrase()
        self._secret_names: tuple[str, ...] = ()
        self._kinds = QComboBox(self)
        self._kinds.setObjectName("codeKindCombo")
        self._protocol = ""
        self._chosen = {HTTP: SNIPPETS[0].kind, WEBSOCKET: "python-websockets"}
        """protocol → what was chosen for it last."""
        self._fill_kinds(HTTP)
        self._copy = QPushButton(icon("copy"), "", self)
        self._copy.setObjectName("codeCopyButton")
        self._close = QToolButton(self)
        self._close.setObjectName("codeCloseButton")
        self._close.setProperty("kind", "flat")
        self._close.setIcon(icon("close"))
        self._close.setIconSize(_ICON)
        self._secrets, self._variables = QCheckBox(self), QCheckBox(self)
        self._secrets.setObjectName("codeSecretsCheck")
        self._variables.setObjectName("codeVariablesCheck")
        self._executions, self._threads = self._spin("codeExecutionsSpin"), self._spin("codeThreadsSpin")
        self._repeat = QWidget(self)
        self._executions_label, self._threads_label = QLabel(self), QLabel(self)
        self._view = SnippetView(self)
        self._view.setObjectName("codeView")
        self._problem, self._hint = QLabel(self), QLabel(self)
        self._problem.setObjectName("codeProblem")
        self._hint.setObjectName("codeHint")
        self._pages = QStackedWidget(self)
        self._lay_out()
        self._repeat.setVisible(self.snippet().repeats)
        self._retranslate()
        self._connect()

    def _spin(self, name: str) -> QSpinBox:
        spin = QSpinBox(self)
        spin.setObjectName(name)
        spin.setRange(1, _MOST)
        return spin

    def _lay_out(self) -> None:
        bar = QFrame(self)
        bar.setProperty("kind", "bar")
        top = QHBoxLayout(bar)
        top.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        top.setSpacing(SPACE)
        top.addWidget(self._kinds, 1)
        top.addWidget(self._copy)
        top.addWidget(self._close)
        repeat = QHBoxLayout(self._repeat)
        repeat.setContentsMargins(0, 0, 0, 0)
        repeat.setSpacing(SPACE)
        for widget in (self._executions_label, self._executions, self._threads_label, self._threads):
            repeat.addWidget(widget)
        choices = QVBoxLayout()
        choices.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        choices.setSpacing(SPACE)
        for choice in (self._secrets, self._variables, self._repeat):
            choices.addWidget(choice, 0, Qt.AlignmentFlag.AlignLeft)
        for label in (self._problem, self._hint):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
            label.setProperty("kind", "caption")
        self._problem.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        self._pages.addWidget(self._view)
        self._pages.addWidget(self._problem)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(bar)
        column.addLayout(choices)
        column.addWidget(self._pages, 1)
        column.addWidget(self._hint)

    def _connect(self) -> None:
        self._kinds.currentIndexChanged.connect(self._on_kind_changed)
        self._secrets.toggled.connect(self.changed)
        self._variables.toggled.connect(self.changed)
        self._executions.valueChanged.connect(self.changed)
        self._threads.valueChanged.connect(self.changed)
        self._copy.clicked.connect(self._on_copy)
        self._close.clicked.connect(self.close_requested)

    def snippet(self) -> Snippet:
        """Return what was chosen."""
        kind = self._kinds.currentData()
        return next(snippet for snippet in SNIPPETS if snippet.kind == kind)

    def show_protocol(self, protocol: str) -> None:
        """Offer what has words for `protocol`, and choose what was chosen for it last."""
        if protocol != self._protocol:
            self._fill_kinds(protocol)
            self._repeat.setVisible(self.snippet().repeats)

    def _fill_kinds(self, protocol: str) -> None:
        self._protocol = protocol
        self._kinds.blockSignals(True)
        self._kinds.clear()
        for snippet in SNIPPETS:
            if protocol in snippet.speaks:
                self._kinds.addItem(snippet.label, snippet.kind)
        self._kinds.setCurrentIndex(self._kinds.findData(self._chosen[protocol]))
        self._kinds.blockSignals(False)

    def includes_secrets(self) -> bool:
        """Return True when the secrets themselves should stand in the text."""
        return self._secrets.isChecked()

    def keeps_variables(self) -> bool:
        """Return True when `{{name}}` should stay."""
        return self._variables.isChecked()

    def repeat(self) -> Repeat:
        """Return how often a script should send."""
        return Repeat(executions=self._executions.value(), threads=self._threads.value())

    def hide_secrets(self) -> None:
        """Leave the secrets out again: they were asked for in one copy of one request."""
        self._secrets.setChecked(False)

    def show_snippet(self, text: str, secret_names: tuple[str, ...]) -> None:
        """Show a snippet, and which environment variables it reads secrets from."""
        self._secret_names = secret_names
        self._view.show_snippet(text, self.snippet().lexer)
        self._pages.setCurrentWidget(self._view)
        self._copy.setEnabled(True)
        self._show_hint()

    def show_problem(self, problem: Phrase) -> None:
        """Say why there is no snippet."""
        self._problem_text = problem
        self._secret_names = ()
        self._problem.setText(tr(problem))
        self._pages.setCurrentWidget(self._problem)
        self._copy.setEnabled(False)
        self._show_hint()

    def _show_hint(self) -> None:
        names = ", ".join(self._secret_names)
        self._hint.setText(tr("Before you run it, set the secrets as environment variables: {names}", names=names))
        self._hint.setVisible(bool(names))

    @Slot()
    def _on_kind_changed(self) -> None:
        self._chosen[self._protocol] = self.snippet().kind
        self._repeat.setVisible(self.snippet().repeats)
        self.changed.emit()

    @Slot()
    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._view.toPlainText())

    def _retranslate(self) -> None:
        self._kinds.setAccessibleName(tr("Language"))
        self._copy.setText(tr("Copy"))
        self._copy.setToolTip(tr("Copy the snippet"))
        self._copy.setAccessibleName(tr("Copy the snippet"))
        self._close.setToolTip(tr("Close the Code panel"))
        self._close.setAccessibleName(tr("Close the Code panel"))
        self._secrets.setText(tr("Include secrets in this copy"))
        self._variables.setText(tr("Keep {example} variables", example="{{…}}"))
        self._executions_label.setText(tr("Executions"))
        self._threads_label.setText(tr("Threads"))
        self._executions.setAccessibleName(tr("Executions"))
        self._threads.setAccessibleName(tr("Threads"))
        self._executions.setToolTip(tr("How often each thread sends the request"))
        self._threads.setToolTip(tr("How many threads send at the same time"))
        self._view.setAccessibleName(tr("Code"))
        self._problem.setText(tr(self._problem_text))
        self._show_hint()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

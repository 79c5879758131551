"""The card that says why an exchange gave no whole answer: what failed, what was seen, what to do next."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from firstlight.model.events import Cancelled, Failed
from firstlight.model.failure import Failure
from firstlight.texts import language, tr
from firstlight.ui.figures import duration, size
from firstlight.ui.icons import icon
from firstlight.ui.response.failure_text import LAYER_NAMES, headline, is_explained_by_itself
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_ICON_PX = 20
_FILE_KINDS = frozenset({"missing-file", "unreadable-file", "not-a-file"})


class OutcomeCard(QFrame):
    """Red for a failure, amber for a cancel; hidden when all is well."""

    file_requested = Signal(str)
    """The user wants to say where the file is that was not found at this place."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("errorCard")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._end: Failed | Cancelled | None = None
        self._picture = QLabel(self)
        self._title = self._label("errorTitle", "title")
        self._layer = self._label("errorLayer", "caption")
        self._message = self._label("errorMessage", "")
        self._hint = self._label("errorHint", "")
        self._partial = self._label("errorPartial", "caption")
        self._locate = QPushButton(icon("file"), "", self)
        self._locate.setObjectName("locateFileButton")
        self._locate.clicked.connect(lambda: self.file_requested.emit(self._missing_file()))
        grid = self._grid = QGridLayout(self)
        grid.setHorizontalSpacing(SPACE + 2)
        grid.addWidget(self._picture, 0, 0, Qt.AlignmentFlag.AlignVCenter)
        grid.addWidget(self._title, 0, 1)
        grid.addWidget(self._layer, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        for row, label in enumerate((self._message, self._hint, self._partial), start=1):
            grid.addWidget(label, row, 1, 1, 2)
        grid.addWidget(self._locate, 4, 1, Qt.AlignmentFlag.AlignLeft)
        grid.setColumnStretch(1, 1)
        self._dense: bool | None = None
        self.be_dense(False)
        theme_changed.connect(self._paint_picture)
        self.hide()

    def _label(self, name: str, kind: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("kind", kind)
        label.setWordWrap(name != "errorLayer")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def be_dense(self, dense: bool) -> None:
        """Say what was seen and what to do next on as little room as that takes, or comfortably again."""
        if dense == self._dense:
            return
        self._dense = dense
        edge = SPACE // 2 if dense else SPACE + 4
        self._grid.setContentsMargins(2 * SPACE, edge, 2 * SPACE, edge)
        self._grid.setVerticalSpacing(0 if dense else SPACE // 2)
        set_kind(self._title, "strong" if dense else "title")
        self._retranslate()

    def show_end(self, end: Failed | Cancelled | None) -> None:
        """Tell how it ended; None hides the card."""
        self._end = end
        self.setVisible(end is not None)
        if end is None:
            return
        set_kind(self, "errorCard" if isinstance(end, Failed) else "warnCard")
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        match self._end:
            case Failed(failure=failure):
                self._tell_failure(failure)
            case Cancelled() as cancelled:
                self._title.setText(tr("Cancelled"))
                self._layer.setText("")
                spent = duration(cancelled.timings.total_ms)
                told = tr("You stopped it after {time}.", time=spent) if cancelled.timings.total_ms else ""
                self._message.setText(told)
                self._hint.setText("")
            case None:
                return
        self._locate.setText(tr("Locate…"))
        self._locate.setToolTip(tr("Choose the file where it is now"))
        self._locate.setVisible(bool(self._missing_file()))
        arrived = self._end.body_bytes
        self._partial.setText(tr("{size} had arrived; they are shown below.", size=size(arrived)) if arrived else "")
        for label in (self._layer, self._message, self._hint, self._partial):
            label.setVisible(bool(label.text()) and not (self._dense and label is self._partial))
        self._paint_picture()
        self.setAccessibleName(self._title.text())
        self.setAccessibleDescription(f"{self._message.text()} {self._hint.text()}".strip())

    def _missing_file(self) -> str:
        """Return the place where a file of the body was looked for in vain; empty when that is not what went wrong."""
        failure = self._end.failure if isinstance(self._end, Failed) else None
        if failure is None or failure.kind not in _FILE_KINDS:
            return ""
        return str(dict(failure.message.values).get("path", ""))

    def _tell_failure(self, failure: Failure) -> None:
        self._title.setText(tr(headline(failure)))
        self._layer.setText(tr("Layer: {layer}", layer=tr(LAYER_NAMES[failure.layer])))
        self._message.setText(tr(failure.message))
        hint = tr(failure.hint)
        told = self._end.explanation if isinstance(self._end, Failed) else None
        if told is not None and is_explained_by_itself(self._end):
            meaning, hint = told.told(language())
            self._title.setText(meaning)
        self._hint.setText(tr("Next: {hint}", hint=hint) if hint else "")

    def _paint_picture(self) -> None:
        failed = isinstance(self._end, Failed)
        picture = icon("alert" if failed else "stop", "error" if failed else "warn")
        self._picture.setPixmap(picture.pixmap(_ICON_PX, _ICON_PX))

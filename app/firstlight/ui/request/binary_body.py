"""The binary body: one file, chosen or dropped, with its size; or what is wrong with it."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QToolButton, QVBoxLayout, QWidget

from firstlight.model.request import Body
from firstlight.texts import tr
from firstlight.ui.figures import size
from firstlight.ui.icons import icon
from firstlight.ui.request.body_page import BodyPage
from firstlight.ui.request.dropped_files import dropped_files
from firstlight.ui.request.file_facts import file_facts
from firstlight.ui.request.paths import absolute_path, nearest_folder, stored_path
from firstlight.ui.tasks import Tasks
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE


class BinaryBody(BodyPage):
    """Edits the path of one file."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._folder = ""
        self._path = ""
        card = QFrame(self)
        self._choose = QPushButton(icon("file"), "", card)
        self._choose.setObjectName("chooseFileButton")
        self._clear = QToolButton(card)
        self._clear.setObjectName("clearFileButton")
        self._clear.setProperty("kind", "flat")
        self._clear.setIcon(icon("close"))
        self._name, self._facts, self._hint = QLabel(card), QLabel(card), QLabel(self)
        self._name.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._name.setObjectName("fileName")
        self._facts.setObjectName("fileFacts")
        self._lay_out(card)
        self.setAcceptDrops(True)
        self._choose.clicked.connect(lambda: tasks.start(self._choose_file(), name="choose the body"))
        self._clear.clicked.connect(lambda: self._change(""))
        file_facts.found.connect(self._on_found)
        self.retranslate()

    def show_body(self, body: Body) -> None:
        self._path = body.path
        self.look_up_files()

    def filled_in(self, body: Body) -> Body:
        return replace(body, path=self._path)

    def set_folder(self, folder: str) -> None:
        self._folder = folder

    def locate(self, place: str) -> None:
        self._tasks.start(self._choose_file(), name="locate the body")

    def look_up_files(self) -> None:
        if self._path and "{{" not in self._path:
            file_facts.look_up(self._place())
        self._show_facts()

    def retranslate(self) -> None:
        self._clear.setToolTip(tr("Remove the file"))
        self._clear.setAccessibleName(tr("Remove the file"))
        self._hint.setText(tr("Or drop a file here. It is sent as it is, byte for byte."))
        self._show_facts()

    def _lay_out(self, card: QFrame) -> None:
        self._hint.setProperty("kind", "caption")
        card.setProperty("kind", "card")
        row = QHBoxLayout(card)
        row.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        row.setSpacing(2 * SPACE)
        row.addWidget(self._choose)
        row.addWidget(self._name)
        row.addWidget(self._facts)
        row.addWidget(self._clear)
        row.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(card)
        layout.addWidget(self._hint)
        layout.addStretch(1)

    def _place(self) -> str:
        return absolute_path(self._folder, self._path)

    async def _choose_file(self) -> None:
        from firstlight.ui.dialogs import choose_files

        start = nearest_folder(self._place()) if self._path else self._folder
        for chosen in await choose_files(self, tr("Choose a file"), start=start):
            self._change(stored_path(self._folder, chosen))

    def _change(self, path: str) -> None:
        if path != self._path:
            self._path = path
            self.look_up_files()
            self.edited.emit()

    def _show_facts(self) -> None:
        place = self._place()
        missing = bool(self._path) and file_facts.is_missing(place)
        size_bytes = file_facts.size_bytes(place) if self._path else None
        self._choose.setText(tr("Choose another file…") if self._path else tr("Choose a file…"))
        self._name.setText(self._path or tr("No file chosen"))
        self._name.setToolTip(place if self._path else "")
        self._facts.setText(tr("Missing") if missing else size(size_bytes) if size_bytes is not None else "")
        self._clear.setVisible(bool(self._path))
        kind = "error" if missing else "caption"
        for label in (self._facts, self._name):
            wanted = "" if label is self._name and not missing else kind
            set_kind(label, wanted)

    def _on_found(self, path: str, _size: int | None) -> None:
        if self._path and path == self._place():
            self._show_facts()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if len(dropped_files(event.mimeData())) == 1:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        event.acceptProposedAction()
        self._change(stored_path(self._folder, dropped_files(event.mimeData())[0]))

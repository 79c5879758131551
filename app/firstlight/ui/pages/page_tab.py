"""What the tabs of environments, collections, folders and the workspace have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.model.surroundings import Surroundings

_ICON_PX = 18


class PageTab(QFrame):
    """Shows one page of the workspace as a tab: its name, a Save button, and below them what the kind of page adds."""

    header_changed = Signal()
    changed = Signal()
    """The user edited."""
    view_changed = Signal()
    """Another part is in front."""
    save_requested = Signal()
    parent_requested = Signal(str)
    """Show the collection or folder of this path."""
    token_wished = Signal(object)
    """A TokenWish: something shall be done about the token of an authorization."""
    kind = ""
    picture = "file"

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.known = KnownVariables(self)
        self.loaded: Any = None
        """What the file held when it was last read or written."""
        self._saved: Any = None
        self._header = ("", False)
        self.setProperty("kind", "panel")
        self._symbol, self._name, self._kind_word = QLabel(self), QLabel(self), QLabel(self)
        self._name.setProperty("kind", "title")
        self._name.setTextFormat(Qt.TextFormat.PlainText)
        self._name.setMinimumWidth(40)
        self._kind_word.setProperty("kind", "caption")
        self._save = QPushButton(self)
        self._save.setObjectName("savePageButton")
        self._save.setIcon(icon("save"))
        self._save.clicked.connect(self.save_requested)
        theme_changed.connect(self._paint_symbol)
        head = QHBoxLayout()
        head.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        head.setSpacing(SPACE)
        head.addWidget(self._symbol)
        head.addWidget(self._name)
        head.addWidget(self._kind_word)
        head.addStretch(1)
        head.addWidget(self._save)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(0)
        self.column.addLayout(head)

    # What the kinds of page do differently

    def put(self, value: Any) -> None:
        """Show `value` in the fields."""

    def value(self) -> Any:
        """Return what is on screen; equal to what was shown while nobody has edited it."""
        return self.loaded

    def kind_word(self) -> str:
        """Return what this page is, in the language now in use."""
        return ""

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._save.setText(tr("Save"))
        self._kind_word.setText(self.kind_word())
        self._paint_symbol()

    def _paint_symbol(self) -> None:
        self._symbol.setPixmap(icon(self.picture).pixmap(_ICON_PX, _ICON_PX))

    # What the window does with them

    def open_value(self, value: Any) -> None:
        """Show what a file holds; nothing is unsaved afterwards."""
        self.loaded = value
        self.put(value)
        self._saved = self.value()
        self.tell_header()

    def open_draft(self, value: Any, loaded: Any) -> None:
        """Show a page as it was left, unsaved; `loaded` is what its file held when it was last read."""
        self.open_value(loaded)
        self.put(value)
        self.tell_header()

    def view(self) -> dict[str, Any]:
        """Return which part is in front."""
        return {}

    def show_view(self, view: Mapping[str, Any]) -> None:
        """Bring a part to the front."""

    def on_edited(self) -> None:
        """Take note that the user edited."""
        self.tell_header()
        self.changed.emit()

    def mark_saved(self, given: Any, saved: Any) -> None:
        """Take note that the file holds `saved` now, which was made from `given`, then on screen."""
        untouched = self.value() == given
        self.loaded = self._saved = saved
        if untouched:
            self.put(saved)  # secrets became references
            self._saved = self.value()
        self.tell_header()

    def tell_header(self) -> None:
        """Say so when the title or the unsaved mark is another than before."""
        header = (self.title(), self._saved is not None and self.value() != self._saved)
        if header != self._header:
            self._header = header
            self._name.setText(header[0])
            self.setAccessibleName(header[0])
            self._save.setEnabled(header[1])
            self.header_changed.emit()

    def method(self) -> str:
        """Return nothing: a page has no method."""
        return ""

    def title(self) -> str:
        """Return the text of the tab."""
        return (self.loaded.name if self.loaded is not None else "") or self.path.rpartition("/")[2]

    def unsaved(self) -> bool:
        """Return True when closing would lose something."""
        return self._header[1]

    def renamed(self, path: str, name: str) -> None:
        """Follow a rename or move made in the sidebar; typed changes stay unsaved."""
        self.path = path
        self.loaded, self._saved = replace(self.loaded, name=name), replace(self._saved, name=name)
        self.tell_header()

    def lookup_path(self) -> str:
        """Return a path inside this page: its own variables are known in it."""
        return f"{self.path}/page"

    def show_inherited(self, around: Surroundings) -> None:
        """Say what is around; most pages inherit nothing."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

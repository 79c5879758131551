"""All cookies of a workspace by domain: search, look, add, edit, delete."""

from __future__ import annotations

from collections.abc import Iterable
from operator import attrgetter

from PySide6.QtCore import QEvent, QSize, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.cookies import Cookie, CookieKey
from firstlight.model.secrets import MASK
from firstlight.texts import tr, trn
from firstlight.ui.cookies.words import domain_text, end_text, flags_text
from firstlight.ui.icons import icon
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_SIZE = QSize(860, 560)
_WIDTHS_PX = (260, 160, 110, 140)
_KEY = Qt.ItemDataRole.UserRole


class CookiesDialog(QDialog):
    """Shows what it is told; its opener changes the jar."""

    add_requested = Signal(str)
    """The domain that is chosen, or nothing."""
    edit_requested = Signal(object)
    """A Cookie."""
    delete_requested = Signal(object)
    """The CookieKeys of one cookie, of a domain, or of all."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("cookiesDialog")
        self._cookies: dict[CookieKey, Cookie] = {}
        self._revealed: set[CookieKey] = set()
        self._search = QLineEdit(self)
        self._search.setObjectName("cookiesSearch")
        self._search.addAction(icon("search"), QLineEdit.ActionPosition.LeadingPosition)
        self._search.setClearButtonEnabled(True)
        self._search.textChanged.connect(self._fill)
        self.tree = QTreeWidget(self)
        self.tree.setObjectName("cookieTree")
        self.tree.setUniformRowHeights(True)
        self.tree.setAllColumnsShowFocus(True)
        self.tree.currentItemChanged.connect(self._on_chosen)
        self.tree.itemActivated.connect(self._on_edit)
        self._empty = QLabel(self)
        self._empty.setProperty("kind", "caption")
        self._empty.setWordWrap(True)
        self._add = self._button("addCookieButton", "plus", self._on_add)
        self._edit = self._button("editCookieButton", "pencil", self._on_edit)
        self._reveal = self._button("revealCookieButton", "eye", self._on_reveal)
        self._delete = self._button("deleteCookieButton", "trash", self._on_delete)
        self._clear = self._button("clearCookiesButton", "", lambda: self.delete_requested.emit(tuple(self._cookies)))
        self._close = self._button("closeButton", "", self.accept)
        self._lay_out()
        self._retranslate()
        self.resize(_SIZE)
        for position, width_px in enumerate(_WIDTHS_PX):
            self.tree.setColumnWidth(position, width_px)

    def show_cookies(self, cookies: Iterable[Cookie]) -> None:
        """Show other cookies; what is chosen stays chosen."""
        self._cookies = {one.key: one for one in sorted(cookies, key=attrgetter("domain", "path", "name"))}
        self._fill()

    def choose(self, key: CookieKey) -> None:
        """Go to a cookie."""
        for row in self._rows():
            if row.data(0, _KEY) == key:
                self.tree.setCurrentItem(row)

    def _button(self, name: str, picture: str, slot: object) -> QPushButton:
        button = QPushButton(icon(picture), "", self) if picture else QPushButton(self)
        button.setObjectName(name)
        button.setAutoDefault(False)
        button.clicked.connect(slot)
        return button

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        for button in (self._add, self._edit, self._reveal, self._delete, self._clear):
            buttons.addWidget(button)
        buttons.addStretch(1)
        buttons.addWidget(self._close)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(2 * SPACE)
        column.addWidget(self._search)
        column.addWidget(self.tree, 1)
        column.addWidget(self._empty)
        column.addLayout(buttons)

    @Slot()
    def _fill(self) -> None:
        before = self.tree.currentItem()
        chosen = before.data(0, _KEY) if before else None
        self.tree.clear()
        tops: dict[str, QTreeWidgetItem] = {}
        for cookie in self._found():
            top = tops.get(cookie.domain)
            if top is None:
                top = tops[cookie.domain] = QTreeWidgetItem(self.tree, [cookie.domain])
                top.setSizeHint(0, QSize(0, ROW_HEIGHT))
                top.setIcon(0, icon("external"))
                top.setExpanded(True)
            row = QTreeWidgetItem(top, self._cells(cookie))
            row.setSizeHint(0, QSize(0, ROW_HEIGHT))
            row.setIcon(0, icon("cookie"))
            row.setData(0, _KEY, cookie.key)
            row.setToolTip(0, domain_text(cookie))
        for top in tops.values():
            top.setText(1, trn("{count} cookie", "{count} cookies", top.childCount()))
        rows = self._rows()
        current = next((row for row in rows if row.data(0, _KEY) == chosen), rows[0] if rows else None)
        if current is not None:
            self.tree.setCurrentItem(current)
        self._on_chosen()

    def _cells(self, cookie: Cookie) -> list[str]:
        value = cookie.value if cookie.key in self._revealed or not cookie.value else MASK
        return [cookie.name, value, cookie.path, end_text(cookie), flags_text(cookie)]

    def _found(self) -> list[Cookie]:
        words = self._search.text().casefold().split()
        return [
            cookie
            for cookie in self._cookies.values()
            if all(word in f"{cookie.domain} {cookie.name} {cookie.path}".casefold() for word in words)
        ]

    def _rows(self) -> list[QTreeWidgetItem]:
        """Return the rows of cookies."""
        tops = (self.tree.topLevelItem(position) for position in range(self.tree.topLevelItemCount()))
        rows = (top.child(position) for top in tops if top is not None for position in range(top.childCount()))
        return [row for row in rows if row is not None]

    def _chosen(self) -> Cookie | None:
        row = self.tree.currentItem()
        return self._cookies.get(row.data(0, _KEY)) if row is not None and row.data(0, _KEY) else None

    def _chosen_keys(self) -> tuple[CookieKey, ...]:
        """Return the chosen cookie, or those of the chosen domain."""
        row, cookie = self.tree.currentItem(), self._chosen()
        if cookie is not None or row is None:
            return (cookie.key,) if cookie else ()
        return tuple(below.data(0, _KEY) for below in self._rows() if below.parent() is row)

    @Slot()
    def _on_chosen(self) -> None:
        cookie = self._chosen()
        self._edit.setEnabled(cookie is not None)
        self._reveal.setEnabled(cookie is not None and bool(cookie.value))
        shown = cookie is not None and cookie.key in self._revealed
        self._reveal.setText(tr("Hide") if shown else tr("Reveal"))
        self._reveal.setIcon(icon("eye-off" if shown else "eye"))
        self._delete.setEnabled(self.tree.currentItem() is not None)
        self._clear.setEnabled(bool(self._cookies))
        self._empty.setVisible(not self._cookies)

    @Slot()
    def _on_add(self) -> None:
        row = self.tree.currentItem()
        top = row.parent() or row if row is not None else None
        self.add_requested.emit(top.text(0) if top is not None else "")

    @Slot()
    def _on_edit(self) -> None:
        if (cookie := self._chosen()) is not None:
            self.edit_requested.emit(cookie)

    @Slot()
    def _on_reveal(self) -> None:
        if (cookie := self._chosen()) is not None:
            self._revealed ^= {cookie.key}
            self._fill()

    @Slot()
    def _on_delete(self) -> None:
        if keys := self._chosen_keys():
            self.delete_requested.emit(keys)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("Cookies of the workspace"))
        self._search.setPlaceholderText(tr("Search by domain, name or path"))
        self._search.setAccessibleName(tr("Search by domain, name or path"))
        self.tree.setAccessibleName(tr("Cookies of the workspace"))
        self.tree.setHeaderLabels([tr("Name"), tr("Value"), tr("Path"), tr("Expires"), tr("Attributes")])
        self._empty.setText(
            tr("No cookies are kept. What an answer sets is kept here and sent to where it belongs, unless a request"
               " has cookies turned off on its Settings tab.")
        )  # fmt: skip
        self._add.setText(tr("Add…"))
        self._edit.setText(tr("Edit…"))
        self._delete.setText(tr("Delete"))
        self._clear.setText(tr("Delete all…"))
        self._close.setText(tr("Close"))
        self._fill()

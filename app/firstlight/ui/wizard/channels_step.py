"""Step 2: the addresses of the service; one is enough, and others can be added now or later."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from firstlight.editions import Edition, edition
from firstlight.editions.draft import ChannelDraft, carried, channel_label, free_name
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.lazy_page import tab_after
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE
from firstlight.ui.wizard.channel_parts import ChannelParts

_LIST_PX = 200


class ChannelsStep(QWidget):
    """Edits a tuple of ChannelDrafts."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._drafts: list[ChannelDraft] = []
        self._form: ChannelParts | None = None
        self._hint, self._note, self._label = QLabel(self), QLabel(self), QLabel(self)
        for label in (self._hint, self._note):
            label.setProperty("kind", "caption")
            label.setWordWrap(True)
        self.list = QListWidget(self)
        self.list.setObjectName("wizardChannels")
        self.list.setFixedWidth(_LIST_PX)
        self.list.setIconSize(QSize(16, 16))
        self.name = OneLineEdit(self)
        self.name.setObjectName("wizardChannelName")
        self._label.setBuddy(self.name)
        self.add = QPushButton(icon("plus"), "", self)
        self.add.setObjectName("wizardAddChannel")
        self.remove = QPushButton(icon("trash"), "", self)
        self.remove.setObjectName("wizardRemoveChannel")
        self._menu = QMenu(self)
        self._menu.setObjectName("wizardChannelMenu")
        self.add.setMenu(self._menu)
        for button in (self.add, self.remove):
            button.setAutoDefault(False)
        self._lay_out()
        self._menu.aboutToShow.connect(self._fill_menu)
        self.list.currentRowChanged.connect(self._show_current)
        self.remove.clicked.connect(self._on_remove)
        self.name.typed.connect(self._on_named)
        self.setFocusProxy(self.list)
        self.retranslate()

    def begin(self, first: ChannelDraft, further: tuple[ChannelDraft, ...]) -> None:
        """Start with these; what was added by hand before and still fits stays."""
        added = [draft for draft in self._drafts[1:] if draft.edition.vendor == first.edition.vendor]
        read = [draft for draft in further if all(draft.values != known.values for known in added)]
        self._drafts = []
        for draft in (first, *read, *added):
            self._drafts.append(self._named(draft, draft.name))
        self._fill()
        self.list.setCurrentRow(0)

    def drafts(self) -> tuple[ChannelDraft, ...]:
        """Return the channels, the first one first."""
        return tuple(self._drafts)

    def problem(self) -> str:
        """Return what is missing before one can go on; empty: nothing."""
        wrong = next((draft for draft in self._drafts if draft.problems() or not draft.name), None)
        if wrong is not None:
            return tr("Fill in what is marked in “{name}”, or remove it.", name=wrong.name)
        names = {draft.name.casefold() for draft in self._drafts}
        return tr("Two channels have the same name.") if len(names) < len(self._drafts) else ""

    def show_problem(self) -> None:
        """Take the person to what is missing."""
        wrong = next((row for row, draft in enumerate(self._drafts) if draft.problems()), self.list.currentRow())
        self.list.setCurrentRow(wrong)
        if self._form is not None:
            self._form.show_all_problems()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._hint.setText(
            tr("A channel is one address of the service. A request can go over any of them; more can be added later.")
        )
        self.list.setAccessibleName(tr("Channels"))
        self._label.setText(tr("Name"))
        self.name.setAccessibleName(tr("Name"))
        self.add.setText(tr("Add"))
        self.remove.setText(tr("Remove"))
        self._show_row()
        if self._form is not None:
            self._form.retranslate()

    def _named(self, draft: ChannelDraft, wanted: str) -> ChannelDraft:
        name = free_name(wanted, [known.name for known in self._drafts])
        return replace(draft, name=name)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(SPACE)
        buttons.addWidget(self.add, 1)
        buttons.addWidget(self.remove, 1)
        left = QVBoxLayout()
        left.setSpacing(SPACE)
        left.addWidget(self.list, 1)
        left.addLayout(buttons)
        line = QHBoxLayout()
        line.setSpacing(2 * SPACE)
        line.addWidget(self._label)
        line.addWidget(self.name, 1)
        self._right = QVBoxLayout()
        self._right.setSpacing(SPACE)
        self._right.addLayout(line)
        self._right.addWidget(self._note)
        self._right.addStretch(0)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addLayout(left)
        row.addLayout(self._right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._hint)
        column.addLayout(row, 1)

    def _fill(self) -> None:
        self.list.clear()
        for draft in self._drafts:
            item = QListWidgetItem(_picture(draft), draft.name)
            item.setSizeHint(QSize(0, ROW_HEIGHT))
            self.list.addItem(item)

    def _fill_menu(self) -> None:
        self._menu.clear()
        for kind in self._offers():
            chosen = edition(kind)
            self._menu.addAction(icon("channel"), tr(chosen.label), lambda chosen=chosen: self._on_add(chosen))

    def _offers(self) -> tuple[str, ...]:
        """Return the editions that can be further channels, without those that are there."""
        there = {draft.edition.kind for draft in self._drafts}
        more = dict.fromkeys(kind for draft in self._drafts for kind in draft.edition.more)
        return (*(kind for kind in more if kind not in there), "custom")

    def _on_add(self, chosen: Edition) -> None:
        first = next((draft for draft in self._drafts if not draft.problems()), None)
        values = carried(first, chosen) if first else {}
        draft = ChannelDraft(name="", edition=chosen, values=values)
        self._drafts.append(self._named(draft, tr(channel_label(chosen))))
        self._fill()
        self.list.setCurrentRow(len(self._drafts) - 1)
        if self._form is not None:
            missing = self._form.draft().problems()
            self._form.inputs[next(iter(missing), next(iter(self._form.inputs)))].setFocus()
        self.changed.emit()

    def _on_remove(self) -> None:
        row = self.list.currentRow()
        if len(self._drafts) > 1 and row >= 0:
            del self._drafts[row]
            self._fill()
            self.list.setCurrentRow(min(row, len(self._drafts) - 1))
            self.changed.emit()

    def _on_named(self, text: str) -> None:
        row = self.list.currentRow()
        before = self._drafts[row]
        self._drafts[row] = replace(before, name=text.strip())
        self.list.item(row).setText(text.strip())
        self.changed.emit()

    def _show_current(self, row: int) -> None:
        if self._form is not None:
            self._right.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None
        if row < 0:
            return
        draft = self._drafts[row]
        self.name.setText(draft.name)
        self._form = ChannelParts(draft, self)
        self._form.edited.connect(self._on_edited)
        self._right.insertWidget(2, self._form, 1)
        self._form.show()
        tab_after(self.name, self._form)
        self._show_row()

    def _show_row(self) -> None:
        self.remove.setEnabled(len(self._drafts) > 1)
        row = self.list.currentRow()
        self._note.setText(tr(self._drafts[row].edition.note) if row >= 0 else "")

    def _on_edited(self) -> None:
        row = self.list.currentRow()
        if self._form is not None and row >= 0:
            self._drafts[row] = self._form.draft(self._drafts[row].name)
            self.list.item(row).setIcon(_picture(self._drafts[row]))
            self.changed.emit()


def _picture(draft: ChannelDraft) -> QIcon:
    """Return the icon of a channel; one whose certificate nobody verifies stands out."""
    return icon("channel") if draft.trust.verify_tls else icon("alert", "error")

"""Step 1: what is pasted or chosen, what it was recognised as, and its parts to correct."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from itertools import pairwise

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QRadioButton, QVBoxLayout, QWidget

from firstlight.editions import EDITIONS, Edition, edition
from firstlight.editions.credentials import secret_values
from firstlight.editions.draft import ChannelDraft, channel_label, trust_of
from firstlight.editions.recognise import Candidate, Recognition, recognise
from firstlight.model.secrets import MASK
from firstlight.texts import tr
from firstlight.ui.lazy_page import tab_after
from firstlight.ui.theme.tokens import SPACE
from firstlight.ui.wizard.parts_form import PartsForm
from firstlight.ui.wizard.paste_edit import PasteEdit

_PASTE_PX = 76


class AddressStep(QWidget):
    """Emits `changed` when what was filled in is another."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.recognition = Recognition()
        self._form: PartsForm | None = None
        self._hint, self._remarks, self._note, self._what = (QLabel(self) for _ in range(4))
        self._remarks.setObjectName("wizardRemarks")
        self._remarks.setProperty("kind", "warn")
        self._note.setObjectName("wizardNote")
        for label in (self._hint, self._note):
            label.setProperty("kind", "caption")
        for label in (self._hint, self._remarks, self._note):
            label.setWordWrap(True)
        self.paste = PasteEdit(self)
        self.paste.setObjectName("wizardPaste")
        self.paste.setProperty("kind", "input")
        self.paste.setFixedHeight(_PASTE_PX)
        self.kinds = QComboBox(self)
        self.kinds.setObjectName("wizardEdition")
        self.kinds.setMaxVisibleItems(len(EDITIONS))
        self._what.setBuddy(self.kinds)
        self._twins = (QRadioButton(self), QRadioButton(self))
        for number, twin in enumerate(self._twins):
            twin.setObjectName(f"wizardTwin{number}")
            twin.hide()
        self._question = QLabel(self)
        self._question.setObjectName("wizardQuestion")
        self._question.setWordWrap(True)
        self._question.hide()
        self._lay_out()
        for before, after in pairwise((self.paste, *self._twins, self.kinds)):  # as they stand below each other
            QWidget.setTabOrder(before, after)
        self.paste.changed.connect(self._on_pasted)
        self.kinds.activated.connect(lambda: self._show_edition(edition(self.kinds.currentData())))
        for number, twin in enumerate(self._twins):
            twin.clicked.connect(lambda _on, number=number: self._on_twin_chosen(number))
        self._fill_kinds()
        self.retranslate()
        self.setFocusProxy(self.paste)

    def draft(self) -> ChannelDraft | None:
        """Return the address that was filled in; None: nobody has said yet what it is."""
        if self._form is None:
            return None
        return replace(
            self._form.draft(tr(channel_label(self._form.edition))), trust=trust_of(self.recognition.request)
        )

    def problem(self) -> str:
        """Return what is missing before one can go on; empty: nothing."""
        draft = self.draft()
        if draft is None:
            return (
                tr("Say which of the two it is.")
                if self.recognition.asks
                else tr("Paste an address, or choose a kind.")
            )
        return tr("Fill in what is marked.") if draft.problems() else ""

    def show_problem(self) -> None:
        """Take the person to what is missing."""
        if self._form is not None:
            self._form.show_all_problems()
        elif self.recognition.asks:
            self._twins[0].setFocus()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._hint.setText(
            tr(
                "Paste what the console shows: a URL, a call path, endpoint and token, JSON, a whole cURL command. "
                "Or choose below."
            )
        )
        self.paste.setAccessibleName(tr("Text from the console"))
        self.paste.setPlaceholderText("https://…/v1/infers/…")
        self._what.setText(tr("What it is"))
        self.kinds.setAccessibleName(tr("What it is"))
        self.kinds.setPlaceholderText(tr("Choose…"))
        for row in range(self.kinds.count()):
            self.kinds.setItemText(row, tr(edition(self.kinds.itemData(row)).label))
        self._question.setText(
            tr(
                "The console's Usage Guides tab shows up to two URLs that look alike. Which one is this? "
                "Signing in works only with the one that belongs to it."
            )
        )
        for twin, candidate in zip(self._twins, self.recognition.candidates, strict=False):
            twin.setText(tr(candidate.edition.label))
        if self._form is not None:
            self._form.retranslate()
            self._note.setText(tr(self._form.edition.note))
        self._remarks.setText("\n".join(tr(remark) for remark in self.recognition.remarks))
        self._remarks.setVisible(bool(self.recognition.remarks))

    def _lay_out(self) -> None:
        line = QHBoxLayout()
        line.setSpacing(2 * SPACE)
        line.addWidget(self._what)
        line.addWidget(self.kinds, 1)
        self._column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        for widget in (self._hint, self.paste, self._remarks, self._question, *self._twins):
            column.addWidget(widget)
        column.addLayout(line)
        column.addWidget(self._note)
        self._room = QVBoxLayout()
        column.addLayout(self._room, 100)
        column.addStretch(1)

    def _fill_kinds(self) -> None:
        """Offer what it may be first, then everything else."""
        likely = [candidate.edition.kind for candidate in self.recognition.candidates]
        with QSignalBlocker(self.kinds):
            self.kinds.clear()
            for kind in dict.fromkeys([*likely, *(entry.kind for entry in EDITIONS)]):
                self.kinds.addItem(tr(edition(kind).label), kind)
            self.kinds.setCurrentIndex(-1)

    def _on_pasted(self, text: str) -> None:
        before = self.recognition
        self.recognition = recognise(text)
        self.paste.hide_secrets(secret_values(self.recognition.given))
        if self.recognition.candidates != before.candidates or self.recognition.asks != before.asks:
            self._fill_kinds()
            self._show_twins()
            best = self.recognition.best
            if best is None or self.recognition.asks:
                self._drop_form()
            else:
                self._show_edition(best.edition)
        self.retranslate()
        self.changed.emit()

    def _show_twins(self) -> None:
        asks = self.recognition.asks
        self._question.setVisible(asks)
        for twin in self._twins:
            twin.setVisible(asks)
            twin.setAutoExclusive(False)  # else the last one ticked could not be unticked
            twin.setChecked(False)
            twin.setAutoExclusive(True)

    def _on_twin_chosen(self, number: int) -> None:
        self._show_edition(self.recognition.candidates[number].edition)

    def _show_edition(self, chosen: Edition) -> None:
        """Draw the form of an edition with what was read of it, or with what the form before shares with it."""
        found: Candidate | None = next((c for c in self.recognition.candidates if c.edition.kind == chosen.kind), None)
        values: Mapping[str, str] = self._form.values if self._form and found is None else {}
        if found is not None:
            values = {name: value for name, value in found.values().items() if value != MASK}
        self._drop_form()
        with QSignalBlocker(self.kinds):
            self.kinds.setCurrentIndex(self.kinds.findData(chosen.kind))
        for twin, candidate in zip(self._twins, self.recognition.candidates, strict=False):
            if self.recognition.asks:
                twin.setChecked(candidate.edition.kind == chosen.kind)
        names = {part.name for part in chosen.parts}
        kept = {name: value for name, value in values.items() if name in names}
        self._form = PartsForm(chosen, kept, found.match if found else None, self)
        self._form.edited.connect(self.changed)
        self._room.addWidget(self._form, 1)
        self._form.show()
        tab_after(self.kinds, self._form)
        self._note.setText(tr(chosen.note))
        self._note.show()
        self.changed.emit()

    def _drop_form(self) -> None:
        self._note.hide()
        if self._form is not None:
            self._room.removeWidget(self._form)
            self._form.hide()
            self._form.deleteLater()
            self._form = None

"""The parts of an address as a form, each with where it was read, and what the address says besides."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QLabel, QWidget

from firstlight.editions import Edition
from firstlight.editions.draft import ChannelDraft
from firstlight.editions.edition import Match
from firstlight.texts import tr
from firstlight.ui.request.one_line import OneLineEdit
from firstlight.ui.services.labelled_form import LabelledForm


class PartsForm(LabelledForm):
    """Shows and edits the values of an edition's parts."""

    edited = Signal()

    def __init__(
        self, edition: Edition, values: Mapping[str, str], read: Match | None = None, parent: QWidget | None = None
    ) -> None:
        """`read` says where the values come from."""
        super().__init__(parent)
        self.be_part_of_page()
        self.edition = edition
        self.values = dict(values)
        self._read = read
        self._touched: set[str] = set()
        self.inputs: dict[str, OneLineEdit | QComboBox] = {}
        for part in edition.parts:
            entry = self._combo(part.name, part.choices) if part.choices else self._edit(part.name, part.placeholder)
            self.inputs[part.name] = entry
            self.add(entry, f"part-{part.name}")
        self._told = QLabel(self.page)
        self._told.setObjectName("addressTold")
        self._told.setProperty("kind", "caption")
        self._warnings = QLabel(self.page)
        self._warnings.setObjectName("addressWarnings")
        self._warnings.setProperty("kind", "warn")
        for label in (self._told, self._warnings):
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
            self.add_below(label)
        self.retranslate()

    def draft(self, name: str = "") -> ChannelDraft:
        """Return what was filled in."""
        return ChannelDraft(name=name, edition=self.edition, values=dict(self.values))

    def show_all_problems(self) -> None:
        """Say what is missing even where nobody has typed yet, and go there."""
        problems = self.draft().problems()
        self._touched |= set(problems)
        self.retranslate()
        if problems:
            self.inputs[next(iter(problems))].setFocus()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        problems = self.draft().problems()
        for part in self.edition.parts:
            entry = self.inputs[part.name]
            wrong = problems.get(part.name, "")
            shown = wrong if wrong and (part.name in self._touched or self.values.get(part.name)) else ""
            self.label(entry, tr(part.label), self._reason(part.name, part.help), alarm=tr(shown))
            if isinstance(entry, QComboBox):
                for row, (_, label) in enumerate(part.choices):
                    entry.setItemText(row, tr(label))
        match = self.draft().match() if not problems else self._read
        told = match.told if match else ()
        lines = [
            tr("{label}: {value} · {why}", label=tr(entry.label), value=entry.value, why=tr(entry.why))
            for entry in told
        ]
        warnings = [tr(warning) for warning in match.warnings] if match else []
        for shown_in, texts in ((self._told, lines), (self._warnings, warnings)):
            shown_in.setText("\n".join(texts))
            shown_in.setVisible(bool(texts))

    def _reason(self, name: str, help_: str) -> str:
        """Return where a value was read while it is the one that was read, and what it is otherwise."""
        fact = self._read.parts.get(name) if self._read else None
        if fact is not None and fact.value == self.values.get(name, "") and fact.value:
            return tr(fact.why)
        return tr(help_)

    def _edit(self, name: str, placeholder: str) -> OneLineEdit:
        edit = OneLineEdit(self.page)
        edit.setText(self.values.get(name, ""))
        edit.setCursorPosition(0)
        edit.setPlaceholderText(placeholder)
        edit.typed.connect(partial(self._on_changed, name))
        return edit

    def _combo(self, name: str, choices: tuple[tuple[str, str], ...]) -> QComboBox:
        combo = QComboBox(self.page)
        for value, label in choices:
            combo.addItem(label, value)
        combo.setCurrentIndex(max(0, combo.findData(self.values.get(name, ""))))
        combo.activated.connect(lambda: self._on_changed(name, combo.currentData()))
        return combo

    def _on_changed(self, name: str, value: str) -> None:
        self.values[name] = value.strip()
        self._touched.add(name)
        self.retranslate()
        self.edited.emit()

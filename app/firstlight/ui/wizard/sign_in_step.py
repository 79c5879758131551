"""Step 3: the ways to sign in that the chosen addresses take, and why the others are not among them."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QSignalBlocker, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from firstlight.auth import AuthMethod
from firstlight.auth.iam.regions import REGIONS
from firstlight.editions.credentials import in_region, offered, prefilled, region_of, takes_region, withheld
from firstlight.editions.draft import ChannelDraft, CredentialDraft, usual_credential
from firstlight.editions.given import Given
from firstlight.texts import tr
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.lazy_page import tab_after
from firstlight.ui.request.auth_form import AuthForm
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_LIST_PX = 280
_NEEDED = frozenset({"modelarts", "modelarts-v2", "maas", "pangu", "eas"})
"""Vendors whose services are hardly ever open to everybody."""


class SignInStep(QWidget):
    """Edits a tuple of CredentialDrafts: one for each ticked way."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._channels: tuple[ChannelDraft, ...] = ()
        self._methods: tuple[AuthMethod, ...] = ()
        self._values: dict[str, Mapping[str, str]] = {}
        self._given: tuple[Given, ...] = ()
        self._ticked: set[str] = set()
        self._decided = False
        self._form: AuthForm | None = None
        self._hint, self._note, self._why, self._routes = (QLabel(self) for _ in range(4))
        self._why.setObjectName("wizardNotOffered")
        self._routes.setObjectName("wizardRoutes")
        for label in (self._hint, self._note, self._why, self._routes):
            label.setProperty("kind", "caption")
            label.setWordWrap(True)
            label.setTextFormat(Qt.TextFormat.PlainText)
        self.list = QListWidget(self)
        self.list.setObjectName("wizardCredentials")
        self.list.setFixedWidth(_LIST_PX)
        self._place, self.region = QLabel(self), QComboBox(self)
        self.region.setObjectName("wizardRegion")
        self.region.addItems(REGIONS)
        self._place.setBuddy(self.region)
        self._area = QScrollArea(self)
        know_viewport(self._area)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.viewport().setAutoFillBackground(False)
        self._lay_out()
        self.list.currentRowChanged.connect(self._show_form)
        self.list.itemChanged.connect(self._on_ticked)
        self.region.activated.connect(self._on_region_chosen)
        self.setFocusProxy(self.list)
        self.retranslate()

    def begin(self, channels: tuple[ChannelDraft, ...], given: tuple[Given, ...]) -> None:
        """Offer what these channels take; `given` was pasted together with the address."""
        self._channels = channels
        self._methods = offered(draft.edition for draft in channels)
        kinds = {method.kind for method in self._methods}
        if given != self._given:
            self._given, self._decided = given, False
            self._values |= {entry.kind: entry.values for entry in given}
        if not self._decided:
            pasted = {entry.kind for entry in given} & kinds
            needed = channels[0].edition.vendor in _NEEDED
            self._ticked = pasted or ({method.kind for method in self._methods[:1]} if needed else set())
        self._prefill(kinds)
        self._fill()

    def drafts(self) -> tuple[CredentialDraft, ...]:
        """Return the credentials, in the order of the offers."""
        return tuple(
            CredentialDraft(name=tr(method.label), kind=method.kind, values=self._values.get(method.kind, {}))
            for method in self._methods
            if method.kind in self._ticked
        )

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._hint.setText(
            tr("Tick how requests sign in; several are fine. Secrets are kept in the secret store, not in the file.")
            if self._methods
            else tr("Nobody checks a credential on these channels, so none is sent.")
        )
        self.list.setAccessibleName(tr("Ways to sign in"))
        self._place.setText(tr("Region"))
        self.region.setAccessibleName(tr("Region"))
        self.region.setPlaceholderText(tr("Choose…"))
        with QSignalBlocker(self.list):
            for row, method in enumerate(self._methods):
                self.list.item(row).setText(tr(method.label))
        if self._form is not None:
            self._form.retranslate()
            self._note.setText(tr(self._form.method.note))
        notes = withheld(draft.edition for draft in self._channels)
        self._why.setText("\n".join(tr("Not here: {name}. {why}", name=tr(n.label), why=tr(n.why)) for n in notes))
        self._why.setVisible(bool(notes))
        self._show_routes()

    def _lay_out(self) -> None:
        right = QVBoxLayout()
        right.setSpacing(SPACE)
        right.addWidget(self._note)
        line = QHBoxLayout()
        line.setSpacing(2 * SPACE)
        line.addWidget(self._place)
        line.addWidget(self.region)
        line.addStretch(1)
        right.addLayout(line)
        right.addWidget(self._area, 1)
        row = QHBoxLayout()
        row.setSpacing(2 * SPACE)
        row.addWidget(self.list)
        row.addLayout(right, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(SPACE)
        column.addWidget(self._hint)
        column.addLayout(row, 1)
        column.addWidget(self._why)
        column.addWidget(self._routes)

    def _prefill(self, kinds: set[str]) -> None:
        values: dict[str, str] = {}
        for draft in self._channels:
            values |= draft.values
        told = [entry for draft in self._channels if (match := draft.match()) is not None for entry in match.told]
        for kind in kinds:
            self._values[kind] = {**prefilled(kind, values, told), **self._values.get(kind, {})}

    def _fill(self) -> None:
        with QSignalBlocker(self.list):
            self.list.clear()
            for method in self._methods:
                item = QListWidgetItem(tr(method.label))
                item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
                ticked = method.kind in self._ticked
                item.setCheckState(Qt.CheckState.Checked if ticked else Qt.CheckState.Unchecked)
                item.setSizeHint(QSize(0, ROW_HEIGHT))
                self.list.addItem(item)
        self.list.setVisible(bool(self._methods))
        first = next((row for row, method in enumerate(self._methods) if method.kind in self._ticked), 0)
        self.list.setCurrentRow(first if self._methods else -1)
        self._show_form(self.list.currentRow())
        self.retranslate()

    def _show_form(self, row: int) -> None:
        self._form = None
        if row < 0 or row >= len(self._methods):
            self._area.takeWidget()
            for widget in (self._area, self._note, self._place, self.region):
                widget.hide()
            return
        method = self._methods[row]
        self._form = AuthForm(method, self._values.get(method.kind, {}), self._area)
        self._form.setObjectName("wizardAuthForm")
        self._form.edited.connect(self._on_edited)
        self._area.setWidget(self._form)
        self._form.setAutoFillBackground(False)
        self._area.show()
        self._show_region()
        QWidget.setTabOrder(self.list, self.region)
        tab_after(self.region, self._form)
        self._note.setText(tr(method.note))
        self._note.setVisible(bool(method.note))

    def _on_ticked(self, item: QListWidgetItem) -> None:
        row = self.list.row(item)
        kind = self._methods[row].kind
        self._decided = True
        if item.checkState() == Qt.CheckState.Checked:
            self._ticked.add(kind)
        else:
            self._ticked.discard(kind)
        if self.list.currentRow() != row:
            self.list.setCurrentRow(row)
        self._show_routes()
        self.changed.emit()

    def _on_edited(self) -> None:
        if self._form is not None:
            self._values[self._form.method.kind] = dict(self._form.values)
            self._show_region()
            if self._form.method.kind not in self._ticked:  # who fills it in wants it
                self.list.currentItem().setCheckState(Qt.CheckState.Checked)
            self.changed.emit()

    def _show_region(self) -> None:
        """Show which region's IAM the form names, where that is asked."""
        if self._form is not None:
            self._place.setMinimumWidth(self._form.label_width())  # it begins where the fields below it do
            self.region.setCurrentIndex(self.region.findText(region_of(self._form.values)))
            for widget in (self._place, self.region):
                widget.setVisible(takes_region(self._form.method.kind))

    def _on_region_chosen(self) -> None:
        if self._form is not None:
            kind = self._form.method.kind
            self._values[kind] = in_region(self._form.values, self.region.currentText())
            self._show_form(self.list.currentRow())
            self._on_edited()

    def _show_routes(self) -> None:
        """Say what signs on which channel."""
        credentials = self.drafts()
        lines = []
        for draft in self._channels:
            name = usual_credential(draft.edition, credentials) or tr("no credential")
            lines.append(tr("Over {channel}: {credential}.", channel=draft.name, credential=name))
        self._routes.setText("  ".join(lines))

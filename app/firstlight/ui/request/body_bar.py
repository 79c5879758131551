"""The row above a body: its kind, and what belongs to that kind (language and layout, or the table's columns)."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QComboBox, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QToolButton, QWidget

from firstlight.bodies import BODIES, RAW_LANGUAGES
from firstlight.model.request import Body
from firstlight.texts import N_, tr
from firstlight.ui.icons import icon
from firstlight.ui.keys.bindings import with_keys
from firstlight.ui.theme.tokens import SPACE

_COLUMNS = (
    ("content_type", N_("Content type")),
    ("file_names", N_("File name sent")),
    ("description", N_("Description")),
)


class BodyBar(QWidget):
    """Chooses; knows nothing about the body itself."""

    kind_chosen = Signal()
    language_chosen = Signal()
    beautify_requested = Signal()
    minify_requested = Signal()
    find_requested = Signal(bool)
    """True: to replace as well."""
    meta_uuid_toggled = Signal()
    column_toggled = Signal(str, bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._kinds = QComboBox(self)
        self._kinds.setObjectName("bodyKindCombo")
        self._languages = QComboBox(self)
        self._languages.setObjectName("bodyLanguageCombo")
        self._beautify = QPushButton(icon("beautify"), "", self)
        self._beautify.setObjectName("beautifyButton")
        self._minify = QPushButton(icon("minify"), "", self)
        self._minify.setObjectName("minifyButton")
        self._more = QToolButton(self)
        self._more.setObjectName("bodyMoreButton")
        self._more.setIcon(icon("more"))
        self._meta_uuid = QCheckBox(self)
        self._meta_uuid.setObjectName("newMetaUuid")
        self._has_meta_uuid = False
        self._columns = QPushButton(icon("columns"), "", self)
        self._columns.setObjectName("formColumnsButton")
        self._shown_columns: dict[str, bool] = {}
        for entry in BODIES:
            self._kinds.addItem(entry.label, entry.kind)
        for word, label, _ in RAW_LANGUAGES:
            self._languages.addItem(label, word)
        self._lay_out()
        self._kinds.activated.connect(self._on_kind_chosen)
        self._languages.activated.connect(self._on_language_chosen)
        self._meta_uuid.toggled.connect(self.meta_uuid_toggled)
        self._beautify.clicked.connect(self.beautify_requested)
        self._minify.clicked.connect(self.minify_requested)
        self._more.clicked.connect(self._on_more_clicked)
        self._columns.clicked.connect(self._on_columns_clicked)

    def _lay_out(self) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        layout.setSpacing(SPACE)
        layout.addWidget(self._kinds)
        layout.addWidget(self._languages)
        layout.addStretch(1)
        layout.addWidget(self._meta_uuid)
        for button in (self._beautify, self._minify, self._more, self._columns):
            button.setProperty("kind", "flat")
            layout.addWidget(button)

    @property
    def last_control(self) -> QWidget:
        """Where the Tab key leaves the row."""
        return self._columns

    def show_choices(self, body: Body) -> None:
        """Show what a body has chosen; a word this version does not know is shown as it is."""
        _choose(self._kinds, body.kind, len(BODIES))
        _choose(self._languages, body.language, len(RAW_LANGUAGES))
        with QSignalBlocker(self._meta_uuid):
            self._meta_uuid.setChecked(body.new_meta_uuid)
        self._show_controls()

    def offer_meta_uuid(self, has_one: bool) -> None:
        """Say whether the JSON has a `meta.uuid`."""
        self._has_meta_uuid = has_one
        self._show_controls()

    def kind(self) -> str:
        """Return the chosen kind."""
        return str(self._kinds.currentData())

    def language(self) -> str:
        """Return the chosen language of a raw body."""
        return str(self._languages.currentData())

    def new_meta_uuid(self) -> bool:
        """Return whether `meta.uuid` is made anew for each send."""
        return self._meta_uuid.isChecked()

    def set_columns(self, shown: dict[str, bool]) -> None:
        """Say which optional columns of the form-data table are on screen."""
        self._shown_columns = shown

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._kinds.setAccessibleName(tr("Body kind"))
        self._languages.setAccessibleName(tr("Body language"))
        for position, entry in enumerate(BODIES):
            self._kinds.setItemText(position, tr(entry.label))
        for position, (_, label, _media_type) in enumerate(RAW_LANGUAGES):
            self._languages.setItemText(position, tr(label))
        self._beautify.setText(tr("Beautify"))
        self._beautify.setToolTip(with_keys(tr("Lay the JSON out anew; no digit changes"), "beautify"))
        self._minify.setText(tr("Minify"))
        self._minify.setToolTip(tr("Take the blanks out of the JSON; no digit changes"))
        self._more.setToolTip(tr("More"))
        self._more.setAccessibleName(tr("More"))
        self._meta_uuid.setText(tr("Renew meta.uuid"))
        self._show_meta_uuid_help()
        self._columns.setText(tr("Columns"))
        self._columns.setToolTip(tr("Show or hide columns"))

    def _show_controls(self) -> None:
        kind = self.kind()
        self._languages.setVisible(kind == "raw")
        json = kind == "raw" and self.language() == "json"
        self._beautify.setVisible(json or kind == "graphql")
        self._minify.setVisible(json)
        self._more.setVisible(kind == "raw")
        self._meta_uuid.setVisible(json and (self._has_meta_uuid or self._meta_uuid.isChecked()))
        self._show_meta_uuid_help()
        self._columns.setVisible(kind == "form-data")

    def _on_kind_chosen(self) -> None:
        self._show_controls()
        self.kind_chosen.emit()

    def _on_language_chosen(self) -> None:
        self._show_controls()
        self.language_chosen.emit()

    def _show_meta_uuid_help(self) -> None:
        if self._has_meta_uuid:
            text = tr(
                "The text at meta.uuid becomes a new UUID each time this is sent, and is compared with the answer's"
            )
        else:
            text = tr("This JSON has no text at meta.uuid, so nothing is filled in")
        self._meta_uuid.setToolTip(text)

    def _on_more_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(with_keys(tr("Find…"), "open_find"), lambda: self.find_requested.emit(False))
        menu.addAction(with_keys(tr("Replace…"), "open_replace"), lambda: self.find_requested.emit(True))
        if self.language() == "json":
            menu.addSeparator()
            renewed = menu.addAction(tr("Renew meta.uuid"))
            renewed.setCheckable(True)
            renewed.setChecked(self._meta_uuid.isChecked())
            renewed.toggled.connect(self._on_meta_uuid_chosen)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_meta_uuid_chosen(self, on: bool) -> None:
        self._meta_uuid.setChecked(on)
        self._show_controls()

    def _on_columns_clicked(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for field, label in _COLUMNS:
            action = menu.addAction(tr(label))
            action.setCheckable(True)
            action.setChecked(self._shown_columns.get(field, False))
            action.toggled.connect(lambda on, field=field: self._on_column_toggled(field, on))
        menu.popup(self._columns.mapToGlobal(QPoint(0, self._columns.height())))

    def _on_column_toggled(self, field: str, on: bool) -> None:
        self._shown_columns[field] = on
        self.column_toggled.emit(field, on)


def _choose(combo: QComboBox, word: str, known: int) -> None:
    while combo.count() > known:
        combo.removeItem(known)
    if combo.findData(word) < 0:
        combo.addItem(word, word)
    combo.setCurrentIndex(combo.findData(word))

"""The card over a failing answer: what it means, what to do, and the number under which support finds it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from firstlight.model.caution import reason_for
from firstlight.model.explanation import Explanation
from firstlight.texts import language, tr
from firstlight.ui.icons import icon
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.ticket import known_ids, ticket
from firstlight.ui.theme.current import theme_changed
from firstlight.ui.theme.fonts import mono_font
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.status_color import status_token
from firstlight.ui.theme.tokens import SPACE

_ICON_PX = 20
_MOST_SAID = 240
"""Characters of the service's own message that are shown; the body has the rest."""


class ExplanationCard(QFrame):
    """Amber for what the request has to change, red for what failed at the service."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("explanationCard")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self._record: ExchangeRecord | None = None
        self._color = "warn"
        self._picture = QLabel(self)
        self._meaning = self._label("explanationMeaning", "title")
        self._code = self._label("explanationCode", "caption")
        self._said = self._label("explanationSaid", "")
        self._remedy = self._label("explanationRemedy", "")
        self._caution = self._label("explanationCaution", "")
        self._id = self._label("explanationId", "caption")
        self._id.setFont(mono_font())
        self._copy_id = self._button("copyRequestIdButton")
        self._copy_id.clicked.connect(self._on_copy_id)
        self._ticket = self._button("copyTicketButton")
        self._ticket.clicked.connect(self._on_copy_ticket)
        grid = QGridLayout(self)
        grid.setContentsMargins(2 * SPACE, SPACE + 4, 2 * SPACE, SPACE + 4)
        grid.setHorizontalSpacing(SPACE + 2)
        grid.setVerticalSpacing(SPACE // 2)
        grid.addWidget(self._picture, 0, 0, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._meaning, 0, 1)
        grid.addWidget(self._code, 0, 2, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._remedy, 1, 1, 1, 2)
        grid.addWidget(self._caution, 2, 1, 1, 2)
        grid.addWidget(self._said, 3, 1, 1, 2)
        grid.addLayout(self._foot(), 4, 1, 1, 2)
        grid.setColumnStretch(1, 1)
        theme_changed.connect(self._paint_picture)

    def _foot(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self._id, 1)
        row.addWidget(self._copy_id)
        row.addWidget(self._ticket)
        return row

    def _label(self, name: str, kind: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("kind", kind)
        label.setWordWrap(name != "explanationCode")
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _button(self, name: str) -> QPushButton:
        button = QPushButton(icon("copy"), "", self)
        button.setObjectName(name)
        button.setProperty("kind", "flat")
        return button

    def show_record(self, record: ExchangeRecord) -> None:
        """Explain the answer of `record`, which has an explanation."""
        self._record = record
        status = record.head.status if record.head else 0
        self._color = "warn" if status_token(status) == "warn" else "error"
        set_kind(self, f"{self._color}Card")
        self._retranslate()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        if self._record is None or (told := self._record.explanation) is None:
            return
        self._tell(told)
        ids = known_ids(self._record)
        self._id.setText(": ".join(ids[0]) if ids else "")
        self._copy_id.setVisible(bool(ids))
        self._copy_id.setText(tr("Copy ID"))
        self._copy_id.setToolTip(tr("Copy the request ID"))
        self._ticket.setText(tr("Copy for a support ticket"))
        self._ticket.setToolTip(tr("Time, address, status, code and request ID as text; secrets are masked"))
        self._paint_picture()

    def _tell(self, told: Explanation) -> None:
        meaning, remedy = told.told(language())
        said = told.said if len(told.said) <= _MOST_SAID else f"{told.said[:_MOST_SAID]}…"
        if said.strip(".").lower() == meaning.strip(".").lower():
            said = ""
        self._meaning.setText(meaning)
        self._code.setText(told.code)
        self._code.setAccessibleName(tr("Code"))
        hint = tr("Next: {hint}", hint=remedy) if remedy else ""
        self._remedy.setText(" ".join(filter(None, (hint, self._waiting()))))
        self._said.setText(tr("The service says: {message}", message=said) if said else "")
        self._caution.setText(self._noticed())
        for label in (self._code, self._remedy, self._caution, self._said):
            label.setVisible(bool(label.text()))
        self.setAccessibleName(meaning)
        self.setAccessibleDescription(f"{told.code} {remedy} {said}".strip())

    def _waiting(self) -> str:
        """Return how long the service asks to wait, where it says so."""
        head = self._record.head if self._record else None
        seconds = next((value for name, value in head.headers if name.lower() == "retry-after"), "") if head else ""
        return tr("It asks to wait {time} s.", time=seconds) if seconds.strip().isdecimal() else ""

    def _noticed(self) -> str:
        """Return what the guards said before it was sent, if that explains this answer."""
        record = self._record
        if record is None or record.started is None or record.head is None:
            return ""
        code = record.explanation.code if record.explanation else ""
        found = reason_for(record.started.cautions, record.head.status, code)
        if found is None:
            return ""
        return tr("Noticed in the request: {message} {remedy}", message=tr(found.message), remedy=tr(found.remedy))

    def _paint_picture(self) -> None:
        self._picture.setPixmap(icon("alert", self._color).pixmap(_ICON_PX, _ICON_PX))

    @Slot()
    def _on_copy_id(self) -> None:
        if self._record is not None and (ids := known_ids(self._record)):
            QGuiApplication.clipboard().setText(ids[0][1])

    @Slot()
    def _on_copy_ticket(self) -> None:
        if self._record is not None:
            QGuiApplication.clipboard().setText(ticket(self._record))

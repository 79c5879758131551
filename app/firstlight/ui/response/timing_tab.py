"""The Timing tab: where the time went, over which connection, along which redirects."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from firstlight.model.events import Redirected
from firstlight.model.response import Timings
from firstlight.texts import tr
from firstlight.ui.figures import endpoint
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.waterfall import Waterfall
from firstlight.ui.theme.tokens import SPACE


class TimingTab(QScrollArea):
    """The waterfall and, below, the facts of the connection."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.setObjectName("timingView")
        self.setWidgetResizable(True)
        self._record: ExchangeRecord | None = None
        page = QWidget(self)
        page.setObjectName("timingPage")
        self._waterfall = Waterfall(page)
        self._title = QLabel(page)
        self._title.setProperty("kind", "title")
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(3 * SPACE)
        self._facts.setVerticalSpacing(SPACE // 2)
        self._facts.setColumnStretch(1, 1)
        column = QVBoxLayout(page)
        column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._waterfall)
        column.addSpacing(SPACE)
        column.addWidget(self._title)
        column.addLayout(self._facts)
        column.addStretch(1)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._retranslate()

    def show_record(self, record: ExchangeRecord) -> None:
        """Show the times and the connection of an exchange."""
        self._record = record
        self._waterfall.show_timings(record.end.timings if record.end else Timings())
        self._show_facts()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Timing"))
        self._waterfall.setAccessibleName(tr("Timing"))
        self._title.setText(tr("Connection"))
        self._waterfall.setAccessibleName(tr("Phases of the exchange"))
        if self._record is not None:
            self.show_record(self._record)

    def _show_facts(self) -> None:
        while (entry := self._facts.takeAt(0)) is not None:
            if (widget := entry.widget()) is not None:
                widget.deleteLater()
        facts = connection_facts(self._record) if self._record else []
        self._title.setVisible(bool(facts))
        for row, (name, value, kind) in enumerate(facts):
            label, text = QLabel(name, self.widget()), QLabel(value, self.widget())
            label.setProperty("kind", "caption")
            text.setProperty("kind", kind)
            text.setTextFormat(Qt.TextFormat.PlainText)
            text.setWordWrap(True)
            text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(label, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(text, row, 1)


def connection_facts(record: ExchangeRecord) -> list[tuple[str, str, str]]:
    """Return (name, value, kind of label) of what is known about the connection."""
    facts: list[tuple[str, str, str]] = []
    if record.connected:
        facts.append((tr("Remote address"), endpoint(record.connected.address, record.connected.port), "mono"))
        reused = tr("kept from an earlier request") if record.connected.reused else tr("new")
        facts.append((tr("Connection"), reused, ""))
    elif record.resolved:
        facts.append((tr("Remote address"), endpoint(record.resolved.address, record.resolved.port), "mono"))
    if record.head and record.head.http_version:
        facts.append((tr("HTTP version"), record.head.http_version, ""))
    if record.tls:
        facts.append((tr("TLS"), f"{record.tls.version} · {record.tls.cipher}", "mono"))
        if record.tls.protocol:
            facts.append((tr("Protocol chosen (ALPN)"), record.tls.protocol, "mono"))
        if record.tls.verified:
            facts.append((tr("Certificate"), tr("verified"), ""))
        else:
            facts.append((tr("Certificate"), tr("not verified: verification is off for this request"), "error"))
    facts.extend((tr("Redirect"), _redirect(step), "") for step in record.redirects)
    return facts


def _redirect(step: Redirected) -> str:
    told = f"{step.status} → {step.method} {step.location}"
    if step.dropped:
        told += "\n" + tr("Not sent there: {names}", names=", ".join(step.dropped))
    return told

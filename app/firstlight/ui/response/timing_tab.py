"""The Timing tab: where the time went, over which connection, along which redirects, under which certificates."""

from __future__ import annotations

import asyncio

from PySide6.QtCore import QEvent, Qt, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QPushButton, QScrollArea, QVBoxLayout, QWidget

from firstlight.model.response import Timings
from firstlight.texts import tr
from firstlight.transport.certificates import Certificate, read_chain
from firstlight.ui.icons import icon
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.response.connection_facts import certificate_facts, connection_facts
from firstlight.ui.response.facts_table import FactsTable
from firstlight.ui.response.gateway_facts import gateway_facts
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.ticket import ticket
from firstlight.ui.response.waterfall import Waterfall
from firstlight.ui.tasks import Tasks
from firstlight.ui.theme.tokens import SPACE


class TimingTab(QScrollArea):
    """The waterfall and, below, the facts of the connection and of each certificate."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        know_viewport(self)
        self.setObjectName("timingView")
        self.setWidgetResizable(True)
        self._tasks = tasks
        self._record: ExchangeRecord | None = None
        self._chain: tuple[bytes, ...] = ()
        """The chain that is read, or being read."""
        self._certificates: tuple[Certificate, ...] = ()
        page = QWidget(self)
        page.setObjectName("timingPage")
        self._waterfall = Waterfall(page)
        self._gateway = FactsTable(page)
        self._gateway.setObjectName("gatewayFacts")
        self._ticket = QPushButton(icon("copy"), "", page)
        self._ticket.setObjectName("ticketButton")
        self._ticket.clicked.connect(self._on_ticket)
        self._connection = FactsTable(page)
        self._tables: list[FactsTable] = []
        self._column = QVBoxLayout(page)
        self._column.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, 2 * SPACE)
        self._column.setSpacing(2 * SPACE)
        self._column.addWidget(self._waterfall)
        self._column.addWidget(self._gateway)
        self._column.addWidget(self._ticket, 0, Qt.AlignmentFlag.AlignLeft)
        self._column.addWidget(self._connection)
        self._column.addStretch(1)
        self.setWidget(page)
        page.setAutoFillBackground(False)
        self.viewport().setAutoFillBackground(False)
        self._retranslate()

    def show_record(self, record: ExchangeRecord) -> None:
        """Show the times and the connection of an exchange."""
        self._record = record
        self._waterfall.show_timings(record.end.timings if record.end else Timings(), talks=record.talks)
        self._gateway.show_facts(tr("Gateway"), gateway_facts(record))
        self._ticket.setVisible(record.head is not None)
        self._connection.show_facts(tr("Connection"), connection_facts(record))
        chain = record.chain
        if chain == self._chain:
            self._show_certificates()
            return
        self._chain, self._certificates = chain, ()
        self._show_certificates()
        if chain:
            self._tasks.start(self._read(chain), name="read certificates")

    @Slot()
    def _on_ticket(self) -> None:
        if self._record is not None:
            QGuiApplication.clipboard().setText(ticket(self._record))

    async def _read(self, chain: tuple[bytes, ...]) -> None:
        certificates = await asyncio.to_thread(read_chain, chain)
        if chain == self._chain:
            self._certificates = certificates
            self._show_certificates()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        self.setAccessibleName(tr("Timing"))
        self._ticket.setText(tr("Copy for a support ticket"))
        self._ticket.setToolTip(tr("Time, address, status, code and request ID as text; secrets are masked"))
        self._waterfall.setAccessibleName(tr("Phases of the exchange"))
        if self._record is not None:
            self.show_record(self._record)

    def _show_certificates(self) -> None:
        count = len(self._certificates)
        while len(self._tables) < count:
            table = FactsTable(self.widget())
            self._column.insertWidget(self._column.count() - 1, table)
            self._tables.append(table)
        for table in self._tables[count:]:
            table.hide()
        for number, (table, certificate) in enumerate(zip(self._tables, self._certificates, strict=False), start=1):
            title = tr("Certificate of the server") if number == 1 else tr("Certificate above it")
            if count > 1:
                title += f" · {number}/{count}"
            table.show_facts(title, certificate_facts(certificate))

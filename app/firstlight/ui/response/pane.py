"""The response pane: takes every event of an exchange, gathers them, and paints thirty times a second."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from importlib import import_module
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from firstlight.model.events import Event, Finished, ServerEvent
from firstlight.texts import tr, trc
from firstlight.ui.dialogs import finished
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.response.card_room import NAMES_PX, CardRoom
from firstlight.ui.response.exchange_note import ExchangeNote
from firstlight.ui.response.failure_text import is_explained_by_itself
from firstlight.ui.response.idle_view import IdleView
from firstlight.ui.response.outcome_card import OutcomeCard
from firstlight.ui.response.outcome_strip import OutcomeStrip
from firstlight.ui.response.progress_line import ProgressLine
from firstlight.ui.response.record import ExchangeRecord
from firstlight.ui.response.slow_release import SlowRelease
from firstlight.ui.tasks import Tasks

if TYPE_CHECKING:  # imported with the first request that is sent: 2 MB and 50 ms
    from firstlight.ui.response.body_tab import BodyTab
    from firstlight.ui.response.cookies_tab import CookiesTab
    from firstlight.ui.response.explanation_card import ExplanationCard
    from firstlight.ui.response.headers_tab import HeadersTab
    from firstlight.ui.response.signature_card import SignatureCard
    from firstlight.ui.response.stream_tab import StreamTab
    from firstlight.ui.response.timing_tab import TimingTab
    from firstlight.ui.talk.timeline import Entry

PAINT_EVERY_MS = 33
"""30 paints a second; painting per token would delay the stamps of what arrives by 200 ms."""
_MOST_PER_PAINT = 12_000
"""Events taken in one go (3 ms); after a stall the rest waits for the next paint."""
_CROWDED = 300
"""Events in one tick above which text and list are painted in turns, so that no step of the loop is long."""
_FIGURES_EVERY = 3
"""Ticks between two looks at the figures: they cannot be read faster, and each new text lays the window out."""
_BODY, _STREAM, _HEADERS, _COOKIES, _TIMING = range(5)


class ResponsePane(QWidget):
    """Shows one exchange: the running one, or the last."""

    file_requested = Signal(str)
    """The user wants to say where the file is that was not found at this place."""
    cookies_requested = Signal()
    """The user wants to see all cookies of the workspace."""
    follow_requested = Signal()
    """The user wants to go where the answer points, this once."""
    show_requested = Signal(str)
    """The user wants to see the file at this path in its folder."""
    saved = Signal(object)
    """A file was written where the user asked for it: what to say of that, as a Phrase."""
    tab_chosen = Signal()
    """The user went to another of Body, Stream, Headers…"""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("responsePane")
        self.tasks = Tasks(self)
        """Saving a body and formatting a big one; the window cancels them when it closes."""
        self._pending: list[Event] = []
        self._awake = False
        self._ticks = 0
        self._record = ExchangeRecord()
        self._release = SlowRelease(self)
        self._shown = (0, 0)
        """Exchange and stage (1 head, 2 WebSocket open, 3 end) that is shown."""
        self._told: dict[int, tuple[int, int]] = {}
        """The same, of the tabs that change with the stage only."""
        self._user_chose_tab = False
        self._choosing_tab = False
        self._strip = OutcomeStrip(self)
        self._strip.signing_requested.connect(self.show_signing)
        self._progress = ProgressLine(self)
        self._note = ExchangeNote(self)
        self._note.follow_requested.connect(self.follow_requested)
        self._note.show_requested.connect(self.show_requested)
        self._card = OutcomeCard(self)
        self._card.file_requested.connect(self.file_requested)
        self._explanation: ExplanationCard | None = None
        self._signature: SignatureCard | None = None
        self._tabs = QTabWidget(self)
        stack, bar = self._tabs.findChild(QStackedWidget), self._tabs.tabBar()
        self._body = LazyPage(self._make_body, stack, follows=bar)
        self._stream = LazyPage(self._make_stream, stack, follows=bar)
        self._headers = LazyPage(_make_headers, stack, follows=bar)
        self._cookies = LazyPage(self._make_cookies, stack, follows=bar)
        self._timing = LazyPage(self._make_timing, stack, follows=bar)
        self._fill_tabs()
        self._pages = self._make_pages()
        self._painting = QTimer(self, interval=PAINT_EVERY_MS)
        self._painting.timeout.connect(self._on_paint)
        self._retranslate()
        self.show_idle()

    def _fill_tabs(self) -> None:
        tabs = self._tabs
        tabs.setObjectName("responseTabs")
        for page in (self._body, self._stream, self._headers, self._cookies, self._timing):
            tabs.addTab(page, "")
        tabs.setCornerWidget(self._strip, Qt.Corner.TopRightCorner)
        tabs.currentChanged.connect(self._on_tab_changed)

    def _make_body(self, parent: QWidget) -> BodyTab:
        from firstlight.ui.response.body_tab import BodyTab

        body = BodyTab(self.tasks, parent)
        body.saved.connect(self.saved)
        return body

    def _make_stream(self, parent: QWidget) -> StreamTab:
        from firstlight.ui.response.stream_tab import StreamTab

        stream = StreamTab(self.tasks, parent)
        stream.saved.connect(self.saved)
        return stream

    def _make_cookies(self, parent: QWidget) -> CookiesTab:
        from firstlight.ui.response.cookies_tab import CookiesTab

        page = CookiesTab(parent)
        page.all_requested.connect(self.cookies_requested)
        return page

    def _make_timing(self, parent: QWidget) -> TimingTab:
        from firstlight.ui.response.timing_tab import TimingTab

        return TimingTab(self.tasks, parent)

    def _make_pages(self) -> QStackedWidget:
        self._card_room = CardRoom(self._card, self)
        exchange = QFrame(self)
        exchange.setProperty("kind", "panel")
        column = QVBoxLayout(exchange)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._progress)
        column.addWidget(self._card_room)
        column.addWidget(self._note)
        column.addWidget(self._tabs, 1)
        idle = QFrame(self)
        idle.setProperty("kind", "panel")
        QVBoxLayout(idle).addWidget(IdleView(idle))
        pages = QStackedWidget(self)
        pages.addWidget(idle)
        pages.addWidget(exchange)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(pages)
        return pages

    # --- in ---

    def keep_from_view(self, secrets: Callable[[], frozenset[str]]) -> None:
        """Mask these in all that is told of an exchange; body, stream, headers and cookies are shown as they came."""
        self._record.secrets = secrets

    async def get_ready(self) -> None:
        """Build what an answer is shown in: before anything is timed, not between its first bytes.

        One page at a time, their code loaded in a thread: the window works meanwhile.
        """
        if self._body.made and self._stream.made:
            return
        await asyncio.to_thread(_load_code)
        for page in (self._body, self._stream):
            page.page()
            await asyncio.sleep(0)

    def feed(self, event: Event) -> None:
        """Take an event; costs an append. Painted at the next tick."""
        self._pending.append(event)
        if not self._awake:  # a plain flag: asking the timer 150,000 times a second would cost 6 % of a core
            self._wake()

    def message_count(self) -> int:
        """Return how many messages of the stream are shown."""
        return self._record.timeline.total or len(self._record.messages)

    def all_shown(self) -> bool:
        """Tell whether everything that came is on screen and nothing more is expected."""
        return not self._awake

    def copy_ticket(self) -> bool:
        """Put what a support ticket wants to know on the clipboard; False: nothing has been sent."""
        if self._record.started is None:
            return False
        from firstlight.ui.response.ticket import ticket

        QGuiApplication.clipboard().setText(ticket(self._record))
        return True

    def clear(self) -> None:
        """Forget the exchange: another request is shown."""
        self._pending.clear()
        before = (self._record.number, self._record.messages, self._record.timeline.entries)
        self._record.forget()
        self._let_go(*before)
        self._user_chose_tab = False
        self._go_to(_BODY)
        self._show_new_facts(self._record)
        self._note.show_record(self._record)
        if self._body.made:
            self._body.made.show_record(self._record)
        self.show_idle()

    def show_idle(self) -> None:
        """Show the hint that nothing was sent yet."""
        self._sleep()
        self._progress.stop()
        self._pages.setCurrentIndex(0)

    def _wake(self) -> None:
        self._awake = True
        self._painting.start()

    def _sleep(self) -> None:
        self._awake = False
        self._painting.stop()

    def chosen_tab(self) -> int:
        """Return the position of the tab that the user went to; -1: none."""
        return self._tabs.currentIndex() if self._user_chose_tab else -1

    def choose_tab(self, position: int) -> None:
        """Go to a tab as if the user had; -1 leaves the choice open."""
        if 0 <= position < self._tabs.count():
            self._tabs.setCurrentIndex(position)
            self._user_chose_tab = True

    # --- painting ---

    @Slot()
    def _on_paint(self) -> None:
        batch = self._pending[:_MOST_PER_PAINT]
        del self._pending[:_MOST_PER_PAINT]
        record = self._record
        before = (record.number, record.messages, record.timeline.entries)
        record.take(batch)
        self._let_go(*before)
        self._ticks += 1
        self._pages.setCurrentIndex(1)
        if record.is_open:
            self._progress.stop()  # nobody waits for anything
        elif record.running:
            self._progress.advance(record.uploaded or record.downloaded)
        else:
            self._progress.stop()
            if not self._pending:
                self._sleep()
        if self._show_new_facts(record) or self._ticks % _FIGURES_EVERY == 0:
            self._strip.show_record(record)
            self._note.show_record(record)
        self._show_growth(record, crowded=len(batch) > _CROWDED)

    def _let_go(self, number: int, messages: list[ServerEvent], entries: list[Entry]) -> None:
        """Leave what the record held, if another exchange has begun: a list that is not seen, too."""
        if number == self._record.number:
            return
        self._release.take(messages)
        self._release.take(entries)
        if self._stream.made:
            self._stream.made.show_record(self._record)

    def _show_new_facts(self, record: ExchangeRecord) -> bool:
        """Show what changes a few times per exchange: its start, its head, its end. Tell whether any did."""
        now = (record.number, 3 if record.end else 2 if record.talks else 1 if record.head else 0)
        if now == self._shown:
            return False
        self._shown = now
        self._show_count(record)
        card = None if isinstance(record.end, Finished) else record.end
        self._card.show_end(card)
        self._tabs.setMinimumHeight(NAMES_PX if card else 0)  # 0: as its pages want it
        explained = self._show_explanation(record)
        refused = self._show_signature(record)
        self._card_room.setVisible(card is not None or explained or refused)
        if record.streamed:
            self._go_to(_STREAM)
        elif self._tabs.currentIndex() == _STREAM and (record.head or record.end):
            self._go_to(_BODY, whatever_was_chosen=True)  # nothing will ever come there
        return True

    def _show_explanation(self, record: ExchangeRecord) -> bool:
        """Show what a failing answer means; the card is made with the first one. Tell whether there is one."""
        explained = record.explanation is not None and not is_explained_by_itself(record.end)
        if explained and self._explanation is None:
            from firstlight.ui.response.explanation_card import ExplanationCard

            self._explanation = ExplanationCard(self)
            self._card_room.add(self._explanation)
        if self._explanation is not None:
            self._explanation.setVisible(explained)
            if explained:
                self._explanation.show_record(record)
        return explained

    def _show_signature(self, record: ExchangeRecord) -> bool:
        """Show the card over a refused signature; it is made with the first one. Tell whether there is one."""
        signed = record.started is not None and record.started.signing is not None
        if self._signature is None and not signed:
            return False
        from firstlight.ui.response.signature_card import SignatureCard, tells_of

        refused = tells_of(record)
        if refused and self._signature is None:
            self._signature = SignatureCard(self)
            self._signature.explanation_requested.connect(self.show_signing)
            self._card_room.add(self._signature)
        if self._signature is not None:
            self._signature.setVisible(refused)
            if refused:
                self._signature.show_record(record)
        return refused

    @Slot()
    def show_signing(self) -> None:
        """Show how the request was signed, if it was."""
        if self._record.started is not None and (signing := self._record.started.signing) is not None:
            from firstlight.ui.signing.dialog import SigningDialog

            self.tasks.start(finished(SigningDialog(signing, self, sent=True)), name="how it was signed")

    def _show_growth(self, record: ExchangeRecord, *, crowded: bool = False) -> None:
        """Show what grows, in the tab that is seen; the others catch up when they are."""
        tab = self._tabs.currentIndex()
        if tab == _STREAM:
            self._stream.page().show_record(record, crowded=crowded)
        elif tab == _BODY:
            self._body.page().show_record(record)
        elif self._told.get(tab) != self._shown:
            self._told[tab] = self._shown
            pages: dict[int, LazyPage[HeadersTab] | LazyPage[CookiesTab] | LazyPage[TimingTab]]
            pages = {_HEADERS: self._headers, _COOKIES: self._cookies, _TIMING: self._timing}
            pages[tab].page().show_record(record)

    def _go_to(self, tab: int, *, whatever_was_chosen: bool = False) -> None:
        if self._user_chose_tab and not whatever_was_chosen:
            return
        self._choosing_tab = True
        self._tabs.setCurrentIndex(tab)
        self._choosing_tab = False

    @Slot(int)
    def _on_tab_changed(self, tab: int) -> None:
        if not self._choosing_tab:
            self._user_chose_tab = True
            self.tab_chosen.emit()
        if self._pages.currentIndex() == 1:
            self._show_growth(self._record)

    # --- words ---

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _retranslate(self) -> None:
        names = (trc("response", "Body"), tr("Stream"), trc("response", "Headers"), tr("Cookies"), tr("Timing"))
        for number, text in enumerate(names):
            self._tabs.setTabText(number, text)
        self._tabs.setAccessibleName(tr("Response"))
        self._show_count(self._record)

    def _show_count(self, record: ExchangeRecord) -> None:
        count = len(record.cookies)
        self._tabs.setTabText(_STREAM, tr("Messages") if record.talks else tr("Stream"))
        self._tabs.setTabText(_COOKIES, tr("Cookies ({count})", count=count) if count else tr("Cookies"))


def _load_code() -> None:
    """Import what sends a request, reads an answer and shows it: nothing of that is wanted before the first one."""
    for name in ("runner.exchange", "inference.stream", "ui.response.body_tab", "ui.response.stream_tab"):
        import_module(f"firstlight.{name}")


def _make_headers(parent: QWidget) -> HeadersTab:
    from firstlight.ui.response.headers_tab import HeadersTab

    return HeadersTab(parent)

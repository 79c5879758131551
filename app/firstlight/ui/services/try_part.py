"""Every way to a service in one list: sends one of its requests over each and shows in place what came of it."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QIcon
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.ways import Way
from firstlight.runner.trial import Verdict
from firstlight.texts import tr
from firstlight.ui.figures import duration
from firstlight.ui.icons import icon
from firstlight.ui.services.try_words import at_length, brief, color, credential_name
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.theme.current import theme_changed, tokens
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE

_CHANNEL, _CREDENTIAL, _ANSWER, _TIME = range(4)
_WIDTHS_PX = {_CHANNEL: 160, _CREDENTIAL: 190, _TIME: 80}
_REQUEST_PX = 260


class TryPart(QWidget):
    """Shows ways and verdicts; what is tried is decided here, how it is sent is not."""

    try_requested = Signal(object, str)
    """A tuple of Ways, and the path of the request that goes over them."""
    stop_requested = Signal()
    open_requested = Signal(object, str)
    """Show the request at this path as it goes this Way."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ways: tuple[Way, ...] = ()
        self._items: list[QTreeWidgetItem] = []
        self._verdicts: list[tuple[Way, Verdict]] = []
        """What is known; a way whose channel or credential was edited since is another one."""
        self._running: Way | None = None
        self._word, self.requests = QLabel(self), QComboBox(self)
        self.requests.setObjectName("tryRequest")
        self.requests.setMaximumWidth(_REQUEST_PX)
        self._word.setBuddy(self.requests)
        self.all, self.one = self._button("tryAllButton", "play"), self._button("tryOneButton", "send")
        self.stop, self.open = self._button("stopTryingButton", "stop"), self._button("openWayButton", "external")
        self.all.setProperty("kind", "primary")
        self.all.setIcon(icon("play", "on_accent"))
        self.summary, self.detail = QLabel(self), QLabel(self)
        self.summary.setObjectName("trySummary")
        self.detail.setObjectName("tryDetail")
        self.detail.setWordWrap(True)
        self.detail.setTextFormat(Qt.TextFormat.PlainText)
        self.detail.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.list = self._list()
        self._lay_out()
        self.all.clicked.connect(lambda: self._wish(self._ways))
        self.one.clicked.connect(self._on_one)
        self.stop.clicked.connect(self.stop_requested)
        self.open.clicked.connect(self._on_open)
        self.list.itemActivated.connect(lambda _item, _column: self._on_one())
        self.list.currentItemChanged.connect(lambda _now, _before: self._show_current())
        theme_changed.connect(self._fill)
        self.setFocusProxy(self.list)
        self.retranslate()

    # What it is told

    def show_ways(self, ways: Iterable[Way]) -> None:
        """Offer these ways; what is known of them stays."""
        if (ways := tuple(ways)) != self._ways:
            self._ways = ways
            self._verdicts = [known for known in self._verdicts if known[0] in ways]
            self._build()

    def show_requests(self, requests: Iterable[tuple[str, str]]) -> None:
        """Offer these requests, as (path, name)."""
        chosen = self.requests.currentData()
        self.requests.clear()
        for path, name in requests:
            self.requests.addItem(icon("request"), name, path)
        self.requests.setCurrentIndex(max(self.requests.findData(chosen), 0 if self.requests.count() else -1))
        self._show_state()

    def show_running(self, way: Way | None) -> None:
        """Say which way is being tried; None: nothing is any more."""
        self._running = way
        self._fill()

    def show_verdict(self, way: Way, verdict: Verdict) -> None:
        """Show what came of a way."""
        self._verdicts = [known for known in self._verdicts if known[0] != way]
        if way in self._ways:
            self._verdicts.append((way, verdict))
        self._fill()

    def retranslate(self) -> None:
        """Show all words in the language now in use."""
        self._word.setText(tr("Request"))
        self.requests.setAccessibleName(tr("Request"))
        self.all.setText(tr("Try all"))
        self.all.setToolTip(tr("Send the request over every channel with every credential, one after the other"))
        self.one.setText(tr("Try"))
        self.one.setToolTip(tr("Send the request the way that is selected (Enter)"))
        self.stop.setText(tr("Stop"))
        self.open.setText(tr("Open"))
        self.open.setToolTip(tr("Open the request with this channel and this credential"))
        self.list.setHeaderLabels([tr("Channel"), tr("Credential"), tr("Result"), tr("Time")])
        self.list.headerItem().setTextAlignment(_TIME, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.list.setAccessibleName(tr("Ways to the service"))
        self._fill()

    # Inside

    def _button(self, name: str, picture: str) -> QPushButton:
        button = QPushButton(icon(picture), "", self)
        button.setObjectName(name)
        return button

    def _list(self) -> QTreeWidget:
        shown = QTreeWidget(self)
        shown.setObjectName("wayList")
        shown.setColumnCount(4)
        shown.setRootIsDecorated(False)
        shown.setUniformRowHeights(True)
        shown.setAllColumnsShowFocus(True)
        shown.setIconSize(QSize(16, 16))
        shown.header().setStretchLastSection(False)
        shown.header().setSectionsMovable(False)
        shown.header().setSectionResizeMode(_ANSWER, QHeaderView.ResizeMode.Stretch)
        for column, width in _WIDTHS_PX.items():
            shown.setColumnWidth(column, width)
        return shown

    def _lay_out(self) -> None:
        bar = QHBoxLayout()
        bar.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        bar.setSpacing(SPACE)
        for widget in (self._word, self.requests, self.all, self.one, self.open, self.stop):
            bar.addWidget(widget)
        bar.addStretch(1)
        bar.addWidget(self.summary)
        self.detail.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 2 * SPACE)  # the list does not jump
        self.detail.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.detail.setContentsMargins(2 * SPACE, SPACE, 2 * SPACE, SPACE)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(bar)
        column.addWidget(self.list, 1)
        column.addWidget(self.detail)

    def _build(self) -> None:
        row = self.list.currentIndex().row()
        self._items = []  # they go with the next line
        self.list.clear()
        for _way in self._ways:
            item = QTreeWidgetItem(self.list)
            item.setSizeHint(_CHANNEL, QSize(0, ROW_HEIGHT))
            item.setTextAlignment(_TIME, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            self._items.append(item)
        if self._items:
            self.list.setCurrentItem(self._items[min(max(row, 0), len(self._items) - 1)])
        self._fill()

    def _fill(self) -> None:
        for way, item in zip(self._ways, self._items, strict=False):
            verdict = self._verdict(way)
            item.setText(_CHANNEL, way.channel.name)
            item.setIcon(_CHANNEL, icon("channel", "text_muted"))
            item.setText(_CREDENTIAL, credential_name(way))
            item.setIcon(_CREDENTIAL, icon("key" if way.credential else "none", "text_muted"))
            font = item.font(_CREDENTIAL)
            font.setWeight(QFont.Weight.DemiBold if way.usual else QFont.Weight.Normal)
            item.setFont(_CREDENTIAL, font)
            item.setToolTip(_CREDENTIAL, tr("Used on this channel unless another one is picked") if way.usual else "")
            self._fill_answer(item, way, verdict)
        self._show_state()
        self._show_current()

    def _fill_answer(self, item: QTreeWidgetItem, way: Way, verdict: Verdict | None) -> None:
        if way == self._running:
            text, picture, shade = tr("Trying…"), "dot", "star"
        elif verdict is None:
            text, picture, shade = "", "", "text_muted"
        else:
            text, shade = brief(verdict), color(verdict)
            picture = "check" if verdict.leads_there else "alert"
        item.setText(_ANSWER, text)
        item.setIcon(_ANSWER, icon(picture, shade) if picture else QIcon())
        item.setForeground(_ANSWER, QColor(getattr(tokens(), shade)))
        item.setToolTip(_ANSWER, plain_tip(at_length(way, verdict)) if verdict else "")
        item.setText(_TIME, duration(verdict.total_ms) if verdict and way != self._running else "")

    def _show_state(self) -> None:
        busy, ready = self._running is not None, bool(self._ways) and self.requests.currentIndex() >= 0
        for button in (self.all, self.one, self.open):
            button.setEnabled(ready)
            button.setVisible(not busy)
        self.stop.setVisible(busy)
        self.requests.setEnabled(ready and not busy)
        well = sum(verdict.leads_there for _way, verdict in self._verdicts)
        told = tr("{well} of {count} answer", well=well, count=len(self._verdicts)) if self._verdicts else ""
        self.summary.setText(told)
        set_kind(self.summary, "caption" if well == len(self._verdicts) else "warn")

    def _show_current(self) -> None:
        way = self._current()
        verdict = self._verdict(way) if way else None
        if not self._ways:
            told = tr("There is no channel yet: add one on the Channels tab.")
        elif self.requests.currentIndex() < 0:
            told = tr("No request belongs to this service yet. Make one: its path is what is sent over every channel.")
        elif way is not None and verdict is not None and way != self._running:
            told = at_length(way, verdict)
        else:
            told = tr("Sends the request and shows here what came of it. What is unsaved on this page counts.")
        self.detail.setText(told)

    def _current(self) -> Way | None:
        row = self.list.currentIndex().row()
        return self._ways[row] if 0 <= row < len(self._ways) else None

    def _verdict(self, way: Way) -> Verdict | None:
        return next((verdict for known, verdict in self._verdicts if known == way), None)

    def _on_one(self) -> None:
        if (way := self._current()) is not None:
            self._wish((way,))

    def _wish(self, ways: tuple[Way, ...]) -> None:
        if self._running is None and ways and self.requests.currentIndex() >= 0:
            self.show_running(ways[0])
            self.try_requested.emit(ways, self.requests.currentData())

    def _on_open(self) -> None:
        if (way := self._current()) is not None:
            self.open_requested.emit(way, self.requests.currentData())

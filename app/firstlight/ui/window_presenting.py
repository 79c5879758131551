"""Presentation mode: one click, and no window shows a secret, a host, a project, a service or an account any more."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from firstlight.model.presenting import Spans, presentable, sensitive_spans
from firstlight.ui.pages.page_tab import PageTab
from firstlight.ui.presenting.cover import Cover, cover_of
from firstlight.ui.presenting.words import words_of_page, words_of_variables
from firstlight.ui.tabs_page import TabPage, is_request, knows_variables
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session


class Presenting(QObject):
    """Lies a Cover over every window that is shown, keeps titles and the clipboard clean. Made with the first use."""

    def __init__(self, window: MainWindow, session: Session) -> None:
        super().__init__(window)
        self._window, self._session = window, session
        self._words: tuple[str, ...] = ()
        self._titles: dict[QWidget, str] = {}
        """Windows whose title is masked, and what it says."""
        self._look = lru_cache(maxsize=4096)(self._spans)
        self._seen: tuple[object, ...] = ()
        """What the words were learned from: the tab in front, its request, the variables around it."""
        self._on = False
        window.closed.connect(self._on_closed)

    def show(self, on: bool) -> None:
        """Turn it on or off; nothing but what is seen changes."""
        if on == self._on:
            return
        self._on = on
        app, clipboard = QApplication.instance(), QGuiApplication.clipboard()
        assert isinstance(app, QApplication)  # noqa: S101 - there is a window
        if on:
            self.learn()
            app.installEventFilter(self)
            clipboard.dataChanged.connect(self._clean_clipboard)
            for top in app.topLevelWidgets():
                self._cover(top)
            return
        app.removeEventFilter(self)
        clipboard.dataChanged.disconnect(self._clean_clipboard)
        for cover in _covers():
            cover.hide()
            cover.setParent(None)
            cover.deleteLater()
        for top in app.topLevelWidgets():
            if top in self._titles:
                top.setWindowTitle(self._titles[top])
        self._titles.clear()
        self._words, self._seen = (), ()

    def _on_closed(self) -> None:
        """Let go of everything before it is taken apart; the window hides itself in the same step."""
        self.show(False)

    def _spans(self, text: str) -> Spans:
        return sensitive_spans(text, self._words)

    def learn(self) -> None:
        """Look which words are known now. None is forgotten while the mode is on: it may still stand somewhere."""
        if not self._on:
            return
        words = set(self._words) | set(self._session.shown_nowhere())
        for tab in self._window.tabs.tabs():
            words |= set(words_of_page(_content(tab)))
            if knows_variables(tab):
                words |= set(words_of_variables(tab.known.variables))
        known = tuple(sorted((word for word in words if len(word) >= 3), key=len, reverse=True))
        if known != self._words:
            self._words = known
            self._look.cache_clear()
            for cover in _covers():
                cover.update()

    def _before_painting(self) -> None:
        """Learn what has just come to the screen, before it is seen."""
        tab = self._window.tabs.current()
        seen = (
            tab,
            _content(tab),
            tab.known.variables if tab is not None and knows_variables(tab) else None,
            len(self._session.shown_nowhere()),
        )
        if seen != self._seen:
            self._seen = seen
            self.learn()

    def _cover(self, top: QWidget) -> None:
        if top.isVisible() and cover_of(top) is None:
            Cover(top, self._look, self._before_painting)
        self._clean_title(top)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if kind == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._cover(watched)
        elif kind == QEvent.Type.WindowTitleChange and isinstance(watched, QWidget):
            self._clean_title(watched)
        return super().eventFilter(watched, event)

    def _clean_title(self, top: QWidget) -> None:
        title = top.windowTitle()
        shown = presentable(title, self._words)
        if title and shown != title:
            self._titles[top] = title
            top.setWindowTitle(shown)

    def _clean_clipboard(self) -> None:
        """What is copied here is pasted into what is presented: it stays masked as long as the mode is on."""
        clipboard = QGuiApplication.clipboard()
        nobody_says = QGuiApplication.platformName() == "offscreen"  # it never knows whose the clipboard is
        if not (clipboard.ownsClipboard() or nobody_says):
            return
        text = clipboard.text()
        shown = presentable(text, self._words)
        if text and shown != text:
            clipboard.setText(shown)


def _covers() -> Iterator[Cover]:
    """Yield the covers that are there now: a window that has gone took its own with it."""
    for top in QApplication.topLevelWidgets():
        if (cover := cover_of(top)) is not None:
            yield cover


def _content(tab: TabPage | None) -> object:
    """Return what a tab holds now."""
    if is_request(tab):
        return tab.request()
    return tab.value() if isinstance(tab, PageTab) else None

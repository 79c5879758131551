"""Above the form of a method that obtains tokens: what its token is for, how long it lasts, and what can be done."""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout, QWidget

from firstlight.auth import AuthMethod
from firstlight.model.request import Authorization
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.request.auth_form import WIDEST
from firstlight.ui.request.token_words import (
    CHECK,
    FORGET,
    GET,
    LOOK,
    STOP,
    TokenState,
    TokenWish,
    lasting,
    next_change_s,
    purpose,
    warning,
)
from firstlight.ui.response.flow import FlowLayout
from firstlight.ui.theme.kind import set_kind
from firstlight.ui.theme.tokens import SPACE

_PAUSE_MS = 400
"""While one types, nothing is looked up."""
_WANT_MFA = frozenset({"iam-mfa-needed", "iam-wrong-login"})
"""Failures after which signing in with MFA is offered."""


class TokenCard(QFrame):
    """Asks for what it shows when it is seen, and when the form has changed."""

    wished = Signal(object)
    """A TokenWish."""
    mfa_requested = Signal()
    """The user signs in with MFA: the form shall have a place for the code."""

    def __init__(self, authorization: Callable[[], Authorization], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("tokenCard")
        self._authorization = authorization
        self._method: AuthMethod | None = None
        self._state = TokenState()
        self._purpose, self._lasting = self._label("tokenPurpose", ""), self._label("tokenLasting", "caption")
        self._problem, self._remedy = self._label("tokenProblem", "error"), self._label("tokenRemedy", "caption")
        self._get = self._button("getTokenButton", "key", lambda: self._wish(GET))
        self._check = self._button("checkTokenButton", "check", lambda: self._wish(CHECK))
        self._stop = self._button("stopTokenButton", "stop", lambda: self._wish(STOP))
        self._mfa = self._button("useMfaButton", "key", self.mfa_requested.emit)
        self._forget = self._button("forgetTokenButton", "trash", lambda: self._wish(FORGET))
        self._looking = self._timer(lambda: self._wish(LOOK))
        self._ticking = self._timer(self._tick)
        self._lay_out()

    def _timer(self, call: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(call)
        return timer

    def _label(self, name: str, kind: str) -> QLabel:
        label = QLabel(self)
        label.setObjectName(name)
        label.setProperty("kind", kind)
        label.setWordWrap(True)
        label.setTextFormat(Qt.TextFormat.PlainText)
        label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return label

    def _button(self, name: str, picture: str, call: Callable[[], object]) -> QPushButton:
        button = QPushButton(icon(picture), "", self)
        button.setObjectName(name)
        button.clicked.connect(lambda _checked=False: call())
        return button

    def _lay_out(self) -> None:
        self.setMaximumWidth(WIDEST)
        row = QWidget(self)
        buttons = FlowLayout(row, gap=SPACE, row_gap=SPACE // 2)
        buttons.setContentsMargins(0, 0, 0, 0)
        for button in (self._get, self._check, self._stop, self._mfa, self._forget):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, SPACE)
        column.setSpacing(SPACE // 2)
        for label in (self._purpose, self._lasting, self._problem, self._remedy):
            column.addWidget(label)
        column.addSpacing(SPACE // 2)
        column.addWidget(row)

    def show_method(self, method: AuthMethod | None) -> None:
        """Follow the choice of a method; one that neither obtains nor checks a token hides the card."""
        self._method = method
        self._state = TokenState()
        self.setVisible(method is not None and (method.acquire is not None or method.check is not None))
        self._retranslate()
        self.look()

    def look(self) -> None:
        """Ask what is known of the token, once the form stands still."""
        if self.isVisible() and self._method is not None and not self._state.busy:
            if self._method.acquire is not None:
                self._looking.start(_PAUSE_MS)
            else:
                self.show_state(TokenState())  # what was checked is another token now

    def show_state(self, state: TokenState) -> None:
        """Show what is known now."""
        self._state = state
        self._retranslate()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._method is not None and self._method.acquire is not None and not self._state.busy:
            self._looking.start(0)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._looking.stop()
        self._ticking.stop()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()
        super().changeEvent(event)

    def _wish(self, what: str) -> None:
        self._looking.stop()
        self.wished.emit(TokenWish(what, self._authorization(), self.show_state))

    def _retranslate(self) -> None:
        method, state = self._method, self._state
        obtains = method is not None and method.acquire is not None
        self._purpose.setText(self._purpose_words(obtains=obtains))
        failure = state.failure
        problem, remedy = state.elsewhere or (None, None)
        if failure is not None:
            problem, remedy = failure.message, failure.hint
        self._problem.setText(tr(problem) if problem else "")
        self._remedy.setText(tr(remedy) if remedy else warning(state.token) if state.token and not problem else "")
        set_kind(self._remedy, "warn" if state.token is not None and state.token.scope == "domain" else "caption")
        for label in (self._purpose, self._problem, self._remedy):
            label.setVisible(bool(label.text()))
        self._name(self._get, tr("Get a new token now"), obtains and not state.busy)
        self._name(self._check, tr("Check this token"), not obtains and not state.busy)
        self._name(self._stop, tr("Stop"), state.busy)
        self._name(self._forget, tr("Forget token"), obtains and state.token is not None and not state.busy)
        self._name(self._mfa, tr("Sign in with MFA"), failure is not None and failure.kind in _WANT_MFA)
        self._tick()

    def _purpose_words(self, *, obtains: bool) -> str:
        if self._state.busy:
            return tr("Asking the service…")
        if self._state.token is not None:
            return purpose(self._state.token)
        return tr("There is no token yet: the next request gets one.") if obtains and not self._state.failure else ""

    def _name(self, button: QPushButton, text: str, shown: bool) -> None:
        button.setText(text)
        button.setVisible(shown)

    def _tick(self) -> None:
        """Say how long the token lasts; wakes when the words change, and not while nobody looks."""
        token, now_s = self._state.token, time.time()
        self._lasting.setVisible(token is not None)
        self._ticking.stop()
        if token is None:
            return
        self._lasting.setText(lasting(token, now_s))
        after_s = next_change_s(token, now_s)
        if after_s is not None and self.isVisible():
            self._ticking.start(int(after_s * 1000))

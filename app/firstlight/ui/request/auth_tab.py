"""The Authorization tab: the kinds from METHODS, the chosen one's form, and what it will add to the request."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QComboBox, QLabel, QPushButton, QScrollArea, QVBoxLayout, QWidget

from firstlight.auth import METHODS, AuthMethod
from firstlight.auth.huawei_iam import MFA
from firstlight.model.request import FROM_SERVICE, INHERIT, NO_AUTHORIZATION, Authorization, Request
from firstlight.model.route import credential_of
from firstlight.model.service import Service
from firstlight.model.surroundings import Surroundings
from firstlight.texts import tr
from firstlight.ui.icons import icon
from firstlight.ui.known_viewport import know_viewport
from firstlight.ui.lazy_page import tab_after
from firstlight.ui.request.auth_effect import effect, inherited_words, service_words
from firstlight.ui.request.auth_form import AuthForm
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.ui.request.token_card import TokenCard

_LEFT, _WIDEST, _BESIDE = 260, 560, 600
"""Widths in px: of the kinds, at most of a form below them; from the last one on the form stands beside them."""


class AuthTab(QScrollArea):
    """Shows and edits an Authorization. What was typed under another kind is kept while this request is shown.

    In a low window it scrolls: squeezed inputs and cut sentences help nobody.
    """

    edited = Signal()
    parent_requested = Signal(str)
    """Show the collection or folder of this path, where an inherited authorization stands."""
    token_wished = Signal(object)
    """A TokenWish: something shall be done about the token of what is on screen."""
    service_requested = Signal(str)
    """Show the credentials of the service of this name."""
    signing_requested = Signal()
    """The user wants to see how the request is signed."""

    def __init__(self, parent: QWidget | None = None, *, at_the_top: bool = False, narrow: bool = False) -> None:
        """`at_the_top`: nothing is above, so there is nothing to inherit. `narrow`: the form stands below the kind."""
        super().__init__(parent)
        self._left_out = frozenset({INHERIT.kind} if at_the_top else ())
        self._methods: tuple[AuthMethod, ...] = ()
        self._otherwise = NO_AUTHORIZATION if at_the_top else INHERIT
        self._narrow = narrow
        self._around = Surroundings()
        self._sent, self._service = Request(), Service()
        """The request as it is sent, and its service."""
        know_viewport(self)
        self.setObjectName("authTab")
        self._shown = Authorization()
        self._typed: dict[str, Mapping[str, str]] = {}
        self._form: AuthForm | None = None
        self._token: TokenCard | None = None
        page = QWidget(self.viewport())
        holder, room = QWidget(page), QWidget(page)
        self._label, self._note, self._effect = QLabel(holder), QLabel(holder), QLabel(room)
        self._source = QPushButton(room)
        self._source.setObjectName("inheritedFromButton")
        self._source.setIcon(icon("external"))
        self._source.hide()
        self._source.clicked.connect(self._on_source_clicked)
        self._how = QPushButton(icon("key"), "", holder)
        self._how.setObjectName("howSignedButton")
        self._how.clicked.connect(self.signing_requested)
        self._how.hide()
        self.kinds = QComboBox(holder)
        self.kinds.setObjectName("authKindCombo")
        self._offer(of_service=False)
        self.kinds.activated.connect(self._on_kind_chosen)
        self._lay_out(page, holder, room, narrow)
        self._show_kind()
        self._retranslate()

    def show_authorization(self, authorization: Authorization) -> None:
        """Show another request's authorization."""
        if authorization == self._shown:
            return
        self._shown = authorization
        self._typed = {authorization.kind: authorization.values}
        self._choose(self._kind_of(authorization))
        self._show_kind()

    def authorization(self) -> Authorization:
        """Return what is on screen."""
        kind = self.kinds.currentData()
        values = self._typed.get(kind, {})
        if kind == self._kind_of(self._shown) and values == self._shown.values:
            return self._shown
        return Authorization(kind=kind, values=dict(values))

    def look_at_token(self) -> None:
        """Ask anew what is known of the token, if one is shown."""
        if self._token is not None:
            self._token.look()

    def show_inherited(self, around: Surroundings) -> None:
        """Say what is inherited, should somebody want that."""
        self._around = around
        self._show_words()

    def show_route(self, sent: Request, service: Service | None) -> None:
        """Say how the request is sent, and what its service is; None: it is not there."""
        before = self._signing()
        self._sent, self._service = sent, service or Service(name=sent.service)
        of_service = bool(sent.service)
        if of_service != any(method.kind == FROM_SERVICE.kind for method in self._methods):
            kind = self.kinds.currentData()
            self._offer(of_service=of_service)
            self._choose(kind)
        if self._signing() != before:
            self._show_token()
        self._show_words()

    def _offer(self, *, of_service: bool) -> None:
        """Fill the menu; the kind of a service's requests is only offered to these."""
        left_out = self._left_out if of_service else self._left_out | {FROM_SERVICE.kind}
        self._methods = tuple(method for method in METHODS if method.kind not in left_out)
        self.kinds.clear()
        vendor = ""
        for method in self._methods:
            if method.vendor != vendor:
                self.kinds.insertSeparator(self.kinds.count())
            vendor = method.vendor
            self.kinds.addItem(tr(method.label), method.kind)
        self._offered = self.kinds.count()

    def _choose(self, kind: str) -> None:
        """Bring a kind to the front, be it one that is not offered."""
        while self.kinds.count() > self._offered:
            self.kinds.removeItem(self._offered)
        if self.kinds.findData(kind) < 0:
            known = next((tr(method.label) for method in METHODS if method.kind == kind), kind)
            self.kinds.addItem(known, kind)
        self.kinds.setCurrentIndex(self.kinds.findData(kind))

    def _kind_of(self, authorization: Authorization) -> str:
        """Return the kind as the menu has it: at the top, to say nothing is to have no authorization."""
        if authorization.kind == INHERIT.kind and self._otherwise is NO_AUTHORIZATION:
            return NO_AUTHORIZATION.kind
        return authorization.kind

    def _lay_out(self, page: QWidget, holder: QWidget, room: QWidget, narrow: bool) -> None:
        self._note.setProperty("kind", "caption")
        self._effect.setProperty("kind", "caption")
        self._effect.setObjectName("authEffect")
        for label in (self._note, self._effect):
            label.setWordWrap(True)
        self._label.setBuddy(self.kinds)
        self.kinds.setFixedWidth(_LEFT)
        if narrow:
            holder.setMaximumWidth(_WIDEST)
        else:
            holder.setFixedWidth(_LEFT)
        left = QVBoxLayout(holder)
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(SPACE)
        for widget in (self._label, self.kinds, self._note):
            left.addWidget(widget)
        left.addWidget(self._how, 0, Qt.AlignmentFlag.AlignLeft)
        left.addStretch(1)
        # The room is a widget: the form's greatest width would otherwise be that of the whole row, which moves.
        self._right = QVBoxLayout(room)
        self._right.setContentsMargins(0, 0, 0, 0)
        self._right.setSpacing(SPACE)
        self._right.addWidget(self._effect)
        self._right.addWidget(self._source, 0, Qt.AlignmentFlag.AlignLeft)
        self._right.addStretch(1)
        self._row = QBoxLayout(QBoxLayout.Direction.TopToBottom, page)
        self._row.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        self._row.addWidget(holder)
        self._row.addWidget(room, 1)
        self._place(narrow)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(page)
        page.setAutoFillBackground(False)  # setWidget turns it on: the page would be grey
        self.viewport().setAutoFillBackground(False)

    def _place(self, narrow: bool) -> None:
        """Put the form below the kinds, or beside them."""
        self._row.setDirection(QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing((2 if narrow else 4) * SPACE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._place(self._narrow or event.size().width() < _BESIDE)

    def _show_kind(self) -> None:
        """Draw the form of the chosen kind with what was typed there."""
        if self._form is not None:
            self._right.removeWidget(self._form)
            self._form.setParent(None)  # at once: nobody may find two forms
            self._form.deleteLater()
            self._form = None
        kind = self.kinds.currentData()
        method = next((method for method in METHODS if method.kind == kind), None)
        if method is not None:
            self._form = AuthForm(method, self._typed.get(kind, {}), self.widget())
            self._form.setObjectName("authForm")
            self._form.edited.connect(self._on_form_edited)
            self._right.insertWidget(0 if self._token is None else 1, self._form)
            self._form.show()
            tab_after(self.kinds, self._form)
        self._show_token()
        self._show_words()

    def _signing(self) -> Authorization:
        """Return what authorises the request in the end: what is on screen, or the credential of its service."""
        if self._sent.service and self._sent.authorization == FROM_SERVICE:
            found = credential_of(self._sent, self._service)
            return found.authorization if found else NO_AUTHORIZATION
        return self.authorization()

    def _show_token(self) -> None:
        """Show the card of the token, where what authorises has one."""
        kind = self._signing().kind
        method = next((method for method in METHODS if method.kind == kind), None)
        if self._token is None and method is not None and (method.acquire or method.check):
            from firstlight.ui.request.token_card import TokenCard

            self._token = TokenCard(self._signing, self.widget())
            self._token.wished.connect(self.token_wished)
            self._token.mfa_requested.connect(self._on_mfa_requested)
            self._right.insertWidget(0, self._token)  # above: the forms of such methods are long, and scroll
        if self._token is not None:
            self._token.show_method(method)

    def _on_mfa_requested(self) -> None:
        """Go on with the form that has a place for the code of an MFA device."""
        if self._signing() != self.authorization():
            self.service_requested.emit(self._service.name)
        elif self._form is not None:
            self._typed[self._form.method.kind] = {**self._form.values, "sign_in": MFA}
            self._show_kind()
            self._form.inputs["passcode"].setFocus()
            self.edited.emit()

    def _show_words(self) -> None:
        if self._form is None:
            self._note.setText("")
            self._effect.setText(tr("This version cannot edit this kind of authorization."))
            return
        self._note.setText(tr(self._form.method.note))
        self._note.setVisible(bool(self._form.method.note))
        kind, source = self._form.method.kind, ""
        if kind == FROM_SERVICE.kind:
            words, source = service_words(self._sent, self._service), self._service.name
        elif kind == INHERIT.kind:
            words, source = inherited_words(self._around), self._around.authorization_from
        else:
            words = effect(self._form.method, self._form.values)
        if kind != FROM_SERVICE.kind and self._sent.service and self._sent.authorization == FROM_SERVICE:
            words = tr("Not used now: the credential picked in the request bar signs instead.") + "\n" + words
        self._effect.setText(words)
        self._source.setText(tr("Open “{name}”", name=source))
        self._source.setVisible(bool(source))
        self._how.setVisible(self._otherwise is INHERIT and self._signs())

    def _signs(self) -> bool:
        """Tell whether what authorises the request in the end signs it."""
        kind = self._signing().kind
        kind = self._around.authorization.kind if kind == INHERIT.kind else kind
        return any(method.kind == kind and method.sign for method in METHODS)

    def _retranslate(self) -> None:
        self._label.setText(tr("Type"))
        self._how.setText(tr("How is this signed?"))
        self.kinds.setAccessibleName(tr("Authorization type"))
        for method in self._methods:
            self.kinds.setItemText(self.kinds.findData(method.kind), tr(method.label))
        if self._form is not None:
            self._form.retranslate()
        self._show_words()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _on_source_clicked(self) -> None:
        if self._form is not None and self._form.method.kind == FROM_SERVICE.kind:
            self.service_requested.emit(self._service.name)
        else:
            self.parent_requested.emit(self._around.authorization_path)

    def _on_kind_chosen(self) -> None:
        self._show_kind()
        self.edited.emit()

    def _on_form_edited(self) -> None:
        if self._form is not None:
            self._typed[self._form.method.kind] = dict(self._form.values)
            self._show_words()
            self.look_at_token()
            self.edited.emit()

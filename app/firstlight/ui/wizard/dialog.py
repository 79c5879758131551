"""New service…: four steps from what the console shows to a request that works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from firstlight.editions.draft import Draft, free_name, further_channels, service_of, suggested_name
from firstlight.model.request import FROM_SERVICE, Request
from firstlight.model.service import Service
from firstlight.texts import N_, tr
from firstlight.ui.theme.tokens import ROW_HEIGHT, SPACE
from firstlight.ui.wizard.address_step import AddressStep
from firstlight.ui.wizard.channels_step import ChannelsStep
from firstlight.ui.wizard.request_step import RequestStep
from firstlight.ui.wizard.sign_in_step import SignInStep

_SIZE = QSize(800, 680)
_LOWEST_PX = 560
_STEPS = (N_("Address"), N_("Channels"), N_("Sign-in"), N_("First request"))


@dataclass(frozen=True, slots=True, kw_only=True)
class NewService:
    """What was agreed to."""

    service: Service
    request: Request
    collection: str
    """Path of the collection the request goes into; empty: a new one."""
    send: bool


class NewServiceDialog(QDialog):
    """Knows no disk and no network: `result_of` is what was agreed to, None where one fills everything in by hand."""

    models_requested = Signal(object, object)
    """The Service as it is so far, and the Request that lists its models."""
    file_requested = Signal()

    def __init__(
        self,
        new_request: Callable[[], Request],
        taken: frozenset[str],
        collections: tuple[tuple[str, str], ...],
        parent: QWidget | None = None,
    ) -> None:
        """`new_request` makes a request as the settings want it; `taken` are the services' names in lower case."""
        super().__init__(parent)
        self.setObjectName("newServiceDialog")
        self._new_request = new_request
        self._taken = taken
        self.outcome: NewService | None = None
        self.address, self.channels = AddressStep(self), ChannelsStep(self)
        self.sign_in, self.request = SignInStep(self), RequestStep(self)
        self.request.know(taken, collections)
        self._steps = QStackedWidget(self)
        self._trail, self._address_line, self._problem = QLabel(self), QLabel(self), QLabel(self)
        self._by_hand, self._cancel, self._back, self._next, self._send = (QPushButton(self) for _ in range(5))
        self._lay_out()
        self._connect()
        self._retranslate()
        self._show_step(0)
        room = parent.height() - 2 * ROW_HEIGHT if parent else _SIZE.height()
        self.resize(_SIZE.width(), max(_LOWEST_PX, min(_SIZE.height(), room)))

    def paste(self, text: str) -> None:
        """Begin with a text, as if it was pasted."""
        self.address.paste.setPlainText(text)

    def service(self) -> Service:
        """Return the service as it is filled in so far."""
        name = self.request.service_name or tr("New service")
        return service_of(Draft(name=name, channels=self.channels.drafts(), credentials=self.sign_in.drafts()))

    def _lay_out(self) -> None:
        self._trail.setObjectName("wizardTrail")
        self._trail.setTextFormat(Qt.TextFormat.RichText)
        self._address_line.setObjectName("wizardAddress")
        self._address_line.setProperty("kind", "mono")
        self._address_line.setTextFormat(Qt.TextFormat.PlainText)
        self._address_line.setWordWrap(True)
        self._problem.setObjectName("wizardProblem")
        self._problem.setProperty("kind", "caption")
        for step in (self.address, self.channels, self.sign_in, self.request):
            self._steps.addWidget(step)
        names = ("wizardByHand", "wizardCancel", "wizardBack", "wizardNext", "wizardSend")
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        for button, name in zip(self._buttons(), names, strict=True):
            button.setObjectName(name)
            button.setAutoDefault(False)
            row.addWidget(button)
        row.insertWidget(1, self._problem, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(2 * SPACE, 2 * SPACE, 2 * SPACE, 2 * SPACE)
        column.setSpacing(SPACE)
        column.addWidget(self._trail)
        column.addWidget(self._steps, 1)
        column.addWidget(self._address_line)
        column.addLayout(row)

    def _buttons(self) -> tuple[QPushButton, ...]:
        return self._by_hand, self._cancel, self._back, self._next, self._send

    def _connect(self) -> None:
        self._by_hand.clicked.connect(self.accept)
        self._cancel.clicked.connect(self.reject)
        self._back.clicked.connect(lambda: self._show_step(self._steps.currentIndex() - 1))
        self._next.clicked.connect(self._on_next)
        self._send.clicked.connect(lambda: self._finish(send=True))
        for step in (self.address, self.channels, self.sign_in, self.request):
            step.changed.connect(self._show_state)
        self.request.models_requested.connect(self._on_models_requested)
        self.request.file_requested.connect(self.file_requested)

    def _step(self) -> AddressStep | ChannelsStep | SignInStep | RequestStep:
        return self._steps.currentWidget()  # type: ignore[return-value]  # only these are in the stack

    def _problem_here(self) -> str:
        step = self._step()
        return "" if isinstance(step, SignInStep) else step.problem()

    def _on_next(self) -> None:
        step = self._step()
        if not isinstance(step, SignInStep) and step.problem():
            step.show_problem()
            self._show_state()
            return
        if isinstance(step, RequestStep):
            self._finish(send=False)
            return
        self._begin(self._steps.currentIndex() + 1)
        self._show_step(self._steps.currentIndex() + 1)

    def _begin(self, number: int) -> None:
        """Give a step what the ones before it know."""
        read = self.address.recognition
        first = self.address.draft()
        if number == 1 and first is not None:
            further = (replace(draft, name=tr(draft.name)) for draft in further_channels(first, read.further))
            self.channels.begin(first, tuple(further))
        elif number == 2:
            self.sign_in.begin(self.channels.drafts(), read.given)
        elif number == 3:
            channel = self.channels.drafts()[0]
            wanted = suggested_name(channel.edition, channel.values) or tr(channel.edition.label).partition("，")[0]
            self.request.begin(channel, free_name(wanted.partition(",")[0], self._taken), read.request)

    def _show_step(self, number: int) -> None:
        self._steps.setCurrentIndex(number)
        self._retranslate()
        step = self._step()
        if isinstance(step, RequestStep):
            step.focus_first()
        else:
            step.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_state(self) -> None:
        """Say what is missing, and what the address is so far."""
        last = self._steps.currentIndex() == len(_STEPS) - 1
        problem = self._problem_here()
        missing = self.request.missing() if last and not problem else ""
        self._problem.setText(problem or missing)
        self._send.setVisible(last)
        self._send.setEnabled(not problem and not missing)
        self._next.setDefault(not last or bool(missing))
        self._send.setDefault(last and not missing)
        for button, primary in ((self._next, not last), (self._send, last)):
            button.setProperty("kind", "primary" if primary else "")
            button.style().unpolish(button)
            button.style().polish(button)
        self._back.setEnabled(self._steps.currentIndex() > 0)
        self._by_hand.setVisible(self._steps.currentIndex() == 0)
        self._address_line.setText(self._address())
        self._address_line.setVisible(bool(self._address_line.text()))

    def _address(self) -> str:
        drafts = self.channels.drafts() if self._steps.currentIndex() else ()
        draft = drafts[max(self.channels.list.currentRow(), 0)] if drafts else self.address.draft()
        if draft is None or draft.problems():
            return ""
        place, first = draft.place(), self.request.request()
        path = first.url if first is not None and self._steps.currentWidget() is self.request else place.path
        return place.url + path + (f"  →  {place.connect_to}" if place.connect_to else "")

    def _on_models_requested(self) -> None:
        self.request.chat.show_asking()
        made = replace(self._made(), method="GET", url=self.request.chat.list_path)
        self.models_requested.emit(self.service(), made)

    def _made(self) -> Request:
        """Return a request of the service, as the settings want it."""
        return replace(self._new_request(), service=self.service().name, authorization=FROM_SERVICE)

    def _finish(self, *, send: bool) -> None:
        first = self.request.request()
        if first is None or self.request.problem():
            return
        made = replace(
            self._made(),
            name=self.request.name_of_request(),
            method=first.method,
            url=first.url,
            params=first.params,
            headers=first.headers,
            body=first.body,
            protocol=first.protocol,
            messages=first.messages,
        )
        place = self.request.place.currentData() or ""
        self.outcome = NewService(service=self.service(), request=made, collection=place, send=send)
        self.accept()

    def _retranslate(self) -> None:
        self.setWindowTitle(tr("New service"))
        here = self._steps.currentIndex()
        names = [f"{number + 1} {tr(name)}" for number, name in enumerate(_STEPS)]
        self._trail.setText("&nbsp; › &nbsp;".join(f"<b>{n}</b>" if k == here else n for k, n in enumerate(names)))
        self._by_hand.setText(tr("Fill in by hand"))
        self._by_hand.setToolTip(tr("Make an empty service and open its page"))
        self._cancel.setText(tr("Cancel"))
        self._back.setText(tr("Back"))
        self._next.setText(tr("Finish") if here == len(_STEPS) - 1 else tr("Next"))
        self._send.setText(tr("Finish and send"))
        for step in (self.address, self.channels, self.sign_in, self.request):
            step.retranslate()
        self._show_state()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

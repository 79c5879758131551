"""One tab: the request editor over (or beside) the response, and whether something is unsaved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QWidget

from firstlight.model.protocols import method_word
from firstlight.model.request import Request
from firstlight.model.shown_url import shown_url
from firstlight.model.surroundings import Surroundings
from firstlight.texts import N_, tr
from firstlight.ui.known_variables import KnownVariables
from firstlight.ui.request.editor import RequestEditor
from firstlight.ui.response.pane import ResponsePane
from firstlight.ui.tasks import Tasks

_SMALLEST_PX = (250, 150)
"""In a low window the editor of a body still shows a handful of lines."""
_SHARES = (2, 3)
"""Request to response: one reads more than one types."""
_REQUEST_PX = 320
"""What the request gets in a low window, as long as the response keeps its smallest height: the rows of a form show."""
LOST_SECRETS = N_(
    "A secret that was typed here did not come back: there was no open keyring or vault to keep it in. "
    "Please type it again."
)


class RequestTab(QSplitter):
    """A request being edited. `path` is its file in the workspace; empty: it was never saved."""

    kind = "request"
    header_changed = Signal()
    """Method, name or the unsaved mark changed."""
    changed = Signal()
    """The user edited or sent."""
    view_changed = Signal()
    """Another part is in front, or editor and response were resized."""
    send_requested = Signal(object)
    send_to_file_requested = Signal(object)
    cancel_requested = Signal()
    save_requested = Signal()
    token_wished = Signal(object)
    """A TokenWish, of the editor."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        """Build an empty tab; `tasks` runs the editor's file dialogs."""
        super().__init__(Qt.Orientation.Vertical, parent)
        self.path = ""
        self.name = ""
        self.editor = RequestEditor(self, tasks)
        self.pane = ResponsePane(self)
        self.loaded = Request()
        """What the file held when it was last read or written."""
        self._saved = self.loaded
        self._header = ("", "", False)
        self._shares: tuple[int, int] | None = None
        """How the user has split it, in proportion."""
        self.setObjectName("requestTab")
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for half, smallest_px in zip((self.editor, self.pane), _SMALLEST_PX, strict=True):
            half.setMinimumHeight(smallest_px)
            self.addWidget(half)
        self.splitterMoved.connect(self._on_split)
        self.editor.changed.connect(self._on_changed)
        self.editor.part_chosen.connect(self.view_changed)
        self.editor.route_picked.connect(self._on_route_picked)
        self.pane.tab_chosen.connect(self.view_changed)
        self.editor.send_requested.connect(self._on_send_requested)
        self.editor.send_to_file_requested.connect(self._on_send_to_file_requested)
        self.editor.cancel_requested.connect(self.cancel_requested)
        self.pane.file_requested.connect(self.editor.locate_file)
        self.editor.save_requested.connect(self.save_requested)
        self.editor.token_wished.connect(self.token_wished)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.setSizes([1000 * share for share in self._shares] if self._shares else self._usual_sizes())

    def _usual_sizes(self) -> list[int]:
        request, response = _SHARES
        if self.orientation() == Qt.Orientation.Horizontal:
            return [1000 * request, 1000 * response]
        whole = self.height()
        above = max(whole * request // (request + response), min(_REQUEST_PX, whole - _SMALLEST_PX[1]))
        return [above, whole - above]

    def open_request(self, request: Request, path: str = "") -> None:
        """Show a saved request (or a new one, with no path); nothing is unsaved afterwards."""
        self.path, self.name = path, request.name
        self.loaded = request
        self.editor.show_request(request)
        # As the editor reads it, so that no detail it cannot hold looks like a change.
        self._saved = self.request()
        self._tell_header()

    def open_draft(self, request: Request, loaded: Request, path: str = "") -> None:
        """Show a request as it was left, unsaved; `loaded` is what its file held when it was last read."""
        self.open_request(loaded, path)
        self.name = request.name
        self.editor.show_request(request)
        self._tell_header()

    def view(self) -> dict[str, Any]:
        """Return what is in front and how it is split; `show_view` brings it back."""
        split = {"split": list(self._shares)} if self._shares else {}
        return {**split, "answer": self.pane.chosen_tab(), **self.editor.view()}

    def show_view(self, view: Mapping[str, Any]) -> None:
        """Bring back what `view` returned; what it does not say stays."""
        sizes = view.get("split")
        if isinstance(sizes, list) and len(sizes) == len(_SHARES) and min(sizes) > 0:
            self._shares = (sizes[0], sizes[1])
        self.editor.show_view(view)
        self.pane.choose_tab(view.get("answer", -1))

    def show_lost(self, fields: Sequence[str]) -> None:
        """Say that secrets typed here could not be kept over the end of the program."""
        if fields:
            self.editor.show_notice(LOST_SECRETS)

    def mark_saved(self, given: Request, request: Request, path: str) -> None:
        """Take note that `request` is now what the file at `path` holds; it was made from `given`, then on screen.

        What was typed while the disk or the keyring was at work stays, and is unsaved.
        """
        untouched = self.request() == given
        self.path, self.name = path, request.name
        self.loaded = self._saved = request
        if untouched:
            self.editor.show_request(request)  # secrets became references
            self._saved = self.request()
        self._tell_header()

    def renamed(self, path: str, name: str) -> None:
        """Follow a rename made in the sidebar; typed changes stay unsaved."""
        self.path, self.name = path, name
        self._saved = replace(self._saved, name=name)
        self.loaded = replace(self.loaded, name=name)
        self._tell_header()

    def service_renamed(self, old: str, new: str) -> None:
        """Follow a service that has another name now; the file of a saved request says so already."""

        def followed(request: Request) -> Request:
            return replace(request, service=new) if request.service == old else request

        request = self.editor.request()
        self.loaded, self._saved = followed(self.loaded), followed(self._saved)
        if request.service == old:
            self.editor.show_request(followed(request))
        self._tell_header()

    def rebased(self, loaded: Request) -> None:
        """Take note that the file holds `loaded` now; what is shown stays, unsaved."""
        self.loaded = self._saved = loaded
        self._tell_header()

    def detached(self) -> None:
        """Follow the deletion of the file: what is shown has no place any more."""
        self.path = ""
        self._tell_header()

    def request(self) -> Request:
        """Return the request as it stands in the editor."""
        return replace(self.editor.request(), name=self.name)

    def sent(self) -> Request:
        """Return the request as it is sent, over the channel and with the credential that are picked."""
        return replace(self.editor.sent(), name=self.name)

    @property
    def known(self) -> KnownVariables:
        """What is known of variables here."""
        return self.editor.known

    def lookup_path(self) -> str:
        """Return the path whose surroundings count."""
        return self.path

    def show_inherited(self, around: Surroundings) -> None:
        """Say what is around the request, for what it may inherit."""
        self.editor.show_inherited(around)

    def method(self) -> str:
        """Return the method of the tab's badge."""
        return self._header[0]

    def title(self) -> str:
        """Return the text of the tab."""
        return self._header[1] or tr("New request")

    def unsaved(self) -> bool:
        """Return True when closing would lose something."""
        return self._header[2]

    def untouched(self) -> bool:
        """Return True for a new tab in which nothing was typed."""
        return not self.path and not self.unsaved() and not self.request().url

    def _tell_header(self) -> None:
        request = self.request()
        header = (method_word(request), self.name or shown_url(request), request != self._saved)
        if header != self._header:
            self._header = header
            self.header_changed.emit()

    @Slot()
    def _on_split(self) -> None:
        above, below = self.sizes()
        self._shares = (above, below)
        self.view_changed.emit()

    @Slot()
    def _on_changed(self) -> None:
        self._tell_header()
        self.changed.emit()

    @Slot()
    def _on_route_picked(self) -> None:
        self.view_changed.emit()
        self.changed.emit()

    @Slot(object)
    def _on_send_to_file_requested(self, request: Request) -> None:
        self.changed.emit()
        self.send_to_file_requested.emit(replace(request, name=self.name))

    def _on_send_requested(self, request: Request) -> None:
        self.changed.emit()
        self.send_requested.emit(replace(request, name=self.name))

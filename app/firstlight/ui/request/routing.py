"""Keeps the service of the request in the editor: which one, over which channel, with which credential."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.model.request import FROM_SERVICE, Request
from firstlight.model.route import Choice, chosen, is_full_url
from firstlight.ui.theme.kind import set_kind

if TYPE_CHECKING:
    from firstlight.model.exchange import Scope
    from firstlight.model.service import Service
    from firstlight.ui.request.request_bar import RequestBar
    from firstlight.ui.request.route_bar import RouteBar


class Routing(QObject):
    """Works for one editor. The bar of channel and credential is built for the first request that needs it."""

    replaced = Signal(object)
    """The user made another Request of it: it joined a service, or left it."""
    picked = Signal()
    """Another channel or credential was picked."""
    edit_requested = Signal(str, str)
    """Show the service of this name, and this part of it."""
    new_requested = Signal()

    def __init__(self, bar: RequestBar, column: QVBoxLayout, request: Callable[[], Request], parent: QWidget) -> None:
        super().__init__(parent)
        self.choice = Choice()
        self._bar, self._column, self._request, self._parent = bar, column, request, parent
        self._services: Mapping[str, Service] = {}
        self._scope: Scope | None = None
        self._route: RouteBar | None = None
        self._unsaved: frozenset[str] = frozenset()
        self._signed_by = FROM_SERVICE.kind
        """The kind of the request's authorization when that was last looked at."""
        bar.service.chosen.connect(self._on_service_chosen)
        bar.service.new_requested.connect(self.new_requested)

    def show_services(self, services: Mapping[str, Service]) -> None:
        """Say which services the workspace has."""
        self._services = services
        self._bar.service.show_names(tuple(services))
        self.refresh()

    def show_unsaved(self, names: frozenset[str]) -> None:
        """Say whose pages have unsaved changes: a request goes with its service as it was saved."""
        self._unsaved = names
        self.refresh()

    def set_scope(self, scope: Scope) -> None:
        """Say what variables there are."""
        self._scope = scope
        self.refresh()

    def service(self) -> Service | None:
        """Return the service of the request, as it was read last."""
        return self._services.get(self._request().service)

    def sent(self) -> Request:
        """Return the request as it is sent: over the channel and with the credential that are picked."""
        return chosen(self._request(), self.choice)

    def pick(self, choice: Choice) -> None:
        """Send over another channel, or with another credential."""
        if choice != self.choice:
            self.choice = choice
            self.refresh()
            self.picked.emit()

    def refresh(self) -> None:
        """Show how the request goes that is in the editor now."""
        request = self._request()
        self._bar.show_service(request.service)
        if not request.service:
            self.choice = Choice()
            if self._route is not None:
                self._route.hide()
                set_kind(self._bar, "bar")
            return
        if request.authorization.kind != self._signed_by:  # what was said last counts
            self._signed_by, self.choice = request.authorization.kind, replace(self.choice, credential="")
        route = self._route or self._made()
        route.show_route(request, self.choice, self.service(), self._known_scope())
        route.show_unsaved(request.service in self._unsaved)
        route.show()
        set_kind(self._bar, "")  # the line below it is that of the second row

    def open(self, combo: str) -> bool:
        """Show the choice of `channels` or `credentials` to the keyboard; False: the request belongs to no service."""
        if (bar := self.bar) is not None:
            bar.open(combo)
        return bar is not None

    @property
    def bar(self) -> RouteBar | None:
        """The second row of the request bar, while the request belongs to a service."""
        return self._route if self._request().service else None

    def typed(self, request: Request) -> Request | None:
        """Return what becomes of `request`, into whose URL a full URL was put; None: it stays as it is."""
        from firstlight.model.belonging import belongs, joining
        from firstlight.model.request import NO_AUTHORIZATION
        from firstlight.ui.request.route_words import filler

        if not request.service or not is_full_url(request.url):
            return None
        filled = filler(self._known_scope())
        own = self.service()
        for service in filter(None, (own, *self._services.values())):
            if belongs(request.url, service, filled):
                return joining(request, service, filled)
        # It goes to another host now: the service's credential must not follow it there.
        signs = request.authorization.kind == FROM_SERVICE.kind
        authorization = NO_AUTHORIZATION if signs else request.authorization
        return replace(request, service="", channel="", credential="", authorization=authorization)

    def view(self) -> dict[str, Any]:
        """Return what is picked; `show_view` brings it back."""
        picked = {"channel": self.choice.channel, "credential": self.choice.credential}
        return {key: name for key, name in picked.items() if name}

    def show_view(self, view: Mapping[str, Any]) -> None:
        """Bring back what `view` returned."""
        names = (view.get("channel"), view.get("credential"))
        channel, credential = (name if isinstance(name, str) else "" for name in names)
        self.pick(Choice(channel=channel, credential=credential))

    def _known_scope(self) -> Scope:
        from firstlight.model.exchange import Scope

        return self._scope or Scope(variables={}, secret=lambda _name: None)

    def _made(self) -> RouteBar:
        from firstlight.ui.request.route_bar import RouteBar

        self._route = route = RouteBar(self._parent)
        self._column.insertWidget(self._column.indexOf(self._bar) + 1, route)
        route.picked.connect(self.pick)
        route.keep_requested.connect(self._on_keep_requested)
        route.edit_requested.connect(lambda part: self.edit_requested.emit(self._request().service, part))
        return route

    def _on_keep_requested(self) -> None:
        kept = self.sent()
        self.choice = Choice()
        self.replaced.emit(kept)

    def _on_service_chosen(self, name: str) -> None:
        from firstlight.model.belonging import joining, leaving
        from firstlight.ui.request.route_words import filler

        request, service = self._request(), self._services.get(name)
        if name == request.service:
            return
        if request.service:
            request = leaving(self.sent(), self.service())
        if service is not None:
            request = joining(request, service, filler(self._known_scope()))
        self.choice = Choice()
        self.replaced.emit(request)

"""Fills the palette from the sources of the window and runs what was chosen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import TYPE_CHECKING

from firstlight.model.service import NO_CREDENTIAL
from firstlight.texts import tr
from firstlight.ui import dialogs
from firstlight.ui.actions import ACTIONS, MENUS, plain_text
from firstlight.ui.keys.bindings import shown_keys
from firstlight.ui.palette.entry import Entry
from firstlight.ui.palette.palette import Palette
from firstlight.ui.settings.table import GROUPS
from firstlight.ui.tabs_page import is_request

if TYPE_CHECKING:
    from firstlight.store.tree import Node
    from firstlight.ui.window_work import Work

Source = Callable[["Work"], Iterator[Entry]]


async def show_palette(work: Work) -> None:
    """Show the palette; run what was chosen once it has closed."""
    palette = Palette([entry for source in SOURCES for entry in source(work)], work.window)
    await dialogs.finished(palette)
    if palette.chosen is not None:
        palette.chosen.run()


def requests(work: Work) -> Iterator[Entry]:
    """Offer every request of the workspace."""
    yield from _nodes(work, work.library.nodes, "")


def _nodes(work: Work, nodes: tuple[Node, ...], place: str) -> Iterator[Entry]:
    for node in nodes:
        if node.kind == "request":
            run = partial(work.library.start, "open", work.library.open, node.path)
            yield Entry(title=node.name, place=place, method=node.method, run=run)
        else:
            yield from _nodes(work, node.children, f"{place} › {node.name}" if place else node.name)


def routes(work: Work) -> Iterator[Entry]:
    """Offer the channels and credentials of the request in front."""
    tab = work.window.tabs.current()
    routing = tab.editor.routing if is_request(tab) else None
    service, bar = (routing.service(), routing.bar) if routing else (None, None)
    if service is None or bar is None:
        return
    for channel in service.channels:
        run = partial(bar.pick_channel, channel.name)
        yield Entry(title=channel.name, place=service.name, kind=tr("Channel"), picture="channel", run=run)
    for name, title in (*((c.name, c.name) for c in service.credentials), (NO_CREDENTIAL, tr("No credential"))):
        run = partial(bar.pick_credential, name)
        yield Entry(title=title, place=service.name, kind=tr("Credential"), picture="key", run=run)


def environments(work: Work) -> Iterator[Entry]:
    """Offer to use every environment."""
    for name in work.environments.names():
        run = partial(work.environments.choose, name)
        yield Entry(title=name, kind=tr("Environment"), picture="environment", run=run)


def services(work: Work) -> Iterator[Entry]:
    """Offer the page of every service."""
    for name in work.services.names():
        yield Entry(title=name, kind=tr("Service"), picture="service", run=partial(work.services.show, name))


def actions(work: Work) -> Iterator[Entry]:
    """Offer every entry of the menus that can be used now."""
    menus = {name: plain_text(tr(title)) for name, title in MENUS}
    for spec in ACTIONS:
        action = work.window.action(spec.name)
        if action.isEnabled() and not spec.shown_only and spec.name != "palette":
            yield Entry(
                title=plain_text(tr(spec.text)),
                place=menus[spec.menu],
                kind=tr("Action"),
                keys=shown_keys(spec.name),
                picture=spec.picture or "request",
                run=action.trigger,
            )


def settings(work: Work) -> Iterator[Entry]:
    """Offer every row of the Settings dialog."""
    for group in GROUPS:
        for setting in group.settings:
            yield Entry(
                title=tr(setting.label),
                place=tr(group.title),
                kind=tr("Setting"),
                picture=group.picture,
                run=partial(work.settings.open_at, setting.name),
            )


SOURCES: tuple[Source, ...] = (requests, services, routes, environments, actions, settings)
"""What the palette offers; with nothing typed, in this order."""

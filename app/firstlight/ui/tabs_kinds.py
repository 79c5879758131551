"""KINDS: every kind of tab, and how one is remembered and built again. A new kind is one line here.

What it can hold unsaved is the business of store.drafts.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from firstlight.store.session_state import (
    EnvironmentDraft,
    GroupDraft,
    RequestDraft,
    ServiceDraft,
    TabState,
    WorkspaceDraft,
)
from firstlight.ui.tabs_page import TabPage
from firstlight.ui.tabs_request import RequestTab

if TYPE_CHECKING:
    from firstlight.ui.pages.page_tab import PageTab
    from firstlight.ui.window_library import Library


@dataclass(frozen=True, slots=True, kw_only=True)
class TabKind:
    """One line of the table. `draft` and `view` run while somebody types: they look, and build nothing."""

    kind: str
    draft: Callable[[Any], Any]
    """page → what is unsaved in it, or None."""
    view: Callable[[Any], Mapping[str, Any]]
    """page → which parts of it are in front, how it is split, where the cursor stands."""
    revive: Callable[[Library, TabState], Awaitable[TabPage | None]]
    """Build the page again; None: there is nothing to show any more."""


def _request_draft(tab: RequestTab) -> RequestDraft | None:
    if tab.path and not tab.unsaved():
        return None
    return RequestDraft(request=tab.request(), loaded=tab.loaded)


async def _revive_request(library: Library, state: TabState) -> TabPage | None:
    if state.draft is None:
        page = await library.page_of(state.path) if state.path else None
    else:
        page = library.make_tab()
        page.open_draft(state.draft.request, state.draft.loaded, state.path)
        page.show_lost(state.lost)
    if isinstance(page, RequestTab):
        page.show_view(state.view)
    return page


async def _revive_broken(library: Library, state: TabState) -> TabPage | None:
    return await library.page_of(state.path)


def _page_draft(make: Callable[..., Any]) -> Callable[[Any], Any]:
    def draft(page: PageTab) -> Any:
        if not page.unsaved():
            return None
        return make(value=replace(page.value(), unknown={}), loaded=replace(page.loaded, unknown={}))

    return draft


async def _revive_page(library: Library, state: TabState) -> TabPage | None:
    page = await library.make_page(state.kind, state.path, state.draft)
    if page is not None:
        page.show_view(state.view)
    return page


def _page(kind: str, draft: type[Any]) -> TabKind:
    return TabKind(kind=kind, draft=_page_draft(draft), view=lambda page: page.view(), revive=_revive_page)


KINDS = {
    entry.kind: entry
    for entry in (
        TabKind(kind="request", draft=_request_draft, view=RequestTab.view, revive=_revive_request),
        TabKind(kind="broken", draft=lambda _tab: None, view=lambda _tab: {}, revive=_revive_broken),
        _page("group", GroupDraft),
        _page("environment", EnvironmentDraft),
        _page("workspace", WorkspaceDraft),
        _page("service", ServiceDraft),
    )
}

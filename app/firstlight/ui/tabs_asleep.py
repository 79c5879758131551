"""A tab of last time that nobody has looked at yet: a header, and what its page will be built from.

Thirty tabs come back in the time of one: their pages are built when they are brought to the front.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QWidget

from firstlight.texts import tr

if TYPE_CHECKING:
    from firstlight.store.session_state import TabState
    from firstlight.ui.tabs_page import TabPage


class AsleepTab(QFrame):
    """Holds the place of a page; whoever sees it come to the front puts the page there."""

    kind = "asleep"
    header_changed = Signal()
    changed = Signal()
    """Never: nothing can be done here before the page is there."""
    view_changed = Signal()
    """Never."""

    def __init__(self, state: TabState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.state = state
        self.page: TabPage | None = None
        """What has taken its place since."""
        self.setProperty("kind", "panel")

    @property
    def path(self) -> str:
        """Its file in the workspace, or empty."""
        return self.state.path

    def method(self) -> str:
        """Return the method of the tab's badge."""
        return self.state.method

    def title(self) -> str:
        """Return the text of the tab."""
        return self.state.title or tr("New request")

    def unsaved(self) -> bool:
        """Return True when closing would lose something."""
        return self.state.draft is not None and self.state.unsaved

    def state_as(self, *, preview: bool) -> TabState:
        """Return what is needed to build the page, as it is now."""
        return self.state if self.state.preview == preview else replace(self.state, preview=preview)

    def renamed(self, path: str, name: str) -> None:
        """Follow a rename or move made in the sidebar."""
        self.state = replace(self.state, path=path, title=name or self.state.title)
        self.header_changed.emit()

    def service_renamed(self, old: str, new: str) -> None:
        """Follow a service that has another name now, in what is unsaved here."""
        from firstlight.store.session_state import RequestDraft

        draft = self.state.draft
        if isinstance(draft, RequestDraft):
            request, loaded = (
                replace(value, service=new) if value.service == old else value
                for value in (draft.request, draft.loaded)
            )
            self.state = replace(self.state, draft=replace(draft, request=request, loaded=loaded))

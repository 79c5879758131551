"""What every tab's page has in common, so that the strip of tabs need not know what is on them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeGuard

if TYPE_CHECKING:  # the editor and the response pane are loaded after the first paint
    from PySide6.QtCore import SignalInstance

    from firstlight.model.surroundings import Surroundings
    from firstlight.ui.known_variables import KnownVariables
    from firstlight.ui.tabs_request import RequestTab


class TabPage(Protocol):
    """A widget with a header."""

    kind: str
    """Which entry of ui.tabs_kinds it is."""

    @property
    def path(self) -> str:
        """Its file in the workspace, or empty."""

    @property
    def header_changed(self) -> SignalInstance:
        """Emitted when method, title or unsaved mark changed."""

    @property
    def changed(self) -> SignalInstance:
        """Emitted when the user did something in it: a preview becomes a tab like others, and what is open is kept."""

    @property
    def view_changed(self) -> SignalInstance:
        """Emitted when another part of it is in front, or its parts were resized."""

    def method(self) -> str:
        """Return the method of the badge, or an empty string."""

    def title(self) -> str:
        """Return the text of the tab."""

    def unsaved(self) -> bool:
        """Return True when closing would lose something."""

    def renamed(self, path: str, name: str) -> None:
        """Follow a rename or move made in the sidebar."""


class Knowing(TabPage, Protocol):
    """A page whose fields may refer to variables."""

    @property
    def known(self) -> KnownVariables:
        """What is known of them here."""

    def lookup_path(self) -> str:
        """Return the path whose surroundings count: what lies in a collection's page finds itself around."""

    def show_inherited(self, around: Surroundings) -> None:
        """Say what is around."""


def knows_variables(page: TabPage | None) -> TypeGuard[Knowing]:
    """Tell whether the fields of `page` may refer to variables."""
    return page is not None and hasattr(page, "known")


def is_request(page: TabPage | None) -> TypeGuard[RequestTab]:
    """Tell whether `page` holds a request."""
    return page is not None and page.kind == "request"

"""The page of a service: Channels, Credentials, Headers, Limits, Description, and every way to it tried."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QTabWidget, QWidget

from firstlight.model.service import Service
from firstlight.model.vendors import VENDORS, vendor
from firstlight.model.ways import Way, ways
from firstlight.texts import N_, tr
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.pages.description_part import DescriptionPart
from firstlight.ui.pages.page_tab import PageTab
from firstlight.ui.request.headers_model import HeadersModel
from firstlight.ui.request.headers_table import HeadersTable
from firstlight.ui.request.rows_page import RowsPage
from firstlight.ui.services.channels_part import ChannelsPart
from firstlight.ui.services.credentials_part import CredentialsPart
from firstlight.ui.services.limits_part import LimitsPart
from firstlight.ui.theme.tokens import SPACE

if TYPE_CHECKING:
    from firstlight.model.request import Request
    from firstlight.runner.trial import Verdict
    from firstlight.ui.services.try_part import TryPart

_TITLES = (N_("Channels"), N_("Credentials"), N_("Headers"), N_("Limits"), N_("Description"), N_("Try it"))
PARTS = ("channels", "credentials", "headers", "limits", "description", "try")


class ServicePage(PageTab):
    """Edits a Service."""

    kind = "service"
    picture = "service"
    try_requested = Signal(object, str)
    """A tuple of Ways, and the path of the request that goes over them."""
    stop_requested = Signal()
    open_way_requested = Signal(object, str)
    """Show the request at this path as it goes this Way."""

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(path, parent)
        self._vendor_word = QLabel(self)
        self.vendor = QComboBox(self)
        self.vendor.setObjectName("vendorCombo")
        for entry in VENDORS:
            self.vendor.addItem("", entry.kind)
        self._vendor_word.setBuddy(self.vendor)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("serviceTabs")
        self.channels, self.credentials = ChannelsPart(self.tabs), CredentialsPart(self.tabs)
        self._rows = HeadersModel(self)
        self.headers = RowsPage(self._made_table, N_("Sent with every request of the service"), self.tabs)
        self.limits, self.description = LimitsPart(self.tabs), DescriptionPart(self.tabs)
        self._requests: tuple[tuple[str, str], ...] = ()
        self._trying = LazyPage(self._made_trying, self.tabs, follows=self.tabs.tabBar())
        for part in (self.channels, self.credentials, self.headers, self.limits, self.description, self._trying):
            self.tabs.addTab(part, "")
        row = QHBoxLayout()
        row.setContentsMargins(2 * SPACE, 0, 2 * SPACE, SPACE)
        row.setSpacing(SPACE)
        row.addWidget(self._vendor_word)
        row.addWidget(self.vendor)
        row.addStretch(1)
        self.column.addLayout(row)
        self.column.addWidget(self.tabs, 1)
        self._connect()
        self.retranslate()

    def put(self, value: Any) -> None:
        place = self.vendor.findData(vendor(value.vendor).kind)
        self.vendor.setCurrentIndex(place)
        self._show_vendor()
        self.channels.show_credentials(value.credentials)
        self.channels.show_rows(value.channels)
        self.credentials.show_rows(value.credentials)
        self._rows.show_rows(value.headers)
        self.limits.show_limits(value.limits)
        self.description.show_text(value.description)
        self._show_ways()

    def value(self) -> Any:
        loaded: Service = self.loaded
        text, kept = self.description.text(), loaded.description
        same = self.vendor.currentData() == vendor(loaded.vendor).kind
        return replace(
            loaded,
            vendor=loaded.vendor if same else self.vendor.currentData(),
            channels=self.channels.rows(),
            credentials=self.credentials.rows(),
            headers=self._rows.rows(),
            limits=self.limits.limits(),
            description=kept if text == kept.replace("\r\n", "\n") else text,
        )

    def open_part(self, part: str, name: str = "") -> None:
        """Bring one of PARTS to the front, and in it the channel or credential called `name`."""
        if part in PARTS:
            self.tabs.setCurrentIndex(PARTS.index(part))
        if part == "channels":
            self.channels.select(name)
        elif part == "credentials":
            self.credentials.select(name)

    def show_requests(self, requests: tuple[tuple[str, str], ...]) -> None:
        """Say which requests the service has, as (path, name)."""
        if requests != self._requests:
            self._requests = requests
            if (part := self._trying.made) is not None:
                part.show_requests(requests)

    def show_calls(self, requests: tuple[Request, ...]) -> None:
        """Say what the requests of the service send."""
        self.channels.show_requests(requests)

    def show_running(self, way: Way | None) -> None:
        """Say which way is being tried; None: nothing is any more."""
        self._trying.page().show_running(way)

    def show_verdict(self, way: Way, verdict: Verdict) -> None:
        """Show what came of a way."""
        self._trying.page().show_verdict(way, verdict)

    def view(self) -> dict[str, Any]:
        return {"part": self.tabs.currentIndex()}

    def show_view(self, view: Mapping[str, Any]) -> None:
        if isinstance(part := view.get("part"), int):
            self.tabs.setCurrentIndex(part)

    def kind_word(self) -> str:
        return tr("Service")

    def lookup_path(self) -> str:
        return ""

    def retranslate(self) -> None:
        super().retranslate()
        self._vendor_word.setText(tr("Vendor"))
        self.vendor.setAccessibleName(tr("Vendor"))
        for row, entry in enumerate(VENDORS):
            self.vendor.setItemText(row, tr(entry.label))
        for tab, title in enumerate(_TITLES):
            self.tabs.setTabText(tab, tr(title))
        self.tabs.tabBar().setAccessibleName(tr("Parts of the page"))
        for part in (self.channels, self.credentials, self.headers, self.limits, self._trying.made):
            if part is not None:
                part.retranslate()

    def _made_table(self, parent: QWidget) -> HeadersTable:
        table = HeadersTable(self._rows, parent)
        table.setObjectName("serviceHeadersTable")
        return table

    def _made_trying(self, parent: QWidget) -> TryPart:
        from firstlight.ui.services.try_part import TryPart

        part = TryPart(parent)
        part.try_requested.connect(self.try_requested)
        part.stop_requested.connect(self.stop_requested)
        part.open_requested.connect(self.open_way_requested)
        part.show_requests(self._requests)
        part.show_ways(ways(self.value()))
        return part

    def _show_ways(self) -> None:
        if (part := self._trying.made) is not None:
            part.show_ways(ways(self.value()))

    def on_edited(self) -> None:
        self._show_ways()
        super().on_edited()

    def _connect(self) -> None:
        self.vendor.activated.connect(self._on_vendor_chosen)
        self.tabs.currentChanged.connect(self.view_changed)
        self.credentials.renamed.connect(lambda old, new: self.channels.follow({old: new}))
        self.credentials.edited.connect(self._on_credentials_edited)
        self.credentials.form.authorization.token_wished.connect(self.token_wished)
        for edited in (self.channels.edited, self._rows.edited, self.limits.edited, self.description.edited):
            edited.connect(self.on_edited)

    def _on_credentials_edited(self) -> None:
        self.channels.show_credentials(tuple(self.credentials.rows()))
        self.on_edited()

    def _on_vendor_chosen(self) -> None:
        self._show_vendor()
        self.limits.show_limits(self.limits.limits())
        self.on_edited()

    def _show_vendor(self) -> None:
        kind = self.vendor.currentData()
        self.credentials.show_vendor(kind)
        self.limits.show_vendor(kind)

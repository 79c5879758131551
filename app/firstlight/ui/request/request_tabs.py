"""The tabs of a request: Params, Authorization, Headers, Body, Settings, each with a mark when it holds something."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Signal
from PySide6.QtWidgets import QStackedWidget, QTabBar, QTabWidget, QWidget

from firstlight.model.request import Request, RequestSettings
from firstlight.texts import N_, tr
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.request.headers_model import HeadersModel
from firstlight.ui.request.params_model import ParamsModel
from firstlight.ui.request.tab_badge import TabBadge
from firstlight.ui.tasks import Tasks

if TYPE_CHECKING:
    from firstlight.ui.request.auth_tab import AuthTab
    from firstlight.ui.request.body_tab import BodyTab
    from firstlight.ui.request.rows_table import RowsTable
    from firstlight.ui.request.settings_tab import SettingsTab

_TITLES = (N_("Params"), N_("Authorization"), N_("Headers"), N_("Body"), N_("Settings"))
_BODY = 3


class RequestTabs(QTabWidget):
    """Five pages, each built when it is first looked at. What no page shows is as it was in the request shown."""

    edited = Signal()
    """The user changed something but the parameters."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("requestTabs")
        self._tasks = tasks
        self._shown = Request()
        self._folder = ""
        self.params = ParamsModel(self)
        self.headers = HeadersModel(self)
        self.headers.edited.connect(self.edited)
        # Inside the tab widget's own stack: moving a finished page into it would style it all again.
        stack, bar = self.findChild(QStackedWidget), self.tabBar()
        self._params_table = LazyPage(self._make_params, stack, follows=bar)
        self._auth = LazyPage(self._make_auth, stack, follows=bar)
        self._headers_table = LazyPage(self._make_headers, stack, follows=bar)
        self._body = LazyPage(self._make_body, stack, follows=bar)
        self._settings = LazyPage(self._make_settings, stack, follows=bar)
        self._badges: list[TabBadge] = []
        for page in (self._params_table, self._auth, self._headers_table, self._body, self._settings):
            tab = self.addTab(page, "")
            badge = TabBadge(self.tabBar())
            badge.hide()
            self._badges.append(badge)
            self.tabBar().setTabButton(tab, QTabBar.ButtonPosition.RightSide, badge)
        self._marks: tuple[str | None, ...] = (None,) * len(_TITLES)
        self._retranslate()

    # --- the pages ---

    def _make_params(self, parent: QWidget) -> RowsTable:
        from firstlight.ui.request.rows_table import RowsTable

        return self._named(RowsTable(self.params, parent), "paramsTable", tr("Params"))

    def _make_headers(self, parent: QWidget) -> RowsTable:
        from firstlight.ui.request.headers_table import HeadersTable

        return self._named(HeadersTable(self.headers, parent), "headersTable", tr("Headers"))

    def _named(self, table: RowsTable, name: str, title: str) -> RowsTable:
        table.setObjectName(name)
        table.setAccessibleName(title)
        return table

    def _make_auth(self, parent: QWidget) -> AuthTab:
        from firstlight.ui.request.auth_tab import AuthTab

        page = AuthTab(parent)
        page.show_authorization(self._shown.authorization)
        page.edited.connect(self.edited)
        return page

    def _make_body(self, parent: QWidget) -> BodyTab:
        from firstlight.ui.request.body_tab import BodyTab

        page = BodyTab(self._tasks, parent)
        page.set_folder(self._folder)
        page.show_body(self._shown.body)
        page.edited.connect(self.edited)
        return page

    def _make_settings(self, parent: QWidget) -> SettingsTab:
        from firstlight.ui.request.settings_tab import SettingsTab

        page = SettingsTab(parent)
        page.show_settings(self._shown.settings)
        page.edited.connect(self.edited)
        return page

    # --- in and out ---

    def show_request(self, request: Request) -> None:
        """Show another request."""
        self._shown = request
        self.params.show_rows(request.params)
        self.headers.show_rows(request.headers)
        if self._auth.made:
            self._auth.made.show_authorization(request.authorization)
        if self._body.made:
            self._body.made.show_body(request.body)
        if self._settings.made:
            self._settings.made.show_settings(request.settings)
        self.show_marks(request)

    def filled_in(self, request: Request) -> Request:
        """Return `request` with what is on these pages, but for the parameters, which are part of the URL."""
        auth, body, settings = self._auth.made, self._body.made, self._settings.made
        return replace(
            request,
            headers=self.headers.rows(),
            authorization=auth.authorization() if auth else self._shown.authorization,
            body=body.body() if body else self._shown.body,
            settings=settings.settings if settings else self._shown.settings,
        )

    def set_folder(self, folder: str) -> None:
        """Say where the workspace is; relative file paths start there."""
        self._folder = folder
        if self._body.made:
            self._body.made.set_folder(folder)

    def beautify(self) -> None:
        """Lay out a raw JSON body."""
        self._body.page().beautify()

    def open_body(self) -> None:
        """Bring the Body tab to the front."""
        self.setCurrentIndex(_BODY)

    def show_marks(self, request: Request) -> None:
        """Mark the tabs that hold something of `request`."""
        params = sum(row.enabled for row in request.params)
        headers = sum(row.enabled for row in request.headers)
        marks = (
            str(params) if params else None,
            "" if request.authorization.kind != "none" else None,
            str(headers) if headers else None,
            "" if request.body.kind != "none" else None,
            "" if request.settings != RequestSettings() else None,
        )
        if marks != self._marks:
            self._marks = marks
            self._show_marks()

    def _show_marks(self) -> None:
        for tab, (badge, mark) in enumerate(zip(self._badges, self._marks, strict=True)):
            title = tr(_TITLES[tab])
            badge.show_text(mark or "")
            shown = badge if mark is not None else None
            if self.tabBar().tabButton(tab, QTabBar.ButtonPosition.RightSide) is not shown:
                self.tabBar().setTabButton(tab, QTabBar.ButtonPosition.RightSide, shown)
            badge.setVisible(mark is not None)
            self.tabBar().setAccessibleTabName(tab, f"{title}, {mark or tr('in use')}" if mark is not None else title)

    def _retranslate(self) -> None:
        for tab, title in enumerate(_TITLES):
            self.setTabText(tab, tr(title))
        self.tabBar().setAccessibleName(tr("Parts of the request"))
        for page, title in ((self._params_table, tr("Params")), (self._headers_table, tr("Headers"))):
            if page.made:
                page.made.setAccessibleName(title)
                page.made.retranslate()
        self._show_marks()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

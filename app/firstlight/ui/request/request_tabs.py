"""The tabs of a request: Params, Authorization, Headers, Body, Settings, each with a mark when it holds something."""

from __future__ import annotations

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QStackedWidget, QTabBar, QTabWidget, QWidget

from firstlight.model.request import Request, RequestSettings
from firstlight.texts import N_, tr
from firstlight.ui.request.auth_tab import AuthTab
from firstlight.ui.request.body_tab import BodyTab
from firstlight.ui.request.headers_model import HeadersModel
from firstlight.ui.request.headers_table import HeadersTable
from firstlight.ui.request.params_model import ParamsModel
from firstlight.ui.request.rows_table import RowsTable
from firstlight.ui.request.settings_tab import SettingsTab
from firstlight.ui.request.tab_badge import TabBadge
from firstlight.ui.tasks import Tasks

_TITLES = (N_("Params"), N_("Authorization"), N_("Headers"), N_("Body"), N_("Settings"))
_BODY = 3


class RequestTabs(QTabWidget):
    """Owns the five pages; the editor reads them."""

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("requestTabs")
        # Built inside the tab widget's own stack: moving a finished page into it would style it all again.
        pages = self.findChild(QStackedWidget)
        self.params = ParamsModel(self)
        self.headers = HeadersModel(self)
        self._params_table = RowsTable(self.params, pages)
        self._params_table.setObjectName("paramsTable")
        self._headers_table = HeadersTable(self.headers, pages)
        self._headers_table.setObjectName("headersTable")
        self.auth = AuthTab(pages)
        self.body = BodyTab(tasks, pages)
        self.settings = SettingsTab(pages)
        self._badges: list[TabBadge] = []
        for page in (self._params_table, self.auth, self._headers_table, self.body, self.settings):
            tab = self.addTab(page, "")
            badge = TabBadge(self.tabBar())
            badge.hide()
            self._badges.append(badge)
            self.tabBar().setTabButton(tab, QTabBar.ButtonPosition.RightSide, badge)
        self._marks: tuple[str | None, ...] = (None,) * len(_TITLES)
        self._retranslate()

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
        self._params_table.setAccessibleName(tr("Params"))
        self._headers_table.setAccessibleName(tr("Headers"))
        self._params_table.retranslate()
        self._headers_table.retranslate()
        self._show_marks()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

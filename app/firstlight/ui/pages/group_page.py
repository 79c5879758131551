"""The page of a collection or folder: Description, Authorization, Variables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QTabWidget, QWidget

from firstlight.texts import N_, tr
from firstlight.ui.pages.description_part import DescriptionPart
from firstlight.ui.pages.page_tab import PageTab
from firstlight.ui.pages.variables_table import VariablesPart
from firstlight.ui.request.auth_tab import AuthTab

if TYPE_CHECKING:
    from firstlight.model.surroundings import Surroundings

_TITLES = (N_("Description"), N_("Authorization"), N_("Variables"))


class GroupPage(PageTab):
    """Edits a Collection."""

    kind = "group"

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        self._is_collection = path.count("/") == 1
        self.picture = "collection" if self._is_collection else "folder"
        super().__init__(path, parent)
        self.tabs = QTabWidget(self)
        self.tabs.setObjectName("groupTabs")
        self.description = DescriptionPart(self.tabs)
        self.authorization = AuthTab(self.tabs, at_the_top=self._is_collection)
        self.variables = VariablesPart(self.tabs)
        for part in (self.description, self.authorization, self.variables):
            self.tabs.addTab(part, "")
        self.tabs.currentChanged.connect(self.view_changed)
        self.column.addWidget(self.tabs, 1)
        for edited in (self.description.edited, self.authorization.edited, self.variables.rows.edited):
            edited.connect(self.on_edited)
        self.authorization.parent_requested.connect(self.parent_requested)
        self.authorization.token_wished.connect(self.token_wished)
        self.retranslate()

    def put(self, value: Any) -> None:
        self.description.show_text(value.description)
        self.authorization.show_authorization(value.authorization)
        self.variables.rows.show_rows(value.variables)

    def value(self) -> Any:
        text = self.description.text()
        kept = self.loaded.description
        return replace(
            self.loaded,
            description=kept if text == kept.replace("\r\n", "\n") else text,
            authorization=self.authorization.authorization(),
            variables=self.variables.rows.rows(),
        )

    def view(self) -> dict[str, Any]:
        return {"part": self.tabs.currentIndex()}

    def show_view(self, view: Mapping[str, Any]) -> None:
        if isinstance(part := view.get("part"), int):
            self.tabs.setCurrentIndex(part)

    def kind_word(self) -> str:
        return tr("Collection") if self._is_collection else tr("Folder")

    def show_inherited(self, around: Surroundings) -> None:
        self.authorization.show_inherited(around)

    def retranslate(self) -> None:
        super().retranslate()
        for tab, title in enumerate(_TITLES):
            self.tabs.setTabText(tab, tr(title))
        self.tabs.tabBar().setAccessibleName(tr("Parts of the page"))
        self.variables.retranslate(
            tr("The requests in here know them. Those of folders within and of the environment count before them.")
        )

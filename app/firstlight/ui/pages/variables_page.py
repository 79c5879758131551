"""The pages that hold nothing but variables: of an environment, and of the workspace."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from PySide6.QtWidgets import QWidget

from firstlight.texts import tr
from firstlight.ui.pages.page_tab import PageTab
from firstlight.ui.pages.variables_table import VariablesPart


class VariablesPage(PageTab):
    """Edits the variables of a value that has a name and variables."""

    def __init__(self, path: str, parent: QWidget | None = None) -> None:
        super().__init__(path, parent)
        self.variables = VariablesPart(self)
        self.column.addWidget(self.variables, 1)
        self.variables.rows.edited.connect(self.on_edited)
        self.setFocusProxy(self.variables.table)
        self.retranslate()

    def put(self, value: Any) -> None:
        self.variables.rows.show_rows(value.variables)

    def value(self) -> Any:
        return replace(self.loaded, variables=self.variables.rows.rows())

    def caption(self) -> str:
        """Say what the rows are for."""
        return ""

    def retranslate(self) -> None:
        super().retranslate()
        self.variables.retranslate(self.caption())


class EnvironmentPage(VariablesPage):
    """The variables that count while this environment is chosen."""

    kind = "environment"
    picture = "environment"

    def kind_word(self) -> str:
        return tr("Environment")

    def caption(self) -> str:
        return tr("They count before those of folders, collections and the workspace while this environment is chosen.")

    def lookup_path(self) -> str:
        return ""


class WorkspacePageTab(VariablesPage):
    """The variables that every request of the workspace knows."""

    kind = "workspace"
    picture = "workspace"

    def kind_word(self) -> str:
        return tr("Workspace")

    def caption(self) -> str:
        return tr("Every request knows them. Those of collections, folders and environments count before them.")

    def lookup_path(self) -> str:
        return ""

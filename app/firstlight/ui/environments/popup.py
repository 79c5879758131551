"""What the variables of the tab in front are worth, and where each comes from; secrets are masked."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from firstlight.model.exchange import Variable
from firstlight.texts import tr
from firstlight.ui.text.plain_tip import plain_tip
from firstlight.ui.variables.entries import ORIGINS, shown_value

_SIZE = QSize(560, 340)
_ORDER = list(ORIGINS)[::-1]
"""The places in the order in which they count."""


def origin_words(variable: Variable) -> str:
    """Say where a variable comes from."""
    place = tr(ORIGINS[variable.origin])
    named = variable.origin_name and variable.origin != "workspace"
    return tr("{kind} “{name}”", kind=place, name=variable.origin_name) if named else place


class VariablesPopup(QFrame):
    """Closes when one looks elsewhere."""

    page_requested = Signal(str)
    """The page of an environment, or of the workspace: `environment` or `workspace`."""

    def __init__(self, variables: Mapping[str, Variable], environment: str, parent: QWidget) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("variablesPopup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setAccessibleName(tr("Variables in use"))
        self.setFixedSize(_SIZE)
        title = QLabel(tr("Variables in use") if variables else tr("This tab knows no variables."), self)
        title.setContentsMargins(8, 8, 8, 4)
        table = self._table(variables)
        buttons = QHBoxLayout()
        buttons.setContentsMargins(8, 4, 8, 8)
        buttons.setSpacing(8)
        for name, text in (("environment", tr("Edit the environment")), ("workspace", tr("Workspace variables"))):
            button = QPushButton(text, self)
            button.setObjectName(f"{name}PageButton")
            button.setVisible(name == "workspace" or bool(environment))
            button.clicked.connect(lambda _checked=False, name=name: self._ask_for(name))
            buttons.addWidget(button)
        buttons.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(1, 1, 1, 1)
        column.setSpacing(0)
        column.addWidget(title)
        column.addWidget(table, 1)
        column.addLayout(buttons)
        table.setFocus()

    def show_below(self, widget: QWidget) -> None:
        """Open at the right edge of `widget`."""
        corner = widget.mapToGlobal(QPoint(widget.width(), widget.height() + 2))
        self.move(max(corner.x() - self.width(), 0), corner.y())
        self.show()

    def _ask_for(self, name: str) -> None:
        self.close()
        self.page_requested.emit(name)

    def _table(self, variables: Mapping[str, Variable]) -> QTreeWidget:
        table = QTreeWidget(self)
        table.setObjectName("variablesInUse")
        table.setAccessibleName(tr("Variables in use"))
        table.setRootIsDecorated(False)
        table.setUniformRowHeights(True)
        table.setHeaderLabels([tr("Variable"), tr("Value"), tr("From")])
        for name in sorted(variables, key=lambda name: (_ORDER.index(variables[name].origin), name.casefold())):
            variable = variables[name]
            row = QTreeWidgetItem([name, shown_value(variable).partition("\n")[0], origin_words(variable)])
            row.setToolTip(0, plain_tip(variable.description or name))
            row.setToolTip(1, plain_tip(shown_value(variable)))
            row.setToolTip(2, plain_tip(origin_words(variable)))
            table.addTopLevelItem(row)
        table.setColumnWidth(0, 150)
        table.setColumnWidth(1, 180)
        return table

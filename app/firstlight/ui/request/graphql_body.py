"""The GraphQL page: the query at the left, the name of the operation and the variables at the right."""

from __future__ import annotations

import re
from dataclasses import replace

from PySide6.QtCore import QSignalBlocker, Qt, QTimer
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLabel, QSplitter, QVBoxLayout, QWidget

from firstlight.model.request import Body
from firstlight.texts import tr
from firstlight.ui.request.body_page import BodyPage
from firstlight.ui.request.raw_editor import RawEditor
from firstlight.ui.theme.tokens import SPACE
from firstlight.ui.variables.line_edit import VariableLineEdit

_OPERATION = re.compile(r"(?:\A|[\s}])(?:query|mutation|subscription)\s+([A-Za-z_]\w*)")
_QUIET_MS = 200
_SHARES = (3, 2)


class GraphqlBody(BodyPage):
    """Shows and edits a query with its variables."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._halves = QSplitter(Qt.Orientation.Horizontal, self)
        self._query = RawEditor("graphqlQuery", "graphql", self._halves)
        self._side = QWidget(self._halves)
        self._operation = QComboBox(self._side)
        self._operation.setObjectName("graphqlOperation")
        self._operation.setLineEdit(VariableLineEdit(self._operation))
        self._operation.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self._variables = RawEditor("graphqlVariables", "json", self._side)
        self._operation_label, self._variables_label = QLabel(self._side), QLabel(self._side)
        self._operation_label.setBuddy(self._operation)
        self._lay_out()
        self._pause = QTimer(self, singleShot=True, interval=_QUIET_MS)
        self._pause.timeout.connect(self._offer_operations)
        self._query.edited.connect(self._on_query_edited)
        self._variables.edited.connect(self.edited)
        self._operation.editTextChanged.connect(self.edited)
        self.retranslate()

    def show_body(self, body: Body) -> None:
        self._query.show_text(body.query)
        self._variables.show_text(body.variables)
        self._offer_operations()
        with QSignalBlocker(self._operation):
            self._operation.setEditText(body.operation)

    def filled_in(self, body: Body) -> Body:
        operation = self._operation.currentText()
        return replace(body, query=self._query.text(), variables=self._variables.text(), operation=operation)

    def beautify(self) -> None:
        """Lay the variables out anew."""
        self._variables.beautify()

    def retranslate(self) -> None:
        self._query.retranslate(tr("GraphQL query"), tr("Type or paste the query"))
        self._variables.retranslate(
            tr("GraphQL variables"), tr("Variables as JSON, such as {example}", example='{"id": 1}')
        )
        self._operation_label.setText(tr("Operation"))
        self._operation.setAccessibleName(tr("Operation"))
        self._operation.setToolTip(tr("Which operation to run, when the query holds several"))
        edit = self._operation.lineEdit()
        if edit is not None:
            edit.setPlaceholderText(tr("the only one"))
        self._variables_label.setText(tr("Variables"))

    def _lay_out(self) -> None:
        for label in (self._operation_label, self._variables_label):
            label.setProperty("kind", "caption")
        head = QHBoxLayout()
        head.setContentsMargins(SPACE, 0, SPACE, SPACE // 2)
        head.setSpacing(SPACE)
        head.addWidget(self._variables_label)
        head.addStretch(1)
        head.addWidget(self._operation_label)
        head.addWidget(self._operation, 2)
        column = QVBoxLayout(self._side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._variables, 1)
        self._halves.setChildrenCollapsible(False)
        self._halves.setHandleWidth(1)
        for half, share in enumerate(_SHARES):
            self._halves.setStretchFactor(half, share)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._halves)
        self._side.raise_()  # the splitter turns its children round; LazyPage gives the Tab key their order

    def _offer_operations(self) -> None:
        """List the operations that the query names."""
        self._pause.stop()
        names = list(dict.fromkeys(_OPERATION.findall(self._query.text())))
        if names == [self._operation.itemText(row) for row in range(self._operation.count())]:
            return
        typed = self._operation.currentText()
        with QSignalBlocker(self._operation):
            self._operation.clear()
            self._operation.addItems(names)
            self._operation.setCurrentIndex(-1)
            self._operation.setEditText(typed)

    def _on_query_edited(self) -> None:
        self._pause.start()
        self.edited.emit()

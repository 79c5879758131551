"""The Body tab: the kinds from BODIES, each with its page; what one kind holds stays when another is chosen."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QLabel, QStackedWidget, QVBoxLayout, QWidget

from firstlight.bodies import BODIES
from firstlight.model.request import Body
from firstlight.texts import tr
from firstlight.ui.lazy_page import LazyPage
from firstlight.ui.request.body_bar import BodyBar
from firstlight.ui.request.body_page import BodyPage
from firstlight.ui.tasks import Tasks

if TYPE_CHECKING:
    from firstlight.ui.request.binary_body import BinaryBody
    from firstlight.ui.request.form_data_body import FormDataBody
    from firstlight.ui.request.graphql_body import GraphqlBody
    from firstlight.ui.request.raw_body import RawBody
    from firstlight.ui.request.urlencoded_body import UrlencodedBody

P = TypeVar("P", bound=BodyPage)


class BodyTab(QWidget):
    """Shows and edits a Body."""

    edited = Signal()

    def __init__(self, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._tasks = tasks
        self._shown = Body()
        self._folder = ""
        self._stack = QStackedWidget(self)
        self.bar = BodyBar(self)
        stack, last = self._stack, self.bar.last_control
        self._form_data = LazyPage(self._make_form_data, stack, follows=last)
        self._urlencoded = LazyPage(self._make_urlencoded, stack, follows=last)
        self._raw = LazyPage(self._make_raw, stack, follows=last)
        self._binary = LazyPage(self._make_binary, stack, follows=last)
        self._graphql = LazyPage(self._make_graphql, stack, follows=last)
        self._pages: dict[str, LazyPage[Any]] = {
            "form-data": self._form_data,
            "x-www-form-urlencoded": self._urlencoded,
            "raw": self._raw,
            "binary": self._binary,
            "graphql": self._graphql,
        }
        self._nothing = QLabel(self._stack)
        self._nothing.setProperty("kind", "caption")
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.bar)
        layout.addWidget(self._stack, 1)
        for page in (self._nothing, *self._pages.values()):
            self._stack.addWidget(page)
        self._connect()
        self.show_body(Body())
        self._retranslate()

    # --- the pages ---

    def _make_form_data(self, parent: QWidget) -> FormDataBody:
        from firstlight.ui.request.form_data_body import FormDataBody

        page = self._ready(FormDataBody(self._tasks, parent))
        self.bar.set_columns(page.shown_columns())
        return page

    def _make_urlencoded(self, parent: QWidget) -> UrlencodedBody:
        from firstlight.ui.request.urlencoded_body import UrlencodedBody

        return self._ready(UrlencodedBody(parent))

    def _make_raw(self, parent: QWidget) -> RawBody:
        from firstlight.ui.request.raw_body import RawBody

        page = self._ready(RawBody(parent))
        self.bar.minify_requested.connect(page.editor.minify)
        self.bar.find_requested.connect(page.editor.open_find)
        page.editor.checked.connect(lambda: self.bar.offer_meta_uuid(page.has_meta_uuid()))
        return page

    def _make_binary(self, parent: QWidget) -> BinaryBody:
        from firstlight.ui.request.binary_body import BinaryBody

        return self._ready(BinaryBody(self._tasks, parent))

    def _make_graphql(self, parent: QWidget) -> GraphqlBody:
        from firstlight.ui.request.graphql_body import GraphqlBody

        return self._ready(GraphqlBody(parent))

    def _ready(self, page: P) -> P:
        page.set_folder(self._folder)
        page.show_body(self._shown)
        page.edited.connect(self.edited)
        return page

    def _made(self) -> list[BodyPage]:
        return [page.made for page in self._pages.values() if page.made]

    # --- in and out ---

    def show_body(self, body: Body) -> None:
        """Show another request's body."""
        self._shown = body
        self.bar.show_choices(body)
        for page in self._made():
            page.show_body(body)
        self._show_page()

    def body(self) -> Body:
        """Return what is on screen."""
        bar = self.bar
        body = replace(self._shown, kind=bar.kind(), language=bar.language(), new_meta_uuid=bar.new_meta_uuid())
        for page in self._made():
            body = page.filled_in(body)
        return body

    def set_folder(self, folder: str) -> None:
        """Say where relative paths begin."""
        self._folder = folder
        for page in self._made():
            page.set_folder(folder)
        self._look_up_files()

    def locate(self, place: str) -> None:
        """Ask where the file is that the body sends from `place`."""
        page = self._pages.get(self.bar.kind())
        if page is not None:
            page.page().locate(place)

    def build_page(self) -> None:
        """Build the page of the kind that is shown, before it is looked at."""
        if (page := self._pages.get(self.bar.kind())) is not None:
            page.page()

    def beautify(self) -> None:
        """Lay out the JSON of a raw body, or of GraphQL variables."""
        match self.bar.kind():
            case "raw":
                self._raw.page().editor.beautify()
            case "graphql":
                self._graphql.page().beautify()

    def _connect(self) -> None:
        self.bar.kind_chosen.connect(self._on_kind_chosen)
        self.bar.language_chosen.connect(self._on_language_chosen)
        self.bar.beautify_requested.connect(self.beautify)
        self.bar.meta_uuid_toggled.connect(self.edited)
        self.bar.column_toggled.connect(
            lambda field, shown: self._form_data.page().table.show_column(field, shown=shown)
        )

    def _show_page(self) -> None:
        kind = self.bar.kind()
        page = self._pages.get(kind)
        self._stack.setCurrentWidget(page or self._nothing)
        if self._form_data.made:
            self.bar.set_columns(self._form_data.made.shown_columns())
        known = any(entry.kind == kind for entry in BODIES)
        self._nothing.setText(
            tr("This request has no body.") if known else tr("This version cannot edit this kind of body.")
        )

    def _look_up_files(self) -> None:
        for page in self._made():
            page.look_up_files()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._look_up_files()

    def _retranslate(self) -> None:
        self.bar.retranslate()
        for page in self._made():
            page.retranslate()
        self._show_page()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self._retranslate()

    def _on_kind_chosen(self) -> None:
        self._show_page()
        self.edited.emit()

    def _on_language_chosen(self) -> None:
        self._raw.page().editor.use_language(self.bar.language())
        self.edited.emit()

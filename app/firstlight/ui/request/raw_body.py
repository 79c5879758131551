"""The raw page: one text in one of the raw languages."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QVBoxLayout, QWidget

from firstlight.bodies import meta_uuid
from firstlight.model.request import Body
from firstlight.texts import tr
from firstlight.ui.request.body_page import BodyPage
from firstlight.ui.request.raw_editor import RawEditor


class RawBody(BodyPage):
    """Shows and edits the text of a raw body; the bar above chooses its language."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.editor = RawEditor("bodyEditor", "json", self)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.editor)
        self.editor.edited.connect(self.edited)
        self.retranslate()

    def show_body(self, body: Body) -> None:
        self.editor.show_text(body.text, body.language)

    def filled_in(self, body: Body) -> Body:
        return replace(body, text=self.editor.text())

    def has_meta_uuid(self) -> bool:
        """Tell whether the text is JSON with a text at `meta.uuid`."""
        text = self.editor.text()
        return len(text) <= meta_uuid.MOST_BYTES and "uuid" in text and meta_uuid.is_in(text)

    def retranslate(self) -> None:
        self.editor.retranslate(tr("Request body"), tr("Type or paste the body"))

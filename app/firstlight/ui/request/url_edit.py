"""The URL with its query, `{{variables}}` coloured; pasted text loses its line breaks and the blanks around."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from firstlight.ui.request.one_line import OneLineEdit, one_line
from firstlight.ui.text.highlight import with_variables
from firstlight.ui.text.highlight_line_edit import color_line
from firstlight.ui.theme.current import theme_changed


class UrlEdit(OneLineEdit):
    """A line edit for one URL."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.textChanged.connect(self._color)
        theme_changed.connect(self._color)

    def cleaned(self, text: str, *, pasted: bool) -> str:
        return one_line(text).strip() if pasted else text

    def _color(self) -> None:
        color_line(self, with_variables(self.text(), []))

"""Icons: our own 24×24 outlines in resources/icons, drawn in the colour that fits the theme and the state.

An icon file uses `currentColor`; the engine paints it per request, so icons follow the theme and stay sharp
at any scale.
"""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QIconEngine, QPainter, QPixmap

from firstlight.resources import resource_path
from firstlight.ui.theme.current import tokens


@lru_cache(maxsize=256)
def _source(name: str) -> str:
    return resource_path("icons", f"{name}.svg").read_text(encoding="utf-8")


class _SvgEngine(QIconEngine):
    def __init__(self, name: str, color: str) -> None:
        super().__init__()
        self._name = name
        self._color = color

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        from PySide6.QtSvg import QSvgRenderer

        theme = tokens()
        color = getattr(theme, self._color) if hasattr(theme, self._color) else self._color
        if mode == QIcon.Mode.Disabled:
            color = theme.border_strong
        svg = _source(self._name).replace("currentColor", QColor(color).name())
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        renderer.setAspectRatioMode(Qt.AspectRatioMode.KeepAspectRatio)
        renderer.render(painter, QRectF(rect))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        pixmap = QPixmap(size)
        if pixmap.isNull():  # a view that is just being squeezed away has no room for it
            return pixmap
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return pixmap

    def clone(self) -> QIconEngine:
        return _SvgEngine(self._name, self._color)


def icon(name: str, color: str = "text_muted") -> QIcon:
    """Return the icon `resources/icons/{name}.svg` in a token's colour (`accent`, `error`, …) or a hex value.

    Raises:
        FileNotFoundError: when first painted, if there is no such file (a test paints them all).
    """
    return QIcon(_SvgEngine(name, color))

"""What the keyboard does in the tree: the same that the mouse does, dragging included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, SignalInstance
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence

from firstlight.ui.sidebar.dropping import Drop, is_movable, place_of

if TYPE_CHECKING:
    from firstlight.store.tree import Node
    from firstlight.ui.sidebar.tree import CollectionTree

_Key = QKeySequence.StandardKey
_KEYPAD = Qt.KeyboardModifier.KeypadModifier
_ALT = Qt.KeyboardModifier.AltModifier


class TreeKeys(QObject):
    """Turns keys into the tree's signals. Cut and copied rows travel over the system's clipboard."""

    def __init__(self, tree: CollectionTree) -> None:
        super().__init__(tree)
        self._tree = tree
        self._moves = False
        """Whether paste moves what is on the clipboard."""

    def press(self, event: QKeyEvent) -> bool:
        """Do what a key says; False: the key means nothing to us."""
        tree = self._tree
        for standard, work in ((_Key.Cut, self.cut), (_Key.Copy, self.copy), (_Key.Paste, self.paste)):
            if event.matches(standard):
                work()
                return True
        if event.matches(_Key.Undo):
            tree.undo()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers() & ~_KEYPAD:
            tree.enter()
        elif event.key() == Qt.Key.Key_Delete and not event.modifiers():
            self._tell(tree.delete_requested)
        elif event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self._tell(tree.duplicate_requested)
        elif event.key() == Qt.Key.Key_Escape and self._moves:
            self._let_go()
        elif event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down) and event.modifiers() & ~_KEYPAD == _ALT:
            self._step(1 if event.key() == Qt.Key.Key_Down else -1)
        else:
            return False
        return True

    def cut(self) -> None:
        """Put what is selected on the clipboard, to be moved."""
        self._carry(moves=True)

    def copy(self) -> None:
        """Put what is selected on the clipboard, to be copied."""
        self._carry(moves=False)

    def paste(self) -> None:
        """Put what is on the clipboard into the folder under the cursor, or behind the request under it."""
        tree = self._tree
        nodes = tree.rows.carried_nodes(QGuiApplication.clipboard().mimeData())
        drop = self._place(nodes, copies=not self._moves)
        if drop is None:
            return
        tree.place_requested.emit(drop)
        if self._moves:
            QGuiApplication.clipboard().clear()
            self._let_go()

    def _let_go(self) -> None:
        self._moves = False
        self._tree.rows.show_cut(())

    def _carry(self, *, moves: bool) -> None:
        nodes = [node for node in self._tree.rows.nodes(self._tree.selected_paths()) if is_movable(node)]
        if nodes:
            paths = [node.path for node in nodes]
            QGuiApplication.clipboard().setMimeData(self._tree.rows.carried(paths))
            self._moves = moves
            self._tree.rows.show_cut(paths if moves else ())

    def _place(self, nodes: list[Node], *, copies: bool) -> Drop | None:
        here = next(iter(self._tree.rows.nodes([self._tree.current_path()])), None)
        if here is None:
            return place_of(nodes, None, (), copies=copies)
        inside = None if here in nodes else place_of(nodes, here, (), copies=copies)
        return inside or self._beside(here, nodes, copies=copies)

    def _beside(self, here: Node, nodes: list[Node], *, copies: bool) -> Drop | None:
        siblings = [node.path for node in self._tree.rows.siblings(here.path)]
        behind = siblings[siblings.index(here.path) + 1 :]
        return place_of(nodes, self._tree.rows.folder_of(here.path), behind, copies=copies)

    def _step(self, by: int) -> None:
        """Move what is selected one place up or down among its neighbours."""
        rows, paths = self._tree.rows, self._tree.selected_paths()
        if not paths:
            return
        siblings = [node.path for node in rows.siblings(paths[0])]
        places = [siblings.index(path) for path in paths if path in siblings]
        target = places[0] - 1 if by < 0 else places[-1] + 2
        if len(places) == len(paths) and 0 <= target <= len(siblings):
            drop = place_of(rows.nodes(paths), rows.folder_of(paths[0]), siblings[target:])
            if drop is not None:
                self._tree.place_requested.emit(drop)

    def _tell(self, signal: SignalInstance) -> None:
        if paths := self._tree.selected_paths():
            signal.emit(paths)

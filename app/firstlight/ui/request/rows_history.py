"""The steps of a table of rows that can be taken back, and taken again."""

from __future__ import annotations

from typing import Generic, TypeVar

Entry = TypeVar("Entry")

_MOST_STEPS = 100


class RowsHistory(Generic[Entry]):
    """Whole states, which share their rows: a step costs one list."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        """Forget every step."""
        self._back: list[tuple[list[Entry], int]] = []
        self._forth: list[tuple[list[Entry], int]] = []
        self._typing: tuple[int, str] | None = None

    def end_typing(self) -> None:
        """The next step in the same cell is one of its own."""
        self._typing = None

    def remember(self, state: list[Entry], position: int, typing: tuple[int, str] | None = None) -> None:
        """Keep `state` before it is changed at `position`; keys typed into one place are one step."""
        if typing is None or typing != self._typing:
            self._back.append((state.copy(), position))
            del self._back[:-_MOST_STEPS]
        self._forth.clear()
        self._typing = typing

    def undo(self, now: list[Entry]) -> tuple[list[Entry], int] | None:
        """Return the state before the last step that changed something, and where."""
        return self._step(self._back, self._forth, now)

    def redo(self, now: list[Entry]) -> tuple[list[Entry], int] | None:
        """Return the state after the step that was taken back last."""
        return self._step(self._forth, self._back, now)

    def _step(
        self, source: list[tuple[list[Entry], int]], other: list[tuple[list[Entry], int]], now: list[Entry]
    ) -> tuple[list[Entry], int] | None:
        self._typing = None
        while source:
            state, position = source.pop()
            if state != now:
                other.append((now.copy(), position))
                return state, position
        return None

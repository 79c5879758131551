"""Calls something that may hang (a keyring that waits for its person) without hanging with it."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Lock, Thread
from typing import Generic, TypeVar

T = TypeVar("T")


class StillBusyError(Exception):
    """The call goes on, or an earlier one does; nobody waits for it any longer."""


class Patience:
    """Runs one call at a time. Whoever waits, waits no longer than `seconds`, and not at all behind one that hangs."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._turn = Lock()
        self._hanging = False

    def call(self, work: Callable[[], T]) -> T:
        """Return what `work` returns, or raise what it raises.

        Raises:
            StillBusyError: it has not ended in time. It goes on by itself; until it ends every call is refused at once.
        """
        if self._hanging or not self._turn.acquire(timeout=self._seconds):
            raise StillBusyError
        running = _Call(work)
        # A daemon: a question that nobody answers must not keep the program from ending.
        Thread(target=self._run, args=(running,), name="keyring", daemon=True).start()
        if not running.ended.wait(self._seconds):
            self._hanging = not running.ended.is_set()
            raise StillBusyError
        return running.outcome()

    def _run(self, running: _Call[T]) -> None:
        running.run()
        self._hanging = False
        self._turn.release()


class _Call(Generic[T]):
    def __init__(self, work: Callable[[], T]) -> None:
        self.ended = Event()
        self._work = work
        self._result: list[T] = []
        self._error: BaseException | None = None

    def run(self) -> None:
        try:
            self._result.append(self._work())
        except BaseException as error:  # noqa: BLE001 - not swallowed: raised where the call was made
            self._error = error
        finally:
            self.ended.set()

    def outcome(self) -> T:
        if self._error is not None:
            raise self._error
        return self._result[0]

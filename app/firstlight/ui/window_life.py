"""The life of a window from its first paint to its end: what is loaded when, and how everything stops."""

from __future__ import annotations

import asyncio
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from firstlight.model.failure import ExchangeError
from firstlight.model.secrets import Masker
from firstlight.store.secrets import SecretStore
from firstlight.store.settings import Settings
from firstlight.texts import tr
from firstlight.ui import accessible, dialogs
from firstlight.ui.about import logo
from firstlight.ui.crash import Crashes
from firstlight.ui.tasks import Tasks
from firstlight.ui.window import MainWindow
from firstlight.ui.window_session import Session
from firstlight.ui.window_work import Work

if TYPE_CHECKING:
    from firstlight.ui.main import Arguments, Script


async def live(
    window: MainWindow, settings: Settings, arguments: Arguments, crashes: Crashes, script: Script | None
) -> None:
    """Work until the window is closed or the script has run; then stop everything and return."""
    closed = asyncio.Event()
    window.closed.connect(closed.set)
    session = Session(settings, SecretStore())
    crashes.mask = lambda text: Masker.of({*session.secrets.values(), *session.shown_nowhere()}).mask(text)
    window.tasks.failed.connect(crashes.report)
    _close_on_signals(window)
    work = Work(window, session)
    work.demo_port = arguments.demo_port
    try:
        begun = window.tasks.start(_begin(work, arguments), name="begin")
        # Begin may be waiting for an answer in a dialog: closing the window ends that as well.
        await (_scripted(script, begun, window, crashes, closed) if script else closed.wait())
    finally:
        await _end(work)


async def _begin(work: Work, arguments: Arguments) -> None:
    """Load what was not needed for the first paint, most wanted first."""
    window = work.window
    window.setWindowIcon(logo())
    accessible.install()
    if not await _open_first_workspace(work, arguments):
        await work.open_demo()
    window.tabs.settle()
    window.tasks.start(_warm(work), name="warm up")


async def _warm(work: Work) -> None:
    await work.session.transport()
    work.window.network_ready.emit()
    if not work.session.is_demo:  # whose secrets are lent; the keyring (11 MB) is looked for when one is kept
        await work.secrets.look()


async def _open_first_workspace(work: Work, arguments: Arguments) -> bool:
    last = work.session.settings.last_workspace
    folder = arguments.workspace or (Path(last) if last and not arguments.demo else None)
    if folder is None:
        return False
    try:
        await work.library.show_workspace(folder)
    except ExchangeError as error:  # told beside the demo workspace, not before anything opens
        failure = error.failure
        told = dialogs.tell(work.window, tr("Cannot open the workspace"), tr(failure.message), tr(failure.hint))
        work.window.tasks.start(told, name="tell")
        return False
    return True


async def _scripted(
    script: Script, begun: asyncio.Task[None], window: MainWindow, crashes: Crashes, closed: asyncio.Event
) -> None:
    """Run `script`; an unexpected error anywhere, or the window closing, ends it."""
    tasks = Tasks(window)  # its own: what the script raises goes to the caller, not to the crash dialog
    running = tasks.start(_after(begun, script, window), name="script")
    errors: list[BaseException] = []

    def stop(error: BaseException) -> None:
        errors.append(error)
        running.cancel()

    crashes.seen.connect(stop)
    closing = tasks.start(closed.wait(), name="closed")
    await asyncio.wait([running, closing], return_when=asyncio.FIRST_COMPLETED)
    for task in (running, closing):
        if not task.done():
            task.cancel()
    await asyncio.wait([running, closing])
    if errors:
        raise errors[0]
    if not running.cancelled():
        running.result()


async def _after(begun: asyncio.Task[None], script: Script, window: MainWindow) -> None:
    await asyncio.wait([begun])
    await script(window)


def _close_on_signals(window: MainWindow) -> None:
    """Ctrl+C in the terminal and a polite kill close the window without questions."""
    if sys.platform == "win32":
        return
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, window.leave)


async def _end(work: Work) -> None:
    window, session = work.window, work.session
    await work.keeping.end()
    window.leave()
    for tab in window.tabs.requests():
        await tab.pane.tasks.cancel_all()
    await window.tasks.cancel_all()
    await session.close()

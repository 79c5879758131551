"""The widget ring: an offscreen application in our theme, and one asyncio loop per test.

An `async def` test runs on that loop. It fails when a task is left running or the loop saw an exception that
nobody handled. Inside it wait with `await until(lambda: …)` from until.py.
"""

from __future__ import annotations

import asyncio
import gc
import inspect
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("QT_API", "pyside6")
sys.path.insert(0, str(Path(__file__).parent))

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot
from until import PATIENCE_S

PATIENCE_MS = int(PATIENCE_S * 1000)
TEST_TIMEOUT_S = 120


def pytest_configure(config: pytest.Config) -> None:
    # The offscreen platform says this whenever a dialog or a menu opens; it is no fault of the window.
    config.addinivalue_line("qt_log_ignore", "This plugin does not support")


def pytest_collection_finish() -> None:
    gc.freeze()  # a collection after each test need not walk over all modules and tests: a fifth of a second each


@pytest.fixture(scope="session", autouse=True)
def dressed_app(qapp: QApplication) -> QApplication:
    """The application as main() prepares it."""
    from firstlight.ui.theme.apply import apply_theme

    qapp.setQuitOnLastWindowClosed(False)
    gc.disable()  # as ui.garbage does: a worker thread must not collect widgets
    apply_theme(qapp, "light")
    return qapp


class PatientQtBot(QtBot):
    """Waits as long as `until`: on a busy machine a check in a thread has taken more than pytest-qt's five seconds."""

    def waitUntil(self, callback: Callable[[], bool | None], *, timeout: int = PATIENCE_MS) -> None:
        super().waitUntil(callback, timeout=timeout)

    def waitSignal(self, signal: Any, *, timeout: int = PATIENCE_MS, **choices: Any) -> Any:
        return super().waitSignal(signal, timeout=timeout, **choices)

    def waitExposed(self, widget: QWidget, *, timeout: int = PATIENCE_MS) -> Any:
        return super().waitExposed(widget, timeout=timeout)


@pytest.fixture
def qtbot(qapp: QApplication, request: pytest.FixtureRequest) -> QtBot:
    return PatientQtBot(request)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings, demo workspace and data of this test only; English texts; no keyring of this machine."""
    from firstlight.texts import use_language

    folder = tmp_path / "home"
    folder.mkdir()
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(folder))
    monkeypatch.setenv("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
    use_language("en")
    yield folder
    gc.collect()


@pytest.fixture
def qt_loop(dressed_app: QApplication) -> Iterator[asyncio.AbstractEventLoop]:
    """One asyncio loop on Qt for one test."""
    import qasync

    loop = qasync.QEventLoop(dressed_app)
    asyncio.set_event_loop(loop)
    problems: list[dict[str, Any]] = []
    loop.set_exception_handler(lambda _loop, context: problems.append(context))
    yield loop
    left = [task for task in asyncio.all_tasks(loop) if not task.done()]
    for task in left:
        task.cancel()
    if left:
        loop.run_until_complete(asyncio.gather(*left, return_exceptions=True))
    loop.run_until_complete(loop.shutdown_asyncgens())
    loop.close()
    asyncio.set_event_loop(None)
    assert not problems, problems
    assert not left, f"tasks left running: {left}"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if isinstance(item, pytest.Function) and inspect.iscoroutinefunction(item.obj):
            item.fixturenames.insert(0, "qt_loop")


@pytest.hookimpl(tryfirst=True)
def pytest_pyfunc_call(pyfuncitem: pytest.Function) -> bool | None:
    if not inspect.iscoroutinefunction(pyfuncitem.obj):
        return None
    loop: asyncio.AbstractEventLoop = pyfuncitem.funcargs["qt_loop"]
    arguments = {name: pyfuncitem.funcargs[name] for name in pyfuncitem._fixtureinfo.argnames}
    loop.run_until_complete(asyncio.wait_for(pyfuncitem.obj(**arguments), TEST_TIMEOUT_S))
    return True

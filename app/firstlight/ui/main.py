"""Starts the window: paint first, then asyncio, the workspace, the demo, the network and the keyring."""

from __future__ import annotations

import os
import sys
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TypeAlias, cast

os.environ.setdefault("QT_API", "pyside6")  # before qasync is imported

from PySide6.QtWidgets import QApplication

from firstlight.store.settings import Settings, load_settings
from firstlight.store.window_layout import load_layout
from firstlight.texts import language
from firstlight.ui.crash import Crashes
from firstlight.ui.keys.bindings import bind, read_custom
from firstlight.ui.loop import Loop
from firstlight.ui.preferences import apply_language
from firstlight.ui.quick_imports import import_msgspec
from firstlight.ui.theme.apply import apply_theme
from firstlight.ui.window import MainWindow

Script: TypeAlias = Callable[[MainWindow], Awaitable[None]]
"""Drives the shown window; the program ends when it returns. Screenshots and end-to-end tests are scripts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arguments:
    """What the command line asked the window for."""

    workspace: Path | None = None
    demo: bool = False
    demo_port: int = 0


def run(argv: Sequence[str], script: Script | None = None) -> int:
    """Open the window and return the exit code once it is closed.

    Raises:
        BaseException: with a `script`, whatever it raised, and any error that would have gone to the crash dialog.
    """
    arguments = read_arguments(argv)
    settings = load_settings()
    app = _application()
    apply_language(app, settings.language)
    apply_theme(app, settings.theme, settings.font_size)
    window = MainWindow()
    bind(window.actions_by_name, read_custom(settings.shortcuts))
    window.choices.tick(settings.theme, language())
    window.lay_out_as(load_layout())
    crashes = Crashes(window, mask=lambda text: text)
    crashes.watch()
    loop = Loop(app, lambda: _live(window, settings, arguments, crashes, script), _import_the_rest, crashes.report)
    window.painted.connect(loop.begin)
    window.show()
    loop.run()
    return 0


def read_arguments(argv: Sequence[str]) -> Arguments:
    """Read `[WORKSPACE]` or `demo [--port N]`; the command line has checked them already."""
    if not argv:
        return Arguments()
    if argv[0] != "demo":
        return Arguments(workspace=Path(argv[0]))
    port = argv[argv.index("--port") + 1] if "--port" in argv else "0"
    return Arguments(demo=True, demo_port=int(port))


def _application() -> QApplication:
    # As an argument: setStyle() returns the style, and loading its class costs 6 ms and 1 MB before the first paint.
    app = cast(QApplication, QApplication.instance() or QApplication([sys.argv[0], "-style", "Fusion"]))
    app.setApplicationName("First Light")
    app.setDesktopFileName("firstlight")
    # Closing is ours: tasks are cancelled and awaited first. Qt would end the loop under them.
    app.setQuitOnLastWindowClosed(False)
    return app


def _import_the_rest() -> None:
    """Load what is needed after the first paint: the editor, the response pane, the workspace. In a thread."""
    import_msgspec()
    import_module("firstlight.ui.window_life")


async def _live(
    window: MainWindow, settings: Settings, arguments: Arguments, crashes: Crashes, script: Script | None
) -> None:
    from firstlight.ui.window_life import live

    await live(window, settings, arguments, crashes, script)

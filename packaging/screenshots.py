"""Makes docs/screenshots: the real program against its demo, in both themes and languages, offscreen.

`python packaging/screenshots.py [FOLDER]`; needs fonts with Chinese characters (Debian: fonts-noto-cjk).
"""

from __future__ import annotations

import asyncio
import itertools
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "app"))

if TYPE_CHECKING:
    from firstlight.ui.window import MainWindow

THEMES = ("light", "dark")
LANGUAGES = ("en", "zh_CN")
SIZE = (1440, 900)
PATIENCE_S = 30.0

SCENES = (
    ("chat", "", False),
    ("iris", "collections/First-steps/predict-one-iris.yaml", False),
    ("failure", "collections/Faults/error-inside-a-stream.yaml", True),
)
"""(name of the picture, request that is sent, Console open); the empty path is the tab of the first start."""


async def until(condition: Callable[[], object]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - any condition, not only events
            await asyncio.sleep(0.02)


async def photograph(window: MainWindow, folder: Path, suffix: str) -> None:
    """Send the request of every scene and save what the window looks like afterwards."""
    window.resize(*SIZE)
    await until(lambda: window.tabs.current() and "…" not in (window.footer.demo_text() or "…"))
    for name, path, with_console in SCENES:
        if path:
            await opened(window, path)
        await sent(window)
        window.action("console").setChecked(with_console)
        await asyncio.sleep(0.5)  # the last paint, and the answer's figures
        file = folder / f"{name}-{suffix}.png"
        window.grab().save(str(file))
        await asyncio.to_thread(make_small, file)


async def opened(window: MainWindow, path: str) -> None:
    """Open a request from the sidebar."""
    window.sidebar.tree.select(path)
    window.sidebar.tree.open_requested.emit(path)
    await until(lambda: getattr(window.tabs.current(), "path", "") == path)


async def sent(window: MainWindow) -> None:
    """Press Send and wait for the end."""
    from PySide6.QtWidgets import QPushButton

    button = window.tabs.requests()[-1].findChild(QPushButton, "sendButton")
    assert button is not None
    word = button.text()
    button.click()
    await until(lambda: button.text() == word)


def make_small(file: Path) -> None:
    """Pack the picture better than Qt does; no pixel changes."""
    from PIL import Image

    with Image.open(file) as picture:
        whole = picture.convert("RGB")
    whole.save(file, optimize=True)


def take(folder: Path, theme: str, language: str) -> None:
    """Run the program once in this process."""
    from firstlight.ui.main import run

    run([], lambda window: photograph(window, folder, f"{theme}-{language}"))


def main(folder: Path) -> None:
    """Run the program in a process of its own for every theme and language."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme, language in itertools.product(THEMES, LANGUAGES):
        with tempfile.TemporaryDirectory() as home:
            Path(home, "settings.json").write_text(json.dumps({"theme": theme, "language": language}), "utf-8")
            environment = os.environ | {
                "FIRSTLIGHT_HOME": home,
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONPATH": str(ROOT / "app"),
            }
            subprocess.run([sys.executable, __file__, str(folder), theme, language], env=environment, check=True)
        print(f"{theme} {language}: {len(SCENES)} pictures")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 3:
        take(Path(arguments[0]), arguments[1], arguments[2])
    else:
        main(Path(arguments[0]) if arguments else ROOT / "docs" / "screenshots")

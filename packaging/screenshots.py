"""Makes docs/screenshots: the real program against its demo, in both themes and languages, offscreen.

`python packaging/screenshots.py [FOLDER]`; needs fonts for Chinese and Latin (those that dev.py installs on Debian).
"""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QPushButton, QWidget

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "app"))

if TYPE_CHECKING:
    from firstlight.ui.window import MainWindow

SIZE = (1440, 900)
PATIENCE_S = 30.0
ANSWER_S = 5.0
"""How long the demo's model talks at most."""
COLORS = 256
CONSOLE_CALL = (
    "curl -X POST https://infer-modelarts-cn-southwest-2.modelarts-infer.com"
    "/v1/infers/e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8 -H 'X-Auth-Token: MIIabc' -d '{}'"
)

PAIRS = (("light", "en"), ("light", "zh_CN"), ("dark", "en"), ("dark", "zh_CN"))
"""(theme, language), each in a process of its own."""


async def until(condition: Callable[[], object]) -> None:
    """Wait for a condition."""
    async with asyncio.timeout(PATIENCE_S):
        while not condition():  # noqa: ASYNC110 - any condition, not only events
            await asyncio.sleep(0.02)


async def opened(window: MainWindow, path: str) -> None:
    """Open a request from the sidebar."""
    window.sidebar.show_section("collections")
    window.sidebar.tree.select(path)
    window.sidebar.tree.open_requested.emit(path)
    await until(lambda: getattr(window.tabs.current(), "path", "") == path)


async def sent(window: MainWindow) -> None:
    """Press Send and wait for the end."""
    button = window.tabs.requests()[-1].findChild(QPushButton, "sendButton")
    assert button is not None
    word = button.text()
    button.click()
    await until(lambda: button.text() == word)


async def chat(window: MainWindow) -> QWidget:
    """The tab of the first start: an answer that has streamed in."""
    await sent(window)
    return window


async def iris(window: MainWindow) -> QWidget:
    """JSON in, JSON out."""
    await opened(window, "collections/First-steps/predict-one-iris.yaml")
    await sent(window)
    return window


async def refused(window: MainWindow) -> QWidget:
    """A refusal, explained."""
    await opened(window, "collections/ModelArts/Refused/domain-scoped-token.yaml")
    await sent(window)
    return window


async def socket(window: MainWindow) -> QWidget:
    """A chat over a WebSocket that is still open."""
    await opened(window, "collections/WebSocket/chat-behind-modelarts.yaml")
    tab = window.tabs.requests()[-1]
    press, send = tab.findChild(QPushButton, "sendButton"), tab.findChild(QPushButton, "sendMessageButton")
    assert press is not None
    assert send is not None
    press.click()
    await until(send.isEnabled)
    send.click()
    await asyncio.sleep(ANSWER_S)
    return window


async def service(window: MainWindow) -> QWidget:
    """The page of a service: its channels and credentials."""
    from firstlight.ui.sidebar.service_tree import ServiceTree

    window.sidebar.show_section("services")
    tree = window.sidebar.findChild(ServiceTree)
    assert tree is not None
    tree.open_requested.emit("services/iris.yaml", "", "")
    await until(lambda: getattr(window.tabs.current(), "path", "") == "services/iris.yaml")
    return window


async def wizard(window: MainWindow) -> QWidget:
    """What was copied from a console, recognised."""
    from firstlight.ui.wizard.dialog import NewServiceDialog

    window.action("new_service").trigger()
    await until(lambda: window.findChild(NewServiceDialog))
    dialog = window.findChild(NewServiceDialog)
    assert dialog is not None
    await until(dialog.isVisible)
    dialog.paste(CONSOLE_CALL)
    return dialog


async def failure(window: MainWindow) -> QWidget:
    """An error inside a stream of status 200, with the Console."""
    await opened(window, "collections/Faults/error-inside-a-stream.yaml")
    await sent(window)
    window.action("console").setChecked(True)
    return window


SCENES = ((chat, PAIRS), (iris, PAIRS[3:]), (refused, PAIRS[:2]), (socket, PAIRS[2:]), (service, PAIRS[:2]),
          (failure, PAIRS[:2]), (wizard, PAIRS[:2]))  # fmt: skip
"""(how it comes about, in which looks), in the order in which it is done; the picture has the name of its scene."""


async def photograph(window: MainWindow, folder: Path, pair: tuple[str, str]) -> None:
    """Bring about every scene of this look and save what it looks like."""
    window.resize(*SIZE)
    await until(lambda: window.tabs.current() and "…" not in (window.footer.demo_text() or "…"))
    for scene, pairs in SCENES:
        if pair in pairs:
            shown = await scene(window)
            await asyncio.sleep(0.5)  # the last paint, and the answer's figures
            file = folder / f"{scene.__name__}-{'-'.join(pair)}.png"
            shown.grab().save(str(file))
            await asyncio.to_thread(make_small, file)


def make_small(file: Path) -> None:
    """Pack the picture with the colours that matter: a quarter of the size, and no eye sees it."""
    from PIL import Image

    with Image.open(file) as picture:
        whole = picture.convert("RGB").quantize(COLORS, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    whole.save(file, optimize=True)


def take(folder: Path, theme: str, language: str) -> None:
    """Run the program once in this process."""
    from firstlight.ui.main import run

    run([], lambda window: photograph(window, folder, (theme, language)))


def main(folder: Path) -> None:
    """Run the program in a process of its own for every theme and language."""
    folder.mkdir(parents=True, exist_ok=True)
    for theme, language in PAIRS:
        with tempfile.TemporaryDirectory() as home:
            Path(home, "settings.json").write_text(json.dumps({"theme": theme, "language": language}), "utf-8")
            environment = os.environ | {
                "FIRSTLIGHT_HOME": home,
                "QT_QPA_PLATFORM": "offscreen",
                "PYTHONPATH": str(ROOT / "app"),
            }
            subprocess.run([sys.executable, __file__, str(folder), theme, language], env=environment, check=True)
        print(f"{theme} {language}: {sum((theme, language) in pairs for _scene, pairs in SCENES)} pictures")


if __name__ == "__main__":
    arguments = sys.argv[1:]
    if len(arguments) == 3:
        take(Path(arguments[0]), arguments[1], arguments[2])
    else:
        main(Path(arguments[0]) if arguments else ROOT / "docs" / "screenshots")

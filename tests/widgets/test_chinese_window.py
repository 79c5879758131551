"""In the Chinese window every word is Chinese, except those that a Chinese engineer writes in Latin letters, too."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from accessible_tree import faults
from every_dialog import DIALOGS
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QTabWidget, QTreeWidget, QWidget
from shown_words import open_windows, shown_words
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from demo_server import RunningDemo
from firstlight.auth import METHODS
from firstlight.bodies import BODIES
from firstlight.model.collection import Environment
from firstlight.store.first_start import demo_workspace, first_request
from firstlight.texts import Phrase
from firstlight.ui.actions import ACTIONS
from firstlight.ui.preferences import apply_language
from firstlight.ui.secrets.words import FOOTER

CHINESE = re.compile(r"[\u4e00-\u9fff]")
ENGLISH_SENTENCE = re.compile(r"[a-z]+(?: [a-z]+){3}")
"""Four English words in a row, also behind a Chinese beginning."""

LATIN = {
    *(
        "First Light",
        "URL",
        "Token",
        "Bearer Token",
        "API Key",
        "AppCode",
        "TLS",
        "English",
        "ModelArts",
        "Cookie",
        "PAI-EAS",
    ),
    *("none", "form-data", "x-www-form-urlencoded", "raw", "binary", "GraphQL", "JSON", "XML", "HTML", "JavaScript"),
    *("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"),
    *("Host", "User-Agent", "Accept", "Accept-Encoding", "gzip, deflate, br, zstd", "Content-Type", "Content-Length"),
    *("SSE", "NDJSON", "WebSocket", "WS", "UTF-8"),
    *("OAuth 2.0", "Token URL"),
    *("AppKey", "AppSecret", "EAS Token", "IAM Token", "AK/SK", "VPC"),
    *("TensorFlow Serving", "TorchServe", "KServe、Triton"),
    *(
        "X-API-Key",
        "MII…",
        "$.output.text",
        "cn-north-4",
        "modelarts",
        "us-east-1",
        "sagemaker",
    ),  # examples of what to type
    "stop",  # a finish reason, in the word of the service
}
DATA = re.compile(
    r"""
    [\d.,]+\ (?:ns|ms|s|B|KB|MB)                 # measured
    | [\d./ ]+\ ms                               # p50 / p95 / p99
    | \d{3}\ [A-Z][\w ]+                         # a status with its phrase
    | HTTP/\d(?:\.\d)?
    | (?:(?:Ctrl|Shift|Alt)\+)*(?:F?\d+|\w|\\|Esc|Del|Enter|Tab|PgUp|PgDown)     # keys
    | https?://\S+ | [\w.-]*/[\w./+-]+(?:\ ·\ [\d.]+\ K?B)?                      # an address, a path, a content type
    | (?:[a-z_]+:\ .*\n?)+                        # token counts, in the words of the service
    | [0-9a-f]{32}(?:\ ·\ [\w-]+)? | [\w-]+-[Ii]d:\ \S+       # a request ID
    | [\w-]+\.(?:yaml|jpg|png) | \{\{.*         # a file, a variable
    """,
    re.VERBOSE,
)


USERS = re.compile(
    r"#(?:paramsTable|headersTable|formDataTable|responseHeadersTable|serviceTree|channelList|credentialList)\.cell"
)
"""What the user typed, and what the service said."""
AS_THEY_ARE = re.compile(
    r"#secretList\.cell: demo_"  # names of secrets
    r"|: [a-z]{2}-[a-z]+-\d+$"  # regions
    r"|#shortcutsTable\.cell: Ctrl\+"
    r"|\.placeholder: (?:curl https://|[\w., -]+\.(?:example|pem|key))"  # what may be typed
    r"|suffix:  MB$|: (?:HttpOnly|SameSite|Lax|Strict|None)$"
    r"|: (?:ModelArts MaaS|Triton|vLLM|Ollama|Azure OpenAI)$"
    r"|ElidedLabel#\.text: .*…"  # a path that is cut in its middle: no longer known as one
)
"""What stands in a Chinese dialog in Latin letters, too."""


def not_chinese(root: QWidget | None = None) -> list[tuple[str, str]]:
    """Return every text that is shown and holds English."""
    found = shown_words(root) if root else shown_words(*open_windows())
    return [(where, text) for where, text in found if not USERS.search(where) and is_english(text)]


def is_english(text: str) -> bool:
    if ENGLISH_SENTENCE.search(text):
        return True
    parts = text.replace("&", "").split("\t")
    return any(not CHINESE.search(part) and not is_latin(part) for part in parts if re.search("[A-Za-z]{2}", part))


def is_latin(text: str) -> bool:
    return text in LATIN or DATA.fullmatch(text) is not None


@pytest.fixture
def chinese(dressed_app: QApplication) -> Iterator[None]:
    apply_language(dressed_app, "zh_CN")
    yield
    apply_language(dressed_app, "en")


@asynccontextmanager
async def demo_window(demo: RunningDemo, language: str) -> AsyncIterator[WindowScreen]:
    """Show the window on the demo workspace of a first start in `language`."""
    folder = demo_workspace(language)
    page = folder / "firstlight.yaml"
    addresses = "".join(f"  {name}: {url}\n" for name, url in demo.addresses.items())
    page.write_text(page.read_text("utf-8").replace("variables:\n", f"variables:\n{addresses}"), "utf-8")
    (folder / "collections" / "Faults" / "broken.yaml").write_text("name: 坏文件\nmethod: [\n", "utf-8")
    async with shown_window(folder, demo.credentials.items()) as screen:
        yield screen


async def send(screen: WindowScreen, path: str) -> QTabWidget:
    """Open a request, send it, wait for the end; return the tabs of its response."""
    screen.work.library.start("open", screen.work.library.open, path)
    await until(lambda: screen.tab is not None and screen.tab.path == path)
    screen.keys("Ctrl+Return", screen.window)
    await until(lambda: screen.tab.pane.isVisible() and any(shown(screen.tab, QTabWidget, "responseTabs")))
    await screen.answered()
    return screen.find(QTabWidget, "responseTabs", screen.tab)


def shown(parent: QWidget, kind: type[QWidget], name: str) -> Iterator[bool]:
    yield from (widget.isVisible() for widget in parent.findChildren(kind, name))


def choose(combo: QComboBox, data: str) -> None:
    """Step to an entry with the arrow keys."""
    QTest.keyClick(combo, Qt.Key.Key_Home)
    while combo.currentData() != data:
        before = combo.currentIndex()
        QTest.keyClick(combo, Qt.Key.Key_Down)
        assert combo.currentIndex() > before


async def test_a_first_start_shows_the_demo_in_chinese(chinese: None, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        assert await screen.work.open_demo()
        assert screen.rows[:2] == ["入门", "你好，JSON"]
        assert screen.tab_names == ["流式对话（中文）"]
        await until(lambda: screen.window.footer.demo_text() == "演示服务运行中")


async def test_the_demo_opens_without_its_first_request_too(chinese: None, tmp_path: Path) -> None:
    (demo_workspace("zh_CN") / first_request("zh_CN")).unlink()
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        assert await screen.work.open_demo()
        assert [tab.path for tab in screen.window.tabs.tabs() if tab.path] == []
        await until(lambda: screen.window.footer.demo_text() == "演示服务运行中")


async def test_every_part_of_the_request_is_chinese(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        assert not_chinese() == []
        screen.keys("Ctrl+T")
        tabs = await until(lambda: screen.find(QTabWidget, "requestTabs", screen.tab))
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert not_chinese() == []
        tabs.setCurrentIndex(1)
        for method in (entry for entry in METHODS if entry.kind != "service"):
            choose(screen.find(QComboBox, "authKindCombo", screen.tab), method.kind)
            assert not_chinese(tabs) == [], method.kind
        tabs.setCurrentIndex(3)
        for body in BODIES:
            choose(screen.find(QComboBox, "bodyKindCombo", screen.tab), body.kind)
            assert not_chinese(tabs) == [], body.kind


@pytest.mark.parametrize(
    "path",
    [
        "collections/First-steps/streamed-chat-in-chinese.yaml",
        "collections/First-steps/hello-json.yaml",
        "collections/OpenAI-compatible/reasoning-streamed.yaml",
        "collections/PAI-EAS/echo-a-file.yaml",
        "collections/Faults/redirect-to-another-origin.yaml",
        "collections/Faults/stream-cut-in-the-middle.yaml",
        "collections/Faults/body-cut-short.yaml",
        "collections/Faults/status-450.yaml",
        "collections/Faults/malformed-json.yaml",
        "collections/Faults/nobody-listens.yaml",
        "collections/Faults/not-http-at-all.yaml",
        "collections/Faults/slow-answer-out-of-patience.yaml",
    ],
)
async def test_every_part_of_the_response_is_chinese(chinese: None, demo: RunningDemo, path: str) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        tabs = await send(screen, path)
        for tab in range(tabs.count()):
            tabs.setCurrentIndex(tab)
            assert not_chinese() == []


async def test_the_pages_are_chinese_and_every_control_on_them_has_a_name(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        pages = screen.work.library.workspace.environment_pages
        path = await screen.session.disk(pages.add, Environment(name="测试"))
        for page in (path, "collections/PAI-EAS", "collections/PAI-EAS/Refused"):
            await screen.work.library.open(page)
            shown = await until(lambda page=page: (tab := screen.window.tabs.current()).path == page and tab)
            for tabs in shown.findChildren(QTabWidget, "groupTabs"):
                for part in range(1, tabs.count()):  # the description is the user's text
                    tabs.setCurrentIndex(part)
                    assert not_chinese(shown) == []
            assert not_chinese(shown) == []
            assert faults(screen.window) == []
        await screen.work.library.refresh()
        screen.window.sidebar.show_section("environments")
        assert not_chinese(screen.window.sidebar) == []
        assert faults(screen.window) == []


async def test_services_are_chinese_and_every_control_on_their_pages_has_a_name(
    chinese: None, demo: RunningDemo
) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        await screen.work.library.open("services/iris.yaml")
        page = await until(lambda: (tab := screen.window.tabs.current()).kind == "service" and tab)
        tabs = screen.find(QTabWidget, "serviceTabs", page)
        for part in range(tabs.count()):
            tabs.setCurrentIndex(part)
            assert not_chinese(page) == []
            assert faults(screen.window) == []
        screen.window.sidebar.show_section("services")
        tree = screen.window.findChild(QTreeWidget, "serviceTree")
        await until(tree.topLevelItemCount)
        assert not_chinese(screen.window.sidebar) == []
        assert faults(screen.window) == []
        await screen.work.library.open("collections/ModelArts/iris-with-a-token.yaml")
        await until(lambda: screen.find(QComboBox, "channelCombo", screen.tab).currentText() == "公网")
        screen.find(QTabWidget, "requestTabs", screen.tab).setCurrentIndex(1)
        assert not_chinese() == []
        assert faults(screen.window) == []


async def test_the_console_is_chinese(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        screen.keys("Ctrl+Alt+C")
        assert not_chinese() == []
        await send(screen, "collections/Faults/nobody-listens.yaml")
        tree = screen.find(QTreeWidget, "consoleTree")
        await until(lambda: tree.topLevelItemCount() == 1)
        assert tree.topLevelItem(0).text(3) == "失败：连接"
        assert [tree.headerItem().text(column) for column in range(6)] == [
            "时间",
            "方法",
            "URL",
            "状态",
            "耗时",
            "大小",
        ]


async def test_the_dialogs_are_chinese(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        for name, opens in DIALOGS.items():
            dialog = await opens(screen)
            found = [words for words in not_chinese(dialog) if not AS_THEY_ARE.search(": ".join(words))]
            assert found == [], name
            dialog.close()
            await screen.back(dialog)


async def test_questions_are_chinese(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        screen.keys("Ctrl+T")
        screen.type_url("http://127.0.0.1/")
        screen.keys("Ctrl+W")
        await screen.dialog()
        assert not_chinese() == []
        await screen.answer("不保存")


async def test_a_broken_file_and_a_deletion_speak_chinese(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        library = screen.work.library
        library.start("open", library.open, "collections/Faults/broken.yaml")
        await until(lambda: any(tab.kind == "broken" for tab in screen.window.tabs.tabs()))
        assert not_chinese() == []
        library.start("delete", screen.work.arranging.delete, ["collections/Faults/broken.yaml"])
        await until(lambda: screen.window.findChild(QLabel, "undoLabel"))
        assert "broken.yaml" in screen.text("undoLabel")
        assert not_chinese() == []


async def test_the_footer_is_chinese_in_every_state(chinese: None, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        footer = screen.window.footer
        for state in ("starting", "running", "failed"):
            footer.show_demo(state)
            assert CHINESE.search(footer.demo_text())
            assert not_chinese(footer) == []
        for standing in FOOTER:
            footer.show_secret_standing(standing)
            assert CHINESE.search(footer.secrets_text())
            assert not_chinese(footer) == []
        footer.show_message(Phrase("Saved."))
        assert not_chinese(footer) == []


async def test_a_window_turns_chinese_while_it_is_open(dressed_app: QApplication, demo: RunningDemo) -> None:
    async with demo_window(demo, "zh_CN") as screen:
        tabs = await send(screen, "collections/Faults/stream-cut-in-the-middle.yaml")
        screen.keys("Ctrl+Alt+C")
        assert (tabs.tabText(0), screen.find(QPushButton, "sendButton", screen.tab).text()) == ("Body", "Send")
        assert not_chinese() != []
        try:
            screen.window.choices.language_chosen.emit("zh_CN")
            await until(lambda: screen.find(QPushButton, "sendButton", screen.tab).text() == "发送")
            for tab in range(tabs.count()):
                tabs.setCurrentIndex(tab)
                assert not_chinese() == []
        finally:
            apply_language(dressed_app, "en")


def test_every_menu_entry_has_a_chinese_text_and_keeps_its_letter(chinese: None) -> None:
    from firstlight.texts import tr
    from firstlight.ui.actions import MENUS

    assert [tr(title) for _name, title in MENUS] == [
        "文件(&F)",
        "编辑(&E)",
        "请求(&R)",
        "视图(&V)",
        "标签页(&T)",
        "帮助(&H)",
    ]
    assert [spec.text for spec in ACTIONS if not CHINESE.search(tr(spec.text))] == []

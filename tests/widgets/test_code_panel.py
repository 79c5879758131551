"""The Code panel shows the request in front as a command or a script, and follows what is typed."""

from __future__ import annotations

import json
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLabel, QPlainTextEdit, QSpinBox, QToolButton
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.cookies import Cookie
from firstlight.store.cookie_jar import CookieJar
from firstlight.texts import use_language
from firstlight.ui.preferences import apply_language
from firstlight.ui.theme.apply import apply_theme

HELLO = "collections/Chat/hello.yaml"
CHAT = "collections/Chat/streamed-chat.yaml"
SECRET = "FIRSTLIGHT_SECRET_DEMO_API_KEY"


def code(screen: WindowScreen) -> str:
    found = screen.window.findChild(QPlainTextEdit, "codeView")
    return found.toPlainText() if found is not None and found.isVisible() else ""


async def opened(screen: WindowScreen, path: str) -> None:
    await screen.open(path)
    screen.press("codeButton")
    await until(lambda: code(screen))


def choose(screen: WindowScreen, label: str) -> None:
    combo = screen.find(QComboBox, "codeKindCombo")
    target = combo.findText(label)
    while combo.currentIndex() != target:
        QTest.keyClick(combo, Qt.Key.Key_Down if combo.currentIndex() < target else Qt.Key.Key_Up)


async def test_the_panel_shows_the_request_and_follows_what_is_typed(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await opened(screen, HELLO)
        assert code(screen) == "curl http://127.0.0.1:9/hello\n"
        screen.type_url("http://127.0.0.1/typed")
        await until(lambda: code(screen) == "curl http://127.0.0.1/typed\n")

        screen.press("codeCopyButton")
        assert QApplication.clipboard().text() == "curl http://127.0.0.1/typed\n"
        screen.click(screen.find(QToolButton, "codeCloseButton"))
        assert code(screen) == ""


async def test_secrets_are_looked_up_unless_they_are_asked_for_and_only_in_this_copy(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    async with shown_window(folder, [("demo_api_key", "sk-planted")]) as screen:
        await opened(screen, CHAT)
        assert f"${{{SECRET}}}" in code(screen)
        assert "sk-planted" not in code(screen)
        assert SECRET in screen.text("codeHint")
        screen.click(screen.find(QCheckBox, "codeSecretsCheck"))
        await until(lambda: "Bearer sk-planted" in code(screen))
        assert not screen.window.findChild(QLabel, "codeHint").isVisible()

        await screen.open(HELLO)
        await screen.open(CHAT)
        await until(lambda: SECRET in code(screen))
        assert "sk-planted" not in code(screen)


async def test_a_typed_secret_is_looked_up_too(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.keys("Ctrl+T")
        QApplication.clipboard().setText("curl -H 'X-Auth-Token: MII-typed' 'http://h/?token=t-typed'")
        screen.keys("Ctrl+V")
        screen.press("codeButton")
        await until(lambda: "FIRSTLIGHT_SECRET" in code(screen))
        assert "typed" not in code(screen)


async def test_a_secret_that_a_page_holds_in_plain_text_is_looked_up_too(tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws")
    page = folder / "firstlight.yaml"
    page.write_text(page.read_text() + "  by hand: {value: sk-written, secret: true}\n")
    async with shown_window(folder) as screen:
        await opened(screen, HELLO)
        screen.type_url("http://127.0.0.1/{{by hand}}")
        await until(lambda: "FIRSTLIGHT_SECRET_VARIABLE_BY_HAND" in code(screen))
        assert "sk-written" not in code(screen)
        screen.click(screen.find(QCheckBox, "codeSecretsCheck"))
        await until(lambda: "http://127.0.0.1/sk-written" in code(screen))


async def test_a_script_repeats_as_often_as_the_spin_boxes_say(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await opened(screen, HELLO)
        assert not screen.window.findChild(QSpinBox, "codeThreadsSpin").isVisible()
        choose(screen, "Python – requests")
        await until(lambda: "import requests" in code(screen))
        assert "threading" not in code(screen)
        for name, keys in (("codeExecutionsSpin", "20"), ("codeThreadsSpin", "3")):
            spin = screen.find(QSpinBox, name)
            spin.setFocus()
            spin.selectAll()
            screen.type(keys, spin)
        await until(lambda: "args=(20,)) for _ in range(3)]" in code(screen))


async def test_variables_are_kept_on_demand(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await opened(screen, HELLO)
        screen.click(screen.find(QCheckBox, "codeVariablesCheck"))
        await until(lambda: "'{{demo_url}}/hello'" in code(screen))


async def test_why_there_is_no_code_is_said(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await opened(screen, HELLO)
        screen.type_url("http://h/{{missing}}")
        problem = screen.window.findChild(QLabel, "codeProblem")
        await until(problem.isVisible)
        assert "{{missing}}" in problem.text()
        screen.keys("Ctrl+W")
        await screen.answer("Don't save")
        await until(lambda: problem.text() == "Open a request to see its code here.")


async def test_the_panel_follows_language_and_theme(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        await opened(screen, CHAT)
        app = QApplication.instance()
        apply_language(app, "zh_CN")
        await until(lambda: screen.find(QCheckBox, "codeSecretsCheck").text() == "在此副本中包含机密")
        apply_theme(app, "dark")
        assert SECRET in code(screen)
        apply_theme(app, "light")
        apply_language(app, "en")
        use_language("en")


def keep_certificate(home: Path, **entry: object) -> None:
    home.mkdir(exist_ok=True)
    (home / "settings.json").write_text(json.dumps({"client_certificates": [entry]}), "utf-8")


async def test_the_code_carries_the_certificate_of_the_host_and_the_cookies_of_the_workspace(
    tmp_path: Path, home: Path
) -> None:
    keep_certificate(home, host="*.example.com", file="/keys/own.p12", passphrase=True)
    folder = make_workspace(tmp_path / "ws")
    jar = CookieJar.of(folder)
    jar.change(put=[Cookie(name="sid", value="lets-somebody-in", domain="api.example.com")])
    jar.sync()
    async with shown_window(folder) as screen:
        await opened(screen, HELLO)
        assert "--cert" not in code(screen)
        assert "Cookie" not in code(screen)
        screen.type_url("https://api.example.com/v1")
        await until(lambda: "--cert /keys/own.p12" in code(screen))
        assert '--pass "${FIRSTLIGHT_SECRET_CLIENT_CERTIFICATE___EXAMPLE_COM}"' in code(screen)
        assert '-H "Cookie: sid=${FIRSTLIGHT_SECRET_COOKIE_SID}"' in code(screen)
        assert "lets-somebody-in" not in code(screen)
        screen.click(screen.find(QCheckBox, "codeSecretsCheck"))
        await until(lambda: "sid=lets-somebody-in" in code(screen))
        assert "FIRSTLIGHT_SECRET_CLIENT_CERTIFICATE" in screen.text("codeHint")  # a passphrase is never included

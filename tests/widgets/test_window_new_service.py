"""The New Service wizard, driven by keyboard and mouse, up to an answer of the demo's service."""

from __future__ import annotations

from pathlib import Path
from typing import cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QTreeWidget,
    QWidget,
)
from until import until
from window_screen import make_workspace, shown_window
from wizard_screen import Wizard, answered, opened, saved, sent_from_the_command_line

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.model.service import Service
from firstlight.ui.preferences import apply_language
from firstlight.ui.wizard.dialog import NewServiceDialog

IRIS = "e4f6a9b2-5d1c-4c7e-9a83-0b2d7f61c5a8"
FLOWERS = "2c8d0e5f-71b4-4f3a-8e96-d5a1c7b40f29"
PICTURE = Path(__file__).parents[2] / "resources/demo/workspace/files/rose.jpg"


async def test_an_infer_url_becomes_a_service_that_answers(demo: RunningDemo, tmp_path: Path) -> None:
    token = demo.credentials["demo_token"]
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(f"curl -X POST {demo.url}/v1/infers/{IRIS} -H 'X-Auth-Token: {token}'")
        assert wizard.chosen("wizardEdition") == "modelarts"
        assert wizard.part("service_id").text() == IRIS
        assert token not in screen.find(QPlainTextEdit, "wizardPaste", wizard.dialog).toPlainText()
        wizard.next()
        wizard.next()
        assert wizard.ways() == [
            "Huawei IAM token (fetched)", "X-Auth-Token (Huawei IAM token)", "AK/SK signature (SDK-HMAC-SHA256)",
        ]  # fmt: skip
        assert "AppCode" in wizard.says("wizardNotOffered")
        assert "X-Auth-Token" in wizard.says("wizardRoutes")
        wizard.next()
        wizard.choose("wizardTrialKind", "json")
        wizard.field("wizardServiceName", "Iris")
        await wizard.finish()

        await answered(screen)
        service = saved(screen)
        assert (service.name, service.vendor) == ("Iris", "modelarts")
        assert service.channels[0].url == f"{demo.url}/v1/infers/{IRIS}"
        assert service.channels[0].credential == "X-Auth-Token (Huawei IAM token)"
        assert screen.tab.request().service == "Iris"
        assert screen.tab.request().body.new_meta_uuid
        texts = "".join(file.read_text("utf-8") for file in (tmp_path / "ws").rglob("*.yaml"))
        assert token not in texts
        assert "{{secret:" in texts


async def test_which_of_the_two_urls_it_is_must_be_said_by_keyboard(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(f"{demo.url}/v1/infers/{IRIS}")
        assert "up to two URLs" in wizard.says("wizardQuestion")
        screen.keys("Tab", screen.find(QPlainTextEdit, "wizardPaste", wizard.dialog))
        assert screen.find(QRadioButton, "wizardTwin0", wizard.dialog).hasFocus()
        wizard.next()
        assert wizard.says("wizardProblem") == "Say which of the two it is."
        radio = screen.find(QRadioButton, "wizardTwin1", wizard.dialog)
        radio.setFocus()
        QTest.keyClick(radio, Qt.Key.Key_Space)
        assert wizard.chosen("wizardEdition") == "modelarts-app"
        wizard.next()
        wizard.next()
        assert wizard.ways()[0] == "AppCode (X-Apig-AppCode)"
        assert not any("token" in way.lower() for way in wizard.ways())
        assert "Usage Guides" in wizard.says("wizardNotOffered")
        wizard.field("appcode", accounts.APPCODE)
        wizard.next()
        await wizard.finish()
        await answered(screen)


async def test_both_urls_are_channels_with_a_credential_each(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(f"{demo.url}/v1/infers/{IRIS}")
        screen.click(screen.find(QRadioButton, "wizardTwin0", wizard.dialog))
        wizard.next()
        menu = wizard.dialog.channels.add.menu()
        menu.aboutToShow.emit()
        names = [action.text() for action in menu.actions()]
        assert "ModelArts, VPC high-speed" in names
        next(action for action in menu.actions() if "app authentication" in action.text()).trigger()
        wizard.next()
        assert "Public, app" in wizard.says("wizardProblem"), "its host is another one, and nobody has said which"
        wizard.field("part-origin", demo.url)
        wizard.next()
        wizard.tick(wizard.ways().index("X-Auth-Token (Huawei IAM token)"))
        wizard.field("token", demo.credentials["demo_token"])
        wizard.tick(0)
        wizard.tick(wizard.ways().index("AppCode (X-Apig-AppCode)"))
        wizard.field("appcode", accounts.APPCODE)
        wizard.next()
        await wizard.finish("wizardNext")
        await until(lambda: screen.tab_names == ["Predict"])
        service = saved(screen)
        assert [(one.name, one.credential) for one in service.channels] == [
            ("Public, token", "X-Auth-Token (Huawei IAM token)"),
            ("Public, app", "AppCode (X-Apig-AppCode)"),
        ]
        screen.keys("Ctrl+Return", screen.window)
        await answered(screen)
        for one in service.channels:
            code, error = await sent_from_the_command_line(screen, "Predict", one.name, one.credential)
            assert code == 0, error
        code, error = await sent_from_the_command_line(screen, "Predict", "Public, app", "none")
        assert code == 1, error


@pytest.mark.parametrize(
    ("address", "kind", "field", "secret"),
    [
        ("/v1/{project}/deployments/{deployment}/chat/completions", "pangu-v1", "appcode", "demo_api_key"),
        ("/api/v2/chat/completions", "pangu-v2", "token", "demo_api_key"),
        ("/v1", "openai", "token", "demo_api_key"),
        ("/api/predict/chat/v1/chat/completions", "eas", "token", "demo_eas_token"),
        ("/api/tags", "ollama", "", ""),
    ],
)
async def test_a_chat_of_each_vendor_ends_with_an_answer(
    demo: RunningDemo, tmp_path: Path, address: str, kind: str, field: str, secret: str
) -> None:
    from firstlight.demo.llm.models import CHAT

    path = address.format(project=accounts.HOME.id, deployment=CHAT.deployment_id)
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(demo.url + path)
        assert wizard.chosen("wizardEdition") == kind
        wizard.next()
        wizard.next()
        if field == "appcode":
            wizard.tick(0)
            wizard.tick(wizard.ways().index("AppCode (X-Apig-AppCode)"))
        if field:
            wizard.field(field, demo.credentials[secret])
        wizard.next()
        assert wizard.chosen("wizardTrialKind") == "chat"
        model = screen.find(QComboBox, "wizardModel", wizard.dialog)
        if kind in {"openai", "eas", "ollama"}:
            assert not screen.find(QPushButton, "wizardSend", wizard.dialog).isEnabled()
            wizard.press("wizardListModels")
            await until(lambda: model.currentText() == "demo-chat")
            assert model.count() == 2
        elif kind == "pangu-v2":
            screen.type("demo-chat", model.lineEdit())
        await wizard.finish()
        await answered(screen)
        assert saved(screen).vendor == {"ollama": "openai"}.get(kind, kind.partition("-")[0])


async def test_a_picture_is_sent_under_images(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(
            f"curl -F 'images=@{PICTURE}' -H 'X-Auth-Token: {demo.credentials['demo_token']}' -X POST "
            f"{demo.url}/v1/infers/{FLOWERS}"
        )
        wizard.next()
        wizard.next()
        wizard.next()
        assert wizard.chosen("wizardTrialKind") == "command"
        assert PICTURE.name in wizard.says("wizardCommand")
        wizard.choose("wizardTrialKind", "file")
        assert screen.find(QLineEdit, "wizardField", wizard.dialog).text() == "images"
        assert not screen.find(QPushButton, "wizardSend", wizard.dialog).isEnabled()
        wizard.field("wizardFile", str(PICTURE))
        await wizard.finish()
        await answered(screen)


async def test_models_that_cannot_be_listed_say_why(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(f"{demo.url}/v1/models")
        wizard.next()
        wizard.next()
        wizard.tick(0)
        wizard.field("token", "wrong")
        wizard.next()
        wizard.press("wizardListModels")
        await until(lambda: "401" in " ".join(label.text() for label in wizard.dialog.findChildren(QLabel)))
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)
        assert screen.work.library.workspace.services.entries() == ()


async def test_what_is_not_recognised_goes_on_as_another_service(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste("just words")
        assert "no address" in wizard.says("wizardRemarks")
        wizard.next()
        assert wizard.says("wizardProblem")
        wizard.choose("wizardEdition", "custom")
        wizard.field("part-origin", demo.url)
        wizard.field("part-path", "/faults/echo")
        assert wizard.says("wizardAddress") == f"{demo.url}/faults/echo"
        wizard.next()
        wizard.next()
        wizard.next()
        wizard.field("wizardServiceName", "Echo")
        await wizard.finish()
        await answered(screen)
        assert saved(screen).channels[0].credential == ""


async def test_a_wrong_part_is_named_and_nothing_goes_on(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.choose("wizardEdition", "pangu-v1")
        wizard.next()
        assert wizard.says("wizardProblem") == "Fill in what is marked."
        wizard.field("part-project_id", "short")
        assert any("32 digits" in label.text() for label in wizard.dialog.findChildren(QLabel))
        screen.keys("Esc", wizard.dialog)
        await screen.back(wizard.dialog)


async def test_going_back_keeps_what_was_typed(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        wizard = await opened(screen)
        wizard.paste(f"{demo.url}/api/predict/chat")
        wizard.next()
        wizard.next()
        wizard.field("token", "typed-before")
        wizard.press("wizardBack")
        wizard.press("wizardBack")
        wizard.field("part-path", "/v1/chat/completions")
        wizard.next()
        wizard.next()
        assert screen.find(QLineEdit, "token", wizard.dialog).text() == "typed-before"
        assert wizard.says("wizardAddress").endswith("/api/predict/chat/v1/chat/completions")
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)


async def test_a_name_that_is_taken_is_said(demo: RunningDemo, tmp_path: Path) -> None:
    folder = make_workspace(tmp_path / "ws", demo.url)
    async with shown_window(folder) as screen:
        screen.work.library.workspace.services.add(Service(name="Iris"))
        wizard = await opened(screen)
        wizard.paste("https://api.example.com/v1")
        for _ in range(3):
            wizard.next()
        wizard.field("wizardServiceName", "iris")
        assert "already" in wizard.says("wizardProblem")
        assert not screen.find(QPushButton, "wizardSend", wizard.dialog).isEnabled()
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)


async def test_a_service_can_still_be_filled_in_by_hand(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.press("wizardByHand")
        await until(lambda: screen.tab_names == ["New service"])
        assert screen.find(QTreeWidget, "serviceTree").findChild(QLineEdit) is not None


async def test_a_language_chosen_meanwhile_is_used_at_once(dressed_app: QApplication, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.paste("https://api.example.com/v1")
        try:
            apply_language(dressed_app, "zh_CN")
            await until(lambda: screen.find(QPushButton, "wizardNext", wizard.dialog).text() == "下一步")
            assert screen.find(QComboBox, "wizardEdition", wizard.dialog).currentText() == "OpenAI 兼容"
            wizard.next()
            wizard.next()
            assert wizard.says("wizardRoutes").startswith("经由")
            wizard.press("wizardCancel")
            await screen.back(wizard.dialog)
        finally:
            apply_language(dressed_app, "en")


async def test_a_websocket_address_ends_with_an_open_connection_and_a_message_to_send(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.paste(
            f"curl wss://modelarts-infers-1.cn-north-1.myhuaweicloud.com/v1/infers/{IRIS} -H 'X-Auth-Token: MIIabcdef'"
        )
        assert any("WebSocket" in label.text() for label in wizard.dialog.findChildren(QLabel, "addressWarnings"))
        for _ in range(3):
            wizard.next()
        await wizard.finish("wizardNext")
        await until(lambda: screen.tab is not None)
        made = screen.tab.request()
        assert (made.protocol, made.method) == ("websocket", "GET")
        assert "req_data" in made.messages[0].text


async def test_the_url_of_a_service_offers_to_set_it_up(demo: RunningDemo, tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws", demo.url)) as screen:
        screen.keys("Ctrl+T")
        edit = screen.find(QLineEdit, "urlEdit")
        QApplication.clipboard().setText("https://plain.example.com/x")
        screen.keys("Ctrl+V", edit)
        assert screen.tab.findChild(QWidget, "serviceOffer") is None
        edit.selectAll()
        QApplication.clipboard().setText(f"{demo.url}/api/predict/chat")
        screen.keys("Ctrl+V", edit)
        assert "PAI-EAS" in screen.find(QLabel, "serviceOfferText").text()
        screen.press("serviceOfferButton")
        wizard = Wizard(screen, cast(NewServiceDialog, await screen.dialog("newServiceDialog")))
        assert wizard.part("service").text() == "chat"
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)
        edit.selectAll()
        screen.keys("Ctrl+V", edit)
        assert not [line for line in screen.tab.findChildren(QWidget, "serviceOffer") if line.isVisible()]


async def test_with_no_tab_open_a_new_service_is_one_click_away(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.window.tabs.settle()
        screen.press("emptyNewServiceButton")
        wizard = Wizard(screen, cast(NewServiceDialog, await screen.dialog("newServiceDialog")))
        screen.keys("Esc", wizard.dialog)
        await screen.back(wizard.dialog)


async def test_a_paste_can_be_undone_and_its_credential_stays_masked(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        edit = screen.find(QPlainTextEdit, "wizardPaste", wizard.dialog)
        assert edit.hasFocus()
        wizard.paste("https://api.example.com/v1\nAPI key: first-secret-0001")
        wizard.paste("https://other.example.com/v1\nAPI key: second-secret-0002")
        screen.keys("Ctrl+Z", edit)
        assert edit.toPlainText().startswith("https://api.example.com/v1")
        assert "secret" not in edit.toPlainText()
        assert wizard.part("base").text() == "https://api.example.com"
        assert edit.text().endswith("first-secret-0001")
        screen.keys("Ctrl+Y" if "Ctrl+Y" in redo_keys() else "Ctrl+Shift+Z", edit)
        assert wizard.part("base").text() == "https://other.example.com"
        assert "secret" not in edit.toPlainText()
        for _ in range(3):
            screen.keys("Ctrl+Z", edit)
        assert edit.toPlainText() == ""
        wizard.paste("https://h.example.com/v1/infers/" + IRIS + "\nX-Auth-Token: " + "a" * 64 + "\n" + "b" * 30)
        assert "aaa" not in edit.toPlainText()
        assert "bbb" not in edit.toPlainText()
        screen.keys("Esc", wizard.dialog)
        await screen.back(wizard.dialog)


def redo_keys() -> list[str]:
    return [keys.toString() for keys in QKeySequence.keyBindings(QKeySequence.StandardKey.Redo)]

"""Services in the window: the section of the sidebar, their pages, and what requests do with them."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QComboBox,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QTabBar,
    QTabWidget,
    QToolButton,
    QTreeWidget,
)
from until import until
from window_screen import WindowScreen, make_workspace, shown_window

from firstlight.model.request import FROM_SERVICE, Authorization, Request
from firstlight.model.service import Channel, Credential, Service
from firstlight.store.workspace import Workspace
from firstlight.ui.request.elided_label import ElidedLabel

IRIS = Service(
    name="Iris",
    vendor="modelarts",
    channels=(
        Channel(name="Public", url="http://127.0.0.1:9/public", credential="Token"),
        Channel(name="Edge", kind="edge-node", url="http://127.0.0.1:9/edge", verify_tls=False),
    ),
    credentials=(
        Credential(name="Token", authorization=Authorization(kind="bearer", values={"token": "{{secret:k}}"})),
    ),
)
PREDICT = "collections/Chat/predict.yaml"


def with_service(folder: Path) -> Path:
    workspace = Workspace.open(make_workspace(folder))
    workspace.services.add(IRIS)
    request = Request(name="Predict", method="POST", url="/x", service="Iris", authorization=FROM_SERVICE)
    workspace.add_request("collections/Chat", request)
    return folder


def written(folder: Path) -> str:
    """Everything that stands in any file."""
    return "".join(file.read_text("utf-8", "replace") for file in folder.rglob("*") if file.is_file())


async def show_services(screen: WindowScreen) -> QTreeWidget:
    bar = screen.find(QTabBar, "sectionBar")
    screen.click(bar, bar.tabRect(1).center())
    tree = screen.window.findChild(QTreeWidget, "serviceTree")
    await until(lambda: tree.isVisible() and tree.topLevelItemCount())
    return tree


def rows(tree: QTreeWidget) -> list[str]:
    top = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [item.text(0) for above in top for item in (above, *(above.child(n) for n in range(above.childCount())))]


def click_item(screen: WindowScreen, tree: QTreeWidget, text: str) -> None:
    (item,) = tree.findItems(text, Qt.MatchFlag.MatchExactly | Qt.MatchFlag.MatchRecursive)
    screen.click(tree.viewport(), tree.visualItemRect(item).center())


async def open_page(screen: WindowScreen) -> QTabWidget:
    click_item(screen, await show_services(screen), "Iris")
    return await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))


async def test_a_service_shows_its_channels_credentials_and_requests(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        tree = await show_services(screen)
        assert rows(tree) == ["Iris", "Public", "Edge", "Token", "Predict"]
        click_item(screen, tree, "Predict")
        await until(lambda: screen.tab_names == ["Predict"])
        assert screen.find(QComboBox, "channelCombo").currentText() == "Public"
        click_item(screen, tree, "Edge")
        parts = await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))
        assert parts.tabText(parts.currentIndex()) == "Channels"
        assert await until(lambda: screen.find(QLineEdit, "channelName").text() == "Edge")
        click_item(screen, tree, "Token")
        await until(lambda: parts.tabText(parts.currentIndex()) == "Credentials")


async def test_a_service_is_made_named_filled_in_and_saved(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        screen.window.action("new_service").trigger()
        wizard = await screen.dialog("newServiceDialog")
        screen.press("wizardByHand", wizard)
        await screen.back(wizard)
        tree = await until(lambda: screen.window.findChild(QTreeWidget, "serviceTree"))
        edit = await until(lambda: tree.findChild(QLineEdit))
        edit.selectAll()
        screen.type("Iris", edit)
        screen.keys("Return", edit)
        await until(lambda: screen.tab_names == ["Iris"])
        page = screen.window.tabs.current()
        vendor = screen.find(QComboBox, "vendorCombo")
        QTest.keyClick(vendor, Qt.Key.Key_Home)
        assert vendor.currentText() == "Huawei ModelArts"
        parts = screen.find(QTabWidget, "serviceTabs")
        parts.setCurrentIndex(1)
        screen.click(screen.find(QToolButton, "addButton", page.credentials))
        name = screen.find(QLineEdit, "credentialName")
        name.selectAll()
        screen.type("IAM token", name)
        token = screen.find(QLineEdit, "token")
        screen.type("MII-secret", token)
        parts.setCurrentIndex(0)
        screen.click(screen.find(QToolButton, "addButton", page.channels))
        screen.type("https://h/v1/infers/1", screen.find(QLineEdit, "channelUrl"))
        assert screen.find(QComboBox, "channelCredential").currentText() == "IAM token"
        assert page.unsaved()
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not page.unsaved())
        text = (tmp_path / "ws/services/iris.yaml").read_text("utf-8")
        assert "MII-secret" not in text
        saved = Workspace.open(tmp_path / "ws").services.named("Iris")
        assert saved.vendor == "modelarts"
        assert saved.channels == (Channel(name="Public", url="https://h/v1/infers/1", credential="IAM token"),)
        assert [(entry.name, entry.authorization.kind) for entry in saved.credentials] == [
            ("IAM token", "x-auth-token")
        ]
        await until(lambda: rows(tree) == ["Iris", "Public", "IAM token"])


async def test_the_kind_of_a_channel_decides_on_its_credential(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        await open_page(screen)
        kind, credential = screen.find(QComboBox, "channelKind"), screen.find(QComboBox, "channelCredential")
        assert (kind.currentText(), credential.currentText()) == ("Public", "Token")
        while kind.currentText() != "VPC high-speed":
            QTest.keyClick(kind, Qt.Key.Key_Down)
        assert credential.currentText() == "No credential"
        QTest.keyClick(credential, Qt.Key.Key_Down)
        assert "only gives it away" in credential.accessibleDescription()
        QTest.keyClick(kind, Qt.Key.Key_Home)
        assert credential.currentText() == "Token"


async def test_an_address_that_refuses_the_credential_says_so_and_what_to_do(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        await open_page(screen)
        url, credential = screen.find(QLineEdit, "channelUrl"), screen.find(QComboBox, "channelCredential")
        assert "address does not take" not in credential.accessibleDescription()
        url.selectAll()
        screen.type(f"https://pangu.cn-southwest-2.myhuaweicloud.com/v1/{'0' * 32}/deployments/d/chat/completions", url)
        assert "X-Apig-AppCode" in credential.accessibleDescription(), "the key after Bearer is that of V2"
        url.selectAll()
        screen.type("https://pangu.cn-southwest-2.myhuaweicloud.com/api/v2/chat/completions", url)
        assert "address does not take" not in credential.accessibleDescription()


async def test_a_credential_with_another_name_is_followed_by_channels_and_requests(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    file = folder / "collections/Chat/predict.yaml"
    file.write_text(file.read_text() + "credential: Token\nchannel: Edge\n")
    async with shown_window(folder) as screen:
        parts = await open_page(screen)
        parts.setCurrentIndex(1)
        name = screen.find(QLineEdit, "credentialName")
        name.selectAll()
        screen.type("Bearer key", name)
        parts.setCurrentIndex(0)
        assert screen.find(QComboBox, "channelCredential").currentText() == "Bearer key"
        page = screen.window.tabs.current()
        screen.click(screen.find(QPushButton, "savePageButton", page))
        await until(lambda: not page.unsaved())
        assert "credential: Bearer key" in file.read_text("utf-8")
        assert "channel: Edge" in file.read_text("utf-8")


async def test_a_name_that_is_taken_and_an_empty_one_are_told(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        parts = await open_page(screen)
        name = screen.find(QLineEdit, "channelName")
        name.selectAll()
        screen.type("Edge", name)
        assert name.accessibleDescription() == "Another one has this name."
        parts.setCurrentIndex(1)
        name = screen.find(QLineEdit, "credentialName")
        name.selectAll()
        screen.type("none", name)
        problems = screen.window.tabs.current().credentials.form.findChildren(QLabel)
        assert any("stands for no credential" in label.text() for label in problems)


async def test_channels_are_copied_moved_and_removed_by_keyboard(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        await open_page(screen)
        shown = screen.find(QListWidget, "channelList")

        def names() -> list[str]:
            return [shown.item(row).text() for row in range(shown.count())]

        shown.setFocus()
        screen.keys("Ctrl+D", shown)
        assert names() == ["Public", "Public copy", "Edge"]
        screen.keys("Alt+Up", shown)
        assert names() == ["Public copy", "Public", "Edge"]
        screen.keys("Alt+Down", shown)
        screen.keys("Del", shown)
        assert names() == ["Public", "Edge"]
        screen.keys("Ctrl+Z", shown)
        assert names() == ["Public", "Public copy", "Edge"]
        for _step in range(4):
            screen.keys("Ctrl+Z", shown)
        assert names() == ["Public", "Edge"]
        assert not screen.window.tabs.current().unsaved()


async def test_a_rename_in_the_sidebar_is_followed_by_the_page_and_by_open_requests(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    async with shown_window(folder) as screen:
        tab = await screen.open(PREDICT)
        screen.type_url("/typed")
        tree = await show_services(screen)
        click_item(screen, tree, "Iris")
        await until(lambda: "Iris" in screen.tab_names)
        screen.keys("F2", tree)
        edit = await until(lambda: tree.findChild(QLineEdit))
        edit.selectAll()
        screen.type("Irises", edit)
        screen.keys("Return", edit)
        await until(lambda: rows(tree)[0] == "Irises")
        await until(lambda: "Irises" in screen.tab_names)
        assert tab.request().service == "Irises"
        assert tab.request().url == "/typed"
        assert tab.unsaved()
        assert "service: Irises" in (folder / PREDICT).read_text("utf-8")
        assert (folder / "services/irises.yaml").exists()


async def test_deleting_says_which_requests_belong_to_it_and_can_be_undone(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    async with shown_window(folder) as screen:
        tree = await show_services(screen)
        click_item(screen, tree, "Iris")
        await until(lambda: screen.tab_names == ["Iris"])
        screen.keys("Del", tree)
        dialog = await screen.dialog()
        assert "Predict" in dialog.text()
        await screen.answer("Cancel")
        assert (folder / "services/iris.yaml").exists()
        screen.keys("Del", tree)
        await screen.dialog()
        await screen.answer("Delete")
        await until(lambda: not (folder / "services/iris.yaml").exists() and screen.tab_names == [])
        await until(lambda: rows(tree) == [] and screen.window.action("undo_delete").isEnabled())
        screen.window.action("undo_delete").trigger()
        await until(lambda: rows(tree) == ["Iris", "Public", "Edge", "Token", "Predict"])
        await until(lambda: screen.tab_names == ["Iris"])


async def test_an_edit_outside_appears_and_a_broken_file_is_shown_as_broken(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    async with shown_window(folder) as screen:
        tab = await screen.open(PREDICT)
        tree = await show_services(screen)
        file = folder / "services/iris.yaml"
        file.write_text(file.read_text().replace("Public", "Open internet"))
        await until(lambda: "Open internet" in rows(tree))
        await until(lambda: screen.find(QComboBox, "channelCombo", tab).currentText() == "Open internet")
        file.write_text("name: [\n")
        await until(lambda: rows(tree) == ["iris"])
        assert "line" in tree.topLevelItem(0).toolTip(0)


async def test_what_is_picked_in_a_tab_is_there_again_after_a_restart(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    async with shown_window(folder) as screen:
        tab = await screen.open(PREDICT)
        combo = await until(lambda: screen.find(QComboBox, "channelCombo", tab))
        combo.setFocus()
        screen.keys("Down", combo)
        screen.keys("End", combo.view())
        screen.keys("Up", combo.view())
        screen.keys("Return", combo.view())
        await until(lambda: tab.sent().channel == "Edge")
        assert not tab.unsaved()
    async with shown_window(folder) as screen:
        again = await until(lambda: screen.window.tabs.requests() and screen.tab)
        assert again.sent().channel == "Edge"
        assert again.request().channel == ""


async def test_a_page_that_was_left_unsaved_is_there_again_and_no_file_holds_its_secret(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await open_page(screen)
        screen.type("/typed", screen.find(QLineEdit, "channelUrl"))
        page = screen.window.tabs.current()
        page.open_part("credentials")
        token = screen.find(QLineEdit, "token", page)
        token.selectAll()
        screen.type("planted-secret", token)
        assert page.unsaved()
    assert "planted-secret" not in written(tmp_path)
    async with shown_window(folder) as screen:
        again = await until(lambda: (tab := screen.window.tabs.current()) and tab.kind == "service" and tab)
        assert again.unsaved()
        assert again.value().channels[0].url.endswith("/typed")


async def test_a_new_request_of_a_service_and_the_palette(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        await show_services(screen)
        screen.work.services.new_request("Iris")
        assert screen.tab.request().service == "Iris"
        assert screen.find(QComboBox, "channelCombo", screen.tab).currentText() == "Public"
        screen.keys("Ctrl+K", screen.window)
        dialog = await screen.dialog()
        screen.type("iris", dialog.findChild(QLineEdit))
        screen.keys("Return", dialog.findChild(QLineEdit))
        await until(lambda: screen.window.tabs.current().kind == "service")


async def test_a_request_without_a_service_has_no_channel_to_choose_and_that_is_said(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        await screen.open("collections/Chat/streamed-chat.yaml")
        screen.window.action("choose_channel").trigger()
        await until(lambda: "belongs to no service" in screen.text("messageLabel"))
        await screen.open(PREDICT)
        screen.window.action("choose_credential").trigger()
        await until(lambda: screen.find(QComboBox, "credentialCombo").view().isVisible())


async def test_the_palette_picks_channel_and_credential_of_the_request_in_front(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        tab = await screen.open(PREDICT)
        await until(lambda: screen.window.findChild(QComboBox, "channelCombo"))
        for word in ("edge", "token"):
            screen.keys("Ctrl+K", screen.window)
            dialog = await screen.dialog()
            screen.type(word, dialog.findChild(QLineEdit))
            screen.keys("Return", dialog.findChild(QLineEdit))
            await screen.back(dialog)
        await until(lambda: (tab.sent().channel, tab.sent().credential) == ("Edge", "Token"))


async def test_a_request_says_that_its_service_has_changes_with_which_it_does_not_go_yet(tmp_path: Path) -> None:
    async with shown_window(with_service(tmp_path / "ws")) as screen:
        tab = await screen.open(PREDICT)
        button = await until(lambda: tab.findChild(QToolButton, "unsavedServiceButton"))
        assert button.isHidden()
        await open_page(screen)
        screen.type("/typed", screen.find(QLineEdit, "channelUrl"))
        page = screen.window.tabs.current()
        screen.window.tabs.select(tab)
        await until(button.isVisible)
        assert "/typed" not in screen.find(ElidedLabel, "routeAddress", tab).whole
        screen.click(button)
        await until(lambda: screen.window.tabs.current() is page)
        screen.keys("Ctrl+S", screen.window)
        await until(lambda: not page.unsaved())
        screen.window.tabs.select(tab)
        await until(button.isHidden)
        await until(lambda: "/typed" in screen.find(ElidedLabel, "routeAddress", tab).whole)


async def test_a_rename_is_followed_by_an_unsaved_tab_that_nobody_has_looked_at_since_the_start(tmp_path: Path) -> None:
    folder = with_service(tmp_path / "ws")
    async with shown_window(folder) as screen:
        await screen.open(PREDICT)
        screen.type_url("/typed")
        await open_page(screen)
    async with shown_window(folder) as screen:
        await until(lambda: len(screen.window.tabs.tabs()) == 2)
        assert not screen.window.tabs.requests()
        tree = await show_services(screen)
        screen.click(tree.viewport(), tree.visualItemRect(tree.topLevelItem(0)).center())
        screen.keys("F2", tree)
        edit = await until(lambda: tree.findChild(QLineEdit))
        edit.selectAll()
        screen.type("Irises", edit)
        screen.keys("Return", edit)
        await until(lambda: "Irises" in screen.tab_names)
        screen.click_tab(screen.tab_names.index("Predict"))
        tab = await until(lambda: screen.window.tabs.requests() and screen.tab)
        assert (tab.request().service, tab.request().url) == ("Irises", "/typed")
        assert tab.unsaved()
        await until(lambda: screen.find(QComboBox, "channelCombo", tab).currentText() == "Public")

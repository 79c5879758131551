"""The token on the Authorization tab, against the demo's real IAM."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QLineEdit, QPushButton, QTabWidget, QTreeWidget, QWidget
from until import until
from window_screen import WindowScreen, shown_window

from demo_server import RunningDemo
from firstlight.demo import accounts
from firstlight.model.request import Authorization, Request
from firstlight.store.workspace import Workspace

AUTHORIZATION = 1


@asynccontextmanager
async def opened(
    demo: RunningDemo, tmp_path: Path, kind: str = "huawei-iam", **values: str
) -> AsyncIterator[WindowScreen]:
    """Show a request with this authorization, its Authorization tab in front."""
    fields = {
        "endpoint": demo.url, "account": accounts.ACCOUNT_NAME, "user": "demo-user", "password": accounts.PASSWORD,
        "project": "cn-southwest-2",
    }  # fmt: skip
    given = (fields if kind == "huawei-iam" else {}) | values
    workspace = Workspace.create(tmp_path / "ws", "Lab")
    request = Request(
        name="Projects", url=f"{demo.url}/v3/projects", authorization=Authorization(kind=kind, values=given)
    )
    path = workspace.add_request(workspace.add_collection("IAM"), request)
    async with shown_window(tmp_path / "ws") as screen:
        await screen.open(path)
        screen.find(QTabWidget, "requestTabs", screen.tab).setCurrentIndex(AUTHORIZATION)
        await until(lambda: screen.tab.findChild(QWidget, "tokenCard"))
        yield screen


def says(screen: WindowScreen, name: str) -> str:
    label = screen.tab.findChild(QLabel, name)
    assert label is not None
    return label.text() if label.isVisible() else ""


def console_rows(screen: WindowScreen) -> list[str]:
    tree = screen.window.findChild(QTreeWidget, "consoleTree")
    if tree is None:
        return []
    rows = [tree.topLevelItem(row) for row in range(tree.topLevelItemCount())]
    return [f"{row.text(1)} {row.text(2)} {row.text(3)}" for row in rows if row is not None]


async def test_a_token_is_obtained_forgotten_and_shown_with_its_scope_and_time(
    demo: RunningDemo, tmp_path: Path
) -> None:
    async with opened(demo, tmp_path) as screen:
        await until(lambda: "no token yet" in says(screen, "tokenPurpose"))
        screen.press("getTokenButton", screen.tab)
        await until(lambda: "Project cn-southwest-2" in says(screen, "tokenPurpose"))
        assert "user demo-user" in says(screen, "tokenPurpose")
        assert "Valid for 2" in says(screen, "tokenLasting")
        screen.press("forgetTokenButton", screen.tab)
        await until(lambda: "no token yet" in says(screen, "tokenPurpose"))


async def test_sending_fetches_the_token_and_the_console_tells_both(demo: RunningDemo, tmp_path: Path) -> None:
    async with opened(demo, tmp_path) as screen:
        screen.press("sendButton", screen.tab)
        await until(lambda: "Project cn-southwest-2" in says(screen, "tokenPurpose"))
        assert console_rows(screen) == [
            f"POST {demo.url}/v3/auth/tokens?nocatalog=true 201 Created",
            f"GET {demo.url}/v3/projects 200 OK",
        ]
        screen.find(QPushButton, "sendButton", screen.tab)
        screen.press("sendButton", screen.tab)
        await until(lambda: len(console_rows(screen)) == 3)


async def test_a_wrong_password_is_told_in_the_card_and_under_the_request(demo: RunningDemo, tmp_path: Path) -> None:
    async with opened(demo, tmp_path, user="demo-guest", password="Wrong-1") as screen:
        screen.press("sendButton", screen.tab)
        await until(lambda: "the password is wrong" in says(screen, "tokenProblem"))
        assert "locks the account" in says(screen, "tokenRemedy")
        assert "the password is wrong" in says(screen, "errorMessage")
        screen.press("getTokenButton", screen.tab)
        await until(lambda: len([row for row in console_rows(screen) if "POST" in row]) == 2)


async def test_mfa_is_offered_where_it_may_be_the_reason(demo: RunningDemo, tmp_path: Path) -> None:
    async with opened(demo, tmp_path, account="someone-else") as screen:
        screen.press("getTokenButton", screen.tab)
        await until(lambda: "account name is wrong" in says(screen, "tokenProblem"))
        screen.press("useMfaButton", screen.tab)
        combo = screen.find(QComboBox, "sign_in", screen.tab)
        assert combo.currentData() == "mfa"
        assert QApplication.focusWidget() is screen.find(QLineEdit, "passcode", screen.tab)
        assert screen.tab.request().authorization.values["sign_in"] == "mfa"


async def test_a_pasted_token_is_checked(demo: RunningDemo, tmp_path: Path) -> None:
    token = demo["demo_token"]
    async with opened(demo, tmp_path, "x-auth-token", token=token, endpoint=demo.url) as screen:
        screen.press("checkTokenButton", screen.tab)
        await until(lambda: "Project cn-southwest-2" in says(screen, "tokenPurpose"))
        assert "Valid for 2" in says(screen, "tokenLasting")
        assert "another region" in says(screen, "tokenRemedy")


async def test_a_pasted_token_of_another_project_than_the_address_names_is_told(
    demo: RunningDemo, tmp_path: Path
) -> None:
    token = demo["demo_token"]
    async with opened(demo, tmp_path, "x-auth-token", token=token, endpoint=demo.url) as screen:
        screen.type_url(f"{demo.url}/v1/{accounts.LAB.id}/deployments/x/chat/completions")
        screen.press("checkTokenButton", screen.tab)
        await until(lambda: accounts.LAB.id in says(screen, "tokenProblem"))
        assert accounts.HOME.id in says(screen, "tokenProblem")
        assert says(screen, "tokenRemedy").startswith("Get a token for the project of the service")


async def test_a_token_that_is_none_or_for_the_whole_account_is_told(demo: RunningDemo, tmp_path: Path) -> None:
    async with opened(demo, tmp_path, "x-auth-token", token="MII nonsense", endpoint=demo.url) as screen:
        screen.press("checkTokenButton", screen.tab)
        await until(lambda: "not a token of this site" in says(screen, "tokenProblem"))
        edit = screen.find(QLineEdit, "token", screen.tab)
        for token, place, said in (
            ("demo_domain_token", "tokenRemedy", "refuse a token without a project"),
            ("demo_expired_token", "tokenProblem", "has expired"),
        ):
            screen.click(edit)
            screen.keys("Ctrl+A", edit)
            QApplication.clipboard().setText(demo[token][:1000] + "\r\n " + demo[token][1000:] + "\n")
            screen.keys("Ctrl+V", edit)
            assert says(screen, "tokenProblem") == ""
            screen.press("checkTokenButton", screen.tab)
            await until(lambda place=place, said=said: said in says(screen, place))


async def test_a_credential_of_a_service_gets_its_token_on_the_page_of_the_service(
    demo: RunningDemo, tmp_path: Path
) -> None:
    Workspace.create(tmp_path / "ws", "Lab")
    (tmp_path / "ws" / "services").mkdir()
    (tmp_path / "ws" / "services" / "iris.yaml").write_text(
        f"name: Iris\nvendor: modelarts\nchannels:\n  - name: Public\n    url: {demo.url}\ncredentials:\n"
        f"  - name: Fetched\n    auth:\n      kind: huawei-iam\n      endpoint: {demo.url}\n"
        f"      account: {accounts.ACCOUNT_NAME}\n      user: demo-user\n      password: {accounts.PASSWORD}\n"
        "      project: cn-southwest-2\n",
        "utf-8",
    )
    async with shown_window(tmp_path / "ws") as screen:
        await screen.work.library.open("services/iris.yaml")
        page = await until(lambda: screen.window.findChild(QTabWidget, "serviceTabs"))
        page.setCurrentIndex(1)
        await until(lambda: [b for b in page.findChildren(QPushButton, "getTokenButton") if b.isVisible()])
        screen.press("getTokenButton", page)
        await until(lambda: "Project cn-southwest-2" in screen.find(QLabel, "tokenPurpose", page).text())

"""The region in the wizard's third step: as the address says, else chosen among those that have an IAM."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QComboBox, QLineEdit
from window_screen import make_workspace, shown_window
from wizard_screen import Wizard, opened

from firstlight.auth.iam.regions import REGIONS, endpoint_of
from firstlight.editions.modelarts import gateway
from firstlight.ui.request.auth_form import AuthForm

ID = "eb3e0c54-3dfa-4750-af0c-95c45e5d3e83"


def region(wizard: Wizard) -> QComboBox:
    return wizard.screen.find(QComboBox, "wizardRegion", wizard.dialog)


def field(wizard: Wizard, name: str) -> str:
    return wizard.screen.find(QLineEdit, name, wizard.dialog.sign_in).text()


async def at_sign_in(wizard: Wizard, origin: str) -> None:
    wizard.choose("wizardEdition", "modelarts-endpoint")
    for name, value in (("connect_to", "192.168.0.12"), ("origin", origin), ("service_id", ID)):
        wizard.field(f"part-{name}", value)
    wizard.next()
    wizard.next()


async def test_the_region_of_a_vpc_endpoint_is_read_from_its_address(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        await at_sign_in(wizard, gateway("5d1f0c7ab2e94c3f8a6e2b7d90c4f1e3", "cn-east-3"))
        assert region(wizard).currentText() == "cn-east-3"
        assert (field(wizard, "endpoint"), field(wizard, "project")) == (endpoint_of("cn-east-3"), "cn-east-3")
        wizard.field("endpoint", "https://iam.cloud.example.com")
        assert region(wizard).currentText() == ""
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)


async def test_a_region_that_no_address_says_is_chosen_by_keyboard(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        await at_sign_in(wizard, "https://models.example.com")
        combo = region(wizard)
        assert [combo.itemText(row) for row in range(combo.count())] == list(REGIONS)
        assert (combo.currentIndex(), field(wizard, "endpoint")) == (-1, "")
        screen.keys("Tab", wizard.dialog.sign_in.list)
        assert combo.hasFocus()
        screen.keys("Down", combo)
        screen.keys("Home", combo.view())
        screen.keys("Down", combo.view())
        screen.keys("Return", combo.view())
        assert combo.currentText() == REGIONS[1]
        assert (field(wizard, "endpoint"), field(wizard, "project")) == (endpoint_of(REGIONS[1]), REGIONS[1])
        wizard.tick(wizard.ways().index("X-Auth-Token (Huawei IAM token)"))
        assert not combo.isVisible()
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)


async def test_the_fields_of_a_credential_stand_together_however_much_room_there_is(tmp_path: Path) -> None:
    async with shown_window(make_workspace(tmp_path / "ws")) as screen:
        wizard = await opened(screen)
        wizard.paste("https://api.example.com/v1\nAPI key: first-secret-0001")
        wizard.next()
        wizard.next()
        form = wizard.dialog.sign_in.findChild(AuthForm, "wizardAuthForm")
        assert form is not None
        (note,) = form._helps.values()
        (entry,) = form.inputs.values()
        assert form.height() > 200
        assert note.geometry().bottom() - entry.geometry().bottom() < 2 * entry.height()
        wizard.press("wizardCancel")
        await screen.back(wizard.dialog)

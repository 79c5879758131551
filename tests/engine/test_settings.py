"""Settings and the first start: what the user chose or changed is never lost."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from firstlight import resources
from firstlight.model.failure import ExchangeError
from firstlight.store import first_start
from firstlight.store.settings import Settings, change_saved, load_settings, save_settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    return tmp_path / "home"


def test_the_first_start_has_the_defaults_and_writes_nothing(home: Path) -> None:
    assert load_settings() == Settings(language="", theme="system", font_size=0, last_workspace="")
    assert not home.exists()


def test_settings_come_back(home: Path) -> None:
    chosen = Settings(language="zh_CN", theme="dark", font_size=14, last_workspace="/w/模型")
    save_settings(chosen)
    assert load_settings() == chosen
    assert "模型" in (home / "settings.json").read_text(encoding="utf-8")


def test_settings_of_another_version_survive(home: Path) -> None:
    home.mkdir()
    (home / "settings.json").write_text('{"theme": "light", "proxy": {"url": "http://p"}, "font_size": "large"}')
    settings = load_settings()
    assert (settings.theme, settings.font_size) == ("light", 0)
    save_settings(replace(settings, theme="dark"))
    saved = json.loads((home / "settings.json").read_text())
    assert (saved["theme"], saved["proxy"]) == ("dark", {"url": "http://p"})


@pytest.mark.parametrize("text", ["", "{", "[1]", "\x00", "null"])
def test_a_broken_settings_file_is_kept_aside_and_the_program_starts(home: Path, text: str) -> None:
    home.mkdir()
    (home / "settings.json").write_text(text)
    assert load_settings() == Settings()
    save_settings(Settings(theme="dark"))
    assert (home / "settings.broken.json").read_text() == text
    assert load_settings().theme == "dark"


def test_a_change_leaves_what_another_window_changed(home: Path) -> None:
    mine = Settings(theme="light")
    save_settings(Settings(theme="light", font_size=14))
    change_saved({"language": "zh_CN"}, replace(mine, language="zh_CN"))
    assert load_settings() == Settings(theme="light", font_size=14, language="zh_CN")


def test_a_change_over_a_broken_file_writes_everything(home: Path) -> None:
    home.mkdir()
    (home / "settings.json").write_text("{")
    change_saved({"theme": "dark"}, Settings(theme="dark", font_size=12))
    assert load_settings() == Settings(theme="dark", font_size=12)


def test_settings_that_cannot_be_saved_say_where(home: Path) -> None:
    home.write_text("a file where the folder should be")
    with pytest.raises(ExchangeError, match=r"Cannot write .*settings\.json"):
        save_settings(Settings())


def bundled(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    demo = folder / "resources" / "demo" / "workspace"
    (demo / "collections" / "Iris").mkdir(parents=True)
    (demo / "firstlight.yaml").write_text("format: 1\nname: Demo\n")
    (demo / "collections" / "Iris" / "a.yaml").write_text("name: A\n")
    monkeypatch.setattr(resources, "_PACKAGE", folder)
    return demo


def test_the_demo_workspace_is_copied_once_and_then_belongs_to_the_user(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = bundled(tmp_path / "app", monkeypatch)
    (demo / "collections" / "Iris" / "a.yaml").chmod(0o444)
    folder = first_start.demo_workspace()
    assert folder.is_relative_to(home)
    mine = folder / "collections" / "Iris" / "a.yaml"
    assert mine.stat().st_mode & 0o200
    mine.write_text("name: My own\n")
    (demo / "firstlight.yaml").write_text("format: 1\nname: Demo of a later version\n")
    assert first_start.demo_workspace() == folder
    assert mine.read_text() == "name: My own\n"
    assert "later" not in (folder / "firstlight.yaml").read_text()


def test_a_copy_that_fails_leaves_nothing_half_made(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo = bundled(tmp_path / "app", monkeypatch)
    (demo / "collections" / "dangling").symlink_to(tmp_path / "nowhere")
    with pytest.raises(ExchangeError, match="demo-workspace: it does not exist"):
        first_start.demo_workspace()
    assert list(home.iterdir()) == []
    (demo / "collections" / "dangling").unlink()
    assert (first_start.demo_workspace() / "firstlight.yaml").exists()

"""dev.py tells a person without root rights, or with another Python, exactly what to type."""

from __future__ import annotations

import _ctypes
import ast
import importlib.util
import os
import shlex
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

SCRIPT = Path(__file__).resolve().parents[2] / "dev.py"


def load() -> ModuleType:
    spec = importlib.util.spec_from_file_location("dev", SCRIPT)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


dev = load()


def program_in(folder: Path, name: str, script: str) -> None:
    (folder / name).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / name).chmod(0o755)


def test_dev_py_imports_only_the_standard_library() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"))
    imported = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
    imported |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in imported} <= sys.stdlib_module_names


def test_an_old_python_can_read_dev_py_far_enough_to_say_what_is_needed() -> None:
    ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 7))


@pytest.mark.parametrize(
    ("version", "supported"), [((3, 10), False), ((3, 11), True), ((3, 12), True), ((3, 13), True), ((3, 14), False)]
)
def test_python_3_11_to_3_13_are_supported(version: tuple[int, int], supported: bool) -> None:
    assert dev.is_supported(version) is supported


def test_another_python_on_the_path_is_found_and_dead_names_are_passed_over(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program_in(tmp_path, "python3.13", "echo 'python3.13: command not found' >&2; exit 127")
    program_in(tmp_path, "python3.12", "echo 3 12; echo /opt/python/bin/python3.12")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.find_python() == "/opt/python/bin/python3.12"


def test_without_any_fitting_python_the_message_names_the_versions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    assert dev.find_python() is None
    assert "needs Python 3.11 to 3.13; this is 3.10" in str(dev.unsupported_python((3, 10)))


def test_a_library_that_is_not_there_names_its_package(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not dev.can_load("libfirstlight-has-no-such-library.so.1")
    libraries = ((_ctypes.__file__, "present1"), ("libfirstlight-has-no-such-library.so.1", "libmissing1"))
    monkeypatch.setattr(dev, "QT_LIBRARIES", libraries)
    missing = dev.missing_packages()
    assert "libmissing1" in missing
    assert "present1" not in missing


def test_only_the_tests_need_a_real_keyring(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    assert {"gnome-keyring", "dbus", "curl"} <= set(dev.missing_packages(testing=True))
    assert not {"gnome-keyring", "dbus", "curl"} & set(dev.missing_packages())


@pytest.mark.parametrize("has_sudo", [True, False])
def test_without_root_rights_the_exact_line_to_type_is_shown(has_sudo: bool) -> None:
    line = dev.how_to_install(["libegl1", "python3.11-venv"], has_sudo)
    assert "apt-get install --yes --no-install-recommends libegl1 python3.11-venv" in line
    assert shlex.split(line)[0] == ("sudo" if has_sudo else "su")
    assert subprocess.run(["sh", "-n", "-c", line], check=False).returncode == 0


def test_an_unfinished_environment_counts_as_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dev, "VENV", tmp_path)
    stamp = tmp_path / "stamp.json"
    assert dev.present_state(stamp) == {}
    stamp.write_text('{"packages": "a", "proj', encoding="utf-8")
    assert dev.present_state(stamp) == {}
    stamp.write_text('{"packages": "a", "project": "b"}', encoding="utf-8")
    assert dev.present_state(stamp) == {}, "the stamp is whole, but the Python it speaks of is gone"
    Path(dev.program("python")).parent.mkdir(parents=True)
    Path(dev.program("python")).symlink_to(sys.executable)
    assert dev.present_state(stamp) == {"packages": "a", "project": "b"}


def test_a_changed_lock_changes_the_packages_and_not_the_project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = dev.wanted_state()
    lock = tmp_path / "requirements.lock"
    lock.write_text(dev.LOCK.read_text(encoding="utf-8") + "# newer\n", encoding="utf-8")
    monkeypatch.setattr(dev, "LOCK", lock)
    after = dev.wanted_state()
    assert after["packages"] != before["packages"]
    assert after["project"] == before["project"]


def test_a_catalogue_is_compiled_when_its_source_is_newer(tmp_path: Path) -> None:
    source = tmp_path / "zh_CN" / "LC_MESSAGES" / "firstlight.po"
    source.parent.mkdir(parents=True)
    source.write_text("", encoding="utf-8")
    assert dev.stale_catalogues(tmp_path) == [source]
    source.with_suffix(".mo").write_bytes(b"")
    os.utime(source, (1, 1))
    assert dev.stale_catalogues(tmp_path) == []


def test_a_failed_step_shows_what_it_printed_and_what_to_do() -> None:
    command = [sys.executable, "-c", "print('no route to the mirror'); raise SystemExit(7)"]
    with pytest.raises(dev.SetupError) as caught:
        dev.run_quietly("Installing", command, "Is the network there?")
    assert "Installing failed (exit code 7)" in str(caught.value)
    assert "no route to the mirror" in str(caught.value)
    assert str(caught.value).endswith("Is the network there?")


def test_an_unknown_command_shows_the_commands_and_exit_code_2(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main(["tset"]) == 2
    assert "python3 dev.py test" in capsys.readouterr().out
    assert dev.main(["--help"]) == 0


def test_options_for_pytest_stay_in_their_order() -> None:
    arguments = ["test", "--python", "/usr/bin/python3.12", "-k", "redirect", "-x"]
    assert dev.take_option(arguments, "--python") == "/usr/bin/python3.12"
    assert arguments == ["test", "-k", "redirect", "-x"]
    assert dev.take_option(arguments, "--python") == ""

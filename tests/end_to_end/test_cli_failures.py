"""`firstlight send` says every failure of the matrix in one line, in both languages, and ends with the code for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from causes import CAUSES, Cause, Stage
from firstlight.__main__ import main
from firstlight.cli import exit_codes
from firstlight.formats.request_writer import dump_request
from firstlight.store.settings import Settings, save_settings


@pytest.mark.parametrize("cause", CAUSES, ids=lambda cause: cause.name)
def test_a_failure_is_one_line_on_standard_error(
    cause: Cause,
    stage: Stage,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    monkeypatch.setenv("FIRSTLIGHT_HOME", str(tmp_path / "home"))
    file = tmp_path / "request.yaml"
    cause.around(stage, monkeypatch)
    save_settings(Settings(**cause.settings))  # type: ignore[arg-type]  # fields of it
    variables = [word for name, value in cause.variables.items() for word in ("--var", f"{name}={value}")]

    for locale, words in (("en_US.UTF-8", cause.english), ("zh_CN.UTF-8", cause.chinese)):
        monkeypatch.setenv("LC_ALL", locale)
        file.write_text(dump_request(cause.request(stage)), "utf-8")
        code = main(["send", str(file), *variables])
        said = capfdbinary.readouterr().err.decode()
        assert said.startswith("firstlight: ")
        assert said.count("\n") == 1
        assert words in said
        assert code == (exit_codes.WRONG_INPUT if cause.never_sent else exit_codes.NO_ANSWER)

"""The language of the command line: the shell's, so that a script's log does not follow a click in the window."""

from __future__ import annotations

import os

from firstlight.texts import use_language


def choose_language() -> None:
    """Switch to the locale's language; where there is no locale (Windows) to the one chosen in the window."""
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := os.environ.get(name))), "")
    use_language(_of_locale(locale) if locale else _of_window())


def _of_locale(locale: str) -> str:
    return "zh_CN" if locale.lower().startswith("zh") else "en"


def _of_window() -> str:
    from firstlight.store.settings import load_settings

    return load_settings().language or "en"

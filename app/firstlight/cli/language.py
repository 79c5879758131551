"""The language of the command line: the one chosen in the window, else the system's."""

from __future__ import annotations

import os

from firstlight.texts import use_language


def choose_language() -> None:
    """Switch to the user's language before anything is said."""
    from firstlight.store.settings import load_settings

    use_language(load_settings().language or _system_language())


def _system_language() -> str:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((value for name in names if (value := os.environ.get(name))), "")
    return "zh_CN" if locale.lower().startswith("zh") else "en"

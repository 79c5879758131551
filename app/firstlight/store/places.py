"""Where First Light keeps what belongs to the user and not to a workspace.

FIRSTLIGHT_HOME moves all of it. A folder `firstlight-data` beside the program does the same: the program is then
portable, and goes with its settings wherever the folder goes.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

PORTABLE = "firstlight-data"


def config_folder() -> Path:
    """Return the folder of the settings; it need not exist."""
    if home := _chosen_home():
        return home
    from platformdirs import user_config_path

    return user_config_path("firstlight", appauthor=False)


def data_folder() -> Path:
    """Return the folder of the demo workspace, the vault and the open tabs; it need not exist."""
    if home := _chosen_home():
        return home
    from platformdirs import user_data_path

    return user_data_path("firstlight", appauthor=False)


def portable_folder() -> Path | None:
    """Return the folder that makes the program portable when it is there; None where the program has no own place."""
    if getattr(sys, "frozen", False):
        return Path(sys.executable).parent / PORTABLE
    return Path(sys.prefix) / PORTABLE if sys.prefix != sys.base_prefix else None


def is_portable() -> bool:
    """Tell whether settings and data lie beside the program."""
    folder = portable_folder()
    return not os.environ.get("FIRSTLIGHT_HOME") and folder is not None and folder.is_dir()


def _chosen_home() -> Path | None:
    if home := os.environ.get("FIRSTLIGHT_HOME"):
        return Path(home)
    return portable_folder() if is_portable() else None

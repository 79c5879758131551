"""Where First Light keeps what belongs to the user and not to a workspace."""

from __future__ import annotations

import os
from pathlib import Path


def config_folder() -> Path:
    """Return the folder of the settings; it need not exist. FIRSTLIGHT_HOME moves it."""
    home = os.environ.get("FIRSTLIGHT_HOME")
    if home:
        return Path(home)
    from platformdirs import user_config_path

    return user_config_path("firstlight", appauthor=False)


def data_folder() -> Path:
    """Return the folder of the demo workspace and later the history; it need not exist. FIRSTLIGHT_HOME moves it."""
    home = os.environ.get("FIRSTLIGHT_HOME")
    if home:
        return Path(home)
    from platformdirs import user_data_path

    return user_data_path("firstlight", appauthor=False)

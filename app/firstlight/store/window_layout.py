"""How the window is laid out, in a small file that is read before the first paint."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from firstlight.store.places import data_folder

_NAME = "window.json"


def load_layout() -> Mapping[str, Any]:
    """Return the layout of last time; nothing when there is none that can be read."""
    try:
        layout = json.loads((data_folder() / _NAME).read_bytes())
    except (OSError, ValueError):  # a first start, or not ours: the window looks as it does then
        return {}
    return layout if isinstance(layout, dict) else {}


def save_layout(layout: Mapping[str, Any]) -> None:
    """Keep the layout. Raises ExchangeError (layer `file`)."""
    from firstlight.store import disk  # writing needs it, the first paint does not

    disk.make_folder(data_folder())
    disk.write_text(data_folder() / _NAME, json.dumps(layout) + "\n")

"""The engine ring: no Qt."""

from __future__ import annotations

import sys

# gnome-keyring exists on Linux alone; there `dev.py test` installs it.
collect_ignore = [] if sys.platform.startswith("linux") else ["test_keyring.py"]

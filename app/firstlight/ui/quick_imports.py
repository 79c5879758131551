"""Imports less than would be imported: msgspec without its extras, and what comes after PySide6 without its scan.

PySide6 looks into each imported module's source for the word PySide6, to know where `from __feature__ import` may
take effect. It reads the file through linecache, which keeps it: 80 ms and 12 MB at our start. We use no features.
"""

from __future__ import annotations

import linecache
import sys
from importlib import import_module

_SCAN = "_mod_uses_pyside"


def import_msgspec() -> None:
    """Import it without typing_extensions, which it takes when it is there and does not need: 0.5 MB."""
    name = "typing_extensions"
    absent = name not in sys.modules
    sys.modules.setdefault(name, None)  # type: ignore[arg-type]  # None is how Python marks "not importable"
    import_module("msgspec")
    if absent:
        del sys.modules[name]


def stop_source_scan() -> None:
    """Answer "no" for every module; a PySide6 without this private function is left alone."""
    import_module("PySide6.QtCore")
    feature = import_module("shibokensupport.feature")
    if hasattr(feature, _SCAN):
        setattr(feature, _SCAN, lambda _module: False)
    linecache.clearcache()  # of what was read until here

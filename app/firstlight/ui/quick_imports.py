"""Keeps PySide6 from reading the source text of every module that is imported after it.

PySide6 looks into each imported module's source for the word PySide6, to know where `from __feature__ import` may
take effect. It reads the file through linecache, which keeps it: 80 ms and 12 MB at our start. We use no features.
"""

from __future__ import annotations

import linecache
from importlib import import_module

_SCAN = "_mod_uses_pyside"


def stop_source_scan() -> None:
    """Answer "no" for every module; a PySide6 without this private function is left alone."""
    import_module("PySide6.QtCore")
    feature = import_module("shibokensupport.feature")
    if hasattr(feature, _SCAN):
        setattr(feature, _SCAN, lambda _module: False)
    linecache.clearcache()  # of what was read until here

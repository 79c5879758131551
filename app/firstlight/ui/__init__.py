"""The window: widgets, and what ties them to the engine. The only package that knows Qt."""

from firstlight.ui.quick_imports import stop_source_scan

stop_source_scan()

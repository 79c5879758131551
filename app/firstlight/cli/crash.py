"""What happens to an error nobody expected: Python's own words on standard error, secrets masked."""

from __future__ import annotations

import os
import sys
from types import TracebackType


def watch() -> None:
    """Hear every exception that nothing catches; it ends the program all the same."""
    sys.excepthook = _report


def _report(_kind: type[BaseException], error: BaseException, _where: TracebackType | None) -> None:
    import traceback

    from firstlight.cli.secrets import PASSWORD, secret_store
    from firstlight.model.secrets import ENVIRONMENT_PREFIX, Masker

    given = {value for name, value in os.environ.items() if name.startswith(ENVIRONMENT_PREFIX) or name == PASSWORD}
    text = "".join(traceback.format_exception(error))
    sys.stderr.write(Masker.of({*given, *secret_store().values()}).mask(text))

"""`firstlight demo --headless`: the demo services without a window."""

from __future__ import annotations

from firstlight.cli.console import complain
from firstlight.cli.exit_codes import for_failure
from firstlight.model.failure import ExchangeError


def serve(port: int) -> int:
    """Serve until Ctrl+C; the services print where they are."""
    from firstlight.demo.serve import run_headless

    try:
        return run_headless(port)
    except ExchangeError as error:
        complain(error.failure)
        return for_failure(error.failure)

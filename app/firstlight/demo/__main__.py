"""`python -m firstlight.demo [PORT]`: the demo services alone, without the command line around them."""

from __future__ import annotations

import sys

from firstlight.demo.serve import run_headless

if __name__ == "__main__":
    raise SystemExit(run_headless(int(sys.argv[1]) if len(sys.argv) > 1 else 0))

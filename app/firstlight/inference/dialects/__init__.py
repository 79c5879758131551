"""DIALECTS: the ways services write generated text into the messages of a stream, in the order they are tried."""

from __future__ import annotations

from firstlight.inference.dialects import anthropic, choices, ollama, tgi, triton
from firstlight.inference.dialects.dialect import Dialect

DIALECTS: tuple[Dialect, ...] = (
    choices.DIALECT,
    ollama.DIALECT,
    tgi.DIALECT,
    triton.DIALECT,
    anthropic.DIALECT,
)

__all__ = ["DIALECTS", "Dialect"]

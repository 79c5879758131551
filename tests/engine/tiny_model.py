"""Writes a language model of one layer as a GGUF file, for a real llama.cpp to run: it speaks, and says nothing.

The format: https://github.com/ggml-org/ggml/blob/master/docs/gguf.md
"""

from __future__ import annotations

import random
import struct
from array import array
from pathlib import Path

WORDS = (
    "▁sun",
    "▁moon",
    "▁star",
    "▁light",
    "▁sky",
    "▁night",
    "▁first",
    "▁mirror",
    "▁lens",
    "▁eye",
    "▁远",
    "▁望",
    "▁镜",
)
_WIDTH, _HIDDEN, _HEADS, _CONTEXT = 32, 64, 2, 512
_ALIGNMENT = 32
_UINT32, _INT32, _FLOAT32, _BOOL, _STRING, _ARRAY = 4, 5, 6, 7, 8, 9
_NORMAL, _UNKNOWN, _CONTROL, _BYTE = 1, 2, 3, 6

TEMPLATE = "{% for message in messages %}{{ message.role }}: {{ message.content }}\n{% endfor %}assistant:"
_SPECIAL = ("<unk>", "<s>", "</s>")
_TOKENS = (*_SPECIAL, *(f"<0x{byte:02X}>" for byte in range(256)), "▁", *WORDS)
_KINDS = (_UNKNOWN, _CONTROL, _CONTROL, *([_BYTE] * 256), _NORMAL, *([_NORMAL] * len(WORDS)))


def write_tiny_model(path: Path) -> None:
    """Write the model to `path`, about 150 KB; the same bytes each time."""
    facts = _facts()
    tensors = _tensors(random.Random(7))
    infos, data = b"", b""
    for name, shape, values in tensors:
        data += b"\0" * (-len(data) % _ALIGNMENT)
        infos += _text(name) + struct.pack(f"<I{len(shape)}QIQ", len(shape), *shape, 0, len(data))  # 0: 32-bit floats
        data += array("f", values).tobytes()
    head = b"GGUF" + struct.pack("<IQQ", 3, len(tensors), len(facts)) + b"".join(facts) + infos
    path.write_bytes(head + b"\0" * (-len(head) % _ALIGNMENT) + data)


def _facts() -> list[bytes]:
    numbers = {
        "llama.context_length": _CONTEXT, "llama.embedding_length": _WIDTH, "llama.block_count": 1,
        "llama.feed_forward_length": _HIDDEN, "llama.attention.head_count": _HEADS,
        "llama.rope.dimension_count": _WIDTH // _HEADS, "llama.vocab_size": len(_TOKENS),
        "tokenizer.ggml.unknown_token_id": 0, "tokenizer.ggml.bos_token_id": 1, "tokenizer.ggml.eos_token_id": 2,
    }  # fmt: skip
    texts = {
        "general.architecture": "llama", "general.name": "tiny", "tokenizer.ggml.model": "llama",
        "tokenizer.chat_template": TEMPLATE,
    }  # fmt: skip
    return [
        *(_text(name) + struct.pack("<I", _STRING) + _text(value) for name, value in texts.items()),
        *(_text(name) + struct.pack("<II", _UINT32, value) for name, value in numbers.items()),
        _text("llama.attention.layer_norm_rms_epsilon") + struct.pack("<If", _FLOAT32, 1e-5),
        _list("tokenizer.ggml.tokens", _STRING, [_text(token) for token in _TOKENS]),
        _list("tokenizer.ggml.scores", _FLOAT32, [struct.pack("<f", -float(n)) for n in range(len(_TOKENS))]),
        _list("tokenizer.ggml.token_type", _INT32, [struct.pack("<i", kind) for kind in _KINDS]),
    ]


def _tensors(dice: random.Random) -> list[tuple[str, tuple[int, ...], list[float]]]:
    def noise(columns: int, rows: int) -> tuple[tuple[int, int], list[float]]:
        return (columns, rows), [dice.gauss(0, 0.3) for _ in range(columns * rows)]

    ones = ((_WIDTH,), [1.0] * _WIDTH)
    # Rows of zeros for whatever is not a word: it is never the likeliest.
    spoken = [0.0] * (_WIDTH * (len(_TOKENS) - len(WORDS))) + noise(_WIDTH, len(WORDS))[1]
    made = {
        "token_embd.weight": noise(_WIDTH, len(_TOKENS)),
        "blk.0.attn_norm.weight": ones,
        "blk.0.attn_q.weight": noise(_WIDTH, _WIDTH),
        "blk.0.attn_k.weight": noise(_WIDTH, _WIDTH),
        "blk.0.attn_v.weight": noise(_WIDTH, _WIDTH),
        "blk.0.attn_output.weight": noise(_WIDTH, _WIDTH),
        "blk.0.ffn_norm.weight": ones,
        "blk.0.ffn_gate.weight": noise(_WIDTH, _HIDDEN),
        "blk.0.ffn_up.weight": noise(_WIDTH, _HIDDEN),
        "blk.0.ffn_down.weight": noise(_HIDDEN, _WIDTH),
        "output_norm.weight": ones,
        "output.weight": ((_WIDTH, len(_TOKENS)), spoken),
    }
    return [(name, shape, values) for name, (shape, values) in made.items()]


def _text(text: str) -> bytes:
    data = text.encode()
    return struct.pack("<Q", len(data)) + data


def _list(name: str, kind: int, values: list[bytes]) -> bytes:
    return _text(name) + struct.pack("<IIQ", _ARRAY, kind, len(values)) + b"".join(values)

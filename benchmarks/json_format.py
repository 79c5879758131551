"""The lossless JSON formatter against `json.dumps(json.loads(body), indent=2)`, which changes digits and escapes."""

from __future__ import annotations

import json
import random
import statistics
import time
from collections.abc import Callable

from harness import report

from firstlight.views.json_format import find_problem, format_json, minify_json
from firstlight.views.json_layout import indented
from firstlight.views.json_tokens import tokens
from firstlight.views.line_index import LineIndex

ROUNDS = 5


def body(count: int) -> bytes:
    dice = random.Random(1)
    people = [
        {
            "id": dice.getrandbits(60),
            "name": f"Person {n}",
            "about": "words and more words " * 4,
            "score": dice.random(),
            "tags": ["alpha", "beta"],
            "place": {"street": f"{n} Main St", "city": "北京", "zip": None},
            "active": n % 2 == 0,
        }
        for n in range(count)
    ]
    return json.dumps(people, ensure_ascii=False).encode()


def seconds(work: Callable[[], object]) -> float:
    start_ns = time.perf_counter_ns()
    work()
    return (time.perf_counter_ns() - start_ns) / 1e9


def main() -> None:
    data = body(20_000)
    pretty = format_json(data)
    contenders: dict[str, Callable[[], object]] = {
        "json": lambda: json.dumps(json.loads(data), indent=2, ensure_ascii=False).encode(),
        "format": lambda: format_json(data, strict=True),
        "minify": lambda: minify_json(pretty),
        "problem": lambda: find_problem(data),
        "tolerant": lambda: indented(tokens(data), 2),
        "lines": lambda: LineIndex(pretty).build(),
    }
    assert contenders["json"]() == pretty == contenders["tolerant"]()
    taken: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(ROUNDS):
        for name, work in contenders.items():
            taken[name].append(seconds(work))
    medians = {name: statistics.median(times) for name, times in taken.items()}
    megabytes = len(data) / 1e6

    def line(title: str, name: str, target: str) -> None:
        speed = f"{megabytes / medians[name]:,.0f} MB/s"
        report(title, medians[name] / medians["json"], target, detail=f"({speed}, {megabytes:.1f} MB)")

    line("format JSON ÷ json.dumps(json.loads)", "format", "≤ 0.25×")
    line("minify JSON ÷ json.dumps(json.loads)", "minify", "≤ 0.25×")
    line("check JSON ÷ json.dumps(json.loads)", "problem", "≤ 0.1×")
    line("format broken JSON ÷ json.dumps(json.loads)", "tolerant", "≤ 2.5×")
    line("count lines ÷ json.dumps(json.loads)", "lines", "≤ 0.05×")


if __name__ == "__main__":
    main()

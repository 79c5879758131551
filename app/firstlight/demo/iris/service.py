"""Answers `data.req_data` rows with the kind of iris they describe (VENDORS §3.5, §3.6)."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

from starlette.requests import Request
from starlette.responses import Response

from firstlight.demo.answers import huawei_answer, refuse_huawei, refuse_recognition
from firstlight.demo.iris.bayes import NaiveBayes
from firstlight.demo.uploads import NotJsonError, parse_object
from firstlight.resources import resource_path

FEATURES = ("sepal_length", "sepal_width", "petal_length", "petal_width")
_LARGEST_CM = 1e6


@cache
def model() -> NaiveBayes:
    """Return the classifier, learnt from Fisher's 150 flowers (1936; the measurements are facts)."""
    with resource_path("demo", "iris.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    return NaiveBayes(([float(row[name]) for name in FEATURES], row["species"]) for row in rows)


async def predict(_request: Request, body: bytes) -> Response:
    """Predict every row of `data.req_data` and echo `meta.uuid`."""
    if not body:
        raise refuse_huawei(400, "ModelArts.4202", "The request is empty.")
    try:
        payload = parse_object(body)
    except NotJsonError as error:
        raise refuse_huawei(400, "ModelArts.4105", f"Malformed JSON: {error}.") from error
    rows = _rows(payload)
    results = [_predict_row(position, row) for position, row in enumerate(rows, 1)]
    meta = payload.get("meta")
    uuid = meta.get("uuid", "") if isinstance(meta, dict) else ""
    return huawei_answer({"meta": {"uuid": uuid}, "data": {"resp_data": results}})


def _rows(payload: dict[str, Any]) -> list[Any]:
    """Return the rows; some models take `req_data` at the top, so this one does too."""
    data = payload.get("data")
    rows = data.get("req_data") if isinstance(data, dict) else payload.get("req_data")
    if not isinstance(rows, list) or not rows:
        raise refuse_recognition(400, "data.req_data must be a list with at least one row")
    return rows


def _predict_row(position: int, row: object) -> dict[str, Any]:
    if not isinstance(row, dict):
        raise refuse_recognition(400, f"row {position} is not an object")
    values = []
    for name in FEATURES:
        try:
            value = float(row[name])
        except KeyError:
            raise refuse_recognition(400, f"row {position} has no {name}") from None
        except (TypeError, ValueError, OverflowError):
            raise refuse_recognition(400, f"{name} in row {position} is not a number") from None
        if not abs(value) <= _LARGEST_CM:
            raise refuse_recognition(400, f"{name} in row {position} is out of range")
        values.append(value)
    chances = model().probabilities(values)
    best = max(chances, key=chances.__getitem__)
    rounded = {label: round(chance, 4) for label, chance in chances.items()}
    return {**row, "predictresult": best, "predict_result": best, "probabilities": rounded}

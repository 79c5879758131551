"""A Gaussian naive Bayes classifier: learns mean and variance per class, answers with probabilities. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import exp, log, pi
from statistics import fmean, pvariance


@dataclass(frozen=True, slots=True)
class _Class:
    label: str
    log_prior: float
    means: tuple[float, ...]
    variances: tuple[float, ...]

    def log_likelihood(self, row: Sequence[float]) -> float:
        terms = zip(row, self.means, self.variances, strict=True)
        return self.log_prior - 0.5 * sum(log(2 * pi * v) + (x - m) ** 2 / v for x, m, v in terms)


class NaiveBayes:
    """Learns from (row, label) pairs; every row has the same number of features."""

    def __init__(self, examples: Iterable[tuple[Sequence[float], str]]) -> None:
        rows_of: dict[str, list[Sequence[float]]] = {}
        for row, label in examples:
            rows_of.setdefault(label, []).append(row)
        total = sum(map(len, rows_of.values()))
        self._classes = [_learn(label, rows, len(rows) / total) for label, rows in rows_of.items()]

    def probabilities(self, row: Sequence[float]) -> dict[str, float]:
        """Return label → probability, in the order in which the labels were learnt."""
        scores = {c.label: c.log_likelihood(row) for c in self._classes}
        highest = max(scores.values())
        weights = {label: exp(score - highest) for label, score in scores.items()}
        total = sum(weights.values())
        return {label: weight / total for label, weight in weights.items()}


def _learn(label: str, rows: list[Sequence[float]], share: float) -> _Class:
    columns = list(zip(*rows, strict=True))
    # A column without spread would divide by zero; 1e-6 is far below the 0.1 cm of the measurements.
    variances = tuple(max(pvariance(column), 1e-6) for column in columns)
    return _Class(label, log(share), tuple(map(fmean, columns)), variances)

"""Logistic regression on grouped rows, by iteratively reweighted least squares.

Source: McCullagh & Nelder, Generalized Linear Models (1989), chapter 4; the ridge: le Cessie & van Houwelingen, Appl.
Statist. 1992;41:191.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

import numpy as np

if TYPE_CHECKING:
    from kvalitetsapp.analysis.columns import Floats, Ints

RIDGE: Final = 1e-8
"""The penalty on every coefficient but the intercept: nothing where there is information, an end where there is none.

A group without events would have its coefficient run to −∞, a column that says nothing beside the others would have
none at all; with it the first stops where its fitted risk is practically 0 and the second is 0. Coefficients that the
data tell move by less than 1e-7.
"""
_MOST_ITERATIONS: Final = 60
_TOLERANCE: Final = 1e-9
_MOST_HALVINGS: Final = 30


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients with standard errors, and the fitted probability of each row."""

    coefficients: Floats
    errors: Floats
    fitted: Floats
    converged: bool
    iterations: int


def fit(design: Floats, events: Ints, n: Ints) -> Fit:
    """Return the fit of events among n on `design`, whose first column is the intercept.

    `converged` is False where the penalised likelihood has not settled after 60 steps, each halved until it does not
    fall. Without events, or with nothing else, there is no fit: `converged` is False.
    """
    y, total = events.astype(np.float64), n.astype(np.float64)
    penalty = np.full(design.shape[1], RIDGE)
    penalty[0] = 0.0
    if not 0 < y.sum() < total.sum():
        return _no_fit(design)
    beta = np.zeros(design.shape[1])
    beta[0] = np.log(y.sum() / (total.sum() - y.sum()))
    reached = _likelihood(design, y, total, beta, penalty)
    for iteration in range(1, _MOST_ITERATIONS + 1):
        step = _step(design, y, total, beta, penalty)
        beta, now = _uphill(design, y, total, beta, step, penalty)
        settled = abs(now - reached) <= _TOLERANCE * (abs(now) + 1) and float(np.abs(step).max()) < _LEAST_STEP
        reached = now
        if settled:
            return _done(design, total, beta, penalty, iteration, converged=True)
    return _done(design, total, beta, penalty, _MOST_ITERATIONS, converged=False)


_LEAST_STEP: Final = 1e-6


def _probability(design: Floats, beta: Floats) -> Floats:
    from scipy.special import expit

    return np.asarray(expit(design @ beta), dtype=np.float64)


def _information(design: Floats, total: Floats, probability: Floats, penalty: Floats) -> Floats:
    weight = total * probability * (1 - probability)
    return np.asarray(design.T @ (design * weight[:, None]) + np.diag(penalty), dtype=np.float64)


def _step(design: Floats, y: Floats, total: Floats, beta: Floats, penalty: Floats) -> Floats:
    probability = _probability(design, beta)
    score = design.T @ (y - total * probability) - penalty * beta
    return np.asarray(np.linalg.solve(_information(design, total, probability, penalty), score), dtype=np.float64)


def _likelihood(design: Floats, y: Floats, total: Floats, beta: Floats, penalty: Floats) -> float:
    """Return the penalised log-likelihood: Σ y·η − n·log(1 + e^η) − ½ Σ λβ²."""
    eta = design @ beta
    return float(y @ eta - total @ np.logaddexp(0.0, eta) - 0.5 * penalty @ beta**2)


def _uphill(
    design: Floats, y: Floats, total: Floats, beta: Floats, step: Floats, penalty: Floats
) -> tuple[Floats, float]:
    """Return the coefficients after as much of the step as does not lower the likelihood, and that likelihood."""
    before = _likelihood(design, y, total, beta, penalty)
    for _ in range(_MOST_HALVINGS):
        now = _likelihood(design, y, total, beta + step, penalty)
        if now >= before - _TOLERANCE * (abs(before) + 1):
            return beta + step, now
        step = step / 2
    return beta, before


def _done(design: Floats, total: Floats, beta: Floats, penalty: Floats, iterations: int, *, converged: bool) -> Fit:
    probability = _probability(design, beta)
    covariance = np.linalg.inv(_information(design, total, probability, penalty))
    errors = np.sqrt(np.maximum(np.diag(covariance), 0.0))
    return Fit(beta, errors, probability, converged, iterations)


def _no_fit(design: Floats) -> Fit:
    empty = np.zeros(design.shape[1])
    return Fit(empty, empty, np.zeros(len(design)), converged=False, iterations=0)

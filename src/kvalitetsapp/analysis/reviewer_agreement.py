"""Agreement between two reviewers as Cohen's kappa, weighted where the answers stand in an order.

With n pairs, p the table of shares and w the weights of agreement (1 for the same answer, 0 for the ends of a scale):

    observed = Σ w·p      expected = Σ w·(row share × column share)      kappa = (observed − expected) / (1 − expected)

The weight of answers d steps apart on a scale of k is 1 − d/(k − 1) (linear) or 1 − (d/(k − 1))² (quadratic); without
weights every difference counts the same. The standard error is the large-sample one that does not suppose kappa = 0.

Sources: Cohen, Educ Psychol Meas 1960;20:37, and Psychol Bull 1968;70:213 (weights); Fleiss, Cohen & Everitt,
Psychol Bull 1969;72:323 (standard errors).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np

from kvalitetsapp.analysis.proportions import Z_95
from kvalitetsapp.domain import review_words
from kvalitetsapp.domain.reviewer_agreement import Kappa, ReviewerAgreement, Weights, WhyNone
from kvalitetsapp.domain.words import ComplicationClass, Verdict

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable, Sequence

    from kvalitetsapp.analysis.columns import Floats, Ints
    from kvalitetsapp.domain.answer import Answer

QUESTIONS: Final[dict[str, tuple[str, ...]]] = {
    "relation": tuple(review_words.Relation),
    "decision": tuple(Verdict),
    "complication_class": tuple(ComplicationClass),
    "harm_severity": tuple(review_words.HarmSeverity),
    "clavien_dindo": tuple(review_words.ClavienDindo),
    "avoidability": tuple(review_words.Avoidability),
    "infection_level": tuple(review_words.InfectionLevel),
    "treatment": tuple(review_words.Treatment),
    "outcome": tuple(review_words.Outcome),
}
"""The questions that agreement is told of, with all their answers; a scale's answers in its order."""

_NO_VARIANCE: Final = 1e-12


def weights_of(question: str) -> Weights:
    """Return how differences on a question count: by steps on a scale, all alike elsewhere."""
    return Weights.LINEAR if question in review_words.ORDERED else Weights.NONE


def kappa(
    first: Sequence[Hashable], second: Sequence[Hashable], categories: Sequence[Hashable], *, weights: Weights
) -> Kappa:
    """Return the agreement of two reviewers' answers to the same cases in the same order.

    `categories` are all answers there are, also those that nobody gave: they set the distances on a scale.

    Raises:
        ValueError: the answers are not equally many, or one is no category.
    """
    place = {category: n for n, category in enumerate(categories)}
    unknown = {*first, *second} - place.keys()
    if unknown:
        raise ValueError(f"no categories: {sorted(map(str, unknown))}")
    counts = np.zeros((len(place), len(place)), dtype=np.int64)
    for one, other in zip(first, second, strict=True):
        counts[place[one], place[other]] += 1
    return kappa_of_table(counts, weights)


def kappa_of_table(counts: Ints, weights: Weights) -> Kappa:
    """Return the agreement from the square table of how often each pair of answers was given."""
    n = int(counts.sum())
    if not n:
        return Kappa(0, weights, why_none=WhyNone.NO_PAIRS)
    shares = counts / n
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    agreement = _weights(len(counts), weights)
    observed, expected = float((agreement * shares).sum()), float(rows @ agreement @ columns)
    if counts.diagonal().max() == n:
        return Kappa(n, weights, observed, expected, why_none=WhyNone.ONE_ANSWER)
    if counts.trace() == n:
        return Kappa(n, weights, 1.0, expected, 1.0, why_none=WhyNone.ALL_AGREE)
    found = (observed - expected) / (1 - expected)
    variance = _variance(shares, agreement, found, expected)
    if variance <= _NO_VARIANCE:
        return Kappa(n, weights, observed, expected, found, why_none=WhyNone.NO_VARIANCE)
    error = float(np.sqrt(variance / n))
    low, high = max(found - Z_95 * error, -1.0), min(found + Z_95 * error, 1.0)
    return Kappa(n, weights, observed, expected, found, error, low, high)


def of_round(pairs: Iterable[tuple[Answer, Answer]]) -> tuple[ReviewerAgreement, ...]:
    """Return the agreement on every question from the two first answers to each case.

    A class that is not filled in stands for the derived one; give the answers with it put in, or the pair is left out.
    """
    known = list(pairs)
    return tuple(_on_question(question, known) for question in QUESTIONS)


def _on_question(question: str, pairs: Sequence[tuple[Answer, Answer]]) -> ReviewerAgreement:
    told = [(getattr(one, question), getattr(other, question)) for one, other in pairs]
    both = [(one, other) for one, other in told if one and other]
    found = kappa(
        [one for one, _other in both],
        [other for _one, other in both],
        QUESTIONS[question],
        weights=weights_of(question),
    )
    return ReviewerAgreement(
        question,
        n=found.n,
        agreed=sum(one == other for one, other in both),
        left_out=len(told) - len(both),
        weights=found.weights,
        kappa=found.kappa,
        low=found.low,
        high=found.high,
        why_none=found.why_none,
    )


def _weights(size: int, weights: Weights) -> Floats:
    if weights is Weights.NONE or size == 1:
        return np.eye(size)
    steps = np.abs(np.subtract.outer(np.arange(size), np.arange(size))) / (size - 1)
    return 1 - (steps if weights is Weights.LINEAR else steps**2)


def _variance(shares: Floats, agreement: Floats, kappa: float, expected: float) -> float:
    """Return n times the variance of kappa (Fleiss, Cohen & Everitt 1969, equation 9, without its denominator's n)."""
    rows, columns = shares.sum(axis=1), shares.sum(axis=0)
    mean_by_row, mean_by_column = agreement @ columns, rows @ agreement
    apart = agreement - np.add.outer(mean_by_row, mean_by_column) * (1 - kappa)
    spread = float((shares * apart**2).sum()) - (kappa - expected * (1 - kappa)) ** 2
    return spread / (1 - expected) ** 2

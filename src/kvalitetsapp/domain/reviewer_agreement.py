"""How well two reviewers agree who have answered the same cases without seeing each other's answer."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from kvalitetsapp.texts import N_, _


class Weights(StrEnum):
    """How much a difference counts: all alike, by the steps between the answers, or by the steps squared."""

    NONE = "none"
    LINEAR = "linear"
    QUADRATIC = "quadratic"


class WhyNone(StrEnum):
    """Why there is no kappa, or a kappa without an interval."""

    NO_PAIRS = "no_pairs"
    ONE_ANSWER = "one_answer"
    ALL_AGREE = "all_agree"
    NO_VARIANCE = "no_variance"


@dataclass(frozen=True, slots=True)
class Kappa:
    """Agreement beyond what chance gives; what cannot be told is None, and `why_none` says why.

    `observed` and `expected` are shares of full agreement, weighted where `weights` are. `standard_error` is the
    large-sample one, `low` and `high` the 95 % interval from it, cut at −1 and 1.
    """

    n: int
    weights: Weights
    observed: float | None = None
    expected: float | None = None
    kappa: float | None = None
    standard_error: float | None = None
    low: float | None = None
    high: float | None = None
    why_none: WhyNone | None = None


@dataclass(frozen=True, slots=True)
class ReviewerAgreement:
    """The agreement on one question: `agreed` of `n` pairs gave the same answer.

    `left_out` counts the pairs where either has not answered. `question` is a name of `answer.Answer`.
    """

    question: str
    n: int
    agreed: int
    left_out: int
    weights: Weights
    kappa: float | None
    low: float | None
    high: float | None
    why_none: WhyNone | None


WEIGHT_WORDS: Final = {
    Weights.NONE: N_("Ovägd"),
    Weights.LINEAR: N_("Linjärt vägd"),
    Weights.QUADRATIC: N_("Kvadratiskt vägd"),
}
_REASONS: Final = {
    WhyNone.NO_PAIRS: N_("Inget ärende har svar av båda."),
    WhyNone.ONE_ANSWER: N_("Alla svar är desamma, så kappa går inte att räkna."),
    WhyNone.ALL_AGREE: N_("Alla par är lika, så det finns inget intervall."),
    WhyNone.NO_VARIANCE: N_("Svaren varierar för lite för ett intervall."),
}


def reason_text(reason: WhyNone | None) -> str:
    """Return why there is no kappa or no interval, in a Swedish sentence; "" where both are there."""
    return _(_REASONS[reason]) if reason else ""

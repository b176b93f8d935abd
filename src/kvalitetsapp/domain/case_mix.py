"""Observed against expected: what the case mix would give, and what the model behind it is built on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Coefficient:
    """A parameter of the model on the log-odds scale, with its standard error."""

    name: str
    value: float
    error: float


@dataclass(frozen=True, slots=True)
class CalibrationRow:
    """Operations of like risk: how many events came and how many the model gives them."""

    operations: int
    observed: int
    expected: float
    lowest_risk: float
    highest_risk: float


@dataclass(frozen=True, slots=True)
class CaseMixModel:
    """The model of a joint, and what a reader needs to trust or doubt it.

    `converged` False: no expected figures are drawn from it. `discrimination` is the probability that an operation
    with an event had the higher risk (0.5 is none), `calibration_p` that of the Hosmer–Lemeshow test; both None where
    they cannot be told. `unknown` has how many operations lack age, sex or diagnosis: they are in the model with
    categories of their own.
    """

    joint: str
    operations: int
    events: int
    converged: bool
    iterations: int
    coefficients: tuple[Coefficient, ...]
    calibration: tuple[CalibrationRow, ...]
    calibration_p: float | None
    discrimination: float | None
    unknown: int

    @property
    def parameters(self) -> int:
        """Return how many parameters were estimated beside the intercept."""
        return max(len(self.coefficients) - 1, 0)

    @property
    def events_per_parameter(self) -> float | None:
        """Return events (or operations without one, if they are fewer) per parameter; under ten the model is thin."""
        fewest = min(self.events, self.operations - self.events)
        return fewest / self.parameters if self.parameters else None


@dataclass(frozen=True, slots=True)
class Standardised:
    """A provider's observed/expected with 95 % interval, and that as a rate; None where nothing can be expected."""

    provider_id: str
    joint: str
    operations: int
    observed: int
    expected: float | None
    ratio: float | None
    ratio_low: float | None
    ratio_high: float | None
    rate: float | None
    rate_low: float | None
    rate_high: float | None


@dataclass(frozen=True, slots=True)
class CaseMix:
    """The models by joint and the providers' figures, by joint and then by volume."""

    models: tuple[CaseMixModel, ...]
    providers: tuple[Standardised, ...]

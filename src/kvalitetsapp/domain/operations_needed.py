"""What it would take to know: the operations after which a true rate is flagged with a given probability."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OperationsNeeded:
    """From `operations` on a true rate is flagged as high at 95 % with probability `power`; None: not within reach."""

    target: float
    true_rate: float
    power: float
    operations: int | None

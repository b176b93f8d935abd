"""The joint register's own account of the sample county's hips and knees: nearly all of them, with ASA and BMI."""

from __future__ import annotations

import random
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.people import weighted

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Operation, Period

SOURCE: Final = "ledregistret"
_JOINTS: Final = ("hip", "knee")
_FIXATION: Final = {"hip": (("cementerad", 55), ("ocementerad", 33), ("hybrid", 12)), "knee": (("cementerad", 100),)}
_ASA_YOUNG: Final = (("1", 28), ("2", 58), ("3", 14))
_ASA_OLD: Final = (("1", 6), ("2", 52), ("3", 39), ("4", 3))
_OLD: Final = 72
_NO_BMI: Final = 0.04
_OTHER_DAY: Final = 0.02


def register_rows(operations: Iterable[Operation], period: Period, seed: int) -> list[Row]:
    """Return rows of `register_operations`, in order of the day; a few days are a day or two off."""
    rng = random.Random(f"register {seed}")  # noqa: S311 - sample data, nothing secret depends on it
    told = [_row(rng, operation, period) for operation in operations if operation.joint in _JOINTS]
    rows = [row for row in told if row is not None]
    rows.sort(key=lambda row: (row["operated_on"], row["personal_id"], row["side"]))
    return [row | {"record_id": str(number)} for number, row in enumerate(rows, 700_001)]


def _row(rng: random.Random, operation: Operation, period: Period) -> Row | None:
    """Return what the register has on an operation, None where nothing was sent to it."""
    person, place = operation.person, operation.place
    sent = rng.random() < place.registered
    off = rng.choice((1, 2)) if rng.random() < _OTHER_DAY else 0
    asa = weighted(rng, _ASA_OLD if person.age_on(operation.day) >= _OLD else _ASA_YOUNG)
    bmi = min(46.0, max(18.0, rng.gauss(28.4 if operation.joint == "knee" else 27.2, 4.3)))
    return (
        {
            "source": SOURCE,
            "record_id": "",
            "personal_id": person.number_on(operation.day),
            "provider_id": place.provider_id,
            "hospital": place.name,
            "joint": operation.joint,
            "side": operation.side,
            "operated_on": min(operation.day + timedelta(days=off), period.last, person.died).isoformat(),
            "operation_kind": "primary",
            "diagnosis": operation.diagnosis,
            "procedure_code": operation.code,
            "fixation": weighted(rng, _FIXATION[operation.joint]),
            "asa": asa,
            "bmi": "" if rng.random() < _NO_BMI else f"{bmi:.1f}".replace(".", ","),
        }
        if sent
        else None
    )

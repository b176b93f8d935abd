"""What the sample county's patients answered before and after their operations.

In the first years of the period the survey delivers whole scores of HOOS-12 and KOOS-12, later question by
question, so that both ways of reading them are seen. Levels and gains are plausible, not measured.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.exchange.sample.operations import FRACTURE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import date

    from kvalitetsapp.exchange.sample.rows import Row
    from kvalitetsapp.exchange.sample.shapes import Complication, Operation, Period

SOURCE: Final = "patientenkät"
_INSTRUMENTS: Final = {"hip": "hoos12", "knee": "koos12"}
_QUESTIONS: Final = 12
_DAYS_OF_SCORES: Final = 730
_OCCASIONS: Final = {"preop": (-40, -4), "90d": (80, 118), "1y": (345, 410)}
_ANSWER_BEFORE: Final = 0.93  # asked at the clinic, nearly everybody does
_KNEE_LESS: Final = 6.0
_HARM: Final = 17.0
_UNANSWERED: Final = 0.015


@dataclass(frozen=True, slots=True)
class _Patient:
    """How somebody is before and after an operation, in points of 100, and how content."""

    operation: Operation
    before: float
    after: float
    content: float


def answer_rows(
    operations: Iterable[Operation], complications: Iterable[Complication], period: Period, seed: int
) -> list[Row]:
    """Return rows of `proms` for planned operations on hips and knees, in the order they were answered."""
    rng = random.Random(f"answers {seed}")  # noqa: S311 - sample data, nothing secret depends on it
    harmed = {one.operation.index_ref for one in complications if one.surgical}
    rows: list[Row] = []
    for operation in operations:
        if operation.joint in _INSTRUMENTS and operation.diagnosis != FRACTURE:
            patient = _patient(rng, operation, harmed=operation.index_ref in harmed)
            rows += _answers(rng, patient, period)
    return sorted(rows, key=lambda row: row["answered_on"])


def _patient(rng: random.Random, operation: Operation, *, harmed: bool) -> _Patient:
    gain = operation.place.better - (_KNEE_LESS if operation.joint == "knee" else 0.0) - (_HARM if harmed else 0.0)
    before = _within(rng.gauss(39.0, 13.0), 4.0, 78.0)
    after = _within(before + rng.gauss(gain, 15.0), 2.0, 100.0)
    return _Patient(operation, before, after, rng.gauss(after, 13.0))


def _answers(rng: random.Random, patient: _Patient, period: Period) -> Iterator[Row]:
    """Yield what somebody answered on each occasion that came while they were here."""
    operation, items_from = patient.operation, period.first + timedelta(days=_DAYS_OF_SCORES)
    for occasion, days in _OCCASIONS.items():
        day = operation.day + timedelta(days=rng.randint(*days))
        answers = rng.random() < (_ANSWER_BEFORE if occasion == "preop" else operation.place.answering)
        if answers and period.first <= day <= min(period.last, operation.person.here_until()):
            sheet = _sheet(rng, patient, occasion, itemised=operation.day >= items_from)
            yield from (_row(operation, occasion, day, *answer) for answer in sheet)


def _sheet(rng: random.Random, patient: _Patient, occasion: str, *, itemised: bool) -> Iterator[tuple[str, str, str]]:
    """Yield (instrument, item, value) of everything asked on an occasion."""
    if occasion == "90d":
        yield "prem", "", str(round(_within(rng.gauss(70.0 + patient.operation.place.better / 2, 9.0), 20.0, 100.0)))
        return
    level = patient.before if occasion == "preop" else patient.after
    yield from _score(rng, _INSTRUMENTS[patient.operation.joint], level, itemised=itemised)
    yield "eq5d", "", _comma(_within(0.18 + 0.0075 * level + rng.gauss(0.0, 0.09), -0.31, 1.0), 3)
    yield "eqvas", "", str(round(_within(38.0 + 0.45 * level + rng.gauss(0.0, 11.0), 5.0, 100.0)))
    if occasion == "1y":
        yield "satisfaction", "", str(round(_within(patient.content / 20.0 + 0.9, 1.0, 5.0)))


def _score(rng: random.Random, instrument: str, level: float, *, itemised: bool) -> Iterator[tuple[str, str, str]]:
    """Yield a form's score, or its questions from 0 (no trouble) to 4 with one in sixty left open."""
    if not itemised:
        yield instrument, "", _comma(level, 1)
        return
    for number in range(1, _QUESTIONS + 1):
        answer = round(_within((100.0 - level) / 25.0 + rng.gauss(0.0, 0.6), 0.0, 4.0))
        if rng.random() >= _UNANSWERED:
            yield instrument, str(number), str(answer)


def _row(operation: Operation, occasion: str, day: date, instrument: str, item: str, value: str) -> Row:
    return {
        "source": SOURCE,
        "personal_id": operation.person.number_on(day),
        "joint": operation.joint,
        "side": operation.side,
        "instrument": instrument,
        "item": item,
        "value": value,
        "occasion": occasion,
        "answered_on": day.isoformat(),
    }


def _within(value: float, lowest: float, highest: float) -> float:
    return min(highest, max(lowest, value))


def _comma(value: float, decimals: int) -> str:
    return f"{value:.{decimals}f}".replace(".", ",")

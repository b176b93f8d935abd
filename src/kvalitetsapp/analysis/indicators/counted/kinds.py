"""Which function looks for which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.analysis.indicators.counted import of_person_and_stay
from kvalitetsapp.analysis.indicators.counted.adverse import adverse
from kvalitetsapp.analysis.indicators.counted.answers import answers
from kvalitetsapp.analysis.indicators.counted.codes import codes
from kvalitetsapp.analysis.indicators.counted.coverage import coverage
from kvalitetsapp.analysis.indicators.counted.linked import linked
from kvalitetsapp.analysis.indicators.counted.readmission import readmission
from kvalitetsapp.domain.indicator import Counted

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.analysis.indicators.outcomes import Outcomes
    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.indicator import Indicator

FUNCTIONS: Final[dict[Counted, Callable[[Indicator, IndicatorSource], Outcomes]]] = {
    Counted.LINKED: linked,
    Counted.ADVERSE: adverse,
    Counted.CODES: codes,
    Counted.READMISSION: readmission,
    Counted.DEATH: of_person_and_stay.death,
    Counted.STAY: of_person_and_stay.stay,
    Counted.DAY_SURGERY: of_person_and_stay.day_surgery,
    Counted.ANSWER: answers,
    Counted.COVERAGE: coverage,
}
"""Every kind but figures that somebody has printed, which have no operations of ours."""
REVIEWED: Final = frozenset({Counted.LINKED, Counted.ADVERSE, Counted.CODES})
"""The kinds whose events a person may decide on."""

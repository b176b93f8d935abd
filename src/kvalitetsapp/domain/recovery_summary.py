"""The summaries that can be looked at, what each is asked, and the words that define it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.words import DAYS_TWO_YEARS
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.scenario import Scenario
    from kvalitetsapp.domain.table import Table

DAYS_BEFORE_AFTER: Final = 90
OPERATIONS: Final = "operations"
EVENTS: Final = "events"
"""The cohorts whose care is compared before and after: from an index operation, or from a linked event."""


class Summary(StrEnum):
    """A summary of costs and recovery."""

    PROVIDER = "provider"
    YEAR = "year"
    AGREEMENT = "agreement"
    CLASS = "class"
    COMPLICATION = "complication"
    EXPECTED = "expected"
    BEFORE_AFTER = "before_after"
    WHAT_IF = "what_if"

    @property
    def heading(self) -> str:
        """Return its name, to be translated where it is shown."""
        return _HEADINGS[self]

    @property
    def explanation(self) -> str:
        """Return how it is worked out, to be translated where it is shown."""
        return _EXPLANATIONS[self]


@dataclass(frozen=True, slots=True)
class Asked:
    """What someone wants to see; only what belongs to the summary matters."""

    summary: Summary
    by: str = ""
    days: int = DAYS_TWO_YEARS
    potential: bool = False
    cohort: str = OPERATIONS
    scenario: Scenario | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """A summary as it is shown: the table, names in place of ids, and a sentence on what it says."""

    table: Table
    labels: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    sentence: str = ""


_RECOVERY: Final = N_(
    "Kostnaden för händelserna, vad avtalen täcker, vad som ligger över taket, kan krävas, har krävts, "
    "krediterats och betalats (R12–R15)."
)
_HEADINGS: Final = {
    Summary.PROVIDER: N_("Efter vårdgivare"),
    Summary.YEAR: N_("Efter år"),
    Summary.AGREEMENT: N_("Efter avtal"),
    Summary.CLASS: N_("Efter slag"),
    Summary.COMPLICATION: N_("Kostnad per komplikation"),
    Summary.EXPECTED: N_("Förväntad kostnad per operation"),
    Summary.BEFORE_AFTER: N_("Före och efter"),
    Summary.WHAT_IF: N_("Tänk om"),
}
_EXPLANATIONS: Final = {
    Summary.PROVIDER: _RECOVERY,
    Summary.YEAR: _RECOVERY,
    Summary.AGREEMENT: _RECOVERY,
    Summary.CLASS: _RECOVERY,
    Summary.COMPLICATION: N_(
        "Vad ett ärendes händelser har kostat tillsammans, täckta eller inte (R14), mot taket, mot "
        "operationens eget pris och mot 60 000, 200 000 och 800 000 kr. Ärenden utan någon känd kostnad står "
        "för sig. Efter slag är ett ärende med i varje slag som det har en händelse av."
    ),
    Summary.EXPECTED: N_(
        "Priset i medel och vad komplikationerna inom så många dagar har kostat, per köpt operation som har "
        "följts hela tiden och vars pris är känt (R9, R14). Intervallet dras om ur operationerna 2 000 "
        "gånger. Ej riskjusterat."
    ),
    Summary.BEFORE_AFTER: N_(
        "Hela vårdens kostnad för varje person: dagarna före primäroperationen eller händelsen, och lika många "
        "från och med den dagen. En vårdkontakt hör till den dag då den började. Den som avlidit, flyttat ut "
        "eller inte kan följas hela tiden är utelämnad."
    ),
    Summary.WHAT_IF: N_(
        "Vad som hade kunnat krävas med andra villkor, räknat på samma händelser (R12–R15). Tomma fält "
        "lämnas som avtalat. Inget sparas."
    ),
}

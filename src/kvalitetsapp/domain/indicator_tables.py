"""Figures of indicators as tables: the keys they are read by, their columns, and the flags that go with them."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import KEY_COLUMNS, Column, Kind
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from collections.abc import Sequence

LEVELS: Final = ("provider", "unit", "joint", "prosthesis", "year", "sex", "age_group", "payer_route")
"""The keys that a recipe may let its indicator be read by, as the command line says them."""
BACKGROUND: Final = ("education", "birth_country", "birth_region", "municipality")
"""The keys that tell something of the person: whatever may be read by sex may be read by them."""

UNIT: Final = Column("unit", Kind.TEXT, N_("Enhet"))
PROSTHESIS: Final = Column("prosthesis", Kind.CODE, N_("Protes"), "prosthesis")
INDICATOR_KEYS: Final[dict[str, Column]] = {
    **{name: KEY_COLUMNS[name] for name in ("joint", "year", "sex", "age_group", "payer_route")},
    "provider": KEY_COLUMNS["provider_id"],
    "unit": UNIT,
    "prosthesis": PROSTHESIS,
    "education": Column("education", Kind.CODE, N_("Utbildning"), "education"),
    "birth_country": Column("birth_country", Kind.TEXT, N_("Födelseland")),
    "birth_region": Column("birth_region", Kind.CODE, N_("Född i"), "birth_region"),
    "municipality": Column("municipality", Kind.TEXT, N_("Kommun")),
}


def readable_by(level: Sequence[str]) -> tuple[str, ...]:
    """Return the keys that an indicator may be read by, those of its recipe with what they let in."""
    return (*level, *(key for key in BACKGROUND if "sex" in level and key not in level))


class FigureFlag(StrEnum):
    """What a reader has to know before trusting a figure."""

    NO_OPERATIONS = "no_operations"  # nobody has been followed long enough
    SMALL_N = "small_n"  # under 50 followed
    SHORT_FOLLOW_UP = "short_follow_up"  # over a fifth of the operations are not followed long enough yet
    LOW_COVERAGE = "low_coverage"  # under 80 % have the answer or the entry that is asked for
    UNREVIEWED = "unreviewed"  # under half of the events are reviewed
    NO_REPORTING = "no_reporting"  # nothing of the kind is delivered at all: missing is not 0
    FAMILIES_POOLED = "families_pooled"  # joints and another family of procedures, or several others, in one figure


SMALL_N: Final = 50
LONGEST_UNFOLLOWED_SHARE: Final = 0.2
LEAST_COVERAGE: Final = 0.8
LEAST_REVIEWED: Final = 0.5

INDICATOR_VALUES: Final[tuple[Column, ...]] = (
    Column("indicator", Kind.TEXT, N_("Indikator")),
    Column("version", Kind.TEXT, N_("Version")),
    Column("operations", Kind.INTEGER, N_("Operationer")),
    Column("eligible", Kind.INTEGER, N_("Uppföljda")),
    Column("n", Kind.INTEGER, N_("Underlag")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("value", Kind.RATE, N_("Värde")),
    Column("ci_low", Kind.RATE, N_("95\u00a0% från")),
    Column("ci_high", Kind.RATE, N_("95\u00a0% till")),
    Column("reviewed", Kind.INTEGER, N_("Granskade")),
    Column("ambiguous", Kind.INTEGER, N_("Tvetydiga")),
    Column("follow_up_days", Kind.INTEGER, N_("Uppföljning (dagar)")),
    Column("benchmark", Kind.RATE, N_("Riksvärde")),
    Column("flags", Kind.TEXT, N_("Att tänka på")),
)
"""The columns of a figure.

`eligible` are followed long enough; `n` are those of them with the value asked for (answers), else the same; `events`
counts operations in the numerator, nothing for means; `value` is a fraction for shares and a plain number for means;
`reviewed` counts operations among `events` with an event that a person has decided on, nothing where no review
applies; `flags` are words of `FigureFlag` separated by a space, in their order.
"""

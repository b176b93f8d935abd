"""The operations behind a figure: which are in its denominator, which are counted, and by which event."""

from __future__ import annotations

from enum import StrEnum
from typing import Final

from kvalitetsapp.domain.table import KEY_COLUMNS, Column, Kind
from kvalitetsapp.texts import N_


class LeftOut(StrEnum):
    """Why an operation of the cohort is not in the denominator."""

    NOT_FOLLOWED = "not_followed"  # its window, or the day of the answer, has not passed yet
    NO_VALUE = "no_value"  # no answer, or nothing delivered that could tell


MEMBERS: Final[tuple[Column, ...]] = (
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    KEY_COLUMNS["provider_id"],
    Column("operated_on", Kind.DATE, N_("Opererad")),
    Column("included", Kind.FLAG, N_("I nämnaren")),
    Column("left_out", Kind.CODE, N_("Varför inte"), "left_out"),
    Column("counted", Kind.FLAG, N_("I täljaren")),
    Column("value", Kind.RATE, N_("Värde")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("reviewed", Kind.FLAG, N_("Granskad")),
)
"""An operation of the cohort a row; `value` is the days or points of one, else 1 or 0.

`event_ref` and `days` are those of the first event, `reviewed` is 1 where a person has decided on one.
"""

"""Checks of the days of decision in words: what each of them does to the figures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Table
from kvalitetsapp.domain.waiting import DateCheck, WaitingDateCheck
from kvalitetsapp.domain.waiting_tables import DATE_QUALITY
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable

_EFFECTS: Final[dict[WaitingDateCheck, str]] = {
    WaitingDateCheck.MISSING: N_("Raderna avvisades när filen lästes in: de som väntar är fler än siffrorna säger."),
    WaitingDateCheck.AFTER_SNAPSHOT: N_("De räknas bland väntande, men har ingen väntetid."),
    WaitingDateCheck.AFTER_PLANNED: N_("Är beslutsdagen för sen blir väntan för kort."),
    WaitingDateCheck.SAME_DAY: N_(
        "Den vanligaste beslutsdagen. En stor andel tyder på att dagen är satt för många på en gång, och då säger "
        "väntan inget om dem."
    ),
    WaitingDateCheck.FIRST_OF_MONTH: N_(
        "Ungefär 3 % väntas av en slump. En större andel tyder på att bara månaden är känd: väntan kan vara upp till "
        "en månad för lång."
    ),
    WaitingDateCheck.CHANGED: N_("En beslutsdag som flyttas framåt gör att väntan ser kortare ut än den är."),
    WaitingDateCheck.OLD: N_(
        "De drar upp den längsta väntan. Stämmer de inte är de troligen kvar på listan av misstag."
    ),
}


def table(checks: Iterable[DateCheck]) -> Table:
    """Return the checks as a table, with what each finding does to the figures."""
    return Table(DATE_QUALITY, [_row(one) for one in checks])


def _row(one: DateCheck) -> tuple[str | int | float | None, ...]:
    share = one.entries / one.of if one.of else None
    effect = _(_EFFECTS[one.check]) if one.entries else ""
    return (one.check.value, one.entries, one.of, share, one.about, effect)

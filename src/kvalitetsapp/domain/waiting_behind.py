"""Which entries stand behind a figure of waiting lists: what a click on it opens."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.sources import Deviation
from kvalitetsapp.domain.waiting import LONG_DAYS, MISSING, WITHOUT_DEVIATION, WaitingScope
from kvalitetsapp.domain.waiting_tables import STATE_VALUES
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.waiting import WaitingAsked, WaitingKey

_SHARE: Final = "_share"
_WITHOUT: Final = "_without"
_CAUSES: Final = {
    "mov": frozenset({Deviation.MEDICAL.value}),
    "pvv": frozenset({Deviation.PATIENT.value}),
    "no_deviation": frozenset({Deviation.NONE.value}),
    "missing": frozenset({MISSING}),
}
_OVER: Final = {f"over_{days}": days for days in LONG_DAYS}
_HEADINGS: Final = {column.name: column.heading for column in STATE_VALUES}


@dataclass(frozen=True, slots=True)
class EntriesBehind:
    """The entries of a scope in some groups; with `over_days` only those who have waited longer.

    With `asked` those that a finding or a check of days is about.
    """

    title: str
    scope: WaitingScope
    where: Mapping[WaitingKey, str] = field(default_factory=dict)
    over_days: int | None = None
    asked: WaitingAsked | None = None


def of_figure(name: str, scope: WaitingScope, where: Mapping[WaitingKey, str], figure: str) -> EntriesBehind:
    """Return the entries behind a figure (a column of `STATE_VALUES`) of a group that is called `name`.

    A column that is no count of its own (the group itself, a median, a rate) stands for all entries of the group, or
    for those without MOV and PVV where it is told of them.
    """
    bare = figure.removesuffix(_SHARE)
    causes = _CAUSES.get(bare)
    if bare.endswith(_WITHOUT):
        bare, causes = bare.removesuffix(_WITHOUT), WITHOUT_DEVIATION
    kept = scope if causes is None else replace(scope, deviations=scope.deviations & causes)
    told = _HEADINGS.get(figure.removesuffix(_SHARE), "")
    title = _("{name}: {figure}").format(name=name, figure=_(told).lower()) if told else name
    return EntriesBehind(title, kept, where, _OVER.get(bare))

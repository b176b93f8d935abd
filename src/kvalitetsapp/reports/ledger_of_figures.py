"""What papers count of operations and what came of them: figures of indicators in several scopes, for their ledger."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.indicator import Measure
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports.ledger_of_operations import MAIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from kvalitetsapp.domain.agenda_report import FigureFacts
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.domain.gap_paper import Present
    from kvalitetsapp.reports.ledger import Entry, Ledger, Name

CASES: Final = "gap"


def figures(ledger: Ledger, told: Iterable[FrozenFigure], facts: Iterable[FigureFacts]) -> None:
    """Enter figures with what holds between them: events among others' events, and parts of the same whole."""
    inside = {one.indicator_id: one.inside for one in facts}
    known = tuple(told)
    shares = {_key(one): one for one in known if one.is_share}
    came = {key: _enter(ledger, one) for key, one in shares.items()}
    for one in (each for each in known if not each.is_share):
        ledger.put(followed(one), one.n or 0)
    for (_name, joint, who), one in shares.items():
        outer = [(MAIN.get(each, each), joint, who) for each in inside.get(one.indicator_id, ())]
        for key in outer:
            if key in came:
                ledger.inside(came[_key(one)], came[key])
    _wholes(ledger, shares, came)


def present(ledger: Ledger, told: Present) -> None:
    """Enter what a gap is reckoned from beside its figure."""
    if told.operations is not None and told.figure is not None:
        ledger.put(yearly(told.figure), told.operations)
    if told.case_cost is not None:
        ledger.put(cases(), told.case_cost.cases)


def followed(one: FrozenFigure) -> Name:
    """Name the operations that a figure is of."""
    _name, joint, who = _key(one)
    if one.indicator_id in MAIN:
        return names.followed(int(MAIN[one.indicator_id].rpartition("_")[2]), joint, who)
    return ("followed", one.indicator_id, joint, who)


def happened(one: FrozenFigure) -> Name:
    """Name those of them that are counted."""
    name, joint, who = _key(one)
    return names.happened(name, joint, who)


def yearly(one: FrozenFigure) -> Name:
    """Name the operations of a year that a figure is about."""
    return ("yearly", *_key(one))


def cases() -> Name:
    """Name the cases that the mean cost is of."""
    return names.in_costs("case", CASES, "cases")


def counted_in(one: FrozenFigure) -> int:
    """Return in how many operations what is looked for came, also where those without it are counted."""
    events = one.events or 0
    return (one.n or 0) - events if one.measure == Measure.SHARE_WITHOUT.value else events


def _key(one: FrozenFigure) -> tuple[str, str, str]:
    scope = one.scope
    who = scope.get("provider_name") or scope.get("provider_id") or ANY
    return MAIN.get(one.indicator_id, one.indicator_id), scope.get("joint") or ANY, who


def _enter(ledger: Ledger, one: FrozenFigure) -> Entry:
    """Enter a share and return in how many operations what is looked for came."""
    n = ledger.put(followed(one), one.n or 0)
    told = ledger.put(happened(one), one.events or 0)
    if one.measure != Measure.SHARE_WITHOUT.value:
        ledger.inside(told, n)
        return told
    name, joint, who = _key(one)
    came = ledger.put(names.happened(f"not {name}", joint, who), counted_in(one), unseen=True)
    ledger.total(n, [told, came])
    return came


def _wholes(
    ledger: Ledger, shares: Mapping[tuple[str, str, str], FrozenFigure], came: Mapping[tuple[str, str, str], Entry]
) -> None:
    """Say that providers make up all purchased care of a joint, and joints all of a provider's."""
    for part, whole in ((2, _of_everyone), (1, _of_every_joint)):
        apart = sorted((key for key in shares if key[part] != ANY), key=whole)
        for outer, keys in groupby(apart, key=whole):
            if outer not in shares:
                continue
            inner = list(keys)
            ledger.total(came[outer], [came[key] for key in inner])
            of = [(followed(shares[key]), shares[key].n or 0) for key in inner]
            ledger.total((followed(shares[outer]), shares[outer].n or 0), of)


def _of_everyone(key: tuple[str, str, str]) -> tuple[str, str, str]:
    return key[0], key[1], ANY


def _of_every_joint(key: tuple[str, str, str]) -> tuple[str, str, str]:
    return key[0], ANY, key[2]

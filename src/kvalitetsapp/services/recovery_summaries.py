"""The summaries of costs and recovery as the window shows them: a table, names for its ids, and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.recovery_summary import Asked, Shown, Summary
from kvalitetsapp.domain.scenario import USUAL
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.services import before_after, summaries, what_if
from kvalitetsapp.texts import N_, NOTHING, _, kronor, kronor_rounded, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.services.workspace import Workspace

MEASURES: Final = (Column("measure", Kind.TEXT, N_("Mått")), Column("value", Kind.TEXT, N_("Värde")))
_RECOVERY: Final = (Summary.PROVIDER, Summary.YEAR, Summary.AGREEMENT, Summary.CLASS)


def shown(workspace: Workspace, asked: Asked) -> Shown:
    """Return what was asked for, worked out from what is stored now."""
    names = summaries.names(workspace)
    if asked.summary in _RECOVERY:
        table = summaries.recovery(workspace, by=(asked.summary.value,), potential=asked.potential)
        return Shown(table, names, _recovered(table))
    if asked.summary is Summary.COMPLICATION:
        by = (asked.by,) if asked.by else ()
        return Shown(summaries.complication_cost(workspace, by=by, potential=asked.potential), names)
    if asked.summary is Summary.EXPECTED:
        table = summaries.expected_cost(workspace, within=asked.days, potential=asked.potential)
        return Shown(table, names, _lacking(table))
    if asked.summary is Summary.BEFORE_AFTER:
        table = before_after.before_after(workspace, before_after.Cohort(), days=asked.days)
        return Shown(_measures(table), sentence=_difference(table))
    own = () if asked.scenario is None else (asked.scenario,)
    return Shown(what_if.what_if(workspace, (*own, *USUAL)))


def _recovered(table: Table) -> str:
    sums = {name: sum(int(row[name] or 0) for row in table.records()) for name in ("cost_total", "claimable", "paid")}
    return _("Sammanlagt: kostnad {cost}, kan krävas {claimable}, betalt {paid}.").format(
        cost=kronor(sums["cost_total"]), claimable=kronor(sums["claimable"]), paid=kronor(sums["paid"])
    )


def _lacking(table: Table) -> str:
    rows = table.records()
    without_price, without_cost = (
        sum(int(row[name] or 0) for row in rows) for name in ("without_price", "missing_cost_events")
    )
    return _(
        "Utelämnade för att priset är okänt: {operations} operationer. Händelser utan känd kostnad: "
        "{events}; de lägger inget till."
    ).format(operations=number(without_price), events=number(without_cost))


def _difference(table: Table) -> str:
    (row,) = table.records()
    if row["difference"] is None:
        return _("Ingen person kan följas alla dagarna.")
    low, high = (None if row[name] is None else int(str(row[name])) for name in ("difference_low", "difference_high"))
    interval = (
        ""
        if low is None
        else _(" (95 % intervall {low} till {high})").format(low=kronor_rounded(low), high=kronor_rounded(high))
    )
    return _("{n} personer jämförs. Skillnaden, efter minus före, är {difference} i medel{interval}.").format(
        n=number(int(row["persons"] or 0)), difference=kronor_rounded(int(str(row["difference"]))), interval=interval
    )


def _measures(table: Table) -> Table:
    """Return a table of one row turned: a row per measure."""
    (row,) = table.rows
    return Table(
        MEASURES, [(_(column.heading), _said(column, value)) for column, value in zip(table.columns, row, strict=True)]
    )


def _said(column: Column, value: Value) -> str:
    if not isinstance(value, int):
        return NOTHING
    return kronor(value) if column.kind is Kind.MONEY else number(value)

"""What a summary of costs says in a sentence, and one of a single row as a list of measures."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, NOTHING, _, kronor, kronor_rounded, number, percent

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Value

MEASURES: Final = (Column("measure", Kind.TEXT, N_("Mått")), Column("value", Kind.TEXT, N_("Värde")))


def recovered(table: Table) -> str:
    """Return the sums of `summary recovery` in words."""
    sums = {name: sum(int(row[name] or 0) for row in table.records()) for name in ("cost_total", "claimable", "paid")}
    return _("Sammanlagt: kostnad {cost}, kan krävas {claimable}, betalt {paid}.").format(
        cost=kronor(sums["cost_total"]), claimable=kronor(sums["claimable"]), paid=kronor(sums["paid"])
    )


def lacking(table: Table) -> str:
    """Return what `summary expected-cost` had to leave out."""
    rows = table.records()
    without_price, without_cost = (
        sum(int(row[name] or 0) for row in rows) for name in ("without_price", "missing_cost_events")
    )
    return _(
        "Utelämnade för att priset är okänt: {operations} operationer. Händelser utan känd kostnad: "
        "{events}; de lägger inget till."
    ).format(operations=number(without_price), events=number(without_cost))


def difference(table: Table) -> str:
    """Return the difference of `summary before-after` in words."""
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


def measures(table: Table) -> Table:
    """Return a table of one row turned: a row per measure."""
    (row,) = table.rows
    return Table(
        MEASURES, [(_(column.heading), _said(column, value)) for column, value in zip(table.columns, row, strict=True)]
    )


def _said(column: Column, value: Value) -> str:
    match column.kind:
        case Kind.MONEY:
            return kronor(value if isinstance(value, int) else None)
        case Kind.RATE:
            return percent(value if isinstance(value, float) else None)
        case Kind.INTEGER if isinstance(value, int):
            return number(value)
        case Kind.DECIMAL if value:
            return str(value).replace(".", ",")
        case _:
            return NOTHING

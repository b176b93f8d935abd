"""What has become of claims: claimed, credited and paid by year, and how old what is owed is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.ledger_of_events import CLAIMS_COLUMNS
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, kronor

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_costs import ClaimsRow, OwedOnDay
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def account(composer: Composer, rows: Sequence[ClaimsRow], cells: Cells) -> bool:
    """Add what became of covered events by year, last all years, and tell whether there are any."""
    if not rows or not (rows[-1].events or rows[-1].outside):
        return False
    body = []
    for one in rows:
        events, at_cap, outside = (
            cells.at(names.in_claims(name, one.key), getattr(one, name)) for name in CLAIMS_COLUMNS
        )
        amounts = (one.covered_cost, one.claimed, one.credited, one.paid, one.claimed - one.credited - one.paid)
        hidden = cells.is_hidden(events)
        money = (NOTHING if hidden else kronor(amount).removesuffix("\u00a0kr") for amount in amounts)
        body.append((one.key or _("Alla"), events, *money, at_cap, outside))
    heads = (
        *((_("Täckta händelser"), 0.8), (_("Täckt kostnad"), 1.12), (_("Krävt"), 1.05), (_("Krediterat"), 1.0)),
        *((_("Betalt"), 1.05), (_("Obetalt"), 1.05), (_("Tak nått, ärenden"), 0.75), (_("Utanför garantitid"), 0.85)),
    )
    composer.table(
        _("Vad som har krävts, krediterats och betalats, efter händelsens år."),
        Grid((words(_("År"), 0.62), *(Column(head, weight) for head, weight in heads)), body, totals=1, size=6.6),
        Notes(
            _("Kronor. Krävt är utfärdade krav, obetalt det som återstår efter krediteringar och betalningar."),
            footnotes.suppressed(cells),
        ),
    )
    return True


def ageing(composer: Composer, owed: OwedOnDay | None, cells: Cells) -> None:
    """Add what is owed by how late it is; each row of too few documents to show has no amounts."""
    if owed is None or not owed.rows:
        return
    bases = cells.column([one.bases for one in owed.rows], with_total=len(owed.rows) > 1)
    body = []
    for one, count in zip(owed.rows, bases, strict=True):
        hidden = cells.suppress and not count.replace("\u00a0", "").isdigit()
        amounts = (*one.by_age, one.disputed, one.overpaid, one.open)
        money = (NOTHING if hidden else kronor(amount).removesuffix("\u00a0kr") for amount in amounts)
        body.append((one.provider or _("Alla"), count, *money))
    heads = (_("Ej förfallet"), _("1–30 dagar"), _("31–60 dagar"), _("61–90 dagar"), _("Över 90 dagar"))
    columns = (
        words(_("Vårdgivare"), 1.3),
        Column(_("Underlag"), 0.72),
        *(Column(head) for head in (*heads, _("Bestritt"), _("För mycket betalt"), _("Summa"))),
    )
    composer.table(
        _("Obetalt efter hur många dagar som har gått sedan förfallodagen, den {day}.").format(day=owed.day),
        Grid(columns, body, totals=1 if len(owed.rows) > 1 else 0, size=6.2),
        Notes(
            _("Kronor. Bestridda belopp står för sig och ingår inte i åldrarna. Avskrivna belopp ingår inte."),
            footnotes.suppressed(cells),
        ),
    )

"""The account of claims by whom they are on, what is about to be too late, and the claims one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.claims_report import NO_DEADLINE, PASSED, Deadlines
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, kronor, number

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.claims_report import ClaimedRow, ClaimsReport, ListedClaim
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def claimed(composer: Composer, data: ClaimsReport, cells: Cells) -> None:
    """Add what was claimed and what became of it: by year of one provider, else by provider and year."""
    composer.section(_("Vad som har krävts"))
    rows = _shown_rows(data, cells)
    if not any((data.total.cases, data.total.claimed)):
        composer.text(_("Ingen händelse är bekräftad och inget är krävt."))
        return
    by_year = data.one_provider
    caption = _("Krav efter händelsens år.") if by_year else _("Krav efter vårdgivare och händelsens år.")
    if not by_year and cells.suppress:
        caption = _("Krav efter vårdgivare.")
    composer.table(
        caption,
        Grid(
            _claimed_columns(by_year=by_year, with_years=not cells.suppress),
            _claimed_rows(rows, cells, by_year=by_year),
            totals=1,
            groups=frozenset() if by_year else _first_of_each(rows),
            size=6.6,
        ),
        Notes(
            _(
                "Kronor, bekräftade händelser. Kan krävas: det som avtalen medger efter självrisk och tak. Obetalt: "
                "krävt som varken är krediterat eller betalt; bestritt är en del av det. Avskrivet räknas som obetalt."
            ),
            _(
                "Ej krävt än: det som kan krävas, mindre det som är krävt och inte krediterat. Krav på händelser som "
                "inte längre är bekräftade är med, så det kan vara mindre än noll."
            ),
            footnotes.suppressed(cells),
        ),
    )


def _shown_rows(data: ClaimsReport, cells: Cells) -> list[ClaimedRow]:
    if data.one_provider:
        return [one for one in data.claimed[:-1] if one.year] + [data.total]
    return [one for one in data.claimed if not (cells.suppress and one.year)]


def _first_of_each(rows: Sequence[ClaimedRow]) -> frozenset[int]:
    return frozenset(n for n in range(len(rows)) if n == 0 or rows[n].provider != rows[n - 1].provider)


def _claimed_columns(*, by_year: bool, with_years: bool) -> tuple[Column, ...]:
    named = [] if by_year else [words(_("Vårdgivare"), 1.6)]
    years = [words(_("År"), 0.55)] if by_year or with_years else []
    heads = (_("Kan krävas"), _("Krävt"), _("Krediterat"), _("Betalt"), _("Bestritt"), _("Obetalt"), _("Ej krävt än"))
    return (*named, *years, *(Column(head) for head in heads))


def _claimed_rows(rows: Sequence[ClaimedRow], cells: Cells, *, by_year: bool) -> list[tuple[str, ...]]:
    told = cells.column([one.cases for one in rows], with_total=True) if cells.suppress else [""] * len(rows)
    made, before = [], None
    for one, shown in zip(rows, told, strict=True):
        amounts = (one.claimable, one.claimed, one.credited, one.paid, one.disputed, one.unpaid, one.uncollected)
        hidden = cells.is_hidden(shown)
        money = [NOTHING if hidden else kronor(amount).removesuffix("\u00a0kr") for amount in amounts]
        provider = one.provider or _("Alla")
        named = [] if by_year else ["" if provider == before else provider]
        years = [one.year or _("Alla")] if by_year or not cells.suppress else []
        made.append((*named, *years, *money))
        before = provider
    return made


def deadlines(composer: Composer, data: ClaimsReport, cells: Cells) -> None:
    """Add what waits to be claimed by the month of its last day."""
    composer.section(_("Sista anspråksdagar"))
    if not data.deadlines:
        composer.text(_("Ingen bekräftad händelse väntar på att krävas."))
        return
    rows = [_deadline(_when(one), one, cells) for one in (*data.deadlines, _sum(data.deadlines))]
    composer.table(
        _("Bekräftade händelser som inte är krävda, efter månaden för sista anspråksdagen, den {day}.").format(
            day=data.owed.day
        ),
        Grid(
            (
                words(_("Sista dag"), 1.5),
                Column(_("Händelser"), 0.8),
                Column(_("Att kräva")),
                Column(_("I utkast")),
                Column(_("Utan kostnad"), 0.8),
            ),
            rows,
            totals=1,
            marked=frozenset(n for n, one in enumerate(data.deadlines) if one.month == PASSED),
        ),
        Notes(
            _("Kronor. Händelser som ingen har granskat är inte med, och inte heller tillägg som någon har avstått."),
            footnotes.suppressed(cells),
        ),
    )


def _sum(rows: Sequence[Deadlines]) -> Deadlines:
    names = ("events", "to_claim", "drafted", "missing_cost")
    return Deadlines("", *(sum(getattr(one, name) for one in rows) for name in names))


def _when(one: Deadlines) -> str:
    told = {PASSED: _("Har passerat"), NO_DEADLINE: _("Ingen sista dag"), "": _("Alla")}
    return told.get(one.month, one.month)


def _deadline(when: str, one: Deadlines, cells: Cells) -> tuple[str, ...]:
    count, missing = (
        cells.at(names.waiting(name, one.month), getattr(one, name)) for name in ("events", "missing_cost")
    )
    hidden = cells.is_hidden(count)
    money = (NOTHING if hidden else kronor(amount).removesuffix("\u00a0kr") for amount in (one.to_claim, one.drafted))
    return (when, count, *money, missing)


def listed(composer: Composer, data: ClaimsReport, cells: Cells) -> None:
    """Add every claim by its number; outside the department none, since a claim is about one person."""
    composer.chapter(_("Kraven"), new_page=False)
    if cells.suppress:
        composer.text(_("Enskilda krav visas inte när rapporten lämnar kliniken: ett krav gäller en person."))
        return
    if not data.claims:
        composer.text(_("Det finns inga krav."))
        return
    composer.text(_("Kraven är kända genom sina nummer. Listan innehåller inga personnummer och inga patienter."))
    named = [] if data.one_provider else [words(_("Vårdgivare"), 1.3)]
    composer.table(
        _("Alla krav efter nummer. Dagar: efter förfallodagen, räknade till {day}.").format(day=data.owed.day),
        Grid(
            (
                words(_("Krav"), 1.0),
                *named,
                words(_("Status"), 0.95),
                *(Column(head, 0.9) for head in (_("Belopp"), _("Krediterat"), _("Betalt"), _("Kvar att betala"))),
                words(_("Underlag"), 2.15),
                words(_("Förfaller"), 0.85),
                Column(_("Dagar"), 0.5),
            ),
            [_claim(one, with_provider=bool(named)) for one in data.claims],
            size=6.4,
        ),
        Notes(_("Kronor. Streck under Dagar: inget är kvar att betala, eller så är kravet inte utfärdat.")),
    )


def _claim(one: ListedClaim, *, with_provider: bool) -> tuple[str, ...]:
    amounts = (one.amount, one.credited, one.paid, one.left)
    return (
        one.number,
        *((one.provider,) if with_provider else ()),
        word("claim_status", one.status),
        *(kronor(amount).removesuffix("\u00a0kr") for amount in amounts),
        one.document or NOTHING,
        one.due_on or NOTHING,
        NOTHING if one.days_late is None else number(one.days_late),
    )

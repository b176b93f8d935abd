"""The account of claims: what was claimed, what became of it, what is late and what is about to be too late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.claims_report import PASSED
from kvalitetsapp.reports import figure_row, ledgers, styles
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.sections import claims, claims_of_all, cover, manifest, money
from kvalitetsapp.texts import _, kronor, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.claims_report import ClaimsReport
    from kvalitetsapp.reports.cells import Cells


def build(data: ClaimsReport) -> bytes:
    """Return the report as PDF; the same data always give the same bytes."""
    return composed(data).pdf()


def composed(data: ClaimsReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Kravsammanställning")
    composer, cells = Composer(), ledgers.cells_of(data)
    cover.add(composer, title, data.head, data.manifest, [(_("Obetalt räknat till"), data.owed.day)])
    _summary(composer, data, cells)
    _account(composer, data, cells)
    claims_of_all.listed(composer, data, cells)
    _definitions(composer, data)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)


def _summary(composer: Composer, data: ClaimsReport, cells: Cells) -> None:
    composer.chapter(_("Sammanfattning"))
    composer.text(_("{subject}, den {day}.").format(subject=data.head.subject, day=data.owed.day), styles.SMALL)
    composer.add(figure_row.draw(_figures(data, cells)))
    composer.space(12)
    for sentence in _sentences(data, cells):
        composer.text(sentence, styles.LEAD)


def _figures(data: ClaimsReport, cells: Cells) -> list[KeyFigure]:
    total = data.total

    def amount(ore: int) -> str:
        return cells.money(ore, total.cases)

    return [
        KeyFigure(amount(total.claimable), _("efter självrisk och tak"), _("kan krävas enligt avtalen")),
        KeyFigure(amount(total.claimed), _("krediterat {amount}").format(amount=amount(total.credited)), _("krävt")),
        KeyFigure(amount(total.paid), _("av krävt"), _("betalt")),
        KeyFigure(
            amount(total.unpaid),
            _("bestritt {amount}").format(amount=amount(total.disputed)),
            _("obetalt"),
            strong=total.unpaid > 0,
        ),
        KeyFigure(amount(total.uncollected), _("av det som kan krävas"), _("ej krävt än")),
    ]


def _sentences(data: ClaimsReport, cells: Cells) -> list[str]:
    """Say what the figures say: how much of the claimed is in, what is oldest, and what is next to be too late."""
    total = data.total
    if cells.small(total.cases):
        return [_("Kraven gäller så få personer att beloppen inte visas utanför kliniken.")]
    told = [_come_in(data)]
    if data.owed.rows and not cells.small(data.owed.rows[-1].bases):
        oldest = data.owed.rows[-1].by_age[-1]
        told.append(
            _("Förfallet sedan mer än 90 dagar är {amount}.").format(amount=kronor(oldest))
            if oldest
            else _("Inget är förfallet sedan mer än 90 dagar.")
        )
    return [*told, *_too_late(data, cells), _next_deadline(data, cells)]


def _too_late(data: ClaimsReport, cells: Cells) -> list[str]:
    """Say what nobody claimed before its last day."""
    passed = next((one for one in data.deadlines if one.month == PASSED), None)
    if passed is None or not passed.events or cells.small(passed.events):
        return []
    if cells.suppress:
        return [_("Sista anspråksdagen har passerat för händelser som inte är krävda. Pröva om de kan krävas.")]
    amount = passed.to_claim + passed.drafted
    return [
        ngettext(
            "Sista anspråksdagen har passerat för {n} händelse som inte är krävd: {amount}. Pröva om den kan krävas.",
            "Sista anspråksdagen har passerat för {n} händelser som inte är krävda: {amount}. Pröva om de kan krävas.",
            passed.events,
        ).format(n=number(passed.events), amount=kronor_rounded(amount) if amount else _("utan känd kostnad"))
    ]


def _come_in(data: ClaimsReport) -> str:
    total = data.total
    net = total.claimed - total.credited
    if not total.claimed and not total.claimable:
        return _("Inget krav är utfärdat, och inget kan krävas enligt avtalen.")
    if not total.claimed:
        return _("Inget krav är utfärdat. Enligt avtalen kan {amount} krävas.").format(amount=kronor(total.claimable))
    if not total.credited:
        return _("Av krävda {claimed} är {paid} betalt och inget krediterat.").format(
            claimed=kronor(total.claimed), paid=kronor(total.paid)
        )
    return _("Av krävda {claimed} är {credited} krediterat. Av de återstående {net} är {paid} betalt.").format(
        claimed=kronor(total.claimed), credited=kronor(total.credited), net=kronor(net), paid=kronor(total.paid)
    )


def _next_deadline(data: ClaimsReport, cells: Cells) -> str:
    months = [one for one in data.deadlines if one.month[:1].isdigit()]
    if not months:
        return _("Inget som väntar på krav har en sista anspråksdag framför sig.")
    first = months[0]
    if cells.suppress:
        return _("Nästa månad med en sista anspråksdag är {month}.").format(month=first.month)
    waiting = first.to_claim + first.drafted
    return ngettext(
        "Nästa månad med en sista anspråksdag är {month}: {n} händelse, {amount}.",
        "Nästa månad med en sista anspråksdag är {month}: {n} händelser, {amount}.",
        first.events,
    ).format(
        month=first.month,
        n=number(first.events),
        amount=kronor_rounded(waiting) if waiting else _("utan känd kostnad"),
    )


def _account(composer: Composer, data: ClaimsReport, cells: Cells) -> None:
    composer.chapter(_("Krav och betalningar"), new_page=False)
    claims_of_all.claimed(composer, data, cells)
    composer.section(_("Tak och garantitid"))
    if not claims.account(composer, data.by_year, cells):
        composer.text(_("Inga bekräftade händelser täcks av avtal."))
    composer.section(_("Obetalt efter ålder"))
    if not data.owed.rows:
        composer.text(_("Inget är obetalt."))
    claims.ageing(composer, data.owed, cells)
    claims_of_all.deadlines(composer, data, cells)
    composer.section(_("Vad som inte täcks"))
    if not data.not_covered:
        composer.text(_("Alla händelser täcks av avtal."))
    money.not_covered(composer, data.not_covered, cells)


def _definitions(composer: Composer, data: ClaimsReport) -> None:
    composer.chapter(_("Hur det är räknat"), new_page=False)
    money.terms(composer, data.agreements)
    composer.terms(
        [
            (
                _("Kan krävas."),
                _(
                    "Bekräftade händelser som ett avtal täcker, ett ärende i taget i datumordning: först självrisken, "
                    "sedan taket så länge det räcker (R12–R15). Undvikbarhet påverkar aldrig beloppet (R16)."
                ),
            ),
            (
                _("Krävt, krediterat, betalt."),
                _(
                    "Rader på utfärdade underlag, det som har krediterats på dem, och betalningar fördelade på "
                    "raderna. Varje rad räknas under sin händelses år och den vårdgivare som opererade."
                ),
            ),
            (
                _("Bestritt."),
                _("Det som är kvar att betala på krav som vårdgivaren har bestritt och som inte är avgjorda."),
            ),
            (
                _("Ålder."),
                _(
                    "Dagar efter förfallodagen, underlag för underlag. Avskrivna belopp räknas som obetalda i kravens "
                    "tabell men inte i ålderstabellen, där ingen längre begär dem."
                ),
            ),
        ]
    )

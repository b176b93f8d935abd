"""What complications cost, what the agreements cover, and what single cases come to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.chart_data import CostStrip
from kvalitetsapp.domain.release_check import ANY
from kvalitetsapp.domain.report_data import CAP_LINE, CLAIMED_LINE, PRICE_LINE, NotCovered
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.figures import case_flow, cost_strip
from kvalitetsapp.reports.ledger_of_events import ACCOUNT_COLUMNS, PER_CASE, POTENTIAL, shown_flow
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import N_, NOTHING, _, kronor, kronor_rounded, number, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.chart_data import CaseCost, Flow
    from kvalitetsapp.domain.report_data import AgreementTerms, CostDistribution, Recovery
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_GROUPS: Final = {
    "confirmed": N_("Bekräftade"),
    "confirmed/infection": N_("därav med infektion"),
    "confirmed/other": N_("därav utan infektion"),
    "potential": N_("Bekräftade och föreslagna"),
    "potential/infection": N_("därav med infektion"),
    "potential/other": N_("därav utan infektion"),
}
_NOT_COVERED: Final = ("events", "cost", "missing_cost_events")
_LEAST_FOR_P90: Final = 50


def flow(composer: Composer, cases: Flow, cells: Cells, *, own: bool) -> None:
    """Add the way from operations to claims; `own` operations give none."""
    caption = _("Från operationer till granskade händelser.")
    if not own:
        caption = _(
            "Från köpta operationer till krav. Täckta händelser är bekräftade händelser som ett avtal omfattar; "
            "beloppet är det som återstår efter självrisk och tak."
        )
    composer.figure(caption, case_flow.draw_claims(cases, shown_flow(cases, cells), own=own))


def recovery(
    composer: Composer,
    rows: Sequence[Recovery],
    potential: Recovery,
    cells: Cells,
    *,
    caption: str,
    key: str,
    key_weight: float = 0.62,
    pooled: str = "",
) -> None:
    """Add the account; the last of `rows` is the sum, `potential` what it would be if all proposed links held.

    `pooled`, here and below, is what `notes.pooled` says of the operations.
    """
    if not rows or not rows[-1].events:
        composer.text(_("Inga bekräftade händelser: inget att räkna på än."))
    else:
        columns = (words(key, key_weight), *(Column(head, weight) for head, weight in _account_heads()))
        composer.table(
            caption,
            Grid(columns, _amounts(rows, cells), totals=1, size=6.6),
            Notes(
                _("Kronor, bara bekräftade händelser. Utan kostnad: täckta händelser där kostnad saknas."),
                pooled,
                footnotes.suppressed(cells),
            ),
        )
    adds = potential.events and (not rows or potential.events > rows[-1].events)
    if adds and not cells.small(potential.cases):
        composer.text(_if_all_held(potential, cells))


def _account_heads() -> tuple[tuple[str, float], ...]:
    return (
        (_("Ärenden"), 0.7),
        (_("Händelser"), 0.8),
        (_("Kostnad"), 1.12),
        (_("Täckt kostnad"), 1.12),
        (_("Över taket"), 1.12),
        (_("Kan krävas"), 1.12),
        (_("Ej krävt än"), 1.12),
        (_("Utan kostnad"), 0.66),
    )


def _if_all_held(potential: Recovery, cells: Cells) -> str:
    cases = names.in_account("cases", POTENTIAL)
    return _(
        "Om också alla föreslagna kopplingar bekräftas blir det {events} i {cases}, {cost} i kostnad och {claimable} "
        "som kan krävas."
    ).format(
        events=phrases.events(potential.events, cells, names.in_account("events", POTENTIAL)),
        cases=phrases.cases(potential.cases, cells, cases),
        cost=cells.money_at(cases, potential.cost_total, potential.cases),
        claimable=cells.money_at(cases, potential.claimable, potential.cases),
    )


def _amounts(rows: Sequence[Recovery], cells: Cells) -> list[tuple[str, ...]]:
    shown = []
    for one in rows:
        case, event, gone = (cells.at(names.in_account(name, one.key), getattr(one, name)) for name in ACCOUNT_COLUMNS)
        amounts = (one.cost_total, one.covered_cost, one.over_cap, one.claimable, one.uncollected)
        hidden = cells.is_hidden(case)
        money = (NOTHING if hidden else kronor(amount).removesuffix("\u00a0kr") for amount in amounts)
        shown.append((one.key or _("Alla"), case, event, *money, gone))
    return shown


def not_covered(composer: Composer, rows: Sequence[NotCovered], cells: Cells, *, pooled: str = "") -> None:
    """Add what could not be covered, by reason."""
    if not rows:
        return
    total = NotCovered(ANY, *(sum(getattr(one, name) for one in rows) for name in _NOT_COVERED))
    body = [
        (
            word("reason", one.reason) if one.reason != ANY else _("Alla"),
            cells.at(names.not_covered("events", one.reason), one.events),
            cells.money_at(names.not_covered("events", one.reason), one.cost, one.events),
            cells.at(names.not_covered("missing_cost_events", one.reason), one.missing_cost_events),
        )
        for one in (*rows, total)
    ]
    composer.table(
        _("Händelser som inte täcks, efter det första skäl som gäller."),
        Grid(
            (words(_("Skäl"), 2.6), Column(_("Händelser")), Column(_("Kostnad"), 1.12), Column(_("Utan kostnad"))),
            body,
            totals=1,
        ),
        Notes(
            _(
                "Också händelser vars koppling är föreslagen, tvetydig eller avvisad är med här; avvisade har "
                "bedömts inte höra till operationen. Under ett skäl räknas en vårdkontakts kostnad en gång."
            ),
            pooled,
            footnotes.suppressed(cells),
        ),
    )


def distribution(
    composer: Composer,
    rows: Sequence[CostDistribution],
    cells: Cells,
    *,
    what: str,
    caption: str,
    per: str = PER_CASE,
    pooled: str = "",
) -> None:
    """Add the distribution of costs with the shares over 60 000, 200 000 and 800 000 kr."""
    shown = [one for one in rows if one.cases]
    if not shown:
        composer.text(_("Ingen händelse har en känd kostnad; fördelningen kan inte visas."))
        return
    notes = [
        _("Medelvärdets intervall ur 2 000 upprepade dragningar; visas från tio {what}.").format(what=what),
        _("P90: nio av tio kostar högst så mycket. Bara {what} där någon kostnad är känd.").format(what=what),
    ]
    composer.table(
        caption,
        Grid(
            (
                words(_("Grupp"), 1.75),
                Column(_("Antal"), 0.55),
                Column(_("Medel"), 0.85),
                Column(_("95 % intervall"), 1.45),
                Column(_("Median"), 0.85),
                Column(_("P90"), 0.85),
                Column(_("Högst"), 0.85),
                Column(_("Över 60\u00a0000"), 0.72),
                Column(_("Över 200\u00a0000"), 0.82),
                Column(_("Över 800\u00a0000"), 0.82),
            ),
            [_distribution_row(one, cells, per) for one in shown],
            size=6.6,
            groups=frozenset(n for n in range(1, len(shown)) if "/" not in shown[n].group),
        ),
        Notes(*notes, pooled, footnotes.suppressed(cells)),
    )


def _distribution_row(one: CostDistribution, cells: Cells, per: str) -> tuple[str, ...]:
    cases = names.in_costs(per, one.group, "cases")
    hidden = cells.hides(cases, one.cases)

    def amount(ore: int | None) -> str:
        return cells.money_at(cases, ore, one.cases).removesuffix("\u00a0kr")

    interval = NOTHING
    if one.mean_low is not None and one.mean_high is not None and not hidden:
        interval = _("{low}–{high}").format(low=amount(one.mean_low), high=amount(one.mean_high))
    name = _(_GROUPS[one.group])
    over = (
        NOTHING
        if hidden or cells.hides(names.in_costs(per, one.group, f"over_{place}"), above)
        else percent(cells.rounded(above) / max(cells.rounded(one.cases), 1), 0)
        for place, above in enumerate(one.over)
    )
    return (
        name,
        cells.at(cases, one.cases),
        amount(one.mean),
        interval,
        amount(one.median),
        amount(one.p90) if not cells.suppress or one.cases >= _LEAST_FOR_P90 else NOTHING,
        amount(one.largest) if not cells.suppress else NOTHING,
        *over,
    )


def strip(composer: Composer, cases: Sequence[CaseCost], cells: Cells) -> None:
    """Add the cost strip, unless there is nothing to show or single cases must not be seen."""
    if not cases:
        composer.text(_("Ingen kostnadsfigur: inga ärenden har en känd kostnad."))
    elif cells.suppress:
        composer.text(_("Ingen kostnadsfigur: den visar enskilda ärenden och hör inte hemma utanför kliniken."))
    else:
        composer.figure(
            _("Vad varje ärende (operation med minst en händelse) har kostat. En punkt är ett ärende."),
            cost_strip.draw(CostStrip("", tuple(cases), _spoken_of())),
        )


def _spoken_of() -> tuple[tuple[int, str], ...]:
    return (
        (PRICE_LINE, _("60 000 kr: pris för en operation")),
        (CAP_LINE, _("200 000 kr: tak i vårdvalet")),
        (CLAIMED_LINE, _("800 000 kr: påstådd kostnad")),
    )


def terms(composer: Composer, agreements: Sequence[AgreementTerms]) -> None:
    """Add what the agreements say, and which of them nobody has checked."""
    if not agreements:
        composer.text(_("Inget avtal om ersättning för komplikationer gäller operationerna."))
        return
    rows = [
        (
            one.name,
            _("{first} till {last}").format(first=one.valid_from, last=one.valid_to or _("tills vidare")),
            kronor_rounded(one.cap),
            kronor_rounded(one.deductible),
            number(one.longest_warranty_days),
            _("Ja") if one.verified else _("Nej"),
        )
        for one in agreements
    ]
    notes = []
    if not all(one.verified for one in agreements):
        notes.append(_("Avtal som inte är kontrollerade mot den undertecknade texten: beloppen är preliminära."))
    composer.table(
        _("Avtal som tillämpats."),
        Grid(
            (
                words(_("Avtal"), 2.2),
                words(_("Gäller operationer"), 1.9),
                Column(_("Tak"), 0.9),
                Column(_("Självrisk"), 0.85),
                Column(_("Längsta garanti, dagar"), 0.9),
                words(_("Kontrollerat"), 1.15),
            ),
            rows,
        ),
        Notes(*notes),
    )

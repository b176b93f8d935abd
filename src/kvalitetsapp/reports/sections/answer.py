"""The one page that answers what a complication costs, and what an operation therefore costs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.reports import figure_row, sentences, styles
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.figures import expected_cost
from kvalitetsapp.reports.ledger_of_events import PER_CASE
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import todo
from kvalitetsapp.texts import NOTHING, _, kronor_rounded

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_costs import ExpectedCost
    from kvalitetsapp.domain.report_data import CostDistribution, TotalReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_LEAST_FOR_P90 = 50


def add(composer: Composer, data: TotalReport, cells: Cells) -> None:
    """Add the page: the question, five figures, the answer, what there is to do, the whole cost by provider."""
    composer.chapter(_("Vad kostar en komplikation?"))
    composer.text(
        _(
            "Frågan: en operation som kostar 60 000–80 000 kr har sagts kunna kosta 800 000 kr, "
            "8–10 gånger så mycket, "
            "om det blir en infektion. Vad visar de ärenden som finns?"
        )
    )
    composer.add(figure_row.draw(_figures(sentences.chosen_group(data.costs), cells)))
    composer.space(8)
    composer.bullets(
        [
            *sentences.answer(data.costs, cells),
            sentences.recovered(data.recovery, cells, data.chapters.standings),
            sentences.reviewed(data.review, cells),
        ]
    )
    todo.add(composer, data, cells)
    _expected(composer, data.expected, [one.joint for one in data.overall], cells)
    composer.text(
        _(
            "Så är det räknat: ett ärende är en köpt operation med minst en kopplad händelse, och kostnaden är vad "
            "regionens egna och andras vårdkontakter för händelserna har kostat regionen. Vård som inte finns i "
            "underlaget, till exempel i primärvård och kommun, ingår inte, och inte heller patientens lidande eller "
            "inkomstbortfall. Ärenden från de senaste åren kan bli dyrare."
        ),
        styles.REMARK,
    )


def _expected(composer: Composer, rows: tuple[ExpectedCost, ...], joints: Sequence[str], cells: Cells) -> None:
    shown = [one for one in rows if one.eligible]
    if not shown:
        composer.text(
            _("Ingen operation med känt pris har följts i två år: vad en operation kostar i allt visas inte.")
        )
        return
    everyone = rows[-1]
    without_price = missing = ""
    if everyone.without_price:
        without_price = _("Utan känt pris och inte med: {n} operationer.").format(
            n=cells.at(names.without_price(), everyone.without_price)
        )
    if everyone.missing_cost_events:
        missing = _("Kostnad saknas för {n} händelser, så beloppen är de minsta möjliga.").format(
            n=cells.count(everyone.missing_cost_events)
        )
    composer.figure(
        _("Vad en operation kostar med sina komplikationer inom två år, kronor i medel, i ordning efter antal."),
        expected_cost.draw(shown, cells),
        Notes(
            _("Bekräftade händelser, täckta eller inte, efter operationer som följts i två år; ej riskjusterat."),
            without_price,
            missing,
            footnotes.pooled(joints),
            footnotes.suppressed(cells),
        ),
    )


def _figures(one: CostDistribution | None, cells: Cells) -> list[KeyFigure]:
    if one is None or one.mean is None:
        nothing = _("ingen känd kostnad")
        return [
            KeyFigure(NOTHING, nothing, label)
            for label in (_("ärenden"), _("medel"), _("median"), _("P90"), _("högst"))
        ]
    cases = names.in_costs(PER_CASE, one.group, "cases")
    if cells.hides(cases, one.cases):
        return [KeyFigure(cells.at(cases, one.cases), _("för få att visa"), _("ärenden"))]
    interval = NOTHING
    if one.mean_low is not None and one.mean_high is not None:
        low = kronor_rounded(one.mean_low).removesuffix("\u00a0kr")
        interval = _("{low}–{high}").format(low=low, high=kronor_rounded(one.mean_high))
    over = [
        NOTHING
        if cells.hides(names.in_costs(PER_CASE, one.group, f"over_{place}"), above)
        else cells.part(above, one.cases)
        for place, above in enumerate(one.over)
    ]
    kind = _("bekräftade") if one.group == "confirmed" else _("ej granskade")
    p90 = kronor_rounded(one.p90) if not cells.suppress or one.cases >= _LEAST_FOR_P90 else NOTHING
    return [
        KeyFigure(cells.at(cases, one.cases), kind, _("ärenden med känd kostnad")),
        KeyFigure(kronor_rounded(one.mean), interval, _("per ärende i medel"), strong=True),
        KeyFigure(kronor_rounded(one.median), _("P90 {p90}").format(p90=p90), _("per ärende, median")),
        KeyFigure(
            over[1], _("{over} över 60 000 kr").format(over=over[0]), _("av ärendena kostade mer än 200 000 kr")
        ),
        KeyFigure(
            over[2],
            _("dyrast {largest}").format(largest=kronor_rounded(one.largest)) if not cells.suppress else NOTHING,
            _("av ärendena kostade mer än 800 000 kr"),
        ),
    ]

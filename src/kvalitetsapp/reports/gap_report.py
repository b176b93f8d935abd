"""A gap analysis as the basis for a decision: the gap with its figures, why, what can be done, and what follows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.platypus import KeepTogether, Spacer

from kvalitetsapp.domain import frozen_figure, gap_reckoning, gap_tables
from kvalitetsapp.domain.gap_paper import GapState
from kvalitetsapp.domain.quality_target import limit_text
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import figure_row, frozen_cells, ledger_of_figures, ledgers, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.composed import Composed
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.figure_row import KeyFigure
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import cover, figure_recipes, manifest, signatures
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, kronor_rounded, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.agenda_report import GapReport
    from kvalitetsapp.domain.gap_paper import GapPaper, Proposal
    from kvalitetsapp.domain.gap_reckoning import Reckoned
    from kvalitetsapp.reports.cells import Cells

_SIZE: Final = 7.6


def composed(data: GapReport) -> Composed:
    """Return the report put together."""
    styles.register_fonts()
    title = _("Beslutsunderlag")
    composer, cells = Composer(), ledgers.cells_of(data)
    more = (
        (_("Läge"), word("gap_state", data.state)),
        (_("Ansvarig"), data.owner),
        (_("Följs upp"), data.follow_up_on),
    )
    cover.add(composer, title, data.head, data.manifest, [each for each in more if each[1]])
    shown = _Shown(data.gap, cells)
    _gap(composer, data.gap, shown)
    _causes(composer, data.gap)
    _proposals(composer, data.gap)
    _consequences(composer, data.gap, shown)
    _decision(composer, data)
    _method(composer, data.gap, shown)
    figure_recipes.add(composer, data.facts)
    manifest.add(composer, data.head, data.manifest)
    return Composed(title, data.head, data.manifest, composer)


class _Shown:
    """What may be told of an analysis's figures: all of it, or what gives no small number away."""

    def __init__(self, gap: GapPaper, cells: Cells) -> None:
        present, figure = gap.present, gap.present.figure
        self.cells = cells
        self.figure = None if figure is None or figure.value is None else frozen_cells.shown(figure, cells)
        self.is_told = self.figure is not None and self.figure.is_told
        self.tells_gap = self.is_told and not cells.strict  # it has more digits of the rate than that mode shows
        hides_year = figure is None or cells.hides(ledger_of_figures.yearly(figure), present.operations or 0)
        hides_cases = present.case_cost is None or cells.hides(ledger_of_figures.cases(), present.case_cost.cases)
        self.tells_year = self.tells_gap and present.operations is not None and not hides_year
        self.tells_cost = self.tells_year and not hides_cases
        self.reckoned: Reckoned = gap_reckoning.reckoned(gap)


def _gap(composer: Composer, gap: GapPaper, shown: _Shown) -> None:
    composer.chapter(_("Gapet"))
    figures = _key_figures(gap, shown)
    if figures:
        composer.add(figure_row.draw(figures))
        composer.space(10)
    composer.terms([(_("Mål."), gap_tables.goal_text(gap))])
    composer.terms([(_("Nuläge."), _present(gap, shown) or NOTHING)])
    composer.terms([(_("Gap."), _short(gap, shown))])
    if shown.tells_year and (told := gap_tables.patients_text(gap)):
        composer.text(told)
    if shown.figure is not None and gap.present.figure is not None:
        _of_figure(composer, gap, shown)


def _key_figures(gap: GapPaper, shown: _Shown) -> list[KeyFigure]:
    """Return the figures in the head of the analysis, those that can be told."""
    figure, found = gap.present.figure, shown.reckoned
    if figure is None or shown.figure is None:
        return []
    told = [KeyFigure(shown.figure.value, shown.figure.interval, _("nuläge: {name}").format(name=figure.name))]
    if gap.goal.limit is not None:
        side = _("högst") if gap.goal.at_most else _("minst")
        told.append(KeyFigure(limit_text(gap.goal.limit, figure.unit), side, _("mål")))
        if shown.tells_gap and found.gap is not None:
            is_short = found.gap > 0
            value, unit = gap_tables.gap_parts(gap) if is_short else ("0", _("målet är nått"))
            told.append(KeyFigure(value, unit, _("gap"), strong=is_short))
    if shown.tells_year and found.patients is not None:
        behind = _("av {n} operationer").format(n=number(gap.present.operations or 0))
        told.append(KeyFigure(number(round(found.patients.value)), behind, _("patienter om året")))
    if shown.tells_cost and found.cost is not None:
        told.append(KeyFigure(kronor_rounded(found.cost.value), _("om året"), _("kostar dagens andel")))
    return told


def _present(gap: GapPaper, shown: _Shown) -> str:
    """Return how it is now, with the figure as it may be shown."""
    figure = gap.present.figure
    if figure is None or shown.figure is None:
        return gap.present.words
    if not shown.cells.suppress:
        told = gap_tables.present_text(gap)
    else:
        told = _("{scope}: {told}").format(
            scope=frozen_figure.scope_text(figure), told=shown.figure.value if shown.is_told else _("visas inte")
        )
    return ". ".join(filter(None, (gap.present.words.rstrip("."), told)))


def _short(gap: GapPaper, shown: _Shown) -> str:
    if shown.figure is not None and not shown.is_told:
        return _("Visas inte: siffran vilar på för få personer.")
    if shown.figure is not None and not shown.tells_gap:
        return _("Visas inte i det stränga läget: gapet har fler siffror än andelen får ha.")
    return gap_tables.gap_text(gap) or _("Går inte att räkna: målet har ingen gräns, eller nuläget ingen siffra.")


def _of_figure(composer: Composer, gap: GapPaper, shown: _Shown) -> None:
    """Add the table of the figure with what to mind about it."""
    figure = gap.present.figure
    assert figure is not None  # noqa: S101 - asked by the one who calls
    assert shown.figure is not None  # noqa: S101 - likewise
    notes = Notes(*(footnotes.flag(code) for code in figure.flags.split()), footnotes.not_adjusted())
    notes.remark(footnotes.suppressed(shown.cells))
    day = "" if figure.as_of is None else figure.as_of.isoformat()
    composer.table(
        _("{name}, {scope}, data till {day}.").format(
            name=figure.name, scope=frozen_figure.scope_text(figure).lower(), day=day
        ),
        Grid(
            (
                Column(escaped(_("Värde"))),
                Column(escaped(_("95 % intervall"))),
                Column(escaped(_("Händelser"))),
                Column(escaped(_("Riket"))),
                Column(escaped(_("Operationer om året"))),
            ),
            [
                (
                    shown.figure.value,
                    shown.figure.interval,
                    shown.figure.count,
                    frozen_figure.benchmark_text(figure) or NOTHING,
                    NOTHING
                    if gap.present.operations is None
                    else shown.cells.at(ledger_of_figures.yearly(figure), gap.present.operations),
                )
            ],
            size=_SIZE,
        ),
        notes,
    )


def _causes(composer: Composer, gap: GapPaper) -> None:
    composer.chapter(_("Orsaker"), new_page=False)
    if gap.causes:
        composer.bullets(gap.causes)
    else:
        composer.text(_("Inga orsaker är skrivna."))


def _proposals(composer: Composer, gap: GapPaper) -> None:
    composer.chapter(_("Områden att påverka och förslag till förändringar"), new_page=False)
    if gap.areas:
        composer.bullets(gap.areas)
    if not gap.proposals:
        composer.text(_("Inga förslag är skrivna."))
        return
    composer.table(
        _("Förslagen i den ordning som de bör göras."),
        Grid(
            (
                Column(escaped(_("Nr")), 0.35),
                words(escaped(_("Förslag")), 3.0),
                Column(escaped(_("Kostnad")), 1.0),
                words(escaped(_("Insats")), 1.6),
                words(escaped(_("Ansvarig")), 1.4),
            ),
            [_proposal(place, one) for place, one in enumerate(gap.proposals, 1)],
            size=_SIZE,
        ),
        parted=True,
    )


def _proposal(place: int, one: Proposal) -> tuple[str, ...]:
    cost = NOTHING if one.cost is None else kronor_rounded(one.cost)
    return (number(place), one.what, cost, one.effort or NOTHING, one.responsible or NOTHING)


def _consequences(composer: Composer, gap: GapPaper, shown: _Shown) -> None:
    composer.chapter(_("Konsekvenser"), new_page=False)
    cost = gap_tables.cost_text(gap) if shown.tells_cost else ""
    for heading, texts in (
        (_("Av att arbeta med frågan"), (gap.acting,)),
        (_("Om ni inte tar tag i den"), (gap.not_acting, cost)),
        (_("I vilken ordning"), (gap.order,)),
    ):
        composer.section(heading)
        for text in filter(None, texts):
            composer.text(text)
        if not any(texts):
            composer.text(_("Inget är skrivet."))
    if not cost:
        composer.text(_("Vad gapet kostar om året är inte känt, eller visas inte."), styles.SMALL)


def _decision(composer: Composer, data: GapReport) -> None:
    """Add what was decided and what came of it, or lines to sign on where a decision is waited for."""
    composer.chapter(_("Beslut"), new_page=False)
    decision, after = data.gap.decision, data.gap.followed_up
    if decision is not None:
        composer.terms([(_("Beslut."), decision.what), (_("Av."), decision.by), (_("Den."), decision.on.isoformat())])
    elif data.state == GapState.READY:
        composer.text(_("Underlaget är redo för beslut."))
        composer.add(KeepTogether([*signatures.lines(_("Beslutat av"), [""]), Spacer(1, 8)]))
    else:
        composer.text(_("Analysen är ett utkast; det finns inget beslut."))
    if after is not None:
        composer.section(_("Uppföljning"))
        figure = after.figure
        told = "" if figure is None or data.head.small_numbers != "open" else frozen_figure.value_text(figure)
        composer.text(f"{after.on.isoformat()}: {after.result}")
        if told:
            composer.text(_("Siffran den dagen: {value}.").format(value=told))


def _method(composer: Composer, gap: GapPaper, shown: _Shown) -> None:
    if shown.figure is None:
        return
    composer.chapter(_("Så är det räknat"), new_page=False)
    terms = [
        (
            _("Gap."),
            _("Skillnaden mellan nuläget och målet i indikatorns enhet. Siffran är fryst den dag som står vid den."),
        ),
        (
            _("Patienter om året."),
            _(
                "Gapet gånger de operationer som gjordes året före den dagen. Spannet kommer ur siffrans "
                "95 %-intervall."
            ),
        ),
    ]
    if gap.present.case_cost is not None:
        terms.append(
            (
                _("Kostnad om året."),
                _(
                    "Dagens andel gånger årets operationer gånger vad ett bekräftat ärende i urvalet har kostat i "
                    "medel (R14), alla komplikationer i ärendet inräknade. Spannet är ändarna av båda intervallen, så "
                    "det är bredare än 95 %. Kostnader som saknas räknas inte med."
                ),
            )
        )
    composer.terms(terms)

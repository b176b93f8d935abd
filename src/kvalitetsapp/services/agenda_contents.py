"""Gathers what the report of the quality agenda shows, and the basis for a decision of a gap analysis."""

from __future__ import annotations

from typing import TYPE_CHECKING

import kvalitetsapp
from kvalitetsapp.analysis import report_volume
from kvalitetsapp.domain import indicator_recipe
from kvalitetsapp.domain.agenda_report import AgendaReport, FigureFacts, GapReport
from kvalitetsapp.domain.indicator_nesting import inside
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.report_data import Head, Manifest
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.domain.target_status import LEAST_N, LEAST_UNITS
from kvalitetsapp.domain.target_trend import QUARTERS_BACK
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import agenda, comparison_contents, gaps, indicators, report_contents
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.domain.frozen_figure import FrozenFigure
    from kvalitetsapp.services.report_making import Order
    from kvalitetsapp.services.workspace import Workspace


def agenda_report(workspace: Workspace, source: ReportFrames, order: Order) -> AgendaReport:
    """Return everything in the report of the agenda: of a kept quarter by its code, else as it stands.

    Raises:
        InputError: there are no targets, or the quarter is not kept.
    """
    subject, as_of, rows, earlier = _rows(workspace, order)
    if not rows:
        raise InputError(_("Det finns inga mål att rapportera. Lägg in dem i tabellen ”Mål i kvalitetsagendan”."))
    figures = [row.figure for row in rows if row.figure is not None]
    parameters = (
        (_("Omfattning"), subject),
        (_("Minsta underlag"), str(LEAST_N)),
        (_("Minsta antal enheter för kvartilen"), str(LEAST_UNITS)),
        (_("Kvartal bakåt i trenden"), str(QUARTERS_BACK)),
        (_("Små tal"), word("small_numbers", order.small_numbers)),
    )
    return sealed(
        AgendaReport(
            _head(workspace, source, order, subject, as_of),
            order.subject,
            rows,
            earlier,
            _facts(workspace, figures),
            _manifest(workspace, figures, parameters),
        )
    )


def gap_report(workspace: Workspace, source: ReportFrames, order: Order) -> GapReport:
    """Return everything in the basis for a decision: of the analysis by its number, in its latest version.

    Raises:
        InputError: there is no such analysis.
    """
    if not order.subject.isdecimal():
        raise InputError(_("Ange gapanalysens nummer. Se vilka som finns med ”kvalitetsapp gap list”."))
    found = gaps.one(workspace, int(order.subject))
    paper, figure = found.paper, found.gap.present.figure
    figures = [] if figure is None else [figure]
    as_of = figure.as_of.isoformat() if figure is not None and figure.as_of is not None else ""
    parameters = (
        (_("Gapanalys"), _("nr {paper}, version {version}").format(paper=paper.paper, version=paper.version)),
        (_("Sparad"), _("{at} av {who}").format(at=paper.saved_at, who=paper.who)),
        (_("Små tal"), word("small_numbers", order.small_numbers)),
    )
    return sealed(
        GapReport(
            _head(workspace, source, order, paper.title, as_of),
            paper.state,
            paper.owner,
            "" if paper.follow_up_on is None else paper.follow_up_on.isoformat(),
            found.gap,
            _facts(workspace, figures),
            _manifest(workspace, figures, parameters),
        )
    )


def _rows(
    workspace: Workspace, order: Order
) -> tuple[str, str, tuple[AgendaRow, ...], tuple[tuple[str, tuple[AgendaRow, ...]], ...]]:
    """Return what the report is about, the day of its figures, its rows and those of the quarters before."""
    if not order.subject:
        found = agenda.status(workspace, order.as_of)
        as_of = found.as_of or ""
        return _("läget {day}").format(day=as_of), as_of, found.rows, tuple(found.earlier.items())
    wanted = Quarter.read(order.subject)
    kept = agenda.quarter(workspace, wanted).quarter
    before = [one.quarter for one in agenda.quarters(workspace) if one.quarter.quarter < wanted]
    return wanted.in_words(), kept.as_of, kept.rows, tuple((one.quarter.code, one.rows) for one in before)


def _head(workspace: Workspace, source: ReportFrames, order: Order, subject: str, as_of: str) -> Head:
    return Head(
        subject,
        *report_volume.period(source, as_of),  # as it was that day, so that it can be made again and be the same
        data_cut=as_of or source.as_of.isoformat(),
        sample=workspace.is_sample,
        small_numbers=order.small_numbers,
        program_version=kvalitetsapp.__version__,
    )


def _facts(workspace: Workspace, figures: Iterable[FrozenFigure]) -> tuple[FigureFacts, ...]:
    """Return what has to be known of the indicators that are still there, each once."""
    every = indicators.all_indicators(workspace)
    wanted = dict.fromkeys(one.indicator_id for one in figures)
    known = {one.indicator_id: one for one in every}
    return tuple(
        FigureFacts(
            name,
            known[name].follow_up_days,
            inside(known[name], every),
            indicator_recipe.recipe_text(known[name], workspace.code_tables),
            comparison_contents.national_figures(workspace, known[name]) if known[name].benchmark else (),
        )
        for name in wanted
        if name in known
    )


def _manifest(
    workspace: Workspace, figures: Iterable[FrozenFigure], parameters: tuple[tuple[str, str], ...]
) -> Manifest:
    recipes = dict.fromkeys(
        (
            one.name,
            _("{id}, version {version}").format(id=one.indicator_id, version=one.version),
        )
        for one in figures
    )
    definitions = (*report_contents.definitions(workspace), *recipes)
    return Manifest(report_contents.imported_files(workspace), definitions, parameters)

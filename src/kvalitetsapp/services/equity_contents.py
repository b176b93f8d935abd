"""Gathers what the report on equal care shows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp.analysis import report_volume
from kvalitetsapp.domain import equity_charts, equity_paper, equity_paper_words, equity_words, outcome_tables
from kvalitetsapp.domain.equity import Comparison
from kvalitetsapp.domain.equity_paper import STEPS, EquityStep
from kvalitetsapp.domain.equity_report import EquityReport, EquitySplit, PaperStep, PrintedPaper
from kvalitetsapp.domain.indicator_tables import readable_by
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.provider_comparison import USUAL_INDICATOR
from kvalitetsapp.domain.report_data import Head, Manifest
from kvalitetsapp.domain.report_seal import sealed
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import equity_papers, equity_profile, indicators, report_contents
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.analysis.report_frames import ReportFrames
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.services.equity_papers import FiguresSeen
    from kvalitetsapp.services.equity_profile import EquityProfile
    from kvalitetsapp.services.report_making import Order
    from kvalitetsapp.services.workspace import Workspace

KEYS: Final = ("sex", "age_group", "education", "birth_region", "municipality", "payer_route")
"""What a report splits by; single countries of birth would be too many groups of too few."""


def equity_report(workspace: Workspace, source: ReportFrames, order: Order) -> EquityReport:
    """Return everything in the report of the indicator that the order is about (`reoperation_2y/hip` of one joint).

    Raises:
        InputError: there is no such indicator or joint, or it cannot be split by groups of people.
    """
    indicator_id, _slash, joint = (order.subject or USUAL_INDICATOR).partition("/")
    indicator = indicators.one(workspace, indicator_id)
    if joint and joint not in workspace.followed:
        raise InputError(_("Det finns ingen led ”{joint}”.").format(joint=joint))
    keys = [key for key in KEYS if key in readable_by(indicator.level)]
    if not keys:
        raise InputError(_("{id} går inte att dela upp efter grupper av personer.").format(id=indicator_id))
    scope = OutcomeScope(joint=joint, as_of=order.as_of)
    seen = [equity_papers.seen(workspace, Comparison(indicator_id, scope, (key,))) for key in keys]
    profile = equity_profile.profile(workspace, scope, Progress())
    found = EquityReport(
        head=_head(workspace, order, source, joint),
        indicator_id=indicator_id,
        indicator=indicator.name,
        joint=joint,
        follow_up_days=indicator.follow_up_days,
        is_share=indicator.is_share,
        decimals=indicator.decimals,
        unit=outcome_tables.unit_of(indicator),
        whole=seen[0].figures.whole,
        splits=tuple(split_of(each) for each in seen if each.figures.groups),
        reading=equity_words.reading(
            next((each.figures for each in seen if each.figures.ages), seen[0].figures), several=True
        ),
        profile=profile.chart,
        profile_shares=profile.shares,
        profile_nested=profile.nested,
        left_out=equity_words.left_out(profile.no_direction, profile.no_data),
        papers=tuple(_printed(each) for each in _papers(workspace, indicator_id, scope)),
        recipe=indicators.recipe(workspace, indicator_id),
        manifest=_manifest(workspace, order, indicator, profile),
    )
    return sealed(found)


def split_of(seen: FiguresSeen) -> EquitySplit:
    """Return figures by groups as the report has them."""
    found = seen.figures
    return EquitySplit(
        key=found.by[0],
        name=equity_words.split_name(found),
        groups=found.groups,
        names=tuple(equity_words.group_name(found.by, one.words, found.names) for one in found.groups),
        notes=tuple(equity_words.note(one) for one in found.groups),
        headline=equity_words.headline(found, processed=seen.is_processed),
        findings=equity_words.finding_texts(found),
        figures=equity_charts.forest(found, equity_charts.VALUE),
        differences=equity_charts.forest(found, equity_charts.DIFFERENCE),
        is_processed=seen.is_processed,
    )


def _papers(workspace: Workspace, indicator_id: str, scope: OutcomeScope) -> Iterator[Paper]:
    """Give the papers about the indicator of the same joint, or of any where the report is of all."""
    for paper in equity_papers.every(workspace):
        figure = equity_paper.from_contents(paper.contents).measurement.figure
        if figure.indicator_id == indicator_id and scope.joint in {"", figure.scope.get("joint", "")}:
            yield paper


def _printed(paper: Paper) -> PrintedPaper:
    work = equity_paper.from_contents(paper.contents)
    facts = (
        (_("Mått och grupper"), equity_paper.subject(work)),
        (_("Läge"), word("equity_state", paper.state)),
        (_("Ansvarig"), paper.owner or NOTHING),
        (_("Följs upp"), paper.follow_up_on.isoformat() if paper.follow_up_on else NOTHING),
        (_("Version"), f"{paper.version}, {paper.saved_at[:10]}"),
    )
    steps = [
        PaperStep(
            f"{number} {word('equity_step', step)}",
            tuple(equity_paper_words.step_lines(work, step)),
            counts=step is EquityStep.MEASUREMENT,
        )
        for number, step in enumerate(STEPS, start=1)
    ]
    if work.result:
        steps.append(PaperStep(_("Uppföljning"), ((_("Uppföljningen gav"), work.result),)))
    return PrintedPaper(paper.title, facts, tuple(steps))


def _head(workspace: Workspace, order: Order, source: ReportFrames, joint: str) -> Head:
    care = _("Alla vårdgivare utom egen regi")
    return Head(
        f"{care}, {word('joint', joint).lower()}" if joint else care,
        *report_volume.period(source),
        data_cut=source.as_of.isoformat(),
        sample=workspace.is_sample,
        small_numbers=order.small_numbers,
        program_version=kvalitetsapp.__version__,
    )


def _manifest(workspace: Workspace, order: Order, indicator: Indicator, profile: EquityProfile) -> Manifest:
    named = _("{name} ({id}), version {version}").format(
        name=indicator.name, id=indicator.indicator_id, version=indicator.version
    )
    lines = 0 if profile.chart is None else len(profile.chart.bars)
    parameters = (
        (_("Omfattning"), _("alla vårdgivare utom egen regi")),
        (_("Mått"), named),
        (_("Standardbefolkning"), _("europeisk, 2013")),
        (_("Rader i profildiagrammet"), str(lines)),
        (_("Små tal"), word("small_numbers", order.small_numbers)),
    )
    return Manifest(report_contents.imported_files(workspace), report_contents.definitions(workspace), parameters)

"""The quality agenda: how every target stands today, and the quarters that are kept of it.

A kept quarter is a working paper whose rows stand as they were that day. It can be saved again until a later one is.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from kvalitetsapp.domain import agenda as domain
from kvalitetsapp.domain import agenda_tables
from kvalitetsapp.domain.agenda import NO_WORDS, AgendaTable, Known, RowWords
from kvalitetsapp.domain.editable_words import NationalLevel, QualityArea
from kvalitetsapp.domain.outcome_choice import OutcomeScope
from kvalitetsapp.domain.paper import PaperDraft, PaperKind
from kvalitetsapp.domain.quality_target import Target
from kvalitetsapp.domain.quarter import Quarter
from kvalitetsapp.domain.quarter_paper import QuarterPaper
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Table
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import editable_tables, frozen_figures, indicators, papers, published_units
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import episodes, providers
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from kvalitetsapp.domain.agenda import AgendaRow
    from kvalitetsapp.domain.paper import Paper
    from kvalitetsapp.services.papers import PaperOutcome
    from kvalitetsapp.services.workspace import Workspace

STATE = "kept"
_NOT_KEPT = 0  # versions count from 1
_AREAS = tuple(QualityArea)


@dataclass(frozen=True, slots=True)
class KeptQuarter:
    """A quarter that is kept, and the paper that it is kept in."""

    paper: Paper
    quarter: QuarterPaper


@dataclass(frozen=True, slots=True)
class AgendaNow:
    """The agenda as it stands, the quarter that it would be kept as, and the quarters that are kept, oldest first."""

    table: AgendaTable
    quarter: Quarter
    kept: tuple[KeptQuarter, ...]


@needs(Right.READ_FIGURES)
def targets(workspace: Workspace) -> tuple[Target, ...]:
    """Return every target, by quality area in the order of the agenda and then as the table has them."""
    found = [Target.from_row(row) for row in editable_tables.rows(workspace, "targets")]
    return tuple(sorted(found, key=lambda one: _AREAS.index(one.area)))


@needs(Right.READ_FIGURES)
def status(workspace: Workspace, as_of: date | None = None) -> AgendaTable:
    """Return every target as it stands on a day, the data cut unless told.

    Comments and results that people write are those of the latest quarter that is kept; trends are since quarters
    before the one that the day is in.
    """
    this = Quarter.of(as_of or workspace.today)
    kept = [one for one in quarters(workspace) if one.quarter.quarter < this]
    return _table(workspace, as_of, latest_words(workspace), kept)


@needs(Right.READ_FIGURES)
def latest_words(workspace: Workspace) -> dict[str, RowWords]:
    """Return what people have written of each target in the latest quarter that is kept."""
    kept = quarters(workspace)
    return {row.target.target_id: row.words for row in kept[-1].quarter.rows} if kept else {}


@needs(Right.READ_FIGURES)
def now(workspace: Workspace) -> AgendaNow:
    """Return the agenda as it stands today, with the quarters that are kept."""
    quarter = Quarter.of(workspace.today)
    return AgendaNow(status(workspace, _until(workspace, quarter)), quarter, quarters(workspace))


@needs(Right.READ_FIGURES)
def quarters(workspace: Workspace) -> tuple[KeptQuarter, ...]:
    """Return the quarters that are kept, the oldest first.

    Undoing can bring a paper back beside one that has been saved of the same quarter: the one saved last counts.
    """
    found = (
        KeptQuarter(one, QuarterPaper.from_contents(one.contents))
        for one in sorted(papers.of_kind(workspace, PaperKind.QUARTER), key=lambda one: (one.saved_at, one.paper))
    )
    of_each = {one.quarter.quarter: one for one in found}
    return tuple(of_each[quarter] for quarter in sorted(of_each))


@needs(Right.READ_FIGURES)
def quarter(workspace: Workspace, wanted: Quarter) -> KeptQuarter:
    """Return a quarter as it is kept.

    Raises:
        InputError: it is not kept.
    """
    found = next((one for one in quarters(workspace) if one.quarter.quarter == wanted), None)
    if found is None:
        raise InputError(
            _("Kvartalet {quarter} är inte sparat. Se vilka som är det med ”kvalitetsapp agenda quarters”.").format(
                quarter=wanted.code
            )
        )
    return found


@needs(Right.WRITE_PAPERS)
def save_quarter(
    workspace: Workspace, wanted: Quarter, words: Mapping[str, RowWords], *, based_on: int | None = None
) -> PaperOutcome:
    """Keep a quarter with the figures of today, or of its last day where that has been; `words` by target.

    `based_on` is the version that was shown of a quarter that is kept already, None where it was not kept.

    Raises:
        InputError: there are no targets, or a text that cannot be kept.
        RefusedError: a later quarter is kept, it has not begun, or somebody has saved it since.
    """
    kept = quarters(workspace)
    if wanted > Quarter.of(workspace.today):
        raise RefusedError(_("Kvartalet {quarter} har inte börjat.").format(quarter=wanted.code))
    if any(one.quarter.quarter > wanted for one in kept):
        raise RefusedError(_("Kvartalet {quarter} ändras inte: ett senare är sparat.").format(quarter=wanted.code))
    earlier = tuple(one for one in kept if one.quarter.quarter < wanted)
    table = _table(workspace, _until(workspace, wanted), words, earlier)
    if not table.rows:
        raise InputError(_("Det finns inga mål att spara. Lägg in dem i tabellen ”Mål i kvalitetsagendan”."))
    paper = QuarterPaper(wanted, table.as_of or "", table.rows)
    same = next((one.paper for one in kept if one.quarter.quarter == wanted), None)
    owner = workspace.user if same is None else same.owner
    draft = PaperDraft(PaperKind.QUARTER, paper.title, owner, None, STATE, paper.contents())
    return papers.save(workspace, draft, paper=None if same is None else same.paper, based_on=based_on or _NOT_KEPT)


@needs(Right.READ_FIGURES)
def table(workspace: Workspace, as_of: date | None = None) -> Table:
    """Return `agenda status`."""
    return agenda_tables.agenda_table(status(workspace, as_of).rows)


@needs(Right.READ_FIGURES)
def quarters_table(workspace: Workspace) -> Table:
    """Return `agenda quarters`, the latest first."""
    return Table(agenda_tables.QUARTERS, [_quarter_row(one) for one in reversed(quarters(workspace))])


@needs(Right.READ_FIGURES)
def quarter_table(workspace: Workspace, wanted: Quarter) -> Table:
    """Return `agenda show`: the targets of a quarter as they were kept.

    Raises:
        InputError: it is not kept.
    """
    return agenda_tables.agenda_table(quarter(workspace, wanted).quarter.rows)


def _quarter_row(one: KeptQuarter) -> tuple[str | int, ...]:
    paper, told = one.paper, one.quarter
    return (told.quarter.code, told.as_of, paper.saved_at, paper.who, paper.version, *agenda_tables.counts(told))


def _until(workspace: Workspace, wanted: Quarter) -> date | None:
    """Return the day that figures of a quarter reach to: its last, or the data cut (None) where that is before."""
    cut = episodes.latest_discharge(workspace.store)
    return None if cut is None or cut <= wanted.last_day.isoformat() else wanted.last_day


def _table(
    workspace: Workspace, as_of: date | None, words: Mapping[str, RowWords], kept: Sequence[KeptQuarter]
) -> AgendaTable:
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    earlier = [(one.quarter.quarter.code, one.quarter) for one in kept]
    rows: list[AgendaRow] = []
    for target in targets(workspace):
        before = [(code, row) for code, told in earlier if (row := told.row(target.target_id)) is not None]
        known = replace(_known(workspace, target, as_of), provider=names.get(target.provider_id, target.provider_id))
        rows.append(domain.row_of(target, known, words.get(target.target_id, NO_WORDS), before))
    days = [row.figure.as_of for row in rows if row.figure is not None and row.figure.as_of is not None]
    cut = episodes.latest_discharge(workspace.store)
    last = max(days).isoformat() if days else cut if as_of is None else as_of.isoformat()
    return AgendaTable(last, tuple(rows), {code: told.rows for code, told in earlier})


def _known(workspace: Workspace, target: Target, as_of: date | None) -> Known:
    """Return what is known of a target's figure; of an indicator that is no longer there nothing is."""
    if not target.indicator:
        return Known()
    one = next((each for each in indicators.all_indicators(workspace) if each.indicator_id == target.indicator), None)
    if one is None:
        return Known()
    scope = OutcomeScope(target.joint, "", target.provider_id, as_of)
    figure = frozen_figures.freeze(workspace, one.indicator_id, scope)
    quartile = None
    if target.national is NationalLevel.UPPER_QUARTILE:
        quartile = published_units.quartile(workspace, one, target.joint)
    return Known(figure, one.direction, quartile)

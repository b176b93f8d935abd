"""Groups of people in the report on equal care: a chapter of every key, the profile, the papers, and the methods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_words, equity_words
from kvalitetsapp.domain.chart_data import Profile
from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.reports import ledger_of_groups, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.equity import EquityGroup, Estimate
    from kvalitetsapp.domain.equity_report import EquityReport, EquitySplit, PrintedPaper
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_SIZE: Final = 6.8
_PARTED_FROM: Final = 12


def summary(composer: Composer, data: EquityReport, cells: Cells) -> None:
    """Add what came out by every key, in a sentence each."""
    composer.chapter(_("Sammanfattning"))
    composer.text(
        _("{indicator}, uppdelad efter grupper av personer. {reading}").format(
            indicator=data.indicator, reading=data.reading[0] if data.reading else ""
        )
    )
    said = [(f"{split.name}.", _headline(data, split, cells)) for split in data.splits]
    if said:
        composer.terms(said)
    else:
        composer.text(_("Ingen operation i urvalet har följts tillräckligt länge för att jämföras."))


def _headline(data: EquityReport, split: EquitySplit, cells: Cells) -> str:
    """Return what came out; where small numbers are hidden only what the table beside it tells."""
    if not cells.suppress:
        return split.headline
    differing = [
        name
        for one, name in zip(split.groups, split.names, strict=True)
        if one.differs and _tells_difference(data, split, one, cells)
    ]
    if not differing:
        return _("Ingen grupp som kan visas skiljer sig mer än slumpen ger (95 %).")
    word = _("Genomgången skillnad") if split.is_processed else _(equity_words.UNPROCESSED)
    return _("{unprocessed}: {groups}. Se tabellen.").format(unprocessed=word, groups="; ".join(differing))


def groups(composer: Composer, data: EquityReport, cells: Cells) -> None:
    """Add the chapter with a section of every key."""
    composer.chapter(_("Grupper"), new_page=False)
    for split in data.splits:
        composer.section(split.name)
        _table(composer, data, split, cells)
        hidden = frozenset(
            name
            for one, name in zip(split.groups, split.names, strict=True)
            if cells.suppress and not ledger_of_groups.tells(data, split, one, cells)
        )
        _chart(composer, split.figures, cells, hidden)
        _chart(composer, split.differences, cells, hidden)


def _table(composer: Composer, data: EquityReport, split: EquitySplit, cells: Cells) -> None:
    """Add the figures as they are, and under them the age standardised ones, where there are any."""
    places = range(len(split.groups))
    events = [Column(_("Händelser"), 0.85)] if data.is_share else []
    figures = [Column(head, 1.5) for head in (_("Värde"), _("Skillnad"), _("Kvot"))]
    composer.table(
        _("{indicator} efter {split}, med 95 % intervall.").format(indicator=data.indicator, split=split.name.lower()),
        Grid(
            (words(_("Grupp"), 2.0), Column(_("Underlag"), 0.8), *events, *figures),
            [_row(data, split, place, cells) for place in places],
            marked=_marked(data, split, cells),
            size=_SIZE,
        ),
        Notes(*_open_only(split, cells), footnotes.suppressed(cells), _unit(data)),
        parted=len(places) > _PARTED_FROM,
    )
    if any(one.standardised is not None for one in split.groups):
        composer.table(
            _("Åldersstandardiserat: {indicator} efter {split}, med 95 % intervall.").format(
                indicator=data.indicator, split=split.name.lower()
            ),
            Grid(
                (words(_("Grupp"), 2.0), *figures),
                [_standardised_row(data, split, place, cells) for place in places],
                size=_SIZE,
            ),
            Notes(_unit(data)),
            parted=len(places) > _PARTED_FROM,
        )


def _open_only(split: EquitySplit, cells: Cells) -> tuple[str, ...]:
    """Return what weakens the comparison; its counts would tell what is hidden."""
    return () if cells.suppress else split.findings


def _unit(data: EquityReport) -> str:
    if data.is_share:
        return _("Värden i procent, skillnader i procentenheter.")
    return _("Värden och skillnader i {unit}.").format(unit=data.unit) if data.unit else ""


def _marked(data: EquityReport, split: EquitySplit, cells: Cells) -> frozenset[int]:
    return frozenset(
        place for place, one in enumerate(split.groups) if one.differs and _tells_difference(data, split, one, cells)
    )


def _row(data: EquityReport, split: EquitySplit, place: int, cells: Cells) -> tuple[str, ...]:
    one = split.groups[place]
    n, events = ledger_of_groups.shown(data, split, one, cells)
    against = _tells_difference(data, split, one, cells)
    return (
        _name(split, place),
        n,
        *([events or NOTHING] if data.is_share else []),
        _crude(data, one, cells) if ledger_of_groups.tells(data, split, one, cells) else NOTHING,
        _figure(one.difference if against else None, "difference", data, cells),
        _figure(one.ratio if against else None, "ratio", data, cells),
    )


def _standardised_row(data: EquityReport, split: EquitySplit, place: int, cells: Cells) -> tuple[str, ...]:
    one = split.groups[place]
    told, against = ledger_of_groups.tells(data, split, one, cells), _tells_difference(data, split, one, cells)
    return (
        _name(split, place),
        _figure(one.standardised if told else None, "figure", data, cells),
        _figure(one.standardised_difference if against else None, "difference", data, cells),
        _figure(one.standardised_ratio if against else None, "ratio", data, cells),
    )


def _name(split: EquitySplit, place: int) -> str:
    note = equity_words.note(split.groups[place])
    return f"{split.names[place]} ({note})" if note else split.names[place]


def _tells_difference(data: EquityReport, split: EquitySplit, one: EquityGroup, cells: Cells) -> bool:
    """Tell whether a difference may stand: with one of the two figures it gives the other."""
    reference = next((each for each in split.groups if each.is_reference), None)
    return (
        reference is not None
        and ledger_of_groups.tells(data, split, one, cells)
        and ledger_of_groups.tells(data, split, reference, cells)
    )


def _crude(data: EquityReport, one: EquityGroup, cells: Cells) -> str:
    if data.is_share and cells.strict and one.crude is not None:
        share = Share(one.events or 0, one.n, one.crude.value, one.crude.low, one.crude.high)
        return _("{rate} ({interval})").format(rate=cells.rate(share), interval=cells.interval(share))
    return _figure(one.crude, "figure", data, cells)


def _figure(told: Estimate | None, write: str, data: EquityReport, cells: Cells) -> str:
    if told is None:
        return NOTHING
    return equity_words.with_interval(told, write, _Written(data, cells))


class _Written:
    """How the figures of the report are written: in the strict mode with fewer decimals."""

    def __init__(self, data: EquityReport, cells: Cells) -> None:
        self.is_share = data.is_share
        self.decimals = max(data.decimals - 1, 0) if cells.strict else data.decimals


def _chart(composer: Composer, chart: Chart, cells: Cells, gone: frozenset[str]) -> None:
    if chart_words.empty_reason(chart):
        return
    kept = gate.without_small(chart, cells, gone=gone)
    if kept is None:
        composer.text(_("Diagrammet visas inte: talen är för små."))
        return
    drawings = any_chart.drawings(kept)
    for place, drawing in enumerate(drawings):
        last = place == len(drawings) - 1
        composer.figure(
            chart_words.caption(kept),
            drawing,
            Notes(gate.remark(chart, kept)) if last else None,
            alt=chart_words.description(kept),
        )


def profile(composer: Composer, data: EquityReport, cells: Cells) -> None:
    """Add the profile of women and men."""
    composer.chapter(_("Profildiagram"))
    if data.profile is None:
        composer.text(_("Det finns inget att visa."))
        return
    composer.text(equity_words.profile_reading(data.profile), styles.SMALL)
    shares = dict(data.profile_shares)
    kept = _kept_profile(data.profile, cells, shares)
    if kept is None:
        composer.text(_("Diagrammet visas inte: talen är för små."))
    else:
        drawings = any_chart.drawings(kept)
        for place, drawing in enumerate(drawings):
            notes = Notes(gate.remark(data.profile, kept)) if place == len(drawings) - 1 else None
            composer.figure(chart_words.caption(kept), drawing, notes, alt=chart_words.description(kept))
    for text in data.left_out:
        composer.text(text, styles.SMALL)


def _kept_profile(chart: Profile, cells: Cells, shares: Mapping[str, Share]) -> Profile | None:
    """Return what may be shown; where small numbers are hidden without counts, which would make events of rates."""
    kept = gate.without_small(chart, cells, shares)
    if not isinstance(kept, Profile) or not cells.suppress:
        return kept if isinstance(kept, Profile) else None
    return replace(kept, bars=tuple(replace(bar, n_women=0, n_men=0) for bar in kept.bars))


def papers(composer: Composer, data: EquityReport, cells: Cells) -> None:
    """Add the working papers, a chapter each with its five steps."""
    if not data.papers:
        composer.chapter(_("Arbetspapper"), new_page=False)
        composer.text(_("Inget arbetspapper är skrivet om måttet: skillnaderna är obearbetade."))
    for paper in data.papers:
        _paper(composer, paper, cells)


def _paper(composer: Composer, paper: PrintedPaper, cells: Cells) -> None:
    composer.chapter(_("Arbetspapper: {title}").format(title=paper.title))
    composer.terms([(f"{label}:", text) for label, text in paper.facts])
    for step in paper.steps:
        composer.section(step.head)
        if step.counts and cells.suppress:
            composer.text(_("Mätningens siffror står bara i klinikens eget exemplar."))
        elif step.lines:
            composer.terms([(f"{label}:", text) for label, text in step.lines])
        else:
            composer.text(_("Inte gjort än."))


def method(composer: Composer, data: EquityReport) -> None:
    """Add how the figures are worked out, and what they do not say."""
    composer.chapter(_("Så är det räknat"), new_page=False)
    composer.bullets(data.reading)

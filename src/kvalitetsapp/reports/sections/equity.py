"""Groups of people in the report on equal care: a chapter of every key, the profile, the papers, and the methods."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import chart_words, equity_words
from kvalitetsapp.domain.chart_data import Profile
from kvalitetsapp.reports import ledger_of_groups, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.figures import any_chart, gate
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.equity import Estimate
    from kvalitetsapp.domain.equity_report import EquityReport, EquitySplit, PrintedPaper
    from kvalitetsapp.domain.report_data import Share
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
    said = [(f"{split.name}.", _headline(split, cells)) for split in data.splits]
    if said:
        composer.terms(said)
    else:
        composer.text(_("Ingen operation i urvalet har följts tillräckligt länge för att jämföras."))


def _headline(split: EquitySplit, cells: Cells) -> str:
    """Return what came out; where small numbers are hidden only what the table beside it tells."""
    if not cells.suppress:
        return split.headline
    differing = [name for one, name in zip(split.groups, split.names, strict=True) if one.differs]
    if not differing:
        return _("Ingen grupp som kan visas skiljer sig mer än slumpen ger (95 %).")
    word = equity_words.difference_word(processed=split.is_processed)
    return _("{unprocessed}: {groups}. Se tabellen.").format(unprocessed=word, groups="; ".join(differing))


def groups(composer: Composer, data: EquityReport, cells: Cells) -> None:
    """Add the chapter with a section of every key."""
    composer.chapter(_("Grupper"), new_page=False)
    for split in data.splits:
        composer.section(split.name)
        _table(composer, data, split, cells)
        hidden = frozenset(
            name for one, name in zip(split.groups, split.names, strict=True) if cells.suppress and one.crude is None
        )
        _chart(composer, split.figures, cells, hidden)
        _chart(composer, split.differences, cells, hidden)


def _table(composer: Composer, data: EquityReport, split: EquitySplit, cells: Cells) -> None:
    """Add the figures as they are, and under them the age standardised ones, where there are any."""
    named = {"indicator": data.indicator, "split": split.name.lower()}
    events = [Column(_("Händelser"), 0.85)] if data.is_share else []
    figures = [Column(head, 1.5) for head in (_("Värde"), _("Skillnad"), _("Kvot"))]
    about = (_processing(split), footnotes.suppressed(cells), _unit(data))
    crude = Grid(
        (words(_("Grupp"), 2.0), Column(_("Underlag"), 0.8), *events, *figures),
        [_row(data, split, place, cells) for place in range(len(split.groups))],
        marked=frozenset(place for place, one in enumerate(split.groups) if one.differs),
        size=_SIZE,
    )
    parted = len(split.groups) > _PARTED_FROM
    caption = _("{indicator} efter {split}, med 95 % intervall.").format(**named)
    composer.table(caption, crude, Notes(*split.findings, *about), parted=parted)
    if any(one.standardised is not None for one in split.groups):
        standardised = Grid(
            (words(_("Grupp"), 2.0), *figures),
            [_standardised_row(data, split, place, cells) for place in range(len(split.groups))],
            size=_SIZE,
        )
        caption = _("Åldersstandardiserat: {indicator} efter {split}, med 95 % intervall.").format(**named)
        composer.table(caption, standardised, Notes(*_few_of_an_age(cells), *about), parted=parted)


def _processing(split: EquitySplit) -> str:
    """Return what the differences of a table are called, where it has any."""
    if all(one.difference is None for one in split.groups):
        return ""
    return _("{word} mot jämförelsegruppen.").format(word=equity_words.difference_word(processed=split.is_processed))


def _few_of_an_age(cells: Cells) -> tuple[str, ...]:
    if not cells.suppress:
        return ()
    return (_("Visas bara för grupper där ingen ålder har för få operationer eller händelser."),)


def _unit(data: EquityReport) -> str:
    if data.is_share:
        return _("Värden i procent, skillnader i procentenheter.")
    return _("Värden och skillnader i {unit}.").format(unit=data.unit) if data.unit else ""


def _row(data: EquityReport, split: EquitySplit, place: int, cells: Cells) -> tuple[str, ...]:
    one = split.groups[place]
    n, events = ledger_of_groups.shown(data, split, one, cells)
    return (
        _name(split, place),
        n,
        *([events or NOTHING] if data.is_share else []),
        _figure(one.crude, "figure", data, cells),
        _figure(one.difference, "difference", data, cells),
        _figure(one.ratio, "ratio", data, cells),
    )


def _standardised_row(data: EquityReport, split: EquitySplit, place: int, cells: Cells) -> tuple[str, ...]:
    one = split.groups[place]
    return (
        _name(split, place),
        _figure(one.standardised, "figure", data, cells),
        _figure(one.standardised_difference, "difference", data, cells),
        _figure(one.standardised_ratio, "ratio", data, cells),
    )


def _name(split: EquitySplit, place: int) -> str:
    note = split.notes[place]
    return f"{split.names[place]} ({note})" if note else split.names[place]


def _figure(told: Estimate | None, write: str, data: EquityReport, cells: Cells) -> str:
    return equity_words.with_interval(told, write, _Written(data, cells))


class _Written:
    """How the figures of the report are written: in the strict mode with fewer decimals."""

    def __init__(self, data: EquityReport, cells: Cells) -> None:
        self.is_share = data.is_share
        self.decimals = max(data.decimals - 1, 0) if cells.strict else data.decimals


def _chart(composer: Composer, chart: Chart, cells: Cells, gone: frozenset[str]) -> None:
    if not chart_words.empty_reason(chart):
        _draw(composer, chart, gate.without_small(chart, cells, gone=gone))


def _draw(composer: Composer, chart: Chart, kept: Chart | None) -> None:
    """Add what is kept of a chart, on as many pages as it takes, or say that nothing is."""
    if kept is None:
        composer.text(_("Diagrammet visas inte: talen är för små."))
        return
    *first, last = any_chart.drawings(kept)
    caption, alt = chart_words.caption(kept), chart_words.description(kept)
    for drawing in first:
        composer.figure(caption, drawing, alt=alt)
    composer.figure(caption, last, Notes(gate.remark(chart, kept)), alt=alt)


def profile(composer: Composer, data: EquityReport, cells: Cells) -> None:
    """Add the profile of women and men."""
    composer.chapter(_("Profildiagram"))
    if data.profile is None:
        composer.text(_("Det finns inget att visa."))
        return
    composer.text(equity_words.profile_reading(data.profile), styles.SMALL)
    if cells.strict:
        composer.text(_("Diagrammet visas inte: ur avvikelserna skulle antalen gå att räkna ut."))
    else:
        _draw(composer, data.profile, _kept_profile(data.profile, cells, data.profile_shares))
    for text in data.left_out:
        composer.text(text, styles.SMALL)


def _kept_profile(chart: Profile, cells: Cells, shares: Iterable[tuple[str, Share]]) -> Profile | None:
    """Return what may be shown; where small numbers are hidden without counts, which would make events of rates."""
    told = {key: share for key, share in shares if ledger_of_groups.profile_tells(key, share, cells)}
    kept = gate.without_small(chart, cells, told)
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

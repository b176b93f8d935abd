"""Operations and reoperations of every provider in one table, in the order of volume."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports import phrases
from kvalitetsapp.reports.ledger_of_operations import may_tell, what
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, percent

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.report_data import Outcome, TotalReport
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer


def add(composer: Composer, data: TotalReport, cells: Cells) -> None:
    """Add the table; its counts are protected together with those of the total."""
    named = [(provider.name, place, one) for provider in data.providers for place, one in enumerate(provider.outcomes)]
    every = [one for _name, _place, one in named]
    notes = Notes(
        footnotes.compared_with_all(every),
        footnotes.not_adjusted(),
        footnotes.ambiguous(every, cells),
        footnotes.suppressed(cells),
    )
    high = (n for n, (name, _p, one) in enumerate(named) if one.flag.startswith("high") and may_tell(one, cells, name))
    composer.table(
        _("Operationer och reoperationer inom två år, efter vårdgivare och led."),
        Grid(
            _columns(data, every, notes),
            [_row(name, one, cells, named=not place) for name, place, one in named],
            marked=frozenset(high),
            groups=frozenset(n for n, (_name, place, _one) in enumerate(named) if not place),
            size=7.0,
        ),
        notes,
    )


def _columns(data: TotalReport, every: Sequence[Outcome], notes: Notes) -> tuple[Column, ...]:
    followed = notes.mark(footnotes.follow_up(every))
    unsure = notes.mark(footnotes.small_n([one.share for one in every]))
    compared = notes.mark(footnotes.benchmark(data.benchmarks))
    return (
        words(escaped(_("Vårdgivare")), 1.8),
        phrases.joint_column((one.joint for one in every), 0.5),
        Column(escaped(_("Operationer")), 1.0),
        Column(escaped(_("Uppföljda")) + followed, 0.95),
        Column(escaped(_("Reopererade")), 1.08),
        Column(escaped(_("Andel")) + unsure, 0.66),
        Column(escaped(_("95 % intervall")), 0.98),
        Column(escaped(_("Riket")) + compared, 0.66),
        words(escaped(_("Mot gränserna")), 1.5),
    )


def _row(name: str, one: Outcome, cells: Cells, *, named: bool) -> tuple[str, ...]:
    tells = may_tell(one, cells, name)
    return (
        name if named else "",
        word("joint", one.joint),
        cells.at(names.operations(one.joint, name), one.operations),
        cells.at(names.followed(one.within, one.joint, name), one.share.n),
        cells.at(names.happened(what(one), one.joint, name), one.share.events) if one.share.n else NOTHING,
        cells.rate(one.share) if tells else NOTHING,
        cells.interval(one.share) if tells else NOTHING,
        percent(one.benchmark),
        phrases.flag(one) if tells else NOTHING,
    )

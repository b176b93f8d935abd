"""Every indicator that there are data for, joint by joint, with what each figure can and cannot show."""

from __future__ import annotations

from itertools import combinations, groupby
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.report_data import Share
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import ledger as names
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports import styles
from kvalitetsapp.reports.cells import ALSO_HIDDEN, LEAST_DENOMINATOR
from kvalitetsapp.reports.ledger_of_operations import MAIN, in_indicator
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _, decimal, number, percent

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from kvalitetsapp.domain.report_chapters import IndicatorFigure
    from kvalitetsapp.reports.cells import Cells
    from kvalitetsapp.reports.composer import Composer

_KEPT_TOGETHER: Final = 10


def add(composer: Composer, figures: Sequence[IndicatorFigure], cells: Cells) -> None:
    """Add a table for each joint."""
    composer.section(_("Alla indikatorer"))
    if not figures:
        composer.text(_("Ingen indikator har några uppföljda operationer eller svar från vårdgivaren."))
        return
    composer.text(" ".join(_how_to_read(figures)), styles.SMALL)
    for joint, of_joint in groupby(figures, key=lambda one: one.joint):
        _table(composer, joint, list(of_joint), cells)


def _how_to_read(figures: Sequence[IndicatorFigure]) -> Iterator[str]:
    """Give what holds for the tables of all joints."""
    yield _("Följd: dagar som en operation ska ha följts. Granskat: andel av händelserna som någon bedömt.")
    yield footnotes.detectable()
    if any(not one.is_national and one.target is not None for one in figures):
        yield _("(alla): riksvärde saknas, så jämförelsen är med alla operationer här, också egen regi.")
    yield footnotes.not_adjusted()
    yield footnotes.moved_out()


def untold(figures: Sequence[IndicatorFigure], cells: Cells) -> frozenset[str]:
    """Return the indicators of one joint whose events must not be shown: few, or the rest of another's few.

    Of two where one holds the other's events, the inner goes: what is in the outer alone would be told by both.
    """
    if not cells.suppress:
        return frozenset()
    shares = {one.indicator_id: one for one in figures if one.is_share}
    gone = {name for name, one in shares.items() if not _tells(one, cells)}
    gone |= {name for name, one in shares.items() if cells.hides(_came(one), one.events or 0)}
    gone |= {name for name, one in shares.items() if cells.hides(in_indicator(one), one.n)}
    for name, one in shares.items():
        outer = [shares[each] for each in one.inside if each in shares and each not in gone]
        if name not in MAIN and any(cells.small(_happened(other) - _happened(one)) for other in outer):
            gone.add(name)
    for one, other in combinations([one for name, one in shares.items() if one.prostheses and name not in gone], 2):
        if not set(one.prostheses) & set(other.prostheses) and _leave_few(one, other, shares, gone, cells):
            gone.add(min(one, other, key=_happened).indicator_id)
    return frozenset(gone)


def _leave_few(
    one: IndicatorFigure, other: IndicatorFigure, shares: Mapping[str, IndicatorFigure], gone: set[str], cells: Cells
) -> bool:
    """Tell whether two kinds of prosthesis together leave a few events of one that holds both."""
    outer = [shares[each] for each in one.inside if each in other.inside and each in shares and each not in gone]
    return any(cells.small(_happened(each) - _happened(one) - _happened(other)) for each in outer)


def _came(one: IndicatorFigure) -> names.Name:
    return names.happened(MAIN.get(one.indicator_id, one.indicator_id), one.joint)


def _happened(one: IndicatorFigure) -> int:
    """Return in how many operations what is looked for came, also where those without it are counted."""
    events = one.events or 0
    return one.n - events if one.counts_without else events


def _tells(one: IndicatorFigure, cells: Cells) -> bool:
    events = one.events or 0
    return cells.tells(Share(events, one.n, None, None, None)) and not cells.small(one.n - events)


def shown_events(one: IndicatorFigure, gone: Iterable[str], cells: Cells) -> str:
    """Return the events as they are shown."""
    if one.events is None:
        return NOTHING
    if one.indicator_id not in gone:
        return cells.count(one.events)
    shown = cells.at(_came(one), one.events)
    return shown if cells.is_hidden(shown) else ALSO_HIDDEN


def shown_operations(one: IndicatorFigure, cells: Cells) -> str:
    """Return the operations that an indicator is about as they are shown."""
    return cells.at(in_indicator(one), one.n)


def _table(composer: Composer, joint: str, figures: Sequence[IndicatorFigure], cells: Cells) -> None:
    gone = untold(figures, cells)
    notes = Notes()
    rows = [_row(one, gone, notes, cells) for one in figures]
    notes.remark(footnotes.suppressed(cells))
    composer.table(
        _("Alla indikatorer med data, {joint}.").format(joint=word("joint", joint).lower()),
        Grid(
            (
                words(_("Indikator"), 2.45),
                Column(_("Följd"), 0.55),
                Column(_("n"), 0.5),
                Column(_("Händelser"), 0.85),
                Column(_("Värde"), 0.75),
                Column(_("95 % intervall"), 1.1),
                Column(_("Granskat"), 0.8),
                Column(_("Jämförs med"), 1.15),
                Column(_("Syns först vid"), 0.8),
                words(_("Not"), 0.62),
            ),
            rows,
            marked=frozenset(
                n for n, one in enumerate(figures) if one.limit.startswith("high") and one.indicator_id not in gone
            ),
            size=6.8,
        ),
        notes,
        parted=len(figures) > _KEPT_TOGETHER,
    )


def may_tell(one: IndicatorFigure, gone: Iterable[str], cells: Cells) -> bool:
    """Tell whether what an indicator comes to may stand beside its counts."""
    if one.is_share:
        return one.indicator_id not in gone
    return not (cells.suppress and (one.n < LEAST_DENOMINATOR or cells.hides(in_indicator(one), one.n)))


def _row(one: IndicatorFigure, gone: frozenset[str], notes: Notes, cells: Cells) -> tuple[str, ...]:
    told = may_tell(one, gone, cells)
    flags = [footnotes.flag(code) for code in one.flags]
    texts = [*flags, footnotes.limit(one.limit)] if told else flags
    letters = sorted({notes.letter(text) for text in texts if text})
    return (
        one.name,
        number(one.follow_up_days) if one.follow_up_days else NOTHING,
        shown_operations(one, cells),
        shown_events(one, gone, cells),
        shown_value(one, cells) if told else NOTHING,
        shown_interval(one, cells) if told else NOTHING,
        _reviewed(one, cells) if told else NOTHING,
        _target(one),
        percent(one.detectable, 0 if cells.strict else 1) if told else NOTHING,
        " ".join(letters),
    )


def shown_value(one: IndicatorFigure, cells: Cells) -> str:
    """Return what an indicator comes to, where it may be told."""
    if not one.is_share:
        return NOTHING if one.value is None else decimal(one.value, one.decimals)
    return cells.rate(Share(one.events or 0, one.n, one.value, one.low, one.high), one.decimals)


def shown_interval(one: IndicatorFigure, cells: Cells) -> str:
    """Return the interval of an indicator, where it may be told."""
    if one.is_share:
        return cells.interval(Share(one.events or 0, one.n, one.value, one.low, one.high), one.decimals)
    if one.low is None or one.high is None:
        return NOTHING
    return _("{low}–{high}").format(low=decimal(one.low, one.decimals), high=decimal(one.high, one.decimals))


def _reviewed(one: IndicatorFigure, cells: Cells) -> str:
    if one.reviewed is None or not one.events or one.counts_without:
        return NOTHING
    if cells.small(one.reviewed) or cells.small(one.events - one.reviewed):
        return ALSO_HIDDEN
    return percent(min(one.reviewed / one.events, 1.0), 0)


def _target(one: IndicatorFigure) -> str:
    if one.target is None:
        return NOTHING
    text = percent(one.target) if one.is_share else decimal(one.target, one.decimals)
    return text if one.is_national else _("{rate} (alla)").format(rate=text)

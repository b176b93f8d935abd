"""The minutes of a follow-up meeting on paper: the figures of that day, how it goes, what was concluded and next."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from reportlab.lib.units import mm
from reportlab.platypus import Paragraph, Spacer

from kvalitetsapp.domain import frozen_figure
from kvalitetsapp.domain.frozen_figure import FigureChange
from kvalitetsapp.domain.meeting_paper import state_text
from kvalitetsapp.domain.minutes import figure_of
from kvalitetsapp.domain.words import word
from kvalitetsapp.reports import document, ledger_of_operations, released_chapters, styles
from kvalitetsapp.reports import notes as footnotes
from kvalitetsapp.reports.cells import Cells
from kvalitetsapp.reports.composer import Composer
from kvalitetsapp.reports.document import PageFrame
from kvalitetsapp.reports.ledger import Ledger
from kvalitetsapp.reports.markup import escaped
from kvalitetsapp.reports.notes import Notes
from kvalitetsapp.reports.sections import cover, indicators_table, manifest
from kvalitetsapp.reports.tables import Column, Grid, words
from kvalitetsapp.texts import NOTHING, _

if TYPE_CHECKING:
    from collections.abc import Iterator

    from kvalitetsapp.domain.frozen_figure import ComparedFigure
    from kvalitetsapp.domain.meeting_paper import Activity
    from kvalitetsapp.domain.minutes import MinutesReport
    from kvalitetsapp.domain.released import Cell

_FINGERPRINT_SHOWN: Final = 12
_ROOM: Final = 40 * mm


def build(data: MinutesReport) -> bytes:
    """Return the minutes as PDF; the same data always give the same bytes."""
    styles.register_fonts()
    composer, cells = Composer(), cells_of(data)
    _cover(composer, data)
    _figures(composer, data, cells)
    _said(composer, data)
    _activities(composer, data)
    _concluded(composer, data)
    manifest.add(composer, data.head, data.manifest)
    return document.build(_page_frame(data), composer.story())


def cells_of(data: MinutesReport) -> Cells:
    """Return how numbers are written in the minutes, all that they tell of the same persons protected together."""
    ledger, mode = Ledger(), data.head.small_numbers
    ledger_of_operations.indicators(ledger, data.gated)
    return Cells(mode, ledger.shown(Cells(mode)))


def released(data: MinutesReport) -> tuple[Cell, ...]:
    """Return the counts of persons that the minutes show and hide."""
    subject = (data.provider if data.meeting.planned.provider_id else "").replace("/", "_") or "*"
    return tuple(released_chapters.indicators(data.gated, subject, cells_of(data)))


def _title() -> str:
    return _("Protokoll från avstämning")


def _page_frame(data: MinutesReport) -> PageFrame:
    head = data.head
    return PageFrame(
        title=_("{title}: {subject}").format(title=_title(), subject=head.subject),
        header_left=_("{title} · {subject}").format(title=_title(), subject=head.subject),
        header_right=data.meeting.planned.held_on.isoformat(),
        footer=_("Arbetspapper {paper}, version {number} · Kvalitetsapp {version} · underlag {fingerprint}").format(
            paper=data.paper,
            number=data.version,
            version=head.program_version,
            fingerprint=data.manifest.fingerprint[:_FINGERPRINT_SHOWN],
        ),
        sample=head.sample,
    )


def _cover(composer: Composer, data: MinutesReport) -> None:
    planned = data.meeting.planned
    told = [
        (_("Dag"), planned.held_on.isoformat()),
        (_("Närvarande"), planned.present or NOTHING),
        (_("Vad det gäller"), planned.about or NOTHING),
        (_("Vårdgivare"), _scope(data)),
        (_("Indikatorer"), ", ".join(data.indicators) or NOTHING),
        (_("Ansvarig"), data.owner or NOTHING),
        (_("Följs upp"), data.follow_up_on.isoformat() if data.follow_up_on else NOTHING),
        (_("Läge"), word("meeting_state", data.state)),
        (_("Sparat"), data.saved),
        (_("Små tal"), cover.small_numbers(data.head.small_numbers)),
    ]
    if data.head.sample:
        told.append((_("Obs"), cover.made_up()))
    composer.cover(
        Spacer(1, 22 * mm),
        Paragraph(escaped(_title()), styles.COVER_TITLE),
        Paragraph(escaped(data.head.subject), styles.COVER_SUBJECT),
        cover.facts([(label, " ".join(text.split())) for label, text in told]),
        Spacer(1, 14),
    )


def _scope(data: MinutesReport) -> str:
    planned = data.meeting.planned
    provider = data.provider or _("All köpt vård")
    return f"{provider}, {word('joint', planned.joint).lower()}" if planned.joint else provider


def _figures(composer: Composer, data: MinutesReport, cells: Cells) -> None:
    composer.chapter(_("Siffrorna den dagen"))
    if data.meeting.frozen_on is None:
        composer.text(_("Avstämningen är inte hållen än, så inga siffror är frysta."))
        return
    notes = Notes()
    beside = not cells.suppress
    gone = indicators_table.untold(data.gated, cells)
    columns = (
        words(_("Indikator"), 2.4),
        Column(_("n"), 0.6),
        Column(_("Händelser"), 0.9),
        Column(_("Värde"), 0.8),
        Column(_("95 % intervall"), 1.2),
        Column(_("Riket"), 0.8),
        *((words(_("I dag"), 2.1),) if beside else ()),
        words(_("Not"), 0.5),
    )
    rows = [_row(one, gone, notes, cells, beside=beside) for one in data.figures]
    notes.remark(footnotes.not_adjusted())
    notes.remark(footnotes.suppressed(cells))
    if not beside:
        notes.remark(_("Dagens siffror står inte bredvid: skillnaden mot den dagen kan röja enskilda personer."))
    caption = _("Siffrorna som de var {day}, med data till {cut}. {scope}.").format(
        day=data.meeting.frozen_on.isoformat(), cut=data.head.data_cut or NOTHING, scope=_scope(data)
    )
    if not any(row[-1] for row in rows):
        columns, rows = columns[:-1], [row[:-1] for row in rows]
    composer.table(caption, Grid(columns, rows, size=7.4), notes)


def _row(one: ComparedFigure, gone: frozenset[str], notes: Notes, cells: Cells, *, beside: bool) -> tuple[str, ...]:
    frozen = one.frozen
    figure = figure_of(frozen)
    told = indicators_table.may_tell(figure, gone, cells)
    return (
        frozen.name,
        indicators_table.shown_operations(figure, cells),
        indicators_table.shown_events(figure, gone, cells),
        _with_unit(indicators_table.shown_value(figure, cells), frozen.unit) if told else NOTHING,
        indicators_table.shown_interval(figure, cells) if told else NOTHING,
        frozen_figure.benchmark_text(frozen) or NOTHING,
        *((_today(one),) if beside else ()),
        " ".join(sorted(notes.letter(text) for text in _remarks(one, beside=beside))),
    )


def _with_unit(shown: str, unit: str) -> str:
    return shown if not unit or shown == NOTHING or shown.endswith(unit) else f"{shown}\u00a0{unit}"


def _today(one: ComparedFigure) -> str:
    """Return what a figure is today in a few words."""
    if one.change is not FigureChange.CHANGED or one.now is None:
        return word("figure_change", one.change)
    return _("{value} ({count})").format(
        value=frozen_figure.value_text(one.now), count=frozen_figure.count_text(one.now)
    )


def _remarks(one: ComparedFigure, *, beside: bool) -> Iterator[str]:
    yield from map(footnotes.flag, one.frozen.flags.split())
    if not beside:
        return
    if one.now is not None and one.now.version != one.frozen.version:
        yield _("Receptet är ändrat sedan dess: siffran i dag är enligt version {version}.").format(
            version=one.now.version
        )
    if one.reproduced is False:
        yield _("Uppgifter om tiden fram till den dagen har rättats eller granskats sedan dess.")


def _said(composer: Composer, data: MinutesReport) -> None:
    composer.chapter(_("Hur går det?"), new_page=False, room=_ROOM)
    _told(composer, _("Utifrån ambitionerna"), data.meeting.said.on_ambitions)
    _told(composer, _("Utifrån aktiviteterna"), data.meeting.said.on_activities)


def _activities(composer: Composer, data: MinutesReport) -> None:
    composer.chapter(_("Aktiviteter"), new_page=False, room=_ROOM)
    found = data.meeting.activities
    if not found:
        composer.text(_("Inga aktiviteter är bestämda."))
        return
    columns = (
        words(_("Aktivitet"), 3.4),
        words(_("Ansvarig"), 1.4),
        words(_("Klar senast"), 1.0),
        words(_("Läge"), 1.2),
    )
    rows = [_activity(one, data) for one in found]
    late = frozenset(n for n, one in enumerate(found) if one.is_late(data.today))
    composer.table(
        _("Aktiviteter, läget {day}.").format(day=data.today.isoformat()),
        Grid(columns, rows, marked=late),
        parted=len(rows) > 1,
    )


def _activity(one: Activity, data: MinutesReport) -> tuple[str, ...]:
    due_on = one.due_on.isoformat() if one.due_on else NOTHING
    return " ".join(one.text.split()), one.responsible or NOTHING, due_on, state_text(one, data.today)


def _concluded(composer: Composer, data: MinutesReport) -> None:
    composer.chapter(_("Slutsatser och nästa steg"), new_page=False, room=_ROOM)
    said = data.meeting.said
    _told(composer, _("Slutsatser och analys"), said.conclusions)
    _told(composer, _("Nästa steg"), said.next_step)
    _told(composer, _("Behov av stöd"), said.support)


def _told(composer: Composer, heading: str, text: str) -> None:
    composer.section(heading)
    paragraphs = [line for line in text.splitlines() if line.strip()]
    for each in paragraphs or [_("Inget är antecknat.")]:
        composer.text(each)

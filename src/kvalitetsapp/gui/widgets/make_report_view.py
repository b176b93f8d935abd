"""Skapa: what a report is about, drafts of it, of all providers in one go, and the step to a final one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.file_names import of_report
from kvalitetsapp.domain.released import ReportKind, SmallNumbers
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.dialogs.sign_report import SignReportDialog
from kvalitetsapp.gui.dialogs.write_case_annex import WriteCaseAnnexDialog
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.spacing import enlarge, letters, pad, scrolling
from kvalitetsapp.gui.widgets.made_reports import Made, MadeReports, made_now
from kvalitetsapp.gui.widgets.message_panel import MessagePanel
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.progress_line import ProgressLine
from kvalitetsapp.gui.widgets.report_order_form import ABOUT_PROVIDERS, ReportOrderForm, Subject, title
from kvalitetsapp.services.releases import NotReleasedError
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.case_annex import AnnexOutcome
    from kvalitetsapp.services.report_batch import BatchRow
    from kvalitetsapp.services.report_making import Order
    from kvalitetsapp.services.report_subjects import ReportSubjects
    from kvalitetsapp.services.workspace import Workspace

SHEETS: Final = ".xlsx"
_HOLDS: Final = {
    ReportKind.TOTAL: N_(
        "Alla vårdgivare tillsammans: utfall, kostnader per komplikation och vad som kan återkrävas."
    ),
    ReportKind.PROVIDER: N_(
        "Uppföljningen av en vårdgivare: volym, utfall, granskning, kostnader och krav, med trattdiagram."
    ),
    ReportKind.COMPARISON: N_(
        "Vårdgivarna bredvid varandra, led för led, i ordning efter volym, med vad som kan sägas om var och en."
    ),
    ReportKind.WAITING: N_(
        "Väntelistorna från län till åtgärdskod, hur de har utvecklats, kapacitet och ett scenario för omfördelning."
    ),
    ReportKind.EQUITY: N_(
        "Ett utfall efter kön, ålder, utbildning, födelseland, kommun och ersättningsväg, profildiagrammet och "
        "arbetspappren."
    ),
    ReportKind.AGENDA: N_(
        "Målen i kvalitetsagendan område för område, med läge, trend och kommentarer: nu, eller ett sparat kvartal."
    ),
    ReportKind.GAP: N_("Ett beslutsunderlag ur en gapanalys: målet, läget, förslagen och vad de kostar."),
    ReportKind.CLAIMS: N_(
        "Vad som är krävt, krediterat, betalt och bestritt, vad som är obetalt och vad som brådskar att kräva."
    ),
}
_WIDEST = 130  # letters of a line that is easily read across


class MakeReportView(Page):
    """Makes PDFs; meant to stand in a tab of a page."""

    title: ClassVar[str] = N_("Skapa")
    icon_name: ClassVar[str] = "reports"
    interests: ClassVar[frozenset[Changed]] = frozenset(
        {Changed.IMPORTS, Changed.EPISODES, Changed.INDICATORS, Changed.PAPERS}
    )

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self._operation: Operation | None = None
        self.message = MessagePanel()
        self.form = ReportOrderForm()
        self.explained = PlainLabel()
        self.make = primary_button(_("&Skapa utkast"))
        self.sign = QPushButton(_("&Fastställ …"))
        self.annex = QPushButton(_("Ärendebila&ga …"))
        self.progress = ProgressLine()
        self.made = MadeReports()
        self._arrange()
        self.begins_at = self.form.kind
        self.make.clicked.connect(self.make_draft)
        self.sign.clicked.connect(self._ask_to_sign)
        self.annex.clicked.connect(self._ask_for_annex)
        self.form.changed.connect(self._fit)
        self._fit()

    def refresh(self) -> None:
        """Read what reports can be about."""
        self.runner.run(_offered, self.form.offer)

    def make_draft(self) -> None:
        """Make the chosen report, or one of every provider, in the chosen folder."""
        self.message.hide()
        subject, order, folder = self.form.subject, self.form.order(), self.form.remember_folder()
        sheets = self.form.workbook.isChecked()
        rows: list[BatchRow] = []  # grows on the store's thread; read when that has ended or stopped
        stopped = partial(self._stopped, subject, rows)
        if subject.every:
            work = partial(_make_all, order, folder, rows, sheets)
            self._start(self.runner.run(work, partial(self._all_done, subject), on_failed=stopped), subject)
        else:
            out = folder / of_report(subject.name, subject.kind)
            one = partial(_make, order, out, out.with_suffix(SHEETS) if sheets else None)
            self._start(self.runner.run(one, partial(self._draft_done, subject), on_failed=stopped), subject)

    # how it looks

    def _arrange(self) -> None:
        content = QWidget()
        column = QVBoxLayout(content)
        pad(column, self, 0.8, 0.8)
        column.addWidget(self.message)
        column.addWidget(self._card())
        column.addWidget(self.made, 1)
        around = QVBoxLayout(self)
        around.setContentsMargins(0, 0, 0, 0)
        around.addWidget(scrolling(content))

    def _card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        card.setMaximumWidth(letters(self, _WIDEST))
        heading = QLabel(_("Ny rapport"))
        enlarge(heading, 1.1, bold=True)
        self.explained.setObjectName("muted")
        self.explained.setWordWrap(True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.annex)
        buttons.addStretch(1)
        buttons.addWidget(self.sign)
        buttons.addWidget(self.make)
        inside = QVBoxLayout(card)
        pad(inside, self, 0.9, 0.6)
        for widget in (heading, self.form, self.explained):
            inside.addWidget(widget)
        inside.addLayout(buttons)
        inside.addWidget(self.progress)
        return card

    def _fit(self) -> None:
        """Explain what is chosen, and let be done what can be."""
        can_write = self.runner.store is not None and not self.runner.store.read_only
        is_free = can_write and self._operation is None
        self.make.setEnabled(is_free and self.form.subject.is_there)
        self.annex.setEnabled(is_free)
        self.sign.setEnabled(self.make.isEnabled() and not self.form.subject.every)
        self.explained.setText(_about(self.form.subject, can_write=can_write))

    # what is done

    def _start(self, operation: Operation, subject: Subject) -> None:
        self._operation = operation
        self.progress.follow(operation, counted=subject.every)
        self._fit()

    def _end(self) -> None:
        self._operation = None
        self._fit()
        self.runner.announce(frozenset({Changed.REPORTS}))  # drafts that leave stand in the log

    def _draft_done(self, subject: Subject, paths: tuple[Path, ...]) -> None:
        self._end()
        made = [made_now(subject.title, path) for path in paths]
        self.made.add(made)
        self.told.emit(_("Rapporten är klar {clock}").format(clock=made[0].clock))

    def _all_done(self, subject: Subject, rows: Sequence[BatchRow]) -> None:
        self._end()
        self._list(subject, rows)
        written = sum(row.path is not None for row in rows)
        told = ngettext("{n} rapport är skriven", "{n} rapporter är skrivna", written)
        self.told.emit(told.format(n=number(written)))
        if refused := len(rows) - written:
            left_out = ngettext(
                "{n} rapport lämnas inte ut. I tabellen står varför.",
                "{n} rapporter lämnas inte ut. I tabellen står varför.",
                refused,
            )
            self._offer_strict(left_out.format(n=number(refused)))

    def _list(self, subject: Subject, rows: Sequence[BatchRow]) -> None:
        """List what was written of all providers, and what was not and why."""
        self.made.add([one for row in rows for one in _of_batch(subject, row)])

    def _stopped(self, subject: Subject, rows: Sequence[BatchRow], error: BaseException) -> None:
        self._end()
        if rows:
            self._list(subject, rows)
        if isinstance(error, NotReleasedError):
            self._offer_strict(str(error))
        elif isinstance(error, CancelledError):
            self.message.say(
                _("Avbrutet. De rapporter som hann skrivas ligger kvar i mappen.")
                if any(row.path for row in rows)
                else _("Avbrutet. Ingen rapport skrevs."),
                calm=True,
            )
        else:
            self.runner.tell(error)

    def _offer_strict(self, text: str) -> None:
        """Say why a report does not leave, with the way that helps unless it is taken already."""
        if self.form.small_numbers.mode is SmallNumbers.STRICT:
            self.message.say(text)
        else:
            self.message.say(text, way_out=_("&Välj det stränga läget"), do=self._choose_strict)

    def _choose_strict(self) -> None:
        self.form.small_numbers.set_mode(SmallNumbers.STRICT)
        self.make.setFocus()

    def _ask_to_sign(self) -> None:
        self.message.hide()
        subject, folder = self.form.subject, self.form.remember_folder()
        dialog = SignReportDialog(self.runner, self.form.order(), subject.name, folder, self)
        dialog.strict_chosen.connect(partial(self.form.small_numbers.set_mode, SmallNumbers.STRICT))
        dialog.saved.connect(partial(self._signed, subject, folder))
        dialog.open()

    def _signed(self, subject: Subject, folder: Path, outcome: object) -> None:
        final = getattr(outcome, "final", None)
        if final is not None:
            self.made.add([made_now(subject.title, folder / final.file_name)])
        self.told.emit(str(getattr(outcome, "said", "")))

    def _ask_for_annex(self) -> None:
        self.message.hide()
        chosen = self.form.subject
        dialog = WriteCaseAnnexDialog(self.runner, chosen.subject if chosen.kind in ABOUT_PROVIDERS else "", self)
        dialog.saved.connect(partial(self._annex_written, dialog))
        dialog.open()

    def _annex_written(self, dialog: WriteCaseAnnexDialog, outcome: AnnexOutcome) -> None:
        self.made.add([made_now(title(ReportKind.CASES, dialog.provider.currentText()), outcome.path)])
        self.told.emit(outcome.said)


def _about(subject: Subject, *, can_write: bool) -> str:
    """Return what a report holds, or why none can be made."""
    if not can_write:
        return _("Databasen är öppnad för läsning. Öppna den för skrivning för att skapa rapporter.")
    if not subject.is_there:
        return _("Det finns ingen gapanalys än. Gör en på fliken Gapanalys på sidan Utveckling.")
    if subject.every:
        return _(
            "Alla vårdgivares rapporter på en gång, en fil för var och en. De skapas som utkast; fastställ dem en i "
            "taget. Det går att avbryta."
        )
    return _(_HOLDS[subject.kind])


def _of_batch(subject: Subject, row: BatchRow) -> Iterator[Made]:
    """Give the files of a provider's report, or why there is none."""
    about = title(subject.kind, row.name)
    yield made_now(about, row.path, row.why_not)
    if row.workbook is not None:
        yield made_now(about, row.workbook)


def _offered(workspace: Workspace, _progress: Progress) -> ReportSubjects:
    from kvalitetsapp.services import report_subjects

    return report_subjects.offered(workspace)


def _make(
    order: Order, out: Path, workbook: Path | None, workspace: Workspace, progress: Progress
) -> tuple[Path, ...]:
    from kvalitetsapp.services import reports

    reports.write(workspace, order, out, workbook, progress=progress)
    return (out,) if workbook is None else (out, workbook)


def _make_all(
    order: Order, folder: Path, rows: list[BatchRow], workbooks: bool, workspace: Workspace, progress: Progress
) -> tuple[BatchRow, ...]:
    from kvalitetsapp.services import report_batch

    return report_batch.all_providers(
        workspace, folder, order, workbooks=workbooks, told=rows.append, progress=progress
    )

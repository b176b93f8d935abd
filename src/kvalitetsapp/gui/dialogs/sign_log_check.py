"""Kontrollera stickprovet: every entry that was drawn is judged, and the check is signed."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, QSize
from PySide6.QtWidgets import QComboBox, QLineEdit, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain import access_log
from kvalitetsapp.domain.audit_words import LogFinding, LogOutcome
from kvalitetsapp.domain.log_check import SAMPLE, Judged, lacking_in, sample_table
from kvalitetsapp.domain.words import word
from kvalitetsapp.gui import arrangement
from kvalitetsapp.gui.dialogs.making import MakingDialog
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.spacing import letters, lines
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from kvalitetsapp.domain.log_check import Sample, SamplePlan
    from kvalitetsapp.gui.dialogs.saving import Checked, Work
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.log_checks import CheckOutcome
    from kvalitetsapp.services.workspace import Workspace

    AnyIndex = QModelIndex | QPersistentModelIndex

ROLE: Final = "log/role"
_HIDDEN_AT_FIRST: Final = ("role", "kind", "patients", "detail", "own")


class SignLogCheckDialog(MakingDialog):
    """Judges entries one after the other, and signs when all are."""

    def __init__(
        self, runner: StoreRunner, sample: Sample, names: Mapping[str, str], parent: QWidget | None = None
    ) -> None:
        self._sample, self._names = sample, names
        self._judged: dict[int, Judged] = {}
        self._user = runner.store.user if runner.store is not None else ""
        self.table = DataTable("log-sample", key=("entry",))
        self.note_of = QLineEdit()
        self.buttons = {finding: QPushButton(_(text)) for finding, text in _BUTTONS.items()}
        self.rest = QPushButton(_("&Alla övriga är befogade"))
        self.left = PlainLabel()
        self.chosen = PlainLabel()
        stopped = _("Avbrutet. Kontrollen är inte signerad.")
        super().__init__(runner, _("Kontrollera stickprov"), _("S&ignera kontrollen"), stopped, parent)
        self.reveal = Reveal(self)
        self.outcome = QComboBox()
        self.note = CheckedText(lambda _text: "", rows=2)
        self.role = CheckedText(_lacking_role)
        self.resize(QSize(letters(self, 180), lines(self, 46)).boundedTo(self.screen().availableSize()))
        self._fill()
        self._connect()
        self._show()

    def checked(self) -> tuple[Checked, ...]:
        """Return the fields that may be wrong."""
        return (self.role,)

    def content(self) -> QWidget:
        """Return the entries with what is found of each, above the outcome of all."""
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        self.table.setMinimumHeight(lines(self, 16))
        column.addWidget(self.table, 1)
        self.chosen.setWordWrap(True)
        column.addWidget(self.chosen)
        label = PlainLabel(_("An&teckning till posten"))
        label.setBuddy(self.note_of)
        column.addLayout(arrangement.ends((*self.buttons.values(), label, self.note_of), (self.rest,)))
        column.addWidget(self.left)
        column.addWidget(self.form)
        column.addWidget(self.progress)
        return made

    def try_to_save(self) -> None:
        """Say what is still to be judged or written, or sign."""
        if missing := len(self._sample.entries) - len(self._judged):
            self.say(
                ngettext("{n} post är inte bedömd.", "{n} poster är inte bedömda.", missing).format(n=number(missing))
            )
            self._go_to_next()
            return
        super().try_to_save()

    def start(self) -> None:
        """Sign, if the outcome says what was found."""
        lacking = lacking_in(self._findings(), self._outcome(), self.note.text(), self.role.text())
        if lacking:
            self.say(lacking)
            return
        remember(ROLE, self.role.text())
        super().start()

    def work(self) -> Work:
        """Return what signs."""
        told = (self._outcome(), self.note.text(), self.role.text())
        return partial(_sign, self._sample.plan, self._findings(), told)

    # how it looks

    def _fill(self) -> None:
        own = sum(one.who == self._user for one in self._sample.entries)
        told = _("{drawn} av {population} poster, {chosen}. Håll Ctrl för att se personnumren.").format(
            drawn=number(len(self._sample.entries)),
            population=number(self._sample.population),
            chosen=self._sample.plan.in_words().lower(),
        )
        if own:
            told += " " + ngettext(
                "Obs: {n} post är din egen. Låt någon annan kontrollera den.",
                "Obs: {n} poster är dina egna. Låt någon annan kontrollera dem.",
                own,
            ).format(n=number(own))
        self.explained.setText(told)
        self.table.view.setAccessibleName(_("Stickprovets poster"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        names = [column.name for column in SAMPLE]
        delegate = IdentityDelegate(self.table.view, self.reveal, self._patients_at)
        self.table.view.setItemDelegateForColumn(names.index("patient"), delegate)
        self.note_of.setMinimumWidth(letters(self, 36))
        for outcome in LogOutcome:
            self.outcome.addItem(word("log_outcome", outcome), outcome.value)
        self.role.set_text(recall(ROLE))
        for label, field in (
            (_("&Utfall"), self.outcome),
            (_("Vad kontrollen &kom fram till"), self.note),
            (_("&Roll"), self.role),
        ):
            self.form.add(label, field)

    def _connect(self) -> None:
        for finding, button in self.buttons.items():
            button.setAutoDefault(False)
            button.clicked.connect(partial(self._judge, finding))
        self.rest.setAutoDefault(False)
        self.rest.clicked.connect(self._justify_rest)
        self.table.current_row_changed.connect(lambda _row: self._show_chosen())
        self.note_of.editingFinished.connect(self._keep_note)

    def _patients_at(self, index: AnyIndex) -> str:
        entry = self._sample.entries[self.table.model.source_row(index.row())]
        return access_log.patients_in_words(entry.patients, mask=False)

    # what is found

    def _judge(self, finding: LogFinding, *_checked: bool) -> None:
        for row in self.table.chosen_rows() or [self.table.current_row()]:
            if row >= 0:
                entry = self._sample.entries[row].entry
                self._judged[entry] = Judged(entry, finding, self._note_for(entry))
        self._show()
        if finding is LogFinding.JUSTIFIED:
            self._go_to_next()
        else:
            self.note_of.setFocus()

    def _justify_rest(self) -> None:
        for one in self._sample.entries:
            self._judged.setdefault(one.entry, Judged(one.entry, LogFinding.JUSTIFIED))
        self._show()

    def _keep_note(self) -> None:
        row = self.table.current_row()
        entry = self._sample.entries[row].entry if row >= 0 else 0
        found = self._judged.get(entry)
        if found is not None and found.note != self.note_of.text().strip():
            self._judged[entry] = Judged(entry, found.finding, self.note_of.text().strip())
            self._show()

    def _note_for(self, entry: int) -> str:
        row = self.table.current_row()
        is_shown = row >= 0 and self._sample.entries[row].entry == entry
        known = self._judged.get(entry)
        return self.note_of.text().strip() if is_shown else "" if known is None else known.note

    def _show(self) -> None:
        with QSignalBlocker(self.table):
            self.table.set_table(sample_table(self._sample, self._names, self._user, self._judged))
            self.table.choose_one()
        self._show_chosen()
        self.left.setText(
            _("{done} av {all} poster är bedömda.").format(
                done=number(len(self._judged)), all=number(len(self._sample.entries))
            )
        )

    def _show_chosen(self) -> None:
        """Tell the whole of the chosen entry, whose columns may be too narrow, and what is noted about it."""
        row = self.table.current_row()
        if row < 0:
            self.chosen.setText("")
            self.note_of.clear()
            return
        one = self._sample.entries[row]
        who = ", ".join(part for part in (one.who, access_log.roles_in_words(one.role), one.unit) if part)
        done = (word("audit_action", one.action), access_log.about(one, self._names))
        told = (one.moment, who, *done, access_log.patients_in_words(one.patients))
        self.chosen.setText(" · ".join(part for part in told if part))
        found = self._judged.get(one.entry)
        self.note_of.setText("" if found is None else found.note)

    def _go_to_next(self) -> None:
        """Choose the next entry that is not judged."""
        waiting = [row for row, one in enumerate(self._sample.entries) if one.entry not in self._judged]
        if waiting:
            after = [row for row in waiting if row > self.table.current_row()]
            self.table.choose_row((after or waiting)[0])
            self.table.view.setFocus()

    def _findings(self) -> tuple[Judged, ...]:
        return tuple(self._judged[one.entry] for one in self._sample.entries if one.entry in self._judged)

    def _outcome(self) -> LogOutcome:
        return LogOutcome(self.outcome.currentData())


_BUTTONS: Final = {
    LogFinding.JUSTIFIED: N_("&Befogad"),
    LogFinding.UNCLEAR: N_("&Oklar"),
    LogFinding.UNJUSTIFIED: N_("Ob&efogad"),
}


def _lacking_role(text: str) -> str:
    return "" if text else _("Skriv i vilken roll du signerar.")


def _sign(
    plan: SamplePlan,
    found: Iterable[Judged],
    told: tuple[LogOutcome, str, str],
    workspace: Workspace,
    progress: Progress,
) -> CheckOutcome:
    from kvalitetsapp.services import log_checks

    outcome, note, role = told
    return log_checks.sign(workspace, plan, found, outcome, note=note, signed_as=role, progress=progress)

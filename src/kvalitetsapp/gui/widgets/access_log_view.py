"""Logg: who did what with whose data, a page at a time, and a patient's extract."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QVBoxLayout

from kvalitetsapp.domain import access_log as domain
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import CancelledError
from kvalitetsapp.gui import arrangement, spacing
from kvalitetsapp.gui.dialogs.extract_log import ExtractLogDialog
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.log_filter_bar import LogFilterBar
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.texts import N_, NOTHING, _, number

if TYPE_CHECKING:
    from PySide6.QtCore import QModelIndex, QPersistentModelIndex

    from kvalitetsapp.domain.access_log import LogEntry, LogPage, LogQuery
    from kvalitetsapp.gui.operations import Operation, StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

    AnyIndex = QModelIndex | QPersistentModelIndex
    Read = tuple[LogPage, str, dict[str, str], tuple[str, ...]]

_HIDDEN_AT_FIRST: Final = ("role", "patients", "detail")
_MOST_NAMED: Final = 200  # patients of one entry that are told one by one


class AccessLogView(RowsView["LogEntry"]):
    """Entries, the latest first, with the chosen one in full below them."""

    title: ClassVar[str] = N_("Logg")
    icon_name: ClassVar[str] = "protection"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.ACCESS_LOG})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("access-log", key=("entry",)))
        self.reveal = Reveal(self)
        self.filters = LogFilterBar()
        self.told_of = PlainLabel()
        self.facts = FactsView(_("Posten"))
        self.newer = QPushButton(_("&Nyare poster"))
        self.older = QPushButton(_("Äl&dre poster"))
        self.extract = QPushButton(_("Logg&utdrag för patient …"))
        self._names: dict[str, str] = {}
        self._patient = ""
        self._page: LogPage | None = None
        self._before: list[int | None] = [None]
        self._total: int | None = None
        self._users: tuple[str, ...] = ()
        self._operation: Operation | None = None
        self._arrange()
        self._connect()
        self._choose()
        self.begins_at = self.filters.patient

    def refresh(self) -> None:
        """Read the page that is shown."""
        if self._operation is not None:
            self._operation.cancel()
        self.told_of.setText(_("Söker i loggen …"))
        self._operation = self.runner.run(
            partial(_read, self.filters.query(), self._before[-1], self._total, not self._users),
            self._set_page,
            label=_("Söker i loggen"),
            on_failed=self._not_read,
        )

    def mark_stale(self) -> None:
        """Count again, and read again who stands in the log."""
        self._total, self._users = None, ()
        super().mark_stale()

    def show_wanted(self, wanted: object) -> None:
        """Show the entries about a patient."""
        self.filters.ask_for_patient(str(wanted))

    def focus_find(self) -> None:
        """Put the cursor where a patient is asked for."""
        self.filters.patient.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # how it looks

    def _arrange(self) -> None:
        self.table.view.setAccessibleName(_("Loggens poster"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.table.search.setPlaceholderText(_("Filtrera bland dem som visas …"))
        names = [column.name for column in domain.LOG]
        delegate = IdentityDelegate(self.table.view, self.reveal, self._patients_at)
        self.table.view.setItemDelegateForColumn(names.index("patient"), delegate)
        self.told_of.setObjectName("muted")
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.filters)
        column.addWidget(arrangement.above((self.table, 26), (self.facts, 9)), 1)
        column.addLayout(arrangement.ends((self.newer, self.older, self.told_of), (self.extract,)))

    def _connect(self) -> None:
        self.filters.asked.connect(self._ask)
        self.newer.clicked.connect(self._go_newer)
        self.older.clicked.connect(self._go_older)
        self.extract.clicked.connect(
            lambda: self._open(ExtractLogDialog(self.runner, self.filters.patient.text(), self))
        )
        self.reveal.changed.connect(lambda _on: self._choose())

    def _patients_at(self, index: AnyIndex) -> str:
        entry = self._rows[self.table.model.source_row(index.row())]
        return domain.patients_in_words(entry.patients, self._patient, mask=False)

    # what it shows

    def _ask(self) -> None:
        self._before, self._total = [None], None
        self.refresh()

    def _go_older(self) -> None:
        if self._page is not None and self._page.before is not None:
            self._before.append(self._page.before)
            self.refresh()

    def _go_newer(self) -> None:
        if len(self._before) > 1:
            self._before.pop()
            self.refresh()

    def _set_page(self, read: Read) -> None:
        self._operation = None
        self._page, self._patient, self._names, users = read
        self._total = self._page.total
        if users:
            self._users = users
            self.filters.offer_users(users)
        self._put(self._page.entries, self._page.table(self._names, self._patient))
        self.told_of.setText(
            _("Visar {n} av {total} poster.").format(n=number(len(self._rows)), total=number(self._page.total))
        )

    def _not_read(self, error: BaseException) -> None:
        self._operation = None
        self.told_of.setText(_("Sökningen avbröts.") if isinstance(error, CancelledError) else "")
        self.runner.tell(error)

    def _choose(self) -> None:
        one = self.current()
        self.newer.setEnabled(len(self._before) > 1)
        self.older.setEnabled(self._page is not None and self._page.before is not None)
        self.extract.setEnabled(self.runner.can_write)
        if one is None:
            self.facts.show_paragraphs([_("Ingen post är vald.")])
        else:
            self.facts.show_facts(("", self._facts(one)))

    def _facts(self, one: LogEntry) -> list[Fact]:
        patients = tuple(map(self.reveal.shown, one.patients[:_MOST_NAMED]))
        if len(one.patients) > _MOST_NAMED:
            patients += (_("och {n} till").format(n=number(len(one.patients) - _MOST_NAMED)),)
        who = ", ".join(part for part in (one.who, domain.roles_in_words(one.role), one.unit) if part)
        return [
            Fact(_("När"), (one.moment,)),
            Fact(_("Vem"), (who,)),
            Fact(_("Åtgärd"), (word("audit_action", one.action),)),
            Fact(_("Vad"), (domain.about(one, self._names) or NOTHING,)),
            Fact(_("Patient"), patients or (NOTHING,)),
            Fact(_("Närmare"), (one.detail or NOTHING,)),
        ]


def _read(
    query: LogQuery, before: int | None, total: int | None, with_users: bool, workspace: Workspace, progress: Progress
) -> Read:
    from kvalitetsapp.services import access_log

    page = access_log.page(workspace, query, before=before, total=total, progress=progress)
    patient = access_log.number_of(workspace, query.patient) if query.patient else ""
    return page, patient, access_log.names(workspace), access_log.users(workspace) if with_users else ()

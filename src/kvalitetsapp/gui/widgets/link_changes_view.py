"""Ändringar: what the latest link run changed, event by event, and which runs there have been."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import link_run_tables
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.link_changes import LinkChanges, ToldChange
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.review_words import LinkChange
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.rows_view import RowsView
from kvalitetsapp.gui.widgets.titled import titled
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.link_changes import LinkRun
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace


class LinkChangesView(RowsView[ToldChange]):
    """Changed events above what is told of the chosen one, and the runs below."""

    title: ClassVar[str] = N_("Ändringar")
    icon_name: ClassVar[str] = "review"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.LINKS})

    event_wanted = Signal(object)  # EventKey

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner, DataTable("link-changes", key=("event_ref", "joint", "side")))
        self._shown = LinkChanges()
        self.summary = PlainLabel()
        self.sentences = FactsView(_("Vad som ändrades"))
        self.open_event = QPushButton(_("Öppna &händelsen"))
        self.runs = DataTable("link-runs", key=("ran_at",))
        self._stack = self._arrange()
        self.table.row_activated.connect(lambda _row: self._open_event())
        self.open_event.clicked.connect(self._open_event)

    def refresh(self) -> None:
        """Read what the latest run changed, and the runs."""
        self.runner.run(_read, self._set_read)

    def _arrange(self) -> Stack:
        self.summary.setWordWrap(True)
        self.table.view.setAccessibleName(_("Händelser som senaste kopplingen ändrade"))
        self.runs.view.setAccessibleName(_("Kopplingar"))
        self.runs.show_tools(on=False)
        self.sentences.setMinimumHeight(spacing.lines(self, 4))
        parts = QSplitter(Qt.Orientation.Vertical)
        parts.addWidget(self.table)
        parts.addWidget(self._chosen())
        parts.addWidget(titled(_("Kopplingar"), self.runs))
        parts.setSizes([spacing.lines(self, 24), spacing.lines(self, 4), spacing.lines(self, 12)])
        parts.setChildrenCollapsible(False)
        content = QWidget()
        column = QVBoxLayout(content)
        spacing.pad(column, self, 0.8)
        column.addWidget(self.summary)
        column.addWidget(parts, 1)
        empty = EmptyState(
            _("Inget har kopplats än, så inget har ändrats. Händelser kopplas när vårdkontakter läses in."),
            _("Gå till Import"),
        )
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _chosen(self) -> QWidget:
        chosen = QWidget()
        row = QHBoxLayout(chosen)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.sentences, 1)
        row.addWidget(self.open_event, 0, Qt.AlignmentFlag.AlignTop)
        return chosen

    def _set_read(self, read: tuple[LinkChanges, tuple[LinkRun, ...]]) -> None:
        self._shown, runs = read
        self._stack.show_empty(on=self._shown.run is None)
        self.summary.setText(_summary(self._shown))
        persons = {str(one.persons): _("Alla") if one.persons is None else number(one.persons) for one in runs}
        self.runs.set_table(link_run_tables.runs_table(runs), {"persons": persons})
        self._put(self._shown.changes, link_run_tables.changes_table(self._shown.changes))

    def _choose(self) -> None:
        chosen = self.current()
        self.open_event.setEnabled(chosen is not None and chosen.change.kind is not LinkChange.GONE)
        self.sentences.show_paragraphs([_("Ingen ändring är vald.")] if chosen is None else chosen.sentences)

    def _open_event(self) -> None:
        chosen = self.current()
        if chosen is not None and self.open_event.isEnabled():
            change = chosen.change
            self.event_wanted.emit(EventKey(change.episode, change.joint, change.side))


def _summary(shown: LinkChanges) -> str:
    run = shown.run
    if run is None:
        return ""
    when = _("{cause} {at}, {who}.").format(
        cause=link_run_tables.cause(run), at=link_run_tables.ran_at(run), who=run.who
    )
    if not run.changes:
        return _("Ingen koppling har ändrat en händelse som fanns. Den senaste: {when}").format(when=when)
    counts = _("Nya: {added}. Ändrade: {changed}. Borta: {gone}. Behöver en ny titt: {look}.").format(
        added=number(run.added), changed=number(run.changed), gone=number(run.gone), look=number(run.another_look)
    )
    if not shown.changes:
        counts += " " + _("Det fanns inga händelser förut, så allt är nytt och räknas inte upp.")
    return f"{when} {counts} " + _("Inga beslut har ändrats.")


def _read(workspace: Workspace, _progress: Progress) -> tuple[LinkChanges, tuple[LinkRun, ...]]:
    from kvalitetsapp.services import link_changes

    return link_changes.latest(workspace), link_changes.runs(workspace)

"""Vårdkontakter: every stay and visit in a table, and beside it the one that is chosen with the person's timeline."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QModelIndex, Qt, QTimer
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QLineEdit, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.copied import copied_of
from kvalitetsapp.domain.episode import EPISODES, EpisodeQuery
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import CareForm, PayerRoute, word
from kvalitetsapp.gui import clipboard, spacing
from kvalitetsapp.gui.models.episodes_model import EpisodesModel
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.widgets.copy_notes import note_copy
from kvalitetsapp.gui.widgets.empty_state import EmptyState, Stack
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.reveal import IdentityDelegate, Reveal
from kvalitetsapp.gui.widgets.table_view import TableView
from kvalitetsapp.gui.widgets.timeline_view import TimelineView
from kvalitetsapp.services import episodes
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from array import array
    from collections.abc import Sequence

    from kvalitetsapp.domain.codes import CodeTables
    from kvalitetsapp.domain.episode import EpisodeChoices, EpisodeView
    from kvalitetsapp.domain.table import Row
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

TYPING_PAUSE_MS: Final = 250


class EpisodesPage(Page):
    """The table over everything that was imported of care."""

    title: ClassVar[str] = N_("Vårdkontakter")
    icon_name: ClassVar[str] = "episodes"
    interests: ClassVar[frozenset[Changed]] = frozenset({Changed.EPISODES, Changed.LINKS, Changed.IMPORTS})

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.model = EpisodesModel(self)
        self.view = TableView()
        self.search = QLineEdit()
        self.provider = QComboBox()
        self.care_form = QComboBox()
        self.payer_route = QComboBox()
        self.count = PlainLabel()
        self.facts = FactsView(_("Vårdkontakten"))
        self.timeline = TimelineView()
        self.plot = self.timeline.plot
        self.heading = PlainLabel()
        self.below = QSplitter(Qt.Orientation.Horizontal)
        self.reveal = Reveal(self)
        self._sort = ("admitted", True)
        self._total = 0
        self._fitted = False
        self._chosen: int | None = None
        self._shown: EpisodeView | None = None
        self._pause = QTimer(self)
        self._stack = self._arrange()
        self._connect()

    def refresh(self) -> None:
        """Read the choices of the filters, the titles of codes, and the episodes asked for."""
        self.runner.run(_choices, self._set_choices)
        self.runner.run(_code_tables, self.model.set_code_tables)
        self.look()

    def show_wanted(self, wanted: object) -> None:
        """Search for a reference, a number or a code that another page names."""
        if isinstance(wanted, str):
            self.search.setText(wanted)
            self.look()

    def focus_find(self) -> None:
        """Put the cursor in the search field."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def query(self) -> EpisodeQuery:
        """Return what is asked for now."""
        return EpisodeQuery(
            self.search.text().strip(),
            str(self.provider.currentData() or ""),
            str(self.care_form.currentData() or ""),
            str(self.payer_route.currentData() or ""),
            *self._sort,
        )

    def look(self) -> None:
        """Look for the episodes asked for."""
        self._pause.stop()
        query = self.query()
        self.runner.run(partial(_find, query), partial(self._set_keys, query), label=_("Söker vårdkontakter"))

    def choose(self, episode: int) -> None:
        """Choose an episode in the table, and show it also where the table does not hold it."""
        row = self.model.row_of(episode)
        if row is None:
            self._show(episode)
            return
        self.view.setCurrentIndex(self.model.index(row, 0))
        self.view.scrollTo(self.model.index(row, 0))

    def _arrange(self) -> Stack:
        self._arrange_filters()
        self._arrange_below()
        self.view.setModel(self.model)
        self.view.setAccessibleName(_("Vårdkontakter"))
        identity = [column.name for column in EPISODES].index("personal_id")
        self.view.setItemDelegateForColumn(identity, IdentityDelegate(self.view, self.reveal, self.model.number_at))
        top = QHBoxLayout()
        top.addWidget(self.search, 1)
        for box in (self.provider, self.care_form, self.payer_route):
            top.addWidget(box)
        top.addWidget(self.count)
        splitter = QSplitter(Qt.Orientation.Vertical)
        splitter.addWidget(self.view)
        splitter.addWidget(self.below)
        splitter.setSizes([spacing.lines(self, 26), spacing.lines(self, 18)])
        splitter.setChildrenCollapsible(False)
        content = QWidget()
        layout = QVBoxLayout(content)
        spacing.pad(layout, self, 0.8)
        layout.addLayout(top)
        layout.addWidget(splitter, 1)
        empty = EmptyState(_("Inga vårdkontakter är inlästa. De läses in som en fil."), _("Gå till Import"))
        empty.asked.connect(lambda: self.page_requested.emit("import", None))
        return Stack(self, content, empty)

    def _arrange_filters(self) -> None:
        self.search.setPlaceholderText(_("Sök vårdkontakt, personnummer, kod, vårdgivare, enhet …"))
        self.search.setAccessibleName(_("Sök bland vårdkontakter"))
        self.search.setClearButtonEnabled(True)
        self.search.setMinimumWidth(spacing.letters(self, 24))
        self.count.setObjectName("count")
        self._pause.setSingleShot(True)
        self._pause.setInterval(TYPING_PAUSE_MS)
        for box, name, every in (
            (self.provider, _("Vårdgivare"), _("Alla vårdgivare")),
            (self.care_form, _("Vårdform"), _("All vård")),
            (self.payer_route, _("Ersättningsväg"), _("Alla ersättningsvägar")),
        ):
            box.setAccessibleName(name)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
            box.addItem(every, "")
        for form in CareForm:
            self.care_form.addItem(word("care_form", form), form.value)
        for route in PayerRoute:
            self.payer_route.addItem(word("payer_route", route), route.value)

    def _arrange_below(self) -> None:
        self.heading.setObjectName("sectionTitle")
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.heading)
        column.addWidget(self.timeline, 1)
        self.below.addWidget(self.facts)
        self.below.addWidget(right)
        self.below.setSizes([spacing.letters(self, 65), spacing.letters(self, 110)])
        self.below.setChildrenCollapsible(False)

    def _connect(self) -> None:
        self.search.textChanged.connect(lambda _text: self._pause.start())
        self._pause.timeout.connect(self.look)
        for box in (self.provider, self.care_form, self.payer_route):
            box.activated.connect(lambda _place: self.look())
        self.view.horizontalHeader().sortIndicatorChanged.connect(self.model.sort)
        self.model.sort_wanted.connect(self._sort_by)
        self.model.block_wanted.connect(self._read_block)
        self.view.selectionModel().currentRowChanged.connect(self._choose_row)
        self.timeline.episode_clicked.connect(self.choose)
        self.reveal.changed.connect(lambda _on: self._tell_whose())
        copy = QAction(_("Kopiera"), self.view)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        copy.triggered.connect(self.copy)
        self.view.addAction(copy)

    def copy(self) -> None:
        """Put the chosen rows that have been read on the clipboard as text, headings first; numbers stay masked."""
        rows = sorted({index.row() for index in self.view.selectionModel().selectedRows()})
        columns = range(self.model.columnCount())
        lines = ["\t".join(_(column.heading) for column in EPISODES)]
        lines += ["\t".join(str(self.model.data(self.model.index(row, c)) or "") for c in columns) for row in rows]
        clipboard.put_text("\n".join(lines) + "\n")
        read = [[str(self.model.data(self.model.index(row, c)) or "") for c in columns] for row in rows]
        note_copy(self.runner, copied_of("episodes", [column.name for column in EPISODES], read))

    def _sort_by(self, column: str, descending: bool) -> None:
        self._sort = (column, descending)
        self.look()

    def _set_choices(self, choices: EpisodeChoices) -> None:
        self._total = choices.total
        self._stack.show_empty(on=not choices.total)
        chosen = self.provider.currentData()
        while self.provider.count() > 1:
            self.provider.removeItem(1)
        for provider_id, name in choices.providers:
            self.provider.addItem(name, provider_id)
        self.provider.setCurrentIndex(max(self.provider.findData(chosen), 0))

    def _set_keys(self, query: EpisodeQuery, keys: array[int]) -> None:
        if query != self.query():
            return
        chosen = self._chosen
        self.model.set_keys(keys)
        self._tell_count(len(keys))
        row = self.model.row_of(chosen) if chosen is not None else None
        if row is None and len(keys):
            row = 0
        if row is None:
            self._show_nothing()
            return
        self.view.setCurrentIndex(self.model.index(row, 0))
        self._show(self.model.key(row))

    def _tell_count(self, found: int) -> None:
        if found == self._total:
            text = ngettext("{n} vårdkontakt", "{n} vårdkontakter", found).format(n=number(found))
        else:
            text = _("{n} av {total} vårdkontakter").format(n=number(found), total=number(self._total))
        self.count.setText(text)

    def _read_block(self, block: int) -> None:
        keys = self.model.keys_of(block)
        self.runner.run(partial(_rows, keys), partial(self._put_block, block, keys))

    def _put_block(self, block: int, keys: Sequence[int], rows: list[Row]) -> None:
        self.model.put_block(block, keys, rows)
        if rows and not self._fitted:
            self._fitted = True
            self.view.fit_columns()

    def _choose_row(self, current: QModelIndex, _previous: QModelIndex) -> None:
        if current.isValid():
            self._show(self.model.key(current.row()))

    def _show(self, episode: int) -> None:
        if episode == self._chosen and self._shown is not None:
            return
        self._chosen = episode
        if self.runner.may(Right.READ_PERSONS):
            self.runner.run(partial(_view, episode), self._set_view)

    def _set_view(self, view: EpisodeView | None) -> None:
        if view is None or view.episode != self._chosen:
            return
        self._shown = view
        self.facts.show_facts(("", view.facts))
        self.timeline.show_timeline(view.timeline)
        self._tell_whose()

    def _show_nothing(self) -> None:
        self._chosen, self._shown = None, None
        self.facts.show_paragraphs([_("Inget stämmer med det du söker.")])
        self.heading.setText("")

    def _tell_whose(self) -> None:
        if self._shown is not None:
            number_shown = self.reveal.shown(self._shown.personal_id)
            self.heading.setText(_("Tidslinje för {patient}").format(patient=number_shown))
            self.heading.setToolTip(_("Håll Ctrl för att se hela numret"))


def _choices(workspace: Workspace, _progress: Progress) -> EpisodeChoices:
    return episodes.choices(workspace)


def _code_tables(workspace: Workspace, _progress: Progress) -> CodeTables:
    return workspace.code_tables


def _find(query: EpisodeQuery, workspace: Workspace, _progress: Progress) -> array[int]:
    return episodes.find(workspace, query)


def _rows(keys: Sequence[int], workspace: Workspace, _progress: Progress) -> list[Row]:
    return episodes.rows(workspace, keys)


def _view(episode: int, workspace: Workspace, _progress: Progress) -> EpisodeView | None:
    return episodes.view(workspace, episode)

"""Läget: how many wait, level by level from county to procedure, each figure with the entries behind it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import waiting_behind, waiting_pictures, waiting_sentences
from kvalitetsapp.domain.waiting import LEVELS, WaitingKey, WaitingScope, WaitingSpecialised, WaitingState
from kvalitetsapp.domain.waiting_tables import KEYS, STATE_VALUES
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.waiting_entries import TableDialog
from kvalitetsapp.gui.widgets.card import Card
from kvalitetsapp.gui.widgets.card_row import CardRow
from kvalitetsapp.gui.widgets.chart_panel import ChartPanel
from kvalitetsapp.gui.widgets.crumbs import Crumbs
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.waiting_view import WaitingView
from kvalitetsapp.texts import N_, NOTHING, _, number, percent

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Value
    from kvalitetsapp.domain.waiting import WaitingChoices
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

_HIDDEN_AT_FIRST: Final = (
    *("per_100k_without", "no_deviation", "no_deviation_share", "missing", "missing_share", "over_90_share"),
    *("over_90_without", "over_90_without_share", "over_150_share", "over_150_without_share", "median_without"),
    *("p25", "p25_without", "p75", "p75_without", "longest", "longest_without", "in_rate", "population"),
)
_BY_LEVEL: Final = ""
_FIGURES: Final = {column.name: column.heading for column in STATE_VALUES}
_CARDS: Final = (
    ("waiting", N_("Väntande")),
    ("waiting_without", N_("Utan MOV och PVV")),
    ("over_90", N_("Över 90 dagar")),
    ("over_150", N_("Över 150 dagar")),
)


@dataclass(frozen=True, slots=True)
class _Step:
    """A level that one has gone down through: the group that was chosen there."""

    key: WaitingKey
    value: str
    name: str


class _Parts(QSplitter):
    """The table and the chart; they take what room there is, and scroll only where it is less than they need."""

    def sizeHint(self) -> QSize:  # noqa: N802 - Qt's name
        """Ask for no more than is needed."""
        return self.minimumSizeHint()


class WaitingStateView(WaitingView):
    """Shows a level as a table and bars; a row leads a level down, the last level to the entries."""

    title: ClassVar[str] = N_("Läget")

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.crumbs, self.by = Crumbs(), QComboBox()
        self.cards = {name: Card(_(text)) for name, text in _CARDS}
        self.specialised = Card(_("Högspecialiserad vård"))
        self.entries = QPushButton()
        self.said = PlainLabel()
        self.table = DataTable("waiting-state", key=("county", "area", "code"))
        self.chart = ChartPanel(runner)
        self._path: tuple[_Step, ...] = ()
        self._state: WaitingState | None = None
        self._of_specialised: WaitingSpecialised | None = None
        self._offer_keys()
        self._arrange()
        self._connect()
        self.begins_at = self.table.view

    def set_scope(self, scope: WaitingScope, choices: WaitingChoices) -> None:
        """Read another scope from its top, or the same again where one is."""
        if scope != self.scope:
            self._path = ()
        super().set_scope(scope, choices)

    def refresh(self) -> None:
        """Read the level that is shown."""
        self.read(partial(_read, self.level_scope(), self._key()), self._show, _("Räknar väntande"))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the table."""
        self.table.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def level_scope(self) -> WaitingScope:
        """Return the scope with the groups that one has gone down through."""
        return _within(self.scope, {step.key: step.value for step in self._path})

    def go_down(self, row: int) -> None:
        """Show the level below a row; the last level has its entries below it."""
        state = self._state
        if state is None or not 0 <= row < len(state.keys):
            return
        if self.by.currentData() == _BY_LEVEL and len(self._path) + 1 < len(self._levels()):
            step = _Step(state.by, state.keys[row], str(state.groups.rows[row][0]))
            self._path = (*self._path, step)
            self.refresh()
        else:
            self.ask_entries(row, "waiting")

    def go_up(self, place: int) -> None:
        """Show a level above: 0 is the top."""
        self._path = self._path[:place]
        self.refresh()

    def ask_entries(self, row: int, figure: str) -> None:
        """Ask for the entries behind a figure of a row."""
        state = self._state
        if state is not None and 0 <= row < len(state.keys):
            where = {state.by: state.keys[row]}
            name = str(state.groups.rows[row][0])
            self.entries_asked.emit(waiting_behind.of_figure(name, state.scope, where, figure))

    # how it looks

    def _offer_keys(self) -> None:
        self.by.addItem(_("län, område, åtgärdskod"), _BY_LEVEL)
        for key in WaitingKey:
            self.by.addItem(_(KEYS[key].heading).lower(), key)

    def _arrange(self) -> None:
        self.table.view.setAccessibleName(_("Väntande efter grupp"))
        self.table.hide_columns(*_HIDDEN_AT_FIRST)
        self.said.setObjectName("muted")
        self.said.setWordWrap(True)
        both = _Parts(Qt.Orientation.Vertical)
        self.table.setMinimumHeight(spacing.lines(self, 11))  # some rows, where all of it scrolls
        both.addWidget(self.table)
        both.addWidget(self.chart)
        both.setSizes([spacing.lines(self, 13), spacing.lines(self, 21)])
        both.setChildrenCollapsible(False)
        inside = QWidget()
        column = QVBoxLayout(inside)
        spacing.pad(column, self, 0.5, 0.4)
        column.addWidget(CardRow([*self.cards.values(), self.specialised]))
        column.addLayout(self._top())
        column.addWidget(self.said)
        column.addWidget(both, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(spacing.scrolling(inside))

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.addWidget(self.crumbs, 1)
        label = PlainLabel(_("&Dela upp efter"))
        label.setBuddy(self.by)
        self.by.setAccessibleName(_("Dela upp efter"))
        self.entries.setToolTip(_("Raderna i listan bakom siffran som är vald i tabellen"))
        for widget in (label, self.by, self.entries):
            row.addWidget(widget)
        return row

    def _connect(self) -> None:
        self.crumbs.chosen.connect(self.go_up)
        self.by.activated.connect(lambda _place: self.refresh())
        self.table.row_activated.connect(self.go_down)
        self.table.view.selectionModel().currentChanged.connect(lambda _now, _before: self._name_entries())
        self.entries.clicked.connect(lambda: self.ask_entries(self.table.current_row(), self._figure()))
        self.chart.chosen.connect(self._choose_bar)
        self.chart.told.connect(self.told)
        self.specialised.clicked.connect(self._show_specialised)
        for name, card in self.cards.items():
            card.clicked.connect(partial(self._ask_whole, name))

    def _ask_whole(self, figure: str) -> None:
        if self._state is not None:
            asked = waiting_behind.of_figure(self.crumbs.here.text(), self._state.scope, {}, figure)
            self.entries_asked.emit(asked)

    # what is chosen

    def _levels(self) -> tuple[WaitingKey, ...]:
        """Return the levels that the scope leaves open: what is chosen above is no level."""
        fixed = {WaitingKey.COUNTY: self.scope.county, WaitingKey.AREA: self.scope.area}
        return tuple(key for key in LEVELS if not fixed.get(key))

    def _key(self) -> WaitingKey:
        chosen = self.by.currentData()
        return self._levels()[len(self._path)] if chosen == _BY_LEVEL else WaitingKey(chosen)

    def _figure(self) -> str:
        """Return the column of the cell that is chosen; that of the group's name is all who wait."""
        column = self.table.view.currentIndex().column()
        names = self.table.model.table.names()
        found = names[column] if 0 <= column < len(names) else ""
        return found if found in _FIGURES else "waiting"

    def _name_entries(self) -> None:
        told = _within_a_line(_(_FIGURES[self._figure()]))
        self.entries.setText(_("Visa &posterna: {figure}").format(figure=told))
        self.entries.setEnabled(self.table.current_row() >= 0)

    def _names(self) -> dict[str, str]:
        """Return what codes are called beside themselves; other groups are called what they are."""
        if self._state is None or self._state.by is not WaitingKey.CODE:
            return {}
        return {one.key: f"{one.key} {one.name}" for one in self.choices.codes if one.name != one.key}

    def _choose_bar(self, key: str) -> None:
        if self._state is not None and key in self._state.keys:
            self.table.choose_row(self._state.keys.index(key))

    # what it shows

    def _show(self, found: tuple[WaitingState, WaitingSpecialised]) -> None:
        self._state, self._of_specialised = found
        state = self._state
        self.crumbs.set_names([waiting_sentences.everyone(self.scope, self.choices), *(s.name for s in self._path)])
        names = self._names()
        self.table.set_table(state.groups, {state.by.value: names})
        self.table.choose_one()
        self._name_entries()
        self.chart.set_chart(waiting_pictures.queues(state, names), "" if state.keys else _("Ingen väntar i urvalet."))
        self.said.setText(waiting_sentences.rests_on(state))
        for name, card in self.cards.items():
            card.show_figure(_shown(state.whole.get(name)), _note(name, state))
        self._show_card(self._of_specialised)

    def _show_card(self, one: WaitingSpecialised) -> None:
        waiting = sum(int(row["waiting"] or 0) for row in one.table.records())
        self.specialised.show_figure(number(waiting), waiting_sentences.of_specialised(one, self.choices))

    def _show_specialised(self) -> None:
        one = self._of_specialised
        if one is not None:
            dialog = TableDialog(self.runner, "waiting-specialised", _("Högspecialiserad vård"), self)
            dialog.open()
            dialog.show_table(one.table, waiting_sentences.of_specialised(one, self.choices))


def _within_a_line(heading: str) -> str:
    """Return a heading as it stands in a line; an abbreviation keeps its capitals."""
    return heading if heading[:2].isupper() else heading[:1].lower() + heading[1:]


def _shown(value: Value | None) -> str:
    return number(int(value)) if isinstance(value, int | float) else NOTHING


def _note(name: str, state: WaitingState) -> str:
    """Return what stands under the figure of a card."""
    whole = state.whole
    if name in ("waiting", "waiting_without"):
        ending = name.removeprefix("waiting")
        rate, median = str(whole.get(f"per_100k{ending}") or ""), str(whole.get(f"median{ending}") or "")
        parts = [
            _("{rate} per 100\u00a0000").format(rate=waiting_sentences.comma(rate)) if rate else "",
            _("median {days} dagar").format(days=waiting_sentences.comma(median)) if median else "",
        ]
        return ", ".join(part for part in parts if part)
    share, without = whole.get(f"{name}_share"), whole.get(f"{name}_without")
    shown = percent(share) if isinstance(share, float) else NOTHING
    return _("{share}; {n} utan MOV och PVV").format(share=shown, n=_shown(without))


def _within(scope: WaitingScope, groups: dict[WaitingKey, str]) -> WaitingScope:
    for key, value in groups.items():
        match key:
            case WaitingKey.COUNTY:
                scope = replace(scope, county=value)
            case WaitingKey.AREA:
                scope = replace(scope, area=value)
            case _:
                scope = replace(scope, code=value)
    return scope


def _read(
    scope: WaitingScope, by: WaitingKey, workspace: Workspace, _progress: Progress
) -> tuple[WaitingState, WaitingSpecialised]:
    from kvalitetsapp.services import waiting

    return waiting.state(workspace, scope, by), waiting.highly_specialised(workspace, scope)

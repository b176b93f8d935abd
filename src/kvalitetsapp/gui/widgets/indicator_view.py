"""En indikator: its figure and how certain it is, its groups beside a picture, and the operations behind them."""

from __future__ import annotations

from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING, ClassVar, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QSplitter, QVBoxLayout, QWidget

from kvalitetsapp.domain import outcome_tables
from kvalitetsapp.domain.indicator_tables import INDICATOR_KEYS
from kvalitetsapp.domain.outcome_choice import OutcomeScope, Picture, fitting
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.pages.page import Page
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.copy_notes import note_copies
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.picture_pane import PicturePane
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.changes import Changed
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.domain.outcome_tables import IndicatorFigures
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.outcome_figures import Behind
    from kvalitetsapp.services.workspace import Workspace

    Days = tuple[date, date] | None

FIRST: Final = "reoperation_2y"
_LETTERS: Final = 17
_EVERYTHING: Final[Mapping[str, str]] = {}


class IndicatorView(Page):
    """Reads one indicator; `recipe_asked` tells whose recipe is wanted."""

    title: ClassVar[str] = N_("En indikator")
    interests: ClassVar[frozenset[Changed]] = frozenset()  # the page tells it when to read again

    recipe_asked = Signal(str)

    def __init__(self, runner: StoreRunner) -> None:
        super().__init__(runner)
        self.indicator, self.by, self.then_by = QComboBox(), QComboBox(), QComboBox()
        self.recipe = QPushButton(_("&Recept"))
        self.headline, self.behind_heading = PlainLabel(), PlainLabel()
        self.groups = DataTable("indicator-groups", key=("provider_id", "unit", "year", "joint", "sex", "age_group"))
        self.pane = PicturePane(runner)
        self.behind = DataTable("indicator-members", key=("index_ref",))
        note_copies(runner, self.behind)
        self._indicators: dict[str, Indicator] = {}
        self._names: dict[str, str] = {}
        self._scope = OutcomeScope()
        self._figures: IndicatorFigures | None = None
        self._wanted: str = FIRST
        self._wanted_provider = ""
        self._asked: tuple[object, ...] = ()
        self._asked_behind: tuple[object, ...] = ()
        self._arrange()
        self._connect()
        self.begins_at = self.groups.view

    def set_choices(self, indicators: tuple[Indicator, ...], names: Mapping[str, str], scope: OutcomeScope) -> None:
        """Offer indicators, and read the one that is chosen in a scope."""
        self._indicators = {one.indicator_id: one for one in indicators}
        self._names, self._scope = dict(names), scope
        chosen = str(self.indicator.currentData() or self._wanted)
        self.indicator.clear()
        for one in indicators:
            self.indicator.addItem(one.name, one.indicator_id)
        self._set_indicator(chosen)
        self.mark_stale()

    def set_scope(self, scope: OutcomeScope) -> None:
        """Read the same in another scope."""
        self._scope = scope
        self.mark_stale()

    def show_indicator(self, indicator_id: str, provider_id: str = "") -> None:
        """Read an indicator, and choose a provider among its groups."""
        self._wanted, self._wanted_provider = indicator_id, provider_id
        if self._indicators:
            self._set_indicator(indicator_id)
            self.mark_stale()

    def refresh(self) -> None:
        """Read the figures and the picture anew."""
        one = self.chosen()
        if one is None:
            return
        self._asked = (one.indicator_id, self._scope, self._keys())
        self.runner.run(
            partial(_figures, *self._asked), partial(self._show_figures, self._asked), label=_("Räknar indikatorn")
        )
        self.pane.show_picture(one, self._scope, self._provider())

    def chosen(self) -> Indicator | None:
        """Return the indicator that is read."""
        return self._indicators.get(str(self.indicator.currentData() or ""))

    def focus_find(self) -> None:
        """Put the cursor in the filter of the operations."""
        self.behind.search.setFocus(Qt.FocusReason.ShortcutFocusReason)

    # how it looks

    def _arrange(self) -> None:
        self.groups.view.setAccessibleName(_("Indikatorn efter grupp"))
        self.groups.show_tools(on=False)
        self.groups.hide_columns("benchmark", "ambiguous", "detectable")
        self.behind.hide_columns("event_ref", "index_ref")
        self.behind.view.setAccessibleName(_("Operationerna bakom siffran"))
        self.recipe.setToolTip(Shortcut.RECIPE.shown)
        for label in (self.headline, self.behind_heading):
            label.setWordWrap(True)
            label.setObjectName("sectionTitle")
        self.indicator.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.indicator.setMinimumContentsLength(9)
        for box in (self.by, self.then_by):
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setMinimumContentsLength(7)
        behind = QWidget()
        below = QVBoxLayout(behind)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self.behind_heading)
        below.addWidget(self.behind, 1)
        left = _splitter(Qt.Orientation.Vertical, self.groups, behind)
        left.setSizes([spacing.lines(self, 17), spacing.lines(self, 17)])
        both = _splitter(Qt.Orientation.Horizontal, left, self.pane)
        both.setSizes([spacing.letters(self, 126), spacing.letters(self, 74)])
        column = QVBoxLayout(self)
        spacing.pad(column, self, 0.5, 0.4)
        column.addLayout(self._top())
        column.addWidget(self.headline)
        column.addWidget(both, 1)

    def _top(self) -> QHBoxLayout:
        row = QHBoxLayout()
        for text, box in (
            (_("&Indikator"), self.indicator),
            (_("&Dela upp efter"), self.by),
            (_("o&ch"), self.then_by),
        ):
            label = PlainLabel(text)
            label.setBuddy(box)
            box.setAccessibleName(text.replace("&", ""))
            row.addWidget(label)
            row.addWidget(box, 1 if box is self.indicator else 0)
            if box is self.indicator:
                row.addWidget(self.recipe)
                row.addSpacing(spacing.lines(self, 0.6))
        self.then_by.setAccessibleName(_("Dela också upp efter"))
        return row

    def _connect(self) -> None:
        self.indicator.activated.connect(lambda _place: self._change_indicator())
        self.by.activated.connect(lambda _place: self.refresh())
        self.then_by.activated.connect(lambda _place: self.refresh())
        self.recipe.clicked.connect(self._ask_recipe)
        self.groups.current_row_changed.connect(lambda _row: self._choose_group())
        self.behind.row_activated.connect(self._open)
        self.pane.chosen.connect(self._choose_mark)
        self.pane.told.connect(self.told)
        action_within(self, Shortcut.RECIPE, self._ask_recipe)

    def _ask_recipe(self) -> None:
        one = self.chosen()
        if one is not None:
            self.recipe_asked.emit(one.indicator_id)

    # what is chosen

    def _set_indicator(self, indicator_id: str) -> None:
        self.indicator.setCurrentIndex(max(self.indicator.findData(indicator_id), 0))
        self._offer_keys()

    def _change_indicator(self) -> None:
        self._offer_keys()
        self.refresh()

    def _offer_keys(self) -> None:
        """Offer what the indicator may be read by; what was chosen stays where it still can be."""
        one = self.chosen()
        levels = () if one is None else one.level
        for box, first in ((self.by, _("ingenting")), (self.then_by, _("inget mer"))):
            was = box.currentData()
            box.clear()
            box.addItem(first, "")
            for key in levels:
                box.addItem(_(INDICATOR_KEYS[key].heading).lower(), key)
            wanted = "provider" if was is None and box is self.by else was
            box.setCurrentIndex(max(box.findData(wanted), 0))

    def _keys(self) -> tuple[str, ...]:
        found = (str(box.currentData() or "") for box in (self.by, self.then_by))
        return tuple(dict.fromkeys(key for key in found if key))

    def _provider(self) -> str:
        """Return the provider of the chosen group, else that of the scope."""
        return self._wanted_provider or self._where().get("provider", "") or self._scope.provider_id

    def _where(self) -> dict[str, str]:
        """Return the keys and words of the chosen group."""
        row = self.groups.current_row()
        if self._figures is None or not 0 <= row < len(self._figures.keys):
            return {}
        return dict(zip(self._figures.by, self._figures.keys[row], strict=True))

    # what it shows

    def _show_figures(self, asked: tuple[object, ...], figures: IndicatorFigures) -> None:
        if asked != self._asked:
            return
        self._figures = figures
        self.headline.setText(outcome_tables.headline(figures))
        for place in range(len(figures.by)):  # so that the numbers beside them are in view
            self.groups.view.cut_no_shorter(place, _LETTERS)
        self.groups.view.cut_no_shorter(figures.groups.names().index("flags"), _LETTERS // 2)
        self.groups.set_table(figures.groups, {"provider_id": self._names})
        self.groups.setVisible(bool(figures.by))
        wanted = self._wanted_provider
        self._wanted_provider = ""
        place = next((n for n, keys in enumerate(figures.keys) if wanted and wanted in keys), -1)
        if place >= 0:
            self.groups.choose_row(place)
        elif self.groups.current_row() < 0 and figures.keys:
            self.groups.choose_row(0)
        self._choose_group()

    def _choose_group(self) -> None:
        where = self._where()
        if self._figures is not None:
            self.pane.point_out(where.get("provider", "") or self._scope.provider_id)
            self._read_behind(where)

    def _choose_mark(self, kind: str, key: str) -> None:
        """Show the operations behind a mark: a provider's, a provider's of a year, a quarter's, or the one itself."""
        match Picture(kind):
            case Picture.FUNNEL | Picture.CATERPILLAR | Picture.RATIOS:
                self._show_provider(key)
            case Picture.YEARS:
                provider_id, _slash, year = key.rpartition("/")
                self._read_behind({"provider": provider_id, "year": year})
            case Picture.RUN:
                self._read_behind(_EVERYTHING, quarter(key))
            case Picture.GAPS | Picture.CUSUM:
                self.page_requested.emit("episodes", _contact(key))
            case _:
                return

    def _show_provider(self, provider_id: str) -> None:
        keys = () if self._figures is None else self._figures.keys
        place = next((n for n, one in enumerate(keys) if one == (provider_id,)), -1)
        if place >= 0:
            self.groups.choose_row(place)
        else:
            self._read_behind({"provider": provider_id})

    def _read_behind(self, where: Mapping[str, str], days: Days = None) -> None:
        one = self.chosen()
        if one is not None:
            self._asked_behind = (one.indicator_id, self._scope, dict(where), days)
            self.runner.run(partial(_behind, *self._asked_behind), partial(self._show_behind, self._asked_behind))

    def _show_behind(self, asked: tuple[object, ...], behind: Behind) -> None:
        one = self.chosen()
        if one is not None and asked == self._asked_behind:
            _id, _scope, where, days = asked
            self.behind_heading.setText(self._told(where, days, behind))  # type: ignore[arg-type]
            self.behind.set_table(outcome_tables.behind_table(one, behind.table), {"provider_id": self._names})

    def _told(self, where: Mapping[str, str], days: Days, behind: Behind) -> str:
        """Return whose operations are shown, and how many of how many."""
        words = [
            self._names.get(value, value) if key == "provider" else _shown(key, value) for key, value in where.items()
        ]
        if days is not None:
            words.append(_("{first} till {last}").format(first=days[0].isoformat(), last=days[1].isoformat()))
        whose = ", ".join(words) or _("Hela urvalet")
        shown = len(behind.table.rows)
        one = self.chosen()
        if one is not None and not fitting(one):
            return _("En publicerad siffra har inga operationer bakom sig")
        if one is not None and not one.is_share:
            return ngettext("{whose}: {n} operation", "{whose}: {n} operationer", behind.total).format(
                whose=whose, n=number(behind.total)
            )
        if shown < behind.total:
            text = _("{whose}: de {shown} första av {total} operationer, de som räknas först")
            return text.format(whose=whose, shown=number(shown), total=number(behind.total))
        text = ngettext("{whose}: {n} operation", "{whose}: {n} operationer, de som räknas först", shown)
        return text.format(whose=whose, n=number(shown))

    def _open(self, row: int) -> None:
        """Show the event of an operation, or the operation where nothing came after it."""
        event, operation = (str(self.behind.model.value(row, name)) for name in ("event_ref", "index_ref"))
        self.page_requested.emit("episodes", event or _contact(operation))


def quarter(key: str) -> tuple[date, date]:
    """Return the first and last day of a quarter `2024-Q3`."""
    year, _dash, number_ = key.partition("-Q")
    first = date(int(year), int(number_) * 3 - 2, 1)
    after = date(first.year + first.month // 10, (first.month + 2) % 12 + 1, 1)
    return first, after - timedelta(days=1)


def _contact(index_ref: str) -> str:
    """Return the contact of an operation's reference, which ends with its joint and side."""
    return index_ref.rsplit("/", 2)[0]


def _shown(key: str, value: str) -> str:
    from kvalitetsapp.gui.models.table_model import display

    return display(INDICATOR_KEYS[key], int(value) if key == "year" else value) or _("okänt")


def _splitter(orientation: Qt.Orientation, *widgets: QWidget) -> QSplitter:
    splitter = QSplitter(orientation)
    for widget in widgets:
        splitter.addWidget(widget)
    splitter.setChildrenCollapsible(False)
    return splitter


def _figures(
    indicator_id: str, scope: OutcomeScope, by: tuple[str, ...], workspace: Workspace, _progress: Progress
) -> IndicatorFigures:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.figures(workspace, indicator_id, scope, by)


def _behind(
    indicator_id: str,
    scope: OutcomeScope,
    where: Mapping[str, str],
    days: Days,
    workspace: Workspace,
    _progress: Progress,
) -> Behind:
    from kvalitetsapp.services import outcome_figures

    return outcome_figures.behind(workspace, indicator_id, scope, where, days)

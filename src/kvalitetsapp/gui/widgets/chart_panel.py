"""The frame around any chart: its title, its table twin, its reading, and ways to take it along."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from kvalitetsapp.domain import chart_marks, chart_words, file_names
from kvalitetsapp.domain.chart_data import Forest
from kvalitetsapp.domain.chart_tables import table_of
from kvalitetsapp.gui import clipboard, spacing
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.shortcuts import Shortcut, action_within
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.empty_state import EmptyState
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.services import chart_files
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable

    from kvalitetsapp.domain.chart_data import Chart
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.gui.plots.chart_plot import ChartPlot
    from kvalitetsapp.gui.plots.pictures import Frame
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.chart_files import ChartWritten
    from kvalitetsapp.services.workspace import Workspace

_SVG, _PNG, _CSV = ".svg", ".png", ".csv"
_KINDS: Final = (_SVG, _PNG, _CSV)


class ChartPanel(QWidget):
    """Shows a chart or its table; `chosen` tells the key of the mark that was clicked, or of the row opened."""

    chosen = Signal(str)
    told = Signal(str)  # a short word for the status bar

    def __init__(self, runner: StoreRunner, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.runner = runner
        self.title = PlainLabel()
        self.whole = QPushButton(_("He&la"))
        self.twin = QPushButton()
        self.copy = QPushButton(_("&Kopiera bild"))
        self.save = QPushButton(_("&Spara …"))
        self.pointed = PlainLabel()
        self.reading = PlainLabel()
        self.plot: ChartPlot | None = None
        self.table: DataTable | None = None
        self._chart: Chart | None = None
        self._empty = EmptyState("")
        self._views = QStackedWidget()
        self._arrange()
        self._connect()
        self.set_chart(None, _("Räknar …"))

    def set_chart(self, chart: Chart | None, reading: str = "") -> None:
        """Show `chart` with the sentence that says how it is read; where it holds nothing the sentence says why."""
        was_table = self.shows_table
        same_kind = self._chart is not None and chart is not None and _kind(chart) == _kind(self._chart)
        self._chart = chart
        self.title.setText("" if chart is None else chart_marks.title(chart))
        if chart is not None:
            if not same_kind:
                self._make_views(chart)
            self._fill(chart)
        holds = self.plot is not None and chart is not None and self.plot.holds_anything
        self.reading.setText((reading or chart_words.caption(chart)) if holds and chart is not None else "")
        self._empty.say(
            reading or _("Det finns inget att visa här: ingenting i urvalet har följts tillräckligt länge.")
        )
        self.pointed.clear()
        for button in (self.copy, self.save, self.twin):
            button.setEnabled(holds)
        self._show(as_table=was_table and same_kind, holds=holds)

    @property
    def shows_table(self) -> bool:
        """Tell whether the table stands in the place of the drawing."""
        return self.table is not None and self._views.currentWidget() is self.table

    def show_table(self, *, on: bool) -> None:
        """Show the table, or the drawing."""
        if self._chart is not None and self.plot is not None and self.plot.holds_anything:
            self._show(as_table=on, holds=True)
            shown = self.table if on else self.plot
            if shown is not None:
                shown.setFocus()

    def choose(self, key: str) -> None:
        """Point out the marks of a key."""
        if self.plot is not None:
            self.plot.choose(key)

    def copy_picture(self) -> None:
        """Put the picture on the clipboard."""
        from kvalitetsapp.gui.plots import pictures

        if self.plot is not None and self.plot.holds_anything:
            clipboard.put_image(pictures.image(self.plot, self._frame()))
            self.told.emit(_("Bilden är kopierad"))

    def save_as(self) -> None:
        """Let the user say where, and write the picture or the table there; the ending of the name says which."""
        if self._chart is None or not self.save.isEnabled():
            return
        proposed = Path(f"{file_names.safe(self.title.text()) or _('diagram')}{_SVG}")
        kinds = _("Vektorbild (*.svg);;Bild (*.png);;Tabell (*.csv)")
        answer = messages.choose_new_file(self, _("Spara diagrammet"), proposed, kinds)
        if answer:
            out = Path(answer)
            out = out if out.suffix.lower() in _KINDS else out.with_name(f"{out.name}{_SVG}")
            self.runner.run(self._work(out), self._tell_written, label=_("Sparar diagrammet"))

    # how it looks

    def _arrange(self) -> None:
        self.title.setObjectName("sectionTitle")
        self.title.setWordWrap(True)
        self.pointed.setObjectName("muted")
        self.pointed.setWordWrap(True)
        self.pointed.setMinimumHeight(spacing.lines(self, 1.2))
        self.reading.setWordWrap(True)
        self.whole.setToolTip(_("Visa hela diagrammet igen (0)"))
        self.copy.setToolTip(QKeySequence(QKeySequence.StandardKey.Copy).toString())
        self.save.setToolTip(Shortcut.SAVE_CHART.shown)
        self._views.addWidget(self._empty)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        for button in (self.whole, self.twin, self.copy, self.save):
            buttons.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.title)
        column.addLayout(buttons)
        column.addWidget(self._views, 1)
        column.addWidget(self.pointed)
        column.addWidget(self.reading)

    def _connect(self) -> None:
        self.twin.clicked.connect(self._switch)
        self.copy.clicked.connect(self.copy_picture)
        self.save.clicked.connect(self.save_as)
        self.whole.clicked.connect(lambda: self.plot.show_whole() if self.plot is not None else None)
        action_within(self, Shortcut.TABLE_TWIN, self._switch)
        action_within(self, Shortcut.SAVE_CHART, self.save_as)

    def _make_views(self, chart: Chart) -> None:
        """Make the drawing and the table of another kind of chart in the place of the last ones."""
        from kvalitetsapp.gui.plots.chart_plots import plot_for

        while (old := self._views.widget(1)) is not None:  # the first is what stands there when there is nothing
            self._views.removeWidget(old)
            old.deleteLater()
        self.plot, self.table = plot_for(chart), DataTable(f"chart-{_kind(chart)}")
        self.plot.chosen.connect(self.chosen)
        self.plot.told.connect(self.pointed.setText)
        self.plot.zoomed.connect(self.whole.setEnabled)
        self.table.row_activated.connect(self._open_row)
        copy = QAction(_("Kopiera bild"), self.plot)
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.setShortcutContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        copy.triggered.connect(self.copy_picture)
        self.plot.addAction(copy)
        room = QWidget()  # the style sheet makes what lies in an area transparent, and with it the plot's own colours
        inside = QVBoxLayout(room)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.addWidget(self.plot)
        self._views.addWidget(spacing.scrolling(room))
        self._views.addWidget(self.table)

    def _fill(self, chart: Chart) -> None:
        if self.plot is not None and self.table is not None:
            self.plot.show_chart(chart)
            self.table.set_table(table_of(chart))
            self.table.view.setAccessibleName(chart_marks.title(chart))

    def _show(self, *, as_table: bool, holds: bool) -> None:
        self._views.setCurrentIndex(0 if not holds else 2 if as_table else 1)
        self.twin.setText(_("Visa som &diagram") if as_table and holds else _("Visa som &tabell"))
        self.twin.setToolTip(Shortcut.TABLE_TWIN.shown)
        drawn = holds and not as_table
        self.whole.setVisible(drawn and self.plot is not None and self.plot.zooms)
        self.whole.setEnabled(self.plot is not None and self.plot.is_zoomed)
        self.pointed.setVisible(drawn)
        self.reading.setVisible(bool(self.reading.text()))

    def _switch(self) -> None:
        self.show_table(on=not self.shows_table)

    def _open_row(self, row: int) -> None:
        key = "" if self._chart is None else chart_marks.keys(self._chart)[row]
        if key:
            self.choose(key)
            self.chosen.emit(key)

    # what is taken along

    def _frame(self) -> Frame:
        from kvalitetsapp.gui.plots.pictures import Frame

        is_sample = self.runner.store is not None and self.runner.store.is_sample
        return Frame(self.title.text(), self.reading.text(), _("EXEMPELDATA") if is_sample else "")

    def _work(self, out: Path) -> Callable[[Workspace, Progress], ChartWritten]:
        """Return what writes the file; a picture is made here, as only the window's thread may paint it."""
        from kvalitetsapp.gui.plots import pictures

        if self._chart is None or self.plot is None:
            raise RuntimeError("there is no chart to save")
        if out.suffix.lower() == _CSV:
            return partial(_table_saved, table_of(self._chart), out, self.title.text())
        make = pictures.png if out.suffix.lower() == _PNG else pictures.svg
        return partial(_picture_saved, make(self.plot, self._frame()), out, self.title.text())

    def _tell_written(self, written: ChartWritten) -> None:
        self.told.emit(_("Sparat: {file}").format(file=written.path.name))


def _kind(chart: Chart) -> str:
    if isinstance(chart, Forest):  # its axis is made for what it tells
        return f"forest-{chart.quantity}{'-share' if chart.is_share else ''}"
    ratios = bool(getattr(chart, "ratio", False))
    return f"{type(chart).__name__.lower()}{'-ratio' if ratios else ''}"


def _picture_saved(picture: bytes, out: Path, title: str, workspace: Workspace, _progress: Progress) -> ChartWritten:
    return chart_files.save_picture(workspace, picture, out, title=title)


def _table_saved(table: Table, out: Path, title: str, workspace: Workspace, _progress: Progress) -> ChartWritten:
    return chart_files.save_table(workspace, table, out, title=title)

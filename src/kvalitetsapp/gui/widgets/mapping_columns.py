"""The wizard's second step: which columns of the file are which, what is sure, and what is still to be said."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QGroupBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSizePolicy,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.inspection import Asked
from kvalitetsapp.domain.mapping import NUMBERED, ReadAs, columns_under, is_date_format
from kvalitetsapp.domain.mapping_words import date_format_text, header_text, looks_text
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.models import mapping_tables
from kvalitetsapp.gui.models.import_tables import column_text
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.mapping import ColumnMapping, Wanted
    from kvalitetsapp.gui.mapping_state import MappingState

_HEADER: Final = Qt.ItemDataRole.UserRole


class MappingColumnsStep(QWidget):
    """A table of the canonical columns, and beside it where the chosen one comes from."""

    def __init__(self, state: MappingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self.table = DataTable("mapping-columns", key=("column",))
        self.table.view.setAccessibleName(_("Kolumner som ska fyllas"))
        self.table.show_tools(on=False)
        self.accept_all = QPushButton()
        self.editor = QGroupBox()
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.accept = QPushButton(_("&Godta förslaget"))
        self.headers = QListWidget()
        self.constant = QComboBox()
        self.constant.setEditable(True)
        self.dates = QComboBox()
        self.dates.setEditable(True)
        self.shorten = QCheckBox(_("&Korta främmande systems nummer till 15 tecken"))
        self.fields = Form()
        self.unused = PlainLabel()
        self.unused.setWordWrap(True)
        self.unused.setObjectName("muted")
        self._arrange()
        self._connect()
        state.looked.connect(self._begin)
        state.changed.connect(self._show)

    def first_focus(self) -> QWidget:
        """Return what has the focus when the step begins."""
        return self.table

    # making

    def _arrange(self) -> None:
        for box in (self.constant, self.dates):
            box.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
            box.setMinimumContentsLength(20)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.headers.setSpacing(lines(self, 0.1))
        self.headers.setMinimumWidth(letters(self, 20))
        self.fields.add(_("Fast &värde"), self.constant)
        self.fields.add(_("Datumets for&m"), self.dates)
        inside = QVBoxLayout(self.editor)
        pad(inside, self, 0.6, 0.5)
        inside.addWidget(self.said)
        inside.addWidget(self.accept, 0, Qt.AlignmentFlag.AlignLeft)
        label = PlainLabel(_("Kolumn i &filen"))
        label.setBuddy(self.headers)
        self.headers.setAccessibleName(_("Kolumn i filen"))
        inside.addWidget(label)
        inside.addWidget(self.headers, 1)
        inside.addWidget(self.fields)
        inside.addWidget(self.shorten)
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.editor)
        parts.setStretchFactor(0, 1)
        parts.setSizes([letters(self, 118), letters(self, 44)])
        self.editor.setMinimumWidth(letters(self, 36))
        top = QHBoxLayout()
        hint = PlainLabel(_("Det som är säkert är ifyllt. Förslag gäller först när du godtar dem."))
        hint.setWordWrap(True)
        top.addWidget(hint, 1)
        top.addWidget(self.accept_all)
        column = QVBoxLayout(self)
        pad(column, self, 0, 0.6)
        column.addLayout(top)
        column.addWidget(parts, 1)
        column.addWidget(self.unused)

    def _connect(self) -> None:
        self.table.current_row_changed.connect(lambda _row: self._show_editor())
        self.table.row_activated.connect(lambda _row: self.headers.setFocus())
        self.accept_all.clicked.connect(self._accept_all)
        self.accept.clicked.connect(self._accept)
        self.headers.itemChanged.connect(self._take_headers)
        self.constant.activated.connect(self._take_constant)
        self.dates.activated.connect(self._take_format)
        for box, take in ((self.constant, self._take_constant), (self.dates, self._take_format)):
            if (line := box.lineEdit()) is not None:
                line.editingFinished.connect(take)
        self.shorten.clicked.connect(self._take_shorten)

    # what is shown

    def _begin(self) -> None:
        mapping = self._state.mapping
        if mapping is None:
            return
        self._show()
        names = [one.name for one in mapping.wanted]
        open_columns = [one.column for one in mapping.open() if one.column in names]
        self.table.choose_row(names.index(open_columns[0]) if open_columns else 0)

    def _show(self) -> None:
        mapping = self._state.mapping
        if mapping is None:
            return
        self.table.set_table(
            mapping_tables.columns_table(mapping, self._providers()), mapping_tables.column_labels(mapping)
        )
        offered = sum(1 for one in mapping.wanted if _is_offered(mapping, one))
        self.accept_all.setText(_("Godta &alla förslag ({n})").format(n=number(offered)))
        self.accept_all.setEnabled(offered > 0)
        unused = ", ".join(column.header for column in mapping.unused())
        self.unused.setText(
            _("Läses inte: {columns}").format(columns=unused) if unused else _("Alla filens kolumner läses.")
        )
        self._show_editor()

    def _current(self) -> Wanted | None:
        mapping, row = self._state.mapping, self.table.current_row()
        return mapping.wanted[row] if mapping is not None and 0 <= row < len(mapping.wanted) else None

    def _show_editor(self) -> None:
        mapping, wanted = self._state.mapping, self._current()
        self.editor.setEnabled(wanted is not None)
        if mapping is None or wanted is None:
            return
        match = mapping.match(wanted.name)
        self.editor.setTitle(column_text(wanted.name))
        self.said.setText(_told(mapping, wanted, self._providers()))
        self.accept.setVisible(_is_offered(mapping, wanted))
        self._show_headers(mapping, wanted)
        with QSignalBlocker(self.constant):
            self.constant.clear()
            for choice in wanted.choices:
                self.constant.addItem(mapping_tables.meaning_text(wanted.name, choice, self._providers()), choice)
            self.constant.setCurrentIndex(-1)
            known = match.constant in wanted.choices
            shown = mapping_tables.meaning_text(wanted.name, match.constant, self._providers()) if known else ""
            self.constant.setEditText(shown or match.constant)
        self._show_dates(mapping, wanted)
        self.shorten.setVisible(wanted.read_as is ReadAs.PERSON)
        self.shorten.setChecked(wanted.name in mapping.shorten)

    def _show_headers(self, mapping: ColumnMapping, wanted: Wanted) -> None:
        match = mapping.match(wanted.name)
        entries = _entries(mapping)
        with QSignalBlocker(self.headers):
            if [self.headers.item(row).data(_HEADER) for row in range(self.headers.count())] != entries:
                self.headers.clear()
                for header in entries:
                    QListWidgetItem(_entry_text(mapping, header), self.headers).setData(_HEADER, header)
            for row, header in enumerate(entries):
                item = self.headers.item(row)
                item.setCheckState(Qt.CheckState.Checked if header in match.headers else Qt.CheckState.Unchecked)
        if not self.headers.hasFocus():
            first = next((entries.index(one) for one in (*match.headers, *match.offered) if one in entries), 0)
            self.headers.setCurrentRow(first)

    def _show_dates(self, mapping: ColumnMapping, wanted: Wanted) -> None:
        sources = mapping.sources(wanted.name)
        is_date = wanted.read_as is ReadAs.DATE and bool(sources)
        self.fields.set_visible(self.dates, on=is_date)
        if not is_date:
            return
        stated = mapping.date_format(wanted.name)
        with QSignalBlocker(self.dates):
            self.dates.clear()
            for choice in dict.fromkeys((*mapping.date_choices(sources[0].header), *([stated] if stated else []))):
                self.dates.addItem(date_format_text(choice), choice)
            self.dates.setCurrentIndex(self.dates.findData(stated) if stated else -1)

    def _providers(self) -> dict[str, str]:
        return dict(self._state.found.providers) if self._state.found else {}

    # what is decided

    def _accept_all(self) -> None:
        mapping = self._state.mapping
        if mapping is None:
            return
        for one in mapping.wanted:
            if _is_offered(mapping, one):
                mapping = mapping.accept(one.name)
        self._state.decide(mapping)

    def _accept(self) -> None:
        mapping, wanted = self._state.mapping, self._current()
        if mapping is not None and wanted is not None:
            self._state.decide(mapping.accept(wanted.name))
            self.table.setFocus()

    def _take_headers(self, item: QListWidgetItem) -> None:
        mapping, wanted = self._state.mapping, self._current()
        if mapping is None or wanted is None:
            return
        header, chosen = str(item.data(_HEADER)), list(mapping.match(wanted.name).headers)
        if item.checkState() == Qt.CheckState.Checked:
            chosen.append(header)
        elif header in chosen:
            chosen.remove(header)
        order = _entries(mapping)
        self._state.decide(mapping.choose(wanted.name, sorted(dict.fromkeys(chosen), key=order.index)))

    def _take_constant(self, *_place: int) -> None:
        mapping, wanted = self._state.mapping, self._current()
        if mapping is None or wanted is None:
            return
        text = self.constant.currentText().strip()
        place = self.constant.findText(text, Qt.MatchFlag.MatchFixedString)
        value = str(self.constant.itemData(place)) if place >= 0 else text
        if value != mapping.match(wanted.name).constant:
            self._state.decide(mapping.set_constant(wanted.name, value))

    def _take_format(self, *_place: int) -> None:
        mapping, wanted = self._state.mapping, self._current()
        if mapping is None or wanted is None or not mapping.sources(wanted.name):
            return
        place = self.dates.findText(self.dates.currentText().strip(), Qt.MatchFlag.MatchFixedString)
        stated = str(self.dates.itemData(place)) if place >= 0 else self.dates.currentText().strip()
        if is_date_format(stated) and stated != mapping.date_format(wanted.name):
            header = mapping.sources(wanted.name)[0].header
            asked = {one.asked for one in mapping.seen.questions if one.column == header}
            which = Asked.DATE_FORMAT if Asked.DATE_FORMAT in asked else Asked.NO_DATE_FORMAT
            self._state.decide(mapping.answer(which, header, stated))

    def _take_shorten(self, on: bool) -> None:
        mapping, wanted = self._state.mapping, self._current()
        if mapping is not None and wanted is not None:
            self._state.decide(mapping.set_shorten(wanted.name, on=on))


def _is_offered(mapping: ColumnMapping, wanted: Wanted) -> bool:
    match = mapping.match(wanted.name)
    return bool(match.offered) and not match.is_given


def _entries(mapping: ColumnMapping) -> list[str]:
    """Return what can be chosen: numbered columns together, then every column of the file."""
    groups: dict[str, int] = {}
    for header in mapping.seen.header:
        stem = header.rstrip("0123456789")
        if stem.strip() and stem != header:
            groups[stem + NUMBERED] = groups.get(stem + NUMBERED, 0) + 1
    return [*(group for group, times in groups.items() if times > 1), *mapping.seen.header]


def _entry_text(mapping: ColumnMapping, header: str) -> str:
    columns = columns_under(mapping.seen, header)
    looks = looks_text(columns[0].looks)
    if header.endswith(NUMBERED) and len(columns) > 1:
        return _("{header} ({n} kolumner)").format(header=header_text(header), n=number(len(columns)))
    return _("{header} – {looks}").format(header=header, looks=looks)


def _told(mapping: ColumnMapping, wanted: Wanted, providers: Mapping[str, str]) -> str:
    match = mapping.match(wanted.name)
    if _is_offered(mapping, wanted):
        offered = " + ".join(map(header_text, match.offered))
        return _("Förslag: {header}.").format(header=offered)
    if match.is_given:
        return mapping_tables.source_text(wanted.name, match, providers)
    return _("Måste fyllas.") if wanted.required else _("Får saknas.")

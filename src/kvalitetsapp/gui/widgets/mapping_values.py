"""The wizard's third step: what the values of the file mean, the most frequent first."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QGroupBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.gui.models import mapping_tables
from kvalitetsapp.gui.models.import_tables import column_text
from kvalitetsapp.gui.spacing import letters, pad
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.mapped_values import ValueMatch
    from kvalitetsapp.domain.mapping import ColumnMapping
    from kvalitetsapp.gui.mapping_state import MappingState

_MEANING: Final = Qt.ItemDataRole.UserRole
_AS_IT_IS: Final = "\0as it is"


class MappingValuesStep(QWidget):
    """A table of values, and beside it what the chosen one may mean; a choice leads on to the next open value."""

    def __init__(self, state: MappingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._values: list[ValueMatch] = []
        self.table = DataTable("mapping-values", key=("column", "value"))
        self.table.view.setAccessibleName(_("Värden i filen"))
        self.accept_all = QPushButton()
        self.keep_rest = QPushButton(_("Ta &resten som de är"))
        self.editor = QGroupBox()
        self.said = PlainLabel()
        self.said.setWordWrap(True)
        self.choices = QListWidget()
        self.choices.setObjectName("choices")
        self.choices.setAccessibleName(_("Värdet betyder"))
        self._arrange()
        self.table.current_row_changed.connect(lambda _row: self._show_editor())
        self.table.row_activated.connect(lambda _row: self.choices.setFocus())
        self.choices.itemActivated.connect(self._take)
        self.choices.itemClicked.connect(self._take)
        self.accept_all.clicked.connect(self._accept_all)
        self.keep_rest.clicked.connect(self._keep_rest)
        state.looked.connect(self._begin)
        state.changed.connect(self._show)

    def first_focus(self) -> QWidget:
        """Return what has the focus when the step begins."""
        return self.table

    def choose_first_open(self) -> None:
        """Choose the first value whose meaning is not decided."""
        rows = [row for row, one in enumerate(self._values) if not one.is_decided]
        self.table.choose_row(rows[0] if rows else 0)

    def _arrange(self) -> None:
        inside = QVBoxLayout(self.editor)
        pad(inside, self, 0.6, 0.5)
        inside.addWidget(self.said)
        inside.addWidget(self.choices, 1)
        self.editor.setMinimumWidth(letters(self, 30))
        parts = QSplitter(Qt.Orientation.Horizontal)
        parts.setChildrenCollapsible(False)
        parts.addWidget(self.table)
        parts.addWidget(self.editor)
        parts.setStretchFactor(0, 1)
        parts.setSizes([letters(self, 104), letters(self, 38)])
        top = QHBoxLayout()
        hint = PlainLabel(_("Välj vad varje värde betyder. Det som tas som det är avvisas om det inte står i listan."))
        hint.setWordWrap(True)
        top.addWidget(hint, 1)
        top.addWidget(self.accept_all)
        top.addWidget(self.keep_rest)
        column = QVBoxLayout(self)
        pad(column, self, 0, 0.6)
        column.addLayout(top)
        column.addWidget(parts, 1)

    def _begin(self) -> None:
        self._show()
        self.choose_first_open()

    def _show(self) -> None:
        mapping = self._state.mapping
        if mapping is None:
            return
        self._values = list(mapping.values())
        self.table.set_table(
            mapping_tables.values_table(mapping, self._providers()), mapping_tables.column_labels(mapping)
        )
        offered = sum(1 for one in self._values if one.offered and not one.is_decided)
        self.accept_all.setText(_("Godta &alla förslag ({n})").format(n=number(offered)))
        self.accept_all.setEnabled(offered > 0)
        self.keep_rest.setEnabled(any(not one.is_decided for one in self._values))
        self._show_editor()

    def _show_editor(self) -> None:
        mapping, row = self._state.mapping, self.table.current_row()
        has_value = mapping is not None and 0 <= row < len(self._values)
        self.editor.setEnabled(has_value)
        if mapping is None or not has_value:
            self.editor.setTitle("")
            self.said.setText("" if self._values else _("Inget i filen behöver översättas."))
            self.choices.clear()
            return
        one = self._values[row]
        self.editor.setTitle(column_text(one.column))
        told = ngettext(
            "”{value}” står på {n} rad. Det betyder:", "”{value}” står på {n} rader. Det betyder:", one.count
        )
        self.said.setText(told.format(value=one.value, n=number(one.count)))
        self._show_choices(mapping, one)

    def _show_choices(self, mapping: ColumnMapping, one: ValueMatch) -> None:
        wanted = next(each for each in mapping.wanted if each.name == one.column)
        providers = self._providers()
        entries = [(choice, mapping_tables.meaning_text(one.column, choice, providers)) for choice in wanted.choices]
        if not wanted.required:
            entries.append(("", _("Lämnas tomt")))
        entries.append((_AS_IT_IS, _("Tas som det är")))
        if [self.choices.item(row).text() for row in range(self.choices.count())] != [text for _m, text in entries]:
            self.choices.clear()
            for meaning, text in entries:
                QListWidgetItem(text, self.choices).setData(_MEANING, meaning)
        shown = _AS_IT_IS if one.is_kept else one.meaning if one.is_decided else one.offered or None
        place = next((row for row, (meaning, _text) in enumerate(entries) if meaning == shown), 0)
        self.choices.setCurrentRow(place)

    def _take(self, item: QListWidgetItem) -> None:
        mapping = self._state.mapping
        rows = self.table.chosen_rows() or [self.table.current_row()]
        chosen = [self._values[row] for row in rows if 0 <= row < len(self._values)]
        if mapping is None or not chosen:
            return
        meaning = str(item.data(_MEANING))
        column = chosen[0].column
        for one in chosen:
            if one.column == column:
                mapping = mapping.set_meaning(column, one.value, one.value if meaning == _AS_IT_IS else meaning)
        self._state.decide(mapping)
        following = [row for row, one in enumerate(self._values) if not one.is_decided]
        if following:
            self.table.choose_row(next((row for row in following if row > rows[-1]), following[0]))

    def _accept_all(self) -> None:
        mapping = self._state.mapping
        for one in self._values:
            if mapping is not None and one.offered and not one.is_decided:
                mapping = mapping.set_meaning(one.column, one.value, one.offered)
        if mapping is not None:
            self._state.decide(mapping)

    def _keep_rest(self) -> None:
        mapping = self._state.mapping
        for one in self._values:
            if mapping is not None and not one.is_decided:
                mapping = mapping.set_meaning(one.column, one.value, one.value)
        if mapping is not None:
            self._state.decide(mapping)

    def _providers(self) -> dict[str, str]:
        return dict(self._state.found.providers) if self._state.found else {}

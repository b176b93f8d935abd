"""The wizard's first step: what the file was worked out to be, each part to be changed, its first rows, questions."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from kvalitetsapp.domain.dates import DateFormat
from kvalitetsapp.domain.imports import KindOfFile, kind_text
from kvalitetsapp.domain.inspection import Asked
from kvalitetsapp.domain.mapping import ReadAs
from kvalitetsapp.domain.mapping_words import date_format_text, question_text
from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.models import mapping_tables
from kvalitetsapp.gui.models.table_model import TableModel
from kvalitetsapp.gui.spacing import letters, pad, scrolling
from kvalitetsapp.gui.widgets.choice_group import Choice, ChoiceGroup
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.gui.widgets.table_view import TableView
from kvalitetsapp.texts import N_, _, ngettext, number, percent

if TYPE_CHECKING:
    from kvalitetsapp.domain.inspection import FileSeen, Question
    from kvalitetsapp.domain.mapping import ColumnMapping
    from kvalitetsapp.gui.mapping_state import MappingState

_DELIMITERS: Final = {";": N_("Semikolon ;"), ",": N_("Komma ,"), "\t": N_("Tabb"), "|": N_("Lodstreck |")}
_FORMS: Final = {
    "csv": N_("Textfil"),
    "xlsx": N_("Excel-arbetsbok"),
    "xls": N_("Äldre Excel-arbetsbok"),
    "ods": N_("OpenDocument-kalkylark"),
    "xml": N_("Fakturaunderlag i XML"),
}
_LAST_ROW: Final = 1000


class MappingFileStep(QWidget):
    """Shows what was worked out; asks for the file to be looked through anew when something is changed."""

    form_changed = Signal()
    kind_chosen = Signal(str)
    profile_chosen = Signal(int)  # place among those that fit, -1 = none

    def __init__(self, state: MappingState, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._showing = False
        self.told = PlainLabel()
        self.told.setWordWrap(True)
        self.kind, self.profile = QComboBox(), QComboBox()
        self.encoding, self.delimiter, self.sheet = QComboBox(), QComboBox(), QComboBox()
        self.header_row = QLineEdit()
        self.header_row.setValidator(QIntValidator(1, _LAST_ROW, self))
        self.header_row.setMaximumWidth(letters(self, 10))
        self.form = Form()
        self.questions: dict[tuple[Asked, str], ChoiceGroup] = {}
        self._asked = QWidget()
        self._asked_rows = QVBoxLayout(self._asked)
        self.no_questions = PlainLabel(_("Inget behöver frågas om filens form."))
        self.preview = TableView()
        self.preview_model = TableModel(parent=self)
        self._arrange()
        self._connect()
        state.looked.connect(self._show_file)
        state.changed.connect(self._show_questions)

    def first_focus(self) -> QWidget:
        """Return what has the focus when the step begins."""
        return self.kind

    # making

    def _arrange(self) -> None:
        for label, field in (
            (_("&Innehåll"), self.kind),
            (_("&Mappningsprofil"), self.profile),
            (_("Teckenko&dning"), self.encoding),
            (_("&Fält skilda med"), self.delimiter),
            (_("&Blad"), self.sheet),
            (_("&Rubriker på rad"), self.header_row),
        ):
            self.form.add(label, field)
        for box in (self.kind, self.profile, self.encoding, self.delimiter, self.sheet):
            box.setMinimumContentsLength(24)
            box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.preview.setModel(self.preview_model)
        self.preview.setAccessibleName(_("Filens första rader"))
        pad(self._asked_rows, self, 0)
        asked = scrolling(self._asked)
        asked.setMinimumWidth(letters(self, 40))
        top = QHBoxLayout()
        top.addWidget(self.form, 2, Qt.AlignmentFlag.AlignTop)
        top.addWidget(asked, 3)
        heading = PlainLabel(_("Filens första rader"))
        heading.setObjectName("sectionTitle")
        column = QVBoxLayout(self)
        pad(column, self, 0, 0.6)
        column.addWidget(self.told)
        column.addLayout(top, 3)
        column.addWidget(heading)
        column.addWidget(self.preview, 4)

    def _connect(self) -> None:
        self.kind.activated.connect(lambda _place: self.kind_chosen.emit(self.kind.currentData()))
        self.profile.activated.connect(lambda place: self.profile_chosen.emit(place - 1))
        for box in (self.encoding, self.delimiter, self.sheet):
            box.activated.connect(self._tell_form)
        self.header_row.editingFinished.connect(self._tell_form)

    # what the file shows

    def _show_file(self) -> None:
        found = self._state.found
        if found is None:
            return
        self._showing = True
        self.told.setText(_summary(found.seen))
        self._show_kinds()
        self._fill(
            self.profile, [("", _("Ingen"))] + [(one.name, one.name) for one in found.profiles], found.profile_name
        )
        self._show_form(found.seen)
        table = mapping_tables.preview_table(found.seen)
        self.preview_model.set_table(table, mapping_tables.as_they_stand(table))
        self.preview.fit_columns()
        self._showing = False

    def _show_kinds(self) -> None:
        found = self._state.found
        if found is None:
            return
        fits = dict(found.kinds)
        ranked = [*fits, *(kind for kind in _all_kinds() if kind not in fits)]
        entries = [
            (
                kind.value,
                _("{kind}, passar till {share}").format(kind=kind_text(kind), share=percent(fits.get(kind, 0.0), 0)),
            )
            for kind in ranked
        ]
        self._fill(self.kind, entries, found.mapping.kind.value)

    def _show_form(self, seen: FileSeen) -> None:
        is_text = seen.form == "csv"
        encodings = self._state.found.encodings if self._state.found else ()
        current = seen.encoding.removesuffix("-sig")
        self._fill(self.encoding, [(one, one) for one in dict.fromkeys((current, *encodings))], current)
        signs = {sign: _(text) for sign, text in _DELIMITERS.items()}
        signs.setdefault(seen.delimiter, seen.delimiter)
        self._fill(self.delimiter, [(sign, text) for sign, text in signs.items() if sign], seen.delimiter)
        self._fill(self.sheet, [(one.name, _sheet_text(one.name, one.rows)) for one in seen.sheets], seen.sheet)
        self.header_row.setText(str(seen.header_row))
        for field, visible in ((self.encoding, is_text), (self.delimiter, is_text), (self.sheet, bool(seen.sheets))):
            self.form.set_visible(field, on=visible)
        self.form.set_visible(self.profile, on=self.profile.count() > 1)

    def _fill(self, box: QComboBox, entries: list[tuple[str, str]], chosen: str) -> None:
        box.clear()
        for value, text in entries:
            box.addItem(text, value)
        box.setCurrentIndex(max(0, box.findData(chosen)))

    def _tell_form(self, *_place: int) -> None:
        found = self._state.found
        if self._showing or found is None:
            return
        seen = found.seen
        said = replace(
            self._state.form,
            encoding=self.encoding.currentData() or "",
            delimiter=self.delimiter.currentData() or "",
            sheet=self.sheet.currentData() or "",
            header_row=int(self.header_row.text() or seen.header_row),
        )
        if (said.encoding, said.delimiter, said.sheet, said.header_row) == (
            seen.encoding.removesuffix("-sig"),
            seen.delimiter,
            seen.sheet,
            seen.header_row,
        ):
            return
        self._state.form = said
        self.form_changed.emit()

    # what must be asked

    def _show_questions(self) -> None:
        mapping = self._state.mapping
        if mapping is None:
            return
        wanted = {(one.asked, one.column): one for one in _questions(mapping)}
        if list(wanted) != list(self.questions):
            self._ask_anew(mapping, wanted)
        for key, group in self.questions.items():
            group.set_value(mapping.answers.get(key, ""))

    def _ask_anew(self, mapping: ColumnMapping, wanted: dict[tuple[Asked, str], Question]) -> None:
        while (item := self._asked_rows.takeAt(0)) is not None:
            if (widget := item.widget()) is not None and widget is not self.no_questions:
                widget.hide()
                widget.deleteLater()
        self.questions = {}
        for key, question in wanted.items():
            group = ChoiceGroup(question_text(question.asked, question.column))
            choices = question.choices or mapping.date_choices(question.column)
            group.set_choices([_choice(mapping, question, choice) for choice in choices])
            group.chosen.connect(partial(self._answer, question))
            self.questions[key] = group
            self._asked_rows.addWidget(group)
            group.show()  # at once, not when the layout comes to it: only what is visible can take the focus
        self.no_questions.setVisible(not wanted)
        self._asked_rows.addWidget(self.no_questions)
        self._asked_rows.addStretch(1)

    def _answer(self, question: Question, answer: str) -> None:
        mapping = self._state.mapping
        if mapping is None:
            return
        if question.asked is Asked.ENCODING:
            self._state.form = replace(self._state.form, encoding=answer)
            self.form_changed.emit()
        elif question.asked is Asked.SHEET:
            self._state.form = replace(self._state.form, sheet=answer)
            self.form_changed.emit()
        else:
            self._state.decide(mapping.answer(question.asked, question.column, answer))


def _questions(mapping: ColumnMapping) -> list[Question]:
    """Return the questions that matter: what is asked of a column only if it is, or is likely, read so."""
    offered = {
        column.header
        for one in mapping.wanted
        if one.read_as in {ReadAs.DATE, ReadAs.AMOUNT}
        for header in mapping.match(one.name).offered
        for column in mapping.places(header)
    }
    return [one for one in mapping.seen.questions if mapping.is_relevant(one) or one.column in offered]


def _choice(mapping: ColumnMapping, question: Question, choice: str) -> Choice:
    if question.asked not in {Asked.DATE_FORMAT, Asked.NO_DATE_FORMAT}:
        return Choice(choice, _("Komma") if choice == "," else _("Punkt") if choice == "." else choice)
    stated = DateFormat.of(choice)
    seen = next((column for column in mapping.seen.columns if column.header == question.column), None)
    examples = (
        []
        if seen is None or stated is None
        else [
            _("{value} = {date}").format(value=value, date=read)
            for value, _count in seen.values
            if (read := stated.iso(value.strip()))
        ]
    )
    return Choice(choice, date_format_text(choice), ", ".join(examples[:2]))


def _summary(seen: FileSeen) -> str:
    rows = ngettext("{n} rad", "{n} rader", seen.rows).format(n=number(seen.rows))
    columns = ngettext("{n} kolumn", "{n} kolumner", len(seen.columns)).format(n=number(len(seen.columns)))
    form = _(_FORMS[seen.form]) if seen.form in _FORMS else seen.form
    return _("{file}: {form}, {rows}, {columns}. Allt nedan är utläst ur hela filen.").format(
        file=seen.file_name, form=form, rows=rows, columns=columns
    )


def _sheet_text(name: str, rows: int) -> str:
    return _("{name} ({n} rader)").format(name=name, n=number(rows))


def _all_kinds() -> list[KindOfFile]:
    return [kind for kind in KindOfFile if kind is not KindOfFile.AGREEMENTS]

"""The recipe behind a figure: its words and its parts, and for a user's own every version of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.indicator import OWN
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.gui import clipboard, spacing
from kvalitetsapp.gui.dialogs.indicator_files import save_recipe
from kvalitetsapp.gui.widgets.data_table import DataTable
from kvalitetsapp.gui.widgets.facts_view import FactsView
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from kvalitetsapp.domain.indicator import Indicator
    from kvalitetsapp.gui.operations import StoreRunner
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.own_indicators import OwnIndicator

TOPIC: Final = "indicators"
VERSIONS: Final[tuple[Column, ...]] = (
    Column("version", Kind.INTEGER, N_("Version")),
    Column("made_at", Kind.DATE, N_("Gjord")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("reason", Kind.TEXT, N_("Skäl")),
    Column("withdrawn_at", Kind.DATE, N_("Ersatt eller tillbakadragen")),
)


@dataclass(frozen=True, slots=True)
class _Shown:
    """What the dialog shows of an indicator."""

    indicator: Indicator
    lines: tuple[tuple[str, str], ...]
    versions: tuple[OwnIndicator, ...]


class RecipeDialog(QDialog):
    """Shows a recipe as it stands now; `told` says what was copied or saved."""

    told = Signal(str)

    def __init__(self, runner: StoreRunner, indicator_id: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(_("Recept"))
        self.runner = runner
        self.indicator_id = indicator_id
        self.name = PlainLabel()
        self.facts = FactsView(_("Receptet"))
        self.versions_heading = PlainLabel(_("Versioner"))
        self.versions = DataTable("indicator-versions", key=("version",))
        self.copy = QPushButton(_("&Kopiera"))
        self.save = QPushButton(_("&Spara recept …"))
        self.withdraw = QPushButton(_("&Dra tillbaka …"))
        self.help = QPushButton(_("&Handboken"))
        self._text = ""
        self._arrange()
        self._connect()
        runner.run(partial(_read, indicator_id), self._show)

    def copy_text(self) -> None:
        """Put the recipe on the clipboard, a part a line."""
        clipboard.put_text(self._text)
        self.told.emit(_("Receptet är kopierat"))

    # the rest

    def _arrange(self) -> None:
        self.name.setObjectName("sectionTitle")
        self.name.setWordWrap(True)
        self.versions_heading.setObjectName("sectionTitle")
        self.versions.view.setAccessibleName(_("Versioner"))
        self.versions.show_tools(on=False)
        buttons = QDialogButtonBox()
        close = buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        row = QHBoxLayout()
        for button in (self.copy, self.save, self.withdraw, self.help):
            button.setAutoDefault(False)
            row.addWidget(button)
        row.addStretch(1)
        row.addWidget(buttons)
        column = QVBoxLayout(self)
        spacing.pad(column, self, 1.0, 0.6)
        column.addWidget(self.name)
        column.addWidget(self.facts, 3)
        column.addWidget(self.versions_heading)
        column.addWidget(self.versions, 1)
        column.addLayout(row)
        self._show_versions(on=False)
        wanted = spacing.letters(self, 110), spacing.lines(self, 38)
        room = self.screen().availableSize()
        self.resize(min(wanted[0], room.width()), min(wanted[1], room.height()))

    def _connect(self) -> None:
        self.copy.clicked.connect(self.copy_text)
        self.save.clicked.connect(lambda: save_recipe(self, self.runner, self.indicator_id, self.told.emit))
        self.withdraw.clicked.connect(self._withdraw)
        self.help.clicked.connect(self._open_help)

    def _show_versions(self, *, on: bool) -> None:
        self.versions.setVisible(on)
        self.versions_heading.setVisible(on)

    def _show(self, shown: _Shown) -> None:
        one = shown.indicator
        self.name.setText(one.name)
        self.facts.show_facts(("", [Fact(label, (text,)) for label, text in shown.lines]))
        self._text = "\n".join(f"{label}: {text}" for label, text in shown.lines)
        rows = [
            (each.version, each.made_at[:10], each.who, each.reason, (each.withdrawn_at or "")[:10])
            for each in reversed(shown.versions)
        ]
        self.versions.set_table(Table(VERSIONS, list(rows)))
        self._show_versions(on=bool(rows))
        can_write = self.runner.can_write
        self.save.setEnabled(can_write)
        self.withdraw.setVisible(one.family == OWN and can_write and self.runner.may(Right.DEFINE_INDICATORS))

    def _withdraw(self) -> None:
        from kvalitetsapp.gui.dialogs.withdraw_indicator import WithdrawIndicatorDialog

        dialog = WithdrawIndicatorDialog(self.runner, self.indicator_id, self)
        dialog.saved.connect(lambda _outcome: self.accept())
        dialog.open()

    def _open_help(self) -> None:
        from kvalitetsapp.gui.dialogs.help import HelpDialog

        dialog = HelpDialog(self)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.show_topic(TOPIC)
        dialog.open()


def _read(indicator_id: str, workspace: Workspace, _progress: Progress) -> _Shown:
    from kvalitetsapp.services import indicators

    one = indicators.one(workspace, indicator_id)
    lines = indicators.recipe(workspace, indicator_id)
    return _Shown(one, lines, indicators.versions(workspace, indicator_id) if one.family == OWN else ())

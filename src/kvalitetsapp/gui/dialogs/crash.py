"""What the user sees of a bug: what happened, that nothing was changed, and the report to save, copy or throw away."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QPlainTextEdit, QPushButton, QVBoxLayout, QWidget

from kvalitetsapp.gui import clipboard, crash_report
from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.gui.widgets.plain_label import PlainLabel
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence


class ReportDialog(QDialog):
    """Shows a report; it is never sent anywhere. Once it is closed, its files count as seen."""

    def __init__(
        self, title: str, said: str, report: str, kept: Sequence[Path], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._kept = list(kept)
        self.setWindowTitle(title)
        self.said, self.where = PlainLabel(said), PlainLabel()
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Felrapport"))
        self.text.setMinimumSize(letters(self, 80), lines(self, 14))
        self.where.setObjectName("muted")
        self.buttons = QDialogButtonBox()
        self.close_button = self.buttons.addButton(_("Stäng"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.rejected.connect(self.reject)
        self.copy = self.add_button(_("&Kopiera"))
        self.copy.clicked.connect(lambda: clipboard.put_text(self.text.toPlainText()))
        column = QVBoxLayout(self)
        pad(column, self, 1.2, 0.8)
        for label in (self.said, self.where):
            label.setWordWrap(True)
        column.addWidget(self.said)
        column.addWidget(self.text, 1)
        column.addWidget(self.where)
        column.addWidget(self.buttons)
        self._tell_where()
        self.finished.connect(self._mark_seen)

    def add_button(self, text: str) -> QPushButton:
        """Return a button for something that leaves the dialog open."""
        button = self.buttons.addButton(text, QDialogButtonBox.ButtonRole.ActionRole)
        button.setAutoDefault(False)
        return button

    def forget(self) -> None:
        """Throw the report away."""
        for path in self._kept:
            crash_report.throw_away(path)
        self._kept.clear()

    def _tell_where(self) -> None:
        places = {str(path.parent) for path in self._kept}
        self.where.setText(_("Sparad i {path}").format(path=", ".join(sorted(places))))
        self.where.setVisible(bool(places))

    def _mark_seen(self, _result: int) -> None:
        for path in self._kept:
            crash_report.mark_seen(path)


class CrashDialog(ReportDialog):
    """Shows the report of a bug that was just met."""

    def __init__(self, report: str, kept: Path | None, parent: QWidget | None = None) -> None:
        said = _(
            "Det som höll på att göras avbröts och inget av det har sparats. Rapporten nedan innehåller inga "
            "patientuppgifter och skickas inte någonstans. Lämna den till den som sköter programmet hos er."
        )
        super().__init__(_("Ett fel i programmet"), said, report, [] if kept is None else [kept], parent)


class EarlierEndDialog(ReportDialog):
    """Offers, once, the report of how the program ended the last time: to read, save or throw away."""

    def __init__(self, report: str, kept: Sequence[Path], *, crashed: bool, parent: QWidget | None = None) -> None:
        said = (
            _(
                "Programmet slutade på grund av ett fel. Databasen är som den var när det senaste sparades. Rapporten "
                "nedan innehåller inga patientuppgifter och skickas inte någonstans. Spara den om den som sköter "
                "programmet hos er ska få den, eller släng den."
            )
            if crashed
            else _(
                "Programmet stängdes inte som vanligt förra gången. Det händer när strömmen bryts eller datorn "
                "startas om. Databasen är som den var när det senaste sparades. Du behöver inte göra något."
            )
        )
        super().__init__(_("Förra gången"), said, report, kept, parent)
        self.save, self.throw = self.add_button(_("&Spara som …")), self.add_button(_("S&läng"))
        self.save.clicked.connect(self._save)
        self.throw.clicked.connect(self._throw)

    def _save(self) -> None:
        proposed = Path.home() / "felrapport.txt"
        chosen = messages.choose_new_file(self, _("Spara felrapporten"), proposed, _("Text (*.txt)"))
        if not chosen:
            return
        try:
            Path(chosen).write_text(self.text.toPlainText(), encoding="utf-8")
        except OSError:
            self.where.setText(_("Rapporten kunde inte sparas i {path}.").format(path=chosen))
        else:
            self.where.setText(_("Sparad i {path}").format(path=chosen))
        self.where.show()

    def _throw(self) -> None:
        self.forget()
        self.accept()

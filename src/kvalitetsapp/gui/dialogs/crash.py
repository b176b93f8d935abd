"""What the user sees of a bug: what happened, that nothing was changed, and the report to save or copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from kvalitetsapp.gui import clipboard
from kvalitetsapp.gui.spacing import letters, lines, pad
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path


class CrashDialog(QDialog):
    """Shows a crash report; it is never sent anywhere."""

    def __init__(self, report: str, kept: Path | None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Ett fel i programmet"))
        column = QVBoxLayout(self)
        pad(column, self, 1.2, 0.8)
        said = QLabel(
            _(
                "Det som höll på att göras avbröts och inget av det har sparats. Rapporten nedan innehåller inga "
                "patientuppgifter och skickas inte någonstans. Lämna den till den som sköter programmet hos er."
            )
        )
        said.setWordWrap(True)
        column.addWidget(said)
        self.text = QPlainTextEdit(report)
        self.text.setReadOnly(True)
        self.text.setAccessibleName(_("Felrapport"))
        self.text.setMinimumSize(letters(self, 80), lines(self, 14))
        column.addWidget(self.text, 1)
        if kept is not None:
            where = QLabel(_("Sparad i {path}").format(path=kept))
            where.setObjectName("muted")
            where.setWordWrap(True)
            column.addWidget(where)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.button(QDialogButtonBox.StandardButton.Close).setText(_("Stäng"))
        buttons.addButton(_("Kopiera"), QDialogButtonBox.ButtonRole.ActionRole).clicked.connect(self._copy)
        buttons.rejected.connect(self.reject)
        column.addWidget(buttons)

    def _copy(self) -> None:
        clipboard.put_text(self.text.toPlainText())

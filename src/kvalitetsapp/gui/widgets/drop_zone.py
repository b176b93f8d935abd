"""Where files are dropped; the whole window takes them too, and this shows that it does."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from kvalitetsapp.gui.dialogs.form import primary_button
from kvalitetsapp.gui.icons import icon
from kvalitetsapp.gui.spacing import enlarge, lines, pad
from kvalitetsapp.gui.theme import mark, tokens_of
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent


class DropZone(QFrame):
    """A frame that takes files, with a button for those who would rather choose."""

    dropped = Signal(object)  # tuple[Path, ...]
    choose_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("dropZone")
        self.setAcceptDrops(True)
        row = QHBoxLayout(self)
        pad(row, self, 1.1, 1)
        picture = QLabel()
        size = lines(self, 2.2)
        picture.setPixmap(icon("import", tokens_of(self.palette())).pixmap(QSize(size, size)))
        row.addWidget(picture)
        said = QVBoxLayout()
        heading = QLabel(_("Släpp filer här eller var som helst i fönstret"))
        enlarge(heading, 1.1, bold=True)
        note = QLabel(
            _(
                "Excel-, ODS- och CSV-filer med vårdkontakter, kostnader med mera, och avtal som TOML. Flera "
                "på en gång läses i rätt ordning, och inget sparas förrän du har sett resultatet."
            )
        )
        note.setObjectName("muted")
        note.setWordWrap(True)
        said.addWidget(heading)
        said.addWidget(note)
        row.addLayout(said, 1)
        self.button = primary_button(_("Välj filer …"))
        self.button.clicked.connect(self.choose_wanted)
        row.addWidget(self.button)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802 - Qt's name
        """Show that files are welcome."""
        if any(url.isLocalFile() for url in event.mimeData().urls()):
            event.acceptProposedAction()
            mark(self, "active")

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:  # noqa: N802 - Qt's name
        """Calm down again."""
        super().dragLeaveEvent(event)
        mark(self, "active", on=False)

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802 - Qt's name
        """Take the files."""
        event.acceptProposedAction()
        mark(self, "active", on=False)
        self.dropped.emit(tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()))

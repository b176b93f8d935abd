"""Forms of working papers: what the paper is called stands first, last who sees to it and when it is followed up."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from kvalitetsapp.domain.paper import Cover, wrong_with_title
from kvalitetsapp.domain.printed_words import wrong_with_line
from kvalitetsapp.gui import spacing
from kvalitetsapp.gui.dialogs.saving import SavingDialog
from kvalitetsapp.gui.widgets.checked_text import CheckedText
from kvalitetsapp.gui.widgets.optional_day import OptionalDay
from kvalitetsapp.texts import _


class PaperDialog(SavingDialog):
    """Writes a paper; a dialog adds its own fields between `add_title` and `add_follow_up`."""

    def content(self) -> QWidget:
        """Return the fields, which scroll where the window is low."""
        self.header = CheckedText(wrong_with_title)
        self.owner = CheckedText(wrong_with_line)
        self.follow_up = OptionalDay()
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, spacing.letters(self, 1), 0)
        column.addWidget(self.form)
        column.addStretch(1)
        return spacing.scrolling(inner)

    def add_title(self, heading: str) -> None:
        """Add what the paper is called, under the heading of the first part."""
        self.form.title(heading)
        self.form.add(_("&Rubrik"), self.header)

    def add_follow_up(self, day: str) -> None:
        """Add who sees to the paper and when; `day` is the label of that, with a mnemonic that is free."""
        self.form.title(_("Uppföljning"))
        self.form.add(_("&Ansvarig"), self.owner)
        self.form.add(day, self.follow_up)

    def cover(self) -> Cover:
        """Return what is filled in of what every paper has."""
        return Cover(self.header.text(), self.owner.text(), self.follow_up.day())

"""What is told of the one who claims or the one who pays, a field of text for each, with its fault beneath it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal

from kvalitetsapp.gui.dialogs.form import Form
from kvalitetsapp.gui.widgets.faulted import Faulted, typed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtWidgets import QLineEdit, QWidget

    from kvalitetsapp.domain.basis import Issuer, Receiver

    PartyT = TypeVar("PartyT", Issuer, Receiver)

_OF_ADDRESS = "address."


class PartyFields(Form):
    """Holds the texts of a party; `labels` names them by their field, those of the address as `address.city`."""

    changed = Signal()

    def __init__(self, labels: Mapping[str, str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.fields: dict[str, Faulted] = {}
        self._edits: dict[str, QLineEdit] = {}
        for name, label in labels.items():
            edit = self._edits[name] = typed(self.changed.emit)
            self.fields[name] = Faulted(edit)
            self.add(label, self.fields[name])

    def edit(self, name: str) -> QLineEdit:
        """Return where a text is typed."""
        return self._edits[name]

    def show_party(self, party: Issuer | Receiver) -> None:
        """Show what is told of a party."""
        for name, edit in self._edits.items():
            within = party.address if name.startswith(_OF_ADDRESS) else party
            edit.setText(str(getattr(within, name.removeprefix(_OF_ADDRESS))))

    def party(self, before: PartyT) -> PartyT:
        """Return a party with what is typed in the place of what was told before."""
        texts = {name: edit.text() for name, edit in self._edits.items()}
        own = {name: text for name, text in texts.items() if not name.startswith(_OF_ADDRESS)}
        address = {name.removeprefix(_OF_ADDRESS): text for name, text in texts.items() if name not in own}
        return replace(before, address=replace(before.address, **address), **own)  # type: ignore[arg-type]  # the names are those of its fields

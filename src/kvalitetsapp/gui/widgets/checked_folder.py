"""A folder that must be there before something is written to it."""

from __future__ import annotations

from pathlib import Path

from kvalitetsapp.gui.dialogs import messages
from kvalitetsapp.gui.dialogs.form import PathField
from kvalitetsapp.gui.remembered import recall, remember
from kvalitetsapp.gui.widgets.faulted import Faulted
from kvalitetsapp.texts import _


class CheckedFolder(Faulted):
    """Asks for a folder, proposing the one that was remembered under `key`; `asked` heads the choice of another."""

    def __init__(self, key: str, asked: str) -> None:
        self._key, self._asked = key, asked
        self.path_field = PathField(self._choose)
        super().__init__(self.path_field)
        self.path_field.set_path(Path(recall(key) or str(Path.home())))
        self.path_field.button.setAutoDefault(False)  # Return in a field is to write

    def path(self) -> Path:
        """Return the folder."""
        return self.path_field.path()

    def remember(self) -> None:
        """Propose the folder the next time."""
        remember(self._key, str(self.path()))

    def check(self) -> bool:
        """Say whether there is no such folder, and tell whether there is."""
        there = bool(self.path_field.text.text().strip()) and self.path().is_dir()  # Path("") is where one is
        self.say("" if there else _("Mappen finns inte. Välj en mapp."))
        return there

    def _choose(self) -> str:
        return messages.choose_folder(self, self._asked, str(self.path()))

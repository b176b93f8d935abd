"""What the mapping wizard works on: the file, what it shows and what has been decided; steps tell each other here."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kvalitetsapp.domain.imports import KindOfFile
    from kvalitetsapp.domain.inspection import FileSeen
    from kvalitetsapp.domain.mapping import ColumnMapping
    from kvalitetsapp.services.known_profiles import KnownProfile


@dataclass(frozen=True, slots=True)
class FileForm:
    """How a file is written, as somebody has said: "" or 0 is to be worked out."""

    encoding: str = ""
    delimiter: str = ""
    sheet: str = ""
    header_row: int = 0


@dataclass(frozen=True, slots=True)
class Looked:
    """What looking a file through gave."""

    seen: FileSeen
    kinds: tuple[tuple[KindOfFile, float], ...]
    mapping: ColumnMapping
    providers: Mapping[str, str]
    profiles: tuple[KnownProfile, ...] = ()
    profile_name: str = ""
    encodings: tuple[str, ...] = field(default=())


class MappingState(QObject):
    """The mapping in the making; `changed` tells that something was decided."""

    looked = Signal()  # the file was looked through anew
    changed = Signal()

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.path = path
        self.form = FileForm()
        self.found: Looked | None = None

    @property
    def mapping(self) -> ColumnMapping | None:
        """Return what has been decided, None until the file has been looked through."""
        return None if self.found is None else self.found.mapping

    def take(self, found: Looked) -> None:
        """Begin anew with what looking through the file gave."""
        self.found = found
        self.looked.emit()
        self.changed.emit()

    def decide(self, mapping: ColumnMapping) -> None:
        """Keep a decision."""
        if self.found is None or mapping == self.found.mapping:
            return
        old = self.found
        self.found = Looked(old.seen, old.kinds, mapping, old.providers, old.profiles, old.profile_name, old.encodings)
        self.changed.emit()

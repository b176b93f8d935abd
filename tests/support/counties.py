"""Example counties taken in through the services, once per test session."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import imports, linking
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import examples

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

PASSPHRASE = "lösenfras för prov"


def take_in(path: Path, county: str) -> tuple[Workspace, list[ImportOutcome]]:
    """Make a store at `path` with an example county in it, linked; the caller closes the workspace."""
    workspace = create_workspace(path, PASSPHRASE)
    outcomes = []
    for kind, file, profile in examples.files_of(county):
        outcomes.append(imports.import_file(workspace, KindOfFile(kind), file, profile=profile, link=False))
    linking.run_links(workspace)
    return workspace, outcomes

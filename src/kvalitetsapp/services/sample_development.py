"""What the sample county's people work with beside the figures: tables of their own, and working papers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.services import sample_papers, sample_tables

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


def make_history(workspace: Workspace) -> None:
    """Lay in tables, and write papers that rest on them."""
    sample_tables.make_history(workspace)
    sample_papers.make_history(workspace)

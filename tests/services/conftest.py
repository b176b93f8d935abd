"""The small store to review in, left whole by every test; tests of another store make a `workspace` of their own."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from support import reviewing
from support.whole_store import left_whole

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    """Return one person with two events and Anna at work; at the end no row is at fault and no trace broken."""
    with left_whole(reviewing.make(tmp_path)) as opened:
        yield opened

"""The sample county with everything that has been done in it, as it is on a day."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.services import demo
from kvalitetsapp.services.workspace import Workspace
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

DAY: Final = "2026-01-03"
TODAY: Final = "today"


def opened_on(day: str, folder: Path) -> Iterator[Workspace]:
    """Give the store open on a day for as long as that day lasts; it is made once a process."""
    with pytest.MonkeyPatch.context() as patch:
        if day != TODAY:
            patch.setattr(Workspace, "today", date.fromisoformat(day))
        with made_stores.opened(folder, _make, day) as workspace:
            yield workspace


def _make(folder: Path, _day: str) -> Workspace:
    return demo.make_sample_store(folder / "exempel.kvdb", PASSPHRASE, with_claims=True, with_development=True)

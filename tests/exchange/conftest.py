"""The sample county as whoever asks for nothing else gets it, written once for all who only read its files."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.exchange.sample import write_county

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(scope="session")
def sample_county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of its files."""
    folder = tmp_path_factory.mktemp("sample-county")
    write_county(folder, last_day=date(2025, 6, 30))
    return folder

"""`summary equity`, `equity list | show | profile` and `report equity`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain import equity_paper, equity_paper_words, equity_tables
from support.cli_runs import run
from support.county_store import opened
from support.paper_calls import measured

if TYPE_CHECKING:
    from pathlib import Path

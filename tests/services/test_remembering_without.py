"""Where the library for the system's store of credentials is not installed, the program says so in one sentence."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import remembering
from kvalitetsapp.services.workspace import create_workspace
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture(autouse=True)
def _without_the_library(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)


def test_without_the_library_nothing_is_remembered_and_the_reason_is_told(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "klinik.kvdb", PASSPHRASE, user="Anna") as workspace:
        with pytest.raises(RefusedError, match="tillägget ”keyring” följer inte med"):
            remembering.remember(workspace, PASSPHRASE)
        remembering.forget(workspace)
    assert "keyring" in remembering.hindrance()
    assert not remembering.is_remembered(tmp_path / "klinik.kvdb", "Anna")

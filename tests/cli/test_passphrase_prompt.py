"""What is asked where no passphrase is given, in Swedish to the last word."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from click.testing import CliRunner, Result

from kvalitetsapp.cli.main import cli
from kvalitetsapp.errors import InputError

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def typed(store: Path, *arguments: str, keys: str) -> Result:
    """Return what a command says to someone who types."""
    return CliRunner().invoke(cli, ["--store", str(store), *arguments], input=keys)


def test_a_new_store_asks_for_its_passphrase_until_two_answers_agree(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(time, "sleep", lambda _seconds: None)
    store = tmp_path / "ny.kvdb"
    said = typed(store, "store", "init", keys="ett och ett\ntvå och två\ntre och tre\ntre och tre\n")
    assert said.exit_code == 0, said.output
    assert said.output.count("Lösenfras:") == 2
    assert said.output.count("En gång till:") == 2
    assert said.output.count("De två lösenfraserna är olika. Försök igen.") == 1
    assert typed(store, "store", "info", keys="tre och tre\n").exit_code == 0
    assert typed(store, "store", "info", keys="ett\n").exit_code != 0


def test_somebody_who_types_makes_no_store_with_a_passphrase_that_is_guessed_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kvalitetsapp.cli.context.Context.is_typed_at", True)
    said = typed(tmp_path / "ny.kvdb", "store", "init", keys="lösenord1\nlösenord1\n")
    assert isinstance(said.exception, InputError)
    assert "lätt att gissa" in said.exception.message
    assert list(tmp_path.iterdir()) == []


def test_no_english_is_said_when_the_answers_differ(tmp_path: Path) -> None:
    said = typed(
        tmp_path / "ny.kvdb", "store", "init", keys="ett och ett\ntvå och två\ntre och tre\ntre och tre\n"
    ).output
    assert not [word for word in ("Repeat", "Error", "match", "entered") if word in said]

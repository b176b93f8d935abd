"""A store of every earlier version is brought up to date with all that it held; one of a newer version is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from kvalitetsapp.errors import StoreError
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import migrations
from support.counties import PASSPHRASE
from support.faults import judge, older_stores
from support.faults.older_stores import OPENED_BY_PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from sqlcipher3 import dbapi2

    from support.faults.table import Faults


def lost(before: judge.State, after: judge.State) -> dict[str, tuple[int, int | None]]:
    """Return what is not as it was: steps add tables, columns and facts about the store; they take nothing away."""
    own = {"migrations", "migrations.version", "audit", "audit.entry", "meta"}
    return {name: (total, after.get(name)) for name, total in before.items() - after.items() if name not in own}


def state(conn: dbapi2.Connection) -> judge.State:
    def rows(sql: str) -> list[tuple[Any, ...]]:
        return list(conn.execute(sql).fetchall())

    return judge.state(rows)


@pytest.mark.faults
@pytest.mark.parametrize("version", range(1, OPENED_BY_PASSPHRASE + 1))
def test_a_store_of_an_earlier_version_keeps_its_rows_and_its_ore(
    faults: Faults, tmp_path: Path, version: int
) -> None:
    path = older_stores.of_version(version, tmp_path)
    with older_stores.opened(path) as conn:
        before = state(conn)
    assert before["migrations"] == version
    with faults.counted("upgrade from an earlier version"):
        open_workspace(path, PASSPHRASE, write=True).close()
        after = judge.judge(path).state
        assert after is not None
        assert after["migrations"] == migrations.NEWEST
        assert lost(before, after) == {}
        with open_workspace(path, PASSPHRASE, write=True) as workspace:
            assert judge.state_of(workspace) == after, "there is nothing left to upgrade"


@pytest.mark.parametrize("newer", [1, pytest.param(40, marks=pytest.mark.long)])
def test_a_store_of_a_newer_version_is_refused_and_left_as_it_is(faults: Faults, tmp_path: Path, newer: int) -> None:
    path = older_stores.of_version(OPENED_BY_PASSPHRASE, tmp_path)
    open_workspace(path, PASSPHRASE, write=True).close()
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        workspace.store.conn.execute(f"PRAGMA user_version = {migrations.NEWEST + newer}")
    before = path.read_bytes()
    with faults.counted("a store of a newer version"):
        for write in (False, True):
            with pytest.raises(StoreError, match="nyare version"):
                open_workspace(path, PASSPHRASE, write=write)
        assert path.read_bytes() == before

"""Ways in which a role could come to more than it has: another connection, other roles, files instead of hands."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.rights import FOUNDER, Right, Role
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import access, import_plan, imports, rekeying, undo_import, users
from kvalitetsapp.services.import_plan import PlannedFile
from kvalitetsapp.services.workspace import open_workspace
from kvalitetsapp.store import audit
from support import reviewing, roles_at_work, store_files
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

DECIDED: Final = "event_ref;joint;verdict;reviewer;reviewed_on;comment\nbok/3;hip;confirmed;Bo;2020-07-01;\n"
HOW_MANY: Final = "SELECT count(*) FROM verdicts WHERE withdrawn_at IS NULL"


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store with a decision that came in a file, and a user in each role."""
    folder = tmp_path_factory.mktemp("ways")
    with reviewing.make(folder) as workspace:
        path = workspace.path
    with open_workspace(path, PASSPHRASE, write=True) as workspace:
        reviewing.take(workspace, folder, KindOfFile.VERDICTS.value, DECIDED)
    roles_at_work.add_users(path)
    return path


@pytest.fixture
def path(made: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "databas"
    folder.mkdir()
    return store_files.copy(made, folder)


def sees_numbers(workspace: Workspace) -> bool:
    """Tell whether personal numbers come to the open connection as they are."""
    shown = {number for (number,) in workspace.store.rows("SELECT personal_id FROM identities")}
    assert shown
    return any(number.isdecimal() for number in shown)


def latest(workspace: Workspace) -> tuple[str, str]:
    entry = audit.entries(workspace.store, 1)[0]
    return entry.action, entry.object


def test_whoever_exchanges_the_key_sees_no_more_afterwards(path: Path) -> None:
    with roles_at_work.opened(path, Role.ADMINISTRATOR) as workspace:
        assert not sees_numbers(workspace)
        rekeying.rekey(workspace)
        assert not sees_numbers(workspace)


def test_whoever_takes_their_own_roles_away_sees_numbers_no_longer_and_with_them_again(path: Path) -> None:
    with open_workspace(path, PASSPHRASE, write=True, user=founder_of(path)) as workspace:
        workspace.kept["worked out"] = "with numbers in it"
        assert sees_numbers(workspace)
        users.change(workspace, workspace.account, roles={Role.ANALYST, Role.ADMINISTRATOR})
        assert not sees_numbers(workspace)
        assert workspace.kept == {}
        users.change(workspace, workspace.account, roles=FOUNDER)
        assert sees_numbers(workspace)


def founder_of(path: Path) -> str:
    with roles_at_work.opened(path, Role.ADMINISTRATOR, write=False) as workspace:
        return next(one.name for one in users.list_users(workspace) if one.roles == FOUNDER)


@pytest.mark.parametrize(
    ("role", "kind", "right"),
    [
        (Role.FINANCE, KindOfFile.VERDICTS, Right.REVIEW),
        (Role.REVIEWER, KindOfFile.AGREEMENTS, Right.WRITE_AGREEMENTS),
    ],
)
def test_nobody_decides_by_a_file_what_they_may_not_decide_by_hand(
    path: Path, tmp_path: Path, role: Role, kind: KindOfFile, right: Right
) -> None:
    file = tmp_path / "beslut.csv"
    file.write_text(DECIDED, encoding="utf-8")
    with roles_at_work.opened(path, role) as workspace:
        before = workspace.store.value(HOW_MANY)
        with pytest.raises(RefusedError, match="Du har inte rätt att"):
            imports.import_file(workspace, kind, file)
        assert latest(workspace) == (access.REFUSED, right.value)
        (tried,) = import_plan.take_files(workspace, [PlannedFile(file, kind, None)]).files
        assert tried.outcome is None
        assert "Du har inte rätt att" in tried.problem
        refused = [one for one in audit.entries(workspace.store) if one.action == access.REFUSED]
        assert len(refused) == 2
        assert workspace.store.value(HOW_MANY) == before


def test_nobody_undoes_with_a_file_what_they_may_not_decide_by_hand(path: Path) -> None:
    with roles_at_work.opened(path, Role.FINANCE) as workspace:
        (batch,) = (one.batch for one in imports.list_imports(workspace) if one.kind == KindOfFile.VERDICTS)
        before = workspace.store.value(HOW_MANY)
        with pytest.raises(RefusedError, match="Du har inte rätt att"):
            undo_import.undo_imports(workspace, [batch], "fel fil")
        assert latest(workspace) == (access.REFUSED, Right.REVIEW.value)
        assert workspace.store.value(HOW_MANY) == before


def test_a_reviewer_takes_decisions_in_and_undoes_them(path: Path) -> None:
    with roles_at_work.opened(path, Role.REVIEWER) as workspace:
        (batch,) = (one.batch for one in imports.list_imports(workspace) if one.kind == KindOfFile.VERDICTS)
        assert undo_import.undo_imports(workspace, [batch], "fel fil").applied

"""Every cell of the matrix of roles: a service that takes the right, tried by a user of the role."""

from __future__ import annotations

import importlib
import pkgutil
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Final

import pytest

import kvalitetsapp.services
from kvalitetsapp.domain.rights import FOUNDER, RIGHT_WORDS, ROLE_WORDS, Right, Role
from kvalitetsapp.errors import RefusedError, UserError
from kvalitetsapp.services import (
    access,
    access_log,
    agreement_edits,
    agreements,
    backups,
    billing_files,
    claim_approval,
    claim_corrections,
    claim_lists,
    editable_tables,
    episodes,
    exchange_conflicts,
    final_reports,
    import_listings,
    indicators,
    joining,
    listings,
    log_checks,
    manual_costs,
    overview,
    papers,
    provider_questions,
    recovery,
    releases,
    restoring,
    retention,
    review_queue,
    saved_filters,
    store_export,
    stores,
    undo_import,
    users,
)
from kvalitetsapp.store import audit
from support import roles_at_work, store_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.audit import AuditEntry

    Attempt = Callable[[Workspace], object]

ATTEMPTS: Final[dict[Right, Attempt]] = {
    Right.READ_FIGURES: overview.waiting,
    Right.READ_ROWS: episodes.choices,
    Right.READ_PERSONS: lambda workspace: episodes.view(workspace, 1),
    Right.READ_NARRATIVE: provider_questions.questions,
    Right.READ_CLAIMS: claim_lists.counts,
    Right.REVIEW: lambda workspace: saved_filters.rename(workspace, 0, "Höften"),
    Right.LEAD_REVIEW: lambda workspace: review_queue.set_weights(workspace, {"late": -1}),
    Right.ASK_PROVIDERS: lambda workspace: provider_questions.close(workspace, 0),
    Right.IMPORT: lambda workspace: import_listings.rejects(workspace, 1),
    Right.UNDO_IMPORT: lambda workspace: undo_import.rests_on(workspace, [1]),
    Right.KEEP_QUALITY: lambda workspace: joining.consequences(workspace, "fel", "fel"),
    Right.WRITE_AGREEMENTS: lambda workspace: agreement_edits.end(
        workspace, agreements.shown(workspace).cards[0].agreement, "", ""
    ),
    Right.SET_COSTS: lambda workspace: manual_costs.withdraw(workspace, "cosmic/finns inte", "fel"),
    Right.PREPARE_CLAIMS: lambda workspace: claim_corrections.take_up(workspace, 1, 1),
    Right.APPROVE_CLAIMS: lambda workspace: claim_approval.approve(workspace, [999]),
    Right.ISSUE_BASES: lambda workspace: billing_files.take(workspace, workspace.path, None),
    Right.DEFINE_INDICATORS: lambda workspace: indicators.withdraw_own(workspace, "finns_inte", "fel"),
    Right.WRITE_PAPERS: lambda workspace: papers.withdraw(workspace, 0),
    Right.KEEP_TABLES: lambda workspace: editable_tables.remove(workspace, "targets", ["finns inte"]),
    Right.MAKE_REPORTS: releases.log,
    Right.SIGN_REPORTS: lambda workspace: final_reports.withdraw(workspace, "R-2020-001", because=""),
    Right.EXPORT: lambda workspace: indicators.export(workspace, ["finns_inte"], workspace.path),
    Right.EXPORT_IDENTIFIED: lambda workspace: listings.links(workspace, identified=True),
    Right.EXCHANGE: exchange_conflicts.conflicts,
    Right.READ_LOG: access_log.users,
    Right.CHECK_LOG: log_checks.checks,
    Right.DECIDE_RETENTION: retention.decisions,
    Right.MANAGE_USERS: users.list_users,
    Right.MANAGE_KEYS: recovery.made,
    Right.RESTORE: lambda workspace: restoring.consequences(workspace, workspace.path.parent, "finns inte"),
    Right.EXPORT_STORE: lambda workspace: store_export.export_store(workspace, workspace.path, ""),
    Right.BACK_UP: backups.standing,
    Right.CHECK_STORE: stores.store_info,
}
"""For each right something that takes it; what would change anything is told something that it refuses."""

ON_OPENING: Final = frozenset({Right.SEE_IDENTITIES})
"""Rights that no service takes by itself: what the store is opened as."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an attempt, and what it left in the trace."""

    refused: str
    traced: tuple[AuditEntry, ...]


@cache
def services_with(right: Right) -> tuple[Attempt, ...]:
    """Return every service that takes a right."""
    modules = [
        importlib.import_module(f"kvalitetsapp.services.{one.name}")
        for one in pkgutil.iter_modules(kvalitetsapp.services.__path__)
    ]
    return tuple(
        value
        for module in modules
        for value in vars(module).values()
        if getattr(value, "needs", None) is right and value.__module__ == module.__name__
    )


def tried(workspace: Workspace, attempt: Attempt) -> Outcome:
    """Return what an attempt comes to; that it is told what cannot be is no refusal of the user."""
    before = len(refusals(workspace))
    said = ""
    try:
        attempt(workspace)
    except RefusedError as error:
        said = error.message
    except UserError:
        pass
    traced = refusals(workspace)
    return Outcome(said, tuple(traced[: len(traced) - before]))


def refusals(workspace: Workspace) -> list[AuditEntry]:
    """Return the attempts that were refused, the latest first."""
    return [one for one in audit.entries(workspace.store) if one.action == access.REFUSED]


@pytest.fixture(scope="module")
def store(county_store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = store_files.copy(county_store, tmp_path_factory.mktemp("roles"))
    roles_at_work.add_users(path)
    return path


@pytest.fixture(scope="module")
def closed(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a copy that nobody has open; it is asked for before anybody opens the other."""
    return store_files.copy(store, tmp_path_factory.mktemp("closed"))


@pytest.fixture(scope="module", params=Role)
def at_work(store: Path, closed: Path, request: pytest.FixtureRequest) -> Iterator[tuple[Role, Workspace]]:
    """Return each role in turn with the store open to its user."""
    assert closed.exists()
    with roles_at_work.opened(store, request.param) as workspace:
        yield request.param, workspace


@pytest.mark.parametrize("right", [one for one in Right if one not in ON_OPENING])
def test_every_cell_is_allowed_or_refused_and_traced(right: Right, at_work: tuple[Role, Workspace]) -> None:
    role, workspace = at_work
    if access.matrix().allows([role], right):
        assert tried(workspace, ATTEMPTS[right]).traced == ()
        return
    outcome = tried(workspace, ATTEMPTS[right])
    assert outcome.refused.startswith("Du har inte rätt att ")
    assert [one.who for one in outcome.traced] == [roles_at_work.NAMES[role]]
    entry = outcome.traced[0]
    assert (entry.role, entry.unit) == (role.value, roles_at_work.UNIT)
    assert not access.may(workspace, Right(entry.object))
    assert "." in entry.detail


def test_every_right_is_taken_by_something() -> None:
    assert [right for right in Right if right not in ON_OPENING and not services_with(right)] == []
    assert set(ATTEMPTS) == set(Right) - ON_OPENING


@pytest.mark.parametrize("right", ATTEMPTS)
def test_what_is_tried_takes_the_right_that_it_stands_for(right: Right, at_work: tuple[Role, Workspace]) -> None:
    """Whoever has every right but one is refused that one: no other right is asked for in its place."""
    _role, workspace = at_work
    every = frozenset(Right) - {right}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(access, "may", lambda _workspace, asked: asked in every)
        outcome = tried(workspace, ATTEMPTS[right])
    assert [one.object for one in outcome.traced] == [right.value]


def test_who_may_see_identities_sees_them_and_nobody_else(at_work: tuple[Role, Workspace]) -> None:
    role, workspace = at_work
    shown = workspace.store.value("SELECT count(*) FROM identities WHERE personal_id LIKE 'P-%'")
    hidden = not access.matrix().allows([role], Right.SEE_IDENTITIES)
    assert shown == (workspace.store.value("SELECT count(*) FROM main.identities") if hidden else 0)


def test_who_reads_of_persons_or_of_what_was_done_to_them_sees_their_numbers() -> None:
    """A page of a person without the number would be of nobody: the matrix never gives one without the other."""
    whole = {
        *(Right.READ_PERSONS, Right.READ_NARRATIVE, Right.READ_CLAIMS, Right.READ_LOG, Right.IMPORT),
        *(Right.KEEP_QUALITY, Right.EXPORT_IDENTIFIED, Right.EXCHANGE, Right.REVIEW),
    }
    matrix = access.matrix()
    assert [
        (right, role)
        for right in whole
        for role in Role
        if matrix.allows([role], right) and not matrix.allows([role], Right.SEE_IDENTITIES)
    ] == []


def test_a_refusal_is_traced_where_the_store_is_only_read_too(closed: Path) -> None:
    with roles_at_work.opened(closed, Role.ANALYST, write=False) as workspace:
        with pytest.raises(RefusedError, match="Du har inte rätt att öppna en patients sida"):
            episodes.view(workspace, 1)
        latest = audit.entries(workspace.store, 1)[0]
    assert (latest.who, latest.action, latest.object) == ("Alva", access.REFUSED, Right.READ_PERSONS.value)
    assert latest.detail == "episodes.view"


def test_what_a_service_calls_within_goes_on_its_authority(closed: Path) -> None:
    """A log controller may check the store, whose parts nobody asks for a right of their own."""
    with roles_at_work.opened(closed, Role.LOG_CONTROLLER) as workspace:
        assert stores.check_store(workspace) == []
        with access.authority(workspace, Right.CHECK_STORE, "test"):
            overview.waiting(workspace)
        with pytest.raises(RefusedError):
            overview.waiting(workspace)


def test_several_roles_have_the_rights_of_each(closed: Path) -> None:
    with roles_at_work.opened(closed, Role.ANALYST) as workspace:
        alone = access.rights_of(workspace)
        workspace.roles = frozenset({Role.ANALYST, Role.ADMINISTRATOR})
        assert access.rights_of(workspace) - alone >= {Right.MANAGE_USERS, Right.RESTORE}
        assert alone <= access.rights_of(workspace)


def test_the_matrix_names_every_right_and_role_and_the_founder_has_all_of_them() -> None:
    assert all(access.matrix().roles_with(right) for right in Right)
    assert all(access.matrix().allows(FOUNDER, right) for right in Right)
    assert set(RIGHT_WORDS) == set(Right)
    assert set(ROLE_WORDS) == set(Role)

"""R14: a cost entered by hand is the last resort, has a reason, and can be taken away, undone and done again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import imports, linking, listings, manual_costs, summaries, undo_import, undo_steps
from kvalitetsapp.store import audit
from support import cost_county
from support.cost_county import stakes, take

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

KPP = 150_000_50
WHY = "Faktura från kliniken"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with cost_county.make(tmp_path) as made:
        made.user = "OL01"
        yield made


def basis_of(workspace: Workspace, ref: str) -> tuple[object, object]:
    rows = listings.claims_basis(workspace).records()
    return next((row["cost"], row["cost_basis"]) for row in rows if row["event_ref"] == ref)


def enter(workspace: Workspace, ref: str = "bok/2", amount: int = 80_000_00) -> None:
    manual_costs.enter(workspace, ref, amount, 2024, WHY)


def test_r14_an_entered_cost_counts_where_nothing_else_does_and_is_at_stake_at_once(workspace: Workspace) -> None:
    outcome = manual_costs.enter(workspace, "bok/2", 80_000_37, 2024, f"  {WHY} ")
    assert outcome.changes == {Changed.COSTS}
    assert outcome.said == "Kostnaden 80\u00a0000,37\u00a0kr är ifylld för bok/2."
    assert basis_of(workspace, "bok/2") == (80_000_37, "manual")
    assert stakes(workspace) == {"bok/2": 80_000_37, "bok/3": None, "bok/4": KPP}
    (row,) = summaries.recovery(workspace, by=("provider",)).records()
    assert row["claimable"] == 80_000_37 + KPP
    linking.run_links(workspace)
    assert stakes(workspace)["bok/2"] == 80_000_37


def test_r14_it_never_goes_before_another_source_and_yields_when_kpp_comes(
    workspace: Workspace, tmp_path: Path
) -> None:
    enter(workspace, "bok/4", 1_00)
    enter(workspace, "bok/2")
    assert basis_of(workspace, "bok/4") == (KPP, "kpp")
    take(workspace, tmp_path, "costs", "source;episode_id;cost;price_year\nbok;2;95000;2024\n")
    assert basis_of(workspace, "bok/2") == (95_000_00, "kpp")
    assert stakes(workspace)["bok/2"] == 95_000_00


def test_r14_it_counts_also_without_an_agreement_but_nothing_can_be_claimed(
    workspace: Workspace, tmp_path: Path
) -> None:
    path = tmp_path / "avtal.toml"
    path.write_text(cost_county.AGREEMENT.format(basis='"kpp"', tariff="").replace("hip", "knee"), encoding="utf-8")
    imports.import_file(workspace, KindOfFile.AGREEMENTS, path)
    enter(workspace)
    assert basis_of(workspace, "bok/2") == (80_000_00, "manual")
    assert stakes(workspace)["bok/2"] is None


def test_r14_a_new_cost_takes_the_place_of_the_one_before_which_stays_in_the_history(workspace: Workspace) -> None:
    enter(workspace, amount=1_00)
    enter(workspace, amount=2_00)
    assert stakes(workspace)["bok/2"] == 2_00
    rows = workspace.store.rows("SELECT cost, withdrawn_at IS NULL FROM manual_costs ORDER BY manual_cost")
    assert rows == [(1_00, 0), (2_00, 1)]


def test_r14_a_cost_is_taken_away_with_a_reason_and_the_event_is_missing_again(workspace: Workspace) -> None:
    enter(workspace)
    outcome = manual_costs.withdraw(workspace, "bok/2", "fel vårdkontakt")
    assert outcome.said == "Den ifyllda kostnaden för bok/2 är borttagen."
    assert basis_of(workspace, "bok/2") == (None, "")
    assert stakes(workspace)["bok/2"] is None
    with pytest.raises(RefusedError, match="Ingen kostnad är ifylld"):
        manual_costs.withdraw(workspace, "bok/2", "en gång till")


def test_r14_both_leave_their_entry_in_the_audit_trail(workspace: Workspace) -> None:
    enter(workspace)
    manual_costs.withdraw(workspace, "bok/2", "fel vårdkontakt")
    entries = [one for one in audit.entries(workspace.store) if one.action.startswith("manual_cost")]
    assert {one.action for one in entries} == {"manual_cost_entered", "manual_cost_withdrawn"}
    assert {(one.who, one.object) for one in entries} == {("OL01", "bok/2")}
    told = {one.action: json.loads(one.detail) for one in entries}
    entered = {"manual_cost": 1, "amount": 80_000_00, "price_year": 2024, "reason": WHY, "replaced": None}
    assert told["manual_cost_entered"] == entered
    assert told["manual_cost_withdrawn"]["reason"] == "fel vårdkontakt"
    assert audit.first_broken(workspace.store) is None


@pytest.mark.parametrize(
    ("ref", "amount", "year", "reason", "said"),
    [
        ("bok/99", 1_00, 2024, WHY, "Det finns ingen vårdkontakt bok/99"),
        ("bok", 1_00, 2024, WHY, "Det finns ingen vårdkontakt bok"),
        ("bok/2", -1, 2024, WHY, "inte negativ"),
        ("bok/2", 10**16, 2024, WHY, "orimligt stor"),
        ("bok/2", 1_00, 24, WHY, "Prisåret ska vara"),
        ("bok/2", 1_00, 2999, WHY, "Prisåret ska vara"),
        ("bok/2", 1_00, 2024, "  ", "Skälet saknas"),
        ("bok/2", 1_00, 2024, "x" * 1001, "Skälet är för långt"),
        ("bok/2", 1_00, 2024, "gäller 19681209-9874", "Skälet innehåller ett personnummer"),
    ],
)
def test_r14_what_cannot_be_kept_is_refused_and_nothing_is_written(
    workspace: Workspace, ref: str, amount: int, year: int, reason: str, said: str
) -> None:
    with pytest.raises(InputError, match=said):
        manual_costs.enter(workspace, ref, amount, year, reason)
    assert workspace.store.value("SELECT count(*) FROM manual_costs") == 0
    assert undo_steps.undo_name(workspace) == ""


def test_r14_entering_is_undone_and_done_again_with_what_it_replaced(workspace: Workspace) -> None:
    enter(workspace, amount=1_00)
    enter(workspace, amount=2_00)
    assert undo_steps.undo_name(workspace) == "kostnad för bok/2"
    seen = []
    for step in (undo_steps.undo, undo_steps.undo, undo_steps.redo, undo_steps.redo):
        assert Changed.COSTS in step(workspace).changes
        seen.append(stakes(workspace)["bok/2"])
    assert seen == [1_00, None, 1_00, 2_00]


def test_r14_taking_away_is_undone_and_done_again(workspace: Workspace) -> None:
    enter(workspace)
    manual_costs.withdraw(workspace, "bok/2", "fel vårdkontakt")
    assert undo_steps.undo_name(workspace) == "borttagen kostnad för bok/2"
    undo_steps.undo(workspace)
    assert stakes(workspace)["bok/2"] == 80_000_00
    undo_steps.redo(workspace)
    assert stakes(workspace)["bok/2"] is None


def test_r14_what_someone_else_has_entered_since_is_not_undone(workspace: Workspace) -> None:
    enter(workspace, amount=1_00)
    workspace.user = "OL02"
    enter(workspace, amount=2_00)
    workspace.user = "OL01"
    with pytest.raises(RefusedError, match="OL02 fyllde i kostnaden"):
        undo_steps.undo(workspace)
    assert stakes(workspace)["bok/2"] == 2_00


def test_r14_what_someone_else_has_taken_away_since_is_not_undone(workspace: Workspace) -> None:
    enter(workspace)
    workspace.user = "OL02"
    manual_costs.withdraw(workspace, "bok/2", "fel vårdkontakt")
    workspace.user = "OL01"
    with pytest.raises(RefusedError, match="är borttagen sedan dess"):
        undo_steps.undo(workspace)


def test_r14_an_import_is_not_undone_while_a_cost_stands_on_it_and_is_once_it_is_taken_away(
    workspace: Workspace,
) -> None:
    enter(workspace)
    batches = dict(workspace.store.rows("SELECT kind, batch FROM import_batches"))
    wanted = [batches["episodes"], batches["verdicts"]]
    with pytest.raises(RefusedError, match="kostnader ifyllda för hand"):
        undo_import.undo_imports(workspace, wanted, "fel fil")
    manual_costs.withdraw(workspace, "bok/2", "importen ska ångras")
    undo_import.undo_imports(workspace, wanted, "fel fil")
    assert workspace.store.value("SELECT count(*) FROM manual_costs") == 0
    with pytest.raises(RefusedError, match="finns inte längre"):
        undo_steps.undo(workspace)


def test_r14_an_episode_that_is_no_event_can_have_a_cost_and_stakes_of_others_stay(workspace: Workspace) -> None:
    before = stakes(workspace)
    enter(workspace, "bok/1", 5_00)
    assert stakes(workspace) == before

"""R14: DRG weights and prices are taken in with an account, corrected, undone, and change what is at stake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.services import imports, linking, summaries, undo_import
from kvalitetsapp.store import meta
from support import cost_county
from support.cost_county import PRICES, WEIGHTS, stakes, take
from support.reading import RESOURCES

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome
    from kvalitetsapp.services.workspace import Workspace

KPP = 150_000_50
OF_2024, OF_2025 = 257_606_66, 256_000_00


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with cost_county.make(tmp_path) as made:
        yield made


def account(outcome: ImportOutcome) -> tuple[int, int, int, int, int]:
    return (outcome.read, outcome.stored, outcome.corrected, outcome.unchanged, outcome.rejected)


def test_r14_weights_and_prices_are_kept_exactly_and_codes_in_capitals(workspace: Workspace, tmp_path: Path) -> None:
    assert account(take(workspace, tmp_path, "drg_weights", WEIGHTS)) == (2, 2, 0, 0, 0)
    assert account(take(workspace, tmp_path, "drg_prices", PRICES)) == (2, 2, 0, 0, 0)
    assert workspace.store.rows("SELECT year, drg, weight, source FROM drg_weights ORDER BY year") == [
        (2024, "H10N", 41_250, "viktlista"),
        (2025, "H10N", 40_000, "viktlista"),
    ]
    assert workspace.store.rows("SELECT year, price FROM drg_prices ORDER BY year") == [
        (2024, 62_450_10),
        (2025, 64_000_00),
    ]


def test_r14_the_same_file_again_changes_nothing_and_another_weight_is_a_correction(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    assert account(take(workspace, tmp_path, "drg_weights", WEIGHTS)) == (2, 0, 0, 2, 0)
    corrected = take(workspace, tmp_path, "drg_weights", WEIGHTS.replace("4,1250", "4,2"))
    assert account(corrected) == (2, 0, 1, 1, 0)
    (cell,) = corrected.changed_cells
    assert (cell.ref, cell.column, cell.before, cell.after) == ("2024/H10N", "weight", 41_250, 42_000)


@pytest.mark.parametrize(
    ("kind", "row", "column", "code"),
    [
        ("drg_weights", "24;H10N;1;", "year", "bad_year"),
        ("drg_weights", "1066;H10N;1;", "year", "bad_year"),
        ("drg_weights", "2999;H10N;1;", "year", "bad_year"),
        ("drg_weights", "2024;;1;", "drg", "missing"),
        ("drg_weights", "2024;H10N;;", "weight", "missing"),
        ("drg_weights", "2024;H10N;1.234,5;", "weight", "ambiguous_weight"),
        ("drg_weights", "2024;H10N;0,81234;", "weight", "weight_decimals"),
        ("drg_weights", "2024;H10N;0;", "weight", "weight_zero"),
        ("drg_weights", "2024;H10N;1000;", "weight", "weight_too_large"),
        ("drg_weights", "2024;H10N;tung;", "weight", "bad_weight"),
        ("drg_prices", "2024;1.234;", "price", "ambiguous_amount"),
        ("drg_prices", "2024;0;", "price", "bad_drg_price"),
        ("drg_prices", "2024;10000000,01;", "price", "bad_drg_price"),
        ("drg_prices", "2024;;", "price", "missing"),
    ],
)
def test_r14_a_row_that_cannot_be_right_stays_out(
    workspace: Workspace, tmp_path: Path, kind: str, row: str, column: str, code: str
) -> None:
    head = "year;drg;weight;source\n" if kind == "drg_weights" else "year;price;source\n"
    outcome = take(workspace, tmp_path, kind, f"{head}{row}\n")
    assert account(outcome) == (1, 0, 0, 0, 1)
    assert (outcome.rejects[0].column, outcome.rejects[0].code) == (column, code)


def test_r14_the_samples_of_both_kinds_are_known_by_their_headers_and_taken_in_whole(workspace: Workspace) -> None:
    for kind in (KindOfFile.DRG_WEIGHTS, KindOfFile.DRG_PRICES):
        sample = RESOURCES / "samples" / f"{kind.value}.csv"
        assert imports.recognise(sample) is kind
        assert account(imports.import_file(workspace, kind, sample)) == (2, 2, 0, 0, 0)


def test_r14_drg_costs_are_at_stake_once_both_tables_have_the_year_of_the_discharge(
    workspace: Workspace, tmp_path: Path
) -> None:
    assert stakes(workspace) == {"bok/2": None, "bok/3": None, "bok/4": KPP}
    outcome = take(workspace, tmp_path, "drg_weights", WEIGHTS)
    assert Changed.COSTS in outcome.changes
    assert Changed.LINKS not in outcome.changes
    assert stakes(workspace)["bok/2"] is None
    take(workspace, tmp_path, "drg_prices", PRICES)
    assert stakes(workspace) == {"bok/2": OF_2024, "bok/3": None, "bok/4": KPP}


def test_r14_a_link_run_says_the_same_as_the_import_of_the_tables(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    take(workspace, tmp_path, "drg_prices", PRICES)
    before = stakes(workspace)
    linking.run_links(workspace)
    assert stakes(workspace) == before
    (row,) = summaries.recovery(workspace, by=("provider",), potential=True).records()
    assert row["claimable"] == sum(amount or 0 for amount in before.values())


def test_r14_the_year_is_that_of_the_discharge_also_of_a_stay_over_new_year(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    take(workspace, tmp_path, "drg_prices", PRICES)
    cost_county.agree(workspace, tmp_path, '"drg"')
    assert stakes(workspace) == {"bok/2": OF_2024, "bok/3": None, "bok/4": OF_2025}


def test_r14_an_undone_table_takes_its_costs_with_it(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    prices = take(workspace, tmp_path, "drg_prices", PRICES)
    undo_import.undo_import(workspace, prices.batch or 0, "fel prislista")
    assert stakes(workspace) == {"bok/2": None, "bok/3": None, "bok/4": KPP}


def test_r14_a_table_taken_in_without_linking_waits_for_the_next_link_run(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, "drg_weights", WEIGHTS)
    path = tmp_path / "priser.csv"
    path.write_text(PRICES, encoding="utf-8")
    imports.import_file(workspace, KindOfFile.DRG_PRICES, path, link=False)
    assert not meta.links_are_current(workspace.store)
    linking.run_links(workspace)
    assert stakes(workspace)["bok/2"] == OF_2024

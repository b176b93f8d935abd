"""The account of an import in kronor, and the cells it changes."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.imports import AmountAccount, ChangedCell, KindOfFile
from kvalitetsapp.exchange import reading
from kvalitetsapp.exchange.result import ReadFile
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import import_plan, imports, keeping
from kvalitetsapp.services.workspace import Workspace, create_workspace
from support import examples, made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.imports import ImportOutcome

PROVIDERS = "provider_id;name;kind\nOWN;Egna kliniken;own\nP01;Fjällkliniken;private\n"
HEADER = "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;cost;price\n"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, with_providers) as opened:
        yield opened


def with_providers(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    take(workspace, folder, "providers", PROVIDERS)
    return workspace


def take(workspace: Workspace, folder: Path, kind: str, text: str, *, dry_run: bool = False) -> ImportOutcome:
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return imports.import_file(workspace, KindOfFile(kind), path, dry_run=dry_run, link=False)


def row(number: int, cost: str, price: str = "", provider: str = "OWN", person: str = "196812099874") -> str:
    return f"bok;{number};{person};{provider};own;inpatient;2020-01-01;2020-01-03;{cost};{price}\n"


def test_the_kronor_of_a_file_add_up_whatever_becomes_of_their_rows(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", HEADER + row(1, "100") + row(2, "200,50"))
    rows = [
        row(1, "100,00"),  # unchanged
        row(2, "300"),  # corrected
        row(3, "400", "60000"),  # new
        row(4, "500", provider="ingen"),  # turned away by what is stored
        row(5, "600", person="196812099875"),  # turned away for another column
        row(6, "1.234"),  # cannot be read
        "bok;7\n",  # cannot be read either
    ]
    outcome = take(workspace, tmp_path, "episodes", HEADER + "".join(rows))
    assert outcome.amounts == (
        AmountAccount("cost", 190_000, 40_000, 30_000, 10_000, 110_000, 2),
        AmountAccount("price", 6_000_000, 6_000_000, 0, 0, 0, 1),
    )
    assert outcome.batch is not None
    assert imports.import_details(workspace, outcome.batch).amounts == outcome.amounts


AMOUNTS = st.one_of(
    st.just(""), st.just("x"), st.decimals(0, 10**7, places=2).map(lambda value: f"{value:f}".replace(".", ","))
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.integers(1, 6), AMOUNTS, st.sampled_from(["OWN", "okänd"])), max_size=25))
def test_all_kronor_of_a_file_are_accounted_for(
    tmp_path: Path, workspace: Workspace, rows: list[tuple[int, str, str]]
) -> None:
    text = HEADER + "".join(row(number, cost, provider=provider) for number, cost, provider in rows)
    (cost, _price) = take(workspace, tmp_path, "episodes", text, dry_run=True).amounts
    delivered = sum(Decimal(cost.replace(",", ".")) for _number, cost, _provider in rows if cost not in {"", "x"})
    assert cost.read == delivered * 100 == cost.stored + cost.corrected + cost.unchanged + cost.rejected
    assert cost.unreadable == sum(cost == "x" for _number, cost, _provider in rows)


def test_changed_cells_are_shown_before_anything_is_written(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", HEADER + row(1, "100") + row(2, "200"))
    changed = HEADER + row(1, "100") + row(2, "250", provider="P01", person="197309149883")
    outcome = take(workspace, tmp_path, "episodes", changed, dry_run=True)
    assert outcome.changed_cells == (
        ChangedCell(3, "bok/2", "personal_id", "19681209-••••", "19730914-••••"),
        ChangedCell(3, "bok/2", "provider_id", "OWN", "P01"),
        ChangedCell(3, "bok/2", "cost", 20_000, 25_000),
    )
    assert workspace.store.rows("SELECT cost FROM episodes ORDER BY episode") == [(10_000,), (20_000,)]


def test_an_earlier_import_still_tells_what_it_changed(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", HEADER + row(1, "100"))
    second = take(workspace, tmp_path, "episodes", HEADER + row(1, "200"))
    take(workspace, tmp_path, "episodes", HEADER + row(1, "300"))
    assert second.batch is not None
    (cell,) = imports.import_details(workspace, second.batch).changed_cells
    assert cell == ChangedCell(0, "bok/1", "cost", 10_000, 20_000)


def test_costs_by_type_show_what_they_make_of_the_episodes_cost(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, "episodes", HEADER + row(1, "100"))
    costs = "source;episode_id;cost_type;cost\nbok;1;vård;70,50\nbok;1;röntgen;50\n"
    outcome = take(workspace, tmp_path, "costs", costs, dry_run=True)
    assert outcome.changed_cells == (ChangedCell(0, "bok/1", "cost", 10_000, 12_050),)


def test_changed_terms_of_an_agreement_are_shown_one_by_one(workspace: Workspace, tmp_path: Path) -> None:
    terms = (examples.FOLDER / "county" / "agreements.toml").read_text(encoding="utf-8")
    path = tmp_path / "avtal.toml"
    path.write_text(terms, encoding="utf-8")
    imports.import_file(workspace, KindOfFile.AGREEMENTS, path)
    path.write_text(terms.replace("cap = 200000", "cap = 150000", 1), encoding="utf-8")
    (cell,) = imports.import_file(workspace, KindOfFile.AGREEMENTS, path).changed_cells
    assert (cell.column, cell.before, cell.after) == ("cap", 20_000_000, 15_000_000)


def test_a_file_read_in_parts_gives_what_it_gives_at_once(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = HEADER + "".join(
        row(number % 700, str(number), provider="okänd" if number % 13 == 0 else "OWN") for number in range(2000)
    )
    whole = take(workspace, tmp_path, "episodes", text, dry_run=True)
    monkeypatch.setattr(reading, "CHUNK", 1)  # a part is then one batch of the reader
    parts = take(workspace, tmp_path, "episodes", text, dry_run=True)
    assert parts == whole
    assert (whole.read, whole.stored, whole.rejected) == (2000, 700, 154)


@pytest.mark.parametrize("at_a_time", [1, 5_000])
def test_a_file_that_says_two_things_of_one_row_is_told_of(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at_a_time: int
) -> None:
    monkeypatch.setattr(reading, "CHUNK", at_a_time)
    take(workspace, tmp_path, "episodes", HEADER + row(900, "1"))
    others = "".join(row(number, "1") for number in range(300))
    text = (
        HEADER + row(900, "2") + row(901, "1") + row(901, "2") + others + row(901, "3") + row(0, "1") + row(900, "2")
    )
    outcome = take(workspace, tmp_path, "episodes", text)
    told = [(one.row, one.ref) for one in outcome.findings if one.rule == "repeated_in_file"]
    assert told == [(4, "bok/901"), (305, "bok/901")]
    assert (outcome.stored, outcome.corrected, outcome.unchanged) == (301, 3, 2)


def test_an_outcome_carries_a_bounded_number_of_findings_and_counts_them_all(
    workspace: Workspace, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keeping, "FINDINGS_SHOWN", 3)
    rows = "".join(row(number, "", provider="OWN").replace(";\n", ";\n") for number in range(5))
    header = HEADER.replace("price", "main_diagnosis")
    outcome = take(workspace, tmp_path, "episodes", header + rows.replace(";;\n", ";;T845F\n"))
    assert (len(outcome.findings), outcome.finding_count) == (3, 5)
    assert workspace.store.value("SELECT count(*) FROM findings") == 5


def test_a_file_that_breaks_halfway_leaves_the_others_of_its_company(workspace: Workspace, tmp_path: Path) -> None:
    good, bad = tmp_path / "bra.csv", tmp_path / "trasig.csv"
    good.write_text(HEADER + row(1, "1"), encoding="utf-8")
    bad.write_bytes((HEADER + "".join(row(n, "2") for n in range(2, 6000))).encode() + b'bok;7;"oavslutad\n')
    taken = import_plan.take_files(workspace, import_plan.plan([good, bad]))
    assert [one.outcome is not None for one in taken.files] == [True, False]
    assert workspace.store.rows("SELECT episode_id FROM episodes") == [("1",)]
    assert workspace.store.value("SELECT count(*) FROM import_batches") == 2


def test_a_personal_number_in_a_file_name_is_kept_nowhere(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "uttag 196812099874.csv"
    path.write_text(HEADER + row(1, "1") + row(2, "x"), encoding="utf-8")
    outcome = imports.import_file(workspace, KindOfFile.EPISODES, path)
    assert "196812099874" not in outcome.file
    for sql in ("SELECT file_name FROM import_batches", "SELECT object || detail FROM audit"):
        assert not any("196812099874" in str(found) for found in workspace.store.rows(sql))


def test_a_row_that_was_read_and_forgotten_takes_the_import_back(workspace: Workspace) -> None:
    forgetful = ReadFile(
        KindOfFile.ALIASES, "fil.csv", "0" * 64, "standard", ("row", "personal_id", "same_as"), read=1
    )

    def keep() -> None:
        with workspace.store.transaction():
            imports.keep_read(workspace, forgetful, Progress())

    with pytest.raises(RuntimeError, match="add up"):
        keep()
    assert workspace.store.value("SELECT count(*) FROM import_batches") == 1

"""Datakvalitet as a service: decisions stand while facts do, rules can be set, and nothing is ever erased."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.quality import CellState
from kvalitetsapp.domain.words import QualityDecision
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import data_quality, imports
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import audit
from support import county_store, made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

PROVIDERS = "provider_id;name;kind\nOSD;Ortopedi;own\nP01;Kliniken;private\n"
HEAD = "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures"
FAR_TOO_DEAR = 2_500_000
ACCEPT, FIX, IGNORE = QualityDecision.ACCEPT, QualityDecision.FIX, QualityDecision.IGNORE
DEAR = "f/1"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as made:
        yield made


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "klinik.kvdb", PASSPHRASE)
    take_in(made, folder, "providers", PROVIDERS)
    take_in(made, folder, "episodes", episode(FAR_TOO_DEAR))
    return made


def episode(price: int, diagnosis: str = "M169", ref: str = "1") -> str:
    row = f"f;{ref};195309179975;P01;contract;inpatient;2020-03-02;2020-03-05;{diagnosis};NFB49 ZXA00"
    return f"{HEAD};price\n{row};{price}\n"


def take_in(workspace: Workspace, folder: Path, kind: str, text: str) -> imports.ImportOutcome:
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    return imports.import_file(workspace, KindOfFile(kind), path)


def counts(workspace: Workspace, rule: str) -> tuple[int | None, ...]:
    """Return open, decided and to look at again."""
    state = next(one for one in data_quality.overview(workspace) if one.rule.rule_id == rule)
    return state.open, state.decided, state.another_look


def row(workspace: Workspace, rule: str, place: int = 0) -> dict[str, object]:
    return dict(data_quality.rows(workspace, rule).table.records()[place])


def test_a_decision_takes_the_row_out_of_the_open_ones_and_is_told_beside_it(workspace: Workspace) -> None:
    assert counts(workspace, "cost_too_high") == (1, 0, 0)
    outcome = data_quality.decide(workspace, "cost_too_high", [DEAR], ACCEPT, " Lång intensivvård ")
    assert outcome.changes == {Changed.QUALITY}
    assert counts(workspace, "cost_too_high") == (0, 1, 0)
    told = row(workspace, "cost_too_high")
    assert (told["ref"], told["decision"], told["reason"]) == (DEAR, "accept", "Lång intensivvård")
    assert told["amount"] == FAR_TOO_DEAR * 100


def test_a_decision_survives_a_new_import_of_the_same_facts(workspace: Workspace, tmp_path: Path) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], IGNORE)
    assert take_in(workspace, tmp_path, "episodes", episode(FAR_TOO_DEAR)).unchanged == 1
    assert counts(workspace, "cost_too_high") == (0, 1, 0)


def test_a_correction_of_what_the_rule_does_not_look_at_leaves_the_decision(
    workspace: Workspace, tmp_path: Path
) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], IGNORE)
    assert take_in(workspace, tmp_path, "episodes", episode(FAR_TOO_DEAR, diagnosis="M161")).corrected == 1
    assert counts(workspace, "cost_too_high") == (0, 1, 0)


def test_other_facts_open_the_row_again_with_a_mark_and_the_reason_kept(workspace: Workspace, tmp_path: Path) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], ACCEPT, "Stämmer")
    take_in(workspace, tmp_path, "episodes", episode(FAR_TOO_DEAR + 1))
    assert counts(workspace, "cost_too_high") == (1, 0, 1)
    told = row(workspace, "cost_too_high")
    assert (told["decision"], told["reason"], told["another_look"]) == ("accept", "Stämmer", 1)
    data_quality.decide(workspace, "cost_too_high", [DEAR], ACCEPT, "Stämmer fortfarande")
    assert counts(workspace, "cost_too_high") == (0, 1, 0)


def test_a_row_that_is_put_right_is_gone_and_its_decision_stays_in_the_history(
    workspace: Workspace, tmp_path: Path
) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], FIX)
    take_in(workspace, tmp_path, "episodes", episode(60_000))
    assert counts(workspace, "cost_too_high") == (0, 0, 0)
    assert [entry[2] for entry in data_quality.history(workspace, "cost_too_high", DEAR).rows] == ["fix"]
    with pytest.raises(RefusedError, match="pekar inte längre ut f/1"):
        data_quality.decide(workspace, "cost_too_high", [DEAR], IGNORE)


def test_undoing_opens_the_row_again_and_erases_nothing(workspace: Workspace) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], FIX)
    data_quality.decide(workspace, "cost_too_high", [DEAR], ACCEPT, "Stämmer")
    data_quality.withdraw(workspace, "cost_too_high", [DEAR])
    assert counts(workspace, "cost_too_high") == (1, 0, 0)
    kept = data_quality.history(workspace, "cost_too_high", DEAR).records()
    assert [entry["decision"] for entry in kept] == ["accept", "fix"]
    assert all(entry["withdrawn_at"] for entry in kept)
    with pytest.raises(RefusedError, match="Ingen av raderna"):
        data_quality.withdraw(workspace, "cost_too_high", [DEAR])
    with pytest.raises(Exception, match="decisions are kept"), workspace.store.transaction():
        workspace.store.write("DELETE FROM quality_decisions")


def test_accepting_needs_a_reason_and_the_others_do_not(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="varför"):
        data_quality.decide(workspace, "cost_too_high", [DEAR], ACCEPT, "  ")
    assert counts(workspace, "cost_too_high") == (1, 0, 0)
    data_quality.decide(workspace, "cost_too_high", [DEAR], IGNORE)


def test_what_is_done_leaves_its_entry_in_the_audit_trail_and_no_number(workspace: Workspace) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], FIX)
    data_quality.withdraw(workspace, "cost_too_high", [DEAR])
    data_quality.set_rule(workspace, "cost_too_high", enabled=False)
    entries = audit.entries(workspace.store, 3)
    assert [entry.action for entry in entries] == ["quality_rule_set", "quality_withdrawn", "quality_decided"]
    assert {entry.object for entry in entries} == {"cost_too_high"}


def test_a_limit_can_be_set_and_the_one_before_is_remembered(workspace: Workspace) -> None:
    data_quality.set_rule(workspace, "cost_too_high", enabled=True, limits={"most": FAR_TOO_DEAR})
    assert counts(workspace, "cost_too_high") == (0, 0, 0)
    data_quality.set_rule(workspace, "cost_too_high", enabled=True, limits={"most": FAR_TOO_DEAR - 1})
    assert counts(workspace, "cost_too_high") == (1, 0, 0)
    kept = workspace.store.rows("SELECT rule, limits, changed_by FROM quality_settings ORDER BY setting")
    assert [(rule, json.loads(limits), who) for rule, limits, who in kept] == [
        ("cost_too_high", {"most": most}, workspace.user) for most in (FAR_TOO_DEAR, FAR_TOO_DEAR - 1)
    ]


def test_a_limit_outside_what_it_can_be_is_refused(workspace: Workspace) -> None:
    with pytest.raises(InputError, match="Högst ska vara mellan 1 och"):
        data_quality.set_rule(workspace, "cost_too_high", enabled=True, limits={"most": 0})
    assert counts(workspace, "cost_too_high") == (1, 0, 0)


def test_a_rule_that_is_off_counts_nothing_and_comes_back_as_it_was(workspace: Workspace) -> None:
    data_quality.decide(workspace, "cost_too_high", [DEAR], IGNORE)
    data_quality.set_rule(workspace, "cost_too_high", enabled=False)
    assert counts(workspace, "cost_too_high") == (None, None, None)
    data_quality.set_rule(workspace, "cost_too_high", enabled=True)
    assert counts(workspace, "cost_too_high") == (0, 1, 0)


def test_a_rule_that_there_is_not_is_refused_with_those_there_are(workspace: Workspace) -> None:
    with pytest.raises(InputError, match=r"finns inte\. Välj bland .*cost_too_high"):
        data_quality.rows(workspace, "kostnad")


def test_a_rejected_row_is_shown_from_its_reject_and_once_however_often_the_file_is_read(
    workspace: Workspace, tmp_path: Path
) -> None:
    wrong = f"{HEAD}\nf;7;195309179975;P01;contract;inpatient;2020-03-05;2020-03-02;M169;\n"
    for _time in range(2):
        assert take_in(workspace, tmp_path, "episodes", wrong).rejected == 1
    assert counts(workspace, "before_admitted") == (1, 0, 0)
    assert counts(workspace, "rejected_row") == (0, 0, 0)
    told = row(workspace, "before_admitted")
    assert told["value"] == "2020-03-02"
    assert "episodes.csv, rad 2: Utskrivningen är före" in str(told["note"])


def test_a_rejected_personal_number_is_masked_everywhere(workspace: Workspace, tmp_path: Path) -> None:
    wrong = f"{HEAD}\nf;7;195309179976;P01;contract;inpatient;2020-03-01;2020-03-02;M169;\n"
    assert take_in(workspace, tmp_path, "episodes", wrong).rejected == 1
    assert "997" not in str(data_quality.rows(workspace, "rejected_row"))
    assert row(workspace, "rejected_row")["value"] == "19530917-••••"


def test_findings_about_a_person_are_known_by_the_identity_and_shown_masked(
    workspace: Workspace, tmp_path: Path
) -> None:
    take_in(workspace, tmp_path, "persons", "personal_id;sex;birth_date\n195309179975;female;1953-09-17\n")
    found = data_quality.rows(workspace, "sex_differs")
    ref = str(found.table.rows[0][0])
    assert ref.startswith("person/")
    assert found.contacts == (DEAR,)
    assert found.labels["ref"][ref] == "19530917-••••"
    assert "9975" not in str(found)


def test_numbers_are_disclosed_only_when_asked_for_and_then_it_is_in_the_trail(workspace: Workspace) -> None:
    assert "personal_id" not in data_quality.rows(workspace, "cost_too_high").table.names()
    told = data_quality.rows(workspace, "cost_too_high", identified=True).table.records()[0]
    assert told["personal_id"] == "195309179975"
    assert audit.entries(workspace.store, 1)[0].action == "identities_disclosed"


def test_an_unread_column_is_a_row_about_its_import(workspace: Workspace, tmp_path: Path) -> None:
    batch = take_in(workspace, tmp_path, "providers", "provider_id;name;kind;färg\nP02;Två;private;blå\n").batch
    found = data_quality.rows(workspace, "unknown_column")
    assert (found.table.rows[0][0], found.labels["ref"]) == (f"import/{batch}", {f"import/{batch}": f"Import {batch}"})


def test_what_is_known_is_not_worked_out_again_until_something_happens(workspace: Workspace, tmp_path: Path) -> None:
    from kvalitetsapp.services import quality_frames

    data_quality.overview(workspace)
    known = quality_frames.kept(workspace)
    data_quality.decide(workspace, "cost_too_high", [DEAR], IGNORE)
    assert quality_frames.kept(workspace) is known
    take_in(workspace, tmp_path, "episodes", episode(60_000, ref="2"))
    assert quality_frames.kept(workspace) is not known


def test_a_store_that_is_only_read_shows_everything_and_decides_nothing(workspace: Workspace) -> None:
    with open_workspace(workspace.path, PASSPHRASE, write=False) as reading:
        assert counts(reading, "cost_too_high") == (1, 0, 0)
        with pytest.raises(RefusedError):
            data_quality.decide(reading, "cost_too_high", [DEAR], IGNORE)


def test_cancelling_leaves_nothing_half_counted(workspace: Workspace) -> None:
    from kvalitetsapp.errors import CancelledError

    progress = Progress()
    progress.cancel()
    with pytest.raises(CancelledError):
        data_quality.overview(workspace, progress)
    assert counts(workspace, "cost_too_high") == (1, 0, 0)


def test_the_example_county_adds_up(county_copy: Path) -> None:
    with county_store.opened(county_copy) as opened:
        for state in data_quality.overview(opened):
            found = data_quality.rows(opened, state.rule.rule_id).table
            assert len(found.rows) == state.open, state.rule.rule_id
            refs = [str(one[0]) for one in found.rows]
            assert len(set(refs)) == len(refs), state.rule.rule_id
            assert refs == sorted(refs), state.rule.rule_id
        coverage = data_quality.coverage(opened)
        episodes = int(opened.store.value("SELECT count(*) FROM episodes"))
        assert sum(map(sum, coverage.contacts)) == episodes
        amounts = opened.store.value("SELECT count(*) FROM episodes WHERE cost IS NOT NULL OR price IS NOT NULL")
        assert sum(map(sum, coverage.with_amount)) == amounts
        assert {state for row_ in coverage.states for state in row_} <= set(CellState)


def test_an_empty_store_has_no_coverage_and_nothing_to_decide(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "tom.kvdb", PASSPHRASE) as empty:
        assert not data_quality.has_data(empty)
        assert data_quality.coverage(empty).months == ()
        assert {state.open for state in data_quality.overview(empty)} == {0}

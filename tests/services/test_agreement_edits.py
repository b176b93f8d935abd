"""Agreements in the program: what is refused and where, what is kept, and what can be read of it afterwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.agreement_form import AgreementForm, WarrantyForm, form_of
from kvalitetsapp.domain.changes import Changed
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.exchange import agreement_writing
from kvalitetsapp.services import agreement_edits, agreements, imports, summaries, undo_import
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import audit
from kvalitetsapp.store.agreements import all_agreements, of_id
from support import drawn_claims
from support.counties import PASSPHRASE
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.services.agreement_edits import AgreementOutcome
    from kvalitetsapp.services.workspace import Workspace

ID = "a-hoft-kna-2014"
NEW = AgreementForm(
    agreement_id="nytt",
    name="Axlar",
    providers=("P01",),
    joints=("shoulder",),
    payer_routes=("contract",),
    valid_from="2010-01-01",
    cap="200 000",
    warranties=(WarrantyForm(("*",), "730"),),
)


@pytest.fixture
def workspace(county_copy: Path) -> Iterator[Workspace]:
    with opened(county_copy) as each:
        yield each
        assert audit.first_broken(each.store) is None


def stored(workspace: Workspace, agreement_id: str = ID) -> Agreement:
    found = of_id(workspace.store, agreement_id)
    assert found is not None
    return found


def change(
    workspace: Workspace, reason: str = "Tilläggsavtal", keep: bool = False, **typed: object
) -> AgreementOutcome:
    was = stored(workspace)
    form = replace(form_of(was), **typed)  # type: ignore[arg-type]
    return agreement_edits.save(workspace, form, was=was, reason=reason, keep_verified=keep)


def faults(outcome: AgreementOutcome) -> dict[str, str]:
    assert outcome.agreement is None
    assert not outcome.changes
    return {one.field: one.message for one in outcome.faults}


def claimable(workspace: Workspace) -> int:
    rows = summaries.recovery(workspace, by=("provider",), potential=True).records()
    return sum(int(row["claimable"] or 0) for row in rows)


def take(workspace: Workspace, tmp_path: Path, *terms: Agreement) -> imports.ImportOutcome:
    path = tmp_path / "avtal.toml"
    path.write_text(agreement_writing.written(terms), encoding="utf-8")
    return imports.import_file(workspace, KindOfFile.AGREEMENTS, path)


# made, changed, verified, ended


def test_a_new_agreement_holds_at_once_and_came_with_no_import(workspace: Workspace) -> None:
    outcome = agreement_edits.save(workspace, NEW)
    assert outcome.agreement == stored(workspace, "nytt")
    assert outcome.changes == {Changed.AGREEMENTS, Changed.LINKS}
    assert workspace.store.value("SELECT batch FROM agreements WHERE agreement_id = 'nytt'") is None
    assert audit.entries(workspace.store, 1)[0].action == "agreement_made"


def test_a_change_refreshes_what_is_at_stake_and_is_kept_with_its_reason(workspace: Workspace) -> None:
    before = claimable(workspace)
    assert change(workspace, cap="1 000").agreement is not None
    at_stake = workspace.store.value("SELECT sum(at_stake) FROM links")
    assert at_stake == claimable(workspace) < before
    kept = workspace.store.rows("SELECT kind, reason, who FROM agreement_edits")
    assert kept == [("changed", "Tilläggsavtal", "granskare2")]


def test_a_change_needs_a_reason_and_something_that_changes(workspace: Workspace) -> None:
    assert faults(change(workspace, reason=" ", cap="1")) == {"reason": "Skriv varför avtalet ändras."}
    assert faults(change(workspace)) == {"": "Inget är ändrat."}
    assert "personnummer" in faults(change(workspace, reason="Gäller 196812099874", cap="1"))["reason"]
    assert "1 000" in faults(change(workspace, reason="x" * 1001, cap="1"))["reason"]


def test_a_change_of_terms_takes_the_mark_of_verification_away_unless_told(workspace: Workspace) -> None:
    outcome = agreement_edits.verify(workspace, stored(workspace))
    assert outcome.changes == {Changed.AGREEMENTS}
    marked = stored(workspace)
    assert (marked.verified, marked.verified_by, marked.verified_on) == (True, "granskare2", workspace.today)
    change(workspace, keep=True, cap="250 000")
    assert stored(workspace).verified_by == "granskare2"
    change(workspace, cap="260 000")
    changed = stored(workspace)
    assert (changed.verified, changed.verified_by, changed.verified_on) == (False, "", None)


def test_an_agreement_is_ended_with_a_last_day_and_a_reason(workspace: Workspace) -> None:
    was = stored(workspace)
    assert faults(agreement_edits.end(workspace, was, "", "")).keys() == {"valid_to", "reason"}
    assert faults(agreement_edits.end(workspace, was, "2013-12-31", "Uppsagt")).keys() == {"valid_to"}
    outcome = agreement_edits.end(workspace, was, "2018-06-30", "Uppsagt")
    assert stored(workspace).valid_to == date(2018, 6, 30)
    assert [gap for gap in outcome.gaps if gap.first > date(2018, 6, 30)]


def test_an_agreement_that_changed_since_it_was_shown_is_left_alone(workspace: Workspace) -> None:
    was = stored(workspace)
    change(workspace, cap="1 000")
    with pytest.raises(RefusedError, match="ändrats sedan"):
        agreement_edits.save(workspace, replace(form_of(was), cap="2"), was=was, reason="Annat")
    assert stored(workspace).cap == 1_000_00


# refused at the field


def test_an_id_in_use_and_an_unknown_provider_are_refused_where_they_are_typed(workspace: Workspace) -> None:
    form = replace(NEW, agreement_id=ID, providers=("P01", "P99"))
    assert faults(agreement_edits.save(workspace, form)).keys() == {"agreement_id", "providers"}
    assert faults(change(workspace, agreement_id="annat", cap="1")).keys() == {"agreement_id"}
    assert len(workspace.store.rows("SELECT * FROM agreement_edits")) == 0


def test_r12_two_agreements_that_both_match_are_refused_with_which_and_for_what(workspace: Workspace) -> None:
    told = faults(change(workspace, valid_to=""))["valid_from"]
    assert "a-hoft-kna-2020" in told
    assert "höft, knä" in told
    assert "från och med 2020-01-01" in told
    next_day = stored(workspace, "a-hoft-kna-2020").valid_from
    assert change(workspace, valid_to=(next_day - timedelta(days=1)).isoformat(), note="Rättad").agreement is not None


def test_a_cap_below_what_is_claimed_is_refused_and_names_the_amount(workspace: Workspace, tmp_path: Path) -> None:
    event = drawn_claims.draw(workspace, 40_000_00)
    under = of_id(workspace.store, event["agreement_id"])
    assert under is not None
    form = replace(form_of(under), cap="39 999,99")
    outcome = agreement_edits.save(workspace, form, was=under, reason="Lägre tak")
    assert "40\u00a0000,00\u00a0kr" in faults(outcome)["cap"]
    assert event["index_ref"] in faults(outcome)["cap"]
    (reject,) = take(workspace, tmp_path, replace(under, cap=39_999_99)).rejects
    assert (reject.column, reject.code) == ("cap", "cap_below_claimed")
    drawn_claims.release(workspace, event["claim"], 1)
    assert agreement_edits.save(workspace, form, was=under, reason="Lägre tak").agreement is not None


def test_a_cap_per_episode_is_held_against_each_episode(workspace: Workspace) -> None:
    event = drawn_claims.draw(workspace, 40_000_00)
    under = of_id(workspace.store, event["agreement_id"])
    assert under is not None
    form = replace(form_of(under), cap="40 000", cap_scope="episode")
    assert agreement_edits.save(workspace, form, was=under, reason="Per vårdtillfälle").agreement is not None


# history and gaps


def test_the_history_tells_imports_and_edits_in_order_term_by_term(workspace: Workspace, tmp_path: Path) -> None:
    change(workspace, cap="120 000")
    take(workspace, tmp_path, replace(stored(workspace), deductible=500_00))
    agreement_edits.verify(workspace, stored(workspace))
    told = agreement_edits.history(workspace, ID)
    assert [one.what.split(" import")[0] for one in told] == ["Inläst med", "Ändrat", "Rättat av", "Kontrollerat"]
    assert [one.is_new for one in told] == [True, False, False, False]
    assert [[each.term for each in one.changes] for one in told] == [
        [],
        ["Tak", "Kontrollerat"],
        ["Självrisk"],
        ["Kontrollerat"],
    ]
    (cap, _mark) = told[1].changes
    assert cap.after == ("120\u00a0000,00\u00a0kr per primäroperation",)
    with pytest.raises(InputError):
        agreement_edits.history(workspace, "finns inte")


def test_an_import_that_corrected_what_was_edited_since_is_not_undone(workspace: Workspace, tmp_path: Path) -> None:
    batch = take(workspace, tmp_path, replace(stored(workspace), deductible=500_00)).batch
    assert batch is not None
    change(workspace, cap="120 000")
    with pytest.raises(RefusedError):
        undo_import.undo_import(workspace, batch, "prov")
    assert stored(workspace).cap == 120_000_00


def test_providers_that_an_agreement_made_here_names_are_not_taken_away(tmp_path: Path) -> None:
    with create_workspace(tmp_path / "liten.kvdb", PASSPHRASE) as workspace:
        path = tmp_path / "providers.csv"
        path.write_text("provider_id;name;kind\nP01;Kliniken;private\n", encoding="utf-8")
        batch = imports.import_file(workspace, KindOfFile.PROVIDERS, path).batch
        assert batch is not None
        assert agreement_edits.save(workspace, NEW).agreement is not None
        with pytest.raises(RefusedError):
            undo_import.undo_import(workspace, batch, "prov")
        assert workspace.store.value("SELECT count(*) FROM providers") == 1


def test_operations_between_and_beside_agreements_are_told_as_gaps(workspace: Workspace) -> None:
    before = sum(one.operations for one in agreements.shown(workspace).gaps)
    was = stored(workspace)
    taken = {one.agreement.agreement_id: one.operations for one in agreements.cards(workspace)}
    agreement_edits.end(workspace, was, "2014-01-01", "Uppsagt")
    left = {one.agreement.agreement_id: one.operations for one in agreements.cards(workspace)}
    after = sum(one.operations for one in agreements.shown(workspace).gaps)
    assert after - before == taken[ID] - left[ID] > 0


# to a file and back


def test_what_is_exported_reads_back_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    agreement_edits.save(workspace, replace(NEW, note='Två rader\noch "citat"', exclusions=("wound",)))
    written = agreements.export(workspace, tmp_path / "avtal.toml")
    assert written.agreements == len(all_agreements(workspace.store))
    outcome = imports.import_file(workspace, KindOfFile.AGREEMENTS, tmp_path / "avtal.toml")
    assert (outcome.unchanged, outcome.rejected, outcome.corrected) == (written.agreements, 0, 0)

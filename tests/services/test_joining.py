"""Two numbers joined by hand: what is told first is what happens, what is refused, and what is left behind."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.joining import Consequences, Effect, Permit, consequences_table
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import frames_of_store, imports, joining, undo_import
from kvalitetsapp.services.joining import JoinRefusedError
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import audit, meta
from support import made_stores
from support.counties import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PERSONAL, SECOND, THIRD = "196812099874", "195902189876", "198001019812"
COORDINATION = "196812699871"
RESERVE, OTHER_RESERVE, UNKNOWN = "22561202O0A0", "22561202O0B0", "22561202O0C0"
HEADER = (
    "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;"
    "procedures;cost"
)
FILES = {
    "providers": "provider_id;name;kind\nOWN;Egna kliniken;own\nP01;Fjällkliniken;private\n",
    "agreements": """
[[agreement]]
id = "a"
providers = ["P01"]
joints = ["hip"]
payer_routes = ["contract"]
valid_from = 2019-01-01
cap = 200000
cap_scope = "index_operation"
cost_basis = ["kpp"]
warranty = [{ classes = ["*"], days = 730 }]
""",
    "episodes": HEADER
    + f"""
bok;1;{PERSONAL};P01;contract;inpatient;2020-01-01;2020-01-03;M161;NFB49 ZXA00;60000
bok;2;{RESERVE};OWN;own;inpatient;2020-03-01;2020-03-09;T845F;;90000
bok;3;{OTHER_RESERVE};P01;contract;inpatient;2021-05-01;2021-05-03;M161;NFB49 ZXA00;60000
bok;4;{SECOND};OWN;own;inpatient;2020-04-01;2020-04-09;T845F;;1000
bok;5;{COORDINATION};OWN;own;inpatient;2020-04-01;2020-04-09;J18;;1000
""",
}


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as opened:
        yield opened
        assert audit.first_broken(opened.store) is None


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    made.user = "granskare1"
    for kind, text in FILES.items():
        path = folder / f"{kind}.{'toml' if kind == 'agreements' else 'csv'}"
        path.write_text(text, encoding="utf-8")
        assert imports.import_file(made, KindOfFile(kind), path).rejects == ()
    return made


def rows(found: Consequences) -> list[tuple[object, ...]]:
    return [(row.effect, row.ref, row.before, row.after) for row in found.rows if row.ore_before is None]


def money(found: Consequences) -> list[tuple[object, ...]]:
    return [(row.effect, row.ore_before, row.ore_after) for row in found.rows if row.ore_before is not None]


def links(workspace: Workspace) -> list[tuple[object, ...]]:
    return workspace.store.rows("SELECT event_ref, index_ref, status, another_look FROM links ORDER BY event_ref")


def everything(workspace: Workspace) -> dict[str, list[tuple[object, ...]]]:
    names = workspace.store.rows("SELECT name FROM sqlite_master WHERE type = 'table'")
    return {name: workspace.store.rows(f"SELECT * FROM {name}") for (name,) in names}


def verdict(workspace: Workspace, folder: Path, text: str) -> None:
    path = folder / "verdicts.csv"
    path.write_text(f"event_ref;verdict;reviewer;reviewed_on\n{text}\n", encoding="utf-8")
    assert imports.import_file(workspace, KindOfFile.VERDICTS, path).rejects == ()


def test_an_event_that_gets_its_operation_and_its_kronor_is_told_first(workspace: Workspace) -> None:
    before = everything(workspace)
    found = joining.consequences(workspace, RESERVE, PERSONAL)
    after_it = everything(workspace)
    (read,) = after_it.pop("audit")[len(before.pop("audit")) :]
    assert after_it == before, "nothing is written"
    assert (read[3], str(read[-2]).split()) == ("identities_compared", sorted([RESERVE, PERSONAL]))
    after = "Föreslagen, bok/1/hip/right, dag 60, Infektion"
    assert rows(found) == [(Effect.LINK_NEW, "bok/2/hip/unknown", "Ej kopplad", after)]
    assert money(found) == [(Effect.CLAIMABLE, 0, 0), (Effect.POTENTIAL, 0, 9_000_000)]


def test_what_was_told_is_what_happens(workspace: Workspace) -> None:
    told = money(joining.consequences(workspace, RESERVE, PERSONAL))
    joining.join(workspace, RESERVE, PERSONAL)
    assert ("bok/2", "bok/1/hip/right", "proposed", 0) in links(workspace)
    for _effect, _before, after in told:
        potential = _effect is Effect.POTENTIAL
        assert frames_of_store.load(workspace).claims_basis(potential=potential)["claimable"].sum() == after


def test_a_decision_that_would_be_looked_at_again_is_told(workspace: Workspace, tmp_path: Path) -> None:
    verdict(workspace, tmp_path, "bok/2;rejected;a;2021-01-01")
    found = joining.consequences(workspace, RESERVE, PERSONAL)
    joining.join(workspace, RESERVE, PERSONAL)
    assert [row[0] for row in links(workspace) if row[3]] == ["bok/2"]
    assert (Effect.ANOTHER_LOOK, "bok/2/hip/unknown", "", "Granskas på nytt") in rows(found)


def test_an_operation_that_becomes_the_second_of_its_kind_is_told(workspace: Workspace) -> None:
    found = joining.consequences(workspace, OTHER_RESERVE, PERSONAL)
    effects = [(row[0], row[1]) for row in rows(found)]
    assert effects == [(Effect.OPERATION_MOVED, "bok/3/hip/right"), (Effect.REPEAT_PRIMARY, "bok/3")]
    assert rows(found)[0][2:] == ("22••••", "19681209-••••")
    assert OTHER_RESERVE not in str(consequences_table(found).rows)


def test_joining_is_an_import_of_one_row_by_hand(workspace: Workspace) -> None:
    joined = joining.join(workspace, RESERVE, PERSONAL)
    batch = imports.list_imports(workspace)[0]
    assert (batch.batch, batch.kind, batch.file_name, batch.profile_name) == (
        *(joined.batch, "aliases", "för hand", "manual"),
    )
    assert (batch.read, batch.stored, batch.corrected, batch.rejected) == (1, 1, 0, 0)
    assert meta.links_are_current(workspace.store)


def test_the_audit_trail_knows_who_joined_what_and_no_number(workspace: Workspace) -> None:
    joining.join(workspace, RESERVE, PERSONAL)
    entry = audit.entries(workspace.store)[0]
    assert (entry.who, entry.action) == ("granskare1", "identities_joined")
    assert RESERVE not in f"{entry.object} {entry.detail}"
    assert PERSONAL not in f"{entry.object} {entry.detail}"


def test_an_undone_join_gives_the_links_back(workspace: Workspace) -> None:
    before = links(workspace)
    joined = joining.join(workspace, RESERVE, PERSONAL)
    assert links(workspace) != before
    undo_import.undo_import(workspace, joined.batch, "fel person")
    assert links(workspace) == before


def test_consequences_are_those_of_joining_alone_where_links_were_old(workspace: Workspace, tmp_path: Path) -> None:
    path = tmp_path / "late.csv"
    path.write_text(
        HEADER + f"\nbok;9;{PERSONAL};OWN;own;inpatient;2020-06-01;2020-06-09;T845F;;1\n",
        "utf-8",
    )
    imports.import_file(workspace, KindOfFile.EPISODES, path, link=False)
    found = joining.consequences(workspace, COORDINATION, PERSONAL)
    assert rows(found) == []
    assert not found.changes_links
    assert not meta.links_are_current(workspace.store)


@pytest.mark.parametrize(
    ("one", "other", "said", "permit"),
    [
        (RESERVE, RESERVE.lower(), "samma nummer", None),
        (UNKNOWN, PERSONAL, "Numret som ska föras ihop finns inte", None),
        (RESERVE, THIRD, "Numret som det ska vara samma som finns inte", None),
        (PERSONAL, RESERVE, "Byt håll", None),
        (PERSONAL, COORDINATION, "Byt håll", None),
        (COORDINATION, RESERVE, "Byt håll", None),
        (SECOND, PERSONAL, "Bekräfta särskilt", Permit.TWO_PERSONAL_NUMBERS),
    ],
)
def test_what_cannot_be_one_person_is_refused_with_the_reason(
    workspace: Workspace, one: str, other: str, said: str, permit: Permit | None
) -> None:
    before = everything(workspace)
    for attempt in (joining.consequences, joining.join):
        with pytest.raises(JoinRefusedError, match=said) as refused:
            attempt(workspace, one, other)
        assert refused.value.permit is permit
    assert everything(workspace) == before


@pytest.mark.parametrize(
    ("text", "said"), [("", "värde saknas"), ("196812099875", "kontrollsiffra"), ("1,97E+11", "Excel har gjort om")]
)
def test_a_text_that_is_no_number_is_refused_as_in_a_file(workspace: Workspace, text: str, said: str) -> None:
    with pytest.raises(InputError, match=said):
        joining.consequences(workspace, text, PERSONAL)


def test_a_samordningsnummer_becomes_a_personnummer_and_ten_digits_will_do(workspace: Workspace) -> None:
    joining.join(workspace, COORDINATION, "681209-9874")
    assert workspace.store.value("SELECT count(*) FROM aliases") == 1


def test_two_personnummer_are_joined_where_that_is_said_on_purpose(workspace: Workspace) -> None:
    joining.join(workspace, SECOND, PERSONAL, permits={Permit.TWO_PERSONAL_NUMBERS})
    assert workspace.store.value("SELECT count(*) FROM aliases") == 1


def test_the_same_again_and_a_ring_are_refused(workspace: Workspace) -> None:
    joining.join(workspace, RESERVE, OTHER_RESERVE)
    with pytest.raises(JoinRefusedError, match="redan hopförda"):
        joining.join(workspace, RESERVE, OTHER_RESERVE)
    with pytest.raises(JoinRefusedError, match="ring"):
        joining.join(workspace, OTHER_RESERVE, RESERVE)


def test_a_long_ring_is_refused(workspace: Workspace) -> None:
    both = {Permit.TWO_PERSONAL_NUMBERS, Permit.CHANGE_EXISTING}
    joining.join(workspace, RESERVE, OTHER_RESERVE)
    joining.join(workspace, OTHER_RESERVE, PERSONAL)
    joining.join(workspace, PERSONAL, SECOND, permits=both)
    with pytest.raises(JoinRefusedError, match="ring"):
        joining.join(workspace, SECOND, PERSONAL, permits=both)
    with pytest.raises(JoinRefusedError, match="ring"):
        joining.join(workspace, OTHER_RESERVE, RESERVE, permits=both)


def test_an_alias_is_changed_only_where_that_is_said(workspace: Workspace) -> None:
    joining.join(workspace, RESERVE, SECOND)
    with pytest.raises(JoinRefusedError, match="19590218-••••") as refused:
        joining.consequences(workspace, RESERVE, PERSONAL)
    assert refused.value.permit is Permit.CHANGE_EXISTING
    joining.join(workspace, RESERVE, PERSONAL, permits={Permit.CHANGE_EXISTING})
    batch = imports.list_imports(workspace)[0]
    assert (batch.stored, batch.corrected) == (0, 1)
    assert workspace.store.value("SELECT count(*) FROM row_history WHERE table_name = 'aliases'") == 1


def test_a_store_opened_to_be_read_is_not_written_to(workspace: Workspace) -> None:
    workspace.store.read_only = True
    with pytest.raises(RefusedError, match="enbart för läsning"):
        joining.join(workspace, RESERVE, PERSONAL)
    workspace.store.read_only = False


def test_keys_stand_for_numbers_and_an_unknown_key_is_told(workspace: Workspace) -> None:
    keys = dict(workspace.store.rows("SELECT personal_id, identity FROM identities"))
    assert joining.numbers_of_keys(workspace, keys[RESERVE], keys[PERSONAL]) == (RESERVE, PERSONAL)
    with pytest.raises(InputError, match="4711"):
        joining.numbers_of_keys(workspace, keys[RESERVE], 4711)

"""What a link run changed is told in words, and kept for as long as it is news."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, joining, link_changes, linking, undo_import
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import link_runs, verdicts
from support import made_stores
from support.counties import PASSPHRASE
from support.undo_stores import PROVIDERS, episodes

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

ONE, OTHER, RESERVE = "196812099874", "195403159865", "RESERV01"
FIRST = f"bok;1;{ONE};P01;contract;inpatient;2020-01-01;2020-01-03;M161;NFB49 ZXA00;60000"
EVENT = f"bok;2;{ONE};OWN;own;inpatient;2020-06-01;2020-06-09;T845F;NFC49 ZXA00;90000"
LATER = f"bok;3;{ONE};P02;contract;inpatient;2020-03-01;2020-03-03;M161;NFB49 ZXA00;60000"
ELSE = f"bok;4;{OTHER};OWN;own;inpatient;2020-06-01;2020-06-09;T845F;;90000"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    with made_stores.opened(tmp_path, make) as each:
        yield each


def make(folder: Path) -> Workspace:
    made = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    take(made, folder, PROVIDERS + "P02;Havskliniken;private\n", KindOfFile.PROVIDERS)
    take(made, folder, episodes(FIRST, EVENT))
    return made


def take(workspace: Workspace, folder: Path, text: str, kind: KindOfFile = KindOfFile.EPISODES) -> int:
    path = folder / f"{kind.value}.csv"
    path.write_text(text, encoding="utf-8")
    batch = imports.import_file(workspace, kind, path).batch
    assert batch is not None
    return batch


def told(workspace: Workspace) -> list[tuple[str, tuple[str, ...]]]:
    return [(one.change.event_ref, one.sentences) for one in link_changes.latest(workspace).changes]


def decide(workspace: Workspace) -> None:
    key = EventKey(*workspace.store.rows("SELECT episode, joint, side FROM links")[0])
    person = workspace.store.value("SELECT person FROM links")
    with workspace.store.transaction():
        new = verdicts.NewVerdict(key, "confirmed", None, "granskare1", workspace.today, None, None, None, None)
        verdicts.add(workspace.store, new)
        linking.derive(workspace, Progress(), cause=LinkCause.DECISION, touched={person})


def test_the_first_run_tells_how_many_and_lists_nothing(workspace: Workspace) -> None:
    found = link_changes.latest(workspace)
    assert found.run is not None
    assert (found.run.cause, found.run.events, found.run.added, found.changes) == (LinkCause.IMPORT, 1, 1, ())


def test_an_event_that_is_proposed_for_another_operation_says_which_and_which_before(
    workspace: Workspace, tmp_path: Path
) -> None:
    take(workspace, tmp_path, episodes(LATER))
    now = "föreslagen: höger höft 2020-03-01 hos Havskliniken"
    then = "föreslagen: höger höft 2020-01-01 hos Fjällkliniken"
    assert told(workspace) == [("bok/2", (f"Nu {now}, förut {then}.", "Möjliga operationer: 2, förut 1."))]


def test_new_events_and_those_that_are_gone_are_told(workspace: Workspace, tmp_path: Path) -> None:
    batch = take(workspace, tmp_path, episodes(ELSE))
    assert told(workspace) == [("bok/4", ("Ny händelse: ej kopplad.",))]
    undo_import.undo_import(workspace, batch, "prov")
    assert told(workspace) == [("bok/4", ("Händelsen finns inte längre. Förut: ej kopplad.",))]
    run = link_changes.runs(workspace)[0]
    assert (run.cause, run.persons, run.added, run.changed, run.gone) == (LinkCause.UNDO, None, 0, 0, 1)


def test_a_decision_does_not_list_the_event_it_is_about(workspace: Workspace, tmp_path: Path) -> None:
    decide(workspace)
    run = link_changes.runs(workspace)[0]
    assert (run.cause, run.persons, run.changes) == (LinkCause.DECISION, 1, 0)
    take(workspace, tmp_path, episodes(LATER))
    assert told(workspace)[0][1][-1] == "Möjliga operationer: 2, förut 1."
    assert "Beslutet behöver granskas på nytt." in told(workspace)[0][1]


def test_only_those_touched_are_linked_and_counted(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, episodes(ELSE))
    run = link_changes.runs(workspace)[0]
    assert (run.persons, run.operations, run.events) == (1, 0, 1)


def test_joining_numbers_is_a_cause_of_its_own(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, episodes(ELSE.replace(OTHER, RESERVE)))
    joining.join(workspace, RESERVE, ONE)
    run = link_changes.runs(workspace)[0]
    assert (run.cause, run.persons, run.changed) == (LinkCause.JOIN, 2, 1)


def test_details_are_kept_of_the_latest_runs_that_changed_something(workspace: Workspace, tmp_path: Path) -> None:
    for number in range(link_runs.RUNS_KEPT + 2):
        take(workspace, tmp_path, episodes(EVENT.replace("2020-06-01", f"2020-05-{number + 10}")))
        linking.run_links(workspace)
    kept = workspace.store.rows("SELECT DISTINCT run FROM link_changes")
    runs = link_changes.runs(workspace)
    assert len(kept) == link_runs.RUNS_KEPT
    assert sum(run.changed for run in runs) == link_runs.RUNS_KEPT + 2
    assert told(workspace) == [("bok/2", ("Händelsedatum 2020-05-21, förut 2020-05-20.",))]


def test_the_table_tells_what_differs_by_name(workspace: Workspace, tmp_path: Path) -> None:
    take(workspace, tmp_path, episodes(LATER))
    assert link_changes.as_table(workspace).rows == [
        (
            *("bok/2", "hip", "right", "changed"),
            "index_ref=bok/1/hip/right operated_on=2020-01-01 index_provider_id=P01 candidates=1",
            "index_ref=bok/3/hip/right operated_on=2020-03-01 index_provider_id=P02 candidates=2",
        )
    ]

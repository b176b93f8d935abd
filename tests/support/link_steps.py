"""What may happen to a store between two link runs, drawn at random: files, decisions and undone imports."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hypothesis import strategies as st

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, linking, undo_import
from kvalitetsapp.store import patients, verdicts
from support.undo_stores import episodes

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

PEOPLE = ("196812099874", "195403159865", "RESERV01", "RESERV02")
EPISODES = 7
PRIMARIES = ("NFB49 ZXA00", "NFB49 ZXA05", "NFB49", "NGB49 ZXA00", "NFB49 ZXA00 NGB49 ZXA05")
EVENTS = ("NFC49 ZXA00", "NFS19", "NGC49 ZXA00", "", "NFB49 NFC49 ZXA05")
DIAGNOSES = ("T84.5F", "T84.5", "M16.1", "T81.4")
AGREEMENTS = """
[[agreement]]
id = "a"
name = "Avtalet"
providers = ["P01", "P02"]
joints = ["hip", "knee"]
payer_routes = ["contract", "own"]
valid_from = 2014-01-01
cap = {cap}
cap_scope = "index_operation"
deductible = 100
claim_deadline_days = 365
cost_basis = ["kpp"]
verified = true

[[agreement.warranty]]
classes = ["*"]
days = {days}
"""


@dataclass(frozen=True)
class Step:
    """A file taken in, a decision (`event`, `operation`: which of those there are), or something taken back."""

    what: str
    text: str = ""
    event: int = 0
    operation: int = 0


def _file(kind: str, header: str, rows: st.SearchStrategy[str], most: int = 3) -> st.SearchStrategy[Step]:
    return st.lists(rows, min_size=1, max_size=most).map(lambda found: Step(kind, "\n".join((header, *found)) + "\n"))


_NUMBERS = st.integers(1, EPISODES)
_EPISODE = st.builds(
    lambda number, person, provider, month, diagnosis, codes: (
        f"bok;{number};{PEOPLE[person]};{provider};contract;inpatient;2020-0{month}-01;2020-0{month}-03;"
        f"{diagnosis};{codes};{number}00"
    ),
    _NUMBERS,
    st.integers(0, len(PEOPLE) - 1),
    st.sampled_from(("OWN", "P01", "P02")),
    st.integers(1, 9),
    st.sampled_from(DIAGNOSES),
    st.one_of(st.sampled_from(PRIMARIES), st.sampled_from(EVENTS)),
)
_VERDICT = st.builds(
    lambda number, joint, side, decision, named, day: (
        f"bok/{number};{joint};{side};{decision};granskare1;2020-12-0{day};{named}"
    ),
    _NUMBERS,
    st.sampled_from(("hip", "hip", "knee", "")),
    st.sampled_from(("right", "left", "unknown", "")),
    st.sampled_from(("confirmed", "confirmed", "rejected")),
    st.one_of(
        st.just(""), st.builds(lambda n, side: f"bok/{n}/hip/{side}", _NUMBERS, st.sampled_from(("right", "left")))
    ),
    st.integers(1, 3),
)
_EPISODES = st.lists(_EPISODE, min_size=1, max_size=4).map(lambda rows: Step("episodes", episodes(*rows)))
_ALIASES = st.sampled_from(
    [f"{one};{same}" for one in PEOPLE[2:] for same in PEOPLE if one != same],
).map(lambda row: Step("aliases", f"personal_id;same_as\n{row}\n"))
_SIDES = st.builds(
    lambda number, code, side: f"bok;{number};{code};{side};2020-0{number}-02",
    _NUMBERS,
    st.sampled_from(("NFB49", "NFC49", "NGB49")),
    st.sampled_from(("right", "left", "")),
)
_OTHER_FILES = st.one_of(
    _file("procedures", "source;episode_id;code;side;performed_on", _SIDES),
    _file("verdicts", "event_ref;joint;side;verdict;reviewer;reviewed_on;index_ref", _VERDICT),
    st.sampled_from(("private", "own", "public")).map(
        lambda kind: Step("providers", f"provider_id;name;kind\nP01;Fjällkliniken;{kind}\n")
    ),
    st.tuples(st.sampled_from((1000, 300)), st.sampled_from((30, 200, 730))).map(
        lambda terms: Step("agreements", AGREEMENTS.format(cap=terms[0], days=terms[1]))
    ),
    _ALIASES,
)
_DECISIONS = st.builds(
    Step, st.sampled_from(("confirm", "reject", "withdraw")), event=st.integers(0, 9), operation=st.integers(0, 9)
)
STEPS = st.lists(
    st.one_of(_EPISODES, _EPISODES, _OTHER_FILES, _DECISIONS, st.just(Step("undo"))), min_size=2, max_size=7
)


def take(workspace: Workspace, folder: Path, step: Step, *, everyone: bool) -> None:
    """Do a step and link anew: those that it touched as the program does it, or all of them."""
    if step.what == "undo":
        _undo(workspace)
    elif step.what in {"confirm", "reject", "withdraw"}:
        _decide(workspace, step, everyone=everyone)
    else:
        path = folder / f"{step.what}{'.toml' if step.what == 'agreements' else '.csv'}"
        path.write_text(step.text, encoding="utf-8")
        imports.import_file(workspace, KindOfFile(step.what), path, link=not everyone)
        if everyone:
            linking.run_links(workspace)


def derived(workspace: Workspace) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything that link runs make, by names that do not depend on the run that made it."""
    return {
        name: sorted(workspace.store.rows(sql), key=str)
        for name, sql in {
            "operations": "SELECT * FROM index_operations",
            "links": "SELECT {} FROM links".format(
                ", ".join(
                    column
                    for (column,) in workspace.store.rows("SELECT name FROM pragma_table_info('links')")
                    if column != "link"
                )
            ),
            "pins": "SELECT * FROM pins",
            "findings": "SELECT rule, ref, value FROM findings WHERE batch IS NULL",
        }.items()
    }


def _undo(workspace: Workspace) -> None:
    last = next((one for one in imports.list_imports(workspace) if one.undone_at is None and one.batch > 1), None)
    if last is not None:
        try:
            undo_import.undo_import(workspace, last.batch, "prov")
        except RefusedError:
            return


def _decide(workspace: Workspace, step: Step, *, everyone: bool) -> None:
    store = workspace.store
    events = store.rows("SELECT episode, joint, side, person FROM links ORDER BY event_ref, joint, side")
    operations = store.rows("SELECT episode, joint, side FROM index_operations ORDER BY index_ref")
    if not events or (step.what == "confirm" and not operations):
        return
    *key, person = events[step.event % len(events)]
    event = EventKey(*key)
    with store.transaction():
        if step.what == "withdraw":
            given = verdicts.latest_given(store, workspace.user)
            if given is None:
                return
            verdicts.withdraw(store, given.verdict)
            person = patients.person_of_episode(store, given.key.episode)
        else:
            same_day = verdicts.same_day(store, event, workspace.user, workspace.today)
            if same_day is not None:
                verdicts.withdraw(store, same_day)
            confirms = step.what == "confirm"
            index = operations[step.operation % len(operations)] if confirms else (None, None, None)
            said = "confirmed" if confirms else "rejected"
            new = verdicts.NewVerdict(
                event, said, None, workspace.user, workspace.today, index[0], index[1], index[2], None
            )
            verdicts.add(store, new)
        touched = None if everyone else {person}
        linking.derive(workspace, Progress(), cause=LinkCause.DECISION, touched=touched)

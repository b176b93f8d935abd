"""Undo at random: last in, first out gives the store back; any other order is refused or leaves no trace."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import imports, undo_import
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import dialect
from support import made_stores, trials
from support.counties import PASSPHRASE
from support.undo_stores import PROVIDERS, content, episodes

if TYPE_CHECKING:
    from pathlib import Path


_PEOPLE = ("196812099874", "195403159865", "RESERV01")
_SIDES = ("right", "left")
_EPISODE = st.builds(
    lambda number, person, provider, cost, event: ";".join(
        (
            "bok",
            str(number),
            _PEOPLE[person],
            f"P0{provider}",
            "contract;inpatient",
            f"2020-0{number}-01;2020-0{number}-03",
            f"T84.0;NFC49 ZXA00;{cost}" if event else f"M16.1;NFB49 ZXA00;{cost}",
        )
    ),
    st.integers(1, 5),
    st.integers(0, 2),
    st.integers(1, 3),
    st.sampled_from(["100", "200", ""]),
    st.booleans(),
)
_FILES = st.one_of(
    st.lists(_EPISODE, min_size=1, max_size=4).map(lambda rows: ("episodes", episodes(*rows))),
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ABC")), min_size=1, max_size=3).map(
        lambda rows: (
            "providers",
            "provider_id;name;kind\n" + "".join(f"P0{number};{name};private\n" for number, name in rows),
        )
    ),
    st.lists(st.tuples(st.integers(1, 5), st.sampled_from(_SIDES)), min_size=1, max_size=3).map(
        lambda rows: (
            "procedures",
            "source;episode_id;code;side;performed_on\n"
            + "".join(f"bok;{number};NFB49;{side};2020-0{number}-02\n" for number, side in rows),
        )
    ),
    st.lists(st.tuples(st.integers(0, 2), st.sampled_from(["", "2021-01-01", "2021-02-02"])), min_size=1).map(
        lambda rows: (
            "persons",
            "personal_id;sex;death_date\n" + "".join(f"{_PEOPLE[person]};;{died}\n" for person, died in rows),
        )
    ),
    st.sampled_from(_PEOPLE[:2]).map(lambda same: ("aliases", f"personal_id;same_as\n{_PEOPLE[2]};{same}\n")),
    st.tuples(st.integers(1, 5), st.sampled_from(["confirmed", "rejected"])).map(
        lambda row: (
            "verdicts",
            f"event_ref;joint;side;verdict;reviewer;reviewed_on\nbok/{row[0]};hip;right;{row[1]};granskare1;2020-12-01\n",
        )
    ),
)


def _with_providers(folder: Path) -> Workspace:
    workspace = create_workspace(folder / "prov.kvdb", PASSPHRASE)
    _take(workspace, folder, "providers", PROVIDERS)
    return workspace


def _take(workspace: Workspace, folder: Path, kind: str, text: str) -> int:
    path = folder / f"{kind}.csv"
    path.write_text(text, encoding="utf-8")
    batch = imports.import_file(workspace, KindOfFile(kind), path).batch
    assert batch is not None
    return batch


_SLOWLY = settings(max_examples=trials.few(6, at_length=40), deadline=None, suppress_health_check=list(HealthCheck))


@_SLOWLY
@given(files=st.lists(_FILES, min_size=1, max_size=6))
def test_undone_from_the_last_to_the_first_the_store_is_what_it_was_row_for_row(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, str]]
) -> None:
    folder = tmp_path_factory.mktemp("ordning")
    with made_stores.opened(folder, _with_providers) as workspace:
        states = []
        for kind, text in files:
            states.append(content(workspace))
            _take(workspace, folder, kind, text)
        for number, before in reversed(list(enumerate(states, start=2))):
            undo_import.undo_import(workspace, number, "prov")
            after = content(workspace)
            assert {name: rows for name, rows in after.items() if rows != before[name] and name != "pins"} == {}
        assert dialect.faults(workspace.store.conn) == []


@_SLOWLY
@given(files=st.lists(_FILES, min_size=2, max_size=6), data=st.data())
def test_undoing_any_import_is_refused_or_leaves_what_the_others_make_alone(
    tmp_path_factory: pytest.TempPathFactory, files: list[tuple[str, str]], data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("annan")
    place = data.draw(st.integers(0, len(files) - 1))
    with made_stores.opened(folder, _with_providers) as workspace:
        for kind, text in files:
            _take(workspace, folder, kind, text)
        before = content(workspace)
        plan = undo_import.rests_on(workspace, [place + 2])
        assert content(workspace) == before
        if not plan.is_possible:
            with pytest.raises(RefusedError):
                undo_import.undo_import(workspace, place + 2, "prov")
            return
        undo_import.undo_import(workspace, place + 2, "prov")
        assert dialect.faults(workspace.store.conn) == []
        left = _by_name(workspace)
    with made_stores.opened(folder, _with_providers) as without:
        for number, (kind, text) in enumerate(files):
            if number != place:
                _take(without, folder, kind, text)
        assert left == _by_name(without)


def _by_name(workspace: Workspace) -> list[list[tuple[Any, ...]]]:
    """Return what is stored by what people call it, since numbers differ from store to store."""
    person = "(SELECT personal_id FROM identities i WHERE i.identity = {})"
    episode = "(SELECT source || '/' || episode_id FROM episodes e WHERE e.episode = {})"
    return [
        sorted(workspace.store.rows(sql), key=str)
        for sql in (
            "SELECT provider_id, name, kind FROM providers",
            f"SELECT {person.format('t.identity')}, death_date FROM persons t",
            f"SELECT {person.format('t.identity')}, {person.format('t.same_as')} FROM aliases t",
            f"SELECT episode_id, {person.format('t.identity')}, provider_id, admitted, cost FROM episodes t",
            f"SELECT {episode.format('t.episode')}, code, side, performed_on FROM procedure_details t",
            f"SELECT {episode.format('t.episode')}, decision, index_joint FROM verdicts t",
            "SELECT index_ref, provider_id, side, operated_on FROM index_operations",
            "SELECT event_ref, joint, side, index_ref, status, complication_class FROM links",
            "SELECT personal_id FROM identities",
        )
    ]

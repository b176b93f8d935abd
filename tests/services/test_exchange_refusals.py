"""What is no package, what one may not do, and what no store wrote: said in words, and nothing is changed."""

from __future__ import annotations

import contextlib
import copy
import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kvalitetsapp.domain import exchange_shapes, exchanged
from kvalitetsapp.domain.exchange_conflict import Settled
from kvalitetsapp.domain.rights import Right, Role
from kvalitetsapp.errors import CancelledError, InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import claim_drafts, exchange_conflicts, exchange_merge, exchange_packages
from kvalitetsapp.store import audit, exchanges, package_file
from support import claiming, reviewing, two_stores
from support.claiming import INDEX_REF
from support.reviewing import ANNA, BO, at_work, decide, event
from support.two_stores import PASSPHRASE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace

PATIENT = "196812099874"


@pytest.fixture(scope="module")
def claimed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a package of a store with two decisions and a draft."""
    folder = tmp_path_factory.mktemp("paket")
    with claiming.make(folder) as workspace:
        claim_drafts.draft(workspace, [INDEX_REF])
        return two_stores.package(workspace, folder)


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Workspace]:
    """Return a store with the same data and nothing decided."""
    with reviewing.make(tmp_path) as workspace:
        yield workspace
        assert audit.first_broken(workspace.store) is None


def told(path: Path) -> dict[str, Any]:
    return json.loads(package_file.opened(path.read_bytes(), PASSPHRASE))  # type: ignore[no-any-return]


def written(folder: Path, raw: object) -> Path:
    path = folder / "annat.kvpaket"
    path.write_bytes(package_file.sealed(json.dumps(raw).encode(), PASSPHRASE))
    return path


def changed(folder: Path, claimed: Path, change: Callable[[dict[str, Any]], object]) -> Path:
    """Return a package that differs from a real one in what `change` does to its claim."""
    raw = told(claimed)
    change(next(one for one in raw["things"] if one["kind"] == "claim"))
    return written(folder, raw)


def test_what_is_no_package_is_said_in_one_sentence_each(here: Workspace, claimed: Path, tmp_path: Path) -> None:
    for path, passphrase, message in (
        (tmp_path / "saknas.kvpaket", PASSPHRASE, "går inte att läsa. Finns filen?"),
        (here.path, PASSPHRASE, "är inte ett utbytespaket"),
        (claimed, "fel lösenord 123", "Lösenordet passar inte"),
        (written(tmp_path, [1]), PASSPHRASE, "är inte ett utbytespaket"),
        (written(tmp_path, told(claimed) | {"form": 2}), PASSPHRASE, "är inte ett utbytespaket"),
    ):
        with pytest.raises(InputError, match=message):
            exchange_packages.take(here, path, passphrase)
    newer = written(tmp_path, told(claimed) | {"schema": 99})
    with pytest.raises(InputError, match="nyare version"):
        exchange_packages.preview(here, newer, PASSPHRASE)
    assert exchanges.all_exchanges(here.store) == ()


def test_only_those_with_the_right_may_and_others_are_noted(here: Workspace, claimed: Path, tmp_path: Path) -> None:
    here.roles = frozenset({Role.ANALYST})
    for attempt in (
        lambda: exchange_packages.make(here, tmp_path / "x.kvpaket", PASSPHRASE),
        lambda: exchange_packages.preview(here, claimed, PASSPHRASE),
        lambda: exchange_packages.take(here, claimed, PASSPHRASE),
        lambda: exchange_conflicts.conflicts(here),
        lambda: exchange_conflicts.settle(here, 1, Settled.OURS, "nej"),
    ):
        with pytest.raises(RefusedError, match="inte rätt"):
            attempt()
        assert audit.entries(here.store, 1)[0].object == Right.EXCHANGE
    assert not (tmp_path / "x.kvpaket").exists()


def test_a_package_is_noted_with_its_patients_when_it_is_made_seen_and_taken(
    here: Workspace, claimed: Path, tmp_path: Path
) -> None:
    exchange_packages.preview(here, claimed, PASSPHRASE)
    exchange_packages.take(here, claimed, PASSPHRASE)
    two_stores.package(here, tmp_path)
    told = {one.action: one.patients for one in audit.entries(here.store)}
    for action in (exchange_packages.READ, exchange_packages.TAKEN_IN, exchange_packages.MADE):
        assert told[action] == (PATIENT,), action


def test_nothing_to_carry_and_a_password_to_guess_make_no_package(here: Workspace, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="inga beslut"):
        exchange_packages.make(here, tmp_path / "x", PASSPHRASE)
    decide(here, ANNA)
    with pytest.raises(InputError, match="för kort"):
        exchange_packages.make(here, tmp_path / "x", "kort")
    assert exchange_packages.make(here, tmp_path / "x", PASSPHRASE).path.name == "x.kvpaket"


def test_cancelled_leaves_nothing(here: Workspace, claimed: Path) -> None:
    progress = Progress(lambda _done, _total, _what: progress.cancel())
    with pytest.raises(CancelledError):
        exchange_packages.take(here, claimed, PASSPHRASE, progress)
    assert here.store.rows("SELECT * FROM verdicts") == []
    assert exchanges.all_exchanges(here.store) == ()


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda claim: claim["state"]["amounts"].update({"1": 9_000_000_00}), "något annat än dess rader"),
        (lambda claim: claim["acts"][1].update({"cap": 10**12}), "något annat än dess rader"),
        (lambda claim: claim["acts"][1].update({"amount": 10**12}), "tak räcker inte"),
        (lambda claim: claim["acts"].pop(), "något annat än dess rader"),
        (lambda claim: claim["base"].update({"terms": "{}"}), "innehållet går inte att läsa"),
        (lambda claim: claim["base"].update({"provider_id": "P99"}), "P99 finns inte här"),
        (lambda claim: claim["base"]["lines"][0]["review"].__setitem__(0, "Ingen"), "granskningen av bok/2"),
        (lambda claim: claim["base"].update({"supplements": 77}), "kompletterar finns inte"),
    ],
)
def test_r15_and_other_rules_hold_also_for_what_no_store_wrote(
    here: Workspace, claimed: Path, tmp_path: Path, change: Callable[[dict[str, Any]], object], reason: str
) -> None:
    outcome = two_stores.take(here, changed(tmp_path, claimed, change))
    (held,) = outcome.held
    assert reason in held.reason
    assert here.store.rows("SELECT * FROM claims") == []


def test_steps_that_lead_elsewhere_make_no_package(here: Workspace, claimed: Path, tmp_path: Path) -> None:
    path = changed(tmp_path, claimed, lambda claim: claim["state"].update({"status": "settled"}))
    with pytest.raises(InputError, match="är inte ett utbytespaket"):
        two_stores.take(here, path)


def test_a_decision_of_a_day_to_come_waits(here: Workspace, claimed: Path, tmp_path: Path) -> None:
    raw = told(claimed)
    raw["things"] = [one for one in raw["things"] if one["kind"] == "decision"][:1]
    raw["things"][0]["acts"][0]["reviewed_on"] = "2999-01-01"
    (held,) = two_stores.take(here, written(tmp_path, raw)).held
    assert "har inte varit än" in held.reason
    assert event(here).verdict is None


def test_a_conflict_about_what_was_missing_is_settled_once_it_is_here(tmp_path: Path, claimed: Path) -> None:
    from support.undo_stores import PROVIDERS, episodes

    with reviewing.create(tmp_path, PROVIDERS, episodes(reviewing.OPERATION, reviewing.EVENT)) as other:
        held = two_stores.take(other, claimed).held
        assert len(held) == 2  # the decision about the other event, and the claim for both
        reviewing.take(other, tmp_path, "episodes", episodes(reviewing.LATER_EVENT))
        numbers = sorted(one.number for one in exchanges.conflicts(other.store))
        with at_work(other, BO):
            for number in numbers:
                exchange_conflicts.settle(other, number, Settled.THEIRS, "inläst nu")
        assert sum(claiming.drawn(other, 1).values()) == 150_000_00


def test_settling_what_is_not_there_is_refused(here: Workspace) -> None:
    for attempt in (
        lambda: exchange_conflicts.settle(here, 1, Settled.OURS, "skäl"),
        lambda: exchange_conflicts.sides(here, 1),
    ):
        with pytest.raises(InputError, match="ingen konflikt med nummer 1"):
            attempt()


def test_a_thing_tells_its_form_whatever_its_kind(claimed: Path) -> None:
    package = exchanged.from_dict(told(claimed))
    assert exchanged.as_dict(replace(package)) == told(claimed)


def ways(raw: object, way: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the way to every value in what a package tells."""
    inner = raw.items() if isinstance(raw, dict) else enumerate(raw) if isinstance(raw, list) else ()
    return [way, *(each for name, one in inner for each in ways(one, (*way, name)))]


def test_whatever_stands_in_a_package_it_is_taken_whole_held_or_refused(here: Workspace, claimed: Path) -> None:
    raw = told(claimed)
    places = [way for way in ways(raw["things"]) if way]

    @settings(max_examples=settings().max_examples // 2, deadline=None, database=None)
    @given(st.sampled_from(places), st.sampled_from([None, "", 0, -1, "x", 10**15, [], {}, "2026-13-99", True, ["a"]]))
    def tried(way: tuple[Any, ...], other: object) -> None:
        changed = copy.deepcopy(raw)
        place: Any = changed["things"]
        for name in way[:-1]:
            place = place[name]
        place[way[-1]] = copy.deepcopy(other)
        with contextlib.suppress(exchanged.MalformedError):
            package = exchanged.from_dict(changed)
            if exchange_shapes.unfit(package) is None:
                with here.store.trial():
                    exchange_merge.merge(here, package, Progress())
                    assert here.store.rows("PRAGMA foreign_key_check") == []

    tried()

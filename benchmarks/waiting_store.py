"""A store with 60 lists of 100 000 waiting: how long it takes to read them, and the slowest thing to drill into."""

from __future__ import annotations

import random
import tempfile
import time
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import numpy as np

from benchmarks.many_events import PASSPHRASE
from kvalitetsapp.analysis.columns import NO_DAY
from kvalitetsapp.domain.waiting import DEVIATIONS, WaitingKey, WaitingScope
from kvalitetsapp.services import waiting, waiting_lists
from kvalitetsapp.services.workspace import create_workspace, open_workspace
from kvalitetsapp.store import records, waiting_packs
from kvalitetsapp.store.batches import NewBatch, begin

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from benchmarks.waiting import Given
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store

_PERSONS: Final = 100_000
_AREAS: Final = 12


def tell(given: Given) -> None:
    """Print how long packing, reading and drilling down take."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "prov.kvdb"
        with closing(create_workspace(path, PASSPHRASE)) as workspace, workspace.store.transaction():
            packing = _fill(workspace.store, given)
        with closing(open_workspace(path, PASSPHRASE, write=False)) as workspace:
            reading = _seconds(lambda: _read(workspace))
            drills = dict(_drills(workspace))
    slowest = max(drills, key=drills.__getitem__)
    print(f"waiting: packing a list {packing:.2f} s, reading all from the store and counting them {reading:.2f} s")
    print(f"waiting: the slowest of {len(drills)} drill-downs {drills[slowest]:.3f} s ({slowest}; aim 0.1)")


def _read(workspace: Workspace) -> None:
    read = waiting_lists.read(workspace)
    print(f"waiting: {len(read.of.cells.n):,} cells, {len(read.of.movements.came.amount):,} who came")


def _drills(workspace: Workspace) -> Iterator[tuple[str, float]]:
    """Return the seconds of everything that the screen asks for after the first figures are shown."""
    known = waiting.choices(workspace)
    waiting.state(workspace, WaitingScope(), WaitingKey.SEX)
    scopes = {
        "all": WaitingScope(),
        "county": WaitingScope(county="05"),
        "another month": WaitingScope(county="05", snapshot_on=known.snapshots[7]),
        "code": WaitingScope(county="05", code=known.codes[0].key),
        "without MOV, PVV": WaitingScope(deviations=frozenset({"none", "missing"})),
        "municipality": WaitingScope(municipality=known.municipalities[0].key),
        "priority": WaitingScope(priority="1"),
        "provider": WaitingScope(provider_id="P01"),
    }
    asked: dict[str, Callable[[WaitingScope], Any]] = {
        **{f"by {key.value}": partial(_state, workspace, key) for key in WaitingKey},
        "series": lambda scope: waiting.series(workspace, scope),
        "distribution": lambda scope: waiting.distribution(workspace, scope),
        "flows": lambda scope: waiting.flows(workspace, scope),
        "findings": lambda scope: waiting.findings(workspace, scope),
        "capacity": lambda scope: waiting.capacity(workspace, scope),
        "specialised": lambda scope: waiting.highly_specialised(workspace, scope),
        "dates": lambda scope: waiting.date_quality(workspace, scope),
    }
    for where, scope in scopes.items():
        for what, ask in asked.items():
            yield f"{where}, {what}", _seconds(partial(ask, scope))


def _state(workspace: Workspace, key: WaitingKey, scope: WaitingScope) -> object:
    return waiting.state(workspace, scope, key)


def _seconds(work: Callable[[], object]) -> float:
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def _fill(store: Store, given: Given) -> float:
    """Write the lists as an import would, and return the seconds that packing takes for each."""
    batch = begin(store, NewBatch("waiting", "påhittade.csv", "", "", ""))
    store.write_many(
        "INSERT INTO providers (provider_id, name, kind, county, batch) VALUES (?, ?, 'own', '05', ?)",
        ((word, word, batch) for word in given.lists.words["provider"] if word),
    )
    sexes = random.Random(1)
    store.write_many(
        "INSERT INTO identities (identity, personal_id) VALUES (?, ?)",
        ((at, f"19{sexes.randrange(30, 99)}0101{at:06d}") for at in range(1, _PERSONS + 1)),
    )
    store.write_many(
        "INSERT INTO persons (identity, sex, birth_date, batch) VALUES (?, ?, ?, ?)",
        (
            (at, sexes.choice(("male", "female")), f"19{sexes.randrange(30, 99)}-01-01", batch)
            for at in range(1, _PERSONS + 1)
        ),
    )
    store.write_many(
        "INSERT INTO population (year, municipality, sex, age_from, age_to, persons, source, invented, batch) "
        "VALUES (2023, ?, ?, ?, ?, 900, 'påhittad', 'yes', ?)",
        (
            (place, sex, age, None if age == 95 else age + 4, batch)
            for place in given.lists.words["municipality"]
            if place
            for sex in ("male", "female")
            for age in range(0, 100, 5)
        ),
    )
    for at in range(len(given.lists.lists)):
        records.add(store, records.WAITING_ENTRIES, batch, _rows(given, at))
    places = waiting_packs.touched_by(store, batch)
    return _seconds(lambda: waiting_packs.make(store, places)) / len(places)


def _rows(given: Given, at: int) -> Iterator[tuple[Any, ...]]:
    """Return a list's rows as `records.WAITING_ENTRIES` has them."""
    one, words = given.lists.lists[at], given.lists.words
    day = one.packed.snapshot_on.isoformat()
    texts = {name: [words[name][place] or None for place in one.columns[name].tolist()] for name in one.columns}
    deviations = [None if word == DEVIATIONS[-1] else word for word in texts["deviation"]]
    entries = one.numbers("entry").tolist()
    planned = one.numbers("planned_after", NO_DAY)
    columns = zip(
        *([("kösystemet", day, str(entry)) for entry in entries], [entry % _PERSONS + 1 for entry in entries]),
        *(texts["county"], texts["municipality"], texts["provider"], texts["code"], _days(one.day - one.days)),
        *(deviations, texts["priority"], _days(np.where(planned == NO_DAY, NO_DAY, one.day + planned))),
        strict=True,
    )
    for key, person, county, place, provider, code, decided, deviation, priority, planned_on in columns:
        content = (
            person,
            county,
            place,
            provider,
            "",
            code,
            None,
            decided,
            deviation,
            priority,
            planned_on,
            None,
            code,
        )
        yield (*key, *content)


def _days(numbers: NDArray[Any]) -> list[str | None]:
    return [None if number == NO_DAY else _text(number) for number in numbers.tolist()]


_TEXTS: dict[int, str] = {}


def _text(number: int) -> str:
    if number not in _TEXTS:
        _TEXTS[number] = str(np.datetime64(number, "D"))
    return _TEXTS[number]

"""Which identities stand for a person: what one person's care is read by, and what everyone's is, agree."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.store import identities
from support import reviewing

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    "same",
    [
        {},
        {1: 2},
        {1: 2, 2: 3, 4: 3},
        {1: 2, 2: 1},
        {3: 4, 4: 5, 5: 3, 1: 3, 2: 1},
    ],
)
def test_one_persons_numbers_are_those_that_everyones_numbers_tell(tmp_path: Path, same: dict[int, int]) -> None:
    with reviewing.make(tmp_path) as workspace:
        store = workspace.store
        with store.transaction():
            identities.identities_of(store, ["RESERV01", "RESERV02", "RESERV03"])
            store.write_many("INSERT INTO aliases (identity, same_as, batch) VALUES (?, ?, 1)", same.items())
        everyone = identities.same_person(store)
        persons = {one: everyone.get(one, one) for one in range(1, 6)}
        for person in set(persons.values()):
            theirs = [one for one, current in persons.items() if current == person]
            assert identities.numbers_of_person(store, person) == theirs

"""Packs of waiting lists: which are stale, told from the imports that rows carry."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.store import records, waiting_packs
from kvalitetsapp.store.batches import NewBatch, begin
from kvalitetsapp.store.connection import Store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PLACES = [("a", "2024-01-31"), ("a", "2024-02-29"), ("b", "2024-01-31"), ("c", "2023-12-31")]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store.create(tmp_path / "prov.kvdb", "lösenfras") as made:
        for places in (PLACES[:2], PLACES[2:]):
            add(made, places)
        yield made


def add(store: Store, places: list[tuple[str, str]], entry: str = "1") -> int:
    rest = (None, "05", "0580", None, None, "NFB49", None, "2023-12-01", "none", None, None, None, "NFB49")
    with store.transaction():
        batch = begin(store, NewBatch("waiting", "rader.csv", "", "", ""))
        records.add(store, records.WAITING_ENTRIES, batch, ((*place, entry, *rest) for place in places))
    return batch


def make(store: Store) -> None:
    with store.transaction():
        waiting_packs.make(store, waiting_packs.stale(store))


def test_every_list_is_found_by_source_and_day_and_packed_once(store: Store) -> None:
    assert waiting_packs.stale(store) == PLACES
    make(store)
    assert waiting_packs.stale(store) == []
    assert waiting_packs.marks(store, ()) == {
        **dict.fromkeys(PLACES[:2], "1:1"),
        **dict.fromkeys(PLACES[2:], "1:2"),
    }


def test_rows_of_another_import_make_their_list_stale_and_no_other(store: Store) -> None:
    make(store)
    add(store, [PLACES[1], ("b", "2024-02-29")], "2")
    assert waiting_packs.stale(store) == [PLACES[1], ("b", "2024-02-29")]
    make(store)
    (one,) = waiting_packs.read(store, [PLACES[1]], ())
    assert (one.entries, one.made_of) == (2, "1:1,3")


def test_a_pack_without_rows_and_one_of_an_import_that_has_none_are_stale(store: Store) -> None:
    make(store)
    with store.transaction():
        store.write("DELETE FROM waiting_entries WHERE source = 'c'")
        store.write("UPDATE waiting_packs SET made_of = '1:1,7' WHERE source = 'a' AND snapshot_on = '2024-01-31'")
        store.write("UPDATE waiting_packs SET made_of = '0:2' WHERE source = 'b'")
    assert waiting_packs.stale(store) == [PLACES[0], *PLACES[2:]]
    make(store)
    assert waiting_packs.stale(store) == []
    assert store.value("SELECT count(*) FROM waiting_packs") == 3


def test_a_list_read_from_its_rows_is_the_one_that_is_packed(store: Store) -> None:
    make(store)
    assert list(waiting_packs.read(store, PLACES, ())) == list(waiting_packs.read(store, PLACES, PLACES))

"""The file of keys: damage is noticed and the copy serves, what was altered opens nothing, writing is whole or not."""

from __future__ import annotations

import contextlib
import os
from dataclasses import replace
from functools import cache
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kvalitetsapp.errors import RefusedError, StoreError
from kvalitetsapp.store import key_file, key_form, keys, whole_file
from kvalitetsapp.store.key_file import Lack
from kvalitetsapp.store.key_form import DamagedError, KeyFile
from kvalitetsapp.store.keys import AlteredError, Cost, Owner, Slot, SlotKind, StoreKey, WrongKeyError

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.usefixtures("derived_every_time")

KEY = StoreKey.new()
OTHER = StoreKey.new()
PASSPHRASE = "fem ord i en följd"
STORE_ID = key_form.new_store_id()


@cache
def slot_of(name: str) -> Slot:
    return keys.new_slot(STORE_ID, Owner(name), PASSPHRASE, (KEY,))


@cache
def told() -> KeyFile:
    recovery = keys.new_slot(STORE_ID, key_form.RECOVERY, "papper", (KEY,))
    return KeyFile(STORE_ID, (slot_of("Anna"), slot_of("Bo"), recovery))


@cache
def content() -> bytes:
    return key_form.as_bytes(told())


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = tmp_path / "prov.kvdb"
    path.write_bytes(KEY.mark + b"encrypted")
    key_file.write(path, told())
    return path


# what stands in it


def test_what_is_written_is_read() -> None:
    assert key_form.from_bytes(content()) == told()


@given(length=st.integers(0, 10_000))
def test_a_file_cut_short_anywhere_is_noticed(length: int) -> None:
    with pytest.raises(DamagedError):
        key_form.from_bytes(content()[: length % len(content())])


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_any_flipped_bit_is_noticed(place: int, bit: int) -> None:
    damaged = bytearray(content())
    damaged[place % len(damaged)] ^= 1 << bit
    with pytest.raises(DamagedError):
        key_form.from_bytes(bytes(damaged))


@given(st.binary(max_size=300))
def test_bytes_of_something_else_are_noticed(other: bytes) -> None:
    with pytest.raises(DamagedError):
        key_form.from_bytes(other)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(
    field=st.sampled_from(["form", "store", "count", "slots"]),
    of_slot=st.sampled_from(["name", "kind", "place", "salt", "memory_kib", "public_key", "wrapped", "sealed", None]),
    value=JSON,
)
def test_whatever_a_stranger_writes_in_a_field_is_read_or_refused_and_never_a_fault(
    field: str, of_slot: str | None, value: object
) -> None:
    import hashlib
    import json

    whole = json.loads(content().partition(b"\n")[2])
    if of_slot is None:
        whole[field] = value
    else:
        whole["slots"][0][of_slot] = value
    body = json.dumps(whole).encode()
    forged = b"kvalitetsapp-keys " + hashlib.sha256(body).hexdigest().encode() + b"\n" + body + b"\n"
    with contextlib.suppress(DamagedError):
        assert isinstance(key_form.from_bytes(forged), KeyFile)


@pytest.mark.parametrize(
    "cost", [Cost(memory_kib=2**30), Cost(iterations=10_000), Cost(lanes=1000), Cost(memory_kib=8), Cost(iterations=0)]
)
def test_a_derivation_that_would_cost_too_much_or_nothing_is_refused(cost: Cost) -> None:
    forged = replace(told(), slots=(replace(slot_of("Anna"), cost=cost),))
    with pytest.raises(DamagedError):
        key_form.from_bytes(key_form.as_bytes(forged))


# two files


@pytest.mark.parametrize("damage", ["cut", "empty", "gone", "flipped", "other", "folder"])
def test_a_damaged_file_is_told_of_and_its_copy_serves(store: Path, damage: str) -> None:
    path = key_file.path_of(store)
    whole = path.read_bytes()
    flipped = whole[:-9] + b"x" + whole[-8:]
    told_instead = {"cut": whole[:200], "empty": b"", "flipped": flipped, "other": b"PK\x03\x04" * 50}
    path.unlink()
    if damage == "folder":
        path.mkdir()
    elif damage != "gone":
        path.write_bytes(told_instead[damage])
    found = key_file.read(store)
    assert found.keys.slots == told().slots
    assert found.lacking == ((path, Lack.MISSING if damage == "gone" else Lack.DAMAGED),)
    assert str(path) in key_file.in_words(*found.lacking[0])


def test_a_file_of_another_store_is_told_of_and_the_copy_serves(store: Path) -> None:
    foreign = KeyFile(key_form.new_store_id(), (keys.new_slot("x", Owner("Anna"), "fras fras", (OTHER,)),))
    key_file.path_of(store).write_bytes(key_form.as_bytes(foreign))
    found = key_file.read(store)
    assert found.keys.store_id == STORE_ID
    assert found.lacking == ((key_file.path_of(store), Lack.FOREIGN),)


def test_a_copy_that_is_older_is_told_of_and_the_file_counts(store: Path) -> None:
    earlier = key_file.copy_of(store).read_bytes()
    written = key_file.write(store, key_file.read(store).keys)
    key_file.copy_of(store).write_bytes(earlier)
    found = key_file.read(store)
    assert found.keys == written
    assert found.lacking == ((key_file.copy_of(store), Lack.OLDER),)


def test_two_damaged_files_are_said_so(store: Path) -> None:
    for path in (key_file.path_of(store), key_file.copy_of(store)):
        path.write_bytes(b"")
    with pytest.raises(StoreError, match="skadad, och dess kopia också"):
        key_file.read(store)
    assert key_file.peek(store) is None


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write everywhere")
def test_keys_that_cannot_be_written_leave_those_that_lay_there(store: Path) -> None:
    store.parent.chmod(0o500)
    try:
        with pytest.raises(RefusedError, match="kunde inte skrivas"):
            key_file.write(store, told())
    finally:
        store.parent.chmod(0o700)
    assert key_file.read(store).lacking == ()


def test_the_file_is_for_its_owner_alone_and_nothing_else_is_left(store: Path) -> None:
    if os.name == "posix":
        assert key_file.path_of(store).stat().st_mode & 0o077 == 0
    assert {path.name for path in store.parent.iterdir()} == {"prov.kvdb", "prov.kvdb.keys", "prov.kvdb.keys.copy"}
    assert b"encrypted" not in key_file.path_of(store).read_bytes()
    assert KEY.data_key.hex().encode() not in key_file.path_of(store).read_bytes()


def test_a_large_file_is_copied_whole(tmp_path: Path) -> None:
    source = tmp_path / "a"
    source.write_bytes(os.urandom(3_000_000))
    whole_file.copy(source, tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == source.read_bytes()


# slots


def test_a_slot_opens_with_its_passphrase_only() -> None:
    slot = slot_of("Anna")
    private = keys.private_key(slot, STORE_ID, "fem ord i en fo\u0308ljd")  # composed otherwise, the same letters
    assert keys.data_key(slot, STORE_ID, private, KEY.mark) == KEY
    with pytest.raises(WrongKeyError):
        keys.private_key(slot, STORE_ID, "fem ord i en foljd")
    with pytest.raises(WrongKeyError):
        keys.data_key(slot, STORE_ID, private, OTHER.mark)


def test_a_slot_that_was_moved_opens_nothing() -> None:
    slot = slot_of("Anna")
    for moved, store_id in (
        (replace(slot, owner=Owner("Bo")), STORE_ID),
        (replace(slot, owner=Owner("Anna", SlotKind.RECOVERY)), STORE_ID),
        (replace(slot, owner=Owner("Anna", place="dator")), STORE_ID),
        (replace(slot, cost=Cost(iterations=4)), STORE_ID),
        (slot, key_form.new_store_id()),
    ):
        with pytest.raises(WrongKeyError):
            keys.private_key(moved, store_id, PASSPHRASE)


def test_a_slot_with_anothers_public_key_is_known_to_be_altered() -> None:
    with pytest.raises(AlteredError):
        keys.private_key(replace(slot_of("Anna"), public_key=slot_of("Bo").public_key), STORE_ID, PASSPHRASE)


def test_a_sealed_key_that_was_moved_to_another_mark_opens_nothing() -> None:
    slot = slot_of("Anna")
    private = keys.private_key(slot, STORE_ID, PASSPHRASE)
    moved = replace(slot, sealed={OTHER.mark: slot.sealed[KEY.mark]})
    with pytest.raises(WrongKeyError):
        keys.data_key(moved, STORE_ID, private, OTHER.mark)


def test_no_key_stands_in_what_is_printed_of_it() -> None:
    assert KEY.data_key.hex() not in repr(KEY)
    assert repr(KEY.data_key) not in repr(KEY)

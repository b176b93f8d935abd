"""The trace of who did what: append-only, each entry sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.store.connection import Store

_BEGINNING: Final = "0" * 64
_FORM: Final = 2
_COLUMNS: Final = "happened_at, who, action, object, detail, unit, role, patients"
_CHAIN: Final = f"SELECT entry, previous, hash, form, {_COLUMNS} FROM audit WHERE entry >= ? ORDER BY entry LIMIT ?"
_AT_A_TIME: Final = 20_000
_OF_FORM_1: Final = 5  # how many of them the seal of an entry before version 9 is of


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that someone did; `patients` are the personal numbers that it concerned, `unit` and `role` whose."""

    entry: int
    happened_at: str
    who: str
    action: str
    object: str
    detail: str
    unit: str = ""
    role: str = ""
    patients: tuple[str, ...] = ()


def append(
    store: Store, who: str, action: str, *, target: str = "", detail: str = "", patients: Iterable[str] = ()
) -> None:
    """Write an entry; part of the transaction of what it tells about."""
    previous = store.value("SELECT hash FROM audit ORDER BY entry DESC LIMIT 1") or _BEGINNING
    happened_at = datetime.now(UTC).isoformat(timespec="seconds")
    told = " ".join(sorted(set(patients)))
    content = (happened_at, who, action, target, detail, store.at_work.unit, store.at_work.role, told)
    store.write(
        f"INSERT INTO audit ({_COLUMNS}, form, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (*content, _FORM, previous, _seal(previous, str(_FORM), *content)),
    )


def note(
    store: Store, who: str, action: str, *, target: str = "", detail: str = "", patients: Iterable[str] = ()
) -> None:
    """Write an entry about what changes nothing, such as a reading; also where the store is only read.

    Raises:
        RefusedError: it cannot be written, so that what it tells about must not be done.
    """
    with store.tracing() as traced:
        append(traced, who, action, target=target, detail=detail, patients=patients)


def entries(store: Store, limit: int = 500) -> list[AuditEntry]:
    """Return the latest entries, newest first."""
    rows = store.rows(f"SELECT entry, {_COLUMNS} FROM audit ORDER BY entry DESC LIMIT ?", (limit,))
    return [entry_of(row) for row in rows]


def seal_of(store: Store, entry: int) -> str:
    """Return the seal of an entry."""
    return str(store.value("SELECT hash FROM audit WHERE entry = ?", (entry,)))


def latest(store: Store, action: str) -> AuditEntry | None:
    """Return the latest entry of an action, None where it was never done."""
    rows = store.rows(f"SELECT entry, {_COLUMNS} FROM audit WHERE action = ? ORDER BY entry DESC LIMIT 1", (action,))
    return entry_of(rows[0]) if rows else None


def after(store: Store, entry: int, limit: int = 500) -> list[AuditEntry]:
    """Return the entries after one of them, the earliest first."""
    rows = store.rows(f"SELECT entry, {_COLUMNS} FROM audit WHERE entry > ? ORDER BY entry LIMIT ?", (entry, limit))
    return [entry_of(row) for row in rows]


def entry_of(row: tuple[object, ...]) -> AuditEntry:
    """Return the entry of a row of its number and columns."""
    number, happened_at, who, action, target, detail, unit, role, patients = map(str, row)
    about = tuple(patients.split())
    return AuditEntry(int(number), happened_at, who, action, target, detail, unit, role, about)


def first_broken(store: Store) -> int | None:
    """Return the number of the first entry that was edited, removed or moved, None where the chain holds."""
    previous, expected = _BEGINNING, 1
    while rows := store.rows(_CHAIN, (expected, _AT_A_TIME)):
        for entry, stored_previous, stored_hash, form, *content in rows:
            if entry != expected or stored_previous != previous or stored_hash != _sealed(previous, form, content):
                return expected
            previous, expected = stored_hash, expected + 1
    return None


def _sealed(previous: str, form: int, content: list[str]) -> str:
    """Return the seal that an entry should have; what its form does not know of must be empty."""
    if form == _FORM:
        return _seal(previous, str(form), *content)
    return "" if any(content[_OF_FORM_1:]) else _seal(previous, *content[:_OF_FORM_1])


def _seal(previous: str, *content: str) -> str:
    text = "\x1f".join((previous, *content))
    return hashlib.sha256(text.encode()).hexdigest()

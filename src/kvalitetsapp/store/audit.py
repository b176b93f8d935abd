"""The trace of who did what: append-only, each entry sealed with the hash of the one before."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_BEGINNING: Final = "0" * 64


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One thing that someone did."""

    entry: int
    happened_at: str
    who: str
    action: str
    object: str
    detail: str


def append(store: Store, who: str, action: str, *, target: str = "", detail: str = "") -> None:
    """Write an entry; part of the transaction of what it tells about."""
    previous = store.value("SELECT hash FROM audit ORDER BY entry DESC LIMIT 1") or _BEGINNING
    happened_at = datetime.now(UTC).isoformat(timespec="seconds")
    seal = _seal(previous, happened_at, who, action, target, detail)
    store.write(
        "INSERT INTO audit (happened_at, who, action, object, detail, previous, hash) VALUES (?, ?, ?, ?, ?, ?, ?)",
        (happened_at, who, action, target, detail, previous, seal),
    )


def entries(store: Store, limit: int = 500) -> list[AuditEntry]:
    """Return the latest entries, newest first."""
    rows = store.rows(
        "SELECT entry, happened_at, who, action, object, detail FROM audit ORDER BY entry DESC LIMIT ?", (limit,)
    )
    return [AuditEntry(*row) for row in rows]


def first_broken(store: Store) -> int | None:
    """Return the number of the first entry that was edited, removed or moved, None where the chain holds."""
    previous = _BEGINNING
    rows = store.rows(
        "SELECT entry, previous, hash, happened_at, who, action, object, detail FROM audit ORDER BY entry"
    )
    for expected, (entry, stored_previous, stored_hash, *content) in enumerate(rows, start=1):
        if entry != expected or stored_previous != previous or stored_hash != _seal(previous, *content):
            return expected
        previous = stored_hash
    return None


def _seal(previous: str, *content: str) -> str:
    text = "\x1f".join((previous, *content))
    return hashlib.sha256(text.encode()).hexdigest()

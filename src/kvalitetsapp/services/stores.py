"""What the store holds and whether it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.services import key_changes
from kvalitetsapp.store import audit, dialect, episodes, meta, migrations
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class StoreInfo:
    """Facts about an open store."""

    path: Path
    size_bytes: int
    version: int
    cipher: str
    sample: bool
    read_only: bool
    links_current: bool
    data_cut: str | None
    counts: dict[str, int]


def store_info(workspace: Workspace) -> StoreInfo:
    """Return what the store holds."""
    store = workspace.store
    return StoreInfo(
        path=store.path,
        size_bytes=store.path.stat().st_size,
        version=migrations.version(store.conn),
        cipher=dialect.cipher_version(store.conn),
        sample=workspace.is_sample,
        read_only=store.read_only,
        links_current=meta.links_are_current(store),
        data_cut=episodes.latest_discharge(store),
        counts=meta.counts(store),
    )


def check_store(workspace: Workspace) -> list[str]:
    """Return what is wrong with the store in Swedish, an empty list where all is well."""
    faults = [_("Skadad data: {fault}").format(fault=fault) for fault in dialect.faults(workspace.store.conn)]
    broken = audit.first_broken(workspace.store)
    if broken is not None:
        faults.append(_("Loggen är bruten vid post {entry}: den har ändrats i efterhand.").format(entry=broken))
    return faults + key_changes.faults(workspace.store)

"""What the store holds and whether it is sound."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.rights import Right
from kvalitetsapp.services import key_changes
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, dialect, episodes, meta, migrations, trace_checks
from kvalitetsapp.store.trace_checks import Kept
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store


_UNTOLD: Final = {
    Kept.FINAL_REPORT: N_("Loggen saknar posten om att rapport {number} fastställdes."),
    Kept.DOCUMENT: N_("Loggen saknar posten om att underlag {number} ställdes ut."),
    Kept.LOG_CHECK: N_("Loggen saknar posten om att loggkontroll nr {number} signerades."),
}


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


@needs(Right.CHECK_STORE)
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


@needs(Right.CHECK_STORE)
def check_store(workspace: Workspace) -> list[str]:
    """Return what is wrong with the store in Swedish, an empty list where all is well."""
    faults = [_("Skadad data: {fault}").format(fault=fault) for fault in dialect.faults(workspace.store.conn)]
    broken = audit.first_broken(workspace.store)
    if broken is not None:
        faults.append(_("Loggen är bruten vid post {entry}: den har ändrats i efterhand.").format(entry=broken))
    return faults + _faults_of_trace(workspace.store) + key_changes.faults(workspace.store)


def _faults_of_trace(store: Store) -> list[str]:
    """Return what the log lacks that other parts of the store tell of."""
    altered = _("Loggkontroll nr {number} har ändrats efter signeringen.")
    other = _("Loggen är inte den som loggkontroll nr {number} signerades på: poster saknas eller är omskrivna.")
    faults = [altered.format(number=one) for one in trace_checks.checks_altered(store)]
    faults += [other.format(number=one) for one in trace_checks.checks_of_another_log(store)]
    faults += [_(_UNTOLD[one.kind]).format(number=one.number) for one in trace_checks.untold(store)]
    if trace_checks.is_cut_short(store):
        faults.append(_("Slutet av loggen saknas: något är sparat efter den sista posten."))
    return faults

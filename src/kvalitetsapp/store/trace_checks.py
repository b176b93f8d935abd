"""Whether the log still tells of what it must tell of: what is found even where its chain was sealed anew.

The chain shows that an entry was changed, taken out, put in or moved. That its end was cut off, or that all of it was
written again, shows in what refers to it: checks of the log keep its head, and every final report, issued document,
check and decision about keeping has its entry. Whoever alters these too, with the key, leaves nothing to see.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.store import log_checks

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store


class Kept(StrEnum):
    """What every piece of must have its entry in the log."""

    FINAL_REPORT = "final_report"
    DOCUMENT = "document"
    LOG_CHECK = "log_check"


@dataclass(frozen=True, slots=True)
class Untold:
    """Something that the log does not tell of."""

    kind: Kept
    number: str


# Each: what is kept, by what its entry names it, and the actions of such entries.
_TOLD: Final = {
    Kept.FINAL_REPORT: ("SELECT number FROM final_reports", ("report_signed",)),
    Kept.DOCUMENT: ("SELECT number FROM bases", ("basis_issued", "credit_note_issued")),
    Kept.LOG_CHECK: ("SELECT CAST(log_check AS TEXT) FROM log_checks", ("log_checked",)),
}
# Moments of what is always written together with an entry.
_MOMENTS: Final = (
    *("SELECT imported_at AS moment FROM import_batches", "SELECT undone_at FROM import_batches"),
    *("SELECT signed_at FROM final_reports", "SELECT issued_at FROM bases", "SELECT recorded_at FROM disclosures"),
    *("SELECT made_at FROM log_checks", "SELECT decided_at FROM retention_decisions"),
    "SELECT answered_at FROM review_answers",
)


def untold(store: Store) -> tuple[Untold, ...]:
    """Return what is kept without an entry that tells how it came."""
    found = []
    for kind, (kept, actions) in _TOLD.items():
        marks = ", ".join("?" * len(actions))
        rows = store.rows(f"{kept} EXCEPT SELECT object FROM audit WHERE action IN ({marks}) ORDER BY 1", actions)
        found += [Untold(kind, str(number)) for (number,) in rows]
    return tuple(found)


def checks_altered(store: Store) -> tuple[int, ...]:
    """Return the signed checks that are not what was signed, or not what the log says was signed."""
    sealed = {
        str(number): str(detail).rpartition(" ")[2]
        for number, detail in store.rows("SELECT object, detail FROM audit WHERE action = 'log_checked'")
    }
    return tuple(
        one.log_check
        for one in log_checks.all_checks(store)
        if one.sealed() != one.seal or sealed.get(str(one.log_check), one.seal) != one.seal
    )


def checks_of_another_log(store: Store) -> tuple[int, ...]:
    """Return the signed checks whose last entry is gone from the log, or has another seal than when it was signed."""
    seals = log_checks.seals_of_entries(store)
    return tuple(
        one.log_check for one in log_checks.all_checks(store) if seals.get(one.plan.last_entry) != one.last_hash
    )


def is_cut_short(store: Store) -> bool:
    """Tell whether something was written after the last moment that the log knows of."""
    told = store.value("SELECT max(CAST(strftime('%s', happened_at) AS INTEGER)) FROM audit") or 0
    written = store.value(f"SELECT max(CAST(strftime('%s', moment) AS INTEGER)) FROM ({' UNION ALL '.join(_MOMENTS)})")
    return int(written or 0) > int(told)

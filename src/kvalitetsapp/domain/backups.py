"""What a backup of a store tells about itself, how it is named, and how a list of backups is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

SUFFIX: Final = ".kvdb"
OLD: Final = timedelta(days=2)
_CHECK_HOLDS: Final = timedelta(days=30)
_STAMP: Final = "%Y-%m-%dT%H%M%SZ"


class Reason(StrEnum):
    """Why a backup was made."""

    BY_HAND = "by_hand"
    IMPORT = "import"
    MIGRATION = "migration"
    RESTORE = "restore"
    REKEY = "rekey"
    CLOSE = "close"
    TIMED = "timed"


class State(StrEnum):
    """How much is known of a backup: that it is whole, that it is not, or that nobody has looked for long."""

    GOOD = "good"
    DAMAGED = "damaged"
    UNCHECKED = "unchecked"


REASON_WORDS: Final[dict[str, str]] = {
    Reason.BY_HAND: N_("för hand"),
    Reason.IMPORT: N_("före import"),
    Reason.MIGRATION: N_("före uppgradering"),
    Reason.RESTORE: N_("före återställning"),
    Reason.REKEY: N_("före byte av nyckel"),
    Reason.CLOSE: N_("vid stängning"),
    Reason.TIMED: N_("efter en stunds arbete"),
}
STATE_WORDS: Final[dict[str, str]] = {
    State.GOOD: N_("hel"),
    State.DAMAGED: N_("skadad"),
    State.UNCHECKED: N_("ej kontrollerad"),
}


@dataclass(frozen=True, slots=True)
class BackupNote:
    """What stands beside a backup in plain text: nothing in it concerns a patient.

    `mark` stays the same while nothing is changed in the store, `sha256` and `keys_sha256` are of the files as they
    were written, and `fault` is what the latest check found, "" where that was nothing.
    """

    store_id: str
    made_at: datetime
    reason: Reason
    program: str
    schema: int
    size: int
    sha256: str
    keys_sha256: str
    totals: str
    entry: int
    head: str
    mark: str
    checked_at: datetime
    fault: str = ""


@dataclass(frozen=True, slots=True)
class Backup:
    """A backup as it lies in its folder; `fault` says why it cannot be relied on."""

    name: str
    note: BackupNote
    fault: str = ""

    def state(self, now: datetime) -> State:
        """Return whether it is whole, as far as that is known."""
        if self.fault:
            return State.DAMAGED
        return State.GOOD if abs(now - self.note.checked_at) < _CHECK_HOLDS else State.UNCHECKED


def name_for(moment: datetime, reason: Reason, is_taken: Callable[[str], bool]) -> str:
    """Return the name of a new backup: the moment by UTC, so that names sort by time, and the reason.

    `is_taken` tells whether any name begins so: those of one second are numbered.
    """
    stamp = moment.astimezone(UTC).strftime(_STAMP)
    place = 1
    while is_taken(f"{stamp}-{place:02}-"):
        place += 1
    return f"{stamp}-{place:02}-{reason.value}{SUFFIX}"


def newest_good(found: Iterable[Backup], now: datetime) -> Backup | None:
    """Return the latest backup that is not known to be damaged; one dated after `now` only where there is no other."""
    good = [one for one in found if not one.fault]
    return max(good, key=lambda one: (one.note.made_at <= now, one.note.made_at, one.name), default=None)


def is_old(newest: BackupNote | None, now: datetime, *, changed: bool) -> bool:
    """Tell whether to warn: something was changed, and the latest good backup is too old or missing."""
    return changed and (newest is None or now - newest.made_at > OLD)


def age_in_words(made_at: datetime, now: datetime) -> str:
    """Return how old a backup is, as people say it."""
    minutes = int((now - made_at).total_seconds()) // 60
    if minutes < 0:
        return _("daterad i framtiden")
    if minutes < 1:
        return _("nyss")
    for size, told in ((24 * 60, _days), (60, _hours), (1, _minutes)):
        if minutes >= size:
            return told(minutes // size)
    raise AssertionError


def _days(n: int) -> str:
    return ngettext("{n} dygn sedan", "{n} dygn sedan", n).format(n=number(n))


def _hours(n: int) -> str:
    return ngettext("{n} timme sedan", "{n} timmar sedan", n).format(n=number(n))


def _minutes(n: int) -> str:
    return ngettext("{n} minut sedan", "{n} minuter sedan", n).format(n=number(n))


BACKUPS: Final[tuple[Column, ...]] = (
    Column("made_at", Kind.TEXT, N_("Gjord")),
    Column("age", Kind.TEXT, N_("Ålder")),
    Column("backup_reason", Kind.CODE, N_("Varför"), "backup_reason"),
    Column("backup_state", Kind.CODE, N_("Skick"), "backup_state"),
    Column("size_bytes", Kind.INTEGER, N_("Byte")),
    Column("checked_at", Kind.TEXT, N_("Kontrollerad")),
    Column("fault", Kind.TEXT, N_("Brist")),
    Column("backup", Kind.TEXT, N_("Fil")),
)


def backups_table(found: Iterable[Backup], now: datetime) -> Table:
    """Return backups as rows of `BACKUPS`, with moments by the clock on the wall."""
    return Table(
        BACKUPS,
        [
            (
                *(on_the_wall(one.note.made_at), age_in_words(one.note.made_at, now), one.note.reason.value),
                *(one.state(now).value, one.note.size, on_the_wall(one.note.checked_at), one.fault, one.name),
            )
            for one in found
        ],
    )


def on_the_wall(moment: datetime) -> str:
    """Return a moment as people read it where they sit: `2024-03-31 08:30`."""
    return moment.astimezone().strftime("%Y-%m-%d %H:%M")

"""A check of the log: which entries were drawn, what was found of each, and who signs for it."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.access_log import LOG, LogEntry, log_table, on_the_wall
from kvalitetsapp.domain.audit_words import LogFinding, LogOutcome, SampleChoice
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, number

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

FIRST_HOUR, LAST_HOUR = 7, 19
"""Entries from the last hour on, before the first, and on Saturdays and Sundays are out of office hours."""

MOST_DRAWN: Final = 500
DAYS_BETWEEN: Final = 90
CHECKS: Final[tuple[Column, ...]] = (
    Column("log_check", Kind.INTEGER, N_("Kontroll")),
    Column("made_at", Kind.TEXT, N_("Signerad")),
    Column("who", Kind.TEXT, N_("Av")),
    Column("signed_as", Kind.TEXT, N_("Som")),
    Column("first_day", Kind.DATE, N_("Från")),
    Column("last_day", Kind.DATE, N_("Till")),
    Column("chosen", Kind.TEXT, N_("Urval")),
    Column("population", Kind.INTEGER, N_("Poster att välja bland")),
    Column("drawn", Kind.INTEGER, N_("Kontrollerade")),
    Column("unclear", Kind.INTEGER, N_("Oklara")),
    Column("unjustified", Kind.INTEGER, N_("Obefogade")),
    Column("own", Kind.INTEGER, N_("Egna poster")),
    Column("outcome", Kind.CODE, N_("Utfall"), "log_outcome"),
    Column("note", Kind.TEXT, N_("Anteckning")),
)
SAMPLE: Final[tuple[Column, ...]] = (
    *LOG,
    Column("own", Kind.FLAG, N_("Egen post")),
    Column("finding", Kind.CODE, N_("Bedömning"), "log_finding"),
    Column("note", Kind.TEXT, N_("Anteckning")),
)


@dataclass(frozen=True, slots=True)
class SamplePlan:
    """How a sample is drawn: the same plan of the same log gives the same entries.

    `last_entry` is the newest entry that counts; `each_user` draws `size` of every user's entries. `patients` are
    those that `SampleChoice.PATIENTS` chooses.
    """

    first: date
    last: date
    size: int
    seed: int
    last_entry: int
    choice: SampleChoice = SampleChoice.ANY
    user: str = ""
    each_user: bool = False
    patients: tuple[str, ...] = ()

    def as_text(self) -> str:
        """Return what is not kept in columns of its own, as it is stored."""
        told = {"choice": self.choice.value, "size": self.size, "user": self.user}
        return json.dumps({**told, "each_user": self.each_user, "patients": self.patients}, ensure_ascii=False)

    def in_words(self) -> str:
        """Return what is drawn from, as people read it."""
        parts = [word("sample_choice", self.choice)]
        if self.user:
            parts.append(_("av {user}").format(user=self.user))
        if self.each_user:
            parts.append(_("lika många av var och en"))
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Sample:
    """Entries that were drawn by a plan, in the order of the log, of how many."""

    plan: SamplePlan
    population: int
    entries: tuple[LogEntry, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found of an entry; anything but justified needs a note."""

    entry: int
    finding: LogFinding
    note: str = ""


@dataclass(frozen=True, slots=True)
class LogCheck:
    """A signed check; `last_hash` is the seal of the log's last entry, `seal` that of all this."""

    log_check: int
    made_at: str
    who: str
    plan: SamplePlan
    population: int
    last_hash: str
    outcome: LogOutcome
    note: str
    signed_as: str
    seal: str
    judged: tuple[Judged, ...]
    own: int = 0
    """How many of the entries the controller made."""

    def sealed(self) -> str:
        """Return the seal that the content should have."""
        plan = asdict(self.plan) | {"first": self.plan.first.isoformat(), "last": self.plan.last.isoformat()}
        content = [
            *(self.made_at, self.who, plan, self.population, self.last_hash, self.outcome.value, self.note),
            self.signed_as,
            [[one.entry, one.finding.value, one.note] for one in self.judged],
        ]
        return hashlib.sha256(json.dumps(content, ensure_ascii=False, sort_keys=True).encode()).hexdigest()

    def count(self, finding: LogFinding) -> int:
        """Return how many entries were found to be something."""
        return sum(one.finding is finding for one in self.judged)


@dataclass(frozen=True, slots=True)
class Due:
    """When the log is to be checked next; `days` is how often, `late` by how many days it is overdue (0: not)."""

    on: date
    days: int
    late: int


def is_off_hours(moment: str) -> bool:
    """Tell whether something happened in the evening, at night, or on a Saturday or Sunday."""
    at = on_the_wall(moment)
    return at.weekday() >= 5 or not FIRST_HOUR <= at.hour < LAST_HOUR


def lot(seed: int, entry: int) -> bytes:
    """Return the lot of an entry: those with the smallest are drawn, whatever Python's own generator does."""
    return hashlib.sha256(f"{seed}:{entry}".encode()).digest()


def due(last_made: str, days: int, started: date, today: date) -> Due:
    """Return when the log is to be checked next: so many days after the last check, or after the log began."""
    since = on_the_wall(last_made).date() if last_made else started
    on = since + timedelta(days=days)
    return Due(on, days, max((today - on).days, 0))


def due_in_words(when: Due) -> str:
    """Return when the log is to be checked next, and how late that is."""
    if when.late:
        return _("Loggen skulle ha kontrollerats senast {day}: {n} dagar sedan.").format(
            day=when.on.isoformat(), n=number(when.late)
        )
    return _("Nästa kontroll senast {day}.").format(day=when.on.isoformat())


def lacking_in(judged: Iterable[Judged], outcome: LogOutcome, note: str, signed_as: str) -> str:
    """Return what must be filled in before a check can be signed, "" where nothing is missing."""
    found = tuple(judged)
    for one in found:
        if one.finding is not LogFinding.JUSTIFIED and not one.note.strip():
            return _("Skriv varför post {entry} inte är befogad.").format(entry=one.entry)
    if outcome is LogOutcome.NOTHING_FOUND and any(one.finding is not LogFinding.JUSTIFIED for one in found):
        return _("Någon post är inte befogad: välj ett annat utfall än ”{outcome}”.").format(
            outcome=word("log_outcome", outcome)
        )
    if outcome is not LogOutcome.NOTHING_FOUND and not note.strip():
        return _("Skriv vad kontrollen kom fram till och vad som görs.")
    return "" if signed_as.strip() else _("Skriv i vilken roll du signerar.")


def checks_table(found: Iterable[LogCheck]) -> Table:
    """Return checks as rows of `CHECKS`."""
    return Table(
        CHECKS,
        [
            (
                *(one.log_check, on_the_wall(one.made_at).strftime("%Y-%m-%d %H:%M"), one.who, one.signed_as),
                *(one.plan.first.isoformat(), one.plan.last.isoformat(), one.plan.in_words(), one.population),
                *(len(one.judged), one.count(LogFinding.UNCLEAR), one.count(LogFinding.UNJUSTIFIED), one.own),
                *(one.outcome.value, one.note),
            )
            for one in found
        ],
    )


def sample_table(
    sample: Sample, names: Mapping[str, str], controller: str, judged: Mapping[int, Judged] | None = None
) -> Table:
    """Return the entries of a sample as rows of `SAMPLE`, those of the controller's own pointed out."""
    found = judged or {}
    rows = []
    for entry, row in zip(sample.entries, log_table(sample.entries, names).rows, strict=True):
        one = found.get(entry.entry)
        rows.append(
            (*row, int(entry.who == controller), "" if one is None else one.finding.value, one.note if one else "")
        )
    return Table(SAMPLE, rows)

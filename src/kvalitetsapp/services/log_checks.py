"""Checking the log: drawing a sample that can be drawn again, judging it, and signing what was found."""

from __future__ import annotations

import heapq
import secrets
from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import kvalitetsapp
from kvalitetsapp.domain import access_log as log
from kvalitetsapp.domain import log_check as domain
from kvalitetsapp.domain import reasons
from kvalitetsapp.domain.audit_words import ActionKind, LogFinding, SampleChoice, actions_of
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.log_check import MOST_DRAWN, Due, Judged, LogCheck, Sample, SamplePlan
from kvalitetsapp.domain.log_report import LogCheckReport
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access_log, kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import access_log as entries
from kvalitetsapp.store import audit
from kvalitetsapp.store import log_checks as store
from kvalitetsapp.store.access_log import LogFilter
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable
    from datetime import date
    from pathlib import Path

    from kvalitetsapp.domain.audit_words import LogOutcome
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

SAMPLED: Final = "log_sampled"
CHECKED: Final = "log_checked"
RULE_SET: Final = "log_rule_set"
PRINTED: Final = "log_check_printed"
MOST_DAYS: Final = 366
_CHANGED: Changes = frozenset({Changed.ACCESS_LOG})
_SEEDS: Final = 2**31

_Fact = tuple[int, str, str, str, str]


@dataclass(frozen=True, slots=True)
class SampleWish:
    """What a controller wants drawn; without `seed` one is taken. Patients may be in any notation."""

    first: date
    last: date
    size: int
    choice: SampleChoice = SampleChoice.ANY
    user: str = ""
    each_user: bool = False
    patients: tuple[str, ...] = ()
    seed: int | None = None


@dataclass(frozen=True, slots=True)
class CheckOutcome:
    """What was signed, or how often checks are to be made."""

    said: str
    log_check: int = 0
    changes: Changes = _CHANGED


@needs(Right.CHECK_LOG)
def plan(workspace: Workspace, wish: SampleWish) -> SamplePlan:
    """Return the plan of a sample of the log as it is now.

    Raises:
        InputError: the period ends before it begins, nobody is to be drawn or too many, or a patient's number is none.
    """
    if wish.last < wish.first:
        raise InputError(_("Perioden slutar innan den börjar."))
    if not 1 <= wish.size <= MOST_DRAWN:
        raise InputError(_("Ett stickprov har mellan 1 och {most} poster.").format(most=number(MOST_DRAWN)))
    patients = tuple(access_log.number_of(workspace, one) for one in wish.patients)
    if wish.choice is SampleChoice.PATIENTS and not patients:
        raise InputError(_("Ange vilka patienter som ska kontrolleras."))
    last_entry, _seal = entries.head(workspace.store)
    seed = secrets.randbelow(_SEEDS) if wish.seed is None else wish.seed
    return SamplePlan(
        *(wish.first, wish.last, wish.size, seed, last_entry, wish.choice, wish.user.strip(), wish.each_user, patients)
    )


@needs(Right.CHECK_LOG)
def draw(workspace: Workspace, plan: SamplePlan, progress: Progress | None = None) -> Sample:
    """Return the entries of a plan, which stands in the log itself.

    Raises:
        InputError: there is nothing to draw from.
        RefusedError: that the entries are read cannot be noted.
        CancelledError: the user cancelled.
    """
    found = _drawn(workspace, plan, progress or Progress())
    if not found.entries:
        raise InputError(_("Det finns inga sådana poster om patienter under perioden."))
    about = {one for entry in found.entries for one in entry.patients}
    detail = f"{plan.first.isoformat()} {plan.last.isoformat()} {plan.seed}"
    audit.note(*(workspace.store, workspace.user, SAMPLED), target=plan.choice.value, detail=detail, patients=about)
    return found


@needs(Right.CHECK_LOG)
def judged(workspace: Workspace, plan: SamplePlan, path: Path | None, *, all_justified: bool) -> tuple[Judged, ...]:
    """Return what was found of a sample: as a file tells, or that every entry is justified.

    Raises:
        InputError: neither is told or both, or the file cannot be read.
    """
    from kvalitetsapp.exchange.log_findings import read_log_findings

    if all_justified == (path is not None):
        raise InputError(_("Ange antingen en fil med bedömningarna eller att alla poster är befogade."))
    if path is not None:
        return read_log_findings(path)
    drawn = _drawn(workspace, plan, Progress())
    return tuple(Judged(one.entry, LogFinding.JUSTIFIED) for one in drawn.entries)


@needs(Right.CHECK_LOG)
def sign(
    workspace: Workspace,
    plan: SamplePlan,
    findings: Iterable[Judged],
    outcome: LogOutcome,
    *,
    note: str,
    signed_as: str,
    progress: Progress | None = None,
) -> CheckOutcome:
    """Keep a check: every entry of the sample with what was found of it, sealed with the head of the log.

    Raises:
        InputError: an entry of the sample is not judged, or one that is not in it; a note or the role is missing, or
            holds a personal number; or the outcome says less than was found.
        RefusedError: the store is open to be read only.
        CancelledError: the user cancelled.
    """
    found = tuple(sorted(findings, key=lambda one: one.entry))
    if lacking := domain.lacking_in(found, outcome, note, signed_as):
        raise InputError(lacking)
    for text in (note, signed_as, *(one.note for one in found)):
        if wrong := reasons.wrong_with(text):
            raise InputError(wrong)
    sample = _drawn(workspace, plan, progress or Progress())
    if tuple(one.entry for one in found) != tuple(one.entry for one in sample.entries):
        raise InputError(_("Varje post i stickprovet ska bedömas, och inga andra."))
    with workspace.store.transaction():
        last_hash = audit.seal_of(workspace.store, plan.last_entry)
        check = LogCheck(
            *(0, this_moment(), workspace.user, plan, sample.population, last_hash, outcome, note.strip()),
            *(signed_as.strip(), "", tuple(replace(one, note=one.note.strip()) for one in found)),
        )
        made = store.add(workspace.store, replace(check, seal=check.sealed()))
        audit.append(
            workspace.store, workspace.user, CHECKED, target=str(made), detail=f"{outcome.value} {check.sealed()}"
        )
    return CheckOutcome(_("Kontroll nr {number} är signerad.").format(number=made), made)


@needs(Right.CHECK_LOG)
def checks(workspace: Workspace) -> tuple[LogCheck, ...]:
    """Return every check, the latest first."""
    return store.all_checks(workspace.store)


@needs(Right.CHECK_LOG)
def listed(workspace: Workspace) -> Table:
    """Return `log checks`."""
    return domain.checks_table(checks(workspace))


@needs(Right.CHECK_LOG)
def due(workspace: Workspace) -> Due:
    """Return when the log is to be checked next."""
    started = log.on_the_wall(entries.first_moment(workspace.store)).date()
    made, days = store.last_made(workspace.store), store.days_between(workspace.store)
    return domain.due(made, days, started, workspace.today)


@needs(Right.CHECK_LOG)
def set_rule(workspace: Workspace, days: int) -> CheckOutcome:
    """Say how often the log is to be checked.

    Raises:
        InputError: the number of days is outside what it can be.
        RefusedError: the store is open to be read only.
    """
    if not 1 <= days <= MOST_DAYS:
        raise InputError(
            _("Loggen ska kontrolleras minst en gång om året: ange 1–{most} dagar.").format(most=MOST_DAYS)
        )
    with workspace.action(RULE_SET, detail=str(days)) as changed:
        store.set_days_between(changed, days)
    return CheckOutcome(_("Loggen ska kontrolleras var {n}:e dag.").format(n=days))


@needs(Right.CHECK_LOG)
def sample_of(workspace: Workspace, number: int) -> tuple[LogCheck, Sample]:
    """Return a signed check with its entries.

    Raises:
        InputError: there is no such check.
    """
    found = store.of_number(workspace.store, number)
    if found is None:
        raise InputError(_("Det finns ingen loggkontroll med nummer {number}.").format(number=number))
    told = entries.of_numbers(workspace.store, [one.entry for one in found.judged])
    return found, Sample(found.plan, found.population, told)


@needs(Right.CHECK_LOG)
def print_check(workspace: Workspace, number: int, out: Path) -> Path:
    """Write a signed check as PDF to `out` and return it; patients are masked in it.

    Raises:
        InputError: there is no such check.
        RefusedError: it is not as it was signed, the file cannot be written, or the store is open to be read only.
    """
    from kvalitetsapp.reports import log_check

    check, sample = sample_of(workspace, number)
    if check.sealed() != check.seal:
        raise RefusedError(
            _(
                "Loggkontroll nr {number} har ändrats efter signeringen och skrivs inte ut. Kontrollera databasen."
            ).format(number=number)
        )
    names, version = access_log.names(workspace), kvalitetsapp.__version__
    pdf = log_check.build(LogCheckReport(check, sample.entries, names, workspace.is_sample, version))
    return kept_files.keep(
        workspace, lambda path: path.write_bytes(pdf), out, action=PRINTED, target=str(number), detail=check.seal
    )


def _drawn(workspace: Workspace, plan: SamplePlan, progress: Progress) -> Sample:
    """Draw: of the entries to choose among those with the smallest lots, whatever order they are met in."""
    decided = _decided(workspace, plan, progress) if plan.choice is SampleChoice.READ_ONLY else frozenset()
    numbers = frozenset(
        one for patient in plan.patients for one in entries.numbers_of_patient(workspace.store, patient)
    )
    lots: defaultdict[str, list[tuple[bytes, int]]] = defaultdict(list)
    population = 0
    for fact in entries.facts(workspace.store, _wanted(plan), progress):
        if fact[0] <= plan.last_entry and _is_chosen(plan, fact, decided, numbers):
            population += 1
            lots[fact[2] if plan.each_user else ""].append((domain.lot(plan.seed, fact[0]), fact[0]))
    drawn = sorted(entry for some in lots.values() for _lot, entry in heapq.nsmallest(plan.size, some))
    return Sample(plan, population, entries.of_numbers(workspace.store, drawn[:MOST_DRAWN]))


def _wanted(plan: SamplePlan) -> LogFilter:
    is_reading = plan.choice in {SampleChoice.READINGS, SampleChoice.READ_ONLY}
    return LogFilter(
        user=plan.user,
        actions=actions_of(ActionKind.READ) if is_reading else None,
        since=log.stored_from(plan.first),
        until=log.stored_until(plan.last),
        about_patients=True,
    )


def _is_chosen(plan: SamplePlan, fact: _Fact, decided: Collection[tuple[str, str]], numbers: Collection[str]) -> bool:
    _entry, moment, who, _action, told = fact
    patients = told.split()
    match plan.choice:
        case SampleChoice.READ_ONLY:
            return not any((who, one) in decided for one in patients)
        case SampleChoice.OFF_HOURS:
            return domain.is_off_hours(moment)
        case SampleChoice.PATIENTS:
            return any(one in numbers for one in patients)
        case _:
            return True


def _decided(workspace: Workspace, plan: SamplePlan, progress: Progress) -> frozenset[tuple[str, str]]:
    """Return who has decided about whom, or claimed for whom, at any time up to the last entry that counts."""
    work = (*actions_of(ActionKind.DECIDE), *actions_of(ActionKind.CLAIM), *actions_of(ActionKind.DISCLOSE))
    found = entries.facts(workspace.store, LogFilter(user=plan.user, actions=work, about_patients=True), progress)
    return frozenset(
        (who, one) for entry, _at, who, _action, told in found if entry <= plan.last_entry for one in told.split()
    )

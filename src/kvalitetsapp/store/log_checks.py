"""Signed checks of the log with what was found of each entry: added, never edited or removed."""

from __future__ import annotations

import json
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain.audit_words import LogFinding, LogOutcome, SampleChoice
from kvalitetsapp.domain.log_check import DAYS_BETWEEN, Judged, LogCheck, SamplePlan
from kvalitetsapp.store import meta

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_RULE: Final = "log_check_days"
_CHECKS: Final = """
SELECT log_check, made_at, who, chosen, seed, population, first_day, last_day, last_entry, last_hash, outcome, note,
       signed_as, seal,
       (SELECT count(*) FROM log_check_entries e JOIN audit a USING (entry)
        WHERE e.log_check = c.log_check AND a.who = c.who)
FROM log_checks c
"""


def add(store: Store, check: LogCheck) -> int:
    """Keep a check with its seal and return its number."""
    plan = check.plan
    number = store.write(
        "INSERT INTO log_checks (made_at, who, chosen, seed, population, first_day, last_day, last_entry, last_hash, "
        "outcome, note, signed_as, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            *(check.made_at, check.who, plan.as_text(), plan.seed, check.population, plan.first.isoformat()),
            *(plan.last.isoformat(), plan.last_entry, check.last_hash, check.outcome.value, check.note),
            *(check.signed_as, check.seal),
        ),
    )
    store.write_many(
        "INSERT INTO log_check_entries (log_check, entry, finding, note) VALUES (?, ?, ?, ?)",
        ((number, one.entry, one.finding.value, one.note) for one in check.judged),
    )
    return number


def all_checks(store: Store) -> tuple[LogCheck, ...]:
    """Return every check, the latest first."""
    rows = store.rows("SELECT log_check, entry, finding, note FROM log_check_entries ORDER BY log_check, entry")
    judged = {
        number: tuple(Judged(entry, LogFinding(finding), note) for _number, entry, finding, note in some)
        for number, some in groupby(rows, key=lambda row: row[0])
    }
    return tuple(_check(row, judged.get(row[0], ())) for row in store.rows(f"{_CHECKS} ORDER BY log_check DESC"))


def of_number(store: Store, number: int) -> LogCheck | None:
    """Return a check by its number, None where there is none."""
    return next((one for one in all_checks(store) if one.log_check == number), None)


def last_made(store: Store) -> str:
    """Return when the log was last checked, "" where it never was."""
    return str(store.value("SELECT made_at FROM log_checks ORDER BY log_check DESC LIMIT 1") or "")


def days_between(store: Store) -> int:
    """Return how often the log is to be checked."""
    return int(meta.get(store, _RULE) or DAYS_BETWEEN)


def set_days_between(store: Store, days: int) -> None:
    """Say how often the log is to be checked."""
    meta.put(store, _RULE, str(days))


def seals_of_entries(store: Store) -> dict[int, str]:
    """Return, for the last entry that each check rests on, the seal that it has now."""
    rows = store.rows(
        "SELECT entry, hash FROM audit WHERE entry IN (SELECT last_entry FROM log_checks)",
    )
    return {int(entry): str(seal) for entry, seal in rows}


def _check(row: tuple[Any, ...], judged: tuple[Judged, ...]) -> LogCheck:
    number, made_at, who, chosen, seed, population, first, last, last_entry, last_hash, outcome, *rest = row
    note, signed_as, seal, own = rest
    told = json.loads(chosen)
    plan = SamplePlan(
        *(date.fromisoformat(first), date.fromisoformat(last), int(told["size"]), seed, last_entry),
        *(SampleChoice(told["choice"]), told["user"], bool(told["each_user"]), tuple(told["patients"])),
    )
    return LogCheck(
        *(number, made_at, who, plan, population, last_hash, LogOutcome(outcome), note, signed_as, seal, judged, own)
    )

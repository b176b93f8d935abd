"""Link runs and what each of them changed for events, told by facts before and after.

The counts of every run stay; the details of the latest ten runs that changed something are kept, older ones go. A run
that found no links before it has counts only: everything would be new. A decision does not list the events that it
was itself about, which are those that another verdict decides than before.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.link_changes import FACTS, ChangedLink, LinkCause, LinkRun
from kvalitetsapp.domain.review_words import LinkChange
from kvalitetsapp.store.link_parts import EPISODES_OF_PART

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

RUNS_KEPT: Final = 10

_RUN: Final = "run, ran_at, who, cause, persons, operations, events, added, changed, gone, another_look"
_KEY: Final = ("episode", "joint", "side")
_KEPT: Final = (*_KEY, "event_ref", "verdict", *FACTS)
# In memory, as all that is temporary (`dialect`). The key's columns have the types of the links', to be looked up by.
_BEFORE: Final = (
    "CREATE TEMP TABLE IF NOT EXISTS links_before (episode INTEGER, joint TEXT, side TEXT, "
    f"{', '.join(_KEPT[len(_KEY) :])}, PRIMARY KEY ({', '.join(_KEY)})) WITHOUT ROWID"
)
_SAME_EVENT: Final = " AND ".join(f"l.{name} = b.{name}" for name in _KEY)
_DIFFERS: Final = " OR ".join(f"l.{name} IS NOT b.{name}" for name in FACTS)
_SAME_VERDICT: Final = "l.verdict IS b.verdict"
_ADD: Final = "INSERT INTO link_changes (run, kind, episode, event_ref, joint, side, before, after)"


def begin(store: Store, who: str, cause: LinkCause) -> int:
    """Write a run without counts yet, and return its number."""
    return store.write(
        "INSERT INTO link_runs (ran_at, who, cause, operations, events, added, changed, gone, another_look) "
        "VALUES (?, ?, ?, 0, 0, 0, 0, 0, 0)",
        (this_moment(), who, cause.value),
    )


def note_before(store: Store, *, of_part: bool) -> None:
    """Keep the facts of all links, or of those of the part at hand, until they have been compared."""
    theirs = f" WHERE episode IN {EPISODES_OF_PART}" if of_part else ""
    _keep(store, theirs)


def compare(store: Store, run: int, cause: LinkCause, *, of_part: bool) -> None:
    """Write what differs between the links that were kept and those, of the same episodes, that stand now."""
    theirs = f" AND l.episode IN {EPISODES_OF_PART}" if of_part else ""
    own = f" AND {_SAME_VERDICT}" if cause is LinkCause.DECISION else ""
    store.write(
        f"{_ADD} SELECT ?, 'added', l.episode, l.event_ref, l.joint, l.side, '{{}}', {_facts('l')} FROM links l "
        f"WHERE NOT EXISTS (SELECT 1 FROM temp.links_before b WHERE {_SAME_EVENT}){theirs}",
        (run,),
    )
    store.write(
        f"{_ADD} SELECT ?, 'changed', l.episode, l.event_ref, l.joint, l.side, {_facts('b')}, {_facts('l')} "
        f"FROM temp.links_before b CROSS JOIN links l ON {_SAME_EVENT} WHERE ({_DIFFERS}){own}",
        (run,),
    )
    _note_gone(store, run)


def compare_vanished(store: Store, run: int) -> None:
    """Write the links of episodes that are not there any more as gone."""
    _keep(store, " WHERE episode NOT IN (SELECT episode FROM episodes)")
    store.write(
        f"{_ADD} SELECT ?, 'gone', b.episode, b.event_ref, b.joint, b.side, {_facts('b')}, '{{}}' "
        "FROM temp.links_before b",
        (run,),
    )
    store.write("DELETE FROM temp.links_before")


def settle(
    store: Store, run: int, *, persons: int | None, operations: int, events: int, another_look: int, first: bool
) -> None:
    """Write the counts of a run, and let go of details that are too old to be kept.

    `first` tells that there were no links before it.
    """
    found = dict(store.rows("SELECT kind, count(*) FROM link_changes WHERE run = ? GROUP BY kind", (run,)))
    if first:
        found = {LinkChange.ADDED.value: events}
    counts = [int(found.get(kind.value, 0)) for kind in (LinkChange.ADDED, LinkChange.CHANGED, LinkChange.GONE)]
    store.write(
        "UPDATE link_runs SET persons = ?, operations = ?, events = ?, added = ?, changed = ?, gone = ?, "
        "another_look = ? WHERE run = ?",
        (persons, operations, events, *counts, another_look, run),
    )
    if any(counts):
        _let_go_of_old(store)


def runs(store: Store, limit: int | None = None) -> list[LinkRun]:
    """Return the runs, latest first."""
    rows = store.rows(f"SELECT {_RUN} FROM link_runs ORDER BY run DESC LIMIT ?", (-1 if limit is None else limit,))
    return [LinkRun(run, ran_at, who, LinkCause(cause), *counts) for run, ran_at, who, cause, *counts in rows]


def latest_with_details(store: Store) -> LinkRun | None:
    """Return the latest run whose changes are kept, else the latest of all, None where there has been none."""
    row = store.rows(f"SELECT {_RUN} FROM link_runs WHERE run = (SELECT max(run) FROM link_changes)")
    for run, ran_at, who, cause, *counts in row:
        return LinkRun(run, ran_at, who, LinkCause(cause), *counts)
    return next(iter(runs(store, limit=1)), None)


def changes_of(store: Store, run: int) -> list[ChangedLink]:
    """Return what a run changed, by event, joint and side; nothing where the details are not kept any more."""
    rows = store.rows(
        "SELECT kind, episode, event_ref, joint, side, before, after FROM link_changes WHERE run = ? "
        "ORDER BY event_ref, joint, side, kind",
        (run,),
    )
    return [
        ChangedLink(LinkChange(kind), episode, ref, joint, side, json.loads(before), json.loads(after))
        for kind, episode, ref, joint, side, before, after in rows
    ]


def _keep(store: Store, where: str) -> None:
    store.write(_BEFORE)
    store.write("DELETE FROM temp.links_before")
    store.write(f"INSERT INTO temp.links_before SELECT {', '.join(_KEPT)} FROM links{where}")


def _note_gone(store: Store, run: int) -> None:
    store.write(
        f"{_ADD} SELECT ?, 'gone', b.episode, b.event_ref, b.joint, b.side, {_facts('b')}, '{{}}' "
        f"FROM temp.links_before b WHERE NOT EXISTS (SELECT 1 FROM links l WHERE {_SAME_EVENT})",
        (run,),
    )
    store.write("DELETE FROM temp.links_before")


def _facts(alias: str) -> str:
    told = ", ".join(f"'{name}', {alias}.{name}" for name in FACTS)
    return f"json_object({told})"


def _let_go_of_old(store: Store) -> None:
    store.write(
        "DELETE FROM link_changes WHERE run NOT IN (SELECT run FROM link_runs r WHERE EXISTS "
        "(SELECT 1 FROM link_changes c WHERE c.run = r.run) ORDER BY run DESC LIMIT ?)",
        (RUNS_KEPT,),
    )

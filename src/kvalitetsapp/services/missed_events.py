"""Searching for missed events, deciding about them, and telling what was found. The search offers, people decide."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import facts
from kvalitetsapp.domain import missed_event as domain
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.missed_event import CODE_DAYS, MOST_DAYS, SURGERY_DAYS, FoundHarm, MissedEvents, MissedKey
from kvalitetsapp.domain.review_words import MissedDecision
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import ComplicationClass, word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, concerned, identities, missed_decisions, patients, providers
from kvalitetsapp.texts import _, number

if TYPE_CHECKING:
    from pandas import DataFrame

    from kvalitetsapp.domain.missed_event import MissedJudgement
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.workspace import Workspace

DECIDED: Final = "missed_event_decided"
WITHDRAWN: Final = "missed_event_withdrawn"
_CHANGED: Changes = frozenset({Changed.MISSED_EVENTS})


@dataclass(frozen=True, slots=True)
class MissedOutcome:
    """What was decided or taken back, in a sentence."""

    said: str
    changes: Changes = NOTHING_CHANGED


@needs(Right.READ_NARRATIVE)
def search(
    workspace: Workspace,
    window_days: int = CODE_DAYS,
    surgery_days: int = SURGERY_DAYS,
    progress: Progress | None = None,
) -> MissedEvents:
    """Return what points to harm after purchased operations and nobody has judged, with facts for people.

    Raises:
        InputError: a number of days is outside what it can be.
    """
    from kvalitetsapp.analysis import missed_events, tables

    found, operations = _found(workspace, window_days, surgery_days, progress)
    numbers = identities.numbers_of(workspace.store, found["person"].tolist())
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    shown = found.assign(
        personal_id=[numbers[person] for person in found["person"].tolist()],
        index_provider=[names[one] for one in found["provider_id"].tolist()],
        event_provider=[names[one] for one in found["event_provider_id"].tolist()],
        codes=[_titled(workspace, codes) for codes in found["codes"].tolist()],
    )
    keys = missed_events.keys(found)
    table = tables.table(shown, domain.SHOWN)
    waits = tuple(found["in_queue"].tolist())
    return MissedEvents(window_days, surgery_days, operations, table, keys, waits)


@needs(Right.READ_NARRATIVE)
def listed(workspace: Workspace, window_days: int = CODE_DAYS, surgery_days: int = SURGERY_DAYS) -> Table:
    """Return `list missed-events`.

    Raises:
        InputError: a number of days is outside what it can be.
    """
    from kvalitetsapp.analysis import tables

    found, _operations = _found(workspace, window_days, surgery_days, None)
    return tables.table(found, domain.LISTED)


@needs(Right.REVIEW)
def decide(
    workspace: Workspace,
    key: MissedKey,
    decision: MissedDecision,
    *,
    complication_class: str = "",
    comment: str = "",
) -> MissedOutcome:
    """Say that an episode is harm after an operation, of what class, or that it is not, and why.

    Raises:
        InputError: the class or the reason is missing, or cannot be stored.
        RefusedError: operation or episode is gone, the episode is an event of it, or somebody has decided already.
    """
    if lacking := _lacking(decision, complication_class, comment):
        raise InputError(lacking)
    harm = decision is MissedDecision.HARM
    with workspace.store.transaction():
        ground = _ground(workspace, key)
        target = f"{ground.episode_ref} {ground.index_ref}"
        given = {"decision": decision.value, "complication_class": complication_class if harm else ""}
        missed_decisions.add(
            workspace.store, key, decision, given["complication_class"], comment.strip(), workspace.user
        )
        audit.append(
            *(workspace.store, workspace.user, DECIDED),
            target=target,
            detail=json.dumps(given),
            patients=concerned.of_episodes(workspace.store, [key.episode]),
        )
    said = f"{word('missed_decision', decision)}: {ground.episode_ref}"
    return MissedOutcome(said, _CHANGED)


@needs(Right.REVIEW)
def withdraw(workspace: Workspace, key: MissedKey) -> MissedOutcome:
    """Take the decision about an episode and an operation out of effect; it stays in the history.

    Raises:
        RefusedError: there is none in effect.
    """
    standing = missed_decisions.standing(workspace.store, key)
    if standing is None:
        raise RefusedError(_("Det finns inget beslut om vårdkontakten att ta tillbaka."))
    ref = patients.episode_ref(workspace.store, key.episode)
    detail = json.dumps({"decision_id": standing.decision_id})
    about = concerned.of_episodes(workspace.store, [key.episode])
    with workspace.action(WITHDRAWN, target=ref, detail=detail, patients=about) as store:
        missed_decisions.withdraw(store, standing.decision_id)
    return MissedOutcome(_("Beslutet är taget tillbaka: {ref}").format(ref=ref), _CHANGED)


def found(workspace: Workspace) -> tuple[FoundHarm, ...]:
    """Return the harm that people found where no rule made an event, for protocol and reports (decision 0016)."""
    return missed_decisions.found(workspace.store)


@needs(Right.READ_NARRATIVE)
def judged(workspace: Workspace) -> tuple[MissedJudgement, ...]:
    """Return every decision in effect, harm or not, the latest first."""
    return missed_decisions.judged(workspace.store)


def decided(workspace: Workspace) -> dict[MissedDecision, int]:
    """Return how many decisions of each kind are in effect."""
    return missed_decisions.counts(workspace.store)


def _found(
    workspace: Workspace, window_days: int, surgery_days: int, progress: Progress | None
) -> tuple[DataFrame, int]:
    """Return what the search finds and how many purchased operations it looked at."""
    for days in (window_days, surgery_days):
        if not 0 <= days <= MOST_DAYS:
            raise InputError(_("Sökningen går mellan 0 och {most} dagar.").format(most=number(MOST_DAYS)))
    from kvalitetsapp.analysis import frames, missed_events
    from kvalitetsapp.services import frames_of_store

    source = frames_of_store.load(workspace, None if progress is None else progress.heed)
    decisions = frames.frame(missed_events.MISSED_DECISIONS, missed_decisions.columns(workspace.store))
    sources = missed_events.Sources(
        source.episodes, source.details, source.index_operations, source.links, source.providers, decisions
    )
    rows = missed_events.search(
        sources,
        workspace.code_tables,
        workspace.adverse_events,
        window_days=window_days,
        surgery_days=surgery_days,
    )
    return rows, int(missed_events.purchased(source.index_operations, source.providers).sum())


def _lacking(decision: MissedDecision, complication_class: str, comment: str) -> str:
    if decision is MissedDecision.HARM and complication_class not in set(ComplicationClass):
        return _("Välj vilket slags komplikation det är.")
    return domain.lacking_in(comment)


def _ground(workspace: Workspace, key: MissedKey) -> missed_decisions.Ground:
    """Return what the decision rests on, after seeing that there is something to decide."""
    store = workspace.store
    ground = missed_decisions.ground(store, key)
    if ground is None or patients.person_of_episode(store, key.episode) != ground.person:
        raise RefusedError(_("Operationen eller vårdkontakten har ändrats. Sök på nytt. Inget har sparats."))
    if ground.status:
        raise RefusedError(
            _("{ref} är redan en händelse för operationen. Granska den i kön.").format(ref=ground.episode_ref)
        )
    if (standing := missed_decisions.standing(store, key)) is not None:
        raise RefusedError(
            _("{who} beslutade om {ref} {at}. Ta först tillbaka det beslutet.").format(
                who=standing.who, ref=ground.episode_ref, at=to_the_minute(standing.decided_at)
            )
        )
    return ground


def _titled(workspace: Workspace, codes: str) -> str:
    return "; ".join(facts.titled(code, workspace.code_tables) for code in codes.split())

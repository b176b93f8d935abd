"""Follow-up contacts: the rule that offers them to a case, what it offers, and what reviewers took in."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import follow_up as domain
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.follow_up import FollowUpOffer, FollowUpRule, TakenContact
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import follow_ups, meta
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import Link, Patient
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

RULE_SET: Final = "follow_up_rule_set"
_CHANGED: Changes = frozenset({Changed.FOLLOW_UP_RULE})


@dataclass(frozen=True, slots=True)
class FollowUpOutcome:
    """What was set, in a sentence."""

    said: str
    changes: Changes = NOTHING_CHANGED


@needs(Right.READ_ROWS)
def rule(workspace: Workspace) -> FollowUpRule:
    """Return the rule that contacts are offered by."""
    kept = meta.get(workspace.store, meta.FOLLOW_UP_RULE)
    return FollowUpRule() if kept is None else FollowUpRule(**json.loads(kept))


@needs(Right.LEAD_REVIEW)
def set_rule(workspace: Workspace, wanted: FollowUpRule) -> FollowUpOutcome:
    """Change the rule; what has been taken into cases stays there.

    Raises:
        InputError: the days are outside what they can be, or no reason is on.
    """
    if lacking := domain.lacking_in(wanted):
        raise InputError(lacking)
    told = json.dumps(asdict(wanted))
    with workspace.action(RULE_SET, detail=told) as store:
        meta.put(store, meta.FOLLOW_UP_RULE, told)
    return FollowUpOutcome(_("Regeln för uppföljande kontakter är ändrad"), _CHANGED)


def offers_for(workspace: Workspace, link: Link, patient: Patient) -> tuple[FollowUpOffer, ...]:
    """Return the contacts that the rule offers to an event of a person."""
    taken = follow_ups.taken_by_others(workspace.store, link.key, link.person)
    return domain.offers(patient, link, rule(workspace), workspace.code_tables, taken)


def taken(workspace: Workspace) -> tuple[TakenContact, ...]:
    """Return every contact that is in a case, by event and day."""
    return follow_ups.taken(workspace.store)


@needs(Right.READ_NARRATIVE)
def listed(workspace: Workspace) -> Table:
    """Return `list follow-ups`."""
    return domain.taken_table(taken(workspace))

"""Review rounds: previewed, frozen, followed, closed, and repeated with the earlier answers at hand."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity, round_event
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.review_round import Novelty, Round
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.round_definition import RoundPreview
from kvalitetsapp.domain.round_progress import LEFT, state_of
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.services import round_definitions
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, review_rounds, round_cohorts
from kvalitetsapp.store.round_cohorts import NewCase
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Iterable

    from kvalitetsapp.domain.review_round import RoundDefinition
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.round_cohorts import Matched

LONGEST_NAME: Final = 80
_CHANGED: Changes = frozenset({Changed.ROUNDS})


@dataclass(frozen=True, slots=True)
class RoundOutcome:
    """What became of a round; `undecided` counts the cases that were left without a decision when it was closed."""

    round_id: int
    said: str
    undecided: int = 0
    changes: Changes = NOTHING_CHANGED


@needs(Right.LEAD_REVIEW)
def preview(workspace: Workspace, definition: RoundDefinition, *, previous: int | None = None) -> RoundPreview:
    """Return how many events a round would hold if it were frozen now.

    Raises:
        InputError: the definition cannot be used.
    """
    round_definitions.check(workspace, definition)
    joints, classes, providers = Counter[str](), Counter[str](), Counter[str]()
    decided = 0
    for joint, complication_class, provider, is_decided, events in round_cohorts.counts(workspace.store, definition):
        joints[joint] += events
        classes[complication_class] += events
        providers[provider] += events
        decided += events * is_decided
    novelties = Counter[Novelty]()
    if previous is not None:
        of_number(workspace, previous)
        novelties.update(one.novelty for one in _new_cases(workspace, definition, previous))
    return RoundPreview(joints.total(), decided, joints, classes, providers, novelties)


@needs(Right.LEAD_REVIEW)
def create(
    workspace: Workspace, name: str, definition: RoundDefinition, *, previous: int | None = None
) -> RoundOutcome:
    """Freeze the events that the definition matches now; with a round to repeat, only new and changed ones are open.

    Raises:
        InputError: the name or the definition cannot be used, or no event matches.
    """
    name = name.strip()
    round_definitions.check(workspace, definition)
    with workspace.store.transaction():
        _check_name(workspace, name)
        if previous is not None:
            of_number(workspace, previous)
        cases = _new_cases(workspace, definition, previous)
        if not cases:
            raise InputError(_("Inga händelser stämmer med omgångens definition. Inget har sparats."))
        round_id = review_rounds.add(workspace.store, name, definition, previous, workspace.user)
        round_cohorts.freeze(workspace.store, round_id, cases)
        detail = json.dumps({"round": round_id, "previous": previous, "cases": len(cases), **definition.as_dict()})
        audit.append(workspace.store, workspace.user, review_rounds.CREATED, target=name, detail=detail)
    return RoundOutcome(round_id, _frozen_text(name, cases), changes=_CHANGED)


@needs(Right.LEAD_REVIEW)
def close(workspace: Workspace, round_id: int, *, leave_open: bool = False) -> RoundOutcome:
    """Close a round for good; with `leave_open` also where cases are left, which stay without a decision.

    Raises:
        InputError: there is no such round.
        RefusedError: it is closed already, or cases are left.
    """
    with workspace.store.transaction():
        found = _open_round(workspace, round_id)
        left = _undecided(workspace, round_id)
        if left and not leave_open:
            raise RefusedError(
                _("{n} händelser i ”{name}” är inte klara. Granska dem, eller stäng utan dem.").format(
                    n=number(left), name=found.name
                )
            )
        review_rounds.close(workspace.store, round_id, workspace.user)
        detail = json.dumps({"round": round_id, "undecided": left})
        audit.append(workspace.store, workspace.user, review_rounds.CLOSED, target=found.name, detail=detail)
    said = _("Omgången ”{name}” är stängd").format(name=found.name)
    more = ngettext("{n} händelse utan beslut", "{n} händelser utan beslut", left).format(n=number(left))
    return RoundOutcome(round_id, f"{said}, {more}" if left else said, left, _CHANGED)


@needs(Right.LEAD_REVIEW)
def discard(workspace: Workspace, round_id: int) -> RoundOutcome:
    """Take away a round that nobody has answered in.

    Raises:
        InputError: there is no such round.
        RefusedError: someone has answered in it, it is closed, or another repeats it.
    """
    with workspace.store.transaction():
        found = _open_round(workspace, round_id)
        if review_rounds.has_answers(workspace.store, round_id):
            raise RefusedError(
                _("Någon har svarat i ”{name}”. Den kan stängas men inte tas bort.").format(name=found.name)
            )
        if repeating := review_rounds.repeated_by(workspace.store, round_id):
            raise RefusedError(
                _("”{name}” upprepas av ”{other}”. Ta bort den först.").format(name=found.name, other=repeating)
            )
        review_rounds.remove(workspace.store, round_id)
        detail = json.dumps({"round": round_id, **found.definition.as_dict()})
        audit.append(workspace.store, workspace.user, review_rounds.DISCARDED, target=found.name, detail=detail)
    return RoundOutcome(round_id, _("Omgången ”{name}” är borttagen").format(name=found.name), changes=_CHANGED)


def of_number(workspace: Workspace, round_id: int) -> Round:
    """Return a round.

    Raises:
        InputError: there is no such round.
    """
    found = review_rounds.of_number(workspace.store, round_id)
    if found is None:
        raise _unknown(workspace, str(round_id))
    return found


@needs(Right.READ_NARRATIVE)
def named(workspace: Workspace, name: str) -> Round:
    """Return the round of a name, else of a number written as text.

    Raises:
        InputError: there is no such round.
    """
    for one in (every := review_rounds.all_rounds(workspace.store)):
        if one.name == name.strip():
            return one
    for one in every:
        if str(one.round_id) == name.strip():
            return one
    raise _unknown(workspace, name)


def _new_cases(workspace: Workspace, definition: RoundDefinition, previous: int | None) -> list[NewCase]:
    return [NewCase(one, _novelty(one)) for one in round_cohorts.matched(workspace.store, definition, previous)]


def _novelty(one: Matched) -> Novelty:
    if one.earlier is None:
        return Novelty.NEW
    before, now = round_cohorts.told(one.answered_on), round_cohorts.told(one.event)
    return Novelty.CHANGED if round_event.changes_since_answer(before, one.verdict, now) else Novelty.KNOWN


def _undecided(workspace: Workspace, round_id: int) -> int:
    """Return how many cases are left, whoever asks: a case that waits for the other reviewer is."""
    rows = round_cohorts.standings(workspace.store, "", round_id)
    return sum(events for _round_id, _novelty, standing, events in rows if state_of(standing) in LEFT)


def _open_round(workspace: Workspace, round_id: int) -> Round:
    found = of_number(workspace, round_id)
    if not found.is_open:
        raise RefusedError(
            _("Omgången ”{name}” är redan stängd, {day} av {who}.").format(
                name=found.name, day=found.closed_at[:10], who=found.closed_by
            )
        )
    return found


def _check_name(workspace: Workspace, name: str) -> None:
    if not name:
        raise InputError(_("Ge omgången ett namn."))
    if len(name) > LONGEST_NAME:
        raise InputError(_("Omgångens namn är för långt: högst {n} tecken.").format(n=LONGEST_NAME))
    if identity.hidden(name) != name:
        raise InputError(_("Skriv inga personnummer i omgångens namn."))
    if any(one.name == name for one in review_rounds.all_rounds(workspace.store)):
        raise InputError(_("Det finns redan en omgång som heter ”{name}”. Välj ett annat namn.").format(name=name))


def _unknown(workspace: Workspace, name: str) -> InputError:
    known: Iterable[str] = (one.name for one in review_rounds.all_rounds(workspace.store))
    return InputError(
        _("Det finns ingen omgång ”{name}”. Välj bland {known}.").format(
            name=name, known=", ".join(known) or _("inga")
        )
    )


def _frozen_text(name: str, cases: list[NewCase]) -> str:
    known = sum(one.novelty is Novelty.KNOWN for one in cases)
    events = ngettext("{n} händelse", "{n} händelser", len(cases)).format(n=number(len(cases)))
    said = _("Omgången ”{name}” är fryst med {events}").format(name=name, events=events)
    return f"{said}, {_('{n} kända sedan tidigare').format(n=number(known))}" if known else said

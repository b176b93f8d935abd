"""Why a decision is refused: the event is gone or has changed since it was shown, or someone has decided on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kvalitetsapp.domain import event_content
from kvalitetsapp.domain.words import Verdict, word
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.store import event_traces, meta, patients, verdicts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.patient import EventKey, Link
    from kvalitetsapp.domain.review import GivenVerdict
    from kvalitetsapp.services.workspace import Workspace


def check_unchanged(workspace: Workspace, shown: Link) -> None:
    """Make sure that an event is what it was when it was shown.

    Raises:
        RefusedError: it is gone, someone has decided on it or taken a decision back, what it rests on has changed, or
            rows were imported that links have not been made of yet.
    """
    check_linked(workspace)
    now = patients.link(workspace.store, shown.key)
    if now is None:
        raise gone(workspace, shown.key, shown.event_ref, _was(shown))
    if now.verdict != shown.verdict:
        raise _decided(workspace, shown, now)
    if now.content() != shown.content():
        raise changed(now, event_content.as_text(shown))
    if (later := verdicts.dated_after(workspace.store, shown.key, workspace.today)) is not None:
        raise RefusedError(
            _("Det finns ett beslut om {ref} med ett senare datum, {day}. Rätta det först.").format(
                ref=shown.event_ref, day=later
            )
        )


def check_linked(workspace: Workspace) -> None:
    """Make sure that events are what everything stored makes them.

    Raises:
        RefusedError: rows were imported that links have not been made of yet.
    """
    if not meta.links_are_current(workspace.store):
        raise RefusedError(
            _("Det som har lästs in är inte kopplat än. Koppla på nytt, läs ärendet igen och ta ställning därefter.")
        )


def gone(workspace: Workspace, key: EventKey, event_ref: str, was: str = "") -> RefusedError:
    """Return the refusal of an event that is no more: what it was, and what has become of it."""
    told = [part for part in (was, _what_became(workspace, key)) if part]
    return RefusedError(
        _("Händelsen {ref} finns inte längre: {what}. Inget har sparats.").format(ref=event_ref, what="; ".join(told))
    )


def changed(now: Link, before: str) -> RefusedError:
    """Return the refusal of an event that was something else before, told by `event_content.as_text`."""
    return RefusedError(
        _("Händelsen {ref} har ändrats sedan den visades: {what}. Läs den igen och ta ställning på nytt.").format(
            ref=now.event_ref, what=event_content.differences(before, now)
        )
    )


def decided_by(decision: GivenVerdict, user: str, complication_class: str) -> str:
    """Return who has decided what and when: `Anna har redan bekräftat händelsen 2024-03-02 (infektion)`."""
    who = _("Du") if decision.reviewer == user else decision.reviewer
    if decision.decision == Verdict.CONFIRMED:
        text = _("{who} har redan bekräftat händelsen {day} ({what})")
        what = word("complication_class", decision.complication_class or complication_class).lower()
    else:
        text = _("{who} har redan avvisat kopplingen {day} ({what})")
        what = decision.comment or _("utan skäl")
    return text.format(who=who, day=decision.reviewed_on.isoformat(), what=what)


def _decided(workspace: Workspace, shown: Link, now: Link) -> RefusedError:
    known = {one.verdict: one for one in verdicts.history(workspace.store, now.key)}
    if now.verdict in known:
        told = decided_by(known[now.verdict], workspace.user, now.complication_class)
        return RefusedError(_("{told}. Läs beslutet och ta ställning på nytt.").format(told=told))
    before = known.get(shown.verdict or 0)
    if before is None:
        return RefusedError(
            _("Beslutet om {ref} gäller inte längre. Läs ärendet och ta ställning på nytt.").format(ref=now.event_ref)
        )
    return RefusedError(
        _("Beslutet som {who} tog {day} om {ref} har tagits tillbaka. Läs ärendet och ta ställning på nytt.").format(
            who=before.reviewer, day=before.reviewed_on.isoformat(), ref=now.event_ref
        )
    )


def _was(shown: Link) -> str:
    return _("den var {complication} {day}, utlöst av {codes}").format(
        complication=word("complication_class", shown.complication_class).lower(),
        day=shown.event_date.isoformat(),
        codes=" ".join(shown.triggers),
    )


def _what_became(workspace: Workspace, key: EventKey) -> str:
    """Tell whether the episode went, which import corrected it last, and which events it holds now."""
    trace = event_traces.trace(workspace.store, key.episode)
    if not trace.is_there:
        return _("vårdkontakten är borttagen")
    told = []
    if trace.corrected_by is not None:
        told.append(
            _("vårdkontakten är rättad av import {batch} ({file})").format(
                batch=trace.corrected_by, file=trace.corrected_in
            )
        )
    if trace.events:
        told.append(_("vårdkontakten har nu {refs}").format(refs=", ".join(trace.events)))
    return "; ".join(told) or _("underlaget har ändrats")

"""Agreements made and changed in the program: refused with the reason at the field, or kept with who, when and why."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import agreement_form, agreement_history, identity
from kvalitetsapp.domain.agreement_history import HistoryEntry
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.claim_words import AgreementEdit
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import agreement_checks, linking
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import agreement_edits, agreements
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_form import AgreementForm
    from kvalitetsapp.domain.agreement_gaps import Gap
    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.agreement_edits import Edit, Imported

LONGEST_REASON: Final = 1000
_ACTIONS: Final = {
    AgreementEdit.MADE: "agreement_made",
    AgreementEdit.CHANGED: "agreement_changed",
    AgreementEdit.VERIFIED: "agreement_verified",
    AgreementEdit.ENDED: "agreement_ended",
}


@dataclass(frozen=True, slots=True)
class AgreementOutcome:
    """An agreement as saved, and where its providers' operations have none; or, with nothing saved, what is wrong."""

    agreement: Agreement | None
    faults: tuple[FieldFault, ...] = ()
    gaps: tuple[Gap, ...] = ()
    changes: Changes = NOTHING_CHANGED


def check(
    workspace: Workspace, form: AgreementForm, was: Agreement | None = None
) -> Agreement | tuple[FieldFault, ...]:
    """Return the agreement that a form says, or every fault in the order of the fields; `was` is what it changes."""
    read = agreement_form.read(form)
    if isinstance(read, tuple):
        return read
    return faults_in_store(workspace, read, was) or read


def faults_in_store(workspace: Workspace, agreement: Agreement, was: Agreement | None) -> tuple[FieldFault, ...]:
    """Return what only the store knows to be wrong."""
    store = workspace.store
    names = agreement_checks.provider_names(store)
    standing = agreements.all_agreements(store)
    taken = was is None and any(one.agreement_id == agreement.agreement_id for one in standing)
    others = [one for one in standing if was is None or one.agreement_id != was.agreement_id]
    unknown = next((each for each in agreement.providers if each not in names), None)
    told = {
        "agreement_id": _("Beteckningen används redan av ett annat avtal.") if taken else "",
        "providers": "" if unknown is None else _("Vårdgivaren {id} är inte inläst.").format(id=unknown),
        "valid_from": agreement_checks.overlap(agreement, others, names),
        "cap": agreement_checks.cap_too_low(agreement, agreement_checks.drawn_on_caps(store)),
    }
    if was is not None and agreement.agreement_id != was.agreement_id:
        told["agreement_id"] = _("Beteckningen kan inte ändras. Gör ett nytt avtal i stället.")
    return tuple(FieldFault(name, message) for name, message in told.items() if message)


@needs(Right.WRITE_AGREEMENTS)
def save(
    workspace: Workspace,
    form: AgreementForm,
    *,
    was: Agreement | None = None,
    reason: str = "",
    keep_verified: bool = False,
    progress: Progress | None = None,
) -> AgreementOutcome:
    """Make an agreement, or change `was` (as it was shown) for a reason; with faults nothing is written.

    A change of terms takes the mark of verification away unless `keep_verified`.

    Raises:
        RefusedError: the agreement is not as it was shown, or the store is open to be read only.
    """
    read = check(workspace, form, was)
    faults = read if isinstance(read, tuple) else ()
    faults = (*faults, *(() if was is None else _reason_faults(reason)))
    if isinstance(read, tuple) or faults:
        return AgreementOutcome(None, faults)
    if was is None:
        return _keep(workspace, AgreementEdit.MADE, None, read, reason.strip(), progress)
    return _change(workspace, AgreementEdit.CHANGED, was, read, reason, keep_verified=keep_verified, progress=progress)


@needs(Right.WRITE_AGREEMENTS)
def end(
    workspace: Workspace,
    was: Agreement,
    last_day: str,
    reason: str,
    *,
    keep_verified: bool = False,
    progress: Progress | None = None,
) -> AgreementOutcome:
    """Let an agreement take no operation after `last_day`, for a reason; with faults nothing is written.

    Raises:
        RefusedError: the agreement is not as it was shown, or the store is open to be read only.
    """
    if not last_day.strip():
        return AgreementOutcome(None, (FieldFault("valid_to", agreement_form.missing()), *_reason_faults(reason)))
    read = check(workspace, replace(agreement_form.form_of(was), valid_to=last_day), was)
    faults = (*(read if isinstance(read, tuple) else ()), *_reason_faults(reason))
    if isinstance(read, tuple) or faults:
        return AgreementOutcome(None, faults)
    return _change(workspace, AgreementEdit.ENDED, was, read, reason, keep_verified=keep_verified, progress=progress)


@needs(Right.WRITE_AGREEMENTS)
def verify(workspace: Workspace, was: Agreement) -> AgreementOutcome:
    """Note that the user has compared the terms with the signed text today.

    Raises:
        RefusedError: the agreement is not as it was shown, or the store is open to be read only.
    """
    now = replace(was, verified=True, verified_by=workspace.user, verified_on=workspace.today)
    return _keep(workspace, AgreementEdit.VERIFIED, was, now, "", None)


@needs(Right.READ_FIGURES)
def history(workspace: Workspace, agreement_id: str) -> tuple[HistoryEntry, ...]:
    """Return what was done to an agreement here and by imports, the oldest first, term by term in words.

    Raises:
        InputError: there is no such agreement.
    """
    current = agreements.of_id(workspace.store, agreement_id)
    if current is None:
        raise InputError(_("Det finns inget avtal med beteckningen {id}.").format(id=agreement_id))
    names = agreement_checks.provider_names(workspace.store)
    done = _in_time_order(
        agreement_edits.imports_of(workspace.store, agreement_id),
        agreement_edits.of_agreement(workspace.store, agreement_id),
    )
    met = [*(one.before for one in done), current]
    told = []
    for one, after in zip(done, met[1:], strict=True):
        changes = (
            () if one.before is None or after is None else agreement_history.term_changes(one.before, after, names)
        )
        told.append(HistoryEntry(one.at, one.what, one.who, one.reason, changes, one.before is None))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class _Done:
    """Something that was done, with what it met."""

    at: str
    what: str
    who: str
    reason: str
    before: Agreement | None


def _in_time_order(imports: Sequence[Imported], edits: Sequence[Edit]) -> list[_Done]:
    """Merge both, each in its order; of two in the same second the edit is first whose outcome the import met."""
    done: list[_Done] = []
    waiting = list(edits)
    for one in imports:
        while waiting and _came_first(waiting[0], one):
            done.append(_of_edit(waiting.pop(0)))
        what = _("Inläst med import {batch}, {file}") if one.met is None else _("Rättat av import {batch}, {file}")
        told = what.format(batch=one.batch, file=identity.hidden(one.file_name))
        done.append(_Done(one.imported_at, told, "", "", one.met))
    return [*done, *map(_of_edit, waiting)]


def _came_first(edit: Edit, imported: Imported) -> bool:
    edited, taken = datetime.fromisoformat(edit.edited_at), datetime.fromisoformat(imported.imported_at)
    return edited < taken or (edited == taken and imported.met == edit.after)


def _of_edit(edit: Edit) -> _Done:
    return _Done(edit.edited_at, word("agreement_edit", edit.kind), edit.who, edit.reason, edit.before)


def _reason_faults(reason: str) -> tuple[FieldFault, ...]:
    text = reason.strip()
    if not text:
        return (FieldFault("reason", _("Skriv varför avtalet ändras.")),)
    if len(text) > LONGEST_REASON:
        return (FieldFault("reason", _("Skälet är för långt. Skriv högst 1 000 tecken.")),)
    if identity.hidden(text) != text:
        return (FieldFault("reason", _("Skälet innehåller något som ser ut som ett personnummer. Ta bort det.")),)
    return ()


def _change(
    workspace: Workspace,
    kind: AgreementEdit,
    was: Agreement,
    now: Agreement,
    reason: str,
    *,
    keep_verified: bool,
    progress: Progress | None,
) -> AgreementOutcome:
    marked = replace(now, verified=was.verified, verified_by=was.verified_by, verified_on=was.verified_on)
    if marked == was:
        return AgreementOutcome(None, (FieldFault("", _("Inget är ändrat.")),))
    return _keep(workspace, kind, was, marked if keep_verified else now, reason.strip(), progress)


def _keep(
    workspace: Workspace,
    kind: AgreementEdit,
    was: Agreement | None,
    now: Agreement,
    reason: str,
    progress: Progress | None,
) -> AgreementOutcome:
    """Write the agreement, its edit and its entry in the trace, and what is at stake anew, as one transaction."""
    at = this_moment()
    changed = {Changed.AGREEMENTS}
    with workspace.action(_ACTIONS[kind], target=now.agreement_id, detail=reason) as store:
        if was is not None and agreements.of_id(store, was.agreement_id) != was:
            raise RefusedError(_("Avtalet har ändrats sedan det visades. Läs det igen och gör om ändringen."))
        agreement_edits.add(store, kind, was, now, reason=reason, who=workspace.user, at=at)
        if kind is not AgreementEdit.VERIFIED:
            linking.refresh_stakes(workspace, progress or Progress())
            changed.add(Changed.LINKS)
    return AgreementOutcome(now, gaps=_gaps(workspace, now), changes=frozenset(changed))


def _gaps(workspace: Workspace, agreement: Agreement) -> tuple[Gap, ...]:
    from kvalitetsapp.services import frames_of_store

    names = agreement_checks.provider_names(workspace.store)
    return agreement_checks.gaps(frames_of_store.load(workspace), names, agreement)

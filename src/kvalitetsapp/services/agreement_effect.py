"""What a change of agreements would do, before it is saved: R12–R15 over everything stored, before and after."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain import agreement_form
from kvalitetsapp.domain.agreement_effect import (
    AgreementEffect,
    CaseEffect,
    ClaimCorrection,
    Effects,
    EffectSums,
    ProviderEffect,
)
from kvalitetsapp.domain.claim import claim_number
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import agreement_checks, agreement_edits
from kvalitetsapp.services.access import needs
from kvalitetsapp.store.agreement_edits import issued_claims
from kvalitetsapp.store.agreements import all_agreements
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from pandas import DataFrame

    from kvalitetsapp.domain.agreement import Agreement
    from kvalitetsapp.domain.agreement_form import AgreementForm
    from kvalitetsapp.domain.field_fault import FieldFault
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace


def of_changes(
    workspace: Workspace, changed: Iterable[Agreement], progress: Progress | None = None
) -> AgreementEffect:
    """Return what these agreements would do in place of those with their ids, or beside the others; writes nothing.

    Overlaps are for whoever saves to refuse; here the first of two that match would win.

    Raises:
        CancelledError: the user cancelled.
    """
    from kvalitetsapp.services import frames_of_store

    progress = progress or Progress()
    with workspace.store.heeding(progress):
        frames = frames_of_store.load(workspace, progress.heed)
        now = {one.agreement_id: one for one in frames.agreements}
        then = list((now | {one.agreement_id: one for one in changed}).values())
        names = agreement_checks.provider_names(workspace.store)
        progress.step(0, 2, _("Räknar vad ändringen gör"))
        confirmed, operations = _effects(frames, then, names, potential=False)
        progress.step(1, 2, _("Räknar vad ändringen gör"))
        potential, _operations = _effects(frames, then, names, potential=True)
        progress.step(2, 2, _("Räknar vad ändringen gör"))
    return AgreementEffect(confirmed, potential, _corrections(workspace, operations))


@needs(Right.READ_FIGURES)
def of_form(
    workspace: Workspace, form: AgreementForm, was: Agreement | None = None, progress: Progress | None = None
) -> AgreementEffect | tuple[FieldFault, ...]:
    """Return what the agreement that is typed would do, or what is wrong at its fields; writes nothing.

    A cap that is used up already cannot be saved, but its effect is there to be read: it tells which claims are in the
    way.

    Raises:
        CancelledError: the user cancelled.
    """
    read = agreement_form.read(form)
    if isinstance(read, tuple):
        return read
    faults = [one for one in agreement_edits.faults_in_store(workspace, read, was) if one.field != "cap"]
    return tuple(faults) or of_changes(workspace, [read], progress)


@needs(Right.READ_FIGURES)
def of_file(workspace: Workspace, path: Path, progress: Progress | None = None) -> AgreementEffect:
    """Return what the agreements of a TOML file would do if they were imported; writes nothing.

    Raises:
        InputError: the file cannot be read, or one of its agreements would be turned away.
        CancelledError: the user cancelled.
    """
    from kvalitetsapp.exchange.agreement_files import read_agreements

    found = read_agreements(path)
    for reject in found.rejects:
        raise InputError(
            _("{file}, avtal {place}, {column}: {reason}").format(
                file=path.name, place=reject.row, column=reject.column, reason=reject.reason
            )
        )
    changed = [row[1] for row in found.rows]
    standing = {one.agreement_id: one for one in all_agreements(workspace.store)}
    standing |= {one.agreement_id: one for one in changed}
    names = agreement_checks.provider_names(workspace.store)
    for one in changed:
        if wrong := agreement_checks.overlap(one, standing.values(), names):
            raise InputError(wrong)
    return of_changes(workspace, changed, progress)


def _effects(
    frames: StoreFrames, then: Sequence[Agreement], names: Mapping[str, str], *, potential: bool
) -> tuple[Effects, DataFrame]:
    from kvalitetsapp.analysis import agreement_effect as analysis
    from kvalitetsapp.analysis import recovery

    of_data = (frames.index_operations, frames.links, frames.linked_episodes, frames.providers)
    operations = analysis.by_operation(
        recovery.ledger(*of_data, frames.agreements, potential=potential),
        recovery.ledger(*of_data, then, potential=potential),
    )
    providers = [
        ProviderEffect(provider_id, names.get(provider_id, provider_id), *_before_and_after(sums))
        for provider_id, *sums in _rows(analysis.totals(operations, ["provider_id"]), "provider_id")
    ]
    ((*sums,),) = _rows(analysis.totals(operations, []))
    return (
        Effects(
            tuple(sorted(providers, key=lambda one: (-abs(one.difference), one.provider_id))),
            ProviderEffect("", _("Alla vårdgivare"), *_before_and_after(sums)),
            _changed_cases(operations, names),
        ),
        operations,
    )


def _rows(found: DataFrame, *keys: str) -> list[tuple[Any, ...]]:
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.analysis.agreement_effect import SUMS

    return frames.rows(found, (*keys, *(f"{name}_{when}" for when in ("before", "after") for name in SUMS)))


def _before_and_after(sums: Sequence[int]) -> tuple[EffectSums, EffectSums]:
    half = len(sums) // 2
    return EffectSums(*sums[:half]), EffectSums(*sums[half:])


def _changed_cases(operations: DataFrame, names: Mapping[str, str]) -> tuple[CaseEffect, ...]:
    """Return the operations for which something else can be claimed, the largest difference first."""
    from kvalitetsapp.analysis import frames

    changed = operations[operations["claimable_before"] != operations["claimable_after"]]
    rows: list[tuple[Any, ...]] = frames.rows(
        changed, ("index_ref", "provider_id", "claimable_before", "claimable_after")
    )
    cases = [CaseEffect(ref, names.get(provider, provider), before, after) for ref, provider, before, after in rows]
    return tuple(sorted(cases, key=lambda one: (-abs(one.difference), one.index_ref)))


def _corrections(workspace: Workspace, operations: DataFrame) -> tuple[ClaimCorrection, ...]:
    """Return the issued claims for operations for which less could be claimed than now, and less than is drawn."""
    claims = issued_claims(workspace.store)
    if not claims:
        return ()
    drawn: dict[str, int] = {}
    for _claim, _day, ref, amount in claims:
        drawn[ref] = drawn.get(ref, 0) + amount
    mine = operations[operations["index_ref"].isin(list(drawn))]
    can = dict(
        zip(
            mine["index_ref"].tolist(),
            zip(mine["claimable_before"].tolist(), mine["claimable_after"].tolist(), strict=True),
            strict=True,
        )
    )
    return tuple(
        ClaimCorrection(claim_number(claim, drafted_at), ref, amount, can[ref][1])
        for claim, drafted_at, ref, amount in claims
        if ref in can and drawn[ref] > can[ref][1] and can[ref][1] < can[ref][0]
    )

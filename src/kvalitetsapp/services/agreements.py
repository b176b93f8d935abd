"""Avtal: every agreement with its terms in words and how much of what is stored it covers."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from kvalitetsapp.domain import agreement_card
from kvalitetsapp.domain.agreement_card import AgreementCard
from kvalitetsapp.store import providers

if TYPE_CHECKING:
    from kvalitetsapp.services.workspace import Workspace


def cards(workspace: Workspace) -> tuple[AgreementCard, ...]:
    """Return all agreements, the latest first; cases are operations with an event that can count."""
    from kvalitetsapp.analysis import agreements
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    names = {one.provider_id: one.name for one in providers.all_providers(workspace.store)}
    of_operation = agreements.agreement_of_operations(frames.index_operations, frames.agreements)
    operations = Counter(of_operation.tolist())
    basis = frames.claims_basis(potential=True)
    found = set(
        zip(basis["agreement_id"].tolist(), basis["index_ref"].tolist(), basis["counts"].tolist(), strict=True)
    )
    cases = Counter(agreement_id for agreement_id, _ref, counts in found if counts)
    made = [
        AgreementCard(one, agreement_card.facts_of(one, names), operations[one.agreement_id], cases[one.agreement_id])
        for one in frames.agreements
    ]
    return tuple(sorted(made, key=lambda card: (card.agreement.valid_from, card.agreement.agreement_id), reverse=True))

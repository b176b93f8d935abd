"""Avtal: every agreement with its terms in words and how much of what is stored it covers."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain import agreement_card
from kvalitetsapp.domain.agreement_card import AgreementCard
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.exchange import agreement_writing
from kvalitetsapp.services import agreement_checks, kept_files
from kvalitetsapp.services.access import needs
from kvalitetsapp.store.agreements import all_agreements

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from kvalitetsapp.domain.agreement_gaps import Gap
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class AgreementsShown:
    """What the page shows: every agreement, and where operations of their providers have none."""

    cards: tuple[AgreementCard, ...]
    gaps: tuple[Gap, ...]


@dataclass(frozen=True, slots=True)
class Written:
    """A file of agreements that was written."""

    path: Path
    agreements: int


@needs(Right.READ_FIGURES)
def shown(workspace: Workspace) -> AgreementsShown:
    """Return all agreements and the gaps between them."""
    from kvalitetsapp.services import frames_of_store

    frames = frames_of_store.load(workspace)
    names = agreement_checks.provider_names(workspace.store)
    return AgreementsShown(_cards(frames, names), agreement_checks.gaps(frames, names))


@needs(Right.EXPORT)
def export(workspace: Workspace, out: Path) -> Written:
    """Write every agreement to a TOML file that `import --kind agreements` takes, and note it in the trace.

    Raises:
        RefusedError: the file cannot be written, or the store is open to be read only.
    """
    found = all_agreements(workspace.store)
    text = agreement_writing.written(found)
    kept_files.keep(
        workspace,
        lambda path: path.write_text(text, encoding="utf-8", newline="\n"),
        out,
        action="agreements_exported",
        target=out.name,
        detail=str(len(found)),
    )
    return Written(out, len(found))


@needs(Right.READ_FIGURES)
def as_table(workspace: Workspace) -> Table:
    """Return `agreement list`."""
    return agreement_card.listed_table(cards(workspace))


def cards(workspace: Workspace) -> tuple[AgreementCard, ...]:
    """Return all agreements, the latest first; cases are operations with an event that can count."""
    from kvalitetsapp.services import frames_of_store

    return _cards(frames_of_store.load(workspace), agreement_checks.provider_names(workspace.store))


def _cards(frames: StoreFrames, names: Mapping[str, str]) -> tuple[AgreementCard, ...]:
    from kvalitetsapp.analysis import agreements

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

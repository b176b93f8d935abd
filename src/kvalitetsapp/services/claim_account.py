"""What has become of what was claimed: claimed, credited and paid, line by line of the issued claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.store import claim_accounts, receivables

if TYPE_CHECKING:
    from pandas import DataFrame

    from kvalitetsapp.analysis.indicators.source import IndicatorSource
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace

_SHAPE: Final = {
    "basis": "int",
    "basis_line": "int",
    "claim": "int",
    "line": "int",
    "status": "category",
    "provider_id": "category",
    "agreement_id": "category",
    "index_episode": "int",
    "index_joint": "category",
    "index_side": "category",
    "operated_on": "date",
    "episode": "int",
    "joint": "category",
    "side": "category",
    "event_date": "date",
    "complication_class": "category",
    "claimed": "int",
    "credited": "int",
}


def lines(workspace: Workspace) -> DataFrame:
    """Return a row for every line of the invoice bases.

    Columns: basis, basis_line, claim, line, status (the claim's), provider_id, agreement_id, index_episode,
    index_joint, index_side, operated_on, episode, joint, side, event_date, complication_class · claimed, credited,
    paid öre.
    """
    import numpy as np

    from kvalitetsapp.analysis import frames

    found = frames.frame(_SHAPE, claim_accounts.line_columns(workspace.store))
    paid = {
        (owed.basis, line): amount
        for owed in receivables.all_receivables(workspace.store)
        for line, amount in owed.paid_by_line().items()
    }
    of_lines = zip(found["basis"].tolist(), found["basis_line"].tolist(), strict=True)
    return found.assign(paid=np.array([paid[each] for each in of_lines], dtype=np.int64))


def account(workspace: Workspace, source: StoreFrames | IndicatorSource) -> DataFrame:
    """Return `recovery.CLAIMS_ACCOUNT`: what became of each event, under the operation that it was claimed for."""
    from kvalitetsapp.analysis import claims_account

    return claims_account.of_lines(lines(workspace), source.links, source.index_operations)


def of_claims(workspace: Workspace) -> dict[int, tuple[int, int, int]]:
    """Return what is claimed, credited and paid of each issued claim."""
    sums = lines(workspace).groupby("claim")[["claimed", "credited", "paid"]].sum()
    rows = zip(sums.index.tolist(), *(sums[name].tolist() for name in sums), strict=True)
    return {claim: (claimed, credited, paid) for claim, claimed, credited, paid in rows}


def left_of(workspace: Workspace, claim: Claim) -> int:
    """Return what is left to pay of an issued claim; nothing is of one that is not issued."""
    owed = None if claim.basis is None else receivables.of_basis(workspace.store, claim.basis)
    if owed is None:
        return 0
    left = owed.left_by_line()
    return sum(left[line.line] for line in owed.lines if line.claim == claim.claim)

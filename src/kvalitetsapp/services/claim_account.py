"""What has become of what was claimed: claimed, credited and paid, line by line of the issued claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.receivable import PAID_AFTER
from kvalitetsapp.store import cap_ledgers, claim_accounts

if TYPE_CHECKING:
    from pandas import DataFrame

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
_PAID_AFTER: Final = {status.value: turn for status, turn in PAID_AFTER.items()}


def lines(workspace: Workspace) -> DataFrame:
    """Return a row for every line of the invoice bases.

    Columns: basis, basis_line, claim, line, status (the claim's), provider_id, agreement_id, index_episode,
    index_joint, index_side, operated_on, episode, joint, side, event_date, complication_class · claimed, credited,
    paid öre.
    """
    from kvalitetsapp.analysis import frames, paid_lines
    from kvalitetsapp.analysis.columns import whole

    found = frames.frame(_SHAPE, claim_accounts.line_columns(workspace.store))
    paid = found["basis"].map(claim_accounts.paid_of_bases(workspace.store)).fillna(0).astype("int64")
    laid = paid_lines.lay(
        found["basis"].to_numpy(),
        found["basis_line"].to_numpy(),
        (found["claimed"] - found["credited"]).to_numpy(),
        whole(found["status"].map(_PAID_AFTER).fillna(0).astype("int64")),
        whole(paid),
    )
    return found.assign(paid=laid)


def account(workspace: Workspace, source: StoreFrames) -> DataFrame:
    """Return `recovery.CLAIMS_ACCOUNT`: what became of each event, under the operation that it was claimed for."""
    from kvalitetsapp.analysis import claims_account

    return claims_account.of_lines(lines(workspace), source.links, source.index_operations)


def of_claims(workspace: Workspace) -> dict[int, tuple[int, int, int]]:
    """Return what is claimed, credited and paid of each issued claim."""
    sums = lines(workspace).groupby("claim")[["claimed", "credited", "paid"]].sum()
    rows = zip(sums.index.tolist(), *(sums[name].tolist() for name in sums), strict=True)
    return {claim: (claimed, credited, paid) for claim, claimed, credited, paid in rows}


def left_of(workspace: Workspace, claim: Claim) -> int:
    """Return what is left to pay of an issued claim."""
    net = sum(cap_ledgers.net_of_claim(workspace.store, claim.claim).values())
    return net - of_claims(workspace).get(claim.claim, (0, 0, 0))[2]

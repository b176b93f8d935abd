"""What is drawn on caps: held against what can be claimed now, and one operation's ledger for people to read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from kvalitetsapp.domain.cap_account import CapAccount, CapAccountLine
from kvalitetsapp.domain.claim import OperationKey, claim_number
from kvalitetsapp.domain.claim_words import CapEntryKind
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.words import Side
from kvalitetsapp.errors import InputError
from kvalitetsapp.store import cap_ledgers, claims, link_parts
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pandas import DataFrame

    from kvalitetsapp.analysis.claim_ledger import Ledger
    from kvalitetsapp.domain.claim import Claim
    from kvalitetsapp.services.frames_of_store import StoreFrames
    from kvalitetsapp.services.workspace import Workspace


@dataclass(frozen=True, slots=True)
class Standing:
    """The store's frames, what they let be claimed, and that held against what is drawn."""

    frames: StoreFrames
    basis: DataFrame
    ledger: Ledger


def standing(workspace: Workspace) -> Standing:
    """Return how claims stand now."""
    return _standing(workspace, of_part=False)


def standing_of(workspace: Workspace, wanted: Sequence[Claim]) -> Standing:
    """Return how some claims stand now, reckoned from the persons alone that have anything to do with them.

    Those are all whose operations, events or claims can reach theirs; what else the standing says is not whole. A
    store that is open to be read only cannot hold such a part, so there everyone is reckoned from.
    """
    if workspace.read_only:
        return standing(workspace)
    episodes = {one.operation.episode for one in wanted} | {line.key.episode for one in wanted for line in one.lines}
    with link_parts.at_hand(workspace.store, episodes):
        return _standing(workspace, of_part=True)


def _standing(workspace: Workspace, *, of_part: bool) -> Standing:
    from kvalitetsapp.analysis import claim_ledger, frames
    from kvalitetsapp.services import frames_of_store

    loaded = frames_of_store.load(workspace, of_part=of_part)
    drawn = frames.frame(claim_ledger.DRAWN, cap_ledgers.drawn_columns(workspace.store, of_part=of_part))
    basis = loaded.claims_basis(potential=False)
    found = claim_ledger.of_claims(basis, loaded.links, loaded.index_operations, loaded.agreements, drawn)
    return Standing(loaded, basis, found)


def verdicts(now: Standing) -> dict[EventKey, int]:
    """Return the verdict that each link rests on."""
    from kvalitetsapp.analysis import frames

    links = now.frames.links
    rows: list[tuple[Any, ...]] = frames.rows(links[links["verdict"].notna()], ("episode", "joint", "side", "verdict"))
    return {EventKey(episode, joint or "", side or ""): verdict for episode, joint, side, verdict in rows}


def verdicts_of_lines(now: Standing) -> list[int | None]:
    """Return the verdict that the link of each line's event rests on now, in the order of the ledger's lines."""
    from kvalitetsapp.analysis.columns import whole

    verdict = [*whole(now.frames.links["verdict"]).tolist(), 0]
    return [verdict[place] or None for place in now.ledger.lines["link"].tolist()]


def operation_now(now: Standing, claim: Claim) -> OperationKey:
    """Return a claim's operation as it is known now; a correction may have told its side since."""
    from kvalitetsapp.analysis import frames

    lines = now.ledger.lines
    place = int(lines["operation"][lines["claim"] == claim.claim].max())
    if place < 0:
        return claim.operation
    rows: list[tuple[Any, ...]] = frames.rows(now.frames.index_operations.iloc[[place]], ("episode", "joint", "side"))
    return OperationKey(*rows[0])


def tell_sides(workspace: Workspace, now: Standing) -> None:
    """Note which side claims of an operation without side are of, where that is known now; inside a transaction.

    The store guards the cap of each side. Without this such a claim would take of the caps of both.
    """
    lines = now.ledger.lines
    without = lines[(lines["index_side"] == Side.UNKNOWN.value) & (lines["operation"] >= 0)].drop_duplicates("claim")
    sides = now.frames.index_operations["side"].iloc[without["operation"]].tolist()
    for claim, side in zip(without["claim"].tolist(), sides, strict=True):
        claims.tell_side(workspace.store, claim, side)


def of_operation(workspace: Workspace, index_ref: str) -> CapAccount:
    """Return an operation's ledger of its cap: every draw, release and credit in order, with what is left.

    Raises:
        InputError: there is no such operation, now or when something was claimed for it.
    """
    operation = _operation(workspace, index_ref)
    lines: list[CapAccountLine] = []
    drawn: dict[int | None, int] = {}
    for row in cap_ledgers.entries_of(workspace.store, operation):
        day, claim, drafted_at, _line, event_ref, episode, kind, amount, cap, scope, number, who = row
        of = None if scope == "index_operation" else episode
        drawn[of] = drawn.get(of, 0) + (amount if kind == CapEntryKind.DRAW else -amount)
        lines.append(
            CapAccountLine(
                date.fromisoformat(day),
                claim_number(claim, drafted_at),
                event_ref,
                CapEntryKind(kind),
                amount,
                cap - drawn[of],
                cap,
                number,
                who,
            )
        )
    return CapAccount(index_ref, operation, tuple(lines))


def _operation(workspace: Workspace, index_ref: str) -> OperationKey:
    from kvalitetsapp.analysis import frames
    from kvalitetsapp.services import frames_of_store

    operations = frames_of_store.load(workspace).index_operations
    found: list[tuple[Any, ...]] = frames.rows(
        operations[operations["index_ref"] == index_ref], ("episode", "joint", "side")
    )
    if found:
        return OperationKey(*found[0])
    claimed = [one for one in claims.all_claims(workspace.store) if one.index_ref == index_ref]
    if not claimed:
        raise InputError(_("Det finns ingen primäroperation {ref}.").format(ref=index_ref))
    return claimed[0].operation

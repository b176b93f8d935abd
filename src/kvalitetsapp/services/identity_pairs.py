"""The work list of numbers that may be one person: found, shown, and told apart by a person."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity, identity_pairs
from kvalitetsapp.domain.changes import Changed, Changes
from kvalitetsapp.domain.identity_pairs import LikelyPair, PairKey, PairReason, Strength
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import access
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import concerned, identities
from kvalitetsapp.store import identity_pairs as stored
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

_CHANGES: Final = frozenset({Changed.FINDINGS})


@dataclass(frozen=True, slots=True)
class ToldApart:
    """What came of a word about a pair."""

    changes: Changes = _CHANGES


@needs(Right.KEEP_QUALITY)
def likely_pairs(
    workspace: Workspace, *, dismissed: bool = False, progress: Progress | None = None
) -> tuple[LikelyPair, ...]:
    """Return numbers that may be one person, those for which most speaks first.

    Pairs that somebody has told apart are left out unless `dismissed`.

    Raises:
        CancelledError: the user cancelled.
    """
    from kvalitetsapp.analysis import double_persons, frames

    progress, store = progress or Progress(), workspace.store
    progress.step(0, 2, _("Hämtar nummer"))
    numbers = stored.number_columns(store)
    inputs = (
        frames.frame(double_persons.NUMBERS, {name: numbers[name] for name in double_persons.NUMBERS}),
        frames.frame(double_persons.CARE, stored.care_columns(store)),
        frames.frame(double_persons.OPERATIONS, stored.operation_columns(store)),
        frames.frame(double_persons.EVENTS, stored.unlinked_columns(store)),
    )
    progress.step(1, 2, _("Jämför nummer"))
    found = frames.rows(double_persons.likely_pairs(*inputs), ("identity", "same_as", "reasons", "strength"))
    told = stored.dismissals(store)
    pairs = [
        (one, other, str(reasons), str(strength))
        for one, other, reasons, strength in found
        if isinstance(one, int) and isinstance(other, int) and (dismissed or PairKey.of(one, other) not in told)
    ]
    progress.step(2, 2, _("Jämför nummer"))
    return _with_facts(workspace, pairs)


@needs(Right.KEEP_QUALITY)
def pairs_table(workspace: Workspace, *, dismissed: bool = False, identified: bool = False) -> Table:
    """Return the work list as a table; `identified` shows whole numbers, which is written in the audit trail."""
    if identified:
        access.demand(workspace, Right.EXPORT_IDENTIFIED, "identity_pairs.pairs_table")
    pairs = likely_pairs(workspace, dismissed=dismissed)
    if not identified:
        return identity_pairs.pairs_table(pairs)
    about = {number for pair in pairs for number in (pair.personal_id, pair.same_as_id)}
    with workspace.action("identities_disclosed", target="identity_pairs", detail=str(len(pairs)), patients=about):
        return identity_pairs.pairs_table(pairs, identified=True)


@needs(Right.KEEP_QUALITY)
def dismiss(workspace: Workspace, pair: PairKey, reason: str) -> ToldApart:
    """Keep that two numbers are not one person, why, who says so and when: they are not proposed again.

    Raises:
        InputError: no reason is given.
        RefusedError: the store cannot be written to.
    """
    said = identity.hidden(reason.strip())
    if not said:
        raise InputError(_("Skriv varför numren inte är samma person."))
    about = concerned.of_identities(workspace.store, (pair.low, pair.high))
    target = f"{pair.low} / {pair.high}"
    with workspace.action("identities_told_apart", target=target, detail=said, patients=about):
        stored.dismiss(workspace.store, pair, said, workspace.user)
    return ToldApart()


@needs(Right.KEEP_QUALITY)
def take_back(workspace: Workspace, pair: PairKey) -> ToldApart:
    """Forget that two numbers are not one person: they are proposed again.

    Raises:
        RefusedError: the store cannot be written to.
    """
    about = concerned.of_identities(workspace.store, (pair.low, pair.high))
    with workspace.action("identities_proposed_again", target=f"{pair.low} / {pair.high}", patients=about):
        stored.take_back(workspace.store, pair)
    return ToldApart()


def _with_facts(workspace: Workspace, pairs: list[tuple[int, int, str, str]]) -> tuple[LikelyPair, ...]:
    store, told = workspace.store, stored.dismissals(workspace.store)
    some = {key for one, other, _reasons, _strength in pairs for key in (one, other)}
    numbers = identities.numbers_of(store, some)
    units, counts = stored.unit_names(store, some), stored.episode_counts(store, some)
    return tuple(
        LikelyPair(
            one,
            other,
            numbers[one],
            numbers[other],
            tuple(PairReason(reason) for reason in reasons.split()),
            Strength(strength),
            _units(units.get(one, []), units.get(other, [])),
            counts.get(one, 0),
            counts.get(other, 0),
            told.get(PairKey.of(one, other)),
        )
        for one, other, reasons, strength in pairs
    )


def _units(one: list[str], other: list[str]) -> str:
    """Return the units of both, or the one's and the other's where none is of both."""
    shared = [name for name in one if name in other]
    if shared:
        return ", ".join(shared)
    return " | ".join(", ".join(names) for names in (one, other) if names)

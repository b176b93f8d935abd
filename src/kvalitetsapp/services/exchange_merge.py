"""Laying a package on what is here: new things and those gone further there are taken, nothing is overwritten."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.exchanged import (
    DECIDED,
    HELD,
    TAKEN,
    Standing,
    Thing,
    ThingKind,
    bundles,
    standing,
)
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.services import linking, refusals, taken_decisions, taken_money
from kvalitetsapp.services.taken_money import ToTake
from kvalitetsapp.store import exchanged_claims, exchanged_decisions, exchanged_refs, providers
from kvalitetsapp.store.taken_claims import BrokenRuleError
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from kvalitetsapp.domain.exchanged import Package
    from kvalitetsapp.progress import Progress
    from kvalitetsapp.services.taken_decisions import TakenDecision
    from kvalitetsapp.services.workspace import Workspace

MOST_NAMED: Final = 3


@dataclass(frozen=True, slots=True)
class Held:
    """Things that hang together and were not taken, with why."""

    theirs: tuple[Thing, ...]
    ours: tuple[Thing, ...]
    standing: Standing
    reason: str

    @property
    def kind(self) -> str:
        """Return which of the two kinds of conflict it is."""
        return "decision" if self.theirs[0].kind in DECIDED else "claim"

    @property
    def subject(self) -> str:
        """Return what it is about: the names of the first few."""
        names = [one.name for one in self.theirs]
        more = [] if len(names) <= MOST_NAMED else [_("och {n} till").format(n=len(names) - MOST_NAMED)]
        return ", ".join([*names[:MOST_NAMED], *more])


@dataclass
class Merged:
    """How every thing of a package stood, what was left out, and what was taken of decisions."""

    counts: dict[tuple[ThingKind, Standing], int] = field(default_factory=dict)
    held: list[Held] = field(default_factory=list)
    decisions: list[TakenDecision] = field(default_factory=list)

    def count(self, kinds: Iterable[ThingKind], standings: Iterable[Standing]) -> int:
        """Return how many things of some kinds stood in one of some ways."""
        return sum(self.counts.get((kind, one), 0) for kind in kinds for one in standings)


def things_here(workspace: Workspace) -> tuple[Thing, ...]:
    """Return everything here that travels."""
    store = workspace.store
    decided = (*exchanged_decisions.decisions(store), *exchanged_decisions.missed(store))
    money = (*exchanged_claims.claims(store), *exchanged_claims.documents(store), *exchanged_claims.payments(store))
    return (*decided, *money)


def merge(workspace: Workspace, package: Package, progress: Progress, *, forced: bool = False) -> Merged:
    """Take of a package what can be taken, inside a transaction; with `forced` theirs is to hold where both went on.

    Raises:
        RefusedError: something imported here is not linked yet.
        CancelledError: the user cancelled; the transaction is to be rolled back.
    """
    refusals.check_linked(workspace)
    return _Merge(workspace, package, progress, forced=forced).done()


class _Merge:
    """One package on its way in."""

    def __init__(self, workspace: Workspace, package: Package, progress: Progress, *, forced: bool) -> None:
        self._workspace, self._package, self._progress, self._forced = workspace, package, progress, forced
        self._ours = {one.id: one for one in things_here(workspace)}
        refs = {ref for one in package.things for ref in one.episodes}
        self._episodes = exchanged_refs.episodes_of(workspace.store, refs)
        self._providers = {one.provider_id for one in providers.all_providers(workspace.store)}
        self._out = Merged()

    def done(self) -> Merged:
        """Take what can be taken, decisions first: claims rest on them."""
        wanted = [group for group in bundles(self._package.things) if self._is_wanted(group)]
        decided = [group for group in wanted if group[0].kind in DECIDED]
        for number, group in enumerate(decided):
            self._progress.step(number, len(decided), _("Tar emot beslut"))
            if group[0].kind is ThingKind.DECISION:
                self._take_decided(group[0])
        if self._out.decisions:
            touched = {one.person for one in self._out.decisions}
            linking.derive(self._workspace, self._progress, cause=LinkCause.DECISION, touched=touched)
        for group in decided:
            if group[0].kind is ThingKind.MISSED:
                self._take_decided(group[0])
        self._take_money([group for group in wanted if group[0].kind not in DECIDED])
        return self._out

    def _is_wanted(self, group: tuple[Thing, ...]) -> bool:
        """Count how the things of a group stand, and tell whether it is to be taken; hold it where it cannot be."""
        stand = {one.id: standing(self._ours.get(one.id), one) for one in group}
        reasons = [self._why_not(one, stand[one.id]) for one in group]
        held = next((reason for reason in reasons if reason is not None), None)
        if held is not None:
            self._hold(group, *held)
            return False
        wanted = any(one in TAKEN or one in HELD for one in stand.values())
        if not wanted:
            for one in group:
                self._count(one, stand[one.id])
        return wanted

    def _why_not(self, one: Thing, stands: Standing) -> tuple[Standing, str] | None:
        if stands in (Standing.SAME, Standing.OURS_FURTHER):
            return None
        lacking = [ref for ref in one.episodes if ref not in self._episodes]
        if lacking:
            told = ", ".join(lacking[:MOST_NAMED])
            return Standing.MISSING, _("{name}: vårdkontakten {refs} finns inte här").format(name=one.name, refs=told)
        provider = one.base.get("provider_id")
        if provider is not None and provider not in self._providers:
            reason = _("{name}: vårdgivaren {provider} finns inte här").format(name=one.name, provider=provider)
            return Standing.MISSING, reason
        if stands is not Standing.CONFLICT:
            return None
        same_base = (ours := self._ours.get(one.id)) is not None and ours.base == one.base
        if not same_base:
            return Standing.CONFLICT, _("{name}: numret finns här med ett annat innehåll").format(name=one.name)
        return None if self._forced else (Standing.CONFLICT, _("{name}: båda har gått vidare").format(name=one.name))

    def _take_decided(self, theirs: Thing) -> None:
        ours, store = self._ours.get(theirs.id), self._workspace.store
        try:
            with store.part():
                if theirs.kind is ThingKind.MISSED:
                    taken_decisions.take_missed(
                        self._workspace, theirs, ours, self._episodes, forced=self._is_forced(theirs)
                    )
                else:
                    found = (theirs, ours, self._episodes, self._package.package_id)
                    taken = taken_decisions.take(self._workspace, *found)
                    self._out.decisions.append(taken)
        except BrokenRuleError as error:
            self._hold((theirs,), Standing.CONFLICT, f"{theirs.name}: {error.reason}")
        else:
            self._count(theirs, standing(ours, theirs))

    def _take_money(self, groups: Sequence[tuple[Thing, ...]]) -> None:
        wanted = [
            ToTake(one, self._ours.get(one.id), number, self._is_forced(one))
            for number, group in enumerate(groups)
            for one in group
            if standing(self._ours.get(one.id), one) in TAKEN | HELD
        ]
        left_out = taken_money.take(self._workspace, wanted, self._episodes)
        for number, group in enumerate(groups):
            if number in left_out:
                self._hold(group, Standing.CONFLICT, left_out[number])
                continue
            for one in group:
                self._count(one, standing(self._ours.get(one.id), one))

    def _is_forced(self, one: Thing) -> bool:
        return self._forced and standing(self._ours.get(one.id), one) is Standing.CONFLICT

    def _hold(self, group: tuple[Thing, ...], how: Standing, reason: str) -> None:
        """Leave a group out: what is the same here is so yet, the rest of it waits for a person."""
        ours = tuple(self._ours[one.id] for one in group if one.id in self._ours)
        self._out.held.append(Held(group, ours, how, reason))
        for one in group:
            stands = standing(self._ours.get(one.id), one)
            self._count(one, stands if stands in (Standing.SAME, Standing.OURS_FURTHER) else how)

    def _count(self, one: Thing, stands: Standing) -> None:
        self._out.counts[one.kind, stands] = self._out.counts.get((one.kind, stands), 0) + 1


def patients_of(workspace: Workspace, episodes: Mapping[str, int]) -> tuple[str, ...]:
    """Return the personal numbers of the patients whose contacts are spoken of."""
    return exchanged_refs.numbers_of_patients(workspace.store, episodes.values())

"""Which families of procedures a store follows: those of the data contract always, others by choice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import families
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed, Changes
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.domain.family_tables import FamilyShown, families_table
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import linking
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import family_choices, meta
from kvalitetsapp.texts import _, ngettext, number

if TYPE_CHECKING:
    from kvalitetsapp.domain.families import Family
    from kvalitetsapp.domain.table import Table
    from kvalitetsapp.services.workspace import Workspace

FOLLOWED: Final = "family_followed"
UNFOLLOWED: Final = "family_unfollowed"
_CHANGED: Changes = frozenset({Changed.FAMILIES, Changed.LINKS, Changed.FINDINGS, Changed.INDICATORS})


@dataclass(frozen=True, slots=True)
class FamilyOutcome:
    """Which families are followed now, and what to say of it."""

    followed: tuple[str, ...]
    said: str
    changes: Changes = NOTHING_CHANGED


@needs(Right.READ_FIGURES)
def followed(workspace: Workspace) -> tuple[str, ...]:
    """Return the families that are followed, in their order: what stands in columns `joint`."""
    return workspace.followed


@needs(Right.READ_FIGURES)
def shown(workspace: Workspace) -> tuple[FamilyShown, ...]:
    """Return every family that the program knows, with whether it is followed and how many operations it has."""
    chosen, operations = family_choices.latest(workspace.store), family_choices.operations(workspace.store)
    standing = workspace.followed
    found = []
    for one in families.known():
        who, when = chosen.get(one.family, ("", ""))
        found.append(
            FamilyShown(
                one.family,
                one.name,
                one.family in standing,
                one.from_start,
                one.has_sides,
                operations.get(one.family, 0),
                who,
                when[:10],
            )
        )
    return tuple(found)


@needs(Right.READ_FIGURES)
def listed(workspace: Workspace) -> Table:
    """Return `family list`."""
    return families_table(shown(workspace))


@needs(Right.READ_FIGURES)
def check_followed(workspace: Workspace, joint: str | None) -> None:
    """Refuse to read figures of a family that is not followed: they would be empty, not zero.

    Raises:
        InputError: it is not followed.
    """
    if joint and joint not in workspace.followed:
        raise InputError(
            _("Operationsfamiljen {family} följs inte. Följ den med ”kvalitetsapp family follow {family}”.").format(
                family=joint
            )
        )


@needs(Right.KEEP_TABLES)
def follow(workspace: Workspace, family: str, *, on: bool, progress: Progress | None = None) -> FamilyOutcome:
    """Follow a family from now on, or no longer, and derive everyone's links anew; decisions stand (R6).

    Raises:
        InputError: there is no such family.
        RefusedError: it is always followed, or something is claimed for its operations.
        CancelledError: the user cancelled; nothing is changed.
    """
    one = _named(family)
    if (family in workspace.followed) == on:
        return FamilyOutcome(workspace.followed, _already(one, on=on))
    if not on:
        _refuse_to_leave(workspace, one)
    with workspace.action(FOLLOWED if on else UNFOLLOWED, target=family) as store:
        family_choices.add(store, family, followed=on, who=workspace.user, decided_at=this_moment())
        meta.count_change(store)
        linked = linking.derive(workspace, progress or Progress())
        found = family_choices.operations(store).get(family, 0)
    said = _followed(one, found) if on else _("{name} följs inte längre. Alla har kopplats på nytt.")
    return FamilyOutcome(workspace.followed, said.format(name=one.name), linked.changes | _CHANGED)


def _named(family: str) -> Family:
    found = families.of(family)
    if found is None:
        raise InputError(
            _("Det finns ingen operationsfamilj {family}. Välj bland {known}.").format(
                family=family, known=", ".join(families.ids())
            )
        )
    return found


def _refuse_to_leave(workspace: Workspace, one: Family) -> None:
    if one.from_start:
        raise RefusedError(_("{name} följs alltid.").format(name=one.name))
    if family_choices.has_claims(workspace.store, one.family):
        raise RefusedError(
            _("Det finns krav för operationer i {name}, så familjen måste följas.").format(name=one.name.lower())
        )


def _already(one: Family, *, on: bool) -> str:
    told = _("{name} följs redan.") if on else _("{name} följs inte.")
    return told.format(name=one.name)


def _followed(one: Family, operations: int) -> str:
    told = ngettext(
        "{name} följs nu: {n} indexoperation hittades. Alla har kopplats på nytt.",
        "{name} följs nu: {n} indexoperationer hittades. Alla har kopplats på nytt.",
        operations,
    )
    return told.format(name=one.name, n=number(operations))

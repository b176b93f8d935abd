"""Two numbers of one person joined by hand: what it would change, and doing it as an import of one row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changes
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.joining import Consequence, Consequences, Effect, NumberKind, Permit, number_kind
from kvalitetsapp.domain.link_changes import LinkCause
from kvalitetsapp.domain.rights import Right
from kvalitetsapp.domain.words import word
from kvalitetsapp.errors import InputError, RefusedError
from kvalitetsapp.exchange import kinds, values
from kvalitetsapp.exchange.result import ReadFile
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import imports, linking, readings
from kvalitetsapp.services.access import needs
from kvalitetsapp.store import audit, batches, identities, joining, meta
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.joining import LinkState

    _EventKey = tuple[str, str, str]
    _Links = dict[_EventKey, LinkState]

PROFILE: Final = "manual"
_NOTHING: Final[frozenset[Permit]] = frozenset()
_REPEATED: Final = "repeat_primary"


class JoinRefusedError(RefusedError):
    """Two numbers cannot be joined, or only where `permit` is given."""

    def __init__(self, message: str, permit: Permit | None = None) -> None:
        super().__init__(message)
        self.permit = permit


@dataclass(frozen=True, slots=True)
class Joined:
    """What came of joining two numbers: the import that holds the alias."""

    batch: int
    changes: Changes = NOTHING_CHANGED


@dataclass(frozen=True, slots=True)
class _Pair:
    """Two numbers that may be joined, and all identities that would be one person with them."""

    personal_id: str
    same_as: str
    identity: int
    same_as_identity: int
    group: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _State:
    """What the numbers hold at one moment, and what can be claimed in the whole store."""

    operations: dict[str, str]
    links: _Links
    repeated: frozenset[tuple[str, str]]
    claimable: int
    potential: int


@needs(Right.KEEP_QUALITY)
def numbers_of_keys(workspace: Workspace, identity_key: int, same_as_key: int) -> tuple[str, str]:
    """Return the numbers of two keys, as the list of likely pairs gives them.

    Raises:
        InputError: there is no number with such a key.
    """
    found = identities.numbers_of(workspace.store, (identity_key, same_as_key))
    for key in (identity_key, same_as_key):
        if key not in found:
            raise InputError(_("Det finns inget nummer med nyckeln {key}. Nycklarna står i listan.").format(key=key))
    return found[identity_key], found[same_as_key]


@needs(Right.KEEP_QUALITY)
def consequences(
    workspace: Workspace,
    personal_id: str,
    same_as: str,
    *,
    permits: Collection[Permit] = _NOTHING,
    progress: Progress | None = None,
) -> Consequences:
    """Return what would change if the first number were an alias of the second; it is done and taken back.

    Raises:
        InputError: a text is no number.
        JoinRefusedError: the two cannot be joined, or not without a permit.
        RefusedError: the store cannot be written to.
        CancelledError: the user cancelled.
    """
    progress = progress or Progress()
    with workspace.store.trial():
        pair = _checked(workspace, personal_id, same_as, permits)
        if not meta.links_are_current(workspace.store):
            linking.derive(workspace, progress, cause=LinkCause.JOIN)
        before = _state(workspace, pair)
        _keep(workspace, pair, progress)
        found = _differences(before, _state(workspace, pair))
    compared = (pair.personal_id, pair.same_as)
    readings.note(workspace, readings.NUMBERS_COMPARED, f"{pair.identity} / {pair.same_as_identity}", compared)
    return Consequences(pair.identity, pair.same_as_identity, tuple(found))


@needs(Right.KEEP_QUALITY)
def join(
    workspace: Workspace,
    personal_id: str,
    same_as: str,
    *,
    permits: Collection[Permit] = _NOTHING,
    progress: Progress | None = None,
) -> Joined:
    """Make the first number an alias of the second and link anew, as an import that can be undone like any other.

    Raises:
        InputError: a text is no number.
        JoinRefusedError: the two cannot be joined, or not without a permit.
        RefusedError: the store cannot be written to.
        CancelledError: the user cancelled.
    """
    with workspace.store.transaction():
        pair = _checked(workspace, personal_id, same_as, permits)
        batch, changes = _keep(workspace, pair, progress or Progress())
        target, detail = f"{pair.identity} = {pair.same_as_identity}", " ".join([str(batch), *sorted(permits)])
        audit.append(
            *(workspace.store, workspace.user, "identities_joined"),
            target=target,
            detail=detail,
            patients=(pair.personal_id, pair.same_as),
        )
    return Joined(batch, changes)


def _keep(workspace: Workspace, pair: _Pair, progress: Progress) -> tuple[int, Changes]:
    columns = kinds.columns_read(KindOfFile.ALIASES)
    row = {"row": 1, "personal_id": pair.personal_id, "same_as": pair.same_as}
    rows = [tuple(row[name] for name in columns)]
    file = ReadFile(KindOfFile.ALIASES, _("för hand"), "", PROFILE, columns, read=1, rows=rows)
    current = meta.links_are_current(workspace.store)
    outcome = imports.keep_read(workspace, file, progress)
    if current:
        meta.note_linked(workspace.store)  # but for the group
    linked = linking.derive(workspace, progress, cause=LinkCause.JOIN, touched=pair.group if current else None)
    return outcome.batch or 0, outcome.changes | linked.changes


# what is refused


def _checked(workspace: Workspace, first: str, second: str, permits: Collection[Permit]) -> _Pair:
    personal_id, same_as = _number(workspace, first), _number(workspace, second)
    if personal_id == same_as:
        raise JoinRefusedError(_("De två numren är samma nummer."))
    known = joining.known(workspace.store, (personal_id, same_as))
    if personal_id not in known:
        raise JoinRefusedError(_("Numret som ska föras ihop finns inte i databasen. Kontrollera siffrorna."))
    if same_as not in known:
        raise JoinRefusedError(_("Numret som det ska vara samma som finns inte i databasen. Kontrollera siffrorna."))
    _demand_direction(personal_id, same_as, permits)
    one, other = known[personal_id], known[same_as]
    _demand_no_ring(workspace, one, other, permits)
    return _Pair(personal_id, same_as, one, other, _group(workspace, one, other))


def _number(workspace: Workspace, text: str) -> str:
    found = values.person(text.strip(), workspace.today.isoformat(), "") if text.strip() else values.fault("missing")
    if isinstance(found, values.Fault):
        raise InputError(found.reason)
    return str(found.value if isinstance(found, values.Doubt) else found)


def _demand_direction(personal_id: str, same_as: str, permits: Collection[Permit]) -> None:
    """Refuse a number that lasts as an alias of one that does not, and two that last without a permit."""
    order = list(NumberKind)
    first, second = number_kind(personal_id), number_kind(same_as)
    if order.index(first) > order.index(second):
        raise JoinRefusedError(
            _(
                "Ett personnummer kan inte vara ett tidigare nummer för ett samordningsnummer eller reservnummer, och "
                "ett samordningsnummer inte för ett reservnummer. Byt håll."
            )
        )
    if first is second and first is not NumberKind.RESERVE and Permit.TWO_PERSONAL_NUMBERS not in permits:
        raise JoinRefusedError(
            _("Båda är riktiga personnummer eller samordningsnummer. Bekräfta särskilt att de är samma person."),
            Permit.TWO_PERSONAL_NUMBERS,
        )


def _demand_no_ring(workspace: Workspace, one: int, other: int, permits: Collection[Permit]) -> None:
    named = joining.aliases(workspace.store)
    if named.get(one) == other:
        raise JoinRefusedError(_("De två numren är redan hopförda."))
    if one in _followed(named, other):
        raise JoinRefusedError(_("Det andra numret är redan samma som det första: det skulle bli en ring."))
    if one in named and Permit.CHANGE_EXISTING not in permits:
        held = identities.numbers_of(workspace.store, [named[one]])[named[one]]
        raise JoinRefusedError(
            _("Numret är redan hopfört med {number}. Säg till om det ska ändras.").format(
                number=identity.masked(held)
            ),
            Permit.CHANGE_EXISTING,
        )


def _followed(named: dict[int, int], start: int) -> set[int]:
    seen, at = set[int](), start
    while at in named and at not in seen:
        seen.add(at)
        at = named[at]
    return seen | {at}


def _group(workspace: Workspace, one: int, other: int) -> tuple[int, ...]:
    same = identities.same_person(workspace.store)
    persons = {same.get(one, one), same.get(other, other)}
    return tuple(sorted({one, other} | persons | {key for key, person in same.items() if person in persons}))


# what would change


def _state(workspace: Workspace, pair: _Pair) -> _State:
    from kvalitetsapp.services import frames_of_store

    store = workspace.store
    frames = frames_of_store.load(workspace)
    sums = [int(frames.claims_basis(potential=potential)["claimable"].sum()) for potential in (False, True)]
    return _State(
        {ref: identity.masked(number) for ref, number in joining.operations(store, pair.group).items()},
        joining.links(store, pair.group),
        frozenset((ref, value) for ref, _column, value in batches.findings_of_rule(store, _REPEATED)),
        sums[0],
        sums[1],
    )


def _differences(before: _State, after: _State) -> Iterator[Consequence]:
    yield from _operations(before.operations, after.operations)
    for key, old, new in _events(before.links, after.links):
        yield from _link("/".join(part for part in key if part), old, new)
    for ref, value in sorted(after.repeated - before.repeated):
        yield Consequence(Effect.REPEAT_PRIMARY, ref, "", value)
    for ref, value in sorted(before.repeated - after.repeated):
        yield Consequence(Effect.REPEAT_PRIMARY_GONE, ref, value, "")
    yield Consequence(Effect.CLAIMABLE, "", ore_before=before.claimable, ore_after=after.claimable)
    yield Consequence(Effect.POTENTIAL, "", ore_before=before.potential, ore_after=after.potential)


def _operations(before: dict[str, str], after: dict[str, str]) -> Iterator[Consequence]:
    for ref in sorted(before.keys() | after.keys()):
        old, new = before.get(ref, ""), after.get(ref, "")
        if old == new:
            continue
        effect = Effect.OPERATION_MOVED
        if not (old and new):
            effect = Effect.OPERATION_NEW if new else Effect.OPERATION_GONE
        yield Consequence(effect, ref, old, new)


def _events(before: _Links, after: _Links) -> Iterator[tuple[_EventKey, LinkState | None, LinkState | None]]:
    """Give every event before and after; one that only gets another joint or side is the same event."""
    told = {key[0]: key for key in after.keys() - before.keys() if _is_alone(key, after)}
    renamed = {key: told[key[0]] for key in before.keys() - after.keys() if key[0] in told and _is_alone(key, before)}
    for key in sorted((before.keys() | after.keys()) - set(renamed.values())):
        now = renamed.get(key, key)
        yield now, before.get(key), after.get(now)


def _is_alone(key: _EventKey, links: _Links) -> bool:
    return sum(other[0] == key[0] for other in links) == 1


def _link(ref: str, before: LinkState | None, after: LinkState | None) -> Iterator[Consequence]:
    if before is None or after is None:
        yield Consequence(Effect.EVENT_NEW if before is None else Effect.EVENT_GONE, ref, _told(before), _told(after))
        return
    if before[:-1] != after[:-1]:
        effect = Effect.LINK_CHANGED
        if bool(before.index_ref) != bool(after.index_ref):
            effect = Effect.LINK_NEW if after.index_ref else Effect.LINK_GONE
        yield Consequence(effect, ref, _told(before), _told(after))
    if after.another_look and not before.another_look:
        yield Consequence(Effect.ANOTHER_LOOK, ref, "", _("Granskas på nytt"))


def _told(link: LinkState | None) -> str:
    """Return a link as words: its status, its operation, how long after, and the class."""
    if link is None:
        return ""
    parts = [word("status", link.status)]
    if link.index_ref:
        parts += [
            link.index_ref,
            _("dag {n}").format(n=link.days),
            word("complication_class", link.complication_class),
        ]
    if link.competing:
        parts.append(_("annan kirurgi emellan"))
    return ", ".join(parts)

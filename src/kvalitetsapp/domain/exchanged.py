"""What travels between two stores: decisions and claims with their whole history, and how two histories stand.

A *thing* is known by its kind and key. Its `base` never changes; what was done with it is its `acts`, each written
down once and never changed again. So two stores that know the same thing stand to each other as two sets of acts: one
holds the other, or each has something of its own. Nothing is guessed from clocks or from which store is the larger.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

FORM: Final = 1
"""The form of a package that this program writes, and the only one that it reads."""
DEEPEST: Final = 12
"""How deep lists and objects of a package lie in each other at most; what we write is far from it."""


class ThingKind(StrEnum):
    """What a thing is."""

    DECISION = "decision"
    MISSED = "missed"
    CLAIM = "claim"
    BASIS = "basis"
    PAYMENT = "payment"


DECIDED: Final = frozenset({ThingKind.DECISION, ThingKind.MISSED})
"""Kinds that tell what people decided; the others tell of money."""


class Standing(StrEnum):
    """How a thing of a package stands to the same thing here."""

    NEW = "new"
    SAME = "same"
    OURS_FURTHER = "ours_further"
    THEIRS_FURTHER = "theirs_further"
    CONFLICT = "conflict"
    MISSING = "missing"


TAKEN: Final = frozenset({Standing.NEW, Standing.THEIRS_FURTHER})
HELD: Final = frozenset({Standing.CONFLICT, Standing.MISSING})


@dataclass(frozen=True, slots=True)
class Thing:
    """One thing with its history.

    `episodes` are the references of the care contacts that it is about, `ties` the other things that it cannot be
    taken without. `state` is what the acts have led to where that is not read off them; it goes with whoever has come
    further and is not compared.
    """

    kind: ThingKind
    key: str
    name: str
    episodes: tuple[str, ...]
    ties: tuple[str, ...]
    base: Mapping[str, Any]
    acts: tuple[Mapping[str, Any], ...]
    state: Mapping[str, Any]

    @property
    def id(self) -> str:
        """Return what the thing is known by among all kinds."""
        return thing_id(self.kind, self.key)

    @property
    def told_acts(self) -> tuple[str, ...]:
        """Return the acts as texts that are equal where the acts are; a repeated one is told apart by its number."""
        seen: Counter[str] = Counter()
        told = []
        for act in self.acts:
            text = canonical(act)
            seen[text] += 1
            told.append(text if seen[text] == 1 else f"{seen[text]} {text}")
        return tuple(told)


@dataclass(frozen=True, slots=True)
class Package:
    """The content of a package: where it comes from, and the things in it."""

    package_id: str
    store: str
    user: str
    made_at: str
    program: str
    schema: int
    data_through: str
    things: tuple[Thing, ...]

    def count(self, kinds: Iterable[ThingKind]) -> int:
        """Return how many things of some kinds there are."""
        wanted = set(kinds)
        return sum(one.kind in wanted for one in self.things)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A package as it was made or taken here."""

    exchange: int
    package_id: str
    direction: str
    other_store: str
    other_user: str
    happened_at: str
    who: str
    decisions: int
    claims: int


class MalformedError(Exception):
    """A package is not written as packages are."""


def thing_id(kind: ThingKind, key: str) -> str:
    """Return what a thing is known by among all kinds."""
    return f"{kind.value}:{key}"


def canonical(content: object) -> str:
    """Return content as JSON in its one spelling."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def standing(ours: Thing | None, theirs: Thing) -> Standing:
    """Return how a thing of theirs stands to ours, by what both hold; whether it can be taken is asked elsewhere."""
    if ours is None:
        return Standing.NEW
    if canonical(ours.base) != canonical(theirs.base):
        return Standing.CONFLICT
    here, there = set(ours.told_acts), set(theirs.told_acts)
    if here == there:
        return Standing.SAME
    if here < there:
        return Standing.THEIRS_FURTHER
    return Standing.OURS_FURTHER if there < here else Standing.CONFLICT


def beyond(theirs: Thing, ours: Thing | None) -> tuple[Mapping[str, Any], ...]:
    """Return the acts of `theirs` that `ours` does not know, in their order."""
    known = set() if ours is None else set(ours.told_acts)
    return tuple(act for act, told in zip(theirs.acts, theirs.told_acts, strict=True) if told not in known)


def bundles(things: Sequence[Thing]) -> tuple[tuple[Thing, ...], ...]:
    """Return things in groups that are taken whole or not at all: those tied to each other, in the order given."""
    leader = {one.id: one.id for one in things}

    def found(name: str) -> str:
        while leader[name] != name:
            leader[name] = leader[leader[name]]
            name = leader[name]
        return name

    for one in things:
        for tie in one.ties:
            if tie in leader:
                leader[found(tie)] = found(one.id)
    groups: dict[str, list[Thing]] = {}
    for one in things:
        groups.setdefault(found(one.id), []).append(one)
    return tuple(map(tuple, groups.values()))


def as_dict(package: Package) -> dict[str, Any]:
    """Return a package as what its file holds."""
    told = {name: getattr(package, name) for name in ("package_id", "store", "user", "made_at", "program")}
    things = [thing_as_dict(one) for one in package.things]
    return {"form": FORM, **told, "schema": package.schema, "data_through": package.data_through, "things": things}


def thing_as_dict(one: Thing) -> dict[str, Any]:
    """Return a thing as what a package holds of it."""
    told = {name: getattr(one, name) for name in ("key", "name", "base", "state")}
    return {
        "kind": one.kind.value,
        **told,
        **{name: list(getattr(one, name)) for name in ("episodes", "ties", "acts")},
    }


def from_dict(raw: object) -> Package:
    """Return the package that `as_dict` told.

    Raises:
        MalformedError: something is missing or of another kind, lies too deep, or stands twice.
    """
    _demand_shallow(raw)
    told = _object(raw)
    if type(told.get("form")) is not int or told["form"] != FORM:
        raise MalformedError
    package_id, store, user, made_at, program, through = (
        _text(told.get(name)) for name in ("package_id", "store", "user", "made_at", "program", "data_through")
    )
    if type(schema := told.get("schema")) is not int:
        raise MalformedError
    things = tuple(thing_from_dict(one) for one in _list(told.get("things")))
    if len({one.id for one in things}) != len(things):
        raise MalformedError
    return Package(package_id, store, user, made_at, program, schema, through, things)


def thing_from_dict(raw: object) -> Thing:
    """Return the thing that `thing_as_dict` told.

    Raises:
        MalformedError: something is missing or of another kind.
    """
    told = _object(raw)
    try:
        kind = ThingKind(told["kind"])
        acts = tuple(_object(act) for act in _list(told["acts"]))
        texts = {name: tuple(map(_text, _list(told[name]))) for name in ("episodes", "ties")}
        named = _text(told["key"]), _text(told["name"])
        base, state = _object(told["base"]), _object(told["state"])
    except (KeyError, ValueError) as error:
        raise MalformedError from error
    return Thing(kind, *named, texts["episodes"], texts["ties"], base, acts, state)


def _demand_shallow(raw: object, depth: int = 0) -> None:
    if depth > DEEPEST:
        raise MalformedError
    inner: Iterable[object] = raw.values() if isinstance(raw, dict) else raw if isinstance(raw, list) else ()
    for one in inner:
        _demand_shallow(one, depth + 1)


def _object(raw: object) -> dict[str, Any]:
    if not isinstance(raw, dict):
        raise MalformedError
    return raw


def _list(raw: object) -> list[object]:
    if not isinstance(raw, list):
        raise MalformedError
    return raw


def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise MalformedError
    return raw

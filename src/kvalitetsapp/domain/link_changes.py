"""What a link run did to events: facts before and after, and how people are told of the difference."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.review_words import LinkChange
from kvalitetsapp.domain.words import LinkStatus, Side, word
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Fact = str | int | None
Facts = dict[str, Fact]

FACTS: Final = (
    "status",
    "index_ref",
    "operated_on",
    "index_side",
    "index_provider_id",
    "event_date",
    "complication_class",
    "surgery_level",
    "competing",
    "another_look",
    "candidates",
    "triggers",
)
"""What is compared of an event from run to run: columns of the links."""
_KNOWN_SIDES: Final = (Side.RIGHT.value, Side.LEFT.value)
_OPERATION: Final = frozenset({"status", "index_ref", "operated_on", "index_side", "index_provider_id"})


class LinkCause(StrEnum):
    """Why links were made anew."""

    ASKED = "asked"
    IMPORT = "import"
    UNDO = "undo"
    DECISION = "decision"
    JOIN = "join"
    AGREEMENTS = "agreements"


@dataclass(frozen=True, slots=True)
class LinkRun:
    """A link run: `persons` were linked anew, None where everyone was; the counts are of what it made of them."""

    run: int
    ran_at: str
    who: str
    cause: LinkCause
    persons: int | None
    operations: int
    events: int
    added: int
    changed: int
    gone: int
    another_look: int

    @property
    def changes(self) -> int:
        """Return how many events are not as they were before."""
        return self.added + self.changed + self.gone


@dataclass(frozen=True, slots=True)
class ChangedLink:
    """An event that is new, gone or not as it was; facts by the names of FACTS, none on the side where it is not."""

    kind: LinkChange
    episode: int
    event_ref: str
    joint: str
    side: str
    before: Facts
    after: Facts

    @property
    def differing(self) -> tuple[str, ...]:
        """Return the names of the facts that differ, in the order of FACTS."""
        return tuple(name for name in FACTS if self.before.get(name) != self.after.get(name))


@dataclass(frozen=True, slots=True)
class ToldChange:
    """A changed event and what to tell people of it, one sentence a fact or few."""

    change: ChangedLink
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class LinkChanges:
    """A link run, None where there has been none, and what it changed."""

    run: LinkRun | None = None
    changes: tuple[ToldChange, ...] = field(default=())


def told(change: ChangedLink, provider_names: Mapping[str, str]) -> ToldChange:
    """Return the change with its sentences in Swedish; providers that have no name there are told by their id."""
    if change.kind is LinkChange.ADDED:
        return ToldChange(change, (_("Ny händelse: {what}.").format(what=_link(change.after, provider_names)),))
    if change.kind is LinkChange.GONE:
        return ToldChange(
            change,
            (_("Händelsen finns inte längre. Förut: {what}.").format(what=_link(change.before, provider_names)),),
        )
    return ToldChange(change, tuple(_sentences(change, provider_names)))


def _sentences(change: ChangedLink, names: Mapping[str, str]) -> list[str]:
    found = []
    differing = change.differing
    if not _OPERATION.isdisjoint(differing):
        now, then = _link(change.after, names), _link(change.before, names)
        found.append(_("Nu {now}, förut {then}.").format(now=now, then=then))
    others = (name for name in differing if name not in _OPERATION)
    return found + [_SENTENCES[name](change.before.get(name), change.after.get(name)) for name in others]


def _link(facts: Facts, names: Mapping[str, str]) -> str:
    """Return status and operation, such as `föreslagen: höger höft 2022-03-01 hos Fjällkliniken`."""
    status = word("status", str(facts["status"]))
    status = status[:1].lower() + status[1:]
    ref = facts.get("index_ref")
    if not ref or facts["status"] == LinkStatus.UNLINKED:
        return status
    joint = word("joint", str(ref).split("/")[-2]).lower()
    side = word("side", str(facts.get("index_side") or "")).lower()
    provider = str(facts.get("index_provider_id") or "")
    return _("{status}: {where} {day} hos {provider}").format(
        status=status,
        where=f"{side} {joint}" if facts.get("index_side") in _KNOWN_SIDES else f"{joint}, {side},",
        day=facts.get("operated_on"),
        provider=names.get(provider, provider),
    )


def _from_to(text: str, before: object, after: object) -> str:
    return text.format(before=before, after=after)


def _date(before: Fact, after: Fact) -> str:
    return _from_to(_("Händelsedatum {after}, förut {before}."), before, after)


def _class(before: Fact, after: Fact) -> str:
    words = [word("complication_class", str(one or "")) or _("ingen") for one in (before, after)]
    return _from_to(_("Komplikation: {after}, förut {before}."), *words)


def _level(before: Fact, after: Fact) -> str:
    words = [word("surgery_level", str(one or "")) for one in (before, after)]
    return _from_to(_("Kirurgi: {after}, förut {before}."), *words)


def _triggers(before: Fact, after: Fact) -> str:
    return _from_to(_("Utlösande koder: {after}, förut {before}."), before or "–", after or "–")


def _candidates(before: Fact, after: Fact) -> str:
    return _from_to(_("Möjliga operationer: {after}, förut {before}."), before, after)


def _competing(_before: Fact, after: Fact) -> str:
    if after:
        return _("Annan kirurgi finns nu emellan.")
    return _("Annan kirurgi finns inte längre emellan.")


def _another_look(_before: Fact, after: Fact) -> str:
    if after:
        return _("Beslutet behöver granskas på nytt.")
    return _("Beslutet behöver inte längre granskas på nytt.")


_SENTENCES: Final[dict[str, Callable[[Fact, Fact], str]]] = {
    "event_date": _date,
    "complication_class": _class,
    "surgery_level": _level,
    "competing": _competing,
    "another_look": _another_look,
    "candidates": _candidates,
    "triggers": _triggers,
}

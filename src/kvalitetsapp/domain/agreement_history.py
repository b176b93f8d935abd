"""What has happened to an agreement: made, changed, verified, ended here, or corrected by an import, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from kvalitetsapp.domain.agreement_card import facts_of
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.texts import _

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kvalitetsapp.domain.agreement import Agreement


@dataclass(frozen=True, slots=True)
class TermChange:
    """A term that became another, as it reads before and after."""

    term: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class HistoryEntry:
    """One thing that was done, when (ISO), by whom ("" where it is not known), why, and the terms that it changed.

    `is_new`: it made the agreement, so that there was nothing to change.
    """

    happened_at: str
    what: str
    who: str
    reason: str
    changes: tuple[TermChange, ...]
    is_new: bool = False


def term_changes(before: Agreement, after: Agreement, providers: Mapping[str, str]) -> tuple[TermChange, ...]:
    """Return the terms that differ, in the order in which an agreement is read."""
    old = (Fact(_("Namn"), (before.name,)), *facts_of(before, providers))
    new = (Fact(_("Namn"), (after.name,)), *facts_of(after, providers))
    pairs = zip(old, new, strict=True)
    return tuple(TermChange(was.label, was.lines, now.lines) for was, now in pairs if was.lines != now.lines)


def as_facts(entry: HistoryEntry) -> tuple[Fact, ...]:
    """Return an entry as lines to read: why, and for each term what it was and what it became."""
    reason = (Fact(_("Skäl"), (entry.reason,)),) if entry.reason else ()
    if not entry.changes:
        text = _("Avtalet är nytt") if entry.is_new else _("Inget villkor ändrat")
        return (*reason, Fact(_("Villkor"), (text,)))
    return (*reason, *(Fact(one.term, _was_and_became(one)) for one in entry.changes))


def heading(entry: HistoryEntry) -> str:
    """Return what was done, when and by whom: `2024-03-01 09:12  Ändrat av granskare`."""
    moment = to_the_minute(entry.happened_at)
    if not entry.who:
        return f"{moment}  {entry.what}"
    return _("{moment}  {what} av {who}").format(moment=moment, what=entry.what, who=entry.who)


def _was_and_became(one: TermChange) -> tuple[str, ...]:
    before, after = "; ".join(one.before), "; ".join(one.after)
    return (_("Var: {text}").format(text=before), _("Blev: {text}").format(text=after))

"""Working papers: what people write down around the figures, kept in versions of which none is ever changed.

Each kind has a module of its own for what its contents hold and which states it goes through. A paper whose work is
done has no day of follow-up: whatever has one falls due on it.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Final

from kvalitetsapp.domain import identity
from kvalitetsapp.domain.printed_words import LONGEST_LINE, has_unseen, wrong_with_line
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_, _

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from datetime import date

LONGEST_TEXT: Final = 4000


class PaperKind(StrEnum):
    """What a paper is about."""

    EQUITY = "equity"
    NEED = "need"
    MEETING = "meeting"
    GAP = "gap"
    QUARTER = "quarter"


@dataclass(frozen=True, slots=True)
class Cover:
    """What every paper has on top: what it is called, who sees to it, and when it is followed up."""

    title: str
    owner: str = ""
    follow_up_on: date | None = None


@dataclass(frozen=True, slots=True)
class PaperDraft:
    """What somebody wants to keep; `state` and `contents`, which is JSON, are what its kind says."""

    kind: PaperKind
    title: str
    owner: str
    follow_up_on: date | None
    state: str
    contents: Mapping[str, Any]

    def tidy(self) -> PaperDraft:
        """Return the draft as it is kept and read again: without blanks around its lines, and in lists no tuples."""
        contents = json.loads(json.dumps(self.contents, allow_nan=False))
        return replace(self, title=self.title.strip(), owner=self.owner.strip(), contents=contents)


@dataclass(frozen=True, slots=True)
class Paper:
    """A version of a paper as kept: `version` counts from 1, `saved_at` is when `who` saved it."""

    paper: int
    version: int
    kind: PaperKind
    title: str
    owner: str
    follow_up_on: date | None
    state: str
    contents: Mapping[str, Any]
    who: str
    saved_at: str

    @property
    def draft(self) -> PaperDraft:
        """Return what was written, without who kept it and when."""
        return PaperDraft(self.kind, self.title, self.owner, self.follow_up_on, self.state, self.contents)


def wrong_with(draft: PaperDraft) -> str:
    """Return why a paper cannot be kept, in a Swedish sentence, "" where it can: all of it may be printed."""
    if wrong := wrong_with_title(draft.title) or wrong_with_line(draft.owner):
        return wrong
    return next(filter(None, map(wrong_with_text, (draft.title, draft.owner, *texts_of(draft.contents)))), "")


def wrong_with_title(title: str) -> str:
    """Return why a paper cannot be called so, "" where it can."""
    if not title.strip():
        return _("Skriv en rubrik.")
    if wrong_with_line(title):
        return _(
            "Rubriken skrivs på en rad med högst {n} tecken, utan personnummer och utan tecken som inte syns."
        ).format(n=LONGEST_LINE)
    return ""


def wrong_with_text(text: str) -> str:
    """Return why a text of a paper cannot be kept, "" where it can; nothing at all can."""
    if has_unseen(text):
        return _("Texten innehåller tecken som inte syns. Skriv den utan dem.")
    if len(text) > LONGEST_TEXT:
        return _("Texten är för lång: högst {n} tecken.").format(n=LONGEST_TEXT)
    if identity.hidden(text) != text:
        return _("Texten innehåller ett personnummer. Ta bort det.")
    if identity.names_pseudonym(text):
        return _("Texten innehåller en patients beteckning. Ta bort den.")
    return ""


def texts_of(value: object) -> Iterator[str]:
    """Give every text in what JSON can hold, however deep it lies."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from texts_of(each)
    elif isinstance(value, list | tuple):
        for each in value:
            yield from texts_of(each)


DUE: Final[tuple[Column, ...]] = (
    Column("paper", Kind.INTEGER, N_("Nr")),
    Column("paper_kind", Kind.CODE, N_("Slag"), "paper_kind"),
    Column("title", Kind.TEXT, N_("Rubrik")),
    Column("owner", Kind.TEXT, N_("Ansvarig")),
    Column("follow_up_on", Kind.DATE, N_("Följs upp")),
    Column("days_late", Kind.INTEGER, N_("Dagar sedan")),
)


def due_table(papers: Iterable[Paper], today: date) -> Table:
    """Return papers that have a day of follow-up as rows of `DUE`, in their order."""
    rows = ((one, one.follow_up_on) for one in papers if one.follow_up_on is not None)
    return Table(
        DUE,
        [(one.paper, one.kind.value, one.title, one.owner, day.isoformat(), (today - day).days) for one, day in rows],
    )

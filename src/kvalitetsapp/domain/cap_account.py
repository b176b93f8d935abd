"""The ledger of an operation's cap as people read it: every draw, release and credit, with what is left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim_words import CapEntryKind
from kvalitetsapp.domain.table import Column, Kind, Table
from kvalitetsapp.texts import N_

if TYPE_CHECKING:
    from datetime import date

    from kvalitetsapp.domain.claim import OperationKey

CAP_LEDGER: Final[tuple[Column, ...]] = (
    Column("day", Kind.DATE, N_("Dag")),
    Column("claim", Kind.TEXT, N_("Krav")),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
    Column("entry", Kind.CODE, N_("Post"), "cap_entry"),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("left", Kind.MONEY, N_("Kvar av taket")),
    Column("cap", Kind.MONEY, N_("Tak")),
    Column("document", Kind.TEXT, N_("Underlag")),
    Column("who", Kind.TEXT, N_("Vem")),
)


@dataclass(frozen=True, slots=True)
class CapAccountLine:
    """One entry; `left` is what is left of its cap after it, `document` the number of the basis that it came with."""

    day: date
    claim: str
    event_ref: str
    kind: CapEntryKind
    amount: int
    left: int
    cap: int
    document: str
    who: str

    @property
    def change(self) -> int:
        """Return what it did to what is drawn: a draw is above zero, a release or credit below."""
        return self.amount if self.kind is CapEntryKind.DRAW else -self.amount


@dataclass(frozen=True, slots=True)
class CapAccount:
    """An operation's ledger in the order in which it was written."""

    index_ref: str
    operation: OperationKey
    lines: tuple[CapAccountLine, ...]

    @property
    def drawn(self) -> int:
        """Return what is drawn and not given back."""
        return sum(line.change for line in self.lines)

    def table(self) -> Table:
        """Return the entries as rows of `CAP_LEDGER`; a release or credit is below zero."""
        return Table(
            CAP_LEDGER,
            [
                (
                    *(line.day.isoformat(), line.claim, line.event_ref, line.kind.value, line.change),
                    *(line.left, line.cap, line.document, line.who),
                )
                for line in self.lines
            ],
        )

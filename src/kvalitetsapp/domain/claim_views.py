"""What can be claimed and what is, as it stands on screen: each case and claim with its dates, sums and lines."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.claim import NOT_YET_ISSUED, after
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep
from kvalitetsapp.domain.dates import to_the_minute
from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.timeline import lane_label
from kvalitetsapp.domain.words import word
from kvalitetsapp.texts import N_, _, kronor

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from kvalitetsapp.domain.cap_account import CapAccount
    from kvalitetsapp.domain.claim import Claim, StepTaken
    from kvalitetsapp.domain.proposal import Proposal

_PROVIDER: Final = Column("provider", Kind.TEXT, N_("Vårdgivare"))
_INDEX_REF: Final = Column("index_ref", Kind.TEXT, N_("Primäroperation"))
_PLACE: Final = Column("place", Kind.TEXT, N_("Led"))
_OPERATED_ON: Final = Column("operated_on", Kind.DATE, N_("Opererad"))
_EVENT_REF: Final = Column("event_ref", Kind.TEXT, N_("Händelse"))
_EVENTS: Final = Column("events", Kind.INTEGER, N_("Händelser"))
_CLAIM_BY: Final = Column("claim_by", Kind.DATE, N_("Sista anspråksdag"))
_SUPPLEMENTS: Final = Column("supplements", Kind.TEXT, N_("Tillägg till"))

TO_CLAIM: Final[tuple[Column, ...]] = (
    _PROVIDER,
    _INDEX_REF,
    _PLACE,
    _OPERATED_ON,
    Column("agreement", Kind.TEXT, N_("Avtal")),
    _EVENTS,
    Column("to_claim", Kind.MONEY, N_("Att kräva")),
    _CLAIM_BY,
    Column("days_left", Kind.INTEGER, N_("Dagar kvar")),
    _SUPPLEMENTS,
)
LEFT_OUT: Final[tuple[Column, ...]] = (
    _EVENT_REF,
    Column("why", Kind.TEXT, N_("Varför")),
    _PROVIDER,
    _INDEX_REF,
)
CLAIMS_SEEN: Final[tuple[Column, ...]] = (
    Column("claim", Kind.TEXT, N_("Krav")),
    _PROVIDER,
    _INDEX_REF,
    _PLACE,
    _OPERATED_ON,
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("credited", Kind.MONEY, N_("Krediterat")),
    Column("paid", Kind.MONEY, N_("Betalt")),
    Column("left", Kind.MONEY, N_("Kvar att betala")),
    Column("claim_status", Kind.CODE, N_("Status"), "claim_status"),
    _CLAIM_BY,
    Column("document", Kind.TEXT, N_("Underlag")),
    _SUPPLEMENTS,
    Column("drafted_by", Kind.TEXT, N_("Utkast av")),
)
LINES_SEEN: Final[tuple[Column, ...]] = (
    Column("event_date", Kind.DATE, N_("Händelsedatum")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("amount", Kind.MONEY, N_("Belopp")),
    Column("cost_basis", Kind.CODE, N_("Kostnadsgrund"), "cost_basis"),
    Column("price_year", Kind.INTEGER, N_("Prisår")),
    Column("reviewer", Kind.TEXT, N_("Granskare")),
    Column("reviewed_on", Kind.DATE, N_("Granskad")),
    Column("relation", Kind.CODE, N_("Samband"), "relation"),
    _EVENT_REF,
    Column("source", Kind.TEXT, N_("Källa")),
)

DRAFTS: Final = frozenset({ClaimStatus.DRAFT})
APPROVED: Final = frozenset({ClaimStatus.APPROVED})
DISPUTED: Final = frozenset({ClaimStatus.DISPUTED})
OUT: Final = frozenset({ClaimStatus.ISSUED, ClaimStatus.SENT, ClaimStatus.ACCEPTED, ClaimStatus.PARTLY_ACCEPTED})
DONE: Final = frozenset({ClaimStatus.SETTLED, ClaimStatus.WRITTEN_OFF, ClaimStatus.WITHDRAWN})
"""The parts that claims are shown in; together they are all there is."""


@dataclass(frozen=True, slots=True)
class ToClaim:
    """What can be drafted on a day, and what is drafted already but not issued, in öre."""

    proposals: tuple[Proposal, ...]
    drafted: int
    today: date

    @property
    def ready(self) -> tuple[Proposal, ...]:
        """Return the cases of which something can be drafted."""
        return tuple(one for one in self.proposals if one.lines)


@dataclass(frozen=True, slots=True)
class ClaimSeen:
    """A claim with what has become of its money; `document` and `supplements` are numbers as people know them.

    Of what is not issued yet `claim_by` is the first of its last days, and `changed` what differs, in Swedish, from
    what it was made of.
    """

    claim: Claim
    credited: int
    paid: int
    document: str
    supplements: str
    claim_by: date | None = None
    changed: tuple[str, ...] = ()

    @property
    def is_issued(self) -> bool:
        """Tell whether it has stood on a document."""
        return self.claim.status not in NOT_YET_ISSUED and bool(self.document)

    @property
    def net(self) -> int:
        """Return what it asks for net of its credits."""
        return self.claim.amount - self.credited

    @property
    def left(self) -> int | None:
        """Return what is left to pay, None where nothing was asked for."""
        return self.net - self.paid if self.is_issued else None

    def can(self, step: ClaimStep) -> bool:
        """Tell whether a step is possible; `DRAFTED` is to draft again what rests on what has changed."""
        if step is ClaimStep.DRAFTED:
            return self.claim.status in NOT_YET_ISSUED and bool(self.changed)
        if step is ClaimStep.WITHDRAWN:  # what is issued is withdrawn by crediting the whole of it
            return self.claim.status in NOT_YET_ISSUED
        return after(self.claim.status, step) is not None

    @property
    def to_credit(self) -> int:
        """Return what it asks for above what was agreed to, 0 where nothing was said of that."""
        return 0 if self.claim.accepted is None else max(0, self.net - self.claim.accepted)


@dataclass(frozen=True, slots=True)
class ClaimPast:
    """The steps that a claim has taken, and the ledger of its operation's cap."""

    number: int
    steps: tuple[StepTaken, ...]
    account: CapAccount


def to_claim_table(found: ToClaim) -> Table:
    """Return the cases of which something can be drafted as a table, in the order given."""
    return Table(TO_CLAIM, [_proposal_row(one, found.today) for one in found.ready])


def left_out_table(found: ToClaim) -> Table:
    """Return the events that cannot be claimed for yet, and why, case by case."""
    return Table(
        LEFT_OUT,
        [(each.event_ref, each.why, one.provider, one.index_ref) for one in found.proposals for each in one.left_out],
    )


def claims_table(seen: Iterable[ClaimSeen]) -> Table:
    """Return claims as a table, in the order given."""
    return Table(CLAIMS_SEEN, [_claim_row(one) for one in seen])


def lines_table(claim: Claim) -> Table:
    """Return the lines of a claim: what verifies each amount, and nothing more of a patient."""
    return Table(
        LINES_SEEN,
        [
            (
                *(line.event_date.isoformat(), line.complication_class, line.cost, line.amount),
                *(line.cost_basis, line.price_year, line.reviewer, line.reviewed_on[:10], line.relation),
                *(line.event_ref, line.cost_source),
            )
            for line in claim.lines
        ],
    )


def steps_as_facts(steps: Iterable[StepTaken]) -> list[Fact]:
    """Return the history of a claim, the latest step first."""
    return [Fact(to_the_minute(one.taken_at), _step_lines(one)) for one in reversed(tuple(steps))]


def place_of(claim: Claim) -> str:
    """Return the joint and side that a claim is of: `Höger höft`."""
    return lane_label(claim.operation.joint, claim.operation.side)


def _step_lines(one: StepTaken) -> tuple[str, ...]:
    told = [_("{step}, {who}").format(step=word("claim_step", one.kind), who=one.who)]
    if one.day.isoformat() != one.taken_at[:10]:
        told.append(_("Gäller {day}").format(day=one.day.isoformat()))
    if one.amount is not None:
        told.append(kronor(one.amount))
    if one.reason:
        told.append(one.reason)
    return tuple(told)


def _proposal_row(one: Proposal, today: date) -> Row:
    last = one.claim_by
    return (
        one.provider,
        one.index_ref,
        lane_label(one.operation.joint, one.operation.side),
        one.operated_on.isoformat(),
        one.agreement.name,
        len(one.lines),
        one.amount,
        last.isoformat() if last else "",
        (last - today).days if last else None,
        one.supplements_number,
    )


def _claim_row(one: ClaimSeen) -> Row:
    claim = one.claim
    sums = (one.credited, one.paid, one.left) if one.is_issued else (None, None, None)
    return (
        *(claim.number, claim.provider or claim.provider_id, claim.index_ref, place_of(claim)),
        *(claim.operated_on.isoformat(), claim.amount, *sums, claim.status.value),
        *(one.claim_by.isoformat() if one.claim_by else "", one.document, one.supplements, claim.drafted_by),
    )

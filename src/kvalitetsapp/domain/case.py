"""A case and its cap ledger (R12–R15) as finance reads it: line by line, with the reason for every amount."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agreement import ANY_CLASS
from kvalitetsapp.domain.patient import EventKey
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.domain.words import CostBasis, Reason, word
from kvalitetsapp.texts import N_, _, kronor, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from kvalitetsapp.domain.agreement import Agreement, Warranty

PER_OPERATION: Final = "index_operation"


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One event of a case. Amounts are öre; cost None = missing, cap_left and claim_by None without agreement.

    `cost_source` says in words where the cost comes from, "" where there is none.
    """

    event_ref: str
    joint: str
    side: str
    event_date: date
    days: int
    complication_class: str
    status: str
    counts: bool
    covered: bool
    reason: str
    cost: int | None
    cost_basis: str
    deductible: int
    claimable: int
    over_cap: int
    cap_left: int | None
    claim_by: date | None
    episode: int = 0
    cost_source: str = ""
    price_year: int | None = None

    @property
    def key(self) -> EventKey:
        """Return what knows the event."""
        return EventKey(self.episode, self.joint, self.side)


@dataclass(frozen=True, slots=True)
class Case:
    """An index operation at another provider, with its events in the order of the ledger."""

    index_ref: str
    provider_id: str
    provider: str
    joint: str
    side: str
    operated_on: date
    agreement: Agreement | None
    lines: tuple[LedgerLine, ...]

    @property
    def counted(self) -> tuple[LedgerLine, ...]:
        """Return the lines whose status counts."""
        return tuple(line for line in self.lines if line.counts)

    @property
    def is_covered(self) -> bool:
        """Tell whether some event is covered."""
        return any(line.covered for line in self.lines)

    @property
    def cost(self) -> int:
        """Return what the events that count cost, as far as it is known."""
        return sum(line.cost or 0 for line in self.counted)

    @property
    def claimable(self) -> int:
        """Return what can be claimed."""
        return sum(line.claimable for line in self.lines)

    @property
    def over_cap(self) -> int:
        """Return what was covered but above the cap."""
        return sum(line.over_cap for line in self.lines)

    @property
    def cap_left(self) -> int | None:
        """Return what is left of the operation's cap, None without one."""
        if self.agreement is None or self.agreement.cap_scope != PER_OPERATION:
            return None
        return self.agreement.cap - self.claimable

    @property
    def claim_by(self) -> date | None:
        """Return the first of the last days on which something can be claimed, None where nothing can."""
        return min((line.claim_by for line in self.lines if line.claimable and line.claim_by), default=None)


@dataclass(frozen=True, slots=True)
class ClaimSums:
    """The sums of all cases, the same as `summary recovery` gives."""

    cases: int
    events: int
    cost_total: int
    covered_cost: int
    not_covered_cost: int
    missing_cost_events: int
    over_cap: int
    claimable: int


@dataclass(frozen=True, slots=True)
class Claims:
    """All cases with an event that counts, and their sums, as of a day."""

    cases: tuple[Case, ...]
    sums: ClaimSums
    today: date
    potential: bool


CASES: Final[tuple[Column, ...]] = (
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("joint", Kind.CODE, N_("Led"), "joint"),
    Column("side", Kind.CODE, N_("Sida"), "side"),
    Column("operated_on", Kind.DATE, N_("Opererad")),
    Column("events", Kind.INTEGER, N_("Händelser")),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("claimable", Kind.MONEY, N_("Kan krävas")),
    Column("over_cap", Kind.MONEY, N_("Över taket")),
    Column("cap_left", Kind.MONEY, N_("Kvar av taket")),
    Column("claim_by", Kind.DATE, N_("Sista anspråksdag")),
    Column("days_left", Kind.INTEGER, N_("Dagar kvar")),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
)
LEDGER: Final[tuple[Column, ...]] = (
    Column("event_date", Kind.DATE, N_("Datum")),
    Column("complication_class", Kind.CODE, N_("Komplikation"), "complication_class"),
    Column("days", Kind.INTEGER, N_("Dagar")),
    Column("cost", Kind.MONEY, N_("Kostnad")),
    Column("cost_basis", Kind.CODE, N_("Kostnadsgrund"), "cost_basis"),
    Column("cost_source", Kind.TEXT, N_("Källa")),
    Column("price_year", Kind.INTEGER, N_("Prisår")),
    Column("deductible", Kind.MONEY, N_("Självrisk")),
    Column("claimable", Kind.MONEY, N_("Kan krävas")),
    Column("over_cap", Kind.MONEY, N_("Över taket")),
    Column("cap_left", Kind.MONEY, N_("Kvar av taket")),
    Column("reason", Kind.CODE, N_("Täckning"), "reason"),
    Column("claim_by", Kind.DATE, N_("Sista anspråksdag")),
    Column("status", Kind.CODE, N_("Status"), "status"),
    Column("event_ref", Kind.TEXT, N_("Händelse")),
)


def case_table(cases: Sequence[Case], today: date) -> Table:
    """Return cases as rows of `CASES`, in their order."""
    return Table(CASES, [_case_row(case, today) for case in cases])


def ledger_table(case: Case) -> Table:
    """Return the lines of a case as rows of `LEDGER`."""
    return Table(LEDGER, [_ledger_row(line) for line in case.lines])


def why(line: LedgerLine, case: Case) -> str:
    """Return why a line has the amount that it has, in Swedish."""
    what = word("complication_class", line.complication_class)
    head = _("{day} {what}, {days} efter operationen.").format(
        day=line.event_date.isoformat(), what=what, days=_days(line.days)
    )
    return f"{head} {_covered(line, case) if line.covered else _not_covered(line, case)}"


def warranty_of(line: LedgerLine, case: Case) -> Warranty | None:
    """Return the first warranty of the case's agreement that covers the line, None where none does."""
    if case.agreement is None or line.complication_class in case.agreement.exclusions:
        return None
    onset = min(
        (other.days for other in case.counted if other.complication_class == line.complication_class), default=None
    )
    for one in case.agreement.warranties:
        listed = ANY_CLASS in one.classes or line.complication_class in one.classes
        begun = one.onset_within_days is None or (onset is not None and onset <= one.onset_within_days)
        if listed and line.days <= one.days and begun:
            return one
    return None


def warranty_text(one: Warranty) -> str:
    """Return a warranty in words: `Alla komplikationer inom 730 dagar`."""
    if ANY_CLASS in one.classes:
        what = _("Alla komplikationer")
    else:
        words = [word("complication_class", each) for each in one.classes]
        what = ", ".join([words[0], *(each.lower() for each in words[1:])])
    text = _("{what} inom {days} efter operationen").format(what=what, days=_days(one.days))
    if one.onset_within_days is None:
        return text
    return _("{text}, om ärendets första händelse av samma slag kom inom {days}").format(
        text=text, days=_days(one.onset_within_days)
    )


def _covered(line: LedgerLine, case: Case) -> str:
    warranty = warranty_of(line, case)
    parts = []
    if warranty is not None and case.agreement is not None:
        text = warranty_text(warranty)
        parts.append(_("Täcks av {name}: {text}.").format(name=case.agreement.name, text=text[:1].lower() + text[1:]))
    parts.append(_cost(line))
    if line.cost is not None and line.cost_basis != CostBasis.SHARED:
        parts.append(_drawn(line))
    return " ".join(parts)


def _cost(line: LedgerLine) -> str:
    if line.cost is None:
        return _("Kostnaden saknas och måste fyllas i innan något kan krävas.")
    if line.cost_basis == CostBasis.SHARED:
        return _("Vårdkontaktens kostnad räknas på en annan av dess händelser, så här blir det 0 kr.")
    texts = {
        CostBasis.KPP.value: _("Kostnaden {amount} är vårdkontaktens KPP-kostnad."),
        CostBasis.DRG.value: _("Kostnaden {amount} är DRG-vikten gånger årets pris."),
        CostBasis.TARIFF.value: _("Kostnaden {amount} är avtalets taxa."),
        CostBasis.MANUAL.value: _("Kostnaden {amount} är ifylld för hand, eftersom ingen annan källa har ett värde."),
    }
    text = texts.get(line.cost_basis, _("Kostnaden är {amount}.")).format(amount=kronor(line.cost))
    return f"{text} {_source(line)}" if line.cost_source else text


def _source(line: LedgerLine) -> str:
    if line.price_year is None:
        return _("Källa: {source}.").format(source=line.cost_source.rstrip("."))
    return _("Källa: {source}. Prisår {year}.").format(source=line.cost_source.rstrip("."), year=line.price_year)


def _drawn(line: LedgerLine) -> str:
    parts = []
    if line.deductible:
        parts.append(_("{amount} är självrisk.").format(amount=kronor(line.deductible)))
    parts.append(_("{amount} kan krävas.").format(amount=kronor(line.claimable)))
    if line.over_cap:
        parts.append(_("{amount} ligger över taket.").format(amount=kronor(line.over_cap)))
    if line.cap_left is not None:
        parts.append(_("Kvar av taket: {amount}.").format(amount=kronor(line.cap_left)))
    return " ".join(parts)


def _not_covered(line: LedgerLine, case: Case) -> str:
    reason = word("reason", line.reason)
    text = _("Täcks inte: {reason}.").format(reason=reason[:1].lower() + reason[1:])
    longest = _longest(line, case)
    if line.reason == Reason.OUTSIDE_WINDOW and longest is not None:
        return f"{text} {_('Garantin gäller {days} efter operationen.').format(days=_days(longest))}"
    return text


def _longest(line: LedgerLine, case: Case) -> int | None:
    if case.agreement is None:
        return None
    listed = [
        one.days
        for one in case.agreement.warranties
        if ANY_CLASS in one.classes or line.complication_class in one.classes
    ]
    return max(listed, default=None)


def _days(days: int) -> str:
    return ngettext("{n} dag", "{n} dagar", days).format(n=number(days))


def _case_row(case: Case, today: date) -> Row:
    claim_by = case.claim_by
    return (
        case.provider,
        case.joint,
        case.side,
        case.operated_on.isoformat(),
        len(case.counted),
        case.cost,
        case.claimable,
        case.over_cap,
        case.cap_left,
        "" if claim_by is None else claim_by.isoformat(),
        None if claim_by is None else (claim_by - today).days,
        case.index_ref,
    )


def _ledger_row(line: LedgerLine) -> Row:
    return (
        line.event_date.isoformat(),
        line.complication_class,
        line.days,
        line.cost,
        line.cost_basis,
        line.cost_source,
        line.price_year,
        line.deductible,
        line.claimable,
        line.over_cap,
        line.cap_left,
        line.reason,
        "" if line.claim_by is None else line.claim_by.isoformat(),
        line.status,
        line.event_ref,
    )

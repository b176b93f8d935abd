"""What a change of agreements would do to all that is stored: cases and kronor before and after."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.facts import Fact
from kvalitetsapp.domain.table import Column, Kind, Row, Table
from kvalitetsapp.texts import N_, _, kronor, number

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class EffectSums:
    """Cases and events that are covered, what can be claimed, what is above the cap (öre), covered without a cost."""

    cases: int
    events: int
    claimable: int
    over_cap: int
    missing: int


@dataclass(frozen=True, slots=True)
class ProviderEffect:
    """The sums of a provider, or of all of them, before and after."""

    provider_id: str
    provider: str
    before: EffectSums
    after: EffectSums

    @property
    def difference(self) -> int:
        """Return how much more can be claimed, below zero for less."""
        return self.after.claimable - self.before.claimable


@dataclass(frozen=True, slots=True)
class CaseEffect:
    """A case for which something else can be claimed than before."""

    index_ref: str
    provider: str
    before: int
    after: int

    @property
    def difference(self) -> int:
        """Return how much more can be claimed, below zero for less."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class ClaimCorrection:
    """An issued claim for an operation for which more would be drawn than can be claimed: it becomes a correction."""

    number: str
    index_ref: str
    drawn: int
    after: int


@dataclass(frozen=True, slots=True)
class Effects:
    """The effect with confirmed links alone, or with proposed ones too: by provider, in total, and case by case."""

    providers: tuple[ProviderEffect, ...]
    total: ProviderEffect
    cases: tuple[CaseEffect, ...]


@dataclass(frozen=True, slots=True)
class AgreementEffect:
    """What a change would do; `corrections` are of confirmed links."""

    confirmed: Effects
    potential: Effects
    corrections: tuple[ClaimCorrection, ...]


BY_PROVIDER: Final[tuple[Column, ...]] = (
    Column("provider_id", Kind.TEXT, N_("Vårdgivarens id")),
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("claimable_before", Kind.MONEY, N_("Kan krävas nu")),
    Column("claimable_after", Kind.MONEY, N_("Kan krävas efter")),
    Column("claimable_difference", Kind.MONEY, N_("Skillnad")),
    Column("cases_before", Kind.INTEGER, N_("Täckta ärenden nu")),
    Column("cases_after", Kind.INTEGER, N_("Täckta ärenden efter")),
    Column("events_before", Kind.INTEGER, N_("Täckta händelser nu")),
    Column("events_after", Kind.INTEGER, N_("Täckta händelser efter")),
    Column("over_cap_before", Kind.MONEY, N_("Över taket nu")),
    Column("over_cap_after", Kind.MONEY, N_("Över taket efter")),
    Column("missing_before", Kind.INTEGER, N_("Utan kostnad nu")),
    Column("missing_after", Kind.INTEGER, N_("Utan kostnad efter")),
)
BY_CASE: Final[tuple[Column, ...]] = (
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("provider", Kind.TEXT, N_("Vårdgivare")),
    Column("claimable_before", Kind.MONEY, N_("Kan krävas nu")),
    Column("claimable_after", Kind.MONEY, N_("Kan krävas efter")),
    Column("claimable_difference", Kind.MONEY, N_("Skillnad")),
)
CORRECTIONS: Final[tuple[Column, ...]] = (
    Column("claim", Kind.TEXT, N_("Krav")),
    Column("index_ref", Kind.TEXT, N_("Primäroperation")),
    Column("drawn", Kind.MONEY, N_("Krävt")),
    Column("claimable_after", Kind.MONEY, N_("Kan krävas efter")),
)


def provider_table(effects: Effects) -> Table:
    """Return the providers as rows of `BY_PROVIDER`, the largest difference first."""
    return Table(BY_PROVIDER, [_provider_row(one) for one in effects.providers])


def case_table(effects: Effects) -> Table:
    """Return the cases that change as rows of `BY_CASE`."""
    return Table(
        BY_CASE, [(one.index_ref, one.provider, one.before, one.after, one.difference) for one in effects.cases]
    )


def correction_table(effect: AgreementEffect) -> Table:
    """Return the issued claims that become corrections as rows of `CORRECTIONS`."""
    return Table(CORRECTIONS, [(one.number, one.index_ref, one.drawn, one.after) for one in effect.corrections])


def total_facts(effects: Effects) -> tuple[Fact, ...]:
    """Return what becomes of the sums of all providers, one line each: before, after and the difference."""
    before, after = effects.total.before, effects.total.after
    return (
        _fact(_("Kan krävas"), before.claimable, after.claimable, kronor),
        _fact(_("Över taket"), before.over_cap, after.over_cap, kronor),
        _fact(_("Täckta ärenden"), before.cases, after.cases, number),
        _fact(_("Täckta händelser"), before.events, after.events, number),
        _fact(_("Täckta utan kostnad"), before.missing, after.missing, number),
    )


def _fact(label: str, before: int, after: int, written: Callable[[int], str]) -> Fact:
    if before == after:
        return Fact(label, (_("{n}, som nu").format(n=written(after)),))
    sign = "+" if after > before else ""
    text = _("{before} → {after} ({difference})")
    return Fact(
        label,
        (text.format(before=written(before), after=written(after), difference=f"{sign}{written(after - before)}"),),
    )


def _provider_row(one: ProviderEffect) -> Row:
    before, after = one.before, one.after
    return (
        *(one.provider_id, one.provider, before.claimable, after.claimable, one.difference),
        *(before.cases, after.cases, before.events, after.events),
        *(before.over_cap, after.over_cap, before.missing, after.missing),
    )

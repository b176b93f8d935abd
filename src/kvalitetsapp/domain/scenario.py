"""Other terms than the agreed ones, to see what they would have given (R12–R15). Amounts are integer öre."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agreement import ANY_CLASS, Agreement, Warranty
from kvalitetsapp.domain.words import ComplicationClass
from kvalitetsapp.texts import N_, _, kronor_rounded, ngettext, number

if TYPE_CHECKING:
    from collections.abc import Sequence

NO_CAP: Final = 10**12
"""Ten thousand million kronor: more than any case can cost, and far from what 64 bits hold."""
_INFECTION: Final = ComplicationClass.INFECTION.value
_ONLY_INFECTION: Final = (_INFECTION,)
_YEAR: Final = 365


@dataclass(frozen=True, slots=True)
class Scenario:
    """What is changed in every chosen agreement; None leaves the term as it is agreed.

    `cap_percent` is a part of the agreed cap, used where `cap` is None. `warranty_days` is for how long what the
    agreement covers is covered; a longer warranty for infection alone stays. `infection_days` is for how long an
    infection is covered whose first event came as early as the agreement wants it.
    """

    name: str = ""
    cap: int | None = None
    cap_percent: int | None = None
    cap_scope: str | None = None
    deductible: int | None = None
    warranty_days: int | None = None
    infection_days: int | None = None
    cost_basis: tuple[str, ...] | None = None

    @property
    def title(self) -> str:
        """Return its name, or what it changes in words."""
        told = _(self.name) if self.name else ", ".join(self._changes()) or _("Som avtalat")
        return told[0].upper() + told[1:]

    def applied_to(self, agreement: Agreement) -> Agreement:
        """Return the agreement with the changed terms."""
        cap = agreement.cap
        if self.cap is not None:
            cap = self.cap
        elif self.cap_percent is not None:
            cap = agreement.cap * self.cap_percent // 100
        return replace(
            agreement,
            cap=cap,
            cap_scope=agreement.cap_scope if self.cap_scope is None else self.cap_scope,
            deductible=agreement.deductible if self.deductible is None else self.deductible,
            cost_basis=agreement.cost_basis if self.cost_basis is None else self.cost_basis,
            warranties=_with_infection(self._warranties(agreement), self.infection_days),
        )

    def _warranties(self, agreement: Agreement) -> tuple[Warranty, ...]:
        days = self.warranty_days
        if days is None:
            return agreement.warranties
        return tuple(
            one if one.classes == _ONLY_INFECTION else replace(one, days=days) for one in agreement.warranties
        )

    def _changes(self) -> list[str]:
        told = []
        if self.cap is not None:
            told.append(_("inget tak") if self.cap >= NO_CAP else _("tak {cap}").format(cap=kronor_rounded(self.cap)))
        elif self.cap_percent is not None:
            told.append(_("tak {n} % av det avtalade").format(n=number(self.cap_percent)))
        if self.cap_scope is not None:
            told.append(_("tak per händelse") if self.cap_scope == "episode" else _("tak per operation"))
        if self.deductible is not None:
            told.append(_("självrisk {amount}").format(amount=kronor_rounded(self.deductible)))
        if self.warranty_days is not None:
            told.append(_("garanti {days}").format(days=_days(self.warranty_days)))
        if self.infection_days is not None:
            told.append(_("infektion {days}").format(days=_days(self.infection_days)))
        if self.cost_basis is not None:
            told.append(_("kostnadsgrund {basis}").format(basis=", ".join(self.cost_basis)))
        return told


AS_AGREED: Final = Scenario(N_("Som avtalat"))
USUAL: Final = (
    Scenario(N_("Taket höjt med hälften"), cap_percent=150),
    Scenario(N_("Inget tak"), cap=NO_CAP),
    Scenario(N_("Halva taket"), cap_percent=50),
    Scenario(N_("Ett års garanti"), warranty_days=_YEAR),
    Scenario(N_("Två års garanti"), warranty_days=2 * _YEAR),
    Scenario(N_("Fem års garanti"), warranty_days=5 * _YEAR),
    Scenario(N_("Infektion i fem år"), infection_days=5 * _YEAR),
)


def _with_infection(warranties: Sequence[Warranty], days: int | None) -> tuple[Warranty, ...]:
    """Return the warranties with infection covered for `days`, if it is covered at all and began when it had to."""
    begins = [one.onset_within_days or one.days for one in warranties if {ANY_CLASS, _INFECTION} & set(one.classes)]
    if days is None or not begins:
        return tuple(warranties)
    others = tuple(one for one in warranties if one.classes != _ONLY_INFECTION)
    return (*others, Warranty(_ONLY_INFECTION, days, onset_within_days=max(begins)))


def _days(days: int) -> str:
    return ngettext("{n} dag", "{n} dagar", days).format(n=number(days))

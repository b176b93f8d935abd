"""An agreement as it is typed: texts in, an agreement or what is wrong at each field out."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypedDict, TypeVar

from kvalitetsapp.domain import families, identity, money
from kvalitetsapp.domain.agreement import ANY_CLASS, Agreement, Tariff, Warranty
from kvalitetsapp.domain.case import PER_OPERATION
from kvalitetsapp.domain.dates import iso_format
from kvalitetsapp.domain.field_fault import FieldFault
from kvalitetsapp.domain.money import AmountFault
from kvalitetsapp.domain.words import ComplicationClass, CostBasis, PayerRoute
from kvalitetsapp.texts import N_, NO_BREAK_SPACE, _

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

LONGEST_DAYS: Final = 40_000  # longer than any warranty, short enough for every date
CAP_SCOPES: Final = (PER_OPERATION, "episode")
COST_BASES: Final = (CostBasis.KPP.value, CostBasis.DRG.value, CostBasis.TARIFF.value)
_CLASSES: Final = (ANY_CLASS, *ComplicationClass)
_DAYS: Final = re.compile(r"[0-9]{1,5}")
_PERCENT: Final = re.compile(r"[0-9]{1,3}(?:[.,][0-9]{1,30})?")
_AMOUNTS: Final = {
    AmountFault.NOT_A_NUMBER: N_("Inget belopp. Skriv kronor, till exempel 200 000 eller 99,50."),
    AmountFault.TWO_READINGS: N_("Beloppet kan läsas på två sätt. Skriv kronor utan punkt, till exempel 200 000."),
    AmountFault.NEGATIVE: N_("Beloppet är negativt."),
    AmountFault.TOO_LARGE: N_("Beloppet är orimligt stort."),
}
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class WarrantyForm:
    """A warranty as typed."""

    classes: tuple[str, ...] = (ANY_CLASS,)
    days: str = ""
    onset_within_days: str = ""


@dataclass(frozen=True, slots=True)
class AgreementForm:
    """The terms as typed: amounts in kronor, days as `YYYY-MM-DD`, the share in per cent, codes where one ticks."""

    agreement_id: str = ""
    name: str = ""
    providers: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    payer_routes: tuple[str, ...] = ()
    valid_from: str = ""
    valid_to: str = ""
    unit_price: str = ""
    expected_reoperation_rate: str = ""
    cap: str = ""
    cap_scope: str = PER_OPERATION
    deductible: str = ""
    claim_deadline_days: str = ""
    cost_basis: tuple[str, ...] = (CostBasis.KPP.value, CostBasis.TARIFF.value)
    warranties: tuple[WarrantyForm, ...] = (WarrantyForm(),)
    inpatient_day: str = ""
    outpatient_visit: str = ""
    exclusions: tuple[str, ...] = ()
    note: str = ""


def form_of(one: Agreement) -> AgreementForm:
    """Return an agreement as it would be typed."""
    return AgreementForm(
        agreement_id=one.agreement_id,
        name=one.name,
        providers=one.providers,
        joints=one.joints,
        payer_routes=one.payer_routes,
        valid_from=one.valid_from.isoformat(),
        valid_to="" if one.valid_to is None else one.valid_to.isoformat(),
        unit_price=_typed_amount(one.unit_price),
        expected_reoperation_rate=_typed_share(one.expected_reoperation_rate),
        cap=_typed_amount(one.cap),
        cap_scope=one.cap_scope,
        deductible=_typed_amount(one.deductible or None),
        claim_deadline_days=_typed_days(one.claim_deadline_days),
        cost_basis=one.cost_basis,
        warranties=tuple(
            WarrantyForm(each.classes, _typed_days(each.days), _typed_days(each.onset_within_days))
            for each in one.warranties
        ),
        inpatient_day=_typed_amount(one.tariff.inpatient_day),
        outpatient_visit=_typed_amount(one.tariff.outpatient_visit),
        exclusions=one.exclusions,
        note=one.note,
    )


def read(form: AgreementForm) -> Agreement | tuple[FieldFault, ...]:
    """Return the agreement that the form says, not verified, or every fault in the order of the fields."""
    reader = _Reader(form)
    made = reader.agreement()
    return tuple(reader.faults) or made


class _Validity(TypedDict):
    """From which day to which operations are taken."""

    valid_from: date
    valid_to: date | None


@dataclass
class _Reader:
    """Reads field by field; a field that is wrong is noted and stands for something harmless meanwhile."""

    form: AgreementForm
    faults: list[FieldFault] = field(default_factory=list)

    def agreement(self) -> Agreement:
        """Return the agreement; worth nothing where there are faults."""
        form = self.form
        agreement_id = self._text("agreement_id")
        return Agreement(
            agreement_id=agreement_id,
            name=self._text("name", required=False) or agreement_id,
            providers=self._codes("providers"),
            joints=self._codes("joints", families.ids()),
            payer_routes=self._codes("payer_routes", tuple(PayerRoute)),
            **self._validity(),
            unit_price=self._amount("unit_price"),
            expected_reoperation_rate=self._value("expected_reoperation_rate", _share),
            cap=self._amount("cap", required=True) or 0,
            cap_scope=self._codes("cap_scope", CAP_SCOPES, (form.cap_scope,))[0],
            deductible=self._amount("deductible") or 0,
            claim_deadline_days=self._value("claim_deadline_days", _days),
            cost_basis=self._codes("cost_basis", COST_BASES),
            warranties=self._warranties(),
            tariff=Tariff(self._amount("inpatient_day"), self._amount("outpatient_visit")),
            exclusions=self._codes("exclusions", tuple(ComplicationClass), required=False),
            note=self._text("note", required=False),
        )

    def _fault(self, name: str, message: str) -> None:
        self.faults.append(FieldFault(name, message))

    def _text(self, name: str, *, required: bool = True) -> str:
        text = str(getattr(self.form, name)).strip()
        if required and not text:
            self._fault(name, missing())
        if identity.hidden(text) != text:
            self._fault(name, _("Texten innehåller något som ser ut som ett personnummer. Ta bort det."))
        return text

    def _codes(
        self,
        name: str,
        allowed: Collection[str] = (),
        codes: tuple[str, ...] | None = None,
        *,
        required: bool = True,
    ) -> tuple[str, ...]:
        found = tuple(dict.fromkeys(getattr(self.form, name) if codes is None else codes))
        unknown = [each for each in found if allowed and each not in allowed]
        if required and not found:
            self._fault(name, _("Välj minst en."))
        if unknown:
            self._fault(name, _("{word} är inget som kan väljas här.").format(word=unknown[0]))
        return found

    def _value(
        self,
        name: str,
        reads: Callable[[str], T | str],
        typed: str | None = None,
        *,
        required: bool = False,
    ) -> T | None:
        """Return what a text says, None where nothing is typed; what is wrong comes back as a text."""
        text = (str(getattr(self.form, name)) if typed is None else typed).strip()
        if not text:
            if required:
                self._fault(name, missing())
            return None
        value = reads(text)
        if isinstance(value, str):
            self._fault(name, value)
            return None
        return value

    def _amount(self, name: str, *, required: bool = False) -> int | None:
        return self._value(name, _ore, required=required)

    def _validity(self) -> _Validity:
        start = self._value("valid_from", _date, required=True)
        end = self._value("valid_to", _date)
        if start is not None and end is not None and end < start:
            self._fault("valid_to", _("Avtalet slutar innan det börjar."))
        return {"valid_from": start or date.min, "valid_to": end}

    def _warranties(self) -> tuple[Warranty, ...]:
        if not self.form.warranties:
            self._fault("warranties", _("Ange minst en garanti, annars täcks inget."))
        return tuple(self._warranty(row, one) for row, one in enumerate(self.form.warranties, 1))

    def _warranty(self, row: int, one: WarrantyForm) -> Warranty:
        within = f"warranties.{row}"
        classes = self._codes(f"{within}.classes", _CLASSES, one.classes)
        days = self._value(f"{within}.days", _days, one.days, required=True)
        onset = self._value(f"{within}.onset_within_days", _days, one.onset_within_days)
        if days is not None and onset is not None and onset > days:
            self._fault(
                f"{within}.onset_within_days",
                _("Den första händelsen kan inte få komma senare än garantin gäller."),
            )
        return Warranty(classes, days or 0, onset)


def missing() -> str:
    """Return what is told at a field that is left empty."""
    return _("Fyll i fältet.")


def _ore(text: str) -> int | str:
    ore = money.parse(text)
    return _(_AMOUNTS[ore]) if isinstance(ore, AmountFault) else ore


def _date(text: str) -> date | str:
    day = iso_format().iso(text)
    return date.fromisoformat(day) if day else _("Inget datum. Skriv år-månad-dag, till exempel 2024-12-31.")


def _days(text: str) -> int | str:
    plain = text.replace(" ", "").replace(NO_BREAK_SPACE, "")
    if _DAYS.fullmatch(plain) and int(plain) <= LONGEST_DAYS:
        return int(plain)
    return _("Skriv ett helt antal dagar, högst 40 000.")


def _share(text: str) -> float | str:
    plain = text.removesuffix("%").strip()
    if _PERCENT.fullmatch(plain):
        share = Decimal(plain.replace(",", ".")) / 100
        if share <= 1:
            return float(share)
    return _("Skriv en andel mellan 0 och 100 procent, till exempel 1,5.")


def _typed_amount(ore: int | None) -> str:
    if ore is None:
        return ""
    whole, rest = divmod(ore, 100)
    groups = f"{whole:,}".replace(",", " ")
    return f"{groups},{rest:02d}" if rest else groups


def _typed_share(share: float | None) -> str:
    """Write a share as per cent with the decimals that give the same number back."""
    return "" if share is None else f"{Decimal(repr(float(share))) * 100:f}".rstrip("0").rstrip(".").replace(".", ",")


def _typed_days(days: int | None) -> str:
    return "" if days is None else str(days)

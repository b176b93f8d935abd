"""Agreements as the TOML that `agreement_files` reads: reading it again gives the same agreements, to the öre."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from kvalitetsapp.exchange.profile_writing import quoted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from kvalitetsapp.domain.agreement import Agreement


def written(agreements: Iterable[Agreement]) -> str:
    """Return agreements as TOML; what an agreement does not say is left out."""
    return "\n".join("\n".join(_agreement(one)) + "\n" for one in agreements)


def _agreement(one: Agreement) -> Iterator[str]:
    yield "[[agreement]]"
    told: dict[str, str | None] = {
        "id": quoted(one.agreement_id),
        "name": quoted(one.name),
        "providers": _list(one.providers),
        "joints": _list(one.joints),
        "payer_routes": _list(one.payer_routes),
        "valid_from": one.valid_from.isoformat(),
        "valid_to": None if one.valid_to is None else one.valid_to.isoformat(),
        "unit_price": _kronor(one.unit_price),
        "expected_reoperation_rate": _share(one.expected_reoperation_rate),
        "cap": _kronor(one.cap),
        "cap_scope": quoted(one.cap_scope),
        "deductible": _kronor(one.deductible),
        "claim_deadline_days": _days(one.claim_deadline_days),
        "cost_basis": _list(one.cost_basis),
        "exclusions": _list(one.exclusions) if one.exclusions else None,
        "note": quoted(one.note) if one.note else None,
        "verified": str(one.verified).lower(),
        "verified_by": quoted(one.verified_by) if one.verified_by else None,
        "verified_on": None if one.verified_on is None else one.verified_on.isoformat(),
    }
    yield from _pairs(told)
    for each in one.warranties:
        yield from ("", "[[agreement.warranty]]")
        onset = _days(each.onset_within_days)
        yield from _pairs({"classes": _list(each.classes), "days": str(each.days), "onset_within_days": onset})
    tariff = {
        "inpatient_day": _kronor(one.tariff.inpatient_day),
        "outpatient_visit": _kronor(one.tariff.outpatient_visit),
    }
    if any(tariff.values()):
        yield from ("", "[agreement.tariff]")
        yield from _pairs(tariff)


def _pairs(told: dict[str, str | None]) -> Iterator[str]:
    for name, text in told.items():
        if text is not None:
            yield f"{name} = {text}"


def _list(texts: Iterable[str]) -> str:
    return "[" + ", ".join(quoted(text) for text in texts) + "]"


def _kronor(ore: int | None) -> str | None:
    if ore is None:
        return None
    whole, rest = divmod(ore, 100)
    return f"{whole}.{rest:02d}" if rest else str(whole)


def _days(days: int | None) -> str | None:
    return None if days is None else str(days)


def _share(share: float | None) -> str | None:
    return None if share is None else f"{Decimal(repr(float(share))):f}"

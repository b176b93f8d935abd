"""Agreements: their terms as canonical JSON, so that two spellings of the same terms are the same row."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_LATER: Final = frozenset({"exclusions", "note", "verified_by", "verified_on"})


def all_agreements(store: Store) -> list[Agreement]:
    """Return every agreement by its id."""
    return [from_terms(terms) for (terms,) in store.rows("SELECT terms FROM agreements ORDER BY agreement_id")]


def of_id(store: Store, agreement_id: str) -> Agreement | None:
    """Return one agreement, None where there is none of that id."""
    terms = store.value("SELECT terms FROM agreements WHERE agreement_id = ?", (agreement_id,))
    return None if terms is None else from_terms(terms)


def to_terms(agreement: Agreement) -> str:
    """Return the terms as JSON with sorted keys; later terms that say nothing are left out, as they once were."""
    terms = asdict(agreement)
    told = {name: value for name, value in terms.items() if value or name not in _LATER}
    return json.dumps(told, default=date.isoformat, ensure_ascii=False, sort_keys=True)


@lru_cache(maxsize=256)  # thousands of claims have the terms of a few agreements
def from_terms(terms: str) -> Agreement:
    """Return the agreement that `to_terms` wrote."""
    raw = json.loads(terms)
    raw["valid_from"] = date.fromisoformat(raw["valid_from"])
    raw["valid_to"] = None if raw["valid_to"] is None else date.fromisoformat(raw["valid_to"])
    raw["tariff"] = Tariff(**raw["tariff"])
    raw["warranties"] = tuple(
        Warranty(tuple(each["classes"]), each["days"], each["onset_within_days"]) for each in raw["warranties"]
    )
    for name in ("providers", "joints", "payer_routes", "cost_basis", "exclusions"):
        raw[name] = tuple(raw.get(name, ()))
    if "verified_on" in raw:
        raw["verified_on"] = date.fromisoformat(raw["verified_on"])
    return Agreement(**raw)

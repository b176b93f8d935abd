"""How documents are made here, and whom they go to: kept as JSON, changed as a whole."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from kvalitetsapp.domain.basis import Address, BillingRules, Issuer, Receiver
from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.domain.dates import this_moment
from kvalitetsapp.store import meta

if TYPE_CHECKING:
    from kvalitetsapp.store.connection import Store

_RULES: Final = "billing_rules"


def rules(store: Store) -> BillingRules:
    """Return the rules, those of the program where none are set."""
    told = meta.get(store, _RULES)
    if told is None:
        return BillingRules()
    raw = json.loads(told)
    address = Address(**raw["issuer"].pop("address"))
    raw["issuer"] = Issuer(**raw["issuer"], address=address)
    raw["vat_category"] = VatCategory(raw["vat_category"])
    return BillingRules(**raw)


def set_rules(store: Store, changed: BillingRules) -> None:
    """Keep other rules; what is issued already keeps those that it was issued by."""
    meta.put(store, _RULES, json.dumps(asdict(changed), ensure_ascii=False, sort_keys=True))


def receiver(store: Store, provider_id: str) -> Receiver | None:
    """Return a provider as the one who pays, None where there is no such provider.

    What nobody has told of it here is taken from the import of providers.
    """
    rows = store.rows(
        "SELECT p.name, coalesce(p.org_number, ''), coalesce(p.peppol_id, ''), coalesce(p.email, ''), b.content "
        "FROM providers p LEFT JOIN provider_billing b ON b.provider_id = p.provider_id WHERE p.provider_id = ?",
        (provider_id,),
    )
    if not rows:
        return None
    name, org_number, peppol_id, email, content = rows[0]
    told = Receiver(provider_id) if content is None else receiver_from(content)
    scheme, parted, endpoint = peppol_id.partition(":")
    imported = {"name": name, "org_number": org_number, "email": email}
    if not told.endpoint and parted:
        imported |= {"endpoint_scheme": scheme, "endpoint": endpoint}
    filled = {field: value for field, value in imported.items() if value and not getattr(told, field)}
    return replace(told, **filled | ({"endpoint_scheme": scheme} if "endpoint" in filled else {}))


def set_receiver(store: Store, told: Receiver, who: str) -> None:
    """Keep what someone has told of a provider as the one who pays."""
    at = this_moment()
    store.write(
        "INSERT INTO provider_billing (provider_id, content, who, changed_at) VALUES (?, ?, ?, ?) "
        "ON CONFLICT DO UPDATE SET content = excluded.content, who = excluded.who, changed_at = excluded.changed_at",
        (told.provider_id, json.dumps(asdict(told), ensure_ascii=False, sort_keys=True), who, at),
    )


def receiver_from(content: str) -> Receiver:
    """Return the receiver that was kept as JSON."""
    raw = json.loads(content)
    return Receiver(**raw | {"address": Address(**raw["address"])})

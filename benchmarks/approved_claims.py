"""A store with a thousand approved claims of four lines each, drafted and approved by the services that people use."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Final

from benchmarks.many_events import PASSPHRASE, PROVIDERS
from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty
from kvalitetsapp.domain.basis import Address, BillingRules, Issuer, Receiver
from kvalitetsapp.services import claim_approval, claim_drafts, claim_proposals, linking
from kvalitetsapp.services.workspace import create_workspace
from kvalitetsapp.store import agreements, billing
from kvalitetsapp.store.batches import NewBatch, begin

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace
    from kvalitetsapp.store.connection import Store

CLAIMS: Final = 1000
LINES: Final = 4
_FIRST: Final = date(2020, 1, 1)
_REVIEWED: Final = "2023-03-14"
_ISSUER: Final = Issuer(
    name="Region Exempel",
    org_number="2321009991",
    vat_number="SE232100999101",
    address=Address("Exempelgatan 1", "", "831 31", "Östersund"),
    endpoint="2321009991",
    bankgiro="9912346",
    contact="Ekonomiservice",
    phone="063-000 00 00",
    email="ekonomi@exempel.se",
    f_tax=True,
)
_RECEIVER: Final = Receiver(
    "P01",
    "Fjällkliniken AB",
    "5569999997",
    Address("Vårdvägen 3", "", "111 22", "Stockholm"),
    buyer_reference="REF-4711",
)
_TERMS: Final = Agreement(
    agreement_id="A1",
    name="Vårdval höft och knä",
    providers=("P01",),
    joints=("hip",),
    payer_routes=("contract",),
    valid_from=date(2018, 1, 1),
    valid_to=None,
    cap=20_000_000,
    cap_scope="index_operation",
    deductible=0,
    cost_basis=("kpp",),
    warranties=(Warranty(("*",), 730),),
    tariff=Tariff(),
)
_EPISODES_SQL: Final = (
    "INSERT INTO episodes (source, episode_id, identity, provider_id, unit, payer_route, care_form, admitted, "
    "discharged, main_diagnosis, procedures, drg, cost, batch) "
    "VALUES ('bok', ?, ?, ?, 'Ortopeden', ?, 'inpatient', ?, ?, ?, ?, 'H05C', ?, 1)"
)
_VERDICTS_SQL: Final = (
    "INSERT INTO verdicts (episode, joint, side, decision, reviewer, reviewed_on, position, batch) "
    "SELECT episode, joint, side, 'confirmed', 'Bo Granskare', ?, row_number() OVER (ORDER BY episode), 1 FROM links"
)


def make(path: Path) -> Workspace:
    """Make the store: people with an index operation and its events, reviewed in a file; then the claims."""
    workspace = create_workspace(path, PASSPHRASE)
    store = workspace.store
    with store.transaction():
        _fill(store)
    linking.run_links(workspace)
    with store.transaction():
        store.write(_VERDICTS_SQL, (_REVIEWED,))
    linking.run_links(workspace)
    proposed = claim_proposals.proposals(workspace)
    drafted = claim_drafts.draft(workspace, [one.operation for one in proposed])
    claim_approval.approve(workspace, drafted.claims)
    return workspace


def _fill(store: Store) -> None:
    begin(store, NewBatch("episodes", "påhittade.csv", "", "", ""))
    store.write_many("INSERT INTO providers (provider_id, name, kind, batch) VALUES (?, ?, ?, 1)", PROVIDERS)
    people = ((number, f"19300101{number:04d}") for number in range(1, CLAIMS + 1))
    store.write_many("INSERT INTO identities (identity, personal_id) VALUES (?, ?)", people)
    store.write_many(_EPISODES_SQL, (row for person in range(1, CLAIMS + 1) for row in _episodes(person)))
    terms = (_TERMS.agreement_id, agreements.to_terms(_TERMS))
    store.write("INSERT INTO agreements (agreement_id, terms, batch) VALUES (?, ?, 1)", terms)
    billing.set_rules(store, BillingRules(issuer=_ISSUER, four_eyes=False))
    billing.set_receiver(store, _RECEIVER, "mätning")


def _episodes(person: int) -> Iterator[tuple[object, ...]]:
    operated = _FIRST + timedelta(days=person % 700)
    yield _episode(f"{person}-0", person, "P01", operated, "M169", "NFB49 ZXA00", None)
    for place in range(1, LINES + 1):
        day = operated + timedelta(days=60 * place)
        yield _episode(f"{person}-{place}", person, "E01", day, "T845", "NFS19 ZXA00", 4_000_000 + person)


def _episode(
    ref: str, person: int, provider: str, day: date, diagnosis: str, codes: str, cost: int | None
) -> tuple[object, ...]:
    route = "own" if provider == "E01" else "contract"
    until = (day + timedelta(days=3)).isoformat()
    return ref, person, provider, route, day.isoformat(), until, diagnosis, codes, cost

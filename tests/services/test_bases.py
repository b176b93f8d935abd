"""Claims issued as documents: numbers without a gap, frozen content, and everything that is lacking told at once."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

import pytest
from sqlcipher3 import dbapi2

from kvalitetsapp.domain.basis import Address, BillingRules, Receiver
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed
from kvalitetsapp.domain.claim_words import ClaimStatus, ClaimStep, DocumentType, VatCategory
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import bases
from kvalitetsapp.store import audit, billing, claims, meta
from kvalitetsapp.store import bases as store
from support import made_claims, made_documents
from support.reviewing import take

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import Basis
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def ready(workspace: Workspace) -> Workspace:
    """Return the small store with everything told that a document to P01 needs."""
    made_claims.set_up(workspace)
    return workspace


def issued(workspace: Workspace, *wanted: int, on: date | None = None) -> Basis:
    done = bases.issue(workspace, wanted, issued_on=on)
    assert done.faults == ()
    assert done.basis is not None
    return done.basis


def fields(workspace: Workspace, *wanted: int, on: date | None = None) -> list[str]:
    """Return the fields at which issuing is refused, having seen that it left nothing behind."""
    before = counts(workspace)
    done = bases.issue(workspace, wanted, issued_on=on)
    assert (done.basis, done.changes) == (None, NOTHING_CHANGED)
    assert counts(workspace) == before
    assert done.faults == bases.lacking(workspace, wanted, issued_on=on)
    return [one.field for one in done.faults]


def counts(workspace: Workspace) -> list[int]:
    tables = ("bases", "basis_lines", "basis_steps", "claim_steps", "cap_entries", "audit")
    return [int(workspace.store.value(f"SELECT count(*) FROM {table}")) for table in tables]


def with_rules(workspace: Workspace, **changes: object) -> None:
    with workspace.store.transaction():
        billing.set_rules(workspace.store, replace(made_documents.RULES, **changes))  # type: ignore[arg-type]


def with_issuer(workspace: Workspace, **changes: object) -> None:
    with_rules(workspace, issuer=replace(made_documents.ISSUER, **changes))  # type: ignore[arg-type]


def with_receiver(workspace: Workspace, **changes: object) -> None:
    with workspace.store.transaction():
        billing.set_receiver(workspace.store, replace(made_documents.RECEIVER, **changes), "Anna")  # type: ignore[arg-type]


def test_claims_become_one_document_with_a_line_for_each_of_theirs(ready: Workspace) -> None:
    one = made_claims.approved(ready, 1_000_00, 250_50)
    other = made_claims.approved(ready, 99, events=("3",))
    done = bases.issue(ready, [one, other, one])
    assert done.changes == {Changed.BASES, Changed.CLAIMS}
    basis = done.basis
    assert basis is not None
    assert basis.number == f"ZVF2321009991{ready.today:%y%m}000001"
    assert basis.document_type is DocumentType.INVOICE
    assert [(line.line, line.claim, line.claim_line, line.amount) for line in basis.lines] == [
        (1, one, 1, 1_000_00),
        (2, one, 2, 250_50),
        (3, other, 1, 99),
    ]
    assert basis.amount == 1_000_00 + 250_50 + 99
    assert basis.due_on == ready.today + timedelta(days=30)
    assert (basis.issuer, basis.receiver) == (made_documents.ISSUER, made_documents.RECEIVER)
    for claim in (one, other):
        found = claims.of_number(ready.store, claim)
        assert found is not None
        assert (found.status, found.basis) == (ClaimStatus.ISSUED, basis.basis)
        step = claims.steps(ready.store, claim)[-1]
        assert (step.kind, step.basis, step.amount) == (ClaimStep.ISSUED, basis.basis, found.amount)
    entry = audit.entries(ready.store)[0]
    assert (entry.action, entry.object) == ("basis_issued", basis.number)


def test_a_document_reads_back_as_it_was_written_and_stays_so(ready: Workspace) -> None:
    basis = issued(ready, made_claims.approved(ready, 100, 200))
    assert store.of_number(ready.store, basis.number) == basis
    assert store.of_key(ready.store, basis.basis) == basis
    assert store.all_bases(ready.store) == (basis,)
    assert store.of_claim(ready.store, basis.lines[0].claim) == (basis,)
    specified = store.specification(ready.store, basis.basis)
    with_issuer(ready, name="Region Annan")
    with ready.store.transaction():
        ready.store.write("UPDATE episodes SET main_diagnosis = 'Z000', drg = 'X99'")
    assert store.of_key(ready.store, basis.basis) == basis
    assert store.specification(ready.store, basis.basis) == specified
    assert [one.contact.personal_id for one in specified] == ["196812099874"] * 2
    assert sum(one.net for one in specified) == basis.amount


def test_numbers_go_on_without_a_gap_whatever_month_it_is(ready: Workspace) -> None:
    first = issued(ready, made_claims.approved(ready, 100), on=date(2026, 1, 31))
    assert fields(ready) == ["claims"]
    second = issued(ready, made_claims.approved(ready, 100), on=date(2026, 3, 1))
    assert (first.number, second.number) == ("ZVF23210099912601000001", "ZVF23210099912603000002")
    with_issuer(ready, org_number="5599999918", endpoint="5599999918", vat_number="")
    assert issued(ready, made_claims.approved(ready, 100)).counter == 1, "another issuer has a series of its own"


def test_the_store_itself_refuses_a_gap_a_number_again_and_any_change(ready: Workspace) -> None:
    basis = issued(ready, made_claims.approved(ready, 100))
    for counter in (1, 3):
        forged = replace(basis, number=basis.number[:-6] + f"{counter:06d}")
        with pytest.raises(dbapi2.IntegrityError), ready.store.transaction():
            store.add(ready.store, forged)
    for sql in ("UPDATE bases SET amount = 1", "DELETE FROM bases", "UPDATE basis_lines SET amount = 1"):
        with pytest.raises(dbapi2.IntegrityError, match="append-only"), ready.store.transaction():
            ready.store.write(sql)


def test_the_period_is_told_in_whole_months(ready: Workspace) -> None:
    basis = issued(ready, made_claims.approved(ready, 100))
    assert (basis.period_start, basis.period_end) == (date(2020, 3, 1), date(2020, 3, 31))


def test_nothing_told_of_the_issuer_or_the_receiver_is_refused_field_by_field(workspace: Workspace) -> None:
    claim = made_claims.approved(workspace, 100)
    with workspace.store.transaction():
        billing.set_rules(workspace.store, BillingRules(vat_reason=" "))
        billing.set_receiver(workspace.store, Receiver("P01", address=Address(city="Åre")), "Anna")
    assert fields(workspace, claim) == [
        "issuer.name",
        "issuer.org_number",
        "issuer.address.street",
        "issuer.address.postcode",
        "issuer.address.city",
        "issuer.bankgiro",
        "issuer.endpoint",
        "vat_reason",
        "issuer.vat_number",
        "receiver.org_number",
        "receiver.address.street",
        "receiver.address.postcode",
        "receiver.buyer_reference",
    ]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"org_number": "2321009992"}, "issuer.org_number"),
        ({"bankgiro": "9912345"}, "issuer.bankgiro"),
        ({"bankgiro": "991"}, "issuer.bankgiro"),
        ({"endpoint": "2321009992"}, "issuer.endpoint"),
        ({"endpoint_scheme": "SE"}, "issuer.endpoint_scheme"),
        ({"vat_number": "SE232100999201"}, "issuer.vat_number"),
        ({"email": "ekonomi"}, "issuer.email"),
        ({"name": "Region\nExempel"}, "issuer.name"),
        ({"address": replace(made_documents.ISSUER.address, postcode="8313")}, "issuer.address.postcode"),
        ({"address": replace(made_documents.ISSUER.address, country="Sverige")}, "issuer.address.country"),
    ],
)
def test_an_issuer_that_cannot_be_right_is_refused_at_its_field(
    ready: Workspace, changes: dict[str, object], field: str
) -> None:
    with_issuer(ready, **changes)
    assert fields(ready, made_claims.approved(ready, 100)) == [field]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"org_number": "5569999998"}, "receiver.org_number"),
        ({"buyer_reference": "", "order_reference": " "}, "receiver.buyer_reference"),
        ({"address": Address()}, "receiver.address.street"),
        ({"endpoint": "1"}, "receiver.endpoint"),
    ],
)
def test_a_receiver_that_cannot_be_right_is_refused_at_its_field(
    ready: Workspace, changes: dict[str, object], field: str
) -> None:
    with_receiver(ready, **changes)
    assert fields(ready, made_claims.approved(ready, 100))[0] == field


def test_an_order_number_is_enough_and_the_organisation_number_is_the_address_for_e_invoices(ready: Workspace) -> None:
    with_receiver(ready, buyer_reference="", order_reference="4500", endpoint="")
    assert issued(ready, made_claims.approved(ready, 100)).receiver.endpoint == made_documents.RECEIVER.org_number


def test_exempt_care_needs_a_registered_issuer_and_care_outside_the_tax_does_not(ready: Workspace) -> None:
    with_issuer(ready, vat_number="", f_tax=False)
    claim = made_claims.approved(ready, 100)
    assert fields(ready, claim) == ["issuer.vat_number"]
    unregistered = replace(made_documents.ISSUER, vat_number="", f_tax=False)
    with_rules(ready, issuer=unregistered, vat_category=VatCategory.OUTSIDE, vat_reason="Skadestånd")
    assert issued(ready, claim).vat_category is VatCategory.OUTSIDE


@pytest.mark.parametrize("status", [one for one in ClaimStatus if one is not ClaimStatus.APPROVED])
def test_only_an_approved_claim_is_issued(ready: Workspace, status: ClaimStatus) -> None:
    good = made_claims.approved(ready, 100)
    bad = made_claims.approved(ready, 100, status=status)
    assert fields(ready, good, bad) == ["claims"]
    assert made_claims.status(ready, good) is ClaimStatus.APPROVED


def test_claims_on_two_providers_and_claims_that_are_not_there_are_refused(ready: Workspace, tmp_path: Path) -> None:
    take(ready, tmp_path, "providers", "provider_id;name;kind\nP02;Havskliniken;private\n")
    one, other = made_claims.approved(ready, 100), made_claims.approved(ready, 100, provider="P02")
    done = bases.issue(ready, [one, other, 99])
    assert [fault.field for fault in done.faults] == ["claims", "claims"]
    assert "Fjällkliniken, Havskliniken" in done.faults[1].message


def test_a_day_to_come_or_before_the_care_is_refused(ready: Workspace) -> None:
    claim = made_claims.approved(ready, 100)
    assert fields(ready, claim, on=ready.today + timedelta(days=1)) == ["issued_on"]
    assert fields(ready, claim, on=date(2020, 2, 29)) == ["issued_on"]
    assert fields(ready) == ["claims"]


def test_the_last_number_of_a_series_is_used_and_then_no_more(ready: Workspace) -> None:
    basis = issued(ready, made_claims.approved(ready, 100))
    with ready.store.transaction():
        trigger = ready.store.value("SELECT sql FROM sqlite_master WHERE name = 'bases_have_no_gap'")
        ready.store.write("DROP TRIGGER bases_have_no_gap")
        store.add(ready.store, replace(basis, number=basis.number[:-6] + "999998"))
        ready.store.write(trigger)
    assert issued(ready, made_claims.approved(ready, 100)).counter == 999_999
    assert fields(ready, made_claims.approved(ready, 100)) == ["issuer.org_number"]


def test_documents_are_listed_and_found_by_their_number(ready: Workspace) -> None:
    claim = made_claims.approved(ready, 100)
    basis = issued(ready, *bases.claim_numbers(ready, [f"k-2026-{claim:05d}"]))
    (row,) = bases.listed(ready).records()
    assert (row["basis_number"], row["claim_numbers"], row["amount"]) == (basis.number, f"K-2026-{claim:05d}", 100)
    assert bases.view(ready, f" {basis.number} ").basis == basis
    with pytest.raises(InputError, match="inget underlag"):
        bases.view(ready, "ZVF1")
    with pytest.raises(InputError, match="inget krav"):
        bases.claim_numbers(ready, ["K-2026-00099"])


def test_a_sample_store_is_marked_on_its_documents(ready: Workspace) -> None:
    from kvalitetsapp.services import basis_files
    from support import pdf

    basis = issued(ready, made_claims.approved(ready, 100))
    assert "EXEMPELDATA" not in pdf.read(basis_files.basis_pdf(ready, basis)).text
    with ready.store.transaction():
        meta.put(ready.store, meta.SAMPLE, "1")
    assert "EXEMPELDATA" in pdf.read(basis_files.basis_pdf(ready, basis)).text


def test_claims_that_wait_together_are_issued_one_by_one_until_the_ground_of_one_has_changed(ready: Workspace) -> None:
    first, second, third = (made_claims.approved(ready, amount) for amount in (1_000_00, 2_000_00, 3_000_00))
    issued(ready, first)
    issued(ready, second)
    with ready.store.transaction():
        ready.store.write("UPDATE links SET status = 'rejected'")
    (fault,) = bases.issue(ready, [third]).faults
    assert "kan inte ställas ut som det är" in fault.message

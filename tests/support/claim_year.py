"""A small county for a whole year of claims: two purchased providers, two agreements, and events of every fate.

Every contact is known by a short name (`bok/E03`), every case by its operation (`I02`). The personal numbers are of
the test series. The store lives on the day that a test says, so that a year can go by.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Final

import pytest

from kvalitetsapp.domain.basis import Address, CreditLine, Receiver
from kvalitetsapp.domain.claim_words import ClaimStatus, CreditReason
from kvalitetsapp.domain.payment import NewPayment
from kvalitetsapp.errors import RefusedError
from kvalitetsapp.services import (
    bases,
    basis_steps,
    billing,
    claim_approval,
    claim_drafts,
    credit_notes,
    payments,
    reviews,
)
from kvalitetsapp.services.workspace import Workspace, create_workspace
from kvalitetsapp.store import claims
from support import made_documents, queues, reviewing
from support.claiming import agree
from support.counties import PASSPHRASE
from support.reviewing import ANNA, BO, CIA, at_work

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.domain.basis import Basis, BasisView
    from kvalitetsapp.domain.claim import Claim

KR: Final = 100
PROVIDERS: Final = """
provider_id;name;kind
OSD;Ortopedi Söder;own
P01;Fjällkliniken;private
P02;Havskliniken;private
"""
ORG_NUMBERS: Final = {"P01": "5569999997", "P02": "5560360793"}
HEADER: Final = (
    "source;episode_id;personal_id;provider_id;payer_route;care_form;admitted;discharged;main_diagnosis;procedures;"
    "drg;cost"
)
AGREEMENTS: Final = """
[[agreement]]
id = "fjall-hoft"
name = "Höftavtalet"
providers = ["P01"]
joints = ["hip"]
payer_routes = ["contract"]
valid_from = 2022-01-01
cap = 200000
cap_scope = "index_operation"
deductible = 10000
claim_deadline_days = 365
cost_basis = ["kpp", "drg"]
warranty = [{ classes = ["*"], days = 730 }, { classes = ["infection"], days = 1825, onset_within_days = 365 }]

[[agreement]]
id = "hav-kna"
name = "Knäavtalet"
providers = ["P02"]
joints = ["knee"]
payer_routes = ["contract"]
valid_from = 2022-01-01
cap = 100000
cap_scope = "episode"
claim_deadline_days = 365
cost_basis = ["kpp", "drg"]
warranty = [{ classes = ["*"], days = 730 }]
"""
WEIGHTS: Final = "year;drg;weight;source\n2025;H05C;1,5001;viktlista\n"
PRICES: Final = "year;price;source\n2025;60000,30;prislista\n"

HIP, KNEE, OPEN_HIP, OPEN_KNEE = "NFB49", "NGB49", "NFC49", "NGC49"
# Operation, person, where, which joint and side, day.
OPERATIONS: Final = (
    ("I01", 1, "P01", f"{HIP} ZXA00", "2024-02-01"),
    ("I02", 2, "P01", f"{HIP} ZXA00", "2024-03-04"),
    ("I03", 3, "P01", f"{HIP} ZXA05", "2024-03-05"),
    ("I04", 4, "P01", f"{HIP} ZXA00", "2022-03-01"),
    ("I05", 5, "P01", f"{HIP} ZXA00", "2022-06-01"),
    ("I06", 6, "P01", f"{HIP} ZXA00", "2024-03-01"),
    ("I07", 6, "P01", f"{HIP} ZXA05", "2024-05-02"),
    ("I08", 7, "P01", f"{HIP} ZXA00", "2024-01-15"),
    ("I09", 7, "P01", f"{HIP} ZXA05", "2024-04-15"),
    ("I10", 8, "P01", f"{HIP} ZXA00", "2024-06-03"),
    ("I11", 9, "P02", f"{KNEE} ZXA00", "2024-06-04"),
    ("I12", 10, "P02", f"{KNEE} ZXA05", "2024-06-05"),
    ("I13", 11, "P02", f"{KNEE} ZXA00", "2024-06-10"),
    ("I14", 12, "P02", f"{KNEE} ZXA00", "2024-06-11"),
    ("I15", 13, "P02", f"{KNEE} ZXA00", "2024-06-12"),
    ("I16", 14, "OSD", f"{KNEE} ZXA00", "2024-06-13"),
)
# Event, person, where, diagnosis, what was done, day in, day out, DRG, cost.
KNOWN_IN_JANUARY: Final = (
    ("E01", 1, "OSD", "T845F", f"{OPEN_HIP} ZXA00", "2024-09-10", "2024-09-20", "", "150000,50"),
    ("E02", 1, "OSD", "T840F", f"{OPEN_HIP} ZXA00", "2025-01-20", "2025-01-27", "", "90000"),
    ("E05", 3, "OSD", "T840F", f"{OPEN_HIP} ZXA05", "2024-12-02", "2024-12-06", "", "30000"),
    ("E06", 4, "OSD", "T840F", f"{OPEN_HIP} ZXA00", "2024-10-01", "2024-10-05", "", "55000"),
    ("E07", 5, "OSD", "T845F", f"{OPEN_HIP} ZXA00", "2024-09-01", "2024-09-14", "", "65000"),
    ("E09", 7, "OSD", "T840F", OPEN_HIP, "2025-01-10", "2025-01-15", "", "70000"),
    ("E11", 9, "OSD", "T845G", f"{OPEN_KNEE} ZXA00", "2025-01-07", "2025-01-20", "H05C", ""),
    ("E12", 10, "OSD", "T840G", f"{OPEN_KNEE} ZXA05", "2025-01-08", "2025-01-12", "", ""),
    ("E14", 12, "OSD", "T840G", f"{OPEN_KNEE} ZXA00", "2025-01-14", "2025-01-18", "", "80000"),
    ("E17", 14, "OSD", "T840G", f"{OPEN_KNEE} ZXA00", "2025-01-21", "2025-01-25", "", "41000"),
)
KNOWN_IN_MARCH: Final = (
    ("E03", 2, "OSD", "T840F", f"{OPEN_HIP} ZXA00", "2025-02-15", "2025-02-20", "", "60000,25"),
    ("E08", 6, "OSD", "T840F", f"{OPEN_HIP} ZXA10", "2025-03-03", "2025-03-10", "", "120000,10"),
    ("E10", 8, "OSD", "T845F", f"{OPEN_HIP} ZXA00", "2025-02-01", "2025-02-09", "", "50000"),
    ("E13", 11, "OSD", "T840G", f"{OPEN_KNEE} ZXA00", "2025-02-20", "2025-02-23", "", "30000"),
    ("E15", 13, "OSD", "T845G", f"{OPEN_KNEE} ZXA00", "2025-02-03", "2025-02-28", "", "130000"),
    ("E16", 9, "OSD", "T840G", f"{OPEN_KNEE} ZXA00", "2025-02-25", "2025-02-27", "", "25000"),
    ("E19", 12, "OSD", "T840G", f"{OPEN_KNEE} ZXA00", "2025-02-26", "2025-02-28", "", "12000"),
    ("E18", 11, "P02", "T840G", f"{OPEN_KNEE} ZXA00", "2025-02-24", "2025-02-26", "", "20000"),
)
ARRIVED_LATE: Final = (("E04", 2, "OSD", "T840F", f"{OPEN_HIP} ZXA00", "2024-11-20", "2024-11-25", "", "40000"),)
CORRECTED: Final = (("E13", 11, "OSD", "T840G", f"{OPEN_KNEE} ZXA00", "2025-02-20", "2025-02-23", "", "34000,40"),)


class DatedWorkspace(Workspace):
    """A workspace where it is the day that a test says."""

    day: date = date(2025, 1, 31)

    @property
    def today(self) -> date:
        """Return the day of the test."""
        return self.day


def make(folder: Path) -> DatedWorkspace:
    """Make the store with all that finance and the agreements say; the caller closes it."""
    workspace = make_unbilled(folder)
    assert not billing.save_rules(workspace, made_documents.RULES).faults
    for provider in ORG_NUMBERS:
        assert not billing.save_receiver(workspace, receiver(provider)).faults
    return workspace


def make_unbilled(folder: Path) -> DatedWorkspace:
    """Make the store as it is before finance has told anything; the caller closes it."""
    made = create_workspace(folder / "året.kvdb", PASSPHRASE)
    workspace = DatedWorkspace(made.store, made.writer_lock, ANNA, made.roles)
    reviewing.take(workspace, folder, "providers", PROVIDERS.lstrip())
    agree(workspace, folder, AGREEMENTS)
    reviewing.take(workspace, folder, "drg_weights", WEIGHTS)
    reviewing.take(workspace, folder, "drg_prices", PRICES)
    take_episodes(workspace, folder, *(_operation(*one) for one in OPERATIONS))
    return workspace


def personal_id(person: int) -> str:
    """Return a number of the test series for a person."""
    digits = f"5{person % 10}{1 + person % 12:02d}{10 + person:02d}98{person % 10}"
    doubled = "".join(str(int(digit) * (2 - place % 2)) for place, digit in enumerate(digits))
    return f"19{digits}{-sum(map(int, doubled)) % 10}"


def take_events(workspace: Workspace, folder: Path, *events: tuple[object, ...]) -> None:
    """Take in contacts, each as the tables above have it."""
    take_episodes(workspace, folder, *(_event(*one) for one in events))


def take_episodes(workspace: Workspace, folder: Path, *rows: str) -> None:
    """Take in rows of contacts."""
    reviewing.take(workspace, folder, "episodes", "\n".join((HEADER, *rows)) + "\n")


def _operation(name: str, person: int, provider: str, done: str, day: str) -> str:
    route = "own" if provider == "OSD" else "contract"
    diagnosis = "M161" if done.startswith(HIP) else "M171"
    return f"bok;{name};{personal_id(person)};{provider};{route};inpatient;{day};{day};{diagnosis};{done};;60000"


def _event(*told: object) -> str:
    name, person, provider, diagnosis, done, came, left, drg, cost = told
    assert isinstance(person, int)
    where = f"{provider};{'own' if provider == 'OSD' else 'contract'};inpatient"
    return f"bok;{name};{personal_id(person)};{where};{came};{left};{diagnosis};{done};{drg};{cost}"


def receiver(provider: str) -> Receiver:
    """Return what finance tells of a provider."""
    org_number = ORG_NUMBERS[provider]
    names = {"P01": "Fjällkliniken AB", "P02": "Havskliniken AB"}
    address = Address("Vårdvägen 3", "", "111 22", "Stockholm")
    told = replace(made_documents.RECEIVER, provider_id=provider, name=names[provider], org_number=org_number)
    return replace(told, endpoint=org_number, address=address, buyer_reference=f"REF-{provider}")


# What people do, each as the one who does it: Anna drafts and issues, Bo reviews and approves, Cia keeps the payments.


def review(workspace: Workspace, *refs: str, reject: bool = False, index_ref: str = "") -> None:
    """Let Bo confirm (or reject) events, under another operation where one is told."""
    for ref in refs:
        for link in [one for one in queues.all_links(workspace) if one.event_ref == f"bok/{ref}"]:
            answer = reviewing.rejected() if reject else reviewing.confirmed(link)
            if index_ref:
                answer = replace(answer, index_ref=index_ref, comment="enligt operationsberättelsen")
            with at_work(workspace, BO):
                reviews.decide(workspace, link, answer)


def draft_all(workspace: Workspace) -> tuple[Claim, ...]:
    """Let Anna draft every case that has something to claim, and Bo approve it; she may not herself."""
    wanted = [one.operation for one in claim_drafts.proposals(workspace) if one.lines]
    made = claim_drafts.draft(workspace, wanted).claims
    with pytest.raises(RefusedError, match="Någon annan ska godkänna"):
        claim_approval.approve(workspace, made)
    with at_work(workspace, BO):
        claim_approval.approve(workspace, made)
    return claims.of_numbers(workspace.store, made)


def issue_all(workspace: Workspace, *, by_amount: bool = False) -> list[Basis]:
    """Let Anna issue every approved claim, a document for each provider."""
    waiting = [one for one in claims.all_claims(workspace.store) if one.status is ClaimStatus.APPROVED]
    if by_amount:
        waiting.sort(key=lambda one: -one.amount)
    issued = []
    for provider in sorted({one.provider_id for one in waiting}):
        done = bases.issue(workspace, [one.claim for one in waiting if one.provider_id == provider])
        assert done.basis is not None, done.faults
        issued.append(done.basis)
    return issued


def send(workspace: Workspace, *issued: Basis) -> None:
    """Note that documents were sent."""
    for one in issued:
        basis_steps.mark_sent(workspace, view_of(workspace, one), ground="follow_up", channel="Säker e-post")


def credit(workspace: Workspace, claim: int, amount: int, reason: str) -> Basis:
    """Credit so much of the first line of a claim."""
    (of,) = [one for one in bases.of_claim(workspace, claim) if one.basis.credits is None]
    line = next(one.line for one in of.basis.lines if one.claim == claim)
    done = credit_notes.issue(workspace, of.basis.basis, [CreditLine(line, amount, CreditReason.NOT_BILLABLE, reason)])
    assert done.basis is not None, done.faults
    return done.basis


def pay(workspace: Workspace, amount: int, reference: str) -> int:
    """Let Cia type a payment that came today."""
    with at_work(workspace, CIA):
        return payments.record(workspace, NewPayment(workspace.today, amount, reference)).payment


def view_of(workspace: Workspace, basis: Basis) -> BasisView:
    """Return a document as it is now."""
    return bases.view(workspace, basis.number)


def claim_of(workspace: Workspace, operation: str) -> Claim:
    """Return the latest claim of a case."""
    return claims_of(workspace, operation)[-1]


def claims_of(workspace: Workspace, operation: str) -> list[Claim]:
    """Return every claim of a case, in the order in which they were drafted."""
    return [one for one in claims.all_claims(workspace.store) if one.index_ref.startswith(f"bok/{operation}/")]

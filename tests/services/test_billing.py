"""The rules for documents and those who pay: kept tidied, refused at the field, traced by name and not by value."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.basis import Address, BillingRules
from kvalitetsapp.domain.changes import NOTHING_CHANGED, Changed
from kvalitetsapp.domain.claim_words import VatCategory
from kvalitetsapp.errors import InputError
from kvalitetsapp.services import billing, billing_files
from kvalitetsapp.store import audit
from support.made_documents import ISSUER, RECEIVER, RULES

if TYPE_CHECKING:
    from pathlib import Path

    from kvalitetsapp.services.workspace import Workspace


def test_rules_are_kept_in_the_form_in_which_they_are_used(workspace: Workspace) -> None:
    typed = replace(
        ISSUER,
        name=" Region Exempel ",
        org_number="16232100-9991",
        bankgiro="991-2346",
        vat_number="se 232100999101",
        endpoint="232100-9991",
        address=replace(ISSUER.address, postcode="83131", country="se"),
    )
    done = billing.save_rules(workspace, replace(RULES, issuer=typed))
    assert done.faults == ()
    assert done.changes == {Changed.BILLING}
    assert billing.rules(workspace) == RULES
    entry = audit.entries(workspace.store)[0]
    assert (entry.action, entry.detail) == ("billing_rules_changed", "issuer")


def test_what_is_missing_is_kept_and_what_cannot_be_right_is_not(workspace: Workspace) -> None:
    assert billing.save_rules(workspace, BillingRules()).faults == ()
    wrong = replace(RULES, issuer=replace(ISSUER, bankgiro="9912345"), payment_days=366, reminder_days=-1)
    done = billing.save_rules(workspace, wrong)
    assert [one.field for one in done.faults] == ["issuer.bankgiro", "payment_days", "reminder_days"]
    assert done.changes == NOTHING_CHANGED
    assert billing.rules(workspace) == BillingRules()


def test_a_receiver_is_filled_in_from_the_import_and_kept_with_its_address(workspace: Workspace) -> None:
    assert [one.provider_id for one in billing.receivers(workspace)] == ["P01"]
    assert billing.receiver(workspace, "P01").name == "Fjällkliniken"
    assert billing.save_receiver(workspace, RECEIVER).faults == ()
    assert billing.receiver(workspace, "P01") == RECEIVER
    done = billing.save_receiver(workspace, replace(RECEIVER, org_number="1", address=Address(postcode="1")))
    assert [one.field for one in done.faults] == ["receiver.org_number", "receiver.address.postcode"]
    assert billing.receiver(workspace, "P01") == RECEIVER
    with pytest.raises(InputError, match="ingen vårdgivare P99"):
        billing.save_receiver(workspace, replace(RECEIVER, provider_id="P99"))


@pytest.mark.parametrize("letter", ["\x0b", "\u202e", "\ud800", "\ufffe"])
def test_a_character_that_no_document_can_hold_is_refused_at_its_field(workspace: Workspace, letter: str) -> None:
    done = billing.save_receiver(workspace, replace(RECEIVER, name=f"Fjäll{letter}kliniken"))
    assert [one.field for one in done.faults] == ["receiver.name"]


def test_what_is_printed_as_text_is_taken_back_as_it_was(workspace: Workspace, tmp_path: Path) -> None:
    billing.save_rules(workspace, RULES)
    billing.save_receiver(workspace, RECEIVER)
    for provider in (None, "P01"):
        file = tmp_path / "uppgifter.json"
        file.write_text(billing_files.as_text(workspace, provider), encoding="utf-8")
        assert billing_files.take(workspace, file, provider).faults == ()
    assert (billing.rules(workspace), billing.receiver(workspace, "P01")) == (RULES, RECEIVER)


def test_a_file_changes_only_what_it_tells(workspace: Workspace, tmp_path: Path) -> None:
    billing.save_rules(workspace, RULES)
    file = tmp_path / "uppgifter.json"
    told = {"vat_category": "O", "vat_reason": "Skadestånd", "issuer": {"address": {"extra": ""}}}
    file.write_text(json.dumps(told), encoding="utf-8")
    billing_files.take(workspace, file, None)
    issuer = replace(ISSUER, address=replace(ISSUER.address, extra=""))
    expected = replace(RULES, vat_category=VatCategory.OUTSIDE, vat_reason="Skadestånd", issuer=issuer)
    assert billing.rules(workspace) == expected


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "{",
        '{"okänd": 1}',
        '{"payment_days": "30"}',
        '{"payment_days": true}',
        '{"issuer": 3}',
        '{"vat_category": "S"}',
        '{"issuer": {"address": {"gata": "x"}}}',
        "\ud800",
    ],
)
def test_a_file_that_says_something_else_is_refused(workspace: Workspace, tmp_path: Path, text: str) -> None:
    file = tmp_path / "uppgifter.json"
    file.write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(InputError):
        billing_files.take(workspace, file, None)
    assert billing.rules(workspace) == BillingRules()

"""Targets that are documents: agreements, profiles and indicators in TOML, messages in XML, settings in JSON."""

from __future__ import annotations

import json
from dataclasses import replace

from fuzz.judging import demand, demand_no_number, file_of, refusals
from kvalitetsapp.domain.basis import BillingRules
from kvalitetsapp.domain.imports import KindOfFile
from kvalitetsapp.domain.review_priority import weights_from
from kvalitetsapp.exchange import (
    agreement_files,
    agreement_writing,
    indicator_files,
    indicator_writing,
    payment_files,
    peppol_rules,
    profile_writing,
    profiles,
    reading,
)
from kvalitetsapp.progress import Progress
from kvalitetsapp.services import billing_files, saved_filters
from support.reading import RESOURCES, TODAY, tables


def agreements(content: bytes) -> None:
    """Judge a file of agreements: those let in are read again from what is written of them."""
    path = file_of(content, "avtal.toml")
    reading.recognise(path)
    with refusals():
        found = agreement_files.read_agreements(path)
        demand(kept=found.read == len(found.rows) + len(found.rejects), promise="every agreement is read or rejected")
        demand_no_number(*(each.reason for each in found.rejects))
        taken = [one for _place, one in found.rows]
        if taken:
            again = agreement_files.read_agreements(file_of(agreement_writing.written(taken).encode(), "skrivna.toml"))
            demand(kept=[one for _place, one in again.rows] == taken, promise="agreements are read as written")


def indicators(content: bytes) -> None:
    """Judge a file of recipes: those that are right are read again from what is written of them."""
    with refusals():
        found = indicator_files.of_content(content, "recept.toml")
        demand_no_number(*(each.told() for each in found.faults))
        if found.indicators:
            again = indicator_files.of_content(indicator_writing.written(found.indicators).encode(), "skrivna.toml")
            demand(kept=again.indicators == found.indicators, promise="indicators are read as written")


def profile(content: bytes) -> None:
    """Judge a mapping profile: one that may be written is read again."""
    with refusals():
        found = profiles.read_profile(file_of(content, "profil.toml"))
        again = profiles.read_profile(file_of(profile_writing.written(found).encode(), "skriven.toml"))
        demand(kept=replace(again, name=found.name) == found, promise="a profile is read as written")


def claim_specification(content: bytes) -> None:
    """Judge the national claim specification, read through its own profile."""
    own = profiles.read_profile(RESOURCES / "profiles" / "fakturaunderlag.toml")
    with refusals():
        found = reading.read(
            KindOfFile.EPISODES,
            file_of(content, "underlag.xml"),
            profile=own,
            today=TODAY,
            code_tables=tables(),
            progress=Progress(),
        )
        demand(kept=found.read == len(found.rows) + len(found.rejects), promise="every row is read or rejected")
        demand_no_number(*(each.reason for each in found.rejects))


def payments(content: bytes) -> None:
    """Judge a file of payments, the bank's or one of rows."""
    with refusals():
        found = payment_files.read_payments(file_of(content, "betalningar"), TODAY, Progress())
        demand_no_number(*(each.reason for each in found.rejects), *(text for _row, text in found.remarks))
        for _row, one in found.payments:
            demand(kept=bool(one.amount and one.entry_reference), promise="a payment has an amount and is known")
            demand_no_number(one.payer, one.note)


def e_invoice(content: bytes) -> None:
    """Judge an e-invoice: the rules it breaks can be told of anything that is one."""
    with refusals():
        for each in peppol_rules.faults(content):
            demand(kept=bool(each.message and each.rule), promise="a broken rule is told")


def settings(content: bytes) -> None:
    """Judge what is kept as JSON: a saved filter, the weights of priorities, a file of billing details."""
    text = content.decode("utf-8", "replace")
    asked = saved_filters._read(text)
    if asked is not None:
        again = saved_filters._read(json.dumps(asked.as_dict()))
        demand(kept=again == asked, promise="a filter is read as written")
    with refusals():
        told = billing_files._read(file_of(content, "fakturering.json"))
        weights_from(told)
        billing_files._changed(BillingRules(), told)

"""Avtal: terms in words, and how much of what is stored they cover."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from kvalitetsapp.domain.agreement_card import AGREEMENTS, agreement_table
from kvalitetsapp.services import agreements
from support import examples
from support.county_store import opened

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from kvalitetsapp.domain.agreement_card import AgreementCard
    from kvalitetsapp.services.workspace import Workspace


@pytest.fixture
def workspace(county_store: Path) -> Iterator[Workspace]:
    with opened(county_store, write=False) as each:
        yield each


@pytest.fixture
def cards(workspace: Workspace) -> dict[str, AgreementCard]:
    return {card.agreement.agreement_id: card for card in agreements.cards(workspace)}


def test_r12_the_operations_of_an_agreement_are_those_of_the_example(
    cards: dict[str, AgreementCard],
) -> None:
    expected = Counter(row["agreement_id"] for row in examples.expected_rows("county", "list_index-operations"))
    assert {key: card.operations for key, card in cards.items()} == {key: expected[key] for key in cards}


def test_cases_of_an_agreement_are_operations_with_an_event_that_can_count(cards: dict[str, AgreementCard]) -> None:
    rows = examples.expected_rows("county", "list_claims-basis")
    pairs = {(row["agreement_id"], row["index_ref"]) for row in rows if row["status"] in {"confirmed", "proposed"}}
    expected = Counter(agreement_id for agreement_id, _ref in pairs)
    assert {key: card.cases for key, card in cards.items()} == {key: expected[key] for key in cards}


def test_terms_are_said_in_swedish_words(cards: dict[str, AgreementCard]) -> None:
    said = {fact.label: fact.lines for fact in cards["a-hoft-kna-2014"].facts}
    assert said["Giltighet"] == ("Operationer från och med 2014-01-01 till och med 2019-12-31",)
    assert said["Tak"] == ("150\u00a0000,00\u00a0kr per primäroperation",)
    every, infection = said["Garantier"]
    assert every == "Alla komplikationer inom 730 dagar efter operationen"
    assert infection == (
        "Infektion inom 1\u00a0825 dagar efter operationen, "
        "om ärendets första händelse av samma slag kom inom 730 dagar"
    )
    assert said["Anspråksfrist"] == ("365 dagar efter utskrivning",)


def test_the_scope_of_the_cap_and_the_deductible_are_told_apart(cards: dict[str, AgreementCard]) -> None:
    for card in cards.values():
        said = {fact.label: fact.lines[0] for fact in card.facts}
        per = "per primäroperation" if card.agreement.cap_scope == "index_operation" else "per vårdtillfälle"
        assert said["Tak"].endswith(per)
        assert (said["Självrisk"] == "Ingen") == (card.agreement.deductible == 0)
    assert len({card.agreement.cap_scope for card in cards.values()}) == 2


def test_the_table_has_a_value_for_every_heading(workspace: Workspace) -> None:
    table = agreement_table(agreements.cards(workspace))
    assert {len(row) for row in table.rows} == {len(AGREEMENTS)}

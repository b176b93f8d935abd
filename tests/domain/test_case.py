"""Why a line of the ledger has the amount that it has."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from kvalitetsapp.domain.agreement import Agreement, Tariff, Warranty
from kvalitetsapp.domain.case import Case, LedgerLine, case_table, ledger_table, warranty_text, why

EVERY = Warranty(("*",), 730)
INFECTION = Warranty(("infection",), 1825, 730)
AGREEMENT = Agreement(
    "a", "Avtalet", ("P01",), ("hip",), ("contract",), date(2020, 1, 1), None, 200_000_00, "index_operation", 0,
    ("kpp", "tariff"), (EVERY, INFECTION), Tariff(),
)  # fmt: skip
LINE = LedgerLine(
    "bok/2", "hip", "right", date(2020, 5, 1), 121, "infection", "confirmed", counts=True, covered=True, reason="",
    cost=50_000_00, cost_basis="kpp", deductible=0, claimable=50_000_00, over_cap=0, cap_left=150_000_00,
    claim_by=date(2021, 5, 3),
)  # fmt: skip


def case(*lines: LedgerLine, agreement: Agreement | None = AGREEMENT) -> Case:
    return Case("bok/1/hip/right", "P01", "Fjällkliniken", "hip", "right", date(2020, 1, 1), agreement, lines)


def said(line: LedgerLine, *others: LedgerLine) -> str:
    return why(line, case(*others, line)).replace("\u00a0", " ")


def test_r13_a_covered_line_names_agreement_warranty_basis_amount_and_what_is_left() -> None:
    assert said(LINE) == (
        "2020-05-01 Infektion, 121 dagar efter operationen. Täcks av Avtalet: alla komplikationer inom 730 dagar "
        "efter operationen. Kostnaden 50 000,00 kr är vårdkontaktens KPP-kostnad. 50 000,00 kr kan krävas. "
        "Kvar av taket: 150 000,00 kr."
    )


def test_r13_a_late_infection_is_covered_by_the_warranty_that_the_first_one_opened() -> None:
    late = replace(LINE, event_ref="bok/3", days=1000)
    assert "infektion inom 1 825 dagar" in said(late, LINE)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"over_cap": 7_00}, "7,00 kr ligger över taket"),
        ({"deductible": 9_00}, "9,00 kr är självrisk"),
        ({"cost": None, "cost_basis": "", "claimable": 0}, "Kostnaden saknas"),
        ({"cost": 0, "cost_basis": "shared", "claimable": 0}, "räknas på en annan av dess händelser"),
        ({"cost_basis": "tariff"}, "avtalets taxa"),
        ({"covered": False, "reason": "not_own_provider"}, "Täcks inte: vårdades inte i egen regi."),
        (
            {"covered": False, "reason": "outside_window", "days": 1826},
            "Täcks inte: utanför garantitiden. Garantin gäller 1 825 dagar efter operationen.",
        ),
    ],
)
def test_r13_r14_r15_every_turn_of_the_rules_has_its_words(change: dict[str, object], words: str) -> None:
    assert words in said(replace(LINE, **change))  # type: ignore[arg-type]


def test_r16_nothing_that_is_said_asks_whether_the_harm_could_have_been_avoided() -> None:
    assert "undvik" not in said(LINE).lower()


def test_warranties_are_said_in_words() -> None:
    assert warranty_text(EVERY) == "Alla komplikationer inom 730 dagar efter operationen"
    assert (
        warranty_text(Warranty(("infection", "dislocation"), 1)) == "Infektion, luxation inom 1 dag efter operationen"
    )


def test_sums_count_only_what_counts() -> None:
    rejected = replace(LINE, event_ref="bok/3", status="rejected", counts=False, covered=False, claimable=0)
    both = case(LINE, rejected)
    assert (len(both.counted), both.cost, both.claimable, both.cap_left) == (1, 50_000_00, 50_000_00, 150_000_00)


def test_an_agreement_with_a_cap_for_each_stay_leaves_no_cap_of_the_case() -> None:
    assert case(LINE, agreement=replace(AGREEMENT, cap_scope="episode")).cap_left is None
    assert case(LINE, agreement=None).cap_left is None


def test_the_first_of_the_last_days_to_claim_is_the_one_that_is_shown() -> None:
    later = replace(LINE, event_ref="bok/3", claim_by=date(2022, 1, 1))
    table = case_table([case(LINE, later)], date(2021, 5, 1))
    assert (table.records()[0]["claim_by"], table.records()[0]["days_left"]) == ("2021-05-03", 2)


def test_the_ledger_has_a_row_for_every_line() -> None:
    assert [row["event_ref"] for row in ledger_table(case(LINE, replace(LINE, event_ref="bok/3"))).records()] == [
        "bok/2",
        "bok/3",
    ]

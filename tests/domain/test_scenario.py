"""Other terms than the agreed ones."""

from __future__ import annotations

from dataclasses import replace

from kvalitetsapp.domain.agreement import Warranty
from kvalitetsapp.domain.scenario import AS_AGREED, NO_CAP, USUAL, Scenario
from support.made_frames import agreement

LONGER = (Warranty(("*",), 730), Warranty(("infection",), 1825, onset_within_days=730))


def test_a_scenario_that_changes_nothing_leaves_the_agreement_as_it_is() -> None:
    assert AS_AGREED.applied_to(agreement(warranties=LONGER)) == agreement(warranties=LONGER)


def test_the_cap_can_be_an_amount_a_part_of_the_agreed_or_none() -> None:
    given = agreement(cap=200_000_00)
    caps = [scenario.applied_to(given).cap for scenario in (Scenario(cap=5), *USUAL[:3])]
    assert caps == [5, 300_000_00, NO_CAP, 100_000_00]


def test_the_warranty_changes_for_all_but_infection_alone() -> None:
    changed = Scenario(warranty_days=365).applied_to(agreement(warranties=LONGER))
    assert changed.warranties == (Warranty(("*",), 365), LONGER[1])


def test_an_infection_is_covered_longer_if_it_began_when_the_agreement_wants() -> None:
    added = Warranty(("infection",), 1825, onset_within_days=730)
    for before in (LONGER[:1], LONGER, (Warranty(("*",), 365), Warranty(("infection",), 730))):
        assert Scenario(infection_days=1825).applied_to(agreement(warranties=before)).warranties[-1] == added


def test_an_infection_that_is_not_covered_stays_so() -> None:
    given = agreement(warranties=(Warranty(("wound",), 365),))
    assert Scenario(infection_days=1825).applied_to(given) == given


def test_other_terms_are_taken_as_they_are_told() -> None:
    told = Scenario(cap_scope="episode", deductible=7, cost_basis=("tariff",))
    assert told.applied_to(agreement()) == replace(
        agreement(), cap_scope="episode", deductible=7, cost_basis=("tariff",)
    )
    assert told.title == "Tak per händelse, självrisk 0\u00a0kr, kostnadsgrund tariff"


def test_a_scenario_is_called_what_it_changes_unless_it_has_a_name() -> None:
    assert AS_AGREED.title == Scenario().title == "Som avtalat"
    assert Scenario(cap=300_000_00, warranty_days=365).title == "Tak 300\u00a0000\u00a0kr, garanti 365 dagar"
    assert Scenario(cap=NO_CAP, infection_days=1).title == "Inget tak, infektion 1 dag"

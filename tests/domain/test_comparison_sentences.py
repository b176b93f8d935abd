"""What is said of a provider never says more than its figures carry, and never ranks."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from kvalitetsapp.domain import comparison_sentences as sentences
from kvalitetsapp.domain.case_mix import CaseMixModel, Coefficient, Standardised
from kvalitetsapp.domain.chart_data import Funnel, Overdispersion
from kvalitetsapp.domain.provider_comparison import (
    Certainty,
    ComparedProvider,
    Needed,
    Prices,
    ProviderComparison,
    WaitingSource,
    WaitingTime,
)

RANKING = re.compile(r"\b(bäst|sämst|bättre|sämre|topp|botten|plats|ranking|vinnare|dålig|fel)", re.IGNORECASE)
ONE = ComparedProvider(
    *("P01", "Fjällkliniken", 400, 300, 9, 0.03, 0.0159, 0.0559, "", Certainty.TOO_LITTLE, 0.048, None),
    *(Prices(0, None, None, None), None, WaitingTime(None, 0, WaitingSource.NONE), (), 9, ()),
    (Needed(1.5, 0.03, 1900, 19.0), Needed(2.0, 0.04, 600, 6.25)),
    recent=300,
)
FOUND = ProviderComparison(
    *("reoperation_2y", "1", "Reoperation inom två år", "hip", "2024-06-30", 730),
    is_share=True,
    decimals=1,
    target=0.02,
    is_national=True,
    providers=(ONE,),
)
MODEL = CaseMixModel("hip", 900, 60, True, 5, tuple(Coefficient(str(n), 0, 1) for n in range(8)), (), None, 0.6, 0)  # noqa: FBT003


def told(one: ComparedProvider, found: ProviderComparison = FOUND) -> str:
    return sentences.sentence(one, found, sentences.plainly(one, found)).replace("\u00a0", " ")


def adjusted(ratio: float, low: float, high: float) -> Standardised:
    return Standardised("P01", "hip", 300, 9, 9 / ratio, ratio, low, high, 0.02, 0.01, 0.03)


@pytest.mark.parametrize("certainty", list(Certainty))
def test_the_word_sure_is_said_of_what_is_sure_only(certainty: Certainty) -> None:
    text = told(replace(ONE, certainty=certainty))
    assert ("säkert" in text) == (certainty in (Certainty.CERTAINLY_HIGHER, Certainty.CERTAINLY_LOWER))
    assert text.startswith("Fjällkliniken: 9 av 300, 3,0 % (95 % intervall 1,6–5,6 %).")
    assert not RANKING.search(text)


def test_what_is_open_tells_what_it_would_take_until_there_is_enough() -> None:
    assert told(ONE).endswith("För att 4,0 % sannolikt ska synas krävs 600 operationer, 6,2 års volym.")
    assert "krävs" not in told(replace(ONE, followed=600, certainty=Certainty.NOT_TOLD_APART))
    assert "krävs" not in told(replace(ONE, certainty=Certainty.LIKELY_HIGHER))
    resting = replace(ONE, needed=(Needed(2.0, 0.04, 600, None),))
    assert told(resting).endswith("krävs 600 operationer.")
    never = replace(ONE, needed=(Needed(2.0, 0.0002, None, None),))
    assert told(never).endswith("kräver över 100 000 operationer.")


@pytest.mark.parametrize(
    ("ratio", "said"),
    [
        ((1.5, 1.1, 2.0), "Också med hänsyn till patienterna och mot alla här: 1,50 (1,10–2,00) gånger det väntade."),
        ((1.2, 0.8, 1.7), "kan det inte skiljas från alla här: 1,20 (0,80–1,70) gånger det väntade."),
        ((0.6, 0.4, 0.9), "är det tvärtom: 0,60 (0,40–0,90) gånger det väntade."),
    ],
)
def test_a_difference_is_told_with_what_the_patients_explain(ratio: tuple[float, float, float], said: str) -> None:
    higher = replace(ONE, certainty=Certainty.CERTAINLY_HIGHER, adjusted=adjusted(*ratio))
    assert said in told(higher)
    assert "patienterna" not in told(replace(higher, certainty=Certainty.NOT_TOLD_APART))
    assert "patienterna" not in told(replace(higher, adjusted=None))


def test_nothing_followed_and_numbers_too_small_say_nothing_of_the_figure() -> None:
    nobody = replace(ONE, followed=0, value=None, low=None, high=None, flags=("no_operations",))
    assert "följd i 730 dagar" in told(nobody)
    missing = replace(nobody, flags=("no_reporting",))
    assert "det är inte noll" in told(missing)
    assert sentences.sentence(ONE, FOUND, None) == "Fjällkliniken: Talen är för små för att visas."


def test_caveats_are_told() -> None:
    text = told(replace(ONE, flags=("short_follow_up", "low_coverage", "unreviewed")))
    assert "granskade" in text
    assert "saknar uppgiften" in text
    assert "ännu inte följda" in text


def test_the_reading_tells_what_is_compared_with_and_what_is_not_taken_into_account() -> None:
    def read(found: ProviderComparison) -> str:
        text = " ".join(sentences.reading(found))
        assert not RANKING.search(text.replace("rangordning", ""))
        return text

    assert "ingen rangordning" in read(FOUND)
    assert "bara en vårdgivare" in read(replace(FOUND, target=None))
    assert "inget att jämföra med" in read(replace(FOUND, target=None, providers=(ONE, ONE)))
    assert "egen regi" in read(replace(FOUND, is_national=False))
    assert "försiktigt" in read(replace(FOUND, model=MODEL))
    assert "inte inräknade" in read(replace(FOUND, model=replace(MODEL, events=9)))
    spread = Funnel("hip", 0.02, True, (), (), Overdispersion(12, 3.0, 0.01))  # noqa: FBT003
    assert "mer än slumpen" in read(replace(FOUND, funnel=spread))
    assert "95-procentsintervallet" in read(replace(FOUND, is_share=False))


@pytest.mark.parametrize(
    ("years", "said"), [(0.4, "0,4"), (9.94, "9,9"), (12.4, "12"), (100.0, "100"), (3804.0, "över 100")]
)
def test_years_are_no_more_exact_than_they_are(years: float, said: str) -> None:
    assert sentences.years(years) == said

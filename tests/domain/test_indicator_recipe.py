"""A recipe laid out for people: its own words, and what its parts say, so that both can be held against each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given

from kvalitetsapp.domain import indicator_reading, indicator_recipe
from kvalitetsapp.domain.indicator import Anchor, CodeSpan, Cohort, Count, Counted, Indicator, Prosthesis, Window
from support.any_indicators import indicators, recipe
from support.code_tables import code_tables


def made(**parts: object) -> Indicator:
    found = indicator_reading.read(recipe(**parts), family="outcomes")
    assert isinstance(found, Indicator), found
    return found


def test_every_part_is_told_in_the_order_in_which_it_is_read() -> None:
    told = dict(indicator_recipe.recipe_text(made(benchmark="reoperation_90d", note="Obs")))
    assert list(told)[:6] == ["Indikator", "Version", "Syfte", "Täljare", "Nämnare", "Undantag"]
    assert told["Vad som räknas"] == "Kopplade händelser; kirurgi: revision; slag: alla; föreslagna och bekräftade"
    assert told["Vilka operationer"] == "Alla primäroperationer"
    assert told["Tid"] == "Dag 0 till 90 efter operationen, båda med; operationer som är följda i 90 dagar"
    assert told["Jämförs med"] == "Reoperation inom 90 dagar"
    assert told["Prövad mot källan"] == "Nej"
    assert told["Kommer från"] == "Följer med programmet (outcomes)"


def test_codes_are_told_with_the_days_they_are_in_force() -> None:
    start, end = date(2015, 1, 1), date(2020, 12, 31)
    spans = (
        CodeSpan("T813"),
        CodeSpan("T84", prefix=True, valid_from=start),
        CodeSpan("T814", valid_to=end),
        CodeSpan("T845F", valid_from=start, valid_to=end),
    )
    told = indicator_recipe.codes_text(Count(Counted.CODES, codes=spans))
    assert told == "T813, T84… (från 2015-01-01), T814 (till 2020-12-31), T845F (2015-01-01 till 2020-12-31)"
    titled = replace(code_tables(), diagnosis_titles={"T813": "Sårruptur"})
    assert indicator_recipe.codes_text(Count(Counted.CODES, codes=spans[:1]), titled) == "T813 Sårruptur"


def test_the_codes_of_a_class_come_from_the_tables() -> None:
    count = Count(Counted.LINKED, classes=("thromboembolism",))
    told = indicator_recipe.codes_text(count, code_tables())
    assert told == "diagnoser: I26…, I80…, I82…; åtgärder: inga; enligt kodtabellerna, utan datumgränser"
    assert "kodtabellerna" in indicator_recipe.codes_text(count)


@pytest.mark.parametrize(
    ("count", "told"),
    [
        ({"kind": "answer", "answered": "gain", "before": "preop"}, "förbättringen sedan före operationen"),
        ({"kind": "answer", "answered": "score"}, "tillfälle: ett år efter operationen"),
        ({"kind": "answer", "answered": "reached", "at_least": 62.5, "at_most": 90}, "minst 62,5; högst 90"),
    ],
)
def test_answers_are_told_with_form_occasion_and_limit(count: dict[str, object], told: str) -> None:
    measure = "share" if count["answered"] == "reached" else "mean"
    one = made(count={"instruments": ["hoos12"], "occasion": "1y", **count}, window=None, measure=measure)
    text = indicator_recipe.counted_text(one.count)
    assert told in text
    assert "formulär: HOOS-12" in text
    assert indicator_recipe.window_text(one) == "operationer som är följda i 365 dagar"


def test_cohort_and_window_are_told_part_by_part() -> None:
    cohort = Cohort(joints=("knee",), prostheses=(Prosthesis.PARTIAL,), not_diagnoses=(CodeSpan("S72", prefix=True),))
    assert indicator_recipe.cohort_text(cohort) == "led: knä; protes: delprotes; inte huvuddiagnos: S72…"
    discharge = replace(made(), window=Window(1, 30, Anchor.DISCHARGE))
    assert indicator_recipe.window_text(discharge).startswith("Dag 1 till 30 efter utskrivningen, båda med")
    assert "Inget att vänta på" in indicator_recipe.window_text(replace(made(), window=Window()))


@given(indicators())
def test_no_part_of_a_recipe_is_told_in_anything_but_words(one: Indicator) -> None:
    told = indicator_recipe.recipe_text(one, code_tables())
    assert all(label and text for label, text in told)
    parts = " ".join(text for label, text in told if label in {"Mått", "Vad som räknas", "Tid", "Önskad riktning"})
    assert not {"share_without", "day_surgery", "closed_reduction", "preop", "hoos12"} & set(parts.split())


def test_recipes_and_indicators_are_tables() -> None:
    one = made()
    assert [row[:3] for row in indicator_recipe.recipes_table([one]).rows][:2] == [
        ("late_visits", "1", "Indikator"),
        ("late_visits", "1", "Version"),
    ]
    (row,) = indicator_recipe.listed_table([one]).records()
    assert (
        row["indicator"],
        row["counted"],
        row["follow_up_days"],
        row["levels"],
        row["family"],
        row["verified"],
    ) == (
        *("late_visits", "linked", 90, "provider", "outcomes"),
        0,
    )

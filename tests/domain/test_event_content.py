"""What a decision rests on: kept as text, and what of it differs said in Swedish."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from kvalitetsapp.domain import event_content
from support import review_cases

LINK = replace(review_cases.LINK, event_date=date(2023, 1, 1), triggers=("NFC49", "T845"))


def test_everything_that_a_decision_rests_on_is_kept_under_its_name() -> None:
    told = json.loads(event_content.as_text(LINK))
    assert len(told) == len(LINK.content())
    assert (told["event_date"], told["triggers"], told["another_look"]) == ("2023-01-01", ["NFC49", "T845"], False)


def test_an_event_that_is_the_same_differs_in_nothing() -> None:
    assert event_content.differences(event_content.as_text(LINK), replace(LINK, verdict=3, days=30)) == ""


def test_every_fact_that_differs_is_told_with_what_it_was() -> None:
    before = event_content.as_text(LINK)
    now = replace(
        LINK,
        event_date=date(2023, 1, 2),
        index_ref="",
        complication_class="dislocation",
        triggers=("S730",),
        candidates=0,
        another_look=True,
    )
    assert event_content.differences(before, now) == (
        "händelsens dag 2023-01-02, förut 2023-01-01; föreslagen operation –, förut bok/1/hip/right; "
        "komplikation luxation, förut infektion; utlösande koder S730, förut NFC49 T845; "
        "möjliga operationer 0, förut 1; ny titt ja, förut nej"
    )


def test_what_was_not_kept_differs_in_nothing() -> None:
    assert event_content.differences("{}", LINK) == ""
